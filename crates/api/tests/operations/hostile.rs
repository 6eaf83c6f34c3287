//! What nobody means to type and somebody does, in every text that the contract takes: it is kept letter for letter or
//! refused by name, and breaks nothing.

use serde_json::{Value, json};

use crate::support::{CAREER, Room, id, open};

/// Scripts, marks that turn the writing round, emoji, NUL, formulas, paths, and a megabyte of letters.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "<script>window.hurt = 1</script><img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>{{7*7}}${7*7}</textarea>",
        "'; DROP TABLE student; -- \" OR 1=1",
        "\u{202e}gnp.eman\u{202c} \u{2066}left\u{2069} \u{200f}right\u{200e} zero\u{200b}width\u{200d}\u{feff}x",
        "\u{1f469}\u{1f3fd}\u{200d}\u{1f393} e\u{301} z\u{351}\u{36b}\u{343}\u{36a} \u{fdfd} \u{10fffd}",
        "a\u{0}b\u{1}c\u{7f}d\u{85}e\u{2028}f",
        "=HYPERLINK(\"http://example.invalid\") +1 -1 @SUM(A1)",
        "../../etc/passwd C:\\con\\aux %00 %n%s \\u0000 NULL NaN 1e999",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("Ten letters of café \u{1f44d}. ".repeat(40_000) + "End");
    texts
}

/// A text of a megabyte is not printed where it differs.
fn same(kept: &Value, text: &str) {
    let kept = kept.as_str().unwrap_or_default();
    assert!(kept == text, "{} bytes of {} came back", kept.len(), text.len());
}

async fn student_named(room: &Room, name: &str) -> Value {
    let student = json!({ "name": name, "graduation_year": 2027, "school_id": name });
    let student = id(&room.call("students.add", student).await);
    room.call("students.show", json!({ "id": student, "language": "en" })).await
}

#[tokio::test]
async fn every_text_comes_back_letter_for_letter() {
    let room = open().await;
    for text in hostile() {
        let page = student_named(&room, &text).await;
        let student = page["student"]["id"].clone();
        same(&page["student"]["name"], &text);
        same(&page["student"]["school_id"], &text);
        let found = room.call("students.list", json!({ "text": text, "graduation_year": null })).await;
        assert!(found.is_array());

        let plan = json!({ "student_id": student, "career": CAREER, "programme": text, "institution": text });
        let start = json!({ "plan": plan, "form": null, "language": "en" });
        let draft = id(&room.call("applications.start", start).await);
        room.save(&draft, "statement", text.as_str()).await;
        let opened = room.call("applications.open", json!({ "id": draft })).await;
        same(&opened["answers"]["statement"], &text);
        same(&opened["application"]["plan"]["institution"], &text);

        let note = json!({ "slug": CAREER, "text": text });
        same(&room.call("careers.save_note", note).await["text"], &text);
        let search = json!({ "id": null, "name": text, "query": text });
        room.call("careers.save_search", search).await;
    }
    room.reopen().await;
    let searches = room.call("careers.saved_searches", json!({})).await;
    assert_eq!(searches.as_array().unwrap().len(), hostile().len());
    let students = room.call("students.list", json!({ "text": "", "graduation_year": null })).await;
    assert_eq!(students.as_array().unwrap().len(), hostile().len());
}

#[tokio::test]
async fn every_search_takes_any_text() {
    let room = open().await;
    room.student("Sample Student").await;
    for text in hostile() {
        room.call("palette.find", json!({ "text": text, "language": "en" })).await;
        room.call("careers.places", json!({ "text": text, "language": "es" })).await;
        let query = json!({
            "text": text, "filters": { "field": [text], "letter": [text] }, "sort": "name", "offset": 0,
            "limit": 10, "place": text, "language": "en",
        });
        room.call("careers.search", query).await;
    }
}

#[tokio::test]
async fn a_hostile_draft_prints_and_its_file_s_name_is_a_plain_one() {
    let room = open().await;
    for text in hostile() {
        let page = student_named(&room, &text).await;
        let draft = room.application(page["student"]["id"].as_str()).await;
        room.save(&draft, "statement", text.as_str()).await;
        let print = json!({ "id": draft, "language": "en", "today": "2026-11-23" });
        match room.document("applications.pdf", print).await {
            Ok(document) => {
                let forbidden = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
                assert!(!document.name.contains(forbidden), "{:?}", document.name);
                assert!(
                    document.name.len() < 250 && !document.name.starts_with('.'),
                    "{}",
                    document.name.len()
                );
            }
            Err(error) => assert_eq!(error.code, "documents.too_long"),
        }
    }
}

#[tokio::test]
async fn hostile_rows_of_a_roster_are_kept_or_named() {
    let room = open().await;
    for (number, text) in hostile().into_iter().enumerate() {
        let cell = format!("\"{} {number}\"", text.replace('"', "\"\""));
        let roster = json!({ "text": format!("name,year,id\n{cell},2027,{number}\n"), "columns": null });
        let check = room.call("students.check_roster", roster.clone()).await;
        assert_eq!(check["faults"], json!([]), "{number}");
        room.call("students.import_roster", roster).await;
        let kept = room.names().await;
        let kept: Vec<&String> = kept.iter().filter(|name| name.ends_with(&format!(" {number}"))).collect();
        assert!(kept == [&format!("{text} {number}")], "{number}");
    }
}
