//! Packs that are wrong in ways that happen and in ways that are meant: each is refused with every fault and its place.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{pack_json, question, rich_json, text, untagged, with};
use serde_json::{Value, json};
use waymark_forms::{FormPack, MAX_BYTES, PackFaultCode as Code};

fn faults_of(pack: &Value) -> Vec<(Code, String, String)> {
    let faults = FormPack::parse(&pack.to_string()).err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.code, fault.path, fault.name)).collect()
}

fn fault(code: Code, path: &str, name: &str) -> (Code, String, String) {
    (code, path.to_owned(), name.to_owned())
}

/// The one fault of the rich pack with a value put at a place.
fn fault_with(pointer: &str, value: Value) -> (Code, String, String) {
    let mut pack = rich_json();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = pack.pointer_mut(parent).unwrap();
    match key.parse::<usize>() {
        Ok(at) if parent.is_array() => parent[at] = value,
        _ => parent[key] = value,
    }
    let found = faults_of(&pack);
    assert_eq!(found.len(), 1, "{pointer}: {found:?}");
    found[0].clone()
}

#[test]
fn the_rich_pack_is_read_and_written_back_the_same() {
    let pack = FormPack::parse(&rich_json().to_string()).unwrap();
    assert_eq!(FormPack::parse(&serde_json::to_string(&pack).unwrap()).unwrap(), pack);
}

#[test]
fn faults_of_shape_and_of_meaning_are_told_together() {
    let text_kind = json!({"type": "text"});
    let mut pack = pack_json(&[
        vec![
            question("name", &json!({"type": "smell"})),
            with(question("name", &text_kind), &json!({"limits": [{"counter": "words", "max": -1}]})),
            // rests on a question of which only the id can be read: that is no fault of its own
            with(question("after", &text_kind), &json!({"show_if": {"question": "name", "is": "x"}})),
            with(question("lost", &text_kind), &json!({"show_if": {"answered": "nobody"}})),
            question("list", &json!({"type": "choice", "list": "spoilt"})),
            with(question("of_list", &text_kind), &json!({"show_if": {"question": "list", "is": "x"}})),
        ],
        vec![question("Wrong", &text_kind)],
    ]);
    pack["colour"] = json!(1);
    pack["checked"] = json!("2026-02-30");
    pack["lists"] = json!({"spoilt": [{"id": "a"}], "good": [{"id": "b", "label": text("<b>B</b>")}]});
    pack["sections"][1]["title"] = json!("no text");
    assert_eq!(
        faults_of(&pack),
        [
            fault(Code::UnknownKind, "/sections/0/parts/0/answer/type", "smell"),
            fault(Code::BadNumber, "/sections/0/parts/1/limits/0/max", "-1"),
            fault(Code::WrongType, "/sections/1/title", "object"),
            fault(Code::MissingKey, "/lists/spoilt/0", "label"),
            fault(Code::UnknownKey, "/colour", "colour"),
            fault(Code::BadDate, "/checked", "2026-02-30"),
            fault(Code::Markup, "/lists/good/0/label/en", "<b>B</b>"),
            fault(Code::Markup, "/lists/good/0/label/es", "<b>B</b>"),
            fault(Code::UnknownName, "/sections/0/parts/3/show_if/answered", "nobody"),
            fault(Code::BadId, "/sections/1/parts/0/id", "Wrong"),
        ]
    );
}

