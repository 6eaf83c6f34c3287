//! The project's own commands, started as `cargo xtask COMMAND`. This program needs a Rust toolchain and nothing else,
//! because it is what installs the rest; `data.rs` is its second half, built once the C libraries are there.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on the terminal")]

mod apt;
mod audit;
mod bench;
mod bundle;
mod command;
mod deny;
mod display;
mod fuzz;
mod journeys;
mod not_run;
mod picture;
mod place;
mod processes;
mod run;
mod sbom;
mod setup;
mod stages;
mod stamp;
mod symbols;
mod test;
mod torture;

use std::process::ExitCode;

const HELP: &str = "\
The project's commands

  cargo xtask run         set up what is missing, build, and open the window
                          (without a display: in a virtual one, saving target/waymark.png)
  cargo xtask test        the same set-up, then every test; --only NAME for the stages of that name,
                          --list for their names
  cargo xtask catalogue   data/ to target/waymark-catalogue.db, with every fault it finds
  cargo xtask contract    write ui/src/generated again from crates/api
  cargo xtask torture     try to lose, to break and to read what was written: kills, power cuts, failing disks;
                          --minutes N for all of it, --only NAME for one run, --seed S to try a case again,
                          --count N for so many cases; a table at the end, also in target/torture.json
  cargo xtask bench       speeds and sizes beside their baselines, kept in docs/benchmarks.md
  cargo xtask bundle      the packages to install, .deb and .rpm
  cargo xtask audit       known faults in what the project depends on (needs a network)
  cargo xtask fuzz        libFuzzer on every reader of outside bytes; --inputs N, --only READER
  cargo xtask sbom        the parts that ship, with versions and licenses, to target/waymark-sbom.json
  cargo xtask refresh     write data/facts again from the publishers' own files
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", &[][..]),
    };
    let outcome = match name {
        "run" => run::run(rest),
        "test" => test::run(rest),
        "catalogue" => setup::libraries().and_then(|()| setup::build_catalogue()),
        "contract" => setup::libraries().and_then(|()| setup::contract(&[])),
        "torture" => torture::run(rest),
        "bench" => bench::run(rest),
        "bundle" => bundle::run(),
        "audit" => audit::run(),
        "sbom" => sbom::run(),
        "fuzz" => fuzz::run(rest),
        "refresh" => setup::libraries().and_then(|()| setup::data("refresh", rest)),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(anyhow::anyhow!("there is no command '{other}'; `cargo xtask help` lists them")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
