//! The catalogue of the data that ships, built once for all processes in which one test program runs. (A test runner
//! may start a process for every test, and a build takes seconds.)

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The built file. It is made anew when the test program or anything in `data/` has changed.
pub fn catalogue() -> PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut state = DefaultHasher::new();
    let program = std::env::current_exe().unwrap();
    of_file(&program, &mut state);
    for folder in ["facts", "careers", "guides", "words", "search"] {
        of_folder(&project.join("data").join(folder), &mut state);
    }
    let folder = program.parent().unwrap().join("catalogues");
    let name = program.file_stem().unwrap().to_string_lossy().into_owned();
    let file = folder.join(format!("{name}-{:016x}.db", state.finish()));
    if !file.is_file() {
        forget(&folder, &name, &file);
        fs::create_dir_all(&folder).unwrap();
        // Processes that build at the same time make the same bytes: whichever is last puts its file in place.
        let mine = folder.join(format!("{name}-{}.part", std::process::id()));
        waymark_catalogue::build(&project.join("data"), &mine).unwrap_or_else(|faults| panic!("{faults}"));
        fs::rename(&mine, &file).unwrap();
    }
    file
}

/// Takes away what earlier states of the same program left.
fn forget(folder: &Path, name: &str, but: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let old = entry.file_name().to_string_lossy().starts_with(name);
        if old && entry.path() != but && entry.path().extension().is_some_and(|ending| ending == "db") {
            // Another process may have been quicker.
            let _gone = fs::remove_file(entry.path());
        }
    }
}

fn of_folder(folder: &Path, state: &mut DefaultHasher) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { of_folder(&path, state) } else { of_file(&path, state) }
    }
}

fn of_file(file: &Path, state: &mut DefaultHasher) {
    let about = fs::metadata(file).unwrap();
    (file, about.len(), about.modified().unwrap()).hash(state);
}
