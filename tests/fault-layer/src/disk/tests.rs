//! What the model takes and what it keeps.

use super::*;

fn path(name: &str) -> PathBuf {
    PathBuf::from(name)
}

fn after(ops: &[Op], cut: Cut) -> Image {
    let mut disk = Disk::new();
    for op in ops {
        disk.apply(op);
    }
    disk.cut(cut, &mut Random::new(1))
}

#[test]
fn only_what_was_synced_is_certain_bytes_and_names_each() {
    let written = [Op::Create(path("a")), Op::Write(path("a"), 0, b"first".to_vec())];
    assert!(after(&written, Cut::Lost).is_empty());
    let mut synced = written.to_vec();
    synced.extend([Op::Sync(path("a")), Op::SyncFolder(path(""))]);
    synced.push(Op::Write(path("a"), 0, b"later".to_vec()));
    assert_eq!(after(&synced, Cut::Lost)[&path("a")], Some(b"first".to_vec()));
    assert_eq!(after(&synced, Cut::Kept)[&path("a")], Some(b"later".to_vec()));
    // Bytes alone are no file that anybody finds.
    synced.remove(3);
    assert!(after(&synced, Cut::Lost).is_empty());
}

#[test]
fn a_file_in_a_folder_whose_own_name_is_not_certain_is_out_of_reach() {
    let mut ops = vec![
        Op::Folder(path("in")),
        Op::Create(path("in/a")),
        Op::Sync(path("in/a")),
        Op::SyncFolder(path("in")),
    ];
    assert!(after(&ops, Cut::Lost).is_empty());
    ops.push(Op::SyncFolder(path("")));
    assert_eq!(after(&ops, Cut::Lost).len(), 2);
}

#[test]
fn a_rename_is_whole_or_not_there() {
    let ops = [
        Op::Create(path("old")),
        Op::Write(path("old"), 0, b"old".to_vec()),
        Op::Sync(path("old")),
        Op::SyncFolder(path("")),
        Op::Create(path("new")),
        Op::Write(path("new"), 0, b"new".to_vec()),
        Op::Sync(path("new")),
        Op::Rename(path("new"), path("old")),
    ];
    for seed in 0..200 {
        let mut disk = Disk::new();
        for op in &ops {
            disk.apply(op);
        }
        let image = disk.cut(Cut::Mixed, &mut Random::new(seed));
        let found = image[&path("old")].as_deref();
        assert!([Some(&b"old"[..]), Some(&b"new"[..])].contains(&found), "{found:?}");
    }
}

#[test]
fn a_torn_write_keeps_whole_sectors() {
    let ops = [
        Op::Create(path("a")),
        Op::Write(path("a"), 0, vec![1; 4096]),
        Op::Sync(path("a")),
        Op::SyncFolder(path("")),
        Op::Write(path("a"), 100, vec![2; 3000]),
    ];
    let mut kinds = std::collections::BTreeSet::new();
    for seed in 0..100 {
        let mut disk = Disk::new();
        for op in &ops {
            disk.apply(op);
        }
        let image = disk.cut(Cut::Mixed, &mut Random::new(seed));
        let bytes = image[&path("a")].clone().unwrap();
        let sectors = bytes.chunks(SECTOR).map(|sector| sector[sector.len() / 2]).collect::<Vec<u8>>();
        for (sector, kind) in bytes.chunks(SECTOR).zip(&sectors).skip(1).take(4) {
            assert!(sector.iter().all(|byte| byte == kind), "a sector is whole");
        }
        kinds.insert(sectors);
    }
    assert!(kinds.len() > 10, "many different tears");
}

#[test]
fn a_disk_that_ignores_syncs_has_nothing_certain() {
    let ops = [Op::Create(path("a")), Op::Sync(path("a")), Op::SyncFolder(path(""))];
    let mut disk = Disk::new().ignoring_syncs();
    for op in &ops {
        disk.apply(op);
    }
    assert!(disk.cut(Cut::Lost, &mut Random::new(1)).is_empty());
}

#[test]
fn a_second_name_is_the_same_file_and_outlives_the_first() {
    let ops = [
        Op::Create(path("a")),
        Op::Link(path("a"), path("b")),
        Op::Write(path("a"), 0, b"both".to_vec()),
        Op::Sync(path("b")),
        Op::Remove(path("a")),
        Op::SyncFolder(path("")),
    ];
    let image = after(&ops, Cut::Lost);
    assert_eq!(image, Image::from([(path("b"), Some(b"both".to_vec()))]));
}
