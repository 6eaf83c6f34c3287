//! The career page: every kind of missing figure arrives as its own kind, places and languages fall back as they must.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod common;

use common::{Data, Guide};
use waymark_catalogue::shapes::{Block, Career, Figure, GrowthClass, Language, Relation, Run};
use waymark_catalogue::{Catalogue, build};

fn value(value: f64) -> Figure {
    Figure::Value { value }
}

fn open(data: &Data) -> Catalogue {
    build(&data.path(), &data.out()).unwrap_or_else(|faults| panic!("{faults}"));
    Catalogue::open(&data.out()).unwrap()
}

fn career(slug: &str, place: &str, language: Language) -> Career {
    open(&Data::sample()).career(slug, place, language).unwrap().unwrap()
}

#[test]
fn every_kind_of_missing_figure_arrives_as_itself() {
    let cloud = career("cloud-tuner", "MA10000", Language::En);
    let area = &cloud.pay[0];
    assert_eq!((area.p10, area.p25), (Figure::NotPublished, value(60_000.0)));
    assert_eq!(area.p75, Figure::AtLeast { value: 239_200.0 });
    assert_eq!(area.employment, Figure::NotPublished);
    assert_eq!(cloud.outlook.self_employed_percent, Figure::NotPublished);

    let kite = career("kite-maker", "MA10000", Language::En);
    let state = &kite.pay[1];
    assert_eq!((state.p50, state.location_quotient), (Figure::HourlyOnly, Figure::NotProvided));
    assert_eq!(state.p75, Figure::HourlyOnly, "an empty yearly figure of an occupation paid by the hour");
    let hourly = state.hourly.as_ref().unwrap();
    assert_eq!((hourly.p50, hourly.p90), (value(12.25), Figure::AtLeast { value: 115.0 }));
    assert!(kite.pay[2].hourly.is_none(), "a yearly figure needs none by the hour");
    let level =
        |element: &str| kite.ratings.iter().find(|r| r.element == element).map(|r| (r.importance, r.level));
    assert_eq!(level("2.B"), Some((value(4.0), Figure::NotRated)));
    assert_eq!(level("2.C"), Some((Figure::NotRated, Figure::NotRated)));
    assert_eq!(kite.education_shares[1].share_percent, Figure::NotRated);
}

#[test]
fn pay_is_told_for_the_area_then_its_first_state_then_the_nation() {
    let places = |place: &str| -> Vec<String> {
        career("kite-maker", place, Language::En).pay.into_iter().map(|pay| pay.place.id).collect()
    };
    assert_eq!(places("MA10000"), ["MA10000", "ST39", "US"]);
    assert_eq!(places("ST39"), ["ST39", "US"]);
    assert_eq!(places("US"), ["US"]);
    assert_eq!(places("no such place"), ["US"]);
}

#[test]
fn a_place_without_a_row_publishes_nothing() {
    let pay = career("kite-maker", "ST21", Language::En).pay;
    assert_eq!(
        (pay[0].p50, pay[0].employment, pay[0].too_few),
        (Figure::NotPublished, Figure::NotPublished, false)
    );
    assert_eq!(pay[1].p50, value(31_000.0));
}

#[test]
fn few_jobs_or_a_wide_error_are_marked() {
    let few =
        |slug| career(slug, "MA10000", Language::En).pay.iter().map(|pay| pay.too_few).collect::<Vec<_>>();
    assert_eq!(few("kite-maker"), [true, false, false], "30 jobs");
    assert_eq!(few("cloud-tuner"), [true, false, false], "an error of 12 %");
}

#[test]
fn the_outlook_compares_with_all_occupations() {
    let outlook = career("kite-maker", "US", Language::En).outlook;
    assert_eq!((outlook.from, outlook.to), (2024, 2034));
    assert_eq!((outlook.growth_percent, outlook.growth_all_percent), (value(-10.0), value(3.1)));
    assert_eq!(outlook.class, Some(GrowthClass::Shrinking));
    assert_eq!(
        (outlook.openings, outlook.replacement, outlook.source.as_str()),
        (value(40.0), value(40.0), "made-up")
    );
}

