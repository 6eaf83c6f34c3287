//! The list of careers: what was typed, filters, counts, order, one screen of rows.

use std::collections::HashMap;

use rusqlite::Connection;

use super::cards::{Card, Cards};
use super::facts::middle_pay;
use super::figure::highest_first;
use super::filters::Tally;
use super::find::find;
use crate::CatalogueError;
use crate::shapes::{CareerPage, CareerQuery, CareerRow, CareerSort, CareerTitle, Figure, Language};

/// Most rows of one screen.
const ROWS: u32 = 200;

/// A career on its way to the list.
struct Candidate<'c> {
    card: &'c Card,
    found_by: Option<String>,
    pay: Figure,
}

/// See [`super::Catalogue::search`].
pub(crate) fn page(
    db: &Connection,
    cards: &Cards,
    query: &CareerQuery,
) -> Result<CareerPage, CatalogueError> {
    let pays = middle_pay(db, &query.place)?;
    let mut tally = Tally::new(query.language);
    let mut found = candidates(db, cards, &query.text, query.language, &pays)?;
    found.retain(|found| tally.add(found.card, found.pay, &query.filters));
    sort(&mut found, query.sort, query.language);
    tally.pays.sort_unstable();
    Ok(CareerPage {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        rows: window(found, query.offset, query.limit.min(ROWS)).map(|f| row(f, query.language)).collect(),
        counts: tally.counts,
        pays: tally.pays,
    })
}

/// See [`super::Catalogue::titles`].
pub(crate) fn titles(
    db: &Connection,
    cards: &Cards,
    text: &str,
    language: Language,
    limit: u32,
) -> Result<Vec<CareerTitle>, CatalogueError> {
    let found = candidates(db, cards, text, language, &HashMap::new())?;
    let title = |found: Candidate<'_>| CareerTitle {
        slug: found.card.slug.clone(),
        title: found.card.naming(language).title.clone(),
        found_by: found.found_by,
    };
    Ok(window(found, 0, limit.min(ROWS)).map(title).collect())
}

/// Careers that answer to the text, best first; all of them by name where there is none.
fn candidates<'c>(
    db: &Connection,
    cards: &'c Cards,
    text: &str,
    language: Language,
    pays: &HashMap<String, Figure>,
) -> Result<Vec<Candidate<'c>>, CatalogueError> {
    // A place without a row for the occupation publishes nothing about it.
    let pay = |card: &Card| pays.get(&card.soc).copied().unwrap_or(Figure::NotPublished);
    if text.trim().is_empty() {
        let mut all: Vec<_> = cards.all().iter().collect();
        all.sort_by(|a, b| a.by_name(b, language));
        return Ok(all.into_iter().map(|card| Candidate { card, found_by: None, pay: pay(card) }).collect());
    }
    let hits = find(db, cards, text, language)?;
    Ok(hits
        .into_iter()
        .map(|hit| Candidate { card: hit.card, found_by: hit.found_by, pay: pay(hit.card) })
        .collect())
}

/// Sorts; equal careers keep to their names, and those by relevance to their rank.
fn sort(found: &mut [Candidate<'_>], by: CareerSort, language: Language) {
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

fn row(found: Candidate<'_>, language: Language) -> CareerRow {
    let card = found.card;
    let naming = card.naming(language);
    CareerRow {
        slug: card.slug.clone(),
        title: naming.title.clone(),
        found_by: found.found_by,
        summary: naming.summary.clone(),
        fields: card.fields.clone(),
        relation: card.relation,
        pay: found.pay,
        growth_percent: card.growth,
        openings: card.openings,
        education: card.education.clone(),
    }
}
