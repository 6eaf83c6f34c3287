//! Filters over cards, and how many careers each of their values would leave.

use std::collections::BTreeMap;

use super::cards::Card;
use super::figure::bound;
use crate::shapes::{CareerFilters, Figure, GrowthClass, Language};

/// The filters, one bit each.
const FIELD: u16 = 1;
const EDUCATION: u16 = 1 << 1;
const PAY: u16 = 1 << 2;
const GROWTH: u16 = 1 << 3;
const OPENINGS: u16 = 1 << 4;
const INTEREST: u16 = 1 << 5;
const PREPARATION: u16 = 1 << 6;
const SUBJECT: u16 = 1 << 7;
const GROUP: u16 = 1 << 8;
const LETTER: u16 = 1 << 9;

/// What the filters say about careers, one after another.
#[derive(Debug)]
pub(crate) struct Tally {
    /// Filter, value, careers left.
    pub(crate) counts: BTreeMap<String, BTreeMap<String, u32>>,
    /// Middle pay of careers that fit the other filters.
    pub(crate) pays: Vec<u32>,
    language: Language,
}

impl Tally {
    /// A tally that names every filter, also where no career has a value.
    pub(crate) fn new(language: Language) -> Self {
        let names = ["field", "group", "letter", "education", "growth", "interest", "preparation", "subject"];
        let counts = names.into_iter().map(|name| (name.to_owned(), BTreeMap::new())).collect();
        Self { counts, pays: Vec::new(), language }
    }

    /// Counts a career, and says whether it fits all filters.
    pub(crate) fn add(&mut self, card: &Card, pay: Figure, filters: &CareerFilters) -> bool {
        let letter = &card.naming(self.language).letter;
        let failed = failed(card, letter, pay, filters);
        // A filter's own choice does not narrow its own counts.
        let open = |filter: u16| failed & !filter == 0;
        if open(FIELD) {
            for field in &card.fields {
                self.count("field", field);
            }
        }
        if open(GROUP) {
            self.count("group", &card.group);
        }
        if open(LETTER) {
            self.count("letter", letter);
        }
        if let (true, Some(education)) = (open(EDUCATION), &card.education) {
            self.count("education", education);
        }
        if let (true, Some(class)) = (open(GROWTH), card.class) {
            self.count("growth", growth_id(class));
        }
        if let (true, Some(letter)) = (open(INTEREST), &card.interest) {
            self.count("interest", letter);
        }
        if let (true, Some(zone)) = (open(PREPARATION), card.preparation) {
            self.count("preparation", &zone.to_string());
        }
        if open(SUBJECT) {
            for subject in &card.subjects {
                self.count("subject", subject);
            }
        }
        if let (true, Some(dollars)) = (open(PAY), bound(pay)) {
            self.pays.push(whole(dollars));
        }
        failed == 0
    }

    fn count(&mut self, filter: &str, value: &str) {
        let values = self.counts.entry(filter.to_owned()).or_default();
        *values.entry(value.to_owned()).or_default() += 1;
    }
}

/// The filters that a career does not fit.
fn failed(card: &Card, letter: &String, pay: Figure, filters: &CareerFilters) -> u16 {
    let one = |chosen: &[String], value: Option<&String>| {
        chosen.is_empty() || value.is_some_and(|value| chosen.contains(value))
    };
    let any =
        |chosen: &[String], own: &[String]| chosen.is_empty() || own.iter().any(|own| chosen.contains(own));
    let at_least = |least: Option<u32>, figure: Figure| {
        least.is_none_or(|least| bound(figure).is_some_and(|value| value >= f64::from(least)))
    };
    let growth = filters.growth.is_empty() || card.class.is_some_and(|class| filters.growth.contains(&class));
    let preparation = filters.preparation.is_empty()
        || card.preparation.is_some_and(|zone| filters.preparation.contains(&zone));
    let fits = [
        (FIELD, any(&filters.field, &card.fields)),
        (EDUCATION, one(&filters.education, card.education.as_ref())),
        (PAY, at_least(filters.pay_at_least, pay)),
        (GROWTH, growth),
        (OPENINGS, at_least(filters.openings_at_least, card.openings)),
        (INTEREST, one(&filters.interest, card.interest.as_ref())),
        (PREPARATION, preparation),
        (SUBJECT, any(&filters.subject, &card.subjects)),
        (GROUP, one(&filters.group, Some(&card.group))),
        (LETTER, one(&filters.letter, Some(letter))),
    ];
    fits.into_iter().filter(|(_, fits)| !fits).fold(0, |failed, (filter, _)| failed | filter)
}

/// A growth class as queries and counts name it.
fn growth_id(class: GrowthClass) -> &'static str {
    match class {
        GrowthClass::Faster => "faster",
        GrowthClass::Average => "average",
        GrowthClass::Slower => "slower",
        GrowthClass::Shrinking => "shrinking",
    }
}

/// Whole dollars.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(dollars: f64) -> u32 {
    // The cast keeps within the type's bounds: a negative or absurd figure becomes its nearest.
    dollars.round() as u32
}