#[test]
fn markup_scripts_and_hidden_turns_are_refused_in_every_text() {
    for (words, code) in [
        ("<script>alert(1)</script>", Code::Markup),
        ("a <img src=x onerror=y>", Code::Markup),
        ("</p>", Code::Markup),
        ("<!-- -->", Code::Markup),
        ("<?php", Code::Markup),
        ("safe\u{202e}elif", Code::BadText),
        ("bell\u{7}", Code::BadText),
        ("line\u{1b}[2J", Code::BadText),
    ] {
        for place in [
            "/name/es",
            "/description/en",
            "/sections/0/title/en",
            "/sections/0/parts/0/label/es",
            "/lists/countries/0/label/en",
            "/rules/0/text/en",
            "/deadlines/0/label/en",
            "/checks/0/text/en",
            "/cycle/en",
            "/sections/0/parts/0/target/label/en",
            "/sections/0/parts/0/answer/fields/0/label/en",
            "/sections/1/parts/0/item_label/es",
            "/source",
        ] {
            let (found, path, _) = fault_with(place, json!(words));
            assert_eq!((found, path.as_str()), (code, place), "{words:?}");
        }
    }
    // what is no tag stays as it stands
    for words in ["3 < 4 and 5 > 4", "a <3 b", "Q&A", "<", "5 <"] {
        let mut pack = rich_json();
        pack["name"]["en"] = json!(words);
        assert!(faults_of(&pack).is_empty(), "{words}");
    }
}

#[test]
fn rules_dates_and_their_sources_are_checked() {
    for (place, value, code) in [
        ("/rules/0/source", "http://example.org", Code::BadUrl),
        ("/rules/0/source", "https://", Code::BadUrl),
        ("/rules/0/source", "https://localhost/x", Code::BadUrl),
        ("/rules/0/source", "https://user@example.org", Code::BadUrl),
        ("/rules/0/source", "https://example.org/a b", Code::BadUrl),
        ("/rules/0/source", "javascript:alert(1)", Code::BadUrl),
        ("/rules/0/checked", "30 Nov 2026", Code::BadDate),
        ("/deadlines/0/zone", "GMT+25", Code::UnknownZone),
        ("/deadlines/0/zone", "europe/london", Code::UnknownZone),
        ("/deadlines/0/time", "24:00", Code::BadTime),
        ("/deadlines/0/time", "6 pm", Code::BadTime),
        ("/deadlines/0/date", "2026-13-01", Code::BadDate),
        ("/deadlines/0/rules/0", "nothing", Code::UnknownRule),
        ("/sections/0/parts/1/rules/0", "nothing", Code::UnknownRule),
        ("/checks/0/at", "nothing", Code::UnknownName),
        ("/checks/0/rules/0", "nothing", Code::UnknownRule),
    ] {
        let found = fault_with(place, json!(value));
        assert_eq!(found, fault(code, place, value));
    }
}

