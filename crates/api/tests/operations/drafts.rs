//! What somebody types is kept, letter by letter, in every version.

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use crate::support::open;

/// Questions that take a text of any length.
const TEXTS: [&str; 12] = [
    "full_name",
    "preferred_name",
    "address_line_1",
    "address_line_2",
    "city",
    "region",
    "postal_code",
    "statement",
    "more_text",
    "helped_how",
    "institution",
    "programme",
];

/// Texts that programs like to change.
const HOSTILE: [&str; 12] = [
    "'; DROP TABLE answer; --",
    " \t leading and trailing blanks \u{a0}\u{3000} ",
    "line\r\nline\nline\rline\u{2028}line\u{2029}\n\n",
    "\u{feff}a mark at the beginning",
    "e\u{301} and é, \u{212b} and \u{c5}, ﬁ and fi",
    "\u{202e}right to left\u{202c} \u{200f}\u{200b}\u{200d}\u{ad}",
    "👩🏽‍🚀🏳️‍🌈 \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "שלום مرحبا नमस्ते 漢字 ไทย",
    "NUL \u{0} BEL \u{7} ESC \u{1b} DEL \u{7f} and U+FFFF \u{ffff}",
    "{{curly}} <b>markup</b> %s %n ${env} \\u0041 \\\" ' `",
    "#set page(fill: red) $x$ *bold* _it_ @ref // comment",
    "null",
];

#[tokio::test]
async fn hostile_texts_come_back_as_they_were_typed() {
    let room = open().await;
    let application = room.application(None).await;
    let typed: Map<String, Value> =
        TEXTS.into_iter().zip(HOSTILE).map(|(key, text)| (key.to_owned(), text.into())).collect();
    room.call("applications.save", json!({ "id": application, "answers": typed })).await;
    room.reopen().await;
    let answers = room.answers(&application).await;
    for (key, text) in &typed {
        assert_eq!(&answers[key], text, "{key}");
    }
    let student = room.student(HOSTILE[7]).await;
    assert_eq!(room.names().await, [HOSTILE[7]]);
    let edit = json!({ "name": HOSTILE[5], "graduation_year": null, "school_id": HOSTILE[0] });
    room.call("students.edit", json!({ "id": student, "student": edit })).await;
    let page = room.call("students.show", json!({ "id": student, "language": "en" })).await;
    assert_eq!(
        (&page["student"]["name"], &page["student"]["school_id"]),
        (&edit["name"], &edit["school_id"])
    );
}

#[tokio::test]
async fn ten_megabytes_are_kept_and_more_than_the_program_keeps_is_refused() {
    let room = open().await;
    let application = room.application(None).await;
    let long = "ñ漢🙂 a\n".repeat(10 * 1024 * 1024 / 12 + 1);
    assert!(long.len() >= 10 * 1024 * 1024);
    room.save(&application, "statement", long.as_str()).await;
    room.reopen().await;
    assert!(room.answers(&application).await["statement"] == long.as_str(), "letters were lost");
    let too_long = json!({ "id": application, "answers": { "statement": "x".repeat(32 * 1024 * 1024 + 1) } });
    assert_eq!(room.code("applications.save", too_long).await, "applications.too_large");
    assert!(
        room.answers(&application).await["statement"] == long.as_str(),
        "a refused save changed the draft"
    );
}

#[tokio::test]
async fn lists_of_items_are_kept_with_their_answers() {
    let room = open().await;
    let application = room.application(None).await;
    let answers = json!({
        "schools": ["first", "second"], "schools/first/name": "Example High School", "schools/second/attending": "yes",
        "tests_taken": "no", "citizenship": "another_country", "true_and_complete": true,
    });
    room.call("applications.save", json!({ "id": application, "answers": answers })).await;
    room.reopen().await;
    let kept = room.answers(&application).await;
    for (key, value) in answers.as_object().unwrap() {
        assert_eq!(&kept[key], value, "{key}");
    }
    room.save(&application, "tests_taken", Value::Null).await;
    assert!(room.answers(&application).await.get("tests_taken").is_none(), "a null takes the answer away");
}

#[tokio::test]
async fn every_version_can_be_seen_and_made_the_draft_again() {
    let room = open().await;
    let application = room.application(None).await;
    let first = room.save(&application, "statement", "first").await["version"].clone();
    room.clock.forward(SignedDuration::from_mins(11));
    let second = room.save(&application, "statement", "second").await["version"].clone();
    assert_ne!(first, second, "a pause opens a new version");
    room.save(&application, "more_text", "more").await;

    let restored = room.call("applications.restore", json!({ "id": application, "number": first })).await;
    let answers = room.answers(&application).await;
    assert_eq!((&answers["statement"], answers.get("more_text")), (&json!("first"), None));
    let version = |number: &Value| json!({ "id": application, "number": number });
    let then = room.call("applications.version", version(&second)).await;
    assert_eq!(
        (&then["answers"]["statement"], &then["answers"]["more_text"]),
        (&json!("second"), &json!("more"))
    );

    let versions = room.call("applications.versions", json!({ "id": application })).await;
    assert_eq!(versions[0]["number"], restored["version"]);
    assert_eq!(versions[0]["restored_from"], first);
    assert_eq!(
        room.code("applications.version", version(&json!(99))).await,
        "applications.version_not_found"
    );
    assert_eq!(
        room.code("applications.restore", version(&json!(99))).await,
        "applications.version_not_found"
    );

    room.call("changes.undo", json!({ "change": restored["change"] })).await;
    assert_eq!(room.answers(&application).await["statement"], "second");
}

#[tokio::test]
async fn an_answer_must_have_a_place_and_the_shape_of_it() {
    let room = open().await;
    let application = room.application(None).await;
    let save = |key: &str, value: Value| json!({ "id": application, "answers": { key: value } });
    for key in ["no_such_question", "schools/first/no_such", "schools/../name", "statement/first/name", ""] {
        let code = room.code("applications.save", save(key, json!("x"))).await;
        assert_eq!(code, "applications.unknown_question", "{key}");
    }
    for value in [json!(3), json!({ "a": "b" }), json!([1]), json!(true)] {
        assert_eq!(
            room.code("applications.save", save("statement", value)).await,
            "applications.wrong_shape"
        );
    }
    let mixed = json!({ "id": application, "answers": { "statement": "kept?", "no_such_question": "x" } });
    assert_eq!(room.code("applications.save", mixed).await, "applications.unknown_question");
    assert!(room.answers(&application).await.get("statement").is_none(), "a refused save is refused whole");
    let start = json!({
        "plan": { "student_id": null, "career": null, "programme": null, "institution": null },
        "form": "no-such-form", "language": "en",
    });
    assert_eq!(room.code("applications.start", start).await, "applications.unknown_form");
}
