//! Every kind of fault is reported with its file and line, and all of them at once.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::{Data, Guide};
use waymark_catalogue::{Fault, FaultKind, build};

const KITE: &str = "careers/kite-maker.md";
const KITE_ES: &str = "careers/kite-maker.es.md";

/// What is done to the sample, and the fault that must follow.
struct Case {
    kind: FaultKind,
    file: &'static str,
    line: u32,
    harm: fn(&Data),
}

fn faults(data: &Data) -> Vec<Fault> {
    build(&data.path(), &data.out()).expect_err("the build must refuse the data").faults
}

/// Replaces a section's text in the guide of the kite maker.
fn section(id: &str, text: &str) -> impl Fn(&Data) {
    let guide = Guide::new("kite-maker", "Kite Maker").section(id, text);
    move |data| guide.write(data)
}

#[allow(clippy::too_many_lines)]
fn cases() -> Vec<Case> {
    use FaultKind as K;
    let case = |kind, file, line, harm| Case { kind, file, line, harm };
    vec![
        case(K::Unreadable, "facts/pay.tsv", 0, |d| {
            d.remove("facts/pay.tsv");
            std::fs::create_dir(d.path().join("facts/pay.tsv")).unwrap();
        }),
        case(K::Encoding, "facts/cluster.tsv", 4, |d| {
            let mut bytes = d.read("facts/cluster.tsv").into_bytes();
            let at = bytes.windows(3).position(|w| w == b"Mak").unwrap();
            bytes[at] = 0xff;
            std::fs::write(d.path().join("facts/cluster.tsv"), bytes).unwrap();
        }),
        case(K::Encoding, KITE, 3, |d| {
            d.replace(KITE, "title = \"Kite Maker\"\n", "title = \"Kite Maker\"\r\n");
        }),
        case(K::UnknownTable, "facts/moods.tsv", 0, |d| d.table("moods", "mood\ngood")),
        case(K::TableHeader, "facts/cluster.tsv", 1, |d| {
            d.replace("facts/cluster.tsv", "# source: made-up\n", "");
        }),
        case(K::TableHeader, "facts/cluster.tsv", 2, |d| {
            d.replace("facts/cluster.tsv", "# rows: 2", "# lines: 2");
        }),
        case(K::Columns, "facts/cluster.tsv", 3, |d| {
            d.replace("facts/cluster.tsv", "name\tname_es", "name\tnombre");
        }),
        case(K::RowCount, "facts/cluster.tsv", 2, |d| {
            d.replace("facts/cluster.tsv", "# rows: 2", "# rows: 3");
        }),
        case(K::CellCount, "facts/cluster.tsv", 4, |d| {
            d.replace("facts/cluster.tsv", "Making\t", "Making\t\t");
        }),
        case(K::EmptyCell, "facts/cluster.tsv", 4, |d| d.replace("facts/cluster.tsv", "\tMaking\t", "\t\t")),
        case(K::BadNumber, "facts/projection.tsv", 5, |d| {
            d.replace("facts/projection.tsv", "-50\t-10", "-50\t−10");
        }),
        case(K::BadNumber, "facts/occupation.tsv", 4, |d| {
            d.replace("facts/occupation.tsv", "making\t2", "making\t9");
        }),
        case(K::BadValue, "facts/technology.tsv", 5, |d| d.replace("facts/technology.tsv", "0\t1", "0\tyes")),
        case(K::BadValue, KITE, 11, |d| d.replace(KITE, "\"same\"", "\"similar\"")),
        case(K::DuplicateRow, "facts/soc_title.tsv", 5, |d| {
            d.replace("facts/soc_title.tsv", "11-2000", "11-1000");
        }),
        case(K::UnsortedRow, "facts/soc_title.tsv", 5, |d| {
            d.replace("facts/soc_title.tsv", "11-2000", "11-0900");
        }),
        case(K::UnknownSource, "facts/pay.tsv", 1, |d| {
            d.replace("facts/pay.tsv", "made-up", "made-up,hearsay");
        }),
        case(K::UnknownSource, KITE, 19, |d| section("overview", "Words[^hearsay].")(d)),
        case(K::UnknownOccupation, "facts/interest.tsv", 5, |d| {
            d.replace("facts/interest.tsv", "11-2000.01", "11-2000.02");
        }),
        case(K::UnknownOccupation, KITE, 10, |d| d.replace(KITE, "11-1000.00", "11-1000.09")),
        case(K::UnknownSoc, "facts/programme.tsv", 4, |d| {
            d.replace("facts/programme.tsv", "11-1000", "11-1001");
        }),
        case(K::UnknownCluster, "facts/occupation.tsv", 5, |d| {
            d.replace("facts/occupation.tsv", "weather", "climate");
        }),
        case(K::UnknownCluster, KITE, 12, |d| d.replace(KITE, "\"making\"", "\"doing\"")),
        case(K::UnknownElement, "facts/work_value.tsv", 4, |d| {
            d.replace("facts/work_value.tsv", "1.B", "1.Z");
        }),
        case(K::UnknownPlace, "facts/pay.tsv", 6, |d| d.replace("facts/pay.tsv", "ST39", "ST38")),
        case(K::UnknownPlace, "facts/place.tsv", 4, |d| {
            d.replace("facts/place.tsv", "ST39,ST21", "ST39,ST99");
        }),
        case(K::UnknownSubject, KITE, 13, |d| d.replace(KITE, "\"art\"", "\"art\", \"kites\"")),
        case(K::Toml, KITE, 4, |d| d.replace(KITE, "\"One sentence.\"", "One sentence.")),
        case(K::Toml, "facts/sources.toml", 2, |d| {
            d.replace("facts/sources.toml", "\"made-up\"", "\"made-up");
        }),
        case(K::MissingKey, KITE, 2, |d| d.replace(KITE, "reviewed = false\n", "")),
        case(K::MissingKey, "facts/sources.toml", 11, |d| {
            d.replace("facts/sources.toml", "title = \"Other made-up figures\"\n", "");
        }),
        case(K::UnknownKey, KITE, 14, |d| {
            d.replace(KITE, "reviewed = false", "revised = true\nreviewed = false");
        }),
        case(K::WrongType, KITE, 14, |d| d.replace(KITE, "reviewed = false", "reviewed = \"no\"")),
        case(K::WrongType, KITE, 9, |d| d.replace(KITE, "2026-11-23", "\"2026-11\"")),
        case(K::DuplicateSource, "facts/sources.toml", 12, |d| {
            d.replace("facts/sources.toml", "id = \"other\"", "id = \"made-up\"");
        }),
        case(K::NoFrontMatter, KITE, 1, |d| d.write(KITE, "## overview\n\nWords.\n")),
        case(K::Slug, KITE, 2, |d| d.replace(KITE, "\"kite-maker\"", "\"kitemaker\"")),
        case(K::SummaryTooLong, KITE, 4, |d| d.replace(KITE, "One sentence.", &"é".repeat(161))),
        case(K::MissingSection, KITE, 85, |d| {
            let text = d.read(KITE).replace("\n## drawbacks\n\nWords on drawbacks.\n", "");
            d.write(KITE, &text);
        }),
        case(K::RepeatedSection, KITE, 21, |d| {
            section("overview", "Words.\n\n## overview\n\nMore words.")(d);
        }),
        case(K::UnknownSection, KITE, 21, |d| section("overview", "Words.\n\n## perks\n\nMore words.")(d)),
        case(K::SectionOrder, KITE, 21, |d| {
            let text =
                d.read(KITE).replace("## overview", "## x").replace("## responsibilities", "## overview");
            d.write(KITE, &text.replace("## x", "## responsibilities"));
        }),
        case(K::EmptySection, KITE, 17, |d| section("overview", "")(d)),
        case(K::TextOutsideSection, KITE, 16, |d| {
            d.replace(KITE, "+++\n\n## overview", "+++\nEarly words.\n\n## overview");
        }),
        case(K::Markup, KITE, 19, |d| section("overview", "Words with [a link](https://example.org).")(d)),
        case(K::FigureWithoutSource, KITE, 22, |d| {
            section("overview", "Words.\n\n- Some.\n- Half of 12.")(d);
        }),
        case(K::SourcesDiffer, KITE_ES, 12, |d| section("overview", "Words[^other].")(d)),
        case(K::OriginalsDiffer, KITE_ES, 10, |d| {
            let claim = |more| format!("[[original]]\n{more}said = \"Lots\"\nnote = \"Of what?\"\n");
            let own = "topic = \"demand\"\nwhere = \"card\"\nverdict = \"unsourced\"\n";
            d.replace(KITE, "+++\n\n## overview", &format!("{}+++\n\n## overview", claim(own)));
            let spanish = claim("").replace("Lots", "Mucho");
            d.replace(KITE_ES, "+++\n\n## overview", &format!("{spanish}+++\n\n## overview"));
        }),
        case(K::NoEnglishGuide, "careers/rain-caller.es.md", 0, |d| {
            Guide::new("rain-caller", "Lluvia").spanish().write(d);
        }),
    ]
}

