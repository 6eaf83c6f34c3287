//! Whatever the log can hold has its words in both languages: every act, output and view by the name it is logged under.

#![forbid(unsafe_code)]
#![allow(clippy::expect_used, reason = "a test that cannot look has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Acts whose rows say themselves what was done: their entries are not listed a second time.
const NOT_LISTED: &[&str] = &["disclosures.log", "disclosures.answer", "disclosures.fail", "access.view"];

/// What stands before the name of an act or an output.
const BEFORE: &[(&str, &str)] = &[
    ("Act::on(", "log_act_"),
    ("Act::typing(", "log_act_"),
    // The one act whose name is passed in.
    ("add_students(", "log_act_"),
    // The rows of the table of outputs that hold students' data.
    ("(", "log_output_"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the checkout").to_path_buf()
}

/// The code below a folder, without its tests.
fn code(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                code(&path, into);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).expect("a readable file");
            into.push_str(text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default());
        }
    }
}

/// Every `area.verb` that is written right after `before`, or with one argument before it on the same call.
fn names_after(code: &str, before: &str) -> BTreeSet<String> {
    let is_name = |text: &str| {
        text.split_once('.').is_some_and(|(area, verb)| {
            let plain =
                |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            plain(area) && plain(verb)
        })
    };
    code.match_indices(before)
        .filter_map(|(at, _)| code[at + before.len()..].trim_start().strip_prefix('"'))
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| is_name(name))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_act_and_output_that_is_logged_has_its_words_in_both_languages() {
    let mut all = String::new();
    for folder in ["crates/records/src", "crates/api/src"] {
        code(&root().join(folder), &mut all);
    }
    // Acts with a constant or a choice for a name are found by what they choose from.
    let outputs = fs::read_to_string(root().join("crates/api/src/log/outputs.rs")).expect("the table");
    let outputs: String = outputs.lines().filter(|line| line.trim_end().ends_with(", true),")).collect();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for (before, prefix) in BEFORE {
        let source = if *prefix == "log_output_" { &outputs } else { &all };
        let names = names_after(source, before);
        wanted.extend(
            names
                .iter()
                .filter(|name| !NOT_LISTED.contains(&name.as_str()))
                .map(|name| format!("{prefix}{}", name.replace('.', "_"))),
        );
    }
    wanted.insert("log_act_disclosures_correct".to_owned());
    assert!(wanted.len() > 15, "the acts were not found: {wanted:?}");
    for language in ["en", "es"] {
        let path = root().join("data/messages").join(language).join("log.json");
        let text = fs::read_to_string(path).expect("the words of the log");
        let words: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).expect("messages");
        let missing: Vec<_> = wanted.iter().filter(|key| !words.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{language} has no words for {missing:?}");
    }
}
