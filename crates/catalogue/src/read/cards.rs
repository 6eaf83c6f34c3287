//! What every list of careers needs, read once at opening: a card for each career, about 1,100 in all.

use std::collections::HashMap;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Row};

use super::figure::{Stored, bound};
use crate::CatalogueError;
use crate::shapes::{Figure, GrowthClass, GuideKind, Language, Relation};
use crate::words::fold;

/// A career as lists know it.
#[derive(Debug)]
pub(crate) struct Card {
    pub(crate) id: i64,
    pub(crate) slug: String,
    pub(crate) occupation: String,
    pub(crate) soc: String,
    pub(crate) relation: Relation,
    pub(crate) fields: Vec<String>,
    /// Major group of its occupation (`15-0000`).
    pub(crate) group: String,
    pub(crate) kind: GuideKind,
    pub(crate) education: Option<String>,
    pub(crate) growth: Figure,
    pub(crate) class: Option<GrowthClass>,
    pub(crate) openings: Figure,
    /// Highest interest type, one letter.
    pub(crate) interest: Option<String>,
    pub(crate) preparation: Option<u8>,
    pub(crate) subjects: Vec<String>,
    english: Naming,
    spanish: Naming,
}

/// A career's name in a language.
#[derive(Debug, Clone)]
pub(crate) struct Naming {
    pub(crate) title: String,
    pub(crate) summary: String,
    /// Sorts titles as people expect: without case and accents.
    pub(crate) key: String,
    /// What it stands under in an alphabet: a capital letter, or `#`.
    pub(crate) letter: String,
}

impl Card {
    /// Title and summary in the language asked for; English ones where there are none.
    pub(crate) fn naming(&self, language: Language) -> &Naming {
        match language {
            Language::En => &self.english,
            Language::Es => &self.spanish,
        }
    }

    /// Order by name, the same for equal names.
    pub(crate) fn by_name(&self, other: &Self, language: Language) -> std::cmp::Ordering {
        let (a, b) = (self.naming(language), other.naming(language));
        a.key.cmp(&b.key).then_with(|| self.slug.cmp(&other.slug))
    }
}

/// All careers, by id.
#[derive(Debug)]
pub(crate) struct Cards {
    all: Vec<Card>,
    by_slug: HashMap<String, usize>,
    by_id: HashMap<i64, usize>,
}

const CARDS: &str = "
    SELECT c.id, c.slug, c.occupation, o.soc, c.relation, c.fields, p.entry_education, p.change_percent, p.openings,
           i.high_points, o.job_zone, en.title, en.summary, es.title, es.summary, c.kind
    FROM career c
    JOIN occupation o ON o.code = c.occupation
    LEFT JOIN projection p ON p.soc = o.soc
    LEFT JOIN interest i ON i.code = o.code
    JOIN career_text en ON en.career = c.id AND en.language = 'en'
    LEFT JOIN career_text es ON es.career = c.id AND es.language = 'es'
    ORDER BY c.id";

impl Cards {
    /// Reads them.
    pub(crate) fn read(db: &Connection) -> Result<Self, CatalogueError> {
        let overall = growth_of_all(db)?;
        let mut statement = db.prepare(CARDS)?;
        let mut cards = statement.query_map([], |row| card(row, overall))?.collect::<Result<Vec<_>, _>>()?;
        let by_slug = cards.iter().enumerate().map(|(at, card)| (card.slug.clone(), at)).collect();
        let by_id: HashMap<_, _> = cards.iter().enumerate().map(|(at, card)| (card.id, at)).collect();
        let mut statement =
            db.prepare("SELECT career, subject FROM career_subject ORDER BY career, position")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let at = by_id.get(&row.get(0)?).copied();
            if let Some(card) = at.and_then(|at| cards.get_mut(at)) {
                card.subjects.push(row.get(1)?);
            }
        }
        Ok(Self { all: cards, by_slug, by_id })
    }

    pub(crate) fn all(&self) -> &[Card] {
        &self.all
    }

    pub(crate) fn by_slug(&self, slug: &str) -> Option<&Card> {
        self.by_slug.get(slug).and_then(|at| self.all.get(*at))
    }

    /// An occupation's own page, by its O*NET-SOC code: its short guide's, where a long one speaks for it too.
    pub(crate) fn of_occupation(&self, code: &str) -> Option<&Card> {
        let own =
            || self.all.iter().filter(|card| card.relation == Relation::Same && card.occupation == code);
        own().find(|card| card.kind == GuideKind::Short).or_else(|| own().next())
    }

    pub(crate) fn by_id(&self, id: i64) -> Option<&Card> {
        self.by_id.get(&id).and_then(|at| self.all.get(*at))
    }
}

