//! How the pages look, when they are locked and which place's pay they show. Kept outside the records, because the unlock page needs them;
//! nothing about students stands here.

pub mod managed;

use std::path::{Path, PathBuf};
use std::sync::{MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use waymark_catalogue::shapes::Language;
use waymark_records::Folder;

use crate::Desk;
use crate::backups::real;
use crate::desk::{Paths, Place};
use crate::errors::{ApiError, SettingsError, StorageError};
use crate::lock::{USUAL_IDLE_MINUTES, idle_choice};
use crate::shapes::Nothing;

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
    /// Minutes without a touch after which the records are locked.
    pub idle_minutes: u16,
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
            idle_minutes: USUAL_IDLE_MINUTES,
        }
    }
}

/// What the file of settings holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    pub(crate) settings: Settings,
    /// The records folder, where a person chose another than the default.
    pub(crate) folder: Option<PathBuf>,
    /// The second place of backups.
    pub(crate) backup_place: Option<KeptPlace>,
    /// The second place that the school set when it was last seen. What the person chose stands beside it, for the day
    /// on which the school sets none.
    pub(crate) school_place: Option<KeptPlace>,
}

/// A second place of backups, as the settings keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptPlace {
    pub(crate) folder: PathBuf,
    /// When it last had every backup, RFC 3339 UTC.
    #[serde(default)]
    pub(crate) seen_at: Option<String>,
}

impl Kept {
    /// Reads the file; one that is not there yet holds the defaults. Each setting is read by itself: one that this
    /// program does not know takes no other with it. Whatever hides the records folder is a fault, because without
    /// it the person's records would seem never to have been made.
    fn read(path: &Path) -> Result<Self, SettingsError> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                tracing::error!(kind = ?error.kind(), "the file of settings could not be read");
                return Err(SettingsError::Unreadable);
            }
        };
        Self::parse(&bytes)
    }

    /// Reads the file's bytes, whatever they are.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, SettingsError> {
        let value: Value = serde_json::from_slice(bytes).map_err(|_| SettingsError::Damaged)?;
        if !value.is_object() {
            return Err(SettingsError::Damaged);
        }
        let settings = value.get("settings").unwrap_or(&Value::Null);
        let usual = Settings::default();
        Ok(Self {
            settings: Settings {
                language: field(settings, "language").unwrap_or(usual.language),
                theme: field(settings, "theme").unwrap_or(usual.theme),
                high_contrast: field(settings, "high_contrast").unwrap_or(usual.high_contrast),
                text_percent: field(settings, "text_percent").unwrap_or(usual.text_percent),
                place: field(settings, "place").unwrap_or(usual.place),
                idle_minutes: field(settings, "idle_minutes").map_or(usual.idle_minutes, idle_choice),
            },
            folder: match value.get("folder") {
                None | Some(Value::Null) => None,
                Some(Value::String(folder)) => Some(folder.into()),
                Some(_) => return Err(SettingsError::Damaged),
            },
            backup_place: field(&value, "backup_place"),
            school_place: field(&value, "school_place"),
        })
    }

    fn write(&self, path: &Path) -> Result<(), ApiError> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|_| StorageError::Settings)?;
        let made = path.parent().map_or(Ok(()), waymark_records::make_folder);
        made.map_err(|_| StorageError::Settings)?;
        waymark_records::replace_file(path, &bytes).map_err(|_| StorageError::Settings.into())
    }
}

/// One setting, where it is there and of the kind that is expected.
fn field<T: serde::de::DeserializeOwned>(value: &Value, name: &str) -> Option<T> {
    value.get(name).cloned().and_then(|value| serde_json::from_value(value).ok())
}

/// The settings as they hold now, and whether their file could be read. While it could not, it is never written to.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    kept: Kept,
    fault: Option<SettingsError>,
}

impl SettingsFile {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Self {
        match Kept::read(path) {
            Ok(kept) => Self { kept, fault: None },
            Err(fault) => Self { kept: Kept::default(), fault: Some(fault) },
        }
    }

