//! Two copies of the program on one folder: the second is told so, the first goes on, and a copy that was killed leaves
//! nothing behind that keeps the next one out.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::json;
use waymark_fault_layer::random::Random;

use crate::drive::{Drive, drive, verify, worlds};
use crate::faults::base;
use crate::files::{copy, keep, place};
use crate::host::{Host, InProcess, end, standing};
use crate::kills::{lines_of, worker};
use crate::report::{Report, Tally, Wish};

/// Two copies at once.
#[must_use]
pub fn run(wish: Wish) -> Report {
    let mut tally = Tally::new("copies", wish);
    while let Some(seed) = tally.next_seed() {
        let outcome = one(seed);
        tally.case(seed, outcome);
    }
    tally.report()
}

fn one(seed: u64) -> Result<(), String> {
    let base = base()?;
    let (_place, path) = place();
    let home = path.join("home");
    copy(&base.home, &home).map_err(|error| error.kind().to_string())?;
    let mut random = Random::new(seed);
    let mut lines = Vec::new();
    let mut state = base.state.clone();
    let mut check = || {
        let mut first = InProcess::at(&home);
        first.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }))?;
        second_is_refused(worker(&home, &state, seed, 5)?)?;
        let prefix = format!("t{seed:x}");
        let how = Drive { acts: 6, prefix: &prefix, database_only: false };
        drive(&mut first, &mut state, &mut random, how, &mut |line| lines.push(line.clone()))?;
        second_is_refused(worker(&home, &state, seed, 5)?)?;
        first.call("vault.lock", json!({}))?;
        // Locked, it is still the one that works with the folder.
        second_is_refused(worker(&home, &state, seed, 5)?)?;
        drop(first);
        state = verify(&home, &worlds(&base.state, &lines)?)?;

        let mut owner = worker(&home, &state, seed ^ 0x5eed, 400)?
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.kind().to_string())?;
        let mut output = BufReader::new(owner.stdout.take().ok_or("no output")?);
        let mut said = vec![String::new()];
        if let Some(line) = said.first_mut() {
            output.read_line(line).map_err(|error| error.kind().to_string())?;
        }
        let mut other = InProcess::at(&home);
        let refused = standing(&mut other);
        end(&mut owner);
        said.extend(output.lines().map_while(Result::ok));
        if refused? != "vault.in_use" {
            return Err("a second copy was let in beside a worker".to_owned());
        }
        if standing(&mut other)? != "locked" {
            return Err("a copy that was killed keeps the next one out".into());
        }
        drop(other);
        let said: Vec<String> = said.iter().map(|line| line.trim_end().to_owned()).collect();
        verify(&home, &worlds(&state, &lines_of(&said)?)?).map(|_| ())
    };
    check().map_err(|fault| format!("{fault}; {}", keep(&home, "copies", seed)))
}

/// A second copy must be told that the folder is in use, and nothing else.
pub fn second_is_refused(mut second: Command) -> Result<(), String> {
    let output = second.stdin(Stdio::null()).output().map_err(|error| error.kind().to_string())?;
    let told = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Err("a second copy was let in".into());
    }
    if !told.contains("vault.in_use") {
        return Err("a second copy was kept out and not told why".into());
    }
    Ok(())
}
