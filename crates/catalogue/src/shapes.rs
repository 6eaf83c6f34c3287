//! What the catalogue answers with. Everything here is a published fact or the guide's text, never a student's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A published number, or the reason why there is none. Kinds of missing are told apart all the way to the page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figure {
    /// The number.
    Value {
        /// In the unit that the field names.
        value: f64,
    },
    /// Top-coded: this or more.
    AtLeast {
        /// The source's bound.
        value: f64,
    },
    /// The source suppresses it. Not zero.
    NotPublished,
    /// The source lists the occupation without a rating.
    NotRated,
    /// Paid by the hour; no yearly figure exists.
    HourlyOnly,
    /// The source has no such figure for this row.
    NotProvided,
}

/// Language of the catalogue's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
}

/// A question to the list of careers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CareerQuery {
    /// What was typed; empty lists all.
    pub text: String,
    /// What narrows the list.
    pub filters: CareerFilters,
    /// Order of the rows.
    pub sort: CareerSort,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 200.
    pub limit: u32,
    /// Place whose pay is meant (`US`, `ST39`, `MA18140`).
    pub place: String,
    /// Language of titles.
    pub language: Language,
}

/// Filters; within one filter any value fits, between filters all must.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CareerFilters {
    /// Career clusters.
    pub field: Vec<String>,
    /// Major groups of the Standard Occupational Classification (`15-0000`).
    pub group: Vec<String>,
    /// First letter of the title, in the language asked for: one capital letter, or `#` for what begins otherwise.
    pub letter: Vec<String>,
    /// Entry education ids.
    pub education: Vec<String>,
    /// Least middle pay, dollars a year, at the place.
    pub pay_at_least: Option<u32>,
    /// Growth classes.
    pub growth: Vec<GrowthClass>,
    /// Least openings a year, nation.
    pub openings_at_least: Option<u32>,
    /// Highest interest type, one letter of RIASEC.
    pub interest: Vec<String>,
    /// Preparation levels (job zones 1–5).
    pub preparation: Vec<u8>,
    /// School subjects.
    pub subject: Vec<String>,
}

/// Order of careers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CareerSort {
    /// How well the text fits; by name where there is no text.
    Relevance,
    /// Title.
    Name,
    /// Middle pay at the place, highest first, missing last.
    Pay,
    /// Growth, highest first.
    Growth,
    /// Openings, most first.
    Openings,
}

/// Growth in classes, for the filter only. The rule is in `docs/DATA.md`: against the growth of all occupations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GrowthClass {
    /// More than 2 points above all occupations.
    Faster,
    /// Within 2 points of all occupations, and not shrinking.
    Average,
    /// More than 2 points below, not shrinking by 1 % or more.
    Slower,
    /// Shrinking by 1 % or more.
    Shrinking,
}

/// One screen of the list of careers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CareerPage {
    /// Careers that fit.
    pub total: u32,
    /// The rows asked for.
    pub rows: Vec<CareerRow>,
    /// For each filter (`field`, `group`, `letter`, `education`, `growth`, `interest`, `preparation`, `subject`): value → careers that
    /// would be left if it were chosen beside the other filters.
    pub counts: BTreeMap<String, BTreeMap<String, u32>>,
    /// Middle pay at the place of all careers that fit the other filters, dollars a year, for the small histogram.
    pub pays: Vec<u32>,
}

/// A career in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CareerRow {
    /// Its address.
    pub slug: String,
    /// Its title, in the language asked for.
    pub title: String,
    /// The other title or word by which it was found, where that is not the title.
    pub found_by: Option<String>,
    /// How well it answers to the text, 0 to about 1; 0 where nothing was typed.
    pub score: f32,
    /// One sentence.
    pub summary: String,
    /// Career cluster ids; most careers stand in one, a few in two or in none.
    pub fields: Vec<String>,
    /// How the figures relate to the career.
    pub relation: Relation,
    /// Middle pay at the place, dollars a year.
    pub pay: Figure,
    /// Growth of jobs over the projection's ten years, per cent.
    pub growth_percent: Figure,
    /// Openings a year, persons.
    pub openings: Figure,
    /// Entry education id.
    pub education: Option<String>,
}

