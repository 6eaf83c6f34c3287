//! Records in use that can't be closed in order, because their disk is full: a backup takes their place all the same, and
//! work that is called off for it leaves them open.

use std::sync::Arc;

use jiff::SignedDuration;
use serde_json::{Value, json};
use waymark_fault_layer::watch::{Fault, Watch};

use crate::support::{PASSPHRASE, Room, open};

/// Records with something typed that is not chained yet, on a disk that can fail.
async fn typing() -> (Room, Arc<Watch>) {
    let room = open().await;
    room.call("vault.lock", json!({})).await;
    // SQLite takes the watched disk for files that it opens from here on.
    let watch = Watch::over(&room.folder.path().canonicalize().unwrap()).unwrap();
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    let application = room.application(None).await;
    // A backup of what there is by now, under the name of a later second than the one of the lock.
    room.clock.forward(SignedDuration::from_secs(2));
    room.call("backups.before_quit", json!({})).await;
    room.save(&application, "statement", "typed since").await;
    (room, watch)
}

#[tokio::test]
async fn a_backup_takes_the_place_of_records_that_do_not_close_in_order() {
    let (room, watch) = typing().await;
    let row = room.call("backups.list", json!({})).await[0].clone();
    let back = json!({ "name": row["name"], "second": false, "passphrase": null, "recovery_key": null });
    watch.fail(Fault::Full, 0, false);
    let restored = room.call("backups.restore", back).await;
    assert_eq!(watch.mend(), 1, "the records did close in order");
    assert_eq!(restored["name"], row["name"]);
    let drafts = room.call("applications.list", json!({})).await;
    assert_eq!(drafts.as_array().unwrap().len(), 1);
    room.reopen().await;
}

#[tokio::test]
async fn records_that_do_not_close_in_order_for_a_new_key_are_open_again() {
    let (room, watch) = typing().await;
    watch.fail(Fault::Full, 0, false);
    let refused = room.code("vault.new_key", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!((refused, watch.mend()), ("storage.disk_full", 1));
    assert_eq!(room.call("vault.status", json!({})).await["state"], "unlocked");
    assert_eq!(room.names().await, Vec::<String>::new());
    let done = room.call("vault.new_key", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(done["left"], Value::Array(Vec::new()));
}
