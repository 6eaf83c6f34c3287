//! The search index: built once from what careers are called and what is written about them, kept as one run of bytes
//! in the catalogue file, searched in memory. Nothing here knows of SQL or of `data/`.

mod acronyms;
mod bytes;
mod find;
mod roles;
mod sounds;
mod spelling;
mod stored;
mod strength;
mod terms;
mod titles;
mod write;

pub(crate) use acronyms::abbreviate;
pub(crate) use find::{Findings, Found, Matched};
pub(crate) use stored::Index;
pub(crate) use titles::{likelihood, parts, published, title};
pub(crate) use write::write;

use crate::shapes::Language;

/// What the index knows of a career. Documents are numbered by their place in the list that is written.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) names: Vec<Name>,
    pub(crate) passages: Vec<Passage>,
    /// How likely it is meant where the words leave it open, 0 to 1.
    pub(crate) weight: f32,
}

/// A name of a career.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) language: Language,
    pub(crate) kind: Kind,
    /// What is matched.
    pub(crate) text: String,
    /// What is shown as the reason; the name of which `text` is a part.
    pub(crate) shown: String,
}

/// Kinds of names, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The title of the page.
    Title,
    /// One of the trades that a title lists.
    Part,
    /// An everyday word, or another title that the guide gives.
    Own,
    /// Another title that a source collects.
    Published,
    /// The occupation that the career is a part of.
    Wider,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Title, Self::Part, Self::Own, Self::Published, Self::Wider];

    /// How much a name of this kind says about what the career is.
    fn weight(self) -> f32 {
        match self {
            Self::Title => 1.0,
            Self::Part => 0.98,
            Self::Own => 0.97,
            Self::Published => 0.86,
            Self::Wider => 0.6,
        }
    }
}

/// A text about a career.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    pub(crate) language: Language,
    pub(crate) text: String,
    /// What one mention of a word counts for; the title's counts 2.
    pub(crate) weight: f32,
}
