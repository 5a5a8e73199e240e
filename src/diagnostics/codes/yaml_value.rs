//! A value cannot be used as what its key asks for.
//!
//! It is YAML and its type is right, but the decoder refuses it. The message is the decoder's own.
//!
//! Compare the value with the key's description in the documentation.

use crate::diagnostics::{Diagnostic, Place};

/// The decoder's `reason` for refusing what stands at `place`.
pub fn yaml_value(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::error("yaml-value", place, format!("this cannot be used here: {reason}"))
        .help("compare the value with the key's description in the documentation")
}
