//! `rapporteur lsp`: the language server, for an editor that starts it and speaks to it.

use super::arguments::Site;
use super::{Ending, Outcome, build as build_command};
use crate::lsp;
use crate::pipeline::{OnError, Options};
use std::path::Path;
use std::sync::Arc;

/// Serves the editor on standard input and output until it ends.
pub fn run(site: &Site) -> Outcome {
    let root = site.given_root.clone();
    let site = site.clone();
    // The editor names the site; where the program was started says nothing of it.
    let asking = move |root: &Path| {
        let site = Site { root: root.to_owned(), ..site.clone() };
        Options { overrides: build_command::overrides(&site), on_error: OnError::KeepGoing }
    };
    let asked = lsp::run(root, Arc::new(asking))?;
    Ok(if asked { Ending::Fine } else { Ending::Mistakes })
}
