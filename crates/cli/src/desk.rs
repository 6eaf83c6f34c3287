//! A desk on a records folder, for commands: opened with the passphrase from a file, closed before the command ends.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};
use waymark_api::errors::DocumentsError;
use waymark_api::log::hand_over;
use waymark_api::{ApiError, Computer, Cost, Desk, Paths, contract};

use crate::output::{Failure, complain};
use crate::write::write_new;

/// The database's name in a records folder.
const DATABASE: &str = "records.db";

/// Where the records are.
#[derive(Args)]
pub struct Records {
    /// Records folder, or the database in it
    #[arg(long, value_name = "F")]
    pub file: PathBuf,
}

/// Where the records are, and what opens them.
#[derive(Args)]
pub struct Opened {
    #[command(flatten)]
    pub records: Records,
    /// File whose first line is the passphrase
    #[arg(long, value_name = "P")]
    pub passphrase_file: PathBuf,
}

impl Records {
    /// The folder, whichever of the two was named.
    pub fn folder(&self) -> PathBuf {
        let names_database = self.file.file_name().is_some_and(|name| name == DATABASE);
        match self.file.parent() {
            Some(folder) if names_database && !self.file.is_dir() => folder.to_path_buf(),
            _ => self.file.clone(),
        }
    }

    /// A desk on the folder. The window's settings are not read: they may name another one.
    pub fn desk(&self) -> Result<Session, Failure> {
        let folder = std::path::absolute(self.folder())
            .map_err(|error| Failure::Failed("vault.folder_unusable", error.to_string()))?;
        let paths = Paths {
            settings: folder.join("waymark-cli.json"),
            catalogue: crate::catalogue::file(None),
            renewed_catalogue: None,
            fonts: Paths::system_fonts(),
            records: folder,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::Failed("operation.failed", error.to_string()))?;
        Ok(Session { desk: Arc::new(Desk::new(paths, Arc::new(Computer), Cost::REAL)), runtime })
    }
}

impl Opened {
    /// The passphrase.
    pub fn passphrase(&self) -> Result<String, Failure> {
        passphrase(&self.passphrase_file)
    }

    /// A desk whose records are open.
    pub fn open(&self) -> Result<Session, Failure> {
        let session = self.records.desk()?;
        session.call("vault.unlock", json!({ "passphrase": self.passphrase()? }))?;
        Ok(session)
    }
}

/// The first line of a file.
pub fn passphrase(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Failed("vault.passphrase_file", format!("{}: {error}", file.display())))?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(Failure::Failed("vault.passphrase_file", format!("{}: it is empty", file.display())));
    }
    Ok(line.to_owned())
}

/// A desk, and what carries its operations out.
pub struct Session {
    desk: Arc<Desk>,
    runtime: tokio::runtime::Runtime,
}

impl Session {
    /// Carries out an operation of the contract.
    pub fn call(&self, operation: &str, input: Value) -> Result<Value, Failure> {
        Ok(self.runtime.block_on(contract::call(&self.desk, operation, input))?)
    }

    /// Makes a document and writes it to a new file; that it left is logged. Gives how many bytes it has.
    pub fn document(&self, operation: &str, input: Value, to: &Path) -> Result<usize, Failure> {
        let written = async {
            let output = contract::document(&self.desk, operation, input).await?;
            let (outcome, _) = hand_over(&self.desk, output, |document| async move {
                match write_new(to, &document.bytes) {
                    Ok(()) => Ok(document.bytes.len()),
                    Err(error) => {
                        complain(&format!("{}: {error}", to.display()));
                        Err(DocumentsError::NotWritten.into())
                    }
                }
            })
            .await?;
            Ok::<_, ApiError>(outcome)
        };
        Ok(self.runtime.block_on(written)?)
    }

    /// Waits for a job to end; says where it stands now and then.
    pub fn wait_for(&self, job: &Value) -> Result<(), Failure> {
        loop {
            let jobs = self.call("jobs.list", json!({}))?;
            let row = jobs.as_array().and_then(|jobs| jobs.iter().find(|row| row["id"] == job["id"]));
            match row.and_then(|row| row["state"].as_str()) {
                Some("running") => std::thread::sleep(std::time::Duration::from_millis(50)),
                Some("done") => return Ok(()),
                Some("failed") => {
                    let code = row.and_then(|row| row["code"].as_str()).unwrap_or("operation.failed");
                    return Err(Failure::Told(code.to_owned(), "it did not work".into()));
                }
                _ => return Err(Failure::Failed("jobs.stopped", "it was stopped".into())),
            }
        }
    }

    /// Closes the records, so that everything is on the disk when the command ends.
    pub fn close(self) -> Result<(), Failure> {
        Ok(self.runtime.block_on(self.desk.close())?)
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let told: Vec<String> = error.params.iter().map(|(name, value)| format!("{name} {value}")).collect();
        Self::Told(error.code.to_owned(), told.join(", "))
    }
}
