//! A code named in `deny` or on the command line does not exist.
//!
//! `rapporteur explain` lists the codes. A slip here would silently deny nothing.

use crate::diagnostics::{Diagnostic, Place, Severity, list};
use crate::text::nearest;

/// `code` is no diagnostic's code. Without a place it came from the command line.
pub fn unknown_code(place: Option<Place>, code: &str) -> Diagnostic {
    let codes = list();
    let help = match nearest(code, codes.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`rapporteur explain` lists the codes".to_owned(),
    };
    Diagnostic {
        code: "unknown-code",
        severity: Severity::Error,
        place,
        message: format!("there is no code `{code}`"),
        notes: Vec::new(),
        help: Some(help),
        fixes: Vec::new(),
        only: None,
    }
}
