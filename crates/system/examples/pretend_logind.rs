//! A session made up for journeys in the real window: a bus in the folder that is named, and on it what answers as
//! logind does. Prints the address of the bus; then reads words, `lock`, `sleep`, `wake`, `screen-saver` or `held`, and
//! answers each with how many delays of sleep are held.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "a program for tests")]

#[cfg(target_os = "linux")]
#[path = "../tests/pretend/mod.rs"]
mod pretend;

#[cfg(target_os = "linux")]
fn main() {
    let folder = std::env::args_os().nth(1).expect("a folder");
    let bus = pretend::Bus::start(folder.as_ref()).expect("a dbus-daemon");
    let logind = pretend::Logind::start(&bus.address, true);
    println!("{}", bus.address);
    for word in std::io::stdin().lines() {
        match word.expect("a word").as_str() {
            "lock" => logind.lock(),
            "sleep" => logind.sleep(true),
            "wake" => logind.sleep(false),
            "screen-saver" => logind.screen_saver("org.freedesktop.ScreenSaver", true),
            "held" => {}
            other => panic!("no such word: {other}"),
        }
        println!("held {}", logind.held().len());
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {}
