//! Linux: the Secret Service over D-Bus, which GNOME's, KDE's and other keychains answer. Each call makes a connection
//! of its own and closes it, and what the system asks the person is waited for on the caller's thread.
//!
//! Secrets go over the session's bus as they are (the service's algorithm `plain`). Whoever can listen there is in the
//! person's session and can ask the keychain for them as well.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use gio::prelude::*;
use gio::{Cancellable, DBusCallFlags, DBusConnection, DBusSignalFlags};
use glib::variant::ObjectPath;
use glib::{MainContext, Variant, VariantTy};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::keychain::{Keychain, KeychainFault};
use crate::linux::{connect, session_bus};

const SERVICE: &str = "org.freedesktop.secrets";
const SERVICE_PATH: &str = "/org/freedesktop/secrets";
const OF_SERVICE: &str = "org.freedesktop.Secret.Service";
const OF_COLLECTION: &str = "org.freedesktop.Secret.Collection";
const OF_ITEM: &str = "org.freedesktop.Secret.Item";
const OF_PROMPT: &str = "org.freedesktop.Secret.Prompt";

/// The kind of secret that these are, among those of other programs.
const SCHEMA: &str = "org.Waymark.Records";

/// The path that stands for none.
const NONE: &str = "/";

/// How long the service may take to answer, in milliseconds: it may have to be started first.
const PATIENCE: i32 = 10_000;

/// How long a person may take to answer what the service asks them.
const LONGEST_PROMPT: Duration = Duration::from_secs(120);

/// The session's Secret Service.
#[derive(Debug, Clone)]
pub struct SecretService {
    /// Address of the session's bus.
    pub session: Option<String>,
    /// What the service may call a secret where it lists them for the person.
    pub label: String,
}

impl SecretService {
    /// That of the bus that the environment names, else of every installation.
    pub(crate) fn of_this_session(label: String) -> Self {
        Self { session: session_bus(), label }
    }

    fn with_bus<T>(
        &self,
        work: impl FnOnce(&Service) -> Result<T, KeychainFault>,
    ) -> Result<T, KeychainFault> {
        let context = MainContext::new();
        let worked = context.with_thread_default(|| {
            let bus = connect(self.session.as_deref(), "session").ok_or(KeychainFault::Missing)?;
            let done = work(&Service { bus: bus.clone(), context: context.clone() });
            // What it was asked for is done or refused by now; a connection that is gone already is closed.
            let _ = bus.close_sync(Cancellable::NONE);
            done
        });
        worked.unwrap_or(Err(KeychainFault::Missing))
    }
}

impl Keychain for SecretService {
    fn holds(&self, name: &str) -> Result<bool, KeychainFault> {
        self.with_bus(|service| {
            let found = service.search(name)?;
            Ok(!(found.unlocked.is_empty() && found.locked.is_empty()))
        })
    }

    fn fetch(&self, name: &str) -> Result<Option<Zeroizing<String>>, KeychainFault> {
        self.with_bus(|service| {
            let Some(item) = service.found_unlocked(name)?.into_iter().next() else { return Ok(None) };
            let session = service.open_session()?;
            let answer =
                service.call(item.as_str(), OF_ITEM, "GetSecret", &(session,).to_variant(), "((oayays))")?;
            let bytes = answer.child_value(0).child_value(2);
            let bytes =
                Zeroizing::new(bytes.fixed_array::<u8>().map_err(|_| KeychainFault::Refused)?.to_vec());
            let text = std::str::from_utf8(&bytes).map_err(|_| KeychainFault::Refused)?;
            Ok(Some(Zeroizing::new(text.to_owned())))
        })
    }

    fn store(&self, name: &str, secret: &str) -> Result<(), KeychainFault> {
        self.with_bus(|service| {
            let session = service.open_session()?;
            let asked =
                service.call(SERVICE_PATH, OF_SERVICE, "ReadAlias", &("default",).to_variant(), "(o)")?;
            let collection = path_in(&asked, 0)?;
            if collection.as_str() == NONE {
                return Err(KeychainFault::Missing);
            }
            service.unlock(std::slice::from_ref(&collection))?;
            let mut properties = HashMap::new();
            properties.insert("org.freedesktop.Secret.Item.Label", self.label.to_variant());
            properties.insert("org.freedesktop.Secret.Item.Attributes", attributes(name).to_variant());
            let plain = (session, Vec::<u8>::new(), secret.as_bytes().to_vec(), "text/plain; charset=utf8");
            let input = (properties, plain, true).to_variant();
            let made = service.call(collection.as_str(), OF_COLLECTION, "CreateItem", &input, "(oo)")?;
            service.prompted(&path_in(&made, 1)?)
        })
    }

