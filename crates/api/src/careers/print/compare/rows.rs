//! The rows of a comparison: the same fact of each career, as it is read and as a number where it is one.

use waymark_catalogue::shapes::{Career, EducationShare, Figure, Interests, RatingKind};
use waymark_documents::{CompareCell, CompareGroup, CompareRow};

use super::super::marks::Marks;
use super::super::reader::{Reader, bound, decimal, whole};
use super::super::words::{Names, fill, name};
use super::Comparer;

/// Skills and fields of knowledge that are named in a cell.
const TOP: usize = 5;

/// The scale of interests.
const INTERESTS: (f64, f64) = (1.0, 7.0);

/// Rows that belong together.
pub(super) struct Group {
    pub(super) heading: String,
    /// Fields of a career's page that the rows are taken from.
    pub(super) fields: &'static [&'static str],
    pub(super) rows: Vec<Row>,
}

/// One fact of each career.
pub(super) struct Row {
    pub(super) label: String,
    /// What the numbers count, where they are numbers.
    pub(super) unit: Option<&'static str>,
    pub(super) cells: Vec<Cell>,
    /// The whole scale, where a bar shows the share of it.
    scale: Option<(f64, f64)>,
}

/// A fact of one career.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) figure: Figure,
    /// Digits after the point with which the figure is published.
    pub(super) digits: usize,
}

/// One of the six ratings of a profile.
type InterestOf = fn(&Interests) -> f64;

impl Group {
    /// The group as the template takes it.
    pub(super) fn printed(self, marks: &mut Marks) -> CompareGroup {
        let mut sources: Vec<u32> = self.fields.iter().flat_map(|field| marks.of_field(field)).collect();
        sources.sort_unstable();
        sources.dedup();
        CompareGroup {
            heading: self.heading,
            sources,
            rows: self.rows.into_iter().map(Row::printed).collect(),
        }
    }
}

impl Row {
    fn printed(self) -> CompareRow {
        let highest = self.highest();
        let cell = |cell: Cell| CompareCell {
            highest: highest.is_some_and(|highest| bound(cell.figure) == Some(highest)),
            bar: self.scale.and_then(|(least, most)| {
                bound(cell.figure).map(|value| ((value - least) / (most - least)).clamp(0.0, 1.0))
            }),
            text: cell.text,
        };
        CompareRow { label: self.label, cells: self.cells.into_iter().map(cell).collect() }
    }

    /// The highest number, where there are several that are not the same.
    fn highest(&self) -> Option<f64> {
        let numbers: Vec<f64> = self.cells.iter().filter_map(|cell| bound(cell.figure)).collect();
        let highest = numbers.iter().copied().max_by(f64::total_cmp)?;
        numbers.iter().any(|number| *number < highest).then_some(highest)
    }
}

/// All groups, in the order of the page.
pub(super) fn groups(careers: &[Career], comparer: Comparer) -> Vec<Group> {
    let made = Rows { careers, comparer };
    vec![made.work(), made.outlook(), made.entry(), made.interests(), made.ratings()]
}

#[derive(Clone, Copy)]
struct Rows<'a> {
    careers: &'a [Career],
    comparer: Comparer,
}

