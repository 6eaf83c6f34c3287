//! Linux: logind on the system bus tells of the session's lock and of sleep, screen savers on the session bus tell of
//! themselves. It runs on a thread of its own with a main context of its own, so that neither a slow bus nor a busy
//! window keeps the other waiting. Buses that are not there are no fault.

use std::path::Path;
use std::rc::Rc;

use gio::prelude::*;
use gio::{Cancellable, DBusCallFlags, DBusConnection, DBusConnectionFlags, DBusSignalFlags, UnixFDList};
use glib::{MainContext, Variant, VariantTy};
use tokio::sync::watch;

use crate::session::{SessionWatch, Sign};

const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const LOGIND_PATH: &str = "/org/freedesktop/login1";

/// Screen savers that tell when they come on. Each desktop has its own path; the name of the interface is enough.
const SCREEN_SAVERS: &[&str] = &[
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
];

/// How long logind may take to answer, in milliseconds.
const PATIENCE: i32 = 5_000;

/// The two buses of a session.
#[derive(Debug, Clone)]
pub struct Buses {
    /// Address of the system's bus.
    pub system: Option<String>,
    /// Address of the session's bus.
    pub session: Option<String>,
    /// What logind may say of the wait before sleep.
    pub why: String,
    /// logind's name of this session, where it is known.
    pub session_id: Option<String>,
}

impl Buses {
    /// Those that the environment names, else those of every installation. None is started that is not there.
    pub(crate) fn of_this_session(why: String) -> Self {
        Self {
            system: named("DBUS_SYSTEM_BUS_ADDRESS")
                .or_else(|| there("/run/dbus/system_bus_socket"))
                .or_else(|| there("/var/run/dbus/system_bus_socket")),
            session: session_bus(),
            why,
            session_id: named("XDG_SESSION_ID"),
        }
    }
}

/// Address of the session's bus: the one that the environment names, else that of every installation.
pub(crate) fn session_bus() -> Option<String> {
    named("DBUS_SESSION_BUS_ADDRESS")
        .or_else(|| named("XDG_RUNTIME_DIR").and_then(|folder| there(&format!("{folder}/bus"))))
}

