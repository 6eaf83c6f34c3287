//! What must hold of a printed record of disclosures.

#![allow(clippy::unwrap_used, reason = "a test may end so")]

mod support;

use support::assert_holds;
use waymark_documents::{DisclosuresSheet, Language, Press};

fn sheet(rows: Vec<[String; 4]>) -> DisclosuresSheet {
    DisclosuresSheet {
        language: Language::En,
        title: "Record of disclosures".into(),
        student: "Sample Student".into(),
        note: "Every document that left.".into(),
        none: "Nothing has left.".into(),
        printed: "November 30, 2026".into(),
        heads: ["When", "What", "Received by", "Legitimate interest"].map(str::to_owned),
        rows,
    }
}

fn row(party: &str) -> [String; 4] {
    ["November 30, 2026", "Application as PDF", party, "Decides on admission"].map(str::to_owned)
}

#[test]
fn every_party_and_interest_is_on_the_paper_on_as_many_pages_as_it_takes() {
    let press = Press::new(&[]).unwrap();
    let rows = (0..120).map(|at| row(&format!("Example College {at}"))).collect();
    let pdf = press.disclosures_pdf(&sheet(rows)).unwrap();
    for text in [
        "Sample Student",
        "Every document that left.",
        "Received by",
        "Example College 0",
        "Example College 119",
    ] {
        assert_holds(&pdf.bytes, text);
    }
    assert!(pdf.pages > 2 && pdf.accessible, "{} pages", pdf.pages);
}

#[test]
fn a_record_without_disclosures_says_so() {
    let pdf = Press::new(&[]).unwrap().disclosures_pdf(&sheet(Vec::new())).unwrap();
    assert_holds(&pdf.bytes, "Nothing has left.");
    assert_eq!(pdf.pages, 1);
}

#[test]
fn what_a_person_typed_is_never_markup() {
    let pdf =
        Press::new(&[]).unwrap().disclosures_pdf(&sheet(vec![row("#panic(\"x\") *bold* $x$ @ref")])).unwrap();
    assert_holds(&pdf.bytes, "#panic(\"x\") *bold* $x$ @ref");
}
