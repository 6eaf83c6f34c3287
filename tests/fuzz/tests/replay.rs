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
    any_file_of_settings_is_read_or_refused "settings";
    any_file_of_managed_settings_is_read_or_refused "managed";
    any_roster_is_read_with_its_faults "roster";
    any_form_pack_is_read_or_refused "form-pack";
    any_answers_are_checked "answers";
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
