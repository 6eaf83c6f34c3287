//! What is known of a student, a thing at a time. Everything is as somebody wrote it, and hardly anything is required: a
//! name may be one word, a date a year, a guardian a telephone number.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that is known of a student.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Detail {
    /// The names that a student has; at most one.
    Names(Names),
    /// Birth; at most one.
    Birth(Birth),
    /// Who holds the rights in the record; at most one.
    RightsHolder(RightsHolder),
    /// A way to reach the student.
    Contact(Contact),
    /// Where the student lives or gets letters.
    Address(Address),
    /// A parent or whoever stands in for one.
    Guardian(Guardian),
    /// A school that the student attends or attended.
    School(School),
    /// A course with its grade.
    Course(Course),
    /// A test with its scores.
    Test(Test),
    /// Something done outside the courses: paid or not, at home too.
    Activity(Activity),
}

/// The kinds of [`Detail`], in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DetailKind {
    /// [`Names`].
    Names,
    /// [`Birth`].
    Birth,
    /// [`RightsHolder`].
    RightsHolder,
    /// [`Contact`].
    Contact,
    /// [`Address`].
    Address,
    /// [`Guardian`].
    Guardian,
    /// [`School`].
    School,
    /// [`Course`].
    Course,
    /// [`Test`].
    Test,
    /// [`Activity`].
    Activity,
}

impl DetailKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Names,
        Self::Birth,
        Self::RightsHolder,
        Self::Contact,
        Self::Address,
        Self::Guardian,
        Self::School,
        Self::Course,
        Self::Test,
        Self::Activity,
    ];

    /// How it is written in the records and in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Birth => "birth",
            Self::RightsHolder => "rights_holder",
            Self::Contact => "contact",
            Self::Address => "address",
            Self::Guardian => "guardian",
            Self::School => "school",
            Self::Course => "course",
            Self::Test => "test",
            Self::Activity => "activity",
        }
    }

    /// Whether a student has at most one of it.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Names | Self::Birth | Self::RightsHolder)
    }
}

impl Detail {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> DetailKind {
        match self {
            Self::Names(_) => DetailKind::Names,
            Self::Birth(_) => DetailKind::Birth,
            Self::RightsHolder(_) => DetailKind::RightsHolder,
            Self::Contact(_) => DetailKind::Contact,
            Self::Address(_) => DetailKind::Address,
            Self::Guardian(_) => DetailKind::Guardian,
            Self::School(_) => DetailKind::School,
            Self::Course(_) => DetailKind::Course,
            Self::Test(_) => DetailKind::Test,
            Self::Activity(_) => DetailKind::Activity,
        }
    }
}

/// Names as the student has them, in any script. The roster's line keeps the name by which the student is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Names {
    /// Given name or names; the only name where there is one.
    pub given: Option<String>,
    /// Family name or names.
    pub family: Option<String>,
    /// Names between them.
    pub middle: Option<String>,
    /// What people call the student.
    pub preferred: Option<String>,
    /// Names of earlier documents.
    pub former: Option<String>,
    /// The name to use at school, where it is another.
    pub at_school: Option<String>,
    /// The name to use with the family, where it is another.
    pub at_home: Option<String>,
    /// The name to use on applications, where it is another.
    pub on_applications: Option<String>,
    /// Pronouns, as the student gives them.
    pub pronouns: Option<String>,
}

/// Birth, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Birth {
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub date: Option<String>,
    /// City or place.
    pub place: Option<String>,
    /// Country.
    pub country: Option<String>,
}

/// Who holds the rights in the record: a parent, or the student from 18 on or at a college (34 CFR 99.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RightsHolder {
    /// Who.
    pub holder: Holder,
    /// What has to be known of it, such as a court's decision.
    #[serde(default)]
    pub note: Option<String>,
}

/// See [`RightsHolder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// Parents or guardians.
    Parents,
    /// The student.
    Student,
    /// Somebody else, whom the note names.
    Other,
}

/// A way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Contact {
    /// Which.
    pub way: Way,
    /// The address or number.
    pub value: String,
    /// What it is: home, school, mornings.
    #[serde(default)]
    pub label: Option<String>,
}

