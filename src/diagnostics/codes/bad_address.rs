//! A web address is not one that can be used.
//!
//! `base_url` is the address that readers will type, whole: `https://example.org/briefings/`. Other
//! addresses must begin with `https://`, `http://` or `mailto:`; anything else could run code in a
//! reader's browser.

use crate::diagnostics::{Diagnostic, Place};

/// `address` can't be used, for this `reason`. Without a place it came from the command line.
pub fn bad_address(place: Option<Place>, address: &str, reason: &str) -> Diagnostic {
    Diagnostic {
        code: "bad-address",
        severity: crate::diagnostics::Severity::Error,
        place,
        message: format!("`{address}` is not an address that can be used: {reason}"),
        notes: Vec::new(),
        help: Some("write it whole, like `https://example.org/briefings/`".into()),
        fixes: Vec::new(),
        only: None,
    }
}
