//! The press: made once, it keeps fonts, templates and the typesetter's library, and prints sheet after sheet.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;
use typst::comemo;
use typst::foundations::Smart;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::application::{ApplicationSheet, RecordSheet};
use crate::career::{CareerSheet, Extent};
use crate::compare::CompareSheet;
use crate::disclosures::DisclosuresSheet;
use crate::fonts::Fonts;
use crate::plain::{Plain, UNPRINTABLE};
use crate::world::{PageWorld, Templates};
use crate::{DocumentError, Language, career, compare, glyphs};

const WORDS_EN: &str = include_str!("../../../data/templates/words.en.json");
const WORDS_ES: &str = include_str!("../../../data/templates/words.es.json");

/// The most text that is set, in bytes: some thousand pages, for which half a minute and 1 GB are not too much.
const MOST_TEXT: usize = 2 * 1024 * 1024;

/// Prints sheets. Keep one for as long as the program runs: the first document takes longer than those after it.
pub struct Press {
    fonts: Fonts,
    templates: Templates,
    library: LazyHash<Library>,
}

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF, tagged for screen readers.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font on this computer has, each once, in Unicode's order: they stand on paper as an empty
    /// box or a replacement character, and the reader must be told.
    pub missing: Vec<char>,
    /// Whether the PDF declares the accessibility standard PDF/UA-1. False where a character is missing or belongs
    /// to no script that the standard knows; the document is tagged all the same.
    pub accessible: bool,
}

impl Press {
    /// A press with the built-in fonts. `extra_dirs` are folders of fonts for characters which those lack; they are
    /// searched when a text needs it and not before.
    pub fn new(extra_dirs: &[PathBuf]) -> Result<Self, DocumentError> {
        Ok(Self {
            fonts: Fonts::new(extra_dirs)?,
            templates: Templates::new()?,
            library: LazyHash::new(Library::default()),
        })
    }

    /// An application as its reader sees it.
    pub fn application_pdf(&self, sheet: &ApplicationSheet) -> Result<Rendered, DocumentError> {
        self.print("application.typ", sheet, sheet.language)
    }

    /// What is kept about one student, or a certificate about it.
    pub fn record_pdf(&self, sheet: &RecordSheet) -> Result<Rendered, DocumentError> {
        self.print("record.typ", sheet, sheet.language)
    }

    /// A career page.
    pub fn career_pdf(&self, sheet: &CareerSheet, extent: Extent) -> Result<Rendered, DocumentError> {
        career::check(sheet)?;
        match extent {
            Extent::Full => self.print("career.typ", &career::full(sheet), sheet.language),
            Extent::OnePage => {
                let fitting =
                    career::fit(sheet, |printed| self.page_count("career.typ", printed, sheet.language))?;
                self.print("career.typ", &fitting, sheet.language)
            }
        }
    }

    /// Careers side by side.
    pub fn compare_pdf(&self, sheet: &CompareSheet) -> Result<Rendered, DocumentError> {
        compare::check(sheet)?;
        self.print("compare.typ", sheet, sheet.language)
    }

    /// A student's record of disclosures.
    pub fn disclosures_pdf(&self, sheet: &DisclosuresSheet) -> Result<Rendered, DocumentError> {
        self.print("disclosures.typ", sheet, sheet.language)
    }

    fn print(
        &self,
        template: &str,
        sheet: &impl Serialize,
        language: Language,
    ) -> Result<Rendered, DocumentError> {
        let _forget = Forget;
        let plain = Plain::new(sheet)?;
        let world = self.world(template, &plain, language)?;
        let document = lay_out(&world)?;
        let mut missing: BTreeSet<char> = glyphs::missing(&document);
        if !plain.unprintable.is_empty() {
            // what was typed is named, not what stands for it
            missing.remove(&UNPRINTABLE);
            missing.extend(&plain.unprintable);
        }
        let (bytes, accessible) = export(&world, &document)?;
        Ok(Rendered {
            bytes,
            pages: document.pages().len(),
            missing: missing.into_iter().collect(),
            accessible,
        })
    }

    fn page_count(
        &self,
        template: &str,
        sheet: &impl Serialize,
        language: Language,
    ) -> Result<usize, DocumentError> {
        let plain = Plain::new(sheet)?;
        Ok(lay_out(&self.world(template, &plain, language)?)?.pages().len())
    }

    fn world(
        &self,
        template: &str,
        plain: &Plain,
        language: Language,
    ) -> Result<PageWorld<'_>, DocumentError> {
        let words = match language {
            Language::En => WORDS_EN,
            Language::Es => WORDS_ES,
        };
        let sheet = serde_json::to_vec(&plain.value).map_err(|_| DocumentError::Data)?;
        if sheet.len() > MOST_TEXT {
            return Err(DocumentError::TooLong { bytes: sheet.len(), most: MOST_TEXT });
        }
        PageWorld::new(
            &self.library,
            self.fonts.shelf(&plain.characters),
            &self.templates,
            template,
            sheet,
            words,
        )
    }
}

/// Empties the typesetter's cache when a document is done, also after an error: it holds the student's text, which
/// must not outlive the document, and would grow with every further one.
struct Forget;

impl Drop for Forget {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

fn lay_out(world: &PageWorld<'_>) -> Result<PagedDocument, DocumentError> {
    typst::compile::<PagedDocument>(world)
        .output
        .map_err(|diagnostics| DocumentError::Layout { at: world.place(&diagnostics) })
}

/// Writes the PDF to the accessibility standard where the text allows it, and tagged without the claim where not.
fn export(world: &PageWorld<'_>, document: &PagedDocument) -> Result<(Vec<u8>, bool), DocumentError> {
    if let Ok(standards) = PdfStandards::new(&[PdfStandard::Ua_1])
        && let Ok(bytes) = typst_pdf::pdf(document, &options(standards))
    {
        return Ok((bytes, true));
    }
    typst_pdf::pdf(document, &options(PdfStandards::default()))
        .map(|bytes| (bytes, false))
        .map_err(|diagnostics| DocumentError::Export { at: world.place(&diagnostics) })
}

fn options(standards: PdfStandards) -> PdfOptions {
    PdfOptions { creator: Smart::Custom(Some("Waymark".to_owned())), standards, ..PdfOptions::default() }
}
