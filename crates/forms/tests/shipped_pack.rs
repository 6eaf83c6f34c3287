//! The form packs that ship: each is sound, and a draft of each can be finished.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{TODAY, answers};
use serde_json::{Value, json};
use waymark_forms::pack::{Part, RecordField};
use waymark_forms::printed::{PrintedEntry, PrintedValue};
use waymark_forms::review::{FaultKind, SectionState};
use waymark_forms::{FormPack, Sensitive, keys, ordered, prefills, review, shape_ok};

const GENERAL: &str = include_str!("../../../data/forms/general-admission.json");

fn general() -> FormPack {
    FormPack::parse(GENERAL).unwrap()
}

/// A draft with every question of the form answered that a plain case is asked.
fn finished() -> Value {
    serde_json::from_str(include_str!("general-admission.finished.json")).unwrap()
}

#[test]
fn the_general_form_is_sound_and_has_its_six_sections() {
    let pack = general();
    let sections: Vec<&str> = pack.sections.iter().map(|section| section.id.as_str()).collect();
    assert_eq!(
        sections,
        ["personal_details", "contacts", "education", "choice_of_programme", "statement", "declarations"]
    );
    assert_eq!((pack.id.as_str(), pack.version), ("general-admission", 1));
    let groups = pack.sections.iter().flat_map(|section| &section.parts);
    assert_eq!(groups.filter(|part| matches!(part, Part::Group(_))).count(), 2);
}

#[test]
fn the_general_form_takes_from_the_record_what_the_record_has() {
    let taken = prefills(&general());
    let taken: Vec<_> = taken.iter().map(|(key, field)| (key.as_str(), *field)).collect();
    // A former name is not among them: nobody's goes into a draft by itself.
    assert_eq!(
        taken,
        [
            ("full_name", RecordField::StudentName),
            ("preferred_name", RecordField::PreferredName),
            ("birth_date", RecordField::BirthDate),
            ("email", RecordField::Email),
            ("phone", RecordField::Phone),
            ("address_line_1", RecordField::AddressLine1),
            ("address_line_2", RecordField::AddressLine2),
            ("city", RecordField::City),
            ("region", RecordField::Region),
            ("postal_code", RecordField::PostalCode),
            ("country", RecordField::Country),
            ("graduation_year", RecordField::GraduationYear),
            ("institution", RecordField::Institution),
            ("programme", RecordField::Programme),
            ("career", RecordField::Career),
        ]
    );
}

#[test]
fn no_question_of_the_general_form_asks_for_a_social_security_number() {
    let pack = general();
    for part in pack.sections.iter().flat_map(|section| &section.parts) {
        let questions = match part {
            Part::Question(question) => std::slice::from_ref(question),
            Part::Group(group) => &group.questions,
        };
        for question in questions {
            let words = format!("{} {:?}", question.id, question.label).to_lowercase();
            assert!(!["ssn", "social", "seguro"].iter().any(|word| words.contains(word)), "{words}");
        }
    }
}

#[test]
fn an_empty_general_draft_is_empty_in_every_section() {
    let review = review(&general(), &answers(&json!({})), TODAY);
    assert!(review.sections.iter().all(|section| section.state == SectionState::Empty));
    assert!(review.faults.iter().all(|fault| fault.fault.is_still_missing()));
    assert!(
        ["other_name_which", "mailing_city", "contact_email", "start_year", "tests", "helped_how"]
            .iter()
            .all(|key| review.hidden.iter().any(|hidden| hidden == key))
    );
}

#[test]
fn a_finished_general_draft_is_complete() {
    let (pack, draft) = (general(), answers(&finished()));
    let review = review(&pack, &draft, TODAY);
    assert_eq!(review.faults, []);
    assert!(review.sections.iter().all(|section| section.state == SectionState::Complete));
    let places = keys(&pack, &draft);
    for (key, value) in &draft {
        assert!(places.contains(key) && shape_ok(&pack, key, value), "{key}");
    }
}

