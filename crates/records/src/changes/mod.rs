//! Every change to the records goes through `transact`: one transaction on the writer's thread, one change in the log
//! with the rows before and after, and so an undo for whatever a person does.

pub(crate) mod chain;
pub(crate) mod delta;
pub(crate) mod fold;
mod image;
pub(crate) mod log;
pub(crate) mod moved;
pub(crate) mod rows;
pub(crate) mod steps;
mod tables;
#[cfg(test)]
mod tests;
mod writer;

use rusqlite::Connection;

pub(crate) use image::Image;
pub(crate) use rows::{Row, Table, Value};
pub(crate) use writer::Writer;

use crate::surroundings::{Surroundings, written};
use crate::{Answers, Progress, Records, RecordsError};

/// What is being done, and to what.
#[derive(Debug, Clone)]
pub struct Act {
    /// Name of the act, `area.verb`.
    pub name: &'static str,
    /// Id of what it is done to; empty where it is many.
    pub subject: String,
    /// Whether it is a save of something being typed: those that follow each other are one step.
    pub(crate) typed: bool,
}

impl Act {
    /// An act on one thing.
    #[must_use]
    pub fn on(name: &'static str, subject: impl Into<String>) -> Self {
        Self { name, subject: subject.into(), typed: false }
    }

    /// A save of what is being typed.
    #[must_use]
    pub fn typing(name: &'static str, subject: impl Into<String>) -> Self {
        Self { typed: true, ..Self::on(name, subject) }
    }
}

/// What a transaction gives back, once it is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done<T> {
    /// The answer.
    pub value: T,
    /// Number of the change; none where nothing had to change.
    pub change: Option<i64>,
    /// The time of it, RFC 3339 UTC.
    pub at: String,
}

/// A transaction under way: rows are read and written through it, and it keeps what they were.
pub(crate) struct Change<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) surroundings: &'a dyn Surroundings,
    /// Id of this opening of the records; a draft's version does not outlive it.
    pub(crate) session: &'a str,
    pub(crate) at: String,
    images: Vec<Image>,
}

impl Change<'_> {
    /// A new UUIDv7 as text.
    pub(crate) fn new_id(&self) -> Result<String, RecordsError> {
        crate::surroundings::new_id(self.surroundings).map(|id| id.to_string())
    }

    /// Adds a row. The log has every column of it, so that the row can be held against it.
    pub(crate) fn insert(&mut self, table: &'static Table, mut row: Row) -> Result<(), RecordsError> {
        for column in table.columns {
            row.entry((*column).to_owned()).or_insert(Value::Null);
        }
        rows::insert(self.connection, table, &row)?;
        self.images.push(Image::inserted(table, row)?);
        Ok(())
    }

    /// Sets columns of the row with this key. Nothing happens where they hold these values already.
    pub(crate) fn update(
        &mut self,
        table: &'static Table,
        key: &[Value],
        new: Row,
    ) -> Result<bool, RecordsError> {
        let old = rows::select(self.connection, table, key)?.ok_or(RecordsError::NotFound)?;
        self.set(table, key, &old, new)
    }

    /// Sets columns of the row that has this one's key, or adds the row where there is none. Nothing happens where they
    /// hold these values already; says whether anything did.
    pub(crate) fn put(&mut self, table: &'static Table, row: Row) -> Result<bool, RecordsError> {
        let key = table.key_of(&row)?;
        match rows::select(self.connection, table, &key)? {
            Some(old) => self.set(table, &key, &old, row),
            None => self.insert(table, row).map(|()| true),
        }
    }

    fn set(
        &mut self,
        table: &'static Table,
        key: &[Value],
        old: &Row,
        new: Row,
    ) -> Result<bool, RecordsError> {
        let new: Row = new.into_iter().filter(|(column, value)| old.get(column) != Some(value)).collect();
        if new.is_empty() {
            return Ok(false);
        }
        rows::update(self.connection, table, key, &new)?;
        self.images.push(Image::updated(table, key, old, new));
        Ok(true)
    }

    /// Takes away the row with this key, where it is there.
    pub(crate) fn delete(&mut self, table: &'static Table, key: &[Value]) -> Result<bool, RecordsError> {
        let Some(old) = rows::select(self.connection, table, key)? else { return Ok(false) };
        rows::delete(self.connection, table, key)?;
        self.images.push(Image::deleted(table, old)?);
        Ok(true)
    }

    /// Takes away all rows whose `column` is `value`.
    pub(crate) fn delete_where(
        &mut self,
        table: &'static Table,
        column: &'static str,
        value: &Value,
    ) -> Result<(), RecordsError> {
        for row in rows::select_where(self.connection, table, column, value)? {
            let key = table.key_of(&row)?;
            self.delete(table, &key)?;
        }
        Ok(())
    }
}

