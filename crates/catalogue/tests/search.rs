//! The list of careers: what is found and in which order, filters and their counts against a plain count, and that
//! nothing that can be typed breaks it.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod common;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use common::{Data, Guide};
use proptest::prelude::*;
use proptest::sample::select;
use waymark_catalogue::shapes::{
    CareerFilters, CareerPage, CareerQuery, CareerRow, CareerSort, Figure, GrowthClass, Language,
};
use waymark_catalogue::{Catalogue, build};

const FIELDS: &[&str] = &["making", "weather"];
const EDUCATIONS: &[&str] = &["", "high_school", "bachelors_degree"];
const SUBJECTS: &[&str] = &["art", "physics", "music"];
const CAREERS: usize = 36;

type Key = fn(&CareerRow) -> Figure;

/// What is known of a made-up career without asking the catalogue.
#[derive(Debug, Clone)]
struct Model {
    slug: String,
    field: &'static str,
    education: &'static str,
    growth: i32,
    openings: u32,
    pay: Option<u32>,
    interest: &'static str,
    zone: Option<u8>,
    subjects: Vec<&'static str>,
}

fn models() -> Vec<Model> {
    let model = |n: usize| Model {
        slug: format!("career-{n:02}"),
        field: FIELDS[n % 2],
        education: EDUCATIONS[n % 3],
        growth: [-12, -1, 0, 1, 2, 5, 6, 20][n % 8],
        openings: u32::try_from(n * 7 % 11 * 100).unwrap(),
        pay: (!n.is_multiple_of(5)).then(|| u32::try_from(30_000 + n * 13 % 17 * 1000).unwrap()),
        interest: ["R", "IA", "", "SE"][n % 4],
        zone: (!n.is_multiple_of(6)).then(|| u8::try_from(n % 6).unwrap()),
        subjects: SUBJECTS.iter().enumerate().filter(|(at, _)| n >> at & 1 == 1).map(|(_, s)| *s).collect(),
    };
    (0..CAREERS).map(model).collect()
}

/// Builds into the folder that cargo keeps for tests, since what is static is never tidied up.
fn lasting(data: &Data, name: &str) -> Catalogue {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    build(&data.path(), &file).unwrap_or_else(|faults| panic!("{faults}"));
    Catalogue::open(&file).unwrap()
}

/// A catalogue of the made-up careers.
fn many() -> &'static Catalogue {
    static OPEN: OnceLock<Catalogue> = OnceLock::new();
    OPEN.get_or_init(|| {
        let data = Data::sample();
        for name in
            ["alternate_title", "industry", "education", "rating", "work_value", "work_style", "technology"]
        {
            data.remove(&format!("facts/{name}.tsv"));
        }
        for name in ["related", "programme", "soc_title"] {
            data.remove(&format!("facts/{name}.tsv"));
        }
        for name in ["kite-maker.md", "kite-maker.es.md", "cloud-tuner.md"] {
            data.remove(&format!("careers/{name}"));
        }
        write_models(&data);
        lasting(&data, "many-careers.sqlite")
    })
}

fn write_models(data: &Data) {
    let mut occupation = "code|soc|title|cluster|job_zone\n".to_owned();
    let mut projection = "soc|employment_2024|employment_2034|change|change_percent|openings|replacement|\
                          self_employed_percent|entry_education|experience|training\n00-0000|1|1|0|3|1|1|1|||\n"
        .to_owned();
    let mut pay =
        "place|soc|employment|location_quotient|hourly_only|mean_error_percent|p10|p25|p50|p75|p90\n"
            .to_owned();
    let mut interest =
        "code|realistic|investigative|artistic|social|enterprising|conventional|high_points\n".to_owned();
    for (n, model) in models().iter().enumerate() {
        let soc = format!("11-{:04}", 1000 + n);
        let zone = model.zone.map_or_else(|| "not_rated".to_owned(), |zone| zone.to_string());
        writeln!(occupation, "{soc}.00|{soc}|Occupation {n}|{}|{zone}", model.field).unwrap();
        let (growth, openings, education) = (model.growth, model.openings, model.education);
        writeln!(projection, "{soc}|1|1|0|{growth}|{openings}|1|1|{education}||").unwrap();
        let middle = model.pay.map_or("not_published".to_owned(), |pay| pay.to_string());
        writeln!(pay, "US|{soc}|100|1|0|1|1|1|{middle}|1|1").unwrap();
        writeln!(interest, "{soc}.00|1|1|1|1|1|1|{}", model.interest).unwrap();
        let subjects: Vec<_> = model.subjects.iter().map(|subject| format!("{subject:?}")).collect();
        Guide::new(&model.slug, &format!("Career {n:02}"))
            .occupation(&format!("{soc}.00"), "same")
            .field(model.field)
            .subjects(&subjects.join(", "))
            .write(data);
    }
    data.table("occupation", &occupation);
    data.table("projection", &projection);
    data.table("pay", &pay);
    data.table("interest", &interest);
}

