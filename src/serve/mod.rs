//! Room `serve`: the preview server. It serves a map of generated files, never a path on the disk,
//! tells browsers when their page has changed, and shows what is wrong beside the last good page.

mod editor;
mod guard;
mod hub;
mod notes;
mod preview;
mod request;
mod server;

pub use editor::Editor;
pub use notes::{Deed, Proposal, Selection};
pub use preview::{Answer, File, Place, Preview, Problem};
pub use server::{ServeError, Server, Settings};

#[cfg(test)]
mod notes_tests;
#[cfg(test)]
mod tests;