fn named(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn there(path: &str) -> Option<String> {
    Path::new(path).exists().then(|| format!("unix:path={path}"))
}

impl SessionWatch for Buses {
    fn watch(&self, open: watch::Receiver<bool>, tell: Box<dyn Fn(Sign) + Send>) {
        let buses = self.clone();
        let watching =
            std::thread::Builder::new().name("session".into()).spawn(move || run(&buses, open, tell));
        if let Err(error) = watching {
            tracing::warn!(kind = %error.kind(), "the session can't be watched");
        }
    }
}

fn run(buses: &Buses, open: watch::Receiver<bool>, tell: Box<dyn Fn(Sign) + Send>) {
    let context = MainContext::new();
    let tell: Rc<dyn Fn(Sign)> = Rc::from(tell as Box<dyn Fn(Sign)>);
    let ran = context.with_thread_default(|| {
        let session = connect(buses.session.as_deref(), "session");
        if let Some(bus) = &session {
            hear_screen_savers(bus, &tell);
        }
        let system = connect(buses.system.as_deref(), "system");
        if let Some(bus) = &system {
            hear_logind(bus, buses, &tell);
        }
        context.block_on(delay_sleep(system.as_ref(), &buses.why, open));
    });
    if ran.is_err() {
        tracing::warn!("the session can't be watched");
    }
}

pub(crate) fn connect(address: Option<&str>, which: &str) -> Option<DBusConnection> {
    let flags = DBusConnectionFlags::AUTHENTICATION_CLIENT | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
    let connected = DBusConnection::for_address_sync(address?, flags, None, Cancellable::NONE);
    if let Ok(bus) = connected {
        bus.set_exit_on_close(false);
        Some(bus)
    } else {
        tracing::warn!(which, "the bus does not answer");
        None
    }
}

fn hear_screen_savers(bus: &DBusConnection, tell: &Rc<dyn Fn(Sign)>) {
    for interface in SCREEN_SAVERS {
        hear(bus, None, interface, "ActiveChanged", None, tell, |said| {
            is_true(said).then_some(Sign::ScreenSaver)
        });
    }
}

fn hear_logind(bus: &DBusConnection, buses: &Buses, tell: &Rc<dyn Fn(Sign)>) {
    let own = own_session(bus, buses.session_id.as_deref());
    hear(bus, Some(LOGIND), SESSION, "Lock", own.as_deref(), tell, |_| Some(Sign::Locked));
    hear(bus, Some(LOGIND), MANAGER, "PrepareForSleep", Some(LOGIND_PATH), tell, |said| {
        is_true(said).then_some(Sign::Sleep)
    });
}

/// Hears a signal as long as this thread lives; the connection outlives it by a moment, and tells nobody then.
fn hear(
    bus: &DBusConnection,
    sender: Option<&str>,
    interface: &str,
    signal: &str,
    path: Option<&str>,
    tell: &Rc<dyn Fn(Sign)>,
    sign: impl Fn(&Variant) -> Option<Sign> + 'static,
) {
    let tell = Rc::downgrade(tell);
    let heard = move |_: &DBusConnection, _: &str, _: &str, _: &str, _: &str, said: &Variant| {
        if let (Some(tell), Some(sign)) = (tell.upgrade(), sign(said)) {
            tell(sign);
        }
    };
    // Its number would only be needed to stop hearing.
    let _ =
        bus.signal_subscribe(sender, Some(interface), Some(signal), path, None, DBusSignalFlags::NONE, heard);
}

fn is_true(said: &Variant) -> bool {
    said.n_children() == 1 && said.child_value(0).get::<bool>() == Some(true)
}

/// logind's object of this session: by its name, else as that of this process. Nothing where neither is known, as
/// where the desktop starts programs outside the session; then the lock of any session of this computer counts.
fn own_session(bus: &DBusConnection, id: Option<&str>) -> Option<String> {
    let ask = |method: &str, input: Variant| {
        let answer = bus.call_sync(
            Some(LOGIND),
            LOGIND_PATH,
            MANAGER,
            method,
            Some(&input),
            Some(VariantTy::new("(o)").ok()?),
            DBusCallFlags::NONE,
            PATIENCE,
            Cancellable::NONE,
        );
        answer.ok()?.child_value(0).str().map(str::to_owned)
    };
    id.and_then(|id| ask("GetSession", (id,).to_variant()))
        .or_else(|| ask("GetSessionByPID", (std::process::id(),).to_variant()))
}

/// Keeps the computer from sleeping before the records are closed, as long as they are open. Ends when nobody tells
/// any more whether they are.
async fn delay_sleep(bus: Option<&DBusConnection>, why: &str, mut open: watch::Receiver<bool>) {
    let mut held: Option<UnixFDList> = None;
    loop {
        let wanted = *open.borrow_and_update();
        if !wanted {
            // The list closes the file that it holds, and that is how logind hears of it.
            held = None;
        } else if held.is_none()
            && let Some(bus) = bus
        {
            held = inhibit(bus, why);
        }
        if open.changed().await.is_err() {
            return;
        }
    }
}

fn inhibit(bus: &DBusConnection, why: &str) -> Option<UnixFDList> {
    let answer = bus.call_with_unix_fd_list_sync(
        Some(LOGIND),
        LOGIND_PATH,
        MANAGER,
        "Inhibit",
        Some(&("sleep", "Waymark", why, "delay").to_variant()),
        Some(VariantTy::new("(h)").ok()?),
        DBusCallFlags::NONE,
        PATIENCE,
        UnixFDList::NONE,
        Cancellable::NONE,
    );
    if let Ok((_, files)) = answer {
        Some(files)
    } else {
        tracing::warn!("sleep can't be delayed until the records are closed");
        None
    }
}
