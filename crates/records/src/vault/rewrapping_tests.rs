#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::vault::copies::copy_name;
use crate::{Computer, Cost, KeychainSecret, Records, RecoveryKey};

const PASSPHRASE: &str = "quiet lantern under seven maples";
const NEXT: &str = "quite another passphrase";

struct Room {
    vault: Vault,
    recovery: RecoveryKey,
    home: TempDir,
}

impl Room {
    fn place(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The place that is away, put back or taken out.
    fn away(&self, is_there: bool) {
        let (here, gone) = (self.place("stick"), self.place("gone"));
        let (from, to) = if is_there { (gone, here) } else { (here, gone) };
        std::fs::rename(from, to).unwrap();
    }

    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        for folder in ["records", "other", "stick", "gone"] {
            let Ok(entries) = std::fs::read_dir(self.place(folder)) else { continue };
            for entry in entries {
                let path = entry.unwrap().path();
                if path.is_file() && path.to_string_lossy().contains("records.") {
                    files.insert(path.clone(), std::fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// Puts the files back as they were.
    fn put_back(&self, files: &BTreeMap<PathBuf, Vec<u8>>) {
        for path in self.files().keys() {
            std::fs::remove_file(path).unwrap();
        }
        for (path, bytes) in files {
            std::fs::write(path, bytes).unwrap();
        }
    }

    /// How many files of keys there are in a place, and whether each opens with this passphrase and not with the other.
    fn opens(&self, place: &str, passphrase: &str, other: &str) -> usize {
        let copies = whole_copies(&self.place(place)).unwrap();
        for copy in &copies {
            assert!(copy.envelope.open_with_passphrase(passphrase.as_bytes()).is_ok(), "{place}");
            assert!(copy.envelope.open_with_passphrase(other.as_bytes()).is_err(), "{place}");
        }
        copies.len()
    }

    fn unlock(&self, passphrase: &str) -> Result<Records, RecordsError> {
        self.vault.unlock(passphrase)
    }

    fn written_down(&self) -> Option<String> {
        std::fs::read_to_string(self.vault.folder.rewrapping()).ok()
    }
}

/// Closed records with copies of two data keys in two places, of which one was taken away.
fn room() -> Room {
    let home = TempDir::new().unwrap();
    let folder = Folder::at(home.path().join("records"));
    let places: Vec<PathBuf> = ["other", "stick"].map(|name| home.path().join(name)).to_vec();
    for place in &places {
        std::fs::create_dir(place).unwrap();
    }
    let vault = Vault { folder, places, cost: Cost::WEAK_FOR_TESTS, surroundings: Arc::new(Computer) };
    let (records, recovery) = vault.create(PASSPHRASE, None).unwrap();
    drop(records);
    // So that each place has a copy, and another one after the new key.
    vault.change_passphrase(PASSPHRASE, PASSPHRASE).unwrap();
    vault.new_key(PASSPHRASE, Box::new(|_, _| std::ops::ControlFlow::Continue(()))).unwrap();
    let room = Room { vault, recovery, home };
    assert_eq!(room.opens("other", PASSPHRASE, NEXT) + room.opens("stick", PASSPHRASE, NEXT), 4);
    assert_eq!(room.written_down(), None);
    room.away(false);
    room
}

#[tokio::test]
async fn wherever_it_is_cut_off_the_next_opening_goes_on_and_names_what_is_left() {
    let room = room();
    let before = room.files();
    let (mut undone, mut gone_on) = (0, 0);
    for step in 0.. {
        room.put_back(&before);
        let mut asked = 0;
        let stop = &mut || {
            asked += 1;
            if asked > step { Err(RecordsError::Io) } else { Ok(()) }
        };
        let changed = room.vault.change_passphrase_until(PASSPHRASE, NEXT, stop);
        if changed.is_ok() {
            break;
        }
        // The program begins anew: nothing is known but what lies there.
        if let Ok(records) = room.unlock(PASSPHRASE) {
            undone += 1;
            records.close().await.unwrap();
            assert_eq!(room.vault.go_on_rewrapping().unwrap(), [], "step {step}: nothing was changed");
            assert_eq!(room.opens("other", PASSPHRASE, NEXT), 2, "step {step}");
            room.vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
        } else {
            gone_on += 1;
        }
        room.unlock(NEXT).unwrap().close().await.unwrap();
        assert_eq!(room.opens("other", NEXT, PASSPHRASE), 2, "step {step}");
        let left = room.vault.go_on_rewrapping().unwrap();
        let away = PlaceOutcome { place: room.place("stick"), state: PlaceState::Absent };
        assert_eq!(left, [away], "step {step}: told as long as it is so");
        assert_eq!(room.opens("gone", PASSPHRASE, NEXT), 2, "step {step}");

        // It is back, and opens with the new passphrase from the next opening on.
        room.away(true);
        room.unlock(NEXT).unwrap().close().await.unwrap();
        assert_eq!(room.opens("stick", NEXT, PASSPHRASE), 2, "step {step}");
        assert_eq!((room.vault.go_on_rewrapping().unwrap(), room.written_down()), (vec![], None));
        room.away(false);
    }
    assert!(undone >= 2 && gone_on >= 3, "{undone} before it was decided, {gone_on} after");
}

#[tokio::test]
async fn a_place_that_was_away_over_several_changes_and_a_new_key_gets_the_last_one() {
    let room = room();
    room.vault.change_passphrase(PASSPHRASE, "one in between").unwrap();
    room.vault.new_key("one in between", Box::new(|_, _| std::ops::ControlFlow::Continue(()))).unwrap();
    room.vault.change_passphrase("one in between", NEXT).unwrap();
    // Nothing that opens with an earlier one is kept for it.
    let written = room.written_down().unwrap();
    let read: Rewrapping = serde_json::from_str(&written).unwrap();
    assert_eq!(read.files.len(), 3);
    assert!(read.files.iter().all(|file| file.open_with_passphrase(NEXT.as_bytes()).is_ok()));
    room.away(true);
    room.unlock(NEXT).unwrap().close().await.unwrap();
    assert_eq!(room.opens("stick", NEXT, PASSPHRASE), 3);
    assert_eq!(room.written_down(), None);
}

#[tokio::test]
async fn a_passphrase_that_came_with_the_recovery_key_reaches_the_places_too() {
    let room = room();
    room.vault.recover(&room.recovery, NEXT).unwrap().close().await.unwrap();
    let left: Vec<_> = room.vault.go_on_rewrapping().unwrap().into_iter().map(|one| one.state).collect();
    assert_eq!(
        left,
        [PlaceState::OlderKeys, PlaceState::Absent],
        "an older copy opens with what was forgotten"
    );
    let present = Envelope::read(&room.vault.folder.keys()).unwrap();
    let copy = Envelope::read(&room.place("other").join(copy_name(&present.key_id()))).unwrap();
    assert!(copy.open_with_passphrase(NEXT.as_bytes()).is_ok());
}

#[test]
fn what_somebody_wrote_there_is_not_taken_for_it() {
    let room = room();
    let stranger = self::room();
    let before = room.files();
    stranger.vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
    let of_others = stranger
        .written_down()
        .unwrap()
        .replace(&stranger.home.path().display().to_string(), &room.home.path().display().to_string());
    for text in
        ["", "{", "{}", "[]", of_others.as_str(), &of_others.replace("\"version\":2", "\"version\":9")]
    {
        std::fs::write(room.vault.folder.rewrapping(), text).unwrap();
        assert_eq!(room.vault.go_on_rewrapping().unwrap(), [], "{text}");
    }
    std::fs::remove_file(room.vault.folder.rewrapping()).unwrap();
    assert!(room.files() == before);
}

/// The slot is of one computer: what is written down for the places does not carry it there.
#[tokio::test]
async fn no_place_gets_the_slot_for_the_keychain_however_late_it_comes_back() {
    let room = room();
    let secret = KeychainSecret::new(&Computer).unwrap();
    let records = room.unlock(PASSPHRASE).unwrap();
    records.set_keychain(KeychainSecret::read(&secret.text()).ok()).await.unwrap();
    records.close().await.unwrap();
    room.vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
    room.away(true);
    // The keychain opens as well, and goes on with it.
    room.vault.unlock_by_keychain(&secret).unwrap().close().await.unwrap();
    assert_eq!(room.written_down(), None);
    for place in ["other", "stick"] {
        assert_eq!(room.opens(place, NEXT, PASSPHRASE), 2);
        let copies = whole_copies(&room.place(place)).unwrap();
        assert!(copies.iter().all(|copy| !copy.envelope.has_keychain()), "{place}");
    }
    assert!(existing(&room.vault.folder).unwrap().has_keychain(), "here it stays");
}

/// What was called off before the file of keys took its place must not take hold when that file is another later.
#[tokio::test]
async fn a_change_that_never_took_hold_is_forgotten_at_the_next_opening() {
    let room = room();
    let mut asked = 0;
    let stop = &mut || {
        asked += 1;
        if asked > 1 { Err(RecordsError::Io) } else { Ok(()) }
    };
    assert!(room.vault.change_passphrase_until(PASSPHRASE, NEXT, stop).is_err());
    assert!(room.written_down().is_some(), "written down, and not begun");
    let records = room.unlock(PASSPHRASE).unwrap();
    records.set_keychain(Some(KeychainSecret::new(&Computer).unwrap())).await.unwrap();
    records.close().await.unwrap();
    room.unlock(PASSPHRASE).unwrap().close().await.unwrap();
    assert_eq!(room.opens("other", PASSPHRASE, NEXT), 2);
    assert_eq!(room.written_down(), None);
}