fn query(text: &str, filters: CareerFilters) -> CareerQuery {
    CareerQuery {
        text: text.to_owned(),
        filters,
        sort: CareerSort::Relevance,
        offset: 0,
        limit: 200,
        place: "US".to_owned(),
        language: Language::En,
    }
}

fn page(filters: &CareerFilters) -> CareerPage {
    many().search(&query("", filters.clone())).unwrap()
}

/// The rule of the growth classes, written again: all occupations grow by 3 per cent here.
fn class(growth: i32) -> GrowthClass {
    match growth {
        ..=-1 => GrowthClass::Shrinking,
        0 => GrowthClass::Slower,
        1..=5 => GrowthClass::Average,
        6.. => GrowthClass::Faster,
    }
}

fn fits(model: &Model, filters: &CareerFilters) -> bool {
    let among = |chosen: &[String], value: &str| chosen.is_empty() || chosen.iter().any(|c| c == value);
    let first = model.interest.get(..1).unwrap_or_default();
    among(&filters.field, model.field)
        && among(&filters.education, model.education)
        && among(&filters.interest, first)
        && filters.pay_at_least.is_none_or(|least| model.pay.is_some_and(|pay| pay >= least))
        && filters.openings_at_least.is_none_or(|least| model.openings >= least)
        && (filters.growth.is_empty() || filters.growth.contains(&class(model.growth)))
        && (filters.preparation.is_empty()
            || model.zone.is_some_and(|zone| filters.preparation.contains(&zone)))
        && (filters.subject.is_empty() || model.subjects.iter().any(|s| among(&filters.subject, s)))
}

fn filters() -> impl Strategy<Value = CareerFilters> {
    let some = |values: &'static [&'static str]| prop_oneof![3 => Just(vec![]), 2 => prop::collection::vec(select(values).prop_map(str::to_owned), 1..3)];
    let growth =
        select(vec![GrowthClass::Faster, GrowthClass::Average, GrowthClass::Slower, GrowthClass::Shrinking]);
    (
        some(FIELDS),
        some(&["high_school", "bachelors_degree"]),
        prop::option::of(30_000_u32..47_000),
        prop_oneof![3 => Just(vec![]), 2 => prop::collection::vec(growth, 1..3)],
        prop::option::of(0_u32..1100),
        some(&["R", "I", "S"]),
        prop_oneof![3 => Just(vec![]), 2 => prop::collection::vec(1_u8..6, 1..3)],
        some(SUBJECTS),
    )
        .prop_map(
            |(field, education, pay_at_least, growth, openings_at_least, interest, preparation, subject)| {
                CareerFilters {
                    field,
                    education,
                    pay_at_least,
                    growth,
                    openings_at_least,
                    interest,
                    preparation,
                    subject,
                    ..CareerFilters::default()
                }
            },
        )
}

