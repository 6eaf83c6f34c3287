//! The worker: a desk in a process of its own that does random acts and says each, for whoever kills it.

use std::io::Write;
use std::path::Path;

use serde_json::json;
use waymark_fault_layer::random::Random;

use crate::drive::{Drive, Line, drive};
use crate::host::{Host, InProcess};
use crate::state::State;

/// `torture worker HOME KNOWN SEED ACTS`: opens the records that hold what the file KNOWN says, and does acts.
pub fn work(arguments: &[String]) -> anyhow::Result<()> {
    let [home, known, seed, acts] = arguments else { anyhow::bail!("a worker wants HOME KNOWN SEED ACTS") };
    let mut state: State = serde_json::from_slice(&std::fs::read(known)?)?;
    let seed: u64 = seed.parse()?;
    let mut host = InProcess::at(Path::new(home));
    let mut out = std::io::stdout();
    let mut say = move |line: &Line| {
        // In one write, so that a line is there whole or not at all. What can't be said must not be done either.
        let mut text = serde_json::to_string(line).unwrap_or_default();
        text.push('\n');
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).expect("somebody listens");
    };
    if state.made {
        host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }))
            .map_err(|code| anyhow::anyhow!("the records do not open: {code}"))?;
    }
    say(&Line::Ready);
    let prefix = format!("{seed:x}");
    let how = Drive { acts: acts.parse()?, prefix: &prefix, database_only: false };
    drive(&mut host, &mut state, &mut Random::new(seed), how, &mut say)
        .map_err(|fault| anyhow::anyhow!("{fault}"))?;
    host.call("vault.lock", json!({})).map_err(|code| anyhow::anyhow!("the records do not close: {code}"))?;
    Ok(())
}
