//! Nobody says under which licence the words of a debate may be shown.
//!
//! Write `licence:` into `debate.yaml`, or under its `source`: "Open Parliament Licence v3.0". Readers who
//! want to quote at length look for it. Said by `check --thorough`.

use crate::diagnostics::{Diagnostic, Place};

/// The debate whose file is at `place` names no licence.
pub fn missing_licence(place: Place) -> Diagnostic {
    Diagnostic::warning("missing-licence", place, "the debate names no licence of its words")
        .help("write `licence:` under `source`")
}
