//! The tables of the whole page: every chart of the screen as figures to read.

use waymark_catalogue::shapes::{
    Career, Figure, Interests, PayAtPlace, PlaceKind, Rating, RatingKind, Related, Trait,
};
use waymark_documents::CareerTable;

use super::marks::Marks;
use super::pay;
use super::reader::{Reader, bound, decimal, whole};
use super::words::{Names, fill, name};

/// Rows of a table that on the screen has many more.
const TOP: usize = 10;

/// All tables, in the order of the page.
pub(super) fn all<'a>(career: &'a Career, reader: Reader, marks: &mut Marks<'a>) -> Vec<CareerTable> {
    let mut printer =
        Tables { career, reader, marks, made: Vec::new(), unrated: Vec::new(), unrated_sources: Vec::new() };
    if !pay::is_uncounted(career) {
        printer.outlook();
        printer.places();
    }
    printer.entry();
    printer.education();
    printer.industries();
    printer.ratings();
    printer.interests();
    printer.traits();
    printer.technology();
    printer.programmes();
    printer.related();
    printer.not_rated();
    printer.made
}

struct Tables<'a, 'm> {
    career: &'a Career,
    reader: Reader,
    marks: &'m mut Marks<'a>,
    made: Vec<CareerTable>,
    /// Headings of the tables that the source has no ratings for, and numbers of that source.
    unrated: Vec<[String; 1]>,
    unrated_sources: Vec<u32>,
}

impl Tables<'_, '_> {
    /// Adds a table, unless it is empty. Its first column's head names the sources of the field.
    fn add<const N: usize>(
        &mut self,
        field: &str,
        heading: &str,
        columns: [&str; N],
        rows: Vec<[String; N]>,
    ) {
        if !rows.is_empty() {
            let numbers = self.marks.of_field(field);
            self.add_named(&numbers, heading, columns, rows);
        }
    }

    /// The same with numbers of sources.
    fn add_named<const N: usize>(
        &mut self,
        numbers: &[u32],
        heading: &str,
        columns: [&str; N],
        rows: Vec<[String; N]>,
    ) {
        if rows.is_empty() {
            return;
        }
        let mut columns: Vec<String> = columns.into_iter().map(str::to_owned).collect();
        if let (Some(first), false) = (columns.first_mut(), numbers.is_empty()) {
            let words = &self.reader.words.tables;
            let sentence = if numbers.len() == 1 { &words.source } else { &words.sources };
            let numbers = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            *first = fill(sentence, &[("head", first), ("numbers", &numbers)]);
        }
        let rows = rows.into_iter().map(Vec::from).collect();
        self.made.push(CareerTable { heading: heading.to_owned(), columns, rows });
    }

    fn outlook(&mut self) {
        let (reader, words, outlook) = (self.reader, &self.reader.words.tables, &self.career.outlook);
        let (from, to) = (outlook.from.to_string(), outlook.to.to_string());
        let percent = |figure| reader.figure(figure, |value| reader.percent(value));
        let change = |figure| reader.figure(figure, |value| reader.change(value));
        let jobs = |figure| reader.figure(figure, whole);
        // In a shrinking occupation more people leave than are replaced.
        let leave = match (bound(outlook.replacement), bound(outlook.openings)) {
            (Some(leave), Some(openings)) if leave > openings => &words.leavers,
            _ => &words.replacement,
        };
        let rows = vec![
            [fill(&words.jobs_in, &[("year", &from)]), jobs(outlook.employment)],
            [fill(&words.jobs_in, &[("year", &to)]), jobs(outlook.employment_to)],
            [words.growth.clone(), change(outlook.growth_percent)],
            [words.growth_all.clone(), change(outlook.growth_all_percent)],
            [words.openings.clone(), jobs(outlook.openings)],
            [leave.clone(), jobs(outlook.replacement)],
            [words.self_employed.clone(), percent(outlook.self_employed_percent)],
        ];
        let heading = fill(&words.outlook, &[("from", &from), ("to", &to)]);
        self.add("outlook", &heading, [&self.career.occupation.title, &words.figure], rows);
    }

    fn places(&mut self) {
        let (reader, words) = (self.reader, &self.reader.words.tables);
        let row = |pay: &PayAtPlace| {
            let quotient = match pay.location_quotient {
                // The nation's share against itself.
                Figure::NotProvided if pay.place.kind == PlaceKind::Nation => decimal(1.0, 2),
                quotient => reader.figure(quotient, |value| decimal(value, 2)),
            };
            [reader.place(&pay.place), reader.figure(pay.employment, whole), quotient]
        };
        let rows = self.career.pay.iter().map(row).collect();
        self.add("pay", &words.places, [&words.place, &words.jobs, &words.quotient], rows);
    }

