//! Real disks and folders that give trouble: a small disk that fills up, one that becomes read-only, a user who may not
//! write, a folder that is moved away or deleted under the program. What a machine does not allow is counted as not run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;
use waymark_fault_layer::random::Random;

use crate::acts::Step;
use crate::drive::{Drive, Line, drive, take, verify, verify_with, worlds};
use crate::faults::{OF_THE_DISK, base, unfinished};
use crate::files::{copy, keep, place};
use crate::host::{Host, InProcess, records, standing};
use crate::kills::worker;
use crate::report::{Report, Tally, Wish};
use crate::state::State;

/// One case, by its seed. A text says why it can't be run here.
type Case = fn(u64) -> Result<Option<String>, String>;

/// The cases, taken in turn.
const CASES: &[(&str, Case)] = &[
    ("full disk", full_disk),
    ("read-only disk", read_only_disk),
    ("another user", another_user),
    ("folder moved away", folder_moved),
    ("folder deleted", folder_deleted),
];

/// All of them, again and again with other work.
pub fn run(wish: Wish) -> Report {
    let mut tally = Tally::new("mounts", wish);
    let mut impossible: Vec<&str> = Vec::new();
    let mut skipped = 0;
    while let Some(seed) = tally.next_seed().map(|seed| seed + skipped) {
        let index = usize::try_from(seed).unwrap_or(0) % CASES.len();
        let Some((name, case)) = CASES.get(index) else { break };
        if impossible.len() == CASES.len() {
            break;
        }
        if impossible.contains(name) {
            skipped += 1;
            continue;
        }
        match case(seed) {
            Ok(None) => tally.case(seed, Ok(())),
            Ok(Some(why)) => {
                impossible.push(name);
                tally.not_run(format!("{name}: {why}"));
            }
            Err(fault) => tally.case(seed, Err(format!("{name}: {fault}"))),
        }
    }
    tally.report()
}

/// A disk of its own, taken away when dropped.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(at);
        quiet(&mut mount).then(|| Self(at.to_path_buf()))
    }

    fn again(&self, how: &str) -> bool {
        quiet(Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.0))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        quiet(Command::new("umount").arg("--lazy").arg(&self.0));
    }
}

fn quiet(command: &mut Command) -> bool {
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    ended.is_ok_and(|status| status.success())
}

fn told(error: &std::io::Error) -> String {
    error.kind().to_string()
}

/// Each refusal names the disk.
fn named(lines: &[Line], allowed: &[&str]) -> Result<usize, String> {
    let (mut refused, mut act) = (0, "");
    for line in lines {
        if let Line::Begin(step) = line {
            act = &step.act;
        }
        if let Line::Refused(code) = line {
            refused += 1;
            // Where space is scarce, old backups are dropped.
            let dropped = act.starts_with("restore_") && code == "backups.not_found";
            if !allowed.contains(&code.as_str()) && code != "vault.locked" && !dropped {
                return Err(format!("{act} was refused with {code}"));
            }
        }
    }
    Ok(refused)
}

/// A save into some draft; where none is left, the beginning of one.
#[must_use]
pub fn any_save(state: &State, key: &str, text: &str) -> Step {
    match state.drafts.keys().next() {
        Some(draft) => Step::new("save", &[draft, key, text]),
        None => Step::new("start", &["College begun last", ""]),
    }
}

/// Saves once more, which must go well.
fn save(host: &mut dyn Host, state: &mut State, lines: &mut Vec<Line>) -> Result<(), String> {
    if standing(host)? != "unlocked" {
        host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }))?;
    }
    let step = any_save(state, "statement", "kept in the page until it could be saved");
    take(host, state, &step, &mut |line| lines.push(line.clone()))?;
    match lines.last() {
        Some(Line::Refused(code)) => Err(format!("all is well again and nothing can be saved: {code}")),
        _ => Ok(()),
    }
}

