//! The data that ships: it builds without a fault, and its search finds what people type.

#![allow(clippy::expect_used, clippy::unwrap_used)]

#[path = "common/shipped.rs"]
mod shipped;

use std::path::Path;
use std::sync::OnceLock;

use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{CareerFilters, CareerQuery, CareerSort, Figure, GuideKind, Language};

fn catalogue() -> &'static Catalogue {
    static OPEN: OnceLock<Catalogue> = OnceLock::new();
    OPEN.get_or_init(|| Catalogue::open(&shipped::shipped(Path::new(env!("CARGO_TARGET_TMPDIR")))).unwrap())
}

/// Addresses of all careers.
fn all() -> Vec<String> {
    let mut slugs = Vec::new();
    loop {
        let query = CareerQuery {
            text: String::new(),
            filters: CareerFilters::default(),
            sort: CareerSort::Name,
            offset: u32::try_from(slugs.len()).unwrap(),
            limit: 200,
            place: "US".to_owned(),
            language: Language::En,
        };
        let page = catalogue().search(&query).unwrap();
        if page.rows.is_empty() {
            assert_eq!(page.total as usize, slugs.len());
            return slugs;
        }
        slugs.extend(page.rows.into_iter().map(|row| row.slug));
    }
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
    for text in
        ["Backend Architect", "backend", "backend archtect", "BACKEND  ARCHITECT", "architect backend"]
    {
        assert_eq!(first(text).as_deref(), Some("backend-architect"), "{text}");
    }
    assert_eq!(found("backend", Language::En)[0].1, None, "the title itself was the match");
}

#[test]
fn what_a_counselor_hears_most_is_found_first() {
    for (text, slug) in [
        ("vet", "veterinarians"),
        ("pyschologist", "clinical-and-counseling-psychologists"),
        ("someone who fixes planes", "aircraft-mechanics-and-service-technicians"),
        ("RN", "registered-nurses"),
        ("fireman", "firefighters"),
        ("enfermera", "registered-nurses"),
    ] {
        assert_eq!(first(text).as_deref(), Some(slug), "{text}");
    }
    let five: Vec<_> = found("data sc", Language::En).into_iter().take(5).map(|(slug, _)| slug).collect();
    assert!(five.contains(&"data-scientists".to_owned()), "{five:?}");
}

#[test]
fn nonsense_finds_nothing_quietly() {
    for text in ["zzxxqq", "🦄🦄", "\"", "qwrtpl sdfgh"] {
        assert_eq!(found(text, Language::En), [], "{text}");
    }
}

#[test]
fn every_occupation_and_every_guide_is_there() {
    let info = catalogue().info().unwrap();
    assert_eq!((info.occupations, info.guides, info.careers), (1016, 5, 1021));
    assert_eq!(all().len(), 1021);
}

#[test]
fn every_career_has_a_whole_page_in_both_languages() {
    for slug in all() {
        for language in [Language::En, Language::Es] {
            let page = catalogue().career(&slug, "MA18140", language).unwrap().unwrap();
            assert_eq!(page.guide.language, language, "{slug}");
            let (sections, written_from) = match page.guide.kind {
                GuideKind::Long => (19, 0),
                GuideKind::Short => (4, 2),
            };
            assert_eq!((page.guide.sections.len(), page.guide.written_from.len()), (sections, written_from));
            assert!(
                !page.title.is_empty() && !page.summary.is_empty() && !page.group.name.is_empty(),
                "{slug}"
            );
            assert!(!page.guide.reviewed && !page.guide.written.is_empty(), "nobody has reviewed it: {slug}");
            let places: Vec<_> = page.pay.iter().map(|pay| pay.place.id.as_str()).collect();
            assert_eq!(places, ["MA18140", "ST39", "US"]);
            assert_ne!(page.pay[2].p50, Figure::NotProvided, "a reason stands where no figure does: {slug}");
            for pay in &page.pay {
                assert_eq!(pay.hourly.is_some(), pay.p50 == Figure::HourlyOnly, "{slug}");
            }
            let quoted = page.sources.iter().any(|source| source.id == "original");
            assert!(page.originals.is_empty() || quoted, "{slug}");
            assert!(page.sources.iter().all(|source| !source.title.is_empty()), "{slug}");
        }
    }
}

#[test]
fn the_kinds_of_missing_are_told_apart_on_real_pages() {
    let page = |slug: &str| catalogue().career(slug, "US", Language::En).unwrap().unwrap();
    let actors = page("actors");
    assert_eq!(actors.pay[0].p50, Figure::HourlyOnly);
    assert!(matches!(actors.pay[0].hourly.as_ref().unwrap().p50, Figure::Value { .. }));
    let others = page("engineers-all-other");
    assert!(
        others.ratings.iter().all(|rating| rating.importance == Figure::NotRated),
        "never rated, not zero"
    );
    assert!(others.interests.is_none() && others.preparation.is_none());
    // Only marked cells are top-coded: a surgeon's 90th percentile in the nation is published as it is.
    assert!(matches!(page("surgeons-all-other").pay[0].p90, Figure::Value { value } if value > 239_200.0));
    let albany = catalogue().career("nurse-anesthetists", "MA10580", Language::En).unwrap().unwrap();
    assert_eq!(albany.pay[0].p90, Figure::AtLeast { value: 239_200.0 });
    let soldiers = page("infantry");
    assert_eq!(soldiers.pay[0].p50, Figure::NotPublished);
    assert_eq!(soldiers.outlook.employment, Figure::NotProvided, "the projections have no row for soldiers");
}
