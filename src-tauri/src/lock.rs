//! When the window locks the records by itself: nobody has touched it for the set time, the person's session locks, or
//! the computer is about to sleep. The pages are asked first, because they save what is being typed; where they do not
//! answer, the records are closed all the same and the pages are begun anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::{Mutex, watch};
use waymark_system::idle::{Idle, uptime};
use waymark_system::session::Sign;

use crate::commands::Window;
use crate::system::{Desktop, System};
use crate::words::Words;

/// How long the pages may take to save; closing the records then takes as long as jobs take to stop.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// The pages lock when the time is over; this much later they hang.
const GRACE: Duration = Duration::from_secs(15);

/// The longest time between two looks at the clock, which goes on while the computer sleeps; a timer does not.
const LONGEST_LOOK: Duration = Duration::from_secs(10);

/// What the window keeps about locking.
pub struct Lock {
    idle: Idle,
    /// Whether the records are open.
    open: watch::Sender<bool>,
    /// Whether the pages have begun to close them.
    closing: watch::Sender<bool>,
    /// Whether anybody watches already: not before the records are open for the first time.
    watching: AtomicBool,
    /// Held by the one lock that is under way.
    under_way: Mutex<()>,
}

impl Default for Lock {
    fn default() -> Self {
        Self {
            idle: Idle::default(),
            open: watch::Sender::new(false),
            closing: watch::Sender::new(false),
            watching: AtomicBool::new(false),
            under_way: Mutex::new(()),
        }
    }
}

/// Somebody touches the pages.
pub fn touched(app: &AppHandle) {
    app.state::<Window>().lock.idle.touched(uptime());
}

/// The pages have saved, and close the records.
pub fn closing(app: &AppHandle, yes: bool) {
    app.state::<Window>().lock.closing.send_replace(yes);
}

/// Looks whether the records are open, after every operation: one of them may have opened or closed them.
pub fn look(app: &AppHandle) {
    let window = app.state::<Window>();
    // While they are being opened or closed, the operation that does so looks afterwards.
    let Some(open) = window.desk.is_open() else { return };
    let turned = window.lock.open.send_if_modified(|known| std::mem::replace(known, open) != open);
    if turned && open {
        touched(app);
        if !window.lock.watching.swap(true, Ordering::SeqCst) {
            watch(app);
        }
    }
}

/// Watches the session and the idle time from now on.
fn watch(app: &AppHandle) {
    let window = app.state::<Window>();
    let why = Words::of(window.desk.language()).get("sleep_waits");
    let told = app.clone();
    let tell = move |sign: Sign| {
        let app = told.clone();
        tauri::async_runtime::spawn(async move { lock(&app, name(sign)).await });
    };
    Desktop.session(why).watch(window.lock.open.subscribe(), Box::new(tell));
    tauri::async_runtime::spawn(watch_idle_time(app.clone()));
}

fn name(sign: Sign) -> &'static str {
    match sign {
        Sign::Locked => "session",
        Sign::ScreenSaver => "screen saver",
        Sign::Sleep => "sleep",
    }
}

async fn watch_idle_time(app: AppHandle) {
    let window = app.state::<Window>();
    let mut open = window.lock.open.subscribe();
    while open.wait_for(|open| *open).await.is_ok() {
        let left = window.lock.idle.left(uptime(), window.desk.idle_limit() + GRACE);
        if left.is_zero() {
            lock(&app, "idle").await;
        }
        tokio::select! {
            () = tokio::time::sleep(left.clamp(Duration::from_millis(100), LONGEST_LOOK)) => {}
            turned = open.wait_for(|open| !*open) => if turned.is_err() { return },
        }
    }
}

/// Asks the pages to save and to lock, and does it for them where they do not.
async fn lock(app: &AppHandle, why: &'static str) {
    let window = app.state::<Window>();
    let Ok(_only) = window.lock.under_way.try_lock() else { return };
    if !*window.lock.open.borrow() || *window.lock.closing.borrow() {
        return;
    }
    tracing::info!(why, "locking");
    let told = app.emit("lock", ()).is_ok();
    let patience = if told { LONGEST_WAIT } else { Duration::ZERO };
    let (mut closing, mut open) = (window.lock.closing.subscribe(), window.lock.open.subscribe());
    let answer = async {
        tokio::select! {
            _ = closing.wait_for(|closing| *closing) => {}
            _ = open.wait_for(|open| !*open) => {}
        }
    };
    if tokio::time::timeout(patience, answer).await.is_ok() {
        return;
    }
    tracing::warn!("the pages did not lock");
    // What they show goes at once, whatever closing takes.
    begin_anew(app);
    let desk = Arc::clone(&window.desk);
    if let Err(error) = desk.close().await {
        tracing::error!(code = error.code, "the records did not close in order");
    }
    look(app);
}

/// Ends the pages, which may hang, and loads them again at the same address.
#[cfg(target_os = "linux")]
fn begin_anew(app: &AppHandle) {
    use webkit2gtk::WebViewExt;
    let Some(window) = app.get_webview_window("main") else { return };
    let begun = window.with_webview(|view| {
        let view = view.inner();
        view.terminate_web_process();
        view.reload();
    });
    if begun.is_err() {
        tracing::error!("the pages could not be begun anew");
    }
}

#[cfg(not(target_os = "linux"))]
fn begin_anew(app: &AppHandle) {
    let begun = app.get_webview_window("main").map(|window| window.reload());
    if begun.is_none_or(|begun| begun.is_err()) {
        tracing::error!("the pages could not be begun anew");
    }
}
