//! Everything that is wrong with answers, as one flat list for programs: where, what, with which values, how bad.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::keys::{accepts, shape_ok};
use crate::pack::{FormPack, Severity};
use crate::review::{Answers, review};

/// One thing that is wrong with answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// Key of the answer, question or group.
    pub path: String,
    /// What is wrong: a code of the readiness check, `unknown_question` or `wrong_shape`.
    pub code: String,
    /// The values that belong to the code (`limit`, `count`, …).
    pub params: Map<String, Value>,
    /// How bad it is.
    pub severity: Severity,
}

/// Everything that is wrong with answers: those to questions that the form does not have, those of another JSON type than
/// their question holds, then what the readiness check finds, in the order of the form.
///
/// `today` is the reader's day, `YYYY-MM-DD`; if it is no date, whether a date lies in the future is not looked at.
#[must_use]
pub fn validate(pack: &FormPack, answers: &Answers, today: &str) -> Vec<Finding> {
    let plain = |path: &str, code: &str| Finding {
        path: path.to_owned(),
        code: code.to_owned(),
        params: Map::new(),
        severity: Severity::Error,
    };
    let given = || answers.iter().filter(|(_, value)| !value.is_null());
    let strange = given().filter(|(key, _)| !accepts(pack, key));
    let misshapen: HashSet<&str> = given()
        .filter(|(key, value)| accepts(pack, key) && !shape_ok(pack, key, value))
        .map(|(key, _)| key.as_str())
        .collect();
    let mut findings: Vec<Finding> = strange.map(|(key, _)| plain(key, "unknown_question")).collect();
    findings.extend(
        answers.keys().filter(|key| misshapen.contains(key.as_str())).map(|key| plain(key, "wrong_shape")),
    );
    for fault in review(pack, answers, today).faults {
        // That an answer of another JSON type is no date either says nothing more.
        if misshapen.contains(fault.key.as_str()) {
            continue;
        }
        let severity = fault.fault.severity();
        // The kinds of fault are plain structs with a tag: each is an object.
        let Ok(Value::Object(mut params)) = serde_json::to_value(&fault.fault) else { continue };
        let code = params.remove("code").and_then(|code| code.as_str().map(str::to_owned));
        params.remove("severity");
        findings.push(Finding { path: fault.key, code: code.unwrap_or_default(), params, severity });
    }
    findings
}
