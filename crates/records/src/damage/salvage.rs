//! Salvage: everything that can be read in a damaged file goes into a new one, which then takes its place. The damaged
//! file stays, set aside, and so does a report of what could not be read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::gather::{self, Everything};
use super::pages::Pages;
use super::shapes::{Like, Reference, Shapes, Table};
use super::{aside, check, tree, wal};
use crate::backups::check::{Watcher, attend, go_on};
use crate::backups::place::remove_if_there;
use crate::surroundings::{Surroundings, written};
use crate::vault::envelope::DataKey;
use crate::vault::folder::{replace_file, sync_folder};
use crate::{Folder, Records, RecordsError, store};

/// What a salvage brought back and what it could not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SalvageReport {
    /// When, RFC 3339 UTC.
    pub at: String,
    /// Where the damaged files lie.
    pub set_aside: String,
    /// Pages of the damaged file.
    pub pages: u32,
    /// Those of them that can't be read.
    pub unreadable_pages: u32,
    /// Whether each page that was read was proved to be as it was written.
    pub proved: bool,
    /// The last change that is there, RFC 3339 UTC.
    pub last_change: Option<String>,
    /// Every table with what was read of it and what was not.
    pub tables: Vec<SalvagedTable>,
    /// Rows that were made up because others hang on them.
    pub stand_ins: u32,
    /// Pages with rows of which nobody can tell what they are.
    pub untold_pages: u32,
    /// Ids of the students of whom something is missing, as far as it is known.
    pub students: Vec<String>,
}

/// One table in a salvage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SalvagedTable {
    /// Its name.
    pub table: String,
    /// Rows that are in the new file.
    pub rows: u32,
    /// Rows that were there and could not be read, as far as an index or their own rest tells.
    pub missing: u32,
    /// Pages of it that could not be read; how many rows stood there only `missing` tells, where it does.
    pub pages: u32,
}

/// Words for rows that have to be made up, in the language of whoever asks.
#[derive(Debug, Clone)]
pub struct StandIn {
    /// The name of a student whose row can't be read, followed by a number.
    pub student: String,
    /// The form of an application whose row can't be read.
    pub form: String,
}

impl Records {
    /// The report of the newest salvage; none where there was none.
    #[must_use]
    pub fn salvage_report(&self) -> Option<SalvageReport> {
        let places = std::fs::read_dir(self.folder().set_aside()).ok()?;
        let read = |place: std::io::Result<std::fs::DirEntry>| -> Option<SalvageReport> {
            serde_json::from_slice(&std::fs::read(place.ok()?.path().join(REPORT)).ok()?).ok()
        };
        places.filter_map(read).max_by(|one, other| one.at.cmp(&other.at))
    }
}

const REPORT: &str = "report.json";

/// The parts of a salvage, in their order.
#[derive(Clone, Copy)]
enum Part {
    SetAside,
    Read,
    Gather,
    Fill,
    Check,
}

/// How far a salvage is, as whoever watches it hears it: in hundredths of its parts, since one counts pages and another
/// rows.
struct Course<'w>(&'w Arc<dyn Watcher>);

impl Course<'_> {
    const HUNDREDTHS: u64 = 100;
    const ALL: u64 = (Part::Check as u64 + 1) * Self::HUNDREDTHS;

    /// So much of a part is done; an error where it is to stop.
    fn at(&self, part: Part, done: usize, of: usize) -> Result<(), RecordsError> {
        let share = (done * 100).checked_div(of).unwrap_or(0) as u64;
        self.0.at(part as u64 * Self::HUNDREDTHS + share.min(Self::HUNDREDTHS), Self::ALL);
        go_on(self.0.as_ref())
    }
}

/// Brings everything that can be read in a damaged file into a new one, which takes its place. Until the new one is
/// complete it can be stopped; then, as where it fails, everything is as it was.
pub(crate) fn salvage(
    folder: &Folder,
    key: &DataKey,
    surroundings: &dyn Surroundings,
    stand_in: &StandIn,
    watch: &Arc<dyn Watcher>,
) -> Result<SalvageReport, RecordsError> {
    let course = Course(watch);
    course.at(Part::SetAside, 0, 1)?;
    let set_aside = aside::set_aside_while(folder, "damaged", surroundings.now(), &|| go_on(watch.as_ref()))?;
    let path = unfinished(folder);
    let report = read_into(&path, folder, key, surroundings, stand_in, &course)
        .map(|report| SalvageReport { set_aside: set_aside.display().to_string(), ..report })
        .and_then(|report| {
            keep(&report, &set_aside)?;
            // The last moment to stop: from here on the new file is the one, whenever the program stops, and `finish`
            // goes on from where it was.
            let decided = course.at(Part::Check, 1, 1).and_then(|()| {
                std::fs::File::open(&path)?.sync_all()?;
                Ok(std::fs::rename(&path, finished(folder))?)
            });
            if decided.is_err() {
                // It would tell of a salvage that never was.
                clear(&[set_aside.join(REPORT)]);
            }
            decided.map(|()| report)
        });
    match report {
        Ok(report) => {
            sync_folder(folder.path())?;
            finish(folder)?;
            Ok(report)
        }
        Err(fault) => {
            let beside = ["-wal", "-shm", "-journal"].map(|ending| store::beside(&path, ending));
            clear(&[&[path][..], &beside].concat());
            Err(fault)
        }
    }
}

