//! The guide on paper: its sections under their headings, what its figures speak for, and the quoted claims.

use waymark_catalogue::shapes::{Block, Career, GuideSection, Language, Original, Run};
use waymark_documents::{CareerBlock, CareerRun, CareerSection};

use super::facts::ORIGINAL;
use super::marks::Marks;
use super::reader::Reader;
use super::words::{fill, name};

/// Sections that stand on the one sheet too.
const BRIEF: [&str; 3] = ["overview", "education", "conclusion"];

/// The sections: all of them, or those of the one sheet.
pub(super) fn sections(career: &Career, reader: Reader, marks: &mut Marks, full: bool) -> Vec<CareerSection> {
    let words = &reader.words.guide;
    let mut sections = Vec::new();
    if !career.relation_note.is_empty() {
        let blocks = vec![paragraph(&career.relation_note)];
        sections.push(CareerSection { heading: words.how_far.clone(), brief: true, blocks });
    }
    let shown = |section: &&GuideSection| full || BRIEF.contains(&section.id.as_str());
    for section in career.guide.sections.iter().filter(shown) {
        let mut blocks = blocks(section, marks);
        if full && section.id == "overview" && !career.alternate_titles.is_empty() {
            blocks.push(paragraph(&fill(&words.also_called, &[("titles", &career.alternate_titles.join(", "))])));
        }
        let brief = BRIEF.contains(&section.id.as_str());
        sections.push(CareerSection { heading: name(&words.sections, &section.id), brief, blocks });
    }
    about_the_guide(career, reader, &mut sections);
    if full && !career.originals.is_empty() {
        sections.push(originals(career, reader, marks));
    }
    sections
}

/// When the guide was written, whether anybody has reviewed it, and in which language it is; under its last section.
fn about_the_guide(career: &Career, reader: Reader, sections: &mut Vec<CareerSection>) {
    let (words, guide) = (&reader.words.guide, &career.guide);
    if guide.sections.is_empty() {
        let blocks = vec![paragraph(&words.none)];
        sections.push(CareerSection { heading: name(&words.sections, "overview"), brief: true, blocks });
        return;
    }
    let sentence = if guide.reviewed { &words.reviewed } else { &words.written };
    let mut about = fill(sentence, &[("date", &reader.dates.day(&guide.written))]);
    if guide.language != reader.language {
        let other = if guide.language == Language::En { &words.in_english } else { &words.in_spanish };
        about = [about.as_str(), other].join(" ");
    }
    if let Some(last) = sections.last_mut() {
        last.blocks.push(paragraph(&about));
    }
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
            runs.push(CareerRun::Text(format!(" {}", claim.note)));
        }
        runs
    };
    let claims = CareerBlock::List(career.originals.iter().map(claim).collect());
    CareerSection { heading: words.heading.clone(), brief: false, blocks: vec![paragraph(&words.lead), claims] }
}

fn blocks(section: &GuideSection, marks: &mut Marks) -> Vec<CareerBlock> {
    let block = |block: &Block| match block {
        Block::Paragraph { runs } => CareerBlock::Paragraph(line(runs, marks)),
        Block::List { items } => CareerBlock::List(items.iter().map(|runs| line(runs, marks)).collect()),
    };
    section.blocks.iter().map(block).collect()
}

/// A line of text with its marks. Two marks in a row are kept apart: 1 and 2 must not read as 12.
fn line(runs: &[Run], marks: &mut Marks) -> Vec<CareerRun> {
    let mut printed: Vec<CareerRun> = Vec::new();
    for run in runs {
        match run {
            Run::Text { text } => printed.push(CareerRun::Text(text.clone())),
            Run::Strong { text } => printed.push(CareerRun::Strong(text.clone())),
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

fn paragraph(text: &str) -> CareerBlock {
    CareerBlock::Paragraph(vec![CareerRun::Text(text.to_owned())])
}
