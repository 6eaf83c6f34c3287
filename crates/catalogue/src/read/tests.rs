//! Files that only a later or broken build would write: another version, a table gone, a career without a guide.

#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::unwrap_used)]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use self::common::Data;
use super::Catalogue;
use crate::shapes::{CareerFilters, CareerQuery, CareerSort, Figure, Language, Relation};
use crate::{CatalogueError, build, seal};

/// Builds the sample, changes the file by `sql`, seals it again and opens it.
fn changed(sql: &str) -> Result<Catalogue, CatalogueError> {
    let data = Data::sample();
    build(&data.path(), &data.out()).unwrap_or_else(|faults| panic!("{faults}"));
    unsealed(&data.out());
    let db = Connection::open(data.out()).unwrap();
    db.execute_batch(sql).unwrap();
    db.close().unwrap();
    seal::set(&data.out()).unwrap();
    Catalogue::open(&data.out())
}

fn unsealed(file: &Path) {
    let bytes = fs::read(file).unwrap();
    let pages = bytes.len() / 4096 * 4096;
    fs::write(file, &bytes[..pages]).unwrap();
}

#[test]
fn the_sample_opens_after_being_sealed_again() {
    assert!(changed("").is_ok());
}

#[test]
fn another_version_is_told_with_both_numbers() {
    let error = changed("PRAGMA user_version = 7").unwrap_err();
    assert!(matches!(error, CatalogueError::OtherVersion { found: 7, expected: crate::SCHEMA_VERSION }));
    assert_eq!(error.code(), "other_version");
}

#[test]
fn a_sealed_file_of_another_program_is_damaged() {
    assert_eq!(changed("PRAGMA application_id = 1").unwrap_err().code(), "damaged");
    assert_eq!(changed("DROP TABLE career_text").unwrap_err().code(), "damaged");
    assert_eq!(changed("UPDATE career SET relation = 'cousin'").unwrap_err().code(), "damaged");
}

#[test]
fn an_occupation_without_a_guide_is_a_page_and_is_listed() {
    let sql = "DELETE FROM career_text; DELETE FROM career_subject;
               INSERT INTO career VALUES (9, 'kite-makers', '11-1000.00', 'same', 'making', 0)";
    let open = changed(sql).unwrap();
    let page = open.career("kite-makers", "US", Language::Es).unwrap().unwrap();
    assert_eq!((page.title.as_str(), page.relation), ("Fabricación de cometas", Relation::Same));
    assert!(page.guide.sections.is_empty() && page.guide.written.is_empty() && page.originals.is_empty());
    assert_eq!(page.pay[0].p50, Figure::Value { value: 31_000.0 });
    let query = CareerQuery {
        text: String::new(),
        filters: CareerFilters::default(),
        sort: CareerSort::Name,
        offset: 0,
        limit: 10,
        place: "US".to_owned(),
        language: Language::En,
    };
    let rows = open.search(&query).unwrap().rows;
    assert!(rows.iter().any(|row| row.slug == "kite-makers" && row.title == "Kite Makers"));
    assert_eq!(open.info().unwrap().guides, 0);
}
