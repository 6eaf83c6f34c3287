//! Sources: of each table, of a page, of the whole file.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use super::cards::Cards;
use super::places::Places;
use crate::CatalogueError;
use crate::shapes::{CatalogueInfo, Source};

const COLUMNS: &str = "id, title, publisher, \"release\", date, url, licence, note";

/// Sources of each table of facts, by the table's name.
pub(crate) fn of_tables(db: &Connection) -> Result<BTreeMap<String, Vec<String>>, CatalogueError> {
    let mut statement = db.prepare_cached("SELECT name, source FROM table_source ORDER BY name, position")?;
    let mut rows = statement.query([])?;
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(found)
}

/// The sources with these ids, in their order, each once.
pub(crate) fn by_ids<'i>(
    db: &Connection,
    ids: impl IntoIterator<Item = &'i str>,
) -> Result<Vec<Source>, CatalogueError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM source WHERE id = ?1"))?;
    let mut found: Vec<Source> = Vec::new();
    for id in ids {
        if found.iter().all(|known| known.id != id) {
            found.push(statement.query_row([id], source)?);
        }
    }
    Ok(found)
}

/// See [`super::Catalogue::info`].
pub(crate) fn info(db: &Connection, cards: &Cards, places: &Places) -> Result<CatalogueInfo, CatalogueError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM source ORDER BY position"))?;
    let sources = statement.query_map([], source)?.collect::<Result<Vec<_>, _>>()?;
    let kind = |kind: &str| -> rusqlite::Result<u32> {
        db.prepare_cached("SELECT count(*) FROM career WHERE kind = ?1")?.query_row([kind], |row| row.get(0))
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(CatalogueInfo {
        careers: count(cards.all().len()),
        occupations: kind("short")?,
        guides: kind("long")?,
        places: count(places.count()),
        sources,
    })
}

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    Ok(Source {
        id: row.get(0)?,
        title: row.get(1)?,
        publisher: row.get(2)?,
        release: row.get(3)?,
        date: row.get(4)?,
        url: row.get(5)?,
        licence: row.get(6)?,
        note: row.get(7)?,
    })
}
