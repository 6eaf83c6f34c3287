//! What opens an envelope, what does not, and that no byte of it can be changed unseen.

use proptest::prelude::*;

use super::*;
use crate::surroundings::Computer;

mod keychain;

const WEAK: Cost = Cost::WEAK_FOR_TESTS;
const PASSPHRASE: &[u8] = b"correct horse battery";

struct Made {
    envelope: Envelope,
    keys: Keys,
    recovery: RecoveryKey,
}

fn made(cost: Cost) -> Made {
    let recovery = RecoveryKey::new(&Computer).unwrap();
    let (envelope, keys) = Envelope::new("records-1", PASSPHRASE, &recovery, cost, &Computer).unwrap();
    Made { envelope, keys, recovery }
}

/// An envelope with a school's key, and that key.
fn with_school() -> (Made, RecoveryKey) {
    let made = made(WEAK);
    let school = RecoveryKey::new(&Computer).unwrap();
    let public = school.public_half().unwrap();
    let envelope = made.envelope.with_school(&made.keys, Some(&public), &Computer).unwrap();
    (Made { envelope, ..made }, school)
}

fn reread(envelope: &Envelope) -> Envelope {
    Envelope::parse(&envelope.to_bytes().unwrap()).unwrap()
}

fn same(a: &Keys, b: &Keys) -> bool {
    let private = |keys: &Keys| keys.private.as_ref().map(|key| key.bytes().to_vec());
    a.data.bytes() == b.data.bytes() && private(a) == private(b)
}

/// The file of keys of records that were made by the first version of the program.
fn first_version() -> Envelope {
    Envelope::parse(include_bytes!("../../../tests/fixtures/schema-0001/records.keys")).unwrap()
}

const FIRST_PASSPHRASE: &[u8] = b"quiet lantern under seven maples";

#[test]
fn either_secret_opens_the_same_keys_at_the_real_cost() {
    let made = made(Cost::REAL);
    let read = reread(&made.envelope);
    assert!(same(&read.open_with_passphrase(PASSPHRASE).unwrap(), &made.keys));
    let (keys, by) = read.open_with_recovery(&made.recovery).unwrap();
    assert!(same(&keys, &made.keys));
    assert_eq!(by, OpenedBy::RecoveryKey);
    assert_eq!(read.cost(), Cost::REAL);
}

#[test]
fn another_secret_is_wrong_and_not_damage() {
    let (made, _) = with_school();
    let other = RecoveryKey::new(&Computer).unwrap();
    assert_eq!(made.envelope.open_with_passphrase(b"no").err(), Some(RecordsError::WrongPassphrase));
    assert_eq!(made.envelope.open_with_recovery(&other).err(), Some(RecordsError::WrongRecoveryKey));
}

#[test]
fn the_schools_key_opens_the_records_and_not_what_is_private() {
    let (made, school) = with_school();
    let (keys, by) = reread(&made.envelope).open_with_recovery(&school).unwrap();
    assert_eq!(by, OpenedBy::SchoolKey);
    assert_eq!(keys.data.bytes(), made.keys.data.bytes());
    assert!(keys.private.is_none());
    let without = made.envelope.with_school(&made.keys, None, &Computer).unwrap();
    assert_eq!(without.open_with_recovery(&school).err(), Some(RecordsError::WrongRecoveryKey));
}

#[test]
fn a_new_passphrase_replaces_the_old_and_leaves_the_recovery_keys() {
    let (made, school) = with_school();
    let changed = made.envelope.with_passphrase(&made.keys, b"another one", WEAK, &Computer).unwrap();
    assert!(same(&changed.open_with_passphrase(b"another one").unwrap(), &made.keys));
    assert_eq!(changed.open_with_passphrase(PASSPHRASE).err(), Some(RecordsError::WrongPassphrase));
    assert!(same(&changed.open_with_recovery(&made.recovery).unwrap().0, &made.keys));
    assert!(changed.open_with_recovery(&school).is_ok());
    assert_eq!(changed.key_id(), made.envelope.key_id());
}

#[test]
fn a_new_recovery_key_replaces_the_old() {
    let made = made(WEAK);
    let next = RecoveryKey::new(&Computer).unwrap();
    let changed = made.envelope.with_recovery(&made.keys, &next, &Computer).unwrap();
    assert!(same(&changed.open_with_recovery(&next).unwrap().0, &made.keys));
    assert_eq!(changed.open_with_recovery(&made.recovery).err(), Some(RecordsError::WrongRecoveryKey));
    assert!(changed.open_with_passphrase(PASSPHRASE).is_ok());
}

#[test]
fn under_a_new_data_key_every_secret_stays_good_and_the_private_key_is_the_same() {
    let (made, school) = with_school();
    let private = made.envelope.open_with_passphrase(PASSPHRASE).unwrap().private;
    let (next, keys) = made.envelope.with_new_data_key(private, PASSPHRASE, WEAK, &Computer).unwrap();
    assert_ne!(next.key_id(), made.envelope.key_id());
    assert_ne!(keys.data.bytes(), made.keys.data.bytes());
    let private = |keys: &Keys| keys.private.as_ref().unwrap().bytes().to_vec();
    assert_eq!(private(&keys), private(&made.keys));
    let next = reread(&next);
    assert!(same(&next.open_with_passphrase(PASSPHRASE).unwrap(), &keys));
    assert!(same(&next.open_with_recovery(&made.recovery).unwrap().0, &keys));
    assert_eq!(next.open_with_recovery(&school).unwrap().0.data.bytes(), keys.data.bytes());
}

