//! An XML file is something else than a transcript.
//!
//! Each format begins with an element of its own: parlparse with `<publicwhip>`, Akoma Ntoso with
//! `<akomaNtoso>` and a `<debate>` in it, ParlaMint with `<TEI>`. A bill, a schedule of members or a
//! web page that says "not found", saved under a transcript's name, is recognised by that and is not
//! read as if it were a debate.

use crate::diagnostics::{Diagnostic, Place};

/// The element at `place`, called `found`, is none of those that transcripts begin with.
pub fn foreign_document(place: Place, found: &str, expected: &[&str]) -> Diagnostic {
    let message = match found {
        name if name.eq_ignore_ascii_case("html") => "this is a web page, not a transcript".to_owned(),
        _ => format!("this is a `<{found}>`, not a transcript"),
    };
    let expected: Vec<_> = expected.iter().map(|name| format!("`<{name}>`")).collect();
    Diagnostic::error("foreign-document", place, message)
        .help(format!("a transcript in this format holds {}; look at what was downloaded", expected.join(" or ")))
}