    fn forget(&self, name: &str) -> Result<(), KeychainFault> {
        self.with_bus(|service| {
            for item in service.found_unlocked(name)? {
                let done = service.call(item.as_str(), OF_ITEM, "Delete", &().to_variant(), "(o)")?;
                service.prompted(&path_in(&done, 0)?)?;
            }
            Ok(())
        })
    }
}

/// What a search has found, as paths of items.
struct Found {
    unlocked: Vec<ObjectPath>,
    locked: Vec<ObjectPath>,
}

/// A connection to the service.
struct Service {
    bus: DBusConnection,
    context: MainContext,
}

impl Service {
    /// Calls a method and gives its answer, which has this type. What the service itself does not answer is not there;
    /// what one of its objects does not do is refused.
    fn call(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        input: &Variant,
        answer: &str,
    ) -> Result<Variant, KeychainFault> {
        let (service, flags) = (Some(SERVICE), DBusCallFlags::NONE);
        let answer = VariantTy::new(answer).map_err(|_| KeychainFault::Refused)?;
        let answered = self.bus.call_sync(
            service,
            path,
            interface,
            method,
            Some(input),
            Some(answer),
            flags,
            PATIENCE,
            Cancellable::NONE,
        );
        answered.map_err(|_| {
            tracing::warn!(method, "the keychain did not do what it was asked");
            if interface == OF_SERVICE { KeychainFault::Missing } else { KeychainFault::Refused }
        })
    }

    fn open_session(&self) -> Result<ObjectPath, KeychainFault> {
        let input = ("plain", "".to_variant()).to_variant();
        path_in(&self.call(SERVICE_PATH, OF_SERVICE, "OpenSession", &input, "(vo)")?, 1)
    }

    fn search(&self, name: &str) -> Result<Found, KeychainFault> {
        let input = (attributes(name),).to_variant();
        let answer = self.call(SERVICE_PATH, OF_SERVICE, "SearchItems", &input, "(aoao)")?;
        Ok(Found { unlocked: paths_in(&answer, 0)?, locked: paths_in(&answer, 1)? })
    }

    /// Every item of this name, unlocked where the person lets it be.
    fn found_unlocked(&self, name: &str) -> Result<Vec<ObjectPath>, KeychainFault> {
        let Found { mut unlocked, locked } = self.search(name)?;
        self.unlock(&locked)?;
        unlocked.extend(locked);
        Ok(unlocked)
    }

    fn unlock(&self, objects: &[ObjectPath]) -> Result<(), KeychainFault> {
        if objects.is_empty() {
            return Ok(());
        }
        let input = (objects.to_vec(),).to_variant();
        let answer = self.call(SERVICE_PATH, OF_SERVICE, "Unlock", &input, "(aoo)")?;
        self.prompted(&path_in(&answer, 1)?)
    }

    /// Lets the service ask the person, where it has to, and waits for what they say.
    fn prompted(&self, prompt: &ObjectPath) -> Result<(), KeychainFault> {
        if prompt.as_str() == NONE {
            return Ok(());
        }
        let (tell, told) = oneshot::channel();
        let tell = RefCell::new(Some(tell));
        let heard = move |_: &DBusConnection, _: &str, _: &str, _: &str, _: &str, said: &Variant| {
            if let Some(tell) = tell.take() {
                // Nobody waits any more where it took too long.
                let _ = tell.send(said.child_value(0).get::<bool>());
            }
        };
        let (service, path, flags) = (Some(SERVICE), Some(prompt.as_str()), DBusSignalFlags::NONE);
        let hearing =
            self.bus.signal_subscribe(service, Some(OF_PROMPT), Some("Completed"), path, None, flags, heard);
        let asked = self.call(prompt.as_str(), OF_PROMPT, "Prompt", &("",).to_variant(), "()");
        let said = asked.map(|_| self.context.block_on(glib::future_with_timeout(LONGEST_PROMPT, told)));
        self.bus.signal_unsubscribe(hearing);
        match said? {
            Ok(Ok(Some(false))) => Ok(()),
            // Dismissed, without an answer, or none in time.
            _ => Err(KeychainFault::Refused),
        }
    }
}

/// What a secret is found by.
fn attributes(name: &str) -> HashMap<&'static str, String> {
    HashMap::from([("xdg:schema", SCHEMA.to_owned()), ("records", name.to_owned())])
}

fn path_in(answer: &Variant, at: usize) -> Result<ObjectPath, KeychainFault> {
    answer.child_value(at).get().ok_or(KeychainFault::Refused)
}

fn paths_in(answer: &Variant, at: usize) -> Result<Vec<ObjectPath>, KeychainFault> {
    answer.child_value(at).get().ok_or(KeychainFault::Refused)
}
