//! A quotation is right, but stands in another paragraph than its link says.
//!
//! Readers follow the link to check the words. Point it at the paragraph that has them.

use crate::diagnostics::{Diagnostic, Edit, Place};
use crate::text::Span;

/// The words at `place` are linked to `scope` but stand in `found`.
pub fn quoted_elsewhere(place: Place, scope: &str, found: &str) -> Diagnostic {
    let fragment = fragment_after(&place);
    let diagnostic =
        Diagnostic::error("quoted-elsewhere", place, format!("these words are not in {scope}, but in {found}"))
            .help(format!("let the link end in `#{found}`"));
    match fragment {
        Some(span) => diagnostic.fix(format!("link to {found}"), Edit::Text(span, found.to_owned())),
        None => diagnostic,
    }
}

/// The fragment of the link that follows a quotation: `p2` of `](../debates/talk/#p2)`.
fn fragment_after(place: &Place) -> Option<Span> {
    let end = place.span.end as usize;
    let rest = place.source.text.get(end..)?;
    let target = rest.strip_prefix("](")?;
    let target = &target[..target.find([')', ' ', '\n'])?];
    let at = target.find('#')? + 1;
    Some(Span::new(end + 2 + at..end + 2 + target.len()))
}
