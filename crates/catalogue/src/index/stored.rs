//! The index in memory.

use super::Kind;
use super::bytes::{Reader, Texts, run};
use super::roles::Role;
use super::spelling::letters;
use crate::words::is_common;

/// What the search looks into.
#[derive(Debug)]
pub(crate) struct Index {
    /// Every word, folded, sorted.
    pub(super) words: Texts,
    pub(super) sounds: Texts,
    /// Letters of each word and of its sound, one bit each.
    pub(super) letters: Vec<(u32, u32)>,
    /// How well each word tells careers apart, and how well words of names tell names apart.
    pub(super) weights: Vec<f32>,
    forms: Texts,
    form_words: Vec<u32>,
    form_starts: Vec<u32>,
    pub(super) names: Vec<NameEntry>,
    shown: Texts,
    name_postings: Vec<u32>,
    name_starts: Vec<u32>,
    strength_documents: Vec<u16>,
    strengths: Vec<u8>,
    strength_starts: Vec<u32>,
    /// How likely each document is meant where the words leave it open.
    pub(super) likely: Vec<f32>,
    /// Words of each document's title that say it is another's helper, teacher or overseer.
    roles: Vec<Vec<(u32, Role)>>,
}

/// A name, without its words.
#[derive(Debug)]
pub(super) struct NameEntry {
    pub(super) document: u16,
    pub(super) kind: Kind,
    pub(super) spanish: bool,
    shown: u32,
    /// The sum of its words' weights.
    pub(super) weight: f32,
    pub(super) role: Option<Role>,
}

impl Index {
    /// Reads what [`super::write()`] wrote; `None` where the bytes are something else.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let words = reader.texts()?;
        let sounds = reader.texts()?;
        let forms = reader.texts()?;
        let form_words = reader.numbers()?;
        let form_starts = reader.starts(forms.len(), form_words.len())?;
        let documents = reader.shorts()?;
        let kinds = reader.bytes()?;
        let name_shown = reader.numbers()?;
        let shown = reader.texts()?;
        let name_words = reader.numbers()?;
        let words_starts = reader.starts(documents.len(), name_words.len())?;
        let name_postings = reader.numbers()?;
        let name_starts = reader.starts(words.len(), name_postings.len())?;
        let strength_documents = reader.shorts()?;
        let strengths = reader.bytes()?;
        let strength_starts = reader.starts(words.len(), strengths.len())?;
        let likely: Vec<_> = reader.bytes()?.into_iter().map(share).collect();
        let inside = |document: &u16| usize::from(*document) < likely.len();
        let whole = sounds.len() == words.len()
            && kinds.len() == documents.len()
            && name_shown.len() == documents.len()
            && strength_documents.len() == strengths.len()
            && documents.iter().chain(&strength_documents).all(inside)
            && name_postings.iter().all(|name| (*name as usize) < documents.len())
            && form_words.iter().chain(&name_words).all(|word| (*word as usize) < words.len());
        if !whole {
            return None;
        }
        let weight = |at| {
            let having = run(&strengths, &strength_starts, at).len();
            if is_common(words.get(at)) { 0.05 } else { rarity(having, likely.len()) }
        };
        let weights: Vec<_> = (0..words.len()).map(weight).collect();
        let names = (0..documents.len()).map(|at| {
            let own = run(&name_words, &words_starts, at);
            Some(NameEntry {
                document: documents.get(at).copied()?,
                kind: Kind::ALL.get(usize::from(kinds.get(at)? & 0x7f)).copied()?,
                spanish: kinds.get(at)? & 0x80 != 0,
                shown: name_shown.get(at).copied()?,
                role: own.iter().filter_map(|word| Role::of(words.get(*word as usize))).min(),
                weight: own.iter().filter_map(|word| weights.get(*word as usize)).sum(),
            })
        });
        let names = names.collect::<Option<Vec<_>>>()?;
        let mut roles = vec![Vec::new(); likely.len()];
        for (number, own) in names.iter().enumerate() {
            if own.kind == Kind::Title && !own.spanish {
                let words_of = run(&name_words, &words_starts, number);
                let role = |word: &u32| Some((*word, Role::of(words.get(*word as usize))?));
                if let Some(list) = roles.get_mut(usize::from(own.document)) {
                    *list = words_of.iter().filter_map(role).collect();
                }
            }
        }
        let letters = (0..words.len()).map(|at| (letters(words.get(at)), letters(sounds.get(at)))).collect();
        Some(Self {
            words,
            sounds,
            letters,
            weights,
            forms,
            form_words,
            form_starts,
            names,
            shown,
            name_postings,
            name_starts,
            strength_documents,
            strengths,
            strength_starts,
            likely,
            roles,
        })
    }

    /// The name as it is shown.
    pub(super) fn shown(&self, name: u32) -> &str {
        self.names.get(name as usize).map_or("", |entry| self.shown.get(entry.shown as usize))
    }

    /// Words that have a form.
    pub(super) fn of_form(&self, form: &str) -> &[u32] {
        self.forms.find(form).map_or(&[], |at| run(&self.form_words, &self.form_starts, at))
    }

    /// Names that have a word.
    pub(super) fn names_with(&self, word: u32) -> &[u32] {
        run(&self.name_postings, &self.name_starts, word as usize)
    }

    /// Documents that have a word anywhere, with its strength.
    pub(super) fn documents_with(&self, word: u32) -> impl Iterator<Item = (usize, f32)> {
        let documents = run(&self.strength_documents, &self.strength_starts, word as usize);
        let strengths = run(&self.strengths, &self.strength_starts, word as usize);
        documents.iter().zip(strengths).map(|(document, strength)| (usize::from(*document), share(*strength)))
    }

    /// Words of the title that make the career another's helper, teacher or overseer.
    pub(super) fn roles_of(&self, document: usize) -> impl Iterator<Item = (u32, Role)> {
        self.roles.get(document).into_iter().flatten().copied()
    }

    /// How well a word tells careers apart.
    pub(super) fn weight(&self, word: u32) -> f32 {
        self.weights.get(word as usize).copied().unwrap_or_default()
    }
}

fn share(byte: u8) -> f32 {
    f32::from(byte) / 255.0
}

/// The logarithm of all documents to those that have a word.
#[allow(clippy::cast_precision_loss, reason = "there are about a thousand documents")]
pub(super) fn rarity(having: usize, all: usize) -> f32 {
    (1.0 + all as f32 / (having as f32 + 0.5)).ln()
}
