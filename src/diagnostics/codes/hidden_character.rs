//! A text holds a character that no reader sees.
//!
//! Characters without width, marks that turn the direction of the text, tags and characters for private
//! use can make a text read as something else than it is, and make two names that look alike differ. So do
//! references to no character at all: `&#0;`, `&#xD800;`. A control character can't be shown at all: that is an error. In a quotation that is compared with the
//! record, a mark that turns the direction is an error too: what is read would not be what was compared.

use crate::diagnostics::{Diagnostic, Place, Severity};

/// `found` stands at `place`, for the first of `count` times.
pub fn hidden_character(place: Place, found: char, count: usize) -> Diagnostic {
    let more = if count > 1 { format!(", here and {} more times", count - 1) } else { String::new() };
    let what = match found {
        '\u{FFFD}' => "a reference to a character that there is not, shown as",
        _ if found.is_control() => "the control character",
        _ => "the invisible character",
    };
    let message = format!("{what} U+{:04X} stands among the words{more}", u32::from(found));
    let diagnostic =
        Diagnostic::warning("hidden-character", place, message).help("take it out, unless the words need it");
    match found.is_control() {
        true => Diagnostic { severity: Severity::Error, ..diagnostic },
        false => diagnostic,
    }
}

/// `found` stands in the name of the file at `place`, `count` times.
pub fn hidden_in_a_name(place: Place, found: char, count: usize) -> Diagnostic {
    let more = if count > 1 { format!(", {count} times") } else { String::new() };
    let message = format!("the invisible character U+{:04X} stands in the file's name{more}", u32::from(found));
    Diagnostic::warning("hidden-character", place, message).help("rename the file")
}
