//! What the options of a theme can be, and whether they are.

use super::manifest::RawTheme;
use crate::config::Config;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::text::{SitePath, Source};
use crate::yaml::Node;
use std::collections::BTreeMap;

/// The values that options can have, as the themes of a chain say, and where each theme gives its own.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// By option, with the place that says so.
    allowed: BTreeMap<String, (Vec<String>, Place)>,
    /// Where the value that holds is written.
    written: BTreeMap<String, Place>,
}

impl Choices {
    /// Takes what one theme says over what those said that it inherits from.
    pub(super) fn take(&mut self, raw: &RawTheme, node: &Node, source: &Source) {
        let place = |path: &[&str]| {
            Place::new(source, node.at_path(path).map_or_else(Default::default, |node| node.span))
        };
        for (key, values) in &raw.values {
            self.allowed.insert(key.clone(), (values.clone(), place(&["values", key])));
        }
        for key in raw.options.keys() {
            self.written.insert(key.clone(), place(&["options", key]));
        }
    }

    /// Reports values that are none of those, of the themes' own `options` and of what the site chooses.
    pub(super) fn hold(
        &self,
        options: &BTreeMap<String, String>,
        config: &Config,
        remarks: &mut Vec<Diagnostic>,
    ) {
        let path = SitePath::new("rapporteur.yaml").expect("a plain name");
        for (key, (allowed, place)) in &self.allowed {
            let Some(own) = options.get(key) else {
                let known: Vec<&str> = options.keys().map(String::as_str).collect();
                remarks.push(diagnostics::unknown_key(place.clone(), key, "the options", &known));
                continue;
            };
            let chosen = config.theme_options.get(key);
            let value = chosen.unwrap_or(own);
            if !allowed.contains(value) {
                let place = match (chosen, self.written.get(key)) {
                    (None, Some(place)) => place.clone(),
                    _ => Place::file(&Source::new(path.clone(), "")),
                };
                remarks.push(diagnostics::invalid_theme_option(place, key, value, allowed));
            }
        }
    }
}
