//! A connection for as long as the records are open, made anew where it is in doubt. After one read that failed SQLCipher
//! refuses every page of that connection: a file that is whole would look damaged, and nothing could be saved, until
//! the records are opened again.

use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::Connection;

use super::{connect_to_write, set_up};
use crate::RecordsError;
use crate::damage::{full_check, quick_check};
use crate::vault::envelope::DataKey;

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum May {
    Read,
    Write,
}

/// How a connection to the records is made.
pub(crate) struct Way {
    path: PathBuf,
    key: Arc<DataKey>,
    may: May,
}

impl Way {
    pub(crate) fn to(path: PathBuf, key: Arc<DataKey>, may: May) -> Self {
        Self { path, key, may }
    }

    /// A first page that was not read looks damaged as well: only what is told twice is believed.
    fn connect(&self) -> Result<Connection, RecordsError> {
        match self.connect_once() {
            Err(RecordsError::Damaged) => self.connect_once(),
            other => other,
        }
    }

    fn connect_once(&self) -> Result<Connection, RecordsError> {
        let connection = connect_to_write(&self.path, &self.key)?;
        set_up(&connection)?;
        if self.may == May::Read {
            connection.pragma_update(None, "query_only", true)?;
        }
        Ok(connection)
    }
}

/// What is known of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    /// The disk refused something: it is made anew before it is used again.
    InDoubt,
    /// A second look, on a connection of its own, found the file damaged.
    Damaged,
}

/// The connection.
pub(crate) struct Standing {
    connection: Connection,
    way: Way,
    state: State,
}

impl Standing {
    pub(crate) fn over(connection: Connection, way: Way) -> Self {
        Self { connection, way, state: State::Good }
    }

    /// Makes it, set up for what it may do.
    pub(crate) fn make(way: Way) -> Result<Self, RecordsError> {
        Ok(Self::over(way.connect()?, way))
    }

    /// Does a piece of work. What it tells as damage is looked at again on a fresh connection: where that finds the whole
    /// file good, the disk refused a read, and the next piece of work goes on.
    pub(crate) fn work<T>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> Result<T, RecordsError>,
    ) -> Result<T, RecordsError> {
        if self.state == State::InDoubt {
            self.connection = self.way.connect()?;
            self.state = State::Good;
        }
        let done = work(&mut self.connection);
        match done {
            Err(RecordsError::Io) => self.state = State::InDoubt,
            Err(RecordsError::Damaged) if self.state == State::Good => return Err(self.look_again()),
            _ => {}
        }
        done
    }

    /// What is behind a word of damage. A connection that still reads every page has told of a row which is not as ours
    /// are: that stands.
    fn look_again(&mut self) -> RecordsError {
        match self.reads_every_page() {
            Ok(true) => return RecordsError::Damaged,
            Ok(false) => {}
            Err(fault) => {
                self.state = State::InDoubt;
                return fault;
            }
        }
        let looked = self.way.connect().and_then(|fresh| Ok((full_check(&fresh)?, fresh)));
        match looked {
            Ok((findings, fresh)) if findings.none() => {
                tracing::warn!("the disk refused a read of the records, which are whole");
                self.connection = fresh;
                RecordsError::Io
            }
            Ok((findings, _)) => {
                tracing::error!(?findings, "the records file is damaged");
                self.state = State::Damaged;
                RecordsError::Damaged
            }
            Err(RecordsError::Damaged) => {
                self.state = State::Damaged;
                RecordsError::Damaged
            }
            Err(fault) => {
                self.state = State::InDoubt;
                fault
            }
        }
    }

    fn reads_every_page(&self) -> Result<bool, RecordsError> {
        // What it has read before it would not read again.
        self.connection.execute_batch("PRAGMA shrink_memory")?;
        Ok(quick_check(&self.connection)?.none())
    }

    pub(crate) fn close(self) -> Result<(), RecordsError> {
        self.connection.close().map_err(|(_, error)| error.into())
    }
}
