//! A file's or folder's name can't stand in an address.
//!
//! Names become addresses: small letters a to z, digits and `-`, at most 80, no `-` at either end.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::slugify;

/// `name`, of the file at `place`, is no slug.
pub fn bad_slug(place: Place, name: &str) -> Diagnostic {
    let better = slugify(name);
    let help = if better.is_empty() { "use small letters, digits and `-`".to_owned() } else { format!("rename it to `{better}`") };
    Diagnostic::error("bad-slug", place, format!("`{name}` can't be part of an address")).help(help)
}
