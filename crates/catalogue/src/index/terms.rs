//! What was typed, as terms: each with the known words that it may mean, and how surely.

use super::sounds::sound;
use super::spelling::{distance, letters};
use super::stored::{Index, rarity};
use super::write::{Form, marked};
use crate::shapes::Language;
use crate::words::{Token, forms, is_common, is_filler, question, roots};

/// How surely a word is meant, by how it was met.
const INFLECTED: f32 = 0.96;
const FORM: f32 = 0.87;
const ROOT: f32 = 0.84;
const JOINED: f32 = 0.96;

/// Fewest letters of a word that is no longer typed, for longer words to be meant too.
const SHORTENED: usize = 4;
/// Fewest letters of a word that may be misspelt, and most words that it may stand for.
const MISSPELT: usize = 4;
const CORRECTIONS: usize = 8;
/// Most careers whose texts have a word that is not trusted to be spelt as it was meant.
const RARE: usize = 3;
/// What it counts, in slips, that a word is spelt otherwise and sounds the same.
const ALIKE: f32 = 0.45;
/// Fewest letters of each of two words that were typed as one.
const HALF: usize = 3;

/// Weight of a word that is known nowhere, in the measure of [`rarity`].
const UNKNOWN: f32 = 4.2;
/// Most that a word weighs: that it is very rare makes it no more likely to be the one that is meant.
const MOST: f32 = 4.6;
/// Share of its weight that a word keeps which is asked of any career.
const FILLER: f32 = 0.2;

/// A typed word.
#[derive(Debug)]
pub(super) struct Term {
    /// As typed, for telling what was found.
    pub(super) typed: String,
    /// How much it says about which career is meant.
    pub(super) weight: f32,
    /// Words of the index that it may mean.
    pub(super) words: Vec<(u32, f32)>,
}

/// The terms of what was typed.
pub(super) fn terms(index: &Index, text: &str) -> Vec<Term> {
    let typed = question(text);
    let telling: Vec<_> = typed.iter().filter(|token| !is_common(&token.folded)).cloned().collect();
    let telling = if telling.is_empty() { typed } else { telling };
    let open = !text.ends_with(char::is_whitespace);
    let count = telling.len();
    let mut terms = Vec::with_capacity(count);
    for (at, token) in telling.iter().enumerate() {
        let last = open && at + 1 == count;
        let mut term = term(index, token, last);
        if is_filler(&token.folded) && count > 1 {
            term.weight *= FILLER;
        }
        let parts = if term.words.iter().all(|(_, sure)| *sure < 0.55) { parted(index, token) } else { None };
        match parts {
            Some(parts) => terms.extend(parts.into_iter().map(|part| self::term(index, &part, false))),
            None => terms.push(term),
        }
    }
    if terms.len() == count {
        join(index, &telling, &mut terms, open);
    }
    terms
}

fn term(index: &Index, token: &Token, last: bool) -> Term {
    let mut words = Words::default();
    let exact = index.words.find(&token.folded);
    if let Some(word) = exact {
        words.add(number(word), 1.0);
    }
    for language in [Language::En, Language::Es] {
        for form in forms(token, language) {
            let others = index.of_form(&marked(language, &form, Form::Inflection)).iter();
            for word in others.filter(|word| !is_common(index.words.get(**word as usize))) {
                let inflected = inflected(&token.folded, index.words.get(*word as usize));
                words.add(*word, if inflected { INFLECTED } else { FORM });
            }
        }
        for root in roots(token, language) {
            let others = index.of_form(&marked(language, &root, Form::Root)).iter();
            for word in others.filter(|word| !is_common(index.words.get(**word as usize))) {
                words.add(*word, ROOT);
            }
        }
    }
    // A word that stands in a text or two and in no name may as well be a slip.
    let used = |word: u32| !index.names_with(word).is_empty() || index.documents_with(word).count() > RARE;
    let known = words.0.iter().any(|(word, sure)| *sure >= INFLECTED && used(*word));
    let surest = if words.0.iter().any(|(_, sure)| *sure >= INFLECTED) { INFLECTED } else { 0.0 };
    let certain = words.0.iter().filter(|(_, sure)| *sure >= surest);
    let certain = certain.map(|(word, _)| index.weight(*word)).fold(f32::INFINITY, f32::min);
    let letters = token.folded.chars().count();
    let mut weight = certain;
    let mut under_way = false;
    if last || letters >= SHORTENED {
        let before = words.0.len();
        let longer = longer(index, token, letters, known, last, &mut words);
        if !known {
            weight = weight.min(longer);
        }
        // What several names have a longer form of is no slip, but a word on its way.
        let named = words.0.iter().skip(before).filter(|(word, _)| !index.names_with(*word).is_empty());
        under_way = last && named.count() > 1;
    }
    // A number is no slip of another number.
    let has_letters = token.folded.chars().any(char::is_alphabetic);
    if !known && !under_way && has_letters && letters >= MISSPELT {
        let nearest = corrections(index, &token.folded, last, &mut words);
        weight = weight.min(nearest);
    }
    #[allow(clippy::cast_precision_loss, reason = "words are short")]
    let unknown = UNKNOWN * (letters as f32 / 5.0).min(1.0);
    let weight = if weight.is_finite() { weight.min(MOST) } else { unknown };
    Term { typed: token.typed.clone(), weight, words: words.each_once() }
}

