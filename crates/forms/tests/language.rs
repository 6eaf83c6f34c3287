//! Conditions and expressions: what they come to on answers, and what a pack may not say with them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{TODAY, answers, pack_json, question, rich, text, untagged, with};
use proptest::prelude::*;
use serde_json::{Value, json};
use waymark_forms::pack::{Counter, Severity};
use waymark_forms::review::{ComputedValue, FaultKind, SectionState};
use waymark_forms::{FormPack, PackFaultCode as Code, Review, review};

fn look(draft: &Value) -> Review {
    review(rich(), &answers(draft), TODAY)
}

/// What one expression comes to, with a group of numbers, a date and a choice to speak of.
fn value_of(expression: &Value, draft: &Value) -> Option<ComputedValue> {
    let number = json!({"type": "number"});
    let group = json!({"part": "group", "id": "items", "label": text("I"), "item_label": text("I"), "questions": [
        untagged(question("size", &number)), untagged(question("good", &json!({"type": "yes_no"})))
    ]});
    let pack = pack_json(&[vec![
        question("a", &number),
        question("b", &number),
        question("day", &json!({"type": "date"})),
        question("part", &json!({"type": "partial_date"})),
        question("words", &json!({"type": "text"})),
        group,
        question("value", &json!({"type": "computed", "value": expression})),
    ]]);
    let pack = FormPack::parse(&pack.to_string()).unwrap_or_else(|faults| panic!("{faults:?}"));
    review(&pack, &answers(draft), TODAY).computed.remove("value")
}

fn number(expression: &Value, draft: &Value) -> Option<f64> {
    match value_of(expression, draft) {
        Some(ComputedValue::Number { number }) => Some(number),
        None => None,
        other => panic!("{other:?}"),
    }
}

fn holds(condition: &Value, draft: &Value) -> bool {
    match value_of(&json!({"holds": condition}), draft) {
        Some(ComputedValue::YesNo { yes }) => yes,
        other => panic!("{other:?}"),
    }
}

#[test]
fn numbers_are_reckoned_without_dust_and_what_is_missing_has_no_value() {
    let draft = json!({"a": " 0.1", "b": "0.2", "items": ["x", "y", "z"], "items/x/size": "3",
                       "items/y/size": "many", "items/x/good": "yes", "items/z/size": "4.5"});
    let (a, b) = (json!({"answer": "a"}), json!({"answer": "b"}));
    assert_eq!(number(&json!({"add": [a, b]}), &draft), Some(0.3));
    assert_eq!(number(&json!({"subtract": [a, b]}), &draft), Some(-0.1));
    assert_eq!(number(&json!({"multiply": [a, b, 10]}), &draft), Some(0.2));
    assert_eq!(number(&json!({"divide": [b, a]}), &draft), Some(2.0));
    assert_eq!(number(&json!({"divide": [a, 0]}), &draft), None);
    assert_eq!(number(&json!({"sum": {"group": "items", "question": "size"}}), &draft), Some(7.5));
    assert_eq!(number(&json!({"count": "items"}), &draft), Some(3.0));
    assert_eq!(number(&json!({"count": "items", "where": {"answered": "size"}}), &draft), Some(3.0));
    assert_eq!(
        number(&json!({"count": "items", "where": {"question": "good", "is": "yes"}}), &draft),
        Some(1.0)
    );
    // what is not there counts as nothing in a sum, and takes its value from everything else
    let nothing = json!({"b": "2"});
    assert_eq!(number(&json!({"add": [a, b]}), &nothing), Some(2.0));
    assert_eq!(number(&json!({"add": [a]}), &nothing), None);
    assert_eq!(number(&json!({"subtract": [a, b]}), &nothing), None);
    assert_eq!(number(&json!({"multiply": [a, b]}), &nothing), None);
    assert_eq!(number(&json!({"count": "items"}), &nothing), Some(0.0));
    assert_eq!(number(&json!({"sum": {"group": "items", "question": "size"}}), &nothing), None);
    let huge = json!({"a": "9".repeat(300), "b": "9".repeat(300)});
    assert_eq!(number(&json!({"multiply": [a, b]}), &huge), None);
}

