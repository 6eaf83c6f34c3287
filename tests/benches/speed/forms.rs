//! The readiness check of a draft of 300 questions, which runs at every change.

use serde_json::{Value, json};
use waymark_forms::{Answers, FormPack, keys, review, validate};

use super::{p95, tell, timed};

const QUESTIONS: usize = 300;
const TIMES: usize = 300;
/// The promise, microseconds.
const LIMIT: f64 = 5_000.0;

pub fn run() {
    let pack = pack();
    let text = "Plain words, written at “length” — for a sample. ".repeat(10);
    let draft: Answers = keys(&pack, &Answers::new())
        .into_iter()
        .map(|key| {
            let value = answer(&key, &text);
            (key, value)
        })
        .collect();
    assert!(draft.len() >= QUESTIONS);
    let faults = review(&pack, &draft, "2026-11-23").faults.len();
    assert!(faults > QUESTIONS / 2, "the draft has faults to find");
    let looked = (0..TIMES).map(|_| timed(|| review(&pack, &draft, "2026-11-23")).0).collect();
    tell("forms: all faults of a draft of 300 questions", p95(looked), None, ("limit", LIMIT));
    let listed = (0..TIMES).map(|_| timed(|| validate(&pack, &draft, "2026-11-23")).0).collect();
    tell("forms: the same as a list for programs", p95(listed), None, ("limit", LIMIT));
}

fn answer(key: &str, text: &str) -> Value {
    if key.starts_with('c') { json!("c1999") } else { json!(text) }
}

/// Every third question under a condition, every third with a value worked out beside it, every fourth from a list of
/// thousands.
fn pack() -> FormPack {
    let words = |words: &str| json!({"en": words, "es": words});
    let question = |i: usize| {
        let answer = match i % 4 {
            3 => json!({"type": "choice", "list": "long"}),
            0 => json!({"type": "long_text"}),
            _ => json!({"type": "text"}),
        };
        let id = if i % 4 == 3 { format!("c{i}") } else { format!("q{i}") };
        let mut asked = json!({"part": "question", "id": id, "label": words("Question"), "answer": answer, "required": true});
        if i % 4 != 3 {
            asked["limits"] = json!([{"counter": "words", "max": 50}, {"counter": "utf16_units", "line_break": "two", "max": 300}]);
        }
        if i % 3 == 2 && i > 4 {
            let before = if (i - 1) % 4 == 3 { format!("c{}", i - 1) } else { format!("q{}", i - 1) };
            asked["show_if"] =
                json!({"any": [{"answered": before}, {"more": [{"answer": format!("v{}", i - i % 3)}, 10]}]});
        }
        let mut parts = vec![asked];
        if i.is_multiple_of(3) {
            let counted = if i % 4 == 3 { "q0".to_owned() } else { format!("q{i}") };
            let length = json!({"length": {"question": counted, "counter": "characters"}});
            parts.push(json!({"part": "question", "id": format!("v{i}"), "label": words("Total"),
                              "answer": {"type": "computed", "value": {"add": [length, 1]}}}));
        }
        parts
    };
    let list: Vec<Value> =
        (0..2_000).map(|i| json!({"id": format!("c{i}"), "label": words("Choice")})).collect();
    let parts: Vec<Value> = (0..QUESTIONS).flat_map(question).collect();
    let pack = json!({
        "id": "bench-form", "version": 1, "name": words("Bench"), "description": words("A form to measure."),
        "source": "Made up.", "checked": "2026-11-30", "lists": {"long": list},
        "sections": [{"id": "all", "title": words("All"), "parts": parts}]
    });
    FormPack::parse(&pack.to_string()).expect("a sound pack")
}
