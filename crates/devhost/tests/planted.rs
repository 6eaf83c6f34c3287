//! A whole life of the program as a process of its own, with everything that it may write to in one folder: home, the
//! folders of the desktop's standard, temporary files, what it says on its terminal. No planted word and no passphrase
//! can be read in any of it; only the document that was exported on purpose is outside.
#![allow(
    clippy::needless_pass_by_value,
    clippy::format_collect,
    reason = "calls read well with `json!` in place"
)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use waymark_tests::keys::database_key;
use waymark_tests::planted::{find_in_decrypted, find_in_plain};

const PASSPHRASE: &str = "plantedpassphrase under seven maples";
const WRONG: &str = "plantedwrongpassphrase of nobody";
const NAME: &str = "PlantedNameZQ";
const STATEMENT: &str = "PlantedStatementZQ";
const ROSTER: &str = "PlantedRosterZQ";
const SEARCH: &str = "PlantedSearchZQ";
const WORDS: [&str; 6] = [NAME, STATEMENT, ROSTER, SEARCH, PASSPHRASE, WRONG];

/// The test host, ended whatever happens.
struct Host {
    child: Child,
    address: String,
    token: String,
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Host {
    fn start(home: &Path) -> Self {
        let folder = |name: &str| {
            let folder = home.join(name);
            fs::create_dir_all(&folder).unwrap();
            folder
        };
        let mut host = Command::new(env!("CARGO_BIN_EXE_waymark-devhost"));
        host.arg("--home").arg(folder("data/waymark")).arg("--catalogue").arg(home.join("none.db"));
        host.arg("--pages").arg(folder("pages")).arg("--weak-keys");
        for (name, place) in [
            ("HOME", "."),
            ("TMPDIR", "tmp"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            host.env(name, folder(place));
        }
        let said = File::options().create(true).append(true).open(home.join("terminal.log")).unwrap();
        host.env("RUST_LOG", "trace")
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(said);
        let mut child = host.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (address, token) = line.trim().strip_prefix("http://").unwrap().split_once("/?token=").unwrap();
        Self { address: address.to_owned(), token: token.to_owned(), child }
    }

    /// The answer's status and body.
    fn ask(&self, way: &str, input: &Value) -> (u16, Vec<u8>) {
        let body = input.to_string();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "POST /{way} HTTP/1.1\r\nHost: {}\r\nx-waymark-token: {}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
        (status, answer.split_off(end + 4))
    }

    fn call(&self, name: &str, input: Value) -> Value {
        let (status, body) = self.ask(&format!("call/{name}"), &input);
        assert_eq!(status, 200, "{name}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }

    fn refused(&self, name: &str, input: Value) {
        let (status, body) = self.ask(&format!("call/{name}"), &input);
        assert_eq!(status, 422, "{name}");
        let said = String::from_utf8_lossy(&body).into_owned();
        assert!(!WORDS.iter().any(|word| said.contains(word)), "a refusal repeats what was written: {name}");
    }
}

/// Everything that a counselor does on a day, while the files are scanned at the worst moments.
fn live(home: &Path) -> Vec<u8> {
    let host = Host::start(home);
    let nothing = || json!({});
    let recovery = host.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE }));
    let student = json!({ "name": format!("Sample {NAME}"), "graduation_year": 2027, "school_id": NAME });
    let student = host.call("students.add", student)["id"].clone();
    let roster: String = (0..50).map(|number| format!("{ROSTER} {number},2028\n")).collect();
    host.call("students.import_roster", json!({ "text": format!("name,year\n{roster}"), "columns": null }));
    host.refused(
        "students.import_roster",
        json!({ "text": format!("name,year\n{ROSTER},{ROSTER}\n"), "columns": null }),
    );
    let plan =
        json!({ "student_id": student, "career": null, "programme": STATEMENT, "institution": STATEMENT });
    let draft =
        host.call("applications.start", json!({ "plan": plan, "form": null, "language": "en" }))["id"]
            .clone();
    for words in [5, 900, 40] {
        let answers = json!({ "statement": format!("{STATEMENT} ").repeat(words) });
        host.call("applications.save", json!({ "id": draft, "answers": answers }));
    }
    host.refused("applications.save", json!({ "id": draft, "answers": { STATEMENT: STATEMENT } }));
    host.call("careers.save_search", json!({ "id": null, "name": SEARCH, "query": format!("q={SEARCH}") }));
    host.call("palette.find", json!({ "text": NAME, "language": "en" }));
    host.call("students.list", json!({ "text": NAME, "graduation_year": null }));
    nothing_readable(home, "open");
    let print = json!({ "id": draft, "language": "en", "today": "2026-11-23" });
    let (status, pdf) = host.ask("document/applications.pdf", &print);
    assert_eq!(status, 200);
    host.call("students.remove", json!({ "id": student }));
    host.call("vault.lock", nothing());
    host.refused("vault.unlock", json!({ "passphrase": WRONG }));
    host.refused("vault.recover", json!({ "recovery_key": WRONG, "passphrase": WRONG }));
    let groups = recovery["groups"].as_array().unwrap().iter().map(|group| group.as_str().unwrap());
    let typed = groups.collect::<Vec<_>>().join(" ");
    host.call("vault.recover", json!({ "recovery_key": typed, "passphrase": PASSPHRASE }));
    assert_eq!(
        find_in_plain(home, &[&typed, &typed.replace(' ', "")]),
        [],
        "the recovery key is kept nowhere"
    );
    // Ended the hard way, with a log that nobody folded in.
    pdf
}

fn nothing_readable(home: &Path, when: &str) {
    let found = find_in_plain(home, &WORDS);
    assert_eq!(found, [], "{when}");
}

fn records(home: &Path) -> PathBuf {
    home.join("data/waymark/records")
}

#[test]
fn nothing_that_the_program_writes_in_a_whole_life_can_be_read_without_the_passphrase() {
    let place = TempDir::new().unwrap();
    let home = place.path().join("home");
    fs::create_dir(&home).unwrap();
    let pdf = live(&home);
    assert!(pdf.starts_with(b"%PDF"), "what was exported on purpose is a document");
    nothing_readable(&home, "killed");
    let host = Host::start(&home);
    host.call("vault.unlock", json!({ "passphrase": PASSPHRASE }));
    host.call("vault.lock", json!({}));
    drop(host);
    nothing_readable(&home, "started again and locked");
    assert!(home.join("terminal.log").is_file(), "what it says is among what was scanned");

    let key = database_key(&records(&home).join("records.keys"), PASSPHRASE);
    let found = find_in_decrypted(&home, &key, &WORDS);
    for (word, planted) in WORDS.iter().enumerate().take(4) {
        assert!(found.iter().any(|place| place.word == word), "{planted} is not where it was kept");
    }
    assert!(!found.iter().any(|place| place.word >= 4), "no passphrase stands in the records");
}
