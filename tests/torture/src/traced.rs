//! What a whole process did to its files, from `strace`: SQLite's and our own alike, in the order in which they came,
//! with what the process said between them. A call that changes files in a way that the model does not know is a fault
//! of the trace, never passed over.

use std::collections::BTreeMap;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use waymark_fault_layer::disk::{Disk, Op};

/// The calls that are looked at.
const CALLS: &str = "open,openat,creat,close,dup,dup2,dup3,read,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,\
    fallocate,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,\
    symlink,symlinkat,copy_file_range,sendfile,lseek";

/// Why nothing can be traced here; none where it can.
#[must_use]
pub fn why_not() -> Option<String> {
    match Command::new("strace").args(["-f", "-e", "trace=fsync", "-o", "/dev/null", "true"]).output() {
        Ok(output) if output.status.success() => None,
        Ok(_) => Some("this user may not trace a process".into()),
        Err(_) => Some("there is no strace".into()),
    }
}

/// The words that put `command` under a trace kept in `log`.
#[must_use]
pub fn traced(command: &Command, log: &Path) -> Command {
    let mut strace = Command::new("strace");
    strace.args([
        "-f",
        "-q",
        "-xx",
        "-s",
        "16777216",
        "-e",
        &format!("trace={CALLS}"),
        "-e",
        "signal=none",
        "-o",
    ]);
    strace.arg(log).arg("--").arg(command.get_program()).args(command.get_args());
    strace
}

/// A file that the process has open.
#[derive(Debug, Clone)]
struct Open {
    /// Below the home; none for any other file.
    path: Option<PathBuf>,
    at: u64,
    appends: bool,
}

struct Reading {
    home: PathBuf,
    open: BTreeMap<i64, Open>,
    /// Names as they are now, to know what a call makes and what it finds.
    disk: Disk,
    ops: Vec<Op>,
    said: Vec<u8>,
}

