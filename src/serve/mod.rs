//! Room `serve`: the preview server. It serves a map of generated files, never a path on the disk,
//! tells browsers when their page has changed, and shows what is wrong beside the last good page.

mod preview;

pub use preview::{Answer, Entry, File, Place, Preview, Problem, Refusal, Selection};
