//! A transcript in XML can't be read.
//!
//! The file breaks off, its tags don't match, a character reference means nothing, or it asks for
//! what a transcript has no need of: other files, entities that stand for more than a character,
//! elements hundreds deep. The message says which and where. Obtain the file again; if it is the same,
//! its publisher has a fault to mend. Nothing is read of a file that is broken, since nobody can say
//! which of its words are missing.

use crate::diagnostics::{Diagnostic, Place};

/// The XML at `place` can't be read, for this `reason`.
pub fn broken_xml(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::error("broken-xml", place, format!("this XML can't be read: {reason}"))
        .help("obtain the file again from its publisher; a copy that was cut off or edited by hand breaks like this")
}
