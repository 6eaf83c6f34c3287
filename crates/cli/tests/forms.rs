//! The commands for form packs, as a script calls them: what they print, and how they end.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

const GENERAL: &str = include_str!("../../../data/forms/general-admission.json");
const FINISHED: &str = include_str!("../../forms/tests/general-admission.finished.json");

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        desk.write("pack.json", GENERAL);
        desk.write("finished.json", FINISHED);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// A version of the general form.
    fn version(&self, name: &str, change: impl FnOnce(&mut Value)) {
        let mut pack: Value = serde_json::from_str(GENERAL).unwrap();
        change(&mut pack);
        self.write(name, pack.to_string());
    }

    fn run(&self, words: &[&str]) -> (i32, String, String) {
        run_in(self.0.path(), words)
    }

    /// Exit code and what was printed, with JSON wanted.
    fn json(&self, words: &[&str]) -> (i32, Value) {
        let (code, printed, complained) = self.run(&[words, &["--json"]].concat());
        assert_eq!(code == 0, complained.is_empty(), "{words:?}: {complained}");
        (code, serde_json::from_str(&printed).unwrap_or_else(|_| panic!("{words:?}: {printed}{complained}")))
    }
}

fn run_in(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_waymark-cli"))
        .arg("forms")
        .args(words)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_sound_pack_is_named_and_a_bad_one_is_told_fault_by_fault() {
    let desk = Desk::new();
    let sound = json!({"sound": true, "form": "general-admission", "version": 1, "faults": []});
    assert_eq!(desk.json(&["check", "pack.json"]), (0, sound));
    assert_eq!(desk.run(&["check", "pack.json"]).1, "general-admission 1: sound\n");
    desk.version("bad.json", |pack| {
        pack["sections"][0]["parts"][0]["answer"]["type"] = json!("smell");
        pack["sections"][0]["parts"][1]["limits"][0]["max"] = json!(-1);
        pack["sections"][4]["title"]["en"] = json!("<script>x</script>");
        pack["checked"] = json!("\u{1b}[2J");
    });
    let (code, found) = desk.json(&["check", "bad.json"]);
    assert_eq!((code, &found["sound"]), (1, &json!(false)));
    let told: Vec<_> = found["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["code"].as_str().unwrap(), fault["path"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("unknown_kind", "/sections/0/parts/0/answer/type"),
            ("bad_number", "/sections/0/parts/1/limits/0/max"),
            ("bad_date", "/checked"),
            ("markup", "/sections/4/title/en"),
        ]
    );
    let (code, table, complained) = desk.run(&["check", "bad.json"]);
    assert_eq!((code, table.lines().count()), (1, 5));
    assert!(complained.contains("[forms.pack_has_faults]"), "{complained}");
    assert!(!table.contains('\u{1b}'), "no name of a pack commands the terminal");
}

#[test]
fn what_is_no_pack_ends_with_one_and_its_reason() {
    let desk = Desk::new();
    desk.write("broken.json", "{\"id\": ");
    desk.write("latin.json", b"{\"id\": \"\xe9\"}");
    desk.write("huge.json", vec![b' '; 50_000_000]);
    for (file, reason) in
        [("broken.json", "not_json"), ("latin.json", "not_json"), ("huge.json", "too_large")]
    {
        let (code, found) = desk.json(&["check", file]);
        assert_eq!((code, found["faults"][0]["code"].as_str()), (1, Some(reason)), "{file}");
    }
    let (code, printed, complained) = desk.run(&["check", "nowhere.json"]);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert!(complained.starts_with("error [forms.unreadable]"), "{complained}");
    for words in [
        &["validate", "broken.json", "finished.json"][..],
        &["count", "broken.json", "x", "finished.json"],
        &["migrate", "pack.json", "broken.json", "finished.json"],
    ] {
        let (code, _, complained) = desk.run(words);
        assert_eq!((code, complained.contains("forms.pack_has_faults")), (1, true), "{words:?}");
    }
}

#[test]
fn commands_that_are_none_end_with_two() {
    let desk = Desk::new();
    for words in [
        &["check"][..],
        &["validate", "pack.json"],
        &["count", "pack.json", "statement"],
        &["mend", "pack.json"],
        &["validate", "pack.json", "finished.json", "--locale", "fr"],
        &["validate", "pack.json", "finished.json", "--today", "tomorrow"],
    ] {
        assert_eq!(desk.run(words).0, 2, "{words:?}");
    }
}

