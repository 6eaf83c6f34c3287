//! What the derivation of a key from a passphrase costs.

use serde::{Deserialize, Serialize};

/// What the derivation of a key costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory, KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// What people's records get: 64 MiB, 3 passes (the second choice of RFC 9106, section 4, with one lane, because
    /// the oldest laptop has two cores).
    pub const REAL: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// For tests, which would else spend their time here. Opens nothing that was made at another cost.
    pub const WEAK_FOR_TESTS: Self = Self { memory_kib: 64, passes: 1, lanes: 1 };

    /// More than this in a file is an altered file: it would only exhaust the computer.
    const MOST: Self = Self { memory_kib: 1024 * 1024, passes: 16, lanes: 8 };

    pub(crate) fn is_sane(self) -> bool {
        self.memory_kib <= Self::MOST.memory_kib
            && self.passes <= Self::MOST.passes
            && self.lanes <= Self::MOST.lanes
    }

    /// Whether a try at this cost is cheaper than one at the other. More of one thing makes up for nothing.
    pub(crate) fn is_below(self, other: Self) -> bool {
        self.memory_kib < other.memory_kib || self.passes < other.passes
    }

    /// This cost, raised where the other is higher. What a file had more of is never taken away.
    pub(crate) fn raised_to(self, other: Self) -> Self {
        Self {
            memory_kib: self.memory_kib.max(other.memory_kib),
            passes: self.passes.max(other.passes),
            lanes: other.lanes,
        }
    }
}
