//! The catalogue in use: the one that came with the program, or a newer one that was put beside the settings. Where
//! neither can be used the records work without it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::{Catalogue, CatalogueError};

use crate::desk::Desk;
use crate::errors::{ApiError, CatalogueFault};
use crate::shapes::Nothing;

/// Which of the catalogue files is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CatalogueCopy {
    /// The one that came with the program.
    Bundled,
    /// The one that lies beside the settings.
    Renewed,
}

/// The catalogue in use, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CatalogueStatus {
    /// Which file.
    pub copy: CatalogueCopy,
    /// Code of what is wrong with it (`catalogue.…`); absent where it can be used.
    pub fault: Option<String>,
}

/// The files, and the one that is open. It is opened when it is first asked for.
pub(crate) struct Shelf {
    bundled: PathBuf,
    renewed: Option<PathBuf>,
    open: Mutex<Option<Opened>>,
}

#[derive(Clone)]
struct Opened {
    copy: CatalogueCopy,
    catalogue: Result<Arc<Catalogue>, ApiError>,
}

impl Shelf {
    pub(crate) fn new(bundled: PathBuf, renewed: Option<PathBuf>) -> Self {
        Self { bundled, renewed, open: Mutex::new(None) }
    }

    /// The open catalogue.
    pub(crate) fn catalogue(&self) -> Result<Arc<Catalogue>, ApiError> {
        self.opened().catalogue
    }

    fn opened(&self) -> Opened {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get_or_insert_with(|| {
            let (copy, path) = match self.renewed.as_ref().filter(|path| path.exists()) {
                Some(path) => (CatalogueCopy::Renewed, path),
                None => (CatalogueCopy::Bundled, &self.bundled),
            };
            Opened { copy, catalogue: Catalogue::open(path).map(Arc::new).map_err(|error| fault(&error)) }
        })
        .clone()
    }

    fn status(&self) -> CatalogueStatus {
        let opened = self.opened();
        CatalogueStatus {
            copy: opened.copy,
            fault: opened.catalogue.err().map(|error| error.code.to_owned()),
        }
    }

    /// Sets the renewed file aside, under a name that says so, and opens the bundled one. Nothing is deleted.
    fn set_aside(&self, moment: &str) -> Result<(), ApiError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(renewed) = self.renewed.as_ref().filter(|path| path.exists()) {
            let aside = renewed.with_extension(format!("{moment}.set-aside"));
            std::fs::rename(renewed, aside).map_err(|error| {
                tracing::error!(kind = ?error.kind(), "the catalogue file could not be set aside");
                CatalogueFault::NotSetAside
            })?;
        }
        *open = None;
        Ok(())
    }
}

/// The catalogue in use.
pub async fn status(desk: &Desk, _: Nothing) -> Result<CatalogueStatus, ApiError> {
    let shelf = Arc::clone(&desk.shelf);
    crate::desk::blocking(move || Ok(shelf.status())).await
}

/// Goes back to the catalogue that came with the program; the other file is kept beside it under another name.
pub async fn use_bundled(desk: &Desk, _: Nothing) -> Result<CatalogueStatus, ApiError> {
    let shelf = Arc::clone(&desk.shelf);
    let moment = desk.surroundings.now().as_second().to_string();
    crate::desk::blocking(move || {
        shelf.set_aside(&moment)?;
        Ok(shelf.status())
    })
    .await
}

/// What a fault of the file is called.
pub(crate) fn fault(error: &CatalogueError) -> ApiError {
    match error.code() {
        "missing" => CatalogueFault::Missing.into(),
        "other_version" => CatalogueFault::OtherVersion.into(),
        "unreadable" => CatalogueFault::Unreadable.into(),
        _ => CatalogueFault::Damaged.into(),
    }
}
