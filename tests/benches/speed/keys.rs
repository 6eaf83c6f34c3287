//! Unlocking, at what people's passphrases really cost, beside the derivation of the key alone.

use crate::{folder, middle, tell, timed};
use argon2::{Algorithm, Argon2, Params, Version};
use std::path::Path;
use std::sync::Arc;
use waymark_records::{Computer, Cost, Folder, Records};

const ROUNDS: usize = 7;
const PASSPHRASE: &str = "a sample passphrase for measuring";

pub fn run() {
    let folder = folder();
    let place = Folder::at(folder.path().join("records"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    drop(Records::create(&place, PASSPHRASE, Cost::REAL, Arc::new(Computer)).unwrap());
    let (mut ours, mut baseline) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        baseline.push(timed(derive).0);
        let start = std::time::Instant::now();
        let records = Records::unlock(&place, PASSPHRASE, Arc::new(Computer)).unwrap();
        runtime.block_on(async {
            records.applications().await.unwrap();
            records.count_students().await.unwrap();
        });
        ours.push(start.elapsed());
    }
    let baseline = ("the derivation", middle(baseline));
    tell("unlock and read what the home page shows", middle(ours), Some(baseline), ("plus", 150_000.0));
}

/// Makes records in the folder and prints the milliseconds that the derivation of their key takes.
pub fn make_records(passphrase: &str, place: &Path) {
    drop(Records::create(&Folder::at(place), passphrase, Cost::REAL, Arc::new(Computer)).unwrap());
    let times = (0..ROUNDS).map(|_| timed(derive).0).collect();
    println!("{:.1}", middle(times) / 1000.0);
}

fn derive() {
    let params = Params::new(Cost::REAL.memory_kib, Cost::REAL.passes, Cost::REAL.lanes, Some(32)).unwrap();
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(PASSPHRASE.as_bytes(), b"sixteen bytes ok", &mut key)
        .unwrap();
    std::hint::black_box(key);
}
