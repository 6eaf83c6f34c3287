//! Real careers side by side.

use waymark_catalogue::shapes::{Career, EducationShare, Figure, HourlyPay, Language};
use waymark_documents::{Book, BookCell, BookSheet, CompareSheet};

use super::super::tests::{LANGUAGES, career, press};
use super::words::{CompareWords, EN, ES};
use super::*;

const DAY: Date = Date::constant(2026, 11, 23);
const SLUGS: [&str; 4] = ["backend-architect", "3d-animator", "ai-researcher", "ai-ethics-specialist"];

fn careers(count: usize, language: Language) -> Vec<Career> {
    SLUGS.iter().take(count).map(|slug| career(slug, "MA18140", language)).collect()
}

fn printed(careers: &[Career], language: Language) -> CompareSheet {
    sheet(careers, language, DAY).unwrap()
}

fn made(careers: &[Career], language: Language) -> Book {
    book::book(careers, Comparer::new(language).unwrap(), DAY).unwrap()
}

fn text(sheet: &CompareSheet) -> String {
    serde_json::to_string(sheet).unwrap()
}

fn named<'a>(book: &'a Book, name: &str) -> &'a BookSheet {
    book.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("{name} is missing"))
}

/// The cells of the first row that has this text among its first two.
fn row<'a>(sheet: &'a BookSheet, head: &str) -> &'a [BookCell] {
    let has = |row: &&Vec<BookCell>| row.iter().take(2).any(|cell| *cell == BookCell::Text(head.to_owned()));
    sheet.rows.iter().find(has).unwrap_or_else(|| panic!("{head} is missing"))
}

#[test]
fn two_to_four_careers_print_in_both_languages_and_every_letter_has_a_font() {
    for language in LANGUAGES {
        for count in 2..=4 {
            let sheet = printed(&careers(count, language), language);
            let rendered = press().compare_pdf(&sheet).unwrap();
            assert!(rendered.accessible && rendered.missing.is_empty(), "{language:?} {count}");
            assert!(rendered.pages <= 3, "{language:?} {count}: {} pages", rendered.pages);
            assert!(sheet.careers.len() == count && sheet.pay.as_ref().unwrap().places.len() == 3);
            let left: Vec<_> = text(&sheet)
                .split('{')
                .skip(1)
                .filter(|rest| rest.starts_with(char::is_alphabetic))
                .map(str::to_owned)
                .collect();
            assert!(left.is_empty(), "unfilled: {left:?}");
        }
    }
}

#[test]
fn a_comparison_says_what_its_careers_pages_say() {
    let sheet = printed(&careers(2, Language::En), Language::En);
    let text = text(&sheet);
    for words in [
        "Careers side by side",
        "Pay is shown for Columbus, OH",
        "Change (all occupations: +3.1%)",
        "+15.8%",
        "Bachelor’s degree",
        "$122,340",
        "a specialty of Software Developers (15-1252)",
        "May 2025, before tax.",
        "Occupational Employment and Wage Statistics. U.S. Bureau of Labor Statistics, release May 2025, May 15, 2026",
        "This product includes information from the O*NET",
    ] {
        assert!(text.contains(words), "“{words}” is missing");
    }
    assert_eq!(sheet.printed, "November 23, 2026");
}

#[test]
fn only_the_highest_of_several_different_figures_is_marked() {
    let mut careers = careers(3, Language::En);
    let value = |value| Figure::Value { value };
    careers[0].outlook.growth_percent = value(1.0);
    careers[1].outlook.growth_percent = Figure::NotPublished;
    careers[2].outlook.growth_percent = value(4.5);
    for career in &mut careers {
        career.outlook.openings = value(7.0);
    }
    let sheet = printed(&careers, Language::En);
    let marked =
        |at: usize| -> Vec<bool> { sheet.groups[1].rows[at].cells.iter().map(|cell| cell.highest).collect() };
    assert_eq!((marked(0), marked(2)), (vec![false, false, true], vec![false; 3]));
    assert_eq!(sheet.groups[1].rows[0].cells[1].text, "not published");
}

#[test]
fn interests_are_drawn_on_their_whole_scale_and_said_where_not_rated() {
    let mut careers = careers(2, Language::En);
    careers[0].interests.as_mut().unwrap().realistic = 4.0;
    careers[1].interests = None;
    let sheet = printed(&careers, Language::En);
    let cells = &sheet.groups[3].rows[0].cells;
    assert_eq!((cells[0].text.as_str(), cells[0].bar), ("4.00", Some(0.5)));
    assert_eq!((cells[1].text.as_str(), cells[1].bar), ("not rated", None));
}

#[test]
fn a_share_that_is_held_back_may_be_the_largest_and_then_no_level_is_named() {
    let mut careers = careers(2, Language::En);
    let levels = |shares: &[Figure]| -> Vec<EducationShare> {
        (1..)
            .zip(shares)
            .map(|(category, share)| EducationShare { category, share_percent: *share })
            .collect()
    };
    let value = |value| Figure::Value { value };
    let required =
        |careers: &[Career]| printed(careers, Language::En).groups[2].rows[4].cells[0].text.clone();
    careers[0].education_shares = levels(&[value(22.5), value(19.4), Figure::NotPublished]);
    assert_eq!(required(&careers), "not published");
    careers[0].education_shares = levels(&[value(22.5), value(60.0), Figure::NotPublished]);
    assert_eq!(required(&careers), "High school diploma or equivalent (60%)");
    careers[0].education_shares = levels(&[Figure::NotRated, Figure::NotRated]);
    assert_eq!(required(&careers), "not rated");
}

