//! A keychain made up for tests: what answers on a bus as the Secret Service does, with one collection that can be
//! locked, and a person who lets it be unlocked or does not.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test's own set-up")]

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use gio::prelude::*;
use gio::{DBusConnection, DBusNodeInfo};
use glib::variant::ObjectPath;

use glib::{MainLoop, Variant};

use crate::pretend::answering;

const SERVICE_PATH: &str = "/org/freedesktop/secrets";
const COLLECTION: &str = "/org/freedesktop/secrets/collection/own";
const PROMPT: &str = "/org/freedesktop/secrets/prompt/one";
const INTERFACES: &str = r#"<node>
<interface name="org.freedesktop.Secret.Service">
  <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/>
    <arg type="v" direction="out"/><arg type="o" direction="out"/></method>
  <method name="SearchItems"><arg type="a{ss}" direction="in"/>
    <arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
  <method name="Unlock"><arg type="ao" direction="in"/>
    <arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
</interface>
<interface name="org.freedesktop.Secret.Collection">
  <method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/>
    <arg type="b" direction="in"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
</interface>
<interface name="org.freedesktop.Secret.Item">
  <method name="GetSecret"><arg type="o" direction="in"/><arg type="(oayays)" direction="out"/></method>
  <method name="Delete"><arg type="o" direction="out"/></method>
</interface>
<interface name="org.freedesktop.Secret.Prompt"><method name="Prompt"><arg type="s" direction="in"/></method>
  <signal name="Completed"><arg type="b"/><arg type="v"/></signal></interface>
</node>"#;

/// A secret as it is kept.
#[derive(Clone)]
pub struct Item {
    pub attributes: HashMap<String, String>,
    pub label: String,
    pub secret: Vec<u8>,
}

/// How the keychain stands, and what the person does.
#[derive(Default)]
pub struct Keychain {
    pub items: BTreeMap<String, Item>,
    pub locked: bool,
    /// The person closes what asks them to unlock.
    pub dismisses: bool,
    /// There is no collection to put anything in.
    pub no_default: bool,
    /// How often the person was asked.
    pub asked: u32,
    made: u32,
}

/// What answers.
pub struct Secrets {
    /// It is answered on as long as this is held.
    _bus: DBusConnection,
    state: Arc<Mutex<Keychain>>,
    done: MainLoop,
}

impl Secrets {
    /// Answers on the bus at this address.
    pub fn start(address: &str) -> Self {
        let state = Arc::new(Mutex::new(Keychain::default()));
        let own = Arc::clone(&state);
        let (bus, done) = answering(address, "org.freedesktop.secrets", move |bus| {
            for (path, interface) in [
                (SERVICE_PATH, "org.freedesktop.Secret.Service"),
                (COLLECTION, "org.freedesktop.Secret.Collection"),
                (PROMPT, "org.freedesktop.Secret.Prompt"),
            ] {
                register(bus, path, interface, &own);
            }
        });
        Self { _bus: bus, state, done }
    }

    pub fn state(&self) -> MutexGuard<'_, Keychain> {
        self.state.lock().unwrap()
    }
}

impl Drop for Secrets {
    fn drop(&mut self) {
        self.done.quit();
    }
}

fn register(bus: &DBusConnection, path: &str, interface: &str, state: &Arc<Mutex<Keychain>>) {
    let node = DBusNodeInfo::for_xml(INTERFACES).unwrap();
    let interface = node.lookup_interface(interface).unwrap();
    let state = Arc::clone(state);
    let registered = bus.register_object(
        path,
        &interface,
        move |bus, _, path, _, method, said, invocation| match answer(&bus, path, method, &said, &state) {
            Some(answer) => invocation.return_value(Some(&answer)),
            None => invocation.return_dbus_error("org.freedesktop.Secret.Error.IsLocked", "locked"),
        },
        |_, _, _, _, _| ().to_variant(),
        |_, _, _, _, _, _| false,
    );
    assert!(registered.is_ok());
}

fn object(path: &str) -> ObjectPath {
    ObjectPath::try_from(path.to_owned()).unwrap()
}

/// Nothing where it is locked.
fn answer(
    bus: &DBusConnection,
    path: &str,
    method: &str,
    said: &Variant,
    state: &Arc<Mutex<Keychain>>,
) -> Option<Variant> {
    let mut keychain = state.lock().unwrap();
    let none = object("/");
    match method {
        "OpenSession" => {
            assert_eq!(said.child_value(0).str(), Some("plain"));
            Some((String::new().to_variant(), object("/org/freedesktop/secrets/session/s")).to_variant())
        }
        "SearchItems" => {
            let wanted: HashMap<String, String> = said.child_value(0).get().unwrap();
            let found = keychain.items.iter().filter(|(_, item)| item.attributes == wanted);
            let found: Vec<ObjectPath> = found.map(|(path, _)| object(path)).collect();
            let empty = Vec::<ObjectPath>::new();
            Some(if keychain.locked { (empty, found) } else { (found, empty) }.to_variant())
        }
        "Unlock" if keychain.locked => Some((Vec::<ObjectPath>::new(), object(PROMPT)).to_variant()),
        "Unlock" => Some((said.child_value(0).get::<Vec<ObjectPath>>().unwrap(), none).to_variant()),
        "ReadAlias" => Some((if keychain.no_default { none } else { object(COLLECTION) },).to_variant()),
        "Prompt" => {
            keychain.asked += 1;
            keychain.locked = keychain.dismisses;
            let said = (keychain.dismisses, "".to_variant()).to_variant();
            let interface = "org.freedesktop.Secret.Prompt";
            bus.emit_signal(None, path, interface, "Completed", Some(&said)).unwrap();
            Some(().to_variant())
        }
        _ if keychain.locked => None,
        "CreateItem" => {
            let properties: HashMap<String, Variant> = said.child_value(0).get().unwrap();
            let of = |name: &str| properties[&format!("org.freedesktop.Secret.Item.{name}")].clone();
            let item = Item {
                attributes: of("Attributes").get().unwrap(),
                label: of("Label").get().unwrap(),
                secret: said.child_value(1).child_value(2).fixed_array::<u8>().unwrap().to_vec(),
            };
            assert!(said.child_value(2).get::<bool>().unwrap(), "replaces what is there");
            let there = keychain.items.iter().find(|(_, there)| there.attributes == item.attributes);
            let there = there.map(|(path, _)| path.clone());
            let path = there.unwrap_or_else(|| {
                keychain.made += 1;
                let path = format!("{COLLECTION}/{}", keychain.made);
                register(bus, &path, "org.freedesktop.Secret.Item", state);
                path
            });
            keychain.items.insert(path.clone(), item);
            Some((object(&path), none).to_variant())
        }
        "GetSecret" => {
            let secret = keychain.items.get(path)?.secret.clone();
            let session = said.child_value(0).get::<ObjectPath>().unwrap();
            Some(((session, Vec::<u8>::new(), secret, "text/plain"),).to_variant())
        }
        "Delete" => {
            keychain.items.remove(path);
            Some((none,).to_variant())
        }
        other => panic!("{other} is not known here"),
    }
}
