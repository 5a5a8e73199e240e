//! The default theme, carried inside the program: its files stand in `themes/default`.

use crate::text::SitePath;

include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));

/// The files of the theme that every other theme inherits from.
pub struct Embedded;

impl Embedded {
    /// Every file: its path within a site, and its bytes.
    pub fn files() -> impl Iterator<Item = (SitePath, &'static [u8])> {
        DEFAULT_THEME.iter().filter_map(|(path, bytes)| Some((SitePath::new(path)?, *bytes)))
    }

    /// Whether a file is one of them, to the byte.
    pub fn has(path: &SitePath, bytes: &[u8]) -> bool {
        let at = DEFAULT_THEME.binary_search_by(|(known, _)| (*known).cmp(path.as_str()));
        at.is_ok_and(|at| DEFAULT_THEME[at].1 == bytes)
    }
}
