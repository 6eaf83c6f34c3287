//! What the tests of the records share: a folder, a clock that tests can move, weak keys.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test's own set-up")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use waymark_records::{
    Answers, Computer, Cost, Folder, NewApplication, Plan, Progress, Records, RecordsError, StudentInput,
    Surroundings,
};

pub const PASSPHRASE: &str = "a long enough passphrase";

/// A clock that goes on by one second a look and can be moved.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn forward(&self, by: SignedDuration) {
        self.0.fetch_add(by.as_secs(), Ordering::SeqCst);
    }
}

impl Surroundings for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.fetch_add(1, Ordering::SeqCst)).unwrap()
    }

    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError> {
        Computer.random(out)
    }
}

pub struct Desk {
    pub folder: Folder,
    pub clock: Arc<TestClock>,
    pub records: Records,
    pub recovery: String,
    pub place: TempDir,
}

pub fn desk() -> Desk {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    let clock = Arc::new(TestClock(AtomicI64::new(1_790_000_000)));
    let (records, key) = Records::create(&folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, clock.clone()).unwrap();
    Desk { folder, clock, records, recovery: key.groups().join(" "), place }
}

impl Desk {
    pub async fn reopened(self) -> Self {
        self.records.close().await.unwrap();
        let records = Records::unlock(&self.folder, PASSPHRASE, self.clock.clone()).unwrap();
        Self { records, ..self }
    }

    pub async fn student(&self, name: &str) -> String {
        let student = StudentInput { name: name.into(), graduation_year: Some(2027), school_id: None };
        self.records.add_students("students.add", vec![student], false).await.unwrap().value.remove(0)
    }

    pub async fn application(&self, student: Option<String>) -> String {
        let new = NewApplication {
            plan: Plan { student_id: student, ..Plan::default() },
            form: "general-admission".into(),
            form_version: 1,
            answers: Answers::from([("full_name".into(), "Sample Student".into())]),
            prefilled: true,
            between_us: false,
        };
        self.records.start_application(new, no_check).await.unwrap().value
    }

    pub async fn save(&self, id: &str, key: &str, text: &str) -> u32 {
        let answers = Answers::from([(key.into(), text.into())]);
        self.records.save_answers(id.into(), answers, no_check).await.unwrap().value.version
    }
}

pub fn no_check(_: &Answers) -> (Progress, ()) {
    (Progress::default(), ())
}

pub fn no_progress(_: &str, _: u32, _: &Answers) -> Progress {
    Progress::default()
}

/// An application of nobody's, with nothing in it.
pub fn empty_application() -> NewApplication {
    NewApplication {
        plan: Plan::default(),
        form: "general-admission".into(),
        form_version: 1,
        answers: Answers::new(),
        prefilled: false,
        between_us: false,
    }
}

/// A small disk of its own, where this user may mount one.
pub struct SmallDisk(TempDir);

impl SmallDisk {
    pub fn mount(size: &str) -> Option<Self> {
        let place = TempDir::new().unwrap();
        let options = format!("size={size}");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(place.path()).output();
        mount.is_ok_and(|mount| mount.status.success()).then_some(Self(place))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).output();
    }
}
