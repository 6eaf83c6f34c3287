//! A catalogue file that cannot be used: said at start, set aside on request, and no hindrance to the records.

use serde_json::json;

use crate::support::{catalogue, open, open_with_catalogue};

#[tokio::test]
async fn the_bundled_catalogue_is_in_use_where_there_is_no_other() {
    let room = open().await;
    assert_eq!(room.call("catalogue.status", json!({})).await, json!({ "copy": "bundled", "fault": null }));
}

#[tokio::test]
async fn a_newer_catalogue_takes_its_place() {
    let bytes = std::fs::read(catalogue()).unwrap();
    let room = open_with_catalogue(&bytes).await;
    assert_eq!(room.call("catalogue.status", json!({})).await, json!({ "copy": "renewed", "fault": null }));
}

#[tokio::test]
async fn the_records_stay_usable_beside_a_catalogue_that_is_cut_altered_or_another_file() {
    let whole = std::fs::read(catalogue()).unwrap();
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    for bytes in [&whole[..whole.len() / 3], &altered, b"not a catalogue", b""] {
        let room = open_with_catalogue(bytes).await;
        let status = room.call("catalogue.status", json!({})).await;
        assert_eq!(status, json!({ "copy": "renewed", "fault": "catalogue.damaged" }));

        let student = json!({ "name": "Sample Student", "graduation_year": 2027, "school_id": null });
        room.call("students.add", student).await;
        let home = room.call("home.show", json!({ "language": "en" })).await;
        assert_eq!((&home["students"], &home["careers"]), (&json!(1), &json!(null)));
        let found = room.call("palette.find", json!({ "text": "sample", "language": "en" })).await;
        assert_eq!(found["students"][0]["name"], "Sample Student");

        let back = room.call("catalogue.use_bundled", json!({})).await;
        assert_eq!(back, json!({ "copy": "bundled", "fault": null }));
        let names: Vec<_> =
            std::fs::read_dir(room.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        let aside = |name: &std::ffi::OsString| name.to_string_lossy().ends_with(".set-aside");
        assert_eq!(names.iter().filter(|name| aside(name)).count(), 1, "kept, not deleted: {names:?}");
    }
}