#[test]
fn names_are_in_the_language_asked_for_where_there_is_one() {
    let kite = career("kite-maker", "US", Language::Es);
    assert_eq!(kite.title, "Persona que hace cometas");
    assert_eq!(
        (kite.fields[0].name.as_str(), kite.occupation.title.as_str()),
        ("Fabricación", "Persona que hace cometas")
    );
    assert_eq!(kite.guide.language, Language::Es);
    assert_eq!(kite.ratings[0].name, "Costura");
    assert_eq!(kite.work_values[0].name, "Calm", "no translation of this element");
    assert_eq!(kite.work_styles[0].name, "Paciencia");

    let cloud = career("cloud-tuner", "US", Language::Es);
    assert_eq!((cloud.title.as_str(), cloud.guide.language), ("Cloud Tuner", Language::En));
    assert_eq!(
        (cloud.fields[0].name.as_str(), cloud.occupation.title.as_str()),
        ("Weather", "Weather Workers")
    );
}

#[test]
fn lists_come_in_the_order_that_matters() {
    let kite = career("kite-maker", "US", Language::En);
    let elements: Vec<_> = kite.ratings.iter().map(|rating| rating.element.as_str()).collect();
    assert_eq!(
        elements,
        ["2.B", "2.A", "2.C", "1.A"],
        "skills before abilities, the important first, unrated last"
    );
    assert_eq!(kite.industries[0].title, "Sport");
    assert_eq!(kite.technology[0].title, "Scissors");
    assert_eq!(kite.education_shares.iter().map(|share| share.category).collect::<Vec<_>>(), [2, 10]);
}

#[test]
fn unrated_interests_are_absent() {
    assert_eq!(career("cloud-tuner", "US", Language::En).interests, None);
    let kite = career("kite-maker", "US", Language::En).interests.unwrap();
    assert_eq!((kite.realistic, kite.high_points.as_str()), (6.0, "RA"));
}

#[test]
fn related_occupations_bring_the_careers_that_the_catalogue_has_for_them() {
    let data = Data::sample();
    Guide::new("kite-tester", "Kite Tester").occupation("11-1000.00", "nearest").write(&data);
    let related = open(&data).career("kite-maker", "US", Language::En).unwrap().unwrap().related;
    let told: Vec<_> = related.iter().map(|r| (r.slug.as_deref(), r.title.as_str(), r.relation)).collect();
    let expected = [
        (Some("kite-tester"), "Kite Tester", Relation::Nearest),
        (None, "Weather Workers", Relation::Same),
        (Some("cloud-tuner"), "Cloud Tuner", Relation::Specialty),
        (None, "Balloon Pilots", Relation::Same),
    ];
    assert_eq!(told, expected);
    assert_eq!((related[1].pay, related[1].growth_percent), (value(72_000.0), value(15.0)));
    assert_eq!(related[3].pay, Figure::NotProvided, "an occupation that the tables do not have");
}

#[test]
fn the_guide_keeps_its_strong_words_lists_and_marks() {
    let data = Data::sample();
    let text = "It **grows** by 5 %[^other], they\nsay.\n\n- One\n- **Two**: more[^original]";
    Guide::new("kite-maker", "Kite Maker").section("outlook", text).write(&data);
    data.remove("careers/kite-maker.es.md");
    let kite = open(&data).career("kite-maker", "US", Language::Es).unwrap().unwrap();
    let section = kite.guide.sections.iter().find(|section| section.id == "outlook").unwrap();
    let words = |text: &str| Run::Text { text: text.to_owned() };
    let strong = |text: &str| Run::Strong { text: text.to_owned() };
    let mark = |source: &str| Run::Source { source: source.to_owned() };
    let runs = vec![words("It "), strong("grows"), words(" by 5 %"), mark("other"), words(", they say.")];
    let items = vec![vec![words("One")], vec![strong("Two"), words(": more"), mark("original")]];
    assert_eq!(section.blocks, [Block::Paragraph { runs }, Block::List { items }]);
    let sources: Vec<_> = kite.sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(sources, ["made-up", "other", "original"], "each source once, in the order of use");
}

