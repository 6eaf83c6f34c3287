//! The log as a page shows it: outputs, views and changes in one order, the newest first.
//!
//! Each of the three is asked for one row more than is wanted and the answers are merged. A row's place is its time, its
//! kind's rank and its id as one text, so that the next page begins exactly after it.

use rusqlite::{Connection, Row, named_params};

use super::shapes::{Audience, LogKind, LogQuery, LogRow, LogRows, LogStudent};
use crate::{Records, RecordsError};

/// An output is one row, however many students are in it. One without a student belongs to whoever the draft is for now.
const OUTPUTS: &str = "
    SELECT at || ' 3 ' || batch AS place, at, output, batch, audience, party, interest, failed_at IS NOT NULL
    FROM disclosure
    WHERE (:student IS NULL OR student_id = :student
        OR (student_id IS NULL AND subject IN (SELECT id FROM application WHERE student_id = :student)))
      AND (:from IS NULL OR at >= :from) AND (:until IS NULL OR at < :until)
      AND (:after IS NULL OR at || ' 3 ' || batch < :after)
      AND (:said IS NULL OR (failed_at IS NULL AND coalesce(audience, 'not_said') = :said))
    GROUP BY batch ORDER BY place DESC LIMIT :most";

const OUTPUT_STUDENTS: &str = "
    SELECT coalesce(d.student_id, a.student_id) AS student, s.name
    FROM disclosure d
    LEFT JOIN application a ON d.student_id IS NULL AND a.id = d.subject
    LEFT JOIN student s ON s.id = coalesce(d.student_id, a.student_id)
    WHERE d.batch = ? ORDER BY d.id";

const VIEWS: &str = "
    SELECT a.at || ' 2 ' || a.id AS place, a.at, a.view, a.student_id, s.name
    FROM access a LEFT JOIN student s ON s.id = a.student_id
    WHERE (:student IS NULL OR a.student_id = :student)
      AND (:from IS NULL OR a.at >= :from) AND (:until IS NULL OR a.at < :until)
      AND (:after IS NULL OR a.at || ' 2 ' || a.id < :after)
    ORDER BY place DESC LIMIT :most";

/// What the rows of outputs and views say themselves is not said a second time as a change.
const CHANGES: &str = "
    SELECT at || ' 1 ' || printf('%015d', number) AS place, at, act, number
    FROM change
    WHERE (:student IS NULL OR number IN (SELECT change FROM change_about WHERE about = :student
        OR about IN (SELECT id FROM application WHERE student_id = :student)))
      AND (:from IS NULL OR at >= :from) AND (:until IS NULL OR at < :until)
      AND (:after IS NULL OR at || ' 1 ' || printf('%015d', number) < :after)
      AND (:rights IS NULL OR (act GLOB 'rights.*') = :rights)
      AND act NOT IN ('disclosures.log', 'disclosures.answer', 'disclosures.fail') AND act NOT GLOB 'access.*'
    ORDER BY place DESC LIMIT :most";

const CHANGE_STUDENTS: &str = "
    SELECT DISTINCT coalesce(a.student_id, b.about) AS student, s.name
    FROM (SELECT DISTINCT about FROM change_about WHERE change = ?) b
    LEFT JOIN application a ON a.id = b.about
    LEFT JOIN student s ON s.id = coalesce(a.student_id, b.about)
    WHERE s.id IS NOT NULL ORDER BY s.name, s.id";

impl Records {
    /// What the log says, the newest first.
    pub async fn log(&self, query: LogQuery) -> Result<LogRows, RecordsError> {
        self.read(move |connection| {
            let wants = |kind| query.kind.is_none_or(|wanted| wanted == kind);
            let mut rows = Vec::new();
            if wants(LogKind::Disclosure) {
                rows.extend(outputs(connection, &query)?);
            }
            // Only outputs are for somebody.
            if query.audience.is_none() {
                if wants(LogKind::Access) {
                    rows.extend(views(connection, &query)?);
                }
                if query.kind.is_none() || wants(LogKind::Change) || wants(LogKind::Rights) {
                    rows.extend(changes(connection, &query)?);
                }
            }
            rows.sort_by(|a, b| b.place.cmp(&a.place));
            let more = rows.len() > query.most;
            rows.truncate(query.most);
            for row in &mut rows {
                name_students(connection, row, query.named)?;
            }
            Ok(LogRows { rows, more })
        })
        .await
    }

