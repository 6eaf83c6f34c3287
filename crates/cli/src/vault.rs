//! `vault`: make, look at, check, back up, restore, salvage and open to others the encrypted records.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};
use waymark_api::Language;

use crate::desk::{Found, Opened, Records, passphrase};
use crate::output::{Failure, Output, complain};

#[derive(Subcommand)]
pub enum Vault {
    /// Make new records and print their recovery key, once
    Create(Opened),
    /// Say where the records are and, with a passphrase, what they hold
    Info {
        #[command(flatten)]
        records: Records,
        /// File whose first line is the passphrase
        #[arg(long, value_name = "P")]
        passphrase_file: Option<PathBuf>,
    },
    /// Check everything: keys, every page, structure, references, the log
    Verify(Opened),
    /// Make a verified backup in the records' own backup place, and copy it to the second one
    Backup {
        #[command(flatten)]
        opened: Opened,
        /// Second place; without one, that of the window's settings where they are of these records. The school's goes
        /// before both
        #[arg(long, value_name = "DIR")]
        place: Option<PathBuf>,
    },
    /// List the backups in a folder, or put one in the place of the records
    Restore {
        #[command(flatten)]
        opened: Opened,
        /// Folder of backups; without one, the records' own
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
        /// Name of the backup; without one, the newest
        #[arg(long)]
        name: Option<String>,
        /// Set records aside that are there already
        #[arg(long)]
        replace: bool,
    },
    /// Read what can be read out of a damaged file; the damaged one is set aside
    Salvage(Opened),
    /// Write a student's whole record to a ZIP file, and log that it left
    ExportStudent {
        #[command(flatten)]
        opened: Opened,
        /// Id of the student
        #[arg(long)]
        student: String,
        /// File to write; it must not exist
        #[arg(long)]
        to: PathBuf,
    },
    /// Change the passphrase
    ChangePassphrase {
        #[command(flatten)]
        opened: Opened,
        /// File whose first line is the new passphrase
        #[arg(long, value_name = "P")]
        new_passphrase_file: PathBuf,
        /// A second place of backups, in which the old passphrase is to open nothing either; can be given several times.
        /// Without one, that of the window's settings where they are of these records
        #[arg(long, value_name = "DIR")]
        place: Vec<PathBuf>,
    },
}

pub fn run(vault: &Vault, language: Language, output: &mut Output) -> Result<(), Failure> {
    match vault {
        Vault::Create(opened) => create(opened, output),
        Vault::Info { records, passphrase_file } => info(records, passphrase_file.as_ref(), language, output),
        Vault::Verify(opened) => verify(opened, output),
        Vault::Backup { opened, place } => backup(opened, place.as_slice(), output),
        Vault::Restore { opened, from, name, replace } => {
            restore(opened, from.as_ref(), name.as_deref(), *replace, output)
        }
        Vault::Salvage(opened) => salvage(opened, output),
        Vault::ExportStudent { opened, student, to } => {
            let session = opened.open()?;
            let asked = json!({ "student_id": student, "language": language });
            let bytes = session.document("rights.export", asked, to)?;
            session.close()?;
            output.value(&json!({ "written": to.display().to_string(), "bytes": bytes }))
        }
        Vault::ChangePassphrase { opened, new_passphrase_file, place } => {
            let session = opened.open_with_places(place)?;
            let asked = json!({
                "passphrase": opened.passphrase()?,
                "new_passphrase": passphrase(new_passphrase_file)?,
            });
            let changed = session.call("vault.change_passphrase", asked)?;
            session.close()?;
            output.value(&changed)
        }
    }
}

fn create(opened: &Opened, output: &mut Output) -> Result<(), Failure> {
    let session = opened.records.desk()?;
    let made = json!({ "folder": null, "passphrase": opened.passphrase()? });
    let key = session.call("vault.create", made)?;
    let folder = session.call("vault.status", json!({}))?["folder"].clone();
    session.close()?;
    output.value(&json!({ "folder": folder, "recovery_key": key["groups"] }))
}

