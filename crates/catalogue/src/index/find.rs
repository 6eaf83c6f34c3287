//! Ranks careers for what was typed: by the name that answers best, by how strongly the words belong to the career
//! altogether, by how many of its names answer, and by how likely it is meant.

use super::Kind;
use super::roles::Role;
use super::stored::Index;
use super::terms::{Term, terms};
use crate::shapes::Language;
use crate::words::fold;

/// Shares of the score.
const NAME: f32 = 0.52;
const STRENGTH: f32 = 0.26;
const NAMES: f32 = 0.08;
const WHOLE: f32 = 0.1;
const LIKELY: f32 = 0.12;
const OWN_LANGUAGE: f32 = 0.02;
/// How much less of what was typed the title may have than the best name, to be told instead of it.
const TITLE: f32 = 0.3;
/// What a name that is just what was typed is worth more.
const EXACT: f32 = 0.05;

/// Share of what was typed, by weight, that must be known at all, and that a career must have of what is known.
const KNOWN: f32 = 0.38;
const HAVING: f32 = 0.55;

/// What answers to a question, best first.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) found: Vec<Found>,
    typed: Vec<String>,
}

/// A career that was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// Number of the document.
    pub(crate) document: usize,
    /// How well it answers, 0 to 1.
    pub(crate) score: f32,
    /// The name that answers, where one does.
    name: Option<u32>,
    /// The terms that it has, one bit each.
    has: u32,
}

/// What answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Matched<'i> {
    /// A name.
    Name(&'i str),
    /// These typed words, here and there.
    Words(String),
}

/// What is known of a name while the terms are gone through.
#[derive(Debug, Clone, Copy, Default)]
struct Tried {
    /// Weight of the typed words that it has.
    typed: f32,
    /// Weight of its own words that were typed.
    own: f32,
    /// The term that was last met, from 1, and how surely.
    term: u16,
    sure: f32,
}

/// What is known of a document.
#[derive(Debug, Clone, Copy, Default)]
struct Candidate {
    best: f32,
    name: u32,
    /// Share of the typed words in that name.
    share: f32,
    own_language: bool,
    /// The title in the language of the reader, and the share of the typed words in it.
    title: (u32, f32),
    answering: f32,
    having: f32,
    has: u32,
    strength: f32,
}

impl Index {
    /// Careers that answer to the text, best first. Nothing that is typed is an error.
    pub(crate) fn find(&self, text: &str, language: Language) -> Findings {
        let terms = terms(self, text);
        let all: f32 = terms.iter().map(|term| term.weight).sum();
        let sure = |term: &Term| term.words.iter().map(|(_, sure)| *sure).fold(0.0, f32::max);
        let reachable: f32 = terms.iter().map(|term| term.weight * sure(term)).sum();
        if reachable <= 0.0 || reachable < KNOWN * all {
            return Findings::default();
        }
        let mut candidates = vec![Candidate::default(); self.likely.len()];
        self.names(&terms, reachable, language, &mut candidates);
        self.anywhere(&terms, reachable, &mut candidates);
        let most = candidates.iter().map(|c| c.having).fold(0.0, f32::max);
        if most < KNOWN * all / reachable {
            return Findings::default();
        }
        let crowd = candidates.iter().map(|c| c.answering).fold(0.0, f32::max);
        let mut found = Vec::new();
        for (document, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.having >= HAVING * most)
        {
            let named = candidate.best > 0.0 && candidate.share + 0.2 >= candidate.having;
            // Where the title answers about as well, no other name needs to be told.
            let titled = candidate.title.1 > 0.0 && candidate.title.1 + TITLE >= candidate.share;
            let name = if titled { candidate.title.0 } else { candidate.name };
            let score = self.score(document, candidate, crowd, &terms);
            found.push(Found { document, score, name: named.then_some(name), has: candidate.has });
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
        Findings { found, typed: terms.into_iter().map(|term| term.typed).collect() }
    }

    fn score(&self, document: usize, candidate: &Candidate, crowd: f32, terms: &[Term]) -> f32 {
        let likely = self.likely.get(document).copied().unwrap_or_default();
        let many = if crowd > 0.0 { (1.0 + candidate.answering).ln() / (1.0 + crowd).ln() } else { 0.0 };
        let asked = |word: u32| {
            let means = |(other, sure): &(u32, f32)| *other == word && *sure > 0.5;
            terms.iter().any(|term| term.words.iter().any(means))
        };
        let aside =
            self.roles_of(document).filter(|(word, _)| !asked(*word)).map(|(_, role)| role.of_title());
        NAME * candidate.best + STRENGTH * candidate.strength + NAMES * many + LIKELY * likely
            - aside.fold(0.0, f32::max)
            + WHOLE * candidate.having
            + if candidate.own_language { OWN_LANGUAGE } else { 0.0 }
    }

    /// Why a career was found.
    pub(crate) fn matched(&self, findings: &Findings, found: &Found) -> Matched<'_> {
        if let Some(name) = found.name {
            return Matched::Name(self.shown(name));
        }
        let has = findings.typed.iter().enumerate().filter(|(at, _)| found.has >> at & 1 == 1);
        Matched::Words(has.map(|(_, typed)| typed.as_str()).collect::<Vec<_>>().join(" "))
    }

