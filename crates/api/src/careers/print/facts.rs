//! The strip of facts under the title: outlook, middle pay, usual education, and what the original page claims.

use waymark_catalogue::shapes::{Career, Original, Outlook, PayAtPlace};
use waymark_documents::CareerFact;

use super::marks::Marks;
use super::pay::{self, Shown};
use super::reader::{Reader, bound, whole};
use super::words::{fill, name};

/// Less than this, in per cent, is no growth and no shrinking.
const LEVEL: f64 = 0.05;

/// The id under which the original page stands among the sources.
pub(super) const ORIGINAL: &str = "original";

/// The facts, in their order.
pub(super) fn strip(career: &Career, reader: Reader, marks: &mut Marks) -> Vec<CareerFact> {
    let mut facts = vec![outlook(career, reader, marks), middle_pay(career, reader, marks)];
    facts.push(education(career, reader, marks));
    facts.extend(original(career, reader, marks));
    facts
}

fn outlook(career: &Career, reader: Reader, marks: &mut Marks) -> CareerFact {
    let (words, outlook) = (&reader.words.facts, &career.outlook);
    if pay::is_uncounted(career) {
        return uncounted(&words.outlook, reader);
    }
    let all = reader.figure(outlook.growth_all_percent, |value| reader.change(value));
    let note = fill(
        &words.outlook_note,
        &[
            ("title", &career.occupation.title),
            ("from", &outlook.from.to_string()),
            ("to", &outlook.to.to_string()),
            ("all", &all),
            ("openings", &openings(outlook, reader)),
        ],
    );
    let value = growth(outlook, reader);
    CareerFact { label: words.outlook.clone(), value, note, sources: marks.of_field("outlook") }
}

/// A fact that no survey gathers, and why.
fn uncounted(label: &str, reader: Reader) -> CareerFact {
    CareerFact {
        label: label.to_owned(),
        value: reader.words.facts.not_counted.clone(),
        note: reader.words.facts.uncounted.clone(),
        sources: Vec::new(),
    }
}

/// "Jobs growing 15.8%"
fn growth(outlook: &Outlook, reader: Reader) -> String {
    let words = &reader.words.facts;
    let share = || reader.figure(outlook.growth_percent, |value| reader.percent(value.abs()));
    match bound(outlook.growth_percent) {
        None => fill(&words.growth_missing, &[("why", &share())]),
        Some(growth) if growth.abs() < LEVEL => words.level.clone(),
        Some(growth) if growth > 0.0 => fill(&words.growing, &[("share", &share())]),
        Some(_) => fill(&words.shrinking, &[("share", &share())]),
    }
}

/// "115,200 openings a year, mostly replacing people who leave". Why they open is said only where it is known.
fn openings(outlook: &Outlook, reader: Reader) -> String {
    let words = &reader.words.facts;
    let said = reader.figure(outlook.openings, whole);
    let Some(openings) = bound(outlook.openings) else {
        return fill(&words.openings_missing, &[("why", &said)]);
    };
    let sentence = match bound(outlook.replacement) {
        Some(replacement) if openings > 0.0 && replacement * 2.0 >= openings => &words.openings_replacing,
        Some(_) if openings > 0.0 => &words.openings_new,
        _ => &words.openings,
    };
    fill(sentence, &[("n", &said)])
}

/// Middle pay at the nearest place that has one; where that is not the chosen place, why it has none.
fn middle_pay(career: &Career, reader: Reader, marks: &mut Marks) -> CareerFact {
    let words = &reader.words.facts;
    if pay::is_uncounted(career) {
        return uncounted(&fill(&words.pay, &[("place", &reader.words.pay.nation)]), reader);
    }
    let middle = |pay: &PayAtPlace| Shown::of(pay).middle();
    let shown = career.pay.iter().find(|pay| bound(middle(pay)).is_some()).or(career.pay.first());
    let release = reader.release(marks.release("pay"));
    let about = [("title", career.occupation.title.as_str()), ("release", release.as_str())];
    let missing = reader.words.figure.not_provided.clone();
    let (place, value, sentence) = match shown {
        Some(pay) => {
            let sentence = if bound(middle(pay)).is_some() { &words.pay_note } else { &words.pay_missing };
            (reader.place(&pay.place), Shown::of(pay).middle_words(reader), sentence)
        }
        None => (reader.words.pay.nation.clone(), missing, &words.pay_missing),
    };
    let mut note = fill(sentence, &about);
    if let Some(first) =
        career.pay.first().filter(|first| shown.is_some_and(|shown| shown.place != first.place))
    {
        let why = pay::words(middle(first), reader);
        note = [note, fill(&words.pay_instead, &[("place", &first.place.name), ("why", &why)])].join(" ");
    }
    CareerFact { label: fill(&words.pay, &[("place", &place)]), value, note, sources: marks.of_field("pay") }
}

fn education(career: &Career, reader: Reader, marks: &mut Marks) -> CareerFact {
    let (words, names) = (&reader.words.facts, &reader.words.names);
    if pay::is_uncounted(career) {
        return uncounted(&words.education, reader);
    }
    let entry = &career.entry;
    let value = entry.education.as_ref().map(|id| name(&names.education, id));
    let experience = entry.experience.as_deref().filter(|id| *id != "none");
    let note = if !career.reached_after.is_empty() {
        career.reached_after.clone()
    } else if let Some(experience) = experience {
        fill(&words.education_experience, &[("experience", &name(&names.experience, experience))])
    } else {
        fill(&words.education_note, &[("title", &career.occupation.title)])
    };
    CareerFact {
        label: words.education.clone(),
        value: value.unwrap_or_else(|| reader.words.figure.not_provided.clone()),
        note,
        sources: marks.of_field("entry"),
    }
}

/// What the page that the project began with claims about demand and pay, quoted.
fn original(career: &Career, reader: Reader, marks: &mut Marks) -> Option<CareerFact> {
    let words = &reader.words.facts;
    let claim = |topic: &str| career.originals.iter().find(|claim| claim.topic == topic);
    let quoted = |words: &str, claim: &Original| fill(words, &[("said", &claim.said)]);
    let demand = claim("demand");
    let value = match demand {
        Some(claim) => quoted(&words.original_demand, claim),
        None => quoted(&words.original_said, career.originals.first()?),
    };
    let note = match (demand, claim("pay_card")) {
        (Some(_), Some(pay)) => quoted(&words.original_pay, pay),
        _ => words.original_note.clone(),
    };
    let sources = marks.number(ORIGINAL).into_iter().collect();
    Some(CareerFact { label: words.original.clone(), value, note, sources })
}
