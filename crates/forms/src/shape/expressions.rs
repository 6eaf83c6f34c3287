//! The shape of conditions and expressions.

use serde_json::Value;

use super::Need::{Default, May, Must};
use super::{Key, Shape};
use crate::fault::PackFaultCode as Code;

/// The keys of each condition, by the one that tells it from the others.
const CONDITIONS: &[(&str, &[Key])] = &[
    ("all", &[Key("all", Must, Shape::conditions)]),
    ("any", &[Key("any", Must, Shape::conditions)]),
    ("not", &[Key("not", Must, Shape::condition)]),
    ("is", &[Key("question", Must, Shape::string), Key("is", Must, Shape::string)]),
    ("in", &[Key("question", Must, Shape::string), Key("in", Must, Shape::strings)]),
    ("answered", &[Key("answered", Must, Shape::string)]),
    ("equal", &[Key("equal", Must, Shape::pair)]),
    ("less", &[Key("less", Must, Shape::pair)]),
    ("at_most", &[Key("at_most", Must, Shape::pair)]),
    ("more", &[Key("more", Must, Shape::pair)]),
    ("at_least", &[Key("at_least", Must, Shape::pair)]),
];

/// The keys of each expression that is no plain number.
const EXPRESSIONS: &[(&str, &[Key])] = &[
    ("date", &[Key("date", Must, Shape::string)]),
    ("text", &[Key("text", Must, Shape::string)]),
    ("answer", &[Key("answer", Must, Shape::string)]),
    ("count", &[Key("count", Must, Shape::string), Key("where", May, Shape::condition)]),
    ("sum", &[Key("sum", Must, Shape::item_number), Key("where", May, Shape::condition)]),
    ("length", &[Key("length", Must, Shape::length)]),
    ("add", &[Key("add", Must, Shape::expressions)]),
    ("subtract", &[Key("subtract", Must, Shape::pair)]),
    ("multiply", &[Key("multiply", Must, Shape::expressions)]),
    ("divide", &[Key("divide", Must, Shape::pair)]),
    ("holds", &[Key("holds", Must, Shape::condition)]),
];

impl Shape {
    pub(super) fn condition(&mut self, value: &Value, path: &str) {
        self.told_apart(value, path, CONDITIONS, Code::UnknownCondition);
    }

    pub(super) fn expression(&mut self, value: &Value, path: &str) {
        match value {
            Value::Number(number) if number.as_f64().is_some_and(f64::is_finite) => {}
            Value::Number(number) => self.add(Code::BadNumber, path, &number.to_string()),
            Value::Object(_) => self.told_apart(value, path, EXPRESSIONS, Code::UnknownExpression),
            _ => self.wrong(path, "number or object"),
        }
    }

    fn told_apart(&mut self, value: &Value, path: &str, known: &[(&str, &[Key])], unknown: Code) {
        let Some(object) = self.as_object(value, path) else { return };
        if let Some((_, keys)) = known.iter().find(|(name, _)| object.contains_key(*name)) {
            self.object(value, path, keys);
        } else {
            let names: Vec<&str> = object.keys().map(String::as_str).collect();
            self.add(unknown, path, &names.join(" "));
        }
    }

    fn conditions(&mut self, value: &Value, path: &str) {
        self.list(value, path, Shape::condition);
    }

    fn expressions(&mut self, value: &Value, path: &str) {
        self.list(value, path, Shape::expression);
    }

    fn pair(&mut self, value: &Value, path: &str) {
        match value.as_array() {
            Some(list) if list.len() == 2 => self.expressions(value, path),
            _ => self.wrong(path, "array of two"),
        }
    }

    fn item_number(&mut self, value: &Value, path: &str) {
        self.object(value, path, &[Key("group", Must, Shape::string), Key("question", Must, Shape::string)]);
    }

    fn length(&mut self, value: &Value, path: &str) {
        let keys = [
            Key("question", Must, Shape::string),
            Key("counter", Must, Shape::counter),
            Key("line_break", Default, Shape::line_break),
            Key("trailing_space", Default, Shape::trailing_space),
        ];
        self.object(value, path, &keys);
    }
}