    /// Tries every name that has a word of any term.
    fn names(&self, terms: &[Term], known: f32, language: Language, candidates: &mut [Candidate]) {
        let mut tried = vec![Tried::default(); self.names.len()];
        let mut touched = Vec::new();
        let asked = terms.iter().any(|term| Role::of(&fold(&term.typed)).is_some());
        for (number, term) in (1..).zip(terms) {
            for (word, sure) in &term.words {
                let weight = self.weight(*word);
                for name in self.names_with(*word) {
                    let Some(state) = tried.get_mut(*name as usize) else { continue };
                    if state.term == 0 {
                        touched.push(*name);
                    }
                    if state.term != number {
                        (state.term, state.sure) = (number, 0.0);
                    }
                    if *sure > state.sure {
                        state.typed += term.weight * (sure - state.sure);
                        state.own += weight * (sure - state.sure);
                        state.sure = *sure;
                    }
                }
            }
        }
        for name in touched {
            let (Some(state), Some(entry)) = (tried.get(name as usize), self.names.get(name as usize)) else {
                continue;
            };
            let Some(candidate) = candidates.get_mut(usize::from(entry.document)) else { continue };
            let share = state.typed / known;
            let filled = (state.own / entry.weight.max(f32::EPSILON)).min(1.0);
            let kept = if asked { 1.0 } else { entry.role.map_or(1.0, Role::of_name) };
            let value = kept * entry.kind.weight() * share * share.sqrt() * (0.45 + 0.55 * filled);
            let value = if share > 0.99 && filled > 0.93 { value + EXACT } else { value };
            if share > 0.7 {
                candidate.answering += value;
            }
            let own_language = entry.spanish == (language == Language::Es);
            if own_language && entry.kind <= Kind::Part && share > candidate.title.1 {
                candidate.title = (name, share);
            }
            if value > candidate.best {
                candidate.best = value;
                candidate.name = name;
                candidate.share = share;
                candidate.own_language = own_language;
            }
        }
    }

    /// How strongly the words belong to each document.
    fn anywhere(&self, terms: &[Term], known: f32, candidates: &mut [Candidate]) {
        let mut met = vec![(0.0_f32, 0.0_f32); candidates.len()];
        for (number, term) in terms.iter().enumerate() {
            met.fill((0.0, 0.0));
            for (word, sure) in &term.words {
                for (document, strength) in self.documents_with(*word) {
                    if let Some((having, strongest)) = met.get_mut(document) {
                        *having = having.max(*sure);
                        *strongest = strongest.max(sure * strength);
                    }
                }
            }
            for (candidate, (having, strongest)) in candidates.iter_mut().zip(&met) {
                if *having > 0.0 {
                    candidate.has |= 1 << number;
                }
                candidate.having += term.weight * having / known;
                candidate.strength += term.weight * strongest / known;
            }
        }
    }
}
