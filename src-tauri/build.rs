//! Tauri's preparations: which commands exist (so that only named capabilities reach them) and where capabilities lie.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&[
        "call",
        "save_document",
        "pick_folder",
        "painted",
        "touched",
        "heard_close",
        "leave",
    ]);
    let attributes = tauri_build::Attributes::new()
        .app_manifest(commands)
        .capabilities_path_pattern("./src-tauri/capabilities/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        // The build script's only way to speak.
        println!("cargo::error={error:#}");
    }
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        // SQLCipher is linked statically; its sqlite3_* symbols must not take the place of the system library's
        // inside WebKit.
        println!("cargo::rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
}
