//! `students`: add one, or bring in a roster.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use crate::desk::Opened;
use crate::output::{Failure, Output};

#[derive(Subcommand)]
pub enum Students {
    /// Add a student and print their id
    Add {
        #[command(flatten)]
        opened: Opened,
        /// Name, as the student writes it
        #[arg(long)]
        name: String,
        /// Year of graduation
        #[arg(long)]
        year: Option<u16>,
        /// The school's own number
        #[arg(long)]
        school_id: Option<String>,
    },
    /// Bring in a roster (CSV with a heading line), whole or not at all
    Import {
        #[command(flatten)]
        opened: Opened,
        /// The file
        roster: PathBuf,
    },
}

pub fn run(students: &Students, output: &mut Output) -> Result<(), Failure> {
    match students {
        Students::Add { opened, name, year, school_id } => {
            let session = opened.open()?;
            let student = json!({ "name": name, "graduation_year": year, "school_id": school_id });
            let saved = session.call("students.add", student)?;
            session.close()?;
            output.value(&saved)
        }
        Students::Import { opened, roster } => {
            let text = std::fs::read_to_string(roster).map_err(|error| {
                Failure::Failed("students.roster_unreadable", format!("{}: {error}", roster.display()))
            })?;
            let session = opened.open()?;
            let asked = json!({ "text": text, "columns": null });
            let check = session.call("students.check_roster", asked.clone())?;
            if check["faults"].as_array().is_some_and(|faults| !faults.is_empty()) {
                session.close()?;
                output.value(&json!({ "faults": check["faults"] }))?;
                return Err(Failure::Failed("students.roster_has_faults", "nothing was imported".into()));
            }
            let imported = session.call("students.import_roster", asked)?;
            session.close()?;
            output.value(&imported)
        }
    }
}
