//! Opening by the computer's keychain: only where it was turned on, only as the first thing in a run of the program, and
//! never where the school forbids it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};
use waymark_api::{Keychain, KeychainFault};
use zeroize::Zeroizing;

use crate::managed::set_by_school;
use crate::support::{PASSPHRASE, Room, first_run, groups};

const NEXT: &str = "quite another passphrase";

/// A keychain in memory.
#[derive(Default)]
struct Fake(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    secrets: BTreeMap<String, String>,
    fault: Option<KeychainFault>,
    /// How often it was asked for anything.
    asked: u32,
    /// Done while it is asked for a secret, as a person may meanwhile.
    meanwhile: Option<Box<dyn FnOnce() + Send>>,
}

impl Fake {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap()
    }

    fn asked(&self) -> Result<MutexGuard<'_, Kept>, KeychainFault> {
        let mut kept = self.kept();
        kept.asked += 1;
        if let Some(fault) = kept.fault { Err(fault) } else { Ok(kept) }
    }
}

impl Keychain for Fake {
    fn holds(&self, name: &str) -> Result<bool, KeychainFault> {
        Ok(self.asked()?.secrets.contains_key(name))
    }

    fn fetch(&self, name: &str) -> Result<Option<Zeroizing<String>>, KeychainFault> {
        let meanwhile = self.kept().meanwhile.take();
        if let Some(meanwhile) = meanwhile {
            meanwhile();
        }
        Ok(self.asked()?.secrets.get(name).cloned().map(Zeroizing::new))
    }

    fn store(&self, name: &str, secret: &str) -> Result<(), KeychainFault> {
        self.asked()?.secrets.insert(name.to_owned(), secret.to_owned());
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), KeychainFault> {
        self.asked()?.secrets.remove(name);
        Ok(())
    }
}

fn with(room: Room, keychain: &Arc<Fake>) -> Room {
    let Room { desk, clock, folder } = room;
    Room { desk: desk.with_keychain(keychain.clone()), clock, folder }
}

fn proof() -> Value {
    json!({ "passphrase": PASSPHRASE })
}

/// Open records on a computer with a keychain.
async fn open() -> (Room, Arc<Fake>) {
    let keychain = Arc::new(Fake::default());
    let room = with(first_run(), &keychain);
    room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
    (room, keychain)
}

/// The same with the keychain turned on.
async fn turned_on() -> (Room, Arc<Fake>) {
    let (room, keychain) = open().await;
    let page = room.call("vault.keychain_on", proof()).await;
    assert_eq!(page, json!({ "on": true, "offered": false, "problem": null }));
    (room, keychain)
}

/// The program ended and started again.
fn started_again(room: Room, keychain: &Arc<Fake>) -> Room {
    with(room.started_again(), keychain)
}

async fn offered(room: &Room) -> Value {
    room.call("vault.keychain", json!({})).await["offered"].take()
}

async fn problem(room: &Room) -> Value {
    room.call("vault.keychain", json!({})).await["problem"].take()
}

async fn refused(room: &Room) -> &'static str {
    room.code("vault.unlock_by_keychain", json!({})).await
}

#[tokio::test]
async fn it_is_off_until_the_passphrase_turns_it_on_and_then_opens_memory_aids_too() {
    let (room, keychain) = open().await;
    let page = room.call("vault.keychain", json!({})).await;
    assert_eq!(page, json!({ "on": false, "offered": false, "problem": null }));
    let wrong = json!({ "passphrase": "not this one" });
    assert_eq!(room.code("vault.keychain_on", wrong).await, "vault.wrong_passphrase");
    assert!(keychain.kept().secrets.is_empty());
    let student = room.student("Sample Student").await;
    room.call("students.save_memory_aid", json!({ "id": student, "text": "plays chess" })).await;
    room.call("vault.keychain_on", proof()).await;
    assert_eq!(room.call("vault.keys", json!({})).await["keychain"], true);

    let room = started_again(room, &keychain);
    assert_eq!(offered(&room).await, true);
    let status = room.call("vault.unlock_by_keychain", json!({})).await;
    assert_eq!((&status["state"], &status["opened_by"]), (&json!("unlocked"), &json!("keychain")));
    assert_eq!(room.call("vault.keys", json!({})).await["opened_by"], "keychain");
    let aid = room.call("students.memory_aid", json!({ "id": student })).await;
    assert_eq!(aid["text"], "plays chess");
}

