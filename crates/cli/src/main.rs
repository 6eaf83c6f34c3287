//! `waymark-cli`: the program's work without a window, for scripts, for tests and for whoever looks after the
//! computers. Each area has a module; what it answers with are the shapes of the contract, asked from the same
//! crates as the pages ask, and nothing is decided here.
//!
//! The records are opened with a passphrase that stands in a file: on a command line, everybody who may list processes
//! would see it.
//!
//! Its own few words (help, errors, names of columns) are English, as those of command lines are; titles and texts of
//! careers and the names of places follow `--language`.
//!
//! Ends with 0; with 1 where something is not there or has failed; with 2 where the command is not one.
#![forbid(unsafe_code)]

mod careers;
mod catalogue;
mod desk;
mod forms;
mod log;
mod output;
mod places;
mod students;
mod vault;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use waymark_catalogue::shapes::Language;

use output::{Failure, Output};

#[derive(Parser)]
#[command(name = "waymark-cli", version, about, max_term_width = 100)]
struct Command {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    area: Area,
}

/// What every command takes.
#[derive(Args)]
struct Common {
    /// Print JSON instead of a table
    #[arg(long, global = true)]
    json: bool,
    /// Language of titles, texts and places
    #[arg(long, global = true, value_enum, default_value = "en")]
    language: Tongue,
    /// Catalogue file, where it is not the program's own
    #[arg(long, global = true, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    En,
    Es,
}

#[derive(Subcommand)]
enum Area {
    /// Find, read and compare careers
    #[command(subcommand)]
    Careers(careers::Careers),
    /// Find places for which pay is published
    #[command(subcommand)]
    Places(places::Places),
    /// Make, check, back up, restore and salvage encrypted records
    #[command(subcommand)]
    Vault(vault::Vault),
    /// Add students to records
    #[command(subcommand)]
    Students(students::Students),
    /// Check the log of disclosures and changes
    #[command(subcommand)]
    Log(log::Log),
    /// Check form packs, and answers against them
    #[command(subcommand)]
    Forms(forms::Forms),
    /// What the catalogue file holds, and whether it is whole
    #[command(subcommand)]
    Catalogue(catalogue::CatalogueFile),
}

fn main() -> ExitCode {
    // Some commands open records: their keys belong in no file.
    waymark_system::memory::keep_out_of_files();
    let command = match Command::try_parse() {
        Ok(command) => command,
        Err(refusal) => {
            let code = u8::try_from(refusal.exit_code()).unwrap_or(output::REFUSED);
            // Help into a closed pipe is help that nobody reads any more.
            return refusal.print().map_or(ExitCode::SUCCESS, |()| ExitCode::from(code));
        }
    };
    let mut output = Output::new(command.common.json);
    let done = run(&command, &mut output).and_then(|()| output.finish());
    match done {
        Ok(()) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}

fn run(command: &Command, output: &mut Output) -> Result<(), Failure> {
    let common = &command.common;
    let language = match common.language {
        Tongue::En => Language::En,
        Tongue::Es => Language::Es,
    };
    let file = catalogue::file(common.catalogue.as_deref());
    match &command.area {
        Area::Careers(careers) => careers::run(careers, &catalogue::open(&file)?, language, output),
        Area::Places(places) => places::run(places, &catalogue::open(&file)?, language, output),
        Area::Vault(vault) => vault::run(vault, language, output),
        Area::Students(students) => students::run(students, output),
        Area::Log(log) => log::run(log, output),
        Area::Forms(forms) => forms::run(forms, output),
        Area::Catalogue(about) => catalogue::run(about, &file, output),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};
    use proptest::prelude::*;

    use super::Command;

    #[test]
    fn the_commands_hold_together() {
        Command::command().debug_assert();
    }

    proptest! {
        /// Arguments come from scripts and from whoever types: none of them ends the program but with its own code.
        #[test]
        fn any_arguments_are_a_command_or_refused(
            words in prop::collection::vec("(careers|places|search|show|compare|--[a-z]{0,9}|--json|-[a-z]|.{0,12})", 0..8)
        ) {
            let given = std::iter::once("waymark-cli".to_owned()).chain(words);
            if let Err(refusal) = Command::try_parse_from(given) {
                prop_assert!([0, 2].contains(&refusal.exit_code()));
            }
        }
    }
}
