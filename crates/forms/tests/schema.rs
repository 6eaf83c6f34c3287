//! The published schema of the format: the packs that ship and the tests' packs hold against it, and it refuses what the
//! reader refuses.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use std::path::Path;

use common::{rich_json, sample_json};
use jsonschema::Validator;
use serde_json::{Value, json};
use waymark_forms::FormPack;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().parent().unwrap()
}

fn schema() -> Validator {
    let text = std::fs::read_to_string(root().join("docs/form-pack.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "the schema is no schema of 2020-12");
    jsonschema::draft202012::new(&schema).unwrap()
}

fn errors(schema: &Validator, pack: &Value) -> Vec<String> {
    schema.iter_errors(pack).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_pack_that_ships_is_sound_and_holds_against_the_schema() {
    let schema = schema();
    let mut packs = 0;
    for entry in std::fs::read_dir(root().join("data/forms")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        packs += 1;
        let text = std::fs::read_to_string(&file).unwrap();
        let pack = serde_json::from_str(&text).unwrap();
        assert_eq!(errors(&schema, &pack), Vec::<String>::new(), "{}", file.display());
        assert_eq!(FormPack::parse(&text).err(), None, "{}", file.display());
    }
    assert!(packs > 0);
}

#[test]
fn a_pack_with_everything_holds_against_the_schema_also_as_it_is_written_back() {
    let schema = schema();
    for pack in [sample_json(), rich_json()] {
        assert_eq!(errors(&schema, &pack), Vec::<String>::new());
        let read = FormPack::parse(&pack.to_string()).unwrap();
        assert_eq!(errors(&schema, &serde_json::to_value(&read).unwrap()), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema = schema();
    let home = "/sections/0/parts/0/answer";
    for (place, value) in [
        ("/colour", json!("red")),
        ("/version", json!(-1)),
        ("/id", json!("Sample Form")),
        ("/name", json!({"en": "Only English"})),
        ("/name/en", json!("<script>x</script>")),
        ("/sections", json!([])),
        ("/sections/0/parts/3/answer", json!({"type": "smell"})),
        ("/sections/0/parts/3/answer", json!({"type": "choice"})),
        ("/sections/0/parts/3/part", json!("table")),
        ("/sections/0/parts/3/skip_if", json!({"maybe": "visa"})),
        ("/sections/0/parts/3/prefill", json!("social_security_number")),
        (&format!("{home}/fields/1/limits/0/max"), json!(-1)),
        (&format!("{home}/fields/1/limits/0/counter"), json!("letters")),
        (&format!("{home}/fields/1/id"), json!("planet")),
        (&format!("{home}/fields/1/sensitive"), json!(true)),
        ("/sections/0/parts/5/answer/choices", json!([{"id": "a", "label": {"en": "A", "es": "A"}}])),
        ("/sections/1/parts/0/questions/0/id", json!("shoe_size")),
        ("/sections/1/parts/2/answer/value", json!({"divide": [1]})),
        ("/rules/0/source", json!("http://example.org")),
        ("/rules/0/source", json!("javascript:alert(1)")),
        ("/deadlines/0/time", json!("6 pm")),
        ("/checks/0/severity", json!("fatal")),
    ] {
        let mut pack = rich_json();
        let (parent, key) = place.rsplit_once('/').unwrap();
        let parent = pack.pointer_mut(parent).unwrap();
        parent[key] = value;
        assert!(!schema.is_valid(&pack), "the schema takes {place}");
        assert!(FormPack::parse(&pack.to_string()).is_err(), "the reader takes {place}");
    }
}