const KITES: &str = "guides/11-1000.00.toml";
const WEATHER: &str = "guides/11-2000.01.toml";
const WORDS: &str = "words/11.tsv";

/// The same for the sample with short guides.
fn short_cases() -> Vec<Case> {
    use FaultKind as K;
    let case = |kind, file, line, harm| Case { kind, file, line, harm };
    vec![
        case(K::Slug, "guides/kites.toml", 0, |d| d.write("guides/kites.toml", "slug = \"kites\"\n")),
        case(K::Slug, KITES, 1, |d| d.replace(KITES, "\"kite-makers\"", "\"Kite Makers\"")),
        case(K::Slug, "the address kite-maker", 0, |d| d.replace(KITES, "\"kite-makers\"", "\"kite-maker\"")),
        case(K::UnknownOccupation, "guides/11-9999.00.toml", 0, |d| {
            d.write("guides/11-9999.00.toml", &d.read(KITES));
        }),
        case(K::NoEnglishGuide, WEATHER, 0, |d| d.remove(WEATHER)),
        case(K::UnknownSubject, KITES, 2, |d| d.replace(KITES, "[\"art\"]", "[\"kites\"]")),
        case(K::UnknownSource, KITES, 4, |d| d.replace(KITES, "[\"made-up\"]", "[\"hearsay\"]")),
        case(K::Toml, KITES, 5, |d| d.replace(KITES, "reviewed = false", "reviewed = ")),
        case(K::UnknownKey, KITES, 6, |d| {
            d.replace(KITES, "reviewed = false\n", "reviewed = false\npay = 3\n");
        }),
        case(K::MissingKey, KITES, 13, |d| d.replace(KITES, "title = \"Fabricación de papalotes\"\n", "")),
        case(K::Length, KITES, 9, |d| {
            d.replace(KITES, "You see your work up in the sky at the end of the day.", "Fun.");
        }),
        case(K::FigureWithoutSource, KITES, 10, |d| d.replace(KITES, "Some days", "On 12 days")),
        case(K::Markup, KITES, 10, |d| d.replace(KITES, "Some days", "Some *days*")),
        case(K::ReadingLevel, KITES, 8, |d| {
            let hard =
                "Organizational responsibilities necessitate administrative coordination capabilities. ";
            d.replace(KITES, "Then they tie", &format!("{}Then they tie", hard.repeat(4)));
        }),
        case(K::ReadingLevel, "guides", 0, |d| {
            let hard =
                "Organizational responsibilities necessitate administrative coordination capabilities. ";
            d.replace(KITES, "Then they tie", &format!("{}Then they tie", hard.repeat(2)));
            d.replace(WEATHER, "By noon they", &format!("{}By noon they", hard.repeat(2)));
        }),
        case(K::Likeness, KITES, 8, |d| {
            let text = d.read(KITES).replace("kite-makers", "other").replace("papalotes", "otros");
            d.write(WEATHER, &text);
        }),
        case(K::DuplicateRow, WEATHER, 15, |d| {
            d.replace(WEATHER, "Trabajo con el tiempo", "Fabricación de Papalotes");
        }),
        case(K::Columns, WORDS, 1, |d| d.replace(WORDS, "reason", "why")),
        case(K::CellCount, WORDS, 2, |d| d.replace(WORDS, "\teveryday name", "\t")),
        case(K::DuplicateRow, WORDS, 3, |d| {
            d.replace(WORDS, "11-1000.00\tes\tpapalotes", "11-1000.00\ten\twind toys");
        }),
        case(K::UnsortedRow, WORDS, 3, |d| d.replace(WORDS, "es\tpapalotes", "en\ta kite")),
        case(K::UnknownOccupation, WORDS, 3, |d| d.replace(WORDS, "11-1000.00\tes", "11-1000.09\tes")),
        case(K::BadValue, WORDS, 3, |d| d.replace(WORDS, "\tes\t", "\tfr\t")),
        case(K::Unreadable, "facts/cluster.tsv.gz", 0, |d| d.write("facts/cluster.tsv.gz", "not packed")),
    ]
}

