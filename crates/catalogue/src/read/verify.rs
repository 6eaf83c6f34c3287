//! Whether the file holds together: asked by the command line, never while a page waits.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::CatalogueError;

/// What must not be in a sound file: rows that point at nothing.
const ORPHANS: [(&str, &str); 3] = [
    (
        "careers of no occupation",
        "SELECT count(*) FROM career WHERE occupation NOT IN (SELECT code FROM occupation)",
    ),
    (
        "careers without an English text",
        "SELECT count(*) FROM career WHERE id NOT IN (SELECT career FROM career_text WHERE language = 'en')",
    ),
    ("pay at no place", "SELECT count(*) FROM pay WHERE place NOT IN (SELECT place FROM place)"),
];

/// See [`super::Catalogue::verify`].
pub(crate) fn verify(db: &Connection) -> Result<BTreeMap<String, u32>, CatalogueError> {
    let found: String = db.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if found != "ok" {
        return Err(CatalogueError::damaged(found));
    }
    for (what, sql) in ORPHANS {
        let count = count(db, sql)?;
        if count > 0 {
            return Err(CatalogueError::damaged(format!("{count} {what}")));
        }
    }
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
               AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE '%\\_index\\_%' ESCAPE '\\'";
    let mut statement = db.prepare(sql)?;
    let tables = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let rows = |table: String| {
        // The name comes from the file: in quotes, it is a name and nothing else.
        let quoted = table.replace('"', "\"\"");
        let rows = count(db, &format!("SELECT count(*) FROM \"{quoted}\""))?;
        Ok((table, rows))
    };
    tables.into_iter().map(rows).collect()
}

fn count(db: &Connection, sql: &str) -> Result<u32, CatalogueError> {
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}
