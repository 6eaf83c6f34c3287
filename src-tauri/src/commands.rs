//! What the pages can ask of the window. Each call goes to `api` as it is; a panic there becomes an error and a line
//! in the log that says where, never what about.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use tauri::{AppHandle, State};
use waymark_api::errors::OperationError;
use waymark_api::log::{Logged, hand_over};
use waymark_api::{ApiError, Desk, Document, contract};

use crate::lock::{self, Lock};
use crate::words::Words;

/// Kinds of documents: media type, what a file of it ends in, and the words for its dialog.
const KINDS: &[(&str, &str, &str, &str)] = &[
    ("application/pdf", "pdf", "save_pdf", "pdf_files"),
    ("text/csv", "csv", "save_csv", "csv_files"),
    ("application/zip", "zip", "save_zip", "zip_files"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "save_xlsx", "xlsx_files"),
];

/// What the window keeps while it is open.
pub struct Window {
    /// The desk.
    pub desk: Arc<Desk>,
    /// Whether the moment of painting is wanted on standard error.
    pub bench: bool,
    /// Wishes to close so far.
    pub asked: AtomicU64,
    /// The last of them that the pages have heard; from then on the pages decide.
    pub heard: AtomicU64,
    /// When the records are to be locked by themselves.
    pub lock: Lock,
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
        /// What the log says of it, where it holds students' data.
        logged: Option<Logged>,
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
    app: AppHandle,
    window: State<'_, Window>,
    operation: String,
    input: serde_json::Value,
) -> Result<serde_json::Value, ApiError> {
    let desk = Arc::clone(&window.desk);
    let locks = operation == "vault.lock";
    if locks {
        lock::closing(&app, true);
    }
    let answer = apart(async move { contract::call(&desk, &operation, input).await }).await;
    if locks {
        lock::closing(&app, false);
    }
    lock::look(&app);
    answer
}

/// Makes a document and saves it where the person says.
#[tauri::command]
pub async fn save_document(
    window: State<'_, Window>,
    operation: String,
    input: serde_json::Value,
) -> Result<SavedDocument, ApiError> {
    let desk = Arc::clone(&window.desk);
    let output = {
        let desk = Arc::clone(&desk);
        apart(async move { contract::document(&desk, &operation, input).await }).await?
    };
    let words = Words::of(desk.language());
    let (ending, title, files) = kind(output.media_type())?;
    let dialog = rfd::AsyncFileDialog::new()
        .set_title(words.get(title))
        .set_file_name(output.name())
        .add_filter(words.get(files), &[ending]);
    let Some(place) = dialog.save_file().await else {
        return Ok(SavedDocument::Cancelled { cancelled: true });
    };
    let path = with_ending(place.path().to_path_buf(), ending, Path::exists);
    apart(async move {
        let ((saved, missing), logged) = hand_over(&desk, output, |document| write(path, document)).await?;
        Ok(SavedDocument::Saved { saved, missing, logged })
    })
    .await
}

/// Lets the person choose a folder.
#[tauri::command]
pub async fn pick_folder(window: State<'_, Window>) -> Result<Option<String>, ApiError> {
    let title = Words::of(window.desk.language()).get("choose_folder");
    let folder = rfd::AsyncFileDialog::new().set_title(title).pick_folder().await;
    Ok(folder.map(|folder| folder.path().display().to_string()))
}

/// A page that can be used is on the screen: the time that a person takes to read it is there for opening the catalogue.
#[tauri::command]
#[allow(clippy::print_stderr, reason = "the bench reads the moment from there, and nobody else asks for it")]
pub async fn painted(window: State<'_, Window>) -> Result<(), ApiError> {
    if window.bench {
        eprintln!("bench: painted");
    }
    let desk = Arc::clone(&window.desk);
    tauri::async_runtime::spawn(async move { desk.open_catalogue().await });
    Ok(())
}

