//! Whoever carries out operations: a desk in this process, or `waymark-devhost` over loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use waymark_api::{Desk, Paths, contract};
use waymark_records::{Computer, Cost, Surroundings};

/// Carries out operations by name. A refusal is its code; a host that is gone answers with [`GONE`].
pub trait Host {
    /// Carries out one.
    fn call(&mut self, operation: &str, input: Value) -> Result<Value, String>;
}

/// The code of a host that was ended.
pub const GONE: &str = "host.gone";

/// A desk in this process, over a home folder laid out as `waymark-devhost --home` does it.
pub struct InProcess {
    runtime: Runtime,
    desk: Arc<Desk>,
}

impl InProcess {
    /// With the computer's own clock.
    #[must_use]
    pub fn at(home: &Path) -> Self {
        Self::with(home, Arc::new(Computer))
    }

    /// With another clock.
    #[must_use]
    pub fn with(home: &Path, surroundings: Arc<dyn Surroundings>) -> Self {
        let paths = Paths {
            settings: home.join("settings.json"),
            records: records(home),
            catalogue: catalogue(),
            renewed_catalogue: None,
            fonts: Vec::new(),
        };
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        Self { runtime, desk: Arc::new(Desk::new(paths, surroundings, Cost::WEAK_FOR_TESTS)) }
    }

    /// Takes ownership of the folder, as a host does before it shows anything.
    pub fn own(&self) -> Result<(), String> {
        self.desk.own().map_err(|error| error.code.to_owned())
    }
}

impl Host for InProcess {
    fn call(&mut self, operation: &str, input: Value) -> Result<Value, String> {
        let called = self.runtime.block_on(contract::call(&self.desk, operation, input));
        called.map_err(|error| error.code.to_owned())
    }
}

/// The records folder of a home.
#[must_use]
pub fn records(home: &Path) -> PathBuf {
    home.join("records")
}

/// The compiled catalogue; no run needs it to be there.
#[must_use]
pub fn catalogue() -> PathBuf {
    std::env::var_os("WAYMARK_CATALOGUE")
        .map_or_else(|| root().join("target/waymark-catalogue.db"), PathBuf::from)
}

/// The checkout.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A program of the workspace beside this one. Tests lie one folder deeper.
#[must_use]
pub fn program(name: &str) -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    let named = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    here.ancestors().skip(1).take(2).map(|folder| folder.join(&named)).find(|path| path.is_file())
}

/// `waymark-devhost` on a home; ended the hard way when dropped.
pub struct Devhost {
    child: Child,
    address: String,
    token: String,
}

impl Devhost {
    /// Starts it and waits for its address.
    pub fn start(home: &Path) -> Result<Self, String> {
        let program = program("waymark-devhost").ok_or("waymark-devhost is not built")?;
        let mut child = Command::new(program)
            .arg("--home")
            .arg(home)
            .arg("--catalogue")
            .arg(catalogue())
            .arg("--pages")
            .arg(home)
            .arg("--weak-keys")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.kind().to_string())?;
        let mut line = String::new();
        let read = child.stdout.take().map(|stdout| BufReader::new(stdout).read_line(&mut line));
        let parts = line.trim().strip_prefix("http://").and_then(|line| line.split_once("/?token="));
        if let (Some(Ok(_)), Some((address, token))) = (read, parts) {
            Ok(Self { child, address: address.to_owned(), token: token.to_owned() })
        } else {
            end(&mut child);
            Err("waymark-devhost named no address".into())
        }
    }

    /// What ends it from another thread.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power cut of the program would.
    pub fn kill(&mut self) {
        end(&mut self.child);
    }

    fn ask(&self, operation: &str, input: &Value) -> std::io::Result<(u16, String)> {
        let body = input.to_string();
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "POST /call/{operation} HTTP/1.0\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nX-Waymark-Token: {}\r\n\r\n{body}",
            self.address,
            body.len(),
            self.token,
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let cut = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        // An answer that was cut is no answer.
        if length.is_some_and(|length| body.len() < length) {
            return Err(cut());
        }
        Ok((status, body.to_owned()))
    }
}

impl Host for Devhost {
    fn call(&mut self, operation: &str, input: Value) -> Result<Value, String> {
        let Ok((status, body)) = self.ask(operation, &input) else { return Err(GONE.into()) };
        let answer: Value = serde_json::from_str(&body).map_err(|_| GONE.to_owned())?;
        match status {
            200 => Ok(answer),
            _ => Err(answer["code"].as_str().unwrap_or("no code").to_owned()),
        }
    }
}

impl Drop for Devhost {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Ends a program that this one started, the hard way; one that has ended already is none to end.
pub fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Whether the records are there, and how they stand: `first_run`, `locked`, `unlocked`, or the code of the problem.
pub fn standing(host: &mut dyn Host) -> Result<String, String> {
    let status = host.call("vault.status", json!({}))?;
    let text = |name: &str| status[name].as_str().map(str::to_owned);
    text("problem").or_else(|| text("state")).ok_or_else(|| "no state".into())
}
