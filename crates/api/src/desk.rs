//! The desk: what all operations share. It is made once, before the window shows anything, and opens its parts when
//! they are first needed, so that the first page is there at once.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::sync::{RwLock, RwLockReadGuard};
use waymark_catalogue::Catalogue;
use waymark_documents::Press;
use waymark_records::{
    BackupPlace, Cost, Folder, Ownership, Records, SealedText, Surroundings, Tries, Vault,
};

use crate::applications::packs::Packs;
use crate::backups::Keeping;
use crate::catalogue::{Shelf, fault};
use crate::errors::{ApiError, BackupsError, DocumentsError, OperationError, VaultError};
use crate::jobs::{Jobs, LONGEST_STOP};
use crate::settings::{SettingsFile, managed::ManagedFile};
use crate::vault::keychain::Turn;

/// Where things lie on this computer.
#[derive(Debug, Clone)]
pub struct Paths {
    /// The file of settings.
    pub settings: PathBuf,
    /// The records folder where nobody chose another.
    pub records: PathBuf,
    /// The catalogue file that came with the program.
    pub catalogue: PathBuf,
    /// Where a newer catalogue file may lie, which then takes its place.
    pub renewed_catalogue: Option<PathBuf>,
    /// The system's folders of fonts, for characters that the built-in ones lack.
    pub fonts: Vec<PathBuf>,
}

/// What all operations share.
pub struct Desk {
    pub(crate) paths: Paths,
    pub(crate) surroundings: Arc<dyn Surroundings>,
    pub(crate) cost: Cost,
    pub(crate) settings: Mutex<SettingsFile>,
    pub(crate) managed: ManagedFile,
    pub(crate) keychain: Turn,
    /// Second places of backups that a host was given; they stand in no settings.
    pub(crate) given_places: Vec<PathBuf>,
    pub(crate) place: Mutex<Place>,
    pub(crate) open: RwLock<Option<Records>>,
    pub(crate) jobs: Jobs,
    pub(crate) keeping: Keeping,
    /// What could not be saved before the records were locked.
    pub(crate) unsaved: Mutex<Vec<SealedText>>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) meeting: crate::meeting::Table,
    /// One try of a secret at a time: tries side by side would not slow each other down.
    pub(crate) trying: tokio::sync::Mutex<()>,
    press: OnceLock<Option<Arc<Press>>>,
    packs: OnceLock<Option<Arc<Packs>>>,
}

/// The records folder in use.
pub(crate) struct Place {
    pub(crate) folder: Folder,
    /// Held as long as this process works with the folder.
    pub(crate) ownership: Option<Ownership>,
    /// Wrong passphrases since the last right one.
    pub(crate) tries: Tries,
}

impl Place {
    /// A folder that nobody owns yet.
    pub(crate) fn at(folder: Folder) -> Self {
        Self { tries: Tries::read(&folder), folder, ownership: None }
    }
}

impl Desk {
    /// Makes the desk. Reads the settings and how often a wrong passphrase was tried, and nothing else.
    #[must_use]
    pub fn new(paths: Paths, surroundings: Arc<dyn Surroundings>, cost: Cost) -> Self {
        let settings = SettingsFile::read(&paths.settings);
        let folder = settings.folder(&paths.records);
        let shelf = Arc::new(Shelf::new(paths.catalogue.clone(), paths.renewed_catalogue.clone()));
        Self {
            shelf,
            paths,
            surroundings,
            cost,
            settings: Mutex::new(settings),
            managed: ManagedFile::default(),
            keychain: Turn::default(),
            given_places: Vec::new(),
            place: Mutex::new(Place::at(folder)),
            open: RwLock::new(None),
            jobs: Jobs::default(),
            keeping: Keeping::default(),
            meeting: crate::meeting::Table::default(),
            trying: tokio::sync::Mutex::new(()),
            unsaved: Mutex::new(Vec::new()),
            press: OnceLock::new(),
            packs: OnceLock::new(),
        }
    }

    /// Takes ownership of the records folder. A host asks for it before it opens a window, so that a second copy of
    /// the program can step back. The usual folder is made where it is not there yet. One that a person chose is not:
    /// where it is gone, its disk may not be connected. While the settings can't be read, no folder is the one in use.
    pub fn own(&self) -> Result<(), ApiError> {
        let mut place = self.place();
        self.settings_readable(&mut place)?;
        let usual = place.folder.path() == self.paths.records;
        if place.ownership.is_none() && (usual || place.folder.is_there()?) {
            place.folder.may_hold_records()?;
        }
        if usual && place.ownership.is_none() {
            place.folder.make()?;
        }
        if !usual && !place.folder.is_there()? {
            // What comes back may be another disk: it is owned anew.
            place.ownership = None;
            return Err(VaultError::NotThere.into());
        }
        if place.ownership.is_none() {
            place.ownership = Some(place.folder.own()?);
        }
        Ok(())
    }

    /// The same desk with second places of backups beside those of the settings: keys that change are changed in each of
    /// them, and backups are copied to the first, where neither the school nor the settings have one.
    pub fn with_places(mut self, places: Vec<PathBuf>) -> Result<Self, ApiError> {
        if places.iter().any(|place| crate::backups::is_within(place, &self.folder())) {
            return Err(BackupsError::PlaceWithinRecords.into());
        }
        self.given_places = places;
        Ok(self)
    }

