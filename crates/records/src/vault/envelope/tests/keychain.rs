//! The slot for the keychain: what it opens, when it stays, when it goes, and that no byte of it is changed unseen.

use super::*;

/// An envelope with a slot for the keychain, and the keychain's secret.
fn with_slot() -> (Made, KeychainSecret) {
    let made = made(WEAK);
    let secret = KeychainSecret::new(&Computer).unwrap();
    let envelope = slotted(&made.envelope, &made.keys, &secret);
    (Made { envelope, ..made }, secret)
}

fn slotted(envelope: &Envelope, keys: &Keys, secret: &KeychainSecret) -> Envelope {
    envelope.with_keychain(&keys.data, keys.private.as_ref(), Some(secret), &Computer).unwrap()
}

fn fault(envelope: &Envelope, secret: &KeychainSecret) -> Option<RecordsError> {
    envelope.open_with_keychain(secret).err()
}

#[test]
fn the_keychain_opens_the_same_keys_and_takes_nothing_from_the_other_ways() {
    let (made, secret) = with_slot();
    let read = reread(&made.envelope);
    let given = KeychainSecret::read(&secret.text()).unwrap();
    assert!(same(&read.open_with_keychain(&given).unwrap(), &made.keys));
    assert!(same(&read.open_with_passphrase(PASSPHRASE).unwrap(), &made.keys));
    assert!(same(&read.open_with_recovery(&made.recovery).unwrap().0, &made.keys));
}

#[test]
fn another_secret_none_and_one_that_was_turned_off_do_not_open() {
    let (made, secret) = with_slot();
    let wrong = Some(RecordsError::KeychainWrong);
    assert_eq!(fault(&made.envelope, &KeychainSecret::new(&Computer).unwrap()), wrong);
    // Turned on once more: the secret from before is another.
    let again = slotted(&made.envelope, &made.keys, &KeychainSecret::new(&Computer).unwrap());
    assert_eq!(fault(&again, &secret), wrong);
    let private = made.keys.private.as_ref();
    let off = made.envelope.with_keychain(&made.keys.data, private, None, &Computer).unwrap();
    assert_eq!(fault(&reread(&off), &secret), wrong);
    assert!(!off.has_keychain());
    for text in ["", "00", "é", &"g".repeat(64), &"0".repeat(63), &"0".repeat(66)] {
        assert_eq!(KeychainSecret::read(text).err(), wrong, "{text}");
    }
}

#[test]
fn without_a_slot_a_file_is_what_it_was_before_there_were_any() {
    let (made, secret) = with_slot();
    assert_eq!(made.envelope.body.version, WITH_KEYCHAIN);
    let copy = reread(&made.envelope.for_backups(&made.keys.data, &Computer).unwrap());
    assert_eq!((copy.body.version, copy.has_keychain()), (PLAIN, false));
    assert_eq!(fault(&copy, &secret), Some(RecordsError::KeychainWrong));
    assert!(same(&copy.open_with_passphrase(PASSPHRASE).unwrap(), &made.keys));
    assert!(!String::from_utf8(copy.to_bytes().unwrap()).unwrap().contains("keychain"));
    let plain = made.envelope.for_backups(&made.keys.data, &Computer).unwrap();
    assert_eq!(plain.for_backups(&made.keys.data, &Computer).unwrap(), plain, "nothing to take away");
}

#[test]
fn it_stays_under_another_passphrase_and_goes_with_a_new_data_key() {
    let (made, secret) = with_slot();
    let changed = made.envelope.with_passphrase(&made.keys, b"another one", WEAK, &Computer).unwrap();
    assert!(same(&reread(&changed).open_with_keychain(&secret).unwrap(), &made.keys));
    let private = made.envelope.open_with_passphrase(PASSPHRASE).unwrap().private;
    let (next, _) = made.envelope.with_new_data_key(private, PASSPHRASE, WEAK, &Computer).unwrap();
    assert_eq!((next.body.version, next.has_keychain()), (PLAIN, false));
}

#[test]
fn it_goes_where_it_would_open_other_keys_than_the_passphrase_does() {
    let (made, _) = with_slot();
    // The school's key has set the passphrase: memory aids are closed to it.
    let keys = Keys { private: None, ..made.keys };
    let by_school = made.envelope.with_passphrase(&keys, b"another one", WEAK, &Computer).unwrap();
    assert!(!by_school.has_keychain());
    // A file of the first version gets its private key later than the slot.
    let first = first_version();
    let keys = first.open_with_passphrase(FIRST_PASSPHRASE).unwrap();
    let first = slotted(&first, &keys, &KeychainSecret::new(&Computer).unwrap());
    assert_eq!((first.body.version, first.has_keychain()), (WITH_KEYCHAIN, true));
    let keys = Keys { private: Some(PrivateKey::new(&Computer).unwrap()), ..keys };
    let recovery = RecoveryKey::new(&Computer).unwrap();
    assert!(!first.with_recovery(&keys, &recovery, &Computer).unwrap().has_keychain());
}

#[test]
fn every_changed_byte_of_it_is_noticed() {
    no_changed_byte_passes(&with_slot().0.envelope);
}

#[test]
fn a_slot_that_was_swapped_put_in_or_taken_out_is_noticed_by_the_seal() {
    let ((made, secret), (other, others)) = (with_slot(), with_slot());
    let slot = other.envelope.body.keychain.clone();
    let swapped = forged(&made.envelope, |body| body.keychain.clone_from(&slot)).unwrap();
    let damaged = Some(RecordsError::KeysDamaged);
    assert_eq!(swapped.open_with_passphrase(PASSPHRASE).err(), damaged);
    // The other's secret opens the other's slot and gives keys that do not fit the seal.
    assert_eq!(fault(&swapped, &others), damaged);
    assert_eq!(fault(&swapped, &secret), Some(RecordsError::KeychainWrong));
    let again = swapped.with_keychain(&made.keys.data, made.keys.private.as_ref(), None, &Computer);
    assert_eq!(again.err(), damaged, "what was changed is not closed anew");
    let plain = super::made(WEAK).envelope;
    for version in [PLAIN, WITH_KEYCHAIN] {
        let put_in = forged(&plain, |body| (body.version, body.keychain) = (version, slot.clone()));
        let fault = put_in.and_then(|envelope| envelope.open_with_passphrase(PASSPHRASE)).err();
        assert_eq!(fault, damaged, "version {version}");
        let taken_out = forged(&made.envelope, |body| (body.version, body.keychain) = (version, None));
        let fault = taken_out.and_then(|envelope| envelope.open_with_passphrase(PASSPHRASE)).err();
        assert_eq!(fault, damaged, "version {version}");
    }
}
