//! Saving one field of a draft, and a roster of ten thousand, beside raw transactions of the same bytes.

use crate::{folder, middle, p95, tell, timed};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use waymark_records::{Computer, Cost, Folder, NewApplication, Plan, Progress, Records, StudentInput};

const SAVES: usize = 400;
const ROSTER: usize = 10_000;
const PASSPHRASE: &str = "a sample passphrase for measuring";

pub fn run() {
    let folder = folder();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let place = Folder::at(folder.path().join("records"));
    let (records, _) = Records::create(&place, PASSPHRASE, Cost::WEAK_FOR_TESTS, Arc::new(Computer)).unwrap();
    let raw = raw_store(&folder.path().join("raw.db"));
    runtime.block_on(async {
        save_a_field(&records, &raw).await;
        import_a_roster(&records, &raw).await;
    });
}

async fn save_a_field(records: &Records, raw: &Connection) {
    let plan = Plan { student_id: None, career: None, programme: None, institution: None };
    let answers =
        (0..30).map(|number| (format!("field_{number}"), format!("Sample answer {number}").into())).collect();
    let new = NewApplication {
        plan,
        form: "general".into(),
        form_version: 1,
        answers,
        prefilled: false,
        between_us: false,
    };
    let id = records.start_application(new, |_| (ready(), ())).await.unwrap().value;
    let mut statement = "A plain sentence of a statement. ".repeat(60);
    let (mut ours, mut baseline) = (Vec::new(), Vec::new());
    for _ in 0..SAVES {
        statement.push_str(" letters");
        let answers = [("statement".to_owned(), statement.as_str().into())].into();
        let start = std::time::Instant::now();
        records.save_answers(id.clone(), answers, |_| (ready(), ())).await.unwrap();
        ours.push(start.elapsed());
        baseline.push(
            timed(|| {
                raw.execute("UPDATE answer SET value = ? WHERE key = 'statement'", [&statement]).unwrap()
            })
            .0,
        );
    }
    tell(
        "save one field of a draft, p95",
        p95(ours),
        Some(("raw transaction", p95(baseline))),
        ("times", 2.0),
    );
}

async fn import_a_roster(records: &Records, raw: &Connection) {
    let roster: Vec<StudentInput> = (0..ROSTER)
        .map(|number| StudentInput {
            name: format!("Sample Student {number}"),
            graduation_year: Some(2027),
            school_id: Some(format!("S{number:06}")),
        })
        .collect();
    let (baseline, ()) = timed(|| {
        raw.execute_batch("BEGIN").unwrap();
        for student in &roster {
            raw.prepare_cached("INSERT INTO student VALUES (?, ?, ?)")
                .unwrap()
                .execute((&student.name, student.graduation_year, &student.school_id))
                .unwrap();
        }
        raw.execute_batch("COMMIT").unwrap();
    });
    let start = std::time::Instant::now();
    records.add_students("students.import", roster, false).await.unwrap();
    let ours = start.elapsed();
    let baseline = ("raw inserts", baseline.as_secs_f64() * 1e6);
    tell("add a roster of 10,000 students", ours.as_secs_f64() * 1e6, Some(baseline), ("limit", 2_000_000.0));
    let mut lists = Vec::new();
    for _ in 0..20 {
        let start = std::time::Instant::now();
        records.students(String::new(), None).await.unwrap();
        lists.push(start.elapsed());
    }
    tell("the list of 10,000 students", middle(lists), None, ("limit", 50_000.0));
}

fn ready() -> Progress {
    Progress { sections: 6, complete: 1, faults: 0 }
}

/// The same encryption, log and durability as the records have.
fn raw_store(file: &Path) -> Connection {
    let connection = Connection::open(file).unwrap();
    let key = format!("PRAGMA key = \"x'{}'\"", "5a".repeat(32));
    connection.execute_batch(&key).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             CREATE TABLE answer (key TEXT PRIMARY KEY, value TEXT);
             CREATE TABLE student (name TEXT, year INTEGER, id TEXT);
             INSERT INTO answer VALUES ('statement', '');",
        )
        .unwrap();
    connection
}
