//! The times of captions go backwards.
//!
//! A caption begins before the one above it, or ends before it begins. People who talk at once make
//! such files, and they are read as they stand: in the order of the file, with the times that it
//! states. Where a part of a meeting was moved, or two files were joined, obtain the file again.

use crate::diagnostics::{Diagnostic, Place};

/// The times at `place` are before `after`, when the cue above began; so are those of other `lines`.
pub fn backward_time(place: Place, after: &str, lines: &[usize]) -> Diagnostic {
    let message = format!("these times go backwards: the cue above begins at {after}");
    let mut diagnostic = Diagnostic::warning("backward-time", place, message)
        .help("nothing, where people talk at once: words are read in the order of the file");
    if !lines.is_empty() {
        let shown: Vec<_> = lines.iter().take(20).map(usize::to_string).collect();
        let more = lines.len().checked_sub(shown.len()).filter(|more| *more > 0);
        let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
        diagnostic = diagnostic.note(format!("so do those of the lines {}{more}", shown.join(", ")));
    }
    diagnostic
}
