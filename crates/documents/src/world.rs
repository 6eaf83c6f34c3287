//! The small closed world in which a template runs: its own files, one sheet of data, no clock, no network, no disk.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World, WorldExt};

use crate::DocumentError;
use crate::fonts::Shelf;

/// The templates, by the names under which they import each other.
const TEMPLATES: [(&str, &str); 8] = [
    ("style.typ", include_str!("../../../data/templates/style.typ")),
    ("answers.typ", include_str!("../../../data/templates/answers.typ")),
    ("application.typ", include_str!("../../../data/templates/application.typ")),
    ("record.typ", include_str!("../../../data/templates/record.typ")),
    ("career-parts.typ", include_str!("../../../data/templates/career-parts.typ")),
    ("career.typ", include_str!("../../../data/templates/career.typ")),
    ("compare.typ", include_str!("../../../data/templates/compare.typ")),
    ("disclosures.typ", include_str!("../../../data/templates/disclosures.typ")),
];
/// The name under which a template reads its sheet.
const SHEET: &str = "sheet.json";
/// The name under which a template reads its fixed words.
const WORDS: &str = "words.json";

/// The templates, parsed once.
pub(crate) struct Templates {
    sources: BTreeMap<&'static str, Source>,
    sheet: FileId,
    words: FileId,
}

impl Templates {
    pub(crate) fn new() -> Result<Self, DocumentError> {
        let mut sources = BTreeMap::new();
        for (name, text) in TEMPLATES {
            sources.insert(name, Source::new(file_id(name)?, text.to_owned()));
        }
        Ok(Self { sources, sheet: file_id(SHEET)?, words: file_id(WORDS)? })
    }

    fn source(&self, id: FileId) -> Option<&Source> {
        self.sources.values().find(|source| source.id() == id)
    }
}

fn file_id(name: &str) -> Result<FileId, DocumentError> {
    let path = VirtualPath::new(name).map_err(|_| DocumentError::Template { name: name.to_owned() })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One rendering.
pub(crate) struct PageWorld<'a> {
    library: &'a LazyHash<Library>,
    shelf: &'a Shelf,
    templates: &'a Templates,
    main: FileId,
    sheet: Bytes,
    words: Bytes,
}

impl<'a> PageWorld<'a> {
    /// A world in which `template` sees `sheet` (JSON) and `words` (JSON).
    pub(crate) fn new(
        library: &'a LazyHash<Library>,
        shelf: &'a Shelf,
        templates: &'a Templates,
        template: &str,
        sheet: Vec<u8>,
        words: &'static str,
    ) -> Result<Self, DocumentError> {
        let main = templates
            .sources
            .get(template)
            .ok_or_else(|| DocumentError::Template { name: template.to_owned() })?
            .id();
        Ok(Self {
            library,
            shelf,
            templates,
            main,
            sheet: Bytes::new(sheet),
            words: Bytes::new(words.as_bytes()),
        })
    }

    /// Where the first of these diagnostics arose, without its message, which may quote the sheet.
    pub(crate) fn place(&self, diagnostics: &[SourceDiagnostic]) -> String {
        diagnostics.iter().find_map(|diagnostic| self.line(diagnostic)).unwrap_or_else(|| "?".to_owned())
    }

    fn line(&self, diagnostic: &SourceDiagnostic) -> Option<String> {
        let source = self.templates.source(diagnostic.span.id()?)?;
        let start = self.range(diagnostic.span)?.start;
        let line = source.lines().byte_to_line(start)?;
        Some(format!("{}:{}", source.id().get().vpath().get_without_slash(), line + 1))
    }
}

impl World for PageWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shelf.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.templates.source(id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.templates.sheet {
            Ok(self.sheet.clone())
        } else if id == self.templates.words {
            Ok(self.words.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
