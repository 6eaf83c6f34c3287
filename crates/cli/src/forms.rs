//! `forms`: check a form pack, answers against it, what its limits count, and a move to another version.

mod words;

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use serde_json::{Map, Value, json};
use waymark_api::{Computer, Surroundings};
use waymark_forms::pack::{Counter, Counting, Limit, Question, Severity};
use waymark_forms::{
    Answers, Finding, FormPack, MAX_BYTES, Migration, PackFault, PackFaultCode, Place, count, find_question,
    migrate, validate,
};

use crate::output::{Failure, Output, quoted};
use words::{label, message};

/// Most bytes of answers or of a text that are read.
const MOST_ANSWERS: u64 = 64 * 1024 * 1024;

#[derive(Subcommand)]
pub enum Forms {
    /// Read a form pack and list every fault with its place and reason
    Check {
        /// The pack, JSON
        pack: PathBuf,
    },
    /// Check answers against a form pack: path, code, params and severity of each fault
    Validate {
        /// The pack, JSON
        pack: PathBuf,
        /// The answers, JSON: an object by key
        answers: PathBuf,
        /// Language of the words beside each fault
        #[arg(long, value_enum, default_value = "en")]
        locale: Locale,
        /// The day that counts as today, YYYY-MM-DD; today (UTC) where it is not given
        #[arg(long, value_name = "DAY", value_parser = day)]
        today: Option<String>,
    },
    /// What each limit of a question counts in a text
    Count {
        /// The pack, JSON
        pack: PathBuf,
        /// Key of the question: QUESTION, QUESTION.FIELD, GROUP/QUESTION or GROUP/ITEM/QUESTION
        path: String,
        /// The text, UTF-8
        text: PathBuf,
    },
    /// What becomes of answers when their draft moves to another version of its form
    Migrate {
        /// The pack that the answers were given on
        old: PathBuf,
        /// The pack of the other version
        new: PathBuf,
        /// The answers, JSON: an object by key
        answers: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Locale {
    En,
    Es,
}

impl Locale {
    fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }
}

pub fn run(forms: &Forms, output: &mut Output) -> Result<(), Failure> {
    match forms {
        Forms::Check { pack } => check(pack, output),
        Forms::Validate { pack, answers, locale, today } => {
            let today = today.clone().unwrap_or_else(self::today);
            let (pack, answers) = (sound(pack)?, answers_in(answers)?);
            faults(&pack, &answers, *locale, &today, output)
        }
        Forms::Count { pack, path, text } => counts(&sound(pack)?, path, &text_in(text)?, output),
        Forms::Migrate { old, new, answers } => {
            let (old, new) = (sound(old)?, sound(new)?);
            moved(&old, &new, &answers_in(answers)?, output)
        }
    }
}

/// A day that exists.
fn day(text: &str) -> Result<String, String> {
    if waymark_forms::is_day(text) { Ok(text.to_owned()) } else { Err("not a day, YYYY-MM-DD".to_owned()) }
}

fn today() -> String {
    Computer.now().to_string().chars().take("YYYY-MM-DD".len()).collect()
}

/// The bytes of a file, and not more than `most` of them: what is larger is not read to its end.
fn bytes_in(file: &Path, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    let unreadable =
        |error: std::io::Error| Failure::Failed("forms.unreadable", format!("{}: {error}", file.display()));
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(unreadable)?;
    let read = opened.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok((u64::try_from(read).unwrap_or(u64::MAX) <= most).then_some(bytes))
}

fn text_in(file: &Path) -> Result<String, Failure> {
    let bytes = bytes_in(file, MOST_ANSWERS)?.ok_or_else(|| {
        Failure::Failed("forms.too_large", format!("{}: more than {MOST_ANSWERS} bytes", file.display()))
    })?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::Failed("forms.not_text", format!("{}: not UTF-8", file.display())))
}

fn answers_in(file: &Path) -> Result<Answers, Failure> {
    // A parser's own message may hold a piece of an answer; the place is enough.
    serde_json::from_str(&text_in(file)?).map_err(|error| {
        let place = format!("{}:{}:{}", file.display(), error.line(), error.column());
        Failure::Failed("forms.not_answers", format!("{place}: not an object of answers by key"))
    })
}

