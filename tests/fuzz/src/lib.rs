//! Every reader of bytes that come from outside, each as one function that takes any bytes and must neither panic nor
//! break what it promises. `tests/replay.rs` feeds them the kept inputs of `corpus/` and seeded mutations of these, in
//! every test run; `libfuzzer/` feeds them to a fuzzer that watches which code they reach (`cargo xtask fuzz`).
//! Encrypted formats have two readers: one for the bytes as they lie on the disk, one for what stands behind the seal.
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a reader that breaks its promise ends the run, and that is what this is for"
)]

mod catalogue;
mod contract;
pub mod corpus;
mod files;
mod mutator;
mod pages;
mod plain;

pub use mutator::Mutator;

/// A reader.
#[derive(Clone, Copy)]
pub struct Reader {
    /// Its name, which is also that of its folder in `corpus/`.
    pub name: &'static str,
    /// What it reads.
    pub reads: &'static str,
    /// Feeds it.
    pub feed: fn(&[u8]),
    /// How many mutated inputs each ordinary test run feeds it.
    pub short: u32,
    /// Why a million inputs are too many for it, where they are: it does work for each that can't be left out.
    pub slow: Option<&'static str>,
}

/// All of them.
#[must_use]
pub fn readers() -> Vec<Reader> {
    let quick = |name, reads, feed| Reader { name, reads, feed, short: 3_000, slow: None };
    let slow = |name, reads, feed, short, why| Reader { name, reads, feed, short, slow: Some(why) };
    vec![
        quick("envelope", "the file of keys, as it lies on the disk", plain::envelope),
        quick(
            "envelope-behind-check",
            "the file of keys, with a check sum that fits",
            plain::envelope_behind_check,
        ),
        quick("recovery-key", "a recovery key as typed", plain::recovery_key),
        quick("school-key", "a school's public key as typed", plain::school_key),
        quick("change-images", "a row of the log of changes, behind the encryption", plain::images),
        quick("change-delta", "the delta of a long text, behind the encryption", plain::delta),
        quick("settings", "the file of settings", plain::settings),
        quick("managed", "the file in which a school sets values", plain::managed),
        quick("roster", "a roster pasted or read from a file", plain::roster),
        quick("change-part", "a part of the log of changes, behind the encryption", files::change_part),
        quick("write-ahead-log", "the log that an unclean stop left", pages::log),
        quick("write-ahead-log-behind-checksums", "the same with sums that fit", pages::log_behind_sums),
        quick("salvage-pages", "pages of a damaged file, behind the encryption", pages::pages),
        quick("salvage-report", "what a salvage left to be read later", files::salvage_report),
        quick("manifest", "the description of a backup, as it lies on the disk", files::manifest),
        quick("manifest-behind-seal", "the same behind its seal", files::manifest_behind_seal),
        quick("backup-name", "names of files in a folder of backups", files::backup_name),
        quick("decided-restore", "the file that names a restore under way", files::decided_restore),
        quick("checks", "the file of the last checks", files::checks),
        quick("sealed-text", "a text that was sealed for itself, as a memory aid is", files::sealed_text),
        slow(
            "salvage",
            "the same pages, encrypted, through a whole salvage",
            pages::salvage,
            60,
            "each writes a new encrypted file, checks it and waits for the disk",
        ),
        slow(
            "tries",
            "the file that counts wrong tries",
            files::tries,
            300,
            "each is counted up and written, and waits for the disk",
        ),
        // The shipped pack, from which its inputs come, has forty thousand letters.
        Reader { short: 400, ..quick("form-pack", "a form pack", plain::form_pack) },
        quick("answers", "answers of a draft, against the shipped form", plain::answers),
        quick("form-answers", "answers of a draft, against a form with everything", plain::form_answers),
        quick("form-migrate", "answers of a draft that moves to another version", plain::form_migrate),
        slow(
            "catalogue",
            "a catalogue file, as it lies on the disk",
            catalogue::outer,
            200,
            "the file is written and hashed as a whole",
        ),
        slow(
            "catalogue-behind-seal",
            "a catalogue file with a seal that fits",
            catalogue::inner,
            60,
            "the file is written, hashed, opened and every row is read",
        ),
        slow(
            "contract-locked",
            "an operation and its input, while the records are locked",
            contract::locked,
            1_000,
            "opening records derives keys and opens a database",
        ),
        slow(
            "contract-open",
            "an operation and its input, while the records are open",
            contract::open,
            3_000,
            "operations write to an encrypted database and wait for the disk",
        ),
    ]
}

/// What is read by nobody but developers, with the reason why no fuzzer feeds it.
pub const NOT_FUZZED: &[(&str, &str)] = &[
    (
        "guides, fact tables, word lists",
        "read when the catalogue is built, by developers, from this checkout",
    ),
    ("message files", "compiled into the pages when they are built"),
    ("addresses of pages", "property tests in ui/src/shared/router.test.ts"),
    ("arguments of the command line", "property tests in crates/cli"),
    (
        "the command line's files: passphrases, rosters, queries",
        "text of which the first line or every line goes where typed text goes, to readers that are fed here",
    ),
    (
        "copies of the file of keys in backup places, the keys of a new data key, a renewed catalogue",
        "the same readers as of the files themselves",
    ),
    (
        "texts sealed when the records lock",
        "they stay in this process's memory under a key of the records; no byte of them comes from outside",
    ),
    (
        "single values in the encrypted file: an answer, a PIN's hash, the counts of a certificate",
        "a page is authenticated before SQLite reads it, and each goes through serde_json into a plain shape",
    ),
    (
        "what the kernel says of mounts and of the time since the start",
        "written by the kernel, and read as lines of words",
    ),
    ("fonts of the computer", "read by the typesetter's own reader, which its authors fuzz"),
];
