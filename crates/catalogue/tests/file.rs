//! The file: the same data give the same bytes, and what is not the file that was written is refused by its code.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use common::{Data, cut};
use proptest::prelude::*;
use waymark_catalogue::{Catalogue, build};

fn built() -> Data {
    let data = Data::sample();
    build(&data.path(), &data.out()).unwrap_or_else(|faults| panic!("{faults}"));
    data
}

fn code(data: &Data) -> &'static str {
    Catalogue::open(&data.out()).expect_err("the file must be refused").code()
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let (one, two) = (built(), built());
    assert_eq!(fs::read(one.out()).unwrap(), fs::read(two.out()).unwrap());
}

#[test]
fn a_build_replaces_the_file_as_a_whole_and_a_refused_one_leaves_it() {
    let data = built();
    let before = fs::read(data.out()).unwrap();
    data.replace("facts/projection.tsv", "-50\t-10", "-50\tten");
    build(&data.path(), &data.out()).unwrap_err();
    assert_eq!(fs::read(data.out()).unwrap(), before);
    data.replace("facts/projection.tsv", "-50\tten", "-50\t-11");
    build(&data.path(), &data.out()).unwrap();
    assert_ne!(fs::read(data.out()).unwrap(), before);
    assert!(Catalogue::open(&data.out()).is_ok());
}

#[test]
fn a_missing_file_is_missing() {
    let data = Data::sample();
    assert_eq!(code(&data), "missing");
    assert!(!data.out().exists(), "opening must not make a file");
}

#[test]
fn a_file_in_a_folder_with_signs_of_an_address_opens() {
    let data = built();
    let odd = data.path().join("50% #1 ?x=ñ");
    fs::create_dir(&odd).unwrap();
    let file = odd.join("c.sqlite");
    fs::copy(data.out(), &file).unwrap();
    assert!(Catalogue::open(&file).is_ok());
}

#[test]
fn a_cut_file_is_damaged_wherever_it_is_cut() {
    let data = built();
    let size = usize::try_from(fs::metadata(data.out()).unwrap().len()).unwrap();
    for length in [0, 1, 15, 16, 100, 4096, 8192, size / 2, size - 4096, size - 49, size - 48, size - 1] {
        let part = cut(&data.out(), length);
        let file = data.path().join("cut.sqlite");
        fs::write(&file, part).unwrap();
        assert_eq!(Catalogue::open(&file).unwrap_err().code(), "damaged", "cut to {length} bytes");
    }
}

#[test]
fn what_is_no_catalogue_is_damaged() {
    let data = Data::sample();
    for bytes in [&b""[..], b"hello", &[0; 9000], &[0xff; 5000]] {
        fs::write(data.out(), bytes).unwrap();
        assert_eq!(code(&data), "damaged");
    }
    fs::remove_file(data.out()).unwrap();
    fs::create_dir(data.out()).unwrap();
    assert!(["damaged", "unreadable"].contains(&code(&data)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_altered_byte_anywhere_is_damage(place in any::<prop::sample::Index>(), change in 1_u8..) {
        let data = lasting();
        let mut bytes = fs::read(data).unwrap();
        let at = place.index(bytes.len());
        bytes[at] ^= change;
        let altered = data.with_extension("altered");
        fs::write(&altered, bytes).unwrap();
        prop_assert_eq!(Catalogue::open(&altered).unwrap_err().code(), "damaged");
    }
}

/// One file for all cases, in the folder that cargo keeps for tests.
fn lasting() -> &'static Path {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("altered-careers.sqlite");
        build(&Data::sample().path(), &file).unwrap_or_else(|faults| panic!("{faults}"));
        file
    })
}