    fn entry(&mut self) {
        let (words, names, entry) = (&self.reader.words.tables, &self.reader.words.names, &self.career.entry);
        let said = |names: &Names, id: Option<&String>| {
            id.map_or_else(|| self.reader.words.figure.not_provided.clone(), |id| name(names, id))
        };
        let mut rows = vec![
            [words.entry_education.clone(), said(&names.education, entry.education.as_ref())],
            [words.entry_experience.clone(), said(&names.experience, entry.experience.as_ref())],
            [words.entry_training.clone(), said(&names.training, entry.training.as_ref())],
        ];
        if pay::is_uncounted(self.career) {
            rows.clear();
        }
        if let Some(level) = self.career.preparation.map(|level| level.to_string()) {
            let values = [("name", &*name(&names.preparation, &level)), ("n", &level)];
            rows.push([words.entry_preparation.clone(), fill(&words.preparation_level, &values)]);
        }
        if !self.career.subjects.is_empty() {
            let subjects: Vec<_> = self.career.subjects.iter().map(|id| name(&names.subjects, id)).collect();
            rows.push([words.entry_subjects.clone(), subjects.join(", ")]);
        }
        self.add("entry", &words.entry, [&words.entry_measure, &words.entry_usual], rows);
    }

    fn education(&mut self) {
        let (reader, words) = (self.reader, &self.reader.words.tables);
        // Levels that nobody named would fill the table and say nothing.
        let named =
            self.career.education_shares.iter().filter(|share| bound(share.share_percent) != Some(0.0));
        let unrated = self.career.education_shares.iter().all(|share| bound(share.share_percent).is_none());
        let rows: Vec<_> = named
            .map(|share| {
                let level = name(&reader.words.names.required_education, &share.category.to_string());
                [level, reader.figure(share.share_percent, |value| reader.percent(value))]
            })
            .collect();
        if unrated && !rows.is_empty() {
            return self.unrated("education_shares", &words.education);
        }
        self.add(
            "education_shares",
            &words.education,
            [&words.education_level, &words.education_share],
            rows,
        );
    }

    fn industries(&mut self) {
        let (reader, words) = (self.reader, &self.reader.words.tables);
        let rows = self.career.industries.iter().map(|industry| {
            let share = reader.figure(industry.share_percent, |value| reader.percent(value));
            [industry.title.clone(), reader.figure(industry.employment, whole), share]
        });
        let rows = rows.collect();
        self.add(
            "industries",
            &words.industries,
            [&words.industry, &words.jobs, &words.industry_share],
            rows,
        );
    }

    fn ratings(&mut self) {
        let (reader, words) = (self.reader, &self.reader.words.tables);
        let kinds = [
            (RatingKind::Skill, &words.skills),
            (RatingKind::Knowledge, &words.knowledge),
            (RatingKind::Ability, &words.abilities),
            (RatingKind::Activity, &words.activities),
        ];
        for (kind, heading) in kinds {
            let of_kind: Vec<&Rating> =
                self.career.ratings.iter().filter(|rating| rating.kind == kind).collect();
            // They come in their order, the unrated last.
            if of_kind.first().is_some_and(|rating| bound(rating.importance).is_none()) {
                self.unrated("ratings", heading);
                continue;
            }
            let row = |rating: &&Rating| {
                let figure = |figure| reader.figure(figure, |value| decimal(value, 2));
                [rating.name.clone(), figure(rating.importance), figure(rating.level)]
            };
            let rows = of_kind
                .iter()
                .filter(|rating| bound(rating.importance).is_some())
                .take(TOP)
                .map(row)
                .collect();
            self.add("ratings", heading, [&words.rated, &words.importance, &words.level], rows);
        }
    }

    /// Keeps what the source has no ratings of, for the one table that says so.
    fn unrated(&mut self, field: &str, heading: &str) {
        for number in self.marks.of_field(field) {
            if !self.unrated_sources.contains(&number) {
                self.unrated_sources.push(number);
            }
        }
        self.unrated.push([heading.to_owned()]);
    }

    /// What is not rated, which is not zero.
    fn not_rated(&mut self) {
        let words = &self.reader.words.tables;
        let said = fill(&words.not_rated, &[("title", &self.career.occupation.title)]);
        let rows = std::mem::take(&mut self.unrated);
        let mut numbers = std::mem::take(&mut self.unrated_sources);
        numbers.sort_unstable();
        self.add_named(&numbers, &words.not_rated_heading, [&said], rows);
    }

