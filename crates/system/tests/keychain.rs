//! The Secret Service as Linux has it, on a private bus with one that answers as it does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on stops, and says what it could not run"
)]
#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "logind has no part in this")]
mod pretend;
mod pretend_secrets;

use pretend::Bus;
use pretend_secrets::Secrets;
use tempfile::TempDir;
use waymark_system::keychain::{Keychain, KeychainFault, SecretService, Unreached};

const NAME: &str = "0190c0de-0000-7000-8000-000000000000";

struct Scene {
    secrets: Secrets,
    keychain: SecretService,
    _bus: Bus,
    _folder: TempDir,
}

fn scene() -> Option<Scene> {
    let folder = TempDir::new().unwrap();
    let Some(bus) = Bus::start(folder.path()) else {
        println!("not run: there is no dbus-daemon");
        return None;
    };
    let secrets = Secrets::start(&bus.address);
    let keychain = SecretService { session: Some(bus.address.clone()), label: "label-words".into() };
    Some(Scene { secrets, keychain, _bus: bus, _folder: folder })
}

fn fetched(keychain: &SecretService, name: &str) -> Result<Option<String>, KeychainFault> {
    Ok(keychain.fetch(name)?.map(|secret| secret.to_string()))
}

#[test]
fn a_secret_is_kept_under_its_name_replaced_given_and_forgotten() {
    let Some(Scene { secrets, keychain, .. }) = &scene() else { return };
    assert_eq!((keychain.holds(NAME), fetched(keychain, NAME)), (Ok(false), Ok(None)));
    assert_eq!(keychain.forget(NAME), Ok(()), "forgotten already");
    for secret in ["first secret", "second secret"] {
        keychain.store(NAME, secret).unwrap();
        keychain.store("another name", "another secret").unwrap();
        assert_eq!((keychain.holds(NAME), fetched(keychain, NAME)), (Ok(true), Ok(Some(secret.into()))));
    }
    let items: Vec<_> = secrets.state().items.values().cloned().collect();
    assert_eq!(items.len(), 2);
    let own = items.iter().find(|item| item.attributes["records"] == NAME).unwrap();
    assert_eq!(own.label, "label-words");
    assert_eq!(own.attributes["xdg:schema"], "org.Waymark.Records");
    keychain.forget(NAME).unwrap();
    assert_eq!((keychain.holds(NAME), fetched(keychain, NAME)), (Ok(false), Ok(None)));
    assert_eq!(keychain.holds("another name"), Ok(true));
    assert_eq!(secrets.state().asked, 0);
}

#[test]
fn a_locked_keychain_asks_the_person_for_a_secret_and_never_for_whether_there_is_one() {
    let Some(Scene { secrets, keychain, .. }) = &scene() else { return };
    secrets.state().locked = true;
    keychain.store(NAME, "a secret").unwrap();
    assert_eq!(secrets.state().asked, 1);
    secrets.state().locked = true;
    assert_eq!(keychain.holds(NAME), Ok(true));
    assert_eq!(secrets.state().asked, 1);
    assert_eq!(fetched(keychain, NAME), Ok(Some("a secret".into())));
    assert_eq!(secrets.state().asked, 2);
}

#[test]
fn what_the_person_does_not_let_through_is_refused_and_changes_nothing() {
    let Some(Scene { secrets, keychain, .. }) = &scene() else { return };
    keychain.store(NAME, "a secret").unwrap();
    (secrets.state().locked, secrets.state().dismisses) = (true, true);
    assert_eq!(fetched(keychain, NAME), Err(KeychainFault::Refused));
    assert_eq!(keychain.store(NAME, "another"), Err(KeychainFault::Refused));
    assert_eq!(keychain.forget(NAME), Err(KeychainFault::Refused));
    let kept: Vec<_> = secrets.state().items.values().map(|item| item.secret.clone()).collect();
    assert_eq!(kept, [b"a secret"]);
}

#[test]
fn a_keychain_with_no_place_for_a_secret_or_with_something_else_in_it_is_no_help() {
    let Some(Scene { secrets, keychain, .. }) = &scene() else { return };
    keychain.store(NAME, "a secret").unwrap();
    secrets.state().items.values_mut().for_each(|item| item.secret = vec![0xff, 0xfe]);
    assert_eq!(fetched(keychain, NAME), Err(KeychainFault::Refused));
    secrets.state().no_default = true;
    assert_eq!(keychain.store(NAME, "a secret"), Err(KeychainFault::Missing));
}

#[test]
fn without_a_bus_or_a_service_there_is_no_keychain() {
    let folder = TempDir::new().unwrap();
    let nowhere = format!("unix:path={}", folder.path().join("none").display());
    let mut addresses = vec![None, Some(nowhere)];
    let bus = Bus::start(folder.path());
    addresses.extend(bus.as_ref().map(|bus| Some(bus.address.clone())));
    let mut keychains: Vec<Box<dyn Keychain>> = vec![Box::new(Unreached)];
    for session in addresses {
        keychains.push(Box::new(SecretService { session, label: String::new() }));
    }
    for keychain in keychains {
        assert_eq!(keychain.holds(NAME), Err(KeychainFault::Missing));
        assert_eq!(keychain.fetch(NAME).err(), Some(KeychainFault::Missing));
        assert_eq!(keychain.store(NAME, "a secret"), Err(KeychainFault::Missing));
        assert_eq!(keychain.forget(NAME), Err(KeychainFault::Missing));
    }
}
