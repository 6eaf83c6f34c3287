//! A guide's Markdown as sections of typed blocks. Only paragraphs, bullet lists, strong text and source marks exist;
//! everything else is a fault, so that the page never meets what it cannot show.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::fault::{FaultKind, Faults};
use super::figures::has_figure;
use super::text::line_at;
use crate::shapes::{Block, Run};

/// A section as it stands in a file.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) id: String,
    pub(crate) line: u32,
    pub(crate) blocks: Vec<Block>,
    /// Sources cited, with the line of each mark.
    pub(crate) cited: Vec<(String, u32)>,
}

/// Where the Markdown stands: the file, its text, and the lines before the text.
pub(crate) struct Body<'t> {
    pub(crate) file: &'t str,
    pub(crate) text: &'t str,
    pub(crate) before: u32,
}

/// Parses the text into its sections, in the order of the file.
pub(crate) fn sections(body: &Body<'_>, faults: &mut Faults) -> Vec<Section> {
    // The older footnote rule, by which a mark needs no definition: ours are ids of sources.
    let events = Parser::new_ext(body.text, Options::ENABLE_OLD_FOOTNOTES).into_offset_iter();
    let mut reader = Reader {
        body,
        faults,
        sections: Vec::new(),
        heading: None,
        runs: None,
        items: None,
        strong: false,
        emphasis: Vec::new(),
    };
    for (event, range) in events {
        reader.take(event, &range);
    }
    reader.sections
}

struct Reader<'t, 'f> {
    body: &'t Body<'t>,
    faults: &'f mut Faults,
    sections: Vec<Section>,
    heading: Option<String>,
    /// The paragraph or list item that is open, and its line.
    runs: Option<(Vec<Run>, u32)>,
    /// The list that is open.
    items: Option<Vec<Vec<Run>>>,
    strong: bool,
    /// Emphasis that is open; true where its marks are the asterisks of names such as O*NET.
    emphasis: Vec<bool>,
}

