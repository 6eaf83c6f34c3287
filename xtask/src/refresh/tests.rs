//! Tests of the parsers on small made-up inputs.
#![allow(clippy::disallowed_methods, reason = "reads the publisher's own database, never the records")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;

use anyhow::{Context as _, Result};
use rusqlite::Connection;

use super::fault::Faults;
use super::figure::{Figure, number, on_scale, projected, shortest, without_mark};
use super::grid::{Grid, parse_tabbed, read_csv};
use super::oews::{self, Footnote, figure, footnote};
use super::oews_places::place;
use super::onet::{Occupations, education_table, technology_table};
use super::onet_ratings::{Elements, Ratings, interest_table, newest_date, work_style_table};
use super::projections::projection_table;
use super::table::{Key, Output, Table};
use super::words::{snake_case, without_stop};
use super::{programmes, releases};

const OCCUPATIONS: &str = "O*NET-SOC Code\tTitle\tDescription\n\
    15-0001.00\tBridge Painters\tText\n15-0002.00\tLamp Sorters\tText\n";

fn tabbed(text: &str) -> Result<Grid> {
    let mut faults = Faults::default();
    let grid = parse_tabbed("made-up.txt", text, &mut faults).context("no table")?;
    faults.finish()?;
    Ok(grid)
}

fn occupations() -> Result<Occupations> {
    let mut faults = Faults::default();
    Occupations::read(&tabbed(OCCUPATIONS)?, &mut faults).context("no occupations")
}

#[test]
fn a_number_is_read_with_dollar_sign_thousands_and_footnote_mark() {
    assert_eq!(number("$1,234,567[1]"), Ok(1_234_567.0));
    assert_eq!(number(" -0.7 "), Ok(-0.7));
    assert_eq!(without_mark("Employment[12]"), "Employment");
    assert_eq!(without_mark("Painters [sic]"), "Painters [sic]");
}

#[test]
fn what_is_not_a_number_is_refused() {
    for text in ["", "-", "n/a", "1,23", "12,3456", "1e5", "inf", "NaN", "1.2.3", "4[x]"] {
        assert!(number(text).is_err(), "{text:?} was taken for a number");
    }
}

#[test]
fn the_marks_of_the_projections_are_told_apart() {
    assert_eq!(projected("—"), Ok(Figure::NotPublished));
    assert_eq!(projected(">=$239,200"), Ok(Figure::AtLeast(239_200.0)));
    assert_eq!(projected("0"), Ok(Figure::Value(0.0)));
    assert!(projected("").is_err());
}

#[test]
fn thousands_become_whole_persons() {
    assert_eq!(Figure::Value(1693.8).times_a_thousand().to_string(), "1693800");
    assert_eq!(Figure::Value(-0.5).times_a_thousand().to_string(), "-500");
    assert_eq!(Figure::NotPublished.times_a_thousand(), Figure::NotPublished);
}

#[test]
fn binary_fractions_do_not_show() {
    assert_eq!(shortest(0.1 + 0.2), "0.3");
    assert_eq!(shortest(7.0), "7");
    assert_eq!(shortest(-0.000_001), "0");
}

#[test]
fn each_kind_of_missing_has_its_word() {
    let words =
        [Figure::NotRated, Figure::NotPublished, Figure::HourlyOnly, Figure::Absent, Figure::AtLeast(5.0)];
    let words = words.map(|figure| figure.to_string());
    assert_eq!(words, ["not_rated", "not_published", "hourly_only", "", "at_least:5"]);
}

#[test]
fn a_rating_off_its_scale_is_refused() {
    assert!(on_scale("7.01", 1.0, 7.0).is_err());
    assert_eq!(on_scale("7.00", 1.0, 7.0), Ok(Figure::Value(7.0)));
}

#[test]
fn a_cell_of_oews_says_why_it_has_no_value() {
    let top = footnote("This wage is equal to or greater than $100.00 per hour or $208,000 per year.");
    assert_eq!(top, Footnote::TopCoded { yearly: 208_000.0, hourly: 100.0 });
    assert_eq!(figure(Some("-"), top, false), Ok(Figure::AtLeast(208_000.0)));
    assert_eq!(figure(Some("-"), top, true), Ok(Figure::AtLeast(100.0)));
    assert_eq!(
        figure(Some("239200"), top, false),
        Ok(Figure::AtLeast(239_200.0)),
        "the cell's own bound counts"
    );
    assert_eq!(figure(Some("-"), footnote("Estimate not released."), false), Ok(Figure::NotPublished));
    let hourly = footnote("Wages are reported either as hourly wages or annual salaries.");
    assert_eq!(figure(Some("-"), hourly, false), Ok(Figure::HourlyOnly));
    assert_eq!(
        figure(Some("431980"), Footnote::Remark, false),
        Ok(Figure::Value(431_980.0)),
        "unmarked is not top-coded"
    );
    assert_eq!(figure(None, Footnote::Remark, false), Ok(Figure::Absent));
    assert!(
        figure(Some("-"), Footnote::Remark, false).is_err(),
        "a missing value without a reason is a fault"
    );
}

