//! A quotation runs over the end of its paragraph.
//!
//! Words of two paragraphs are shown as two quotations, so a note has to say that it means both:
//! `at: p11..p12`. Or quote only the words of one.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` run from paragraph `first` into `last`.
pub fn crosses_paragraph(place: Place, first: &str, last: &str) -> Diagnostic {
    Diagnostic::error("crosses-paragraph", place, format!("these words run from {first} into {last}"))
        .help(format!("write `at: {first}..{last}`, or quote the words of one paragraph"))
}
