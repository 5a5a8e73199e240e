//! A letter in a word looks like a Latin one and is another.
//!
//! The Cyrillic `а`, the Greek `Ο` and the bold letters of mathematics have the looks of Latin letters. In a word
//! of Latin letters such a one comes from a slip, from a scan, or from somebody who wants two names to look the
//! same: no search finds the word, and no quotation of it is compared rightly. Type the letter anew.

use crate::diagnostics::{Diagnostic, Place};

/// `found` stands at `place` in a word of Latin letters, for the first of `count` times.
pub fn look_alike(place: Place, found: char, count: usize) -> Diagnostic {
    let more = if count > 1 { format!(", here and {} more times", count - 1) } else { String::new() };
    let message = format!("the letter `{found}` (U+{:04X}) looks like a Latin one and is another{more}", u32::from(found));
    Diagnostic::warning("look-alike-character", place, message).help("type the letter anew, unless the word needs it")
}
