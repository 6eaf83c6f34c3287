//! Every word that ships is said somewhere: a message that no page and no window asks for is a leftover.

#![forbid(unsafe_code)]
#![allow(clippy::expect_used, reason = "a test that cannot look has failed")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Messages whose key the pages put together: its beginning, and where the rest is listed that may follow.
const FAMILIES: &[(&str, &[&str])] = &[
    ("error_", &["ui/src/generated/contract.ts", "ui/src/platform"]),
    ("help_", &["ui/src"]),
    // Acts, outputs and views, by the names under which they are logged.
    ("log_act_", &["crates/records/src", "crates/api/src"]),
    ("log_output_", &["crates/api/src"]),
    ("log_view_", &[]),
    ("log_table_", &["crates/records/src"]),
    ("log_audience_", &["ui/src/generated/contract.ts"]),
    ("log_short_", &["ui/src/generated/contract.ts"]),
    // What is known of a student: the kinds, their fields, and what a field is chosen from.
    ("details_kind_", &["ui/src/students/details/fields.ts"]),
    ("details_one_", &["ui/src/students/details/fields.ts"]),
    ("details_contact_way_", &["ui/src/students/details/fields.ts"]),
    ("details_rights_holder_holder_", &["ui/src/students/details/fields.ts"]),
    ("details_names_", &["ui/src/students/details/fields.ts"]),
    ("details_birth_", &["ui/src/students/details/fields.ts"]),
    ("details_rights_holder_", &["ui/src/students/details/fields.ts"]),
    ("details_contact_", &["ui/src/students/details/fields.ts"]),
    ("details_address_", &["ui/src/students/details/fields.ts"]),
    ("details_guardian_", &["ui/src/students/details/fields.ts"]),
    ("details_school_", &["ui/src/students/details/fields.ts"]),
    ("details_course_", &["ui/src/students/details/fields.ts"]),
    ("details_test_", &["ui/src/students/details/fields.ts"]),
    ("details_activity_", &["ui/src/students/details/fields.ts"]),
    ("careers_section_", &["data/careers", "crates/catalogue/src"]),
    ("careers_group_", &["data/facts"]),
    ("careers_topic_", &["data/careers"]),
    ("careers_verdict_", &["data/careers", "crates/catalogue/src"]),
    ("careers_field_", &["data/facts", "crates/catalogue/src"]),
    ("careers_subject_", &["data/careers", "crates/catalogue/src"]),
    // The publishers' own lists, whole, as the printed sheets name them too.
    ("careers_education_short_", &["data/templates"]),
    ("careers_education_", &["data/templates"]),
    ("careers_experience_", &["data/templates"]),
    ("careers_training_", &["data/templates"]),
    ("careers_growth_", &["ui/src/generated/contract.ts"]),
    ("careers_sort_", &["ui/src/generated/contract.ts"]),
    // Levels and letters of the publishers' own scales.
    ("careers_preparation_", &[]),
    ("careers_required_education_", &[]),
    ("careers_interest_meaning_", &[]),
    ("careers_interest_", &[]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the checkout").to_path_buf()
}

/// The text of a file, or of all files below a folder, without tests and without the compiled messages.
fn text(place: &Path, into: &mut String) {
    if place.is_dir() {
        if !place.ends_with("generated/messages") && !place.ends_with("testing") {
            for entry in fs::read_dir(place).expect("a readable folder") {
                text(&entry.expect("a readable entry").path(), into);
            }
        }
    } else if let Ok(read) = fs::read_to_string(place)
        && !place.to_string_lossy().ends_with(".test.ts")
    {
        into.push_str(&read);
        into.push('\n');
    }
}

/// The words of some places, split where neither a letter, a figure nor an underscore stands; codes and names that are
/// written with dots, hyphens or spaces stand there in the form that keys have too.
fn words(places: &[&str]) -> BTreeSet<String> {
    let mut read = String::new();
    for place in places {
        text(&root().join(place), &mut read);
    }
    let split = |text: &str| -> BTreeSet<String> {
        text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').map(str::to_owned).collect()
    };
    let mut found = split(&read);
    found.extend(split(&read.replace(['.', '-'], "_")));
    found
}

/// The keys of the English messages, each with its file.
fn keys() -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for entry in fs::read_dir(root().join("data/messages/en")).expect("the messages") {
        let path = entry.expect("a readable entry").path();
        let text = fs::read_to_string(&path).expect("a readable file");
        let messages: BTreeMap<String, Value> = serde_json::from_str(&text).expect("a file of messages");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        keys.extend(messages.into_keys().map(|key| (key, name.clone())));
    }
    keys
}

#[test]
fn every_message_is_said_somewhere() {
    let named = words(&["ui/src", "src-tauri/src", "crates/api/src/log"]);
    let families: Vec<_> = FAMILIES.iter().map(|(begins, places)| (begins, places, words(places))).collect();
    let keys = keys();
    assert!(keys.len() > 500, "the messages were not found");
    let left: Vec<String> = keys
        .into_iter()
        .filter(|(key, _)| {
            let in_family = families.iter().any(|(begins, places, listed)| {
                key.strip_prefix(**begins).is_some_and(|rest| places.is_empty() || listed.contains(rest))
            });
            !named.contains(key) && !in_family
        })
        .map(|(key, file)| format!("{file}: {key}"))
        .collect();
    assert!(left.is_empty(), "nothing says these:\n{}", left.join("\n"));
}
