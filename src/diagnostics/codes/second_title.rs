//! A transcript has a second title.
//!
//! In a Markdown transcript the first `# …` is the debate's title. Another one is most likely a
//! section, which is written `## …`, or a line that was spoken and happens to begin with `#`: put a
//! backslash before it (`\# 1 priority`), and it is words of the speech. As it stands it is a heading,
//! after which nobody speaks until somebody is named.

use crate::diagnostics::{Diagnostic, Place};

/// The heading at `place`, with these `words`, is of the first level and not the title.
pub fn second_title(place: Place, words: &str) -> Diagnostic {
    let message = format!("`{words}` is a second title in this debate");
    Diagnostic::warning("second-title", place, message)
        .help("for a section write `## …`; if these words were spoken, put `\\` before the `#`")
}
