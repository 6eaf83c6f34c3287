//! Prints the sample documents into a folder, to be looked at: `cargo run -p waymark-documents --example samples -- DIR`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use waymark_documents::{Extent, Language, Press};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    let press = Press::new(&[PathBuf::from("/usr/share/fonts")])?;
    let mut application = support::whole_application();
    std::fs::write(folder.join("application-en.pdf"), press.application_pdf(&application)?.bytes)?;
    application.language = Language::Es;
    std::fs::write(folder.join("application-es.pdf"), press.application_pdf(&application)?.bytes)?;
    let mut career = support::career();
    std::fs::write(folder.join("career-page-en.pdf"), press.career_pdf(&career, Extent::OnePage)?.bytes)?;
    std::fs::write(folder.join("career-full-en.pdf"), press.career_pdf(&career, Extent::Full)?.bytes)?;
    career.language = Language::Es;
    std::fs::write(folder.join("career-page-es.pdf"), press.career_pdf(&career, Extent::OnePage)?.bytes)?;
    Ok(())
}
