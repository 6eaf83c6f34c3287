//! The gate at which every call is held against the rules of a meeting, before it is carried out and before its answer
//! goes out. Outside a meeting it lets everything through.

use serde_json::Value;
use waymark_records::RecordsError;

use super::Meeting;
use super::rules::{CAREER, LOOKS, Place, Rule, rule, view};
use crate::Desk;
use crate::errors::{ApiError, MeetingError, OperationError};
use crate::settings::Settings;

/// What was let through, to be looked at again on the way out.
pub(crate) struct Pass {
    /// Number of the meeting under way when it was asked for.
    meeting: Option<u64>,
    student: String,
    view: Option<String>,
    /// Whether what it changes can be taken back in the meeting.
    undoable: bool,
    /// It begins the meeting that it finds on the way out.
    begins: bool,
}

/// Lets an operation through or refuses it.
pub(crate) async fn admit(desk: &Desk, operation: &str, input: &Value) -> Result<Pass, ApiError> {
    let begins = operation == "meeting.begin";
    let now = desk.meeting.seats().now.as_ref().map(|meeting| (meeting.number, meeting.student_id.clone()));
    let Some((number, student)) = now else {
        let student = String::new();
        return Ok(Pass { meeting: None, student, view: None, undoable: false, begins });
    };
    let rule = rule(operation);
    match rule {
        Rule::Open | Rule::Narrowed => {}
        Rule::Theirs(places) | Rule::Hides(places) => {
            for place in places {
                is_theirs(desk, &student, *place, input).await?;
            }
        }
        Rule::Undo => {
            let change = input.get("change").and_then(Value::as_i64);
            let seats = desk.meeting.seats();
            let made = |meeting: &Meeting| change.is_some_and(|change| meeting.changes.contains(&change));
            if !seats.now.as_ref().is_some_and(made) {
                return Err(MeetingError::NotHere.into());
            }
        }
        Rule::Looks => only_looks(desk, input).await?,
        Rule::Refused => return Err(MeetingError::Refused.into()),
    }
    let undoable = matches!(rule, Rule::Theirs(_) | Rule::Undo);
    Ok(Pass { meeting: Some(number), student, view: view(operation, input), undoable, begins })
}

impl Pass {
    /// Looks at an answer before it goes out. One that was asked for before the meeting began stays here: it may speak
    /// of anybody. What is looked at is written down first; what can't be written down is not shown.
    pub(crate) async fn hand_out(self, desk: &Desk, change: Option<i64>) -> Result<(), ApiError> {
        let view = {
            let mut seats = desk.meeting.seats();
            let Some(meeting) = seats.now.as_mut() else { return Ok(()) };
            if self.meeting != Some(meeting.number) {
                return if self.begins { Ok(()) } else { Err(MeetingError::NotHere.into()) };
            }
            if let Some(change) = change.filter(|_| self.undoable) {
                meeting.changes.insert(change);
            }
            if let Some(career) = self.view.as_deref().and_then(career) {
                meeting.careers.retain(|known| known != career);
                meeting.careers.push(career.to_owned());
            }
            self.view.filter(|view| meeting.views.insert(view.clone()))
        };
        let Some(view) = view else { return Ok(()) };
        let logged = desk.records().await?.log_access(self.student, view.clone()).await;
        logged.map(|_| ()).map_err(|error| {
            if let Some(meeting) = desk.meeting.seats().now.as_mut() {
                meeting.views.remove(&view);
            }
            error.into()
        })
    }
}

/// The career that a view is of.
fn career(view: &str) -> Option<&str> {
    view.strip_prefix(CAREER)?.strip_prefix('/')
}

/// Refuses an input that names anybody or anything else than the meeting's student and theirs in sight. It says the
/// same whether what it names is there or not.
async fn is_theirs(desk: &Desk, student: &str, place: Place, input: &Value) -> Result<(), ApiError> {
    let named = |pointer| input.pointer(pointer).and_then(Value::as_str);
    let theirs = match place {
        Place::Student(at) => named(at) == Some(student),
        Place::Application(at) => match named(at) {
            None => false,
            Some(id) => match desk.records().await?.application(id.to_owned()).await {
                Ok(row) => row.plan.student_id.as_deref() == Some(student) && !row.between_us,
                Err(RecordsError::NotFound) => false,
                Err(error) => return Err(error.into()),
            },
        },
    };
    if theirs { Ok(()) } else { Err(MeetingError::NotHere.into()) }
}

/// Refuses settings that differ from those that hold in anything but looks.
async fn only_looks(desk: &Desk, input: &Value) -> Result<(), ApiError> {
    let new: Settings = serde_json::from_value(input.clone()).map_err(|_| OperationError::BadInput)?;
    let plain = |settings: &Settings| -> Result<serde_json::Map<String, Value>, ApiError> {
        let value = serde_json::to_value(settings).map_err(|_| OperationError::Failed)?;
        Ok(value.as_object().cloned().unwrap_or_default())
    };
    let held = crate::settings::get(desk, crate::shapes::Nothing {}).await?;
    let (new, held) = (plain(&new)?, plain(&held)?);
    let differs =
        |(name, value): (&String, &Value)| !LOOKS.contains(&name.as_str()) && held.get(name) != Some(value);
    if new.iter().any(differs) { Err(MeetingError::Refused.into()) } else { Ok(()) }
}
