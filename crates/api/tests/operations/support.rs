//! What these tests share: a desk of its own for each, a clock that they can move, weak keys, and one catalogue.

#[path = "../../../catalogue/tests/common/shipped.rs"]
mod shipped;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;
use waymark_api::log::{Logged, hand_over};
use waymark_api::{ApiError, Desk, Document, Paths, contract};
use waymark_records::{Computer, Cost, RecordsError, Surroundings};

pub const PASSPHRASE: &str = "a long enough passphrase";
pub const CAREER: &str = "backend-architect";

/// A clock that goes on by a millisecond a look and can be moved.
pub struct Clock(AtomicI64);

impl Clock {
    pub fn forward(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Surroundings for Clock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.fetch_add(1, Ordering::SeqCst)).unwrap()
    }

    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError> {
        Computer.random(out)
    }
}

/// A desk in a folder of its own.
pub struct Room {
    pub desk: Desk,
    pub clock: Arc<Clock>,
    pub folder: TempDir,
}

/// A desk whose records nobody has made yet.
pub fn first_run() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(Clock(AtomicI64::new(1_790_000_000_000)));
    Room { desk: desk(&folder, &clock), clock, folder }
}

fn desk(folder: &TempDir, clock: &Arc<Clock>) -> Desk {
    let paths = Paths {
        settings: folder.path().join("settings.json"),
        records: folder.path().join("records"),
        catalogue: catalogue(),
        renewed_catalogue: Some(folder.path().join("renewed.db")),
        fonts: Vec::new(),
    };
    Desk::new(paths, clock.clone(), Cost::WEAK_FOR_TESTS)
}

/// A desk with open records beside which a newer catalogue file lies.
pub async fn open_with_catalogue(bytes: &[u8]) -> Room {
    let room = first_run();
    std::fs::write(room.folder.path().join("renewed.db"), bytes).unwrap();
    room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
    room
}

/// A desk with open records.
pub async fn open() -> Room {
    let room = first_run();
    room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
    room
}

/// A recovery key as a person types it.
pub fn groups(key: &Value) -> String {
    let groups: Vec<&str> = key["groups"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    groups.join(" ")
}

/// The catalogue of the shipped data.
pub fn catalogue() -> PathBuf {
    shipped::shipped(Path::new(env!("CARGO_TARGET_TMPDIR")))
}

impl Room {
    pub async fn try_call(&self, name: &str, input: Value) -> Result<Value, ApiError> {
        contract::call(&self.desk, name, input).await
    }

    /// Calls an operation that must succeed.
    pub async fn call(&self, name: &str, input: Value) -> Value {
        self.try_call(name, input).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Calls an operation that must fail, and gives its code.
    pub async fn code(&self, name: &str, input: Value) -> &'static str {
        match self.try_call(name, input).await {
            Ok(_) => panic!("{name} did not fail"),
            Err(error) => error.code,
        }
    }

    /// Calls an operation whose work is a job of this kind, and has the job stopped as soon as it is told of. Gives how
    /// the operation ended.
    pub async fn stopped(&self, name: &str, input: Value, kind: &str) -> Result<Value, ApiError> {
        let stop = async {
            loop {
                let rows = self.call("jobs.list", json!({})).await;
                let ours = |row: &&Value| row["kind"] == kind && row["state"] == "running";
                if let Some(row) = rows.as_array().unwrap().iter().find(ours) {
                    return self.call("jobs.cancel", json!({ "id": row["id"] })).await;
                }
                tokio::task::yield_now().await;
            }
        };
        let (ended, _) = tokio::join!(self.try_call(name, input), stop);
        ended
    }

    /// Makes a document and takes it.
    pub async fn document(&self, name: &str, input: Value) -> Result<Document, ApiError> {
        Ok(self.output(name, input).await?.0)
    }

    /// Makes a document and takes it, with what was logged of it.
    pub async fn output(&self, name: &str, input: Value) -> Result<(Document, Option<Logged>), ApiError> {
        let output = contract::document(&self.desk, name, input).await?;
        hand_over(&self.desk, output, |document| async { Ok(document) }).await
    }

    /// Adds a student and gives the id.
    pub async fn student(&self, name: &str) -> String {
        let student = json!({ "name": name, "graduation_year": 2027, "school_id": null });
        id(&self.call("students.add", student).await)
    }

    /// Begins an application for a student and gives the id.
    pub async fn application(&self, student: Option<&str>) -> String {
        let plan = json!({ "student_id": student, "career": CAREER, "programme": null, "institution": null });
        id(&self.call("applications.start", json!({ "plan": plan, "form": null, "language": "en" })).await)
    }

    /// Saves one answer.
    pub async fn save(&self, application: &str, key: &str, value: impl Into<Value>) -> Value {
        self.call("applications.save", json!({ "id": application, "answers": { key: value.into() } })).await
    }

    /// The answers of a draft.
    pub async fn answers(&self, application: &str) -> Value {
        self.call("applications.open", json!({ "id": application })).await["answers"].take()
    }

    /// Names of everybody on the roster.
    pub async fn names(&self) -> Vec<String> {
        let students = self.call("students.list", json!({ "text": "", "graduation_year": null })).await;
        students.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    }

    /// The same place after the program was ended and started again.
    pub fn started_again(self) -> Self {
        let Self { desk: ended, clock, folder } = self;
        drop(ended);
        Self { desk: desk(&folder, &clock), clock, folder }
    }

    /// Closes the records and opens them again.
    pub async fn reopen(&self) {
        assert_eq!(self.call("vault.lock", json!({})).await["state"], "locked");
        let status = self.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
        assert_eq!(status["state"], "unlocked");
    }
}

/// The id in an answer.
pub fn id(answer: &Value) -> String {
    answer["id"].as_str().unwrap().to_owned()
}
