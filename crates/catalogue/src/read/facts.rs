//! One occupation's facts, table by table.

use std::collections::HashMap;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Row, params};

use super::figure::{Stored, highest_first};
use crate::CatalogueError;
use crate::shapes::{
    EducationShare, Figure, HourlyPay, Industry, Interests, Language, Named, PayAtPlace, Place, Programme,
    Rating, RatingKind, Technology, Trait,
};

/// Jobs up to which, and wage errors in per cent from which, only the middle is shown.
const FEW_JOBS: f64 = 50.0;
const WIDE_ERROR: f64 = 10.0;

/// All rows of a question.
fn all<T>(
    db: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, CatalogueError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The one row of a question, where it exists.
pub(crate) fn one<T>(
    db: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, CatalogueError> {
    Ok(all(db, sql, params, read)?.into_iter().next())
}

pub(crate) fn figure(row: &Row<'_>, at: usize) -> rusqlite::Result<Figure> {
    row.get::<_, Stored>(at).map(|stored| stored.0)
}

/// A yearly figure; where it has no reason of its own, that the occupation is paid by the hour is the reason.
fn yearly(row: &Row<'_>, at: usize, hourly: bool) -> rusqlite::Result<Figure> {
    Ok(match figure(row, at)? {
        Figure::NotProvided if hourly => Figure::HourlyOnly,
        figure => figure,
    })
}

/// Middle pay of every occupation at a place, by SOC code.
pub(crate) fn middle_pay(db: &Connection, place: &str) -> Result<HashMap<String, Figure>, CatalogueError> {
    let sql = "SELECT soc, p50, hourly_only FROM pay WHERE place = ?1";
    let pays = all(db, sql, [place], |row| Ok((row.get(0)?, yearly(row, 1, row.get(2)?)?)))?;
    Ok(pays.into_iter().collect())
}

/// Pay of an occupation at a place. A place that has no row for it publishes nothing about it.
pub(crate) fn pay(
    db: &Connection,
    place: &Place,
    soc: &str,
    source: &str,
) -> Result<PayAtPlace, CatalogueError> {
    let sql = "SELECT employment, location_quotient, hourly_only, mean_error_percent, p10, p25, p50, p75, p90
               FROM pay WHERE place = ?1 AND soc = ?2";
    let found = one(db, sql, [&place.id, soc], |row| {
        let hourly = row.get(2)?;
        let employment = figure(row, 0)?;
        Ok(PayAtPlace {
            place: place.clone(),
            employment,
            location_quotient: figure(row, 1)?,
            p10: yearly(row, 4, hourly)?,
            p25: yearly(row, 5, hourly)?,
            p50: yearly(row, 6, hourly)?,
            p75: yearly(row, 7, hourly)?,
            p90: yearly(row, 8, hourly)?,
            hourly: None,
            too_few: too_few(employment, figure(row, 3)?),
            source: source.to_owned(),
        })
    })?;
    if let Some(mut pay) = found {
        if pay.p50 == Figure::HourlyOnly {
            pay.hourly = hourly_pay(db, place, soc)?;
        }
        return Ok(pay);
    }
    let none = Figure::NotPublished;
    Ok(PayAtPlace {
        place: place.clone(),
        employment: none,
        location_quotient: none,
        p10: none,
        p25: none,
        p50: none,
        p75: none,
        p90: none,
        hourly: None,
        too_few: false,
        source: source.to_owned(),
    })
}

/// Pay by the hour at a place.
fn hourly_pay(db: &Connection, place: &Place, soc: &str) -> Result<Option<HourlyPay>, CatalogueError> {
    one(
        db,
        "SELECT p10, p25, p50, p75, p90 FROM hourly_pay WHERE place = ?1 AND soc = ?2",
        [&place.id, soc],
        |row| {
            Ok(HourlyPay {
                p10: figure(row, 0)?,
                p25: figure(row, 1)?,
                p50: figure(row, 2)?,
                p75: figure(row, 3)?,
                p90: figure(row, 4)?,
            })
        },
    )
}

/// Too few jobs, or too wide an error, for more than the middle to be told.
fn too_few(employment: Figure, error: Figure) -> bool {
    matches!(employment, Figure::Value { value } if value <= FEW_JOBS)
        || matches!(error, Figure::Value { value } | Figure::AtLeast { value } if value > WIDE_ERROR)
}

/// A career cluster with its name; its id where it has no name.
pub(crate) fn cluster(db: &Connection, id: &str, language: Language) -> Result<Named, CatalogueError> {
    let sql =
        "SELECT CASE WHEN ?2 THEN coalesce(name_es, name) ELSE name END FROM cluster WHERE cluster = ?1";
    let name = one(db, sql, params![id, language == Language::Es], |row| row.get(0))?;
    Ok(Named { id: id.to_owned(), name: name.unwrap_or_else(|| id.to_owned()) })
}

/// A major group with its name; its code where it has no name.
pub(crate) fn group(db: &Connection, id: &str, language: Language) -> Result<Named, CatalogueError> {
    let sql =
        "SELECT CASE WHEN ?2 THEN coalesce(title_es, title) ELSE title END FROM soc_title WHERE soc = ?1";
    let name = one(db, sql, params![id, language == Language::Es], |row| row.get(0))?;
    Ok(Named { id: id.to_owned(), name: name.unwrap_or_else(|| id.to_owned()) })
}

/// The other titles that O*NET collects for an occupation (published in English).
pub(crate) fn alternate_titles(db: &Connection, code: &str) -> Result<Vec<String>, CatalogueError> {
    all(db, "SELECT title FROM alternate_title WHERE code = ?1 ORDER BY title", [code], |row| row.get(0))
}

/// Shares of respondents by the education they name as required.
pub(crate) fn education(db: &Connection, code: &str) -> Result<Vec<EducationShare>, CatalogueError> {
    let sql = "SELECT category, share_percent FROM education WHERE code = ?1 ORDER BY category";
    all(db, sql, [code], |row| Ok(EducationShare { category: row.get(0)?, share_percent: figure(row, 1)? }))
}

/// The largest industries, largest first.
pub(crate) fn industries(db: &Connection, soc: &str) -> Result<Vec<Industry>, CatalogueError> {
    let sql = "SELECT naics, title, employment, share_percent FROM industry WHERE soc = ?1 ORDER BY naics";
    let mut found = all(db, sql, [soc], |row| {
        Ok(Industry {
            naics: row.get(0)?,
            title: row.get(1)?,
            employment: figure(row, 2)?,
            share_percent: figure(row, 3)?,
        })
    })?;
    found.sort_by(|a, b| highest_first(a.employment, b.employment));
    Ok(found)
}

/// Ratings by kind, the most important first.
pub(crate) fn ratings(
    db: &Connection,
    code: &str,
    language: Language,
) -> Result<Vec<Rating>, CatalogueError> {
    let sql = "SELECT r.kind, r.element, CASE WHEN ?2 THEN coalesce(e.name_es, e.name) ELSE e.name END,
                      r.importance, r.level
               FROM rating r LEFT JOIN element e ON e.element = r.element WHERE r.code = ?1 ORDER BY r.element";
    let mut found = all(db, sql, params![code, language == Language::Es], |row| {
        let element: String = row.get(1)?;
        Ok(Rating {
            kind: row.get::<_, StoredKind>(0)?.0,
            name: row.get::<_, Option<String>>(2)?.unwrap_or_else(|| element.clone()),
            element,
            importance: figure(row, 3)?,
            level: figure(row, 4)?,
        })
    })?;
    let order = |kind| match kind {
        RatingKind::Skill => 0,
        RatingKind::Knowledge => 1,
        RatingKind::Ability => 2,
        RatingKind::Activity => 3,
    };
    found.sort_by(|a, b| {
        order(a.kind).cmp(&order(b.kind)).then_with(|| highest_first(a.importance, b.importance))
    });
    Ok(found)
}

/// The interest profile; `None` unless all six are rated.
pub(crate) fn interests(db: &Connection, code: &str) -> Result<Option<Interests>, CatalogueError> {
    let sql = "SELECT realistic, investigative, artistic, social, enterprising, conventional, high_points
               FROM interest WHERE code = ?1";
    let found = one(db, sql, [code], |row| {
        let figures = (0..6).map(|at| figure(row, at)).collect::<Result<Vec<_>, _>>()?;
        Ok((figures, row.get::<_, Option<String>>(6)?.unwrap_or_default()))
    })?;
    let Some((figures, high_points)) = found else { return Ok(None) };
    let values: Vec<f64> = figures
        .into_iter()
        .filter_map(|figure| match figure {
            Figure::Value { value } => Some(value),
            _ => None,
        })
        .collect();
    let [realistic, investigative, artistic, social, enterprising, conventional] = values[..] else {
        return Ok(None);
    };
    Ok(Some(Interests {
        realistic,
        investigative,
        artistic,
        social,
        enterprising,
        conventional,
        high_points,
    }))
}

/// Which traits are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Traits {
    Values,
    Styles,
}

/// Work values or styles, highest first.
pub(crate) fn traits(
    db: &Connection,
    which: Traits,
    code: &str,
    language: Language,
) -> Result<Vec<Trait>, CatalogueError> {
    let table = match which {
        Traits::Values => "work_value",
        Traits::Styles => "work_style",
    };
    let sql = format!(
        "SELECT t.element, CASE WHEN ?2 THEN coalesce(e.name_es, e.name) ELSE e.name END, t.value
         FROM {table} t LEFT JOIN element e ON e.element = t.element WHERE t.code = ?1 ORDER BY t.element"
    );
    let mut found = all(db, &sql, params![code, language == Language::Es], |row| {
        let element: String = row.get(0)?;
        let name = row.get::<_, Option<String>>(1)?.unwrap_or_else(|| element.clone());
        Ok(Trait { element, name, value: figure(row, 2)? })
    })?;
    found.sort_by(|a, b| highest_first(a.value, b.value));
    Ok(found)
}

/// Tools and technology: those in demand first, then those often named anywhere, then the others, by name.
pub(crate) fn technology(db: &Connection, code: &str) -> Result<Vec<Technology>, CatalogueError> {
    let sql = "SELECT title, category, hot, in_demand FROM technology WHERE code = ?1
               ORDER BY in_demand DESC, hot DESC, title COLLATE NOCASE, title, category";
    all(db, sql, [code], |row| {
        Ok(Technology { title: row.get(0)?, category: row.get(1)?, hot: row.get(2)?, in_demand: row.get(3)? })
    })
}

/// Programmes that lead to an occupation, by code.
pub(crate) fn programmes(db: &Connection, soc: &str) -> Result<Vec<Programme>, CatalogueError> {
    let sql = "SELECT cip, title FROM programme WHERE soc = ?1 ORDER BY cip";
    all(db, sql, [soc], |row| Ok(Programme { cip: row.get(0)?, title: row.get(1)? }))
}

/// Related occupations, the nearest first: code, published title, and whether the catalogue has its facts.
pub(crate) fn related(db: &Connection, code: &str) -> Result<Vec<(String, String, bool)>, CatalogueError> {
    let sql = "SELECT r.related_code, r.related_title, o.code IS NOT NULL FROM related r
               LEFT JOIN occupation o ON o.code = r.related_code WHERE r.code = ?1 ORDER BY r.rank";
    all(db, sql, [code], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Growth and entry education of an occupation.
pub(crate) fn prospects(db: &Connection, soc: &str) -> Result<(Figure, Option<String>), CatalogueError> {
    let sql = "SELECT change_percent, entry_education FROM projection WHERE soc = ?1";
    let found = one(db, sql, [soc], |row| Ok((figure(row, 0)?, row.get(1)?)))?;
    Ok(found.unwrap_or((Figure::NotProvided, None)))
}

struct StoredKind(RatingKind);

impl FromSql for StoredKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "skill" => Ok(Self(RatingKind::Skill)),
            "knowledge" => Ok(Self(RatingKind::Knowledge)),
            "ability" => Ok(Self(RatingKind::Ability)),
            "activity" => Ok(Self(RatingKind::Activity)),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_jobs_or_a_wide_error_leave_the_middle_alone() {
        let value = |value| Figure::Value { value };
        assert!(too_few(value(50.0), value(1.0)));
        assert!(!too_few(value(60.0), value(10.0)));
        assert!(too_few(value(60.0), value(10.1)));
        assert!(!too_few(Figure::NotPublished, Figure::NotPublished));
    }
}
