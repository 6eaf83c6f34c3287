//! How the pages look and which place's pay they show. Kept outside the records, because the unlock page needs them;
//! nothing about students stands here.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;

use crate::Desk;
use crate::errors::{ApiError, StorageError};
use crate::vault::Nothing;

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
impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::En,
            theme: Theme::System,
            high_contrast: false,
            text_percent: 100,
            place: "US".into(),
        }
    }
}

/// The file of settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    pub(crate) settings: Settings,
    /// The records folder, where a person chose another than the default.
    pub(crate) folder: Option<PathBuf>,
}

impl Kept {
    /// Reads the file. One that is missing or unreadable gives the defaults: nothing in it is worth a stop.
    pub(crate) fn read(path: &Path) -> Self {
        let Ok(bytes) = std::fs::read(path) else { return Self::default() };
        serde_json::from_slice(&bytes).unwrap_or_else(|_| {
            tracing::warn!("the file of settings could not be read; defaults are used");
            Self::default()
        })
    }

    fn write(&self, path: &Path) -> Result<(), ApiError> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|_| StorageError::Settings)?;
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.map_err(|_| StorageError::Settings)?;
        waymark_records::replace_file(path, &bytes).map_err(|_| StorageError::Settings.into())
    }
}

/// The settings.
pub async fn get(desk: &Desk, _: Nothing) -> Result<Settings, ApiError> {
    Ok(desk.settings.lock().unwrap_or_else(PoisonError::into_inner).settings.clone())
}

/// Saves the settings.
pub async fn save(desk: &Desk, input: Settings) -> Result<Settings, ApiError> {
    let settings = Settings { text_percent: input.text_percent.clamp(100, 200), ..input };
    change(desk, |kept| kept.settings = settings.clone())?;
    Ok(settings)
}

impl Desk {
    /// The language of the pages, for what a host says itself.
    #[must_use]
    pub fn language(&self) -> Language {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).settings.language
    }
}

/// Remembers which records folder a person chose.
pub(crate) fn keep_folder(desk: &Desk, folder: PathBuf) -> Result<(), ApiError> {
    let chosen = Some(folder).filter(|folder| *folder != desk.paths.records);
    change(desk, |kept| kept.folder = chosen)
}

fn change(desk: &Desk, change: impl FnOnce(&mut Kept)) -> Result<(), ApiError> {
    let mut kept = desk.settings.lock().unwrap_or_else(PoisonError::into_inner);
    let mut new = kept.clone();
    change(&mut new);
    new.write(&desk.paths.settings)?;
    *kept = new;
    Ok(())
}
