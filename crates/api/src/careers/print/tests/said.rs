//! The words and numbers that careers are printed with.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::reader::{Reader, decimal, whole};
use super::super::words::{CareerWords, EN, ES, Names, fill};
use super::{CAREERS, LANGUAGES, career, text, whole_sheet};

#[test]
fn every_id_of_the_catalogue_has_its_name_in_both_languages() {
    for language in LANGUAGES {
        let words = CareerWords::of(language).unwrap();
        assert_eq!(words.guide.sections.len(), 19 + 4);
        for slug in CAREERS {
            let career = career(slug, "US", language);
            let has = |names: &Names, id: &str| assert!(names.contains_key(id), "{slug}: {id}");
            career.guide.sections.iter().for_each(|section| has(&words.guide.sections, &section.id));
            career.originals.iter().for_each(|claim| {
                has(&words.originals.topics, &claim.topic);
                has(&words.originals.places, &claim.place);
                has(&words.originals.verdicts, &claim.verdict);
            });
            career.subjects.iter().for_each(|id| has(&words.names.subjects, id));
            career.entry.experience.iter().for_each(|id| has(&words.names.experience, id));
            career.entry.training.iter().for_each(|id| has(&words.names.training, id));
            let related = career.related.iter().filter_map(|related| related.education.as_ref());
            career.entry.education.iter().chain(related).for_each(|id| has(&words.names.education, id));
            let shares = career.education_shares.iter().map(|share| share.category.to_string());
            shares.for_each(|id| has(&words.names.required_education, &id));
            career.preparation.iter().for_each(|level| has(&words.names.preparation, &level.to_string()));
        }
    }
}

fn flat(value: &Value, path: &str, into: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        Value::Object(inner) => {
            for (key, value) in inner {
                flat(value, &format!("{path}/{key}"), into);
            }
        }
        Value::String(text) => {
            assert!(!text.trim().is_empty(), "{path} is empty");
            let values = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()));
            into.insert(path.to_owned(), values.collect());
        }
        other => panic!("{path}: {other}"),
    }
}

/// Every text of a file of words by its path, with the values that it takes.
pub(in super::super) fn values_of(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut words = BTreeMap::new();
    flat(&serde_json::from_str(text).unwrap(), "", &mut words);
    words
}

#[test]
fn both_languages_have_the_same_words_and_the_same_values_in_them() {
    let [english, spanish] = [EN, ES].map(values_of);
    assert_eq!(english, spanish);
    assert!(english.len() > 150);
    assert!(LANGUAGES.into_iter().all(|language| CareerWords::of(language).is_ok()));
}

#[test]
fn nothing_stays_unfilled_on_paper() {
    for slug in CAREERS {
        for language in LANGUAGES {
            let sheet = whole_sheet(&career(slug, "MA18140", language), language);
            let text = text(&sheet);
            for name in [
                "{n}",
                "{title}",
                "{place}",
                "{release}",
                "{value}",
                "{share}",
                "{date}",
                "{numbers}",
                "{year}",
            ] {
                assert!(!text.contains(name), "{slug}: {name}");
            }
        }
    }
}

#[test]
fn numbers_are_written_as_the_us_writes_them() {
    assert_eq!(
        [0.0, 999.0, 1000.0, 1_693_800.0, -1234.0].map(whole),
        ["0", "999", "1,000", "1,693,800", "−1,234"]
    );
    assert_eq!([decimal(4.117, 2), decimal(-0.001, 2), decimal(1234.5, 1)], ["4.12", "0.00", "1,234.5"]);
    let [english, spanish] = LANGUAGES.map(|language| Reader::new(language).unwrap());
    assert_eq!([15.8, 10.0, -0.7, 0.0].map(|value| english.change(value)), ["+15.8%", "+10%", "−0.7%", "0%"]);
    assert_eq!(spanish.percent(15.8), "15.8\u{a0}%");
    assert_eq!((english.money(122_340.0), spanish.money(122_340.0)), ("$122,340".into(), "$122,340".into()));
    assert_eq!(
        ["2020", "2025-12", "2026-05-15"].map(|date| english.published(date)),
        ["2020", "December 2025", "May 15, 2026"]
    );
    assert_eq!(
        ["May 2025", "2024–34", "CIP 2020"].map(|release| spanish.release(release)),
        ["mayo de 2025", "2024–34", "CIP 2020"]
    );
}

#[test]
fn a_value_that_looks_like_a_place_for_a_value_stays_as_it_is() {
    assert_eq!(fill("{a} and {b}, {c} {", &[("a", "{b}"), ("b", "2")]), "{b} and 2, {c} {");
}
