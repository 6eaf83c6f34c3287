//! A small made-up data folder, complete and without a fault; tests change what they are about.

#![allow(dead_code)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

pub const SECTIONS: &[&str] = &[
    "overview",
    "responsibilities",
    "demand",
    "industries",
    "hubs",
    "future_employment",
    "outlook",
    "emerging_sectors",
    "technology_and_society",
    "pay_entry",
    "pay_mid",
    "pay_senior",
    "pay_factors",
    "education",
    "advanced_study",
    "continuous_learning",
    "advantages",
    "drawbacks",
    "conclusion",
];

/// A data folder and a place for the catalogue file.
pub struct Data {
    folder: TempDir,
}

impl Data {
    /// An empty one.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("data/facts")).unwrap();
        fs::create_dir_all(folder.path().join("data/careers")).unwrap();
        Self { folder }
    }

    /// Two occupations, three places, every table, one guide in both languages (kite maker) and one in English.
    pub fn sample() -> Self {
        let data = Self::empty();
        data.write("facts/sources.toml", SOURCES);
        for (name, text) in TABLES {
            data.table(name, text);
        }
        Guide::new("kite-maker", "Kite Maker").write(&data);
        Guide::new("kite-maker", "Persona que hace cometas").spanish().write(&data);
        Guide::new("cloud-tuner", "Cloud Tuner")
            .occupation("11-2000.01", "specialty")
            .field("weather")
            .write(&data);
        data
    }

    /// The sample with a short guide for each of its occupations, and everyday words for the first.
    pub fn with_short_guides() -> Self {
        let data = Self::sample();
        for folder in ["guides", "words"] {
            fs::create_dir_all(data.path().join(folder)).unwrap();
        }
        data.write("guides/11-1000.00.toml", KITES);
        data.write("guides/11-2000.01.toml", WEATHER);
        data.write(
            "words/11.tsv",
            "code\tlanguage\tword\treason\n11-1000.00\ten\twind toys\teveryday name\n\
             11-1000.00\tes\tpapalotes\tnombre cotidiano\n",
        );
        data
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("catalogue.sqlite")
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).unwrap();
    }

    /// Replaces the one place where `from` stands.
    pub fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from:?} must stand once in {name}");
        self.write(name, &text.replace(from, to));
    }

    /// Writes a table: columns and rows with cells separated by `|`; the head is made here.
    pub fn table(&self, name: &str, text: &str) {
        let rows = text.trim().lines().count() - 1;
        let cells = text
            .trim()
            .lines()
            .map(|line| line.trim().split('|').map(str::trim).collect::<Vec<_>>().join("\t"));
        let body = cells.collect::<Vec<_>>().join("\n");
        self.write(&format!("facts/{name}.tsv"), &format!("# source: made-up\n# rows: {rows}\n{body}\n"));
    }
}

pub const KITES: &str = r#"slug = "kite-makers"
subjects = ["art"]
written = 2026-11-30
from = ["made-up"]
reviewed = false

[en]
does = "They cut thin paper and light wood to shape. Then they tie it all up and go out to see it fly in the wind by the sea."
like = "You see your work up in the sky at the end of the day."
hard = "Some days there is no wind at all, and the glue takes its time."
way_in = "Most learn it from someone in the shop, one kite after another."

[es]
title = "Fabricación de papalotes"
does = "Cortan papel fino y madera ligera. Luego lo atan todo y salen a ver si vuela con el viento de la playa, que no siempre sopla."
like = "Al final del día se ve el trabajo volar en el cielo."
hard = "Hay días sin nada de viento, y el pegamento tarda mucho en secar."
way_in = "Casi todo el mundo aprende en el taller, un papalote tras otro."
"#;

pub const WEATHER: &str = r#"slug = "weather-workers"
subjects = ["geography"]
written = 2026-11-30
from = ["made-up"]
reviewed = false