#[test]
fn places_carry_kind_code_and_all_their_states() -> Result<()> {
    let read = |area, kind, state, name| place(area, kind, state, name).map_err(anyhow::Error::msg);
    let cincinnati = read("0017140", "M", "39", "Cincinnati, OH-KY-IN")?;
    assert_eq!((cincinnati.id.as_str(), cincinnati.states.as_str()), ("MA17140", "ST39,ST21,ST18"));
    let rural = read("3900001", "M", "39", "West Northwestern Ohio nonmetropolitan area")?;
    assert_eq!(
        (rural.id.as_str(), rural.kind, rural.states.as_str()),
        ("NM3900001", "nonmetropolitan", "ST39")
    );
    assert_eq!(read("3900000", "S", "39", "Ohio")?.id, "ST39");
    assert_eq!(read("0000000", "N", "00", "National")?.name, "United States");
    assert!(place("0017140", "M", "39", "Cincinnati, XX").is_err());
    assert!(place("0017140", "M", "06", "Cincinnati, OH").is_err());
    Ok(())
}

#[test]
fn titles_become_ids() {
    assert_eq!(snake_case("Bachelor's degree"), "bachelors_degree");
    assert_eq!(snake_case("Moderate-term on-the-job training"), "moderate_term_on_the_job_training");
    assert_eq!(
        snake_case("Arts, Audio/Video Technology & Communications"),
        "arts_audio_video_technology_communications"
    );
    assert_eq!(without_stop("  Computer \n Science. "), "Computer Science");
}

const PROJECTED: &str = "2024 National Employment Matrix code\tOccupation type\tEmployment, 2024\tEmployment, 2034\t\
    Employment change, numeric, 2024–34\tEmployment change, percent, 2024–34\t\
    Occupational openings, 2024–34 annual average\tPercent self employed, 2024\t\
    Typical education needed for entry\tWork experience in a related occupation\t\
    Typical on-the-job training needed to attain competency in the occupation\n\
    00-0000\tSummary\t1,000.5\t1100\t99.5\t9.9\t80\t5.8\t—\t—\t—\n\
    15-0001\tLine item\t1.2\t1.1\t-0.1\t-8.3\t0.1\t—\tNo formal educational credential\tLess than 5 years\tNone\n\
    15-0009\tLine item\t2\t2\t0\t0\t0.1\t1\tMaster's degree\tNone\tNone\n\
    Note: about the table.\t\t\t\t\t\t\t\t\t\t\n";
const LEAVING: &str = "2024 National Employment Matrix code\tOccupation type\t\
    Total occupational separations, 2024–34 annual average\n\
    00-0000\tSummary\t70\n15-0001\tSummary\t9\n15-0001\tLine item\t0.2\n15-0009\tLine item\t0.1\n";

#[test]
fn projections_count_persons_and_prefer_the_line_item() -> Result<()> {
    let mut faults = Faults::default();
    let socs = BTreeSet::from(["15-0001".to_owned()]);
    let table =
        projection_table(&tabbed(PROJECTED)?, &tabbed(LEAVING)?, &socs, &mut faults).context("no table")?;
    let output = table.render(&mut faults);
    faults.finish()?;
    let rows: Vec<&str> = output.text.lines().skip(3).collect();
    assert_eq!(
        rows,
        [
            "00-0000\t1000500\t1100000\t99500\t9.9\t80000\t70000\t5.8\t\t\t",
            "15-0001\t1200\t1100\t-100\t-8.3\t100\t200\tnot_published\t\
             no_formal_educational_credential\tless_than_5_years\tnone",
        ]
    );
    Ok(())
}

