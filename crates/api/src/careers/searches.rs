//! Searches that the counsellor keeps under a name, beside the careers looked at lately.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::SavedSearchRow;

use crate::Desk;
use crate::errors::{ApiError, CareersError, not_found};
use crate::shapes::{Nothing, Saved};

/// Keeps a search under a name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveSearch {
    /// The search that is changed; none for a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// The part of the list's address that holds it.
    pub query: String,
}

/// Names a saved search.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavedSearchId {
    /// Id.
    pub id: String,
}

/// Saved searches, the oldest first.
pub async fn saved_searches(desk: &Desk, _: Nothing) -> Result<Vec<SavedSearchRow>, ApiError> {
    Ok(desk.records().await?.career_searches().await?)
}

/// Keeps a search under a name, or changes one that is kept. A name of nothing but space is refused.
pub async fn save_search(desk: &Desk, input: SaveSearch) -> Result<Saved, ApiError> {
    let name = input.name.trim();
    if name.is_empty() {
        return Err(CareersError::SearchNameEmpty.into());
    }
    let records = desk.records().await?;
    let saving = records.save_career_search(input.id, name.to_owned(), input.query);
    let done = saving.await.map_err(not_found(CareersError::SearchNotFound))?;
    Ok(Saved { id: done.value, change: done.change, saved_at: done.at })
}

/// Takes a saved search away.
pub async fn remove_search(desk: &Desk, input: SavedSearchId) -> Result<Saved, ApiError> {
    let removing = desk.records().await?.remove_career_search(input.id.clone()).await;
    let done = removing.map_err(not_found(CareersError::SearchNotFound))?;
    Ok(Saved { id: input.id, change: done.change, saved_at: done.at })
}
