//! Kinds of answer, and the lists from which answers are chosen.

use std::collections::HashMap;
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Expression, Question, Text};

/// Kinds of answer. Values are JSON: text, choices, dates (`YYYY-MM-DD`) and yes/no ("yes", "no") are strings,
/// many choices an array of strings, a declaration `true`, a number a string of digits as typed, a file an object.
/// Kinds with `fields` have no value of their own: each field has one, under `question.field`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerKind {
    /// One line.
    Text,
    /// Several lines, written at length.
    LongText,
    /// An e-mail address.
    Email,
    /// A telephone number, as people write it.
    Phone,
    /// A whole date.
    Date,
    /// A year and month, `YYYY-MM`.
    Month,
    /// A date as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    PartialDate,
    /// A number between two bounds.
    Number {
        /// Least, included.
        min: Option<f64>,
        /// Greatest, included.
        max: Option<f64>,
    },
    /// One of a list.
    Choice {
        /// What can be chosen; empty where a shared list is named.
        #[serde(default)]
        #[ts(as = "Vec<Choice>")]
        choices: Choices,
        /// Name of a list of the pack, shared by several questions.
        #[serde(default)]
        list: Option<String>,
    },
    /// Any of a list.
    ManyChoices {
        /// What can be chosen; empty where a shared list is named.
        #[serde(default)]
        #[ts(as = "Vec<Choice>")]
        choices: Choices,
        /// Name of a list of the pack, shared by several questions.
        #[serde(default)]
        list: Option<String>,
    },
    /// Yes or no.
    YesNo,
    /// A statement that is confirmed.
    Declaration,
    /// An address in its parts.
    Address {
        /// Those of `ADDRESS_FIELDS` that the target asks for.
        fields: Vec<Question>,
    },
    /// Somebody: names, relation, how to reach them.
    Person {
        /// Those of `PERSON_FIELDS` that the target asks for.
        fields: Vec<Question>,
    },
    /// A school or college.
    School {
        /// Those of `SCHOOL_FIELDS` that the target asks for.
        fields: Vec<Question>,
    },
    /// A name typed as a signature, and its day. Never reused.
    Signature {
        /// Who signs.
        by: Signer,
        /// `name` and `date`, both.
        fields: Vec<Question>,
    },
    /// A document to go with the form.
    File {
        /// Endings of the names that the target takes ("pdf"), lower case, without the dot; empty takes any.
        #[serde(default)]
        accept: Vec<String>,
        /// Most bytes.
        #[serde(default)]
        max_bytes: Option<u64>,
    },
    /// Nothing is asked: the value is worked out from other answers.
    Computed {
        /// How.
        value: Expression,
        /// Least that a complete form may have, for numbers.
        #[serde(default)]
        min: Option<f64>,
        /// Most that a complete form may have, for numbers.
        #[serde(default)]
        max: Option<f64>,
    },
}

/// Parts of an address.
pub const ADDRESS_FIELDS: &[&str] =
    &["line_1", "line_2", "line_3", "city", "region", "postal_code", "country"];
/// What a form asks of a person.
pub const PERSON_FIELDS: &[&str] = &[
    "title",
    "given_name",
    "middle_name",
    "family_name",
    "full_name",
    "preferred_name",
    "former_name",
    "suffix",
    "relation",
    "email",
    "phone",
    "birth_date",
    "birth_country",
    "living",
    "job_title",
    "occupation",
    "employer",
    "school",
    "education",
    "education_place",
    "since",
];
/// What a form asks of a school.
pub const SCHOOL_FIELDS: &[&str] = &[
    "name",
    "code",
    "line_1",
    "city",
    "region",
    "postal_code",
    "country",
    "kind",
    "from",
    "to",
    "graduation",
    "credential",
    "counselor_name",
    "counselor_email",
    "counselor_phone",
];
/// What a signature consists of.
pub const SIGNATURE_FIELDS: &[&str] = &["name", "date"];
/// Columns of a table of courses and grades.
pub const COURSE_COLUMNS: &[&str] = &[
    "course",
    "subject",
    "level",
    "year",
    "term",
    "grade",
    "scale",
    "credits",
    "status",
    "school",
    "date",
    "predicted",
];

impl AnswerKind {
    /// The fields of a kind that has some.
    #[must_use]
    pub fn fields(&self) -> Option<&[Question]> {
        match self {
            Self::Address { fields }
            | Self::Person { fields }
            | Self::School { fields }
            | Self::Signature { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// The ids that the fields of a kind may have.
    #[must_use]
    pub fn field_names(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::Address { .. } => Some(ADDRESS_FIELDS),
            Self::Person { .. } => Some(PERSON_FIELDS),
            Self::School { .. } => Some(SCHOOL_FIELDS),
            Self::Signature { .. } => Some(SIGNATURE_FIELDS),
            _ => None,
        }
    }

    /// The name of the kind, as the format has it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Date => "date",
            Self::Month => "month",
            Self::PartialDate => "partial_date",
            Self::Number { .. } => "number",
            Self::Choice { .. } => "choice",
            Self::ManyChoices { .. } => "many_choices",
            Self::YesNo => "yes_no",
            Self::Declaration => "declaration",
            Self::Address { .. } => "address",
            Self::Person { .. } => "person",
            Self::School { .. } => "school",
            Self::Signature { .. } => "signature",
            Self::File { .. } => "file",
            Self::Computed { .. } => "computed",
        }
    }

    /// Whether an answer is text that a person types and a target may count.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        matches!(self, Self::Text | Self::LongText | Self::Email | Self::Phone)
    }
}

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// The student.
    Student,
    /// A parent or guardian.
    Guardian,
    /// The school counselor.
    Counselor,
    /// A teacher.
    Teacher,
    /// Somebody else, whom the question names.
    Other,
}

/// One entry of a choice list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable id, kept in the draft.
    pub id: String,
    /// What it is called.
    pub label: Text,
}

/// A list of choices, of which one is found by its id in the same time whether the list has ten entries or thousands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Choice>", into = "Vec<Choice>")]
pub struct Choices {
    entries: Vec<Choice>,
    places: HashMap<String, usize>,
}

impl Choices {
    /// The choice of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Choice> {
        self.places.get(id).and_then(|at| self.entries.get(*at))
    }

    /// Whether the list has this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }
}

impl From<Vec<Choice>> for Choices {
    fn from(entries: Vec<Choice>) -> Self {
        let mut places = HashMap::with_capacity(entries.len());
        for (at, choice) in entries.iter().enumerate() {
            places.entry(choice.id.clone()).or_insert(at);
        }
        Self { entries, places }
    }
}

impl From<Choices> for Vec<Choice> {
    fn from(choices: Choices) -> Self {
        choices.entries
    }
}

impl Deref for Choices {
    type Target = [Choice];

    fn deref(&self) -> &[Choice] {
        &self.entries
    }
}