#[test]
fn comparisons_hold_between_like_and_like_and_never_without_an_answer() {
    let draft = json!({"a": "3", "day": "2026-03-01", "part": "2026", "words": "yes"});
    let a = json!({"answer": "a"});
    for (condition, right) in [
        (json!({"equal": [a, 3]}), true),
        (json!({"less": [a, 3]}), false),
        (json!({"at_most": [a, 3]}), true),
        (json!({"more": [a, 2.9]}), true),
        (json!({"at_least": [a, 3.1]}), false),
        (json!({"less": [{"answer": "day"}, {"date": "2026-03-02"}]}), true),
        (json!({"at_least": [{"answer": "day"}, {"date": "2026-03-02"}]}), false),
        // a partial date begins at its first day
        (json!({"equal": [{"answer": "part"}, {"date": "2026-01-01"}]}), true),
        (json!({"equal": [{"answer": "words"}, {"text": "yes"}]}), true),
        (json!({"equal": [{"holds": {"answered": "a"}}, {"holds": {"answered": "b"}}]}), false),
        (json!({"less": [{"answer": "b"}, 1]}), false),
        (json!({"at_least": [{"answer": "b"}, 1]}), false),
        (json!({"not": {"at_least": [{"answer": "b"}, 1]}}), true),
        (json!({"answered": "items"}), false),
    ] {
        assert_eq!(holds(&condition, &draft), right, "{condition}");
    }
    assert_eq!(value_of(&json!({"answer": "day"}), &json!({"day": "2026-02-30"})), None);
    assert!(holds(&json!({"answered": "items"}), &json!({"items": ["x"]})));
}

#[test]
fn lengths_are_counted_by_their_named_rule() {
    let draft = json!({"words": "a \u{1f600}\r\n "});
    let length = |more: &Value| json!({"length": with(json!({"question": "words"}), more)});
    assert_eq!(number(&length(&json!({"counter": "characters"})), &draft), Some(5.0));
    assert_eq!(number(&length(&json!({"counter": "utf16_units", "line_break": "two"})), &draft), Some(7.0));
    assert_eq!(
        number(&length(&json!({"counter": "utf16_units", "trailing_space": "out"})), &draft),
        Some(4.0)
    );
    assert_eq!(number(&length(&json!({"counter": "words"})), &json!({})), Some(0.0));
}

#[test]
fn a_total_of_lengths_is_named_as_what_it_is_on_both_sides_of_its_limit() {
    let fault = |draft: &Value| {
        look(draft).faults.into_iter().find(|fault| fault.key == "both").map(|fault| fault.fault)
    };
    assert_eq!(fault(&json!({"first": "12345", "second": "12345"})), None);
    assert_eq!(
        fault(&json!({"first": "12345", "second": "123456"})),
        Some(FaultKind::TooLong { counter: Counter::Characters, count: 11, limit: 10 })
    );
    let review = look(&json!({"courses": ["a"], "courses/a/credits": "7", "courses/a/status": "yes"}));
    let out = FaultKind::OutOfRange { min: Some(2.0), max: Some(6.0) };
    assert!(review.faults.iter().any(|fault| fault.key == "credits_done" && fault.fault == out));
    assert_eq!(review.computed["credits_done"], ComputedValue::Number { number: 7.0 });
}

#[test]
fn computed_values_rest_on_one_another_and_are_no_work_left() {
    let draft = json!({"courses": ["a", "b"], "courses/a/grade": "4", "courses/b/grade": "3"});
    let review = look(&draft);
    assert_eq!(review.computed["average"], ComputedValue::Number { number: 3.5 });
    assert_eq!(review.computed["qualifies"], ComputedValue::YesNo { yes: true });
    assert!(!review.computed.contains_key("credits_done"));
    assert_eq!(review.sections[1].asked, 8);
    assert_eq!(review.sections[1].state, SectionState::Complete);
}

#[test]
fn checks_are_told_at_their_place_and_warnings_leave_a_section_complete() {
    let draft = json!({"courses": ["a", "b"], "courses/a/status": "no", "courses/b/status": "no",
                       "birth": "fr", "since": "1999"});
    let review = look(&draft);
    let told: Vec<_> = review
        .faults
        .iter()
        .filter_map(|fault| match &fault.fault {
            FaultKind::Check { check, severity, .. } => Some((fault.key.as_str(), check.as_str(), *severity)),
            _ => None,
        })
        .collect();
    assert_eq!(told, [("birth", "far", Severity::Warning), ("courses", "not_both", Severity::Error)]);
    assert_eq!(review.sections[1].state, SectionState::Faults);
    let one = json!({"home.line_1": "1 Sample St", "home.country": "fr", "visa": "x", "since": "1999", "birth": "fr",
                     "guardian.on_their_site": true});
    let review = look(&one);
    assert_eq!((review.sections[0].state, review.sections[0].faults), (SectionState::Complete, 0));
    assert_eq!(review.faults.len(), 1);
    // the check stands at a question that is not asked any more
    assert_eq!(look(&json!({"birth": "fr"})).faults.iter().filter(|f| f.key == "birth").count(), 0);
}

#[test]
fn what_is_required_under_a_condition_is_missing_only_then() {
    let missing =
        |draft: &Value| look(draft).faults.iter().any(|f| f.key == "birth" && f.fault == FaultKind::Missing);
    assert!(!missing(&json!({})));
    assert!(missing(&json!({"since": "2001-05"})));
    assert!(!missing(&json!({"since": "2001-05", "birth": "mx"})));
}

