//! A disk that loses power, fills up and fails, for tests. Never shipped, and the only place of the project where
//! `unsafe` is allowed: SQLite calls a file system through C's function pointers.
//!
//! [`disk`] is a model of what a disk holds for certain and what it may still lose. It is fed with operations that come
//! from [`watch`], a layer between SQLite and the system's files, or from a trace of a whole process.

pub mod disk;
pub mod random;
mod shim;
pub mod watch;
