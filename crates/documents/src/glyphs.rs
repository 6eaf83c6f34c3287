//! Finds the characters for which no face had a glyph, in the finished pages rather than by guess.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst_layout::PagedDocument;

use crate::fonts::needs_glyph;

/// Glyph 0 of every font is the empty box.
const NO_GLYPH: u16 = 0;

/// The characters that came out as empty boxes, each once, in Unicode's order.
pub(crate) fn missing(document: &PagedDocument) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    for page in document.pages() {
        search_frame(&page.frame, &mut found);
    }
    found
}

fn search_frame(frame: &Frame, found: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => search_frame(&group.frame, found),
            FrameItem::Text(text) => search_text(text, found),
            _ => {}
        }
    }
}

fn search_text(text: &TextItem, found: &mut BTreeSet<char>) {
    for glyph in text.glyphs.iter().filter(|glyph| glyph.id == NO_GLYPH) {
        if let Some(cluster) = text.text.get(glyph.range()) {
            found.extend(cluster.chars().filter(|&c| needs_glyph(c)));
        }
    }
}
