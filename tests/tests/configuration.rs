//! The window's configuration allows what the product needs and nothing more.

#![allow(clippy::unwrap_used, reason = "a test reads its own project")]

use std::path::Path;

use serde_json::Value;

fn read(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_content_policy_allows_no_inline_code_and_no_other_origin() {
    let configuration = read("tauri.conf.json");
    let policy = configuration.pointer("/app/security/csp").and_then(Value::as_str).unwrap();
    let rules: Vec<&str> = policy.split(';').map(str::trim).collect();
    for rule in [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
    ] {
        assert!(rules.contains(&rule), "{rule} is missing");
    }
    assert!(!policy.contains("unsafe-"), "{policy}");
    // The bridge between pages and program is the only address that is named.
    let addresses: Vec<&str> = policy.split_whitespace().filter(|word| word.contains(':')).collect();
    assert_eq!(addresses, ["ipc:", "http://ipc.localhost;"]);
}

#[test]
fn the_pages_may_call_and_listen_and_nothing_else() {
    let capability = read("src-tauri/capabilities/window.json");
    let permissions: Vec<&str> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission.as_str().unwrap())
        .collect();
    let allowed = [
        "allow-call",
        "allow-save-document",
        "allow-pick-folder",
        "allow-painted",
        "allow-touched",
        "allow-heard-close",
        "allow-leave",
        "core:event:allow-listen",
        "core:event:allow-unlisten",
    ];
    assert_eq!(permissions, allowed);
    assert_eq!(capability["windows"].as_array().unwrap().len(), 1);
}

#[test]
fn each_system_s_installation_needs_no_network_and_no_administrator() {
    let configuration = read("tauri.conf.json");
    assert_eq!(configuration.pointer("/bundle/windows/webviewInstallMode/type").unwrap(), "offlineInstaller");
    assert_eq!(configuration.pointer("/bundle/windows/nsis/installMode").unwrap(), "currentUser");
}
