//! Names of what a student's record can answer, and of what an answer may go back to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::AnswerKind;

/// Fields of a student's record or of the application's plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordField {
    /// The student's name.
    StudentName,
    /// Given name, where people of this name have one.
    GivenName,
    /// Names between given and family name.
    MiddleName,
    /// Family name, where people of this name have one.
    FamilyName,
    /// What comes after the name (Jr.).
    NameSuffix,
    /// The name that the student goes by.
    PreferredName,
    /// A name that older documents show.
    FormerName,
    /// Date of birth.
    BirthDate,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Street and number of the home address.
    AddressLine1,
    /// The home address's second line.
    AddressLine2,
    /// The home address's third line.
    AddressLine3,
    /// City or town of the home address.
    City,
    /// State, province or region of the home address.
    Region,
    /// ZIP or postal code of the home address.
    PostalCode,
    /// Country of the home address.
    Country,
    /// The year of graduation, four digits.
    GraduationYear,
    /// The school's name.
    SchoolName,
    /// The school's code (CEEB, UCAS).
    SchoolCode,
    /// The school's city or town.
    SchoolCity,
    /// The counselor's name.
    CounselorName,
    /// The counselor's e-mail address.
    CounselorEmail,
    /// The counselor's telephone number.
    CounselorPhone,
    /// The programme chosen when the application was planned.
    Programme,
    /// The institution chosen when the application was planned.
    Institution,
    /// The career that the application was planned for.
    Career,
}

/// Every field, as the format names it.
pub const RECORD_FIELDS: &[(&str, RecordField)] = &[
    ("student_name", RecordField::StudentName),
    ("given_name", RecordField::GivenName),
    ("middle_name", RecordField::MiddleName),
    ("family_name", RecordField::FamilyName),
    ("name_suffix", RecordField::NameSuffix),
    ("preferred_name", RecordField::PreferredName),
    ("former_name", RecordField::FormerName),
    ("birth_date", RecordField::BirthDate),
    ("email", RecordField::Email),
    ("phone", RecordField::Phone),
    ("address_line1", RecordField::AddressLine1),
    ("address_line2", RecordField::AddressLine2),
    ("address_line3", RecordField::AddressLine3),
    ("city", RecordField::City),
    ("region", RecordField::Region),
    ("postal_code", RecordField::PostalCode),
    ("country", RecordField::Country),
    ("graduation_year", RecordField::GraduationYear),
    ("school_name", RecordField::SchoolName),
    ("school_code", RecordField::SchoolCode),
    ("school_city", RecordField::SchoolCity),
    ("counselor_name", RecordField::CounselorName),
    ("counselor_email", RecordField::CounselorEmail),
    ("counselor_phone", RecordField::CounselorPhone),
    ("programme", RecordField::Programme),
    ("institution", RecordField::Institution),
    ("career", RecordField::Career),
];

impl RecordField {
    /// Whether a field can answer a question of this kind.
    #[must_use]
    pub fn fits(self, kind: &AnswerKind) -> bool {
        match kind {
            AnswerKind::Text | AnswerKind::LongText => true,
            AnswerKind::Number { .. } => self == Self::GraduationYear,
            AnswerKind::Date | AnswerKind::PartialDate => self == Self::BirthDate,
            AnswerKind::Email => matches!(self, Self::Email | Self::CounselorEmail),
            AnswerKind::Phone => matches!(self, Self::Phone | Self::CounselorPhone),
            _ => false,
        }
    }

    /// Whether an answer may go back to this field. What was chosen with the plan or belongs to the school does not
    /// change because of one form.
    #[must_use]
    pub fn takes_back(self) -> bool {
        !matches!(
            self,
            Self::Programme
                | Self::Institution
                | Self::Career
                | Self::SchoolName
                | Self::SchoolCode
                | Self::SchoolCity
                | Self::CounselorName
                | Self::CounselorEmail
                | Self::CounselorPhone
        )
    }
}
