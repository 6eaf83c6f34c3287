//! The short form of the kills, and that a loss would be noticed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::time::Duration;

use serde_json::json;
use waymark_fault_layer::random::Random;
use waymark_torture::acts::Step;
use waymark_torture::drive::{Drive, Line, drive, take, verify, worlds};
use waymark_torture::files::place;
use waymark_torture::host::InProcess;
use waymark_torture::kills;
use waymark_torture::report::Wish;
use waymark_torture::state::State;

const SHORT: Wish = Wish { count: 8, time: Duration::from_secs(20), seed: 1 };

#[test]
fn nothing_acknowledged_is_missing_after_a_kill() {
    kills::workers(SHORT).hold();
}

#[test]
fn nothing_acknowledged_is_missing_after_a_kill_of_the_test_host() {
    kills::devhosts(Wish { count: 3, ..SHORT }).hold();
}

/// Every kind of act, done and closed in order, is what the oracle says that it is.
#[test]
fn the_oracle_knows_every_act() {
    for seed in 1..=6 {
        let (_place, home) = place();
        let mut lines = Vec::new();
        let mut host = InProcess::at(&home);
        let how = Drive { acts: 60, prefix: "a", database_only: false };
        let mut state = State::nothing();
        drive(&mut host, &mut state, &mut Random::new(seed), how, &mut |line| lines.push(line.clone()))
            .unwrap();
        drop(host);
        let refused: Vec<&Line> = lines.iter().filter(|line| matches!(line, Line::Refused(_))).collect();
        assert!(refused.is_empty(), "seed {seed}: {refused:?}");
        verify(&home, &worlds(&State::nothing(), &lines).unwrap()).unwrap();
    }
}

/// A worker that says "done" to what it never did: the oracle notices each kind.
#[test]
fn a_lie_is_noticed() {
    let untrue = [
        (Step::new("save", &["College one", "city", "never saved"]), json!({ "version": 1, "change": 9 })),
        (Step::new("add", &["Sample Student never", "2030"]), json!({ "change": 9 })),
        (Step::new("search", &["Search never", "text=never"]), json!({ "change": 9 })),
        (Step::new("settings", &["177"]), json!({})),
        (Step::new("remove_draft", &["College one"]), json!({ "change": 9 })),
        (Step::new("recover", &["a passphrase of never"]), json!({})),
        (Step::new("aid", &["Sample Student one", "never remembered"]), json!({ "change": 9 })),
        (Step::new("hold", &["Sample Student one", "never held", "legal"]), json!({ "change": 9 })),
        (Step::new("erase", &["Sample Student one", "record"]), json!({})),
    ];
    let (_place, home) = place();
    let mut host = InProcess::at(&home);
    let mut state = State::nothing();
    let mut lines = Vec::new();
    for step in [
        Step::new("create", &[waymark_torture::drive::PASSPHRASE]),
        Step::new("add", &["Sample Student one", "2029"]),
        Step::new("start", &["College one", "Sample Student one"]),
        Step::new("save", &["College one", "statement", "every word"]),
    ] {
        take(&mut host, &mut state, &step, &mut |line| lines.push(line.clone())).unwrap();
    }
    drop(host);
    verify(&home, &worlds(&State::nothing(), &lines).unwrap()).unwrap();
    for (step, answer) in untrue {
        let name = step.act.clone();
        let mut claimed = lines.clone();
        claimed.extend([Line::Begin(step.clone()), Line::Done(answer)]);
        assert!(
            verify(&home, &worlds(&State::nothing(), &claimed).unwrap()).is_err(),
            "{name} was never done"
        );
        // Begun and not acknowledged, it may be done or not.
        claimed.pop();
        verify(&home, &worlds(&State::nothing(), &claimed).unwrap()).unwrap();
    }
}