    fn interests(&mut self) {
        let (words, names) = (&self.reader.words.tables, &self.reader.words.names);
        let Some(interests) = &self.career.interests else {
            return self.unrated("interests", &words.interests);
        };
        let row = |(letter, value): (&str, f64)| {
            let (name, meaning) = (name(&names.interests, letter), name(&names.interest_meanings, letter));
            [fill(&words.interest_row, &[("name", &name), ("meaning", &meaning)]), decimal(value, 2)]
        };
        let rows = by_rating(interests).into_iter().map(row).collect();
        self.add("interests", &words.interests, [&words.interest, &words.interest_rating], rows);
    }

    fn traits(&mut self) {
        let words = &self.reader.words.tables;
        let (values, styles) = (&self.career.work_values, &self.career.work_styles);
        self.trait_table("work_values", values, &words.values, [&words.value, &words.value_extent], false);
        self.trait_table("work_styles", styles, &words.styles, [&words.style, &words.style_impact], true);
    }

    /// The highest of some traits; `signed` where the scale goes below zero.
    fn trait_table(
        &mut self,
        field: &str,
        traits: &[Trait],
        heading: &str,
        columns: [&str; 2],
        signed: bool,
    ) {
        // They come in their order, the unrated last.
        if traits.first().is_some_and(|one| bound(one.value).is_none()) {
            return self.unrated(field, heading);
        }
        let show = |value: f64| {
            let plus = if signed && value > 0.0 { "+" } else { "" };
            format!("{plus}{}", decimal(value, 2))
        };
        let rated = traits.iter().filter(|one| bound(one.value).is_some()).take(TOP);
        let rows = rated.map(|one| [one.name.clone(), self.reader.figure(one.value, show)]).collect();
        self.add(field, heading, columns, rows);
    }

    /// What postings ask for, by kind; of the others, how many there are.
    fn technology(&mut self) {
        let (reader, words) = (self.reader, &self.reader.words.tables);
        let all = &self.career.technology;
        let in_demand = all.iter().any(|tool| tool.in_demand);
        let asked_for = all.iter().filter(|tool| if in_demand { tool.in_demand } else { tool.hot });
        let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut shown = 0;
        for tool in asked_for {
            shown += 1;
            match kinds.iter_mut().find(|(kind, _)| *kind == tool.category) {
                Some((_, tools)) => tools.push(&tool.title),
                None => kinds.push((&tool.category, vec![&tool.title])),
            }
        }
        kinds.sort_by_key(|(_, tools)| std::cmp::Reverse(tools.len()));
        let mut rows: Vec<_> =
            kinds.into_iter().map(|(kind, tools)| [tools.join(", "), kind.to_owned()]).collect();
        if !rows.is_empty() && shown < all.len() {
            rows.push([
                fill(&reader.words.tables.more, &[("n", &(all.len() - shown).to_string())]),
                String::new(),
            ]);
        }
        self.add("technology", &words.technology, [&words.tools, &words.tool_kind], rows);
    }

    fn programmes(&mut self) {
        let words = &self.reader.words.tables;
        let rows =
            self.career.programmes.iter().map(|programme| [programme.title.clone(), programme.cip.clone()]);
        let rows = rows.collect();
        self.add("programmes", &words.programmes, [&words.programme, &words.programme_code], rows);
    }

    fn related(&mut self) {
        let (reader, words) = (self.reader, &self.reader.words.tables);
        let said =
            |figure: Figure, related: &Related, said: String| reader.about(related.relation, figure, said);
        let row = |related: &Related| {
            let growth = reader.figure(related.growth_percent, |value| reader.change(value));
            let education = related.education.as_ref().map(|id| name(&reader.words.names.education, id));
            [
                related.title.clone(),
                said(related.pay, related, pay::words(related.pay, reader)),
                growth,
                education.unwrap_or_else(|| reader.words.figure.not_provided.clone()),
            ]
        };
        let rows = self.career.related.iter().map(row).collect();
        let growth = fill(&words.related_growth, &[("year", &self.career.outlook.to.to_string())]);
        let columns = [&words.related_career, &words.related_pay, &growth, &words.related_education];
        self.add("related", &words.related, columns.map(String::as_str), rows);
    }
}

/// The six types with their ratings, the highest first.
fn by_rating(interests: &Interests) -> Vec<(&'static str, f64)> {
    let mut types = vec![
        ("R", interests.realistic),
        ("I", interests.investigative),
        ("A", interests.artistic),
        ("S", interests.social),
        ("E", interests.enterprising),
        ("C", interests.conventional),
    ];
    types.sort_by(|a, b| b.1.total_cmp(&a.1));
    types
}