#[test]
fn every_fault_is_told_with_file_row_and_reason() -> Result<()> {
    let text = PROJECTED.replace("1,000.5", "many").replace("-8.3", "few");
    let mut faults = Faults::default();
    projection_table(&tabbed(&text)?, &tabbed(LEAVING)?, &BTreeSet::new(), &mut faults);
    let error = faults.finish().err().context("no fault was found")?.to_string();
    assert!(error.contains("made-up.txt, row 2: \"many\" is not a number"), "{error}");
    assert!(error.contains("made-up.txt, row 3: \"few\" is not a number"), "{error}");
    Ok(())
}

#[test]
fn a_row_that_is_cut_short_is_a_fault() {
    let mut faults = Faults::default();
    parse_tabbed("cut.txt", "A\tB\n1\t2\n3\n", &mut faults);
    assert_eq!(faults.0.len(), 1);
    assert_eq!(faults.0.first().and_then(|fault| fault.row), Some(3));
}

#[test]
fn unrated_and_suppressed_education_are_told_apart_from_zero() -> Result<()> {
    let mut text = String::from(
        "O*NET-SOC Code\tScale ID\tCategory\tData Value\tRecommend Suppress\n15-0001.00\tRW\t1\t3\tN\n",
    );
    for category in 1..=12 {
        let (value, mark) = if category == 6 { ("80.50", "Y") } else { ("0.00", "N") };
        writeln!(text, "15-0001.00\tRL\t{category}\t{value}\t{mark}")?;
    }
    let mut faults = Faults::default();
    let table = education_table(&tabbed(&text)?, &occupations()?, &mut faults).context("no table")?;
    faults.finish()?;
    let share = |row: usize| table.rows.get(row).and_then(|row| row.get(2)).map(String::as_str);
    assert_eq!((share(0), share(5), share(12)), (Some("0"), Some("not_published"), Some("not_rated")));
    Ok(())
}

#[test]
fn ratings_are_the_same_from_the_long_form_and_the_table() -> Result<()> {
    let long = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tRecommend Suppress\n\
        15-0001.00\t2.A\tLooking\tIM\t4.10\tN\n15-0001.00\t2.A\tLooking\tLV\t3.00\tY\n";
    let wide =
        "onetsoc_code\telement_id\telement_name\timportance\tlevel\n15-0001.00\t1.A\tHearing\t2.5\t0\n";
    let (mut faults, mut elements, mut ratings) = (Faults::default(), Elements::new(), Ratings::default());
    let occupations = occupations()?;
    ratings.add("skill", &tabbed(long)?, &occupations, &mut elements, &mut faults);
    ratings.add("ability", &tabbed(wide)?, &occupations, &mut elements, &mut faults);
    let output = ratings.into_table(&occupations, &elements, &mut faults).render(&mut faults);
    faults.finish()?;
    assert!(output.text.contains("15-0001.00\tskill\t2.A\t4.1\tnot_published\n"), "{}", output.text);
    assert!(output.text.contains("15-0001.00\tability\t1.A\t2.5\t0\n"), "{}", output.text);
    assert!(output.text.contains("15-0002.00\tskill\t2.A\tnot_rated\tnot_rated\n"), "{}", output.text);
    Ok(())
}

#[test]
fn interests_have_letters_for_high_points_and_none_for_zero() -> Result<()> {
    let mut text = String::from("O*NET-SOC Code\tElement Name\tScale ID\tData Value\tDate\n");
    let names = ["Realistic", "Investigative", "Artistic", "Social", "Enterprising", "Conventional"];
    for name in names {
        writeln!(text, "15-0001.00\t{name}\tOI\t2.50\t11/2023")?;
    }
    for (name, value) in [("First", "2.00"), ("Second", "6.00"), ("Third", "0.00")] {
        writeln!(text, "15-0001.00\t{name} Interest High-Point\tIH\t{value}\t02/2026")?;
    }
    let mut faults = Faults::default();
    let grid = tabbed(&text)?;
    assert_eq!(newest_date(&grid), Some((2026, 2)), "years count before months");
    let table = interest_table(&grid, &occupations()?, &mut faults).context("no table")?;
    faults.finish()?;
    let last = |row: usize| table.rows.get(row).and_then(|row| row.last()).map(String::as_str);
    assert_eq!((last(0), last(1)), (Some("IC"), Some("")));
    assert_eq!(table.rows.get(1).and_then(|row| row.get(1)).map(String::as_str), Some("not_rated"));
    Ok(())
}

