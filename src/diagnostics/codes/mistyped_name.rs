//! A name is nobody's, but nearly somebody's.
//!
//! Where a name may be any text (`owed_by`, `chair`), a slip of the keyboard would go unseen: what is owed
//! would be missing from the person's page. Where the name is meant as it is, give the person it belongs to
//! a file under `content/people`, or the likeness an alias.

use crate::diagnostics::{Diagnostic, Place};

/// `name`, at `place`, is nearly `near`, which is a person's.
pub fn mistyped_name(place: Place, name: &str, near: &str) -> Diagnostic {
    Diagnostic::warning("mistyped-name", place, format!("`{name}` is nobody's name here"))
        .help(format!("did you mean `{near}`?"))
        .instead(name, Some(near))
}