/// How an occupation's figures relate to a career.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The career is the occupation.
    Same,
    /// The career is counted within the occupation.
    Specialty,
    /// The career is counted nowhere alone; the occupation is its nearest neighbour.
    Nearest,
}

/// A career page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Career {
    /// Its address.
    pub slug: String,
    /// Title in the language asked for.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Other titles.
    pub alternate_titles: Vec<String>,
    /// The occupation whose figures are shown.
    pub occupation: OccupationRef,
    /// How its figures relate to this career.
    pub relation: Relation,
    /// The same in words.
    pub relation_note: String,
    /// Years in another job first, where that is usual; else empty.
    pub reached_after: String,
    /// Career clusters; most careers stand in one, a few in two or in none.
    pub fields: Vec<Named>,
    /// Major group of the Standard Occupational Classification (`15-0000`).
    pub group: Named,
    /// School subject ids.
    pub subjects: Vec<String>,
    /// Demand.
    pub outlook: Outlook,
    /// Pay at the chosen area, its state, and the nation; the nation is always last.
    pub pay: Vec<PayAtPlace>,
    /// Entry education, experience and training ids, as BLS names them.
    pub entry: Entry,
    /// Job zone 1–5.
    pub preparation: Option<u8>,
    /// Shares of respondents naming the required level of education; empty is not provided.
    pub education_shares: Vec<EducationShare>,
    /// The largest industries.
    pub industries: Vec<Industry>,
    /// Skills, knowledge, abilities, activities.
    pub ratings: Vec<Rating>,
    /// Interest profile, absent where not rated.
    pub interests: Option<Interests>,
    /// Work values and styles.
    pub work_values: Vec<Trait>,
    /// Work styles.
    pub work_styles: Vec<Trait>,
    /// Tools and technology.
    pub technology: Vec<Technology>,
    /// Related careers and occupations.
    pub related: Vec<Related>,
    /// Programmes that lead there.
    pub programmes: Vec<Programme>,
    /// The guide.
    pub guide: Guide,
    /// What the page that the project began with said, as quoted claims.
    pub originals: Vec<Original>,
    /// Every source that the page uses, in the order of first use.
    pub sources: Vec<Source>,
    /// For each field of this shape that holds figures (`outlook`, `pay`, `entry`, `preparation`, `education_shares`,
    /// `industries`, `ratings`, `interests`, `work_values`, `work_styles`, `technology`, `related`, `programmes`):
    /// ids of the sources that it was taken from.
    pub figure_sources: BTreeMap<String, Vec<String>>,
}

/// An occupation by code and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OccupationRef {
    /// O*NET-SOC code.
    pub code: String,
    /// SOC code.
    pub soc: String,
    /// Title in the language asked for.
    pub title: String,
}

/// An id with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Named {
    /// Stable id.
    pub id: String,
    /// Name in the language asked for.
    pub name: String,
}

/// Demand, nation, over the projection's years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Outlook {
    /// First year, e.g. 2024.
    pub from: u16,
    /// Last year, e.g. 2034.
    pub to: u16,
    /// Jobs in the first year, persons.
    pub employment: Figure,
    /// Jobs in the last year, persons.
    pub employment_to: Figure,
    /// Change, per cent.
    pub growth_percent: Figure,
    /// Change of all occupations, per cent.
    pub growth_all_percent: Figure,
    /// Class for the filter, where it can be told.
    pub class: Option<GrowthClass>,
    /// Openings a year, persons.
    pub openings: Figure,
    /// Of these, a year, to replace people who leave, persons.
    pub replacement: Figure,
    /// Share of self-employed, per cent. Pay figures leave them out.
    pub self_employed_percent: Figure,
    /// Source id.
    pub source: String,
}

