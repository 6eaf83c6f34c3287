//! Gathers every row that can be read: along the trees as far as they lead, and from the pages to which no way leads any
//! more. Pages that were freed hold nothing: what is deleted is overwritten (`secure_delete`).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rusqlite::types::Value;

use super::pages::{Pages, Step};
use super::shapes::{Shapes, Table, is_id};
use super::tree::{self, Cell, Kind};
use crate::RecordsError;

/// What was read of one table.
#[derive(Default)]
pub(super) struct Gathered {
    /// Rows, with their numbers where the table has such.
    pub(super) rows: Vec<(Option<i64>, Vec<Value>)>,
    /// Pages of it that can't be read.
    pub(super) pages: u32,
    /// Rows that must have been there and can't be read: by an index, or because their own rest is missing.
    pub(super) missing: BTreeSet<String>,
    /// Ids that stand in what is left of those rows.
    pub(super) about: BTreeSet<String>,
}

/// Everything that was read.
#[derive(Default)]
pub(super) struct Everything {
    pub(super) tables: BTreeMap<String, Gathered>,
    /// Pages of rows that could not be told apart.
    pub(super) untold: u32,
    entries: BTreeMap<String, Vec<Vec<Value>>>,
    seen: HashSet<u32>,
}

/// Version of the schema that the file says of itself, where its first page can be read.
pub(super) fn schema_version(pages: &Pages) -> Option<usize> {
    let version = u32::from_be_bytes(pages.get(1)?.get(60..64)?.try_into().ok()?);
    usize::try_from(version).ok()
}

/// Reads everything that can be read. `step` is told how many pages of how many are done, and ends it with an error.
pub(super) fn gather(pages: &Pages, shapes: &Shapes, step: Step<'_>) -> Result<Everything, RecordsError> {
    let mut all = Everything::default();
    let mut objects = Vec::new();
    all.walk(pages, 1, None, step, &mut |cell| objects.push(cell.record))?;
    for object in &objects {
        let [Value::Text(kind), Value::Text(name), _, Value::Integer(root), ..] = object.as_slice() else {
            continue;
        };
        let Ok(root) = u32::try_from(*root) else { continue };
        match (kind.as_str(), shapes.table(name)) {
            ("table", Some(table)) => {
                let mut cells = Vec::new();
                all.walk(pages, root, Some(table), step, &mut |cell| cells.push(cell))?;
                for cell in cells {
                    all.take(table, cell);
                }
            }
            ("index", _) => {
                let mut records = Vec::new();
                all.walk(pages, root, None, step, &mut |cell| records.push(cell))?;
                let records = records.into_iter().filter(|cell| cell.whole).map(|cell| cell.record);
                all.entries.entry(name.clone()).or_default().extend(records);
            }
            _ => all.walk(pages, root, None, step, &mut |_| ())?,
        }
    }
    all.orphans(pages, shapes, step)?;
    all.compare_with_indexes(shapes);
    Ok(all)
}

impl Everything {
    fn of(&mut self, table: &str) -> &mut Gathered {
        self.tables.entry(table.to_owned()).or_default()
    }

