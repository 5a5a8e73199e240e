//! A link names a reference that is not defined.
//!
//! `[words][p12]` is a link only where a line `[p12]: ../debates/SLUG/#p12` says where it leads. Without
//! that line it is plain text, brackets and all, and a quotation in it is compared with nothing. Brackets
//! that are meant as words are written with a backslash: `\[so\]\[and so\]`.

use crate::diagnostics::{Diagnostic, Place};

/// The link at `place` names `reference`, which nothing in the text defines.
pub fn undefined_reference(place: Place, reference: &str) -> Diagnostic {
    let message = format!("the reference `[{reference}]` is not defined, so this is no link");
    let help = match reference.strip_prefix('^') {
        Some(_) => format!("write the footnote: `[{reference}]: …`"),
        None => format!("say where it leads: `[{reference}]: ../debates/SLUG/#{reference}`"),
    };
    Diagnostic::error("undefined-reference", place, message).help(help)
}