/// See [`Contact`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Electronic mail.
    Email,
    /// Telephone.
    Phone,
}

/// A postal address, in the order in which its country writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Address {
    /// What it is: home, letters, the other parent's.
    pub label: Option<String>,
    /// Street and number, one line or several.
    pub street: Option<String>,
    /// City or place.
    pub city: Option<String>,
    /// State, province or region.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country.
    pub country: Option<String>,
}

/// A parent or guardian.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Guardian {
    /// Name.
    pub name: String,
    /// Mother, grandfather, foster parent.
    pub relation: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Language to speak or write in.
    pub language: Option<String>,
    /// Whether the student lives there.
    pub lives_with: bool,
    /// Occupation.
    pub occupation: Option<String>,
    /// Schooling: asked on many forms.
    pub education: Option<String>,
}

/// A school.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct School {
    /// Name.
    pub name: String,
    /// City or place.
    pub city: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// From, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub from: Option<String>,
    /// Until, in the same forms; none while the student is there.
    pub until: Option<String>,
    /// Code under which colleges know it (CEEB).
    pub code: Option<String>,
}

/// A course with its grade.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Course {
    /// Title.
    pub title: String,
    /// School year, such as 2026–27, or the grade in school.
    pub year: Option<String>,
    /// Term within it.
    pub term: Option<String>,
    /// Regular, honors, AP, IB, dual enrollment.
    pub level: Option<String>,
    /// Grade, as the school writes it.
    pub grade: Option<String>,
    /// Credits, as the school writes them.
    pub credits: Option<String>,
}

/// A test.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Test {
    /// Name.
    pub name: String,
    /// Taken or planned, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub date: Option<String>,
    /// Scores by part, in the test's own order.
    pub scores: Vec<Score>,
}

/// A score of a part of a test.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Score {
    /// The part, or "total".
    pub part: String,
    /// As the test writes it.
    pub score: String,
}

/// An activity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Activity {
    /// What it is: a sport, a job, care at home.
    pub category: Option<String>,
    /// Role or position.
    pub role: Option<String>,
    /// Organization.
    pub organization: Option<String>,
    /// What was done and what came of it.
    pub description: Option<String>,
    /// Grades in which it was done, 9 to 13 (13 is after school).
    pub grades: Vec<u8>,
    /// Hours a week.
    pub hours_a_week: Option<f64>,
    /// Weeks a year.
    pub weeks_a_year: Option<u8>,
    /// Whether the student means to go on with it at college.
    pub goes_on: Option<bool>,
}

/// A detail as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DetailRow {
    /// UUIDv7.
    pub id: String,
    /// What is known.
    pub detail: Detail,
    /// When it was saved, RFC 3339 UTC.
    pub saved_at: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_written_as_its_name_and_read_back() {
        let details = [
            Detail::Names(Names { given: Some("Ana María".into()), ..Names::default() }),
            Detail::Birth(Birth { date: Some("2009".into()), ..Birth::default() }),
            Detail::RightsHolder(RightsHolder { holder: Holder::Student, note: None }),
            Detail::Contact(Contact { way: Way::Email, value: "sample@example.org".into(), label: None }),
            Detail::Address(Address { city: Some("Springfield".into()), ..Address::default() }),
            Detail::Guardian(Guardian { name: "Sample Guardian".into(), ..Guardian::default() }),
            Detail::School(School { name: "Example High School".into(), ..School::default() }),
            Detail::Course(Course { title: "Biology".into(), ..Course::default() }),
            Detail::Test(Test {
                name: "ACT".into(),
                scores: vec![Score { part: "total".into(), score: "27".into() }],
                ..Test::default()
            }),
            Detail::Activity(Activity { hours_a_week: Some(2.5), ..Activity::default() }),
        ];
        assert_eq!(details.len(), DetailKind::ALL.len());
        for (detail, kind) in details.into_iter().zip(DetailKind::ALL) {
            assert_eq!(detail.kind(), kind);
            let written = serde_json::to_value(&detail).unwrap();
            assert_eq!(written["kind"], kind.name());
            assert_eq!(serde_json::from_value::<Detail>(written).unwrap(), detail);
        }
    }
}