fn info(
    records: &Records,
    passphrase_file: Option<&PathBuf>,
    language: Language,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = records.desk()?;
    let status = session.call("vault.status", json!({}))?;
    let mut told = json!({
        "folder": status["folder"], "state": status["state"], "problem": status["problem"],
    });
    if let Some(file) = passphrase_file {
        session.unlock(&passphrase(file)?)?;
        let home = session.call("home.show", json!({ "language": language }))?;
        told["state"] = json!("unlocked");
        told["students"] = home["students"].clone();
        told["applications"] = home["applications"].clone();
        told["backups"] = json!(session.call("backups.list", json!({}))?.as_array().map_or(0, Vec::len));
    }
    session.close()?;
    output.value(&told)
}

/// Ends well only for a whole file of which nothing that was saved is missing. What was looked at is said either way.
fn verify(opened: &Opened, output: &mut Output) -> Result<(), Failure> {
    let session = opened.records.desk()?;
    let Found { lost, keys_restored } = session.unlock(&opened.passphrase()?)?;
    let found = session.call("damage.check", json!({}))?;
    let log = session.call("log.verify", json!({}))?;
    session.close()?;
    let whole = found["whole"] == true && log["broken"].is_null();
    output.value(&json!({
        "folder": opened.records.folder().display().to_string(),
        "checked": ["keys", "pages", "structure", "references", "log"],
        "findings": found,
        "log": log,
        "lost": lost,
        "keys_restored": keys_restored,
        "whole": whole,
    }))?;
    if !whole {
        return Err(Failure::Failed("vault.damaged", "the records are not whole".into()));
    }
    if !lost.is_null() {
        return Err(Failure::Failed("vault.changes_lost", "what is there is whole, and not all".into()));
    }
    Ok(())
}

fn backup(opened: &Opened, place: &[PathBuf], output: &mut Output) -> Result<(), Failure> {
    let session = opened.open_with_places(place)?;
    let job = session.call("backups.make", json!({}))?;
    session.wait_for(&job)?;
    let backups = session.call("backups.list", json!({}))?;
    session.close()?;
    output.value(&backups[0])
}

fn restore(
    opened: &Opened,
    from: Option<&PathBuf>,
    name: Option<&str>,
    replace: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = opened.records.desk()?;
    // Of a records folder the backups in it are meant.
    let own = opened.records.folder();
    let place = std::path::absolute(from.unwrap_or(&own))
        .map_err(|error| Failure::Failed("backups.not_found", error.to_string()))?;
    let folder = place.display().to_string();
    let list = session.call("backups.look_elsewhere", json!({ "folder": folder }))?;
    let newest = list.as_array().and_then(|list| list.first()).and_then(|row| row["name"].as_str());
    let Some(name) = name.or(newest) else {
        return Err(Failure::Failed("backups.not_found", "there is no backup".into()));
    };
    let passphrase = opened.passphrase()?;
    // Records that open themselves take along what has happened by them: disclosures, holds, certificates.
    let opens = replace
        && from.is_none()
        && session.call("vault.unlock", json!({ "passphrase": passphrase })).is_ok();
    let mut asked = json!({ "name": name, "passphrase": passphrase, "recovery_key": Value::Null });
    let restored = if opens {
        asked["second"] = false.into();
        session.call("backups.restore", asked)?
    } else {
        asked["folder"] = folder.into();
        asked["replace"] = replace.into();
        session.call("backups.restore_elsewhere", asked)?
    };
    session.close()?;
    if let Some(why) = not_taken(&restored["taken_along"]) {
        let aside = restored["set_aside"].as_str().map(|aside| format!("; what was there lies in {aside}"));
        complain(&format!(
            "what happened since the backup (disclosures, accesses, holds, certificates of erasures) was not taken \
             along: {why}{}",
            aside.unwrap_or_default()
        ));
    }
    output.value(&restored)
}

/// Why what happened by the records that were replaced is not in the restored ones; nothing where it is, or where there
/// were none.
fn not_taken(taken: &Value) -> Option<&'static str> {
    match taken.as_str() {
        Some("done" | "nothing_there") => None,
        Some("other_records") => Some("the records that were there were other records"),
        Some("other_key") => Some("the records that were there are under another key"),
        _ => Some("the records that were there could not be read"),
    }
}

fn salvage(opened: &Opened, output: &mut Output) -> Result<(), Failure> {
    let session = opened.records.desk()?;
    let asked =
        json!({ "passphrase": opened.passphrase()?, "recovery_key": Value::Null, "student": "Student" });
    let report = session.call("damage.salvage", asked)?;
    session.close()?;
    output.value(&report)
}
