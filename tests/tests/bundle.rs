//! What is built and shipped keeps to what the configuration promises: no inline code in the built pages, no permission
//! beyond those that are listed, no part that reaches for files, a shell or a network.
#![allow(clippy::unwrap_used, reason = "a test reads its own project")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The whole content policy, word for word: whoever changes it changes it here too.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self' ipc: http://ipc.localhost; object-src 'none'; frame-src 'none'; worker-src 'none'; \
    base-uri 'none'; form-action 'none'";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap()
}

#[test]
fn the_content_policy_is_word_for_word_the_one_that_is_promised() {
    let configuration: Value = serde_json::from_str(&read("tauri.conf.json")).unwrap();
    assert_eq!(configuration.pointer("/app/security/csp").unwrap(), POLICY);
    // Styles get no hash from the bundler that would let inline ones pass; scripts keep theirs, which is the bridge.
    let left_alone = configuration.pointer("/app/security/dangerousDisableAssetCspModification").unwrap();
    assert_eq!(left_alone, &serde_json::json!(["style-src"]));
    // The test server sends the same text: it reads it from this file.
    assert!(read("crates/devhost/src/lib.rs").contains("include_str!(\"../../../tauri.conf.json\")"));
}

/// The built page. `cargo xtask test` builds the pages before it runs this; a page that is not there was not looked at.
fn built() -> String {
    let file = root().join("ui/dist/index.html");
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!("{}: {error}; build the pages first: npm run build in ui/", file.display())
    })
}

#[test]
fn the_built_page_has_no_inline_code_and_names_no_other_origin() {
    let page = built();
    let tags: Vec<&str> = page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or("")).collect();
    let named = |name: &str| tags.iter().filter(|tag| tag.split_whitespace().next() == Some(name)).count();
    assert!(named("script") > 0, "{page}");
    for tag in &tags {
        let words: Vec<&str> = tag.split_whitespace().collect();
        if words.first() == Some(&"script") {
            assert!(words.iter().any(|word| word.starts_with("src=")), "an inline script: {tag}");
        }
        assert_ne!(words.first(), Some(&"style"), "an inline style");
        assert_ne!(words.first(), Some(&"iframe"), "a frame");
        for word in &words {
            assert!(!word.starts_with("style=") && !word.starts_with("on"), "inline code: {tag}");
            assert!(!word.contains("://"), "another origin: {tag}");
        }
    }
}

#[test]
fn every_permission_of_the_window_is_one_that_it_needs() {
    let folder = root().join("src-tauri/capabilities");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "one capability: {files:?}");
    let text = std::fs::read_to_string(&files[0]).unwrap();
    let capability: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(capability.get("remote"), None, "no page from elsewhere may call");
    for permission in capability["permissions"].as_array().unwrap() {
        let name = permission.as_str().unwrap();
        let ours = name.starts_with("allow-");
        let listens = ["core:event:allow-listen", "core:event:allow-unlisten"].contains(&name);
        assert!(ours || listens, "{name}");
    }
}

/// The parts of the shipped programs on this system; `deny.toml` holds the same for the others.
#[test]
fn no_part_reaches_for_files_a_shell_or_a_network() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree = Command::new(cargo)
        .args(["tree", "--offline", "-p", "waymark", "-p", "waymark-cli", "-e", "normal", "--prefix", "none"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    let parts: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(parts.contains(&"tauri") && parts.contains(&"rusqlite"), "the tree was read");
    for name in parts {
        assert!(!name.starts_with("tauri-plugin-"), "{name}: no plugin is used");
        for other in
            ["reqwest", "ureq", "hyper", "native-tls", "rustls", "curl", "isahc", "axum", "waymark-tests"]
        {
            assert_ne!(name, other, "is part of the shipped program");
        }
    }
}

#[test]
fn the_window_s_pages_are_private_and_nothing_of_them_is_kept() {
    let window = read("src-tauri/src/lib.rs");
    assert!(window.contains(".incognito(std::env::var_os(\"TAURI_WEBVIEW_AUTOMATION\").is_none())"));
    let manifest = read("Cargo.toml");
    assert!(!manifest.contains("\"devtools\""), "a shipped window has no developer tools");
}