#[test]
fn original_claims_are_quoted_with_notes_in_the_readers_language() {
    let data = Data::sample();
    let claim = |more: &str, note: &str| {
        format!("[[original]]\n{more}said = \"Very High\"\nnote = \"{note}\"\n+++\n\n##")
    };
    let own = "topic = \"demand\"\nwhere = \"card\"\nverdict = \"unsourced\"\n";
    let open_with =
        |file, text: String| data.replace(file, "+++\n\n## overview", &format!("{text} overview"));
    open_with("careers/kite-maker.md", claim(own, "No scale."));
    open_with("careers/kite-maker.es.md", claim("", "Sin escala."));
    let original = open(&data).career("kite-maker", "US", Language::Es).unwrap().unwrap().originals.remove(0);
    assert_eq!((original.said.as_str(), original.note.as_str()), ("Very High", "Sin escala."));
    assert_eq!(
        (original.topic.as_str(), original.place.as_str(), original.verdict.as_str()),
        ("demand", "card", "unsourced")
    );
}

#[test]
fn each_field_names_its_sources_and_unknown_pages_are_none() {
    let data = Data::sample();
    data.replace("facts/pay.tsv", "# source: made-up", "# source: other,made-up");
    let open = open(&data);
    let kite = open.career("kite-maker", "US", Language::En).unwrap().unwrap();
    assert_eq!(kite.figure_sources["pay"], ["other", "made-up"]);
    assert_eq!(kite.pay[0].source, "other");
    assert_eq!(kite.figure_sources["ratings"], ["made-up"]);
    assert!(open.career("no-such-page", "US", Language::En).unwrap().is_none());
    assert!(open.career("' OR 1=1 --", "' --", Language::En).unwrap().is_none());
    let cloud = open.career("cloud-tuner", "US", Language::En).unwrap().unwrap();
    assert!(!cloud.figure_sources.contains_key("industries"), "nothing to show, nothing to cite");
}

#[test]
fn places_are_found_as_typed() {
    let open = open(&Data::sample());
    let ids = |text: &str| {
        open.places(text, Language::En, 10).into_iter().map(|place| place.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(""), ["US", "ST21", "ST39"]);
    assert_eq!(ids("ohi"), ["ST39"]);
    assert_eq!(ids("oh"), ["ST39", "MA10000"]);
    assert_eq!(ids("kent"), ["ST21", "NM2100001"], "names that begin so come first");
    assert_eq!(ids("sample oh"), ["MA10000"]);
    assert_eq!(ids("kentuky"), ["ST21", "NM2100001"], "a slip");
    assert!(ids("zzzz").is_empty() && ids("\"*'%_\u{0}").is_empty());
    assert_eq!(open.places("", Language::En, 1).len(), 1);
    assert_eq!(open.place("MA10000", Language::En).unwrap().states, ["ST39", "ST21"]);
    assert!(open.place("XX", Language::En).is_none());
}

#[test]
fn places_are_named_and_found_in_spanish_where_they_have_a_name_there() {
    let open = open(&Data::sample());
    let names = |text: &str| {
        let found = open.places(text, Language::Es, 10).into_iter();
        found.map(|place| place.name).collect::<Vec<_>>()
    };
    let kentucky = "Oeste de Kentucky, área no metropolitana";
    assert_eq!(names(""), ["Estados Unidos", "Kentucky", "Ohio"]);
    assert_eq!(names("estados"), ["Estados Unidos"]);
    assert_eq!(names("area no metro"), [kentucky]);
    assert_eq!(names("west kent"), [kentucky], "the official name finds it too");
    assert_eq!(names("sample"), ["Sampletown, OH-KY"]);
    assert_eq!(open.place("US", Language::Es).unwrap().name, "Estados Unidos");
    let kite = open.career("kite-maker", "MA10000", Language::Es).unwrap().unwrap();
    let of = |at: usize| kite.pay[at].place.name.as_str();
    assert_eq!((of(0), of(1), of(2)), ("Sampletown, OH-KY", "Ohio", "Estados Unidos"));
}

#[test]
fn the_file_says_what_it_holds() {
    let info = open(&Data::sample()).info().unwrap();
    assert_eq!((info.careers, info.guides, info.places), (2, 2, 5));
    assert_eq!(
        info.sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(),
        ["made-up", "original", "other"]
    );
}
