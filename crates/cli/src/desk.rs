//! A desk on a records folder, for commands: opened with the passphrase from a file, closed before the command ends.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};
use waymark_api::errors::DocumentsError;
use waymark_api::log::hand_over;
use waymark_api::settings::second_place_of;
use waymark_api::{ApiError, Computer, Cost, Desk, Paths, contract, managed_file};

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

    /// A desk on the folder. The window's settings are not read: they may name another one. What the school has set for
    /// this computer holds here as well.
    pub fn desk(&self) -> Result<Session, Failure> {
        Self::at(whole(&self.folder())?, Vec::new(), managed_file())
    }

    /// A desk that knows the second places of backups: those that were named, else the one of the window's settings where
    /// they are of these records.
    pub fn desk_with_places(&self, named: &[PathBuf]) -> Result<Session, Failure> {
        let folder = whole(&self.folder())?;
        let mut places: Vec<PathBuf> = named.iter().map(|place| whole(place)).collect::<Result<_, _>>()?;
        if places.is_empty()
            && let Some(paths) = Paths::of_person(crate::catalogue::file(None))
        {
            places.extend(second_place_of(&paths, &folder)?);
        }
        Self::at(folder, places, managed_file())
    }

    fn at(folder: PathBuf, places: Vec<PathBuf>, managed: PathBuf) -> Result<Session, Failure> {
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
        let desk = Desk::new(paths, Arc::new(Computer), Cost::REAL).managed_by(managed);
        Ok(Session { desk: Arc::new(desk.with_places(places)?), runtime })
    }
}

/// A path from the root, wherever this is called.
fn whole(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| Failure::Failed("vault.folder_unusable", error.to_string()))
}

impl Opened {
    /// The passphrase.
    pub fn passphrase(&self) -> Result<String, Failure> {
        passphrase(&self.passphrase_file)
    }

    /// A desk whose records are open.
    pub fn open(&self) -> Result<Session, Failure> {
        let session = self.records.desk()?;
        session.unlock(&self.passphrase()?)?;
        Ok(session)
    }

    /// The same with second places of backups.
    pub fn open_with_places(&self, named: &[PathBuf]) -> Result<Session, Failure> {
        let session = self.records.desk_with_places(named)?;
        session.unlock(&self.passphrase()?)?;
        Ok(session)
    }
}

/// How the records were found when they were opened. That is known once: whoever opens them next finds them whole.
pub struct Found {
    /// What is or may be missing; null where nothing is.
    pub lost: Value,
    /// That the file of keys came back from a backup place; null where it did not.
    pub keys_restored: Value,
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

    /// Opens the records. What is missing is said on standard error, whatever the command is.
    pub fn unlock(&self, passphrase: &str) -> Result<Found, Failure> {
        let status = self.call("vault.unlock", json!({ "passphrase": passphrase }))?;
        let opening = self.call("damage.opening", json!({}))?;
        let found = Found { lost: opening["lost"].clone(), keys_restored: status["keys_restored"].clone() };
        if let Some(aside) = found.lost["set_aside"].as_str() {
            let are = if found.lost["certain"] == true { "are" } else { "may be" };
            complain(&format!(
                "changes that were saved {are} missing; the files as they were found lie in {aside}"
            ));
        }
        if !found.keys_restored.is_null() {
            complain("the file of keys was lost or damaged, and came back from a backup place");
        }
        Ok(found)
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
mod tests {
    use super::*;

    fn code(failure: Failure) -> String {
        match failure {
            Failure::Told(code, _) => code,
            Failure::Failed(code, _) => code.to_owned(),
            Failure::Refused(_) | Failure::Closed => "another failure".to_owned(),
        }
    }

    /// The school's file lies where the tests may not write, so another stands for it.
    #[test]
    fn what_the_school_has_set_holds_without_the_window_too() {
        let place = tempfile::tempdir().unwrap();
        let managed = place.path().join("managed.json");
        std::fs::write(&managed, r#"{"allowed_exports": []}"#).unwrap();
        let session = Records::at(place.path().join("records"), Vec::new(), managed).unwrap();
        let passphrase = "quiet lantern under seven maples";
        session.call("vault.create", json!({ "folder": null, "passphrase": passphrase })).unwrap();
        let student = json!({ "name": "Sample Student", "graduation_year": null, "school_id": null });
        let id = session.call("students.add", student).unwrap()["id"].clone();
        let asked = json!({ "student_id": id, "language": "en" });
        let to = place.path().join("record.zip");
        let refused = session.document("rights.export", asked, &to);
        assert_eq!(refused.err().map(code).as_deref(), Some("documents.not_allowed"));
        assert!(!to.exists());
        session.close().unwrap();
    }
}
