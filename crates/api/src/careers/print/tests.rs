//! Real careers on paper.

pub(super) mod said;
#[path = "../../../../catalogue/tests/common/shipped.rs"]
mod shipped;

use std::sync::OnceLock;

use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{Career, Figure, Language, Relation};
use waymark_documents::{CareerBlock, CareerRun, CareerSheet, Extent, Press};

use super::*;

const TODAY: &str = "2026-11-23";
pub(super) const LANGUAGES: [Language; 2] = [Language::En, Language::Es];
const CAREERS: [&str; 5] =
    ["3d-animator", "ai-ethics-specialist", "ai-researcher", "api-developer", "backend-architect"];
const KINDS: [Figure; 6] = [
    Figure::Value { value: 122_340.0 },
    Figure::AtLeast { value: 239_200.0 },
    Figure::NotPublished,
    Figure::NotRated,
    Figure::HourlyOnly,
    Figure::NotProvided,
];

fn catalogue() -> &'static Catalogue {
    static OPEN: OnceLock<Catalogue> = OnceLock::new();
    OPEN.get_or_init(|| {
        let program = std::env::current_exe().unwrap();
        Catalogue::open(&shipped::shipped(program.parent().unwrap())).unwrap()
    })
}

pub(super) fn career(slug: &str, place: &str, language: Language) -> Career {
    catalogue().career(slug, place, language).unwrap().unwrap()
}

pub(super) fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| Press::new(&[]).unwrap())
}

fn backend(language: Language) -> Career {
    career("backend-architect", "MA18140", language)
}

fn whole_sheet(career: &Career, language: Language) -> CareerSheet {
    sheet(career, language, TODAY, true).unwrap()
}

/// All words of a sheet, as one text.
fn text(sheet: &CareerSheet) -> String {
    serde_json::to_string(sheet).unwrap()
}

fn assert_holds(sheet: &CareerSheet, expected: &[&str]) {
    let text = text(sheet);
    for words in expected {
        assert!(text.contains(words), "“{words}” is missing");
    }
}

#[test]
fn every_career_fits_one_page_in_both_languages_and_every_letter_has_a_font() {
    for slug in CAREERS {
        for language in LANGUAGES {
            for place in ["MA18140", "US"] {
                let sheet = sheet(&career(slug, place, language), language, TODAY, false).unwrap();
                let rendered = press().career_pdf(&sheet, Extent::OnePage).unwrap();
                assert_eq!(
                    (rendered.pages, rendered.missing),
                    (1, Vec::new()),
                    "{slug} {language:?} {place}"
                );
                assert!(rendered.accessible && rendered.bytes.starts_with(b"%PDF"), "{slug} {language:?}");
            }
        }
    }
}

/// Occupations whose guides are the longest, and others from all over the list.
fn sample() -> Vec<(usize, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/guides");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let slug = |file: &std::path::PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        text.lines()
            .find_map(|line| Some(line.strip_prefix("slug = \"")?.trim_end_matches('"').to_owned()))
            .unwrap()
    };
    let mut sample: Vec<_> = files.iter().step_by(files.len() / 20).map(slug).collect();
    files.sort_by_key(|file| std::cmp::Reverse(std::fs::metadata(file).unwrap().len()));
    sample.extend(files.iter().take(20).map(slug));
    sample.into_iter().enumerate().collect()
}

#[test]
fn forty_occupations_keep_to_one_sheet_with_their_whole_guide() {
    let sample = sample();
    assert!(sample.len() >= 40);
    for (at, slug) in sample {
        let language = LANGUAGES[at % 2];
        let sheet = sheet(&career(&slug, "MA18140", language), language, TODAY, false).unwrap();
        let rendered = press().career_pdf(&sheet, Extent::OnePage).unwrap();
        assert_eq!((rendered.pages, rendered.missing), (1, Vec::new()), "{slug} {language:?}");
        assert!(rendered.accessible, "{slug}");
        assert_eq!(sheet.sections.len(), 5, "{slug}");
        let document = lopdf::Document::load_mem(&rendered.bytes).unwrap();
        let read: String = document.extract_text(&[1]).unwrap().split_whitespace().collect();
        assert!(!read.contains("Shortened") && !read.contains("Resumido"), "{slug} {language:?}");
        let written =
            if at % 2 == 0 { "This short guide was written on" } else { "Esta guía breve se escribió el" };
        assert_holds(&sheet, &[written]);
    }
}

