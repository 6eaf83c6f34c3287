//! Spreadsheets are what they say: numbers to reckon with, texts that do nothing, and no trace of who made them.

#![allow(clippy::unwrap_used, reason = "a test may end so")]

use std::io::{Cursor, Read};

use waymark_documents::{Book, BookCell, BookSheet, DocumentError, xlsx};

fn text(words: &str) -> BookCell {
    BookCell::Text(words.into())
}

fn book() -> Book {
    let number = |value, digits| BookCell::Number { value, digits };
    let sheet = |name: &str, rows| BookSheet {
        name: name.into(),
        columns: vec!["Career".into(), "Half earn less (dollars a year)".into()],
        rows,
    };
    Book {
        title: "Careers side by side".into(),
        day: (2026, 11, 23),
        sheets: vec![
            sheet(
                "Pay",
                vec![
                    vec![text("Kite Makers"), number(31_000.0, 0)],
                    vec![text("Fog"), text("not published")],
                ],
            ),
            sheet(
                "Hostile",
                vec![
                    vec![text("=1+1"), text("@SUM(A1) <b>&\u{1}\u{0}")],
                    vec![text("ñ 漢 🦄"), number(-0.5, 2)],
                ],
            ),
        ],
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn numbers_are_numbers_and_what_is_missing_is_words() {
    let bytes = xlsx(&book()).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<v>31000</v>"), "{sheet}");
    let cell = |at: &str| {
        sheet.split(&format!("<c r=\"{at}\"")).nth(1).unwrap().split('>').next().unwrap().to_owned()
    };
    assert!(!cell("B2").contains("t=\"s\"") && cell("B3").contains("t=\"s\""), "{sheet}");
    let words = part(&bytes, "xl/sharedStrings.xml");
    for said in ["Kite Makers", "not published", "Half earn less (dollars a year)", "ñ 漢 🦄"] {
        assert!(words.contains(said), "{said}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("name=\"Hostile\""));
}

#[test]
fn no_text_is_ever_a_formula() {
    let bytes = xlsx(&book()).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(!sheet.contains("<f>"), "{sheet}");
    let words = part(&bytes, "xl/sharedStrings.xml");
    assert!(words.contains("=1+1") && words.contains("&lt;b&gt;&amp;"), "{words}");
    assert!(!words.contains(['\u{0}', '\u{1}']), "a character that XML forbids");
}

#[test]
fn the_same_book_is_the_same_bytes_and_names_nobody() {
    let bytes = xlsx(&book()).unwrap();
    assert_eq!(bytes, xlsx(&book()).unwrap());
    let about = part(&bytes, "docProps/core.xml");
    assert!(about.contains("2026-11-23T00:00:00Z") && about.contains("Careers side by side"), "{about}");
    for tag in ["dc:creator", "cp:lastModifiedBy"] {
        let written = about.split(&format!("<{tag}>")).nth(1).and_then(|rest| rest.split('<').next());
        assert_eq!(written.unwrap_or_default(), "", "{about}");
    }
    assert_ne!(bytes, xlsx(&Book { day: (2026, 11, 24), ..book() }).unwrap());
}

#[test]
fn a_row_of_another_width_or_a_day_that_is_none_is_refused() {
    let mut wrong = book();
    wrong.sheets[1].rows[0].pop();
    assert_eq!(xlsx(&wrong).unwrap_err(), DocumentError::Table { table: 1, row: 0 });
    let error = xlsx(&Book { day: (2026, 13, 40), ..book() }).unwrap_err();
    assert_eq!(error.code(), "documents.book");
}