/// Takes away what came of a salvage that is none. The fault that ended it is the one to tell.
fn clear(paths: &[PathBuf]) {
    for path in paths {
        if let Err(error) = remove_if_there(path) {
            tracing::warn!(%error, "what was left of a salvage could not be taken away");
        }
    }
}

fn keep(report: &SalvageReport, set_aside: &Path) -> Result<(), RecordsError> {
    let bytes = serde_json::to_vec_pretty(report).map_err(|_| RecordsError::Internal("report"))?;
    replace_file(&set_aside.join(REPORT), &bytes)
}

/// Reads what can be read into a new file at this path, which is whole and up to date then.
fn read_into(
    path: &Path,
    folder: &Folder,
    key: &DataKey,
    surroundings: &dyn Surroundings,
    stand_in: &StandIn,
    course: &Course<'_>,
) -> Result<SalvageReport, RecordsError> {
    let database = aside::read_what_can_be(&folder.database())?;
    let log = if folder.wal().is_file() { aside::read_what_can_be(&folder.wal())? } else { Vec::new() };
    let parsed = wal::parse(&log);
    let log = (!parsed.frames.is_empty()).then_some((log.as_slice(), &parsed));
    let pages =
        Pages::read(&database, log, key, tree::has_form, &|done, of| course.at(Part::Read, done, of))?;

    let version = gather::schema_version(&pages);
    let mut connection = store::begin(path, key, surroundings, version)?;
    attend(&mut connection, course.0)?;
    let shapes = Shapes::read(&connection)?;
    let everything = gather::gather(&pages, &shapes, &|done, of| course.at(Part::Gather, done, of))?;
    if everything.tables.values().all(|table| table.rows.is_empty()) {
        return Err(RecordsError::NothingReadable);
    }
    let mut report = SalvageReport {
        at: written(surroundings.now()),
        pages: pages.count(),
        unreadable_pages: pages.unreadable,
        proved: pages.proved,
        untold_pages: everything.untold,
        ..SalvageReport::default()
    };
    connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = connection.transaction()?;
    report.tables = fill(&transaction, &shapes, &everything, course)?;
    report.stand_ins = complete(&transaction, &shapes, stand_in, &report.at)?;
    transaction.commit()?;
    connection.pragma_update(None, "foreign_keys", true)?;
    report.students = students(&connection, &everything)?;
    store::migrate_salvaged(&mut connection, surroundings)?;
    report.last_change = super::opening::last_change(&connection)?;
    course.at(Part::Check, 0, 1)?;
    if !check::full_check_while(&connection, &|| go_on(course.0.as_ref()))?.none() {
        return Err(RecordsError::Internal("salvage"));
    }
    store::complete(connection)?;
    Ok(report)
}

