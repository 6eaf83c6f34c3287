//! Applications: what they are for, their drafts, and every version kept.

pub(crate) mod draft;
pub(crate) mod list;
pub(crate) mod shapes;
pub(crate) mod versions;
