//! The places of OEWS: the nation, states, metropolitan and nonmetropolitan areas.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::fault::Faults;
use super::table::{Key, Table};

/// Postal abbreviations in the names of metropolitan areas, with the FIPS codes of `ST39`.
const STATES: [(&str, &str); 54] = [
    ("AL", "01"),
    ("AK", "02"),
    ("AZ", "04"),
    ("AR", "05"),
    ("CA", "06"),
    ("CO", "08"),
    ("CT", "09"),
    ("DE", "10"),
    ("DC", "11"),
    ("FL", "12"),
    ("GA", "13"),
    ("HI", "15"),
    ("ID", "16"),
    ("IL", "17"),
    ("IN", "18"),
    ("IA", "19"),
    ("KS", "20"),
    ("KY", "21"),
    ("LA", "22"),
    ("ME", "23"),
    ("MD", "24"),
    ("MA", "25"),
    ("MI", "26"),
    ("MN", "27"),
    ("MS", "28"),
    ("MO", "29"),
    ("MT", "30"),
    ("NE", "31"),
    ("NV", "32"),
    ("NH", "33"),
    ("NJ", "34"),
    ("NM", "35"),
    ("NY", "36"),
    ("NC", "37"),
    ("ND", "38"),
    ("OH", "39"),
    ("OK", "40"),
    ("OR", "41"),
    ("PA", "42"),
    ("RI", "44"),
    ("SC", "45"),
    ("SD", "46"),
    ("TN", "47"),
    ("TX", "48"),
    ("UT", "49"),
    ("VT", "50"),
    ("VA", "51"),
    ("WA", "53"),
    ("WV", "54"),
    ("WI", "55"),
    ("WY", "56"),
    ("GU", "66"),
    ("PR", "72"),
    ("VI", "78"),
];

/// An area of OEWS.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// `US`, `ST39`, `MA18140` or `NM3900001`.
    pub id: String,
    /// `nation`, `state`, `metropolitan` or `nonmetropolitan`.
    pub kind: &'static str,
    /// As published; the nation is called by its name.
    pub name: String,
    /// State place ids, comma-separated, in the order of the area's name; empty for the nation and for states.
    pub states: String,
}

/// Reads all places by their area code.
pub fn read(
    database: &Connection,
    file: &str,
    faults: &mut Faults,
) -> rusqlite::Result<BTreeMap<String, Place>> {
    let mut places = BTreeMap::new();
    let mut query = database.prepare("SELECT area_code, areatype_code, state_code, area_name FROM area")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (area, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let (state, name): (String, String) = (row.get(2)?, row.get(3)?);
        match place(&area, &kind, &state, &name) {
            Ok(place) => {
                places.insert(area, place);
            }
            Err(reason) => faults.file(file, format!("area {area}: {reason}")),
        }
    }
    Ok(places)
}

/// What an area row says. Area codes are seven digits: `00` and the code of a metropolitan area, or a state's FIPS code
/// and the number of a nonmetropolitan area in it.
pub fn place(area: &str, kind: &str, state: &str, name: &str) -> Result<Place, String> {
    if area.len() != 7 || !area.bytes().all(|b| b.is_ascii_digit()) || state.len() != 2 {
        return Err(format!("area code or state code {state:?} has not its length"));
    }
    let name = name.trim();
    let place = |id: String, kind: &'static str, name: &str, states: String| Place {
        id,
        kind,
        name: name.to_owned(),
        states,
    };
    match (kind, area.strip_prefix("00")) {
        ("N", _) => Ok(place("US".to_owned(), "nation", "United States", String::new())),
        ("S", _) => Ok(place(format!("ST{state}"), "state", name, String::new())),
        ("M", Some(metropolitan)) => {
            let states = states_of(name)?;
            if !states.split(',').any(|id| id == format!("ST{state}")) {
                return Err(format!("{name:?} does not name its own state {state}"));
            }
            Ok(place(format!("MA{metropolitan}"), "metropolitan", name, states))
        }
        ("M", None) => Ok(place(format!("NM{area}"), "nonmetropolitan", name, format!("ST{state}"))),
        (other, _) => Err(format!("{other:?} is not a kind of area")),
    }
}

/// The states that a metropolitan area's name ends in: `Cincinnati, OH-KY-IN`.
fn states_of(name: &str) -> Result<String, String> {
    let (_, abbreviations) = name.rsplit_once(", ").ok_or_else(|| format!("{name:?} names no state"))?;
    let ids: Result<Vec<String>, String> = abbreviations
        .split('-')
        .map(|short| {
            let known = STATES.iter().find(|(postal, _)| *postal == short);
            known
                .map(|(_, fips)| format!("ST{fips}"))
                .ok_or_else(|| format!("{short:?} in {name:?} is no state"))
        })
        .collect();
    Ok(ids?.join(","))
}

/// `place.tsv`.
pub fn place_table(places: &BTreeMap<String, Place>) -> Table {
    let row = |place: &Place| {
        vec![place.id.clone(), place.kind.to_owned(), place.name.clone(), place.states.clone()]
    };
    Table {
        name: "place",
        sources: &["oews"],
        columns: &["place", "kind", "name", "states"],
        keys: &[Key::Text(0)],
        rows: places.values().map(row).collect(),
    }
}
