//! Ids, texts and addresses.

use std::collections::HashSet;

use super::{Check, Code, LONGEST_ID};
use crate::answer;
use crate::json::step;
use crate::pack::Text;

/// Languages that every text has.
const LANGUAGES: [&str; 2] = ["en", "es"];

impl<'a> Check<'a> {
    pub(super) fn filled(&mut self, entries: usize, path: &str) {
        if entries == 0 {
            self.add(Code::EmptyList, path, path.rsplit('/').next().unwrap_or_default());
        }
    }

    pub(super) fn unique(&mut self, id: &'a str, taken: &mut HashSet<&'a str>, path: &str) {
        self.id(id, '_', path);
        if !taken.insert(id) {
            self.add(Code::DuplicateId, &step(path, "id"), id);
        }
    }

    /// The id of the object at `path`.
    pub(super) fn id(&mut self, id: &str, joint: char, path: &str) {
        self.id_at(id, joint, &step(path, "id"));
    }

    /// Lower-case ASCII letters, digits and the joining sign, a letter first, 64 at most.
    pub(super) fn id_at(&mut self, id: &str, joint: char, path: &str) {
        let right = id.len() <= LONGEST_ID
            && id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint);
        if !right {
            self.add(Code::BadId, path, id);
        }
    }

    pub(super) fn help(&mut self, help: Option<&Text>, path: &str) {
        if let Some(help) = help {
            self.text(help, &step(path, "help"));
        }
    }

    pub(super) fn text(&mut self, text: &Text, path: &str) {
        for language in LANGUAGES {
            if text.get(language).is_none_or(|words| answer::is_blank(words)) {
                self.add(Code::MissingText, path, language);
            }
        }
        for (language, words) in text {
            let path = step(path, language);
            let known = (2..=12).contains(&language.len())
                && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && language.starts_with(|c: char| c.is_ascii_lowercase());
            if !known {
                self.add(Code::BadText, &path, language);
            }
            self.words(words, &path, language);
        }
    }

    /// A text that stands in no language.
    pub(super) fn plain(&mut self, words: &str, path: &str) {
        self.words(words, path, path.trim_start_matches('/'));
    }

    fn words(&mut self, words: &str, path: &str, name: &str) {
        // Letters may run from right to left of themselves; signs that turn the others around hide what is written.
        let hides = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202d}' | '\u{202e}');
        if words.chars().any(hides) {
            self.add(Code::BadText, path, name);
        }
        if let Some(tag) = tag(words) {
            self.add(Code::Markup, path, tag);
        }
    }

    /// A whole `https` address, without a user's name, of a host with a dot within.
    pub(super) fn url(&mut self, url: &str, path: &str) {
        let right = url.strip_prefix("https://").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            host.contains('.')
                && host.split('.').all(|label| !label.is_empty())
                && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
                && url.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b))
        });
        if !right {
            self.add(Code::BadUrl, path, url);
        }
    }
}

/// The beginning of the first thing that a browser would read as a tag: `<` and a letter, `/`, `!` or `?`.
fn tag(words: &str) -> Option<&str> {
    const SHOWN: usize = 20;
    let at = words.match_indices('<').map(|(at, _)| at).find(|at| {
        let next = words.get(at + 1..).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
    })?;
    let rest = words.get(at..)?;
    let end = rest.char_indices().nth(SHOWN).map_or(rest.len(), |(end, _)| end);
    rest.get(..end)
}
