//! Writes the catalogue file: into a temporary file beside its place, sealed, then moved in as a whole.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params, params_from_iter};
use thiserror::Error;

use super::cells::NOT_RATED;
use super::facts::{Facts, Loaded};
use super::guide::{Guide, Text};
use super::sources::Sources;
use super::subjects::Subjects;
use super::tables::Cell;
use crate::shapes::{GuideKind, Language, Relation};
use crate::{APPLICATION_ID, SCHEMA_VERSION, seal};

const SCHEMA: &str = include_str!("schema.sql");

/// Why the file could not be written.
#[derive(Debug, Error)]
pub(crate) enum WriteError {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// All that the file holds.
pub(crate) struct Content<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) sources: &'a Sources,
    pub(crate) guides: &'a [Guide],
    pub(crate) subjects: &'a Subjects,
}

/// Writes the file and gives its size in bytes. Whatever stood there before stays until the new one is whole.
pub(crate) fn write(content: &Content<'_>, out: &Path) -> Result<u64, WriteError> {
    if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let temporary = beside(out);
    let written = fill(content, &temporary).and_then(|()| {
        seal::set(&temporary)?;
        let size = std::fs::metadata(&temporary)?.len();
        std::fs::rename(&temporary, out)?;
        Ok(size)
    });
    if written.is_err() {
        remove(&temporary)?;
    }
    written
}

fn beside(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    out.with_file_name(name)
}

fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place that writes a catalogue file")]
fn fill(content: &Content<'_>, path: &Path) -> Result<(), WriteError> {
    remove(path)?;
    let mut db = Connection::open(path)?;
    // One writer and a file that is thrown away on failure: no journal is needed.
    db.execute_batch("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    db.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    let transaction = db.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    transaction.execute("INSERT INTO meta VALUES ('schema_version', ?1)", [SCHEMA_VERSION.to_string()])?;
    for loaded in &content.facts.0 {
        write_table(&transaction, loaded)?;
    }
    write_sources(&transaction, content.sources)?;
    for (id, guide) in (1_i64..).zip(content.guides) {
        write_guide(&transaction, id, guide)?;
    }
    super::index::write(&transaction, content.facts, content.guides, content.subjects)?;
    transaction.commit()?;
    db.execute_batch("VACUUM")?;
    db.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn write_table(db: &Transaction<'_>, loaded: &Loaded) -> rusqlite::Result<()> {
    let name = loaded.table.name;
    for (position, source) in (1_i64..).zip(&loaded.sources) {
        db.execute("INSERT INTO table_source VALUES (?1, ?2, ?3)", params![name, position, source])?;
    }
    let marks = vec!["?"; loaded.table.columns.len()].join(", ");
    let mut insert = db.prepare(&format!("INSERT INTO \"{name}\" VALUES ({marks})"))?;
    for row in 0..loaded.rows() {
        let cells = loaded.table.columns.iter().enumerate();
        insert.execute(params_from_iter(
            cells.map(|(column, (_, cell))| value(*cell, loaded.cell(row, column))),
        ))?;
    }
    Ok(())
}

/// A checked cell as it is stored. A figure's reason stays a text among numbers.
fn value(cell: Cell, text: &str) -> Value {
    let words = || Value::Text(text.to_owned());
    match cell {
        _ if text.is_empty() => Value::Null,
        Cell::Figure => text.parse().map_or_else(|_| words(), Value::Real),
        Cell::RatedWhole(..) if text == NOT_RATED => Value::Null,
        Cell::Whole(..) | Cell::RatedWhole(..) | Cell::Flag => {
            text.parse().map_or_else(|_| words(), Value::Integer)
        }
        _ => words(),
    }
}

fn write_sources(db: &Transaction<'_>, sources: &Sources) -> rusqlite::Result<()> {
    let mut insert = db.prepare("INSERT INTO source VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for (position, s) in (1_i64..).zip(sources.0.values()) {
        insert.execute(params![
            position,
            s.id,
            s.title,
            s.publisher,
            s.release,
            s.date,
            s.url,
            s.licence,
            s.note
        ])?;
    }
    Ok(())
}

fn write_guide(db: &Transaction<'_>, id: i64, guide: &Guide) -> Result<(), WriteError> {
    let relation = match guide.facts.relation {
        Relation::Same => "same",
        Relation::Specialty => "specialty",
        Relation::Nearest => "nearest",
    };
    let kind = match guide.kind {
        GuideKind::Long => "long",
        GuideKind::Short => "short",
    };
    db.execute(
        "INSERT INTO career VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            id,
            guide.slug,
            guide.facts.occupation,
            relation,
            guide.facts.fields.join(","),
            guide.facts.reviewed,
            kind,
            guide.written_from.join(",")
        ],
    )?;
    for (position, subject) in (1_i64..).zip(&guide.facts.subjects) {
        db.execute("INSERT INTO career_subject VALUES (?1, ?2, ?3)", params![id, position, subject])?;
    }
    write_text(db, id, Language::En, &guide.english)?;
    if let Some(text) = &guide.spanish {
        write_text(db, id, Language::Es, text)?;
    }
    Ok(())
}

fn write_text(db: &Transaction<'_>, id: i64, language: Language, text: &Text) -> Result<(), WriteError> {
    db.execute(
        "INSERT INTO career_text VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            id,
            language_code(language),
            text.words.title,
            text.words.summary,
            serde_json::to_string(&text.words.alternate_titles)?,
            text.words.relation_note,
            text.words.reached_after,
            text.words.written,
            serde_json::to_string(&text.sections)?,
            serde_json::to_string(&text.originals)?
        ],
    )?;
    Ok(())
}

/// A language as the file names it.
pub(crate) fn language_code(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Es => "es",
    }
}
