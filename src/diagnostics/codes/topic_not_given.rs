//! A `-topic` takes away a topic that was not given.
//!
//! In an annotation's `topics`, a name with `-` before it takes away a topic that the sheet's
//! defaults give to all its notes. Where the defaults do not give it, there is nothing to take away:
//! the name may be mistyped, and the note then keeps a topic that it should not have.
//!
//! Compare it with `topics` in the sheet's `defaults`, or take it out.

use crate::diagnostics::{Diagnostic, Place};

/// `-topic`, at `place`, takes away what is not there.
pub fn topic_not_given(place: Place, topic: &str) -> Diagnostic {
    let shown: String = topic.chars().take(80).collect();
    Diagnostic::warning("topic-not-given", place, format!("`-{shown}` takes away a topic that is not given"))
        .help("compare it with `topics` in the sheet's `defaults`, or take it out")
}
