//! How strongly each word belongs to a career: its names, what is written about it and what it is rated for, in one
//! figure between 0 and 1 that grows ever more slowly with each mention.

use std::collections::HashMap;

use super::{Document, Kind};
use crate::words::tokens;

/// Most that mentions in the other titles of a source count for together, for a word that half of them have.
const PUBLISHED: f32 = 2.4;
/// Mentions of a word in one passage that count.
const MENTIONS: usize = 3;

/// Words of a document with their strength.
pub(super) fn strengths(document: &Document) -> HashMap<String, f32> {
    let mut sums: HashMap<String, f32> = HashMap::new();
    let mut best: HashMap<String, f32> = HashMap::new();
    let mut published: HashMap<String, f32> = HashMap::new();
    for name in &document.names {
        let weight = match name.kind {
            Kind::Title => 2.0,
            Kind::Part => 1.8,
            Kind::Own => 1.5,
            Kind::Wider => 0.5,
            Kind::Published => 0.0,
        };
        for word in tokens(&name.text) {
            if name.kind == Kind::Published {
                *published.entry(word.folded).or_default() += 1.0;
            } else {
                let known = best.entry(word.folded).or_default();
                *known = known.max(weight);
            }
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "an occupation has some hundred titles")]
    let titles = document.names.iter().filter(|name| name.kind == Kind::Published).count().max(12) as f32;
    for (word, count) in published {
        *sums.entry(word).or_default() += PUBLISHED * (count / titles).sqrt().min(0.7);
    }
    for (word, weight) in best {
        *sums.entry(word).or_default() += weight;
    }
    for passage in &document.passages {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for word in tokens(&passage.text) {
            *counts.entry(word.folded).or_default() += 1;
        }
        for (word, count) in counts {
            let mentions = [0.0, 1.0, 1.5, 1.8][count.min(MENTIONS)];
            *sums.entry(word).or_default() += passage.weight * mentions;
        }
    }
    sums.into_iter().map(|(word, sum)| (word, sum / (sum + 1.0))).collect()
}
