//! A note or a page names a topic that the site does not have.
//!
//! Topics are a controlled list: one file each under `content/topics`. A slip would make a topic of
//! one note; a new topic needs a file with at least a `title`.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `slug`, at `place`, is none of the `known` topics.
pub fn unknown_topic<'a>(place: Place, slug: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let near = nearest(slug, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() <= 12 && !known.is_empty() => format!("the topics here are {}", known.join(", ")),
        None => "write content/topics/SLUG.md with a `title`, or use a topic that is there".to_owned(),
    };
    Diagnostic::error("unknown-topic", place, format!("there is no topic `{slug}`"))
        .help(help)
        .instead(slug, near)
}