[en]
does = "Each dawn they climb the tower and read the clouds. By noon they tell the town when to hang out the wash or to stay in."
like = "No two skies are the same, and people thank you for a dry feast."
hard = "When the rain comes after all, they blame you for it at the store."
way_in = "A course at the coast helps, and so does a good pair of boots."

[es]
title = "Trabajo con el tiempo"
does = "Cada mañana suben a la torre y leen las nubes. Al mediodía le dicen al pueblo si conviene tender la ropa o quedarse en casa."
like = "No hay dos cielos iguales, y la gente da las gracias por una fiesta seca."
hard = "Si al final llueve, en la tienda le echan a uno la culpa de todo."
way_in = "Ayuda un curso en la costa, y también un buen par de botas."
"#;

/// A guide file.
pub struct Guide {
    slug: String,
    spanish: bool,
    front: String,
    occupation: (String, String),
    field: String,
    subjects: String,
    names: (String, String),
    pub body: String,
}

impl Guide {
    pub fn new(slug: &str, title: &str) -> Self {
        let mut body = String::new();
        for id in SECTIONS {
            write!(body, "\n## {id}\n\nWords on {}.\n", id.replace('_', " ")).unwrap();
        }
        Self {
            slug: slug.to_owned(),
            spanish: false,
            front: format!("slug = \"{slug}\"\ntitle = \"{title}\"\nsummary = \"One sentence.\"\n"),
            occupation: ("11-1000.00".to_owned(), "same".to_owned()),
            field: "making".to_owned(),
            subjects: "\"art\"".to_owned(),
            names: ("[]".to_owned(), "[]".to_owned()),
            body,
        }
    }

    pub fn spanish(mut self) -> Self {
        self.spanish = true;
        self
    }

    pub fn occupation(mut self, code: &str, relation: &str) -> Self {
        self.occupation = (code.to_owned(), relation.to_owned());
        self
    }

    pub fn field(mut self, field: &str) -> Self {
        field.clone_into(&mut self.field);
        self
    }

    /// TOML list items.
    pub fn subjects(mut self, subjects: &str) -> Self {
        subjects.clone_into(&mut self.subjects);
        self
    }

    /// Other titles and keywords.
    pub fn names(mut self, alternates: &[&str], keywords: &[&str]) -> Self {
        self.names = (format!("{alternates:?}"), format!("{keywords:?}"));
        self
    }

    /// Replaces a section's text.
    pub fn section(mut self, id: &str, text: &str) -> Self {
        let old = format!("Words on {}.", id.replace('_', " "));
        self.body = self.body.replace(&old, text);
        self
    }

    pub fn text(&self) -> String {
        let mut front = self.front.clone();
        let (alternates, keywords) = &self.names;
        write!(front, "alternate_titles = {alternates}\nkeywords = {keywords}\n").unwrap();
        front.push_str("relation_note = \"How far.\"\nreached_after = \"\"\nwritten = 2026-11-23\n");
        if !self.spanish {
            let (code, relation) = &self.occupation;
            write!(front, "occupation = \"{code}\"\nrelation = \"{relation}\"\nfield = \"{}\"\n", self.field)
                .unwrap();
            write!(front, "subjects = [{}]\nreviewed = false\n", self.subjects).unwrap();
        }
        format!("+++\n{front}+++\n{}", self.body)
    }

    pub fn write(&self, data: &Data) {
        let ending = if self.spanish { ".es.md" } else { ".md" };
        data.write(&format!("careers/{}{ending}", self.slug), &self.text());
    }
}

/// Size of a file, then the file cut to `length` bytes.
pub fn cut(file: &Path, length: usize) -> Vec<u8> {
    let bytes = fs::read(file).unwrap();
    bytes[..length].to_vec()
}

pub const SOURCES: &str = r#"[[source]]
id = "made-up"
title = "Made-up figures"
publisher = "Nobody"
release = "1"
date = "2025-08"
url = "https://example.org/"
licence = "Public domain"
note = "Made up."

[[source]]
id = "other"
title = "Other made-up figures"
publisher = "Nobody"
release = "2"
date = 2026-01-31
url = "https://example.org/other"
licence = "Public domain"
note = ""
"#;