    /// Goes down a tree. Every page is gone into once, whatever struck pages point to.
    fn walk(
        &mut self,
        pages: &Pages,
        root: u32,
        table: Option<&Table>,
        step: Step<'_>,
        take: &mut dyn FnMut(Cell),
    ) -> Result<(), RecordsError> {
        let mut below = vec![root];
        while let Some(number) = below.pop() {
            if number == 0 || number > pages.count() || !self.seen.insert(number) {
                continue;
            }
            step(self.seen.len(), pages.opened.len())?;
            let (Some(page), Some(cells)) = (pages.get(number), tree::cells(pages, number)) else {
                if let Some(table) = table {
                    self.of(&table.name).pages += 1;
                }
                continue;
            };
            if matches!(tree::kind(page, number), Some(Kind::TableInterior | Kind::IndexInterior)) {
                below.extend(tree::rightmost(page, number));
            }
            for cell in cells {
                below.extend(cell.below);
                if !cell.record.is_empty() {
                    take(cell);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, table: &Table, cell: Cell) {
        let gathered = self.of(&table.name);
        if cell.whole && table.fits(&cell.record).is_some() {
            gathered.rows.push((cell.rowid, cell.record));
        } else {
            let name = identity(table, cell.rowid, &cell.record);
            gathered.missing.insert(name);
            gathered.about.extend(ids(&cell.record));
        }
    }

    /// Pages to which no way leads: each is given to the table whose rows look like all that stand on it.
    fn orphans(&mut self, pages: &Pages, shapes: &Shapes, step: Step<'_>) -> Result<(), RecordsError> {
        for number in 1..=pages.count() {
            // Most pages are done by now: what is left to do can't be told by them.
            step(pages.opened.len(), pages.opened.len())?;
            let Some(page) = pages.get(number) else { continue };
            let kind = tree::kind(page, number);
            if self.seen.contains(&number) || !matches!(kind, Some(kind) if kind != Kind::TableInterior) {
                continue;
            }
            let Some(cells) = tree::cells(pages, number).filter(|cells| !cells.is_empty()) else { continue };
            let rowids = kind == Some(Kind::TableLeaf);
            let score = |fits: &dyn Fn(&[Value]) -> Option<u32>| {
                let whole = || cells.iter().filter(|cell| cell.whole);
                whole().next()?;
                whole().map(|cell| fits(&cell.record)).sum::<Option<u32>>()
            };
            let tables = shapes.tables.iter().filter(|table| table.without_rowid != rowids);
            let tables =
                tables.filter_map(|table| Some((score(&|record| table.fits(record))?, Some(table), None)));
            let indexes = shapes.indexes.iter().filter(|_| !rowids);
            let indexes =
                indexes.filter_map(|index| Some((score(&|record| index.fits(record))?, None, Some(index))));
            let mut best: Vec<_> = tables.chain(indexes).collect();
            best.sort_by_key(|(score, _, _)| std::cmp::Reverse(*score));
            match best.as_slice() {
                // Of two indexes either may be meant: they only tell what is missing.
                [(first, None, _), (second, None, _), ..] if first == second => {}
                [(first, ..), (second, ..), ..] if first == second => self.untold += 1,
                [(_, Some(table), _), ..] => cells.into_iter().for_each(|cell| self.take(table, cell)),
                [(_, _, Some(index)), ..] => {
                    let records = cells.into_iter().filter(|cell| cell.whole).map(|cell| cell.record);
                    self.entries.entry(index.name.clone()).or_default().extend(records);
                }
                // The list of tables itself, and what SQLite keeps for its own use.
                _ => {}
            }
        }
        Ok(())
    }

    /// An index names rows of its table: those that were not read are missing, and the index knows whose they were.
    fn compare_with_indexes(&mut self, shapes: &Shapes) {
        for index in &shapes.indexes {
            let Some(entries) = self.entries.remove(&index.name) else { continue };
            let Some(table) = shapes.table(&index.table) else { continue };
            let gathered = self.of(&table.name);
            let there: HashSet<String> =
                gathered.rows.iter().map(|(rowid, record)| identity(table, *rowid, record)).collect();
            for entry in entries {
                let rowid = match entry.last() {
                    Some(Value::Integer(rowid)) if !table.without_rowid => Some(*rowid),
                    _ => None,
                };
                let key: Vec<Value> = table
                    .key
                    .iter()
                    .filter_map(|at| {
                        let name = &table.columns.get(*at)?.name;
                        let place = index.columns.iter().position(|column| column.as_ref() == Some(name))?;
                        entry.get(place).cloned()
                    })
                    .collect();
                let name = if table.without_rowid { format!("{key:?}") } else { format!("{rowid:?}") };
                if !there.contains(&name) {
                    gathered.about.extend(ids(&entry));
                    gathered.missing.insert(name);
                }
            }
        }
    }
}

/// What tells a row of a table from every other, as far as it is known.
fn identity(table: &Table, rowid: Option<i64>, record: &[Value]) -> String {
    if !table.without_rowid {
        return format!("{rowid:?}");
    }
    let key: Vec<&Value> = table.key.iter().filter_map(|at| record.get(*at)).collect();
    format!("{key:?}")
}

fn ids(record: &[Value]) -> impl Iterator<Item = String> + '_ {
    record.iter().filter_map(|value| match value {
        Value::Text(text) if is_id(text) => Some(text.clone()),
        _ => None,
    })
}
