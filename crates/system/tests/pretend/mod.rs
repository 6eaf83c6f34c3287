//! A session made up for tests: a bus of its own, started from a file of settings, and on it a service that answers
//! and signals as logind and a screen saver do. It knows which delays of sleep are held, and sees each let go.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test's own set-up")]

use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};

use gio::prelude::*;
use gio::{Cancellable, DBusCallFlags, DBusConnection, DBusConnectionFlags, DBusNodeInfo, UnixFDList};
use glib::{MainContext, MainLoop, Variant};

const OWN_SESSION: &str = "/org/freedesktop/login1/session/own";
const LOGIND_PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const INTERFACE: &str = r#"<node><interface name="org.freedesktop.login1.Manager">
  <method name="GetSession"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
  <method name="GetSessionByPID"><arg type="u" direction="in"/><arg type="o" direction="out"/></method>
  <method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="h" direction="out"/></method>
</interface></node>"#;

/// A bus of its own.
pub struct Bus {
    daemon: Child,
    pub address: String,
}

impl Bus {
    /// Starts it in a folder. Nothing where this computer has no `dbus-daemon`.
    pub fn start(folder: &Path) -> Option<Self> {
        let settings = folder.join("bus.conf");
        let text = format!(
            r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
              "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><listen>unix:dir={}</listen><policy context="default">
            <allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>"#,
            folder.display()
        );
        std::fs::write(&settings, text).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", settings.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Some(Self { daemon, address: address.trim().to_owned() })
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// What answers as logind does.
pub struct Logind {
    bus: DBusConnection,
    delays: Arc<Mutex<Vec<(String, UnixStream)>>>,
    done: MainLoop,
}

impl Logind {
    /// Answers on the bus at this address. `sessions`: whether it knows whose session asks.
    pub fn start(address: &str, sessions: bool) -> Self {
        let delays = Arc::new(Mutex::new(Vec::new()));
        let own_delays = Arc::clone(&delays);
        let (bus, done) = answering(address, "org.freedesktop.login1", move |bus| {
            answer(bus, sessions, &own_delays);
        });
        Self { bus, delays, done }
    }

    /// The session that asks is locked.
    pub fn lock(&self) {
        self.lock_of(OWN_SESSION);
    }

    /// Another session is locked.
    #[allow(dead_code, reason = "the example never locks another session")]
    pub fn lock_another(&self) {
        self.lock_of("/org/freedesktop/login1/session/another");
    }

    /// The computer is about to sleep, or has woken.
    pub fn sleep(&self, begins: bool) {
        self.signal(LOGIND_PATH, MANAGER, "PrepareForSleep", Some(&(begins,).to_variant()));
    }

    /// A screen saver comes on, or goes off.
    pub fn screen_saver(&self, interface: &str, on: bool) {
        self.signal("/org/a/screen/saver", interface, "ActiveChanged", Some(&(on,).to_variant()));
    }

    /// What the delays of sleep that are still held said of themselves.
    pub fn held(&self) -> Vec<String> {
        let mut delays = self.delays.lock().unwrap();
        delays.retain_mut(|(_, file)| {
            file.set_nonblocking(true).unwrap();
            matches!(file.read(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock)
        });
        delays.iter().map(|(said, _)| said.clone()).collect()
    }

    fn lock_of(&self, session: &str) {
        self.signal(session, "org.freedesktop.login1.Session", "Lock", None);
    }

    fn signal(&self, path: &str, interface: &str, name: &str, said: Option<&Variant>) {
        self.bus.emit_signal(None, path, interface, name, said).unwrap();
        self.bus.flush_sync(Cancellable::NONE).unwrap();
    }
}

impl Drop for Logind {
    fn drop(&mut self) {
        self.done.quit();
    }
}

fn answer(bus: &DBusConnection, sessions: bool, delays: &Arc<Mutex<Vec<(String, UnixStream)>>>) {
    let node = DBusNodeInfo::for_xml(INTERFACE).unwrap();
    let interface = node.lookup_interface(MANAGER).unwrap();
    let delays = Arc::clone(delays);
    let registered = bus.register_object(
        LOGIND_PATH,
        &interface,
        move |_, _, _, _, method, said, invocation| match method {
            "Inhibit" => {
                let (theirs, ours) = UnixStream::pair().unwrap();
                delays.lock().unwrap().push((said.to_string(), ours));
                let files = UnixFDList::from_array([theirs]);
                let handle = Variant::tuple_from_iter([glib::variant::Handle(0).to_variant()]);
                invocation.return_value_with_unix_fd_list(Some(&handle), Some(&files));
            }
            _ if sessions => {
                let path = glib::variant::ObjectPath::try_from(OWN_SESSION.to_owned()).unwrap();
                invocation.return_value(Some(&Variant::tuple_from_iter([path.to_variant()])));
            }
            _ => invocation.return_dbus_error("org.freedesktop.login1.NoSessionForPID", "none"),
        },
        |_, _, _, _, _| ().to_variant(),
        |_, _, _, _, _, _| false,
    );
    assert!(registered.is_ok());
}

/// Answers under a name on the bus at this address, on a thread of its own, until the loop is ended.
pub fn answering(
    address: &str,
    name: &'static str,
    answer: impl FnOnce(&DBusConnection) + Send + 'static,
) -> (DBusConnection, MainLoop) {
    let (made, ready) = mpsc::channel();
    let address = address.to_owned();
    std::thread::spawn(move || {
        let context = MainContext::new();
        let answering = context.with_thread_default(|| {
            let flags =
                DBusConnectionFlags::AUTHENTICATION_CLIENT | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
            let bus = DBusConnection::for_address_sync(&address, flags, None, Cancellable::NONE).unwrap();
            answer(&bus);
            ask_for_name(&bus, name);
            let done = MainLoop::new(Some(&context), false);
            made.send((bus, done.clone())).unwrap();
            done.run();
        });
        answering.unwrap();
    });
    ready.recv().unwrap()
}

fn ask_for_name(bus: &DBusConnection, name: &str) {
    let named = bus.call_sync(
        Some("org.freedesktop.DBus"),
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        "RequestName",
        Some(&(name, 0_u32).to_variant()),
        None,
        DBusCallFlags::NONE,
        5_000,
        Cancellable::NONE,
    );
    assert!(named.is_ok());
}
