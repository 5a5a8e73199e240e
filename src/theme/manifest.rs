//! `theme.yaml`: what a theme says of itself.

use crate::diagnostics::{self, Diagnostic, Place};
use crate::text::{Source, Span};
use crate::yaml::{self, Node};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The version of the views that templates get. It changes when a view loses a field or a field its
/// meaning.
pub const CONTRACT: u32 = 1;

/// `theme.yaml` as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTheme {
    /// The theme's name for people.
    #[expect(dead_code, reason = "read by people")]
    pub name: Option<String>,
    /// The version of the views it was written for.
    pub version: Option<u32>,
    /// A sentence about it.
    #[expect(dead_code, reason = "read by people")]
    pub description: Option<String>,
    /// The theme it inherits from; without it, the default theme.
    pub extends: Option<String>,
    /// What a site may choose, with the value it has otherwise.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// What these can be, where that is not anything.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
}

/// Reads a `theme.yaml`.
pub(super) fn read(source: &Source, remarks: &mut Vec<Diagnostic>) -> Option<(RawTheme, Node)> {
    let node = yaml::parse(source, yaml::Unit::File).take(remarks)?;
    let raw = yaml::decode::<RawTheme>(&node, source, "theme.yaml").take(remarks)?;
    if let Some(version) = raw.version.filter(|version| *version != CONTRACT) {
        let span = node.get("version").map_or(Span::default(), |node| node.span);
        remarks.push(diagnostics::theme_version(Place::new(source, span), version, CONTRACT));
    }
    Some((raw, node))
}
