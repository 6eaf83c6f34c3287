//! What must hold of a printed career page.

#![allow(clippy::unwrap_used, reason = "a test may end so")]

mod support;

use support::{assert_holds, career, pages_of, paragraph, text_of};
use waymark_documents::{
    CareerBlock, CareerRun, CareerSource, DocumentError, Extent, Language, PayFigure, Press,
};

fn press() -> Press {
    Press::new(&[]).unwrap()
}

#[test]
fn the_full_page_has_everything() {
    let pdf = press().career_pdf(&career(), Extent::Full).unwrap();
    for text in [
        "Backend Architect",
        "Very High",
        "$122,340",
        "$239,200 or more",
        "What they do",
        "Plan services, and write down why.",
        "Computer systems design and related services 598,730 36.1 %",
        "O*NET 30.2 Database",
    ] {
        assert_holds(&pdf.bytes, text);
    }
    assert!(pdf.accessible);
    assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
}

#[test]
fn the_one_page_has_the_brief_sections_and_their_sources_only() {
    let mut sheet = career();
    sheet.sources.push(CareerSource { number: 4, text: "Named by nothing that is printed".into() });
    let pdf = press().career_pdf(&sheet, Extent::OnePage).unwrap();
    assert_eq!(pdf.pages, 1);
    assert!(pdf.accessible);
    for text in ["Overview", "How to get there", "Pay where you live", "O*NET 30.2 Database"] {
        assert_holds(&pdf.bytes, text);
    }
    let text = text_of(&pdf.bytes);
    for absent in ["Whattheydo", "Wheretheywork", "Namedbynothing", "Shortened"] {
        assert!(!text.contains(absent), "{absent}");
    }
}

#[test]
fn too_much_text_for_one_page_is_shortened_by_whole_paragraphs_and_says_so() {
    let mut sheet = career();
    let long = "A sentence that makes the overview rather longer than a page can hold. ".repeat(8);
    for number in 0..12 {
        sheet.sections[0].blocks.push(paragraph(&format!("Paragraph {number}: {long}End {number}."), 1));
    }
    let pdf = press().career_pdf(&sheet, Extent::OnePage).unwrap();
    assert_eq!(pdf.pages, 1);
    assert_holds(&pdf.bytes, "Shortened to fit one page.");
    assert_holds(&pdf.bytes, "How to get there");
    let text = text_of(&pdf.bytes);
    let printed = |what: &str| (0..12).filter(|number| text.contains(&format!("{what}{number}"))).count();
    assert!(printed("Paragraph") > 0 && printed("Paragraph") < 12, "{}", printed("Paragraph"));
    // 1 is the beginning of 10 and 11, so count the ends with their full stops
    let ends = (0..12).filter(|number| text.contains(&format!("End{number}."))).count();
    let begins = (0..12).filter(|number| text.contains(&format!("Paragraph{number}:"))).count();
    assert_eq!(begins, ends);
}

#[test]
fn words_that_announce_a_list_are_left_out_with_it() {
    let items = |text: &str| CareerBlock::List(vec![vec![CareerRun::Text(text.repeat(30))]]);
    let long = "A sentence of some length about what comes next. ";
    // each length drops the text at another place
    for before in 1..6 {
        let mut sheet = career();
        sheet.sections.truncate(1);
        sheet.sections[0].blocks = (0..before).map(|_| paragraph(&long.repeat(9), 1)).collect();
        for _ in 0..3 {
            sheet.sections[0].blocks.push(paragraph("Three things matter here:", 1));
            sheet.sections[0].blocks.push(items(long));
        }
        let pdf = press().career_pdf(&sheet, Extent::OnePage).unwrap();
        assert_eq!(pdf.pages, 1);
        assert_holds(&pdf.bytes, "Shortened to fit one page.");
        let text = text_of(&pdf.bytes);
        assert_eq!(text.matches("matterhere:").count(), text.matches('•').count(), "{before}: {text}");
    }
}

#[test]
fn a_table_breaks_only_after_three_of_its_rows() {
    let mut sheet = career();
    let mut table = sheet.tables.remove(0);
    table.rows =
        (10..22).map(|row| vec![format!("Row{row}."), "1,000".into(), "not published".into()]).collect();
    sheet.tables = vec![table];
    let mut broken = 0;
    for lines in 0..30 {
        sheet.sections[1].blocks = (0..lines).map(|_| paragraph("A line.", 1)).collect();
        let pdf = press().career_pdf(&sheet, Extent::Full).unwrap();
        assert!(pdf.accessible);
        let pages = pages_of(&pdf.bytes);
        let first = pages.iter().find(|page| page.contains("Row10.")).unwrap();
        let rows = (10..22).filter(|row| first.contains(&format!("Row{row}."))).count();
        assert!(rows >= 3 && first.contains("Wheretheywork"), "{rows} rows after {lines} lines");
        broken += usize::from(rows < 12);
    }
    assert!(broken > 0, "no table was broken");
}

#[test]
fn pay_without_any_number_is_a_table_of_words() {
    let mut sheet = career();
    let none = PayFigure { text: "paid by the hour".into(), value: None };
    for row in &mut sheet.pay.as_mut().unwrap().rows {
        for figure in [&mut row.p10, &mut row.p25, &mut row.p50, &mut row.p75, &mut row.p90] {
            figure.clone_from(&none);
        }
    }
    let pdf = press().career_pdf(&sheet, Extent::OnePage).unwrap();
    assert_eq!(text_of(&pdf.bytes).matches("paidbythehour").count(), 15);
    assert!(!text_of(&pdf.bytes).contains("$0"));
}

#[test]
fn a_page_without_pay_facts_sections_or_sources_prints() {
    let mut sheet = career();
    sheet.pay = None;
    sheet.facts.clear();
    sheet.sections.clear();
    sheet.tables.clear();
    sheet.sources.clear();
    for extent in [Extent::OnePage, Extent::Full] {
        assert_eq!(press().career_pdf(&sheet, extent).unwrap().pages, 1);
    }
}

#[test]
fn a_table_with_a_row_of_another_width_is_refused_by_its_place() {
    let mut sheet = career();
    sheet.tables[0].rows[2].pop();
    let error = press().career_pdf(&sheet, Extent::Full).unwrap_err();
    assert_eq!(error, DocumentError::Table { table: 0, row: 2 });
    assert_eq!(error.code(), "documents.table");
}

#[test]
fn the_fixed_words_are_in_spanish_where_asked() {
    let mut sheet = career();
    sheet.language = Language::Es;
    let pdf = press().career_pdf(&sheet, Extent::OnePage).unwrap();
    for text in ["La mitad gana menos", "Fuentes", "Impreso el", "Página 1 de 1"] {
        assert_holds(&pdf.bytes, text);
    }
}
