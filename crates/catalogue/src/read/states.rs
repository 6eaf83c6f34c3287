//! A career's figures state by state, for the map.

use rusqlite::Connection;

use super::cards::Card;
use super::facts;
use super::places::Places;
use crate::CatalogueError;
use crate::shapes::{Language, PlaceKind, StateFigures};

/// Every state that the sources tell apart, by name; the District of Columbia and the territories are among them.
pub(crate) fn states(
    db: &Connection,
    places: &Places,
    card: &Card,
    language: Language,
) -> Result<Vec<StateFigures>, CatalogueError> {
    let wide = places.find("", language, u32::MAX);
    let states = wide.into_iter().filter(|place| place.kind == PlaceKind::State);
    states
        .map(|place| {
            // The career's page names the source of all its pay.
            let pay = facts::pay(db, &place, &card.soc, "")?;
            Ok(StateFigures {
                place,
                pay: pay.p50,
                location_quotient: pay.location_quotient,
                employment: pay.employment,
                too_few: pay.too_few,
            })
        })
        .collect()
}