#[tokio::test]
async fn the_keychain_is_not_asked_at_the_door_of_records_that_never_turned_it_on() {
    let (room, keychain) = open().await;
    let room = started_again(room, &keychain);
    assert_eq!((offered(&room).await, problem(&room).await), (json!(false), Value::Null));
    assert_eq!(refused(&room).await, "vault.keychain_wrong");
    assert_eq!(keychain.kept().asked, 0);
}

#[tokio::test]
async fn a_lock_stays_a_lock_however_the_records_were_opened() {
    let (room, keychain) = turned_on().await;
    // Open, then locked: in the run in which it was turned on.
    room.call("vault.lock", json!({})).await;
    assert_eq!((offered(&room).await, refused(&room).await), (json!(false), "vault.keychain_over"));

    let mut room = started_again(room, &keychain);
    for by_keychain in [true, false] {
        if by_keychain {
            room.call("vault.unlock_by_keychain", json!({})).await;
        } else {
            room.call("vault.unlock", proof()).await;
        }
        assert_eq!(refused(&room).await, "vault.keychain_over", "they are open");
        room.call("vault.lock", json!({})).await;
        let asked = keychain.kept().asked;
        assert_eq!((offered(&room).await, refused(&room).await), (json!(false), "vault.keychain_over"));
        assert_eq!(keychain.kept().asked, asked, "it is not even asked");
        room = started_again(room, &keychain);
    }
    // A lock before anything was opened, such as the session's, counts as well; so does the window's own closing.
    room.call("vault.lock", json!({})).await;
    assert_eq!((offered(&room).await, refused(&room).await), (json!(false), "vault.keychain_over"));
    let room = started_again(room, &keychain);
    room.desk.close().await.unwrap();
    assert_eq!(refused(&room).await, "vault.keychain_over");
    room.call("vault.unlock", proof()).await;
}

#[tokio::test]
async fn what_was_opened_and_locked_while_the_keychain_was_waited_for_stays_locked() {
    let (room, keychain) = turned_on().await;
    let room = Arc::new(started_again(room, &keychain));
    let (person, runtime) = (Arc::clone(&room), tokio::runtime::Handle::current());
    keychain.kept().meanwhile = Some(Box::new(move || {
        runtime.block_on(async {
            person.call("vault.unlock", proof()).await;
            person.call("vault.lock", json!({})).await;
        });
    }));
    assert_eq!(refused(&room).await, "vault.keychain_over");
    assert_eq!(room.call("vault.status", json!({})).await["state"], "locked");
}

#[tokio::test]
async fn a_wrong_secret_a_lost_one_and_a_keychain_that_is_away_are_told_apart() {
    let (room, keychain) = turned_on().await;
    let room = started_again(room, &keychain);
    let kept = keychain.kept().secrets.clone();
    for (fault, code) in [
        (KeychainFault::Missing, "vault.keychain_missing"),
        (KeychainFault::Refused, "vault.keychain_refused"),
    ] {
        keychain.kept().fault = Some(fault);
        assert_eq!((offered(&room).await, problem(&room).await), (json!(false), json!(code)));
        assert_eq!(refused(&room).await, code);
    }
    keychain.kept().fault = None;
    keychain.kept().secrets.clear();
    assert_eq!((offered(&room).await, problem(&room).await), (json!(false), json!("vault.keychain_lost")));
    assert_eq!(refused(&room).await, "vault.keychain_lost");
    for other in ["00".repeat(32), "no secret at all".into(), String::new()] {
        keychain.kept().secrets = kept.keys().map(|name| (name.clone(), other.clone())).collect();
        assert_eq!(refused(&room).await, "vault.keychain_wrong");
    }
    // None of this keeps the passphrase waiting; and turned on anew it opens again.
    room.call("vault.unlock", proof()).await;
    room.call("vault.keychain_on", proof()).await;
    let room = started_again(room, &keychain);
    room.call("vault.unlock_by_keychain", json!({})).await;
}

#[tokio::test]
async fn turned_off_it_opens_nothing_whether_the_keychain_forgets_or_not() {
    let (room, keychain) = turned_on().await;
    let off = room.call("vault.keychain_off", json!({})).await;
    assert_eq!((off, keychain.kept().secrets.len()), (json!({ "forgotten": true }), 0));
    room.call("vault.keychain_on", proof()).await;
    keychain.kept().fault = Some(KeychainFault::Refused);
    assert_eq!(room.call("vault.keychain_off", json!({})).await, json!({ "forgotten": false }));
    assert_eq!(
        room.call("vault.keychain_off", json!({})).await,
        json!({ "forgotten": false }),
        "off already"
    );
    keychain.kept().fault = None;
    assert_eq!(keychain.kept().secrets.len(), 1);
    let room = started_again(room, &keychain);
    assert_eq!((offered(&room).await, refused(&room).await), (json!(false), "vault.keychain_wrong"));
}

