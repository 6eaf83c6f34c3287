//! The encrypted SQLite file: how it is opened, which pragmas hold, and its migrations.

mod standing;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};
use zeroize::Zeroizing;

use crate::RecordsError;
use crate::changes::log::close_open;
use crate::changes::moved::{Gaps, move_log};
use crate::rights::scrub;
use crate::surroundings::Surroundings;
use crate::vault::envelope::{DataKey, hex};

/// Moves what is there into the new tables.
type CarryOver = fn(&Connection, &dyn Surroundings, Gaps) -> Result<(), RecordsError>;

/// One step of the schema: its SQL, and what the program has to carry over that SQL can't.
struct Step {
    sql: &'static str,
    then: Option<CarryOver>,
}

/// Every step of the schema, oldest first; the file's `user_version` counts those taken.
const MIGRATIONS: &[Step] = &[
    Step { sql: include_str!("migrations/0001_house.sql"), then: None },
    Step { sql: include_str!("migrations/0002_saved_searches.sql"), then: None },
    Step { sql: include_str!("migrations/0003_safe.sql"), then: Some(move_log) },
    Step { sql: include_str!("migrations/0004_details.sql"), then: None },
];

/// Marks our files among SQLite's ("Wmrk").
const APPLICATION_ID: i64 = 0x576d_726b;

const READERS: usize = 2;

pub(crate) use standing::{May, Standing, Way};

/// The connections to an open file.
pub(crate) struct Connections {
    pub(crate) writer: Standing,
    pub(crate) readers: Vec<Standing>,
}

/// Makes a new file with the newest schema.
pub(crate) fn make(path: &Path, key: &DataKey, surroundings: &dyn Surroundings) -> Result<(), RecordsError> {
    complete(begin(path, key, surroundings, None)?)
}

/// Begins a new file with as many steps of the schema as are wanted, all where none or more than there are. What was
/// begun there before is taken away.
pub(crate) fn begin(
    path: &Path,
    key: &DataKey,
    surroundings: &dyn Surroundings,
    steps: Option<usize>,
) -> Result<Connection, RecordsError> {
    for left_over in [path.to_path_buf(), beside(path, "-wal"), beside(path, "-shm")] {
        match std::fs::remove_file(left_over) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let mut connection =
        connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    set_up(&connection)?;
    let steps = steps.filter(|steps| *steps > 0).unwrap_or(MIGRATIONS.len());
    migrate_to(&mut connection, surroundings, steps, Gaps::Refused)?;
    Ok(connection)
}

/// Closes a file that was begun. It goes alone through the rename: nothing of it may stay in the log.
pub(crate) fn complete(connection: Connection) -> Result<(), RecordsError> {
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Opens an existing file, refuses what is newer, damaged or cut, and brings it up to date. `check` looks at it before
/// anything in it is changed; before a step of the schema is taken, `before_update` keeps a copy of it as it is. Where
/// either fails, nothing is changed.
pub(crate) fn open(
    path: &Path,
    key: &Arc<DataKey>,
    surroundings: &dyn Surroundings,
    check: impl FnOnce(&Connection) -> Result<(), RecordsError>,
    before_update: impl FnOnce() -> Result<(), RecordsError>,
) -> Result<Connections, RecordsError> {
    // SQLite takes an empty file for a new database; ours never is empty.
    if std::fs::metadata(path)?.len() == 0 {
        return Err(RecordsError::Damaged);
    }
    let mut writer = connect_to_write(path, key)?;
    // Before anything is set up, which may write to the file: another version's file stays as it is.
    let taken = steps_taken(&writer)?;
    set_up(&writer)?;
    // A file that is not taken into use stays as it was found, its log too: closing would fold that in.
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check(&writer)?;
    if taken < MIGRATIONS.len() {
        before_update()?;
    }
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    migrate(&mut writer, surroundings)?;
    is_whole(&writer, path)?;
    // A session of typing that ended with the program is over.
    let transaction = writer.transaction()?;
    close_open(&transaction, surroundings)?;
    transaction.commit()?;
    // Nor has an erasing to stay half-done.
    scrub::make_good(&writer)?;
    let way = |may| Way::to(path.to_path_buf(), Arc::clone(key), may);
    let readers =
        (0..READERS).map(|_| Standing::make(way(May::Read))).collect::<Result<_, RecordsError>>()?;
    Ok(Connections { writer: Standing::over(writer, way(May::Write)), readers })
}

/// A file that may not be written to is opened for reading without a word; every later save would fail, also once the
/// file may be written to again.
fn connect_to_write(path: &Path, key: &DataKey) -> Result<Connection, RecordsError> {
    let connection = connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if connection.is_readonly(MAIN_DB)? { Err(RecordsError::ReadOnly) } else { Ok(connection) }
}

pub(crate) fn connect(path: &Path, key: &DataKey, flags: OpenFlags) -> Result<Connection, RecordsError> {
    #[expect(clippy::disallowed_methods, reason = "the one place where records are opened")]
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // SQLCipher would print its own account of a fault; ours is the error that this gives back.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.key(None::<&str>, raw_key(key)?.as_bytes(), false)?;
    // The first read proves the key: from here on "not a database" means damage.
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            salt_was_read(&connection, path)?;
            Err(error.into())
        }
        first => {
            first?;
            Ok(connection)
        }
    }
}