#[test]
fn kinds_fields_and_lists_are_checked() {
    let field = |id: &str| untagged(question(id, &json!({"type": "text"})));
    let home = "/sections/0/parts/0/answer/fields";
    for (place, value, wanted) in [
        (
            "/sections/0/parts/0/answer/fields/1/id",
            json!("planet"),
            fault(Code::FieldNotForKind, &format!("{home}/1/id"), "planet"),
        ),
        (
            "/sections/0/parts/0/answer/fields/1",
            untagged(question("city", &json!({"type": "address", "fields": [field("city")]}))),
            fault(Code::KindNotHere, &format!("{home}/1/answer/type"), "address"),
        ),
        (
            "/sections/0/parts/0/answer/fields/1/sensitive",
            json!(true),
            fault(Code::SensitiveField, &format!("{home}/1/sensitive"), "city"),
        ),
        (
            "/sections/0/parts/2/answer/fields",
            json!([]),
            fault(Code::EmptyList, "/sections/0/parts/2/answer/fields", "fields"),
        ),
        (
            "/sections/2/parts/3/answer/fields/1/id",
            json!("name"),
            fault(Code::DuplicateId, "/sections/2/parts/3/answer/fields/1/id", "name"),
        ),
        (
            "/sections/0/parts/4/answer/accept/0",
            json!(".PDF"),
            fault(Code::BadFile, "/sections/0/parts/4/answer/accept/0", ".PDF"),
        ),
        (
            "/sections/0/parts/4/answer/max_bytes",
            json!(0),
            fault(Code::BadFile, "/sections/0/parts/4/answer/max_bytes", "0"),
        ),
        (
            "/sections/0/parts/5/answer/list",
            json!("planets"),
            fault(Code::UnknownList, "/sections/0/parts/5/answer/list", "planets"),
        ),
        (
            "/sections/0/parts/5/answer/choices",
            json!([{"id": "a", "label": text("A")}]),
            fault(Code::BadChoices, "/sections/0/parts/5/answer", "countries"),
        ),
        (
            "/sections/0/parts/1/returns_to",
            json!("preferred_name"),
            fault(Code::ReturnNotForKind, "/sections/0/parts/1/returns_to", "visa"),
        ),
        (
            "/sections/0/parts/3/prefill",
            json!("email"),
            fault(Code::PrefillNotForKind, "/sections/0/parts/3/prefill", "since"),
        ),
        (
            "/sections/1/parts/0/questions/2/id",
            json!("shoe_size"),
            // the sum over the column that is gone is told as well
            fault(Code::FieldNotForKind, "/sections/1/parts/0/questions/2/id", "shoe_size"),
        ),
        (
            "/sections/1/parts/2/required",
            json!(true),
            fault(Code::NotForComputed, "/sections/1/parts/2", "average"),
        ),
        (
            "/sections/1/parts/3/answer/max",
            json!(1),
            fault(Code::TypeMismatch, "/sections/1/parts/3/answer", "number needed for min and max"),
        ),
        (
            "/sections/2/parts/0/limits/0/width",
            json!(80),
            fault(Code::BadWidth, "/sections/2/parts/0/limits/0/width", "first"),
        ),
    ] {
        let mut pack = rich_json();
        let (parent, key) = place.rsplit_once('/').unwrap();
        let parent = pack.pointer_mut(parent).unwrap();
        match key.parse::<usize>() {
            Ok(at) if parent.is_array() => parent[at] = value,
            _ => parent[key] = value,
        }
        let found = faults_of(&pack);
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
    let mut pack = rich_json();
    pack["sections"][2]["parts"][3]["answer"]["fields"].as_array_mut().unwrap().pop();
    assert_eq!(faults_of(&pack), [fault(Code::FieldMissing, "/sections/2/parts/3/answer/fields", "date")]);
}

#[test]
fn what_is_far_too_large_is_refused_before_it_is_read() {
    let choice = r#"{"id":"c","label":{"en":"Choice","es":"Opción"}},"#;
    let list = format!("{{\"lists\":{{\"all\":[{}", choice.repeat(50_000_000 / choice.len()));
    let start = std::time::Instant::now();
    let faults = FormPack::parse(&list).unwrap_err();
    assert_eq!((faults[0].code, faults[0].name.as_str()), (Code::TooLarge, "4194304"));
    assert!(start.elapsed().as_millis() < 200, "{:?}", start.elapsed());
    let questions = r#"{"part":"question","id":"q","label":{},"answer":{"type":"text"}},"#.repeat(100_000);
    assert_eq!(FormPack::parse(&questions).unwrap_err()[0].code, Code::TooLarge);
}

#[test]
fn as_many_bad_questions_as_fit_are_all_told_in_good_time() {
    let part = json!({"part": "question", "id": "q", "label": {}, "answer": {"type": "smell"}}).to_string();
    let many = (MAX_BYTES - 1_000) / (part.len() + 1);
    let mut pack = pack_json(&[vec![]]);
    pack["sections"][0]["parts"] = json!([]);
    let json =
        pack.to_string().replace("\"parts\":[]", &format!("\"parts\":[{}]", vec![part; many].join(",")));
    let start = std::time::Instant::now();
    let faults = FormPack::parse(&json).unwrap_err();
    assert!(faults.len() > many, "{}", faults.len());
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_list_of_thousands_is_read_and_a_longer_one_is_not() {
    let list = |n: usize| -> Value {
        (0..n)
            .map(
                |i| json!({"id": format!("c{i}"), "label": {"en": format!("C {i}"), "es": format!("C {i}")}}),
            )
            .collect()
    };
    let mut pack = rich_json();
    pack["lists"]["long"] = list(20_000);
    assert!(faults_of(&pack).is_empty());
    pack["lists"]["long"] = list(20_001);
    assert_eq!(faults_of(&pack), [fault(Code::TooLarge, "/lists/long", "20000")]);
}
