//! Kinds of question: fields, files, partial dates, shared lists, what is sensitive; printed and copied out.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{TODAY, answers, rich};
use serde_json::{Value, json};
use waymark_forms::pack::{AnswerKind, Counter, RecordField};
use waymark_forms::printed::{PrintedEntry, PrintedValue};
use waymark_forms::review::FaultKind;
use waymark_forms::{
    Place, Sensitive, accepts, copied_out, find_question, keys, ordered, prefills, returns, reusable, review,
    shape_ok,
};

fn faults(draft: &Value) -> Vec<(String, FaultKind)> {
    let review = review(rich(), &answers(draft), TODAY);
    review.faults.into_iter().map(|fault| (fault.key, fault.fault)).collect()
}

fn fault_of(key: &str, value: &Value) -> Option<FaultKind> {
    faults(&json!({key: value})).into_iter().find(|(at, _)| at == key).map(|(_, fault)| fault)
}

#[test]
fn fields_have_keys_of_their_own_and_the_whole_has_none() {
    let pack = rich();
    for key in ["home.line_1", "home.country", "visa.on_their_site", "signed.date", "guardian.on_their_site"]
    {
        assert!(accepts(pack, key), "{key}");
    }
    for key in [
        "home",
        "home.",
        "home.nothing",
        "home.line_1.x",
        ".city",
        "visa.city",
        "birth.on_their_site",
        "both",
        "average",
        "courses.course",
        "courses/a.b/course",
        "courses/a/course.x",
        "signed.on_their_site",
        "home/a/city",
    ] {
        assert!(!accepts(pack, key), "{key}");
        assert!(!shape_ok(pack, key, &json!("x")), "{key}");
    }
    assert!(matches!(find_question(pack, "home"), Some(Place::Whole(_))));
    assert!(matches!(find_question(pack, "both"), Some(Place::Whole(_))));
    assert!(shape_ok(pack, "home.city", &json!("x")) && !shape_ok(pack, "home.city", &json!(true)));
    assert!(shape_ok(pack, "visa.on_their_site", &json!(true)));
    assert!(!shape_ok(pack, "visa.on_their_site", &json!("yes")));
    let draft = answers(&json!({"courses": ["a"]}));
    let places = keys(pack, &draft);
    assert!(places.iter().all(|key| accepts(pack, key)));
    assert_eq!(places[..4], ["home.line_1", "home.city", "home.country", "home.region"]);
    assert_eq!(places[4..8], ["visa", "visa.on_their_site", "guardian.full_name", "guardian.email"]);
}

#[test]
fn fields_are_asked_for_once_any_is_answered_or_the_whole_is_required() {
    let missing = |draft: &Value| -> Vec<String> {
        let found = faults(draft).into_iter().filter(|(_, fault)| *fault == FaultKind::Missing);
        found.map(|(key, _)| key).filter(|key| key.contains('.')).collect()
    };
    let signed = ["signed.name".to_owned(), "signed.date".to_owned()];
    assert_eq!(missing(&json!({}))[1..], signed);
    assert_eq!(missing(&json!({}))[0], "guardian.full_name");
    assert_eq!(
        missing(&json!({"home.city": "Amherst"}))[..3],
        ["home.line_1".to_owned(), "home.country".to_owned(), "guardian.full_name".to_owned()]
    );
    // a field may depend on another of the same question
    assert!(missing(&json!({"home.country": "mx"})).contains(&"home.region".to_owned()));
    let review = review(rich(), &answers(&json!({"home.country": "fr"})), TODAY);
    assert!(review.hidden.contains(&"home.region".to_owned()));
}

#[test]
fn limits_of_fields_hold_on_their_border_with_emoji_marks_and_line_breaks() {
    for right in ["1234567890", "12345678\u{1f600}", "12345678e\u{301}", "12345678\r\n9", "12345678’\u{a0}"]
    {
        assert_eq!(fault_of("home.city", &json!(right)), None, "{right:?}");
    }
    for over in
        ["12345678901", "123456789\u{1f600}", "123456789e\u{301}", "123456789\r\n0", "123456789’\u{a0}"]
    {
        let fault = FaultKind::TooLong { counter: Counter::Utf16Units, count: 11, limit: 10 };
        assert_eq!(fault_of("home.city", &json!(over)), Some(fault), "{over:?}");
    }
}