/// A file begins with its salt. Where SQLCipher can't read it, it takes a random one without a word, and the whole file
/// looks damaged that is only out of reach.
fn salt_was_read(connection: &Connection, path: &Path) -> Result<(), RecordsError> {
    let mut salt = [0; 16];
    let mut file = std::fs::File::open(path)?;
    if std::io::Read::read_exact(&mut file, &mut salt).is_err() {
        return if file.metadata()?.len() < 16 { Ok(()) } else { Err(RecordsError::Io) };
    }
    let used: String = connection.pragma_query_value(None, "cipher_salt", |row| row.get(0))?;
    if used.eq_ignore_ascii_case(&hex(&salt)) { Ok(()) } else { Err(RecordsError::Io) }
}

/// The key as SQLCipher takes one that needs no stretching. Made in one piece, so that no half of it is left behind.
pub(crate) fn raw_key(key: &DataKey) -> Result<Zeroizing<String>, RecordsError> {
    let key = key.derive("waymark/database/1")?;
    let digits = Zeroizing::new(hex(&key));
    let mut raw = Zeroizing::new(String::with_capacity(digits.len() + 3));
    raw.push_str("x'");
    raw.push_str(&digits);
    raw.push('\'');
    Ok(raw)
}

/// Whether this key opens the file. Damage shows as a key that does not.
pub(crate) fn opens(path: &Path, key: &DataKey) -> Result<bool, RecordsError> {
    if std::fs::metadata(path)?.len() == 0 {
        return Ok(false);
    }
    match connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        Ok(_) => Ok(true),
        Err(RecordsError::Damaged) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The pragmas that hold on every connection.
pub(crate) fn set_up(connection: &Connection) -> Result<(), RecordsError> {
    connection.execute_batch("PRAGMA journal_mode = WAL")?;
    hold_to_rules(connection)
}

/// The same for a file that is brought up to date before anybody opens it, and has no log beside it meanwhile.
pub(crate) fn set_up_alone(connection: &Connection) -> Result<(), RecordsError> {
    connection.execute_batch("PRAGMA journal_mode = DELETE")?;
    hold_to_rules(connection)
}

fn hold_to_rules(connection: &Connection) -> Result<(), RecordsError> {
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA busy_timeout = 5000;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Rows of each table, but for SQLite's own, which come and go by themselves.
pub(crate) fn row_counts(connection: &Connection) -> Result<BTreeMap<String, u64>, RecordsError> {
    let mut tables = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut rows = BTreeMap::new();
    for name in names {
        let sql = format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\""));
        let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        rows.insert(name, u64::try_from(count).unwrap_or(0));
    }
    Ok(rows)
}

/// How many steps of the schema the file has taken; more than this program knows is another version's.
pub(crate) fn steps_taken(connection: &Connection) -> Result<usize, RecordsError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = i64::try_from(MIGRATIONS.len()).map_err(|_| RecordsError::Internal("migrations"))?;
    if found > known {
        return Err(RecordsError::Newer { found, known });
    }
    usize::try_from(found).map_err(|_| RecordsError::Damaged)
}

/// Whether the file has taken every step.
pub(crate) fn is_newest(connection: &Connection) -> Result<bool, RecordsError> {
    Ok(steps_taken(connection)? == MIGRATIONS.len())
}

pub(crate) fn migrate(
    connection: &mut Connection,
    surroundings: &dyn Surroundings,
) -> Result<(), RecordsError> {
    migrate_to(connection, surroundings, MIGRATIONS.len(), Gaps::Refused)
}

/// Brings a file up to date that holds what a salvage could read.
pub(crate) fn migrate_salvaged(
    connection: &mut Connection,
    surroundings: &dyn Surroundings,
) -> Result<(), RecordsError> {
    migrate_to(connection, surroundings, MIGRATIONS.len(), Gaps::Kept)
}

fn migrate_to(
    connection: &mut Connection,
    surroundings: &dyn Surroundings,
    steps: usize,
    gaps: Gaps,
) -> Result<(), RecordsError> {
    let taken = steps_taken(connection)?;
    for (index, step) in MIGRATIONS.iter().enumerate().take(steps).skip(taken) {
        let step_number = i64::try_from(index + 1).map_err(|_| RecordsError::Internal("migrations"))?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(step.sql)?;
        if let Some(then) = step.then {
            then(&transaction, surroundings, gaps)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", step_number)?;
        transaction.commit()?;
    }
    Ok(())
}

/// A file that was cut short still opens; its own page count tells.
fn is_whole(connection: &Connection, path: &Path) -> Result<(), RecordsError> {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    let pages: u32 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    // SQLCipher answers this one with a text.
    let size: String = connection.pragma_query_value(None, "cipher_page_size", |row| row.get(0))?;
    let size: u64 = size.parse().map_err(|_| RecordsError::Internal("page size"))?;
    if std::fs::metadata(path)?.len() < u64::from(pages) * size { Err(RecordsError::Damaged) } else { Ok(()) }
}

pub(crate) fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