    /// The records folder in use, for the way from a second copy to the first.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.place().folder.path().to_path_buf()
    }

    /// The keys of the records folder in use, with the backup places that hold copies of them.
    pub(crate) fn vault(&self) -> Vault {
        let folder = self.place().folder.clone();
        let second = self.backup_place().map(|place| place.folder);
        let mut places = vec![BackupPlace::within(&folder).path().to_path_buf()];
        for place in second.into_iter().chain(self.given_places.iter().cloned()) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Vault { folder, places, cost: self.cost, surroundings: Arc::clone(&self.surroundings) }
    }

    /// Closes the records: jobs stop at their next whole item, work under way finishes, and what was changed since the
    /// last backup is backed up, where that takes no longer than a moment. From the first moment on the keychain opens
    /// nothing in this run of the program.
    pub async fn close(&self) -> Result<(), ApiError> {
        self.keychain.end();
        if self.jobs.stop_all(LONGEST_STOP).await {
            self.backup_at_lock().await;
        } else {
            // A backup would wait for it, and the keys are to be wiped now.
            tracing::error!(
                "a job did not stop in time; the records are closed all the same, without a backup"
            );
        }
        match self.open.write().await.take() {
            Some(records) => Ok(records.close().await?),
            None => Ok(()),
        }
    }

    /// The open records; locked is an error.
    pub(crate) async fn records(&self) -> Result<RwLockReadGuard<'_, Records>, ApiError> {
        let open = self.open.read().await;
        RwLockReadGuard::try_map(open, Option::as_ref).map_err(|_| VaultError::Locked.into())
    }

    /// Opens the catalogue before anybody asks it anything: its seal is held against all of its bytes, which takes a
    /// moment that a person spends on the passphrase. What is wrong with it is told when it is asked.
    pub async fn open_catalogue(&self) {
        let files = Arc::clone(&self.shelf);
        let opened = blocking(move || files.catalogue().map(|_| ())).await;
        if let Err(error) = opened {
            tracing::warn!(code = error.code, "the catalogue can't be used");
        }
    }

    /// Asks the catalogue, off the caller's thread.
    pub(crate) async fn catalogue<T, F>(&self, ask: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Catalogue) -> Result<T, waymark_catalogue::CatalogueError> + Send + 'static,
    {
        let files = Arc::clone(&self.shelf);
        blocking(move || ask(files.catalogue()?.as_ref()).map_err(|error| fault(&error))).await
    }

    /// Prints on the press, off the caller's thread.
    pub(crate) async fn press<T, F>(&self, print: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Press) -> Result<T, waymark_documents::DocumentError> + Send + 'static,
    {
        let press = self.press.get_or_init(|| {
            let press = Press::new(&self.paths.fonts).inspect_err(|error| {
                tracing::error!(code = error.code(), "the press could not be set up");
            });
            press.ok().map(Arc::new)
        });
        let press = press.clone();
        let press = press.ok_or(DocumentsError::NotMade)?;
        blocking(move || {
            print(&press).map_err(|error| match error.code() {
                "documents.too_long" => DocumentsError::TooLong.into(),
                code => {
                    tracing::error!(code, "a document could not be made");
                    DocumentsError::NotMade.into()
                }
            })
        })
        .await
    }

    /// The form packs.
    pub(crate) fn packs(&self) -> Result<Arc<Packs>, ApiError> {
        let packs = self.packs.get_or_init(|| Packs::shipped().map(Arc::new));
        packs.clone().ok_or_else(|| OperationError::Failed.into())
    }

    pub(crate) fn place(&self) -> std::sync::MutexGuard<'_, Place> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does work that takes time on a thread made for it.
pub(crate) async fn blocking<T, F>(work: F) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, ApiError> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(OperationError::Failed.into()))
}

impl Paths {
    /// Where things lie for the person at this computer: settings and records in local application data, never in a
    /// roaming or synchronised folder. Nothing where the system names no home.
    #[must_use]
    pub fn of_person(catalogue: PathBuf) -> Option<Self> {
        let home = directories::ProjectDirs::from("org", "Waymark", "Waymark")?;
        Some(Self {
            settings: home.data_local_dir().join("settings.json"),
            records: home.data_local_dir().join("records"),
            catalogue,
            renewed_catalogue: Some(home.data_local_dir().join("waymark-catalogue.db")),
            fonts: Self::system_fonts(),
        })
    }

    /// The folders in which this system keeps its fonts. Those that are not there are passed over when they are read.
    #[must_use]
    pub fn system_fonts() -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = if cfg!(windows) {
            std::env::var_os("WINDIR")
                .map(|windows| PathBuf::from(windows).join("Fonts"))
                .into_iter()
                .collect()
        } else if cfg!(target_os = "macos") {
            vec!["/System/Library/Fonts".into(), "/Library/Fonts".into()]
        } else {
            vec!["/usr/share/fonts".into(), "/usr/local/share/fonts".into()]
        };
        folders.extend(
            directories::UserDirs::new()
                .and_then(|person| person.font_dir().map(std::path::Path::to_path_buf)),
        );
        folders
    }
}
