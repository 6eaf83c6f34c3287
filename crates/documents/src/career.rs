//! A career page for paper, on one page or in full. All figures arrive as text that already says what is missing and
//! why; the numbers beside them serve the drawn chart only.

use serde::{Deserialize, Serialize};

use crate::{DocumentError, Language};

/// How much of a career page is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// The facts, the pay, the sections marked [`CareerSection::brief`] and the sources of these, on exactly one page.
    /// Where the text is too long, whole paragraphs are left out from its end, and a line says so. Words that
    /// announce a list go with it.
    OnePage,
    /// Everything.
    Full,
}

/// One career, ready to print. Every string is plain text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CareerSheet {
    /// Language of the fixed words.
    pub language: Language,
    /// Name of the career; the document's title.
    pub title: String,
    /// The line above the title, e.g. "Computer science · a specialty of Software Developers (15-1252)".
    pub field: String,
    /// One or two sentences under the title.
    pub summary: String,
    /// The day of printing as it is to be read.
    pub printed: String,
    /// The facts strip, three to five facts.
    pub facts: Vec<CareerFact>,
    /// Pay by place, absent where no place has a figure.
    pub pay: Option<CareerPay>,
    /// The guide's sections in their order.
    pub sections: Vec<CareerSection>,
    /// Tables of the full page: education shares, industries, skills, …
    pub tables: Vec<CareerTable>,
    /// Every source named by a number anywhere above.
    pub sources: Vec<CareerSource>,
    /// The words that a licence asks for below the sources; empty where none does.
    pub attribution: String,
}

/// One fact of the strip: a figure said in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareerFact {
    /// What it is about, e.g. "Middle pay, Columbus".
    pub label: String,
    /// The figure, e.g. "$122,340".
    pub value: String,
    /// What it means and from when, e.g. "half earn less · May 2025".
    pub note: String,
    /// Numbers of its sources.
    pub sources: Vec<u32>,
}

/// Pay by place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CareerPay {
    /// Heading, e.g. "Pay where you live".
    pub heading: String,
    /// Who is counted, who is left out, from when.
    pub note: String,
    /// Numbers of its sources.
    pub sources: Vec<u32>,
    /// The places, the nearest first.
    pub rows: Vec<CareerPayRow>,
}

/// Pay at one place, a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CareerPayRow {
    /// The place's name.
    pub place: String,
    /// One in ten earns less.
    pub p10: PayFigure,
    /// A quarter earns less.
    pub p25: PayFigure,
    /// Half earn less.
    pub p50: PayFigure,
    /// Three quarters earn less.
    pub p75: PayFigure,
    /// Nine in ten earn less.
    pub p90: PayFigure,
}

/// A figure as it is read, and as a number where there is an exact one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PayFigure {
    /// As it is read: "$122,340", "$239,200 or more", "not published".
    pub text: String,
    /// Dollars a year for the chart. `None` (suppressed, top-coded, hourly) is not drawn.
    pub value: Option<f64>,
}

/// A section of the guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareerSection {
    /// Its heading.
    pub heading: String,
    /// Whether it stands on the one page too (overview, how to get there).
    pub brief: bool,
    /// Its text.
    pub blocks: Vec<CareerBlock>,
}

/// A paragraph or a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum CareerBlock {
    /// A paragraph.
    Paragraph(Vec<CareerRun>),
    /// Bullet points.
    List(Vec<Vec<CareerRun>>),
}

/// A run of text within a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum CareerRun {
    /// Text.
    Text(String),
    /// Text that is stressed.
    Strong(String),
    /// The mark of the source with this number.
    Source(u32),
}

/// A table of the full page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareerTable {
    /// Its heading.
    pub heading: String,
    /// Heads of its columns. The first column is set left; others are set right, words and all, where their figures
    /// outnumber their different wordings.
    pub columns: Vec<String>,
    /// Its rows, a cell a column; further cells are an error.
    pub rows: Vec<Vec<String>>,
}

/// A source in the list at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareerSource {
    /// The number by which it is named.
    pub number: u32,
    /// Name, release, date and licence, as text.
    pub text: String,
}

/// A sheet as the template reads it.
#[derive(Serialize)]
pub(crate) struct Printed<'a> {
    #[serde(flatten)]
    sheet: &'a CareerSheet,
    /// Whether this is the one page.
    brief: bool,
    /// Size of type against the usual one.
    scale: f64,
    /// How many blocks of each section are printed.
    kept: Vec<usize>,
    /// Whether something of a brief section is left out.
    shortened: bool,
    /// The numbers of the sources that are named by what is printed.
    cited: Vec<u32>,
}