fn full_disk(seed: u64) -> Result<Option<String>, String> {
    let base = base()?;
    let mut random = Random::new(seed);
    let (_place, path) = place();
    let Some(_disk) = Disk::mount(&path, "6m") else {
        return Ok(Some("this user may not mount a disk".into()));
    };
    let home = path.join("home");
    copy(&base.home, &home).map_err(|error| told(&error))?;
    let mut host = InProcess::at(&home);
    let mut state = base.state.clone();
    host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }))?;
    // All room but a little is taken by something else.
    let ballast = path.join("ballast");
    let taken = (1..1000)
        .take_while(|size| std::fs::write(&ballast, vec![0; size * 65_536]).is_ok())
        .last()
        .unwrap_or(1);
    std::fs::write(&ballast, vec![0; (taken * 65_536).saturating_sub(random.below(300_000))])
        .map_err(|e| told(&e))?;
    let mut lines = Vec::new();
    let prefix = format!("d{seed:x}");
    let how = Drive { acts: 60, prefix: &prefix, database_only: false };
    drive(&mut host, &mut state, &mut random, how, &mut |line| lines.push(line.clone()))?;
    let mut check = |host: &mut InProcess, lines: &mut Vec<Line>| {
        if named(lines, &["storage.disk_full", "storage.settings"])? == 0 {
            return Err("the disk was never full".to_owned());
        }
        if !unfinished(&home).is_empty() {
            return Err("half-written files are left".into());
        }
        std::fs::remove_file(&ballast).map_err(|error| told(&error))?;
        save(host, &mut state, lines)?;
        let worlds = worlds(&base.state, lines)?;
        verify_with(host, &worlds)?;
        Ok(worlds)
    };
    let checked = check(&mut host, &mut lines);
    drop(host);
    checked
        .and_then(|worlds| verify(&home, &worlds))
        .map(|_| ())
        .map(|()| None)
        .map_err(|fault| format!("{fault}; {}", keep(&home, "full-disk", seed)))
}

fn read_only_disk(seed: u64) -> Result<Option<String>, String> {
    let base = base()?;
    let (_place, path) = place();
    let Some(disk) = Disk::mount(&path, "16m") else {
        return Ok(Some("this user may not mount a disk".into()));
    };
    let home = path.join("home");
    copy(&base.home, &home).map_err(|error| told(&error))?;
    if !disk.again("ro") {
        return Ok(Some("this user may not make a disk read-only".into()));
    }
    let before = files(&home);
    let mut host = InProcess::at(&home);
    let refused = host.call("vault.unlock", json!({ "passphrase": base.state.secrets.passphrase }));
    let code = refused.err().ok_or("records on a read-only disk were opened for writing")?;
    if !OF_THE_DISK.contains(&code.as_str()) && code != "vault.folder_unusable" {
        return Err(format!("a read-only disk is told as {code}"));
    }
    if files(&home) != before {
        return Err("a read-only disk was written to".into());
    }
    disk.again("rw");
    let mut lines = Vec::new();
    let mut state = base.state.clone();
    save(&mut host, &mut state, &mut lines)
        .and_then(|()| verify_with(&mut host, &worlds(&base.state, &lines)?))
        .map(|_| None)
        .map_err(|fault| format!("written to again: {fault}; {}", keep(&home, "read-only", seed)))
}

fn files(home: &Path) -> Vec<(String, Option<Vec<u8>>)> {
    let entries = records(home).read_dir().into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<_> = entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).ok()))
        .collect();
    files.sort();
    files
}

