//! An annotation has `before` or `after` and no `quote`.
//!
//! They are words next to the quote, and tell it from the same words elsewhere. Without a quote
//! they say nothing.
//!
//! Add the quote, or take them out.

use crate::diagnostics::{Diagnostic, Place};

/// `key`, whose value is at `place`, has no quote to be next to.
pub fn context_without_quote(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("context-without-quote", place, format!("`{key}` stands here without a `quote`"))
        .help(format!("add the `quote` that these words are next to, or take `{key}` out"))
}