/// Pay of employees at one place, dollars a year. Never pay by years of experience.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PayAtPlace {
    /// The place.
    pub place: Place,
    /// Jobs there, persons.
    pub employment: Figure,
    /// Share of local jobs against the nation's share.
    pub location_quotient: Figure,
    /// One in ten earns less.
    pub p10: Figure,
    /// A quarter earns less.
    pub p25: Figure,
    /// Half earn less.
    pub p50: Figure,
    /// Three quarters earn less.
    pub p75: Figure,
    /// Nine in ten earn less.
    pub p90: Figure,
    /// Dollars an hour, only where no yearly pay exists.
    pub hourly: Option<HourlyPay>,
    /// Too few people or too wide an error (about 50 jobs or fewer, or a wage error above 10 %): middle only.
    pub too_few: bool,
    /// Source id.
    pub source: String,
}

/// A career's figures in one state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StateFigures {
    /// The state, the District of Columbia or a territory.
    pub place: Place,
    /// Middle pay, dollars a year.
    pub pay: Figure,
    /// Share of the state's jobs against the nation's share.
    pub location_quotient: Figure,
    /// Jobs there, persons.
    pub employment: Figure,
    /// Too few people or too wide an error for the pay to be trusted.
    pub too_few: bool,
}

/// Pay by the hour, in dollars. Never turned into a yearly figure: nobody says how many hours a year are paid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HourlyPay {
    /// One in ten earns less.
    pub p10: Figure,
    /// A quarter earns less.
    pub p25: Figure,
    /// Half earn less.
    pub p50: Figure,
    /// Three quarters earn less.
    pub p75: Figure,
    /// Nine in ten earn less.
    pub p90: Figure,
}

/// A place for which pay is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Place {
    /// `US`, `ST39`, `MA18140`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Nation, state, metropolitan or nonmetropolitan area.
    pub kind: PlaceKind,
    /// States that it lies in, as place ids.
    pub states: Vec<String>,
}

/// Kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// The United States.
    Nation,
    /// A state.
    State,
    /// A metropolitan area.
    Metropolitan,
    /// A nonmetropolitan area.
    Nonmetropolitan,
}

/// How people enter, by BLS's classes (ids, absent where not provided).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Entry {
    /// Usual education at entry.
    pub education: Option<String>,
    /// Work experience in a related occupation.
    pub experience: Option<String>,
    /// On-the-job training.
    pub training: Option<String>,
    /// Source id.
    pub source: String,
}

/// Share of respondents naming a required level of education.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EducationShare {
    /// O*NET's scale, 1 (less than high school) to 12 (post-doctoral).
    pub category: u8,
    /// Per cent.
    pub share_percent: Figure,
}

/// An industry and its jobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Industry {
    /// NAICS code.
    pub naics: String,
    /// Title (published in English).
    pub title: String,
    /// Jobs, persons.
    pub employment: Figure,
    /// Share of the occupation's jobs, per cent.
    pub share_percent: Figure,
}

/// A rated skill, knowledge area, ability or activity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Rating {
    /// What is rated.
    pub kind: RatingKind,
    /// O*NET element id.
    pub element: String,
    /// Name in the language asked for.
    pub name: String,
    /// Importance 1–5.
    pub importance: Figure,
    /// Level 0–7.
    pub level: Figure,
}

/// What a rating rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RatingKind {
    /// A skill.
    Skill,
    /// A field of knowledge.
    Knowledge,
    /// An ability.
    Ability,
    /// A work activity.
    Activity,
}

/// Six interest ratings, 1–7, by experts and a machine, not by workers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Interests {
    /// Practical, with things.
    pub realistic: f64,
    /// Finding out.
    pub investigative: f64,
    /// Making and expressing.
    pub artistic: f64,
    /// Helping and teaching.
    pub social: f64,
    /// Leading and persuading.
    pub enterprising: f64,
    /// Ordering and keeping.
    pub conventional: f64,
    /// The leading letters, as published.
    pub high_points: String,
}

