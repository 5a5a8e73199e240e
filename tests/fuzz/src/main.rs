//! The fuzz targets: every reader, the fold, the matcher, the cleaning of HTML, the editor of sheets, a whole
//! build. One program, since most of its cost is to link it: `FUZZ_TARGET` names the target. `.ci/fuzz` runs
//! them all; see `SECURITY.md`.
#![no_main]

mod editor;
mod fold;
mod matcher;
mod prose;
mod readers;
mod site;

use rapporteur::diagnostics::{Diagnostic, Style};
use std::sync::OnceLock;

/// What a target is given: bytes that somebody could have written.
type Target = fn(&[u8]);

/// The targets by name. `.ci/fuzz` reads the names from these lines.
const TARGETS: &[(&str, Target)] = &[
    ("captions", readers::captions),
    ("document", prose::document),
    ("editor", editor::edits),
    ("fold", fold::folds),
    ("html", prose::html),
    ("json", readers::json),
    ("lock", readers::lock),
    ("markdown", prose::markdown),
    ("matcher", matcher::places),
    ("sheet", readers::sheet),
    ("site", site::builds),
    ("text", readers::text),
    ("theme", site::themes),
    ("xml", readers::xml),
    ("yaml", readers::yaml),
];

fn target() -> Target {
    static CHOSEN: OnceLock<Target> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let wanted = std::env::var("FUZZ_TARGET").expect("FUZZ_TARGET names a target");
        let found = TARGETS.iter().find(|(name, _)| *name == wanted);
        found.unwrap_or_else(|| panic!("there is no target {wanted}")).1
    })
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| target()(data));

/// Every message can be shown at its place, and sends nothing to a terminal but text.
fn shown(remarks: &[Diagnostic]) {
    for remark in remarks {
        if let Some(place) = &remark.place {
            assert!(place.source.text.get(place.span.range()).is_some(), "{remark:?}");
        }
        for words in [remark.snippet(Style::Plain), remark.line(), remark.github(), remark.json().to_string()]
        {
            assert!(!words.contains(['\u{1b}', '\0', '\u{9b}']), "{words:?}");
        }
    }
}
