//! Reading JSON without losing anything silently: a key that stands twice in an object is a fault, not a replacement.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::fault::{PackFault, PackFaultCode};

/// One step deeper into a JSON pointer.
pub(crate) fn step(path: &str, key: &str) -> String {
    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Reads `json` whole. Duplicate keys are added to `faults`; anything that is not JSON is the error.
pub(crate) fn read(json: &str, faults: &mut Vec<PackFault>) -> Result<Value, PackFault> {
    let found = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = Strict { path: String::new(), faults: &found }
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| PackFault {
            code: PackFaultCode::NotJson,
            path: String::new(),
            name: format!("{}:{}", error.line(), error.column()),
        })?;
    faults.append(&mut found.into_inner());
    Ok(value)
}

/// A value about to be read, and where it stands.
struct Strict<'a> {
    path: String,
    faults: &'a RefCell<Vec<PackFault>>,
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let seed = Strict { path: step(&self.path, &list.len().to_string()), faults: self.faults };
            match entries.next_element_seed(seed)? {
                Some(entry) => list.push(entry),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let path = step(&self.path, &key);
            if object.contains_key(&key) {
                self.faults.borrow_mut().push(PackFault {
                    code: PackFaultCode::DuplicateKey,
                    path: path.clone(),
                    name: key.clone(),
                });
            }
            let value = entries.next_value_seed(Strict { path, faults: self.faults })?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
