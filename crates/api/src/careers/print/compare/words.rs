//! The words of a comparison beside those of a career's own page, from their message files.

use serde::Deserialize;
use waymark_catalogue::shapes::Language;

use super::super::words::words;
use crate::errors::ApiError;
use crate::words::PerLanguage;

pub(super) const EN: &str = include_str!("../../../../../../data/templates/compare.en.json");
pub(super) const ES: &str = include_str!("../../../../../../data/templates/compare.es.json");

words! {
    /// Everything that a comparison says by itself.
    CompareWords {
        title: String, note: String, note_nation: String, about: String, name: String, pay_heading: String,
        pay_note: String, groups: GroupWords, rows: RowWords, units: UnitWords, sheets: SheetWords,
        columns: ColumnWords, kinds: KindWords,
    }
    /// Groups of rows.
    GroupWords { work: String, outlook: String, entry: String, interests: String, ratings: String }
    /// Rows.
    RowWords {
        code: String, field: String, summary: String, subjects: String, growth: String, leaving: String,
        required: String, required_share: String,
    }
    /// Units, in the heads of the spreadsheet.
    UnitWords { label: String, persons: String, percent: String, rating: String, year: String, hour: String }
    /// Names of the spreadsheet's sheets, at most 31 letters each.
    SheetWords { comparison: String, year: String, hour: String, ratings: String, sources: String }
    /// Heads of the spreadsheet's columns.
    ColumnWords {
        part: String, measure: String, career: String, place: String, jobs: String, quotient: String, p10: String,
        p25: String, p50: String, p75: String, p90: String, kind: String, name: String, importance: String,
        level: String, source: String, publisher: String, release: String, date: String, licence: String,
        changed: String, address: String,
    }
    /// Kinds of ratings.
    KindWords { skill: String, knowledge: String, ability: String, activity: String }
}

impl CompareWords {
    /// The words of a language.
    pub(super) fn of(language: Language) -> Result<&'static Self, ApiError> {
        static WORDS: PerLanguage<CompareWords> = PerLanguage::new(EN, ES);
        WORDS.of(language)
    }
}
