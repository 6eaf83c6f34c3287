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
            // The settings of whoever runs the tests are not theirs.
            .env("HOME", self.path("home"))
            .env("XDG_DATA_HOME", self.path("home/data"))
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

fn keys_in(folder: &Path) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let keys = files.filter(|path| path.extension().is_some_and(|ending| ending == "keys"));
    keys.map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn a_changed_passphrase_reaches_the_places_that_are_named_and_those_out_of_reach_are_told() {
    let place = Place::new();
    place.well(&["vault", "create"], &[]);
    for name in ["stick", "other"] {
        std::fs::create_dir(place.path(name)).unwrap();
        place.well(&["vault", "backup"], &["--place", name]);
        let files = std::fs::read_dir(place.path(name)).unwrap().map(|entry| entry.unwrap().path());
        let is_backup = |path: PathBuf| path.extension().is_some_and(|ending| ending == "backup");
        assert!(files.into_iter().any(is_backup), "{name}");
    }
    place.write("new", "another quiet lantern\n");
    let words = ["--new-passphrase-file", "new", "--place", "stick", "--place", "other", "--place", "gone"];
    let changed = place.well(&["vault", "change-passphrase"], &words);
    let left = changed["left"].as_array().unwrap();
    assert_eq!((left.len(), &left[0]["reason"]), (1, &Value::from("absent")), "{changed}");
    assert_eq!(left[0]["place"], place.path("gone").display().to_string());
    let present = std::fs::read(place.path("records/records.keys")).unwrap();
    for folder in ["stick", "other", "records/backups"] {
        assert_eq!(keys_in(&place.path(folder)), std::slice::from_ref(&present), "{folder}");
    }
    let within = ["--new-passphrase-file", "new", "--place", "records/backups"];
    let (code, _, complained) = place.with(&["vault", "change-passphrase"], &within);
    assert_eq!(code, 1);
    assert!(complained.contains("backups.place_within_records"), "{complained}");
}

#[test]
fn the_second_place_of_the_window_s_settings_is_known_where_they_are_of_these_records() {
    let place = Place::new();
    place.well(&["vault", "create"], &[]);
    let settings = place.path("home/data/waymark/settings.json");
    std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
    let of = |folder: &str| {
        let (folder, stick) = (place.path(folder), place.path("stick"));
        serde_json::json!({ "folder": folder, "backup_place": { "folder": stick } }).to_string()
    };
    place.write("new", PASSPHRASE);
    let change = || place.well(&["vault", "change-passphrase"], &["--new-passphrase-file", "new"]);
    std::fs::write(&settings, of("elsewhere")).unwrap();
    assert_eq!(change()["left"], Value::Array(Vec::new()), "of other records");
    std::fs::write(&settings, of("records")).unwrap();
    let left = change();
    assert_eq!((&left["left"][0]["reason"], left["left"].as_array().unwrap().len()), (&"absent".into(), 1));
    std::fs::create_dir(place.path("stick")).unwrap();
    assert_eq!(change()["left"], Value::Array(Vec::new()));
    assert_eq!(keys_in(&place.path("stick")).len(), 1);
    assert_eq!(place.well(&["vault", "backup"], &[])["second"], "whole");
    std::fs::write(&settings, "{ cut").unwrap();
    let (code, _, complained) =
        place.with(&["vault", "change-passphrase"], &["--new-passphrase-file", "new"]);
    assert_eq!(code, 1, "nobody would know which place was left");
    assert!(complained.contains("settings.damaged"), "{complained}");
    let named = ["--new-passphrase-file", "new", "--place", "stick"];
    assert_eq!(place.well(&["vault", "change-passphrase"], &named)["left"], Value::Array(Vec::new()));
}

/// The folder of records that nobody closed: what was saved last stands in the log alone.
fn stopped(place: &Place) {
    let paths = waymark_api::Paths {
        settings: place.path("settings.json"),
        records: place.path("open"),
        catalogue: place.path("none"),
        renewed_catalogue: None,
        fonts: Vec::new(),
    };
    let (computer, cost) = (std::sync::Arc::new(waymark_api::Computer), waymark_api::Cost::REAL);
    let desk = waymark_api::Desk::new(paths, computer, cost);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let call = |name: &str, input: Value| {
        runtime.block_on(waymark_api::contract::call(&desk, name, input)).unwrap();
    };
    call("vault.create", serde_json::json!({ "folder": null, "passphrase": PASSPHRASE }));
    for name in ["First Student", "Second Student", "Third Student"] {
        call("students.add", serde_json::json!({ "name": name, "graduation_year": null, "school_id": null }));
    }
    std::fs::create_dir(place.path("records")).unwrap();
    for name in ["records.db", "records.db-wal", "records.keys"] {
        std::fs::copy(place.path("open").join(name), place.path("records").join(name)).unwrap();
    }
    runtime.block_on(desk.close()).unwrap();
}