/// Brings a salvaged file into the place of the damaged one, which is set aside by then. The damaged file's log goes
/// first: SQLite would fold it into whatever stands under that name.
pub(super) fn finish(folder: &Folder) -> Result<(), RecordsError> {
    if !finished(folder).try_exists()? {
        return Ok(());
    }
    for left in [folder.wal(), folder.shm()] {
        match std::fs::remove_file(left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    sync_folder(folder.path())?;
    std::fs::rename(finished(folder), folder.database())?;
    sync_folder(folder.path())
}

fn unfinished(folder: &Folder) -> PathBuf {
    folder.path().join("records.db.salvaging")
}

fn finished(folder: &Folder) -> PathBuf {
    folder.path().join("records.db.salvaged")
}

/// Writes the rows that were read.
fn fill(
    connection: &Connection,
    shapes: &Shapes,
    all: &Everything,
    course: &Course<'_>,
) -> Result<Vec<SalvagedTable>, RecordsError> {
    let mut tables = Vec::new();
    let rows = all.tables.values().map(|table| table.rows.len()).sum();
    let mut done = 0;
    for table in &shapes.tables {
        let Some(read) = all.tables.get(&table.name) else { continue };
        let mut said = SalvagedTable {
            table: table.name.clone(),
            missing: count(read.missing.len()),
            pages: read.pages,
            ..SalvagedTable::default()
        };
        for (rowid, record) in &read.rows {
            course.at(Part::Fill, done, rows)?;
            done += 1;
            let mut values = record.clone();
            if let Some((at, number)) = table.alias.zip(*rowid)
                && let Some(value) = values.get_mut(at)
            {
                *value = Value::Integer(number);
            }
            match insert(connection, table, &values) {
                Ok(added) => said.rows += added,
                // A row that breaks a rule of its table is no row of it.
                Err(RecordsError::Constraint) => said.missing += 1,
                Err(error) => return Err(error),
            }
        }
        tables.push(said);
    }
    Ok(tables)
}

/// Adds a row, as far as its columns go; one whose key is there already is an older version of it.
fn insert(connection: &Connection, table: &Table, values: &[Value]) -> Result<u32, RecordsError> {
    let names: Vec<&str> =
        table.columns.iter().take(values.len()).map(|column| column.name.as_str()).collect();
    let key: Vec<&str> =
        table.key.iter().filter_map(|at| Some(table.columns.get(*at)?.name.as_str())).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO NOTHING",
        table.name,
        names.join(", "),
        vec!["?"; names.len()].join(", "),
        key.join(", "),
    );
    Ok(count(connection.prepare_cached(&sql)?.execute(params_from_iter(values))?))
}

/// Makes a row wherever others hang on one that could not be read: nothing that was read is left out for the lack of it.
fn complete(
    connection: &Connection,
    shapes: &Shapes,
    words: &StandIn,
    at: &str,
) -> Result<u32, RecordsError> {
    let mut made = 0;
    // A row that was made up may hang on one in its turn: three tables deep at most.
    for _ in 0..4 {
        for table in &shapes.tables {
            for reference in &table.references {
                let Some(parent) = shapes.table(&reference.parent) else { continue };
                for key in hanging(connection, table, reference)? {
                    made +=
                        insert(connection, parent, &row_for(parent, &reference.to, &key, words, at, made))?;
                }
            }
        }
    }
    Ok(made)
}

/// Keys of rows that others refer to and that are not there.
fn hanging(
    connection: &Connection,
    table: &Table,
    reference: &Reference,
) -> Result<Vec<Vec<Value>>, RecordsError> {
    let from: Vec<String> = reference.from.iter().map(|column| format!("child.\"{column}\"")).collect();
    let same = reference.from.iter().zip(&reference.to);
    let same: Vec<String> = same.map(|(from, to)| format!("parent.\"{to}\" = child.\"{from}\"")).collect();
    let sql = format!(
        "SELECT DISTINCT {} FROM {} AS child WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS parent WHERE {})",
        from.join(", "),
        table.name,
        from.iter().map(|column| format!("{column} IS NOT NULL")).collect::<Vec<_>>().join(" AND "),
        reference.parent,
        same.join(" AND "),
    );
    let mut statement = connection.prepare(&sql)?;
    let keys = statement.query_map([], |row| (0..from.len()).map(|at| row.get(at)).collect())?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// The least that a row can be, with this key.
fn row_for(
    table: &Table,
    names: &[String],
    key: &[Value],
    words: &StandIn,
    at: &str,
    made: u32,
) -> Vec<Value> {
    let value = |column: &super::shapes::Column| {
        if let Some(place) = names.iter().position(|name| *name == column.name) {
            return key.get(place).cloned().unwrap_or(Value::Null);
        }
        match (table.name.as_str(), column.name.as_str()) {
            ("student", "name") => Value::Text(format!("{} {}", words.student, made + 1)),
            ("application", "form") => Value::Text(words.form.clone()),
            ("application", "form_version") => Value::Integer(1),
            // A change whose own row is lost can't be bound again: its parts are. The check of the log names it.
            ("change", "hash") => Value::Blob(vec![0; 32]),
            _ if !column.required => Value::Null,
            _ => match column.like {
                Like::Time => Value::Text(at.to_owned()),
                Like::Integer => Value::Integer(0),
                Like::Bytes => Value::Blob(Vec::new()),
                Like::Id | Like::Sealed | Like::Text => Value::Text(String::new()),
            },
        }
    };
    table.columns.iter().map(value).collect()
}

/// Students of whom something is missing: what is left of the missing rows names them or an application of theirs.
fn students(connection: &Connection, all: &Everything) -> Result<Vec<String>, RecordsError> {
    let mut found = BTreeSet::new();
    let mut asked = connection.prepare(
        "SELECT id FROM student WHERE id = ?1 UNION
         SELECT student_id FROM application WHERE id = ?1 AND student_id IS NOT NULL",
    )?;
    for id in all.tables.values().flat_map(|table| &table.about) {
        for student in asked.query_map([id], |row| row.get::<_, String>(0))? {
            found.insert(student?);
        }
    }
    Ok(found.into_iter().collect())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