/// Somebody touches the pages: the records stay open for the set time from now on.
#[tauri::command]
pub async fn touched(app: AppHandle) -> Result<(), ApiError> {
    lock::touched(&app);
    Ok(())
}

/// The pages have heard the wish to close and are saving: however long that takes, they decide now.
#[tauri::command]
pub async fn heard_close(window: State<'_, Window>) -> Result<(), ApiError> {
    window.heard.store(window.asked.load(Ordering::SeqCst), Ordering::SeqCst);
    Ok(())
}

/// The pages' answer to a wish to close: they have saved everything (`true`), or something could not be saved and
/// they stay (`false`).
#[tauri::command]
pub async fn leave(app: AppHandle, saved: bool) -> Result<(), ApiError> {
    if saved {
        crate::close(&app).await;
    }
    Ok(())
}

/// Writes the document; gives the file's name and the characters that could not be printed.
async fn write(path: PathBuf, document: Document) -> Result<(String, String), ApiError> {
    let missing = document.missing.iter().collect();
    let saved = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let written = tokio::task::spawn_blocking(move || waymark_api::write_document(&path, &document)).await;
    written.unwrap_or_else(|_| Err(OperationError::Failed.into()))?;
    Ok((saved, missing))
}

/// What a document's file ends in, and the words for its dialog.
fn kind(media_type: &str) -> Result<(&'static str, &'static str, &'static str), ApiError> {
    let found = KINDS.iter().find(|(one, ..)| *one == media_type);
    found
        .map(|(_, ending, title, files)| (*ending, *title, *files))
        .ok_or_else(|| OperationError::Failed.into())
}

/// The path that the person chose, with the document's own ending. The dialog has asked about replacing the file of
/// the name as it was typed; where the ending makes it another file that is there already, a free name beside it is
/// taken.
fn with_ending(chosen: PathBuf, ending: &str, is_there: impl Fn(&Path) -> bool) -> PathBuf {
    if chosen.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)) {
        return chosen;
    }
    let with = |middle: String| {
        let mut name = chosen.clone().into_os_string();
        name.push(middle);
        name.push(".");
        name.push(ending);
        PathBuf::from(name)
    };
    let plain = with(String::new());
    if !is_there(&plain) {
        return plain;
    }
    (2..10_000).map(|number| with(format!(" ({number})"))).find(|path| !is_there(path)).unwrap_or(plain)
}

/// Runs an operation on a task of its own: its panic ends the task and not the window.
async fn apart<T: Send + 'static>(
    operation: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::spawn(operation).await.unwrap_or_else(|_| Err(OperationError::Failed.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(path: &str, there: &[&str]) -> String {
        chosen_as(path, "pdf", there)
    }

    fn chosen_as(path: &str, ending: &str, there: &[&str]) -> String {
        let is_there = |path: &Path| there.iter().any(|name| path == Path::new(name));
        with_ending(path.into(), ending, is_there).display().to_string()
    }

    #[test]
    fn a_document_gets_its_ending_and_replaces_nothing_that_was_not_asked_about() {
        assert_eq!(chosen("a/Draft.pdf", &["a/Draft.pdf"]), "a/Draft.pdf");
        assert_eq!(chosen("a/Draft.PDF", &[]), "a/Draft.PDF");
        assert_eq!(chosen("a/Draft", &[]), "a/Draft.pdf");
        assert_eq!(chosen("a/Sample.Student", &[]), "a/Sample.Student.pdf");
        assert_eq!(chosen("a/Draft", &["a/Draft.pdf", "a/Draft (2).pdf"]), "a/Draft (3).pdf");
        assert_eq!(chosen_as("a/Careers.pdf", "xlsx", &[]), "a/Careers.pdf.xlsx");
        assert_eq!(chosen_as("a/Careers.xlsx", "xlsx", &["a/Careers.xlsx"]), "a/Careers.xlsx");
    }
}