#[test]
fn a_file_of_the_first_version_becomes_the_second_when_it_is_wrapped_anew() {
    let first = first_version();
    let keys = first.open_with_passphrase(FIRST_PASSPHRASE).unwrap();
    assert!(first.body.version == 1 && keys.private.is_none() && !first.recovery_opens_private());
    let second = reread(&first.with_passphrase(&keys, b"another one", WEAK, &Computer).unwrap());
    assert_eq!(second.body.version, PLAIN);
    assert_eq!(second.key_id(), first.key_id());
    assert!(same(&second.open_with_passphrase(b"another one").unwrap(), &keys));
    // Its recovery key was not at hand, so a new data key can't be wrapped for it.
    let refused = second.with_new_data_key(None, b"another one", WEAK, &Computer);
    assert_eq!(refused.err().map(|error| error.to_string()), Some(RecordsError::RecoveryKeyOld.to_string()));
    let recovery = RecoveryKey::new(&Computer).unwrap();
    let keys = Keys { private: Some(PrivateKey::new(&Computer).unwrap()), ..keys };
    let whole = second.with_recovery(&keys, &recovery, &Computer).unwrap();
    assert!(same(&reread(&whole).open_with_recovery(&recovery).unwrap().0, &keys));
}

fn no_changed_byte_passes(envelope: &Envelope) {
    let bytes = envelope.to_bytes().unwrap();
    for index in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut changed = bytes.clone();
            changed[index] ^= bit;
            // White space between the parts means nothing; what stays readable must be the same envelope.
            match Envelope::parse(&changed) {
                Ok(same) => assert_eq!(same, *envelope, "byte {index}"),
                Err(error) => assert_eq!(error, RecordsError::KeysDamaged, "byte {index}"),
            }
        }
    }
    assert_eq!(Envelope::parse(&bytes[..bytes.len() / 2]).err(), Some(RecordsError::KeysDamaged));
}

#[test]
fn every_changed_byte_is_noticed() {
    no_changed_byte_passes(&with_school().0.envelope);
    no_changed_byte_passes(&first_version());
}

/// Gives a changed envelope a check that fits, as somebody would who knows the format.
fn forged(envelope: &Envelope, change: impl FnOnce(&mut Body)) -> Result<Envelope, RecordsError> {
    let mut envelope = envelope.clone();
    change(&mut envelope.body);
    envelope.check = check_of(&envelope.body, &envelope.seal).unwrap();
    Envelope::parse(&envelope.to_bytes().unwrap())
}

#[test]
fn a_slot_that_was_swapped_with_a_fresh_check_is_noticed_by_the_seal() {
    let (made, _) = with_school();
    let (other, _) = with_school();
    let changes: [fn(&mut Body, &Body); 4] = [
        |body, other| body.recovery = other.recovery.clone(),
        |body, other| body.school = other.school.clone(),
        |body, _| body.school = None,
        |body, other| body.key_id = other.key_id.clone(),
    ];
    for (number, change) in changes.iter().enumerate() {
        let read = forged(&made.envelope, |body| change(body, &other.envelope.body)).unwrap();
        let fault = read.open_with_passphrase(PASSPHRASE).err();
        assert_eq!(fault, Some(RecordsError::KeysDamaged), "change {number}");
    }
}

#[test]
fn an_envelope_is_never_passed_off_as_another_version() {
    let (made, _) = with_school();
    assert_eq!(forged(&made.envelope, |body| body.version = 1).err(), Some(RecordsError::KeysDamaged));
    assert_eq!(forged(&made.envelope, |body| body.key_id = None).err(), Some(RecordsError::KeysDamaged));
    let no_name = |body: &mut Body| body.key_id = Some("../../etc/passwd".into());
    assert_eq!(forged(&made.envelope, no_name).err(), Some(RecordsError::KeysDamaged));
}

#[test]
fn a_file_of_a_newer_program_is_named_as_such_also_where_it_has_other_parts() {
    let newer = Err(RecordsError::Newer { found: 4, known: 3 });
    let envelope = made(WEAK).envelope;
    assert_eq!(forged(&envelope, |body| body.version = 4), newer);
    let other = br#"{"body": {"format": "waymark-keys", "version": 4, "tokens": []}, "proof": ""}"#;
    assert_eq!(Envelope::parse(other), newer);
    let foreign = br#"{"body": {"format": "keys", "version": 4}}"#;
    assert_eq!(Envelope::parse(foreign), Err(RecordsError::KeysDamaged));
}

proptest! {
    #[test]
    fn any_passphrase_and_any_recovery_key_open_and_no_others(
        passphrase in "\\PC{1,40}",
        other in "\\PC{1,40}",
        next in "\\PC{1,40}",
    ) {
        let made = made(WEAK);
        let first =
            made.envelope.with_passphrase(&made.keys, passphrase.as_bytes(), WEAK, &Computer).unwrap();
        let second = first.with_passphrase(&made.keys, next.as_bytes(), WEAK, &Computer).unwrap();
        for (envelope, right) in [(&first, &passphrase), (&second, &next)] {
            prop_assert!(same(&envelope.open_with_passphrase(right.as_bytes()).unwrap(), &made.keys));
            if other != *right {
                let fault = envelope.open_with_passphrase(other.as_bytes()).err();
                prop_assert_eq!(fault, Some(RecordsError::WrongPassphrase));
            }
            prop_assert!(same(&envelope.open_with_recovery(&made.recovery).unwrap().0, &made.keys));
        }
    }

    #[test]
    fn no_bytes_at_all_make_an_envelope_fall(bytes: Vec<u8>) {
        prop_assert!(Envelope::parse(&bytes).is_err());
    }
}
