//! What must hold of a printed application.

#![allow(clippy::unwrap_used, reason = "a test may end so")]

mod support;

use lopdf::{Document, Object};
use support::{application, assert_holds, entry, short, text_of, whole_application};
use waymark_documents::{Answer, Language, Press};

fn press() -> Press {
    Press::new(&[]).unwrap()
}

#[test]
fn every_label_and_answer_is_on_the_paper() {
    let pdf = press().application_pdf(&whole_application()).unwrap();
    for text in [
        "General admission application",
        "Sample Middle Student",
        "sample.student@example.org",
        "12 Example Street",
        "Example High School",
        "Music theory",
        "Why did you change schools? Not answered",
        "Activities None added",
        "I have read the answers above and they are my own. Yes",
    ] {
        assert_holds(&pdf.bytes, text);
    }
    assert_holds(&pdf.bytes, support::STATEMENT);
    assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
}

#[test]
fn each_page_says_that_it_is_a_draft_and_which_page_it_is() {
    let mut sheet = whole_application();
    sheet.sections.extend(whole_application().sections);
    let pdf = press().application_pdf(&sheet).unwrap();
    let document = Document::load_mem(&pdf.bytes).unwrap();
    assert!(pdf.pages > 2);
    assert_eq!(document.get_pages().len(), pdf.pages);
    for page in 1..=u32::try_from(pdf.pages).unwrap() {
        let text = support::squeezed(&document.extract_text(&[page]).unwrap());
        assert!(text.contains("Draft,notsubmitted"), "page {page}: {text}");
        assert!(text.contains(&format!("Page{page}of{}", pdf.pages)), "page {page}: {text}");
    }
}

#[test]
fn the_fixed_words_are_in_the_readers_language() {
    let mut sheet = whole_application();
    sheet.language = Language::Es;
    sheet.programme = None;
    let pdf = press().application_pdf(&sheet).unwrap();
    for text in
        ["Borrador, no enviado", "Página 1 de", "Sin respuesta", "Sin decidir", "Programa de estudios"]
    {
        assert_holds(&pdf.bytes, text);
    }
    let text = text_of(&pdf.bytes);
    for word in ["Draft", "Notanswered", "Notdecided", "Noneadded"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn both_languages_have_the_same_fixed_words() {
    let words = [
        include_str!("../../../data/templates/words.en.json"),
        include_str!("../../../data/templates/words.es.json"),
    ]
    .map(|text| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).unwrap());
    let [en, es] = words;
    assert_eq!(en.keys().collect::<Vec<_>>(), es.keys().collect::<Vec<_>>());
    for (key, word) in &en {
        let holes = |text: &str| text.matches('{').count();
        assert_eq!(holes(word.as_str().unwrap()), holes(es[key].as_str().unwrap()), "{key}");
    }
}

#[test]
fn the_document_is_tagged_and_names_its_title_and_language() {
    let pdf = press().application_pdf(&whole_application()).unwrap();
    assert!(pdf.accessible);
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let catalog = document.catalog().unwrap();
    assert!(catalog.has(b"StructTreeRoot"));
    let marked = catalog.get(b"MarkInfo").and_then(Object::as_dict).and_then(|info| info.get(b"Marked"));
    assert!(marked.and_then(Object::as_bool).unwrap());
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).unwrap(), b"en-US");
    let metadata = catalog.get(b"Metadata").and_then(Object::as_reference).unwrap();
    let stream = document.get_object(metadata).and_then(Object::as_stream).unwrap();
    let metadata =
        String::from_utf8(stream.decompressed_content().unwrap_or(stream.content.clone())).unwrap();
    assert!(metadata.contains("General admission application – Sample Student"), "{metadata}");
    assert!(metadata.contains("pdfuaid:part"), "{metadata}");
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let press = press();
    let sheet = whole_application();
    assert_eq!(press.application_pdf(&sheet).unwrap(), press.application_pdf(&sheet).unwrap());
}

#[test]
fn one_press_prints_from_many_threads() {
    let press = press();
    let alone = press.application_pdf(&whole_application()).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| press.application_pdf(&whole_application()).unwrap())).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
}

#[test]
fn an_empty_application_still_prints() {
    let mut sheet = application(Vec::new());
    sheet.student = String::new();
    sheet.form = String::new();
    let pdf = press().application_pdf(&sheet).unwrap();
    assert_eq!(pdf.pages, 1);
    assert_holds(&pdf.bytes, "No questions here");
    let nothing = Answer::Long(" \r\n ".into());
    let pdf = press()
        .application_pdf(&application(vec![entry("Statement", nothing), short("Name", "  ")]))
        .unwrap();
    assert_holds(&pdf.bytes, "Statement Not answered Name Not answered");
}
