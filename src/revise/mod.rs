//! Room `revise`: what a debate's lock holds, so that ids stay and approvals bind to what was
//! approved.

mod lock;

pub use lock::{Lock, LockedAnnotation, LockedTranscript, approval};
