//! Search as you type, ranking and filter counts included, beside one raw FTS5 prefix query over the same titles.

use crate::{folder, p95, root, tell, timed, titles};
use rusqlite::Connection;
use std::path::Path;
use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{CareerFilters, CareerQuery, CareerSort, Language};

const QUERIES: usize = 500;
/// Nobody types more of a title before looking.
const KEYSTROKES: usize = 12;

pub fn run() {
    let folder = folder();
    let data = root().join("data");
    let titles = titles::all(&data);
    let file = folder.path().join("catalogue.db");
    waymark_catalogue::build(&data, &file).unwrap();
    let catalogue = Catalogue::open(&file).unwrap();
    let raw = raw_index(&folder.path().join("raw.db"), &titles);
    let step = titles.len() / QUERIES;
    let (mut ours, mut baseline, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    let careers = catalogue.search(&query("")).unwrap().total;
    assert!(titles.len() > 57_000 && careers > 1000, "all that ships is searched");
    let first = timed(|| catalogue.search(&query("nurse")).unwrap()).0;
    for title in titles.iter().step_by(step).take(QUERIES) {
        for typed in (1..=KEYSTROKES).map_while(|letters| title.get(..letters)) {
            ours.push(timed(|| catalogue.search(&query(typed)).unwrap()).0);
            baseline.push(timed(|| raw_query(&raw, typed)).0);
        }
    }
    for _ in 0..200 {
        counts.push(timed(|| catalogue.search(&query("")).unwrap()).0);
    }
    let what = format!(
        "search, each of {} keystrokes over {} titles of {careers} careers, p95",
        ours.len(),
        titles.len()
    );
    tell(&what, p95(ours), Some(("raw FTS5", p95(baseline))), ("times", 2.0));
    tell(
        &format!("the list of {careers} careers with its filter counts, p95"),
        p95(counts),
        None,
        ("limit", 5000.0),
    );
    println!(
        "{}",
        serde_json::json!({
            "what": "the first search, which reads the index", "ours": first.as_secs_f64() * 1e6
        })
    );
}

fn query(text: &str) -> CareerQuery {
    CareerQuery {
        text: text.to_owned(),
        filters: CareerFilters::default(),
        sort: CareerSort::Relevance,
        offset: 0,
        limit: 20,
        place: "US".to_owned(),
        language: Language::En,
    }
}

fn raw_index(file: &Path, titles: &[String]) -> Connection {
    let connection = Connection::open(file).unwrap();
    connection
        .execute_batch("CREATE VIRTUAL TABLE title USING fts5(words, prefix = '1 2 3'); BEGIN")
        .unwrap();
    for title in titles {
        connection.execute("INSERT INTO title VALUES (?)", [title]).unwrap();
    }
    connection.execute_batch("COMMIT").unwrap();
    connection
}

fn raw_query(connection: &Connection, typed: &str) -> Vec<i64> {
    let words: Vec<String> = typed.split_whitespace().map(|word| format!("\"{word}\"")).collect();
    let mut statement = connection
        .prepare_cached("SELECT rowid FROM title WHERE title MATCH ? ORDER BY bm25(title) LIMIT 20")
        .unwrap();
    let rows = statement.query_map([words.join(" ") + "*"], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}
