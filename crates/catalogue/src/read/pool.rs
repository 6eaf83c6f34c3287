//! Connections to the one file. Each is used by one call at a time; there are as many as calls ever ran at once.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};

use crate::CatalogueError;

/// Room for every statement of this crate, so that none is compiled twice.
const STATEMENTS: usize = 64;

#[derive(Debug)]
pub(crate) struct Pool {
    uri: String,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    /// Opens the first connection.
    pub(crate) fn new(path: &Path) -> Result<Self, CatalogueError> {
        let pool = Self { uri: uri(path)?, idle: Mutex::new(Vec::new()) };
        let first = pool.connect()?;
        pool.put_back(first);
        Ok(pool)
    }

    /// Runs `work` with a connection of its own.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, CatalogueError>,
    ) -> Result<T, CatalogueError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let answer = work(&connection);
        self.put_back(connection);
        answer
    }

    #[allow(clippy::disallowed_methods, reason = "the one place that opens a catalogue file")]
    fn connect(&self) -> Result<Connection, CatalogueError> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.uri, flags)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }

    fn put_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

/// The path as an address for SQLite, with `immutable`: no lock is taken and no other file is looked for.
fn uri(path: &Path) -> Result<String, CatalogueError> {
    let unusable = || CatalogueError::Unreadable { reason: "the path is not Unicode".to_owned() };
    let absolute: PathBuf = std::path::absolute(path)?;
    let text = absolute.to_str().ok_or_else(unusable)?;
    Ok(format!("file:{}?immutable=1", escaped(text, cfg!(windows))))
}

fn escaped(path: &str, windows: bool) -> String {
    let path = if windows {
        let plain = path.strip_prefix(r"\\?\").unwrap_or(path).replace('\\', "/");
        if plain.starts_with('/') { plain } else { format!("/{plain}") }
    } else {
        path.to_owned()
    };
    // Two slashes at the start would make the first folder a host name.
    let path = if path.starts_with("//") { format!("//{path}") } else { path };
    path.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_mean_something_in_an_address_are_escaped() {
        assert_eq!(escaped("/a b/50%?#x", false), "/a b/50%25%3f%23x");
    }

    #[test]
    fn windows_paths_become_addresses() {
        assert_eq!(escaped(r"C:\Program Files\w.db", true), "/C:/Program Files/w.db");
        assert_eq!(escaped(r"\\?\C:\w.db", true), "/C:/w.db");
        assert_eq!(escaped(r"\\school\share\w.db", true), "////school/share/w.db");
    }
}
