//! What is known of a student beyond the roster's line: names, contacts, guardians, schools, courses, tests, activities.
//! Whatever is written is kept as it is; only what could not be read again as what it is meant to be is refused.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{Detail, DetailKind, DetailRow};

use super::StudentId;
use crate::Desk;
use crate::errors::{ApiError, MeetingError, StudentsError, not_found};
use crate::shapes::Saved;

/// Saves a detail.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SaveDetail {
    /// Student.
    pub student_id: String,
    /// Id of the detail to change; none adds one. Of a kind of which a student has one, the one that is there is changed.
    pub id: Option<String>,
    /// What is known.
    pub detail: Detail,
}

/// Takes a detail away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RemoveDetail {
    /// Student.
    pub student_id: String,
    /// Id of the detail.
    pub id: String,
}

/// Puts the details of a kind in order.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OrderDetails {
    /// Student.
    pub student_id: String,
    /// Which.
    pub kind: DetailKind,
    /// Ids, the first one first. Those that are not named follow.
    pub ids: Vec<String>,
}

/// Everything that is known of a student. Who holds the rights in the record is no matter of a meeting.
pub async fn list(desk: &Desk, input: StudentId) -> Result<Vec<DetailRow>, ApiError> {
    let records = desk.records().await?;
    let mut details = records.student_details(input.id).await.map_err(not_found(StudentsError::NotFound))?;
    if desk.meeting.student().is_some() {
        details.retain(|row| row.detail.kind() != DetailKind::RightsHolder);
    }
    Ok(details)
}

/// Adds or changes a detail.
pub async fn save(desk: &Desk, input: SaveDetail) -> Result<Saved, ApiError> {
    let detail = checked(input.detail)?;
    if detail.kind() == DetailKind::RightsHolder && desk.meeting.student().is_some() {
        return Err(MeetingError::Refused.into());
    }
    let records = desk.records().await?;
    let done = records.save_detail(input.student_id, input.id, detail).await;
    let done = done.map_err(not_found(StudentsError::NotFound))?;
    Ok(Saved { id: done.value, change: done.change, saved_at: done.at })
}

/// Takes a detail away.
pub async fn remove(desk: &Desk, input: RemoveDetail) -> Result<Saved, ApiError> {
    let records = desk.records().await?;
    if desk.meeting.student().is_some() {
        let details = records.student_details(input.student_id.clone()).await;
        let details = details.map_err(not_found(StudentsError::NotFound))?;
        let kind = details.iter().find(|row| row.id == input.id).map(|row| row.detail.kind());
        if kind == Some(DetailKind::RightsHolder) {
            return Err(MeetingError::Refused.into());
        }
    }
    let done = records.remove_detail(input.student_id, input.id.clone()).await;
    let done = done.map_err(not_found(StudentsError::NotFound))?;
    Ok(Saved { id: input.id, change: done.change, saved_at: done.at })
}

/// Puts the details of a kind in order.
pub async fn order(desk: &Desk, input: OrderDetails) -> Result<Saved, ApiError> {
    if input.kind == DetailKind::RightsHolder && desk.meeting.student().is_some() {
        return Err(MeetingError::Refused.into());
    }
    let records = desk.records().await?;
    let done = records.order_details(input.student_id.clone(), input.kind, input.ids).await;
    let done = done.map_err(not_found(StudentsError::NotFound))?;
    Ok(Saved { id: input.student_id, change: done.change, saved_at: done.at })
}

