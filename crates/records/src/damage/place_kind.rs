//! On what a records folder lies. SQLite's log needs a disk of this computer: on a network share two computers can't
//! lock against each other, and a cloud client uploads half of a change. Such a folder is good for backups, and the
//! records are not opened in it.

use std::path::{Component, Path, PathBuf};

/// What a folder lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A disk or stick of this computer.
    Local,
    /// A share of another computer.
    Network,
    /// A folder that a cloud client copies, with the client's name.
    Synchronized(&'static str),
}

/// Folder names of cloud clients; the second half of each says whether more may follow (`OneDrive - Northside School`).
const NAMES: &[(&str, &str, bool)] = &[
    ("onedrive", "OneDrive", true),
    ("dropbox", "Dropbox", true),
    ("google drive", "Google Drive", true),
    ("googledrive", "Google Drive", true),
    ("iclouddrive", "iCloud", false),
    ("icloud drive", "iCloud", false),
    ("mobile documents", "iCloud", false),
    ("com~apple~clouddocs", "iCloud", false),
    ("nextcloud", "Nextcloud", true),
    ("owncloud", "ownCloud", true),
    ("syncthing", "Syncthing", false),
];

/// What cloud clients leave in the uppermost folder that they copy.
const MARKS: &[(&str, &str)] = &[
    (".dropbox", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
];

/// Types of file systems that are another computer's, as the system's list of mounts names them.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "smb2",
    "9p",
    "afs",
    "ncpfs",
    "ceph",
    "davfs",
    "fuse.davfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "fuse.google-drive-ocamlfuse",
    "fuse.onedriver",
    "fuse.s3fs",
    "fuse.glusterfs",
    "fuse.curlftpfs",
    "fuse.smbnetfs",
    "lustre",
    "gpfs",
    "afpfs",
    "webdav",
];

/// The same by the number that a file system has on Linux (statfs(2)), for where there is no list of mounts.
const NETWORK_NUMBERS: &[u32] = &[
    0x6969,      // nfs
    0xff53_4d42, // cifs
    0xfe53_4d42, // smb2
    0x517b,      // smb
    0x0102_1997, // 9p
    0x5346_414f, // afs
    0x564c,      // ncp
    0x00c3_6400, // ceph
    0x7375_7245, // coda
    0x0bd0_0bd0, // lustre
];

/// What the system says of the disk below a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disk {
    /// Number of the file system, on Linux.
    pub number: Option<u32>,
    /// Its type in the list of mounts.
    pub kind: Option<String>,
}

impl PlaceKind {
    /// Judges a folder, which need not be there yet: what lies above it decides.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let there = nearest(path);
        Self::judge(path, &disk_of(&there), |mark| mark.try_exists().unwrap_or(false))
    }

    /// Judges by what is known; `exists` is asked for the marks of cloud clients.
    pub fn judge(path: &Path, disk: &Disk, exists: impl Fn(&Path) -> bool) -> Self {
        let by_kind = disk.kind.as_deref().is_some_and(|kind| NETWORK.contains(&kind));
        let by_number = disk.number.is_some_and(|number| NETWORK_NUMBERS.contains(&number));
        if by_kind || by_number || is_share(path) {
            return Self::Network;
        }
        for component in path.components() {
            if let Component::Normal(name) = component
                && let Some(client) = client_named(&name.to_string_lossy())
            {
                return Self::Synchronized(client);
            }
        }
        path.ancestors()
            .find_map(|folder| MARKS.iter().find(|(mark, _)| exists(&folder.join(mark))))
            .map_or(Self::Local, |(_, client)| Self::Synchronized(client))
    }
}

fn client_named(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let fits = |begins: &str, more: bool| {
        name.strip_prefix(begins)
            .is_some_and(|rest| rest.is_empty() || (more && rest.starts_with([' ', '-', '('])))
    };
    NAMES.iter().find(|(begins, _, more)| fits(begins, *more)).map(|(_, client, _)| *client)
}

/// `\\server\share\…` on Windows.
fn is_share(path: &Path) -> bool {
    use std::path::Prefix;
    matches!(
        path.components().next(),
        Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    )
}

/// The path itself, or what is nearest above it and there; links followed, so that a link into a share is one.
fn nearest(path: &Path) -> PathBuf {
    path.ancestors().find_map(|above| above.canonicalize().ok()).unwrap_or_else(|| path.to_path_buf())
}

#[cfg(target_os = "linux")]
fn disk_of(path: &Path) -> Disk {
    let number = rustix::fs::statfs(path).ok();
    // The upper half of a wider word is empty, or all sign.
    let number = number.and_then(|disk| u32::try_from(disk.f_type & 0xffff_ffff).ok());
    let kind =
        std::fs::read_to_string("/proc/self/mountinfo").ok().and_then(|mounts| kind_of_mount(&mounts, path));
    Disk { number, kind }
}

