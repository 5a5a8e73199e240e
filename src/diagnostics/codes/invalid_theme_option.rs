//! A theme option has a value that the theme does not know.
//!
//! A theme may say in its `theme.yaml`, under `values`, what its options can be: `values: { accent: [madder, moss] }`. A value
//! that is none of these would show as the default or as nothing.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// The option `key`, at `place`, is `value` and can be one of `allowed`.
pub fn invalid_theme_option(place: Place, key: &str, value: &str, allowed: &[String]) -> Diagnostic {
    let all = format!("`{key}` can be {}", allowed.join(", "));
    let help = match nearest(value, allowed.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all,
    };
    Diagnostic::error("invalid-theme-option", place, format!("the theme option `{key}` can't be `{value}`")).help(help)
}
