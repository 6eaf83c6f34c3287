//! Drafts: beginning one, saving answers, and what it holds. Whatever a person typed is saved as it is; whether it is
//! complete is the readiness check's matter, never the save's.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::shapes::{ApplicationRow, Plan, Progress};
use super::versions::{self, Opening};
use crate::changes::rows::{ANSWER, APPLICATION, row};
use crate::changes::{Act, Change, Done, Image, Value};
use crate::{Records, RecordsError};

/// A draft's answers by key, each a JSON value.
pub type Answers = BTreeMap<String, serde_json::Value>;

/// What a new application begins with.
#[derive(Debug, Clone)]
pub struct NewApplication {
    /// What it is for.
    pub plan: Plan,
    /// Form pack.
    pub form: String,
    /// Its version.
    pub form_version: u32,
    /// First answers.
    pub answers: Answers,
    /// Whether they came from the student's record, and say so until a person changes them.
    pub prefilled: bool,
    /// Whether it is hidden in a meeting.
    pub between_us: bool,
}

/// What a draft holds.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftContent {
    /// The application.
    pub application: ApplicationRow,
    /// Its answers.
    pub answers: Answers,
    /// Keys of answers that came from the record and were not changed since.
    pub prefilled: Vec<String>,
}

/// What a save gives back.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedDraft<T> {
    /// Version that holds it.
    pub version: u32,
    /// What the check said.
    pub checked: T,
}

impl Records {
    /// Begins an application and gives its id.
    pub async fn start_application<T, F>(
        &self,
        new: NewApplication,
        check: F,
    ) -> Result<Done<String>, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&Answers) -> (Progress, T) + Send + 'static,
    {
        self.transact(Act::on("applications.start", ""), move |change| {
            let id = change.new_id()?;
            let at = change.at.clone();
            let progress = check(&new.answers).0;
            change.insert(
                &APPLICATION,
                row! {
                    "id" => id.as_str(),
                    "student_id" => new.plan.student_id,
                    "career" => new.plan.career,
                    "programme" => new.plan.programme,
                    "institution" => new.plan.institution,
                    "form" => new.form,
                    "form_version" => i64::from(new.form_version),
                    "created_at" => at.as_str(),
                    "saved_at" => at.as_str(),
                    "sections" => i64::from(progress.sections),
                    "complete" => i64::from(progress.complete),
                    "faults" => i64::from(progress.faults),
                    "between_us" => i64::from(new.between_us),
                },
            )?;
            versions::begin(change, &id)?;
            for (key, value) in &new.answers {
                let value = value.to_string();
                let prefilled = i64::from(new.prefilled);
                change.insert(
                    &ANSWER,
                    row! { "application_id" => id.as_str(), "key" => key.as_str(), "value" => value.as_str(), "prefilled" => prefilled },
                )?;
                versions::first_answer(change, &id, key, &value)?;
            }
            Ok(id)
        })
        .await
    }

    /// What a draft holds.
    pub async fn draft(&self, id: String) -> Result<DraftContent, RecordsError> {
        self.read(move |connection| {
            let application = super::list::find(connection, &id)?;
            let mut prefilled = Vec::new();
            let mut statement = connection
                .prepare_cached("SELECT key, value, prefilled FROM answer WHERE application_id = ?")?;
            let rows = statement.query_map([&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let mut answers = Answers::new();
            for row in rows {
                let (key, value, from_record): (String, String, bool) = row?;
                if from_record {
                    prefilled.push(key.clone());
                }
                answers.insert(key, parse(&value)?);
            }
            Ok(DraftContent { application, answers, prefilled })
        })
        .await
    }

    /// Saves answers, all of them in one transaction; a null takes an answer away. `check` sees the draft as it will
    /// be and gives its readiness, which is kept with it.
    pub async fn save_answers<T, F>(
        &self,
        id: String,
        answers: Answers,
        check: F,
    ) -> Result<Done<SavedDraft<T>>, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&Answers) -> (Progress, T) + Send + 'static,
    {
        self.transact(Act::typing("applications.save", id.clone()), move |change| {
            super::list::is_there(change.connection, &id)?;
            write(change, &id, answers, Opening::Continue, check)
        })
        .await
    }

    /// Makes the draft what it was at a version. What it is now stays, as the version before.
    pub async fn restore_version<T, F>(
        &self,
        id: String,
        number: u32,
        check: F,
    ) -> Result<Done<SavedDraft<T>>, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&Answers) -> (Progress, T) + Send + 'static,
    {
        self.transact(Act::on("applications.restore", id.clone()), move |change| {
            let mut answers = versions::answers_at(change.connection, &id, number)?;
            for key in current(change.connection, &id)?.into_keys() {
                answers.entry(key).or_insert(serde_json::Value::Null);
            }
            write(change, &id, answers, Opening::Restore(number), check)
        })
        .await
    }
}

