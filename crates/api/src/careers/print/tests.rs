//! Real careers on paper, and the words that they are said with.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use waymark_catalogue::shapes::{Career, Figure, Language};
use waymark_catalogue::{Catalogue, build};
use waymark_documents::{CareerSheet, Extent, Press};

use super::reader::{Reader, decimal};
use super::words::{EN, ES, fill};
use super::*;

const TODAY: &str = "2026-11-23";
const LANGUAGES: [Language; 2] = [Language::En, Language::Es];
const CAREERS: [&str; 5] = ["3d-animator", "ai-ethics-specialist", "ai-researcher", "api-developer", "backend-architect"];

fn career(slug: &str, place: &str, language: Language) -> Career {
    static OPEN: OnceLock<(tempfile::TempDir, Catalogue)> = OnceLock::new();
    let (_, catalogue) = OPEN.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("catalogue.sqlite");
        build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data"), &file).unwrap();
        let open = Catalogue::open(&file).unwrap();
        (folder, open)
    });
    catalogue.career(slug, place, language).unwrap().unwrap()
}

fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| Press::new(&[]).unwrap())
}

fn printed(slug: &str, place: &str, language: Language, full: bool) -> CareerSheet {
    sheet(&career(slug, place, language), language, TODAY, full).unwrap()
}
#[test]
fn samples() {
    let out = std::env::var("WAYMARK_SAMPLES").unwrap();
    for slug in CAREERS {
        for language in LANGUAGES {
            for (full, extent) in [(false, Extent::OnePage), (true, Extent::Full)] {
                let rendered = press().career_pdf(&printed(slug, "MA18140", language, full), extent).unwrap();
                println!("{slug} {language:?} {full} {} {:?} {}", rendered.pages, rendered.missing, rendered.accessible);
                std::fs::write(format!("{out}/{slug}-{language:?}-{full}.pdf"), rendered.bytes).unwrap();
            }
        }
    }
}
