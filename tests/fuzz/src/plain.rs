//! The readers that need nothing but bytes.

use std::sync::OnceLock;

use serde_json::Value;
use waymark_api::outside as api;
use waymark_forms::{Answers, FormPack};
use waymark_records::outside as records;

/// The passphrase of the kept files of keys.
const PASSPHRASE: &[u8] = b"quiet lantern under seven maples";

/// The form that ships.
const FORM: &str = include_str!("../../../data/forms/general-admission.json");

pub fn envelope(bytes: &[u8]) {
    let _ = records::envelope(bytes, PASSPHRASE);
}

pub fn envelope_behind_check(bytes: &[u8]) {
    let _ = records::envelope_behind_its_check(bytes, PASSPHRASE);
}

pub fn recovery_key(bytes: &[u8]) {
    let _ = records::recovery_key(&String::from_utf8_lossy(bytes));
}

pub fn school_key(bytes: &[u8]) {
    let _ = records::school_public_key(&String::from_utf8_lossy(bytes));
}

pub fn images(bytes: &[u8]) {
    let _ = records::images(bytes);
}

pub fn delta(bytes: &[u8]) {
    let _ = records::delta(bytes);
}

pub fn settings(bytes: &[u8]) {
    let _ = api::settings(bytes);
}

pub fn managed(bytes: &[u8]) {
    let _ = api::managed(bytes);
}

/// No row comes from nowhere: each stands on a line of its own.
pub fn roster(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok((rows, _)) = api::roster(&text, None) {
        assert!(rows <= text.matches(['\r', '\n']).count() + 1, "more rows than lines");
    }
}

/// A pack that is taken can be asked everything, with an empty draft.
pub fn form_pack(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match FormPack::parse(text) {
        Ok(pack) => ask_everything(&pack, &Answers::new()),
        Err(faults) => assert!(!faults.is_empty(), "a refusal names its faults"),
    }
}

/// Any answers can be checked, counted and put in order, and every key and shape is taken or refused.
pub fn answers(bytes: &[u8]) {
    static PACK: OnceLock<FormPack> = OnceLock::new();
    let pack = PACK.get_or_init(|| FormPack::parse(FORM).expect("the shipped form"));
    let Ok(Value::Object(answers)) = serde_json::from_slice(bytes) else { return };
    ask_everything(pack, &answers.into_iter().collect());
}

/// The second version of a small form with one of everything, beside the first.
fn versions() -> &'static [FormPack; 2] {
    static VERSIONS: OnceLock<[FormPack; 2]> = OnceLock::new();
    VERSIONS.get_or_init(|| {
        [
            FormPack::parse(include_str!("../packs/first.json")).expect("the first version"),
            FormPack::parse(include_str!("../packs/second.json")).expect("the second version"),
        ]
    })
}

/// Any answers can be checked against a form with everything that the format has. What is found has a place and a code.
pub fn form_answers(bytes: &[u8]) {
    let Ok(Value::Object(answers)) = serde_json::from_slice(bytes) else { return };
    let answers: Answers = answers.into_iter().collect();
    let [pack, _] = versions();
    ask_everything(pack, &answers);
    for finding in waymark_forms::validate(pack, &answers, "2026-11-23") {
        assert!(!finding.path.is_empty() || answers.contains_key(""), "a finding has a place");
        assert!(!finding.code.is_empty(), "a finding has a code");
    }
    let _ = waymark_forms::copied_out(pack, &answers, waymark_forms::Sensitive::LeftOut);
}

/// Any answers move to another version, there and back, and each is found again as it was.
pub fn form_migrate(bytes: &[u8]) {
    let Ok(Value::Object(answers)) = serde_json::from_slice(bytes) else { return };
    let answers: Answers = answers.into_iter().collect();
    let [first, second] = versions();
    for (old, new) in [(first, second), (second, first)] {
        let moved = waymark_forms::migrate(old, new, &answers).expect("two versions of one form");
        for (key, value) in answers.iter().filter(|(_, value)| !value.is_null()) {
            let there = [&moved.answers, &moved.set_aside].into_iter().any(|all| all.get(key) == Some(value));
            assert!(there, "an answer is lost");
        }
        for (key, value) in &moved.answers {
            assert!(waymark_forms::shape_ok(new, key, value), "what was moved can be saved");
        }
    }
}

fn ask_everything(pack: &FormPack, answers: &Answers) {
    for (key, value) in answers {
        assert!(
            waymark_forms::accepts(pack, key) || !waymark_forms::shape_ok(pack, key, value),
            "a key that is no place of the form has no shape"
        );
    }
    let _ = waymark_forms::review(pack, answers, "2026-11-23");
    let _ = waymark_forms::ordered(pack, answers, waymark_forms::Sensitive::All);
    let _ = waymark_forms::prefills(pack);
    for key in waymark_forms::keys(pack, answers) {
        assert!(waymark_forms::accepts(pack, &key), "every place of a draft is one of the form");
    }
}