#[test]
fn answers_are_checked_with_places_codes_and_the_words_of_the_language() {
    let desk = Desk::new();
    let today = ["--today", "2026-11-23"];
    let (code, found) = desk.json(&[&["validate", "pack.json", "finished.json"], &today[..]].concat());
    assert_eq!((code, found), (0, json!([])));
    let mut answers: Value = serde_json::from_str(FINISHED).unwrap();
    for (key, value) in [
        ("email", json!("sample@")),
        ("statement", json!("One word only.")),
        ("full_name", json!(7)),
        ("no_such_question", json!("x")),
        ("schools/a/nothing", json!("x")),
        ("birth_date", json!("2030-01-01")),
    ] {
        answers[key] = value;
    }
    answers.as_object_mut().unwrap().remove("city");
    desk.write("answers.json", answers.to_string());
    let (code, found) =
        desk.json(&[&["validate", "pack.json", "answers.json", "--locale", "es"], &today[..]].concat());
    assert_eq!(code, 1);
    let told: Vec<_> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["path"].as_str().unwrap(), fault["code"].as_str().unwrap(), &fault["params"]))
        .collect();
    let none = json!({});
    assert_eq!(
        told,
        [
            ("no_such_question", "unknown_question", &none),
            ("schools/a/nothing", "unknown_question", &none),
            ("full_name", "wrong_shape", &none),
            ("birth_date", "in_the_future", &none),
            ("email", "not_an_email", &none),
            ("city", "missing", &none),
            ("statement", "too_short", &json!({"counter": "words", "count": 3, "limit": 50})),
        ]
    );
    assert!(found.as_array().unwrap().iter().all(|fault| fault["severity"] == "error"));
    assert_eq!(found[6]["message"], "3 de al menos 50 palabras: demasiado corto.");
    assert_eq!(
        (&found[5]["label"], &found[5]["message"]),
        (&json!("Ciudad o localidad"), &json!("Aún no tiene respuesta."))
    );
    let (_, table, _) = desk.run(&[&["validate", "pack.json", "answers.json"], &today[..]].concat());
    assert!(table.contains("3 of at least 50 words: too short."), "{table}");
    assert_eq!(table.lines().count(), 8);
}

#[test]
fn answers_that_are_none_are_refused_without_a_word_of_theirs() {
    let desk = Desk::new();
    for text in ["[\"secret\"]", "{\"a\": secret}", "\"secret\"", ""] {
        desk.write("answers.json", text);
        let (code, printed, complained) = desk.run(&["validate", "pack.json", "answers.json"]);
        assert_eq!((code, printed.as_str()), (1, ""), "{text}");
        assert!(complained.contains("[forms.not_answers]") && !complained.contains("secret"), "{complained}");
    }
}

#[test]
fn each_limit_says_what_it_counts() {
    let desk = Desk::new();
    desk.version("counting.json", |pack| {
        pack["sections"][4]["parts"][0]["limits"] = json!([
            {"counter": "words", "min": 3, "max": 500},
            {"counter": "utf16_units", "line_break": "two", "trailing_space": "out", "max": 8},
            {"counter": "graphemes", "max": 9}
        ]);
    });
    let pack: Value =
        serde_json::from_str(&std::fs::read_to_string(desk.path("counting.json")).unwrap()).unwrap();
    let statement = pack["sections"][4]["parts"][0]["id"].as_str().unwrap();
    desk.write("text", "Hi \u{1f469}\u{200d}\u{1f393}\r\nall \n");
    let (code, counted) = desk.json(&["count", "counting.json", statement, "text"]);
    assert_eq!(code, 0);
    let told: Vec<_> = counted["limits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["counter"].as_str().unwrap(),
                one["count"].as_u64().unwrap(),
                one["over"].as_u64().unwrap(),
                one["under"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [("words", 2, 0, 1), ("utf16_units", 13, 5, 0), ("graphemes", 10, 1, 0)]);
    assert_eq!((&counted["words"], &counted["characters"]), (&json!(2), &json!(12)));
    // a question of a group's items, with and without an item
    for path in ["schools/name", "schools/any-item/name"] {
        assert_eq!(desk.json(&["count", "counting.json", path, "text"]).0, 0, "{path}");
    }
    for path in ["nothing", "schools", "schools/nothing", ""] {
        let (code, printed, complained) = desk.run(&["count", "counting.json", path, "text"]);
        assert_eq!((code, printed.as_str()), (1, ""), "{path}");
        assert!(complained.contains("[forms.unknown_question]"), "{complained}");
    }
    desk.write("latin", b"\xe9");
    assert!(desk.run(&["count", "counting.json", statement, "latin"]).2.contains("[forms.not_text]"));
}

#[test]
fn a_move_to_another_version_is_told_answer_by_answer() {
    let desk = Desk::new();
    desk.version("second.json", |pack| {
        pack["version"] = json!(2);
        pack["sections"][0]["parts"][0]["limits"][0]["max"] = json!(5);
        pack["sections"][1]["parts"].as_array_mut().unwrap().remove(1); // phone
    });
    let (code, moved) = desk.json(&["migrate", "pack.json", "second.json", "finished.json"]);
    assert_eq!((code, &moved["from"], &moved["to"]), (0, &json!(1), &json!(2)));
    let finished: Value = serde_json::from_str(FINISHED).unwrap();
    assert_eq!(moved["set_aside"], json!({"phone": finished["phone"]}));
    assert_eq!(moved["no_longer_asked"][0]["label"]["en"], "Phone number");
    assert_eq!(moved["changed"], json!([{"key": "full_name", "why": ["limits"]}]));
    assert_eq!(moved["needs_you"][0]["key"], "full_name");
    assert_eq!(moved["answers"]["full_name"], finished["full_name"]);
    let (_, table, _) = desk.run(&["migrate", "pack.json", "second.json", "finished.json"]);
    assert!(table.starts_with("general-admission 1 → 2\n"), "{table}");
    assert!(
        table.lines().any(|line| line.split_whitespace().eq(["no", "longer", "asked", "phone"])),
        "{table}"
    );
    desk.version("other.json", |pack| pack["id"] = json!("another-form"));
    let (code, _, complained) = desk.run(&["migrate", "pack.json", "other.json", "finished.json"]);
    assert_eq!((code, complained.contains("[forms.other_form]")), (1, true));
}
