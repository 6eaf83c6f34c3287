//! Holds the directions between the rooms (`docs/ARCHITECTURE.md`): who may depend on whom, where SQL and Tauri may
//! stand, and how large things may grow. The pages' directions are held by their linter.

#![forbid(unsafe_code)]
#![allow(clippy::expect_used, reason = "a test that cannot look has failed")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each room and the rooms that it may use. A room that is missing here has no place in the plan yet.
const MAY_USE: &[(&str, &[&str])] = &[
    // The hosts name the clock and the cost of keys that `api` is to use; everything else goes through it.
    ("waymark", &["waymark-api", "waymark-records", "waymark-system"]),
    ("waymark-devhost", &["waymark-api", "waymark-records"]),
    ("waymark-cli", &["waymark-api", "waymark-catalogue", "waymark-forms", "waymark-system"]),
    (
        "waymark-api",
        &["waymark-records", "waymark-catalogue", "waymark-forms", "waymark-documents", "waymark-system"],
    ),
    ("waymark-records", &[]),
    ("waymark-catalogue", &[]),
    ("waymark-forms", &[]),
    ("waymark-documents", &[]),
    ("waymark-system", &[]),
    ("waymark-bare-window", &[]),
    // What reads the program's files by other code than the program's.
    ("waymark-tests", &["waymark-records"]),
    ("waymark-fuzz", &["waymark-api", "waymark-records", "waymark-catalogue", "waymark-forms"]),
    // Below SQLite, and so below everything; it knows none of it.
    ("waymark-fault-layer", &[]),
    (
        "waymark-torture",
        &["waymark-api", "waymark-records", "waymark-fault-layer", "waymark-tests", "waymark-fuzz"],
    ),
    ("xtask", &["waymark-catalogue"]),
];

/// The most lines that a file may have, by folder and kind; `CONTRIBUTING.md` says what is usual.
const LONGEST: &[(&str, &[&str], usize)] = &[
    ("crates", &["rs"], 800),
    ("src-tauri", &["rs"], 800),
    ("xtask", &["rs"], 800),
    ("tests/tests", &["rs"], 800),
    ("tests/benches", &["rs"], 800),
    ("tests/fault-layer", &["rs"], 800),
    ("tests/torture", &["rs"], 800),
    ("ui/src", &["svelte", "ts"], 300),
    ("tests/journeys/browser", &["mjs"], 400),
    ("tests/journeys/window", &["mjs"], 400),
    ("tests/journeys/support", &["mjs"], 400),
];

/// Rooms that nothing shipped may reach.
const NEVER_SHIPPED: &[&str] = &[
    "waymark-devhost",
    "waymark-tests",
    "waymark-fuzz",
    "waymark-bare-window",
    "waymark-fault-layer",
    "waymark-torture",
    "xtask",
];

/// The one package that may contain `unsafe`: a layer below SQLite is made of C's function pointers.
const MAY_BE_UNSAFE: &str = "waymark-fault-layer";

#[derive(Default)]
struct Package {
    manifest: PathBuf,
    /// Rooms that it uses, other than in its own tests.
    rooms: BTreeSet<String>,
    /// Everything else that it uses, other than in its own tests.
    others: BTreeSet<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the checkout").to_path_buf()
}

fn packages() -> BTreeMap<String, Package> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let listed = metadata["packages"].as_array().expect("packages");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let names: BTreeSet<String> = listed.iter().map(|package| text(&package["name"])).collect();
    let mut packages = BTreeMap::new();
    for package in listed {
        let used = package["dependencies"].as_array().expect("dependencies").iter();
        let used =
            used.filter(|dependency| dependency["kind"] != "dev").map(|dependency| text(&dependency["name"]));
        let (rooms, others) = used.partition(|name| names.contains(name));
        packages.insert(
            text(&package["name"]),
            Package { manifest: text(&package["manifest_path"]).into(), rooms, others },
        );
    }
    packages
}

/// The lines of code of every Rust file below `folder`, without comments and without the tests at a file's end.
fn code(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    files_of(folder, &["rs"], &mut files);
    files
        .into_iter()
        .filter(|file| {
            !file.ends_with("tests.rs") && !file.components().any(|part| part.as_os_str() == "tests")
        })
        .map(|file| {
            let text = fs::read_to_string(&file).expect("a readable file");
            let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
            let lines: Vec<&str> = lines.filter(|line| !line.trim_start().starts_with("//")).collect();
            (file, lines.join("\n"))
        })
        .collect()
}

/// The files below `folder` with one of these endings.
fn files_of(folder: &Path, endings: &[&str], files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files_of(&path, endings, files);
        } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            files.push(path);
        }
    }
}

fn assert_absent(folders: &[&str], words: &[&str], reason: &str) {
    let mut faults = Vec::new();
    for folder in folders {
        for (file, code) in code(&root().join(folder)) {
            faults.extend(
                words
                    .iter()
                    .filter(|word| code.contains(**word))
                    .map(|word| format!("{}: {word}", file.display())),
            );
        }
    }
    assert!(faults.is_empty(), "{reason}:\n{}", faults.join("\n"));
}

#[test]
fn no_room_uses_a_room_that_stands_above_or_beside_it() {
    let may_use: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    for (name, package) in packages() {
        let allowed = may_use
            .get(name.as_str())
            .unwrap_or_else(|| panic!("{name} is not in the plan: add it here and to docs/ARCHITECTURE.md"));
        for used in &package.rooms {
            assert!(allowed.contains(&used.as_str()), "{name} uses {used}, which it may not");
        }
    }
}

