//! What differs from one operating system to the next where the records are locked: the signs that the person's
//! session gives, a clock for idle time, and what the system is asked to keep out of files. It knows no window and no
//! records.
#![forbid(unsafe_code)]

pub mod idle;
#[cfg(target_os = "linux")]
mod linux;
pub mod memory;
pub mod session;
