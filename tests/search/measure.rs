//! The labelled queries, and how well a catalogue's search answers them. Shared by the test and the bench.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{CareerFilters, CareerQuery, CareerSort, Language};

/// Kinds of queries with the least share of first places and of hits among five, in hundredths. Of nonsense, all must
/// find nothing.
pub const KINDS: [(&str, u32, u32); 10] = [
    ("title", 90, 99),
    ("misspelt", 88, 99),
    ("prefix", 85, 100),
    ("description", 60, 88),
    ("acronym", 85, 97),
    ("subject", 65, 93),
    ("informal", 85, 97),
    ("spanish", 75, 92),
    ("extra_words", 80, 95),
    ("nonsense", 100, 100),
];

/// Rows that are looked at.
const ROWS: usize = 10;

/// A labelled query.
#[derive(Debug)]
pub struct Query {
    pub text: String,
    pub kind: String,
    /// Codes of which one should come first; none where nothing should be found.
    pub first: Vec<String>,
    right: Vec<String>,
}

impl Query {
    /// Whether it belongs to the half that is not looked at while tuning.
    pub fn held(&self) -> bool {
        let mixed = self.text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        (mixed ^ (mixed >> 33)) & 1 == 1
    }
}

/// The set that is held to the least figures.
pub const FIRST: &str = "queries.tsv";

/// Reads a file of `tests/search`.
pub fn queries(file: &str) -> Vec<Query> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("search").join(file);
    let text = std::fs::read_to_string(file).unwrap();
    let row = |line: &str| {
        let cells: Vec<_> = line.split('\t').collect();
        let codes = |cell: &str| cell.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
        let [text, kind, first, right] = cells[..] else { panic!("a query has four cells: {line}") };
        Query { text: text.to_owned(), kind: kind.to_owned(), first: codes(first), right: codes(right) }
    };
    text.lines().skip(1).map(row).collect()
}

/// Figures of some queries, each a share of 1.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    pub queries: u32,
    pub top: f64,
    pub five: f64,
    pub reciprocal: f64,
    pub gain: f64,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.queries += other.queries;
        self.top += other.top;
        self.five += other.five;
        self.reciprocal += other.reciprocal;
        self.gain += other.gain;
    }

    /// The mean over the queries that were added.
    pub fn mean(self) -> Self {
        let share = |sum: f64| sum / f64::from(self.queries.max(1));
        Self {
            queries: self.queries,
            top: share(self.top),
            five: share(self.five),
            reciprocal: share(self.reciprocal),
            gain: share(self.gain),
        }
    }
}

/// What was measured of one kind: of all its queries, and of the halves that may and may not be looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kind {
    pub all: Figures,
    pub dev: Figures,
    pub held: Figures,
}

/// Asks every query, and gives the means a kind; and the queries whose first row is no right first one.
pub fn measure(catalogue: &Catalogue, queries: &[Query]) -> (BTreeMap<String, Kind>, Vec<String>) {
    let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
    let mut missed = Vec::new();
    for query in queries {
        let found = codes(catalogue, &query.text);
        let figures = judge(query, &found);
        if figures.top < 0.5 {
            missed.push(format!("{} ({}): {}", query.text, query.kind, found.join(" ")));
        }
        let kind = kinds.entry(query.kind.clone()).or_default();
        kind.all.add(figures);
        if query.held() { kind.held.add(figures) } else { kind.dev.add(figures) }
    }
    for kind in kinds.values_mut() {
        *kind = Kind { all: kind.all.mean(), dev: kind.dev.mean(), held: kind.held.mean() };
    }
    (kinds, missed)
}

/// Codes of the rows that answer, each once: a specialty stands for its occupation.
fn codes(catalogue: &Catalogue, text: &str) -> Vec<String> {
    let asked = CareerQuery {
        text: text.to_owned(),
        filters: CareerFilters::default(),
        sort: CareerSort::Relevance,
        offset: 0,
        limit: 20,
        place: "US".to_owned(),
        language: Language::En,
    };
    let rows = catalogue.search(&asked).unwrap().rows;
    let mut seen = BTreeSet::new();
    let codes =
        rows.iter().filter_map(|row| catalogue.code(&row.slug)).filter(|code| seen.insert(code.clone()));
    codes.take(ROWS).collect()
}

fn judge(query: &Query, found: &[String]) -> Figures {
    let share = |holds: bool| if holds { 1.0 } else { 0.0 };
    if query.right.is_empty() {
        let quiet = share(found.is_empty());
        return Figures { queries: 1, top: quiet, five: quiet, reciprocal: quiet, gain: quiet };
    }
    let right = |code: &String| query.right.contains(code);
    let gain = |code: &String| share(right(code)) + share(query.first.contains(code));
    let discount = |place: u32| (f64::from(place) + 2.0).log2();
    let sum = |gains: &mut dyn Iterator<Item = f64>| -> f64 {
        (0..).zip(gains.take(ROWS)).map(|(place, gain)| gain / discount(place)).sum()
    };
    let mut ideal: Vec<f64> = query.right.iter().map(gain).collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let place = (1_u32..).zip(found).find(|(_, code)| right(code)).map(|(place, _)| f64::from(place));
    Figures {
        queries: 1,
        top: share(found.first().is_some_and(|code| query.first.contains(code))),
        five: share(found.iter().take(5).any(right)),
        reciprocal: place.map_or(0.0, |place| 1.0 / place),
        gain: sum(&mut found.iter().map(gain)) / sum(&mut ideal.into_iter()),
    }
}
