//! A pack with faults of shape, made readable so that the rest of it can be looked at too and every fault be told at
//! once. Nothing of it is ever taken for a pack.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::fault::PackFault;
use crate::json::step;

/// A pack whose faulty parts were replaced by sound ones.
pub(crate) struct Mended {
    pub(crate) value: Value,
    /// Ids of questions and groups that were replaced; `@name` for lists of choices, `@` for all of them.
    pub(crate) spoilt: HashSet<String>,
    /// Places that were replaced: what is found there is no fault of the pack's.
    replaced: HashSet<String>,
}

impl Mended {
    /// Whether a fault is one of the pack and not of what was put in.
    pub(crate) fn is_own(&self, fault: &PackFault) -> bool {
        !around(&fault.path).any(|place| self.replaced.contains(place))
    }
}

/// A place and all that it lies in.
fn around(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(outer, _)| outer))
}

/// Mends what the faults name; none where there are no sections to look at.
pub(crate) fn mend(mut value: Value, faults: &[PackFault]) -> Option<Mended> {
    let mut mender = Mender {
        faulty: faults.iter().flat_map(|fault| around(&fault.path)).collect(),
        missing: faults.iter().map(|fault| (fault.path.as_str(), fault.name.as_str())).collect(),
        spoilt: HashSet::new(),
        replaced: HashSet::new(),
    };
    let pack = value.as_object_mut()?;
    pack.get("sections")?.as_array()?;
    let plain = json!({
        "id": "mended", "version": 1, "name": text(), "description": text(), "source": "mended",
        "checked": "2000-01-01", "cycle": text()
    });
    mender.keys(pack, "", &plain, &["sections", "lists", "rules", "deadlines", "checks"]);
    mender.lists(pack);
    mender.entries(
        pack,
        "rules",
        |id| json!({"id": id, "text": text(), "source": "https://mended.example", "checked": "2000-01-01"}),
    );
    mender.entries(
        pack,
        "deadlines",
        |id| json!({"id": id, "label": text(), "kind": "other", "date": "2000-01-01", "zone": "applicant"}),
    );
    mender.entries(
        pack,
        "checks",
        |id| json!({"id": id, "wrong_if": {"equal": [1, 2]}, "at": "mended", "text": text()}),
    );
    for (i, section) in pack.get_mut("sections")?.as_array_mut()?.iter_mut().enumerate() {
        mender.section(section, &format!("/sections/{i}"));
    }
    Some(Mended { value, spoilt: mender.spoilt, replaced: mender.replaced })
}

fn text() -> Value {
    json!({"en": "mended", "es": "mended"})
}

/// An id of a place that has none that can be read.
fn id_for(path: &str) -> String {
    let plain: String = path.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("mended_{plain}")
}

struct Mender<'a> {
    /// Every place in which there is a fault, however deep.
    faulty: HashSet<&'a str>,
    /// Places and names of faults.
    missing: HashSet<(&'a str, &'a str)>,
    spoilt: HashSet<String>,
    replaced: HashSet<String>,
}

impl Mender<'_> {
    fn faulty(&self, path: &str) -> bool {
        self.faulty.contains(path)
    }

    /// Puts a sound value at every key that is faulty, and takes away keys that no format knows. `own` keys are looked
    /// at elsewhere.
    fn keys(&mut self, object: &mut Map<String, Value>, path: &str, sound: &Value, own: &[&str]) {
        let names: HashSet<String> = object
            .keys()
            .cloned()
            .chain(sound.as_object().into_iter().flat_map(Map::keys).cloned())
            .collect();
        for name in names {
            let place = step(path, &name);
            let missing = self.missing.contains(&(path, name.as_str()));
            if own.contains(&name.as_str()) || !(missing || self.faulty(&place)) {
                continue;
            }
            match sound.get(&name) {
                Some(value) => object.insert(name, value.clone()),
                None => object.remove(&name),
            };
            self.replaced.insert(place);
        }
    }

    fn lists(&mut self, pack: &mut Map<String, Value>) {
        let Some(lists) = pack.get_mut("lists") else { return };
        let Some(lists) = lists.as_object_mut() else {
            pack.remove("lists");
            self.spoilt.insert("@".to_owned());
            return;
        };
        for (name, list) in lists {
            let path = step("/lists", name);
            if self.faulty(&path) {
                *list = json!([{"id": "mended", "label": text()}]);
                self.spoilt.insert(format!("@{name}"));
                self.replaced.insert(path);
            }
        }
    }

    fn entries(&mut self, pack: &mut Map<String, Value>, key: &str, sound: impl Fn(&str) -> Value) {
        let path = step("", key);
        let Some(list) = pack.get_mut(key) else { return };
        let Some(list) = list.as_array_mut() else {
            pack.remove(key);
            self.replaced.insert(path);
            return;
        };
        for (i, entry) in list.iter_mut().enumerate() {
            let path = step(&path, &i.to_string());
            if self.faulty(&path) {
                let id = entry.get("id").and_then(Value::as_str).map_or_else(|| id_for(&path), str::to_owned);
                *entry = sound(&id);
                self.replaced.insert(path);
            }
        }
    }

    fn section(&mut self, section: &mut Value, path: &str) {
        if !section.is_object() {
            *section = json!({});
        }
        let Some(object) = section.as_object_mut() else { return };
        self.keys(object, path, &json!({"id": id_for(path), "title": text()}), &["parts"]);
        for (key, value) in [("id", json!(id_for(path))), ("title", text())] {
            object.entry(key).or_insert(value);
        }
        let parts = step(path, "parts");
        if let Some(list) = object.get_mut("parts").and_then(Value::as_array_mut) {
            for (n, part) in list.iter_mut().enumerate() {
                self.part(part, &step(&parts, &n.to_string()));
            }
        } else {
            object.insert("parts".to_owned(), json!([]));
            self.replaced.insert(parts);
        }
    }

    /// A part with any fault becomes a plain question of the same id.
    fn part(&mut self, part: &mut Value, path: &str) {
        if !self.faulty(path) {
            return;
        }
        let id = part.get("id").and_then(Value::as_str).map_or_else(|| id_for(path), str::to_owned);
        *part = json!({"part": "question", "id": id, "label": text(), "answer": {"type": "text"}});
        self.spoilt.insert(id);
        self.replaced.insert(path.to_owned());
    }
}
