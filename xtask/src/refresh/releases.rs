//! What the official files are: the hand-kept `releases.toml`, checked against what the files say about themselves, and
//! copied to `sources.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::fault::Faults;
use super::table::Output;

/// Name of the hand-kept file.
const FILE: &str = "releases.toml";
/// What stands above the sources.
const HEAD: &str = "# Written by `cargo xtask refresh` from releases.toml, after the official files bore its releases out.\n\n";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Releases {
    source: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    title: String,
    publisher: String,
    release: String,
    date: String,
    url: String,
    licence: String,
    note: String,
    /// Must stand in what the file says about itself.
    #[serde(skip_serializing, default)]
    marker: Option<String>,
}

/// `sources.toml`. `said` gives, by source id, what the files say about themselves. A file of another release than the
/// one described, and a source of a table that is not described, are faults.
pub fn sources(
    folder: &Path,
    said: &BTreeMap<&str, String>,
    used: &[&str],
    faults: &mut Faults,
) -> Option<Output> {
    match std::fs::read_to_string(folder.join(FILE)) {
        Ok(text) => check(&text, said, used, faults),
        Err(reason) => {
            faults.path(&folder.join(FILE), reason);
            None
        }
    }
}

/// `sources` on a text at hand.
pub fn check(
    text: &str,
    said: &BTreeMap<&str, String>,
    used: &[&str],
    faults: &mut Faults,
) -> Option<Output> {
    let mut releases: Releases = match toml::from_str(text) {
        Ok(releases) => releases,
        Err(reason) => {
            faults.file(FILE, reason);
            return None;
        }
    };
    for release in &releases.source {
        let Some(marker) = &release.marker else { continue };
        match said.get(release.id.as_str()) {
            Some(words) if words.contains(marker.as_str()) => {}
            Some(words) => {
                let words: String = words.chars().take(200).collect();
                let reason = format!("{} should say {marker:?}, but its file says {words:?}", release.id);
                faults.file(FILE, reason);
            }
            None => faults.file(FILE, format!("no file was read for {}", release.id)),
        }
    }
    for id in used.iter().filter(|id| !releases.source.iter().any(|release| release.id == **id)) {
        faults.file(FILE, format!("the source {id} is not described"));
    }
    releases.source.sort_by(|a, b| a.id.cmp(&b.id));
    match toml::to_string(&releases) {
        Ok(body) => Some(Output {
            name: "sources.toml".to_owned(),
            rows: releases.source.len(),
            text: format!("{HEAD}{body}"),
        }),
        Err(reason) => {
            faults.file(FILE, reason);
            None
        }
    }
}
