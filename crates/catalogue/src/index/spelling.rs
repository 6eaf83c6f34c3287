//! How far a typed word is from a known one: letters left out, added, changed or swapped, each by how easily it happens.

/// Letters beside one another on the keyboard, row by row.
const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// Letters that are taken for one another by ear.
const EAR: &[(u8, u8)] = &[
    (b'c', b'k'),
    (b'c', b's'),
    (b's', b'z'),
    (b'f', b'v'),
    (b'i', b'y'),
    (b'g', b'j'),
    (b'm', b'n'),
    (b'd', b't'),
    (b'b', b'v'),
    (b'b', b'p'),
    (b'k', b'q'),
    (b'u', b'w'),
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

/// The distance of `typed` from `known`, in slips; `None` where it is over `most`, or a word is too long.
pub(super) fn distance(typed: &[u8], known: &[u8], most: f32) -> Option<Distance> {
    if typed.len() >= LONGEST || known.len() >= LONGEST {
        return None;
    }
    let mut rows = [[0.0_f32; LONGEST]; 3];
    for column in 1..=known.len() {
        rows[0][column] = rows[0][column - 1] + cost_of_letter(known, column - 1) + first(column);
    }
    // A swap reaches over one row, so that two rows must be too far.
    let mut before_nearest = 0.0_f32;
    for row in 1..=typed.len() {
        let (now, before, earlier) = (row % 3, (row + 2) % 3, (row + 1) % 3);
        let mut nearest = f32::INFINITY;
        rows[now][0] = rows[before][0] + cost_of_letter(typed, row - 1) + first(row);
        for column in 1..=known.len() {
            let (t, k) = (typed[row - 1], known[column - 1]);
            let changed = if t == k { 0.0 } else { change(t, k) + first(row.max(column)) };
            let mut least = (rows[before][column - 1] + changed)
                .min(rows[before][column] + cost_of_letter(typed, row - 1))
                .min(rows[now][column - 1] + cost_of_letter(known, column - 1));
            if row > 1 && column > 1 && t == known[column - 2] && typed[row - 2] == k {
                least = least.min(rows[earlier][column - 2] + 0.6);
            }
            rows[now][column] = least;
            nearest = nearest.min(least);
        }
        if nearest.min(before_nearest) > most {
            return None;
        }
        before_nearest = nearest;
    }
    let last = &rows[typed.len() % 3][..=known.len()];
    let beginning = last.iter().copied().fold(f32::INFINITY, f32::min);
    Some(Distance { whole: last[known.len()], beginning })
}

/// What a slip at a letter, from 1, costs more.
fn first(at: usize) -> f32 {
    if at == 1 { FIRST } else { 0.0 }
}

/// What it costs to leave out or add the letter at `at`.
fn cost_of_letter(word: &[u8], at: usize) -> f32 {
    let letter = word[at];
    if at > 0 && word[at - 1] == letter {
        0.4
    } else if is_vowel(letter) || letter == b'h' {
        0.75
    } else {
        0.95
    }
}

fn change(a: u8, b: u8) -> f32 {
    if is_vowel(a) && is_vowel(b) || EAR.contains(&(a, b)) || EAR.contains(&(b, a)) {
        0.6
    } else if neighbours(a, b) {
        0.75
    } else {
        1.0
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn neighbours(a: u8, b: u8) -> bool {
    let pair = |row: &&[u8]| row.windows(2).any(|pair| pair == [a, b] || pair == [b, a]);
    ROWS.iter().any(pair)
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
        distance(typed.as_bytes(), known.as_bytes(), 9.0).unwrap().whole
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
        assert!(distance(b"arcitec", b"architecture", 1.0).unwrap().beginning < 1.0);
        assert_eq!(distance(b"arcitec", b"purple", 1.0), None);
        assert_eq!(distance(&[b'a'; 40], b"a", 9.0), None);
    }
}
