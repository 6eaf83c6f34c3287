//! The career page, put together from the guide and the occupation's facts.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::cards::{Card, Cards, growth_class, growth_of_all, listed};
use super::facts::{self, Traits, figure};
use super::places::Places;
use super::sources;
use crate::CatalogueError;
use crate::shapes::{
    Block, Career, Entry, Figure, Guide, GuideSection, Language, OccupationRef, Original, Outlook,
    PayAtPlace, PlaceKind, Related, Relation, Run,
};

/// First and last year of the projection; part of the column names of its table.
const YEARS: (u16, u16) = (2024, 2034);

/// See [`super::Catalogue::career`].
pub(crate) fn page(
    db: &Connection,
    cards: &Cards,
    places: &Places,
    card: &Card,
    place: &str,
    language: Language,
) -> Result<Career, CatalogueError> {
    let tables = sources::of_tables(db)?;
    let source = |table: &str| tables.get(table).and_then(|ids| ids.first()).cloned().unwrap_or_default();
    let text = text(db, card, language)?;
    let (outlook, entry) = projection(db, &card.soc, &source("projection"))?;
    let naming = card.naming(language);
    let mut career = Career {
        slug: card.slug.clone(),
        title: naming.title.clone(),
        summary: naming.summary.clone(),
        alternate_titles: alternate_titles(db, card, text.alternate_titles)?,
        occupation: OccupationRef {
            code: card.occupation.clone(),
            soc: card.soc.clone(),
            title: title(db, cards, &card.occupation, language)?,
        },
        relation: card.relation,
        relation_note: text.relation_note,
        reached_after: text.reached_after,
        fields: card.fields.iter().map(|id| facts::cluster(db, id, language)).collect::<Result<_, _>>()?,
        group: facts::group(db, &card.group, language)?,
        subjects: card.subjects.clone(),
        outlook,
        pay: pay(db, (places, language), place, &card.soc, &source("pay"))?,
        entry,
        preparation: card.preparation,
        education_shares: facts::education(db, &card.occupation)?,
        industries: facts::industries(db, &card.soc)?,
        ratings: facts::ratings(db, &card.occupation, language)?,
        interests: facts::interests(db, &card.occupation)?,
        work_values: facts::traits(db, Traits::Values, &card.occupation, language)?,
        work_styles: facts::traits(db, Traits::Styles, &card.occupation, language)?,
        technology: facts::technology(db, &card.occupation)?,
        related: related(db, cards, card, language)?,
        programmes: facts::programmes(db, &card.soc)?,
        guide: text.guide,
        originals: text.originals,
        sources: Vec::new(),
        figure_sources: BTreeMap::new(),
    };
    career.figure_sources = figure_sources(&career, &tables);
    let ids = used(&career);
    career.sources = sources::by_ids(db, ids.iter().map(String::as_str))?;
    Ok(career)
}

/// The guide's words in a language.
struct Text {
    alternate_titles: Vec<String>,
    relation_note: String,
    reached_after: String,
    guide: Guide,
    originals: Vec<Original>,
}

/// The guide in the language asked for, else in English.
fn text(db: &Connection, card: &Card, language: Language) -> Result<Text, CatalogueError> {
    let sql = "SELECT t.language = 'es', alternate_titles, relation_note, reached_after, written, sections, originals,
                      c.reviewed, c.written_from
               FROM career_text t JOIN career c ON c.id = t.career
               WHERE t.career = ?1 AND (t.language = 'en' OR ?2) ORDER BY t.language DESC LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![card.id, language == Language::Es])?;
    let Some(row) = rows.next()? else {
        return Err(CatalogueError::damaged("a career has no guide"));
    };
    let json = |at| row.get::<_, String>(at);
    let sections: Vec<GuideSection> = serde_json::from_str(&json(5)?)?;
    Ok(Text {
        alternate_titles: serde_json::from_str(&json(1)?)?,
        relation_note: json(2)?,
        reached_after: json(3)?,
        guide: Guide {
            kind: card.kind,
            written_from: listed(&json(8)?),
            language: if row.get(0)? { Language::Es } else { Language::En },
            written: json(4)?,
            reviewed: row.get(7)?,
            sections,
        },
        originals: serde_json::from_str(&json(6)?)?,
    })
}