#[test]
fn a_sensitive_question_left_to_the_target_is_complete_and_keeps_what_was_written() {
    let draft = json!({"visa": "kept", "visa.on_their_site": true, "guardian.full_name": "",
                       "guardian.on_their_site": true});
    let found = faults(&draft);
    assert!(
        found.iter().all(|(key, _)| !key.starts_with("visa") && !key.starts_with("guardian")),
        "{found:?}"
    );
    let off = json!({"visa.on_their_site": false});
    assert!(faults(&off).contains(&("visa".to_owned(), FaultKind::Missing)));
    // the mark means nothing where it is not a plain yes
    assert!(
        faults(&json!({"visa.on_their_site": "true"})).contains(&("visa".to_owned(), FaultKind::Missing))
    );
}

#[test]
fn what_is_sensitive_is_printed_only_where_it_was_ticked_and_never_reused() {
    let pack = rich();
    let draft = answers(&json!({"visa": "Sample visa", "guardian.full_name": "Sample Guardian",
                                "guardian.email": "g@example.org", "signed.name": "Sample"}));
    let printed = |sensitive| serde_json::to_string(&ordered(pack, &draft, sensitive)).unwrap();
    let left_out = printed(Sensitive::LeftOut);
    assert!(
        !left_out.contains("Sample visa") && !left_out.contains("Guardian") && !left_out.contains("visa")
    );
    let ticked = ["visa".to_owned()];
    let some = printed(Sensitive::Ticked(&ticked));
    assert!(some.contains("Sample visa") && !some.contains("Sample Guardian"));
    let all = printed(Sensitive::All);
    assert!(all.contains("Sample visa") && all.contains("Sample Guardian") && all.contains("g@example.org"));
    for (key, again) in [
        ("home.city", true),
        ("courses", true),
        ("courses/a/course", true),
        ("visa", false),
        ("visa.on_their_site", false),
        ("guardian.email", false),
        ("signed.name", false),
        ("nothing", false),
    ] {
        assert_eq!(reusable(pack, key), again, "{key}");
    }
}

#[test]
fn partial_dates_go_as_far_as_they_are_known() {
    for right in ["2019", "2019-05", "2019-05-07", "1900", TODAY] {
        assert_eq!(fault_of("since", &json!(right)), None, "{right}");
    }
    for wrong in
        ["19", "2019-", "2019-13", "2019--07", "2019-02-30", "2019-5", "1899", "May 2019", "-019", "２０１９"]
    {
        assert_eq!(fault_of("since", &json!(wrong)), Some(FaultKind::NotADate), "{wrong}");
    }
    for later in ["2027", "2026-12", "2026-11-24"] {
        assert_eq!(fault_of("since", &json!(later)), Some(FaultKind::InTheFuture), "{later}");
    }
}

#[test]
fn a_file_is_known_by_its_name_and_size() {
    for right in [json!({"name": "resume.PDF"}), json!({"name": "a.b.docx ", "bytes": 1000, "sha256": "00"})]
    {
        assert_eq!(fault_of("resume", &right), None, "{right}");
        assert!(shape_ok(rich(), "resume", &right));
    }
    let kind = FaultKind::FileKind { accepted: vec!["pdf".to_owned(), "docx".to_owned()] };
    for wrong in ["resume.exe", "resume", "pdf", "resume.pdf.exe", "../../x", "CON", "résumé.\u{202e}fdp"] {
        assert_eq!(fault_of("resume", &json!({"name": wrong})), Some(kind.clone()), "{wrong}");
    }
    let large = FaultKind::FileTooLarge { bytes: 1001, limit: 1000 };
    assert_eq!(fault_of("resume", &json!({"name": "r.pdf", "bytes": 1001})), Some(large));
    for odd in [
        json!("resume.pdf"),
        json!({"name": 1}),
        json!({"name": "a.pdf", "path": "/x"}),
        json!({"bytes": 1}),
        json!({"name": "a.pdf", "bytes": -1}),
    ] {
        assert!(!shape_ok(rich(), "resume", &odd), "{odd}");
        assert_eq!(fault_of("resume", &odd), Some(FaultKind::NotAFile), "{odd}");
    }
    assert_eq!(fault_of("resume", &json!({"name": " "})), None);
}

