//! Searches of careers kept under a name, to be opened again. Each act on them can be taken back.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::changes::rows::{CAREER_SEARCH, row};
use crate::changes::{Act, Done, Value};
use crate::{Records, RecordsError};

/// A search kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedSearchRow {
    /// Id.
    pub id: String,
    /// What the counsellor calls it.
    pub name: String,
    /// The part of the list's address that holds what was typed, chosen and ordered.
    pub query: String,
    /// When it was saved, RFC 3339 UTC.
    pub saved_at: String,
}

impl Records {
    /// Saved searches, the oldest first, so that a list of them stays in its order.
    pub async fn career_searches(&self) -> Result<Vec<SavedSearchRow>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id, name, query, saved_at FROM career_search ORDER BY id")?;
            let searches = statement.query_map([], |row| {
                Ok(SavedSearchRow {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    query: row.get(2)?,
                    saved_at: row.get(3)?,
                })
            })?;
            Ok(searches.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Keeps a search under a name, or with an `id` changes that one. Gives its id; fails with `NotFound` where no
    /// search has the id.
    pub async fn save_career_search(
        &self,
        id: Option<String>,
        name: String,
        query: String,
    ) -> Result<Done<String>, RecordsError> {
        let act = Act::on("careers.save_search", id.clone().unwrap_or_default());
        self.transact(act, move |change| {
            if let Some(id) = id {
                change.update(
                    &CAREER_SEARCH,
                    &[Value::from(id.as_str())],
                    row! { "name" => name, "query" => query },
                )?;
                return Ok(id);
            }
            let (id, at) = (change.new_id()?, change.at.clone());
            let row = row! { "id" => id.as_str(), "name" => name, "query" => query, "saved_at" => at };
            change.insert(&CAREER_SEARCH, row)?;
            Ok(id)
        })
        .await
    }

    /// Takes a saved search away; fails with `NotFound` where there is none.
    pub async fn remove_career_search(&self, id: String) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("careers.remove_search", id.clone()), move |change| {
            let was_there = change.delete(&CAREER_SEARCH, &[Value::from(id)])?;
            if was_there { Ok(()) } else { Err(RecordsError::NotFound) }
        })
        .await
    }
}
