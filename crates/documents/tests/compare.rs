//! Careers side by side on paper.

#![allow(clippy::unwrap_used, reason = "a test may end so")]

mod support;

use support::{assert_holds, pages_of, text_of};
use waymark_documents::{
    CareerPayRow, CompareCareer, CompareCell, CompareGroup, ComparePay, ComparePlace, CompareRow,
    CompareSheet, DocumentError, Language, PayFigure, Press,
};

fn press() -> Press {
    Press::new(&[]).unwrap()
}

fn cell(text: &str) -> CompareCell {
    CompareCell { text: text.into(), highest: false, bar: None }
}

/// So many careers, each with a long title, and every kind of cell.
fn sheet(count: usize) -> CompareSheet {
    let career = |at: usize| CompareCareer {
        title: format!("Career number {at} of those that are called by a long and winding title"),
        field: "Health Science · an occupation of its own (29-1141)".into(),
    };
    let rows = |label: &str, bar: Option<f64>| CompareRow {
        label: label.into(),
        cells: (0..count)
            .map(|at| CompareCell { highest: at == 1, bar, ..cell(&format!("{at}.50")) })
            .collect(),
    };
    let group = |heading: &str, bar| CompareGroup {
        heading: heading.into(),
        sources: vec![1],
        rows: ["First fact", "Second fact", "Third fact", "Fourth fact"].map(|label| rows(label, bar)).into(),
    };
    let figure = |value: f64| PayFigure { text: format!("${value}"), value: Some(value) };
    let pay = |at: usize| CareerPayRow {
        place: career(at).title,
        p10: figure(20_000.0),
        p25: figure(30_000.0),
        p50: figure(40_000.0 + 1_000.0 * f64::from(u32::try_from(at).unwrap())),
        p75: figure(50_000.0),
        p90: PayFigure { text: "at least $239,200".into(), value: None },
    };
    CompareSheet {
        language: Language::En,
        title: "Careers side by side".into(),
        note: "Pay is shown for Sampletown.".into(),
        printed: "November 23, 2026".into(),
        careers: (0..count).map(career).collect(),
        groups: vec![group("Jobs", None), group("Interests", Some(0.4)), group("Getting in", None)],
        pay: Some(ComparePay {
            heading: "Pay, on one scale".into(),
            note: "May 2025, before tax.".into(),
            sources: vec![2],
            places: ["Sampletown", "United States"]
                .map(|name| ComparePlace { name: name.into(), rows: (0..count).map(pay).collect() })
                .into(),
        }),
        sources: support::career().sources,
        attribution: "This product includes information from a database.".into(),
    }
}

#[test]
fn two_to_four_careers_stand_on_paper_across_with_their_sources() {
    for count in 2..=4 {
        let pdf = press().compare_pdf(&sheet(count)).unwrap();
        assert!(pdf.accessible && pdf.missing.is_empty(), "{count}");
        assert!(pdf.pages <= 3, "{count}: {} pages", pdf.pages);
        for text in
            ["Careers side by side", "Fourth fact", "Pay, on one scale", "at least $239,200", "Sources"]
        {
            assert_holds(&pdf.bytes, text);
        }
        assert_holds(&pdf.bytes, "This product includes information");
        let document = lopdf::Document::load_mem(&pdf.bytes).unwrap();
        for (_, page) in document.get_pages() {
            let size = document.get_dictionary(page).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
            let numbers: Vec<f32> = size.iter().map(|number| number.as_float().unwrap()).collect();
            assert!(numbers[2] > numbers[3], "across: {numbers:?}");
        }
    }
}

#[test]
fn the_head_with_the_careers_stands_on_every_page_of_a_long_table() {
    let mut long = sheet(3);
    for at in 0..12 {
        let mut group = long.groups[0].clone();
        group.heading = format!("Group {at}");
        long.groups.push(group);
    }
    long.pay = None;
    long.sources.clear();
    let pages = pages_of(&press().compare_pdf(&long).unwrap().bytes);
    assert!(pages.len() > 1);
    for page in &pages {
        assert!(page.contains("Careernumber2"), "{page}");
    }
}

#[test]
fn a_group_s_heading_never_ends_a_page() {
    let press = press();
    let mut broken = 0;
    for rows in 20..60 {
        let mut sheet = sheet(2);
        let row = sheet.groups[0].rows[0].clone();
        sheet.groups.truncate(2);
        sheet.groups[0].rows = vec![row; rows];
        sheet.groups[1].heading = "Lonely".into();
        sheet.groups[1].rows.truncate(1);
        sheet.groups[1].rows[0].label = "Companion".into();
        (sheet.pay, sheet.sources) = (None, Vec::new());
        let pages = pages_of(&press.compare_pdf(&sheet).unwrap().bytes);
        let on = |text: &str| pages.iter().position(|page| page.contains(text)).unwrap();
        assert_eq!(on("Lonely"), on("Companion"), "after {rows} rows");
        broken = broken.max(on("Lonely"));
    }
    assert!(broken > 0, "no table was broken");
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let press = press();
    assert_eq!(press.compare_pdf(&sheet(2)).unwrap().bytes, press.compare_pdf(&sheet(2)).unwrap().bytes);
}

#[test]
fn what_looks_like_markup_is_text() {
    let mut hostile = sheet(2);
    hostile.careers[0].title = "#panic() *x* $y$ <script>".into();
    hostile.groups[0].rows[0].cells[0].text = "#eval(\"1+1\") \\ [x]".into();
    let pdf = press().compare_pdf(&hostile).unwrap();
    assert!(text_of(&pdf.bytes).contains("#panic()*x*$y$<script>"));
    assert_holds(&pdf.bytes, "#eval(\"1+1\") \\ [x]");
}

#[test]
fn a_row_with_another_number_of_cells_is_refused_by_its_place() {
    let mut wrong = sheet(3);
    wrong.groups[1].rows[2].cells.pop();
    assert_eq!(press().compare_pdf(&wrong).unwrap_err(), DocumentError::Table { table: 1, row: 2 });
}

#[test]
fn pay_without_any_number_or_no_pay_at_all_prints() {
    let mut none = sheet(2);
    for row in none.pay.as_mut().unwrap().places.iter_mut().flat_map(|place| &mut place.rows) {
        for figure in [&mut row.p10, &mut row.p25, &mut row.p50, &mut row.p75, &mut row.p90] {
            *figure = PayFigure { text: "not published".into(), value: None };
        }
    }
    let pdf = press().compare_pdf(&none).unwrap();
    assert!(pdf.accessible && !text_of(&pdf.bytes).contains("Barthemiddlehalf"));
    none.pay = None;
    assert!(press().compare_pdf(&none).unwrap().accessible);
}
