//! What differs from one operating system to the next where the records are locked and opened: the signs that the
//! person's session gives, a clock for idle time, the keychain of their account, and what the system is asked to keep out
//! of files. It knows no window and no records.
#![forbid(unsafe_code)]

pub mod idle;
pub mod keychain;
#[cfg(target_os = "linux")]
mod linux;
pub mod memory;
#[cfg(target_os = "linux")]
mod secret_service;
pub mod session;
