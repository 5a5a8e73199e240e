//! Room `revise`: what a debate's lock holds, so that ids stay and approvals bind to what was
//! approved, and what a new revision of the record does to both.

mod ids;
mod lock;

pub use ids::{Carried, carry_ids};
pub use lock::{
    Accepted, Lock, LockedAnnotation, LockedParagraph, LockedTranscript, OldWords, Revised, Status, approval,
};