#[test]
fn a_shared_list_answers_every_question_that_names_it() {
    assert_eq!(fault_of("birth", &json!("mx")), None);
    assert_eq!(fault_of("birth", &json!("de")), Some(FaultKind::NotAChoice));
    assert_eq!(fault_of("home.country", &json!("de")), Some(FaultKind::NotAChoice));
    let Some(Place::Question(birth)) = find_question(rich(), "birth") else { panic!("birth") };
    assert!(matches!(&birth.answer, AnswerKind::Choice { choices, list: Some(_) } if choices.is_empty()));
    assert_eq!(rich().choices(&birth.answer).unwrap().len(), 3);
}

#[test]
fn the_record_fills_fields_and_takes_back_what_is_not_sensitive() {
    let line = ("home.line_1".to_owned(), RecordField::AddressLine1);
    assert_eq!((prefills(rich()), returns(rich())), (vec![line.clone()], vec![line]));
}

#[test]
fn fields_are_printed_one_by_one_under_both_names() {
    let draft = answers(
        &json!({"home.city": "Amherst", "home.country": "mx", "since": "2019", "birth": "fr",
        "resume": {"name": "resume.pdf"}, "courses": ["a"], "courses/a/grade": "4", "visa.on_their_site": true}),
    );
    let printed = ordered(rich(), &draft, Sensitive::All);
    let entries: Vec<_> = printed.iter().flat_map(|section| &section.entries).collect();
    let of = |key: &str| {
        entries
            .iter()
            .find_map(|entry| match entry {
                PrintedEntry::Answer(answer) if answer.key == key => {
                    Some((answer.label["en"].as_str(), &answer.value))
                }
                _ => None,
            })
            .unwrap()
    };
    let text = |text: &str| PrintedValue::Text { text: text.to_owned() };
    assert_eq!(of("home.city"), ("home: city", &text("Amherst")));
    assert!(matches!(of("home.country").1, PrintedValue::Choices { chosen } if chosen[0]["en"] == "Mexico"));
    assert_eq!(of("since").1, &PrintedValue::Year { year: 2019 });
    assert_eq!(of("resume").1, &text("resume.pdf"));
    assert_eq!(of("visa").1, &PrintedValue::OnTheirSite);
    assert_eq!(of("average").1, &text("4"));
    assert_eq!(of("qualifies").1, &PrintedValue::YesNo { yes: true });
}

#[test]
fn answers_are_copied_out_in_the_target_s_order_and_words() {
    let draft = answers(&json!({"home.line_1": "1 Sample St", "home.city": "Amherst", "birth": "us",
        "courses": ["b", "a"], "courses/a/course": "Art", "courses/b/course": "Biology", "visa": "x"}));
    let lines = copied_out(rich(), &draft, Sensitive::LeftOut);
    let keys: Vec<&str> = lines.iter().map(|line| line.answer.key.as_str()).collect();
    assert_eq!(
        keys[..13],
        [
            "birth",
            "courses/b/course",
            "courses/b/grade",
            "courses/b/credits",
            "courses/b/status",
            "courses/a/course",
            "courses/a/grade",
            "courses/a/credits",
            "courses/a/status",
            "home.city",
            "home.country",
            "home.line_1",
            "since"
        ]
    );
    let city = lines.iter().find(|line| line.answer.key == "home.city").unwrap();
    assert_eq!(city.answer.label["en"], "Where you live: city");
    assert_eq!(city.page.as_ref().unwrap()["en"], "Profile");
    assert_eq!(lines[1].item.as_ref().unwrap().1, 1);
    assert!(!keys.contains(&"visa"));
    let all = copied_out(rich(), &draft, Sensitive::All);
    assert!(all.iter().any(|line| line.answer.key == "visa"));
}
