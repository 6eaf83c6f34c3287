//! A career page as a sheet of paper: published figures said in words, the guide, and every source by its number.

pub(super) mod compare;
mod facts;
mod guide;
mod marks;
mod pay;
mod reader;
mod tables;
mod words;

#[cfg(test)]
mod tests;

use waymark_catalogue::shapes::{Block, Career, Language, Relation, Run};
use waymark_documents::{CareerSheet, Extent};

use crate::errors::ApiError;
use crate::log::Discloses;
use crate::words::Words;
use crate::{Desk, Document};
use marks::Marks;
use reader::Reader;
use words::fill;

/// The career as PDF, on one sheet or whole.
pub(super) async fn document(
    desk: &Desk,
    career: &Career,
    language: Language,
    today: &str,
    full: bool,
) -> Result<Document, ApiError> {
    let sheet = sheet(career, language, today, full)?;
    let extent = if full { Extent::Full } else { Extent::OnePage };
    let rendered = desk.press(move |press| press.career_pdf(&sheet, extent)).await?;
    // The day becomes part of a file's name: only what a day is written with may stand there.
    let day: String = today.chars().filter(|c| c.is_ascii_digit() || *c == '-').take(10).collect();
    Ok(Document {
        name: format!("{} {} {day}.pdf", Words::of(language)?.career_file, career.slug),
        media_type: "application/pdf",
        bytes: rendered.bytes,
        missing: rendered.missing,
        discloses: Discloses::Nothing,
    })
}

/// The page as the template takes it. The sheet that is handed over holds the brief sections alone, so that its sources
/// are numbered without gaps.
fn sheet(career: &Career, language: Language, today: &str, full: bool) -> Result<CareerSheet, ApiError> {
    let reader = Reader::new(language)?;
    let mut marks = Marks::of(career);
    // In the order in which they stand on paper: sources are numbered where they are first named.
    let facts = facts::strip(career, reader, &mut marks);
    let pay = pay::places(career, reader, &mut marks);
    let sections = guide::sections(career, reader, &mut marks, full);
    let tables = if full { tables::all(career, reader, &mut marks) } else { Vec::new() };
    Ok(CareerSheet {
        language: printed_language(language),
        title: career.title.clone(),
        field: field(career, reader),
        summary: summary(career),
        printed: reader.dates.day(today),
        facts,
        pay,
        sections,
        tables,
        attribution: marks.attribution(reader),
        sources: marks.sources(reader, full),
    })
}

/// The sentence under the title; none where the guide itself begins with it.
fn summary(career: &Career) -> String {
    let first = career.guide.sections.first().and_then(|section| section.blocks.first());
    let begins = match first {
        Some(Block::Paragraph { runs }) => {
            matches!(runs.first(), Some(Run::Text { text }) if text.starts_with(&career.summary))
        }
        _ => false,
    };
    if begins { String::new() } else { career.summary.clone() }
}

fn printed_language(language: Language) -> waymark_documents::Language {
    match language {
        Language::En => waymark_documents::Language::En,
        Language::Es => waymark_documents::Language::Es,
    }
}

/// "Information Technology · a specialty of Software Developers (15-1252)"
fn field(career: &Career, reader: Reader) -> String {
    let words = &reader.words.relation;
    let relation = match career.relation {
        Relation::Same => &words.same,
        Relation::Specialty => &words.specialty,
        Relation::Nearest => &words.nearest,
    };
    let relation = fill(relation, &[("title", &career.occupation.title), ("soc", &career.occupation.soc)]);
    let fields = career.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
    let field = if fields.is_empty() { &career.group.name } else { &fields };
    fill(&words.line, &[("field", field), ("relation", &relation)])
}