#[test]
fn the_hosts_take_nothing_from_the_records_but_clock_and_cost() {
    for folder in ["src-tauri/src", "crates/devhost/src"] {
        for (file, code) in code(&root().join(folder)) {
            for line in code.lines().filter(|line| line.contains("waymark_records")) {
                let found = line.replace("use waymark_records::", "");
                let names =
                    found.split(|letter: char| !letter.is_alphanumeric()).filter(|name| !name.is_empty());
                for name in names {
                    assert!(["Computer", "Cost"].contains(&name), "{}: {line}", file.display());
                }
            }
        }
    }
}

#[test]
fn nothing_that_is_only_for_tests_reaches_the_shipped_program() {
    let packages = packages();
    let mut reached = BTreeSet::new();
    let mut open = vec!["waymark".to_owned()];
    while let Some(name) = open.pop() {
        if let Some(package) = packages.get(&name)
            && reached.insert(name)
        {
            open.extend(package.rooms.iter().cloned());
        }
    }
    assert!(reached.len() > 4, "the window was not found: {reached:?}");
    for name in NEVER_SHIPPED {
        assert!(!reached.contains(*name), "{name} is part of the shipped program");
    }
}

#[test]
fn only_the_window_knows_tauri() {
    for (name, package) in packages() {
        if !["waymark", "waymark-bare-window"].contains(&name.as_str()) {
            let found: Vec<&String> =
                package.others.iter().filter(|other| other.starts_with("tauri")).collect();
            assert!(found.is_empty(), "{name} uses {found:?}");
        }
    }
    assert_absent(&["crates"], &["tauri::"], "Tauri's names stand outside the window");
}

#[test]
fn only_records_and_catalogue_speak_sql() {
    for (name, package) in packages() {
        if !["waymark-records", "waymark-catalogue", "waymark-tests", "xtask", MAY_BE_UNSAFE]
            .contains(&name.as_str())
        {
            assert!(!package.others.contains("rusqlite"), "{name} uses rusqlite");
        }
    }
    assert_absent(
        &[
            "crates/api/src",
            "crates/forms/src",
            "crates/documents/src",
            "crates/cli/src",
            "crates/devhost/src",
            "src-tauri",
        ],
        &["rusqlite", "\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "PRAGMA "],
        "SQL stands outside records and catalogue",
    );
}

#[test]
fn the_catalogue_never_sees_a_student() {
    assert_absent(
        &["crates/catalogue/src"],
        &["student_id", "StudentId", "struct Student"],
        "the catalogue knows students",
    );
}

#[test]
fn forms_do_no_input_or_output() {
    let outside = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::time",
        "std::thread",
        "tokio",
        "getrandom",
        "::now()",
    ];
    assert_absent(&["crates/forms/src"], &outside, "forms are pure");
    let packages = packages();
    let forms = packages.get("waymark-forms").expect("forms");
    for name in ["rusqlite", "tokio", "getrandom", "tempfile", "directories"] {
        assert!(!forms.others.contains(name), "forms use {name}");
    }
}

#[test]
fn no_shipped_room_opens_a_socket_of_its_own() {
    let shipped = ["api", "records", "catalogue", "forms", "documents", "system", "cli"]
        .map(|room| format!("crates/{room}/src"));
    let mut folders: Vec<&str> = shipped.iter().map(String::as_str).collect();
    folders.push("src-tauri");
    assert_absent(
        &folders,
        &["TcpListener", "TcpStream", "UdpSocket", "tokio::net", "std::net"],
        "the program is offline",
    );
}

#[test]
fn every_package_keeps_the_workspace_s_lints() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("a readable manifest");
    assert_eq!(lints(&workspace, "workspace.lints.rust").get("unsafe_code"), Some(&"\"forbid\"".to_owned()));
    for (name, package) in packages() {
        let manifest = fs::read_to_string(&package.manifest).expect("a readable manifest");
        if name == MAY_BE_UNSAFE {
            let mut rust = lints(&workspace, "workspace.lints.rust");
            rust.insert("unsafe_code".into(), "\"allow\"".into());
            assert_eq!(lints(&manifest, "lints.rust"), rust);
            assert_eq!(lints(&manifest, "lints.clippy"), lints(&workspace, "workspace.lints.clippy"));
        } else {
            assert!(manifest.contains("[lints]\nworkspace = true"), "{name} has lints of its own");
        }
    }
}

/// The lines of one table of a manifest, by name.
fn lints(manifest: &str, table: &str) -> BTreeMap<String, String> {
    let lines = manifest.lines().skip_while(|line| *line != format!("[{table}]")).skip(1);
    let found: BTreeMap<String, String> = lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, level)| (name.to_owned(), level.to_owned()))
        .collect();
    assert!(!found.is_empty(), "there is no [{table}]");
    found
}

#[test]
fn files_stay_short_enough_to_be_read() {
    let mut long = Vec::new();
    for (folder, endings, most) in LONGEST {
        let mut files = Vec::new();
        files_of(&root().join(folder), endings, &mut files);
        assert!(!files.is_empty(), "{folder} has no such files");
        // What a program writes is read by programs.
        files.retain(|file| !file.starts_with(root().join("ui/src/generated")));
        for file in files {
            let lines = fs::read_to_string(&file).expect("a readable file").lines().count();
            if lines > *most {
                long.push(format!("{}: {lines} lines, {most} at most", file.display()));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    let window: usize = code(&root().join("src-tauri")).iter().map(|(_, code)| code.lines().count()).sum();
    assert!(window < 1000, "the window has {window} lines; what it decides belongs in crates/api");
}
