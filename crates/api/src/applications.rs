//! Applications: planning one, writing its draft, every version kept, the readiness check, and the draft as PDF.

pub(crate) mod packs;
mod prefill;
pub(crate) mod print;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;
use waymark_forms::pack::{FormPack, Text};
use waymark_forms::review::{Answers, Review};
use waymark_records::{ApplicationRow, Done, NewApplication, Plan, Progress, SavedDraft, VersionRow};

use crate::careers::names;
use crate::errors::{ApiError, ApplicationsError, OperationError, StudentsError, not_found};
use crate::shapes::{Nothing, Saved};
use crate::{Desk, Document};
use packs::Pack;
pub(crate) use print::document_language;

/// The largest answer, megabytes: more than any form takes and any person types, so that only a slip meets it.
const MOST_MEGABYTES: usize = 32;

/// A form that an application can stand on.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FormName {
    /// Id of the form pack.
    pub id: String,
    /// Name.
    pub name: Text,
    /// For whom and what for.
    pub description: Text,
}

/// An application's id.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ApplicationId {
    /// UUIDv7.
    pub id: String,
}

/// An application in a list, with its readiness.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ApplicationInList {
    /// What the records say.
    pub application: ApplicationRow,
    /// Name of its form. None where this version of the program does not know the form: the draft keeps its place in
    /// the lists, and is refused only when it is opened.
    pub form_name: Option<Text>,
}

/// Begins an application. Whatever is not decided stays open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StartApplication {
    /// What it is for.
    pub plan: Plan,
    /// Id of the form pack; none takes the general one.
    pub form: Option<String>,
    /// Language of prefilled texts such as a career's title.
    pub language: Language,
}

/// An application was begun.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Started {
    /// Its id.
    pub id: String,
    /// Number of the change, for undo.
    pub change: i64,
}

/// Changes what an application is for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangePlan {
    /// Application.
    pub id: String,
    /// The new plan, whole.
    pub plan: Plan,
}

/// Marks an application as between the student and the counselor: it is hidden in a meeting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BetweenUs {
    /// Application.
    pub id: String,
    /// On or off.
    pub on: bool,
}

/// A draft, open for writing.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Draft {
    /// What the records say.
    pub application: ApplicationRow,
    /// The form pack, in every language, at the version that the draft stands on.
    pub pack: FormPack,
    /// The answers by key.
    pub answers: Answers,
    /// Keys whose answer came from the student's record or the plan and has not been changed since.
    pub prefilled: Vec<String>,
    /// The readiness check.
    pub review: Review,
}

/// Saves answers of a draft, all in one transaction. A null takes an answer away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveAnswers {
    /// Application.
    pub id: String,
    /// New values by key.
    pub answers: Answers,
}

/// Saved: it is on the disk when this arrives.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SaveAnswer {
    /// When it was saved, RFC 3339 UTC.
    pub saved_at: String,
    /// Number of the version that holds it.
    pub version: u32,
    /// Number of the change, for undo. None where nothing had to change.
    pub change: Option<i64>,
    /// The readiness check after it.
    pub review: Review,
}

/// One kept version of a draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VersionId {
    /// Application.
    pub id: String,
    /// Version number.
    pub number: u32,
}

/// What a draft was, whole.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Version {
    /// Its number.
    pub number: u32,
    /// Every answer of it.
    pub answers: Answers,
}

/// Asks for an application as PDF.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintApplication {
    /// Application.
    pub id: String,
    /// Language of the form's words.
    pub language: Language,
    /// Today, as the reader writes it: `YYYY-MM-DD` in the reader's own time zone.
    pub today: String,
}

/// The forms that an application can stand on.
pub async fn forms(desk: &Desk, _: Nothing) -> Result<Vec<FormName>, ApiError> {
    let packs = desk.packs()?;
    let name = |pack: &Pack| FormName {
        id: pack.form.id.clone(),
        name: pack.form.name.clone(),
        description: pack.form.description.clone(),
    };
    Ok(packs.newest().map(|pack| name(pack)).collect())
}

/// Every application, the one saved last first.
pub async fn list(desk: &Desk, _: Nothing) -> Result<Vec<ApplicationInList>, ApiError> {
    let records = desk.records().await?;
    let rows = desk.scope().applications(&records).await?;
    rows.into_iter().map(|row| in_list(desk, row)).collect()
}

