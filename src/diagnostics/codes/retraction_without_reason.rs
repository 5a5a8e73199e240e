//! An annotation is retracted and does not say why.
//!
//! At the address of a withdrawn note a tombstone stays, which says when it was withdrawn and why.
//! Readers who followed a link to the note need to know whether it was wrong.
//!
//! Add `withdrawn: { reason: …, on: 2026-11-23 }`.

use crate::diagnostics::{Diagnostic, Place};

/// The annotation whose status is at `place` has no `withdrawn`.
pub fn retraction_without_reason(place: Place) -> Diagnostic {
    Diagnostic::warning("retraction-without-reason", place, "this annotation is retracted without a reason")
        .help("add `withdrawn: { reason: …, on: 2026-11-23 }`, which its tombstone will say")
}
