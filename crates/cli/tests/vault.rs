//! The commands that open records, as a script calls them: one life of a folder, and the exit codes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const PASSPHRASE: &str = "quiet lantern under seven maples";

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        place.write("passphrase", &format!("{PASSPHRASE}\n"));
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Runs a command with JSON wanted; gives its exit code, what it printed, and what it complained of.
    fn run(&self, words: &[&str]) -> (i32, Value, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_waymark-cli"))
            .arg("--json")
            .args(words)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let complained = String::from_utf8(output.stderr).unwrap();
        assert!(!complained.contains(PASSPHRASE) && !printed.contains(PASSPHRASE), "a passphrase is printed");
        (output.status.code().unwrap(), serde_json::from_str(&printed).unwrap_or(Value::Null), complained)
    }

    /// Runs a command on the records with their passphrase.
    fn with(&self, words: &[&str], more: &[&str]) -> (i32, Value, String) {
        let opened = ["--file", "records", "--passphrase-file", "passphrase"];
        self.run(&[words, &opened[..], more].concat())
    }

    fn well(&self, words: &[&str], more: &[&str]) -> Value {
        let (code, printed, complained) = self.with(words, more);
        assert_eq!(code, 0, "{words:?}: {complained}");
        printed
    }
}

fn flip(file: &Path, at: usize) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[at] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn records_are_made_filled_checked_backed_up_and_restored() {
    let place = Place::new();
    let made = place.well(&["vault", "create"], &[]);
    assert_eq!(made["recovery_key"].as_array().unwrap().len(), 9);
    let student = place.well(&["students", "add"], &["--name", "Sample Student", "--year", "2027"]);
    place.write("roster.csv", "name,year\nExample Student,2028\nThird Student,2028\n");
    assert_eq!(place.well(&["students", "import"], &["roster.csv"])["added"], 2);
    let whole = place.well(&["vault", "verify"], &[]);
    assert_eq!((&whole["whole"], &whole["log"]["broken"]), (&Value::Bool(true), &Value::Null));
    assert_eq!(place.well(&["log", "verify"], &[])["broken"], Value::Null);
    place.well(&["vault", "backup"], &[]);
    let info = place.well(&["vault", "info"], &[]);
    assert_eq!(info["students"], 3);
    assert!(info["backups"].as_u64().unwrap() >= 1, "{info}");

    let id = student["id"].as_str().unwrap();
    place.well(&["vault", "export-student"], &["--student", id, "--to", "record.zip"]);
    assert_eq!(&std::fs::read(place.path("record.zip")).unwrap()[..2], b"PK");
    let (code, _, complained) =
        place.with(&["vault", "export-student"], &["--student", id, "--to", "record.zip"]);
    assert_eq!(code, 1, "nothing is written over: {complained}");

    // On another computer there is the folder of backups, and the passphrase.
    std::fs::rename(place.path("records/backups"), place.path("stick")).unwrap();
    std::fs::rename(place.path("records"), place.path("lost")).unwrap();
    place.well(&["vault", "restore"], &["--from", "stick"]);
    assert_eq!(place.well(&["vault", "info"], &[])["students"], 3);
}

#[test]
fn the_database_names_its_folder_as_well() {
    let place = Place::new();
    place.well(&["vault", "create"], &[]);
    let (code, info, _) = place.run(&["vault", "info", "--file", "records/records.db"]);
    assert_eq!((code, &info["state"]), (0, &Value::from("locked")));
}

#[test]
fn a_changed_passphrase_is_the_only_one_that_opens() {
    let place = Place::new();
    place.well(&["vault", "create"], &[]);
    place.write("new", "another quiet lantern\n");
    place.well(&["vault", "change-passphrase"], &["--new-passphrase-file", "new"]);
    let (code, _, complained) = place.with(&["vault", "info"], &[]);
    assert_eq!(code, 1);
    assert!(complained.contains("vault.wrong_passphrase"), "{complained}");
    let (code, info, _) = place.run(&["vault", "info", "--file", "records", "--passphrase-file", "new"]);
    assert_eq!((code, &info["students"]), (0, &Value::from(0)));
}

#[test]
fn damage_is_no_whole_file_and_what_can_be_read_is_salvaged() {
    let place = Place::new();
    place.well(&["vault", "create"], &[]);
    place.well(&["students", "add"], &["--name", "Sample Student"]);
    let database = place.path("records/records.db");
    let last = usize::try_from(std::fs::metadata(&database).unwrap().len()).unwrap() - 100;
    flip(&database, last);
    let (code, _, complained) = place.with(&["vault", "verify"], &[]);
    assert_eq!(code, 1, "{complained}");
    let report = place.well(&["vault", "salvage"], &[]);
    assert!(report["unreadable_pages"].as_u64().unwrap() >= 1, "{report}");
    let (code, whole, complained) = place.with(&["vault", "verify"], &[]);
    assert_eq!((code, &whole["whole"]), (0, &Value::Bool(true)), "{complained}");
}

#[test]
fn what_is_no_command_ends_with_two_and_what_fails_with_one() {
    let place = Place::new();
    assert_eq!(place.run(&["vault", "open"]).0, 2);
    assert_eq!(place.run(&["vault", "verify"]).0, 2, "without a file");
    assert_eq!(place.with(&["vault", "verify"], &[]).0, 1, "no records there");
    place.well(&["vault", "create"], &[]);
    assert_eq!(place.with(&["vault", "create"], &[]).0, 1, "there already");
    place.write("roster.csv", "name,year\n,2028\n");
    let (code, printed, _) = place.with(&["students", "import"], &["roster.csv"]);
    assert_eq!((code, &printed["faults"][0]["fault"]), (1, &Value::from("name_missing")));
    place.write("passphrase", "");
    assert_eq!(place.with(&["vault", "info"], &[]).0, 1, "an empty file");
}
