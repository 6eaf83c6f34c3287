//! How far a typed word is from a known one: letters left out, added, changed or swapped, each by how easily it happens.

/// Letters beside one another on the keyboard, row by row.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Letters that are taken for one another by ear.
const EAR: &[(char, char)] = &[
    ('c', 'k'), ('c', 's'), ('s', 'z'), ('f', 'v'), ('i', 'y'), ('g', 'j'), ('m', 'n'), ('d', 't'), ('b', 'v'),
    ('b', 'p'), ('k', 'q'), ('u', 'w'),
];

/// Both distances of a typed word from a known one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Distance {
    /// From the whole word.
    pub(super) whole: f32,
    /// From its beginning.
    pub(super) beginning: f32,
}

/// What a slip at the first letter costs more: it happens seldom.
const FIRST: f32 = 0.4;

/// Room for a word of so many letters; longer ones are not compared.
const LONGEST: usize = 24;

/// The distance of `typed` from `known`, in slips; `None` for words that are too long to be compared.
pub(super) fn distance(typed: &[char], known: &[char]) -> Option<Distance> {
    if typed.len() >= LONGEST || known.len() >= LONGEST {
        return None;
    }
    let mut rows = [[0.0_f32; LONGEST]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate().take(known.len() + 1).skip(1) {
        *cell = cost_of_letter(known, at - 1) + rows_first(at) + at_least(at);
    }
    for row in 1..=typed.len() {
        let (now, before, earlier) = (row % 3, (row + 2) % 3, (row + 1) % 3);
        rows[now][0] = rows[before][0] + cost_of_letter(typed, row - 1) + rows_first(row);
        for column in 1..=known.len() {
            let first = if row == 1 && column == 1 { FIRST } else { 0.0 };
            let (t, k) = (typed[row - 1], known[column - 1]);
            let changed = if t == k { 0.0 } else { change(t, k) + first };
            let mut least = (rows[before][column - 1] + changed)
                .min(rows[before][column] + cost_of_letter(typed, row - 1))
                .min(rows[now][column - 1] + cost_of_letter(known, column - 1));
            if row > 1 && column > 1 && t == known[column - 2] && typed[row - 2] == k {
                least = least.min(rows[earlier][column - 2] + 0.6);
            }
            rows[now][column] = least;
        }
    }
    let last = &rows[typed.len() % 3][..=known.len()];
    let beginning = last.iter().copied().fold(f32::INFINITY, f32::min);
    Some(Distance { whole: last[known.len()], beginning })
}

fn rows_first(at: usize) -> f32 {
    if at == 1 { FIRST } else { 0.0 }
}

/// Costs of the row above the first add up.
#[allow(clippy::cast_precision_loss, reason = "words are short")]
fn at_least(at: usize) -> f32 {
    (at - 1) as f32 * 0.8
}

/// What it costs to leave out or add the letter at `at`.
fn cost_of_letter(word: &[char], at: usize) -> f32 {
    let letter = word[at];
    if at > 0 && word[at - 1] == letter {
        0.4
    } else if is_vowel(letter) || letter == 'h' {
        0.75
    } else {
        0.95
    }
}

fn change(a: char, b: char) -> f32 {
    if is_vowel(a) && is_vowel(b) || EAR.contains(&(a, b)) || EAR.contains(&(b, a)) {
        0.6
    } else if neighbours(a, b) {
        0.75
    } else {
        1.0
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn neighbours(a: char, b: char) -> bool {
    ROWS.iter().any(|row| matches!((row.find(a), row.find(b)), (Some(a), Some(b)) if a.abs_diff(b) == 1))
}

/// The letters of a word, one bit each; what is no letter from a to z shares a bit.
pub(super) fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| match byte {
        b'a'..=b'z' => bits | 1 << (byte - b'a'),
        _ => bits | 1 << 26,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(typed: &str, known: &str) -> f32 {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        distance(&letters(typed), &letters(known)).unwrap().whole
    }

    #[test]
    fn slips_that_happen_easily_cost_less() {
        assert!(whole("nurse", "nurse") < f32::EPSILON);
        assert!(whole("acountant", "accountant") < whole("accontant", "accountant"));
        assert!(whole("pyschologist", "psychologist") < whole("ptychologist", "psychologist"));
        assert!(whole("murse", "nurse") > whole("nirse", "nurse"), "the first letter is seldom wrong");
        assert!(whole("plumber", "pirate") > 2.0);
    }

    #[test]
    fn a_beginning_with_a_slip_is_near() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        assert!(distance(&letters("arcitec"), &letters("architecture")).unwrap().beginning < 1.0);
        assert_eq!(distance(&letters(&"a".repeat(40)), &letters("a")), None);
    }
}
