//! Places for which pay is published, read once at opening (about 600), and the search for them.

use rusqlite::Connection;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::CatalogueError;
use crate::shapes::{Place, PlaceKind};
use crate::words::{plain, question};

/// The nation's id.
pub(crate) const NATION: &str = "US";

/// All places: nation, states, metropolitan, then nonmetropolitan areas, by name.
#[derive(Debug)]
pub(crate) struct Places(Vec<Known>);

#[derive(Debug)]
struct Known {
    place: Place,
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
        let mut places = rows.collect::<Result<Vec<_>, _>>()?;
        let key = |place: &Place| (rank(place.kind), plain(&place.name), place.id.clone());
        places.sort_by_cached_key(key);
        let known = |place: Place| Known { words: words(&place.name), place };
        Ok(Self(places.into_iter().map(known).collect()))
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Place> {
        self.0.iter().map(|known| &known.place).find(|place| place.id == id)
    }

    /// The nation, where the catalogue has it.
    pub(crate) fn nation(&self) -> Option<&Place> {
        self.get(NATION)
    }

    /// See [`super::Catalogue::places`].
    pub(crate) fn find(&self, text: &str, limit: u32) -> Vec<Place> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let first = |places: &mut dyn Iterator<Item = &Known>| -> Vec<Place> {
            places.take(limit).map(|known| known.place.clone()).collect()
        };
        if text.trim().is_empty() {
            let wide = |known: &&Known| matches!(known.place.kind, PlaceKind::Nation | PlaceKind::State);
            return first(&mut self.0.iter().filter(wide));
        }
        let typed: Vec<_> = question(text).into_iter().map(|token| token.folded).collect();
        if typed.is_empty() {
            return Vec::new();
        }
        let exact = self.ranked(&typed, |typed, word| word.starts_with(typed));
        let found = if exact.is_empty() { self.ranked(&typed, nearly) } else { exact };
        first(&mut found.into_iter())
    }

    /// Places in which every typed word fits some word; those that begin with the first one come first.
    fn ranked(&self, typed: &[String], fits: impl Fn(&str, &str) -> bool) -> Vec<&Known> {
        let all = |known: &&Known| typed.iter().all(|t| known.words.iter().any(|word| fits(t, word)));
        let mut found: Vec<_> = self.0.iter().filter(all).collect();
        let begins = |known: &&Known| {
            let (first, word) = (typed.first(), known.words.first());
            first.zip(word).is_some_and(|(typed, word)| fits(typed, word))
        };
        found.sort_by_key(|known| !begins(known));
        found
    }
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