#[cfg(not(target_os = "linux"))]
fn disk_of(_: &Path) -> Disk {
    // Other systems: shares by their paths, synchronized folders by their names and marks.
    Disk::default()
}

/// The type of the innermost mount that holds a path, from the text of `/proc/self/mountinfo` (proc(5)).
#[cfg(any(target_os = "linux", test))]
fn kind_of_mount(mounts: &str, path: &Path) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((before, after)) = line.split_once(" - ") else { continue };
        let Some(point) = before.split(' ').nth(4).map(|point| point.replace("\\040", " ")) else { continue };
        let depth = Path::new(&point).components().count();
        // Of two mounts at one point the later one lies on top.
        if path.starts_with(&point) && best.is_none_or(|(deepest, _)| depth >= deepest) {
            best = Some((depth, after.split(' ').next().unwrap_or_default()));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(path: &str, disk: &Disk) -> PlaceKind {
        PlaceKind::judge(Path::new(path), disk, |_| false)
    }

    #[test]
    fn shares_are_known_by_type_and_by_number_and_sticks_are_not_taken_for_them() {
        for kind in ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "fuse.rclone"] {
            let disk = Disk { number: None, kind: Some(kind.into()) };
            assert_eq!(judged("/home/a/records", &disk), PlaceKind::Network, "{kind}");
        }
        for number in NETWORK_NUMBERS {
            let disk = Disk { number: Some(*number), kind: None };
            assert_eq!(judged("/home/a/records", &disk), PlaceKind::Network, "{number:x}");
        }
        for (kind, number) in
            [("ext4", 0xef53), ("fuseblk", 0x6573_5546), ("vfat", 0x4d44), ("tmpfs", 0x0102_1994)]
        {
            let disk = Disk { number: Some(number), kind: Some(kind.into()) };
            assert_eq!(judged("/home/a/records", &disk), PlaceKind::Local, "{kind}");
        }
    }

    #[test]
    fn synchronized_folders_are_known_by_their_names() {
        for (path, client) in [
            ("/home/a/OneDrive/records", "OneDrive"),
            ("/home/a/OneDrive - Northside School/records", "OneDrive"),
            ("/Users/a/Library/CloudStorage/GoogleDrive-a@example.org/My Drive/r", "Google Drive"),
            ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/r", "iCloud"),
            ("/home/a/Dropbox (Personal)/r", "Dropbox"),
            ("/home/a/nextcloud/r", "Nextcloud"),
        ] {
            assert_eq!(judged(path, &Disk::default()), PlaceKind::Synchronized(client), "{path}");
        }
        for path in ["/home/a/.local/share/waymark/records", "/home/a/onedriver-notes/r", "/home/a/drop/r"] {
            assert_eq!(judged(path, &Disk::default()), PlaceKind::Local, "{path}");
        }
    }

    #[test]
    fn a_client_is_known_by_the_mark_that_it_leaves_above() {
        let marked = |path: &Path| path == Path::new("/home/a/Shared/.stfolder");
        let place = PlaceKind::judge(Path::new("/home/a/Shared/school/records"), &Disk::default(), marked);
        assert_eq!(place, PlaceKind::Synchronized("Syncthing"));
    }

    #[test]
    fn the_innermost_mount_says_what_a_path_lies_on() {
        let mounts = "22 1 254:0 / / rw - ext4 /dev/vda rw\n\
                      30 22 0:40 / /home/a/My\\040Share rw shared:1 - cifs //server/x rw\n\
                      31 22 0:41 / /home/a/stick rw - fuseblk /dev/sdb1 rw\n";
        let kind = |path: &str| kind_of_mount(mounts, Path::new(path));
        assert_eq!(kind("/home/a/My Share/records").as_deref(), Some("cifs"));
        assert_eq!(kind("/home/a/stick").as_deref(), Some("fuseblk"));
        assert_eq!(kind("/home/a/sticky").as_deref(), Some("ext4"));
    }

    #[test]
    fn this_computers_own_disk_is_local() {
        let place = tempfile::TempDir::new().unwrap();
        assert_eq!(PlaceKind::of(&place.path().join("not/made/yet")), PlaceKind::Local);
        std::fs::create_dir(place.path().join("OneDrive")).unwrap();
        assert_eq!(
            PlaceKind::of(&place.path().join("OneDrive/records")),
            PlaceKind::Synchronized("OneDrive")
        );
    }
}
