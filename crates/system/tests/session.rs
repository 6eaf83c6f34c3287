//! The signs of a session, on a private bus with a service that answers as logind does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on stops, and says what it could not run"
)]
#![cfg(target_os = "linux")]

mod pretend;

use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use pretend::{Bus, Logind};
use tempfile::TempDir;
use tokio::sync::watch;
use waymark_system::session::{Buses, SessionWatch, Sign};

/// Long enough for a busy computer, and only waited for where something is missing.
const PATIENCE: Duration = Duration::from_secs(20);

/// A moment in which a sign would have come that must not come.
const QUIET: Duration = Duration::from_millis(300);

struct Scene {
    logind: Logind,
    signs: Receiver<Sign>,
    open: watch::Sender<bool>,
    _bus: Bus,
    _folder: TempDir,
}

/// A watched session with open records; ready once its delay of sleep is held.
fn scene(sessions: bool) -> Option<Scene> {
    let folder = TempDir::new().unwrap();
    let Some(bus) = Bus::start(folder.path()) else {
        println!("not run: there is no dbus-daemon");
        return None;
    };
    let logind = Logind::start(&bus.address, sessions);
    let buses = Buses {
        system: Some(bus.address.clone()),
        session: Some(bus.address.clone()),
        why: "why-words".into(),
        session_id: sessions.then(|| "c1".into()),
    };
    let (open, is_open) = watch::channel(true);
    let (tell, signs) = mpsc::channel();
    buses.watch(is_open, Box::new(move |sign| tell.send(sign).unwrap_or_default()));
    until(|| !logind.held().is_empty());
    Some(Scene { logind, signs, open, _bus: bus, _folder: folder })
}

fn until(true_at_last: impl Fn() -> bool) {
    let begun = Instant::now();
    while !true_at_last() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain");
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Scene {
    fn next(&self) -> Sign {
        self.signs.recv_timeout(PATIENCE).expect("a sign")
    }

    fn nothing_comes(&self) {
        assert_eq!(self.signs.recv_timeout(QUIET).ok(), None);
    }
}

#[test]
fn lock_sleep_and_screen_savers_are_heard_each_once() {
    let Some(scene) = scene(true) else { return };
    scene.logind.lock();
    assert_eq!(scene.next(), Sign::Locked);
    scene.logind.sleep(true);
    assert_eq!(scene.next(), Sign::Sleep);
    for interface in ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"] {
        scene.logind.screen_saver(interface, true);
        assert_eq!(scene.next(), Sign::ScreenSaver, "{interface}");
    }
    // Waking up, a screen saver that goes off and somebody else's session are no signs.
    scene.logind.sleep(false);
    scene.logind.screen_saver("org.freedesktop.ScreenSaver", false);
    scene.logind.lock_another();
    scene.nothing_comes();
}

#[test]
fn where_the_own_session_is_not_known_any_session_s_lock_counts() {
    let Some(scene) = scene(false) else { return };
    scene.logind.lock_another();
    assert_eq!(scene.next(), Sign::Locked);
}

#[test]
fn sleep_waits_while_the_records_are_open_and_no_longer() {
    let Some(scene) = scene(true) else { return };
    let held = scene.logind.held();
    assert_eq!(held.len(), 1);
    for word in ["'sleep'", "'Waymark'", "'why-words'", "'delay'"] {
        assert!(held[0].contains(word), "{held:?}");
    }
    scene.open.send(false).unwrap();
    until(|| scene.logind.held().is_empty());
    scene.open.send(true).unwrap();
    until(|| scene.logind.held().len() == 1);
    // The program ends.
    drop(scene.open);
    until(|| scene.logind.held().is_empty());
}

#[test]
fn without_a_bus_or_a_service_nothing_fails() {
    let folder = TempDir::new().unwrap();
    let nowhere = format!("unix:path={}", folder.path().join("none").display());
    let mut addresses = vec![None, Some(nowhere)];
    let bus = Bus::start(folder.path());
    addresses.extend(bus.as_ref().map(|bus| Some(bus.address.clone())));
    for address in addresses {
        let buses = Buses { system: address.clone(), session: address, why: String::new(), session_id: None };
        let (open, is_open) = watch::channel(true);
        let (tell, signs) = mpsc::channel::<Sign>();
        buses.watch(is_open, Box::new(move |sign| tell.send(sign).unwrap_or_default()));
        drop(open);
        // The thread ends, and its sender with it, having told nothing.
        assert_eq!(signs.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected));
    }
}