/// Begins an application; the record and the plan answer what they can.
pub async fn start(desk: &Desk, input: StartApplication) -> Result<Started, ApiError> {
    let pack = desk.packs()?.by_id(input.form.as_deref())?;
    let plan = tidy(input.plan);
    if let Some(career) = &plan.career {
        crate::careers::known(desk, career).await?;
    }
    let answers = prefill::first_answers(desk, &pack.form, &plan, input.language).await?;
    let first = First { answers, prefilled: true, between_us: false };
    begin(desk, pack, plan, first).await
}

/// Begins another application with the same answers.
pub async fn duplicate(desk: &Desk, input: ApplicationId) -> Result<Started, ApiError> {
    let draft = desk.records().await?.draft(input.id).await.map_err(absent())?;
    let pack = desk.packs()?.of(&draft.application)?;
    let between_us = draft.application.between_us;
    // What is sensitive or signed stays in the draft in which it was given.
    let answers = draft.answers.into_iter().filter(|(key, _)| waymark_forms::reusable(&pack.form, key));
    let first = First { answers: answers.collect(), prefilled: false, between_us };
    begin(desk, pack, draft.application.plan, first).await
}

/// Changes what an application is for. Its answers stay as they are.
pub async fn plan(desk: &Desk, input: ChangePlan) -> Result<SaveAnswer, ApiError> {
    let plan = tidy(input.plan);
    if let Some(career) = &plan.career {
        crate::careers::known(desk, career).await?;
    }
    let records = desk.records().await?;
    let application = records.application(input.id.clone()).await.map_err(absent())?;
    // Asked for before anything is changed: a refusal changes nothing.
    let pack = desk.packs()?.of(&application)?;
    let done =
        records.change_plan(input.id.clone(), plan).await.map_err(not_found(StudentsError::NotFound))?;
    let draft = records.draft(input.id).await.map_err(absent())?;
    let review = pack.review(&draft.answers, &today(desk));
    Ok(SaveAnswer { saved_at: done.at, version: draft.application.versions, change: done.change, review })
}

/// A draft, open for writing.
pub async fn open(desk: &Desk, input: ApplicationId) -> Result<Draft, ApiError> {
    let draft = desk.records().await?.draft(input.id).await.map_err(absent())?;
    let pack = desk.packs()?.of(&draft.application)?;
    let review = pack.review(&draft.answers, &today(desk));
    Ok(Draft {
        application: draft.application,
        pack: pack.form.clone(),
        answers: draft.answers,
        prefilled: draft.prefilled,
        review,
    })
}

/// Saves answers. Only their shape is looked at: incomplete and invalid drafts always save.
pub async fn save(desk: &Desk, input: SaveAnswers) -> Result<SaveAnswer, ApiError> {
    let records = desk.records().await?;
    let application = records.application(input.id.clone()).await.map_err(absent())?;
    let pack = desk.packs()?.of(&application)?;
    for (key, value) in &input.answers {
        check_shape(&pack.form, key, value)?;
    }
    let done = records.save_answers(input.id, input.answers, checking(&pack, today(desk))).await;
    done.map(saved).map_err(absent())
}

/// Marks an application as between the student and the counselor, or takes the mark off.
pub async fn between_us(desk: &Desk, input: BetweenUs) -> Result<Saved, ApiError> {
    let records = desk.records().await?;
    let done = records.set_between_us(input.id.clone(), input.on).await.map_err(absent())?;
    Ok(Saved { id: input.id, change: done.change, saved_at: done.at })
}

/// Takes away an application. Can be undone.
pub async fn remove(desk: &Desk, input: ApplicationId) -> Result<Saved, ApiError> {
    let done = desk.records().await?.remove_application(input.id.clone()).await.map_err(absent())?;
    Ok(Saved { id: input.id, change: done.change, saved_at: done.at })
}

/// The versions of a draft, newest first.
pub async fn versions(desk: &Desk, input: ApplicationId) -> Result<Vec<VersionRow>, ApiError> {
    desk.records().await?.versions(input.id).await.map_err(absent())
}

