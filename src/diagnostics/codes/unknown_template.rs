//! A page names a template that no theme of the site has, or that is none for a page.
//!
//! `template: NAME` in the front matter of a page of text chooses `templates/NAME.html` of the site's theme, which gets
//! what `page.html` gets. The templates of other kinds of pages (`topic`, `debate`) and `base` want other things and
//! can't be named; the home page has `home.html` always.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `name`, at `place`, is none of the templates that a page can have, which are `known`.
pub fn unknown_template(place: Place, name: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}; put `templates/NAME.html` into the theme for another", known.join(", ")),
    };
    Diagnostic::error("unknown-template", place, format!("there is no template `{name}` for a page")).help(help)
}
