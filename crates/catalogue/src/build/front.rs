//! A guide's front matter: its typed keys in either language.

use std::collections::BTreeSet;

use super::cells::{Known, is_id};
use super::fault::{FaultKind, Faults};
use super::keys::{Keys, Place, parse};
use super::sources::Sources;
use crate::shapes::{Original, Relation};

/// Longest summary of a long guide, in characters.
const SUMMARY: usize = 160;

const RELATIONS: &[&str] = &["same", "specialty", "nearest"];
const TOPICS: &[&str] =
    &["demand", "pay_card", "pay_entry", "pay_mid", "pay_senior", "education", "growth", "reach", "field"];
const PLACES: &[&str] = &["card", "prose"];
const VERDICTS: &[&str] = &["unsourced", "contradicts", "outdated"];
pub(crate) const SUBJECTS: &[&str] = &[
    "mathematics",
    "computer_science",
    "physics",
    "chemistry",
    "biology",
    "english",
    "foreign_language",
    "history",
    "geography",
    "economics",
    "business",
    "art",
    "music",
    "drama",
    "physical_education",
    "psychology",
    "technology_and_design",
    "health",
    "philosophy",
    "media",
];

/// What a guide says in one language.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) alternate_titles: Vec<String>,
    pub(crate) keywords: Vec<String>,
    pub(crate) relation_note: String,
    pub(crate) reached_after: String,
    pub(crate) written: String,
    /// The claims, with the line of each.
    pub(crate) originals: Vec<(Original, u32)>,
}

/// What a guide says once, in the English file.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) occupation: String,
    pub(crate) relation: Relation,
    /// Career clusters; none for the few occupations that stand in none.
    pub(crate) fields: Vec<String>,
    pub(crate) subjects: Vec<String>,
    pub(crate) reviewed: bool,
}

/// What the keys are checked against.
pub(crate) struct Against<'a> {
    /// The file's name without its ending.
    pub(crate) slug: &'a str,
    pub(crate) known: &'a Known<'a>,
}

/// Reads the front matter of `SLUG.md`.
pub(crate) fn english(
    place: Place<'_>,
    against: &Against<'_>,
    sources: &mut Sources,
    faults: &mut Faults,
) -> (Words, Facts) {
    let root = parse(place, faults);
    let mut keys = Keys::new(&root, place, faults);
    let mut words = common(&mut keys, against.slug);
    let facts = facts(&mut keys, against.known);
    let own_sources = keys.tables("source");
    let originals = keys.tables("original");
    keys.finish();
    for table in &own_sources {
        sources.add(table, place, faults);
    }
    for table in &originals {
        let mut keys = Keys::new(table, place, faults);
        let original = Original {
            topic: keys.one_of("topic", TOPICS).unwrap_or_default(),
            said: keys.words("said").unwrap_or_default(),
            place: keys.one_of("where", PLACES).unwrap_or_default(),
            verdict: keys.one_of("verdict", VERDICTS).unwrap_or_default(),
            note: keys.optional_text("note").unwrap_or_default(),
        };
        words.originals.push((original, keys.line));
        keys.finish();
    }
    (words, facts)
}

/// Reads the front matter of `SLUG.es.md`. Its originals have `said` and `note` alone.
pub(crate) fn spanish(place: Place<'_>, slug: &str, faults: &mut Faults) -> Words {
    let root = parse(place, faults);
    let mut keys = Keys::new(&root, place, faults);
    let mut words = common(&mut keys, slug);
    let originals = keys.tables("original");
    keys.finish();
    for table in &originals {
        let mut keys = Keys::new(table, place, faults);
        let original = Original {
            topic: String::new(),
            said: keys.words("said").unwrap_or_default(),
            place: String::new(),
            verdict: String::new(),
            note: keys.optional_text("note").unwrap_or_default(),
        };
        words.originals.push((original, keys.line));
        keys.finish();
    }
    words
}

fn common(keys: &mut Keys<'_, '_>, slug: &str) -> Words {
    let said = keys.words("slug");
    if said.as_deref().is_some_and(|said| said != slug) {
        keys.fault("slug", FaultKind::Slug, format!("the slug is not the file's name, “{slug}”"));
    }
    let summary = keys.words("summary").unwrap_or_default();
    let length = summary.chars().count();
    if length > SUMMARY {
        keys.fault("summary", FaultKind::SummaryTooLong, format!("{length} characters; {SUMMARY} at most"));
    }
    Words {
        title: keys.words("title").unwrap_or_default(),
        summary,
        alternate_titles: keys.texts("alternate_titles").unwrap_or_default(),
        keywords: keys.texts("keywords").unwrap_or_default(),
        relation_note: keys.text("relation_note").unwrap_or_default(),
        reached_after: keys.text("reached_after").unwrap_or_default(),
        written: keys.day("written").unwrap_or_default(),
        originals: Vec::new(),
    }
}

fn facts(keys: &mut Keys<'_, '_>, known: &Known<'_>) -> Facts {
    let occupation = keys.words("occupation").unwrap_or_default();
    if !occupation.is_empty()
        && !known.occupations.as_ref().is_some_and(|all| all.contains(occupation.as_str()))
    {
        let detail = format!("occupation.tsv has no “{occupation}”");
        keys.fault("occupation", FaultKind::UnknownOccupation, detail);
    }
    let field = keys.words("field").unwrap_or_default();
    if !field.is_empty() && !known.clusters.as_ref().is_some_and(|all| all.contains(field.as_str())) {
        keys.fault("field", FaultKind::UnknownCluster, format!("cluster.tsv has no “{field}”"));
    }
    let subjects = subjects(keys);
    let relation = match keys.one_of("relation", RELATIONS).as_deref() {
        Some("same") => Relation::Same,
        Some("specialty") => Relation::Specialty,
        // Also where the key was refused: nothing is written then.
        _ => Relation::Nearest,
    };
    let reviewed = keys.flag("reviewed").unwrap_or_default();
    Facts { occupation, relation, fields: vec![field], subjects, reviewed }
}

/// The school subjects that point to a career.
pub(crate) fn subjects(keys: &mut Keys<'_, '_>) -> Vec<String> {
    let subjects = keys.texts("subjects").unwrap_or_default();
    let mut seen = BTreeSet::new();
    for subject in &subjects {
        if !is_id(subject) || !SUBJECTS.contains(&subject.as_str()) {
            keys.fault("subjects", FaultKind::UnknownSubject, format!("“{subject}” is no school subject"));
        } else if !seen.insert(subject) {
            keys.fault("subjects", FaultKind::BadValue, format!("“{subject}” stands twice"));
        }
    }
    subjects
}