/// A rated work value or work style.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Trait {
    /// Element id.
    pub element: String,
    /// Name in the language asked for.
    pub name: String,
    /// On the source's scale: values 1–7, styles −3–3.
    pub value: Figure,
}

/// A tool or technology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Technology {
    /// Name.
    pub title: String,
    /// UNSPSC category (published in English).
    pub category: String,
    /// Often named in job postings.
    pub hot: bool,
    /// Often named in postings for this occupation.
    pub in_demand: bool,
}

/// A related career or occupation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Related {
    /// Address, where the catalogue has a page.
    pub slug: Option<String>,
    /// O*NET-SOC code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Middle pay, nation, dollars a year.
    pub pay: Figure,
    /// Growth, per cent.
    pub growth_percent: Figure,
    /// Entry education id.
    pub education: Option<String>,
    /// How these figures relate to the title; an occupation without a page is always `same`.
    pub relation: Relation,
}

/// A programme of study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Programme {
    /// CIP 2020 code.
    pub cip: String,
    /// Title (published in English).
    pub title: String,
}

/// Which kind of guide a career has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuideKind {
    /// Nineteen sections with sourced figures.
    Long,
    /// What they do, what people like and find hard, how they get in.
    Short,
}

/// A career guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Guide {
    /// Long (many sections, for a career of its own) or short (one for each occupation).
    pub kind: GuideKind,
    /// Ids of the sources that a short guide was written from.
    pub written_from: Vec<String>,
    /// The language it is shown in.
    pub language: Language,
    /// Day on which it was written, `YYYY-MM-DD`.
    pub written: String,
    /// Whether somebody who does this work has read it.
    pub reviewed: bool,
    /// Sections in their order.
    pub sections: Vec<GuideSection>,
}

/// A section of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuideSection {
    /// Its id; the heading is in the message files.
    pub id: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A paragraph or a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its runs.
        runs: Vec<Run>,
    },
    /// A list of bullet points.
    List {
        /// Each item's runs.
        items: Vec<Vec<Run>>,
    },
}

/// A run of text, or a mark that names a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Run {
    /// Text.
    Text {
        /// The words.
        text: String,
    },
    /// Strong text.
    Strong {
        /// The words.
        text: String,
    },
    /// The source of what stands before.
    Source {
        /// Id of a source of the page.
        source: String,
    },
}

/// A claim of the page that the project began with. Quoted, never used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Original {
    /// What it is about: `demand`, `pay_card`, `pay_entry`, `pay_mid`, `pay_senior`, `education`, `growth`, `reach`, `field`.
    pub topic: String,
    /// Its words.
    pub said: String,
    /// `card` or `prose`.
    pub place: String,
    /// `unsourced`, `contradicts` or `outdated`.
    pub verdict: String,
    /// What there is to say about it.
    pub note: String,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Source {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Release.
    pub release: String,
    /// Date of publication.
    pub date: String,
    /// Address, to read; the program opens no connection.
    pub url: String,
    /// Licence.
    pub licence: String,
    /// How it was modified.
    pub note: String,
}

/// A career's title, for the command palette.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CareerTitle {
    /// Its address.
    pub slug: String,
    /// Title in the language asked for.
    pub title: String,
    /// The other title or word by which it was found, where that is not the title.
    pub found_by: Option<String>,
}

/// What the catalogue file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogueInfo {
    /// Careers with a page.
    pub careers: u32,
    /// Occupations (O*NET-SOC codes) with a page of their own.
    pub occupations: u32,
    /// Long guides.
    pub guides: u32,
    /// Places with pay.
    pub places: u32,
    /// All sources.
    pub sources: Vec<Source>,
}