/// The guide's own other titles, then those that O*NET collects where the career is the occupation.
fn alternate_titles(db: &Connection, card: &Card, own: Vec<String>) -> Result<Vec<String>, CatalogueError> {
    let mut titles = own;
    if card.relation == Relation::Same {
        titles.extend(facts::alternate_titles(db, &card.occupation)?);
    }
    Ok(titles)
}

/// Title of an occupation: that of its own page, else the published one.
fn title(db: &Connection, cards: &Cards, code: &str, language: Language) -> Result<String, CatalogueError> {
    if let Some(card) = cards.of_occupation(code) {
        return Ok(card.naming(language).title.clone());
    }
    let published = facts::one(db, "SELECT title FROM occupation WHERE code = ?1", [code], |row| row.get(0))?;
    Ok(published.unwrap_or_default())
}

/// Demand and entry requirements, from the one row of the projection.
fn projection(db: &Connection, soc: &str, source: &str) -> Result<(Outlook, Entry), CatalogueError> {
    let all = growth_of_all(db)?;
    let missing = Figure::NotProvided;
    let mut outlook = Outlook {
        from: YEARS.0,
        to: YEARS.1,
        employment: missing,
        employment_to: missing,
        growth_percent: missing,
        growth_all_percent: all,
        class: None,
        openings: missing,
        replacement: missing,
        self_employed_percent: missing,
        source: source.to_owned(),
    };
    let mut entry = Entry { education: None, experience: None, training: None, source: source.to_owned() };
    let sql = "SELECT employment_2024, employment_2034, change_percent, openings, replacement, self_employed_percent,
                      entry_education, experience, training FROM projection WHERE soc = ?1";
    facts::one(db, sql, [soc], |row| {
        outlook.employment = figure(row, 0)?;
        outlook.employment_to = figure(row, 1)?;
        outlook.growth_percent = figure(row, 2)?;
        outlook.openings = figure(row, 3)?;
        outlook.replacement = figure(row, 4)?;
        outlook.self_employed_percent = figure(row, 5)?;
        entry.education = row.get(6)?;
        entry.experience = row.get(7)?;
        entry.training = row.get(8)?;
        Ok(())
    })?;
    outlook.class = growth_class(outlook.growth_percent, all);
    Ok((outlook, entry))
}

/// Pay at the chosen place, its first state where it is an area, and the nation. An unknown place leaves the nation.
fn pay(
    db: &Connection,
    (places, language): (&Places, Language),
    place: &str,
    soc: &str,
    source: &str,
) -> Result<Vec<PayAtPlace>, CatalogueError> {
    let chosen = places.get(place, language).filter(|place| place.kind != PlaceKind::Nation);
    let state = chosen.and_then(|place| place.states.first()).and_then(|id| places.get(id, language));
    let shown = chosen.into_iter().chain(state).chain(places.nation(language));
    shown.map(|place| facts::pay(db, place, soc, source)).collect()
}

