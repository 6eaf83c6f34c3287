//! A pack either holds together or is refused with every fault and its place.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{pack_json, question, sample_json, text, untagged, with};
use proptest::prelude::*;
use serde_json::{Value, json};
use waymark_forms::{FormPack, PackFaultCode as Code};

/// Code, place and name of every fault.
fn faults_of(json: &str) -> Vec<(Code, String, String)> {
    let faults = FormPack::parse(json).unwrap_err();
    faults.into_iter().map(|fault| (fault.code, fault.path, fault.name)).collect()
}

fn fault(code: Code, path: &str, name: &str) -> (Code, String, String) {
    (code, path.to_owned(), name.to_owned())
}

/// The faults of a pack with one section of these parts.
fn faults_of_parts(parts: Vec<Value>) -> Vec<(Code, String, String)> {
    faults_of(&pack_json(&[parts]).to_string())
}

fn plain(kind: &str) -> Value {
    json!({"type": kind})
}

#[test]
fn a_pack_with_one_of_everything_is_read_and_written_back_the_same() {
    let pack = FormPack::parse(&sample_json().to_string()).unwrap();
    let again = FormPack::parse(&serde_json::to_string(&pack).unwrap()).unwrap();
    assert_eq!(pack, again);
}

#[test]
fn what_is_not_json_says_where() {
    assert_eq!(faults_of("{\n  \"id\": }"), [fault(Code::NotJson, "", "2:9")]);
    assert_eq!(faults_of("").len(), 1);
    assert_eq!(faults_of(&"[".repeat(10_000)).len(), 1);
    assert_eq!(faults_of("{} {}").len(), 1);
}

#[test]
fn a_pack_that_is_too_large_is_not_even_read() {
    let json = format!("{{\"id\": \"{}\"}}", "a".repeat(5_000_000));
    assert_eq!(faults_of(&json), [fault(Code::TooLarge, "", "4194304")]);
}

#[test]
fn a_key_that_stands_twice_is_named() {
    let json = sample_json().to_string().replacen("\"version\":1", "\"version\":1,\"version\":2", 1);
    assert_eq!(faults_of(&json), [fault(Code::DuplicateKey, "/version", "version")]);
}