#[test]
fn the_sample_itself_has_no_fault() {
    let data = Data::sample();
    let report = build(&data.path(), &data.out()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(report.careers, 2);
    assert_eq!(report.untranslated, ["cloud-tuner"]);
    assert!(report.absent.is_empty());
}

#[test]
fn short_guides_are_careers_with_their_words() {
    let data = Data::with_short_guides();
    let report = build(&data.path(), &data.out()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(report.careers, 4);
    let open = waymark_catalogue::Catalogue::open(&data.out()).unwrap();
    let page = open.career("kite-makers", "US", waymark_catalogue::shapes::Language::Es).unwrap().unwrap();
    assert_eq!((page.title.as_str(), page.guide.sections.len()), ("Fabricación de papalotes", 4));
    assert_eq!(page.guide.written_from, ["made-up"]);
    assert_eq!(page.summary, "Cortan papel fino y madera ligera.");
    let info = open.info().unwrap();
    assert_eq!((info.careers, info.occupations, info.guides), (4, 2, 2));
}

#[test]
fn each_kind_of_fault_names_its_file_and_line() {
    let mut covered = BTreeSet::from([FaultKind::Unwritable]);
    let mut wrong = Vec::new();
    let plain = cases().into_iter().map(|case| (Data::sample(), case));
    let short = short_cases().into_iter().map(|case| (Data::with_short_guides(), case));
    for (data, case) in plain.chain(short) {
        (case.harm)(&data);
        let found = build(&data.path(), &data.out()).err().map_or_else(Vec::new, |all| all.faults);
        covered.insert(case.kind);
        let meant = |f: &Fault| f.kind == case.kind && f.file == case.file && f.line == case.line;
        if !found.iter().any(meant) {
            wrong.push(format!("{} {}:{} not in {found:#?}", case.kind.code(), case.file, case.line));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let uncovered: Vec<_> = FaultKind::ALL.iter().filter(|kind| !covered.contains(kind)).collect();
    assert!(uncovered.is_empty(), "no case for {uncovered:?}");
}

#[test]
fn faults_of_all_files_are_reported_together() {
    let data = Data::sample();
    data.replace("facts/projection.tsv", "-50\t-10", "-50\tten");
    data.replace("facts/cluster.tsv", "# rows: 2", "# rows: 7");
    data.replace(KITE, "\"art\"", "\"kites\"");
    data.replace(KITE, "One sentence.", &"x".repeat(200));
    data.replace("careers/cloud-tuner.md", "Words on outlook.", "It grows by 5 %.");
    let kinds: Vec<_> = faults(&data).iter().map(|fault| (fault.file.clone(), fault.kind)).collect();
    let expected = [
        ("careers/cloud-tuner.md", FaultKind::FigureWithoutSource),
        (KITE, FaultKind::SummaryTooLong),
        (KITE, FaultKind::UnknownSubject),
        ("facts/cluster.tsv", FaultKind::RowCount),
        ("facts/projection.tsv", FaultKind::BadNumber),
    ];
    assert_eq!(kinds, expected.map(|(file, kind)| (file.to_owned(), kind)));
}

#[test]
fn a_fault_reads_as_file_line_kind_and_reason() {
    let data = Data::sample();
    data.replace(KITE, "\"art\"", "\"kites\"");
    let error = build(&data.path(), &data.out()).unwrap_err();
    assert_eq!(error.to_string(), "careers/kite-maker.md:13: unknown_subject: “kites” is no school subject");
}

#[test]
fn an_absent_folder_is_a_fault_and_absent_tables_are_reported() {
    let data = Data::sample();
    assert!(build(&data.path().join("nowhere"), &data.out()).is_err());
    data.remove("facts/industry.tsv");
    let report = build(&data.path(), &data.out()).unwrap();
    assert_eq!(report.absent, ["industry"]);
}

#[test]
fn a_place_that_cannot_be_written_is_a_fault_and_leaves_nothing_behind() {
    let data = Data::sample();
    std::fs::create_dir(data.out()).unwrap();
    let found = faults(&data);
    assert_eq!(found.iter().map(|fault| fault.kind).collect::<Vec<_>>(), [FaultKind::Unwritable]);
    let beside: Vec<_> = std::fs::read_dir(data.out().parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 2, "the data folder and the folder in the way, and no temporary file");
}

#[test]
fn names_with_asterisks_are_no_emphasis_and_names_with_digits_no_figures() {
    let data = Data::sample();
    let words = "O*NET rates it, O*NET says, in 3D and with **B2B** tools.";
    section("overview", words)(&data);
    build(&data.path(), &data.out()).unwrap_or_else(|faults| panic!("{faults}"));
}
