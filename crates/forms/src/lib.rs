//! Form packs: what an institution asks, as data, and what a draft's answers look like against it.
//!
//! Pure: no file, no clock, no randomness. Texts are counted and checked, never changed and never cut.
//! `docs/FORMS.md` describes the format, the keys and the rules of counting.
#![forbid(unsafe_code)]

mod answer;
mod check;
mod copyout;
mod count;
mod deadline;
mod evaluate;
mod fault;
mod json;
mod keys;
mod load;
mod mend;
mod migrate;
pub mod pack;
pub mod printed;
pub mod review;
mod shape;
mod validate;
mod walk;

pub use answer::is_day;
pub use copyout::{CopiedAnswer, copied_out};
pub use count::count;
pub use deadline::{APPLICANT_ZONE, runs_out};
pub use fault::{PackFault, PackFaultCode};
pub use keys::{
    ON_THEIR_SITE, Place, accepts, find_question, is_item_id, keys, prefills, returns, reusable, shape_ok,
};
pub use load::MAX_BYTES;
pub use migrate::{Changed, Difference, Migration, Need, Needed, NoLongerAsked, OtherForm, migrate};
pub use pack::FormPack;
pub use printed::{Sensitive, ordered};
pub use review::{Answers, Review, review};
pub use validate::{Finding, validate};