/// The same filters with one of them replaced by a single value, as a person would choose it.
fn choosing(filters: &CareerFilters, filter: &str, value: &str) -> CareerFilters {
    let mut chosen = filters.clone();
    let one = vec![value.to_owned()];
    match filter {
        "field" => chosen.field = one,
        "education" => chosen.education = one,
        "interest" => chosen.interest = one,
        "subject" => chosen.subject = one,
        "preparation" => chosen.preparation = vec![value.parse().unwrap()],
        "growth" => chosen.growth = vec![serde_json::from_value(value.into()).unwrap()],
        other => panic!("unknown filter {other}"),
    }
    chosen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn totals_and_counts_equal_a_plain_count(filters in filters()) {
        let models = models();
        let page = page(&filters);
        let fitting = |filters: &CareerFilters| models.iter().filter(|model| fits(model, filters)).count();
        prop_assert_eq!(page.total as usize, fitting(&filters));
        let mut shown: Vec<_> = page.rows.iter().map(|row| row.slug.clone()).collect();
        shown.sort();
        let expected: Vec<_> = models.iter().filter(|m| fits(m, &filters)).map(|m| m.slug.clone()).collect();
        prop_assert_eq!(shown, expected);
        let values: [(&str, &[&str]); 6] = [
            ("field", FIELDS),
            ("education", &["high_school", "bachelors_degree"]),
            ("growth", &["faster", "average", "slower", "shrinking"]),
            ("interest", &["R", "I", "S", "E"]),
            ("preparation", &["1", "2", "3", "4", "5"]),
            ("subject", SUBJECTS),
        ];
        for (filter, values) in values {
            for value in values {
                let counted = page.counts[filter].get(*value).copied().unwrap_or_default();
                prop_assert_eq!(counted as usize, fitting(&choosing(&filters, filter, value)), "{} {}", filter, value);
            }
        }
        let others = CareerFilters { pay_at_least: None, ..filters };
        let mut pays: Vec<_> = models.iter().filter(|m| fits(m, &others)).filter_map(|m| m.pay).collect();
        pays.sort_unstable();
        prop_assert_eq!(page.pays, pays);
    }

    #[test]
    fn nothing_that_is_typed_breaks_the_search(text in any::<String>(), language in select(vec![Language::En, Language::Es])) {
        let open = sample();
        let asked = CareerQuery { language, ..query(&text, CareerFilters::default()) };
        let first = open.search(&asked).unwrap();
        prop_assert!(first.total as usize >= first.rows.len());
        prop_assert_eq!(&first, &open.search(&asked).unwrap(), "the same question has the same answer");
        open.titles(&text, language, 10).unwrap();
        prop_assert!(open.places(&text, language, 10).len() <= 10);
    }

    #[test]
    fn signs_of_the_index_language_are_plain_signs(text in "[a-zA-Z\"*^:(){}+#\\-, ]{0,24}|(AND|OR|NOT|NEAR|words|\"| ){1,8}") {
        sample().search(&query(&text, CareerFilters::default())).unwrap();
    }
}

/// The sample with names to look for.
fn sample() -> &'static Catalogue {
    static OPEN: OnceLock<Catalogue> = OnceLock::new();
    OPEN.get_or_init(|| {
        let data = Data::sample();
        Guide::new("kite-maker", "Kite Maker")
            .names(&["Wind Toy Artisan"], &["toys", "flying"])
            .section("overview", "They sew sails for the seaside.")
            .write(&data);
        Guide::new("kite-maker", "Fabricación de cometas").spanish().names(&[], &["niños"]).write(&data);
        Guide::new("cloud-tuner", "Cloud Tuner")
            .occupation("11-2000.01", "specialty")
            .names(&["Kite Weather Guide"], &["rain", "C++"])
            .section("overview", "They listen to the clouds above the seaside.")
            .write(&data);
        lasting(&data, "named-careers.sqlite")
    })
}

fn rows(text: &str, language: Language) -> Vec<CareerRow> {
    sample().search(&CareerQuery { language, ..query(text, CareerFilters::default()) }).unwrap().rows
}

fn found(text: &str) -> Vec<(String, Option<String>)> {
    rows(text, Language::En).into_iter().map(|row| (row.slug, row.found_by)).collect()
}

fn by(slug: &str, found_by: Option<&str>) -> (String, Option<String>) {
    (slug.to_owned(), found_by.map(str::to_owned))
}

#[test]
fn a_title_comes_before_another_careers_other_title() {
    assert_eq!(found("kite"), [by("kite-maker", None), by("cloud-tuner", Some("Kite Weather Guide"))]);
    assert_eq!(found("kit"), found("kite"));
}

#[test]
fn the_name_that_was_the_match_is_told() {
    assert_eq!(found("artisan"), [by("kite-maker", Some("Wind Toy Artisan"))]);
    assert_eq!(found("glider"), [by("kite-maker", Some("Glider Builder"))], "a published other title");
    assert_eq!(
        found("weather worker"),
        [by("cloud-tuner", Some("Weather Workers"))],
        "the occupation it is part of"
    );
    assert_eq!(found("fog herder"), [], "other titles of an occupation are no titles of its specialties");
    assert_eq!(found("rain"), [by("cloud-tuner", Some("rain"))]);
    assert_eq!(found("c++"), [by("cloud-tuner", Some("C++"))]);
}

#[test]
fn word_forms_slips_and_scattered_words_are_found() {
    assert_eq!(found("tuners of clouds"), [by("cloud-tuner", None)], "forms");
    assert_eq!(found("clowd tunr"), [by("cloud-tuner", None)], "slips");
    assert_eq!(found("toys glider"), [by("kite-maker", Some("toys glider"))], "words of several names");
    assert_eq!(found("maker of the kite"), [by("kite-maker", None)], "common words do not count");
}

