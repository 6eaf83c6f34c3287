//! `cargo xtask sbom`: the list of parts that are in the shipped programs and pages, as `CycloneDX`. It comes from the two
//! lock files and from cargo's own account of what is linked into what on this system, so it holds what was built and
//! nothing that was only used to build it.

use crate::command::{cargo, command, output};
use crate::place;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The packages that ship.
const SHIPPED: [&str; 2] = ["waymark", "waymark-cli"];

/// Packages that the pages' build only unpacks, but whose content is in the pages.
const UNPACKED: [&str; 1] = ["us-atlas"];

/// Writes the list.
pub fn run() -> Result<()> {
    let root = place::root();
    let mut metadata = cargo();
    metadata.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &host()?]);
    let crates = crates(
        &serde_json::from_str(&output(metadata)?)?,
        &checksums(&fs::read_to_string(root.join("Cargo.lock"))?),
    )?;
    let packages = packages(&serde_json::from_str(&fs::read_to_string(root.join("package-lock.json"))?)?)?;
    let file = place::target().join("waymark-sbom.json");
    let list = document(&crates, &packages);
    fs::write(&file, serde_json::to_string_pretty(&list)? + "\n")
        .with_context(|| format!("{} cannot be written", file.display()))?;
    println!("{} crates, {} packages of the pages: {}", crates.len(), packages.len(), file.display());
    Ok(())
}

fn host() -> Result<String> {
    let mut rustc = command("rustc");
    rustc.arg("-vV");
    let told = output(rustc)?;
    let line = told.lines().find_map(|line| line.strip_prefix("host: "));
    line.map(str::to_owned).context("rustc names no host")
}

fn document(crates: &[Value], packages: &[Value]) -> Value {
    let parts: Vec<&Value> = crates.iter().chain(packages).collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": { "type": "application", "name": "Waymark", "version": env!("CARGO_PKG_VERSION") },
        },
        "components": parts,
    })
}

/// Every crate that is linked into what ships; our own are the program itself.
fn crates(metadata: &Value, checksums: &BTreeMap<(String, String), String>) -> Result<Vec<Value>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (word(&node["id"]), node)).collect();
    let described: BTreeMap<String, Value> =
        list(&metadata["packages"]).into_iter().map(|package| (word(&package["id"]), package)).collect();
    let is_shipped = |package: &&Value| {
        package["source"].is_null() && SHIPPED.contains(&package["name"].as_str().unwrap_or_default())
    };
    let mut open: Vec<String> =
        described.values().filter(is_shipped).map(|package| word(&package["id"])).collect();
    if open.len() != SHIPPED.len() {
        bail!("cargo does not know what ships: {open:?}");
    }
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        for dependency in nodes.get(&id).map(|node| list(&node["deps"])).unwrap_or_default() {
            if list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()) {
                open.push(word(&dependency["pkg"]));
            }
        }
    }
    let parts =
        reached.iter().filter_map(|id| described.get(id)).filter(|package| !package["source"].is_null());
    Ok(parts
        .map(|package| {
            let (name, version) = (word(&package["name"]), word(&package["version"]));
            let hash = checksums.get(&(name.clone(), version.clone()));
            let purl = format!("pkg:cargo/{name}@{version}");
            component(
                &name,
                &version,
                &purl,
                package["license"].as_str(),
                hash.map(|hash| ("SHA-256", hash.clone())),
            )
        })
        .collect())
}

/// Name, version and checksum of each package of a `Cargo.lock`.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""));
        line.and_then(|rest| rest.strip_suffix('"')).map(str::to_owned)
    };
    let blocks = lock.split("[[package]]").skip(1);
    blocks
        .filter_map(|block| {
            Some(((field(block, "name")?, field(block, "version")?), field(block, "checksum")?))
        })
        .collect()
}

