//! From typed words to ranked careers: names first, then misspelt names, then the guide's text.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::cards::{Card, Cards};
use super::corrections;
use super::rank::{Rank, Tier, closeness, tier};
use crate::CatalogueError;
use crate::shapes::{Language, Relation};
use crate::words::{Token, forms, is_common, question};

/// Shortest word whose beginning is sought in the guide's text, in characters.
const TEXT_PREFIX: usize = 3;

/// A career that was found.
#[derive(Debug)]
pub(crate) struct Hit<'c> {
    pub(crate) card: &'c Card,
    /// The name or word by which it was found, where that is not the title shown.
    pub(crate) found_by: Option<String>,
    rank: Rank,
}

/// Careers that answer to the text, best first. Nothing that is typed is an error; what has no words finds nothing.
pub(crate) fn find<'c>(
    db: &Connection,
    cards: &'c Cards,
    text: &str,
    language: Language,
) -> Result<Vec<Hit<'c>>, CatalogueError> {
    let typed = question(text);
    let telling: Vec<_> = typed.iter().filter(|token| !is_common(&token.folded)).cloned().collect();
    let telling = if telling.is_empty() { typed.clone() } else { telling };
    let finder = Finder { db, cards, language };
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let mut hits = finder.names(&typed, &Question::of(&typed), false)?;
    if hits.is_empty() && telling.len() < typed.len() {
        hits = finder.names(&telling, &Question::of(&telling), false)?;
    }
    if hits.is_empty() {
        hits = finder.spread(&telling)?;
    }
    if hits.is_empty() {
        hits = finder.corrected(&telling)?;
    }
    if hits.is_empty() {
        hits = finder.text(&telling)?;
    }
    let relation = |card: &Card| match card.relation {
        Relation::Same => 0,
        Relation::Specialty => 1,
        Relation::Nearest => 2,
    };
    hits.sort_by(|a, b| {
        a.rank
            .cmp(&b.rank)
            .then_with(|| relation(a.card).cmp(&relation(b.card)))
            .then_with(|| a.card.by_name(b.card, language))
    });
    Ok(hits)
}

/// A typed word as a question to the name index: words that begin so, or have the same form in that language. Forms
/// are made of letters, digits, `+` and `#`, so none can end a quotation.
fn sought(token: &Token, language: Language) -> String {
    let mut parts = vec![format!("words : \"{}\" *", token.folded)];
    parts.extend(forms(token, language).into_iter().map(|form| format!("forms : \"{form}\"")));
    format!("({})", parts.join(" OR "))
}

/// A typed word as a question to the text index, which holds word forms alone.
fn sought_in_text(token: &Token, language: Language) -> String {
    let mut parts: Vec<_> = forms(token, language).into_iter().map(|form| format!("\"{form}\"")).collect();
    if token.folded.chars().count() >= TEXT_PREFIX {
        parts.push(format!("\"{}\" *", token.folded));
    }
    format!("({})", parts.join(" OR "))
}

/// A question to the name index in both languages: nobody says in which one they type.
struct Question {
    english: String,
    spanish: String,
}

impl Question {
    /// Names that have every word.
    fn of(typed: &[Token]) -> Self {
        let all = |language| typed.iter().map(|t| sought(t, language)).collect::<Vec<_>>().join(" AND ");
        Self { english: all(Language::En), spanish: all(Language::Es) }
    }
}

struct Finder<'a, 'c> {
    db: &'a Connection,
    cards: &'c Cards,
    language: Language,
}

/// Where a word stands in the text index. A document is a career in one language: career * 2, and 1 more for Spanish.
struct Places {
    names: HashSet<i64>,
    anywhere: HashSet<i64>,
}

