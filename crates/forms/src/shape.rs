//! The shape of a pack's JSON: keys, types and kinds, all faults with their place. What the pack means is checked
//! afterwards, on the typed pack.

use serde_json::{Map, Value};

mod expressions;

use crate::fault::{PackFault, PackFaultCode as Code};
use crate::json::step;
use crate::pack::RECORD_FIELDS;

/// How a value is looked at: given its place, it adds what is wrong.
type Look = fn(&mut Shape, &Value, &str);

/// A key that an object may have.
#[derive(Clone, Copy)]
struct Key(&'static str, Need, Look);

#[derive(Clone, Copy, PartialEq)]
enum Need {
    /// Must be there.
    Must,
    /// May be absent; `null` would leave in doubt what is meant.
    Default,
    /// May be absent or `null`.
    May,
}
use Need::{Default, May, Must};

struct Shape {
    faults: Vec<PackFault>,
}

/// Every fault of shape.
pub(crate) fn check(value: &Value) -> Vec<PackFault> {
    let mut shape = Shape { faults: Vec::new() };
    shape.object(
        value,
        "",
        &[
            Key("id", Must, Shape::string),
            Key("version", Must, Shape::whole),
            Key("name", Must, Shape::text),
            Key("description", Must, Shape::text),
            Key("source", Must, Shape::string),
            Key("checked", Must, Shape::string),
            Key("cycle", May, Shape::text),
            Key("sections", Must, |s, v, p| s.list(v, p, Shape::section)),
            Key("lists", Default, |s, v, p| s.named(v, p, |s, v, p| s.list(v, p, Shape::choice))),
            Key("rules", Default, |s, v, p| s.list(v, p, Shape::rule)),
            Key("deadlines", Default, |s, v, p| s.list(v, p, Shape::deadline)),
            Key("checks", Default, |s, v, p| s.list(v, p, Shape::answer_check)),
        ],
    );
    shape.faults
}

/// Kinds of answer, with the keys beside `type`.
fn keys_of_answer(kind: &str) -> Option<&'static [Key]> {
    const NUMBER: &[Key] =
        &[Key("type", Must, any), Key("min", May, Shape::number), Key("max", May, Shape::number)];
    const CHOICES: &[Key] = &[
        Key("type", Must, any),
        Key("choices", Default, |s, v, p| s.list(v, p, Shape::choice)),
        Key("list", May, Shape::string),
    ];
    const FIELDS: &[Key] =
        &[Key("type", Must, any), Key("fields", Must, |s, v, p| s.list(v, p, Shape::question))];
    const SIGNATURE: &[Key] = &[
        Key("type", Must, any),
        Key("by", Must, |s, v, p| {
            s.one_of(v, p, &["student", "guardian", "counselor", "teacher", "other"]);
        }),
        Key("fields", Must, |s, v, p| s.list(v, p, Shape::question)),
    ];
    const FILE: &[Key] = &[
        Key("type", Must, any),
        Key("accept", Default, |s, v, p| s.list(v, p, Shape::string)),
        Key("max_bytes", May, Shape::bytes),
    ];
    const COMPUTED: &[Key] = &[
        Key("type", Must, any),
        Key("value", Must, Shape::expression),
        Key("min", May, Shape::number),
        Key("max", May, Shape::number),
    ];
    const PLAIN: &[Key] = &[Key("type", Must, any)];
    match kind {
        "text" | "long_text" | "email" | "phone" | "date" | "month" | "partial_date" | "yes_no"
        | "declaration" => Some(PLAIN),
        "number" => Some(NUMBER),
        "choice" | "many_choices" => Some(CHOICES),
        "address" | "person" | "school" => Some(FIELDS),
        "signature" => Some(SIGNATURE),
        "file" => Some(FILE),
        "computed" => Some(COMPUTED),
        _ => None,
    }
}

/// Looked at elsewhere.
fn any(_: &mut Shape, _: &Value, _: &str) {}

impl Shape {
    fn add(&mut self, code: Code, path: &str, name: &str) {
        self.faults.push(PackFault { code, path: path.to_owned(), name: name.to_owned() });
    }

    fn wrong(&mut self, path: &str, needed: &str) {
        self.add(Code::WrongType, path, needed);
    }

