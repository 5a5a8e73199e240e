//! `rapporteur lsp`: the language server, for an editor that starts it and speaks to it.

use super::arguments::Site;
use super::{Ending, Outcome, build as build_command};
use crate::build::{OnError, Options};
use crate::lsp;
use std::sync::Arc;

/// Serves the editor on standard input and output until it ends.
pub fn run(site: &Site) -> Outcome {
    let root = site.given_root.clone();
    let site = site.clone();
    let asking = move || Options { overrides: build_command::overrides(&site), on_error: OnError::KeepGoing };
    let asked = lsp::run(root, Arc::new(asking))?;
    Ok(if asked { Ending::Fine } else { Ending::Mistakes })
}
