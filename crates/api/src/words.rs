//! The few words that documents need beside a form's own, from the templates' message files.

use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use waymark_catalogue::shapes::Language;
use waymark_forms::pack::Text;

use crate::errors::{ApiError, DocumentsError};

/// The words of both languages, each read when it is first asked for and kept from then on.
pub(crate) struct PerLanguage<T> {
    english: Kept<T>,
    spanish: Kept<T>,
}

struct Kept<T> {
    /// JSON.
    text: &'static str,
    /// None where the text is no `T`, which a test rules out.
    read: OnceLock<Option<T>>,
}

impl<T> Kept<T> {
    const fn new(text: &'static str) -> Self {
        Self { text, read: OnceLock::new() }
    }
}

impl<T: DeserializeOwned> PerLanguage<T> {
    /// The words in these two texts, JSON.
    pub(crate) const fn new(english: &'static str, spanish: &'static str) -> Self {
        Self { english: Kept::new(english), spanish: Kept::new(spanish) }
    }

    /// The words of a language.
    pub(crate) fn of(&self, language: Language) -> Result<&T, ApiError> {
        let kept = match language {
            Language::En => &self.english,
            Language::Es => &self.spanish,
        };
        let words = kept.read.get_or_init(|| serde_json::from_str(kept.text).ok());
        words.as_ref().ok_or_else(|| DocumentsError::NotMade.into())
    }
}

/// Words of printed answers, in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) yes: String,
    pub(crate) no: String,
    pub(crate) confirmed: String,
    pub(crate) on_their_site: String,
    item: String,
    date: String,
    month: String,
    months: Vec<String>,
    pub(crate) file: String,
    pub(crate) career_file: String,
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> Result<&'static Self, ApiError> {
        static WORDS: PerLanguage<Words> = PerLanguage::new(
            include_str!("../../../data/templates/answers.en.json"),
            include_str!("../../../data/templates/answers.es.json"),
        );
        WORDS.of(language)
    }

    /// "School 2".
    pub(crate) fn item(&self, label: &str, number: usize) -> String {
        self.item.replace("{label}", label).replace("{number}", &number.to_string())
    }

    /// A date as it is read.
    pub(crate) fn date(&self, year: i16, month: i8, day: i8) -> String {
        let date = self.date.replace("{year}", &year.to_string()).replace("{day}", &day.to_string());
        date.replace("{month}", self.month_name(month))
    }

    /// A month as it is read.
    pub(crate) fn month(&self, year: i16, month: i8) -> String {
        self.month.replace("{year}", &year.to_string()).replace("{month}", self.month_name(month))
    }

    /// `YYYY-MM-DD` as it is read; what is no date stays as it is.
    pub(crate) fn day(&self, date: &str) -> String {
        match date.parse::<jiff::civil::Date>() {
            Ok(date) => self.date(date.year(), date.month(), date.day()),
            Err(_) => date.to_owned(),
        }
    }

    fn month_name(&self, month: i8) -> &str {
        let index = usize::try_from(month).unwrap_or(0);
        self.months.get(index.wrapping_sub(1)).map_or("", String::as_str)
    }
}

/// A text in a language, in English where it is not translated.
pub(crate) fn text_in(text: &Text, language: Language) -> String {
    let code = match language {
        Language::En => "en",
        Language::Es => "es",
    };
    text.get(code).or_else(|| text.get("en")).cloned().unwrap_or_default()
}