/// A pack, or every fault of it.
fn read(file: &Path) -> Result<Result<FormPack, Vec<PackFault>>, Failure> {
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let fault = |code, name: &str| vec![PackFault { code, path: String::new(), name: name.to_owned() }];
    let Some(bytes) = bytes_in(file, most)? else {
        return Ok(Err(fault(PackFaultCode::TooLarge, &MAX_BYTES.to_string())));
    };
    Ok(match String::from_utf8(bytes) {
        Ok(text) => FormPack::parse(&text),
        Err(_) => Err(fault(PackFaultCode::NotJson, "not UTF-8")),
    })
}

/// A pack without faults.
fn sound(file: &Path) -> Result<FormPack, Failure> {
    read(file)?.map_err(|faults| {
        let how_many = format!("{}: {} faults; see `forms check`", file.display(), faults.len());
        Failure::Failed("forms.pack_has_faults", how_many)
    })
}

#[derive(Serialize)]
struct Checked {
    sound: bool,
    form: Option<String>,
    version: Option<u32>,
    faults: Vec<PackFault>,
}

fn check(file: &Path, output: &mut Output) -> Result<(), Failure> {
    let checked = match read(file)? {
        Ok(pack) => {
            Checked { sound: true, form: Some(pack.id), version: Some(pack.version), faults: Vec::new() }
        }
        Err(faults) => Checked { sound: false, form: None, version: None, faults },
    };
    if output.is_json() {
        output.json(&checked)?;
    } else if let (Some(form), Some(version)) = (&checked.form, checked.version) {
        output.line(&format!("{form} {version}: sound"))?;
    } else {
        let row = |fault: &PackFault| {
            let place = if fault.path.is_empty() { "/" } else { &fault.path };
            [place.escape_debug().to_string(), code(fault.code), quoted(&fault.name)]
        };
        output.table(&["place", "reason", "name"], &checked.faults.iter().map(row).collect::<Vec<_>>())?;
    }
    match checked.faults.len() {
        0 => Ok(()),
        n => Err(Failure::Failed("forms.pack_has_faults", format!("{n} faults; nothing of it is used"))),
    }
}

/// The stable name of a code.
fn code(code: PackFaultCode) -> String {
    serde_json::to_value(code).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A fault with the words that belong to it.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    finding: Finding,
    /// What the form calls the place.
    label: String,
    message: String,
}

fn faults(
    pack: &FormPack,
    answers: &Answers,
    locale: Locale,
    today: &str,
    output: &mut Output,
) -> Result<(), Failure> {
    let told: Vec<Told> = validate(pack, answers, today)
        .into_iter()
        .map(|finding| Told {
            label: label(pack, &finding.path, locale),
            message: message(&finding, locale),
            finding,
        })
        .collect();
    if output.is_json() {
        output.json(&told)?;
    } else {
        let row = |told: &Told| {
            let severity = match told.finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let place = told.finding.path.escape_debug().to_string();
            [severity.to_owned(), place, told.finding.code.clone(), told.message.clone()]
        };
        output.table(&["severity", "path", "code", "message"], &told.iter().map(row).collect::<Vec<_>>())?;
    }
    let errors = told.iter().filter(|told| told.finding.severity == Severity::Error).count();
    match errors {
        0 => Ok(()),
        n => Err(Failure::Failed("forms.answers_have_faults", format!("{n} faults"))),
    }
}

/// What one limit counts.
#[derive(Serialize)]
struct Counted {
    #[serde(flatten)]
    limit: Limit,
    count: u32,
    /// How many more than the most, or less than the least.
    over: u32,
    under: u32,
}

