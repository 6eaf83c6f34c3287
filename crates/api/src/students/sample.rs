//! The sample student of the first run: plainly fictional, to try things on and to delete.

use std::collections::BTreeMap;

use serde::Deserialize;
use waymark_catalogue::shapes::Language;
use waymark_records::{Plan, StudentInput};

use super::AddSample;
use crate::Desk;
use crate::applications::{self, SaveAnswers, StartApplication};
use crate::errors::{ApiError, OperationError};
use crate::shapes::Saved;

#[derive(Deserialize)]
struct Sample {
    #[serde(flatten)]
    words: BTreeMap<String, serde_json::Value>,
    career: String,
    graduation_year: u16,
}

#[derive(Deserialize)]
struct Words {
    name: String,
    programme: String,
    institution: String,
    statement: String,
}

/// Adds the sample student with a draft begun. Where one is there already, it is given back.
pub async fn add(desk: &Desk, input: AddSample) -> Result<Saved, ApiError> {
    let there =
        desk.records().await?.students(String::new(), None).await?.into_iter().find(|student| student.sample);
    if let Some(student) = there {
        // Without a draft nothing says when it was saved; that it is saved now is certain.
        let now = || format!("{:.3}", desk.surroundings.now());
        let saved_at = student.last_saved_at.unwrap_or_else(now);
        return Ok(Saved { id: student.id, change: None, saved_at });
    }
    let sample: Sample = serde_json::from_str(include_str!("../../../../data/sample/sample.json"))
        .map_err(|_| OperationError::Failed)?;
    let language = if input.language == Language::Es { "es" } else { "en" };
    let words = sample.words.get(language).cloned().ok_or(OperationError::Failed)?;
    let words: Words = serde_json::from_value(words).map_err(|_| OperationError::Failed)?;
    let student =
        StudentInput { name: words.name, graduation_year: Some(sample.graduation_year), school_id: None };
    let done = desk.records().await?.add_students("students.add_sample", vec![student], true).await?;
    let id = done.value.into_iter().next().ok_or(OperationError::Failed)?;
    let plan = Plan {
        student_id: Some(id.clone()),
        career: Some(sample.career),
        programme: Some(words.programme),
        institution: Some(words.institution),
    };
    let started =
        applications::start(desk, StartApplication { plan, form: None, language: input.language }).await?;
    let answers = BTreeMap::from([("statement".to_owned(), words.statement.into())]);
    applications::save(desk, SaveAnswers { id: started.id, answers }).await?;
    Ok(Saved { id, change: done.change, saved_at: done.at })
}