#[test]
fn without_any_one_required_answer_the_general_draft_is_not_complete() {
    let pack = general();
    let optional = ["region", "postal_code", "career"];
    let full = answers(&finished());
    for key in full.keys().filter(|key| !optional.contains(&key.as_str())) {
        let mut draft = full.clone();
        draft.remove(key);
        let review = review(&pack, &draft, TODAY);
        assert!(!review.faults.is_empty(), "{key}");
        let open = |state| matches!(state, SectionState::Started | SectionState::Empty);
        assert_eq!(review.sections.iter().filter(|section| open(section.state)).count(), 1, "{key}");
    }
}

#[test]
fn conditions_of_the_general_form_follow_the_answers() {
    let pack = general();
    let mut draft = answers(&finished());
    for (key, value) in [
        ("mailing_differs", json!("yes")),
        ("contact_by", json!(["phone", "email"])),
        ("schools/b/attending", json!("yes")),
        ("tests/t1/test", json!("other")),
        ("start_term", json!("not_decided")),
    ] {
        draft.insert(key.to_owned(), value);
    }
    let review = review(&pack, &draft, TODAY);
    let missing: Vec<&str> = review.faults.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(
        missing,
        ["mailing_address_line_1", "mailing_city", "mailing_country", "contact_email", "tests/t1/test_name"]
    );
    assert!(review.faults.iter().all(|fault| fault.fault == FaultKind::Missing));
    for key in ["schools/b/to", "tests/t1/subject", "start_year"] {
        assert!(review.hidden.iter().any(|hidden| hidden == key), "{key}");
    }
}

#[test]
fn a_statement_is_counted_on_both_borders() {
    let pack = general();
    for (words, right) in [(49, false), (50, true), (500, true), (501, false)] {
        let mut draft = answers(&finished());
        draft.insert("statement".to_owned(), json!("palabra — ".repeat(words)));
        assert_eq!(review(&pack, &draft, TODAY).faults.is_empty(), right, "{words}");
    }
}

#[test]
fn the_general_draft_is_printed_in_order_with_labels_in_both_languages() {
    let mut draft = answers(&finished());
    draft.insert("mailing_city".to_owned(), json!("hidden"));
    draft.insert("birth_date".to_owned(), json!("31 Feb"));
    let printed = ordered(&general(), &draft, Sensitive::LeftOut);
    assert_eq!(printed.len(), 6);
    let entries: Vec<&PrintedEntry> = printed.iter().flat_map(|section| &section.entries).collect();
    let value = |key: &str| {
        entries.iter().find_map(|entry| match entry {
            PrintedEntry::Answer(answer) if answer.key == key => Some(&answer.value),
            _ => None,
        })
    };
    assert_eq!(value("mailing_city"), None);
    assert_eq!(value("birth_date"), Some(&PrintedValue::Text { text: "31 Feb".to_owned() }));
    assert_eq!(value("other_name"), Some(&PrintedValue::YesNo { yes: false }));
    assert_eq!(value("preferred_name"), Some(&PrintedValue::Unanswered));
    assert_eq!(value("signed_on"), Some(&PrintedValue::Date { year: 2026, month: 11, day: 23 }));
    assert_eq!(value("true_and_complete"), Some(&PrintedValue::Confirmed));
    assert_eq!(value("share_records"), Some(&PrintedValue::Unanswered));
    assert!(matches!(value("statement"), Some(PrintedValue::LongText { .. })));
    let Some(PrintedValue::Choices { chosen }) = value("start_term") else { panic!("start_term") };
    assert_eq!((chosen[0]["en"].as_str(), chosen[0]["es"].as_str()), ("Fall", "Otoño"));
    let schools = entries.iter().find_map(|entry| match entry {
        PrintedEntry::Group(group) if group.key == "schools" => Some(group),
        _ => None,
    });
    let items = &schools.unwrap().items;
    // name, town, first month, still there; the earlier school has its last month and its diploma as well
    assert_eq!(items.iter().map(Vec::len).collect::<Vec<_>>(), [4, 6]);
    assert_eq!(items[1][4].value, PrintedValue::Month { year: 2025, month: 6 });
}
