//! What the pages can ask of the window. Each call goes to `api` as it is; a panic there becomes an error and a line
//! in the log that says where, never what about.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use tauri::{AppHandle, State};
use waymark_api::errors::OperationError;
use waymark_api::{ApiError, Desk, Document, contract};

use crate::words::Words;

/// What the window keeps while it is open.
pub struct Window {
    /// The desk.
    pub desk: Arc<Desk>,
    /// Whether the moment of painting is wanted on standard error.
    pub bench: bool,
    /// Set once the pages have answered that they want to close, or stay.
    pub answered: AtomicBool,
}

/// Where a document went.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum SavedDocument {
    /// To a file.
    Saved {
        /// Its name.
        saved: String,
        /// Characters that no font on this computer could print.
        missing: String,
    },
    /// Nowhere: the person changed their mind.
    Cancelled {
        /// Always true.
        cancelled: bool,
    },
}

/// Carries out an operation.
#[tauri::command]
pub async fn call(
    window: State<'_, Window>,
    operation: String,
    input: serde_json::Value,
) -> Result<serde_json::Value, ApiError> {
    let desk = Arc::clone(&window.desk);
    apart(async move { contract::call(&desk, &operation, input).await }).await
}

/// Makes a document and saves it where the person says.
#[tauri::command]
pub async fn save_document(
    window: State<'_, Window>,
    operation: String,
    input: serde_json::Value,
) -> Result<SavedDocument, ApiError> {
    let desk = Arc::clone(&window.desk);
    let document = {
        let desk = Arc::clone(&desk);
        apart(async move { contract::document(&desk, &operation, input).await }).await?
    };
    let words = Words::of(desk.language());
    let dialog = rfd::AsyncFileDialog::new()
        .set_title(words.get("save_pdf"))
        .set_file_name(&document.name)
        .add_filter(words.get("pdf_files"), &["pdf"]);
    match dialog.save_file().await {
        Some(place) => save(place.path().to_path_buf(), document).await,
        None => Ok(SavedDocument::Cancelled { cancelled: true }),
    }
}

/// Lets the person choose a folder.
#[tauri::command]
pub async fn pick_folder(window: State<'_, Window>) -> Result<Option<String>, ApiError> {
    let title = Words::of(window.desk.language()).get("choose_folder");
    let folder = rfd::AsyncFileDialog::new().set_title(title).pick_folder().await;
    Ok(folder.map(|folder| folder.path().display().to_string()))
}

/// The first page that can be used is on the screen.
#[tauri::command]
#[allow(clippy::print_stderr, reason = "the bench reads the moment from there, and nobody else asks for it")]
pub async fn painted(window: State<'_, Window>) -> Result<(), ApiError> {
    if window.bench {
        eprintln!("bench: painted");
    }
    Ok(())
}

/// The pages' answer to a wish to close: they have saved everything (`true`), or something could not be saved and
/// they stay (`false`).
#[tauri::command]
pub async fn leave(app: AppHandle, window: State<'_, Window>, saved: bool) -> Result<(), ApiError> {
    window.answered.store(true, Ordering::SeqCst);
    if saved {
        crate::close(&app).await;
    }
    Ok(())
}

async fn save(path: PathBuf, document: Document) -> Result<SavedDocument, ApiError> {
    let path = if path.extension().is_some() { path } else { path.with_extension("pdf") };
    let missing = document.missing.iter().collect();
    let saved = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let written = tokio::task::spawn_blocking(move || waymark_api::write_document(&path, &document)).await;
    written.unwrap_or_else(|_| Err(OperationError::Failed.into()))?;
    Ok(SavedDocument::Saved { saved, missing })
}

/// Runs an operation on a task of its own: its panic ends the task and not the window.
async fn apart<T: Send + 'static>(
    operation: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::spawn(operation).await.unwrap_or_else(|_| Err(OperationError::Failed.into()))
}