#[test]
fn a_section_is_skipped_as_a_whole_and_its_answers_stay_silent() {
    let draft =
        json!({"home.country": "fr", "first": "far too much for the two of them", "signed.name": "Sample"});
    let review = look(&draft);
    assert_eq!(review.sections[2].state, SectionState::Complete);
    for key in ["first", "second", "both", "signed", "signed.name", "signed.date"] {
        assert!(review.hidden.iter().any(|hidden| hidden == key), "{key}");
    }
    assert!(!review.computed.contains_key("both"));
    assert!(review.faults.iter().all(|fault| fault.section != "s2"));
}

/// The faults of a form of these parts.
fn faults_of(parts: Vec<Value>) -> Vec<(Code, String, String)> {
    let faults = FormPack::parse(&pack_json(&[parts]).to_string()).err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.code, fault.path, fault.name)).collect()
}

#[test]
fn circles_of_any_length_are_told_with_their_way() {
    let when = |id: &str, names: &str| {
        with(question(id, &json!({"type": "text"})), &json!({"show_if": {"answered": names}}))
    };
    let found =
        faults_of(vec![when("a", "c"), when("b", "a"), when("c", "b"), when("d", "e"), when("e", "b")]);
    assert_eq!(
        found,
        [
            (Code::Cycle, "/sections/0/parts/0/show_if/answered".to_owned(), "a → c → b → a".to_owned()),
            (Code::LaterName, "/sections/0/parts/3/show_if/answered".to_owned(), "e".to_owned()),
        ]
    );
    let computed = |id: &str, value: &Value| question(id, &json!({"type": "computed", "value": value}));
    let found = faults_of(vec![
        computed("x", &json!({"add": [1, {"answer": "y"}]})),
        computed("y", &json!({"multiply": [{"answer": "x"}, 2]})),
        computed("z", &json!({"answer": "z"})),
    ]);
    let told: Vec<_> = found.iter().map(|(code, _, name)| (*code, name.as_str())).collect();
    assert_eq!(told, [(Code::Cycle, "x → y → x"), (Code::Cycle, "z → z")]);
    // a group that is counted within itself
    let group = json!({"part": "group", "id": "g", "label": text("G"), "item_label": text("I"), "questions": [
        untagged(computed("n", &json!({"count": "g"})))
    ]});
    assert_eq!(faults_of(vec![group])[0].2, "g/n → g → g/n");
    // a section that its own question decides on
    let mut pack = pack_json(&[vec![question("a", &json!({"type": "text"}))]]);
    pack["sections"][0]["show_if"] = json!({"answered": "a"});
    assert_eq!(FormPack::parse(&pack.to_string()).unwrap_err()[0].code, Code::Cycle);
}

#[test]
fn types_names_and_shapes_of_expressions_are_checked() {
    let given = || {
        vec![
            question("open", &json!({"type": "text"})),
            question("many", &json!({"type": "many_choices", "choices": [{"id": "a", "label": text("A")}]})),
            question("n", &json!({"type": "number"})),
            question("day", &json!({"type": "date"})),
            json!({"part": "group", "id": "g", "label": text("G"), "item_label": text("I"), "questions": [
                untagged(question("size", &json!({"type": "number"}))),
                untagged(question("word", &json!({"type": "text"}))),
            ]}),
        ]
    };
    let at = |value: &Value| {
        let mut parts = given();
        parts.push(question("v", &json!({"type": "computed", "value": value})));
        let found = faults_of(parts);
        assert_eq!(found.len(), 1, "{value}: {found:?}");
        let (code, path, name) = found[0].clone();
        (code, path.strip_prefix("/sections/0/parts/5/answer/value").unwrap().to_owned(), name)
    };
    for (value, code, place, name) in [
        (json!({"answer": "nobody"}), Code::UnknownName, "/answer", "nobody"),
        (json!({"answer": "size"}), Code::UnknownName, "/answer", "size"),
        (
            json!({"answer": "many"}),
            Code::TypeMismatch,
            "/answer",
            "a single value needed, many_choices found",
        ),
        (json!({"answer": "g"}), Code::TypeMismatch, "/answer", "a question's answer needed, group found"),
        (json!({"count": "n"}), Code::TypeMismatch, "/count", "group needed, number found"),
        (json!({"add": [{"answer": "day"}]}), Code::TypeMismatch, "/add/0", "number needed, date found"),
        (json!({"add": []}), Code::EmptyList, "/add", "add"),
        (json!({"divide": [1]}), Code::WrongType, "/divide", "array of two"),
        (json!({"power": [1, 2]}), Code::UnknownExpression, "", "power"),
        (json!("text"), Code::WrongType, "", "number or object"),
        (json!({"date": "2026-02-30"}), Code::BadDate, "/date", "2026-02-30"),
        (
            json!({"sum": {"group": "g", "question": "word"}}),
            Code::TypeMismatch,
            "/sum/question",
            "number needed, text found",
        ),
        (json!({"sum": {"group": "g", "question": "open"}}), Code::UnknownName, "/sum/question", "open"),
        (
            json!({"count": "g", "where": {"question": "size", "is": "1"}}),
            Code::NotSelectable,
            "/where/is",
            "size",
        ),
        (
            json!({"length": {"question": "n", "counter": "words"}}),
            Code::TypeMismatch,
            "/length/question",
            "typed text needed, number found",
        ),
        (
            json!({"length": {"question": "open", "counter": "lines"}}),
            Code::BadWidth,
            "/length/counter",
            "lines",
        ),
        (
            json!({"holds": {"less": [{"answer": "n"}, {"answer": "day"}]}}),
            Code::TypeMismatch,
            "/holds/less/1",
            "number needed, date found",
        ),
        (
            json!({"holds": {"less": [{"text": "a"}, {"text": "b"}]}}),
            Code::TypeMismatch,
            "/holds/less",
            "number or date needed, text found",
        ),
        (json!({"holds": {"question": "many", "in": []}}), Code::EmptyList, "/holds/in", "in"),
        (json!({"holds": {"question": "many", "in": ["a", "b"]}}), Code::NotAChoice, "/holds/in/1", "b"),
    ] {
        assert_eq!(at(&value), (code, place.to_owned(), name.to_owned()), "{value}");
    }
}

