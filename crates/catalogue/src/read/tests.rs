//! Files that only a later or broken build would write: another version, a table gone, a career without a guide.

#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::unwrap_used)]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use self::common::Data;
use super::Catalogue;
use crate::shapes::Language;
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
fn a_career_whose_guide_was_taken_out_is_damage_when_it_is_asked_for() {
    let open =
        changed("UPDATE career SET fields = ''; DELETE FROM career_text WHERE language = 'es'").unwrap();
    assert!(
        open.career("kite-maker", "US", Language::Es).unwrap().is_some_and(|page| page.fields.is_empty())
    );
    let open = changed("DELETE FROM career_text WHERE career = 1").unwrap();
    assert!(open.info().unwrap().careers < 2, "a career without a text is in no list");
}