fn counts(pack: &FormPack, path: &str, text: &str, output: &mut Output) -> Result<(), Failure> {
    let question = question_at(pack, path)
        .ok_or_else(|| Failure::Failed("forms.unknown_question", format!("no question {}", quoted(path))))?;
    let count = |limit: &Limit| {
        let found = count(limit.counting(), text);
        Counted {
            limit: limit.clone(),
            count: found,
            over: limit.max.map_or(0, |max| found.saturating_sub(max)),
            under: limit.min.map_or(0, |min| min.saturating_sub(found)),
        }
    };
    let counted: Vec<Counted> = question.limits.iter().map(count).collect();
    let plain = |counter: Counter| waymark_forms::count(Counting::from(counter), text);
    if output.is_json() {
        let (words, characters) = (plain(Counter::Words), plain(Counter::Characters));
        return output
            .json(&json!({ "path": path, "words": words, "characters": characters, "limits": counted }));
    }
    output.line(&format!("words {}, characters {}", plain(Counter::Words), plain(Counter::Characters)))?;
    let name = |value: Value| value.as_str().map(str::to_owned).unwrap_or_default();
    let row = |one: &Counted| {
        let named = |value: Result<Value, serde_json::Error>| value.map(name).unwrap_or_default();
        let bound = |bound: Option<u32>| bound.map_or_else(|| "-".to_owned(), |bound| bound.to_string());
        [
            named(serde_json::to_value(one.limit.counter)),
            named(serde_json::to_value(one.limit.line_break)),
            named(serde_json::to_value(one.limit.trailing_space)),
            one.count.to_string(),
            bound(one.limit.min),
            bound(one.limit.max),
            one.over.to_string(),
            one.under.to_string(),
        ]
    };
    let head = ["counter", "line_break", "trailing_space", "count", "min", "max", "over", "under"];
    output.table(&head, &counted.iter().map(row).collect::<Vec<_>>())
}

/// The question of a key; for a question of a group's items, the item may be left out.
fn question_at<'a>(pack: &'a FormPack, path: &str) -> Option<&'a Question> {
    let of_item = path.split_once('/').map(|(group, question)| format!("{group}/any/{question}"));
    let places = [Some(path.to_owned()), of_item];
    places.into_iter().flatten().find_map(|key| match find_question(pack, &key) {
        Some(Place::Question(question)) => Some(question),
        _ => None,
    })
}

fn moved(old: &FormPack, new: &FormPack, answers: &Answers, output: &mut Output) -> Result<(), Failure> {
    let moved = migrate(old, new, answers).map_err(|error| {
        Failure::Failed("forms.other_form", format!("{error}: {} and {}", old.id, new.id))
    })?;
    if output.is_json() {
        return output.json(&moved);
    }
    output.line(&format!("{} {} → {}", moved.form, moved.from, moved.to))?;
    output.table(&["what", "key", "why"], &rows(&moved))
}

fn rows(moved: &Migration) -> Vec<[String; 3]> {
    let row = |what: &str, key: &str, why: String| [what.to_owned(), key.escape_debug().to_string(), why];
    let named = |value: &Value| match value {
        Value::String(name) => name.clone(),
        Value::Object(one) => one
            .get("fault")
            .and_then(|fault| fault.get("code"))
            .or_else(|| one.get("need"))
            .and_then(Value::as_str)
            .map(str::to_owned)
            .unwrap_or_default(),
        _ => String::new(),
    };
    let words = |value: Result<Value, serde_json::Error>| match value {
        Ok(Value::Array(all)) => all.iter().map(named).collect::<Vec<_>>().join(", "),
        Ok(one) => named(&one),
        Err(_) => String::new(),
    };
    let mut rows: Vec<_> = moved.kept.iter().map(|key| row("kept", key, String::new())).collect();
    rows.extend(
        moved.changed.iter().map(|one| row("changed", &one.key, words(serde_json::to_value(&one.why)))),
    );
    rows.extend(
        moved.needs_you.iter().map(|one| row("needs you", &one.key, words(serde_json::to_value(&one.why)))),
    );
    rows.extend(moved.no_longer_asked.iter().map(|one| row("no longer asked", &one.key, String::new())));
    rows
}

/// Values as words, for the gaps of a sentence.
fn values(params: &Map<String, Value>) -> impl Iterator<Item = (&str, String)> {
    params.iter().map(|(name, value)| {
        let said = match value {
            Value::String(text) => text.clone(),
            Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
            Value::Null => "–".to_owned(),
            other => other.to_string(),
        };
        (name.as_str(), said)
    })
}
