//! A file has more faults than are listed.
//!
//! After a hundred faults of its form a file is most likely not what its name says, and a longer
//! list would help nobody.
//!
//! Mend those that are listed and look again.

use crate::diagnostics::{Diagnostic, Place};

/// `unlisted` more faults were found in the file of `place`; `None` where nobody counted.
pub fn yaml_many_faults(place: Place, unlisted: Option<usize>) -> Diagnostic {
    let message = match unlisted {
        Some(count) => format!("this file has {count} more faults, not listed here"),
        None => "there are so many faults that those from here on are not listed".to_owned(),
    };
    Diagnostic::error("yaml-many-faults", place, message).help("mend those that are listed and look again")
}
