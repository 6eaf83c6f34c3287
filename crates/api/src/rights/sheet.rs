//! A student's record, and the certificate that it was erased, as sheets of paper.

use waymark_catalogue::shapes::Language;
use waymark_documents::{Answer, ApplicationEntry, ApplicationItem, ApplicationSection, RecordSheet};
use waymark_records::{
    Answers, EraseScope, Erased, Hold, HoldKind, RecordedApplication, RecordedDisclosure, StudentRecord,
};

use super::words::RecordWords;
use crate::Desk;
use crate::applications::print::{Reader, document_language};
use crate::errors::ApiError;
use crate::log::LogWords;
use crate::students::printed::DetailWords;
use crate::words::{Words, text_in};

/// What is needed to say a record in a language.
pub(super) struct Paper<'a> {
    pub(super) desk: &'a Desk,
    pub(super) language: Language,
    pub(super) words: &'static RecordWords,
    /// Outputs, views and changes are named as the page of the log names them.
    pub(super) log: LogWords,
    pub(super) dates: &'static Words,
    /// Titles of the careers, by address.
    pub(super) careers: std::collections::BTreeMap<String, String>,
}

impl Paper<'_> {
    /// The whole record.
    pub(super) fn record(&self, record: &StudentRecord, today: &str) -> Result<RecordSheet, ApiError> {
        let w = self.words;
        let mut sections = vec![self.about(record)];
        sections.extend(self.details(record)?);
        for application in &record.applications {
            sections.extend(self.application(application)?);
        }
        let disclosures = record.disclosures.iter().map(|one| self.disclosure(one)).collect();
        sections.push(section(&w.disclosures, disclosures));
        let looked_at = |view: &str| self.log.looked_at(view, |address| self.career(address));
        let accesses =
            record.accesses.iter().map(|one| short(&self.time(&one.at), &looked_at(&one.view))).collect();
        sections.push(section(&w.accesses, accesses));
        sections.push(section(&w.holds, record.holds.iter().map(|hold| self.hold(hold)).collect()));
        let changes = record.changes.iter().filter(|one| !is_said_above(&one.act));
        let changes = changes.map(|one| short(&self.time(&one.at), &self.log.act(&one.act))).collect();
        sections.push(section(&w.changes, changes));
        Ok(RecordSheet {
            language: document_language(self.language),
            title: w.title.clone(),
            student: record.name.clone(),
            lead: w.lead.clone(),
            printed: self.dates.day(today),
            sections,
        })
    }

    /// The certificate, on a copy that bears the name.
    pub(super) fn certificate(
        &self,
        name: &str,
        id: &str,
        scope: EraseScope,
        counts: &Erased,
        today: &str,
    ) -> RecordSheet {
        let w = self.words;
        let scope = match scope {
            EraseScope::Record => &w.scope_record,
            EraseScope::Drafts => &w.scope_drafts,
        };
        let count = |label: &str, count: u32| short(label, &count.to_string());
        let how_much = vec![
            count(&w.students, counts.students),
            count(&w.applications, counts.applications),
            count(&w.answers, counts.answers),
            count(&w.version_rows, counts.versions),
            count(&w.shortlist, counts.shortlist),
            count(&w.details, counts.details),
            count(&w.memory_aids, counts.memory_aids),
            count(&w.disclosures, counts.disclosures),
            count(&w.accesses, counts.accesses),
            count(&w.holds, counts.holds),
            count(&w.log_parts, counts.changes),
        ];
        let about = vec![short(&w.certificate_id, id), short(&w.certificate_scope, scope)];
        RecordSheet {
            language: document_language(self.language),
            title: w.certificate.clone(),
            student: name.to_owned(),
            lead: w.certificate_lead.clone(),
            printed: self.dates.day(today),
            sections: vec![section(&w.certificate, about), section(&w.counts, how_much)],
        }
    }

    fn about(&self, record: &StudentRecord) -> ApplicationSection {
        let w = self.words;
        let year = record.graduation_year.map(|year| year.to_string());
        let shortlist: Vec<String> = record.shortlist.iter().map(|one| self.career(&one.career)).collect();
        section(
            &w.about,
            vec![
                short(&w.name, &record.name),
                maybe(&w.year, year.as_deref()),
                maybe(&w.school_id, record.school_id.as_deref()),
                short(&w.added, &self.time(&record.created_at)),
                ApplicationEntry {
                    label: w.shortlist.clone(),
                    value: if shortlist.is_empty() {
                        Answer::Short(w.nothing.clone())
                    } else {
                        Answer::List(shortlist)
                    },
                },
            ],
        )
    }

    /// What is known of the student, a section for each kind of which there is something.
    fn details(&self, record: &StudentRecord) -> Result<Vec<ApplicationSection>, ApiError> {
        let words = DetailWords::of(self.language)?;
        let mut sections: Vec<ApplicationSection> = Vec::new();
        for row in &record.details {
            let fields = words.fields(&row.detail)?;
            let entries = fields.iter().map(|(label, said)| short(label, said)).collect();
            let item = ApplicationItem { heading: String::new(), entries };
            let heading = words.kind(row.detail.kind());
            match sections.last_mut().filter(|section| section.heading == heading) {
                Some(section) => section.entries.push(items(item)),
                None => sections.push(section(&heading, vec![items(item)])),
            }
        }
        Ok(sections)
    }

    /// What an application is for, then each section of its form. A form that this program does not know prints its
    /// answers under their keys.
    fn application(&self, application: &RecordedApplication) -> Result<Vec<ApplicationSection>, ApiError> {
        let w = self.words;
        let career = application.career.as_deref().map(|career| self.career(career));
        let mut aim = vec![
            maybe(&w.institution, application.institution.as_deref()),
            maybe(&w.programme, application.programme.as_deref()),
            maybe(&w.career, career.as_deref()),
        ];
        if application.between_us {
            aim.push(short("", &w.between_us));
        }
        aim.push(short("", &w.versions.replace("{n}", &application.versions.len().to_string())));
        let heading = w.draft.replace("{date}", &self.day(&application.created_at));
        let mut sections = vec![section(&heading, aim)];
        match self.desk.packs()?.version(&application.form, application.form_version) {
            Some(form) => {
                let reader = Reader { language: self.language, words: self.dates };
                let printed =
                    waymark_forms::ordered(&form.form, &application.answers, waymark_forms::Sensitive::All);
                sections.extend(printed.into_iter().map(|part| ApplicationSection {
                    heading: text_in(&part.title, self.language),
                    entries: part.entries.iter().map(|entry| reader.entry(entry)).collect(),
                }));
            }
            None => sections.push(section(&application.form, as_kept(&application.answers))),
        }
        Ok(sections)
    }

    fn disclosure(&self, one: &RecordedDisclosure) -> ApplicationEntry {
        let w = self.words;
        let audience = one.audience.as_deref().map_or(w.not_said.as_str(), |audience| {
            w.audience.get(audience).map_or(audience, String::as_str)
        });
        // What never left was for nobody; that it was tried is said all the same.
        let audience = one.failed_at.as_ref().map_or(audience, |_| self.log.get("log_failed"));
        let mut entries = vec![short(&self.log.output(&one.output), audience)];
        if let Some(party) = &one.party {
            entries.push(short(&w.audience.get("other").cloned().unwrap_or_default(), party));
        }
        if let Some(interest) = &one.interest {
            entries.push(short(&w.interest, interest));
        }
        let item = ApplicationItem { heading: self.time(&one.at), entries };
        items(item)
    }

    fn hold(&self, hold: &Hold) -> ApplicationEntry {
        let w = self.words;
        let kind = match hold.kind {
            HoldKind::Legal => &w.legal,
            HoldKind::Inspection => &w.inspection,
        };
        let span = match &hold.closed_at {
            None => w.open.replace("{date}", &self.day(&hold.opened_at)),
            Some(closed) => {
                w.closed.replace("{from}", &self.day(&hold.opened_at)).replace("{to}", &self.day(closed))
            }
        };
        short(&format!("{kind}, {span}"), &hold.reason)
    }

    fn career(&self, address: &str) -> String {
        self.careers.get(address).cloned().unwrap_or_else(|| address.to_owned())
    }

    fn day(&self, time: &str) -> String {
        self.dates.day(time.get(..10).unwrap_or(time))
    }

    /// Day and minute, in UTC as it is kept.
    fn time(&self, time: &str) -> String {
        format!("{} {} UTC", self.day(time), time.get(11..16).unwrap_or_default())
    }
}

/// Outputs and views have sections of their own: that one was logged is no news.
fn is_said_above(act: &str) -> bool {
    ["disclosures.log", "disclosures.answer", "disclosures.fail"].contains(&act) || act.starts_with("access.")
}

fn section(heading: &str, entries: Vec<ApplicationEntry>) -> ApplicationSection {
    ApplicationSection { heading: heading.to_owned(), entries }
}

fn items(item: ApplicationItem) -> ApplicationEntry {
    ApplicationEntry { label: String::new(), value: Answer::Items(vec![item]) }
}

fn short(label: &str, value: &str) -> ApplicationEntry {
    ApplicationEntry { label: label.to_owned(), value: Answer::Short(value.to_owned()) }
}

fn maybe(label: &str, value: Option<&str>) -> ApplicationEntry {
    let value = value.map_or(Answer::NotAnswered, |value| Answer::Short(value.to_owned()));
    ApplicationEntry { label: label.to_owned(), value }
}

fn as_kept(answers: &Answers) -> Vec<ApplicationEntry> {
    let text =
        |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let entry = |(key, value): (&String, &serde_json::Value)| ApplicationEntry {
        label: key.clone(),
        value: Answer::Long(text(value)),
    };
    answers.iter().map(entry).collect()
}
