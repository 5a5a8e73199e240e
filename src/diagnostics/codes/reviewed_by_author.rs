//! An annotation was reviewed by its own author.
//!
//! A review is a second pair of eyes. In a desk of one it cannot be had, so this is a warning.
//!
//! Let somebody else read it over and name them in `reviewed`.

use crate::diagnostics::{Diagnostic, Place};

/// `name`, at `place`, is the author as well.
pub fn reviewed_by_author(place: Place, name: &str) -> Diagnostic {
    let shown: String = name.chars().take(60).collect();
    Diagnostic::warning("reviewed-by-author", place, format!("{shown} is the author and the reviewer"))
        .help("let somebody else read it over, and name them here")
}
