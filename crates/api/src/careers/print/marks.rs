//! The numbers by which sources are named, given in the order of first use, and the list of them at the end.

use waymark_catalogue::shapes::{Career, Source};
use waymark_documents::CareerSource;

use super::facts::ORIGINAL;
use super::reader::Reader;
use super::words::{fill, name};

/// The sources whose licence asks for words of its own (`docs/DATA.md`).
const ONET: [&str; 3] = ["onet", "onet-interests", "onet-ratings"];

/// Sources named so far, of one career or of several side by side.
pub(super) struct Marks<'a> {
    careers: Vec<&'a Career>,
    used: Vec<&'a Source>,
}

impl<'a> Marks<'a> {
    pub(super) fn of(career: &'a Career) -> Self {
        Self { careers: vec![career], used: Vec::new() }
    }

    pub(super) fn of_all(careers: &'a [Career]) -> Self {
        Self { careers: careers.iter().collect(), used: Vec::new() }
    }

    fn source(&self, id: &str) -> Option<&'a Source> {
        self.careers.iter().flat_map(|career| &career.sources).find(|source| source.id == id)
    }

    /// The number of a source; none where the page does not have it.
    pub(super) fn number(&mut self, id: &str) -> Option<u32> {
        let source = self.source(id)?;
        let index = self.used.iter().position(|used| used.id == id).unwrap_or_else(|| {
            self.used.push(source);
            self.used.len() - 1
        });
        u32::try_from(index + 1).ok()
    }

    /// The title of a source.
    pub(super) fn title(&self, id: &str) -> Option<&'a str> {
        self.source(id).map(|source| source.title.as_str())
    }

    /// The numbers of the sources of a field of the page, lowest first.
    pub(super) fn of_field(&mut self, field: &str) -> Vec<u32> {
        let ids: Vec<&'a String> =
            self.careers.iter().filter_map(|career| career.figure_sources.get(field)).flatten().collect();
        let mut numbers: Vec<u32> = ids.into_iter().filter_map(|id| self.number(id)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The release of the first source of a field; empty where it has none.
    pub(super) fn release(&self, field: &str) -> &'a str {
        let id = self.careers.iter().find_map(|career| career.figure_sources.get(field)?.first());
        id.and_then(|id| self.source(id)).map_or("", |source| &source.release)
    }

    /// The words that O*NET's licence asks for, with the releases that were used; empty where none was.
    pub(super) fn attribution(&self, reader: Reader) -> String {
        let used = self.used.iter().filter(|source| ONET.contains(&source.id.as_str()));
        let mut releases: Vec<&str> = used.map(|source| source.release.as_str()).collect();
        releases.sort_unstable();
        if releases.is_empty() {
            return String::new();
        }
        fill(&reader.words.sources.onet, &[("releases", &releases.join(", "))])
    }

    /// Every source that was named so far.
    pub(super) fn used(&self) -> &[&'a Source] {
        &self.used
    }

    /// Every source that was named. The whole page also says what was changed and where the source is.
    pub(super) fn sources(self, reader: Reader, full: bool) -> Vec<CareerSource> {
        let text = |source: &&Source| entry(source, reader, full);
        (1..).zip(self.used.iter().map(text)).map(|(number, text)| CareerSource { number, text }).collect()
    }
}

fn entry(source: &Source, reader: Reader, full: bool) -> String {
    let words = &reader.words.sources;
    if source.id == ORIGINAL {
        return words.original.clone();
    }
    // A title such as "O*NET 30.1 Database" has the release in it.
    let named = source.release.is_empty() || source.title.contains(&source.release);
    let entry = fill(
        if named { &words.entry } else { &words.entry_release },
        &[
            ("title", &source.title),
            ("publisher", &source.publisher),
            ("release", &reader.release(&source.release)),
            ("date", &reader.published(&source.date)),
            ("licence", &name(&words.licences, &source.licence)),
        ],
    );
    // Where a licence asks for it, that something was changed is said on the one sheet too.
    let changed = if source.note.is_empty() {
        String::new()
    } else if full {
        fill(&words.changed, &[("note", &source.note)])
    } else if source.licence.starts_with("CC") {
        words.changed_short.clone()
    } else {
        String::new()
    };
    let address = if full { source.url.as_str() } else { "" };
    [entry.as_str(), &changed, address]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