#[test]
fn whole_pages_of_common_rare_hourly_unrated_and_military_occupations_print() {
    for slug in ["registered-nurses", "actors", "surgeons-all-other", "air-crew-officers", "chief-executives"]
    {
        for language in LANGUAGES {
            let sheet = whole_sheet(&career(slug, "MA18140", language), language);
            let rendered = press().career_pdf(&sheet, Extent::Full).unwrap();
            assert!((2..=10).contains(&rendered.pages), "{slug}: {} pages", rendered.pages);
            assert!(rendered.accessible && rendered.missing.is_empty(), "{slug} {language:?}");
        }
    }
}

#[test]
fn a_short_guide_says_what_it_was_written_from_and_that_nobody_reviewed_it() {
    let nurses = career("registered-nurses", "MA18140", Language::En);
    let sheet = whole_sheet(&nurses, Language::En);
    let headings: Vec<_> = sheet.sections.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(
        headings,
        [
            "What they do",
            "What people like about it",
            "What people find hard",
            "How people get in",
            "How far this page can be relied on"
        ]
    );
    assert_holds(
        &sheet,
        &[
            "from these sources: O*NET 30.1 Database; Employment Projections",
            "Nobody in the job has reviewed it yet.",
        ],
    );
    assert_holds(&sheet, &["Also called: ", " more."]);
    assert_eq!(sheet.summary, "", "the guide begins with it");
    assert!(
        sheet
            .attribution
            .starts_with("This product includes information from the O*NET 30.0, 30.1, 30.2 Databases")
    );
    let CareerBlock::Paragraph(runs) = &sheet.sections[4].blocks[0] else { panic!("a paragraph") };
    let marks: Vec<_> = runs.iter().filter(|run| matches!(run, CareerRun::Source(_))).collect();
    assert_eq!(marks.len(), 2, "a mark for each source");
}

#[test]
fn what_is_paid_by_the_hour_is_said_by_the_hour_and_never_multiplied() {
    let actors = career("actors", "US", Language::En);
    let hourly = actors.pay[0].hourly.clone().unwrap();
    let Figure::Value { value: middle } = hourly.p50 else { panic!("a wage") };
    let sheet = whole_sheet(&actors, Language::En);
    assert_eq!(sheet.facts[1].value, format!("${middle:.2} an hour"));
    let pay = sheet.pay.as_ref().unwrap();
    assert_eq!(pay.rows[0].place, "United States, dollars an hour");
    assert_eq!((pay.rows[0].p50.text.clone(), pay.rows[0].p50.value), (format!("${middle:.2}"), None));
    assert!(pay.note.contains("so the source gives no yearly figure, and none is worked out here"));
    assert!(!text(&sheet).contains(&reader::whole(middle * 2080.0)));
}

#[test]
fn the_armed_forces_are_said_to_be_in_no_survey() {
    let crew = career("air-crew-officers", "MA18140", Language::En);
    let sheet = whole_sheet(&crew, Language::En);
    assert!(sheet.pay.is_none());
    assert!(sheet.facts.iter().all(|fact| fact.value == "Not counted" && fact.sources.is_empty()));
    assert_holds(&sheet, &["The government surveys of jobs and pay leave out the armed forces."]);
    assert!(!text(&sheet).contains("to protect employers"), "nothing was held back");
}

#[test]
fn an_occupation_in_two_fields_or_in_none_has_its_line() {
    let mut nurses = career("registered-nurses", "US", Language::En);
    nurses.fields.push(waymark_catalogue::shapes::Named { id: "x".into(), name: "Second Field".into() });
    let line = |career: &Career| whole_sheet(career, Language::En).field;
    assert_eq!(line(&nurses), "Health Science, Second Field · an occupation of its own (29-1141)");
    nurses.fields.clear();
    assert_eq!(line(&nurses), format!("{} · an occupation of its own (29-1141)", nurses.group.name));
}

