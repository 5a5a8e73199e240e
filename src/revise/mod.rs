//! Room `revise`: what a debate's lock holds, so that ids stay and approvals bind to what was
//! approved, and what a new revision of the record does to both.

mod approval;
mod contributions;
mod ids;
mod lock;
mod mend;

pub use approval::{Approval, Approved, Facts};
pub use contributions::{Said, contribution_heirs};
pub use ids::{Carried, carry_ids, heir};
pub use lock::{
    Accepted, Lock, LockFault, LockedAnnotation, LockedPart, LockedTranscript, OldWords, Revised, Status,
    contribution_of, words_of,
};
pub use mend::mend;
