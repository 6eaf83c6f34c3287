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
    let mut hits = finder.names(&typed, &typed.iter().map(sought).collect::<Vec<_>>(), false)?;
    if hits.is_empty() && telling.len() < typed.len() {
        hits = finder.names(&telling, &telling.iter().map(sought).collect::<Vec<_>>(), false)?;
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

/// A typed word as a question to the name index: words that begin so, or have the same form.
fn sought(token: &Token) -> String {
    let mut parts = vec![format!("words : \"{}\" *", token.folded)];
    parts.extend(both_forms(token).into_iter().map(|form| format!("forms : \"{form}\"")));
    format!("({})", parts.join(" OR "))
}

/// A typed word as a question to the text index, which holds word forms alone.
fn sought_in_text(token: &Token) -> String {
    let mut parts: Vec<_> = both_forms(token).into_iter().map(|form| format!("\"{form}\"")).collect();
    if token.folded.chars().count() >= TEXT_PREFIX {
        parts.push(format!("\"{}\" *", token.folded));
    }
    format!("({})", parts.join(" OR "))
}

/// Nobody says in which language a word is typed. Forms hold letters and digits alone, so none can end a quotation.
fn both_forms(token: &Token) -> Vec<String> {
    let mut found = forms(token, Language::En);
    found.extend(forms(token, Language::Es));
    found.sort();
    found.dedup();
    found
}

struct Finder<'a, 'c> {
    db: &'a Connection,
    cards: &'c Cards,
    language: Language,
}

/// Where a word stands in the text index: careers by where it was found.
struct Places {
    names: HashSet<i64>,
    anywhere: HashSet<i64>,
}

impl<'c> Finder<'_, 'c> {
    /// Careers with a name in which every question holds.
    fn names(&self, typed: &[Token], questions: &[String], corrected: bool) -> Result<Vec<Hit<'c>>, CatalogueError> {
        if questions.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = self.db.prepare_cached(
            "SELECT e.career, e.language, e.kind, e.text FROM entry_index JOIN entry e ON e.id = entry_index.rowid
             WHERE entry_index MATCH ?1 ORDER BY e.id",
        )?;
        let mut rows = statement.query([questions.join(" AND ")])?;
        let mut best: HashMap<i64, Hit<'c>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let Some(card) = self.cards.by_id(row.get(0)?) else { continue };
            let name: String = row.get(3)?;
            let hit = self.name_hit(card, &row.get::<_, String>(1)?, &row.get::<_, String>(2)?, name, typed, corrected);
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

    fn name_hit(&self, card: &'c Card, language: &str, kind: &str, name: String, typed: &[Token], corrected: bool) -> Hit<'c> {
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
        Hit { card, found_by: (!shown).then_some(name), rank: Rank { tier, missing: 0, vagueness: 0, foreign, kind, extra } }
    }

    /// Careers whose names together have every word.
    fn spread(&self, typed: &[Token]) -> Result<Vec<Hit<'c>>, CatalogueError> {
        if typed.len() < 2 {
            return Ok(Vec::new());
        }
        let places = self.all_places(typed)?;
        Ok(self.complete(typed, &places, Tier::Spread, |place| &place.names))
    }

    /// The same with words that are known nowhere replaced by known ones that are spelt nearly so.
    fn corrected(&self, typed: &[Token]) -> Result<Vec<Hit<'c>>, CatalogueError> {
        let mut questions = Vec::new();
        let mut any = false;
        for token in typed {
            if self.is_known(token)? {
                questions.push(sought(token));
                continue;
            }
            let words = corrections::of(self.db, &token.folded)?;
            if words.is_empty() {
                return Ok(Vec::new());
            }
            any = true;
            let parts: Vec<_> = words.iter().map(|word| format!("words : \"{word}\"")).collect();
            questions.push(format!("({})", parts.join(" OR ")));
        }
        if any { self.names(typed, &questions, true) } else { Ok(Vec::new()) }
    }

    /// Careers whose names and text have every word; where there are none, those with at least half of the words, one
    /// of them a word that most careers do not have.
    fn text(&self, typed: &[Token]) -> Result<Vec<Hit<'c>>, CatalogueError> {
        let places = self.all_places(typed)?;
        let all = self.complete(typed, &places, Tier::Text, |place| &place.anywhere);
        if !all.is_empty() || typed.len() < 2 {
            return Ok(all);
        }
        let rare = |place: &Places| place.anywhere.len() == 1 || place.anywhere.len() * 2 <= self.cards.all().len();
        let mut hits = Vec::new();
        for card in self.cards.all() {
            let has = |place: &Places| place.anywhere.contains(&card.id);
            let found = places.iter().filter(|place| has(place)).count();
            if found * 2 >= typed.len() && places.iter().any(|place| has(place) && rare(place)) {
                hits.push(self.text_hit(card, typed, &places, Tier::Part));
            }
        }
        Ok(hits)
    }

    /// Careers that have every word in the set that `of` chooses.
    fn complete(
        &self,
        typed: &[Token],
        places: &[Places],
        tier: Tier,
        of: impl Fn(&Places) -> &HashSet<i64>,
    ) -> Vec<Hit<'c>> {
        let every = |card: &&Card| !places.is_empty() && places.iter().all(|place| of(place).contains(&card.id));
        self.cards.all().iter().filter(every).map(|card| self.text_hit(card, typed, places, tier)).collect()
    }

    fn text_hit(&self, card: &'c Card, typed: &[Token], places: &[Places], tier: Tier) -> Hit<'c> {
        let mut words = Vec::new();
        let mut vagueness = 0;
        for (token, place) in typed.iter().zip(places).filter(|(_, place)| place.anywhere.contains(&card.id)) {
            words.push(token.typed.as_str());
            vagueness -= self.weight(place);
        }
        let missing = u32::try_from(typed.len() - words.len()).unwrap_or(u32::MAX);
        let rank = Rank { tier, missing, vagueness, foreign: false, kind: 0, extra: 0 };
        Hit { card, found_by: Some(words.join(" ")), rank }
    }

    /// How well a word tells careers apart: thousandths of the logarithm of all careers to those that have it.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    fn weight(&self, place: &Places) -> i64 {
        let share = self.cards.all().len() as f64 / place.anywhere.len().max(1) as f64;
        (share.ln() * 1000.0).round() as i64
    }

    fn all_places(&self, typed: &[Token]) -> Result<Vec<Places>, CatalogueError> {
        let place = |token: &Token| -> Result<Places, CatalogueError> {
            let question = sought_in_text(token);
            Ok(Places {
                names: self.careers(&format!("names : {question}"))?,
                anywhere: self.careers(&question)?,
            })
        };
        typed.iter().map(place).collect()
    }

    fn careers(&self, question: &str) -> Result<HashSet<i64>, CatalogueError> {
        let mut statement = self.db.prepare_cached("SELECT rowid / 2 FROM text_index WHERE text_index MATCH ?1")?;
        let ids = statement.query_map([question], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Whether any name or text has the word.
    fn is_known(&self, token: &Token) -> Result<bool, CatalogueError> {
        let mut names = self.db.prepare_cached("SELECT 1 FROM entry_index WHERE entry_index MATCH ?1 LIMIT 1")?;
        let mut text = self.db.prepare_cached("SELECT 1 FROM text_index WHERE text_index MATCH ?1 LIMIT 1")?;
        Ok(names.exists([sought(token)])? || text.exists([sought_in_text(token)])?)
    }
}