/// The detail, where it says something and its dates and numbers are such.
fn checked(mut detail: Detail) -> Result<Detail, ApiError> {
    for text in texts(&mut detail) {
        *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    let said = match &mut detail {
        Detail::Contact(contact) => is_said(&mut contact.value),
        Detail::Guardian(guardian) => is_said(&mut guardian.name),
        Detail::School(school) => is_said(&mut school.name),
        Detail::Course(course) => is_said(&mut course.title),
        Detail::Test(test) => {
            test.scores.retain_mut(|score| is_said(&mut score.part) | is_said(&mut score.score));
            is_said(&mut test.name)
        }
        Detail::Activity(activity) => {
            activity.grades.sort_unstable();
            activity.grades.dedup();
            activity.role.is_some() || activity.organization.is_some() || activity.description.is_some()
        }
        Detail::Names(_) | Detail::Birth(_) | Detail::Address(_) => {
            texts(&mut detail).into_iter().any(|text| text.is_some())
        }
        Detail::RightsHolder(_) => true,
    };
    if !said {
        return Err(StudentsError::DetailEmpty.into());
    }
    if dates(&detail).into_iter().flatten().any(|date| !is_partial_date(date)) {
        return Err(StudentsError::DetailDate.into());
    }
    if let Detail::Activity(activity) = &detail {
        let fits = activity.hours_a_week.is_none_or(|hours| (0.0..=168.0).contains(&hours))
            && activity.weeks_a_year.is_none_or(|weeks| weeks <= 53)
            && activity.grades.iter().all(|grade| (1..=13).contains(grade));
        if !fits {
            return Err(StudentsError::DetailNumber.into());
        }
    }
    Ok(detail)
}

/// Takes the blanks around a text that has to be there; says whether anything is left.
fn is_said(text: &mut String) -> bool {
    *text = text.trim().to_owned();
    !text.is_empty()
}

/// Every text that may be missing.
fn texts(detail: &mut Detail) -> Vec<&mut Option<String>> {
    match detail {
        Detail::Names(it) => vec![
            &mut it.given,
            &mut it.family,
            &mut it.middle,
            &mut it.preferred,
            &mut it.former,
            &mut it.at_school,
            &mut it.at_home,
            &mut it.on_applications,
            &mut it.pronouns,
        ],
        Detail::Birth(it) => vec![&mut it.date, &mut it.place, &mut it.country],
        Detail::RightsHolder(it) => vec![&mut it.note],
        Detail::Contact(it) => vec![&mut it.label],
        Detail::Address(it) => vec![
            &mut it.label,
            &mut it.street,
            &mut it.city,
            &mut it.region,
            &mut it.postal_code,
            &mut it.country,
        ],
        Detail::Guardian(it) => vec![
            &mut it.relation,
            &mut it.email,
            &mut it.phone,
            &mut it.language,
            &mut it.occupation,
            &mut it.education,
        ],
        Detail::School(it) => {
            vec![&mut it.city, &mut it.country, &mut it.from, &mut it.until, &mut it.code]
        }
        Detail::Course(it) => {
            vec![&mut it.year, &mut it.term, &mut it.level, &mut it.grade, &mut it.credits]
        }
        Detail::Test(it) => vec![&mut it.date],
        Detail::Activity(it) => {
            vec![&mut it.category, &mut it.role, &mut it.organization, &mut it.description]
        }
    }
}

fn dates(detail: &Detail) -> [Option<&str>; 2] {
    match detail {
        Detail::Birth(birth) => [birth.date.as_deref(), None],
        Detail::School(school) => [school.from.as_deref(), school.until.as_deref()],
        Detail::Test(test) => [test.date.as_deref(), None],
        _ => [None, None],
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and a day of the calendar.
fn is_partial_date(text: &str) -> bool {
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = match text.split('-').collect::<Vec<_>>().as_slice() {
        [year] if digits(year, 4) => format!("{year}-01-01"),
        [year, month] if digits(year, 4) && digits(month, 2) => format!("{year}-{month}-01"),
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => text.to_owned(),
        _ => return false,
    };
    whole.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_year_a_month_or_a_day_of_the_calendar() {
        for good in ["2009", "2009-02", "2009-02-28", "2008-02-29"] {
            assert!(is_partial_date(good), "{good}");
        }
        for bad in ["", "09", "2009-2", "2009-02-29", "2009-13", "2009-02-28-1", "२००९", "spring"] {
            assert!(!is_partial_date(bad), "{bad}");
        }
    }
}
