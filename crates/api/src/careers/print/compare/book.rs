//! The comparison as a spreadsheet: the page's rows with their units, pay by place, all ratings, and the sources.

use jiff::civil::Date;
use waymark_catalogue::shapes::{Career, Figure, PayAtPlace, Rating, RatingKind, Source};
use waymark_documents::{Book, BookCell, BookSheet};

use super::super::marks::Marks;
use super::super::pay::{self, Shown};
use super::super::reader::bound;
use super::super::words::{fill, name};
use super::{Comparer, rows};
use crate::errors::ApiError;

/// Fields of a career's page whose figures the book holds.
const FIELDS: [&str; 7] =
    ["outlook", "entry", "preparation", "education_shares", "interests", "pay", "ratings"];

/// Digits after the point of whole numbers, of hourly pay, ratings and quotients.
const WHOLE: usize = 0;
const FINE: usize = 2;

/// The workbook.
pub(super) fn book(careers: &[Career], comparer: Comparer, day: Date) -> Result<Book, ApiError> {
    let unsigned = |number: i8| u8::try_from(number).map_err(|_| ApiError::bad_input());
    let year = u16::try_from(day.year()).map_err(|_| ApiError::bad_input())?;
    let maker = Maker { careers, comparer };
    let mut sheets = vec![maker.comparison(), maker.pay(false)];
    sheets.extend(Some(maker.pay(true)).filter(|sheet| !sheet.rows.is_empty()));
    sheets.extend([maker.ratings(), maker.sources()]);
    Ok(Book {
        title: comparer.words.title.clone(),
        day: (year, unsigned(day.month())?, unsigned(day.day())?),
        sheets,
    })
}

struct Maker<'a> {
    careers: &'a [Career],
    comparer: Comparer,
}

fn text(words: &str) -> BookCell {
    BookCell::Text(words.to_owned())
}

