//! The passphrase: who may, who must wait, and who never gets in.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, first_run, open};

async fn wrong(room: &Room) -> (&'static str, Option<String>) {
    let error =
        room.try_call("vault.unlock", json!({ "passphrase": "not this one at all" })).await.unwrap_err();
    (error.code, error.params.get("wait_seconds").cloned())
}

fn said(code: &'static str, wait: &str) -> (&'static str, Option<String>) {
    (code, Some(wait.to_owned()))
}

#[tokio::test]
async fn wrong_passphrases_are_counted_and_wait_longer_each_time() {
    let room = open().await;
    room.student("Sample Student").await;
    room.call("vault.lock", json!({})).await;
    for _ in 0..3 {
        assert_eq!(wrong(&room).await, said("vault.wrong_passphrase", "0"));
    }
    for seconds in [2, 4, 8, 16, 30, 30] {
        assert_eq!(wrong(&room).await, said("vault.wrong_passphrase", &seconds.to_string()));
        assert_eq!(wrong(&room).await, said("vault.wait", &seconds.to_string()));
        let right = json!({ "passphrase": PASSPHRASE });
        assert_eq!(room.code("vault.unlock", right).await, "vault.wait", "the right one waits as well");
        assert_eq!(room.call("vault.status", json!({})).await["wait_seconds"], seconds);
        room.clock.forward(SignedDuration::from_secs(seconds));
    }
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(room.names().await, ["Sample Student"]);
    room.call("vault.lock", json!({})).await;
    assert_eq!(wrong(&room).await, said("vault.wrong_passphrase", "0"), "the count begins again");
}

#[tokio::test]
async fn a_clock_that_is_set_back_locks_nobody_out_for_long() {
    let room = open().await;
    room.call("vault.lock", json!({})).await;
    for _ in 0..4 {
        wrong(&room).await;
    }
    room.clock.forward(SignedDuration::from_hours(-100));
    assert_eq!(wrong(&room).await, said("vault.wait", "2"), "the wait is counted from now");
    room.clock.forward(SignedDuration::from_secs(2));
    assert_eq!(wrong(&room).await, said("vault.wrong_passphrase", "4"));
}

#[tokio::test]
async fn the_recovery_key_opens_and_sets_a_new_passphrase() {
    let room = first_run();
    let key = room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
    let groups: Vec<&str> = key["groups"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    room.student("Demo Learner").await;
    room.call("vault.lock", json!({})).await;
    let recover = |key: &str| json!({ "recovery_key": key, "passphrase": "quite another passphrase" });
    assert_eq!(room.code("vault.recover", recover("ABCD EFGH")).await, "vault.recovery_key_mistyped");
    let typed = groups.join(" ").to_lowercase();
    assert_eq!(room.call("vault.recover", recover(&typed)).await["state"], "unlocked");
    assert_eq!(room.names().await, ["Demo Learner"]);
    room.call("vault.lock", json!({})).await;
    assert_eq!(wrong(&room).await.0, "vault.wrong_passphrase");
    assert_eq!(
        room.code("vault.unlock", json!({ "passphrase": PASSPHRASE })).await,
        "vault.wrong_passphrase"
    );
    room.call("vault.unlock", json!({ "passphrase": "quite another passphrase" })).await;
}

#[tokio::test]
async fn records_are_made_once_and_not_with_a_short_passphrase() {
    let room = first_run();
    let create = |passphrase: &str| json!({ "folder": null, "passphrase": passphrase });
    let error = room.try_call("vault.create", create("eleven char")).await.unwrap_err();
    assert_eq!((error.code, error.params["least"].as_str()), ("vault.passphrase_too_short", "12"));
    assert_eq!(room.code("vault.unlock", json!({ "passphrase": PASSPHRASE })).await, "vault.no_records");
    room.call("vault.create", create("ñandú-ñandú1")).await;
    assert_eq!(room.code("vault.create", create(PASSPHRASE)).await, "vault.already_there");
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.code("vault.create", create(PASSPHRASE)).await, "vault.already_there");
    room.call("vault.unlock", json!({ "passphrase": "ñandú-ñandú1" })).await;
    room.call("vault.unlock", json!({ "passphrase": "already open, so it does not matter" })).await;
}

#[tokio::test]
async fn another_folder_has_records_of_its_own() {
    let room = open().await;
    let other = room.folder.path().join("other").display().to_string();
    let choose = |folder: &str| json!({ "folder": folder });
    assert_eq!(room.code("vault.choose_folder", choose(&other)).await, "vault.in_use");
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.code("vault.choose_folder", choose("not/absolute")).await, "vault.folder_unusable");
    let status = room.call("vault.choose_folder", choose(&other)).await;
    assert_eq!((&status["state"], &status["folder"]), (&json!("first_run"), &json!(other)));
    let back = status["default_folder"].as_str().unwrap();
    assert_eq!(room.call("vault.choose_folder", choose(back)).await["state"], "locked");
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
}
