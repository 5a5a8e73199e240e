//! There is no `rapporteur.yaml`.
//!
//! A folder is a site when it has a `rapporteur.yaml` at its top. It needs one line: `title: …`.
//! Either the command was run outside of the site (a folder in it will do, or use `--root DIR`), or the
//! file is still to be written: `rapporteur init` begins a site.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// The site has no configuration.
pub fn no_configuration() -> Diagnostic {
    let path = SitePath::new("rapporteur.yaml").expect("a plain name");
    Diagnostic::error("no-configuration", Place::file(&Source::new(path, "")), "there is no rapporteur.yaml here")
        .help("run the command in the site's folder or one in it, or with `--root DIR`; `rapporteur init` begins a site")
}