impl Maker<'_> {
    /// A figure as a number; what is none, in words.
    fn figure(&self, figure: Figure, digits: usize, show: impl Fn(f64) -> String) -> BookCell {
        match figure {
            Figure::Value { value } => BookCell::Number { value, digits },
            missing => BookCell::Text(self.comparer.reader.figure(missing, show)),
        }
    }

    fn sheet(name: &str, columns: Vec<String>, rows: Vec<Vec<BookCell>>) -> BookSheet {
        BookSheet { name: name.to_owned(), columns, rows }
    }

    fn comparison(&self) -> BookSheet {
        let Comparer { reader, words } = self.comparer;
        let titles = self.careers.iter().map(|career| career.title.clone());
        let columns = [words.columns.part.clone(), words.columns.measure.clone()].into_iter().chain(titles);
        let about = |label: &str, say: &dyn Fn(&Career) -> String| -> Vec<BookCell> {
            let cells = self.careers.iter().map(|career| BookCell::Text(say(career)));
            [text(&words.groups.work), text(label)].into_iter().chain(cells).collect()
        };
        let mut table = vec![
            about(&words.rows.code, &|career| career.occupation.code.clone()),
            about(&words.rows.field, &|career| super::super::field(career, reader)),
        ];
        for group in rows::groups(self.careers, self.comparer) {
            for row in group.rows {
                let label = match row.unit {
                    Some(unit) => fill(&words.units.label, &[("label", &row.label), ("unit", unit)]),
                    None => row.label,
                };
                let mut cells = vec![text(&group.heading), BookCell::Text(label)];
                cells.extend(row.cells.into_iter().map(|cell| match cell.figure {
                    Figure::Value { value } => BookCell::Number { value, digits: cell.digits },
                    _ => BookCell::Text(cell.text),
                }));
                table.push(cells);
            }
        }
        Self::sheet(&words.sheets.comparison, columns.collect(), table)
    }

    /// Pay by place, a row for each career and place: dollars a year, or those that are paid by the hour.
    fn pay(&self, hourly: bool) -> BookSheet {
        let words = self.comparer.words;
        let (sheet, unit) = if hourly {
            (&words.sheets.hour, &words.units.hour)
        } else {
            (&words.sheets.year, &words.units.year)
        };
        let heads = &words.columns;
        let figures = [&heads.p10, &heads.p25, &heads.p50, &heads.p75, &heads.p90];
        let mut columns =
            [&heads.career, &heads.place, &heads.jobs, &heads.quotient].map(String::clone).to_vec();
        columns.extend(figures.map(|head| fill(head, &[("unit", unit)])));
        let mut table = Vec::new();
        for career in self.careers.iter().filter(|career| !pay::is_uncounted(career)) {
            let shown = career.pay.iter().filter(|pay| !hourly || Shown::of(pay).hourly);
            table.extend(shown.map(|pay| self.pay_row(career, pay, hourly)));
        }
        Self::sheet(sheet, columns, table)
    }

    fn pay_row(&self, career: &Career, pay: &PayAtPlace, hourly: bool) -> Vec<BookCell> {
        let reader = self.comparer.reader;
        let number = |figure, digits| self.figure(figure, digits, |value| value.to_string());
        let money = |figure| {
            if hourly {
                self.figure(figure, FINE, |value| reader.cents(value))
            } else {
                self.figure(figure, WHOLE, |value| reader.money(value))
            }
        };
        let yearly = [pay.p10, pay.p25, pay.p50, pay.p75, pay.p90];
        let figures = if hourly { Shown::of(pay).figures } else { yearly };
        let [p10, p25, p50, p75, p90] = figures;
        // As on the page: where too few were asked, the middle stands alone.
        let end = |figure: Figure| match bound(figure) {
            Some(_) if pay.too_few => text(&reader.words.pay.too_few),
            _ => money(figure),
        };
        vec![
            text(&career.title),
            BookCell::Text(reader.place(&pay.place)),
            number(pay.employment, WHOLE),
            number(pay.location_quotient, FINE),
            end(p10),
            end(p25),
            money(p50),
            end(p75),
            end(p90),
        ]
    }

    /// Every rated element, importance and level of each career beside each other.
    fn ratings(&self) -> BookSheet {
        let words = self.comparer.words;
        let heads = &words.columns;
        let mut columns = vec![heads.name.clone(), heads.kind.clone()];
        for career in self.careers {
            let named = [("career", career.title.as_str())];
            columns.extend([fill(&heads.importance, &named), fill(&heads.level, &named)]);
        }
        let kinds = [
            (RatingKind::Skill, &words.kinds.skill),
            (RatingKind::Knowledge, &words.kinds.knowledge),
            (RatingKind::Ability, &words.kinds.ability),
            (RatingKind::Activity, &words.kinds.activity),
        ];
        let mut table = Vec::new();
        for (kind, kind_name) in kinds {
            let mut elements: Vec<&Rating> = Vec::new();
            for rating in self.careers.iter().flat_map(|career| &career.ratings) {
                if rating.kind == kind && elements.iter().all(|known| known.element != rating.element) {
                    elements.push(rating);
                }
            }
            table.extend(elements.into_iter().map(|element| self.rating_row(element, kind_name)));
        }
        Self::sheet(&words.sheets.ratings, columns, table)
    }

    fn rating_row(&self, element: &Rating, kind: &str) -> Vec<BookCell> {
        let rating = |figure| self.figure(figure, FINE, |value| value.to_string());
        let mut cells = vec![text(&element.name), text(kind)];
        for career in self.careers {
            let own = career
                .ratings
                .iter()
                .find(|rating| rating.kind == element.kind && rating.element == element.element);
            let (importance, level) =
                own.map_or((Figure::NotRated, Figure::NotRated), |own| (own.importance, own.level));
            cells.extend([rating(importance), rating(level)]);
        }
        cells
    }

    fn sources(&self) -> BookSheet {
        let Comparer { reader, words } = self.comparer;
        let heads = &words.columns;
        let columns = [
            &heads.source,
            &heads.publisher,
            &heads.release,
            &heads.date,
            &heads.licence,
            &heads.changed,
            &heads.address,
        ];
        let mut marks = Marks::of_all(self.careers);
        for field in FIELDS {
            marks.of_field(field);
        }
        let row = |source: &&Source| {
            vec![
                text(&source.title),
                text(&source.publisher),
                BookCell::Text(reader.release(&source.release)),
                BookCell::Text(reader.published(&source.date)),
                BookCell::Text(name(&reader.words.sources.licences, &source.licence)),
                text(&source.note),
                text(&source.url),
            ]
        };
        let mut table: Vec<_> = marks.used().iter().map(row).collect();
        let attribution = marks.attribution(reader);
        if !attribution.is_empty() {
            let mut cells = vec![BookCell::Text(attribution)];
            cells.resize(columns.len(), text(""));
            table.push(cells);
        }
        Self::sheet(&words.sheets.sources, columns.map(String::clone).to_vec(), table)
    }
}
