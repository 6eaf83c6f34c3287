//! The one ranking rule of the search: how closely a name answers to what was typed.

use crate::words::{Token, plain};

/// How a career was found, the best first. This order is the ranking; the rest of [`Rank`] breaks ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// The title is what was typed.
    TitleExact,
    /// The title begins with it.
    TitleBegins,
    /// Another title or a keyword is what was typed.
    NameExact,
    /// Words of the title begin with the words typed.
    TitleWords,
    /// Another name begins with it.
    NameBegins,
    /// Words of another name begin with the words typed.
    NameWords,
    /// The title has other forms of the words.
    TitleForms,
    /// Another name has.
    NameForms,
    /// The words stand in several names.
    Spread,
    /// The title, but for spelling.
    TitleCorrected,
    /// Another name, but for spelling.
    NameCorrected,
    /// All words stand in names and text.
    Text,
    /// Half of the words or more do.
    Part,
}

/// Place of a career in the answer; the least comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    pub(crate) tier: Tier,
    /// Words typed that were not found.
    pub(crate) missing: u32,
    /// How little the found words tell careers apart (for text), else 0.
    pub(crate) vagueness: i64,
    /// A name of the other language.
    pub(crate) foreign: bool,
    /// Kind of name: title 0, other title 1, keyword 2, occupation 3.
    pub(crate) kind: u8,
    /// Words of the name that were not typed.
    pub(crate) extra: u32,
}

/// How closely a name answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Closeness {
    Exact,
    Begins,
    Words,
    Forms,
}

/// Compares a name that the index found with what was typed. `extra` is the number of its words beyond those typed.
pub(crate) fn closeness(typed: &[Token], name: &str) -> (Closeness, u32) {
    let name = plain(name);
    let words: Vec<_> = name.split(' ').collect();
    let extra = u32::try_from(words.len().saturating_sub(typed.len())).unwrap_or(u32::MAX);
    let whole = typed.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
    let begins = |token: &Token| words.iter().any(|word| word.starts_with(&token.folded));
    let closeness = if name == whole {
        Closeness::Exact
    } else if name.starts_with(&whole) {
        Closeness::Begins
    } else if typed.iter().all(begins) {
        Closeness::Words
    } else {
        Closeness::Forms
    };
    (closeness, extra)
}

/// The tier of a name of that kind.
pub(crate) fn tier(title: bool, corrected: bool, closeness: Closeness) -> Tier {
    match (corrected, title, closeness) {
        (true, true, _) => Tier::TitleCorrected,
        (true, false, _) => Tier::NameCorrected,
        (false, true, Closeness::Exact) => Tier::TitleExact,
        (false, true, Closeness::Begins) => Tier::TitleBegins,
        (false, true, Closeness::Words) => Tier::TitleWords,
        (false, true, Closeness::Forms) => Tier::TitleForms,
        (false, false, Closeness::Exact) => Tier::NameExact,
        (false, false, Closeness::Begins) => Tier::NameBegins,
        (false, false, Closeness::Words) => Tier::NameWords,
        (false, false, Closeness::Forms) => Tier::NameForms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::question;

    #[test]
    fn names_answer_more_or_less_closely() {
        let close = |typed: &str, name: &str| closeness(&question(typed), name).0;
        assert_eq!(close("api DEVELOPER", "API Developer"), Closeness::Exact);
        assert_eq!(close("api dev", "API Developer"), Closeness::Begins);
        assert_eq!(close("dev api", "API Developer"), Closeness::Words);
        assert_eq!(close("developing apis", "API Developer"), Closeness::Forms);
    }
}