#[test]
fn work_styles_take_the_impact_and_not_the_rank() -> Result<()> {
    let text = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\n\
        15-0001.00\t1.D\tCalm\tDR\t9.00\n15-0001.00\t1.D\tCalm\tWI\t-2.25\n";
    let (mut faults, mut elements) = (Faults::default(), Elements::new());
    let table =
        work_style_table(&tabbed(text)?, &occupations()?, &mut elements, &mut faults).context("no table")?;
    faults.finish()?;
    assert_eq!(table.rows, [["15-0001.00", "1.D", "-2.25"], ["15-0002.00", "1.D", "not_rated"]]);
    Ok(())
}

#[test]
fn a_technology_mark_other_than_yes_or_no_is_a_fault() -> Result<()> {
    let text = "O*NET-SOC Code\tExample\tCommodity Title\tHot Technology\tIn Demand\n\
        15-0001.00\tBrush 2000\tPainting software\tY\tN\n15-0001.00\tBrush 3000\tPainting software\tmaybe\tN\n";
    let mut faults = Faults::default();
    let table = technology_table(&tabbed(text)?, &occupations()?, &mut faults).context("no table")?;
    assert_eq!(table.rows, [["15-0001.00", "Brush 2000", "Painting software", "1", "0"]]);
    assert_eq!(faults.0.len(), 1);
    Ok(())
}

#[test]
fn an_occupation_in_two_clusters_has_both_and_each_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("clusters.csv");
    std::fs::write(&path, "Career Cluster,Code\n\"Arts, Crafts; Finance; Finance\",15-0001.00\n")?;
    let spanish = ["Arts, Crafts", "Finance"].map(|name| (name.to_owned(), format!("{name} (es)")));
    let mut faults = Faults::default();
    let grid = read_csv(&path, &mut faults).context("no table")?;
    let (of, table) = programmes::clusters(&grid, &BTreeMap::from(spanish), &mut faults).context("none")?;
    faults.finish()?;
    assert_eq!(of.get("15-0001.00"), Some(&vec!["arts_crafts".to_owned(), "finance".to_owned()]));
    assert_eq!(table.rows.len(), 2);
    Ok(())
}

#[test]
fn programmes_without_a_match_are_left_out() -> Result<()> {
    let crosswalk =
        "CIP2020Code\tSOC2018Code\n01.0001\t15-0001\n01.0002\t99-9999\n99.9999\t15-0001\n01.0009\t15-0001\n";
    let cip = "CIPCode\tCIPTitle\n01.0001\tPainting.\n01.0002\tIdling.\n";
    let mut faults = Faults::default();
    let socs = BTreeSet::from(["15-0001".to_owned()]);
    let table = programmes::programme_table(&tabbed(crosswalk)?, &tabbed(cip)?, &socs, &mut faults)
        .context("none")?;
    assert_eq!(table.rows, [["15-0001", "01.0001", "Painting"]]);
    assert_eq!(
        faults.0.iter().map(|fault| fault.row).collect::<Vec<_>>(),
        [Some(5)],
        "an unknown programme faults"
    );
    Ok(())
}

#[test]
fn a_newer_file_cannot_pass_under_an_older_release() {
    let text = "[[source]]\nid = \"onet\"\ntitle = \"t\"\npublisher = \"p\"\nrelease = \"30.1\"\ndate = \"2025-12\"\n\
        url = \"u\"\nlicence = \"l\"\nnote = \"n\"\nmarker = \"O*NET 30.1\"\n";
    let mut faults = Faults::default();
    let said = BTreeMap::from([("onet", "O*NET 30.1 Database".to_owned())]);
    let output = releases::check(text, &said, &["onet"], &mut faults);
    assert!(faults.0.is_empty());
    assert!(output.is_some_and(|output| !output.text.contains("marker")));
    let said = BTreeMap::from([("onet", "O*NET 30.2 Database".to_owned())]);
    releases::check(text, &said, &["onet", "oews"], &mut faults);
    assert_eq!(faults.0.len(), 2, "the other release, and the source that is not described");
}

#[test]
fn a_long_table_is_packed_and_the_same_text_gives_the_same_bytes() -> Result<()> {
    let output =
        |rows: usize| Output { name: "made_up.tsv".to_owned(), rows, text: "15-0001.00\t7\n".repeat(rows) };
    let (name, bytes) = output(3).stored()?;
    assert_eq!((name.as_str(), bytes), ("made_up.tsv", output(3).text.into_bytes()));
    let (name, bytes) = output(10_000).stored()?;
    assert_eq!(name, "made_up.tsv.gz");
    assert_eq!(bytes, output(10_000).stored()?.1);
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?;
    assert_eq!(text, output(10_000).text);
    Ok(())
}

