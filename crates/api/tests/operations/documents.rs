//! Careers and applications as PDF.

use serde_json::{Value, json};

use crate::support::{CAREER, first_run, open};

fn print(language: &str, full: bool) -> Value {
    json!({ "slug": CAREER, "place": "MA18140", "language": language, "full": full, "today": "2026-11-23" })
}

#[tokio::test]
async fn a_career_is_printed_in_both_languages_on_one_sheet_or_whole_without_open_records() {
    let room = first_run();
    for (language, name) in [("en", "Career"), ("es", "Carrera")] {
        let one = room.document("careers.pdf", print(language, false)).await.unwrap();
        let whole = room.document("careers.pdf", print(language, true)).await.unwrap();
        for document in [&one, &whole] {
            assert_eq!(document.name, format!("{name} {CAREER} 2026-11-23.pdf"));
            assert_eq!(
                (document.media_type, document.missing.as_slice()),
                ("application/pdf", [].as_slice())
            );
            assert!(document.bytes.starts_with(b"%PDF"));
        }
        assert!(whole.bytes.len() > one.bytes.len());
    }
}

#[tokio::test]
async fn a_day_that_is_none_puts_nothing_into_the_name_of_the_file() {
    let room = first_run();
    let mut input = print("en", false);
    input["today"] = json!("../../2026/x");
    let name = room.document("careers.pdf", input).await.unwrap().name;
    assert_eq!(name, format!("Career {CAREER} 2026.pdf"));
}

#[tokio::test]
async fn a_career_or_a_draft_that_is_not_there_is_not_printed() {
    let room = open().await;
    let mut input = print("en", true);
    input["slug"] = json!("no-such-career");
    assert_eq!(room.document("careers.pdf", input).await.unwrap_err().code, "careers.not_found");
    let nothing = json!({ "id": "no-such-draft", "language": "en", "today": "2026-11-23" });
    assert_eq!(room.document("applications.pdf", nothing).await.unwrap_err().code, "applications.not_found");
}

#[tokio::test]
async fn an_application_is_printed_and_its_file_names_no_student() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let application = room.application(Some(&student)).await;
    room.save(&application, "statement", "A line.\n\nAnother line with 漢.").await;
    let input = json!({ "id": application, "language": "es", "today": "2026-11-23" });
    let document = room.document("applications.pdf", input).await.unwrap();
    assert_eq!(document.name, "Solicitud 2026-11-23.pdf");
    assert!(document.bytes.starts_with(b"%PDF"));
    assert_eq!(document.missing, ['漢'], "a letter that no font has is reported");
}
