//! An application as a sheet of paper: the form's order, the reader's language, the student's own words.

use waymark_catalogue::shapes::Language;
use waymark_documents::{Answer, ApplicationEntry, ApplicationItem, ApplicationSection, ApplicationSheet};
use waymark_forms::printed::{PrintedAnswer, PrintedEntry, PrintedGroup, PrintedValue, ordered};
use waymark_forms::{FormPack, Sensitive};
use waymark_records::DraftContent;

use crate::errors::ApiError;
use crate::log::Discloses;
use crate::words::{Words, text_in};
use crate::{Desk, Document};

/// What is needed to say things in the reader's language.
#[derive(Clone, Copy)]
pub(crate) struct Reader {
    pub(crate) language: Language,
    pub(crate) words: &'static Words,
}

/// The application as PDF.
pub(super) async fn document(
    desk: &Desk,
    form: &FormPack,
    draft: DraftContent,
    career: Option<String>,
    language: Language,
    today: &str,
) -> Result<Document, ApiError> {
    let words = Words::of(language)?;
    let reader = Reader { language, words };
    let plan = draft.application.plan;
    let discloses = Discloses::of(plan.student_id, Some(draft.application.id));
    let sheet = ApplicationSheet {
        language: document_language(language),
        form: text_in(&form.name, language),
        student: draft.application.student_name.unwrap_or_default(),
        programme: plan.programme,
        institution: plan.institution,
        career,
        printed: words.day(today),
        sections: ordered(form, &draft.answers, Sensitive::LeftOut)
            .into_iter()
            .map(|section| ApplicationSection {
                heading: text_in(&section.title, language),
                entries: section.entries.iter().map(|entry| reader.entry(entry)).collect(),
            })
            .collect(),
    };
    let rendered = desk.press(move |press| press.application_pdf(&sheet)).await?;
    Ok(Document {
        // The file's name carries no name of a person: it lands in folders and lists of recent files.
        name: format!("{} {today}.pdf", words.file),
        media_type: "application/pdf",
        bytes: rendered.bytes,
        missing: rendered.missing,
        discloses,
    })
}

/// The same language, as the documents call it.
pub(crate) fn document_language(language: Language) -> waymark_documents::Language {
    match language {
        Language::En => waymark_documents::Language::En,
        Language::Es => waymark_documents::Language::Es,
    }
}

impl Reader {
    pub(crate) fn entry(self, entry: &PrintedEntry) -> ApplicationEntry {
        match entry {
            PrintedEntry::Answer(answer) => self.answer(answer),
            PrintedEntry::Group(group) => ApplicationEntry {
                label: text_in(&group.label, self.language),
                value: Answer::Items(self.items(group)),
            },
        }
    }

    fn items(self, group: &PrintedGroup) -> Vec<ApplicationItem> {
        let label = text_in(&group.item_label, self.language);
        let item = |(index, answers): (usize, &Vec<PrintedAnswer>)| ApplicationItem {
            heading: self.words.item(&label, index + 1),
            entries: answers.iter().map(|answer| self.answer(answer)).collect(),
        };
        group.items.iter().enumerate().map(item).collect()
    }

    fn answer(self, answer: &PrintedAnswer) -> ApplicationEntry {
        ApplicationEntry { label: text_in(&answer.label, self.language), value: self.value(&answer.value) }
    }

    fn value(self, value: &PrintedValue) -> Answer {
        match value {
            PrintedValue::Unanswered => Answer::NotAnswered,
            PrintedValue::Text { text } => Answer::Short(text.clone()),
            PrintedValue::LongText { text } => Answer::Long(text.clone()),
            PrintedValue::Choices { chosen } if chosen.len() == 1 => {
                Answer::Short(text_in(&chosen[0], self.language))
            }
            PrintedValue::Choices { chosen } => {
                Answer::List(chosen.iter().map(|choice| text_in(choice, self.language)).collect())
            }
            PrintedValue::YesNo { yes: true } => Answer::Short(self.words.yes.clone()),
            PrintedValue::YesNo { yes: false } => Answer::Short(self.words.no.clone()),
            PrintedValue::Date { year, month, day } => Answer::Short(self.words.date(*year, *month, *day)),
            PrintedValue::Month { year, month } => Answer::Short(self.words.month(*year, *month)),
            PrintedValue::Year { year } => Answer::Short(year.to_string()),
            PrintedValue::Confirmed => Answer::Short(self.words.confirmed.clone()),
            PrintedValue::OnTheirSite => Answer::Short(self.words.on_their_site.clone()),
        }
    }
}
