//! The words of a printed career page, from its message files. No word is made up in the code beside them.

use serde::Deserialize;
use std::collections::BTreeMap;

use waymark_catalogue::shapes::Language;

use crate::errors::ApiError;
use crate::words::PerLanguage;

pub(super) const EN: &str = include_str!("../../../../../data/templates/career.en.json");
pub(super) const ES: &str = include_str!("../../../../../data/templates/career.es.json");

/// Names by id.
pub(super) type Names = BTreeMap<String, String>;

/// Declares groups of words, all of whose keys must be in the file and no others.
macro_rules! words {
    ($( $(#[$doc:meta])* $group:ident { $( $key:ident : $type:ty ),* $(,)? } )*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $group { $( pub(super) $key: $type, )* }
        )*
    };
}

pub(super) use words;

words! {
    /// Everything that a printed career page says by itself.
    CareerWords {
        figure: FigureWords, number: NumberWords, relation: RelationWords, facts: FactWords, pay: PayWords,
        guide: GuideWords, originals: OriginalWords, tables: TableWords, sources: SourceWords, names: NameWords,
    }
    /// Why a figure is no plain number.
    FigureWords {
        at_least: String, not_published: String, not_rated: String, hourly_only: String, not_provided: String,
    }
    /// How numbers are written.
    NumberWords { money: String, percent: String, about: String }
    /// How the figures relate to the career.
    RelationWords { line: String, same: String, specialty: String, nearest: String }
    /// The strip of facts.
    FactWords {
        outlook: String, growing: String, shrinking: String, level: String, growth_missing: String,
        outlook_note: String, openings: String, openings_replacing: String, openings_new: String,
        openings_missing: String, pay: String, pay_note: String, pay_missing: String, pay_instead: String,
        education: String, education_note: String, education_experience: String, not_counted: String, uncounted: String, original: String,
        original_demand: String, original_said: String, original_pay: String, original_note: String,
    }
    /// Pay by place.
    PayWords {
        heading_place: String, heading_nation: String, nation: String, note: String, too_few: String, an_hour: String,
        by_hour: String, remark_few_people: String, remark_by_hour: String,
        remark_too_few: String, remark_at_least: String, remark_hourly_only: String, remark_not_published: String,
        remark_not_provided: String, self_employed_few: String, self_employed_many: String,
        self_employed_most: String, self_employed_unknown: String,
    }
    /// The guide.
    GuideWords {
        reach: String, also_called: String, also_called_more: String, short: String, short_reviewed: String, written: String, reviewed: String, none: String, in_english: String,
        in_spanish: String, sections: Names,
    }
    /// The claims of the page that the project began with.
    OriginalWords {
        heading: String, lead: String, claim: String, said: String, places: Names, verdicts: Names, topics: Names,
    }
    /// The tables of the whole page.
    TableWords {
        source: String, sources: String, more: String, figure: String, outlook: String, jobs_in: String,
        growth: String, growth_all: String, openings: String, replacement: String, leavers: String,
        self_employed: String, places: String, place: String, jobs: String, quotient: String, entry: String,
        entry_measure: String, entry_usual: String, entry_education: String, entry_experience: String,
        entry_training: String, entry_preparation: String, preparation_level: String, entry_subjects: String,
        education: String, education_level: String, education_share: String, industries: String, industry: String,
        industry_share: String, skills: String, knowledge: String, abilities: String, activities: String,
        rated: String, importance: String, level: String, not_rated: String, not_rated_heading: String, interests: String, interest: String,
        interest_row: String, interest_rating: String, values: String, value: String, value_extent: String,
        styles: String, style: String, style_impact: String, technology: String, tools: String, tool_kind: String,
        programmes: String, programme: String, programme_code: String, related: String, related_career: String,
        related_pay: String, related_growth: String, related_education: String,
    }
    /// The list of sources.
    SourceWords {
        entry: String, entry_release: String, original: String, changed: String, changed_short: String, onet: String,
        licences: Names,
    }
    /// Names of ids.
    NameWords {
        education: Names, experience: Names, training: Names, preparation: Names, required_education: Names,
        subjects: Names, interests: Names, interest_meanings: Names,
    }
}

impl CareerWords {
    /// The words of a language.
    pub(super) fn of(language: Language) -> Result<&'static Self, ApiError> {
        static WORDS: PerLanguage<CareerWords> = PerLanguage::new(EN, ES);
        WORDS.of(language)
    }
}

/// The name of an id; one that has no name stands for itself, in plain letters.
pub(super) fn name(names: &Names, id: &str) -> String {
    names.get(id).cloned().unwrap_or_else(|| id.replace('_', " "))
}

/// Puts values in the place of `{name}`. A value is never looked into: what it holds in braces stays.
pub(super) fn fill(words: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let found = after.split_once('}').and_then(|(key, after)| {
            let value = values.iter().find(|(name, _)| *name == key)?;
            Some((value.1, after))
        });
        let (value, after) = found.unwrap_or(("{", after));
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    filled
}
