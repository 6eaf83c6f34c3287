//! The data that ships: it builds without a fault, and its search finds what people type.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use waymark_catalogue::shapes::{CareerFilters, CareerQuery, CareerSort, Figure, Language};
use waymark_catalogue::{Catalogue, build};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

fn catalogue() -> &'static Catalogue {
    static OPEN: OnceLock<Catalogue> = OnceLock::new();
    OPEN.get_or_init(|| {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("real-careers.sqlite");
        if let Err(faults) = build(&data(), &file) {
            panic!("the data has faults:\n{faults}");
        }
        Catalogue::open(&file).unwrap()
    })
}

fn found(text: &str, language: Language) -> Vec<(String, Option<String>)> {
    let query = CareerQuery {
        text: text.to_owned(),
        filters: CareerFilters::default(),
        sort: CareerSort::Relevance,
        offset: 0,
        limit: 50,
        place: "US".to_owned(),
        language,
    };
    let page = catalogue().search(&query).unwrap();
    page.rows.into_iter().map(|row| (row.slug, row.found_by)).collect()
}

fn first(text: &str) -> Option<String> {
    found(text, Language::En).into_iter().next().map(|(slug, _)| slug)
}

#[test]
fn titles_are_found_by_their_beginnings_and_in_spite_of_slips() {
    for text in [
        "Backend Architect",
        "back",
        "backend archtect",
        "BACKEND  ARCHITECT",
        "bakcend",
        "architect backend",
    ] {
        assert_eq!(first(text).as_deref(), Some("backend-architect"), "{text}");
    }
    assert_eq!(found("back", Language::En)[0].1, None, "the title itself was the match");
    assert_eq!(first("back-end arch").as_deref(), Some("backend-architect"));
}

#[test]
fn spanish_words_are_found_with_and_without_accents() {
    for (text, slug) in
        [("animador", "3d-animator"), ("animacion", "3d-animator"), ("investigador", "ai-researcher")]
    {
        for language in [Language::En, Language::Es] {
            assert_eq!(found(text, language).first().map(|(slug, _)| slug.as_str()), Some(slug), "{text}");
        }
    }
}

#[test]
fn everyday_words_are_found() {
    for (text, slug) in [
        ("someone who makes cartoons", "3d-animator"),
        ("alguien que hace dibujos animados", "3d-animator"),
        ("server", "backend-architect"),
        ("privacy rights", "ai-ethics-specialist"),
        ("somebody who works with chatbots", "ai-researcher"),
    ] {
        assert_eq!(first(text).as_deref(), Some(slug), "{text}");
    }
}

#[test]
fn nonsense_finds_nothing_quietly() {
    for text in ["zzxxqq", "🦄🦄", "\"", "qwrtpl sdfgh"] {
        assert_eq!(found(text, Language::En), [], "{text}");
    }
}

#[test]
fn every_career_has_a_whole_page_in_both_languages() {
    for (slug, _) in found("", Language::En) {
        for language in [Language::En, Language::Es] {
            let page = catalogue().career(&slug, "MA18140", language).unwrap().unwrap();
            assert_eq!(page.guide.language, language, "{slug}");
            assert_eq!(page.guide.sections.len(), 19, "{slug}");
            let places: Vec<_> = page.pay.iter().map(|pay| pay.place.id.as_str()).collect();
            assert_eq!(places, ["MA18140", "ST39", "US"]);
            assert!(matches!(page.pay[2].p50, Figure::Value { .. } | Figure::AtLeast { .. }), "{slug}");
            assert!(matches!(page.outlook.growth_percent, Figure::Value { .. }), "{slug}");
            let quoted = page.sources.iter().any(|source| source.id == "original");
            assert!(page.originals.is_empty() || quoted, "{slug}");
            assert!(page.sources.iter().all(|source| !source.title.is_empty()), "{slug}");
        }
    }
}