#[test]
fn the_whole_page_has_every_part_in_english() {
    let career = backend(Language::En);
    let sheet = whole_sheet(&career, Language::En);
    assert_eq!(sheet.field, "Information Technology · a specialty of Software Developers (15-1252)");
    assert_holds(
        &sheet,
        &[
            "Jobs growing 15.8%",
            "Software Developers, 2024 to 2034; all occupations +3.1%. 115,200 openings a year, mostly replacing",
            "Middle pay, Columbus, OH",
            "$122,340",
            "Half earn less. Software Developers, May 2025.",
            "Bachelor’s degree",
            "“Very High” demand",
            "And “$145,000+” pay. The page gives no source",
            "Pay where you live",
            "The self-employed (1.6%) are not counted.",
            "Also called: Back-end architect",
            "This guide was written on November 23, 2026. Nobody who does this work has reviewed it yet.",
            "Nobody",
            "Largest industries",
            "Most important skills",
            "Investigative: finding out",
            "Kubernetes",
            "CIP code",
            "about $135,980",
            "U.S. Bureau of Labor Statistics, release May 2025, May 15, 2026. Public domain",
            "O*NET 30.1 Database. U.S. Department of Labor, Employment and Training Administration, December 2025. CC BY 4.0.",
        ],
    );
    let headings: Vec<_> = sheet.sections.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(headings.len(), 21);
    assert_eq!(headings[..2], ["How far this page can be relied on", "Overview"]);
    assert_eq!(headings[20], "What the original page says");
    let rendered = press().career_pdf(&sheet, Extent::Full).unwrap();
    assert!(rendered.pages > 5 && rendered.missing.is_empty() && rendered.accessible);
}

#[test]
fn the_whole_page_has_every_part_in_spanish() {
    let sheet = whole_sheet(&backend(Language::Es), Language::Es);
    assert_eq!(
        sheet.field,
        "Tecnología de la información · una especialidad de Desarrollo de software (15-1252)"
    );
    assert_holds(
        &sheet,
        &[
            "El empleo crece 15.8\u{a0}%",
            "todas las ocupaciones, +3.1\u{a0}%. 115,200 vacantes al año",
            "$122,340",
            "mayo de 2025",
            "Licenciatura",
            "Demanda “Very High”",
            "Estados Unidos",
            "Esta guía se escribió el 23 de noviembre de 2026",
            "Las habilidades más importantes",
            "Dominio público (obra del gobierno de EE. UU.)",
            "La página con la que empezó este proyecto",
        ],
    );
    assert_eq!(sheet.printed, "23 de noviembre de 2026");
    let rendered = press().career_pdf(&sheet, Extent::Full).unwrap();
    assert!(rendered.pages > 5 && rendered.missing.is_empty() && rendered.accessible);
}

/// Source numbers in the order in which they stand on paper, tables apart.
fn numbers(sheet: &CareerSheet) -> Vec<u32> {
    let mut found: Vec<u32> = sheet.facts.iter().flat_map(|fact| fact.sources.clone()).collect();
    found.extend(sheet.pay.iter().flat_map(|pay| pay.sources.clone()));
    for block in sheet.sections.iter().flat_map(|section| &section.blocks) {
        let runs: Vec<&CareerRun> = match block {
            CareerBlock::Paragraph(runs) => runs.iter().collect(),
            CareerBlock::List(items) => items.iter().flatten().collect(),
        };
        found.extend(
            runs.iter()
                .filter_map(|run| if let CareerRun::Source(number) = run { Some(number) } else { None }),
        );
    }
    found
}

#[test]
fn sources_are_numbered_where_they_are_first_named() {
    for slug in CAREERS {
        for full in [true, false] {
            let sheet = sheet(&career(slug, "MA18140", Language::En), Language::En, TODAY, full).unwrap();
            let mut first = Vec::new();
            for number in numbers(&sheet) {
                if !first.contains(&number) {
                    first.push(number);
                }
            }
            let named: Vec<u32> = (1..).take(first.len()).collect();
            assert_eq!(first, named, "{slug}");
            let listed: Vec<u32> = sheet.sources.iter().map(|source| source.number).collect();
            assert_eq!(listed, (1..).take(listed.len()).collect::<Vec<u32>>());
            assert!(listed.len() >= named.len() && (full || listed == named), "{slug}");
        }
    }
}

