//! The command palette: careers, students and applications by a few letters.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;

use crate::Desk;
use crate::errors::ApiError;
use crate::home::CareerName;

/// How many of each kind are given.
const MOST: usize = 6;

/// What was typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Find {
    /// The text.
    pub text: String,
    /// Language of career titles.
    pub language: Language,
}

/// What was found, each at most six.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Found {
    /// Careers.
    pub careers: Vec<CareerName>,
    /// Students.
    pub students: Vec<FoundStudent>,
    /// Applications.
    pub applications: Vec<FoundApplication>,
}

/// A student found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundStudent {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Year of graduation.
    pub graduation_year: Option<u16>,
}

/// An application found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundApplication {
    /// Id.
    pub id: String,
    /// What it is for.
    pub plan: waymark_records::Plan,
    /// The student's name.
    pub student_name: Option<String>,
}

/// Careers, students and applications by a few letters.
pub async fn find(desk: &Desk, input: Find) -> Result<Found, ApiError> {
    let records = desk.records().await?;
    let (text, language) = (input.text.clone(), input.language);
    // Without a catalogue, students and applications are still found; the pages say what is wrong with it.
    let careers = desk.catalogue(move |catalogue| catalogue.titles(&text, language, 6)).await;
    let careers = careers.unwrap_or_default();
    let careers =
        careers.into_iter().map(|career| CareerName { slug: career.slug, title: career.title }).collect();
    if input.text.trim().is_empty() {
        return Ok(Found { careers, students: Vec::new(), applications: Vec::new() });
    }
    let scope = desk.scope();
    let students = scope.students(&records, input.text.clone(), None).await?.into_iter().take(MOST);
    let wanted = waymark_records::folded(&input.text);
    let applications = scope.applications(&records).await?.into_iter().filter(|application| {
        let plan = &application.plan;
        [&application.student_name, &plan.programme, &plan.institution, &plan.career]
            .into_iter()
            .flatten()
            .any(|words| waymark_records::folded(words).contains(&wanted))
    });
    Ok(Found {
        careers,
        students: students
            .map(|student| FoundStudent {
                id: student.id,
                name: student.name,
                graduation_year: student.graduation_year,
            })
            .collect(),
        applications: applications
            .take(MOST)
            .map(|row| FoundApplication { id: row.id, plan: row.plan, student_name: row.student_name })
            .collect(),
    })
}
