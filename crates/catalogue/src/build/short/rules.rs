//! What each short guide is held to: number of sentences, length, figures, reading level.

use super::super::fault::{FaultKind, Faults};
use super::super::figures::has_figure;
use super::Short;
use super::reading::{ease, grade, sentences, words};
use crate::shapes::Language;

/// Sentences that say what they do.
const SENTENCES: std::ops::RangeInclusive<usize> = 2..=4;

/// Words of a section: at least, and at most in English and in Spanish (which takes more of them).
const LEAST: usize = 8;
const LEAST_DOES: usize = 20;
const MOST: (usize, usize) = (75, 95);

/// Highest Flesch–Kincaid grade of one guide and of all on average.
const GRADE: f64 = 10.0;
const MEAN_GRADE: f64 = 8.0;

/// Lowest ease (Fernández Huerta) of one guide and of all on average: about the tenth and the eighth grade.
const EASE: f64 = 55.0;
const MEAN_EASE: f64 = 65.0;

/// Checks every guide, and all of them together.
pub(super) fn check(texts: &[Short], faults: &mut Faults) {
    let (mut grades, mut eases) = (Vec::new(), Vec::new());
    for short in texts.iter().filter(|short| !short.sections.is_empty()) {
        for (id, text, line) in &short.sections {
            section(short, id, text, *line, faults);
        }
        let whole = short.whole();
        match short.language {
            Language::En => grades.push(level(short, grade(&whole), |grade| grade > GRADE, faults)),
            Language::Es => eases.push(level(short, ease(&whole), |ease| ease < EASE, faults)),
        }
    }
    let mean_fault = [(mean(&grades), MEAN_GRADE, 1.0), (mean(&eases), MEAN_EASE, -1.0)];
    for (mean, bound, sign) in mean_fault {
        if mean.is_some_and(|mean| (mean - bound) * sign > 0.0) {
            let detail =
                format!("reading level {:.1} on average; the bound is {bound}", mean.unwrap_or_default());
            faults.add("guides", 0, FaultKind::ReadingLevel, detail);
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "there are about a thousand guides")]
fn mean(levels: &[f64]) -> Option<f64> {
    (!levels.is_empty()).then(|| levels.iter().sum::<f64>() / levels.len() as f64)
}

fn level(short: &Short, level: f64, too_hard: impl Fn(f64) -> bool, faults: &mut Faults) -> f64 {
    if too_hard(level) {
        let detail = match short.language {
            Language::En => format!("grade {level:.1} (Flesch–Kincaid); at most {GRADE}"),
            Language::Es => format!("ease {level:.1} (Fernández Huerta); at least {EASE}"),
        };
        faults.add(&short.file, short.line(), FaultKind::ReadingLevel, detail);
    }
    level
}

fn section(short: &Short, id: &str, text: &str, line: u32, faults: &mut Faults) {
    let mut fault = |kind, detail: String| faults.add(&short.file, line, kind, detail);
    let count = words(text).len();
    let least = if id == "does" { LEAST_DOES } else { LEAST };
    let most = if short.language == Language::Es { MOST.1 } else { MOST.0 };
    if !(least..=most).contains(&count) {
        fault(FaultKind::Length, format!("`{id}` has {count} words; {least} to {most}"));
    }
    if id == "does" && !SENTENCES.contains(&sentences(text)) {
        fault(FaultKind::Length, format!("`{id}` has {} sentences; 2 to 4", sentences(text)));
    }
    if !text.ends_with(['.', '!', '?']) {
        fault(FaultKind::Markup, format!("`{id}` does not end as a sentence does"));
    }
    if text.contains(['*', '[', ']', '<', '>', '\n']) {
        fault(FaultKind::Markup, format!("`{id}` has markup; a short guide is plain text"));
    }
    let counted = counted(text, short.language);
    if let Some(figure) = has_figure(text).map(str::to_owned).or(counted) {
        fault(
            FaultKind::FigureWithoutSource,
            format!("`{id}` has a figure (“{figure}”) and cites no source"),
        );
    }
}

#[rustfmt::skip]
const NUMBERS: [&[&str]; 2] = [
    &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "dozens",
      "hundred", "hundreds", "thousand", "thousands", "million", "millions"],
    &["dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "docenas", "cien",
      "cientos", "mil", "miles", "millones"],
];
#[rustfmt::skip]
const UNITS: [&[&str]; 2] = [
    &["year", "years", "month", "months", "week", "weeks", "hour", "hours", "day", "days", "dollar", "dollars",
      "percent", "times", "people", "jobs"],
    &["año", "años", "mes", "meses", "semana", "semanas", "hora", "horas", "día", "días", "dólares", "veces",
      "personas", "empleos"],
];

/// A number in words with its unit, which is a figure too: “two years”.
fn counted(text: &str, language: Language) -> Option<String> {
    let at = usize::from(language == Language::Es);
    let (numbers, units) = (NUMBERS.get(at)?, UNITS.get(at)?);
    let words = words(text);
    words.windows(2).find_map(|pair| match pair {
        [number, unit] if numbers.contains(&number.as_str()) && units.contains(&unit.as_str()) => {
            Some(format!("{number} {unit}"))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(language: Language, id: &'static str, text: &str) -> Vec<FaultKind> {
        let short = Short {
            file: "guides/11-1000.00.toml".to_owned(),
            language,
            title: "Kite Makers".to_owned(),
            sections: vec![(id, text.to_owned(), 7)],
        };
        let mut faults = Faults::default();
        check(&[short], &mut faults);
        faults
            .into_result()
            .err()
            .map_or_else(Vec::new, |all| all.faults.iter().map(|fault| fault.kind).collect())
    }

    const PLAIN: &str = "They cut thin paper and light wood to shape. Then they tie it all up and go out to see it fly \
                         in the wind by the sea.";

    #[test]
    fn a_plain_guide_has_no_fault() {
        assert_eq!(faults(Language::En, "does", PLAIN), []);
    }

    #[test]
    fn each_rule_finds_its_fault() {
        let cases = [
            ("hard", "Too short.", FaultKind::Length),
            (
                "does",
                "They cut thin paper and light wood to shape, tie it all up and go out to see it fly in wind.",
                FaultKind::Length,
            ),
            ("hard", "The wind may not blow for days and the shop is cold", FaultKind::Markup),
            ("hard", "The wind may *not* blow for days and the shop is cold.", FaultKind::Markup),
            (
                "hard",
                "The wind may not blow for 20 days and the shop is cold.",
                FaultKind::FigureWithoutSource,
            ),
            ("hard", "It takes two years to learn and the shop is cold.", FaultKind::FigureWithoutSource),
            (
                "hard",
                "Organizational responsibilities necessitate considerable administrative coordination capabilities.",
                FaultKind::ReadingLevel,
            ),
        ];
        for (id, text, kind) in cases {
            let found = faults(Language::En, id, text);
            assert!(found.contains(&kind), "{text}: {found:?}");
        }
        let spanish = "Se tarda dos años en aprender y el taller es frío todo el día.";
        assert!(faults(Language::Es, "hard", spanish).contains(&FaultKind::FigureWithoutSource));
    }
}