impl Rows<'_> {
    fn reader(&self) -> Reader {
        self.comparer.reader
    }

    /// A row of words.
    fn said(&self, label: &str, say: impl Fn(&Career) -> String) -> Row {
        let cell = |career| Cell { text: say(career), figure: Figure::NotProvided, digits: 0 };
        let cells = self.careers.iter().map(cell).collect();
        Row { label: label.to_owned(), unit: None, cells, scale: None }
    }

    /// A row of figures.
    fn figures(
        &self,
        label: &str,
        (unit, digits): (&'static str, usize),
        figure: impl Fn(&Career) -> Figure,
        show: impl Fn(f64) -> String,
    ) -> Row {
        let cell = |career| {
            let figure = figure(career);
            Cell { text: self.reader().figure(figure, &show), figure, digits }
        };
        let cells = self.careers.iter().map(cell).collect();
        Row { label: label.to_owned(), unit: Some(unit), cells, scale: None }
    }

    fn work(&self) -> Group {
        let words = self.comparer.words;
        let names = &self.reader().words.names.subjects;
        let subjects =
            |career: &Career| career.subjects.iter().map(|id| name(names, id)).collect::<Vec<_>>().join(", ");
        Group {
            heading: words.groups.work.clone(),
            fields: &[],
            rows: vec![
                self.said(&words.rows.summary, |career| career.summary.clone()),
                self.said(&words.rows.subjects, subjects),
            ],
        }
    }

    fn outlook(&self) -> Group {
        let (reader, words) = (self.reader(), self.comparer.words);
        let (tables, units) = (&reader.words.tables, &words.units);
        let first = self.careers.first().map(|career| &career.outlook);
        let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
        let (from, to) = (year(first.map(|outlook| outlook.from)), year(first.map(|outlook| outlook.to)));
        let all = first.map_or(Figure::NotProvided, |outlook| outlook.growth_all_percent);
        let all = reader.figure(all, |value| reader.change(value));
        let growth = fill(&words.rows.growth, &[("all", &all)]);
        let (persons, percent) = ((units.persons.as_str(), 0), (units.percent.as_str(), 1));
        let jobs = fill(&tables.jobs_in, &[("year", &from)]);
        Group {
            heading: fill(&words.groups.outlook, &[("from", &from), ("to", &to)]),
            fields: &["outlook"],
            rows: vec![
                self.figures(&growth, percent, |c| c.outlook.growth_percent, |value| reader.change(value)),
                self.figures(&jobs, persons, |c| c.outlook.employment, whole),
                self.figures(&tables.openings, persons, |c| c.outlook.openings, whole),
                self.figures(&words.rows.leaving, persons, |c| c.outlook.replacement, whole),
                self.figures(
                    &tables.self_employed,
                    percent,
                    |c| c.outlook.self_employed_percent,
                    |value| reader.percent(value),
                ),
            ],
        }
    }

    fn entry(&self) -> Group {
        let (reader, words) = (self.reader(), self.comparer.words);
        let (tables, names) = (&reader.words.tables, &reader.words.names);
        let said = |names: &Names, id: Option<&String>| {
            id.map_or_else(|| reader.words.figure.not_provided.clone(), |id| name(names, id))
        };
        let preparation = |career: &Career| match career.preparation.map(|level| level.to_string()) {
            Some(level) => {
                let values = [("name", &*name(&names.preparation, &level)), ("n", &level)];
                fill(&tables.preparation_level, &values)
            }
            None => reader.words.figure.not_rated.clone(),
        };
        Group {
            heading: words.groups.entry.clone(),
            fields: &["entry", "preparation", "education_shares"],
            rows: vec![
                self.said(&tables.entry_education, |c| said(&names.education, c.entry.education.as_ref())),
                self.said(&tables.entry_experience, |c| said(&names.experience, c.entry.experience.as_ref())),
                self.said(&tables.entry_training, |c| said(&names.training, c.entry.training.as_ref())),
                self.said(&tables.entry_preparation, preparation),
                self.said(&words.rows.required, |career| self.required(career)),
            ],
        }
    }

    /// The level of education that most respondents call required, with their share. Where the shares that are held back
    /// may hide a larger one, nobody can tell which it is.
    fn required(&self, career: &Career) -> String {
        let reader = self.reader();
        let share = |share: &EducationShare| bound(share.share_percent).unwrap_or_default();
        let told: f64 = career.education_shares.iter().map(share).sum();
        let most = career.education_shares.iter().max_by(|a, b| share(a).total_cmp(&share(b)));
        let Some(most) = most.filter(|most| share(most) > 0.0) else {
            return reader.words.figure.not_rated.clone();
        };
        let held_back = career.education_shares.iter().any(|one| one.share_percent == Figure::NotPublished);
        if held_back && 100.0 - told > share(most) {
            return reader.words.figure.not_published.clone();
        }
        let level = name(&reader.words.names.required_education, &most.category.to_string());
        let said = reader.figure(most.share_percent, |value| reader.percent(value));
        fill(&self.comparer.words.rows.required_share, &[("level", &level), ("share", &said)])
    }

    fn interests(&self) -> Group {
        let (words, names) = (self.comparer.words, &self.reader().words.names.interests);
        let types: [(&str, InterestOf); 6] = [
            ("R", |interests| interests.realistic),
            ("I", |interests| interests.investigative),
            ("A", |interests| interests.artistic),
            ("S", |interests| interests.social),
            ("E", |interests| interests.enterprising),
            ("C", |interests| interests.conventional),
        ];
        let row = |(letter, of): (&str, InterestOf)| {
            let figure = |career: &Career| match &career.interests {
                Some(interests) => Figure::Value { value: of(interests) },
                None => Figure::NotRated,
            };
            let unit = (words.units.rating.as_str(), 2);
            let row = self.figures(&name(names, letter), unit, figure, |value| decimal(value, 2));
            Row { scale: Some(INTERESTS), ..row }
        };
        Group {
            heading: words.groups.interests.clone(),
            fields: &["interests"],
            rows: types.into_iter().map(row).collect(),
        }
    }

    fn ratings(&self) -> Group {
        let tables = &self.reader().words.tables;
        let kinds = [(RatingKind::Skill, &tables.skills), (RatingKind::Knowledge, &tables.knowledge)];
        let rows = kinds.map(|(kind, heading)| self.said(heading, |career| self.top(career, kind)));
        Group { heading: self.comparer.words.groups.ratings.clone(), fields: &["ratings"], rows: rows.into() }
    }

    /// The most important of a kind. They come in their order, the unrated last.
    fn top(&self, career: &Career, kind: RatingKind) -> String {
        let of_kind = career.ratings.iter().filter(|rating| rating.kind == kind);
        let rated = of_kind.filter(|rating| bound(rating.importance).is_some()).take(TOP);
        let names: Vec<&str> = rated.map(|rating| rating.name.as_str()).collect();
        if names.is_empty() { self.reader().words.figure.not_rated.clone() } else { names.join(", ") }
    }
}
