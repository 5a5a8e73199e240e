//! A piece of a theme takes the place of nothing.
//!
//! A template, a component or a string of a theme is used because one of the same name is asked for. A name
//! that nothing asks for is a slip, or was renamed in a newer version of the program: what it was to change
//! stays as it is. `rapporteur theme show` lists the pieces that there are. A template that another one
//! extends or includes, and a string that a template of the theme shows, have their use.

use crate::diagnostics::{Diagnostic, Place};

/// `what` ("the template `topik.html`"), at `place`, is asked for by nothing; `near` is a name that is.
pub fn unused_piece(place: Place, what: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`rapporteur theme show` lists what there is".to_owned(),
    };
    Diagnostic::warning("unused-piece", place, format!("nothing asks for {what}")).help(help)
}
