//! Answers from the catalogue file.

mod cards;
mod career;
mod facts;
mod figure;
mod filters;
mod places;
mod pool;
mod search;
mod sources;
mod states;
#[cfg(test)]
mod tests;
mod verify;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use crate::index::Index;
use crate::shapes::{
    Career, CareerPage, CareerQuery, CareerTitle, CatalogueInfo, Language, Place, StateFigures,
};
use crate::{APPLICATION_ID, CatalogueError, SCHEMA_VERSION, seal};

use cards::Cards;
use places::Places;
use pool::Pool;

/// An open catalogue. Read-only; may be shared between threads.
///
/// What every list needs (a line for each career and each place) is read once at opening, the search index with the first
/// search; the rest is asked of the file. Every method may fail with `damaged` or `unreadable` if the file is altered or withdrawn while it is open.
#[derive(Debug)]
pub struct Catalogue {
    pool: Pool,
    cards: Cards,
    places: Places,
    index: OnceLock<Index>,
}

impl Catalogue {
    /// Opens a catalogue file that [`crate::build()`] wrote. Fails with `missing`, `damaged` (cut, altered or no
    /// catalogue), `other_version` or `unreadable`; never partly.
    pub fn open(path: &Path) -> Result<Self, CatalogueError> {
        if !seal::holds(path)? {
            return Err(CatalogueError::damaged("its seal does not hold"));
        }
        let pool = Pool::new(path)?;
        let (cards, places) = pool.with(|db| {
            let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
            if pragma("application_id")? != APPLICATION_ID {
                return Err(CatalogueError::damaged("it is no catalogue"));
            }
            let found = pragma("user_version")?;
            if found != SCHEMA_VERSION {
                return Err(CatalogueError::OtherVersion { found, expected: SCHEMA_VERSION });
            }
            Ok((Cards::read(db)?, Places::read(db)?))
        })?;
        Ok(Self { pool, cards, places, index: OnceLock::new() })
    }

    /// A screen of the list of careers, with live counts for each filter. Never fails because of what was typed.
    pub fn search(&self, query: &CareerQuery) -> Result<CareerPage, CatalogueError> {
        let found = self.find(&query.text, query.language)?;
        self.pool.with(|db| search::page(db, &self.cards, found.as_ref(), query))
    }

    /// What answers to the text; `None` where nothing was typed, and so all do.
    fn find(&self, text: &str, language: Language) -> Result<Option<search::Answer<'_>>, CatalogueError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let index = if let Some(index) = self.index.get() {
            index
        } else {
            let index = self.pool.with(search::index)?;
            self.index.get_or_init(|| index)
        };
        Ok(Some(search::Answer { findings: index.find(text, language), index }))
    }

    /// A career page: texts in the language asked for (English where a text is not translated), pay at `place`, its
    /// first state and the nation. `None`: the catalogue has no such page.
    pub fn career(
        &self,
        slug: &str,
        place: &str,
        language: Language,
    ) -> Result<Option<Career>, CatalogueError> {
        let Some(card) = self.cards.by_slug(slug) else { return Ok(None) };
        self.pool.with(|db| career::page(db, &self.cards, &self.places, card, place, language)).map(Some)
    }

    /// A career's figures in each state, by the states' names. `None`: the catalogue has no such page.
    pub fn states(
        &self,
        slug: &str,
        language: Language,
    ) -> Result<Option<Vec<StateFigures>>, CatalogueError> {
        let Some(card) = self.cards.by_slug(slug) else { return Ok(None) };
        self.pool.with(|db| states::states(db, &self.places, card, language)).map(Some)
    }

    /// Titles for the command palette, best first; the first ones by name where `text` is empty.
    pub fn titles(
        &self,
        text: &str,
        language: Language,
        limit: u32,
    ) -> Result<Vec<CareerTitle>, CatalogueError> {
        let found = self.find(text, language)?;
        Ok(search::titles(&self.cards, found.as_ref(), language, limit))
    }

    /// Places whose name, in the language asked for or the official one, has a word beginning with each word typed, or
    /// nearly; nation and states where `text` is empty.
    #[must_use]
    pub fn places(&self, text: &str, language: Language, limit: u32) -> Vec<Place> {
        self.places.find(text, language, limit)
    }

    /// A place by its id, named in the language asked for where it has a name there.
    #[must_use]
    pub fn place(&self, id: &str, language: Language) -> Option<Place> {
        self.places.get(id, language).cloned()
    }

    /// Address and title of every career.
    pub fn every_title(&self, language: Language) -> impl Iterator<Item = (&str, &str)> {
        self.cards.all().iter().map(move |card| (card.slug.as_str(), card.naming(language).title.as_str()))
    }

    /// The title of a career, where the catalogue knows its address.
    #[must_use]
    pub fn title(&self, slug: &str, language: Language) -> Option<String> {
        self.cards.by_slug(slug).map(|card| card.naming(language).title.clone())
    }

    /// The O*NET-SOC code of the occupation whose figures a career shows, where the catalogue knows its address.
    #[must_use]
    pub fn code(&self, slug: &str) -> Option<String> {
        self.cards.by_slug(slug).map(|card| card.occupation.clone())
    }

    /// The address of an occupation's own page, by its O*NET-SOC code.
    #[must_use]
    pub fn address(&self, code: &str) -> Option<String> {
        self.cards.of_occupation(code).map(|card| card.slug.clone())
    }

    /// Reads the open file's structure and what must point at something in it, and gives the rows of each table.
    /// [`Self::open`] has held its seal already. Fails with `damaged`.
    pub fn verify(&self) -> Result<BTreeMap<String, u32>, CatalogueError> {
        self.pool.with(verify::verify)
    }

    /// What the file holds.
    pub fn info(&self) -> Result<CatalogueInfo, CatalogueError> {
        self.pool.with(|db| sources::info(db, &self.cards, &self.places))
    }
}
