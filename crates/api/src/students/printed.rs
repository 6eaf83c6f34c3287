//! What is known of a student, in words: the page's own, from the same message files.

use std::collections::BTreeMap;

use serde_json::Value;
use waymark_catalogue::shapes::Language;
use waymark_records::{Detail, DetailKind};

use crate::errors::ApiError;
use crate::words::PerLanguage;

/// The words of one language, by key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DetailWords(&'static BTreeMap<String, String>);

impl DetailWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> Result<Self, ApiError> {
        static WORDS: PerLanguage<BTreeMap<String, String>> = PerLanguage::new(
            include_str!("../../../../data/messages/en/details.json"),
            include_str!("../../../../data/messages/es/details.json"),
        );
        WORDS.of(language).map(Self)
    }

    /// A word by its key; the key itself where it is missing, which a test rules out.
    fn get(self, key: &str) -> String {
        self.0.get(key).map_or_else(|| key.to_owned(), Clone::clone)
    }

    /// What the details of a kind are called together.
    pub(crate) fn kind(self, kind: DetailKind) -> String {
        self.get(&format!("details_kind_{}", kind.name()))
    }

    /// Each field that says something, with its label, in the order of the page.
    pub(crate) fn fields(self, detail: &Detail) -> Result<Vec<(String, String)>, ApiError> {
        let kind = detail.kind();
        let value = serde_json::to_value(detail).map_err(|_| crate::errors::OperationError::Failed)?;
        let told = fields(kind).iter().filter_map(|field| {
            let said = self.said(kind, field, value.get(*field)?)?;
            Some((self.get(&format!("details_{}_{field}", kind.name())), said))
        });
        Ok(told.collect())
    }

    /// A value in words; nothing where there is none.
    fn said(self, kind: DetailKind, field: &str, value: &Value) -> Option<String> {
        match (kind, field, value) {
            (DetailKind::RightsHolder, "holder", Value::String(which))
            | (DetailKind::Contact, "way", Value::String(which)) => {
                Some(self.get(&format!("details_{}_{field}_{which}", kind.name())))
            }
            (_, _, Value::String(text)) => Some(text.clone()),
            // That it was not ticked says nothing.
            (DetailKind::Guardian, "lives_with", Value::Bool(false)) => None,
            (_, _, Value::Bool(yes)) => Some(self.get(if *yes { "details_yes" } else { "details_no" })),
            (_, _, Value::Number(number)) => Some(number.to_string()),
            (DetailKind::Test, "scores", Value::Array(scores)) => {
                let text = |score: &Value, field: &str| score[field].as_str().unwrap_or_default().to_owned();
                let scores: Vec<_> = scores
                    .iter()
                    .map(|one| format!("{}: {}", text(one, "part"), text(one, "score")))
                    .collect();
                (!scores.is_empty()).then(|| scores.join("; "))
            }
            (_, _, Value::Array(items)) => {
                let items: Vec<_> = items.iter().map(|item| self.grade(item)).collect();
                (!items.is_empty()).then(|| items.join(", "))
            }
            _ => None,
        }
    }

    /// A grade of school; 13 is the time after it.
    fn grade(self, grade: &Value) -> String {
        match grade.as_u64() {
            Some(13) => self.get("details_activity_after"),
            _ => grade.to_string(),
        }
    }
}

/// Names of the fields of a kind, in the order of the page.
const fn fields(kind: DetailKind) -> &'static [&'static str] {
    match kind {
        DetailKind::Names => &[
            "given",
            "middle",
            "family",
            "preferred",
            "former",
            "at_school",
            "at_home",
            "on_applications",
            "pronouns",
        ],
        DetailKind::Birth => &["date", "place", "country"],
        DetailKind::RightsHolder => &["holder", "note"],
        DetailKind::Contact => &["way", "value", "label"],
        DetailKind::Address => &["label", "street", "city", "region", "postal_code", "country"],
        DetailKind::Guardian => {
            &["name", "relation", "lives_with", "email", "phone", "language", "occupation", "education"]
        }
        DetailKind::School => &["name", "city", "country", "from", "until", "code"],
        DetailKind::Course => &["title", "year", "term", "level", "grade", "credits"],
        DetailKind::Test => &["name", "date", "scores"],
        DetailKind::Activity => &[
            "category",
            "role",
            "organization",
            "description",
            "grades",
            "hours_a_week",
            "weeks_a_year",
            "goes_on",
        ],
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
mod tests {
    use std::collections::BTreeSet;

    use waymark_records::{Activity, Birth, Contact, Course, Guardian, Holder, Names, RightsHolder};
    use waymark_records::{Address, School, Score, Test, Way};

    use super::*;

    fn one_of_each() -> Vec<Detail> {
        vec![
            Detail::Names(Names::default()),
            Detail::Birth(Birth::default()),
            Detail::RightsHolder(RightsHolder { holder: Holder::Parents, note: None }),
            Detail::Contact(Contact { way: Way::Phone, value: "1".into(), label: None }),
            Detail::Address(Address::default()),
            Detail::Guardian(Guardian::default()),
            Detail::School(School::default()),
            Detail::Course(Course::default()),
            Detail::Test(Test {
                scores: vec![Score { part: "total".into(), score: "27".into() }],
                ..Test::default()
            }),
            Detail::Activity(Activity { grades: vec![9, 13], goes_on: Some(false), ..Activity::default() }),
        ]
    }

    #[test]
    fn every_field_is_printed_and_has_its_word_in_both_languages() {
        for language in [Language::En, Language::Es] {
            let words = DetailWords::of(language).unwrap();
            for detail in one_of_each() {
                let kind = detail.kind();
                let value = serde_json::to_value(&detail).unwrap();
                let written: BTreeSet<&str> = value
                    .as_object()
                    .unwrap()
                    .keys()
                    .map(String::as_str)
                    .filter(|name| *name != "kind")
                    .collect();
                assert_eq!(fields(kind).iter().copied().collect::<BTreeSet<_>>(), written, "{kind:?}");
                assert!(words.0.contains_key(&format!("details_kind_{}", kind.name())));
                assert!(words.0.contains_key(&format!("details_one_{}", kind.name())));
                for field in fields(kind) {
                    assert!(
                        words.0.contains_key(&format!("details_{}_{field}", kind.name())),
                        "{kind:?} {field}"
                    );
                }
                for (label, said) in words.fields(&detail).unwrap() {
                    assert!(
                        !label.starts_with("details_") && !said.starts_with("details_"),
                        "{label}: {said}"
                    );
                }
            }
        }
    }

    #[test]
    fn values_are_said_in_words() {
        let words = DetailWords::of(Language::En).unwrap();
        let said = |detail: &Detail| words.fields(detail).unwrap();
        let details = one_of_each();
        assert_eq!(said(&details[2]), [("Who".to_owned(), "Parents or guardians".to_owned())]);
        assert_eq!(said(&details[5]).iter().find(|(label, _)| label.contains("lives")), None);
        assert_eq!(said(&details[8])[1], ("Scores".to_owned(), "total: 27".to_owned()));
        assert_eq!(said(&details[9])[0], ("Grades".to_owned(), "9, After school".to_owned()));
        assert_eq!(said(&details[9])[1].1, "No");
    }
}
