//! How the pages look and which place's pay they show. Kept outside the records, because the unlock page needs them;
//! nothing about students stands here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;

/// A person's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Language of the pages.
    pub language: Language,
    /// Light, dark, or the system's.
    pub theme: Theme,
    /// Whether high contrast is wanted whatever the system says.
    pub high_contrast: bool,
    /// Size of text, per cent, 100 to 200.
    pub text_percent: u16,
    /// Place whose pay is shown.
    pub place: String,
}

/// Colours of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}
impl Default for Settings { fn default() -> Self { Self{language:Language::En,theme:Theme::System,high_contrast:false,text_percent:100,place:"US".into()} } }
