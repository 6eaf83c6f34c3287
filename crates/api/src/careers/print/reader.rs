//! Numbers, days and published figures as the reader's language writes them.

use waymark_catalogue::shapes::{Figure, Language, Place, PlaceKind, Relation};

use super::words::{CareerWords, fill};
use crate::errors::ApiError;
use crate::words::Words;

/// What is needed to say things in the reader's language.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub(super) language: Language,
    pub(super) words: &'static CareerWords,
    pub(super) dates: &'static Words,
    /// Months as publishers write them.
    published_dates: &'static Words,
}

impl Reader {
    pub(super) fn new(language: Language) -> Result<Self, ApiError> {
        Ok(Self {
            language,
            words: CareerWords::of(language)?,
            dates: Words::of(language)?,
            published_dates: Words::of(Language::En)?,
        })
    }

    /// A published figure: its number, "at least …", or why there is none.
    pub(super) fn figure(self, figure: Figure, show: impl Fn(f64) -> String) -> String {
        let words = &self.words.figure;
        match figure {
            Figure::Value { value } => show(value),
            Figure::AtLeast { value } => fill(&words.at_least, &[("value", &show(value))]),
            Figure::NotPublished => words.not_published.clone(),
            Figure::NotRated => words.not_rated.clone(),
            Figure::HourlyOnly => words.hourly_only.clone(),
            Figure::NotProvided => words.not_provided.clone(),
        }
    }

    /// "$122,340"
    pub(super) fn money(self, value: f64) -> String {
        fill(&self.words.number.money, &[("n", &whole(value))])
    }

    /// "$13.51"
    pub(super) fn cents(self, value: f64) -> String {
        fill(&self.words.number.money, &[("n", &decimal(value, 2))])
    }

    /// "15.8%"; "10%", not "10.0%".
    pub(super) fn percent(self, value: f64) -> String {
        let number = decimal(value, 1);
        fill(&self.words.number.percent, &[("n", number.strip_suffix(".0").unwrap_or(&number))])
    }

    /// "+15.8%", "−10%", "0%"
    pub(super) fn change(self, value: f64) -> String {
        let sign = if value > 0.0 && decimal(value, 1) != "0.0" { "+" } else { "" };
        format!("{sign}{}", self.percent(value))
    }

    /// A figure of a career that is a part of the occupation, or only near it, is about that figure.
    pub(super) fn about(self, relation: Relation, figure: Figure, words: String) -> String {
        match figure {
            Figure::Value { .. } | Figure::AtLeast { .. } if relation != Relation::Same => {
                fill(&self.words.number.about, &[("value", &words)])
            }
            _ => words,
        }
    }

    /// A date as exact as its publisher states it: a day, a month or a year.
    pub(super) fn published(self, date: &str) -> String {
        let month =
            date.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
        match month {
            Some((year, month)) => self.dates.month(year, month),
            None => self.dates.day(date),
        }
    }

    /// A release, whose month is said in the reader's language.
    pub(super) fn release(self, release: &str) -> String {
        let year = release.rsplit(' ').next().and_then(|year| year.parse().ok());
        let month = year.and_then(|year| {
            let month = (1..=12).find(|month| self.published_dates.month(year, *month) == release)?;
            Some(self.dates.month(year, month))
        });
        month.unwrap_or_else(|| release.to_owned())
    }

    /// A place's name; the nation's in the reader's language.
    pub(super) fn place(self, place: &Place) -> String {
        if place.kind == PlaceKind::Nation { self.words.pay.nation.clone() } else { place.name.clone() }
    }
}

/// The number of a figure, or the bound of an open one.
pub(super) fn bound(figure: Figure) -> Option<f64> {
    match figure {
        Figure::Value { value } | Figure::AtLeast { value } => Some(value),
        _ => None,
    }
}

/// "1,021", as the US writes it in both languages.
pub(super) fn whole(value: f64) -> String {
    decimal(value, 0)
}

/// A number with so many digits after the point.
pub(super) fn decimal(value: f64, digits: usize) -> String {
    let written = format!("{:.digits$}", value.abs());
    let (integer, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut grouped = String::new();
    for (index, digit) in integer.chars().enumerate() {
        if index > 0 && (integer.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    let nothing = !grouped.contains(|c: char| c.is_ascii_digit() && c != '0');
    if value < 0.0 && !nothing { format!("−{grouped}") } else { grouped }
}
