//! An address leads elsewhere than it looks.
//!
//! What stands before `@` in an address is a name to log in with, not the site: `https://gov.uk@evil.example/`
//! leads to `evil.example`. Signs that look like `/` or `.`, and letters of other alphabets that look like Latin
//! ones, make a host that is another than it seems. Write the address as the site itself gives it.

use crate::diagnostics::{Diagnostic, Place};

/// `address` at `place` leads elsewhere than it looks, for this `reason`.
pub fn misleading_address(place: Place, address: &str, reason: &str) -> Diagnostic {
    let message = format!("the address `{address}` leads elsewhere than it looks: {reason}");
    Diagnostic::warning("misleading-address", place, message).help("write it as the site itself gives it")
}