#[test]
fn a_chain_of_doubling_values_is_read_and_reckoned_at_once() {
    let start = std::time::Instant::now();
    let computed = |i: usize| {
        let before = json!({"answer": format!("v{}", i - 1)});
        question(&format!("v{i}"), &json!({"type": "computed", "value": {"add": [before, before]}}))
    };
    let parts = std::iter::once(question("v0", &json!({"type": "number"}))).chain((1..1_000).map(computed));
    let pack = FormPack::parse(&pack_json(&[parts.collect()]).to_string()).unwrap();
    let review = review(&pack, &answers(&json!({"v0": "1"})), TODAY);
    assert_eq!(review.computed["v10"], ComputedValue::Number { number: 1024.0 });
    assert!(start.elapsed().as_secs() < 20);
}

/// Conditions of any shape on the questions of `value_of`'s form, deep and wide.
fn any_condition() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        (-3i32..3).prop_map(|n| json!(n)),
        prop::sample::select(vec![
            json!({"answer": "a"}),
            json!({"answer": "b"}),
            json!({"count": "items"}),
            json!({"sum": {"group": "items", "question": "size"}}),
            json!({"divide": [{"answer": "a"}, {"answer": "b"}]}),
        ]),
    ];
    let pair = (number.clone(), number);
    let leaf = prop_oneof![
        prop::sample::select(vec!["a", "b", "day", "items"]).prop_map(|name| json!({"answered": name})),
        (prop::sample::select(vec!["equal", "less", "at_most", "more", "at_least"]), pair)
            .prop_map(|(name, (x, y))| json!({name: [x, y]})),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| json!({"not": one})),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| json!({"all": parts})),
            prop::collection::vec(inner, 1..3).prop_map(|parts| json!({"any": parts})),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Every condition is decided, and its opposite the other way.
    #[test]
    fn every_condition_is_decided(
        condition in any_condition(),
        a in "[0-3]?", b in "(0|1|x)?", items in prop::collection::btree_set("[a-c]", 0..3),
    ) {
        let mut draft = json!({"a": a, "b": b, "items": items});
        for item in &items {
            draft[format!("items/{item}/size")] = json!("2");
        }
        prop_assert_ne!(holds(&condition, &draft), holds(&json!({"not": condition}), &draft));
    }

    /// What a condition hides keeps its letters, and changes nothing that is seen.
    #[test]
    fn a_condition_never_changes_an_answer_that_it_hides(first in "\\PC{0,20}", name in "\\PC{0,20}") {
        let shown = json!({"first": first, "signed.name": name});
        let hidden = with(shown.clone(), &json!({"home.country": "fr"}));
        let before = answers(&hidden);
        let review = review(rich(), &before, TODAY);
        prop_assert_eq!(&before, &answers(&hidden));
        prop_assert!(review.hidden.iter().any(|key| key == "first"));
        prop_assert_eq!(review.faults, look(&json!({"home.country": "fr"})).faults);
        // and comes back as it was
        prop_assert_eq!(look(&shown), look(&json!({"first": first, "signed.name": name})));
    }
}
