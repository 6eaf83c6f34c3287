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
async fn two_to_four_careers_become_one_document_or_spreadsheet_the_same_each_time() {
    let room = first_run();
    let slugs = [CAREER, "3d-animator", "ai-researcher", "api-developer", "ai-ethics-specialist"];
    let input = |count: usize| json!({ "slugs": slugs[..count], "place": "MA18140", "language": "es", "today": "2026-11-23" });
    for (operation, name, begins) in [
        ("careers.compare_pdf", "Carreras lado a lado 2026-11-23.pdf", &b"%PDF"[..]),
        ("careers.compare_xlsx", "Carreras lado a lado 2026-11-23.xlsx", b"PK"),
    ] {
        for count in [2, 4] {
            let document = room.document(operation, input(count)).await.unwrap();
            assert_eq!((document.name.as_str(), document.missing.as_slice()), (name, [].as_slice()));
            assert!(document.bytes.starts_with(begins), "{operation}");
            let again = room.document(operation, input(count)).await.unwrap();
            assert!(document.bytes == again.bytes, "{operation}: other bytes");
        }
        for count in [0, 1, 5] {
            let refused = room.document(operation, input(count)).await.unwrap_err();
            assert_eq!(refused.code, "careers.compare_count", "{operation} {count}");
        }
        let mut other = input(2);
        other["slugs"] = json!([CAREER, "no-such-career"]);
        assert_eq!(room.document(operation, other).await.unwrap_err().code, "careers.not_found");
        let mut other = input(2);
        other["today"] = json!("../../2026");
        assert_eq!(room.document(operation, other).await.unwrap_err().code, "operation.bad_input");
    }
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
