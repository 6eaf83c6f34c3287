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