#[test]
fn marks_that_follow_each_other_are_kept_apart() {
    let mut career = backend(Language::En);
    let source = |id: &str| Run::Source { source: id.into() };
    let runs = vec![source("oews"), source("onet")];
    career.guide.sections[0].blocks = vec![Block::Paragraph { runs }];
    let sheet = whole_sheet(&career, Language::En);
    let CareerBlock::Paragraph(runs) = &sheet.sections[1].blocks[0] else { panic!("a paragraph") };
    assert!(
        matches!(&runs[..], [CareerRun::Source(_), CareerRun::Text(space), CareerRun::Source(_)] if space == " ")
    );
}

#[test]
fn the_one_sheet_has_paragraphs_alone_and_no_line_that_leads_to_nothing() {
    for slug in CAREERS {
        let sheet = sheet(&career(slug, "US", Language::En), Language::En, TODAY, false).unwrap();
        assert!(sheet.tables.is_empty() && sheet.sections.len() == 4);
        for block in sheet.sections.iter().flat_map(|section| &section.blocks) {
            let CareerBlock::Paragraph(runs) = block else { panic!("a list on the one sheet") };
            let last = runs.iter().rev().find_map(|run| match run {
                CareerRun::Text(text) | CareerRun::Strong(text) => Some(text),
                CareerRun::Source(_) => None,
            });
            assert!(last.is_none_or(|text| !text.ends_with(':')), "{slug}: {last:?}");
        }
    }
}

#[test]
fn every_kind_of_figure_has_its_own_words_and_only_a_plain_number_is_drawn() {
    let expected = [
        ["$122,340", "at least $239,200", "not published", "not rated", "paid by the hour", "not provided"],
        ["$122,340", "al menos $239,200", "no se publica", "sin calificar", "se paga por hora", "sin dato"],
    ];
    for (language, expected) in LANGUAGES.into_iter().zip(expected) {
        for (figure, words) in KINDS.into_iter().zip(expected) {
            let mut career = backend(language);
            for pay in &mut career.pay {
                (pay.p10, pay.p25, pay.p50, pay.p75, pay.p90) = (figure, figure, figure, figure, figure);
            }
            let sheet = sheet(&career, language, TODAY, false).unwrap();
            assert_eq!(sheet.facts[1].value, words);
            let pay = sheet.pay.as_ref().unwrap();
            for row in &pay.rows {
                for cell in [&row.p10, &row.p25, &row.p50, &row.p75, &row.p90] {
                    assert_eq!(cell.text, words);
                    assert_eq!(cell.value.is_some(), matches!(figure, Figure::Value { .. }));
                }
            }
            let rendered = press().career_pdf(&sheet, Extent::OnePage).unwrap();
            assert_eq!((rendered.pages, rendered.missing), (1, Vec::new()), "{words}");
        }
    }
}

#[test]
fn where_too_few_were_asked_only_the_middle_is_shown_and_the_note_says_why() {
    let mut career = backend(Language::En);
    career.pay[0].too_few = true;
    career.pay[0].p10 = Figure::NotPublished;
    let pay = whole_sheet(&career, Language::En).pay.unwrap();
    let row = &pay.rows[0];
    let texts = [&row.p10, &row.p25, &row.p50, &row.p75, &row.p90].map(|cell| cell.text.as_str());
    assert_eq!(texts, ["not published", "too uncertain", "$122,340", "too uncertain", "too uncertain"]);
    assert!(row.p25.value.is_none() && row.p50.value == Some(122_340.0) && pay.rows[1].p25.value.is_some());
    assert!(
        pay.note.contains("Columbus, OH: only the middle is shown, because there are about 50 jobs or fewer")
    );
}

