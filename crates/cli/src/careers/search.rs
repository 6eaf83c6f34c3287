//! `careers search`: one query, or a file of them for whoever measures the search.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde::Serialize;
use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{CareerQuery, CareerSort, Language};

use super::{code, question, rows};
use crate::output::{Failure, Output};

/// The answer to a query.
#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    /// Careers that fit, of which `rows` are the first.
    total: u32,
    rows: Vec<Hit>,
}

#[derive(Serialize)]
struct Hit {
    /// O*NET-SOC code.
    code: String,
    slug: String,
    title: String,
    /// How well it fits; comparable within one answer.
    score: f32,
    /// The other title or word by which it was found, where that is not the title.
    found_by: Option<String>,
}

/// Answers one query.
pub fn one(
    catalogue: &Catalogue,
    text: &str,
    limit: u32,
    language: Language,
    output: &mut Output,
) -> Result<(), Failure> {
    let answer = answer(catalogue, text, limit, language)?;
    if output.is_json() {
        return output.json(&answer);
    }
    let row = |hit: Hit| {
        let score = format!("{:.3}", hit.score);
        [hit.code, hit.slug, score, hit.title, hit.found_by.unwrap_or_default()]
    };
    let table: Vec<_> = answer.rows.into_iter().map(row).collect();
    output.table(&["code", "slug", "score", "title", "found_by"], &table)
}

/// Answers each line of a file with a line of JSON, empty lines too, so that the lines of both belong together.
pub fn batch(
    catalogue: &Catalogue,
    file: &Path,
    limit: u32,
    language: Language,
    output: &mut Output,
) -> Result<(), Failure> {
    let unreadable = |error: io::Error| {
        let words = format!("the file of queries cannot be read: {error} ({})", file.display());
        Failure::Failed("queries.unreadable", words)
    };
    let mut lines: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).map_err(unreadable)?))
    };
    let (mut line, mut first) = (Vec::new(), true);
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            return Ok(());
        }
        // What is no UTF-8 is a query with unknown letters in it: its line is answered like any other.
        let read = String::from_utf8_lossy(&line);
        let mut query = read.trim_end_matches(['\n', '\r']);
        if std::mem::take(&mut first) {
            query = query.trim_start_matches('\u{feff}');
        }
        output.json_line(&answer(catalogue, query, limit, language)?)?;
    }
}

/// Careers that fit the text; none where there is none (`careers list` gives them all).
fn answer<'a>(
    catalogue: &Catalogue,
    text: &'a str,
    limit: u32,
    language: Language,
) -> Result<Answer<'a>, Failure> {
    if text.trim().is_empty() {
        return Ok(Answer { query: text, total: 0, rows: Vec::new() });
    }
    let query = CareerQuery { text: text.to_owned(), sort: CareerSort::Relevance, ..question(language) };
    let (total, found) = rows(catalogue, query, Some(limit))?;
    let hit = |row| Hit {
        code: code(catalogue, &row),
        slug: row.slug,
        title: row.title,
        score: row.score,
        found_by: row.found_by,
    };
    Ok(Answer { query: text, total, rows: found.into_iter().map(hit).collect() })
}