#[test]
fn rows_are_sorted_by_number_where_the_key_is_one_and_keys_are_unique() {
    let rows = [["b", "2"], ["a", "10"], ["a", "9"], ["a", "9"]];
    let table = Table {
        name: "made_up",
        sources: &["x", "y"],
        columns: &["code", "rank"],
        keys: &[Key::Text(0), Key::Number(1)],
        rows: rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect(),
    };
    let mut faults = Faults::default();
    let output = table.render(&mut faults);
    assert_eq!(output.text, "# source: x,y\n# rows: 4\ncode\trank\na\t9\na\t9\na\t10\nb\t2\n");
    assert_eq!(faults.0.len(), 1, "the repeated key is told");
}

#[test]
fn pay_and_industries_come_from_the_database() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("oews-made-up.sqlite");
    let database = Connection::open(&path)?;
    let columns: Vec<String> = (1..=17).map(|n| format!("v{n:02} TEXT, f{n:02} TEXT")).collect();
    database.execute_batch(&format!(
        "CREATE TABLE cell (key TEXT PRIMARY KEY, {});
         CREATE TABLE area (area_code, areatype_code, state_code, area_name);
         INSERT INTO area VALUES ('0000000', 'N', '00', 'National'), ('3900000', 'S', '39', 'Ohio');
         CREATE TABLE industry (industry_code, industry_name, display_level);
         INSERT INTO industry VALUES ('000000', 'All', 0), ('610000', 'Schools', 3), ('610002', 'Schools, State Owned', 4),
            ('610100', 'Small Schools', 4), ('620000', 'Clinics', 3);
         CREATE TABLE footnote (footnote_code, footnote_text);
         INSERT INTO footnote VALUES ('4', 'either as hourly wages or annual salaries'), ('8', 'Estimate not released.'),
            ('5', 'This wage is equal to or greater than $115.00 per hour or $239,200 per year.');
         CREATE TABLE meta (name, value);
         INSERT INTO meta VALUES ('release', 'May 2099');
         INSERT INTO cell (key, v01, v05, v11, f11, v13, f13, v08, v10, f10) VALUES
            ('OEUN0000000000000150001', '200', '1.5', '-', '4', '-', '4', '29.05', '-', '5');
         INSERT INTO cell (key, v01, f01, v05, v13, v17) VALUES
            ('OEUS3900000000000150001', '-', '8', '2.0', '50000', '1.20');
         INSERT INTO cell (key, v01) VALUES ('OEUN0000000610000150001', '150'), ('OEUN0000000610002150001', '90'),
            ('OEUN0000000610100150001', '150'), ('OEUN0000000620000150001', '49'), ('OEUN0000000620000159999', '7');",
        columns.join(", ")
    ))?;
    drop(database);
    let mut faults = Faults::default();
    let read = oews::read(&path, &BTreeSet::from(["15-0001".to_owned()]), &mut faults).context("not read")?;
    faults.finish()?;
    let [places, pay, hourly, industry] = read.tables;
    assert_eq!((read.about.as_str(), places.rows.len()), ("May 2099", 2));
    assert_eq!(
        pay.rows,
        [
            ["US", "15-0001", "200", "", "1", "1.5", "hourly_only", "", "hourly_only", "", ""],
            ["ST39", "15-0001", "not_published", "1.2", "0", "2", "", "", "50000", "", ""],
        ]
    );
    assert_eq!(hourly.rows, [["US", "15-0001", "", "", "29.05", "", "at_least:115"]]);
    let expected =
        [["15-0001", "610100", "Small Schools", "150", "75"], ["15-0001", "620000", "Clinics", "49", "24.5"]];
    assert_eq!(
        industry.rows, expected,
        "neither the whole of a divided industry nor its owners are counted again"
    );
    Ok(())
}

#[test]
fn nothing_is_written_when_a_file_is_absent() -> Result<()> {
    let (from, facts) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let paths = [from.path(), facts.path()].map(|path| path.display().to_string());
    let args = ["--from", &paths[0], "--facts", &paths[1]].map(str::to_owned);
    let error = super::run(&args).err().context("it ran without any file")?.to_string();
    for name in ["Occupation Data", "Skills", "oews….sqlite.gz", "CIPCode2020.csv"] {
        assert!(error.contains(name), "{name} is not named in {error}");
    }
    assert_eq!(std::fs::read_dir(facts.path())?.count(), 0);
    Ok(())
}