impl Reader<'_, '_> {
    fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        let line = self.body.before + line_at(self.body.text, range.start);
        match event {
            Event::Start(Tag::Emphasis) => self.emphasis(range.start, line),
            Event::End(TagEnd::Emphasis) => {
                if self.emphasis.pop() == Some(true) {
                    self.text("*", line);
                }
            }
            Event::Start(tag) => self.start(&tag, line),
            Event::End(tag) => self.end(tag, line),
            Event::Text(text) => self.text(&text, line),
            Event::SoftBreak => self.text(" ", line),
            Event::FootnoteReference(id) => self.source(&id, line),
            Event::HardBreak => self.refuse("a line break within a paragraph", line),
            Event::Code(_) => self.refuse("code", line),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse("HTML", line),
            Event::Rule => self.refuse("a rule", line),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {
                self.refuse("an extension of Markdown", line);
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, line: u32) {
        match tag {
            Tag::Heading { level: HeadingLevel::H2, .. } => self.heading = Some(String::new()),
            Tag::Paragraph | Tag::Item if self.runs.is_none() => self.runs = Some((Vec::new(), line)),
            Tag::Paragraph if self.runs.as_ref().is_some_and(|(runs, _)| runs.is_empty()) => {}
            Tag::Paragraph => self.refuse("a second paragraph in a list item", line),
            Tag::List(None) if self.items.is_none() => self.items = Some(Vec::new()),
            Tag::Strong => self.strong = true,
            Tag::List(Some(_)) => {
                self.refuse("a numbered list", line);
                self.items.get_or_insert_default();
            }
            Tag::List(None) | Tag::Item => self.refuse("a list within a list", line),
            Tag::Heading { .. } => {
                self.refuse("a heading other than ##", line);
                self.runs = Some((Vec::new(), line));
            }
            Tag::Link { .. } | Tag::Image { .. } => self.refuse("a link or picture", line),
            Tag::FootnoteDefinition(_) => self.refuse("a note's text", line),
            Tag::BlockQuote(_) => self.refuse("a quotation", line),
            Tag::CodeBlock(_) => self.refuse("code", line),
            Tag::HtmlBlock => {}
            _ => self.refuse("an extension of Markdown", line),
        }
    }

    fn end(&mut self, tag: TagEnd, line: u32) {
        match tag {
            TagEnd::Heading(HeadingLevel::H2) => {
                let id = self.heading.take().unwrap_or_default();
                self.sections.push(Section { id, line, blocks: Vec::new(), cited: Vec::new() });
            }
            TagEnd::Paragraph if self.items.is_none() => {
                if let Some(runs) = self.close_runs() {
                    self.block(Block::Paragraph { runs }, line);
                }
            }
            TagEnd::Item => {
                let runs = self.close_runs();
                self.items.get_or_insert_default().extend(runs);
            }
            TagEnd::List(_) => {
                if let Some(items) = self.items.take().filter(|items| !items.is_empty()) {
                    self.block(Block::List { items }, line);
                }
            }
            TagEnd::Strong => self.strong = false,
            // A refused heading: its text is of no use.
            TagEnd::Heading(_) => self.runs = None,
            _ => {}
        }
    }

    fn block(&mut self, block: Block, line: u32) {
        match self.sections.last_mut() {
            Some(section) => section.blocks.push(block),
            None => self.add(FaultKind::TextOutsideSection, "text before the first section", line),
        }
    }

    /// Ends the open paragraph or item; a figure in it needs a source.
    fn close_runs(&mut self) -> Option<Vec<Run>> {
        let (mut runs, line) = self.runs.take()?;
        tidy(&mut runs);
        if runs.is_empty() {
            return None;
        }
        let cited = runs.iter().any(|run| matches!(run, Run::Source { .. }));
        if let (false, Some(figure)) = (cited, has_figure(&words(&runs))) {
            self.add(FaultKind::FigureWithoutSource, format!("“{figure}” stands without a source"), line);
        }
        Some(runs)
    }

    fn text(&mut self, text: &str, line: u32) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
            return;
        }
        let Some((runs, _)) = &mut self.runs else {
            if !text.trim().is_empty() {
                self.refuse("text outside a paragraph", line);
            }
            return;
        };
        match (runs.last_mut(), self.strong) {
            (Some(Run::Text { text: last }), false) | (Some(Run::Strong { text: last }), true) => {
                last.push_str(text);
            }
            (_, true) => runs.push(Run::Strong { text: text.to_owned() }),
            (_, false) => runs.push(Run::Text { text: text.to_owned() }),
        }
    }

    /// Two names with an asterisk within (O*NET) make emphasis by Markdown's rules; nobody means it.
    fn emphasis(&mut self, start: usize, line: u32) {
        let before = self.body.text.get(..start).and_then(|head| head.chars().next_back());
        let within_word = before.is_some_and(char::is_alphanumeric);
        self.emphasis.push(within_word);
        if within_word {
            self.text("*", line);
        } else {
            self.refuse("emphasis other than **strong**", line);
        }
    }

    fn source(&mut self, id: &str, line: u32) {
        if let (Some((runs, _)), None) = (&mut self.runs, &self.heading) {
            runs.push(Run::Source { source: id.to_owned() });
        }
        if let Some(section) = self.sections.last_mut() {
            section.cited.push((id.to_owned(), line));
        }
    }

    fn refuse(&mut self, what: &str, line: u32) {
        self.add(FaultKind::Markup, format!("{what} has no place in a guide"), line);
    }

    fn add(&mut self, kind: FaultKind, detail: impl Into<String>, line: u32) {
        self.faults.add(self.body.file, line, kind, detail);
    }
}

/// No spaces at the ends, no empty runs.
fn tidy(runs: &mut Vec<Run>) {
    if let Some(Run::Text { text }) = runs.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Run::Text { text }) = runs.last_mut() {
        *text = text.trim_end().to_owned();
    }
    runs.retain(|run| !matches!(run, Run::Text { text } | Run::Strong { text } if text.is_empty()));
}

/// The words of the runs, without marks.
pub(crate) fn words(runs: &[Run]) -> String {
    let part = |run: &Run| match run {
        Run::Text { text } | Run::Strong { text } => text.clone(),
        Run::Source { .. } => String::new(),
    };
    runs.iter().map(part).collect()
}

/// The words of a section's blocks, for the index.
pub(crate) fn block_words(block: &Block) -> String {
    match block {
        Block::Paragraph { runs } => words(runs),
        Block::List { items } => items.iter().map(|runs| words(runs)).collect::<Vec<_>>().join(" "),
    }
}