#[test]
fn faults_of_shape_are_all_listed() {
    let mut pack = sample_json();
    pack["colour"] = json!("red");
    pack["version"] = json!(-1);
    pack["sections"][0]["parts"][0]["required"] = json!(null);
    pack["sections"][0]["parts"][0]["limits"][0] = json!({"counter": "letters", "max": -1});
    pack["sections"][0]["parts"][1]["answer"] = json!({"type": "email", "choices": []});
    pack["sections"][0]["parts"][2]["answer"]["type"] = json!("smell");
    pack["sections"][0]["parts"][3]["show_if"] = json!({"maybe": "name"});
    pack["sections"][0]["parts"][4]["label"]["en"] = json!(7);
    pack["sections"][1]["parts"][0].as_object_mut().unwrap().remove("label");
    pack["sections"][2]["parts"][0]["part"] = json!("table");
    pack["sections"][3]["parts"][0]["prefill"] = json!("social_security_number");
    let found = faults_of(&pack.to_string());
    let part = |rest: &str| format!("/sections/0/parts/{rest}");
    for wanted in [
        fault(Code::UnknownKey, "/colour", "colour"),
        fault(Code::BadNumber, "/version", "-1"),
        fault(Code::WrongType, &part("0/required"), "boolean"),
        fault(Code::UnknownKind, &part("0/limits/0/counter"), "letters"),
        fault(Code::BadNumber, &part("0/limits/0/max"), "-1"),
        fault(Code::UnknownKey, &part("1/answer/choices"), "choices"),
        fault(Code::UnknownKind, &part("2/answer/type"), "smell"),
        fault(Code::UnknownCondition, &part("3/show_if"), "maybe"),
        fault(Code::WrongType, &part("4/label/en"), "string"),
        fault(Code::MissingKey, "/sections/1/parts/0", "label"),
        fault(Code::UnknownKind, "/sections/2/parts/0/part", "table"),
        fault(Code::UnknownKind, "/sections/3/parts/0/prefill", "social_security_number"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
    assert_eq!(found.len(), 12, "{found:?}");
}

#[test]
fn two_of_one_name_are_refused_wherever_they_would_share_a_key() {
    let mut pack =
        pack_json(&[vec![question("name", &plain("text"))], vec![question("name", &plain("text"))]]);
    pack["sections"][1]["id"] = json!("s0");
    assert_eq!(
        faults_of(&pack.to_string()),
        [
            fault(Code::DuplicateId, "/sections/1/id", "s0"),
            fault(Code::DuplicateId, "/sections/1/parts/0/id", "name"),
        ]
    );
    let group = json!({
        "part": "group", "id": "name", "label": text("G"), "item_label": text("I"), "questions": [
            untagged(question("city", &plain("text"))),
            untagged(question("city", &plain("text"))),
            // the same name in a group and in the form is another key
            untagged(question("name", &plain("text"))),
        ]
    });
    assert_eq!(
        faults_of_parts(vec![question("name", &plain("text")), group]),
        [
            fault(Code::DuplicateId, "/sections/0/parts/1/id", "name"),
            fault(Code::DuplicateId, "/sections/0/parts/1/questions/1/id", "city"),
        ]
    );
    let twice = json!({"type": "choice", "choices": [
        {"id": "a", "label": text("A")}, {"id": "a", "label": text("B")}
    ]});
    assert_eq!(
        faults_of_parts(vec![question("q", &twice)]),
        [fault(Code::DuplicateId, "/sections/0/parts/0/answer/choices/1/id", "a")]
    );
}

#[test]
fn a_condition_names_only_what_was_asked_before() {
    let ask =
        |id: &str, names: &str| with(question(id, &plain("text")), &json!({"show_if": {"answered": names}}));
    let place = |n: u8| format!("/sections/0/parts/{n}/show_if/answered");
    assert_eq!(
        faults_of_parts(vec![
            ask("itself", "itself"),
            ask("too_soon", "last"),
            ask("nowhere", "nobody"),
            ask("last", "itself"),
        ]),
        [
            fault(Code::Cycle, &place(0), "itself → itself"),
            fault(Code::LaterName, &place(1), "last"),
            fault(Code::UnknownName, &place(2), "nobody"),
        ]
    );
}

#[test]
fn a_condition_in_a_group_looks_in_the_item_first_and_never_into_another_group() {
    let group = |id: &str, questions: Vec<Value>| json!({"part": "group", "id": id, "label": text("G"), "item_label": text("I"), "questions": questions});
    let inner = |id: &str, condition: &Value| {
        untagged(with(question(id, &plain("text")), &json!({"show_if": condition})))
    };
    let found = faults_of_parts(vec![
        question("name", &plain("yes_no")),
        group(
            "first",
            vec![
                // `name` of the item comes later: that the form has an earlier `name` must not hide the slip
                inner("early", &json!({"answered": "name"})),
                untagged(question("name", &plain("text"))),
                inner("late", &json!({"answered": "name"})),
            ],
        ),
        group(
            "second",
            vec![inner("of_form", &json!({"answered": "name"})), inner("x", &json!({"answered": "late"}))],
        ),
    ]);
    assert_eq!(
        found,
        [
            fault(Code::LaterName, "/sections/0/parts/1/questions/0/show_if/answered", "name"),
            fault(Code::UnknownName, "/sections/0/parts/2/questions/1/show_if/answered", "late"),
        ]
    );
}

#[test]
fn a_condition_compares_only_with_what_can_be_chosen() {
    let when = |condition: &Value| with(question("q", &plain("text")), &json!({"show_if": condition}));
    let asked = |condition: &Value| {
        faults_of_parts(vec![
            question("open", &plain("text")),
            question("yes_or_no", &plain("yes_no")),
            when(condition),
        ])
    };
    let at = |rest: &str| format!("/sections/0/parts/2/show_if/{rest}");
    assert_eq!(
        asked(&json!({"question": "open", "is": "x"})),
        [fault(Code::NotSelectable, &at("is"), "open")]
    );
    assert_eq!(
        asked(&json!({"not": {"any": [{"question": "yes_or_no", "is": "perhaps"}]}})),
        [fault(Code::NotAChoice, &at("not/any/0/is"), "perhaps")]
    );
    assert_eq!(asked(&json!({"all": []})), [fault(Code::EmptyList, &at("all"), "all")]);
}

#[test]
fn bounds_limits_texts_and_dates_are_checked() {
    let mut pack = pack_json(&[
        vec![
            with(
                question("q1", &plain("text")),
                &json!({"limits": [{"counter": "words", "min": 5, "max": 4}, {"counter": "words", "max": 9},
                                   {"counter": "characters"}]}),
            ),
            with(question("q2", &plain("date")), &json!({"limits": [{"counter": "words", "max": 4}]})),
            question("q3", &json!({"type": "number", "min": 2, "max": 1})),
            question("q4", &json!({"type": "choice", "choices": []})),
            with(question("q5", &plain("email")), &json!({"prefill": "student_name", "past": true})),
        ],
        vec![],
    ]);
    pack["id"] = json!("Sample Form");
    pack["version"] = json!(0);
    pack["checked"] = json!("2026-02-30");
    pack["source"] = json!("  ");
    pack["name"] = json!({"en": "Only English"});
    pack["description"] = json!({"en": "  ", "es": "sí", "EN": "no", "fr": "bell\u{7}"});
    let at = |rest: &str| format!("/sections/0/parts/{rest}");
    assert_eq!(
        faults_of(&pack.to_string()),
        [
            fault(Code::BadId, "/id", "Sample Form"),
            fault(Code::BadVersion, "/version", "0"),
            fault(Code::MissingText, "/name", "es"),
            fault(Code::MissingText, "/description", "en"),
            fault(Code::BadText, "/description/EN", "EN"),
            fault(Code::BadText, "/description/fr", "fr"),
            fault(Code::MissingText, "/source", "source"),
            fault(Code::BadDate, "/checked", "2026-02-30"),
            fault(Code::MinOverMax, &at("0/limits/0/min"), "5"),
            fault(Code::BadLimit, &at("0/limits/1"), "q1"),
            fault(Code::BadLimit, &at("0/limits/2"), "q1"),
            fault(Code::LimitNotForKind, &at("1/limits"), "q2"),
            fault(Code::MinOverMax, &at("2/answer/min"), "2"),
            fault(Code::EmptyList, &at("3/answer/choices"), "choices"),
            fault(Code::PastNotForKind, &at("4/past"), "q5"),
            fault(Code::PrefillNotForKind, &at("4/prefill"), "q5"),
            fault(Code::EmptyList, "/sections/1/parts", "parts"),
        ]
    );
}

#[test]
fn a_group_that_needs_more_items_than_it_takes_is_refused() {
    let mut pack = sample_json();
    pack["sections"][2]["parts"][0]["min"] = json!(3);
    assert_eq!(faults_of(&pack.to_string()), [fault(Code::MinOverMax, "/sections/2/parts/0/min", "3")]);
}

#[test]
fn a_pack_of_too_many_questions_is_refused() {
    let parts = (0..2_001).map(|i| question(&format!("q{i}"), &plain("text"))).collect();
    assert_eq!(faults_of_parts(parts), [fault(Code::TooLarge, "/sections", "2000")]);
}

/// Pointers to every value in `value`.
fn pointers(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (i, entry) in list.iter().enumerate() {
                pointers(entry, format!("{path}/{i}"), found);
            }
        }
        Value::Object(object) => {
            for (key, entry) in object {
                pointers(entry, format!("{path}/{key}"), found);
            }
        }
        _ => {}
    }
    found.push(path);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever one value of a right pack is replaced with, the pack is read or refused, and never panics.
    #[test]
    fn a_pack_with_one_value_replaced_is_read_or_refused(
        at in any::<prop::sample::Index>(),
        new in prop::sample::select(vec![
            json!(null), json!(true), json!(-1), json!(1.5e300), json!(""), json!("name"), json!([]), json!({}),
            json!([{}]), json!({"type": "text"}), json!({"not": {"answered": "name"}}),
        ]),
    ) {
        let mut pack = sample_json();
        let mut places = Vec::new();
        pointers(&pack, String::new(), &mut places);
        *pack.pointer_mut(at.get::<String>(&places).as_str()).unwrap() = new;
        if let Err(faults) = FormPack::parse(&pack.to_string()) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                // the shape check must leave nothing for serde to find: its faults have no place
                prop_assert!(fault.path.is_empty() || fault.path.starts_with('/'));
                prop_assert!(!(fault.path.is_empty() && fault.name.contains("expected")), "{fault}");
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(json in "\\PC{0,60}") {
        prop_assert!(FormPack::parse(&json).is_err());
    }
}
