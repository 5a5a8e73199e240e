//! A note's `body_file` is not there.
//!
//! It names a Markdown file in the folder `bodies` of the debate: `body_file: bodies/two-tests.md`.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// The file `name`, at `place`, is none of the `known` ones.
pub fn missing_body(place: Place, name: &str, known: impl Iterator<Item = String>) -> Diagnostic {
    let known: Vec<String> = known.collect();
    let near = nearest(name, known.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "put the text into the debate's folder `bodies` and write `bodies/NAME.md`".to_owned(),
    };
    Diagnostic::error("missing-body", place, format!("there is no file `{name}` for this body")).help(help).instead(name, near)
}
