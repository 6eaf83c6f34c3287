//! Known words that are spelt nearly as a typed one: candidates that share groups of three letters with it, ranked by
//! edit distance.

use rusqlite::Connection;

use crate::CatalogueError;

/// Candidates that are compared, and corrections that are tried.
const CANDIDATES: u32 = 300;
const CORRECTIONS: usize = 6;

/// The nearest known words to a folded word; none where every word is too far.
pub(crate) fn of(db: &Connection, typed: &str) -> Result<Vec<String>, CatalogueError> {
    let length = typed.chars().count();
    let Some(allowed) = allowed(length) else { return Ok(Vec::new()) };
    let mut near: Vec<_> = candidates(db, typed)?
        .into_iter()
        .filter_map(|word| {
            let distance = distance(typed, length, &word);
            (distance <= allowed).then_some((distance, word))
        })
        .collect();
    near.sort();
    let nearest = near.first().map(|(distance, _)| *distance);
    near.retain(|(distance, _)| Some(*distance) == nearest);
    near.truncate(CORRECTIONS);
    Ok(near.into_iter().map(|(_, word)| word).collect())
}

/// Slips that a word of this length may have. In a short word every other letter makes another word.
fn allowed(length: usize) -> Option<usize> {
    match length {
        0..=3 => None,
        4..=5 => Some(1),
        6..=10 => Some(2),
        _ => Some(3),
    }
}

/// Edits to the word; or, for a word that is still being typed, to its beginning and one more.
fn distance(typed: &str, length: usize, word: &str) -> usize {
    let whole = strsim::osa_distance(typed, word);
    if length < 5 || word.chars().count() <= length {
        return whole;
    }
    let head: String = word.chars().take(length).collect();
    whole.min(strsim::osa_distance(typed, &head) + 1)
}

fn candidates(db: &Connection, typed: &str) -> Result<Vec<String>, CatalogueError> {
    let letters: Vec<char> = format!("__{typed}__").chars().collect();
    let groups: Vec<_> =
        letters.windows(3).map(|group| format!("\"{}\"", group.iter().collect::<String>())).collect();
    let mut statement = db.prepare_cached(
        "SELECT word FROM word_index WHERE word_index MATCH ?1 ORDER BY rank, rowid LIMIT ?2",
    )?;
    let words = statement.query_map((groups.join(" OR "), CANDIDATES), |row| row.get::<_, String>(0))?;
    let words = words.collect::<Result<Vec<_>, _>>()?;
    Ok(words.into_iter().map(|word| word.trim_matches('_').to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_costs_one_and_an_unfinished_word_one_more() {
        assert_eq!(distance("archtect", 8, "architect"), 1);
        assert_eq!(distance("nruse", 5, "nurse"), 1);
        assert_eq!(distance("archti", 6, "architect"), 2);
    }

    #[test]
    fn short_words_are_not_guessed_at() {
        assert_eq!(allowed(3), None);
        assert_eq!(allowed(4), Some(1));
    }
}