    /// The records folder that they name, else the usual one.
    pub(crate) fn folder(&self, usual: &Path) -> Folder {
        Folder::at(self.kept.folder.clone().unwrap_or_else(|| usual.to_path_buf()))
    }
}

/// The settings.
pub async fn get(desk: &Desk, _: Nothing) -> Result<Settings, ApiError> {
    Ok(in_force(desk))
}

/// The settings as they hold: what the school has set goes before what the person chose.
fn in_force(desk: &Desk) -> Settings {
    let kept = desk.settings().kept.settings.clone();
    Settings { idle_minutes: desk.idle_minutes(), ..kept }
}

/// Saves the settings.
pub async fn save(desk: &Desk, input: Settings) -> Result<Settings, ApiError> {
    let of_school = desk.managed.values().is_some_and(|values| values.idle_minutes.is_some());
    change(desk, |kept| {
        // What the school has set is no choice of the person's, which stands for the day on which it sets none.
        let chosen = if of_school { kept.settings.idle_minutes } else { idle_choice(input.idle_minutes) };
        let text_percent = input.text_percent.clamp(100, 200);
        kept.settings = Settings { text_percent, idle_minutes: chosen, ..input };
    })?;
    Ok(in_force(desk))
}

/// Begins with new settings where their file can't be read. That file is set aside beside the new one, never deleted.
/// Where it can be read, also where it can be read again by now, nothing is done to it.
pub async fn begin_anew(desk: &Desk, _: Nothing) -> Result<Settings, ApiError> {
    let mut place = desk.place();
    if desk.settings_readable(&mut place).is_err() {
        set_aside(&desk.paths.settings)?;
        let mut file = desk.settings();
        let new = Kept { folder: None, backup_place: None, ..file.kept.clone() };
        new.write(&desk.paths.settings)?;
        *file = SettingsFile { kept: new, fault: None };
    }
    Ok(desk.settings().kept.settings.clone())
}

/// Renames a file to a name beside it that nothing has yet.
fn set_aside(path: &Path) -> Result<(), ApiError> {
    for number in 1_u32.. {
        let aside = path.with_extension(format!("set-aside-{number}.json"));
        if !aside.try_exists().map_err(|_| StorageError::Settings)? {
            return std::fs::rename(path, aside).map_err(|_| StorageError::Settings.into());
        }
    }
    Err(StorageError::Settings.into())
}

impl Desk {
    /// The language of the pages, for what a host says itself.
    #[must_use]
    pub fn language(&self) -> Language {
        self.settings().kept.settings.language
    }

    /// The school's choice, else the person's.
    pub(crate) fn idle_minutes(&self) -> u16 {
        let managed = self.managed.values().and_then(|values| values.idle_minutes);
        managed.unwrap_or(self.settings().kept.settings.idle_minutes)
    }

    /// Refuses while the file of settings can't be read. It is read once more each time: where that works, the
    /// records folder that it names is the one in use from then on.
    pub(crate) fn settings_readable(&self, place: &mut Place) -> Result<(), ApiError> {
        let mut file = self.settings();
        if file.fault.is_some() {
            *file = SettingsFile { kept: Kept::read(&self.paths.settings)?, fault: None };
            *place = Place::at(file.folder(&self.paths.records));
        }
        Ok(())
    }

    /// The second place of backups, where one is set: the school's, else the person's, else one that the host was given.
    /// The school's is none where it lies within the records folder, and no other takes its place.
    pub(crate) fn backup_place(&self) -> Option<KeptPlace> {
        let Some(folder) = self.school_place() else {
            let given = || Some(KeptPlace { folder: self.given_places.first()?.clone(), seen_at: None });
            return self.settings().kept.backup_place.clone().or_else(given);
        };
        if crate::backups::is_within(&folder, &self.folder()) {
            return None;
        }
        let seen = self.settings().kept.school_place.clone().filter(|seen| seen.folder == folder);
        Some(seen.unwrap_or(KeptPlace { folder, seen_at: None }))
    }

