//! One window for one records folder. The folder's lock says whether another copy has it; a local socket (a named pipe
//! on Windows), named after the folder, lets the second copy ask the first to show itself. It is no network socket and
//! needs no session bus.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Name, Stream, ToNsName, prelude::*};

const SHOW: &[u8] = b"show\n";

/// How long one copy waits for the other's words.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks the copy that has this folder to show its window; says whether it was heard.
#[must_use]
pub fn ask_to_show(folder: &Path) -> bool {
    let Ok(name) = name(folder) else { return false };
    let Ok(mut stream) = Stream::connect(name) else { return false };
    let mut answer = [0];
    if stream.set_recv_timeout(Some(PATIENCE)).is_err() {
        return false;
    }
    stream.write_all(SHOW).is_ok() && stream.read_exact(&mut answer).is_ok()
}

/// Listens for other copies of the program, on a thread of its own, and calls `show` for each.
pub fn listen(folder: &Path, show: impl Fn() + Send + 'static) -> std::io::Result<()> {
    let listener = ListenerOptions::new().name(name(folder)?).create_sync()?;
    std::thread::Builder::new().name("other copies".into()).spawn(move || {
        for stream in listener.incoming().filter_map(Result::ok) {
            let mut stream = stream;
            let mut asked = [0; SHOW.len()];
            // Somebody who connects and says nothing must not keep others waiting for good.
            let patient = stream.set_recv_timeout(Some(PATIENCE)).is_ok();
            if patient && stream.read_exact(&mut asked).is_ok() && asked == SHOW {
                show();
                // The other copy may have ended meanwhile; it was shown all the same.
                let _ = stream.write_all(b"1");
            }
        }
    })?;
    Ok(())
}

fn name(folder: &Path) -> std::io::Result<Name<'static>> {
    let mut hash = DefaultHasher::new();
    folder.hash(&mut hash);
    format!("waymark-{:016x}.sock", hash.finish()).to_ns_name::<GenericNamespaced>()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_second_copy_is_heard_by_the_first_of_the_same_folder_only() {
        let folder = std::env::current_dir().unwrap().join("no such folder, first test");
        let (tell, heard) = mpsc::channel();
        assert!(!ask_to_show(&folder));
        listen(&folder, move || tell.send(()).unwrap()).unwrap();
        assert!(ask_to_show(&folder));
        heard.recv().unwrap();
        assert!(!ask_to_show(&folder.join("another")));
    }
}
