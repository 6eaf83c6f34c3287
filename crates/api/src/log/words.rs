//! The words of the log on paper and in tables: the pages' own, from the same message files.

use serde_json::Value;
use std::collections::BTreeMap;

use waymark_catalogue::shapes::Language;
use waymark_records::{Audience, LogKind, LogRow, LogStudent};

use crate::errors::ApiError;
use crate::words::PerLanguage;

const EN: &str = include_str!("../../../../data/messages/en/log.json");
const ES: &str = include_str!("../../../../data/messages/es/log.json");

/// The words of one language, by key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogWords(&'static BTreeMap<String, Value>);

impl LogWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> Result<Self, ApiError> {
        static WORDS: PerLanguage<BTreeMap<String, Value>> = PerLanguage::new(EN, ES);
        WORDS.of(language).map(Self)
    }

    fn find(self, key: &str) -> Option<&'static str> {
        self.0.get(key).and_then(Value::as_str)
    }

    /// A word by its key; the key itself where it is missing, which a test rules out.
    pub(crate) fn get(self, key: &'static str) -> &'static str {
        self.find(key).unwrap_or(key)
    }

    /// What a row is about.
    pub(super) fn row(self, row: &LogRow) -> String {
        match row.kind {
            LogKind::Disclosure => self.output(&row.name),
            LogKind::Change | LogKind::Rights => self.act(&row.name),
            LogKind::Access => self.view(&row.name).unwrap_or_else(|| self.unknown(&row.name)),
        }
    }

    fn unknown(self, name: &str) -> String {
        self.get("log_unknown").replace("{name}", name)
    }

    /// What an output was.
    pub(crate) fn output(self, name: &str) -> String {
        self.named("log_output_", name).map_or_else(|| self.unknown(name), str::to_owned)
    }

    /// What a change did.
    pub(crate) fn act(self, name: &str) -> String {
        self.named("log_act_", name).map_or_else(|| self.unknown(name), str::to_owned)
    }

    /// What was looked at; a career by the title that is known of it.
    pub(crate) fn looked_at(self, name: &str, title: impl FnOnce(&str) -> String) -> String {
        let of_career = name.strip_prefix("career/").map(|slug| format!("career/{}", title(slug)));
        self.view(of_career.as_deref().unwrap_or(name)).unwrap_or_else(|| self.unknown(name))
    }

    /// A view is `student`, `careers/compare`, `career/SLUG` or `application/ID`.
    fn view(self, name: &str) -> Option<String> {
        let (kind, which) = name.split_once('/').unwrap_or((name, ""));
        if kind == "career" {
            return Some(format!("{}: {which}", self.named("log_view_", kind)?));
        }
        self.named("log_view_", name).or_else(|| self.named("log_view_", kind)).map(str::to_owned)
    }

    fn named(self, begins: &str, name: &str) -> Option<&'static str> {
        self.find(&format!("{begins}{}", name.replace(['.', '/'], "_")))
    }

    /// The kind of a row.
    pub(super) fn kind(self, kind: LogKind) -> &'static str {
        self.get(match kind {
            LogKind::Disclosure => "log_kind_disclosure",
            LogKind::Change => "log_kind_change",
            LogKind::Access => "log_kind_access",
            LogKind::Rights => "log_kind_rights",
        })
    }

    /// For whom something was.
    pub(super) fn audience(self, audience: Option<Audience>) -> &'static str {
        self.get(match audience {
            None => "log_audience_not_said",
            Some(Audience::Student) => "log_audience_student",
            Some(Audience::Parent) => "log_audience_parent",
            Some(Audience::SchoolOfficial) => "log_audience_school_official",
            Some(Audience::WrittenConsent) => "log_audience_written_consent",
            Some(Audience::Other) => "log_audience_other",
        })
    }

    /// A student's name, or that there is none any more.
    pub(super) fn student(self, student: &LogStudent) -> String {
        student.name.clone().unwrap_or_else(|| self.get("log_deleted_student").to_owned())
    }
}