/// A career that is paid by the hour at its last place, and one of the armed forces.
fn unusual() -> Vec<Career> {
    let mut careers = careers(3, Language::En);
    let none = Figure::HourlyOnly;
    let value = |value| Figure::Value { value };
    for pay in &mut careers[0].pay {
        (pay.p10, pay.p25, pay.p50, pay.p75, pay.p90) = (none, none, none, none, none);
        pay.too_few = false;
        let (p10, p90) = (value(16.5), Figure::AtLeast { value: 115.0 });
        pay.hourly = Some(HourlyPay { p10, p25: value(20.34), p50: value(29.05), p75: value(97.95), p90 });
    }
    careers[0].outlook.self_employed_percent = value(27.9);
    careers[1].occupation.soc = "55-1011".into();
    careers
}

#[test]
fn pay_by_the_hour_stays_by_the_hour_and_the_armed_forces_are_in_no_survey() {
    let careers = unusual();
    let sheet = printed(&careers, Language::En);
    let pay = sheet.pay.as_ref().unwrap();
    assert!(pay.places.iter().all(|place| place.rows.len() == 2));
    let hourly = &pay.places[2].rows[0];
    assert_eq!(hourly.place, "Backend Architect, dollars an hour");
    assert_eq!((hourly.p50.text.as_str(), hourly.p50.value), ("$29.05", None));
    assert_eq!(hourly.p90.text, "at least $115.00");
    assert!(pay.note.contains("Backend Architect: 27.9% of people in this occupation work for themselves."));
    assert!(
        sheet
            .note
            .contains("3D Animator: The government surveys of jobs and pay leave out the armed forces.")
    );
    assert!(!text(&sheet).contains("60,424"), "an hourly wage is never multiplied");
    assert!(press().compare_pdf(&sheet).unwrap().accessible);
    let book = made(&careers, Language::En);
    let by_the_hour = named(&book, "Pay by the hour");
    assert_eq!(by_the_hour.rows.len(), 3);
    assert_eq!(by_the_hour.rows[2][6], BookCell::Number { value: 29.05, digits: 2 });
    assert_eq!(by_the_hour.rows[2][8], BookCell::Text("at least $115.00".into()));
    let by_the_year = named(&book, "Pay by the year");
    assert_eq!(by_the_year.rows.len(), 6, "the armed forces have no row");
    assert_eq!(by_the_year.rows[0][6], BookCell::Text("paid by the hour".into()));
}

#[test]
fn where_too_few_were_asked_only_the_middle_is_in_either_document() {
    let mut careers = careers(2, Language::En);
    careers[1].pay[0].too_few = true;
    careers[1].pay[0].p10 = Figure::Value { value: 50_000.0 };
    careers[1].pay[0].p50 = Figure::Value { value: 60_000.0 };
    careers[1].pay[0].employment = Figure::Value { value: 40.0 };
    let sheet = printed(&careers, Language::En);
    let pay = sheet.pay.as_ref().unwrap();
    assert_eq!(pay.places[0].rows[1].p10.text, "too uncertain");
    assert!(pay.note.contains("3D Animator, Columbus, OH: about 40 people do this here"), "{}", pay.note);
    let book = made(&careers, Language::En);
    let row = &named(&book, "Pay by the year").rows[3];
    assert_eq!(row[4], BookCell::Text("too uncertain".into()));
    assert_eq!(row[6], BookCell::Number { value: 60_000.0, digits: 0 });
}

#[test]
fn the_spreadsheet_has_numbers_with_their_units_and_every_source() {
    let book = made(&careers(2, Language::En), Language::En);
    let comparison = named(&book, "Comparison");
    assert_eq!(comparison.columns, ["Part", "Measure", "Backend Architect", "3D Animator"]);
    let growth = row(comparison, "Change (all occupations: +3.1%) (percent)");
    assert_eq!(growth[2], BookCell::Number { value: 15.8, digits: 1 });
    assert_eq!(row(comparison, "O*NET-SOC code")[2], BookCell::Text("15-1252.00".into()));
    assert!(named(&book, "Pay by the year").columns.contains(&"Half earn less (dollars a year)".to_owned()));
    assert!(book.sheets.iter().all(|sheet| sheet.name != "Pay by the hour"));
    assert!(named(&book, "Ratings").rows.len() > 100);
    let sources = serde_json::to_string(&format!("{:?}", named(&book, "Sources"))).unwrap();
    for words in
        ["Employment Projections", "May 2025", "O*NET 30.1 Database", "CC BY 4.0", "This product includes"]
    {
        assert!(sources.contains(words), "{words}");
    }
    let spanish = made(&careers(2, Language::Es), Language::Es);
    assert_eq!(spanish.sheets[0].name, "Comparación");
    for book in [&book, &spanish] {
        let bytes = waymark_documents::xlsx(book).unwrap();
        assert!(bytes.starts_with(b"PK") && bytes == waymark_documents::xlsx(book).unwrap());
    }
}

#[test]
fn both_languages_have_the_same_words_and_the_same_values_in_them() {
    let [english, spanish] = [EN, ES].map(super::super::tests::said::values_of);
    assert_eq!(english, spanish);
    assert!(english.len() > 50 && LANGUAGES.into_iter().all(|language| CompareWords::of(language).is_ok()));
}
