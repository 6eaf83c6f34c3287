//! Everything a person can do, as a host asks for it: by name, JSON in and JSON out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod backups;
mod careers;
mod catalogue;
mod copies;
mod damage;
mod details;
mod documents;
mod drafts;
mod hostile;
mod keychain;
mod keys;
mod lock;
mod log;
mod managed;
mod meeting;
mod path;
mod refusals;
mod rights;
mod roster;
mod settings;
mod support;
mod trouble;
mod unknown_form;
mod vault;
mod way_back;
