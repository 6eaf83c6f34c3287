//! The words of a printed record and of a certificate, from the templates' message files.

use serde::Deserialize;
use std::collections::BTreeMap;

use waymark_catalogue::shapes::Language;

use crate::errors::ApiError;
use crate::words::PerLanguage;

/// Words of a printed record, in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordWords {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) about: String,
    pub(super) name: String,
    pub(super) year: String,
    pub(super) school_id: String,
    pub(super) added: String,
    pub(super) shortlist: String,
    pub(super) draft: String,
    pub(super) institution: String,
    pub(super) programme: String,
    pub(super) career: String,
    pub(super) between_us: String,
    pub(super) versions: String,
    pub(super) disclosures: String,
    pub(super) audience: BTreeMap<String, String>,
    pub(super) not_said: String,
    pub(super) interest: String,
    pub(super) accesses: String,
    pub(super) holds: String,
    pub(super) legal: String,
    pub(super) inspection: String,
    pub(super) open: String,
    pub(super) closed: String,
    pub(super) changes: String,
    pub(super) nothing: String,
    pub(super) file: String,
    pub(super) certificate: String,
    pub(super) certificate_lead: String,
    pub(super) certificate_id: String,
    pub(super) certificate_scope: String,
    pub(super) scope_record: String,
    pub(super) scope_drafts: String,
    pub(super) counts: String,
    pub(super) students: String,
    pub(super) applications: String,
    pub(super) answers: String,
    pub(super) version_rows: String,
    pub(super) details: String,
    pub(super) memory_aids: String,
    pub(super) log_parts: String,
    pub(super) certificate_file: String,
}

impl RecordWords {
    /// The words of a language.
    pub(super) fn of(language: Language) -> Result<&'static Self, ApiError> {
        static WORDS: PerLanguage<RecordWords> = PerLanguage::new(
            include_str!("../../../../data/templates/record.en.json"),
            include_str!("../../../../data/templates/record.es.json"),
        );
        WORDS.of(language)
    }
}