    /// How many outputs left of which nobody has said for whom they were.
    pub async fn count_unsaid(&self) -> Result<u32, RecordsError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT count(DISTINCT batch) FROM disclosure WHERE audience IS NULL AND failed_at IS NULL",
            )?;
            Ok(statement.query_row([], |row| row.get(0))?)
        })
        .await
    }
}

fn one_more(query: &LogQuery) -> i64 {
    i64::try_from(query.most.saturating_add(1)).unwrap_or(i64::MAX)
}

fn outputs(connection: &Connection, query: &LogQuery) -> Result<Vec<LogRow>, RecordsError> {
    let said = query.audience.map(|said| said.audience().map_or("not_said", Audience::name));
    let values = named_params! {
        ":student": query.student, ":from": query.from, ":until": query.until, ":after": query.after,
        ":said": said, ":most": one_more(query),
    };
    let mut statement = connection.prepare_cached(OUTPUTS)?;
    let rows = statement.query_map(values, |row| {
        let audience: Option<String> = row.get(4)?;
        Ok(LogRow {
            batch: row.get(3)?,
            audience: audience.as_deref().and_then(Audience::named),
            party: row.get(5)?,
            interest: row.get(6)?,
            failed: row.get(7)?,
            ..read(row, LogKind::Disclosure)?
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn views(connection: &Connection, query: &LogQuery) -> Result<Vec<LogRow>, RecordsError> {
    let values = named_params! {
        ":student": query.student, ":from": query.from, ":until": query.until, ":after": query.after,
        ":most": one_more(query),
    };
    let mut statement = connection.prepare_cached(VIEWS)?;
    let rows = statement.query_map(values, |row| {
        Ok(LogRow {
            students: vec![LogStudent { id: row.get(3)?, name: row.get(4)? }],
            students_count: 1,
            ..read(row, LogKind::Access)?
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn changes(connection: &Connection, query: &LogQuery) -> Result<Vec<LogRow>, RecordsError> {
    let values = named_params! {
        ":student": query.student, ":from": query.from, ":until": query.until, ":after": query.after,
        ":rights": query.kind.map(|kind| kind == LogKind::Rights), ":most": one_more(query),
    };
    let mut statement = connection.prepare_cached(CHANGES)?;
    let rows = statement.query_map(values, |row| {
        let act: String = row.get(2)?;
        let kind = if act.starts_with("rights.") { LogKind::Rights } else { LogKind::Change };
        read(row, kind)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What every row begins with: its place, its time and its name.
fn read(row: &Row<'_>, kind: LogKind) -> rusqlite::Result<LogRow> {
    Ok(LogRow {
        place: row.get(0)?,
        at: row.get(1)?,
        kind,
        name: row.get(2)?,
        students: Vec::new(),
        students_count: 0,
        batch: None,
        audience: None,
        party: None,
        interest: None,
        failed: false,
    })
}

fn name_students(connection: &Connection, row: &mut LogRow, most: usize) -> Result<(), RecordsError> {
    let (sql, of) = match (&row.batch, row.kind) {
        (Some(batch), _) => (OUTPUT_STUDENTS, batch.clone()),
        (None, LogKind::Access) => return Ok(()),
        (None, _) => (CHANGE_STUDENTS, number_of(&row.place).to_owned()),
    };
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([of])?;
    while let Some(one) = found.next()? {
        let Some(id) = one.get::<_, Option<String>>(0)? else { continue };
        row.students_count += 1;
        if row.students.len() < most {
            row.students.push(LogStudent { id, name: one.get(1)? });
        }
    }
    Ok(())
}

/// A change's number, from its place.
fn number_of(place: &str) -> &str {
    place.rsplit(' ').next().unwrap_or(place).trim_start_matches('0')
}