/// Whether one of two words of the same form is the other with an ending, so that neither is a slip of a third.
fn inflected(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let stem = short.trim_end_matches(['a', 'e', 'o', 'y', 's']);
    let stem = if stem.is_empty() { short } else { stem };
    long.strip_prefix(stem).is_some_and(|ending| ENDINGS.contains(&ending))
}

/// Endings of number, gender and time, English and Spanish.
const ENDINGS: &[&str] =
    &["", "s", "es", "e", "a", "o", "as", "os", "y", "ies", "ed", "ied", "ing", "ying", "ss", "se", "ses"];

/// Words that begin as typed. Gives how well they tell careers apart, all together.
fn longer(index: &Index, token: &Token, letters: usize, known: bool, last: bool, words: &mut Words) -> f32 {
    let mut having = 0;
    for at in index.words.first_from(&token.folded)..index.words.len() {
        let word = index.words.get(at);
        if !word.starts_with(&token.folded) {
            break;
        }
        if word.len() == token.folded.len() || is_common(word) {
            continue;
        }
        having += index.documents_with(number(at)).count();
        #[allow(clippy::cast_precision_loss, reason = "words are short")]
        let share = letters as f32 / word.chars().count() as f32;
        let sure = match (known, last) {
            (false, true) => 0.8 + 0.15 * share,
            (true, true) => 0.62 + 0.2 * share,
            (false, false) => 0.6 + 0.3 * share,
            (true, false) => 0.45 * share,
        };
        words.add(number(at), sure);
    }
    let all = index.likely.len();
    if having == 0 { f32::INFINITY } else { rarity(having.min(all / 3), all) }
}

/// Words that are spelt or sound nearly so. Gives how well the nearest tells careers apart.
fn corrections(index: &Index, folded: &str, last: bool, words: &mut Words) -> f32 {
    let heard = sound(folded);
    let (typed_letters, heard_letters) = (letters(folded), letters(&heard));
    let most = limit(folded.chars().count());
    let differing = if most < 1.0 { 2 } else { 4 };
    let mut near: Vec<(f32, u32)> = Vec::new();
    for (at, (own_letters, own_sound)) in index.letters.iter().enumerate() {
        let alike = (typed_letters ^ own_letters).count_ones() <= differing;
        let sounds_alike = (heard_letters ^ own_sound).count_ones() <= 2;
        let begins = last && folded.len() > MISSPELT && (typed_letters & !own_letters).count_ones() <= 1;
        if !alike && !sounds_alike && !begins {
            continue;
        }
        let word = index.words.get(at);
        let begins =
            begins && word.len() > folded.len() + 1 && word.as_bytes().first() == folded.as_bytes().first();
        if (word.len().abs_diff(folded.len()) > 3 && !begins) || is_common(word) {
            continue;
        }
        let mut cost = f32::INFINITY;
        if (alike || begins)
            && let Some(spelt) = distance(folded.as_bytes(), word.as_bytes(), most)
        {
            cost = if begins { spelt.whole.min(spelt.beginning * 1.2 + 0.25) } else { spelt.whole };
        }
        if sounds_alike && cost > ALIKE && heard.len() > 2 {
            let spoken = distance(heard.as_bytes(), index.sounds.get(at).as_bytes(), most - ALIKE);
            cost = spoken.map_or(cost, |spoken| cost.min(ALIKE + spoken.whole));
        }
        if cost <= most {
            near.push((cost, number(at)));
        }
    }
    // Of words as near, the one that more names have is meant more often.
    #[allow(clippy::cast_precision_loss, reason = "a word is in some thousand names at most")]
    let key = |(cost, word): (f32, u32)| cost - 0.06 * (1.0 + index.names_with(word).len() as f32).ln();
    near.sort_by(|a, b| key(*a).total_cmp(&key(*b)).then(a.1.cmp(&b.1)));
    let Some(best) = near.first().copied() else { return f32::INFINITY };
    near.retain(|other| key(*other) <= key(best) + 0.5);
    near.truncate(CORRECTIONS);
    for (cost, word) in near {
        let sure = (0.92 - 0.18 * cost - 0.3 * (key((cost, word)) - key(best))).max(0.3);
        words.add(word, sure);
        let text = index.words.get(word as usize);
        let token = Token { typed: text.to_owned(), folded: text.to_owned() };
        for form in forms(&token, Language::En) {
            words.add_all(index.of_form(&marked(Language::En, &form, Form::Inflection)), sure * 0.98);
        }
    }
    index.weight(best.1)
}

