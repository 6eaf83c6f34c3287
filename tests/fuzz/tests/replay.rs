//! The kept inputs, and mutations of them, read again: no input that once broke a reader breaks it twice.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use waymark_fuzz::{Mutator, Reader, corpus, readers};

/// Feeds an input; where that panics, says which input it was.
fn feed(reader: &Reader, name: &str, input: &[u8]) {
    let fed = catch_unwind(AssertUnwindSafe(|| (reader.feed)(input)));
    assert!(fed.is_ok(), "{}: {name}: {:?}", reader.name, String::from_utf8_lossy(input));
}

fn replay(name: &str) {
    let reader = readers().into_iter().find(|reader| reader.name == name).unwrap();
    let kept = corpus::inputs(name);
    assert!(!kept.is_empty(), "{name} has no kept inputs");
    for (file, input) in &kept {
        feed(&reader, file, input);
    }
    let mut mutator = Mutator::new(4, kept.into_iter().map(|(_, input)| input).collect());
    for number in 0..reader.short {
        feed(&reader, &format!("mutation {number}"), &mutator.next_input());
    }
}

/// One test for each reader, so that they run side by side and a fault names its reader.
macro_rules! replays {
    ($($test:ident $name:literal;)*) => {
        $( #[test] fn $test() { replay($name); } )*

        #[test]
        fn every_reader_is_replayed_and_every_kept_input_has_a_reader() {
            let replayed = BTreeSet::from([$($name.to_owned()),*]);
            let listed: BTreeSet<String> = readers().iter().map(|reader| reader.name.to_owned()).collect();
            assert_eq!(replayed, listed);
            let folders = std::fs::read_dir(corpus::folder("")).unwrap();
            let kept: BTreeSet<String> =
                folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            assert_eq!(kept, listed);
        }
    };
}

replays! {
    any_file_of_keys_is_read_or_refused "envelope";
    any_file_of_keys_with_a_fitting_check_is_read_or_refused "envelope-behind-check";
    any_recovery_key_is_read_or_refused "recovery-key";
    any_public_key_is_read_or_refused "school-key";
    any_logged_row_is_read_or_refused "change-images";
    any_delta_is_taken_back_or_refused "change-delta";
    any_part_of_the_log_is_read_or_refused "change-part";
    any_write_ahead_log_is_judged "write-ahead-log";
    any_struck_frame_of_a_log_that_fits_is_noticed "write-ahead-log-behind-checksums";
    any_pages_give_rows_of_their_tables_or_none "salvage-pages";
    any_pages_are_salvaged_or_nothing_is_readable "salvage";
    any_report_of_a_salvage_is_read_or_refused "salvage-report";
    any_manifest_of_a_backup_is_read_or_refused "manifest";
    any_manifest_behind_its_seal_is_read_or_refused "manifest-behind-seal";
    any_name_of_a_backup_is_no_path "backup-name";
    any_decided_restore_names_one_folder "decided-restore";
    any_file_of_checks_is_read_or_a_check_is_due "checks";
    any_sealed_text_opens_as_it_was_or_not_at_all "sealed-text";
    any_count_of_tries_locks_nobody_out "tries";
    any_file_of_settings_is_read_or_refused "settings";
    any_file_of_managed_settings_is_read_or_refused "managed";
    any_roster_is_read_with_its_faults "roster";
    any_form_pack_is_read_or_refused "form-pack";
    any_answers_are_checked "answers";
    any_answers_to_a_form_with_everything_are_checked "form-answers";
    any_answers_move_to_another_version_and_none_is_lost "form-migrate";
    any_catalogue_file_is_opened_or_refused "catalogue";
    any_catalogue_file_with_a_fitting_seal_answers_or_refuses "catalogue-behind-seal";
    any_call_is_answered_or_refused_while_locked "contract-locked";
    any_call_is_answered_or_refused_while_open "contract-open";
}

#[test]
fn the_same_seed_gives_the_same_inputs() {
    let inputs = || {
        let mut mutator = Mutator::new(7, vec![b"a seed".to_vec(), b"{\"b\": 1}".to_vec()]);
        (0..50).map(|_| mutator.next_input()).collect::<Vec<_>>()
    };
    assert_eq!(inputs(), inputs());
    assert!(inputs().iter().collect::<BTreeSet<_>>().len() > 40, "they differ from one another");
}

/// Else what is fed as whole would be refused at the first look, and nothing behind that would be reached.
#[test]
fn what_is_kept_as_sealed_still_opens() {
    use waymark_records::outside;
    assert_eq!(outside::manifest(&corpus::folder("manifest").join("whole")), Ok(true));
    let kept = |reader: &str| corpus::inputs(reader).into_iter().find(|(name, _)| name == "whole").unwrap().1;
    let text = String::from_utf8(kept("sealed-text")).unwrap();
    assert_eq!((outside::sealed_text(&text), outside::seal_text()), (Ok(true), Ok(text)));
    let place = tempfile::tempdir().unwrap();
    outside::write_manifest(&place.path().join("again")).unwrap();
    assert_eq!(std::fs::read(place.path().join("again")).unwrap(), kept("manifest"));
    assert!(outside::manifest_behind_its_seal(&kept("manifest-behind-seal")).is_ok());
    let passphrase = b"quiet lantern under seven maples";
    for reader in ["envelope", "envelope-behind-check"] {
        let keychain = corpus::inputs(reader).into_iter().find(|(name, _)| name == "keychain").unwrap().1;
        assert_eq!(outside::envelope(&keychain, passphrase), Ok(true), "{reader}");
        assert_eq!(outside::write_envelope(passphrase), Ok(keychain));
    }
    assert!(outside::salvage_report(&kept("salvage-report")).is_ok());
}

/// The kept pages are read: of each file with a way from its root every row, and of the orphans those without one.
#[test]
fn rows_are_read_from_the_kept_pages() {
    use waymark_records::{Computer, outside::Salvager};
    let place = tempfile::tempdir().unwrap();
    let salvager = Salvager::new(&place.path().join("new.db"), &Computer).unwrap();
    let pages = corpus::inputs("salvage-pages");
    let rows: Vec<_> = pages.iter().map(|(name, pages)| (name.as_str(), salvager.read(pages).rows)).collect();
    assert_eq!(rows, [("drafts", 5), ("interior", 160), ("orphans", 5), ("students", 5)]);
}
