//! A file holds a second YAML document: a line of `---` and something after it.
//!
//! A file is one document. What follows such a line would be passed over in silence.
//!
//! Take the line out, or move what follows into a file of its own.

use crate::diagnostics::{Diagnostic, Place};

/// The second document begins at `place`.
pub fn yaml_second_document(place: Place) -> Diagnostic {
    Diagnostic::error("yaml-second-document", place, "a second document begins here; a file holds only one")
        .help("take the `---` line out, or move what follows into a file of its own")
}
