//! The few words that the window itself says: dialog titles and what a second copy prints.

use std::collections::BTreeMap;

use waymark_api::Language;

/// The window's words in one language.
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let text = match language {
            Language::En => include_str!("../../data/messages/en/window.json"),
            Language::Es => include_str!("../../data/messages/es/window.json"),
        };
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// A word by its key; the key itself where it is missing, which a test rules out.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words() {
        let (english, spanish) = (Words::of(Language::En).0, Words::of(Language::Es).0);
        assert!(!english.is_empty());
        assert_eq!(english.keys().collect::<Vec<_>>(), spanish.keys().collect::<Vec<_>>());
    }
}