/// Careers within the same occupation, then related occupations, each with the careers that the catalogue has for it.
fn related(
    db: &Connection,
    cards: &Cards,
    card: &Card,
    language: Language,
) -> Result<Vec<Related>, CatalogueError> {
    let pays = facts::middle_pay(db, super::places::NATION)?;
    let pay = |soc: &str| pays.get(soc).copied().unwrap_or(Figure::NotPublished);
    let of_card = |other: &Card| Related {
        slug: Some(other.slug.clone()),
        code: other.occupation.clone(),
        title: other.naming(language).title.clone(),
        pay: pay(&other.soc),
        growth_percent: other.growth,
        education: other.education.clone(),
        relation: other.relation,
    };
    let of_occupation = |code: &str| {
        let mut found: Vec<_> = cards.all().iter().filter(|other| other.occupation == code).collect();
        found.sort_by(|a, b| a.by_name(b, language));
        found
    };
    let siblings = of_occupation(&card.occupation).into_iter().filter(|other| other.id != card.id);
    let mut list: Vec<_> = siblings.map(of_card).collect();
    for (code, published, has_facts) in facts::related(db, &card.occupation)? {
        let careers = of_occupation(&code);
        if careers.iter().all(|other| other.relation != Relation::Same) {
            let soc = code.get(..7).unwrap_or_default();
            let (growth_percent, education) = facts::prospects(db, soc)?;
            list.push(Related {
                slug: None,
                title: published,
                // Of an occupation that the tables leave out, nothing is said either way.
                pay: if has_facts { pay(soc) } else { Figure::NotProvided },
                growth_percent,
                education,
                relation: Relation::Same,
                code,
            });
        }
        list.extend(careers.into_iter().map(of_card));
    }
    Ok(list)
}

/// Which sources stand behind each field of the page that has anything to show.
fn figure_sources(career: &Career, tables: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let fields: [(&str, bool, &[&str]); 13] = [
        ("outlook", career.outlook.employment != Figure::NotProvided, &["projection"]),
        ("pay", !career.pay.is_empty(), &["pay"]),
        ("entry", career.entry.education.is_some(), &["projection"]),
        ("preparation", career.preparation.is_some(), &["occupation"]),
        ("education_shares", !career.education_shares.is_empty(), &["education"]),
        ("industries", !career.industries.is_empty(), &["industry"]),
        ("ratings", !career.ratings.is_empty(), &["rating"]),
        ("interests", career.interests.is_some(), &["interest"]),
        ("work_values", !career.work_values.is_empty(), &["work_value"]),
        ("work_styles", !career.work_styles.is_empty(), &["work_style"]),
        ("technology", !career.technology.is_empty(), &["technology"]),
        ("related", !career.related.is_empty(), &["related", "projection", "pay"]),
        ("programmes", !career.programmes.is_empty(), &["programme"]),
    ];
    let ids = |names: &[&str]| {
        let mut found: Vec<String> = Vec::new();
        for id in names.iter().filter_map(|name| tables.get(*name)).flatten() {
            if !found.contains(id) {
                found.push(id.clone());
            }
        }
        found
    };
    let shown = fields.into_iter().filter(|(_, shown, _)| *shown);
    shown.map(|(field, _, names)| (field.to_owned(), ids(names))).collect()
}

/// Ids of every source of the page: figures in the order of the page, then the guide's marks, then original claims.
fn used(career: &Career) -> Vec<String> {
    let order = [
        "outlook",
        "pay",
        "entry",
        "preparation",
        "education_shares",
        "industries",
        "ratings",
        "interests",
        "work_values",
        "work_styles",
        "technology",
        "related",
        "programmes",
    ];
    let mut ids: Vec<String> =
        order.into_iter().filter_map(|field| career.figure_sources.get(field)).flatten().cloned().collect();
    for block in career.guide.sections.iter().flat_map(|section| &section.blocks) {
        let runs: Vec<&Run> = match block {
            Block::Paragraph { runs } => runs.iter().collect(),
            Block::List { items } => items.iter().flatten().collect(),
        };
        ids.extend(runs.into_iter().filter_map(|run| match run {
            Run::Source { source } => Some(source.clone()),
            Run::Text { .. } | Run::Strong { .. } => None,
        }));
    }
    ids.extend(career.guide.written_from.iter().cloned());
    if !career.originals.is_empty() {
        ids.push(crate::build::ORIGINAL.to_owned());
    }
    ids
}
