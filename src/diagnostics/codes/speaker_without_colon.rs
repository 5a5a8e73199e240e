//! A heading is a speaker's name without the colon that makes it one.
//!
//! In a Markdown transcript `### Mark Harper:` names a speaker and `### Opening remarks` is a
//! heading, after which nobody is known to speak. A heading that is the bare name of somebody who
//! speaks elsewhere in the debate has most likely lost its colon. Add it, or give the section
//! another heading.

use crate::diagnostics::{Diagnostic, Place};

/// The heading at `place` is `name`, who speaks elsewhere.
pub fn speaker_without_colon(place: Place, name: &str) -> Diagnostic {
    let message = format!("the words after the heading `{name}` are nobody's");
    Diagnostic::warning("speaker-without-colon", place, message)
        .help(format!("if {name} speaks here, write `### {name}:`"))
}