/// What the log of the closed records says has left.
fn disclosures(place: &Place) -> Vec<Value> {
    let paths = waymark_api::Paths {
        settings: place.path("settings.json"),
        records: place.path("records"),
        catalogue: place.path("none"),
        renewed_catalogue: None,
        fonts: Vec::new(),
    };
    let desk =
        waymark_api::Desk::new(paths, std::sync::Arc::new(waymark_api::Computer), waymark_api::Cost::REAL);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let call =
        |name: &str, input: Value| runtime.block_on(waymark_api::contract::call(&desk, name, input)).unwrap();
    call("vault.unlock", serde_json::json!({ "passphrase": PASSPHRASE }));
    let listed = call(
        "log.list",
        serde_json::json!({ "filter": { "kind": "disclosure" }, "after": null, "most": null }),
    );
    runtime.block_on(desk.close()).unwrap();
    listed["rows"].as_array().unwrap().clone()
}

#[test]
fn a_restore_from_a_folder_takes_along_what_has_happened_since_and_says_where_it_can_not() {
    let place = Place::new();
    place.well(&["vault", "create"], &[]);
    let student = place.well(&["students", "add"], &["--name", "Sample Student"]);
    // Names of backups tell them apart by the second.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    place.well(&["vault", "backup"], &[]);
    std::fs::create_dir(place.path("stick")).unwrap();
    for file in std::fs::read_dir(place.path("records/backups")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), place.path("stick").join(file.file_name())).unwrap();
    }
    place.well(&["students", "add"], &["--name", "Since Then"]);
    let id = student["id"].as_str().unwrap();
    place.well(&["vault", "export-student"], &["--student", id, "--to", "record.zip"]);
    let left = disclosures(&place);
    assert_eq!(left.len(), 1);

    let back = ["--from", "stick", "--replace"];
    let (code, restored, complained) = place.with(&["vault", "restore"], &back);
    assert_eq!((code, &restored["taken_along"]), (0, &"done".into()), "{complained}");
    assert_eq!(complained, "");
    assert_eq!(place.well(&["vault", "info"], &[])["students"], 1, "as it was then");
    assert_eq!(disclosures(&place), left, "and what left has left");
    assert_eq!(place.well(&["log", "verify"], &[])["broken"], Value::Null);

    // What is there can't be read: it is said, and the backup comes all the same.
    std::fs::write(place.path("records/records.db"), vec![7; 40_000]).unwrap();
    let (code, restored, complained) = place.with(&["vault", "restore"], &back);
    assert_eq!((code, &restored["taken_along"]), (0, &"unreadable".into()), "{complained}");
    let aside = restored["set_aside"].as_str().unwrap();
    assert!(complained.contains("was not taken along") && complained.contains(aside), "{complained}");
    assert!(std::fs::read(Path::new(aside).join("records.db")).unwrap() == vec![7; 40_000]);

    // Other records are there: theirs is no log of these.
    std::fs::remove_dir_all(place.path("records")).unwrap();
    place.well(&["vault", "create"], &[]);
    let (code, restored, complained) = place.with(&["vault", "restore"], &back);
    assert_eq!((code, &restored["taken_along"]), (0, &"other_records".into()), "{complained}");
    assert!(complained.contains("other records"), "{complained}");
    assert_eq!(disclosures(&place), Vec::<Value>::new());

    std::fs::remove_dir_all(place.path("records")).unwrap();
    let (code, restored, complained) = place.with(&["vault", "restore"], &["--from", "stick"]);
    assert_eq!((code, &restored["taken_along"], complained.as_str()), (0, &"nothing_there".into(), ""));
}

#[test]
fn lost_changes_are_no_whole_records_whoever_opens_them_first() {
    let place = Place::new();
    stopped(&place);
    // A frame of the log has 24 bytes before its page of 4096, and the log 32 before its frames.
    let log = std::fs::read(place.path("records/records.db-wal")).unwrap();
    flip(&place.path("records/records.db-wal"), log.len() - 3 * 4120 - 100);
    let (code, verified, complained) = place.with(&["vault", "verify"], &[]);
    assert_eq!(code, 1, "{verified}");
    assert!(complained.contains("vault.changes_lost"), "{complained}");
    let aside = verified["lost"]["set_aside"].as_str().unwrap();
    assert!(Path::new(aside).join("records.db-wal").is_file(), "{verified}");
    assert_eq!((&verified["whole"], &verified["keys_restored"]), (&Value::Bool(true), &Value::Null));
    // Told once: what is there now is whole.
    assert_eq!(place.well(&["vault", "verify"], &[])["lost"], Value::Null);

    std::fs::remove_dir_all(place.path("records")).unwrap();
    std::fs::remove_dir_all(place.path("open")).unwrap();
    stopped(&place);
    flip(&place.path("records/records.db-wal"), log.len() - 3 * 4120 - 100);
    let (code, _, complained) = place.with(&["vault", "info"], &[]);
    assert_eq!(code, 0);
    assert!(complained.contains("set-aside"), "{complained}");
}

#[test]
fn keys_that_came_back_from_a_backup_place_are_said() {
    let place = Place::new();
    place.well(&["vault", "create"], &[]);
    place.well(&["vault", "backup"], &[]);
    std::fs::remove_file(place.path("records/records.keys")).unwrap();
    let (code, verified, complained) = place.with(&["vault", "verify"], &[]);
    assert_eq!((code, &verified["whole"]), (0, &Value::Bool(true)), "{complained}");
    assert!(verified["keys_restored"]["written"].is_string(), "{verified}");
    assert!(complained.contains("keys"), "{complained}");
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
