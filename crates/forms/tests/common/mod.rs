//! A small pack that has one of everything, and what several tests need.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test stops where it fails")]

use serde_json::{Value, json};
use waymark_forms::{Answers, FormPack};

/// The day of every review in these tests.
pub const TODAY: &str = "2026-11-23";

/// Words in both languages.
pub fn text(words: &str) -> Value {
    json!({"en": words, "es": words})
}

/// A question with the given id and answer kind.
pub fn question(id: &str, answer: &Value) -> Value {
    json!({"part": "question", "id": id, "label": text(id), "answer": answer})
}

/// `base` with more keys.
pub fn with(mut base: Value, more: &Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        base[key] = value.clone();
    }
    base
}

/// `base` without its tag, as the questions of a group stand.
pub fn untagged(mut base: Value) -> Value {
    base.as_object_mut().unwrap().remove("part");
    base
}

/// A pack of these sections' parts.
pub fn pack_json(sections: &[Vec<Value>]) -> Value {
    let sections: Vec<Value> = sections
        .iter()
        .enumerate()
        .map(|(i, parts)| json!({"id": format!("s{i}"), "title": text("Section"), "parts": parts}))
        .collect();
    json!({
        "id": "sample-form", "version": 1, "name": text("Sample"), "description": text("A sample."),
        "source": "Made up.", "checked": "2026-11-23", "sections": sections
    })
}

/// One of everything: each kind of answer, conditions in and out of a group, limits and bounds.
pub fn sample_json() -> Value {
    let list = json!([{"id": "red", "label": text("Red")}, {"id": "blue", "label": text("Blue")}]);
    let plain = |kind: &str| json!({"type": kind});
    pack_json(&[
        vec![
            with(
                question("name", &plain("text")),
                &json!({"required": true, "prefill": "student_name",
                        "limits": [{"counter": "characters", "max": 10}]}),
            ),
            question("email", &plain("email")),
            question("phone", &plain("phone")),
            with(question("born", &plain("date")), &json!({"past": true})),
            with(question("since", &plain("month")), &json!({"past": true})),
            question("size", &json!({"type": "number", "min": 1, "max": 9.5})),
        ],
        vec![
            question("colour", &json!({"type": "choice", "choices": list})),
            question("colours", &json!({"type": "many_choices", "choices": list})),
            with(question("more", &plain("yes_no")), &json!({"required": true})),
            with(
                question("essay", &plain("long_text")),
                &json!({"required": true, "show_if": {"question": "more", "is": "yes"},
                        "limits": [{"counter": "words", "min": 2, "max": 4}]}),
            ),
            with(question("after_essay", &plain("text")), &json!({"show_if": {"answered": "essay"}})),
        ],
        vec![json!({
            "part": "group", "id": "schools", "label": text("Schools"), "item_label": text("School"),
            "min": 1, "max": 2, "show_if": {"not": {"question": "colour", "is": "red"}},
            "questions": [
                untagged(with(question("name", &plain("text")), &json!({"required": true}))),
                untagged(question("left", &plain("yes_no"))),
                untagged(with(
                    question("until", &plain("month")),
                    &json!({"required": true, "show_if": {"all": [
                        {"question": "left", "is": "yes"},
                        {"any": [{"question": "more", "is": "no"}, {"question": "colours", "is": "blue"}]}
                    ]}}),
                )),
            ]
        })],
        vec![with(question("agree", &plain("declaration")), &json!({"required": true}))],
    ])
}

/// The sample pack, read.
pub fn sample() -> FormPack {
    FormPack::parse(&sample_json().to_string()).unwrap()
}

/// Answers out of a JSON object.
pub fn answers(object: &Value) -> Answers {
    object.as_object().unwrap().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}
