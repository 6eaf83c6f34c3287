//! Two to four careers side by side, as a sheet of paper and as a spreadsheet. Both are made of the same rows.

mod book;
mod rows;
mod words;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::{Career, Language, PayAtPlace, PlaceKind};
use waymark_documents::{CompareCareer, ComparePay, ComparePlace, CompareSheet};

use super::marks::Marks;
use super::pay;
use super::reader::{Reader, bound};
use super::words::fill;
use crate::careers::compare::{CompareCareers, compare};
use crate::errors::ApiError;
use crate::log::Discloses;
use crate::{Desk, Document};
use words::CompareWords;

/// From this share on, in per cent, the self-employed change what a career's pay figures say.
const MANY_SELF_EMPLOYED: f64 = 15.0;

/// Asks for careers side by side as a document.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintComparison {
    /// Addresses of two to four careers, in the order in which they are to stand.
    pub slugs: Vec<String>,
    /// Place whose pay is shown.
    pub place: String,
    /// Language.
    pub language: Language,
    /// Today in the reader's own time zone, `YYYY-MM-DD`.
    pub today: String,
}

/// Careers side by side as PDF.
pub async fn compare_pdf(desk: &Desk, input: PrintComparison) -> Result<Document, ApiError> {
    let (language, day) = (input.language, day(&input.today)?);
    let careers = side_by_side(desk, input).await?;
    let sheet = sheet(&careers, language, day)?;
    let rendered = desk.press(move |press| press.compare_pdf(&sheet)).await?;
    Ok(Document {
        name: format!("{} {day}.pdf", CompareWords::of(language)?.title),
        media_type: "application/pdf",
        bytes: rendered.bytes,
        missing: rendered.missing,
        discloses: Discloses::Nothing,
    })
}

/// Careers side by side as a spreadsheet.
pub async fn compare_xlsx(desk: &Desk, input: PrintComparison) -> Result<Document, ApiError> {
    let (language, day) = (input.language, day(&input.today)?);
    let careers = side_by_side(desk, input).await?;
    let book = book::book(&careers, Comparer::new(language)?, day)?;
    let bytes = desk.press(move |_| waymark_documents::xlsx(&book)).await?;
    Ok(Document {
        name: format!("{} {day}.xlsx", CompareWords::of(language)?.title),
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes,
        missing: Vec::new(),
        discloses: Discloses::Nothing,
    })
}

async fn side_by_side(desk: &Desk, input: PrintComparison) -> Result<Vec<Career>, ApiError> {
    let PrintComparison { slugs, place, language, .. } = input;
    compare(desk, CompareCareers { slugs, place, language }).await
}

/// The day becomes part of the file's name and of the spreadsheet's own date: only a day may stand there.
fn day(today: &str) -> Result<Date, ApiError> {
    today.parse().map_err(|_| ApiError::bad_input())
}

/// What is needed to say a comparison in the reader's language.
#[derive(Clone, Copy)]
struct Comparer {
    reader: Reader,
    words: &'static CompareWords,
}

impl Comparer {
    fn new(language: Language) -> Result<Self, ApiError> {
        Ok(Self { reader: Reader::new(language)?, words: CompareWords::of(language)? })
    }
}

/// The page as the template takes it.
fn sheet(careers: &[Career], language: Language, day: Date) -> Result<CompareSheet, ApiError> {
    let comparer = Comparer::new(language)?;
    let reader = comparer.reader;
    let mut marks = Marks::of_all(careers);
    // In the order in which they stand on paper: sources are numbered where they are first named.
    let groups = rows::groups(careers, comparer).into_iter().map(|group| group.printed(&mut marks)).collect();
    let pay = pay(careers, comparer, &mut marks);
    let column =
        |career: &Career| CompareCareer { title: career.title.clone(), field: super::field(career, reader) };
    Ok(CompareSheet {
        language: super::printed_language(language),
        title: comparer.words.title.clone(),
        note: note(careers, comparer),
        printed: reader.dates.day(&day.to_string()),
        careers: careers.iter().map(column).collect(),
        groups,
        pay,
        attribution: marks.attribution(reader),
        sources: marks.sources(reader, false),
    })
}

/// Whose pay is shown, what bold type means, and who is counted nowhere.
fn note(careers: &[Career], Comparer { reader, words }: Comparer) -> String {
    let nearest = careers.iter().find_map(|career| career.pay.first()).map(|pay| &pay.place);
    let mut said = vec![match nearest.filter(|place| place.kind != PlaceKind::Nation) {
        Some(place) => fill(&words.note, &[("place", &place.name)]),
        None => words.note_nation.clone(),
    }];
    let uncounted = careers.iter().filter(|career| pay::is_uncounted(career));
    let sentence = &reader.words.facts.uncounted;
    said.extend(uncounted.map(|career| fill(&words.about, &[("title", &career.title), ("said", sentence)])));
    said.join(" ")
}

/// Pay of all careers, place by place; none where no survey counts any of them.
fn pay(careers: &[Career], comparer: Comparer, marks: &mut Marks) -> Option<ComparePay> {
    let Comparer { reader, words } = comparer;
    let counted: Vec<&Career> = careers.iter().filter(|career| !pay::is_uncounted(career)).collect();
    let places = &counted.first()?.pay;
    let at = |place: &PayAtPlace| -> Vec<(&Career, &PayAtPlace)> {
        let own = |career: &&'_ Career| career.pay.iter().position(|pay| pay.place == place.place);
        counted.iter().filter_map(|career| Some((*career, career.pay.get(own(career)?)?))).collect()
    };
    let place = |place: &PayAtPlace| ComparePlace {
        name: reader.place(&place.place),
        rows: at(place).into_iter().map(|(career, pay)| pay::row(pay, &career.title, reader)).collect(),
    };
    let named = counted.iter().flat_map(|career| {
        career.pay.iter().map(|pay| {
            let place = reader.place(&pay.place);
            (pay, fill(&words.name, &[("career", &career.title), ("place", &place)]))
        })
    });
    let release = reader.release(marks.release("pay"));
    let mut notes = vec![fill(&words.pay_note, &[("release", &release)])];
    let many = |career: &&&Career| {
        bound(career.outlook.self_employed_percent).is_some_and(|share| share > MANY_SELF_EMPLOYED)
    };
    notes.extend(counted.iter().filter(many).map(|career| {
        fill(&words.about, &[("title", &career.title), ("said", &pay::left_out(career, reader))])
    }));
    notes.extend(pay::remarks(named, reader));
    Some(ComparePay {
        heading: words.pay_heading.clone(),
        note: notes.join(" "),
        sources: marks.of_field("pay"),
        places: places.iter().map(place).collect(),
    })
}
