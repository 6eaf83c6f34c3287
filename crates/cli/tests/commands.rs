//! The program itself, on a catalogue of made-up occupations: what it prints, and how it ends.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may end so")]

#[path = "../../catalogue/tests/common/mod.rs"]
mod common;

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::Data;
use serde_json::Value;

/// A catalogue and the program that reads it.
struct Desk(Data);

impl Desk {
    fn new() -> Self {
        let data = Data::with_short_guides();
        waymark_catalogue::build(&data.path(), &data.out()).unwrap_or_else(|faults| panic!("{faults}"));
        Self(data)
    }

    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = program(arguments);
        command.arg("--catalogue").arg(self.0.out());
        command
    }

    fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command that must work prints.
    fn text(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", errors(&output));
        assert_eq!(errors(&output), "", "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.text(&[arguments, &["--json"]].concat())).unwrap()
    }

    /// What a command that must not work says, and how it ends.
    fn refused(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments);
        assert_eq!(output.stdout, b"", "{arguments:?}");
        (output.status.code(), errors(&output))
    }

    /// The lines that answer a file of queries.
    fn batch(&self, queries: &[u8]) -> Vec<Value> {
        let file = self.0.path().join("queries.txt");
        fs::write(&file, queries).unwrap();
        let text = self.text(&["careers", "search", "--batch", file.to_str().unwrap()]);
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn program(arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark-cli"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn slugs(value: &Value) -> Vec<&str> {
    value["rows"].as_array().unwrap().iter().map(|row| row["slug"].as_str().unwrap()).collect()
}

#[test]
fn a_search_gives_code_address_title_and_score_the_best_first() {
    let desk = Desk::new();
    let found = desk.json(&["careers", "search", "kite"]);
    assert_eq!(found["query"], "kite");
    let rows = found["rows"].as_array().unwrap();
    assert!(rows.len() >= 2, "{found}");
    for row in rows {
        assert_eq!(row["code"], "11-1000.00", "{row}");
        assert!(row["title"].is_string() && row["slug"].is_string(), "{row}");
        assert!(row["score"].as_f64().is_some_and(|score| score > 0.0), "{row}");
    }
    let scores: Vec<f64> = rows.iter().map(|row| row["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    let one = desk.json(&["careers", "search", "kite", "--limit", "1"]);
    assert_eq!((one["rows"].as_array().unwrap().len(), &one["total"]), (1, &found["total"]));
    assert_eq!(desk.json(&["careers", "search", "qqxxzz"])["rows"], serde_json::json!([]));
    assert_eq!(desk.json(&["careers", "search", " "])["rows"], serde_json::json!([]));
}

#[test]
fn words_that_are_not_quoted_are_one_query_and_titles_follow_the_language() {
    let desk = Desk::new();
    let found = desk.json(&["--language", "es", "careers", "search", "fabricación", "de", "papalotes"]);
    assert_eq!(found["query"], "fabricación de papalotes");
    assert_eq!(found["rows"][0]["title"], "Fabricación de papalotes");
    let table = desk.text(&["careers", "search", "kite maker"]);
    let head: Vec<_> = table.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(head, ["code", "slug", "score", "title", "found_by"]);
    assert!(table.lines().nth(1).unwrap().starts_with("11-1000.00"), "{table}");
}

#[test]
fn every_line_of_a_file_is_answered_by_one_line_the_empty_and_the_hostile_too() {
    let desk = Desk::new();
    let long = "kite ".repeat(20_000);
    let queries: Vec<&[u8]> = vec![
        b"\xef\xbb\xbfkite maker\r\n",
        b"\n",
        b"   \n",
        b"\" OR 1=1; DROP TABLE career; --\n",
        b"\xff\xfe\xfd\n",
        b"a\0b\n",
        b"\x1b[2J\n",
        "\u{202e}🦄 ñandú %s {} $(x) `y`\n".as_bytes(),
        b"--json\n",
        long.as_bytes(),
        b"\nkite maker",
    ];
    let answers = desk.batch(&queries.concat());
    assert_eq!(answers.len(), queries.len());
    assert_eq!(answers[0]["query"], "kite maker");
    assert_eq!(answers[0]["rows"][0]["code"], "11-1000.00");
    assert_eq!(answers[1], serde_json::json!({ "query": "", "total": 0, "rows": [] }));
    assert_eq!(answers[2]["rows"], serde_json::json!([]));
    assert_eq!(answers[10]["rows"], answers[0]["rows"], "the same query, without a line's end");
    assert!(desk.batch(b"").is_empty());
    assert_eq!(desk.batch(b"\n").len(), 1);
}

#[test]
fn queries_come_from_standard_input_too() {
    let desk = Desk::new();
    let mut running = desk
        .command(&["careers", "search", "--batch", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    running.stdin.take().unwrap().write_all(b"weather\nkite\n").unwrap();
    let output = running.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
}

#[test]
fn a_career_is_shown_by_its_code_its_soc_code_or_its_address() {
    let desk = Desk::new();
    for name in ["11-1000.00", "11-1000", "kite-makers"] {
        let career = desk.json(&["careers", "show", name, "--place", "ST39"]);
        assert_eq!(
            (&career["slug"], &career["occupation"]["code"]),
            (&"kite-makers".into(), &"11-1000.00".into())
        );
        let places: Vec<_> =
            career["pay"].as_array().unwrap().iter().map(|pay| &pay["place"]["id"]).collect();
        assert_eq!(places, ["ST39", "US"], "{name}");
    }
    let text = desk.text(&["careers", "show", "kite-makers", "--place", "ST39", "--language", "es"]);
    for words in
        ["Fabricación de papalotes", "hourly only", "12.25", "at least 115", "31,000", "[does]", "made-up"]
    {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
}

#[test]
fn where_too_few_were_asked_the_middle_stands_alone() {
    let text = Desk::new().text(&["careers", "show", "kite-makers", "--place", "MA10000"]);
    let line = text.lines().find(|line| line.starts_with("Sampletown")).unwrap();
    assert!(line.contains("30,000") && line.matches("too few").count() == 4, "{line}");
}

#[test]
fn the_list_is_filtered_sorted_and_cut() {
    let desk = Desk::new();
    let all = desk.json(&["careers", "list"]);
    assert_eq!(all["total"], 4);
    assert_eq!(slugs(&all), ["cloud-tuner", "kite-maker", "kite-makers", "weather-workers"]);
    assert!(
        all["rows"].as_array().unwrap().iter().all(|row| row["code"].is_string() && row["pay"].is_object())
    );
    let paid = desk.json(&["careers", "list", "--sort", "pay", "--limit", "1"]);
    assert_eq!((&paid["total"], slugs(&paid)), (&4.into(), vec!["cloud-tuner"]));
    assert_eq!(
        slugs(&desk.json(&["careers", "list", "--min-pay", "50000"])),
        ["cloud-tuner", "weather-workers"]
    );
    let few = ["careers", "list", "--field", "weather,making", "--growth", "shrinking"];
    assert_eq!(slugs(&desk.json(&few)), ["kite-maker", "kite-makers"]);
    assert_eq!(slugs(&desk.json(&["careers", "list", "--education", "bachelors_degree"])).len(), 2);
    assert!(desk.text(&["careers", "list"]).lines().count() == 5);
}

#[test]
fn two_to_four_careers_stand_side_by_side_in_the_order_asked_for() {
    let desk = Desk::new();
    let both = desk.json(&["careers", "compare", "weather-workers", "11-1000.00"]);
    let found: Vec<_> = both.as_array().unwrap().iter().map(|career| &career["slug"]).collect();
    assert_eq!(found, ["weather-workers", "kite-makers"]);
    let text = desk.text(&["careers", "compare", "kite-makers", "weather-workers", "--place", "ST39"]);
    assert!(text.lines().next().unwrap().contains("Weather Workers"), "{text}");
    assert!(text.lines().any(|line| line.starts_with("US p50") && line.contains("31,000")), "{text}");
    assert_eq!(desk.refused(&["careers", "compare", "kite-makers"]).0, Some(2));
    assert_eq!(desk.refused(&["careers", "compare", "a", "b", "c", "d", "e"]).0, Some(2));
    assert_eq!(desk.refused(&["careers", "compare", "kite-makers", "11-1000.00"]).0, Some(2));
    assert_eq!(desk.refused(&["careers", "compare", "kite-makers", "nobody"]).0, Some(1));
}

#[test]
fn places_are_found_by_name() {
    let desk = Desk::new();
    let found = desk.json(&["places", "search", "sampletown"]);
    assert_eq!(found[0]["id"], "MA10000");
    assert_eq!(found[0]["kind"], "metropolitan");
    assert!(desk.text(&["places", "search", "ohio"]).contains("ST39"));
    assert_eq!(desk.json(&["places", "search", "nowhere at all"]), serde_json::json!([]));
}

#[test]
fn the_catalogue_says_what_it_holds_and_that_it_is_whole() {
    let desk = Desk::new();
    let info = desk.json(&["catalogue", "info"]);
    assert_eq!((&info["occupations"], &info["guides"], &info["careers"]), (&2.into(), &2.into(), &4.into()));
    assert_eq!(info["sources"][0]["release"], "1");
    assert!(desk.text(&["catalogue", "info"]).contains("Made-up figures"));
    let verified = desk.json(&["catalogue", "verify"]);
    assert_eq!(verified["checked"], serde_json::json!(["seal", "version", "structure", "references"]));
    assert_eq!((&verified["rows"]["career"], &verified["rows"]["place"]), (&4.into(), &5.into()));
    assert!(desk.text(&["catalogue", "verify"]).contains("checked and sound"));
}

#[test]
fn a_file_that_is_not_the_one_that_was_built_is_named_by_its_fault() {
    let desk = Desk::new();
    let bytes = fs::read(desk.0.out()).unwrap();
    let other = desk.0.path().join("other.db");
    let verify = |file: &Path| {
        let output = program(&["catalogue", "verify", "--catalogue"]).arg(file).output().unwrap();
        (output.status.code(), errors(&output))
    };
    assert!(verify(&other).1.starts_with("error [catalogue.missing]"));
    for wrong in [&bytes[..bytes.len() / 2], b"no catalogue", b""] {
        fs::write(&other, wrong).unwrap();
        let (code, said) = verify(&other);
        assert_eq!(code, Some(1));
        assert!(said.starts_with("error [catalogue.damaged]") && said.lines().count() == 1, "{said}");
    }
    let mut altered = bytes;
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    fs::write(&other, altered).unwrap();
    assert_eq!(verify(&other).0, Some(1));
}

#[test]
fn what_is_no_command_ends_with_two_and_what_is_not_there_with_one() {
    let desk = Desk::new();
    for arguments in [
        &["careers", "search"][..],
        &["careers", "search", "kite", "--limit", "0"],
        &["careers", "search", "kite", "--limit", "many"],
        &["careers", "search", "kite", "--batch", "x"],
        &["careers", "search", "kite", "--no-such-option"],
        &["careers", "list", "--sort", "beauty"],
        &["careers", "list", "--growth", "upwards"],
        &["careers", "list", "--min-pay", "-5"],
        &["careers", "list", "--field", "no_such_field"],
        &["careers", "list", "--education", "kindergarten"],
        &["careers", "list", "--language", "fr"],
        &["careers"],
        &["no-such-area"],
    ] {
        let (code, said) = desk.refused(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.contains("error") || said.contains("Usage"), "{arguments:?}: {said}");
    }
    for (arguments, fault) in [
        (&["careers", "show", "99-9999.99"][..], "careers.not_found"),
        (&["careers", "show", ""], "careers.not_found"),
        (&["careers", "show", "../../etc/passwd"], "careers.not_found"),
        (&["careers", "show", "' OR 1=1 --"], "careers.not_found"),
        (&["careers", "show", "kite-makers", "--place", "ST99"], "places.not_found"),
        (&["careers", "list", "--place", "nowhere"], "places.not_found"),
        (&["careers", "search", "--batch", "/no/such/file"], "queries.unreadable"),
        (&["careers", "search", "--batch", "/"], "queries.unreadable"),
    ] {
        let (code, said) = desk.refused(arguments);
        assert_eq!(code, Some(1), "{arguments:?}: {said}");
        assert!(said.starts_with(&format!("error [{fault}]")), "{arguments:?}: {said}");
    }
}

#[test]
fn an_error_never_sends_what_was_typed_to_the_terminal_as_commands() {
    let (_, said) = Desk::new().refused(&["careers", "show", "\u{1b}[2J\u{7}x\r"]);
    assert!(said.trim_end().chars().all(|c| !c.is_control()), "{said:?}");
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_refused() {
    use std::os::unix::ffi::OsStrExt;
    let output =
        Desk::new().run(&[OsStr::new("careers"), OsStr::new("show"), OsStr::from_bytes(b"\xff\xfe")]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_reader_who_stops_reading_is_no_fault() {
    let desk = Desk::new();
    let file = desk.0.path().join("many.txt");
    fs::write(&file, "kite\n".repeat(2_000)).unwrap();
    let mut running = desk
        .command(&["careers", "search", "--batch", file.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with('{'), "{first}");
    let output = running.wait_with_output().unwrap();
    assert_eq!((output.status.code(), errors(&output)), (Some(0), String::new()));
}

#[test]
fn without_a_named_file_the_program_finds_its_own() {
    let desk = Desk::new();
    for (program, file) in [
        ("bin/waymark-cli", "lib/Waymark/waymark-catalogue.db"),
        ("target/debug/waymark-cli", "target/waymark-catalogue.db"),
        ("alone/app/waymark-cli", "alone/app/waymark-catalogue.db"),
    ] {
        let (program, file) = (desk.0.path().join(program), desk.0.path().join(file));
        for path in [&program, &file] {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
        }
        fs::copy(env!("CARGO_BIN_EXE_waymark-cli"), &program).unwrap();
        let verify = || {
            Command::new(&program).args(["catalogue", "verify"]).current_dir(desk.0.path()).output().unwrap()
        };
        assert!(errors(&verify()).starts_with("error [catalogue.missing]"), "{}", program.display());
        fs::copy(desk.0.out(), &file).unwrap();
        let output = verify();
        assert_eq!(output.status.code(), Some(0), "{}: {}", program.display(), errors(&output));
    }
}

#[test]
fn help_and_version_end_well() {
    for arguments in [&["--help"][..], &["careers", "search", "--help"], &["--version"]] {
        let output = program(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "{arguments:?}");
    }
}
