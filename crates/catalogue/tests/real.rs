//! The data that ships: it builds without a fault, and its search finds what people type.

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
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("catalogue.sqlite");
        if let Err(faults) = build(&data(), &file) {
            panic!("the data has faults:\n{faults}");
        }
        // The system keeps an open file alive; elsewhere the folder stays until the system tidies up.
        let open = Catalogue::open(&file).unwrap();
        std::mem::forget(folder);
        open
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
    for text in ["Backend Architect", "back", "backend archtect", "BACKEND  ARCHITECT", "bakcend", "architect backend"] {
        assert_eq!(first(text).as_deref(), Some("backend-architect"), "{text}");
    }
}
#[test]
fn dbg_print() {
    for text in ["back", "server", "animador", "animacion", "someone who makes cartoons", "someone who fixes planes", "software developer", "ethics", "zzxxqq", "investigador", "developer"] {
        eprintln!("{text}: {:?}", found(text, Language::Es));
    }
    let c = catalogue().career("backend-architect", "MA18140", Language::Es).unwrap().unwrap();
    eprintln!("{c:#?}");
    eprintln!("{:?}", Figure::NotRated);
}
