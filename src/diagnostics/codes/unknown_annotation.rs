//! A note is referred to that does not exist, or that readers can't see.
//!
//! `see:` and links take `id` for a note of the same debate and `debate/id` for one of another. A
//! draft is not published, so nothing published may point at it.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `id`, at `place`, is none of the `known` notes of `debate`.
pub fn unknown_annotation<'a>(place: Place, id: &str, debate: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let near = nearest(id, known);
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `id` for a note of the same debate, `debate/id` for one of another".to_owned(),
    };
    Diagnostic::error("unknown-annotation", place, format!("there is no note `{id}` in {debate} that is published")).help(help).instead(id, near)
}
