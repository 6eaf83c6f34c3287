//! The signs that a person's session gives: it locks, its screen saver comes on, the computer is about to sleep.

use tokio::sync::watch;

#[cfg(target_os = "linux")]
pub use crate::linux::Buses;

/// What the session says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The session was locked.
    Locked,
    /// The screen saver has come on.
    ScreenSaver,
    /// The computer is about to sleep, and waits a few seconds for whoever asked for that.
    Sleep,
}

/// A system's session.
pub trait SessionWatch: Send + Sync {
    /// Watches from now on, beside the caller, until the sender of `open` is gone; tells each sign as it comes. While
    /// `open` says that the records are open, the system's sleep waits until they are closed. A session that can't be
    /// heard is told to the log and gives no sign.
    fn watch(&self, open: watch::Receiver<bool>, tell: Box<dyn Fn(Sign) + Send>);
}

/// Sessions of systems for which nobody has written this yet: Windows (`WTSRegisterSessionNotification`,
/// `WM_POWERBROADCAST`) and macOS (`com.apple.screenIsLocked`, `NSWorkspaceWillSleepNotification`). There the records
/// are locked by hand and after idle time, in which sleep counts where the system's clock counts it.
pub struct Unheard;

impl SessionWatch for Unheard {
    fn watch(&self, _: watch::Receiver<bool>, _: Box<dyn Fn(Sign) + Send>) {
        tracing::info!("this system's session gives no sign that is understood");
    }
}

/// The session of the system that this program was built for. `why` is what the system may say of the wait before it
/// sleeps.
#[must_use]
pub fn of_this_system(why: String) -> Box<dyn SessionWatch> {
    #[cfg(target_os = "linux")]
    return Box::new(Buses::of_this_session(why));
    #[cfg(not(target_os = "linux"))]
    {
        drop(why);
        Box::new(Unheard)
    }
}
