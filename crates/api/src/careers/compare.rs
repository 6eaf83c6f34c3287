//! Two to four careers side by side: the same facts as on their pages, asked for at once.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::{Career, Language};

use crate::Desk;
use crate::errors::{ApiError, CareersError};

/// How many careers can stand side by side.
const LEAST: usize = 2;
const MOST: usize = 4;

/// Asks for careers side by side.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompareCareers {
    /// Their addresses, in the order in which they are to stand; one that is named twice counts once.
    pub slugs: Vec<String>,
    /// Place whose pay is shown.
    pub place: String,
    /// Language.
    pub language: Language,
}

/// Two to four careers, in the order asked for. It is no look at one of them, so none is remembered as viewed.
pub async fn compare(desk: &Desk, input: CompareCareers) -> Result<Vec<Career>, ApiError> {
    let mut slugs: Vec<String> = Vec::new();
    for slug in input.slugs {
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    if !(LEAST..=MOST).contains(&slugs.len()) {
        return Err(CareersError::CompareCount { least: LEAST, most: MOST }.into());
    }
    let careers = desk
        .catalogue(move |catalogue| {
            slugs
                .iter()
                .map(|slug| catalogue.career(slug, &input.place, input.language))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    careers.into_iter().map(|career| career.ok_or_else(|| CareersError::NotFound.into())).collect()
}
