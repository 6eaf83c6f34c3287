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
    /// Reads the file, each setting by itself: one that this program does not know takes no other with it, least of
    /// all the records folder. A file that can't be read at all is set aside, and the defaults are used.
    pub(crate) fn read(path: &Path) -> Self {
        let Ok(bytes) = std::fs::read(path) else { return Self::default() };
        let Ok(value) = serde_json::from_slice::<serde_json::Value>(&bytes) else {
            let aside = path.with_extension("unreadable");
            let moved = std::fs::rename(path, aside).is_ok();
            tracing::warn!(moved, "the file of settings could not be read; defaults are used");
            return Self::default();
        };
        let settings = value.get("settings").cloned().unwrap_or_default();
        let usual = Settings::default();
        Self {
            settings: Settings {
                language: field(&settings, "language").unwrap_or(usual.language),
                theme: field(&settings, "theme").unwrap_or(usual.theme),
                high_contrast: field(&settings, "high_contrast").unwrap_or(usual.high_contrast),
                text_percent: field(&settings, "text_percent").unwrap_or(usual.text_percent),
                place: field(&settings, "place").unwrap_or(usual.place),
            },
            folder: field(&value, "folder").unwrap_or_default(),
        }
    }

    fn write(&self, path: &Path) -> Result<(), ApiError> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|_| StorageError::Settings)?;
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.map_err(|_| StorageError::Settings)?;
        waymark_records::replace_file(path, &bytes).map_err(|_| StorageError::Settings.into())
    }
}

/// One setting, where it is there and of the kind that is expected.
fn field<T: serde::de::DeserializeOwned>(value: &serde_json::Value, name: &str) -> Option<T> {
    value.get(name).cloned().and_then(|value| serde_json::from_value(value).ok())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_setting_takes_no_other_with_it() {
        let place = tempfile::TempDir::new().unwrap();
        let file = place.path().join("settings.json");
        let written =
            r#"{"settings": {"theme": "sepia", "place": "ST39"}, "folder": "/somewhere/else", "new": 1}"#;
        std::fs::write(&file, written).unwrap();
        let kept = Kept::read(&file);
        assert_eq!(kept.folder, Some(PathBuf::from("/somewhere/else")));
        assert_eq!((kept.settings.place.as_str(), kept.settings.theme), ("ST39", Theme::System));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_set_aside_and_not_lost() {
        let place = tempfile::TempDir::new().unwrap();
        let file = place.path().join("settings.json");
        std::fs::write(&file, "{ cut").unwrap();
        assert_eq!(Kept::read(&file), Kept::default());
        assert_eq!(std::fs::read(file.with_extension("unreadable")).unwrap(), b"{ cut");
    }
}
