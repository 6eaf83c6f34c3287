//! Words beside a fault: what the form calls its place, and a sentence that says what is wrong.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde_json::Value;
use waymark_forms::pack::{Group, Part, Question, Text};
use waymark_forms::{Finding, FormPack};

use super::{Locale, values};

/// Sentences by code, and names of counters.
fn sentences(locale: Locale) -> &'static HashMap<String, String> {
    static ENGLISH: OnceLock<HashMap<String, String>> = OnceLock::new();
    static SPANISH: OnceLock<HashMap<String, String>> = OnceLock::new();
    let (kept, text) = match locale {
        Locale::En => (&ENGLISH, include_str!("../../../../data/templates/faults.en.json")),
        Locale::Es => (&SPANISH, include_str!("../../../../data/templates/faults.es.json")),
    };
    // A test rules out that the file is no such map.
    kept.get_or_init(|| serde_json::from_str(text).unwrap_or_default())
}

/// What is wrong, in a sentence.
pub fn message(finding: &Finding, locale: Locale) -> String {
    if let Some(own) = finding.params.get("text").and_then(Value::as_object) {
        let words = own.get(locale.code()).or_else(|| own.get("en"));
        return words.and_then(Value::as_str).unwrap_or_default().to_owned();
    }
    let sentences = sentences(locale);
    let sentence = sentences.get(&finding.code).cloned().unwrap_or_default();
    values(&finding.params).fold(sentence, |sentence, (name, value)| {
        let value = sentences.get(&value).filter(|_| name == "counter").unwrap_or(&value);
        sentence.replace(&format!("{{{name}}}"), value)
    })
}

/// What the form calls a place: of an item the group's word for one and its question, of a field both labels. Empty for
/// what is no place of the form.
pub fn label(pack: &FormPack, path: &str, locale: Locale) -> String {
    let words = |text: &Text| text.get(locale.code()).or_else(|| text.get("en")).cloned().unwrap_or_default();
    let mut steps = path.split('/');
    let (first, last) = (steps.next().unwrap_or_default(), steps.nth(1));
    let (id, field) = split(last.unwrap_or(first));
    let parts = || pack.sections.iter().flat_map(|section| &section.parts);
    let question = |question: &Question| {
        let fields = question.answer.fields().unwrap_or_default();
        let inner = fields.iter().find(|one| Some(one.id.as_str()) == field).map(|one| words(&one.label));
        [Some(words(&question.label)), inner].into_iter().flatten().collect::<Vec<_>>().join(": ")
    };
    let of_group = |group: &Group| {
        if last.is_none() {
            return Some(words(&group.label));
        }
        let inner = group.questions.iter().find(|one| one.id == id)?;
        Some(format!("{}: {}", words(&group.item_label), question(inner)))
    };
    let found = parts().find_map(|part| match part {
        Part::Question(one) if last.is_none() && one.id == id => Some(question(one)),
        Part::Group(group) if group.id == first => of_group(group),
        _ => None,
    });
    found.unwrap_or_default()
}

fn split(name: &str) -> (&str, Option<&str>) {
    name.split_once('.').map_or((name, None), |(id, field)| (id, Some(field)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_a_sentence_for_every_code_and_the_same_gaps() {
        let gaps = |text: &str| {
            let mut gaps: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(gap, _)| gap.to_owned())
                .collect();
            gaps.sort();
            gaps
        };
        let (english, spanish) = (sentences(Locale::En), sentences(Locale::Es));
        assert!(english.len() >= 20);
        assert_eq!(english.len(), spanish.len());
        for (code, words) in english {
            assert_eq!(gaps(words), gaps(&spanish[code]), "{code}");
        }
    }
}
