//! What each table of `data/facts` has to look like.

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Words; must not be empty.
    Text,
    /// Words, or nothing.
    OptionalText,
    /// An O*NET-SOC code that this table introduces.
    NewOccupation,
    /// An O*NET-SOC code of `occupation.tsv`.
    Occupation,
    /// An O*NET-SOC code, whether or not it is in the tables.
    AnyOccupation,
    /// A SOC code that this table introduces.
    NewSoc,
    /// A SOC code that some table introduces.
    Soc,
    /// Career clusters of `cluster.tsv`, comma-separated, or nothing.
    Clusters,
    /// An element of `element.tsv`.
    Element,
    /// A place that this table introduces.
    NewPlace,
    /// A place of `place.tsv`.
    Place,
    /// States among the places, comma-separated, or nothing.
    States,
    /// A cluster id that this table introduces, in snake case.
    NewCluster,
    /// An O*NET element id that this table introduces.
    NewElement,
    /// An id in snake case, or nothing.
    OptionalId,
    /// A number or the reason why there is none.
    Figure,
    /// A whole number between these.
    Whole(i64, i64),
    /// The same, or the word `not_rated`; stored as nothing, since there is no other reason.
    RatedWhole(i64, i64),
    /// 0 or 1.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Letters of RIASEC, or nothing.
    Interests,
    /// A CIP 2020 code, `11.0701`.
    Cip,
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    /// File name without its ending, and name of the table in the catalogue file.
    pub(crate) name: &'static str,
    /// Names of its columns in order, and what they hold.
    pub(crate) columns: &'static [(&'static str, Cell)],
    /// Positions of the columns that tell its rows apart, in the order of sorting.
    pub(crate) key: &'static [usize],
}

const fn table(name: &'static str, key: &'static [usize], columns: &'static [(&'static str, Cell)]) -> Table {
    Table { name, columns, key }
}

const RATED: &[&str] = &["skill", "knowledge", "ability", "activity"];
const ELEMENTS: &[&str] = &["skill", "knowledge", "ability", "activity", "work_value", "work_style"];
const PLACES: &[&str] = &["nation", "state", "metropolitan", "nonmetropolitan"];
const LAST_RANK: i64 = 1_000;

use Cell::{
    AnyOccupation, Cip, Clusters, Element, Figure, Flag, Interests, NewCluster, NewElement, NewOccupation,
    NewPlace, NewSoc, Occupation, OneOf, OptionalId, OptionalText, Place, RatedWhole, Soc, States, Text,
    Whole,
};

/// Every table, in the order in which they are written.
pub(crate) const TABLES: &[Table] = &[
    table(
        "occupation",
        &[0],
        &[
            ("code", NewOccupation),
            ("soc", NewSoc),
            ("title", Text),
            ("cluster", Clusters),
            ("job_zone", RatedWhole(1, 5)),
        ],
    ),
    table("alternate_title", &[0, 1], &[("code", Occupation), ("title", Text)]),
    table(
        "projection",
        &[0],
        &[
            ("soc", Soc),
            ("employment_2024", Figure),
            ("employment_2034", Figure),
            ("change", Figure),
            ("change_percent", Figure),
            ("openings", Figure),
            ("replacement", Figure),
            ("self_employed_percent", Figure),
            ("entry_education", OptionalId),
            ("experience", OptionalId),
            ("training", OptionalId),
        ],
    ),
    table("place", &[0], &[("place", NewPlace), ("kind", OneOf(PLACES)), ("name", Text), ("states", States)]),
    table(
        "pay",
        &[0, 1],
        &[
            ("place", Place),
            ("soc", Soc),
            ("employment", Figure),
            ("location_quotient", Figure),
            ("hourly_only", Flag),
            ("mean_error_percent", Figure),
            ("p10", Figure),
            ("p25", Figure),
            ("p50", Figure),
            ("p75", Figure),
            ("p90", Figure),
        ],
    ),
    table(
        "hourly_pay",
        &[0, 1],
        &[
            ("place", Place),
            ("soc", Soc),
            ("p10", Figure),
            ("p25", Figure),
            ("p50", Figure),
            ("p75", Figure),
            ("p90", Figure),
        ],
    ),
    table(
        "industry",
        &[0, 1],
        &[("soc", Soc), ("naics", Text), ("title", Text), ("employment", Figure), ("share_percent", Figure)],
    ),
    table(
        "education",
        &[0, 1],
        &[("code", Occupation), ("category", Whole(1, 12)), ("share_percent", Figure)],
    ),
    table(
        "rating",
        &[0, 1, 2],
        &[
            ("code", Occupation),
            ("kind", OneOf(RATED)),
            ("element", Element),
            ("importance", Figure),
            ("level", Figure),
        ],
    ),
    table(
        "element",
        &[0],
        &[("element", NewElement), ("kind", OneOf(ELEMENTS)), ("name", Text), ("name_es", OptionalText)],
    ),
    table(
        "interest",
        &[0],
        &[
            ("code", Occupation),
            ("realistic", Figure),
            ("investigative", Figure),
            ("artistic", Figure),
            ("social", Figure),
            ("enterprising", Figure),
            ("conventional", Figure),
            ("high_points", Interests),
        ],
    ),
    table("work_value", &[0, 1], &[("code", Occupation), ("element", Element), ("value", Figure)]),
    table("work_style", &[0, 1], &[("code", Occupation), ("element", Element), ("value", Figure)]),
    table(
        "technology",
        &[0, 1, 2],
        &[("code", Occupation), ("title", Text), ("category", Text), ("hot", Flag), ("in_demand", Flag)],
    ),
    table(
        "related",
        &[0, 3],
        &[
            ("code", Occupation),
            ("related_code", AnyOccupation),
            ("related_title", Text),
            ("rank", Whole(1, LAST_RANK)),
        ],
    ),
    table("programme", &[0, 1], &[("soc", Soc), ("cip", Cip), ("title", Text)]),
    table("cluster", &[0], &[("cluster", NewCluster), ("name", Text), ("name_es", OptionalText)]),
    table("soc_title", &[0], &[("soc", NewSoc), ("title", Text), ("title_es", OptionalText)]),
];
