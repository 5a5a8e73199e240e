//! A label in `speakers` is nowhere in the record.
//!
//! The table `speakers` in `debate.yaml` says who a label in the record is. A label that no speech has
//! says nothing, and is most likely misspelt: the speaker is then shown without the person. Write the
//! label exactly as the record prints it, with or without what stands in brackets after it.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// No speech is headed by the `label` at `place`; the record prints those of `printed`.
pub fn unused_speaker<'a>(place: Place, label: &str, printed: impl Iterator<Item = &'a str>) -> Diagnostic {
    let printed: Vec<&str> = printed.collect();
    let near = nearest(label, printed.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if printed.len() <= 12 && !printed.is_empty() => format!("the record prints {}", printed.join(", ")),
        None => "write it as the record prints it, or take it out".to_owned(),
    };
    Diagnostic::warning("unused-speaker", place, format!("no speech in the record is headed `{label}`")).help(help).instead(label, near)
}
