//! Mutated inputs without a fuzzer: the same seed gives the same inputs, on every machine and with every toolchain.

use serde_json::Value;

/// Pieces that parsers stumble over.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"]",
    b"null",
    b"true",
    b"-1",
    b"0",
    b"1e999",
    b"18446744073709551616",
    b"-9223372036854775809",
    b"4294967296",
    b"65536",
    b",",
    b";",
    b"\t",
    b"\r\n",
    b"\n",
    b"\r",
    b"'=",
    b"=1+1",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x8e\x93",
    b"\0",
    b"../",
    b"<script>",
    b"' OR 1=1 --",
    b"%",
    b"*",
];

/// Values that stand where another kind was expected, or at the edge of what fits.
const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "1e308",
    "65536",
    "4294967295",
    "9223372036854775807",
    "18446744073709551615",
    "\"\"",
    "\"=1+1\"",
    "\"\\u0000\"",
    "\"\\u202egnp\"",
    "\"/\"",
    "\"2026-02-30\"",
    "[]",
    "{}",
    "[[[[]]]]",
    "{\"id\": {\"id\": []}}",
];

/// The longest input.
const LONGEST: usize = 1 << 16;

/// A source of mutated inputs.
pub struct Mutator {
    state: u64,
    seeds: Vec<Vec<u8>>,
}

impl Mutator {
    /// Mutates these.
    #[must_use]
    pub fn new(seed: u64, seeds: Vec<Vec<u8>>) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, seeds }
    }

    /// The next input.
    pub fn next_input(&mut self) -> Vec<u8> {
        let mut input = match self.below(self.seeds.len()) {
            _ if self.seeds.is_empty() => Vec::new(),
            at => self.seeds[at].clone(),
        };
        // Bytes at random seldom leave JSON readable; what is meant for the code behind its parser is changed as JSON.
        if self.below(2) == 0 && self.mutate_json(&mut input) {
            return input;
        }
        for _ in 0..=self.below(8) {
            self.mutate(&mut input);
        }
        input.truncate(LONGEST);
        input
    }

    /// A number below `bound`; 0 where that is 0 (xorshift64*).
    pub fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let drawn = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16;
        usize::try_from(drawn).unwrap_or(0).checked_rem(bound).unwrap_or(0)
    }

    /// Changes values in the input's JSON, which may stand after a first line; says whether there was any.
    fn mutate_json(&mut self, input: &mut Vec<u8>) -> bool {
        let after_line = input.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let read =
            |from: usize| serde_json::from_slice::<Value>(&input[from..]).ok().map(|json| (from, json));
        let Some((from, mut json)) = read(0).or_else(|| read(after_line)) else { return false };
        for _ in 0..=self.below(3) {
            let mut number = self.below(count(&json));
            let new = match self.below(4) {
                0 => Value::String(self.some_text()),
                _ => serde_json::from_str(VALUES[self.below(VALUES.len())]).unwrap_or(Value::Null),
            };
            if let Some(value) = nth(&mut json, &mut number) {
                *value = new;
            }
        }
        input.truncate(from);
        input.extend_from_slice(json.to_string().as_bytes());
        true
    }

    /// A text of pieces, some of them many times.
    fn some_text(&mut self) -> String {
        let mut text = Vec::new();
        for _ in 0..=self.below(3) {
            let piece = PIECES[self.below(PIECES.len())];
            let times = if self.below(8) == 0 { 2_000 } else { 1 };
            text.extend_from_slice(&piece.repeat(times));
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    fn mutate(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let to = (at + self.below(input.len().saturating_sub(at).min(64) + 1)).min(input.len());
        match self.below(9) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = u8::try_from(self.below(256)).unwrap_or(0),
            2 => drop(input.drain(at..to)),
            3 => {
                let piece = input[at..to].to_vec();
                insert(input, at, &piece.repeat(1 + self.below(4)));
            }
            4 => input.truncate(at),
            5 if !self.seeds.is_empty() => {
                let from = self.below(self.seeds.len());
                let start = self.below(self.seeds[from].len());
                let piece: Vec<u8> = self.seeds[from].iter().skip(start).take(64).copied().collect();
                insert(input, at, &piece);
            }
            6 => {
                let byte = u8::try_from(self.below(256)).unwrap_or(0);
                insert(input, at, &[byte]);
            }
            _ => {
                let piece = PIECES[self.below(PIECES.len())];
                insert(input, at, piece);
            }
        }
    }
}

/// The values below this one, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// The value of this number among those that `count` counts.
fn nth<'a>(value: &'a mut Value, number: &mut usize) -> Option<&'a mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, number)),
        Value::Object(fields) => fields.values_mut().find_map(|field| nth(field, number)),
        _ => None,
    }
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied());
}
