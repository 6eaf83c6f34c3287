//! Moving drafts between versions of a form: what became of each answer, and that none is ever lost.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{answers, rich, rich_json, sample, sample_json, text};
use proptest::prelude::*;
use serde_json::{Value, json};
use waymark_forms::pack::Counter;
use waymark_forms::review::FaultKind;
use waymark_forms::{Answers, Difference as D, FormPack, Migration, Need, migrate};

/// The sample form's second version.
fn second() -> FormPack {
    let mut pack = sample_json();
    pack["version"] = json!(2);
    let parts = &mut pack["sections"][0]["parts"];
    parts[0]["limits"][0]["max"] = json!(4);
    parts[1]["label"] = text("Your email");
    parts.as_array_mut().unwrap().remove(2); // phone
    parts[4]["answer"] = json!({"type": "yes_no"}); // size: was a number
    let parts = &mut pack["sections"][1]["parts"];
    parts[0]["answer"]["type"] = json!("many_choices"); // colour
    parts[0]["answer"]["choices"][1]["label"] = text("Navy");
    parts[1]["answer"]["choices"] = json!([{"id": "red", "label": text("Red")}]); // colours: no blue
    parts[4]["required"] = json!(true); // after_essay
    pack["sections"][2]["parts"][0]["questions"].as_array_mut().unwrap().remove(1); // left
    pack["sections"][2]["parts"][0]["questions"][1].as_object_mut().unwrap().remove("show_if");
    FormPack::parse(&pack.to_string()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn moved(draft: &Value) -> Migration {
    migrate(&sample(), &second(), &answers(draft)).unwrap()
}

#[test]
fn each_answer_is_kept_changed_asked_again_or_set_aside() {
    let draft = json!({
        "name": "Sample", "email": "s@example.org", "phone": "413 555 0134", "born": "2008-02-29", "size": "3",
        "colour": "blue", "colours": ["red", "blue"], "more": "yes", "essay": "two words", "after_essay": "yes",
        "schools": ["a"], "schools/a/name": "Demo High", "schools/a/left": "no", "stray": "x", "agree": true,
        "since": null
    });
    let moved = moved(&draft);
    assert_eq!((moved.form.as_str(), moved.from, moved.to), ("sample-form", 1, 2));
    assert_eq!(moved.kept, ["agree", "born", "colours", "essay", "more", "schools", "schools/a/name"]);
    let changed: Vec<_> = moved.changed.iter().map(|one| (one.key.as_str(), one.why.clone())).collect();
    assert_eq!(
        changed,
        [
            ("after_essay", vec![D::Required]),
            ("colour", vec![D::Kind, D::ChoiceWording, D::Rewritten]),
            ("email", vec![D::Wording]),
            ("name", vec![D::Limits]),
            ("size", vec![D::Kind, D::Limits]),
        ]
    );
    assert_eq!(moved.answers["colour"], json!(["blue"]));
    assert_eq!(moved.set_aside["colour"], json!("blue"));
    let gone: Vec<_> =
        moved.no_longer_asked.iter().map(|one| (one.key.as_str(), one.label.is_some())).collect();
    assert_eq!(gone, [("phone", true), ("schools/a/left", true), ("stray", false)]);
    let needed: Vec<_> = moved.needs_you.iter().map(|one| (one.key.as_str(), one.why.clone())).collect();
    let fault = |fault| Need::Fault { fault };
    assert_eq!(
        needed,
        [
            ("name", fault(FaultKind::TooLong { counter: Counter::Characters, count: 6, limit: 4 })),
            ("size", fault(FaultKind::NotAChoice)),
            ("colours", fault(FaultKind::NotAChoice)),
            ("schools/a/until", fault(FaultKind::Missing)),
        ]
    );
}

#[test]
fn what_cannot_stand_there_is_set_aside_and_asked_for_again() {
    let mut pack = sample_json();
    pack["version"] = json!(2);
    pack["sections"][1]["parts"][1]["answer"]["type"] = json!("choice"); // colours: was many
    let new = FormPack::parse(&pack.to_string()).unwrap();
    let one = migrate(&sample(), &new, &answers(&json!({"colours": ["red"]}))).unwrap();
    assert_eq!(one.answers["colours"], json!("red"));
    let two = migrate(&sample(), &new, &answers(&json!({"colours": ["red", "blue"]}))).unwrap();
    assert!(!two.answers.contains_key("colours"));
    assert_eq!(two.set_aside["colours"], json!(["red", "blue"]));
    assert!(two.needs_you.iter().any(|one| one.key == "colours" && one.why == Need::DoesNotFit));
}

#[test]
fn moving_to_the_same_version_keeps_everything_and_asks_for_nothing() {
    let draft = answers(
        &json!({"home.city": "Amherst", "visa": "x", "visa.on_their_site": true, "resume": {"name": "r.pdf"},
        "courses": ["a"], "courses/a/grade": "four"}),
    );
    let moved = migrate(rich(), rich(), &draft).unwrap();
    assert_eq!(moved.answers, draft);
    assert_eq!(moved.kept.len(), draft.len());
    assert!(moved.changed.is_empty() && moved.needs_you.is_empty() && moved.set_aside.is_empty());
}

#[test]
fn an_answer_that_is_hidden_now_is_kept_and_said() {
    let mut pack = rich_json();
    pack["version"] = json!(2);
    pack["sections"][2]["skip_if"] = json!({"question": "home.country", "is": "us"});
    let new = FormPack::parse(&pack.to_string()).unwrap();
    let moved = migrate(rich(), &new, &answers(&json!({"home.country": "us", "first": "Text."}))).unwrap();
    assert_eq!(moved.answers["first"], json!("Text."));
    assert_eq!(moved.changed[0].why, [D::NowHidden]);
}

#[test]
fn forms_of_different_names_are_not_versions_of_each_other() {
    let mut pack = sample_json();
    pack["id"] = json!("another-form");
    let other = FormPack::parse(&pack.to_string()).unwrap();
    assert!(migrate(&sample(), &other, &Answers::new()).is_err());
}

/// Later versions of the sample form: parts are taken away, replaced, moved and made anew.
fn any_version() -> impl Strategy<Value = FormPack> {
    let kinds = prop::sample::select(vec![
        json!({"type": "text"}),
        json!({"type": "many_choices", "choices": [{"id": "red", "label": text("Red")}]}),
        json!({"type": "yes_no"}),
        json!({"type": "declaration"}),
        json!({"type": "file"}),
        json!({"type": "number"}),
        json!({"type": "computed", "value": 1}),
        json!({"type": "address", "fields": [{"id": "city", "label": text("City"), "answer": {"type": "text"}}]}),
    ]);
    let edit = (0usize..4, 0usize..6, prop::option::of(kinds));
    prop::collection::vec(edit, 0..8).prop_map(|edits| {
        let mut pack = sample_json();
        pack["version"] = json!(2);
        for section in pack["sections"].as_array_mut().unwrap() {
            for part in section["parts"].as_array_mut().unwrap() {
                part.as_object_mut().unwrap().remove("show_if");
                for question in part.get_mut("questions").and_then(Value::as_array_mut).into_iter().flatten()
                {
                    question.as_object_mut().unwrap().remove("show_if");
                }
            }
        }
        for (section, part, kind) in edits {
            let parts = pack["sections"][section]["parts"].as_array_mut().unwrap();
            if part >= parts.len() {
                continue;
            }
            match kind {
                None if parts.len() > 1 => {
                    parts.remove(part);
                }
                None => {}
                Some(kind) => {
                    let id = parts[part]["id"].clone();
                    parts[part] = json!({"part": "question", "id": id, "label": text("New"), "answer": kind});
                }
            }
        }
        FormPack::parse(&pack.to_string()).unwrap_or_else(|faults| panic!("{faults:?}"))
    })
}

fn any_draft() -> impl Strategy<Value = Answers> {
    let value = prop_oneof![
        "\\PC{0,12}".prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        prop::collection::vec(prop::sample::select(vec!["red", "blue", "a", "b"]), 0..3)
            .prop_map(|ids| json!(ids)),
        "\\PC{1,6}".prop_map(|name| json!({"name": name})),
    ];
    let key = prop::sample::select(vec![
        "name",
        "email",
        "phone",
        "born",
        "since",
        "size",
        "colour",
        "colours",
        "more",
        "essay",
        "after_essay",
        "schools",
        "schools/a/name",
        "schools/a/left",
        "schools/b/until",
        "agree",
        "stray",
        "home.city",
        "x/y/z",
        "name.city",
        "colour.on_their_site",
    ]);
    prop::collection::btree_map(key.prop_map(str::to_owned), value, 0..16)
}

proptest! {
    /// Whatever the next version is: every answer is there as it was, in its place or set aside, and is told of once.
    #[test]
    fn no_answer_is_ever_lost(new in any_version(), draft in any_draft()) {
        let moved = migrate(&sample(), &new, &draft).unwrap();
        let given: Answers = draft.into_iter().filter(|(_, value)| !value.is_null()).collect();
        for (key, value) in &given {
            let there = moved.answers.get(key) == Some(value) || moved.set_aside.get(key) == Some(value);
            prop_assert!(there, "{key} is lost");
            let told = [
                moved.kept.contains(key),
                moved.changed.iter().any(|one| one.key == *key),
                moved.no_longer_asked.iter().any(|one| one.key == *key && one.value == *value),
                moved.needs_you.iter().any(|one| one.key == *key && one.why == Need::DoesNotFit),
            ];
            prop_assert_eq!(told.iter().filter(|told| **told).count(), 1, "{}", key);
        }
        for (key, value) in &moved.answers {
            prop_assert!(given.contains_key(key) && waymark_forms::shape_ok(&new, key, value), "{}", key);
        }
        prop_assert!(moved.set_aside.keys().all(|key| given.contains_key(key)));
    }
}
