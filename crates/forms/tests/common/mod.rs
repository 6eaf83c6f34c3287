//! A small pack that has one of everything, and what several tests need.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::too_many_lines,
    reason = "a test stops where it fails, and a whole pack is long"
)]

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

/// What the format has beyond the sample: fields, files, tables, computed values, shared lists, rules, dates, checks.
pub fn rich_json() -> Value {
    let plain = |kind: &str| json!({"type": kind});
    let field = |id: &str, kind: &str, more: &Value| untagged(with(question(id, &plain(kind)), more));
    let mut pack = pack_json(&[
        vec![
            with(
                question(
                    "home",
                    &json!({"type": "address", "fields": [
                        field("line_1", "text", &json!({"required": true, "prefill": "address_line1",
                              "returns_to": "address_line1", "target": {"order": 9}})),
                        field("city", "text", &json!({"limits": [{"counter": "utf16_units", "max": 10}]})),
                        untagged(with(question("country", &json!({"type": "choice", "list": "countries"})),
                                      &json!({"required": true}))),
                        field("region", "text", &json!({"required": true,
                              "show_if": {"question": "home.country", "in": ["us", "mx"]}})),
                    ]}),
                ),
                &json!({"target": {"order": 3, "label": text("Where you live"), "page": text("Profile")}}),
            ),
            with(
                question("visa", &plain("text")),
                &json!({"required": true, "sensitive": true, "rules": ["length"]}),
            ),
            with(
                question(
                    "guardian",
                    &json!({"type": "person", "fields": [
                        field("full_name", "text", &json!({"required": true})), field("email", "email", &json!({})),
                    ]}),
                ),
                &json!({"required": true, "sensitive": true}),
            ),
            with(question("since", &plain("partial_date")), &json!({"past": true})),
            question("resume", &json!({"type": "file", "accept": ["pdf", "docx"], "max_bytes": 1000})),
            with(
                question("birth", &json!({"type": "choice", "list": "countries"})),
                &json!({"required_if": {"answered": "since"}, "target": {"order": 1, "page": text("Profile")}}),
            ),
        ],
        vec![
            json!({
                "part": "group", "id": "courses", "kind": "courses", "label": text("Courses"),
                "item_label": text("Course"), "max": 3, "target": {"order": 2}, "questions": [
                    untagged(question("course", &plain("text"))),
                    untagged(question("grade", &json!({"type": "number", "min": 0, "max": 4}))),
                    untagged(question("credits", &json!({"type": "number"}))),
                    untagged(question("status", &plain("yes_no"))),
                ]
            }),
            question(
                "credits_done",
                &json!({"type": "computed", "value": {
                "sum": {"group": "courses", "question": "credits"}, "where": {"question": "status", "is": "yes"}
            }, "min": 2, "max": 6}),
            ),
            question(
                "average",
                &json!({"type": "computed", "value": {"divide": [
                    {"sum": {"group": "courses", "question": "grade"}}, {"count": "courses"}
                ]}}),
            ),
            question(
                "qualifies",
                &json!({"type": "computed", "value": {"holds": {"at_least": [
                    {"answer": "average"}, 3.5
                ]}}}),
            ),
        ],
        vec![
            with(
                question("first", &plain("long_text")),
                &json!({"limits": [{"counter": "characters", "min": 3}]}),
            ),
            question("second", &plain("long_text")),
            question(
                "both",
                &json!({"type": "computed", "max": 10, "value": {"add": [
                    {"length": {"question": "first", "counter": "characters"}},
                    {"length": {"question": "second", "counter": "characters"}}
                ]}}),
            ),
            with(
                question(
                    "signed",
                    &json!({"type": "signature", "by": "student", "fields": [
                        field("name", "text", &json!({"required": true})),
                        field("date", "date", &json!({"required": true, "past": true})),
                    ]}),
                ),
                &json!({"required": true}),
            ),
        ],
    ]);
    let more = json!({
        "cycle": text("2025–26"),
        "lists": {"countries": [
            {"id": "us", "label": text("United States")}, {"id": "mx", "label": text("Mexico")},
            {"id": "fr", "label": text("France")}
        ]},
        "rules": [{"id": "length", "text": text("Ten at most."), "source": "https://example.org/rules?x=1",
                   "checked": "2026-11-30"}],
        "deadlines": [{"id": "main", "label": text("Main"), "kind": "application", "date": "2026-01-14",
                       "time": "18:00", "zone": "Europe/London", "rules": ["length"]},
                      {"id": "own", "label": text("Own"), "kind": "reply", "date": "2026-05-01", "zone": "applicant"}],
        "checks": [
            {"id": "not_both", "at": "courses", "text": text("Not two of these."), "rules": ["length"],
             "wrong_if": {"more": [{"count": "courses", "where": {"question": "status", "is": "no"}}, 1]}},
            {"id": "far", "at": "birth", "severity": "warning", "text": text("Is it?"),
             "wrong_if": {"all": [{"question": "birth", "is": "fr"},
                                  {"less": [{"answer": "since"}, {"date": "2000-01-01"}]}]}},
        ],
    });
    pack["sections"][2]["skip_if"] = json!({"question": "home.country", "is": "fr"});
    pack = with(pack, &more);
    pack
}

/// The rich pack, read once.
pub fn rich() -> &'static FormPack {
    static RICH: std::sync::OnceLock<FormPack> = std::sync::OnceLock::new();
    RICH.get_or_init(|| {
        FormPack::parse(&rich_json().to_string()).unwrap_or_else(|faults| panic!("{faults:?}"))
    })
}