fn write<T>(
    change: &mut Change<'_>,
    id: &str,
    answers: Answers,
    opening: Opening,
    check: impl FnOnce(&Answers) -> (Progress, T),
) -> Result<SavedDraft<T>, RecordsError> {
    let mut changed = Vec::new();
    for (key, value) in answers {
        let text = if value.is_null() { None } else { Some(value.to_string()) };
        if write_answer(change, id, &key, text.as_deref())? {
            changed.push((key, text));
        }
    }
    let version = versions::keep(change, id, opening, &changed)?;
    let (progress, checked) = check(&current(change.connection, id)?);
    if !changed.is_empty() {
        touch(change, id, progress)?;
    }
    Ok(SavedDraft { version, checked })
}

/// Sets or takes away one answer; says whether anything had to change.
fn write_answer(
    change: &mut Change<'_>,
    id: &str,
    key: &str,
    text: Option<&str>,
) -> Result<bool, RecordsError> {
    let place = [Value::from(id), Value::from(key)];
    let Some(text) = text else { return change.delete(&ANSWER, &place) };
    change.put(&ANSWER, row! { "application_id" => id, "key" => key, "value" => text, "prefilled" => 0 })
}

/// When the draft was saved and how ready it is: derived, so it is no change of its own.
fn touch(change: &Change<'_>, id: &str, progress: Progress) -> Result<(), RecordsError> {
    change
        .connection
        .prepare_cached(
            "UPDATE application SET saved_at = ?, sections = ?, complete = ?, faults = ? WHERE id = ?",
        )?
        .execute(params![change.at, progress.sections, progress.complete, progress.faults, id])?;
    Ok(())
}

/// After an undo: the answers that it put back belong to the draft's open version as well.
/// They change how ready it is, which `check` says anew.
pub(crate) fn note_undone(
    change: &mut Change<'_>,
    images: &[Image],
    check: &dyn Fn(&str, u32, &Answers) -> Progress,
) -> Result<(), RecordsError> {
    let mut by_application: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (application, key) in images.iter().filter_map(Image::answer) {
        by_application.entry(application).or_default().push(key);
    }
    for (application, keys) in by_application {
        // An undo that brought the whole application back, or took it away, has brought or taken its versions.
        if images.iter().any(|image| image.is_version_of(application)) {
            continue;
        }
        let now = current_text(change.connection, application)?;
        let changed: Vec<_> = keys.into_iter().map(|key| (key.to_owned(), now.get(key).cloned())).collect();
        versions::keep(change, application, Opening::Continue, &changed)?;
        let row = super::list::find(change.connection, application)?;
        let progress = check(&row.form, row.form_version, &current(change.connection, application)?);
        touch(change, application, progress)?;
    }
    Ok(())
}

/// Takes back the beginning of an application. Its versions go with it, also those that came since, for they are the
/// history of what is being taken back; but not while its plan or its answers
/// are others than it began with.
pub(crate) fn take_back_begun(
    change: &mut Change<'_>,
    id: &str,
    images: &[Image],
) -> Result<(), RecordsError> {
    let mut begun_with = BTreeMap::new();
    for image in images {
        if image.begun_application() == Some(id) && !image.is_still(change.connection)? {
            return Err(RecordsError::ChangedSince);
        }
        if let (Some((application, key)), Some(row)) = (image.answer(), image.added())
            && application == id
        {
            begun_with.insert(key.to_owned(), row.get("value").and_then(Value::text).unwrap_or_default());
        }
    }
    if current_text(change.connection, id)? != begun_with {
        return Err(RecordsError::ChangedSince);
    }
    if crate::students::remove_application(change, &id.into())? {
        Ok(())
    } else {
        Err(RecordsError::ChangedSince)
    }
}

fn current(connection: &Connection, id: &str) -> Result<Answers, RecordsError> {
    current_text(connection, id)?.into_iter().map(|(key, value)| Ok((key, parse(&value)?))).collect()
}

fn current_text(connection: &Connection, id: &str) -> Result<BTreeMap<String, String>, RecordsError> {
    let mut statement =
        connection.prepare_cached("SELECT key, value FROM answer WHERE application_id = ?")?;
    let rows = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn parse(value: &str) -> Result<serde_json::Value, RecordsError> {
    serde_json::from_str(value).map_err(|_| RecordsError::Damaged)
}
