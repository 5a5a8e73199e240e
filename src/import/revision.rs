//! A new revision of a debate that is there already.

/// A debate that is there already.
pub struct Existing;
/// Its new revision.
pub struct Revised;
/// Not yet.
pub fn revise() {}
