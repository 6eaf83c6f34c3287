//! The search finds what people mean: the least that each kind of query must reach on the data that ship.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may; the table tells how far it is above"
)]

#[path = "../search/measure.rs"]
mod measure;
#[path = "../../crates/catalogue/tests/common/shipped.rs"]
mod shipped;

use std::path::Path;
use std::sync::OnceLock;

use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{CareerFilters, CareerQuery, CareerSort, Language};

fn catalogue() -> &'static Catalogue {
    static OPEN: OnceLock<Catalogue> = OnceLock::new();
    OPEN.get_or_init(|| Catalogue::open(&shipped::shipped(Path::new(env!("CARGO_TARGET_TMPDIR")))).unwrap())
}

#[test]
fn every_kind_of_query_reaches_its_least() {
    let (kinds, missed) = measure::measure(catalogue(), &measure::queries(measure::FIRST));
    let mut short = Vec::new();
    for (name, top, five) in measure::KINDS {
        let figures = kinds[name].all;
        println!(
            "{name}: {} queries, first {:.3}, among five {:.3}",
            figures.queries, figures.top, figures.five
        );
        if figures.top * 100.0 < f64::from(top) || figures.five * 100.0 < f64::from(five) {
            short.push(format!(
                "{name}: {:.3} and {:.3}, must be {top} and {five}",
                figures.top, figures.five
            ));
        }
    }
    assert!(short.is_empty(), "{short:#?}\n{missed:#?}");
}

#[test]
fn every_kind_has_enough_queries_and_every_group_is_asked_for() {
    let queries = measure::queries(measure::FIRST);
    assert!(queries.len() >= 300);
    for (kind, ..) in measure::KINDS {
        assert!(queries.iter().filter(|query| query.kind == kind).count() >= 30, "{kind}");
    }
    assert!(queries.iter().all(|query| measure::KINDS.iter().any(|(kind, ..)| *kind == query.kind)));
    let groups: std::collections::BTreeSet<_> =
        queries.iter().flat_map(|query| &query.first).filter_map(|code| code.get(..2)).collect();
    assert_eq!(groups.len(), 23);
}

#[test]
fn the_known_examples_come_first() {
    for (text, code) in [
        ("vet", "29-1131.00"),
        ("pyschologist", "19-3033.00"),
        ("someone who fixes planes", "49-3011.00"),
        ("RN", "29-1141.00"),
        ("data sc", "15-2051.00"),
        ("fireman", "33-2011.00"),
        ("enfermera", "29-1141.00"),
        ("nurse", "29-1141.00"),
    ] {
        for language in [Language::En, Language::Es] {
            let asked = CareerQuery {
                text: text.to_owned(),
                filters: CareerFilters::default(),
                sort: CareerSort::Relevance,
                offset: 0,
                limit: 5,
                place: "US".to_owned(),
                language,
            };
            let rows = catalogue().search(&asked).unwrap().rows;
            let codes: Vec<_> = rows.iter().filter_map(|row| catalogue().code(&row.slug)).collect();
            assert_eq!(codes.first().map(String::as_str), Some(code), "{text}: {codes:?}");
            assert!(rows.windows(2).all(|pair| pair[0].score >= pair[1].score), "{text}: best first");
        }
    }
}
