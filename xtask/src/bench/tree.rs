//! The memory of a program and of all that it started, as Linux counts it.

use anyhow::{Context, Result};
use std::fs;

/// Proportional set size (pages shared with others counted in part) of the process and its descendants, in megabytes.
pub fn memory(process: u32) -> Result<f64> {
    let mut kilobytes = 0;
    let family = family(process)?;
    for member in &family {
        // One that has ended in between has no memory any more.
        if let Ok(text) = fs::read_to_string(format!("/proc/{member}/smaps_rollup")) {
            kilobytes += pss(&text).with_context(|| format!("process {member} does not say its memory"))?;
        }
    }
    Ok(f64::from(kilobytes) / 1024.0)
}

fn pss(rollup: &str) -> Option<u32> {
    rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.trim().strip_suffix(" kB")?.trim().parse().ok()
}

fn family(first: u32) -> Result<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc").context("/proc cannot be read; memory is measured on Linux only")? {
        let name = entry?.file_name();
        if let Ok(process) = name.to_string_lossy().parse::<u32>()
            && let Ok(status) = fs::read_to_string(format!("/proc/{process}/stat"))
            && let Some(parent) = parent(&status)
        {
            parents.push((process, parent));
        }
    }
    let mut family = vec![first];
    let mut seen = 0;
    while seen < family.len() {
        let children =
            parents.iter().filter(|(_, parent)| *parent == family[seen]).map(|(process, _)| *process);
        family.extend(children.collect::<Vec<_>>());
        seen += 1;
    }
    Ok(family)
}

/// The second word after the name, which stands in brackets and may hold anything.
fn parent(stat: &str) -> Option<u32> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_found_behind_a_name_with_brackets_and_spaces() {
        assert_eq!(parent("42 (a (strange) name) S 7 42 42 0"), Some(7));
        assert_eq!(parent("nonsense"), None);
    }

    #[test]
    fn the_shared_memory_is_read_as_the_kernel_writes_it() {
        assert_eq!(pss("Rss:     1000 kB\nPss:      512 kB\nPss_Dirty: 8 kB\n"), Some(512));
        assert_eq!(pss(""), None);
    }
}
