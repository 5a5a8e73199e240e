//! No note and no briefing names a topic.
//!
//! Its page has nothing to show. Give notes the topic, merge it into another
//! (`rapporteur merge topic OLD INTO`), or remove its file. Said by `check --thorough`.

use crate::diagnostics::{Diagnostic, Place};

/// The topic `slug`, whose file is `place`, is named nowhere.
pub fn unused_topic(place: Place, slug: &str) -> Diagnostic {
    Diagnostic::warning("unused-topic", place, format!("no note and no briefing has the topic `{slug}`"))
        .help("give notes the topic, merge it into another, or remove its file")
}