/// Root writes through modes, so another user tries: may read, may not write.
#[cfg(unix)]
fn another_user(seed: u64) -> Result<Option<String>, String> {
    use std::os::unix::fs::PermissionsExt;
    let base = base()?;
    let (_place, path) = place();
    let home = path.join("home");
    copy(&base.home, &home).map_err(|error| told(&error))?;
    let command = worker(&home, &base.state, seed, 5)?;
    let mut other = Command::new("setpriv");
    other.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
    if !quiet(Command::new("setpriv").args([
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "--",
        "true",
    ])) {
        return Ok(Some("this user may not become another".into()));
    }
    // The other user must reach the program and the folder.
    let program = path.join("torture");
    std::fs::copy(command.get_program(), &program).map_err(|error| told(&error))?;
    for (entry, mode) in [(&path, 0o755), (&program, 0o755), (&home, 0o755), (&records(&home), 0o755)] {
        std::fs::set_permissions(entry, std::fs::Permissions::from_mode(mode))
            .map_err(|error| told(&error))?;
    }
    for entry in records(&home).read_dir().into_iter().flatten().filter_map(Result::ok) {
        std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(0o644))
            .map_err(|e| told(&e))?;
    }
    for entry in [home.with_extension("known"), home.join("settings.json")] {
        std::fs::set_permissions(entry, std::fs::Permissions::from_mode(0o644))
            .map_err(|error| told(&error))?;
    }
    let before = files(&home);
    let output =
        other.arg(&program).args(command.get_args()).stdin(Stdio::null()).output().map_err(|e| told(&e))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Err("records that may not be written were opened for writing".into());
    }
    if !OF_THE_DISK.iter().any(|code| said.contains(code)) && !said.contains("vault.folder_unusable") {
        let code = said.split_whitespace().find(|word| word.contains('.')).unwrap_or("no code");
        return Err(format!("what may not be written is told as {code}"));
    }
    if files(&home) != before {
        return Err("what may not be written was written".into());
    }
    verify(&home, &worlds(&base.state, &[])?).map(|_| None)
}

#[cfg(not(unix))]
fn another_user(_: u64) -> Result<Option<String>, String> {
    Ok(Some("other users are tried on Unix alone".into()))
}

/// Renamed under the program: nothing that it acknowledges may be missing where the folder is now.
fn folder_moved(seed: u64) -> Result<Option<String>, String> {
    under(seed, |home| {
        let now = home.with_extension("moved");
        std::fs::rename(records(home), now.join("records"))?;
        Ok(now)
    })
}

/// Deleted under the program: it must not acknowledge what goes nowhere.
fn folder_deleted(seed: u64) -> Result<Option<String>, String> {
    under(seed, |home| {
        // Whoever deletes it has a copy, as a synchronising program has.
        let now = home.with_extension("moved");
        copy(&records(home), &now.join("records"))?;
        std::fs::remove_dir_all(records(home))?;
        Ok(now)
    })
}

fn under(seed: u64, away: fn(&Path) -> std::io::Result<PathBuf>) -> Result<Option<String>, String> {
    if cfg!(windows) {
        return Ok(Some("Windows keeps files that are open".into()));
    }
    let base = base()?;
    let (_place, path) = place();
    let home = path.join("home");
    copy(&base.home, &home).map_err(|error| told(&error))?;
    std::fs::create_dir_all(path.join("home.moved")).map_err(|error| told(&error))?;
    std::fs::copy(home.join("settings.json"), path.join("home.moved/settings.json"))
        .map_err(|error| told(&error))?;
    let mut random = Random::new(seed);
    let mut host = InProcess::at(&home);
    let mut state = base.state.clone();
    let mut lines = Vec::new();
    host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }))?;
    let prefix = format!("g{seed:x}");
    let how = Drive { acts: 5, prefix: &prefix, database_only: true };
    drive(&mut host, &mut state, &mut random, how, &mut |line| lines.push(line.clone()))?;
    let now = away(&home).map_err(|error| told(&error))?;
    for key in ["city", "statement", "more_text"] {
        let step = any_save(&state, key, "typed after the folder was gone");
        take(&mut host, &mut state, &step, &mut |line| lines.push(line.clone()))?;
    }
    let check = || {
        named(&lines, &["vault.not_there", "vault.file_missing", "storage.io"])?;
        // Whatever it says at the end, it does not fall over.
        let _ = host.call("vault.lock", json!({}));
        drop(host);
        verify(&now, &worlds(&base.state, &lines)?).map(|_| None)
    };
    check().map_err(|fault| format!("{fault}; {}", keep(&now, "folder", seed)))
}
