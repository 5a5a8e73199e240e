//! A mapping has the merge key `<<`, which is not allowed here.
//!
//! It copies another mapping's keys into this one, out of sight of whoever reads the note, and was
//! dropped from YAML in version 1.2.
//!
//! Write the keys out. In an annotation sheet, what all notes share goes into `defaults`.

use crate::diagnostics::{Diagnostic, Place};

/// At `place` stands `<<`.
pub fn yaml_merge_key(place: Place) -> Diagnostic {
    Diagnostic::error("yaml-merge-key", place, "the merge key `<<` is not allowed here")
        .help("write the keys out; what all notes of a sheet share goes into its `defaults`")
}
