//! What differs from one operating system to the next, behind one small trait: where a person's data lies and how a
//! second copy of the program reaches the first. What its session tells, of lock and of sleep, and its keychain are
//! `waymark-system`'s.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use waymark_api::Paths;
use waymark_system::keychain::{self, Keychain};
use waymark_system::session::{self, SessionWatch};

use crate::first;

/// The operating system, as far as the window needs it.
pub trait System {
    /// Where things lie for the person at this computer; nothing where the system names no home.
    fn paths(&self, catalogue: PathBuf) -> Option<Paths>;

    /// Asks the copy of the program that has this records folder to show its window; says whether it was heard.
    fn ask_first_copy(&self, folder: &Path) -> bool;

    /// Calls `show` whenever another copy asks for it.
    fn listen_to_copies(&self, folder: &Path, show: Box<dyn Fn() + Send>) -> io::Result<()>;

    /// The person's session. `why` is what the system may say of the wait before it sleeps.
    fn session(&self, why: String) -> Box<dyn SessionWatch>;

    /// The keychain of the person's account. `label` is what the system may call a secret where it lists them.
    fn keychain(&self, label: String) -> Arc<dyn Keychain>;
}

/// Linux, Windows and macOS, through libraries that know each of them.
pub struct Desktop;

impl System for Desktop {
    fn paths(&self, catalogue: PathBuf) -> Option<Paths> {
        Paths::of_person(catalogue)
    }

    fn ask_first_copy(&self, folder: &Path) -> bool {
        first::ask_to_show(folder)
    }

    fn listen_to_copies(&self, folder: &Path, show: Box<dyn Fn() + Send>) -> io::Result<()> {
        first::listen(folder, show)
    }

    fn session(&self, why: String) -> Box<dyn SessionWatch> {
        session::of_this_system(why)
    }

    fn keychain(&self, label: String) -> Arc<dyn Keychain> {
        keychain::of_this_system(label).into()
    }
}