#[tokio::test]
async fn where_the_keychain_does_not_take_the_secret_nothing_is_turned_on() {
    let (room, keychain) = open().await;
    keychain.kept().fault = Some(KeychainFault::Refused);
    assert_eq!(room.code("vault.keychain_on", proof()).await, "vault.keychain_refused");
    assert_eq!(room.call("vault.keys", json!({})).await["keychain"], false);
    // A desk that was given none, as the command line's.
    let room = room.started_again();
    room.call("vault.unlock", proof()).await;
    assert_eq!(problem(&room).await, "vault.keychain_missing");
    assert_eq!(room.code("vault.keychain_on", proof()).await, "vault.keychain_missing");
}

#[tokio::test]
async fn a_school_that_forbids_it_is_heeded_also_where_it_was_turned_on_before() {
    for (set, code) in
        [(r#"{"keychain": false}"#, "vault.keychain_forbidden"), ("{ cut", "settings.managed_damaged")]
    {
        let (room, keychain) = turned_on().await;
        let room = set_by_school(started_again(room, &keychain), set);
        let asked = keychain.kept().asked;
        assert_eq!((offered(&room).await, problem(&room).await), (json!(false), json!(code)));
        assert_eq!(refused(&room).await, code);
        room.call("vault.unlock", proof()).await;
        assert_eq!(room.code("vault.keychain_on", proof()).await, code);
        assert_eq!(keychain.kept().asked, asked, "{set}");
        // It can be turned off all the same.
        assert_eq!(room.call("vault.keychain_off", json!({})).await, json!({ "forgotten": true }));
    }
    let (room, keychain) = open().await;
    let room = set_by_school(started_again(room, &keychain), r#"{"keychain": true}"#);
    assert_eq!(room.call("settings.managed", json!({})).await["keychain"], true);
    room.call("vault.unlock", proof()).await;
    room.call("vault.keychain_on", proof()).await;
}

#[tokio::test]
async fn another_passphrase_keeps_it_and_a_new_key_drops_it_and_says_so() {
    let (room, keychain) = turned_on().await;
    let change = json!({ "passphrase": PASSPHRASE, "new_passphrase": NEXT });
    assert_eq!(room.call("vault.change_passphrase", change).await["keychain_off"], false);
    let room = started_again(room, &keychain);
    room.call("vault.unlock_by_keychain", json!({})).await;
    let done = room.call("vault.new_key", json!({ "passphrase": NEXT })).await;
    assert_eq!(done["keychain_off"], true);
    assert!(keychain.kept().secrets.is_empty(), "the secret goes with it");
    assert_eq!(room.call("vault.keys", json!({})).await["keychain"], false);
    let again = room.call("vault.new_key", json!({ "passphrase": NEXT })).await;
    assert_eq!(again["keychain_off"], false, "said once");
    let room = started_again(room, &keychain);
    assert_eq!(refused(&room).await, "vault.keychain_wrong");
    room.call("vault.unlock", json!({ "passphrase": NEXT })).await;
}

#[tokio::test]
async fn the_school_s_key_takes_it_away_and_the_counselor_s_leaves_it() {
    let keychain = Arc::new(Fake::default());
    let room = with(first_run(), &keychain);
    let own = groups(&room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await);
    let school = groups(&room.call("vault.draw_recovery_key", json!({})).await);
    let set = json!({ "passphrase": PASSPHRASE, "recovery_key": school });
    room.call("vault.set_school_key", set).await;
    room.call("vault.keychain_on", proof()).await;
    room.call("vault.lock", json!({})).await;
    let recover = |key: &str| json!({ "recovery_key": key, "passphrase": NEXT });
    assert_eq!(room.call("vault.recover", recover(&own)).await["keychain_off"], false);
    room.call("vault.lock", json!({})).await;
    let status = room.call("vault.recover", recover(&school)).await;
    assert_eq!((&status["opened_by"], &status["keychain_off"]), (&json!("school_key"), &json!(true)));
    assert!(keychain.kept().secrets.is_empty());
    assert_eq!(room.call("vault.status", json!({})).await["keychain_off"], false, "said once");
}