    fn as_object<'v>(&mut self, value: &'v Value, path: &str) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.wrong(path, "object");
        }
        object
    }

    fn object(&mut self, value: &Value, path: &str, keys: &[Key]) {
        let Some(object) = self.as_object(value, path) else { return };
        for Key(name, need, look) in keys {
            match object.get(*name) {
                None if *need == Must => self.add(Code::MissingKey, path, name),
                None => {}
                Some(Value::Null) if *need == May => {}
                Some(value) => look(self, value, &step(path, name)),
            }
        }
        for name in object.keys().filter(|name| !keys.iter().any(|key| key.0 == name.as_str())) {
            self.add(Code::UnknownKey, &step(path, name), name);
        }
    }

    /// An object whose keys the pack chooses.
    fn named(&mut self, value: &Value, path: &str, look: Look) {
        let Some(object) = self.as_object(value, path) else { return };
        for (name, value) in object {
            look(self, value, &step(path, name));
        }
    }

    fn list(&mut self, value: &Value, path: &str, look: Look) {
        let Some(list) = value.as_array() else { return self.wrong(path, "array") };
        for (i, entry) in list.iter().enumerate() {
            look(self, entry, &step(path, &i.to_string()));
        }
    }

    fn string(&mut self, value: &Value, path: &str) {
        if !value.is_string() {
            self.wrong(path, "string");
        }
    }

    fn truth(&mut self, value: &Value, path: &str) {
        if !value.is_boolean() {
            self.wrong(path, "boolean");
        }
    }

    fn number(&mut self, value: &Value, path: &str) {
        if !value.is_number() {
            self.wrong(path, "number");
        }
    }

    fn whole(&mut self, value: &Value, path: &str) {
        if !value.is_number() {
            self.wrong(path, "number");
        } else if value.as_u64().is_none_or(|n| u32::try_from(n).is_err()) {
            self.add(Code::BadNumber, path, &value.to_string());
        }
    }

    fn bytes(&mut self, value: &Value, path: &str) {
        if !value.is_number() {
            self.wrong(path, "number");
        } else if value.as_u64().is_none() {
            self.add(Code::BadNumber, path, &value.to_string());
        }
    }

    fn strings(&mut self, value: &Value, path: &str) {
        self.list(value, path, Shape::string);
    }

    fn record_field(&mut self, value: &Value, path: &str) {
        let names: Vec<&str> = RECORD_FIELDS.iter().map(|(name, _)| *name).collect();
        self.one_of(value, path, &names);
    }

    fn text(&mut self, value: &Value, path: &str) {
        let Some(object) = self.as_object(value, path) else { return };
        for (language, words) in object {
            self.string(words, &step(path, language));
        }
    }

    /// A string out of a fixed list.
    fn one_of(&mut self, value: &Value, path: &str, names: &[&str]) {
        match value.as_str() {
            None => self.wrong(path, "string"),
            Some(name) if !names.contains(&name) => self.add(Code::UnknownKind, path, name),
            Some(_) => {}
        }
    }

    fn section(&mut self, value: &Value, path: &str) {
        self.object(
            value,
            path,
            &[
                Key("id", Must, Shape::string),
                Key("title", Must, Shape::text),
                Key("help", May, Shape::text),
                Key("show_if", May, Shape::condition),
                Key("skip_if", May, Shape::condition),
                Key("rules", Default, Shape::strings),
                Key("parts", Must, |s, v, p| s.list(v, p, Shape::part)),
            ],
        );
    }

    fn part(&mut self, value: &Value, path: &str) {
        let Some(object) = self.as_object(value, path) else { return };
        match object.get("part").map(Value::as_str) {
            None => self.add(Code::MissingKey, path, "part"),
            Some(None) => self.wrong(&step(path, "part"), "string"),
            Some(Some("question")) => self.question_keys(value, path, &[Key("part", Must, any)]),
            Some(Some("group")) => self.group(value, path),
            Some(Some(other)) => self.add(Code::UnknownKind, &step(path, "part"), other),
        }
    }

    fn question(&mut self, value: &Value, path: &str) {
        self.question_keys(value, path, &[]);
    }

    fn question_keys(&mut self, value: &Value, path: &str, more: &[Key]) {
        let keys = [
            Key("id", Must, Shape::string),
            Key("label", Must, Shape::text),
            Key("help", May, Shape::text),
            Key("answer", Must, Shape::answer),
            Key("required", Default, Shape::truth),
            Key("required_if", May, Shape::condition),
            Key("show_if", May, Shape::condition),
            Key("skip_if", May, Shape::condition),
            Key("limits", Default, |s, v, p| s.list(v, p, Shape::limit)),
            Key("prefill", May, Shape::record_field),
            Key("returns_to", May, Shape::record_field),
            Key("sensitive", Default, Shape::truth),
            Key("target", May, Shape::target),
            Key("rules", Default, Shape::strings),
            Key("past", Default, Shape::truth),
        ];
        let all: Vec<Key> = keys.into_iter().chain(more.iter().copied()).collect();
        self.object(value, path, &all);
    }

    fn group(&mut self, value: &Value, path: &str) {
        let keys = [
            Key("part", Must, any),
            Key("id", Must, Shape::string),
            Key("label", Must, Shape::text),
            Key("item_label", Must, Shape::text),
            Key("help", May, Shape::text),
            Key("min", Default, Shape::whole),
            Key("max", May, Shape::whole),
            Key("show_if", May, Shape::condition),
            Key("skip_if", May, Shape::condition),
            Key("kind", Default, |s, v, p| s.one_of(v, p, &["items", "courses"])),
            Key("target", May, Shape::target),
            Key("rules", Default, Shape::strings),
            Key("questions", Must, |s, v, p| s.list(v, p, Shape::question)),
        ];
        self.object(value, path, &keys);
    }

    fn answer(&mut self, value: &Value, path: &str) {
        let Some(object) = self.as_object(value, path) else { return };
        match object.get("type").map(Value::as_str) {
            None => self.add(Code::MissingKey, path, "type"),
            Some(None) => self.wrong(&step(path, "type"), "string"),
            Some(Some(kind)) => match keys_of_answer(kind) {
                Some(keys) => self.object(value, path, keys),
                None => self.add(Code::UnknownKind, &step(path, "type"), kind),
            },
        }
    }

    fn choice(&mut self, value: &Value, path: &str) {
        self.object(value, path, &[Key("id", Must, Shape::string), Key("label", Must, Shape::text)]);
    }

    fn limit(&mut self, value: &Value, path: &str) {
        self.object(
            value,
            path,
            &[
                Key("counter", Must, Shape::counter),
                Key("line_break", Default, Shape::line_break),
                Key("trailing_space", Default, Shape::trailing_space),
                Key("width", May, Shape::whole),
                Key("min", May, Shape::whole),
                Key("max", May, Shape::whole),
            ],
        );
    }

    fn counter(&mut self, value: &Value, path: &str) {
        self.one_of(value, path, &["words", "characters", "utf16_units", "graphemes", "lines"]);
    }

    fn line_break(&mut self, value: &Value, path: &str) {
        self.one_of(value, path, &["one", "two"]);
    }

    fn trailing_space(&mut self, value: &Value, path: &str) {
        self.one_of(value, path, &["in", "out"]);
    }

    fn target(&mut self, value: &Value, path: &str) {
        self.object(
            value,
            path,
            &[
                Key("order", Must, Shape::whole),
                Key("label", May, Shape::text),
                Key("page", May, Shape::text),
            ],
        );
    }

    fn rule(&mut self, value: &Value, path: &str) {
        self.object(
            value,
            path,
            &[
                Key("id", Must, Shape::string),
                Key("text", Must, Shape::text),
                Key("source", Must, Shape::string),
                Key("checked", Must, Shape::string),
            ],
        );
    }

    fn deadline(&mut self, value: &Value, path: &str) {
        const KINDS: &[&str] = &[
            "application",
            "school_documents",
            "aid",
            "scholarship",
            "housing",
            "deposit",
            "reply",
            "decision",
            "other",
        ];
        self.object(
            value,
            path,
            &[
                Key("id", Must, Shape::string),
                Key("label", Must, Shape::text),
                Key("kind", Must, |s, v, p| s.one_of(v, p, KINDS)),
                Key("date", Must, Shape::string),
                Key("time", May, Shape::string),
                Key("zone", Must, Shape::string),
                Key("rules", Default, Shape::strings),
            ],
        );
    }

    fn answer_check(&mut self, value: &Value, path: &str) {
        self.object(
            value,
            path,
            &[
                Key("id", Must, Shape::string),
                Key("wrong_if", Must, Shape::condition),
                Key("at", Must, Shape::string),
                Key("text", Must, Shape::text),
                Key("severity", Default, |s, v, p| s.one_of(v, p, &["error", "warning"])),
                Key("rules", Default, Shape::strings),
            ],
        );
    }
}
