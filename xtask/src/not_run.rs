//! Cases that a machine cannot run, read from what the test programs write: a stage that passed without them says so.

/// How a Rust test says it: at the beginning of a line that it prints.
const SAID: &str = "not run: ";

/// From node's TAP: `ok 3 - the name # SKIP the reason`.
pub fn in_tap(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| {
            let (case, why) = line.trim_start().strip_prefix("ok ")?.split_once("# SKIP")?;
            let name = case.split_once(" - ").map_or(case, |(_, name)| name);
            let why = why.trim();
            Some(told(name.trim(), why.strip_prefix(SAID).unwrap_or(why)))
        })
        .collect()
}

/// From a report of nextest's that holds what tests printed.
pub fn in_junit(text: &str) -> Vec<String> {
    text.split("<testcase ")
        .skip(1)
        .filter_map(|case| {
            let name = case.split_once("name=\"")?.1.split('"').next()?;
            Some(told(&plain(name), &plain(reason(case.split_once('>')?.1)?)))
        })
        .collect()
}

/// From `cargo test -- --show-output`: each test's output stands below `---- the name stdout ----`.
pub fn in_libtest(text: &str) -> Vec<String> {
    let mut name = "";
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(next) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) {
            name = next;
        } else if let Some(why) = line.strip_prefix(SAID) {
            found.push(told(name, why));
        }
    }
    found
}

/// The reason that a test printed, the first if there are several.
fn reason(printed: &str) -> Option<&str> {
    printed.lines().find_map(|line| {
        // The first line of an output follows its tag.
        let line = line.rsplit_once("<system-out>").map_or(line, |(_, rest)| rest);
        let why = line.trim_start().strip_prefix(SAID)?;
        Some(why.split('<').next().unwrap_or(why))
    })
}

fn told(name: &str, why: &str) -> String {
    format!("{name} ({})", why.trim())
}

fn plain(xml: &str) -> String {
    xml.replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_journey_is_named_with_its_reason_and_a_passed_one_is_not() {
        let tap =
            "TAP version 13\nok 1 - a draft is kept\n    ok 2 - no network # SKIP not run: no namespace\n";
        assert_eq!(in_tap(tap), ["no network (no namespace)"]);
    }

    #[test]
    fn a_rust_test_that_says_not_run_is_named_in_both_kinds_of_report() {
        let junit = "<testsuite name=\"records\">\n<testcase name=\"full_disk\" classname=\"records\">\n\
            <system-out>running 1 test\nnot run: this user can&apos;t mount\n</system-out>\n</testcase>\n\
            <testcase name=\"other\"><system-out>all was run: yes</system-out></testcase></testsuite>";
        assert_eq!(in_junit(junit), ["full_disk (this user can't mount)"]);
        let printed =
            "test full_disk ... ok\n\nsuccesses:\n\n---- full_disk stdout ----\nnot run: no disk\n\n";
        assert_eq!(in_libtest(printed), ["full_disk (no disk)"]);
    }

    #[test]
    fn a_report_in_which_everything_was_run_names_nothing() {
        assert!(in_tap("ok 1 - a\nok 2 - b # time=3ms\n").is_empty());
        assert!(in_junit("<testcase name=\"a\"></testcase>").is_empty());
        assert!(in_libtest("test a ... ok\n").is_empty());
    }
}
