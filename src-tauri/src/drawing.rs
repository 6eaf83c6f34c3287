//! How WebKit draws on Linux. On a computer without a usable graphics device its shared-buffer way shows an empty
//! window and costs 60 MB, so the plain way is chosen there before GTK starts. The variable is set by starting the
//! same program anew in the same process, because changing it in place is not safe once threads run.

const PLAIN: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Chooses the way of drawing; starts the program anew where that needs a variable. Comes back otherwise.
#[cfg(target_os = "linux")]
pub fn choose() {
    use std::os::unix::process::CommandExt;
    if std::env::var_os(PLAIN).is_some() || has_graphics_device() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // Where the new start fails, this one goes on with the usual way of drawing.
        let _ = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(PLAIN, "1").exec();
    }
}

#[cfg(not(target_os = "linux"))]
pub fn choose() {}

#[cfg(target_os = "linux")]
fn has_graphics_device() -> bool {
    let Ok(devices) = std::fs::read_dir("/dev/dri") else { return false };
    devices.filter_map(Result::ok).any(|device| {
        let render = device.file_name().to_string_lossy().starts_with("renderD");
        render && std::fs::OpenOptions::new().read(true).write(true).open(device.path()).is_ok()
    })
}
