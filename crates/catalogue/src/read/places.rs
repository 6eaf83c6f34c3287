//! Places for which pay is published, read once at opening (about 600), their names in both languages, and the search
//! for them.

use std::collections::HashMap;

use rusqlite::Connection;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::CatalogueError;
use crate::shapes::{Language, Place, PlaceKind};
use crate::words::{plain, question};

/// The nation's id.
pub(crate) const NATION: &str = "US";

/// Our Spanish names of places that have one: `place`, `name_es`. The others keep their official name.
const SPANISH: &str = include_str!("../../../../data/facts/es/places.tsv");

/// All places in each language: nation, states, metropolitan, then nonmetropolitan areas, by name.
#[derive(Debug)]
pub(crate) struct Places {
    english: Vec<Known>,
    spanish: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    place: Place,
    /// Words of the shown name, then those of the official one: either finds the place.
    words: Vec<String>,
}

impl Places {
    /// Reads them.
    pub(crate) fn read(db: &Connection) -> Result<Self, CatalogueError> {
        let mut statement = db.prepare("SELECT place, kind, name, states FROM place")?;
        let rows = statement.query_map([], |row| {
            let states: Option<String> = row.get(3)?;
            Ok(Place {
                id: row.get(0)?,
                name: row.get(2)?,
                kind: row.get::<_, StoredKind>(1)?.0,
                states: states.iter().flat_map(|list| list.split(',')).map(str::to_owned).collect(),
            })
        })?;
        let official = rows.collect::<Result<Vec<_>, _>>()?;
        let names: HashMap<_, _> = SPANISH.lines().filter_map(|line| line.split_once('\t')).collect();
        let spanish = official.iter().map(|place| in_spanish(place, &names)).collect();
        Ok(Self { spanish: sorted(spanish), english: sorted(official.into_iter().map(known).collect()) })
    }

    fn all(&self, language: Language) -> &[Known] {
        match language {
            Language::En => &self.english,
            Language::Es => &self.spanish,
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.english.len()
    }

    pub(crate) fn get(&self, id: &str, language: Language) -> Option<&Place> {
        self.all(language).iter().map(|known| &known.place).find(|place| place.id == id)
    }

    /// The nation, where the catalogue has it.
    pub(crate) fn nation(&self, language: Language) -> Option<&Place> {
        self.get(NATION, language)
    }

    /// See [`super::Catalogue::places`].
    pub(crate) fn find(&self, text: &str, language: Language, limit: u32) -> Vec<Place> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let all = self.all(language);
        let first = |places: &mut dyn Iterator<Item = &Known>| -> Vec<Place> {
            places.take(limit).map(|known| known.place.clone()).collect()
        };
        if text.trim().is_empty() {
            let wide = |known: &&Known| matches!(known.place.kind, PlaceKind::Nation | PlaceKind::State);
            return first(&mut all.iter().filter(wide));
        }
        let typed: Vec<_> = question(text).into_iter().map(|token| token.folded).collect();
        if typed.is_empty() {
            return Vec::new();
        }
        let exact = ranked(all, &typed, |typed, word| word.starts_with(typed));
        let found = if exact.is_empty() { ranked(all, &typed, nearly) } else { exact };
        first(&mut found.into_iter())
    }
}

fn known(place: Place) -> Known {
    Known { words: words(&place.name), place }
}

fn in_spanish(place: &Place, names: &HashMap<&str, &str>) -> Known {
    let Some(name) = names.get(place.id.as_str()) else { return known(place.clone()) };
    let place_words = [words(name), words(&place.name)].concat();
    Known { place: Place { name: (*name).to_owned(), ..place.clone() }, words: place_words }
}

fn sorted(mut places: Vec<Known>) -> Vec<Known> {
    places.sort_by_cached_key(|Known { place, .. }| (rank(place.kind), plain(&place.name), place.id.clone()));
    places
}

/// Places in which every typed word fits some word; those that begin with the first one come first.
fn ranked<'p>(places: &'p [Known], typed: &[String], fits: impl Fn(&str, &str) -> bool) -> Vec<&'p Known> {
    let all = |known: &&Known| typed.iter().all(|t| known.words.iter().any(|word| fits(t, word)));
    let mut found: Vec<_> = places.iter().filter(all).collect();
    let begins = |known: &&Known| {
        let (first, word) = (typed.first(), known.words.first());
        first.zip(word).is_some_and(|(typed, word)| fits(typed, word))
    };
    found.sort_by_key(|known| !begins(known));
    found
}

/// Whether a word, or its beginning, is the typed one but for a slip.
fn nearly(typed: &str, word: &str) -> bool {
    let length = typed.chars().count();
    let allowed = match length {
        0..=3 => return typed == word,
        4..=6 => 1,
        _ => 2,
    };
    let head: String = word.chars().take(length).collect();
    strsim::osa_distance(typed, word).min(strsim::osa_distance(typed, &head)) <= allowed
}

fn words(name: &str) -> Vec<String> {
    plain(name).split(' ').map(str::to_owned).collect()
}

fn rank(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Nation => 0,
        PlaceKind::State => 1,
        PlaceKind::Metropolitan => 2,
        PlaceKind::Nonmetropolitan => 3,
    }
}

struct StoredKind(PlaceKind);

impl FromSql for StoredKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "nation" => Ok(Self(PlaceKind::Nation)),
            "state" => Ok(Self(PlaceKind::State)),
            "metropolitan" => Ok(Self(PlaceKind::Metropolitan)),
            "nonmetropolitan" => Ok(Self(PlaceKind::Nonmetropolitan)),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}
