//! Bytes that nobody of ours wrote: flipped bits in the records' files, and any input for every reader of outside bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use waymark_fuzz::{Mutator, corpus, readers};
use waymark_tests::flips::{BackupFlips, Flips};

use crate::report::{Report, Tally, Wish};

/// A reader that does much work for each input gets the hundredth part of them.
const SLOW: u64 = 100;

/// One bit of one file after the other, of the records and of a backup in turn: first every part of every file, then
/// places by chance.
#[must_use]
pub fn flips(wish: Wish) -> Report {
    let mut tally = Tally::new("flips", wish);
    let (records, backups) = (Flips::new(), BackupFlips::new());
    while let Some(seed) = tally.next_seed() {
        // The first case's seed is 1.
        let number = seed.saturating_sub(1) / 2;
        let struck = if seed % 2 == 1 {
            records.strike(&records.flip(number))
        } else {
            backups.strike(&backups.flip(number))
        };
        tally.case(seed, struck.map(|_| ()));
    }
    tally.report()
}

/// So many mutated inputs for each reader; `cargo xtask fuzz` does the same with a fuzzer that watches the code.
#[must_use]
pub fn inputs(wish: Wish) -> Report {
    let readers = readers();
    let all = u64::try_from(readers.len()).unwrap();
    let mut tally = Tally::new("inputs", Wish { count: wish.count.saturating_mul(all), ..wish });
    let hook = std::panic::take_hook();
    // An input that breaks a reader is told by its seed; the input itself is nobody's business.
    std::panic::set_hook(Box::new(|_| ()));
    let begun = Instant::now();
    for (at, reader) in readers.into_iter().enumerate() {
        // What is left of the time is shared by the readers that are left, so that none goes hungry.
        let left = wish.time.saturating_sub(begun.elapsed());
        let share = left / u32::try_from(usize::try_from(all).unwrap() - at).unwrap();
        let its_own = Instant::now();
        let seeds: Vec<Vec<u8>> = corpus::inputs(reader.name).into_iter().map(|(_, input)| input).collect();
        let count = if reader.slow.is_some() { wish.count / SLOW } else { wish.count };
        if let Some(why) = reader.slow {
            tally.not_run(format!("{}: {} of {} inputs: {why}", reader.name, count, wish.count));
        }
        for number in 0..count {
            if tally.next_seed().is_none() || its_own.elapsed() >= share {
                tally.not_run(format!("{}: {number} of {count} inputs: the time was over", reader.name));
                break;
            }
            let seed = wish.seed.wrapping_add(number);
            let input = Mutator::new(seed, seeds.clone()).next_input();
            let fed = catch_unwind(AssertUnwindSafe(|| (reader.feed)(&input)));
            tally.case(seed, fed.map_err(|_| format!("{} panicked", reader.name)));
        }
    }
    std::panic::set_hook(hook);
    tally.report()
}