#[test]
fn everyday_words_are_found_in_the_text_but_not_half_of_nonsense() {
    assert_eq!(found("someone who sews sails"), [by("kite-maker", Some("sews sails"))]);
    assert_eq!(found("seaside").len(), 2);
    assert_eq!(found("listening at the seaside"), [by("cloud-tuner", Some("listening seaside"))]);
    for nonsense in ["zzxqv", "0000", "purple elephants seaside jumping", "🙂", "\u{0}", "'", "¿?"] {
        assert_eq!(found(nonsense), [], "{nonsense}");
    }
}

#[test]
fn both_languages_are_searched_whatever_is_shown() {
    assert_eq!(found("cometas"), [by("kite-maker", Some("Fabricación de cometas"))]);
    assert_eq!(found("FABRICACION"), [by("kite-maker", Some("Fabricación de cometas"))]);
    assert_eq!(found("ninos"), [by("kite-maker", Some("niños"))]);
    let spanish = rows("fabricacion", Language::Es);
    assert_eq!((spanish[0].title.as_str(), &spanish[0].found_by), ("Fabricación de cometas", &None));
    assert_eq!(rows("cloud", Language::Es)[0].found_by, None, "shown by its English title, and found by it");
}

#[test]
fn blanks_list_all_by_name() {
    let slugs = |text| found(text).into_iter().map(|(slug, _)| slug).collect::<Vec<_>>();
    assert_eq!(slugs(""), ["cloud-tuner", "kite-maker"]);
    assert_eq!(slugs(" \t\n"), slugs(""));
    assert_eq!(rows("", Language::Es)[1].title, "Fabricación de cometas");
}

#[test]
fn sorts_put_the_highest_first_and_the_missing_last() {
    let sorted =
        |sort| many().search(&CareerQuery { sort, ..query("", CareerFilters::default()) }).unwrap().rows;
    let number = |figure: Figure| match figure {
        Figure::Value { value } => value,
        _ => f64::NEG_INFINITY,
    };
    let keys: [(CareerSort, Key); 3] = [
        (CareerSort::Pay, |row| row.pay),
        (CareerSort::Growth, |row| row.growth_percent),
        (CareerSort::Openings, |row| row.openings),
    ];
    for (sort, key) in keys {
        let rows = sorted(sort);
        assert_eq!(rows.len(), CAREERS);
        for pair in rows.windows(2) {
            let (a, b) = (number(key(&pair[0])), number(key(&pair[1])));
            assert!(
                a > b || (a.total_cmp(&b).is_eq() && pair[0].title < pair[1].title),
                "{sort:?} {pair:#?}"
            );
        }
    }
    assert_eq!(sorted(CareerSort::Pay).last().unwrap().pay, Figure::NotPublished);
    let names: Vec<_> = sorted(CareerSort::Name).into_iter().map(|row| row.title).collect();
    assert!(names.is_sorted());
}

#[test]
fn screens_follow_one_another_without_gap_or_overlap() {
    let screen = |offset, limit| {
        many().search(&CareerQuery { offset, limit, ..query("career", CareerFilters::default()) }).unwrap()
    };
    let whole = screen(0, 200);
    assert_eq!(whole.total as usize, CAREERS);
    let parts: Vec<_> = (0..4).flat_map(|n| screen(n * 10, 10).rows).collect();
    assert_eq!(parts, whole.rows);
    assert!(screen(1000, 10).rows.is_empty() && screen(0, 0).rows.is_empty());
    assert_eq!(screen(u32::MAX, u32::MAX).total as usize, CAREERS);
}

#[test]
fn pay_is_that_of_the_place() {
    let at = |place: &str| {
        let asked = CareerQuery { place: place.to_owned(), ..query("kite maker", CareerFilters::default()) };
        sample().search(&asked).unwrap().rows[0].pay
    };
    assert_eq!(at("MA10000"), Figure::Value { value: 30_000.0 });
    assert_eq!(at("ST39"), Figure::HourlyOnly);
    assert_eq!(at("ST21"), Figure::NotPublished);
    assert_eq!(at("no such place"), Figure::NotPublished);
}

#[test]
fn titles_serve_the_command_palette() {
    let titles = sample().titles("kite", Language::En, 1).unwrap();
    assert_eq!(titles.len(), 1);
    assert_eq!((titles[0].slug.as_str(), titles[0].title.as_str()), ("kite-maker", "Kite Maker"));
    assert_eq!(sample().titles("", Language::En, 10).unwrap().len(), 2);
}

#[test]
fn several_threads_may_ask_at_once() {
    let expected = found("kite");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(found("kite"), expected);
                }
            });
        }
    });
}