#[test]
fn a_place_without_pay_says_so_beside_the_nearest_that_has_it() {
    let mut career = backend(Language::En);
    career.pay[0].p50 = Figure::NotPublished;
    let fact = &whole_sheet(&career, Language::En).facts[1];
    assert_eq!((fact.label.as_str(), fact.value.as_str()), ("Middle pay, Ohio", "$114,090"));
    assert!(fact.note.ends_with("Columbus, OH: not published."), "{}", fact.note);
}

#[test]
fn the_outlook_says_why_jobs_open_only_where_it_is_known() {
    let value = |value| Figure::Value { value };
    let note = |growth, openings, replacement| {
        let mut career = backend(Language::En);
        career.outlook.growth_percent = growth;
        career.outlook.openings = openings;
        career.outlook.replacement = replacement;
        let fact = whole_sheet(&career, Language::En).facts.remove(0);
        (fact.value, fact.note)
    };
    let (said, because) = note(value(-10.0), value(542_600.0), value(600_000.0));
    assert_eq!(said, "Jobs shrinking 10%");
    assert!(because.ends_with("542,600 openings a year, mostly replacing people who leave."), "{because}");
    let (said, because) = note(value(0.04), value(1000.0), value(100.0));
    assert_eq!(said, "Jobs staying level");
    assert!(because.ends_with("1,000 openings a year, mostly new jobs."), "{because}");
    let (said, because) = note(Figure::NotProvided, value(1000.0), Figure::NotProvided);
    assert_eq!(said, "Growth not provided");
    assert!(because.ends_with("1,000 openings a year."), "{because}");
    let (_, because) = note(value(1.0), Figure::NotPublished, value(5.0));
    assert!(because.ends_with("Openings a year: not published."), "{because}");
}

#[test]
fn who_is_left_out_is_said_as_loudly_as_it_matters() {
    let note = |figure| {
        let mut career = backend(Language::En);
        career.outlook.self_employed_percent = figure;
        whole_sheet(&career, Language::En).pay.unwrap().note
    };
    let value = |value| Figure::Value { value };
    assert!(note(value(1.6)).contains("The self-employed (1.6%) are not counted."));
    assert!(note(value(17.7)).contains("17.7% of people in this occupation work for themselves."));
    assert!(note(value(61.5)).contains("Most people in this occupation work for themselves: 61.5%."));
    assert!(note(Figure::NotProvided).contains("how many they are is not provided"));
}

#[test]
fn ratings_that_are_missing_are_called_not_rated() {
    let mut career = backend(Language::En);
    for rating in &mut career.ratings {
        (rating.importance, rating.level) = (Figure::NotRated, Figure::NotRated);
    }
    career.interests = None;
    let sheet = whole_sheet(&career, Language::En);
    let unrated = sheet.tables.last().unwrap();
    assert_eq!(unrated.heading, "Not rated");
    assert!(
        unrated.columns[0].starts_with("The source has no ratings of these kinds for Software Developers")
    );
    let named: Vec<_> = unrated.rows.concat();
    assert_eq!(named[..2], ["Most important skills", "Most important knowledge"]);
    assert_eq!(named.len(), 6, "{named:?}");
    assert!(sheet.tables.iter().all(|table| table.heading != "Most important skills"));
    assert!(press().career_pdf(&sheet, Extent::Full).is_ok());
}

#[test]
fn a_page_without_a_guide_or_with_one_in_the_other_language_says_so() {
    let mut bare = backend(Language::En);
    (bare.guide.sections, bare.originals, bare.relation_note) = (Vec::new(), Vec::new(), String::new());
    bare.relation = Relation::Same;
    let one = sheet(&bare, Language::En, TODAY, false).unwrap();
    assert!(one.field.ends_with("an occupation of its own (15-1252)"));
    assert_eq!((one.sections.len(), one.facts.len()), (1, 3));
    assert_holds(&one, &["Nobody has written a guide to this occupation yet."]);
    assert_eq!(press().career_pdf(&one, Extent::OnePage).unwrap().pages, 1);
    let english = backend(Language::En);
    assert_holds(
        &whole_sheet(&english, Language::Es),
        &["Esta guía está en inglés; todavía no hay una en español."],
    );
}
