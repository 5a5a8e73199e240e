//! A theme's template can't be read or rendered.
//!
//! The most frequent causes: a name that the view doesn't have (in Tera 2 an undefined name is an
//! error; test with `{% if x %}` what may be absent), a tag that isn't closed, a component that
//! doesn't exist. The place is in the template; the notes give the chain of includes and components
//! that led there. The views are documented in docs/theming.md.

use crate::diagnostics::{Diagnostic, Place, Severity};

/// The template at `place` fails with `message`, reached through `chain`.
pub fn template_error(place: Option<Place>, message: &str, chain: Vec<String>) -> Diagnostic {
    Diagnostic {
        code: "template-error",
        severity: Severity::Error,
        place,
        message: message.to_owned(),
        notes: chain,
        help: Some("the views that templates get are listed in docs/theming.md".into()),
        fixes: Vec::new(),
        only: None,
    }
}
