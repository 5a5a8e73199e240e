//! An annotation's `at` names no part of a debate.
//!
//! It is a paragraph (`p2`, `p7a`), a run of paragraphs in order (`p11..p12`), a contribution (`c3`)
//! or the whole debate (`debate`). Paragraphs are numbered from 1.
//!
//! Write one of these forms.

use crate::diagnostics::{Diagnostic, Place};

/// `text`, at `place`, is none of the forms.
pub fn invalid_at(place: Place, text: &str) -> Diagnostic {
    let shown: String = text.chars().take(60).collect();
    Diagnostic::error("invalid-at", place, format!("`{shown}` names no part of a debate"))
        .help("write a paragraph (p2), a run (p11..p12, the earlier first), a contribution (c3) or debate")
}
