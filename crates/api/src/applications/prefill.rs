//! What the student's record and the plan answer by themselves, so that nothing is typed twice.

use waymark_catalogue::shapes::Language;
use waymark_forms::Place;
use waymark_forms::pack::{AnswerKind, FormPack, RecordField};
use waymark_forms::review::Answers;
use waymark_records::{Address, Birth, Detail, DetailRow, Names, Plan, School, StudentRow, Way};

use crate::Desk;
use crate::careers::names;
use crate::errors::{ApiError, StudentsError, not_found};

/// What is known when an application is begun.
struct Known {
    student: Option<StudentRow>,
    details: Vec<DetailRow>,
    plan: Plan,
    career: Option<String>,
}

/// The answers that a new draft begins with, by key.
pub(super) async fn first_answers(
    desk: &Desk,
    form: &FormPack,
    plan: &Plan,
    language: Language,
) -> Result<Answers, ApiError> {
    let (mut student, mut details) = (None, Vec::new());
    if let Some(id) = &plan.student_id {
        let records = desk.records().await?;
        let found = records.student(id.clone()).await.map_err(not_found(StudentsError::NotFound))?;
        student = Some(found);
        details = records.student_details(id.clone()).await.map_err(not_found(StudentsError::NotFound))?;
    }
    let career = names(desk, plan.career.clone().into_iter().collect(), language).await?.pop();
    let known = Known { student, details, plan: plan.clone(), career: career.map(|career| career.title) };
    let prefills = waymark_forms::prefills(form);
    let is_line = |field: &RecordField| {
        matches!(field, RecordField::AddressLine1 | RecordField::AddressLine2 | RecordField::AddressLine3)
    };
    let lines = prefills.iter().filter(|(_, field)| is_line(field)).count();
    let answers = prefills.into_iter().filter_map(|(key, field)| {
        let answer = known.answer(field, lines)?;
        let fits = !asks_for_a_day(form, &key) || answer.len() == "YYYY-MM-DD".len();
        fits.then(|| (key, answer.into()))
    });
    Ok(answers.collect())
}

/// A birth of which only the year is known does not answer this.
fn asks_for_a_day(form: &FormPack, key: &str) -> bool {
    let place = waymark_forms::find_question(form, key);
    matches!(place, Some(Place::Question(question)) if matches!(question.answer, AnswerKind::Date))
}

impl Known {
    /// What is known of a field, in a form that asks for so many lines of an address; nothing where nobody has written it yet.
    fn answer(&self, field: RecordField, lines: usize) -> Option<String> {
        match field {
            RecordField::StudentName => self
                .names()
                .and_then(|names| names.on_applications.clone())
                .or_else(|| self.student.as_ref().map(|student| student.name.clone())),
            RecordField::GivenName => self.names()?.given.clone(),
            RecordField::MiddleName => self.names()?.middle.clone(),
            RecordField::FamilyName => self.names()?.family.clone(),
            RecordField::PreferredName => self.names()?.preferred.clone(),
            RecordField::FormerName => self.names()?.former.clone(),
            RecordField::BirthDate => self.birth()?.date.clone(),
            RecordField::Email => self.contact(Way::Email),
            RecordField::Phone => self.contact(Way::Phone),
            RecordField::AddressLine1 => self.street(0, lines),
            RecordField::AddressLine2 => self.street(1, lines),
            RecordField::AddressLine3 => self.street(2, lines),
            RecordField::City => self.address()?.city.clone(),
            RecordField::Region => self.address()?.region.clone(),
            RecordField::PostalCode => self.address()?.postal_code.clone(),
            RecordField::Country => self.address()?.country.clone(),
            RecordField::GraduationYear => {
                self.student.as_ref()?.graduation_year.map(|year| year.to_string())
            }
            RecordField::SchoolName => Some(self.school()?.name.clone()),
            RecordField::SchoolCode => self.school()?.code.clone(),
            RecordField::SchoolCity => self.school()?.city.clone(),
            RecordField::Programme => self.plan.programme.clone(),
            RecordField::Institution => self.plan.institution.clone(),
            RecordField::Career => self.career.clone(),
            // The record has no such field: the student or the counselor answers.
            RecordField::NameSuffix
            | RecordField::CounselorName
            | RecordField::CounselorEmail
            | RecordField::CounselorPhone => None,
        }
    }

    /// The details of a kind, in their order.
    fn all<'a, T: 'a>(
        &'a self,
        of: impl Fn(&'a Detail) -> Option<&'a T> + 'a,
    ) -> impl Iterator<Item = &'a T> + 'a {
        self.details.iter().filter_map(move |row| of(&row.detail))
    }

    fn names(&self) -> Option<&Names> {
        self.all(|detail| if let Detail::Names(it) = detail { Some(it) } else { None }).next()
    }

    fn birth(&self) -> Option<&Birth> {
        self.all(|detail| if let Detail::Birth(it) = detail { Some(it) } else { None }).next()
    }

    fn address(&self) -> Option<&Address> {
        self.all(|detail| if let Detail::Address(it) = detail { Some(it) } else { None }).next()
    }

    /// A line of the street, of so many that the form asks for: the last one has whatever is left.
    fn street(&self, line: usize, lines: usize) -> Option<String> {
        let street = self.address()?.street.as_deref()?;
        let mut said = street.lines().map(str::trim).filter(|line| !line.is_empty()).skip(line);
        if line + 1 < lines {
            return said.next().map(ToOwned::to_owned);
        }
        let rest: Vec<&str> = said.collect();
        (!rest.is_empty()).then(|| rest.join(", "))
    }

    fn contact(&self, way: Way) -> Option<String> {
        let mut contacts = self.all(|detail| if let Detail::Contact(it) = detail { Some(it) } else { None });
        contacts.find(|contact| contact.way == way).map(|contact| contact.value.clone())
    }

    /// The school that the student is at: the first one that has no end.
    fn school(&self) -> Option<&School> {
        self.all(|detail| if let Detail::School(it) = detail { Some(it) } else { None })
            .find(|school| school.until.is_none())
    }
}
