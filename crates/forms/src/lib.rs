//! Form packs: what an institution asks, as data, and what a draft's answers look like against it.
//!
//! Pure: no file, no clock, no randomness. Texts are counted and checked, never changed and never cut.
//! `docs/FORMS.md` describes the format, the keys and the rules of counting.
#![forbid(unsafe_code)]

mod answer;
mod check;
mod conditions;
mod count;
mod fault;
mod json;
mod keys;
mod load;
pub mod pack;
pub mod printed;
pub mod review;
mod shape;
mod walk;

pub use count::count;
pub use fault::{PackFault, PackFaultCode};
pub use keys::{Place, accepts, find_question, is_item_id, keys, prefills, shape_ok};
pub use pack::FormPack;
pub use printed::ordered;
pub use review::{Answers, Review, review};
