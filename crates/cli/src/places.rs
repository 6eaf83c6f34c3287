//! `places`: the names under which pay is published.

use clap::Subcommand;
use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{Language, Place, PlaceKind};

use crate::output::{Failure, Output};

#[derive(Subcommand)]
pub enum Places {
    /// Places by name; the nation and the states where TEXT is empty
    Search {
        /// Words of the name
        #[arg(required = true, value_name = "TEXT")]
        text: Vec<String>,
        /// Most places
        #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
}

pub fn run(
    places: &Places,
    catalogue: &Catalogue,
    language: Language,
    output: &mut Output,
) -> Result<(), Failure> {
    let Places::Search { text, limit } = places;
    let found = catalogue.places(&text.join(" "), language, *limit);
    if output.is_json() {
        return output.json(&found);
    }
    let row = |place: &Place| {
        let states = place.states.join(",");
        [place.id.clone(), kind(place.kind).to_owned(), place.name.clone(), states]
    };
    output.table(&["id", "kind", "name", "states"], &found.iter().map(row).collect::<Vec<_>>())
}

fn kind(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Nation => "nation",
        PlaceKind::State => "state",
        PlaceKind::Metropolitan => "metropolitan",
        PlaceKind::Nonmetropolitan => "nonmetropolitan",
    }
}