impl<'c> Finder<'_, 'c> {
    /// Careers with a name in which every question holds.
    fn names(
        &self,
        typed: &[Token],
        question: &Question,
        corrected: bool,
    ) -> Result<Vec<Hit<'c>>, CatalogueError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.career, e.language, e.kind, e.text FROM entry_index i JOIN entry e ON e.id = i.rowid
             WHERE i.entry_index MATCH ?1 AND e.language = 'en'
             UNION ALL
             SELECT e.career, e.language, e.kind, e.text FROM entry_index i JOIN entry e ON e.id = i.rowid
             WHERE i.entry_index MATCH ?2 AND e.language = 'es'",
        )?;
        let mut rows = statement.query([&question.english, &question.spanish])?;
        let mut best: HashMap<i64, Hit<'c>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let Some(card) = self.cards.by_id(row.get(0)?) else { continue };
            let name: String = row.get(3)?;
            let hit = self.name_hit(
                card,
                &row.get::<_, String>(1)?,
                &row.get::<_, String>(2)?,
                name,
                typed,
                corrected,
            );
            match best.get_mut(&card.id) {
                None => {
                    best.insert(card.id, hit);
                }
                Some(known) => {
                    // The title shown needs no other name beside it, even where that answers more closely.
                    let titled = known.found_by.is_none() || hit.found_by.is_none();
                    if hit.rank < known.rank {
                        *known = hit;
                    }
                    if titled {
                        known.found_by = None;
                    }
                }
            }
        }
        Ok(best.into_values().collect())
    }

    fn name_hit(
        &self,
        card: &'c Card,
        language: &str,
        kind: &str,
        name: String,
        typed: &[Token],
        corrected: bool,
    ) -> Hit<'c> {
        let own = match self.language {
            Language::En => "en",
            Language::Es => "es",
        };
        let shown = name == card.naming(self.language).title;
        let (closeness, extra) = closeness(typed, &name);
        let title = kind == "title";
        let kind = match kind {
            "title" => 0,
            "alternate" => 1,
            "keyword" => 2,
            _ => 3,
        };
        let tier = tier(title, corrected, closeness);
        let foreign = language != own && !shown;
        Hit {
            card,
            found_by: (!shown).then_some(name),
            rank: Rank { tier, missing: 0, vagueness: 0, foreign, kind, extra },
        }
    }

    /// Careers whose names together have every word.
    fn spread(&self, typed: &[Token]) -> Result<Vec<Hit<'c>>, CatalogueError> {
        if typed.len() < 2 {
            return Ok(Vec::new());
        }
        let places = self.all_places(typed)?;
        let every = |document| places.iter().all(|place| place.names.contains(&document));
        Ok(self.documents(typed, &places, Tier::Spread, every))
    }

    /// The same with words that are known nowhere replaced by known ones that are spelt nearly so.
    fn corrected(&self, typed: &[Token]) -> Result<Vec<Hit<'c>>, CatalogueError> {
        let (mut english, mut spanish) = (Vec::new(), Vec::new());
        let mut any = false;
        for token in typed {
            if self.is_known(token)? {
                english.push(sought(token, Language::En));
                spanish.push(sought(token, Language::Es));
                continue;
            }
            let words = corrections::of(self.db, &token.folded)?;
            if words.is_empty() {
                return Ok(Vec::new());
            }
            any = true;
            let parts: Vec<_> = words.iter().map(|word| format!("words : \"{word}\"")).collect();
            let question = format!("({})", parts.join(" OR "));
            english.push(question.clone());
            spanish.push(question);
        }
        let question = Question { english: english.join(" AND "), spanish: spanish.join(" AND ") };
        if any { self.names(typed, &question, true) } else { Ok(Vec::new()) }
    }

    /// Careers whose names and text have every word; where there are none, those that have most of the words, one of
    /// them a word that most careers do not have, or half of them and one of these in a name.
    fn text(&self, typed: &[Token]) -> Result<Vec<Hit<'c>>, CatalogueError> {
        let places = self.all_places(typed)?;
        let every = |document| places.iter().all(|place| place.anywhere.contains(&document));
        let all = self.documents(typed, &places, Tier::Text, every);
        if !all.is_empty() || typed.len() < 2 {
            return Ok(all);
        }
        let rare = |place: &Places| place.anywhere.len() <= self.cards.all().len().max(2);
        let enough = |document| {
            let has: Vec<_> = places.iter().filter(|place| place.anywhere.contains(&document)).collect();
            let named = has.iter().any(|place| rare(place) && place.names.contains(&document));
            let most = has.len() * 2 > typed.len() && has.iter().any(|place| rare(place));
            most || (has.len() * 2 == typed.len() && named)
        };
        Ok(self.documents(typed, &places, Tier::Part, enough))
    }

    /// Careers with a document that `fits`, each by the document that has more of the words.
    fn documents(
        &self,
        typed: &[Token],
        places: &[Places],
        tier: Tier,
        fits: impl Fn(i64) -> bool,
    ) -> Vec<Hit<'c>> {
        let best = |card: &'c Card| {
            let documents = [Language::En, Language::Es].into_iter().map(|language| {
                (card.id * 2 + i64::from(language == Language::Es), language != self.language)
            });
            let hits = documents.filter(|(document, _)| fits(*document));
            hits.map(|(document, foreign)| self.text_hit(card, document, foreign, typed, places, tier))
                .min_by_key(|hit| hit.rank)
        };
        self.cards.all().iter().filter_map(best).collect()
    }

    fn text_hit(
        &self,
        card: &'c Card,
        document: i64,
        foreign: bool,
        typed: &[Token],
        places: &[Places],
        tier: Tier,
    ) -> Hit<'c> {
        let mut words = Vec::new();
        let mut vagueness = 0;
        for (token, place) in typed.iter().zip(places).filter(|(_, place)| place.anywhere.contains(&document))
        {
            words.push(token.typed.as_str());
            vagueness -= self.weight(place);
        }
        let missing = u32::try_from(typed.len() - words.len()).unwrap_or(u32::MAX);
        let rank = Rank { tier, missing, vagueness, foreign, kind: 0, extra: 0 };
        Hit { card, found_by: Some(words.join(" ")), rank }
    }

    /// How well a word tells careers apart: thousandths of the logarithm of all documents to those that have it.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    fn weight(&self, place: &Places) -> i64 {
        let share = 2.0 * self.cards.all().len() as f64 / place.anywhere.len().max(1) as f64;
        (share.ln() * 1000.0).round() as i64
    }

    fn all_places(&self, typed: &[Token]) -> Result<Vec<Places>, CatalogueError> {
        let place = |token: &Token| -> Result<Places, CatalogueError> {
            Ok(Places { names: self.having(token, "names : ")?, anywhere: self.having(token, "")? })
        };
        typed.iter().map(place).collect()
    }

    /// Documents that have the word, in the columns that `within` names.
    fn having(&self, token: &Token, within: &str) -> Result<HashSet<i64>, CatalogueError> {
        let mut statement = self.db.prepare_cached(
            "SELECT rowid FROM text_index WHERE text_index MATCH ?1 AND rowid % 2 = 0
             UNION ALL SELECT rowid FROM text_index WHERE text_index MATCH ?2 AND rowid % 2 = 1",
        )?;
        let question = |language| format!("{within}{}", sought_in_text(token, language));
        let ids = statement.query_map([question(Language::En), question(Language::Es)], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Whether any name or text has the word.
    fn is_known(&self, token: &Token) -> Result<bool, CatalogueError> {
        let mut names =
            self.db.prepare_cached("SELECT 1 FROM entry_index WHERE entry_index MATCH ?1 LIMIT 1")?;
        let mut text =
            self.db.prepare_cached("SELECT 1 FROM text_index WHERE text_index MATCH ?1 LIMIT 1")?;
        for language in [Language::En, Language::Es] {
            if names.exists([sought(token, language)])? || text.exists([sought_in_text(token, language)])? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
