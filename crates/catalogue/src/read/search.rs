//! The list of careers: what was typed, filters, counts, order, one screen of rows.

use rusqlite::Connection;

use super::cards::{Card, Cards};
use super::facts::middle_pay;
use super::figure::highest_first;
use super::filters::Tally;
use crate::CatalogueError;
use crate::index::{Findings, Found, Index, Matched};
use crate::shapes::{CareerPage, CareerQuery, CareerRow, CareerSort, CareerTitle, Figure, Language};

/// Most rows of one screen.
const ROWS: u32 = 200;

/// What answers to a text.
pub(crate) struct Answer<'i> {
    pub(crate) index: &'i Index,
    pub(crate) findings: Findings,
}

/// A career on its way to the list.
struct Candidate<'c, 'a> {
    card: &'c Card,
    found: Option<&'a Found>,
    pay: Figure,
}

/// Reads the search index out of the file.
pub(crate) fn index(db: &Connection) -> Result<Index, CatalogueError> {
    let bytes: Vec<u8> = db.query_row("SELECT bytes FROM search_index", [], |row| row.get(0))?;
    Index::read(&bytes).ok_or_else(|| CatalogueError::damaged("the search index is no index"))
}

/// See [`super::Catalogue::search`].
pub(crate) fn page(
    db: &Connection,
    cards: &Cards,
    answer: Option<&Answer<'_>>,
    query: &CareerQuery,
) -> Result<CareerPage, CatalogueError> {
    let pays = middle_pay(db, &query.place)?;
    let mut tally = Tally::new(query.language);
    let mut found = candidates(cards, answer, query.language);
    for candidate in &mut found {
        // A place without a row for the occupation publishes nothing about it.
        candidate.pay = pays.get(&candidate.card.soc).copied().unwrap_or(Figure::NotPublished);
    }
    found.retain(|found| tally.add(found.card, found.pay, &query.filters));
    sort(&mut found, query.sort, query.language);
    tally.pays.sort_unstable();
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let shown = window(found, query.offset, query.limit.min(ROWS));
    Ok(CareerPage {
        total,
        rows: shown.map(|found| row(&found, answer, query.language)).collect(),
        counts: tally.counts,
        pays: tally.pays,
    })
}

/// See [`super::Catalogue::titles`].
pub(crate) fn titles(
    cards: &Cards,
    answer: Option<&Answer<'_>>,
    language: Language,
    limit: u32,
) -> Vec<CareerTitle> {
    let found = candidates(cards, answer, language);
    let title = |found: Candidate<'_, '_>| CareerTitle {
        slug: found.card.slug.clone(),
        title: found.card.naming(language).title.clone(),
        found_by: found_by(&found, answer, language),
    };
    window(found, 0, limit.min(ROWS)).map(title).collect()
}

/// Careers that answer, best first; all of them by name where nothing was asked.
fn candidates<'c, 'a>(
    cards: &'c Cards,
    answer: Option<&'a Answer<'_>>,
    language: Language,
) -> Vec<Candidate<'c, 'a>> {
    let Some(answer) = answer else {
        let mut all: Vec<_> = cards.all().iter().collect();
        all.sort_by(|a, b| a.by_name(b, language));
        let listed = all.into_iter().map(|card| Candidate { card, found: None, pay: Figure::NotProvided });
        return listed.collect();
    };
    let found = answer.findings.found.iter();
    let mut found: Vec<_> = found
        .filter_map(|found| {
            let card = cards.by_id(i64::try_from(found.document).ok()? + 1)?;
            Some(Candidate { card, found: Some(found), pay: Figure::NotProvided })
        })
        .collect();
    let score = |candidate: &Candidate<'_, '_>| candidate.found.map_or(0.0, |found| found.score);
    found.sort_by(|a, b| score(b).total_cmp(&score(a)).then_with(|| a.card.by_name(b.card, language)));
    found
}

/// The name or the words by which a career was found, where that is not the title shown.
fn found_by(
    candidate: &Candidate<'_, '_>,
    answer: Option<&Answer<'_>>,
    language: Language,
) -> Option<String> {
    let answer = answer?;
    match answer.index.matched(&answer.findings, candidate.found?) {
        Matched::Name(name) if name == candidate.card.naming(language).title => None,
        Matched::Name(name) => Some(name.to_owned()),
        Matched::Words(words) => Some(words),
    }
}

/// Sorts; equal careers keep to their names, and those by relevance to their rank.
fn sort(found: &mut [Candidate<'_, '_>], by: CareerSort, language: Language) {
    found.sort_by(|a, b| {
        let order = match by {
            CareerSort::Relevance => return std::cmp::Ordering::Equal,
            CareerSort::Name => std::cmp::Ordering::Equal,
            CareerSort::Pay => highest_first(a.pay, b.pay),
            CareerSort::Growth => highest_first(a.card.growth, b.card.growth),
            CareerSort::Openings => highest_first(a.card.openings, b.card.openings),
        };
        order.then_with(|| a.card.by_name(b.card, language))
    });
}

fn window<T>(items: Vec<T>, offset: u32, limit: u32) -> impl Iterator<Item = T> {
    let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    items.into_iter().skip(size(offset)).take(size(limit))
}

fn row(found: &Candidate<'_, '_>, answer: Option<&Answer<'_>>, language: Language) -> CareerRow {
    let card = found.card;
    let naming = card.naming(language);
    CareerRow {
        slug: card.slug.clone(),
        title: naming.title.clone(),
        found_by: found_by(found, answer, language),
        score: found.found.map_or(0.0, |found| found.score),
        summary: naming.summary.clone(),
        fields: card.fields.clone(),
        relation: card.relation,
        pay: found.pay,
        growth_percent: card.growth,
        openings: card.openings,
        education: card.education.clone(),
    }
}
