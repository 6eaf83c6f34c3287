//! Tauri's own preparations.
fn main() {
    tauri_build::build();
}
