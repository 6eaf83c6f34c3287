//! Careers: the list, the page, places, and the counsellor's own notes beside the published text.

pub mod compare;
mod print;
pub mod searches;
pub mod states;

pub use print::compare::{PrintComparison, compare_pdf, compare_xlsx};

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::{Career, CareerPage, CareerQuery, CatalogueInfo, Language, Place};

use crate::desk::blocking;
use crate::errors::{ApiError, CareersError};
use crate::home::CareerName;
use crate::{Desk, Document};

/// How many places one search gives.
const MOST_PLACES: u32 = 60;

/// Asks for a career page. Looking at one is remembered as "recently viewed".
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShowCareer {
    /// Address.
    pub slug: String,
    /// Place whose pay is shown.
    pub place: String,
    /// Language.
    pub language: Language,
}

/// Asks for places by name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindPlaces {
    /// What was typed; empty gives the nation and the states. An exact place id gives that place.
    pub text: String,
    /// Language of the names.
    pub language: Language,
}

/// Asks for the title of every career.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListTitles {
    /// Language.
    pub language: Language,
}

/// Asks what the catalogue holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShowInfo {
    /// Language.
    pub language: Language,
}

/// A career's address.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CareerAddress {
    /// Address.
    pub slug: String,
}

/// The counsellor's own note on a career, kept in the records, apart from published text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CareerNote {
    /// Address of the career.
    pub slug: String,
    /// The note; empty where there is none.
    pub text: String,
    /// When it was saved, RFC 3339 UTC; none where there is none.
    pub saved_at: Option<String>,
}

/// Saves a note.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveNote {
    /// Address of the career.
    pub slug: String,
    /// The note; empty takes it away.
    pub text: String,
}

/// Asks for a career as PDF.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintCareer {
    /// Address.
    pub slug: String,
    /// Place whose pay is shown.
    pub place: String,
    /// Language.
    pub language: Language,
    /// The whole page, or one sheet.
    pub full: bool,
    /// Today in the reader's own time zone, `YYYY-MM-DD`.
    pub today: String,
}

/// One screen of the list of careers.
pub async fn search(desk: &Desk, input: CareerQuery) -> Result<CareerPage, ApiError> {
    desk.catalogue(move |catalogue| catalogue.search(&input)).await
}

/// A career page. Where the records are open, it is remembered as looked at.
pub async fn show(desk: &Desk, input: ShowCareer) -> Result<Career, ApiError> {
    let slug = input.slug.clone();
    let career = find(desk, input.slug, input.place, input.language).await?;
    desk.records().await?.career_viewed(slug).await?;
    Ok(career)
}

/// The title of every career, by its address, for lists that keep the address alone.
pub async fn titles(desk: &Desk, input: ListTitles) -> Result<Vec<CareerName>, ApiError> {
    let names = move |catalogue: &waymark_catalogue::Catalogue| {
        let titles = catalogue.every_title(input.language);
        Ok(titles
            .map(|(slug, title)| CareerName { slug: slug.to_owned(), title: title.to_owned() })
            .collect())
    };
    desk.catalogue(names).await
}

/// Places by name.
pub async fn places(desk: &Desk, input: FindPlaces) -> Result<Vec<Place>, ApiError> {
    desk.catalogue(move |catalogue| {
        Ok(match catalogue.place(input.text.trim(), input.language) {
            Some(place) => vec![place],
            None => catalogue.places(&input.text, input.language, MOST_PLACES),
        })
    })
    .await
}

/// The counsellor's own note on a career.
pub async fn note(desk: &Desk, input: CareerAddress) -> Result<CareerNote, ApiError> {
    let note = desk.records().await?.career_note(input.slug.clone()).await?;
    let (text, saved_at) = note.map_or((String::new(), None), |note| (note.text, Some(note.saved_at)));
    Ok(CareerNote { slug: input.slug, text, saved_at })
}

/// Saves the note on a career.
pub async fn save_note(desk: &Desk, input: SaveNote) -> Result<CareerNote, ApiError> {
    known(desk, &input.slug).await?;
    let records = desk.records().await?;
    let done = records.save_career_note(input.slug.clone(), input.text.clone()).await?;
    Ok(CareerNote { slug: input.slug, text: input.text, saved_at: Some(done.at) })
}

/// What the catalogue holds.
pub async fn info(desk: &Desk, _: ShowInfo) -> Result<CatalogueInfo, ApiError> {
    desk.catalogue(waymark_catalogue::Catalogue::info).await
}

/// A career as PDF, on one sheet or whole.
pub async fn pdf(desk: &Desk, input: PrintCareer) -> Result<Document, ApiError> {
    let career = find(desk, input.slug, input.place, input.language).await?;
    print::document(desk, &career, input.language, &input.today, input.full).await
}

/// Titles of careers, in the order of their addresses. An address that the catalogue does not know stands for itself,
/// and so do all where it cannot be opened: the records stay usable, and the pages say what is wrong with it.
pub(crate) async fn names(
    desk: &Desk,
    slugs: Vec<String>,
    language: Language,
) -> Result<Vec<CareerName>, ApiError> {
    let shelf = Arc::clone(&desk.shelf);
    blocking(move || {
        let catalogue = shelf.catalogue().ok();
        let title = |slug: &str| catalogue.as_ref().and_then(|catalogue| catalogue.title(slug, language));
        let name = |slug: String| CareerName { title: title(&slug).unwrap_or_else(|| slug.clone()), slug };
        Ok(slugs.into_iter().map(name).collect())
    })
    .await
}

/// Refuses an address that the catalogue does not know. Without a catalogue there is nothing to hold it against, and the
/// work goes on.
pub(crate) async fn known(desk: &Desk, slug: &str) -> Result<(), ApiError> {
    let slug = slug.to_owned();
    let shelf = Arc::clone(&desk.shelf);
    blocking(move || match shelf.catalogue() {
        Ok(catalogue) if catalogue.title(&slug, Language::En).is_none() => Err(CareersError::NotFound.into()),
        _ => Ok(()),
    })
    .await
}

async fn find(desk: &Desk, slug: String, place: String, language: Language) -> Result<Career, ApiError> {
    let career = desk.catalogue(move |catalogue| catalogue.career(&slug, &place, language)).await?;
    career.ok_or_else(|| CareersError::NotFound.into())
}