pub const TABLES: &[(&str, &str)] = &[
    (
        "occupation",
        "code|soc|title|cluster|job_zone
         11-1000.00|11-1000|Kite Makers|making|2
         11-2000.01|11-2000|Weather Workers|weather|not_rated",
    ),
    ("alternate_title", "code|title\n11-1000.00|Glider Builder\n11-2000.01|Fog Herder"),
    (
        "projection",
        "soc|employment_2024|employment_2034|change|change_percent|openings|replacement|self_employed_percent|\
         entry_education|experience|training
         00-0000|1000|1031|31|3.1|100|90|6|||
         11-1000|500|450|-50|-10|40|40|12.5|high_school|none|short_term
         11-2000|200|230|30|15|20|17|not_published|bachelors_degree||",
    ),
    (
        "place",
        "place|kind|name|states
         MA10000|metropolitan|Sampletown, OH-KY|ST39,ST21
         NM2100001|nonmetropolitan|West Kentucky nonmetropolitan area|ST21
         ST21|state|Kentucky|
         ST39|state|Ohio|
         US|nation|United States|",
    ),
    (
        "pay",
        "place|soc|employment|location_quotient|hourly_only|mean_error_percent|p10|p25|p50|p75|p90
         MA10000|11-1000|30|0.9|0|4.5|20000|25000|30000|35000|40000
         MA10000|11-2000|not_published|not_published|0|12|not_published|60000|70000|at_least:239200|at_least:239200
         ST39|11-1000|120||1|2|hourly_only|hourly_only|hourly_only||hourly_only
         US|11-1000|500|1|0|1|21000|26000|31000|36000|41000
         US|11-2000|200|1|0|1|50000|60000|72000|90000|at_least:239200",
    ),
    ("industry", "soc|naics|title|employment|share_percent\n11-1000|1111|Toys|90|18\n11-1000|2222|Sport|210|42"),
    ("education", "code|category|share_percent\n11-1000.00|2|60\n11-1000.00|10|not_rated"),
    (
        "rating",
        "code|kind|element|importance|level
         11-1000.00|ability|1.A|3|2
         11-1000.00|skill|2.A|2|1
         11-1000.00|skill|2.B|4|not_rated
         11-1000.00|skill|2.C|not_rated|not_rated",
    ),
    ("hourly_pay", "place|soc|p10|p25|p50|p75|p90\nST39|11-1000|10.5|11|12.25|13|at_least:115"),
    (
        "element",
        "element|kind|name|name_es
         1.A|ability|Steady Hand|Pulso firme
         1.B|work_value|Calm|
         1.C|work_style|Patience|Paciencia
         2.A|skill|Knots|Nudos
         2.B|skill|Sewing|Costura
         2.C|skill|Wind|Viento",
    ),
    (
        "interest",
        "code|realistic|investigative|artistic|social|enterprising|conventional|high_points
         11-1000.00|6|3.5|5|1|2|3|RA
         11-2000.01|not_rated|not_rated|not_rated|not_rated|not_rated|not_rated|",
    ),
    ("work_value", "code|element|value\n11-1000.00|1.B|4"),
    ("work_style", "code|element|value\n11-1000.00|1.C|-1.5"),
    (
        "technology",
        "code|title|category|hot|in_demand\n11-1000.00|Loom|Tools|0|0\n11-1000.00|Scissors|Tools|0|1",
    ),
    (
        "related",
        "code|related_code|related_title|rank
         11-1000.00|11-2000.01|Weather Workers|1
         11-1000.00|11-3000.00|Balloon Pilots|2",
    ),
    ("programme", "soc|cip|title\n11-1000|50.0001|Kite Studies"),
    ("cluster", "cluster|name|name_es\nmaking|Making|Fabricación\nweather|Weather|"),
    ("soc_title", "soc|title|title_es\n11-1000|Kite makers|Fabricación de cometas\n11-2000|Weather|El tiempo"),
];
