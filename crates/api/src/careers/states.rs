//! A career's pay and jobs in every state, for the map and its table.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::{Language, StateFigures};

use crate::Desk;
use crate::errors::{ApiError, CareersError};

/// Asks for a career's figures by state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CareerStates {
    /// Address.
    pub slug: String,
    /// Language of the states' names.
    pub language: Language,
}

/// The figures of every state, by name.
pub async fn states(desk: &Desk, input: CareerStates) -> Result<Vec<StateFigures>, ApiError> {
    let states = desk.catalogue(move |catalogue| catalogue.states(&input.slug, input.language)).await?;
    states.ok_or_else(|| CareersError::NotFound.into())
}