/// Sizes that the one page tries before anything is left out.
const SCALES: [f64; 3] = [1.0, 0.94, 0.88];

/// Refuses a table whose rows do not fit its columns.
pub(crate) fn check(sheet: &CareerSheet) -> Result<(), DocumentError> {
    for (table, content) in sheet.tables.iter().enumerate() {
        if let Some(row) = content.rows.iter().position(|row| row.len() != content.columns.len()) {
            return Err(DocumentError::Table { table, row });
        }
    }
    Ok(())
}

/// The whole page.
pub(crate) fn full(sheet: &CareerSheet) -> Printed<'_> {
    Printed {
        sheet,
        brief: false,
        scale: 1.0,
        kept: sheet.sections.iter().map(|section| section.blocks.len()).collect(),
        shortened: false,
        cited: sheet.sources.iter().map(|source| source.number).collect(),
    }
}

/// The one page: the largest type, and then the most text, with which `pages` counts no more than one.
pub(crate) fn fit<'a>(
    sheet: &'a CareerSheet,
    pages: impl Fn(&Printed<'a>) -> Result<usize, DocumentError>,
) -> Result<Printed<'a>, DocumentError> {
    let whole: Vec<usize> = sheet.sections.iter().map(|s| if s.brief { s.blocks.len() } else { 0 }).collect();
    for scale in SCALES {
        let printed = brief(sheet, scale, whole.clone(), false);
        if pages(&printed)? <= 1 {
            return Ok(printed);
        }
    }
    let smallest = SCALES[SCALES.len() - 1];
    // The more is dropped, the fewer pages: search for the least that must go.
    let (mut too_few, mut enough) = (0, whole.iter().sum());
    while enough - too_few > 1 {
        let middle = usize::midpoint(too_few, enough);
        if pages(&brief(sheet, smallest, without(sheet, &whole, middle), true))? <= 1 {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    Ok(brief(sheet, smallest, without(sheet, &whole, enough), true))
}

/// `whole` less `dropped` blocks, taken from the end of whichever section is the longest at the time, and less what
/// would then announce a block that is gone.
fn without(sheet: &CareerSheet, whole: &[usize], dropped: usize) -> Vec<usize> {
    let mut kept = whole.to_vec();
    for _ in 0..dropped {
        if let Some(longest) = kept.iter_mut().max_by_key(|count| **count) {
            *longest = longest.saturating_sub(1);
        }
    }
    for ((section, &all), count) in sheet.sections.iter().zip(whole).zip(&mut kept) {
        while *count > 0 && *count < all && section.blocks[*count - 1].announces() {
            *count -= 1;
        }
    }
    kept
}

fn brief(sheet: &CareerSheet, scale: f64, kept: Vec<usize>, shortened: bool) -> Printed<'_> {
    let mut cited: Vec<u32> = sheet.facts.iter().flat_map(|fact| &fact.sources).copied().collect();
    cited.extend(sheet.pay.iter().flat_map(|pay| &pay.sources));
    for (section, &count) in sheet.sections.iter().zip(&kept) {
        cited.extend(section.blocks.iter().take(count).flat_map(CareerBlock::cited));
    }
    cited.sort_unstable();
    cited.dedup();
    Printed { sheet, brief: true, scale, kept, shortened, cited }
}

impl CareerBlock {
    /// Whether it ends with a colon, and so means nothing without the block after it.
    fn announces(&self) -> bool {
        let runs = match self {
            Self::Paragraph(runs) => runs.as_slice(),
            Self::List(items) => items.last().map_or(&[][..], Vec::as_slice),
        };
        let texts = runs.iter().rev().filter_map(|run| match run {
            CareerRun::Text(text) | CareerRun::Strong(text) => Some(text.trim_end()),
            CareerRun::Source(_) => None,
        });
        texts.into_iter().find(|text| !text.is_empty()).is_some_and(|text| text.ends_with(':'))
    }

    /// Numbers of the sources that it names.
    fn cited(&self) -> Vec<u32> {
        let runs: Vec<&CareerRun> = match self {
            Self::Paragraph(runs) => runs.iter().collect(),
            Self::List(items) => items.iter().flatten().collect(),
        };
        runs.into_iter()
            .filter_map(|run| if let CareerRun::Source(number) = run { Some(*number) } else { None })
            .collect()
    }
}
