//! What can be wrong with `data/`, said with file, line and reason.

use std::fmt;

use serde::Serialize;
use thiserror::Error;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// File, relative to the data folder, with forward slashes.
    pub file: String,
    /// Line, from 1; 0 is the file as a whole.
    pub line: u32,
    /// What kind of fault.
    pub kind: FaultKind,
    /// The reason, in English, for whoever writes the data.
    pub detail: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}: {}", self.file, self.line, self.kind.code(), self.detail)
    }
}

/// All faults of a build, sorted by file and line.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[error("{}", self.lines())]
pub struct BuildFaults {
    /// The faults; never empty.
    pub faults: Vec<Fault>,
}

impl BuildFaults {
    fn lines(&self) -> String {
        self.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Kinds of faults, each with a stable code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FaultKind { $($(#[$doc])* $name),+ }

        impl FaultKind {
            /// The stable code, in snake case.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
        }
    };
}

kinds! {
    /// A file or folder cannot be read.
    Unreadable = "unreadable",
    /// A file is not UTF-8, or has carriage returns.
    Encoding = "encoding",
    /// The catalogue file cannot be written.
    Unwritable = "unwritable",
    /// A table that nothing reads.
    UnknownTable = "unknown_table",
    /// The `# key: value` lines of a table are missing or wrong.
    TableHeader = "table_header",
    /// The columns of a table are not those of its description.
    Columns = "columns",
    /// The table has another number of rows than it says.
    RowCount = "row_count",
    /// A row has another number of cells than there are columns.
    CellCount = "cell_count",
    /// A cell that must not be empty is.
    EmptyCell = "empty_cell",
    /// Neither a number nor a word that says why there is none.
    BadNumber = "bad_number",
    /// Not one of the values that the column or key may have.
    BadValue = "bad_value",
    /// Two rows with the same key.
    DuplicateRow = "duplicate_row",
    /// A row that stands before one with a lower key.
    UnsortedRow = "unsorted_row",
    /// A source id that is nowhere described.
    UnknownSource = "unknown_source",
    /// An O*NET-SOC code that `occupation.tsv` has not.
    UnknownOccupation = "unknown_occupation",
    /// A SOC code that no table introduces.
    UnknownSoc = "unknown_soc",
    /// A cluster that `cluster.tsv` has not.
    UnknownCluster = "unknown_cluster",
    /// An element that `element.tsv` has not.
    UnknownElement = "unknown_element",
    /// A place that `place.tsv` has not.
    UnknownPlace = "unknown_place",
    /// A school subject that the product has not.
    UnknownSubject = "unknown_subject",
    /// The front matter or `sources.toml` is no TOML.
    Toml = "toml",
    /// A key is missing.
    MissingKey = "missing_key",
    /// A key that nothing reads.
    UnknownKey = "unknown_key",
    /// A value of another type than the key asks for.
    WrongType = "wrong_type",
    /// Two sources with one id.
    DuplicateSource = "duplicate_source",
    /// The file does not begin with front matter between `+++` lines.
    NoFrontMatter = "no_front_matter",
    /// The slug is not the file's name, or no address.
    Slug = "slug",
    /// The summary is longer than 160 characters.
    SummaryTooLong = "summary_too_long",
    /// A section is missing.
    MissingSection = "missing_section",
    /// A section stands twice.
    RepeatedSection = "repeated_section",
    /// A section that the page has not.
    UnknownSection = "unknown_section",
    /// A section stands at another place than its own.
    SectionOrder = "section_order",
    /// A section without text.
    EmptySection = "empty_section",
    /// Text before the first section.
    TextOutsideSection = "text_outside_section",
    /// Markup other than paragraphs, bullet lists, strong text and source marks.
    Markup = "markup",
    /// A paragraph or list item with a figure and no source.
    FigureWithoutSource = "figure_without_source",
    /// A Spanish section that cites other sources than the English one.
    SourcesDiffer = "sources_differ",
    /// Spanish notes on original claims that do not answer the English ones.
    OriginalsDiffer = "originals_differ",
    /// A Spanish guide without an English one, or an occupation without any.
    NoEnglishGuide = "no_english_guide",
    /// A text that is longer or shorter than its rule.
    Length = "length",
    /// A text that is harder to read than its rule.
    ReadingLevel = "reading_level",
    /// Two guides that say too much in the same words.
    Likeness = "likeness",
}

/// Collects faults.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, file: &str, line: u32, kind: FaultKind, detail: impl Into<String>) {
        self.0.push(Fault { file: file.to_owned(), line, kind, detail: detail.into() });
    }

    /// The faults so far as an error, if there are any.
    pub(crate) fn into_result(mut self) -> Result<(), BuildFaults> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort();
        self.0.dedup();
        Err(BuildFaults { faults: self.0 })
    }
}