/// Growth of all occupations together, per cent.
pub(crate) fn growth_of_all(db: &Connection) -> Result<Figure, CatalogueError> {
    let mut statement = db.prepare_cached("SELECT change_percent FROM projection WHERE soc = '00-0000'")?;
    let mut rows = statement.query([])?;
    let figure = rows.next()?.map(|row| row.get::<_, Stored>(0)).transpose()?;
    Ok(figure.map_or(Figure::NotProvided, |stored| stored.0))
}

fn card(row: &Row<'_>, all: Figure) -> rusqlite::Result<Card> {
    let figure = |at| row.get::<_, Stored>(at).map(|stored| stored.0);
    let growth = figure(7)?;
    let high_points: Option<String> = row.get(9)?;
    let english = naming(row.get(11)?, row.get(12)?);
    // A guide in English alone is shown in English.
    let spanish = match row.get(13)? {
        Some(title) => naming(title, row.get(14)?),
        None => english.clone(),
    };
    let kind: String = row.get(15)?;
    Ok(Card {
        id: row.get(0)?,
        slug: row.get(1)?,
        occupation: row.get(2)?,
        group: group(&row.get::<_, String>(3)?),
        soc: row.get(3)?,
        relation: row.get::<_, StoredRelation>(4)?.0,
        fields: listed(&row.get::<_, String>(5)?),
        kind: if kind == "long" { GuideKind::Long } else { GuideKind::Short },
        education: row.get(6)?,
        growth,
        class: growth_class(growth, all),
        openings: figure(8)?,
        interest: high_points.and_then(|points| points.chars().next()).map(String::from),
        preparation: row.get(10)?,
        subjects: Vec::new(),
        spanish,
        english,
    })
}

/// Ids of a comma-separated list.
pub(crate) fn listed(text: &str) -> Vec<String> {
    text.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

fn naming(title: String, summary: String) -> Naming {
    let key = fold(&title);
    Naming { letter: letter(&key), key, title, summary }
}

/// The major group that a SOC code stands in.
fn group(soc: &str) -> String {
    format!("{}-0000", soc.get(..2).unwrap_or_default())
}

/// The first letter of a folded title: accents are gone, so that `Á` stands under `A`; figures and signs under `#`.
fn letter(key: &str) -> String {
    let first = key.chars().next().filter(char::is_ascii_lowercase);
    first.map_or_else(|| "#".to_owned(), |first| first.to_ascii_uppercase().to_string())
}

/// Growth in classes, against the growth of all occupations. `None` where either is missing.
pub(crate) fn growth_class(growth: Figure, all: Figure) -> Option<GrowthClass> {
    // In tenths of a per cent, as published: whole numbers, so that the borders are exact.
    #[allow(clippy::cast_possible_truncation)]
    let tenths = |figure| bound(figure).map(|value| (value * 10.0).round() as i64);
    let (growth, all) = (tenths(growth)?, tenths(all)?);
    Some(match growth.saturating_sub(all) {
        _ if growth <= -10 => GrowthClass::Shrinking,
        above if above > 20 => GrowthClass::Faster,
        // "Not shrinking" is the rule of the class above: less than 1 % down is still counted as holding.
        above if above >= -20 => GrowthClass::Average,
        _ => GrowthClass::Slower,
    })
}

/// A relation as the file names it.
pub(crate) struct StoredRelation(pub(crate) Relation);

impl FromSql for StoredRelation {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "same" => Ok(Self(Relation::Same)),
            "specialty" => Ok(Self(Relation::Specialty)),
            "nearest" => Ok(Self(Relation::Nearest)),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_classes_turn_at_their_borders() {
        let class = |value: f64| growth_class(Figure::Value { value }, Figure::Value { value: 3.1 });
        assert_eq!(class(15.8), Some(GrowthClass::Faster));
        assert_eq!(class(5.2), Some(GrowthClass::Faster));
        assert_eq!(class(5.1), Some(GrowthClass::Average));
        assert_eq!(class(1.1), Some(GrowthClass::Average));
        assert_eq!(class(1.0), Some(GrowthClass::Slower));
        assert_eq!(class(-0.9), Some(GrowthClass::Slower));
        assert_eq!(class(-1.0), Some(GrowthClass::Shrinking));
        assert_eq!(growth_class(Figure::NotProvided, Figure::Value { value: 3.1 }), None);
    }
}
