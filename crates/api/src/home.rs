//! The first page of the day: what is in progress and who has been forgotten.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;

use crate::Desk;
use crate::applications::{ApplicationInList, in_list};
use crate::careers::names;
use crate::errors::ApiError;

const MOST_DRAFTS: usize = 8;
const MOST_FORGOTTEN: usize = 6;
const MOST_RECENT: usize = 6;

/// Asks for the home page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShowHome {
    /// Language of career titles.
    pub language: Language,
}

/// The home page.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Home {
    /// Students on the roster.
    pub students: u32,
    /// Applications.
    pub applications: u32,
    /// Careers in the catalogue; absent while it cannot be used.
    pub careers: Option<u32>,
    /// Newest drafts first, at most eight.
    pub drafts: Vec<ApplicationInList>,
    /// Students without any application.
    pub without_application: u32,
    /// The first few of them, by year of graduation and name.
    pub forgotten: Vec<waymark_records::StudentRow>,
    /// Careers looked at lately, newest first, at most six.
    pub recent: Vec<CareerName>,
    /// Id of the sample student while it is there.
    pub sample: Option<String>,
}

/// A career by address and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CareerName {
    /// Address.
    pub slug: String,
    /// Title in the language asked for.
    pub title: String,
}

/// The first page of the day.
pub async fn show(desk: &Desk, input: ShowHome) -> Result<Home, ApiError> {
    let records = desk.records().await?;
    let scope = desk.scope();
    let students = scope.students(&records, String::new(), None).await?;
    let applications = scope.applications(&records).await?;
    let (drafts, count) = (applications.iter().take(MOST_DRAFTS).cloned(), applications.len());
    let mut forgotten: Vec<_> =
        students.iter().filter(|student| student.applications == 0 && !student.sample).cloned().collect();
    // Who leaves school first comes first; the names are in order already.
    forgotten.sort_by_key(|student| student.graduation_year.unwrap_or(u16::MAX));
    let recent: Vec<String> = scope.careers_viewed(&records).await?.into_iter().take(MOST_RECENT).collect();
    Ok(Home {
        students: length(students.len()),
        applications: length(count),
        careers: desk.catalogue(|catalogue| Ok(catalogue.info()?.careers)).await.ok(),
        drafts: drafts.map(|row| in_list(desk, row)).collect::<Result<_, _>>()?,
        without_application: length(forgotten.len()),
        forgotten: forgotten.into_iter().take(MOST_FORGOTTEN).collect(),
        recent: names(desk, recent, input.language).await?,
        sample: students.into_iter().find(|student| student.sample).map(|student| student.id),
    })
}

fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