    /// The second place of backups that the school has set for this computer.
    pub(crate) fn school_place(&self) -> Option<PathBuf> {
        self.managed.values().and_then(|values| values.backup_folder.clone())
    }

    fn settings(&self) -> MutexGuard<'_, SettingsFile> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The second place of backups that a person's settings name, where they are of the records in this folder.
///
/// # Errors
/// Where the settings can't be read: then nobody knows whether there is one.
pub fn second_place_of(paths: &Paths, records: &Path) -> Result<Option<PathBuf>, ApiError> {
    let kept = Kept::read(&paths.settings)?;
    let named = kept.folder.as_deref().unwrap_or(&paths.records);
    let is_same = real(named) == real(records);
    Ok(kept.backup_place.filter(|_| is_same).map(|place| place.folder))
}

/// Remembers which records folder a person chose.
pub(crate) fn keep_folder(desk: &Desk, folder: PathBuf) -> Result<(), ApiError> {
    keep_copy(desk, folder, None)
}

/// Remembers a records folder, and a second place for its backups where one is given.
pub(crate) fn keep_copy(desk: &Desk, folder: PathBuf, second: Option<PathBuf>) -> Result<(), ApiError> {
    let chosen = Some(folder).filter(|folder| *folder != desk.paths.records);
    let second = second.map(|folder| KeptPlace { folder, seen_at: None });
    change(desk, |kept| {
        kept.folder = chosen;
        kept.backup_place = second.or(kept.backup_place.take());
    })
}

/// Remembers the second place of backups, or that there is none.
pub(crate) fn keep_backup_place(desk: &Desk, place: Option<KeptPlace>) -> Result<(), ApiError> {
    change(desk, |kept| kept.backup_place = place)
}

/// Remembers when the second place last had every backup, whoever set it.
pub(crate) fn keep_seen(desk: &Desk, place: KeptPlace) -> Result<(), ApiError> {
    let of_school = desk.school_place().is_some();
    if !of_school && desk.settings().kept.backup_place.is_none() {
        // One that the host was given is given again the next time.
        return Ok(());
    }
    change(desk, |kept| {
        *(if of_school { &mut kept.school_place } else { &mut kept.backup_place }) = Some(place);
    })
}

fn change(desk: &Desk, change: impl FnOnce(&mut Kept)) -> Result<(), ApiError> {
    let mut file = desk.settings();
    let mut new = file.kept.clone();
    change(&mut new);
    if file.fault.is_some() {
        // They hold until the program ends. Written, they would take the place of what may still be mended.
        file.kept = new;
        return Err(StorageError::Settings.into());
    }
    new.write(&desk.paths.settings)?;
    file.kept = new;
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
        let kept = Kept::read(&file).unwrap();
        assert_eq!(kept.folder, Some(PathBuf::from("/somewhere/else")));
        assert_eq!((kept.settings.place.as_str(), kept.settings.theme), ("ST39", Theme::System));
    }

    #[test]
    fn only_a_file_that_is_not_there_counts_as_none_yet() {
        let place = tempfile::TempDir::new().unwrap();
        let file = place.path().join("settings.json");
        assert_eq!(Kept::read(&file), Ok(Kept::default()));
        for damaged in ["", "{ cut", "[]", "null", r#"{"folder": 3}"#] {
            std::fs::write(&file, damaged).unwrap();
            assert_eq!(Kept::read(&file), Err(SettingsError::Damaged), "{damaged}");
        }
        assert_eq!(Kept::read(place.path()), Err(SettingsError::Unreadable), "a folder in its place");
    }

    #[test]
    fn what_is_set_aside_never_takes_the_place_of_what_was_set_aside_before() {
        let place = tempfile::TempDir::new().unwrap();
        let file = place.path().join("settings.json");
        for text in ["first", "second"] {
            std::fs::write(&file, text).unwrap();
            set_aside(&file).unwrap();
        }
        let read = |name: &str| std::fs::read_to_string(place.path().join(name)).unwrap();
        assert_eq!(read("settings.set-aside-1.json"), "first");
        assert_eq!(read("settings.set-aside-2.json"), "second");
    }
}
