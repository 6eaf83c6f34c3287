//! The window and nothing else: it starts Tauri, hands each call to `api`, and closes the records before it ends.
#![forbid(unsafe_code)]

mod commands;
mod drawing;
mod first;
mod lock;
mod log;
mod system;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};
use waymark_api::{Desk, Language};
use waymark_records::{Computer, Cost};

use commands::Window;
use lock::Lock;
use system::{Desktop, System};
use words::Words;

/// How long the pages may take to hear that the window is to close before it closes all the same: they may hang.
const LONGEST_FAREWELL: Duration = Duration::from_secs(5);

/// The catalogue's file, among the resources of an installation or in the target folder of a build.
const CATALOGUE: &str = "waymark-catalogue.db";

/// Runs the program.
#[allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a second copy and a failed start speak on the terminal"
)]
pub fn run() -> ExitCode {
    drawing::choose();
    waymark_system::memory::keep_out_of_files();
    #[expect(clippy::disallowed_methods, reason = "Tauri's own, where its configuration can't be read")]
    let context = tauri::generate_context!();
    let Some(paths) = Desktop.paths(catalogue(&context)) else {
        eprintln!("{}", Words::of(Language::En).get("no_home"));
        return ExitCode::FAILURE;
    };
    let _log = paths.settings.parent().and_then(|folder| log::start(&folder.join("logs")));
    let desk = Desk::new(paths, Arc::new(Computer), Cost::REAL);
    let keychain = Desktop.keychain(Words::of(desk.language()).get("keychain_label"));
    let desk = Arc::new(desk.managed_by(waymark_api::managed_file()).with_keychain(keychain));
    // Whatever else stands in the way of the folder is said by the pages; only another copy ends this one.
    if desk.own().is_err_and(|error| error.code == "vault.in_use") && Desktop.ask_first_copy(&desk.folder()) {
        println!("{}", Words::of(desk.language()).get("already_open"));
        return ExitCode::SUCCESS;
    }
    tauri::async_runtime::spawn(waymark_api::backups::keep(Arc::downgrade(&desk)));
    let words = Words::of(desk.language());
    let window = Window {
        desk,
        bench: std::env::var_os("WAYMARK_BENCH").is_some(),
        asked: AtomicU64::new(0),
        heard: AtomicU64::new(0),
        lock: Lock::default(),
    };
    let built = tauri::Builder::default()
        .manage(window)
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::save_document,
            commands::pick_folder,
            commands::painted,
            commands::touched,
            commands::heard_close,
            commands::leave
        ])
        .setup(|app| {
            forget_recent_files();
            Ok(open(app.handle())?)
        })
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
                ask_to_leave(window.app_handle());
            }
        })
        .build(context);
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!("no window");
            eprintln!("{} {error}", words.get("no_window"));
            ExitCode::FAILURE
        }
    }
}

fn open(app: &AppHandle) -> tauri::Result<()> {
    let desk = Arc::clone(&app.state::<Window>().desk);
    let title = Words::of(desk.language()).get("title");
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title(title)
        .inner_size(1360.0, 860.0)
        .min_inner_size(480.0, 400.0)
        // Nothing of a page outlives the window: no storage, no cache, no cookies on the disk. WebKit's driver cannot
        // reach such a window, so one that tests drive keeps its web data in a folder that the test throws away.
        .incognito(std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none())
        .disable_drag_drop_handler()
        .on_navigation(|address| {
            matches!(address.scheme(), "tauri" | "about") || address.host_str() == Some("tauri.localhost")
        })
        .build()?;
    let shown = app.clone();
    let listening = Desktop.listen_to_copies(&desk.folder(), Box::new(move || show(&shown)));
    if let Err(error) = listening {
        // A second copy will not find this one; it will say that the records are in use.
        tracing::warn!(kind = %error.kind(), "other copies can't call this one");
    }
    Ok(())
}

/// The names of documents that a person saves must not stand in the system's list of recent files, which lies outside
/// the encrypted records. GTK's dialogs would put them there.
#[cfg(target_os = "linux")]
fn forget_recent_files() {
    use gtk::prelude::*;
    if let Some(settings) = gtk::Settings::default() {
        settings.set_property("gtk-recent-files-enabled", false);
    }
}

#[cfg(not(target_os = "linux"))]
fn forget_recent_files() {}

fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        for shown in [window.unminimize(), window.show(), window.set_focus()] {
            if shown.is_err() {
                tracing::warn!("the window did not come forward");
            }
        }
    }
}

/// Asks the pages to save what is being typed and then to close; closes by itself where they do not answer.
fn ask_to_leave(app: &AppHandle) {
    let wish = app.state::<Window>().asked.fetch_add(1, Ordering::SeqCst) + 1;
    let told = app.emit("close", ()).is_ok();
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if told {
            tokio::time::sleep(LONGEST_FAREWELL).await;
        }
        if app.state::<Window>().heard.load(Ordering::SeqCst) < wish {
            close(&app).await;
        }
    });
}

/// Closes the records, then the program.
pub(crate) async fn close(app: &AppHandle) {
    let desk = Arc::clone(&app.state::<Window>().desk);
    if let Err(error) = desk.close().await {
        tracing::error!(code = error.code, "the records did not close in order");
    }
    app.exit(0);
}

/// The catalogue of the installation, or that of the build.
fn catalogue(context: &tauri::Context) -> PathBuf {
    let beside_program = std::env::current_exe().ok();
    let installed = tauri::utils::platform::resource_dir(context.package_info(), &tauri::Env::default())
        .map(|folder| folder.join(CATALOGUE));
    let built =
        beside_program.as_deref().and_then(|program| Some(program.parent()?.parent()?.join(CATALOGUE)));
    built.filter(|path| path.exists()).or(installed.ok()).unwrap_or_else(|| CATALOGUE.into())
}
