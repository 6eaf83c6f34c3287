//! Whether two short guides say the same in the same words: runs of five words, with the title and all numbers masked.
//! A template with the title filled in is no guide.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::fault::{FaultKind, Faults};
use super::Short;
use super::reading::words;
use crate::shapes::Language;

/// Words in a run.
const RUN: usize = 5;

/// Share of the shorter guide's runs that another may have, in per cent.
const SHARED: usize = 30;

/// Holds every guide against every other of its language.
pub(super) fn check(texts: &[Short], faults: &mut Faults) {
    for language in [Language::En, Language::Es] {
        let own: Vec<&Short> = texts.iter().filter(|short| short.language == language).collect();
        for (first, second, percent) in alike(&own) {
            let detail =
                format!("shares {percent} % of its five-word runs with {}; at most {SHARED}", second.file);
            faults.add(&first.file, first.line(), FaultKind::Likeness, detail);
        }
    }
}

fn alike<'t>(texts: &[&'t Short]) -> Vec<(&'t Short, &'t Short, usize)> {
    let runs: Vec<BTreeSet<Vec<String>>> = texts.iter().map(|short| runs(short)).collect();
    let mut having: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (at, runs) in runs.iter().enumerate() {
        for run in runs {
            having.entry(run.as_slice()).or_default().push(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in having.values() {
        for (position, first) in holders.iter().enumerate() {
            for second in holders.iter().skip(position + 1) {
                *shared.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    let size = |at: usize| runs.get(at).map_or(0, BTreeSet::len);
    let too_many = shared.into_iter().filter_map(|((first, second), count)| {
        let percent = 100 * count / size(first).min(size(second)).max(1);
        let pair = texts.get(first).copied().zip(texts.get(second).copied());
        (percent > SHARED).then_some(()).and(pair).map(|(first, second)| (first, second, percent))
    });
    too_many.collect()
}

fn runs(short: &Short) -> BTreeSet<Vec<String>> {
    let title = words(&short.title);
    let mut text = words(&short.whole());
    if !title.is_empty() {
        while let Some(at) = text.windows(title.len()).position(|window| window == title) {
            text.splice(at..at + title.len(), ["#".to_owned()]);
        }
    }
    text.windows(RUN).map(<[String]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(file: &str, title: &str, text: &str) -> Short {
        Short {
            file: file.to_owned(),
            language: Language::En,
            title: title.to_owned(),
            sections: vec![("does", text.to_owned(), 3)],
        }
    }

    #[test]
    fn a_template_with_the_title_filled_in_is_found() {
        let text =
            |title: &str| format!("{title} work with their hands all day long and go home tired but proud.");
        let texts = [
            short("a", "Kite Makers", &text("Kite makers")),
            short("b", "Cloud Tuners", &text("Cloud tuners")),
            short(
                "c",
                "Lamp Sorters",
                "Every evening the lamps come back from town and somebody has to sort them.",
            ),
        ];
        let mut faults = Faults::default();
        check(&texts, &mut faults);
        let faults = faults.into_result().unwrap_err().faults;
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!((faults[0].file.as_str(), faults[0].kind), ("a", FaultKind::Likeness));
    }
}
