//! How well the search answers the labelled queries: one table a set, in Markdown, for `cargo xtask bench`.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "the tables go there")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has nothing to report")]

#[path = "../../search/measure.rs"]
mod measure;

use std::path::Path;

use waymark_catalogue::{Catalogue, build};

/// The sets, with what each is called in the tables.
const SETS: [(&str, &str); 2] = [("first set", measure::FIRST), ("second set", "second.tsv")];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Cargo hands `--bench` to every bench. Without it, this was started to be tested: nothing to do.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("catalogue.db");
    build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../data"), &file).unwrap();
    let catalogue = Catalogue::open(&file).unwrap();
    for (name, set) in SETS {
        let (kinds, missed) = measure::measure(&catalogue, &measure::queries(set));
        println!(
            "| {name} | queries | top-1 | hit@5 | MRR | nDCG@10 | dev top-1, hit@5 | held top-1, hit@5 | least |"
        );
        println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (kind, top, five) in measure::KINDS {
            let Some(measured) = kinds.get(kind) else { continue };
            let all = measured.all;
            let half =
                |half: measure::Figures| format!("{:.2}, {:.2} ({})", half.top, half.five, half.queries);
            println!(
                "| {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {} | {} | {:.2}, {:.2} |",
                kind.replace('_', " "),
                all.queries,
                all.top,
                all.five,
                all.reciprocal,
                all.gain,
                half(measured.dev),
                half(measured.held),
                f64::from(top) / 100.0,
                f64::from(five) / 100.0,
            );
        }
        println!();
        if arguments.iter().any(|argument| argument == "--missed") {
            println!("{}\n", missed.join("\n"));
        }
    }
}
