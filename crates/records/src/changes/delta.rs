//! What changed in a long text, small enough to keep for every save: the part between the common beginning and the
//! common end. Positions are in characters, so that no letter is ever split.

use serde::{Deserialize, Serialize};

/// One replaced stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Delta {
    /// Characters before the stretch.
    at: usize,
    /// What stood there.
    removed: String,
    /// What stands there now.
    inserted: String,
}

impl Delta {
    pub(crate) fn between(old: &str, new: &str) -> Self {
        let start = common(old.chars(), new.chars());
        let start_bytes: usize = old.chars().take(start).map(char::len_utf8).sum();
        let (old_rest, new_rest) = (&old[start_bytes..], &new[start_bytes..]);
        let end = common(old_rest.chars().rev(), new_rest.chars().rev());
        let end_bytes: usize = old_rest.chars().rev().take(end).map(char::len_utf8).sum();
        Self {
            at: start,
            removed: old_rest[..old_rest.len() - end_bytes].to_owned(),
            inserted: new_rest[..new_rest.len() - end_bytes].to_owned(),
        }
    }

    /// The new text, from the old one; nothing where the old one is not what this delta began with.
    pub(super) fn apply(&self, old: &str) -> Option<String> {
        let start: usize = old.chars().take(self.at).map(char::len_utf8).sum();
        let rest = old.get(start..)?.strip_prefix(self.removed.as_str())?;
        Some([&old[..start], &self.inserted, rest].concat())
    }

    /// The old text, from the new one; nothing where the new one is not what this delta led to.
    pub(crate) fn revert(&self, new: &str) -> Option<String> {
        let start: usize = new.chars().take(self.at).map(char::len_utf8).sum();
        let rest = new.get(start..)?.strip_prefix(self.inserted.as_str())?;
        Some([&new[..start], &self.removed, rest].concat())
    }
}

fn common(left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> usize {
    left.zip(right).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn applying_gives_the_new_text_and_reverting_the_old_one(old in ".{0,40}", new in ".{0,40}") {
            let delta = Delta::between(&old, &new);
            prop_assert_eq!(delta.apply(&old), Some(new.clone()));
            prop_assert_eq!(delta.revert(&new), Some(old));
        }

        #[test]
        fn only_what_was_typed_is_kept(head in "[a-c]{0,20}", typed in "[x-z]{1,5}", tail in "[a-c]{0,20}") {
            let delta = Delta::between(&format!("{head}{tail}"), &format!("{head}{typed}{tail}"));
            prop_assert_eq!(delta.inserted.len(), typed.len());
            prop_assert_eq!(delta.removed.len(), 0);
        }
    }
}
