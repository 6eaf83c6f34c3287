//! Retention: how many years after graduation each category of record is kept. A rule erases nothing by itself; it
//! says who is due, and the counselor decides.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::EraseScope;
use super::holds::is_held;
use crate::changes::rows::{RETENTION, row};
use crate::changes::{Act, Done, Value};
use crate::{Records, RecordsError};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RetentionCategory {
    /// Students' whole records.
    Records,
    /// Applications with drafts and versions.
    Drafts,
}

impl RetentionCategory {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Records, Self::Drafts];

    const fn written(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Drafts => "drafts",
        }
    }

    /// What is erased under a rule of this category.
    #[must_use]
    pub const fn scope(self) -> EraseScope {
        match self {
            Self::Records => EraseScope::Record,
            Self::Drafts => EraseScope::Drafts,
        }
    }
}

/// A rule; without years, that category is kept for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionRule {
    /// Category.
    pub category: RetentionCategory,
    /// Years after the year of graduation.
    pub years: Option<u16>,
}

/// A student who is due under a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Due {
    /// The student.
    pub student_id: String,
    /// Their name.
    pub name: String,
    /// Year of graduation.
    pub graduation_year: u16,
    /// Their applications.
    pub applications: u32,
    /// A hold stands: they can't be erased.
    pub held: bool,
}

impl Records {
    /// The rule of each category.
    pub async fn retention(&self) -> Result<Vec<RetentionRule>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT category, years FROM retention")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let years: BTreeMap<String, u16> = rows.collect::<Result<_, _>>()?;
            let rule = |category: RetentionCategory| RetentionRule {
                category,
                years: years.get(category.written()).copied(),
            };
            Ok(RetentionCategory::ALL.map(rule).to_vec())
        })
        .await
    }

    /// Sets a rule, or takes it away.
    pub async fn set_retention(&self, rule: RetentionRule) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("rights.retention", rule.category.written()), move |change| {
            let category = rule.category.written();
            let Some(years) = rule.years.map(i64::from) else {
                return change.delete(&RETENTION, &[Value::from(category)]).map(|_| ());
            };
            change.put(&RETENTION, row! { "category" => category, "years" => years }).map(|_| ())
        })
        .await
    }

    /// Who is due under the rule of a category in a year: students whose year of graduation, with the rule's years
    /// added, is past. Of drafts, only those who have any. Students without a year of graduation never are.
    pub async fn due(&self, category: RetentionCategory, year: u16) -> Result<Vec<Due>, RecordsError> {
        self.read(move |connection| {
            let years: Option<u16> = connection
                .prepare_cached("SELECT years FROM retention WHERE category = ?")?
                .query_row([category.written()], |row| row.get(0))
                .optional()?;
            let Some(years) = years else { return Ok(Vec::new()) };
            let mut statement = connection.prepare_cached(
                "SELECT s.id, s.name, s.graduation_year,
                        (SELECT count(*) FROM application a WHERE a.student_id = s.id)
                 FROM student s WHERE s.graduation_year + ? < ? ORDER BY s.graduation_year, s.name, s.id",
            )?;
            let mut rows = statement.query([years, year])?;
            let mut due = Vec::new();
            while let Some(row) = rows.next()? {
                let student_id: String = row.get(0)?;
                let held = is_held(connection, &student_id)?;
                let applications = row.get(3)?;
                if category == RetentionCategory::Records || applications > 0 {
                    let (name, graduation_year) = (row.get(1)?, row.get(2)?);
                    due.push(Due { student_id, name, graduation_year, applications, held });
                }
            }
            Ok(due)
        })
        .await
    }
}