/// What a draft was at a version.
pub async fn version(desk: &Desk, input: VersionId) -> Result<Version, ApiError> {
    let answers = desk.records().await?.version(input.id, input.number).await;
    let answers = answers.map_err(not_found(ApplicationsError::VersionNotFound))?;
    Ok(Version { number: input.number, answers })
}

/// Makes a draft what it was at a version; what it is now stays as the version before.
pub async fn restore(desk: &Desk, input: VersionId) -> Result<SaveAnswer, ApiError> {
    let records = desk.records().await?;
    let application = records.application(input.id.clone()).await.map_err(absent())?;
    let pack = desk.packs()?.of(&application)?;
    let done = records.restore_version(input.id, input.number, checking(&pack, today(desk))).await;
    done.map(saved).map_err(not_found(ApplicationsError::VersionNotFound))
}

/// An application as PDF.
pub async fn pdf(desk: &Desk, input: PrintApplication) -> Result<Document, ApiError> {
    let draft = desk.records().await?.draft(input.id).await.map_err(absent())?;
    let pack = desk.packs()?.of(&draft.application)?;
    let career = match &draft.application.plan.career {
        Some(slug) => names(desk, vec![slug.clone()], input.language).await?.pop().map(|career| career.title),
        None => None,
    };
    print::document(desk, &pack.form, draft, career, input.language, &input.today).await
}

/// An application as lists show it.
pub(crate) fn in_list(desk: &Desk, application: ApplicationRow) -> Result<ApplicationInList, ApiError> {
    let packs = desk.packs()?;
    let pack = packs.version(&application.form, application.form_version);
    let form_name = pack.map(|pack| pack.form.name.clone());
    Ok(ApplicationInList { application, form_name })
}

/// What a draft begins with.
struct First {
    answers: Answers,
    prefilled: bool,
    between_us: bool,
}

async fn begin(
    desk: &Desk,
    pack: std::sync::Arc<Pack>,
    plan: Plan,
    first: First,
) -> Result<Started, ApiError> {
    let (form, form_version) = (pack.form.id.clone(), pack.form.version);
    let First { answers, prefilled, between_us } = first;
    let new = NewApplication { plan, form, form_version, answers, prefilled, between_us };
    let check = checking(&pack, today(desk));
    let records = desk.records().await?;
    let done = records.start_application(new, check).await.map_err(not_found(StudentsError::NotFound))?;
    Ok(Started { id: done.value, change: done.change.ok_or(OperationError::Failed)? })
}

/// A plan whose blank words are "not decided".
fn tidy(plan: Plan) -> Plan {
    let words = |words: Option<String>| words.filter(|words| !words.trim().is_empty());
    Plan {
        student_id: words(plan.student_id),
        career: words(plan.career),
        programme: words(plan.programme),
        institution: words(plan.institution),
    }
}

fn check_shape(form: &FormPack, key: &str, value: &serde_json::Value) -> Result<(), ApiError> {
    if !waymark_forms::accepts(form, key) {
        return Err(ApplicationsError::UnknownQuestion.into());
    }
    if value.as_str().is_some_and(|text| text.len() > MOST_MEGABYTES * 1024 * 1024) {
        return Err(ApplicationsError::TooLarge { megabytes: MOST_MEGABYTES }.into());
    }
    if !value.is_null() && !waymark_forms::shape_ok(form, key, value) {
        return Err(ApplicationsError::WrongShape.into());
    }
    Ok(())
}

/// The readiness check as the records ask for it: its numbers to keep, and itself to answer with.
fn checking(
    pack: &std::sync::Arc<Pack>,
    today: String,
) -> impl FnOnce(&Answers) -> (Progress, Review) + Send + 'static + use<> {
    let pack = std::sync::Arc::clone(pack);
    move |answers| {
        let review = pack.review(answers, &today);
        (packs::progress(&review), review)
    }
}

fn saved(done: Done<SavedDraft<Review>>) -> SaveAnswer {
    SaveAnswer {
        saved_at: done.at,
        version: done.value.version,
        change: done.change,
        review: done.value.checked,
    }
}

fn absent() -> impl FnOnce(waymark_records::RecordsError) -> ApiError {
    not_found(ApplicationsError::NotFound)
}

/// Today, UTC; a day more or less matters to no rule of the shipped forms.
pub(crate) fn today(desk: &Desk) -> String {
    desk.surroundings.now().strftime("%Y-%m-%d").to_string()
}