impl Records {
    /// Does one thing to the records, whole or not at all. When this answers, it is on the disk.
    pub(crate) async fn transact<T, F>(&self, act: Act, work: F) -> Result<Done<T>, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Change<'_>) -> Result<T, RecordsError> + Send + 'static,
    {
        self.log_of(act, None, work).await
    }

    /// Takes back one change, unless it stands for good. The undoing is itself a change and can be undone.
    /// `check` gives the readiness of each draft that it touches, from its form, the form's version and its answers.
    pub async fn undo<F>(&self, number: i64, check: F) -> Result<Done<()>, RecordsError>
    where
        F: Fn(&str, u32, &Answers) -> Progress + Send + 'static,
    {
        let images = self
            .read(move |connection| {
                steps::may_be_undone(connection, number)?;
                log::images_of(connection, number)
            })
            .await?;
        if images.is_empty() {
            return Err(RecordsError::NotFound);
        }
        self.log_of(Act::on("changes.undo", number.to_string()), Some(number), move |change| {
            let begun: Vec<&str> = images.iter().filter_map(Image::begun_application).collect();
            for application in &begun {
                crate::applications::draft::take_back_begun(change, application, &images)?;
            }
            let taken = |image: &Image| image.application().is_some_and(|id| begun.contains(&id));
            for image in images.iter().rev().filter(|image| !taken(image)) {
                image.revert(change)?;
            }
            crate::applications::draft::note_undone(change, &images, &check)
        })
        .await
        // Rows that hang on what would be taken back came since.
        .map_err(|error| if error == RecordsError::Constraint { RecordsError::ChangedSince } else { error })
    }

    async fn log_of<T, F>(&self, act: Act, undoes: Option<i64>, work: F) -> Result<Done<T>, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Change<'_>) -> Result<T, RecordsError> + Send + 'static,
    {
        let surroundings = self.surroundings();
        let session = self.session().to_owned();
        let opened = self.opened.clone();
        self.write(move |connection| {
            let by = By { surroundings: surroundings.as_ref(), session: &session };
            carry_out(connection, by, &act, undoes, |change| {
                let value = work(change)?;
                // A file that was moved away or deleted would take this without a word.
                opened.is_still_there()?;
                Ok(value)
            })
        })
        .await
    }
}

/// By whom something is written: the clock and the chance of a computer, in one opening of the records.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    pub(crate) surroundings: &'a dyn Surroundings,
    pub(crate) session: &'a str,
}

/// One act in one transaction, with its change in the log; whole or not at all.
pub(crate) fn carry_out<T>(
    connection: &mut Connection,
    by: By<'_>,
    act: &Act,
    undoes: Option<i64>,
    work: impl FnOnce(&mut Change<'_>) -> Result<T, RecordsError>,
) -> Result<Done<T>, RecordsError> {
    // Immediate: the writer is alone, and a full disk shows here rather than half-way.
    let transaction = rusqlite::Transaction::new(connection, rusqlite::TransactionBehavior::Immediate)?;
    let at = written(by.surroundings.now());
    let mut change = Change {
        connection: &transaction,
        surroundings: by.surroundings,
        session: by.session,
        at: at.clone(),
        images: Vec::new(),
    };
    let value = work(&mut change)?;
    let images = change.images;
    let number = if images.is_empty() {
        None
    } else {
        let entry = log::Entry { at: &at, act, undoes, images };
        Some(log::write(&transaction, by.surroundings, entry)?)
    };
    transaction.commit()?;
    Ok(Done { value, change: number, at })
}
