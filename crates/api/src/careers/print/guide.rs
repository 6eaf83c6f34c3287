//! The guide on paper: its sections under their headings, what its figures speak for, and the quoted claims.

use waymark_catalogue::shapes::{Block, Career, GuideKind, GuideSection, Language, Original, Run};
use waymark_documents::{CareerBlock, CareerRun, CareerSection};

use super::facts::ORIGINAL;
use super::marks::Marks;
use super::reader::Reader;
use super::words::{fill, name};

/// Sections that stand on the one sheet too: of a long guide these, of a short one all.
const BRIEF: [&str; 7] = ["overview", "education", "conclusion", "does", "like", "hard", "way_in"];

/// The section that says what the career is, in a long guide or a short one.
const FIRST: [&str; 2] = ["overview", "does"];

/// Other titles that are printed; sources collect hundreds for some occupations.
const OTHER_TITLES: usize = 24;

/// The sections: all of them, or those of the one sheet.
pub(super) fn sections(career: &Career, reader: Reader, marks: &mut Marks, full: bool) -> Vec<CareerSection> {
    let words = &reader.words.guide;
    let mut sections = Vec::new();
    // A long guide has its limits said first, because its figures stand in its text; a short one has none in it.
    if career.guide.kind == GuideKind::Long {
        sections.push(reach(career, reader, marks));
    }
    let shown = |section: &&GuideSection| full || BRIEF.contains(&section.id.as_str());
    for section in career.guide.sections.iter().filter(shown) {
        let mut blocks =
            if full { blocks(&section.blocks, marks) } else { blocks(&gist(&section.blocks), marks) };
        if full && FIRST.contains(&section.id.as_str()) && !career.alternate_titles.is_empty() {
            blocks.push(paragraph(&also_called(&career.alternate_titles, reader)));
        }
        let brief = BRIEF.contains(&section.id.as_str());
        sections.push(CareerSection { heading: name(&words.sections, &section.id), brief, blocks });
    }
    if career.guide.kind == GuideKind::Short {
        sections.push(reach(career, reader, marks));
    }
    if full && !career.originals.is_empty() {
        sections.push(originals(career, reader, marks));
    }
    sections
}

/// "Also called: …", and how many more where there are many.
fn also_called(titles: &[String], reader: Reader) -> String {
    let shown = titles.iter().take(OTHER_TITLES).map(String::as_str).collect::<Vec<_>>().join(", ");
    let words = &reader.words.guide;
    match titles.len().saturating_sub(OTHER_TITLES) {
        0 => fill(&words.also_called, &[("titles", &shown)]),
        more => fill(&words.also_called_more, &[("titles", &shown), ("n", &more.to_string())]),
    }
}

/// How far the page can be relied on: for what its figures speak, what the guide was written from and who reviewed it,
/// in which language.
fn reach(career: &Career, reader: Reader, marks: &mut Marks) -> CareerSection {
    let (words, guide) = (&reader.words.guide, &career.guide);
    let from: Vec<&str> = guide.written_from.iter().filter_map(|id| marks.title(id)).collect();
    let about = if guide.sections.is_empty() {
        words.none.clone()
    } else {
        let sentence = match guide.kind {
            GuideKind::Short if guide.reviewed => &words.short_reviewed,
            GuideKind::Short => &words.short,
            GuideKind::Long if guide.reviewed => &words.reviewed,
            GuideKind::Long => &words.written,
        };
        let date = reader.dates.day(&guide.written);
        fill(sentence, &[("date", &date), ("from", &from.join("; "))])
    };
    let other = match (guide.language, reader.language) {
        (Language::En, Language::Es) => words.in_english.as_str(),
        (Language::Es, Language::En) => words.in_spanish.as_str(),
        _ => "",
    };
    let said = [career.relation_note.as_str(), &about, other];
    let said: Vec<&str> = said.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    let mut runs = vec![CareerRun::Text(whole(&said.join(" ")))];
    let mut numbers: Vec<u32> = guide.written_from.iter().filter_map(|id| marks.number(id)).collect();
    numbers.sort_unstable();
    for number in numbers {
        if runs.len() > 1 {
            runs.push(CareerRun::Text(" ".to_owned()));
        }
        runs.push(CareerRun::Source(number));
    }
    let blocks = vec![CareerBlock::Paragraph(runs)];
    CareerSection { heading: words.reach.clone(), brief: true, blocks }
}

/// What of a section goes on the one sheet: its paragraphs, without the lists and the lines that lead to them.
fn gist(blocks: &[Block]) -> Vec<Block> {
    let leads = |index: usize| matches!(blocks.get(index + 1), Some(Block::List { .. }));
    let kept = blocks.iter().enumerate().filter(|(index, block)| match block {
        Block::Paragraph { runs } => !(leads(*index) && ends_in_colon(runs)),
        Block::List { .. } => false,
    });
    kept.map(|(_, block)| block.clone()).collect()
}

fn ends_in_colon(runs: &[Run]) -> bool {
    let last = runs.iter().rev().find_map(|run| match run {
        Run::Text { text } | Run::Strong { text } => Some(text),
        Run::Source { .. } => None,
    });
    last.is_some_and(|text| text.trim_end().ends_with(':'))
}

/// What the page that the project began with said, in its own words, and what there is to say about it.
fn originals(career: &Career, reader: Reader, marks: &mut Marks) -> CareerSection {
    let words = &reader.words.originals;
    let mark = marks.number(ORIGINAL);
    let claim = |claim: &Original| {
        let (topic, place) = (name(&words.topics, &claim.topic), name(&words.places, &claim.place));
        let verdict = name(&words.verdicts, &claim.verdict);
        let mut runs = vec![
            CareerRun::Strong(fill(&words.claim, &[("topic", &topic), ("place", &place)])),
            CareerRun::Text(fill(&words.said, &[("said", &claim.said), ("verdict", &verdict)])),
        ];
        runs.extend(mark.map(CareerRun::Source));
        if !claim.note.is_empty() {
            runs.push(CareerRun::Text(whole(&format!(" {}", claim.note))));
        }
        runs
    };
    let claims = CareerBlock::List(career.originals.iter().map(claim).collect());
    CareerSection {
        heading: words.heading.clone(),
        brief: false,
        blocks: vec![paragraph(&words.lead), claims],
    }
}

fn blocks(blocks: &[Block], marks: &mut Marks) -> Vec<CareerBlock> {
    let block = |block: &Block| match block {
        Block::Paragraph { runs } => CareerBlock::Paragraph(line(runs, marks)),
        Block::List { items } => CareerBlock::List(items.iter().map(|runs| line(runs, marks)).collect()),
    };
    blocks.iter().map(block).collect()
}

/// A line of text with its marks. Two marks in a row are kept apart: 1 and 2 must not read as 12.
fn line(runs: &[Run], marks: &mut Marks) -> Vec<CareerRun> {
    let mut printed: Vec<CareerRun> = Vec::new();
    for run in runs {
        match run {
            Run::Text { text } => printed.push(CareerRun::Text(whole(text))),
            Run::Strong { text } => printed.push(CareerRun::Strong(whole(text))),
            Run::Source { source } => {
                if let Some(CareerRun::Source(_)) = printed.last() {
                    printed.push(CareerRun::Text(" ".to_owned()));
                }
                printed.extend(marks.number(source).map(CareerRun::Source));
            }
        }
    }
    printed
}

/// No line ends between a number and its per cent sign.
fn whole(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}

fn paragraph(text: &str) -> CareerBlock {
    CareerBlock::Paragraph(vec![CareerRun::Text(whole(text))])
}