/// Reads a trace: what was done below `home`, which held what `disk` holds, and what was said on standard output.
pub fn read(log: &str, home: &Path, disk: Disk) -> Result<Vec<Op>, String> {
    let output = Open { path: None, at: 0, appends: false };
    let mut reading = Reading {
        home: home.to_path_buf(),
        open: BTreeMap::from([(1, output)]),
        disk,
        ops: Vec::new(),
        said: Vec::new(),
    };
    let mut unfinished: BTreeMap<&str, String> = BTreeMap::new();
    for line in log.lines() {
        let Some((process, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some(begun) = call.strip_suffix("<unfinished ...>") {
            unfinished.insert(process, begun.trim_end().to_owned());
        } else if let Some(rest) = call.strip_prefix("<... ") {
            let begun = unfinished.remove(process).ok_or("a call ends that never began")?;
            let (_, rest) = rest.split_once(" resumed>").ok_or("a call that can't be read")?;
            reading.call(&format!("{begun}{rest}"))?;
        } else if call.contains('(') && !call.starts_with("+++") && !call.starts_with("---") {
            reading.call(call)?;
        }
    }
    Ok(reading.ops)
}

impl Reading {
    fn call(&mut self, text: &str) -> Result<(), String> {
        let (name, rest) = text.split_once('(').ok_or("a call without a name")?;
        let (arguments, answer) =
            rest.rsplit_once(" = ").ok_or_else(|| format!("{name} without an answer"))?;
        let arguments = arguments.trim_end().strip_suffix(')').unwrap_or(arguments);
        let answer: i64 = answer.split(' ').next().and_then(|answer| answer.parse().ok()).unwrap_or(-1);
        // What failed has changed nothing.
        if answer < 0 {
            return Ok(());
        }
        let words = split(arguments);
        let word = |index: usize| words.get(index).map_or("", String::as_str);
        match name {
            "open" | "creat" => self.opened(self.below(word(0))?, word(1), answer),
            "openat" => self.opened(self.below(word(1))?, word(2), answer),
            "close" => {
                self.open.remove(&number(word(0)));
            }
            "dup" | "dup2" | "dup3" => {
                if let Some(open) = self.open.get(&number(word(0))).cloned() {
                    self.open.insert(answer, open);
                }
            }
            "read" => self.move_on(number(word(0)), answer),
            "lseek" => {
                if let Some(open) = self.open.get_mut(&number(word(0))) {
                    open.at = answer.unsigned_abs();
                }
            }
            "write" => self.written(number(word(0)), None, &bytes(word(1))?, answer)?,
            "pwrite64" => {
                let at = number(word(3)).unsigned_abs();
                self.written(number(word(0)), Some(at), &bytes(word(1))?, answer)?;
            }
            "copy_file_range" | "sendfile" => self.copied(name, &words, answer)?,
            "ftruncate" => {
                if let Some(path) = self.path_of(number(word(0))) {
                    self.op(Op::Resize(path, number(word(1)).unsigned_abs()));
                }
            }
            "fsync" | "fdatasync" => self.synced(number(word(0))),
            "rename" => self.renamed(self.below(word(0))?, self.below(word(1))?)?,
            "renameat" | "renameat2" => self.renamed(self.below(word(1))?, self.below(word(3))?)?,
            "unlink" | "rmdir" => self.removed(self.below(word(0))?),
            "unlinkat" => self.removed(self.below(word(1))?),
            "link" => self.linked(self.below(word(0))?, self.below(word(1))?)?,
            "linkat" => self.linked(self.below(word(1))?, self.below(word(3))?)?,
            "mkdir" => self.made(self.below(word(0))?),
            "mkdirat" => self.made(self.below(word(1))?),
            other => {
                let touched = words.iter().any(|word| self.below(word).is_ok_and(|path| path.is_some()))
                    || self.path_of(number(word(0))).is_some();
                if touched {
                    return Err(format!("the model does not know {other}"));
                }
            }
        }
        Ok(())
    }

    fn op(&mut self, op: Op) {
        self.disk.apply(&op);
        self.ops.push(op);
    }

    /// The path below the home that a quoted argument names.
    fn below(&self, quoted: &str) -> Result<Option<PathBuf>, String> {
        if !quoted.starts_with('"') {
            return Ok(None);
        }
        let path = PathBuf::from(std::ffi::OsString::from_vec(bytes(quoted)?));
        Ok(path.strip_prefix(&self.home).ok().map(Path::to_path_buf))
    }

    fn path_of(&self, file: i64) -> Option<PathBuf> {
        self.open.get(&file)?.path.clone()
    }

    fn opened(&mut self, path: Option<PathBuf>, flags: &str, file: i64) {
        let open = Open { path: path.clone(), at: 0, appends: flags.contains("O_APPEND") };
        self.open.insert(file, open);
        let Some(path) = path else { return };
        let is_there = self.disk.seen(&path).is_some();
        if flags.contains("O_CREAT") && !is_there {
            self.op(Op::Create(path));
        } else if flags.contains("O_TRUNC") && is_there {
            self.op(Op::Resize(path, 0));
        }
    }

    fn move_on(&mut self, file: i64, by: i64) {
        if let Some(open) = self.open.get_mut(&file) {
            open.at += by.unsigned_abs();
        }
    }

    fn written(&mut self, file: i64, at: Option<u64>, bytes: &[u8], count: i64) -> Result<(), String> {
        let count = usize::try_from(count).unwrap_or(0);
        let bytes = bytes.get(..count).ok_or("the trace holds less than was written")?;
        if file == 1 {
            self.say(bytes);
            return Ok(());
        }
        let Some(open) = self.open.get(&file).cloned() else { return Ok(()) };
        let Some(path) = open.path else { return Ok(()) };
        let end = self.disk.seen(&path).map_or(0, |seen| seen.len() as u64);
        let place = at.unwrap_or(if open.appends { end } else { open.at });
        self.op(Op::Write(path, place, bytes.to_vec()));
        if at.is_none()
            && let Some(open) = self.open.get_mut(&file)
        {
            open.at = place + count as u64;
        }
        Ok(())
    }

    fn copied(&mut self, name: &str, words: &[String], count: i64) -> Result<(), String> {
        let word = |index: usize| words.get(index).map_or("", String::as_str);
        let (from, to) = match name {
            "copy_file_range" if word(1) == "NULL" && word(3) == "NULL" => (number(word(0)), number(word(2))),
            "sendfile" if word(2) == "NULL" => (number(word(1)), number(word(0))),
            _ => return Err(format!("the model does not know this {name}")),
        };
        if self.path_of(to).is_none() {
            return Ok(());
        }
        let source = self.open.get(&from).cloned().ok_or("a copy of a file that is not open")?;
        let path = source.path.ok_or("a copy of a file outside the home")?;
        let seen = self.disk.seen(&path).ok_or("a copy of a file that is not there")?;
        let first = usize::try_from(source.at).unwrap_or(0);
        let last = (first + usize::try_from(count).unwrap_or(0)).min(seen.len());
        let part = seen.get(first..last).unwrap_or_default().to_vec();
        self.move_on(from, count);
        self.written(to, None, &part, i64::try_from(part.len()).unwrap_or(0))
    }

    fn synced(&mut self, file: i64) {
        let Some(path) = self.path_of(file) else { return };
        if self.disk.seen(&path).is_some() {
            self.op(Op::Sync(path));
        } else {
            self.op(Op::SyncFolder(path));
        }
    }

    fn renamed(&mut self, from: Option<PathBuf>, to: Option<PathBuf>) -> Result<(), String> {
        match (from, to) {
            (Some(from), Some(to)) => {
                for open in self.open.values_mut() {
                    if open.path.as_ref() == Some(&from) {
                        open.path = Some(to.clone());
                    } else if open.path.as_ref() == Some(&to) {
                        open.path = None;
                    }
                }
                self.op(Op::Rename(from, to));
                Ok(())
            }
            (None, None) => Ok(()),
            _ => Err("a file was renamed into the home or out of it".into()),
        }
    }

    fn linked(&mut self, from: Option<PathBuf>, to: Option<PathBuf>) -> Result<(), String> {
        match (from, to) {
            (Some(from), Some(to)) => self.op(Op::Link(from, to)),
            (None, None) => {}
            _ => return Err("a file of the home has a name outside it".into()),
        }
        Ok(())
    }

    fn removed(&mut self, path: Option<PathBuf>) {
        if let Some(path) = path {
            for open in self.open.values_mut().filter(|open| open.path.as_ref() == Some(&path)) {
                open.path = None;
            }
            self.op(Op::Remove(path));
        }
    }

    fn made(&mut self, path: Option<PathBuf>) {
        if let Some(path) = path {
            self.op(Op::Folder(path));
        }
    }

    fn say(&mut self, bytes: &[u8]) {
        self.said.extend_from_slice(bytes);
        while let Some(end) = self.said.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.said.drain(..=end).collect();
            self.ops.push(Op::Said(String::from_utf8_lossy(&line).trim_end().to_owned()));
        }
    }
}

/// The arguments of a call; a comma within quotes parts nothing (and in `-xx` there is none).
fn split(arguments: &str) -> Vec<String> {
    arguments.split(", ").map(|word| word.trim().to_owned()).collect()
}

fn number(word: &str) -> i64 {
    word.parse().unwrap_or(-1)
}

/// The bytes of `"\x61\x62"`.
fn bytes(quoted: &str) -> Result<Vec<u8>, String> {
    let inner =
        quoted.strip_prefix('"').and_then(|quoted| quoted.strip_suffix('"')).ok_or("a text that was cut")?;
    inner
        .split("\\x")
        .skip(1)
        .map(|pair| u8::from_str_radix(pair, 16).map_err(|_| "a text that can't be read".to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> PathBuf {
        PathBuf::from(name)
    }

    fn hex(text: &str) -> String {
        let bytes: Vec<String> = text.bytes().map(|byte| format!("\\x{byte:02x}")).collect();
        format!("\"{}\"", bytes.concat())
    }

    #[test]
    fn a_trace_is_read_call_by_call_across_threads() {
        let log = [
            format!(
                "7 openat(AT_FDCWD, {}, O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 3",
                hex("/home/a.new")
            ),
            format!("7 write(3, {}, 5) = 5", hex("hello")),
            "7 fsync(3 <unfinished ...>".to_owned(),
            format!("8 write(1, {}, 5) = 5", hex("said\n")),
            "7 <... fsync resumed>) = 0".to_owned(),
            format!("7 rename({}, {}) = 0", hex("/home/a.new"), hex("/home/a")),
            format!("7 openat(AT_FDCWD, {}, O_RDONLY|O_CLOEXEC) = 4", hex("/home")),
            "7 fsync(4) = 0".to_owned(),
            format!("7 unlink({}) = -1 ENOENT (No such file or directory)", hex("/home/b")),
            format!("7 pwrite64(3, {}, 2, 1) = 2", hex("EL")),
            "7 +++ exited with 0 +++".to_owned(),
        ]
        .join("\n");
        let ops = read(&log, Path::new("/home"), Disk::new()).unwrap();
        let expected = [
            Op::Create(path("a.new")),
            Op::Write(path("a.new"), 0, b"hello".to_vec()),
            Op::Said("said".into()),
            Op::Sync(path("a.new")),
            Op::Rename(path("a.new"), path("a")),
            Op::SyncFolder(path("")),
            Op::Write(path("a"), 1, b"EL".to_vec()),
        ];
        assert_eq!(ops, expected);
    }

    #[test]
    fn a_change_that_the_model_does_not_know_is_not_passed_over() {
        let log = format!("7 symlink({}, {}) = 0", hex("/home/a"), hex("/home/b"));
        assert!(read(&log, Path::new("/home"), Disk::new()).is_err());
        let elsewhere = format!("7 symlink({}, {}) = 0", hex("/tmp/a"), hex("/tmp/b"));
        assert_eq!(read(&elsewhere, Path::new("/home"), Disk::new()), Ok(Vec::new()));
    }

    #[test]
    fn a_copy_within_the_home_is_known_byte_by_byte() {
        let log = [
            format!("7 openat(AT_FDCWD, {}, O_RDWR|O_CREAT, 0600) = 3", hex("/home/a")),
            format!("7 write(3, {}, 3) = 3", hex("abc")),
            format!("7 openat(AT_FDCWD, {}, O_RDONLY) = 4", hex("/home/a")),
            format!("7 openat(AT_FDCWD, {}, O_WRONLY|O_CREAT|O_TRUNC, 0600) = 5", hex("/home/b")),
            "7 copy_file_range(4, NULL, 5, NULL, 1073741824, 0) = 3".to_owned(),
            "7 copy_file_range(4, NULL, 5, NULL, 1073741824, 0) = 0".to_owned(),
        ]
        .join("\n");
        let ops = read(&log, Path::new("/home"), Disk::new()).unwrap();
        assert_eq!(ops.last(), Some(&Op::Write(path("b"), 3, Vec::new())));
        assert!(ops.contains(&Op::Write(path("b"), 0, b"abc".to_vec())), "{ops:?}");
    }
}
