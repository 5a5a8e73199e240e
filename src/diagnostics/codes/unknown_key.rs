//! A file has a key that means nothing here.
//!
//! Every file's keys are listed in the documentation. A key that is not among them is most often a
//! slip of the keyboard, and a slip that passed in silence would lose what it was meant to say.
//! Correct the key to the one that is offered, or take the line out.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `key`, at `place`, is not one of the `known` keys of `owner` ("a sheet", "an annotation").
pub fn unknown_key(place: Place, key: &str, owner: &str, known: &[&str]) -> Diagnostic {
    let near = nearest(key, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys of {owner} are {}", known.join(", ")),
    };
    Diagnostic::error("unknown-key", place, format!("`{key}` is not a key of {owner}"))
        .help(help)
        .instead(key, near)
}
