//! Every operation of the contract with any input, as a host hands it over: by name, with JSON.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use waymark_api::errors::CODES;
use waymark_api::{ApiError, Desk, Paths, contract};
use waymark_records::{Computer, Cost, RecordsError, Surroundings};

const PASSPHRASE: &str = "quiet lantern under seven maples";

/// After so many inputs a desk with open records gets new ones, so that these do not grow without end.
const INPUTS_A_DESK: u32 = 20_000;

/// A clock that goes on by a minute a look: no wrong try makes the next ones wait.
struct Clock(AtomicI64);

impl Surroundings for Clock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.fetch_add(60, Ordering::SeqCst)).unwrap()
    }

    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError> {
        Computer.random(out)
    }
}

struct Room {
    desk: Desk,
    folder: TempDir,
    runtime: Runtime,
    fed: u32,
}

impl Room {
    fn new() -> Self {
        // Memory is enough, and spares the disk; where there is no such folder, the usual one does.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
        let paths = Paths {
            settings: folder.path().join("settings.json"),
            records: folder.path().join("records"),
            catalogue: folder.path().join("no-catalogue.db"),
            renewed_catalogue: None,
            fonts: Vec::new(),
        };
        let desk = Desk::new(paths, Arc::new(Clock(AtomicI64::new(1_790_000_000))), Cost::WEAK_FOR_TESTS);
        Self { desk, folder, runtime: Runtime::new().unwrap(), fed: 0 }
    }

    fn call(&self, name: &str, input: Value) -> Result<Value, ApiError> {
        self.runtime.block_on(contract::call(&self.desk, name, input))
    }

    /// Records that are open, made anew where an input has closed them for good.
    fn opened(self) -> Self {
        let mut room = if self.fed < INPUTS_A_DESK { self } else { Self::new() };
        let unlock = json!({ "passphrase": PASSPHRASE });
        if room.call("vault.unlock", unlock.clone()).is_err() {
            let create = json!({ "folder": null, "passphrase": PASSPHRASE });
            if room.call("vault.create", create.clone()).is_err() {
                room = Self::new();
                room.call("vault.create", create).expect("new records");
            }
        }
        room
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.fed += 1;
        let (name, input) = request(bytes, self.folder.path());
        let Some(input) = input else { return };
        let answer = self.call(&name, input.clone()).err();
        let document = self.runtime.block_on(contract::document(&self.desk, &name, input)).err();
        for error in [answer, document].into_iter().flatten() {
            assert!(CODES.contains(&error.code), "a refusal has a code of the contract");
        }
    }
}

/// The first line is the operation's name, or a number that picks one; the rest is its input.
fn request(bytes: &[u8], folder: &Path) -> (String, Option<Value>) {
    let (name, input) = match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &b"{}"[..]),
    };
    let names = operations();
    let name = match name {
        [number] => names[usize::from(*number) % names.len()].clone(),
        name => String::from_utf8_lossy(name).into_owned(),
    };
    let input = serde_json::from_slice(input).ok().map(|mut input| {
        keep_inside(&mut input, folder);
        input
    });
    (name, input)
}

/// Folders that an input names lie in the folder of the run, whatever it says: nothing else is made or written.
fn keep_inside(value: &mut Value, folder: &Path) {
    match value {
        Value::String(text) if Path::new(text.as_str()).is_absolute() => {
            let plain = text.chars().filter(char::is_ascii_alphanumeric).take(8);
            let inside: PathBuf = folder.join("named").join(plain.collect::<String>());
            *text = inside.display().to_string();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| keep_inside(item, folder)),
        Value::Object(fields) => fields.values_mut().for_each(|field| keep_inside(field, folder)),
        _ => {}
    }
}

/// Every operation and document, from the contract itself.
pub(crate) fn operations() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let declared = contract::typescript();
        let name = |line: &str| Some(line.strip_prefix("  \"")?.split_once("\": {")?.0.to_owned());
        declared.lines().filter_map(name).collect()
    })
}

/// Feeds a desk whose records are locked, and opens none.
pub fn locked(bytes: &[u8]) {
    static ROOM: OnceLock<Mutex<Room>> = OnceLock::new();
    let room = ROOM.get_or_init(|| {
        let room = Room::new();
        let made = room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE }));
        made.expect("new records");
        Mutex::new(room)
    });
    let mut room = room.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = room.call("vault.lock", json!({}));
    room.feed(bytes);
}

/// Feeds a desk whose records are open.
pub fn open(bytes: &[u8]) {
    static ROOM: OnceLock<Mutex<Option<Room>>> = OnceLock::new();
    let kept = ROOM.get_or_init(|| Mutex::new(None));
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let mut room = kept.take().unwrap_or_else(Room::new).opened();
    room.feed(bytes);
    *kept = Some(room);
}
