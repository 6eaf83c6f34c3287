//! Outputs: logged before they leave, and later for whom they were.

use rusqlite::OptionalExtension;

use super::shapes::{Disclosed, ForWhom};
use crate::changes::rows::{DISCLOSURE, row};
use crate::changes::{Act, Change, Done, Value};
use crate::{Records, RecordsError};

impl Records {
    /// Logs that an output is about to leave, a row for each student in it, and gives the id under which all of them
    /// are answered together.
    pub async fn log_output(
        &self,
        output: &'static str,
        disclosed: Vec<Disclosed>,
    ) -> Result<Done<String>, RecordsError> {
        self.transact(Act::on("disclosures.log", ""), move |change| {
            let (batch, at) = (change.new_id()?, change.at.clone());
            for one in disclosed {
                let id = change.new_id()?;
                change.insert(
                    &DISCLOSURE,
                    row! {
                        "id" => id,
                        "at" => at.as_str(),
                        "student_id" => one.student,
                        "output" => output,
                        "subject" => one.subject,
                        "batch" => batch.as_str(),
                        "audience" => Value::Null,
                        "party" => Value::Null,
                        "interest" => Value::Null,
                        "failed_at" => Value::Null,
                    },
                )?;
            }
            Ok(batch)
        })
        .await
    }

    /// Says that a logged output could not be written: it did not leave.
    pub async fn output_failed(&self, batch: String) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("disclosures.fail", batch.clone()), move |change| {
            let at = change.at.clone();
            each_of(change, &batch, |change, id| {
                change.update(&DISCLOSURE, &[id.into()], row! { "failed_at" => at.as_str() }).map(|_| ())
            })
        })
        .await
    }

    /// Says for whom all outputs of a batch were. Said once, it stands: another answer is refused with
    /// [`RecordsError::ChangedSince`], unless it corrects the first, which stays in the log of changes.
    pub async fn say_for_whom(
        &self,
        batch: String,
        whom: ForWhom,
        correcting: bool,
    ) -> Result<Done<()>, RecordsError> {
        let name = if correcting { "disclosures.correct" } else { "disclosures.answer" };
        self.transact(Act::on(name, batch.clone()), move |change| {
            let (audience, party, interest) = match &whom {
                ForWhom::Known(audience) => (audience.name(), None, None),
                ForWhom::Other { party, interest } => ("other", Some(party.trim()), Some(interest.trim())),
            };
            each_of(change, &batch, |change, id| {
                if !correcting && is_answered(change, id)? {
                    return Err(RecordsError::ChangedSince);
                }
                let columns = row! { "audience" => audience, "party" => party, "interest" => interest };
                change.update(&DISCLOSURE, &[id.into()], columns).map(|_| ())
            })
        })
        .await
    }
}

/// Does something to every row of a batch that left; a batch that is not there, or did not leave, is `NotFound`.
fn each_of(
    change: &mut Change<'_>,
    batch: &str,
    mut act: impl FnMut(&mut Change<'_>, &str) -> Result<(), RecordsError>,
) -> Result<(), RecordsError> {
    let ids: Vec<String> = {
        let mut statement = change
            .connection
            .prepare_cached("SELECT id FROM disclosure WHERE batch = ? AND failed_at IS NULL ORDER BY id")?;
        let rows = statement.query_map([batch], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    if ids.is_empty() {
        return Err(RecordsError::NotFound);
    }
    ids.iter().try_for_each(|id| act(change, id))
}

fn is_answered(change: &Change<'_>, id: &str) -> Result<bool, RecordsError> {
    let mut statement =
        change.connection.prepare_cached("SELECT audience IS NOT NULL FROM disclosure WHERE id = ?")?;
    statement.query_row([id], |row| row.get(0)).optional()?.ok_or(RecordsError::NotFound)
}