/// The farthest that a word of so many letters may be from the one that is meant, in slips.
fn limit(letters: usize) -> f32 {
    match letters {
        0..=4 => 0.75,
        5 => 1.0,
        6 | 7 => 1.45,
        8..=10 => 2.0,
        _ => 2.6,
    }
}

/// Two known words that were typed as one.
fn parted(index: &Index, token: &Token) -> Option<[Token; 2]> {
    let cuts = token.folded.char_indices().map(|(at, _)| at).skip(HALF);
    let named = |word: &str| {
        word.chars().count() >= HALF
            && index.words.find(word).is_some_and(|at| index.names_with(number(at)).len() > 2)
    };
    let cut = cuts.filter_map(|at| token.folded.split_at_checked(at)).filter(|(a, b)| named(a) && named(b));
    let (a, b) = cut.max_by_key(|(a, b)| a.len().min(b.len()))?;
    Some([a, b].map(|part| Token { typed: part.to_owned(), folded: part.to_owned() }))
}

/// Adds words that are written as one where two were typed.
fn join(index: &Index, typed: &[Token], terms: &mut [Term], open: bool) {
    for (at, pair) in typed.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let folded = format!("{}{}", a.folded, b.folded);
        let token = Token { typed: format!("{}{}", a.typed, b.typed), folded };
        let mut words = Words::default();
        if let Some(word) = index.words.find(&token.folded) {
            words.add(number(word), JOINED);
        }
        for language in [Language::En, Language::Es] {
            for form in forms(&token, language) {
                words.add_all(index.of_form(&marked(language, &form, Form::Inflection)), JOINED * FORM);
            }
        }
        if open && at + 2 == typed.len() && token.folded.len() > HALF {
            let letters = token.folded.chars().count();
            longer(index, &token, letters, false, false, &mut words);
        }
        let Some(weight) = words.0.iter().map(|(word, _)| index.weight(*word)).reduce(f32::min) else {
            continue;
        };
        for term in terms.iter_mut().skip(at).take(2) {
            if term.words.is_empty() {
                term.weight = weight;
            }
            let mut known = Words(std::mem::take(&mut term.words));
            known.0.extend(&words.0);
            term.words = known.0;
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Words with how surely each is meant; a word that was added twice counts by its surer entry.
#[derive(Debug, Default)]
struct Words(Vec<(u32, f32)>);

impl Words {
    /// Each word with its surest entry.
    fn each_once(mut self) -> Vec<(u32, f32)> {
        self.0.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        self.0.dedup_by_key(|(word, _)| *word);
        self.0
    }

    fn add(&mut self, word: u32, sure: f32) {
        self.0.push((word, sure));
    }

    fn add_all(&mut self, words: &[u32], sure: f32) {
        self.0.extend(words.iter().map(|word| (*word, sure)));
    }
}