/// Every package whose code or content is in the pages.
fn packages(lock: &Value) -> Result<Vec<Value>> {
    let all = lock["packages"].as_object().context("package-lock.json lists no packages")?;
    let mut parts = Vec::new();
    for (place, package) in all {
        let Some((_, name)) = place.rsplit_once("node_modules/") else { continue };
        let is_tool = package["dev"].as_bool().unwrap_or(false) && !UNPACKED.contains(&name);
        if is_tool || package["link"].as_bool().unwrap_or(false) {
            continue;
        }
        let version = package["version"].as_str().unwrap_or_default();
        let purl = format!("pkg:npm/{}@{version}", name.replace('@', "%40"));
        let hash = package["integrity"].as_str().and_then(|integrity| integrity.strip_prefix("sha512-"));
        let hash = hash.and_then(hex_of_base64).map(|hash| ("SHA-512", hash));
        parts.push(component(name, version, &purl, package["license"].as_str(), hash));
    }
    Ok(parts)
}

fn component(
    name: &str,
    version: &str,
    purl: &str,
    license: Option<&str>,
    hash: Option<(&str, String)>,
) -> Value {
    let mut component =
        json!({ "type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl });
    if let Some(license) = license {
        // Older manifests part their licenses with a stroke, which SPDX does not know.
        component["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
    }
    if let Some((algorithm, content)) = hash {
        component["hashes"] = json!([{ "alg": algorithm, "content": content }]);
    }
    component
}

/// Base64 as npm writes it, in the hexadecimal digits that `CycloneDX` wants.
fn hex_of_base64(text: &str) -> Option<String> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    use std::fmt::Write;
    let mut hex = String::new();
    let (mut kept, mut bits) = (0_u32, 0_u32);
    for letter in text.trim_end_matches('=').bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        kept = kept << 6 | u32::try_from(value).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            write!(hex, "{:02x}", kept >> bits & 0xff).ok()?;
            kept &= (1 << bits) - 1;
        }
    }
    Some(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_followed_and_what_only_builds_or_tests_is_not() {
        let package = |name: &str, source: Option<&str>| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "source": source });
        let needs = |name: &str, kind: Option<&str>| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [
                package("waymark", None), package("waymark-cli", None), package("waymark-records", None),
                package("used", Some("r")), package("below", Some("r")), package("builds", Some("r")),
                package("tests", Some("r")),
            ],
            "resolve": { "nodes": [
                { "id": "waymark", "deps": [needs("waymark-records", None), needs("builds", Some("build"))] },
                { "id": "waymark-cli", "deps": [needs("tests", Some("dev"))] },
                { "id": "waymark-records", "deps": [needs("used", None)] },
                { "id": "used", "deps": [needs("below", None)] },
                { "id": "below", "deps": [] },
            ] },
        });
        let lock = "[[package]]\nname = \"used\"\nversion = \"1.0.0\"\nchecksum = \"abc\"\n";
        let parts = crates(&metadata, &checksums(lock)).unwrap();
        let names: Vec<&str> = parts.iter().map(|part| part["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["below", "used"]);
        assert_eq!(parts[1]["hashes"], json!([{ "alg": "SHA-256", "content": "abc" }]));
        assert_eq!(parts[1]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert!(crates(&json!({ "packages": [], "resolve": {} }), &BTreeMap::new()).is_err());
    }

    #[test]
    fn the_pages_tools_are_left_out_and_what_they_unpack_is_not() {
        let lock = json!({ "packages": {
            "": { "license": "MIT" },
            "node_modules/svelte": { "version": "5.0.0", "license": "MIT", "integrity": "sha512-TWFu" },
            "node_modules/@a/b": { "version": "1.0.0" },
            "node_modules/vite": { "version": "8.0.0", "dev": true },
            "node_modules/us-atlas": { "version": "3.0.1", "dev": true },
            "node_modules/waymark-ui": { "link": true },
        } });
        let parts = packages(&lock).unwrap();
        let mut purls: Vec<&str> = parts.iter().map(|part| part["purl"].as_str().unwrap()).collect();
        purls.sort_unstable();
        assert_eq!(purls, ["pkg:npm/%40a/b@1.0.0", "pkg:npm/svelte@5.0.0", "pkg:npm/us-atlas@3.0.1"]);
        let svelte = parts.iter().find(|part| part["name"] == "svelte").unwrap();
        assert_eq!(svelte["hashes"][0]["content"], "4d616e");
    }
}
