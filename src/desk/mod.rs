//! Room `desk`: what editors begin, look over and rename. It gives the files that are to be written and
//! the lines that are to be shown, and writes nothing.

mod ask;
mod begin;
mod change;
mod inventory;
mod landing;
mod merge;
mod outside;
mod pieces;
mod rename;
mod site;
mod table;
mod thorough;
mod tidy;
mod upwards;

pub use ask::{Answered, ask};
pub use begin::{Keys, Thing, files, flow, mapping, new_slug, titled, unknown};
pub use change::{only_after, with_changes};
pub use inventory::{Filter, Inventory};
pub use landing::Landing;
pub use merge::merge_topics;
pub use outside::{Answers, Looked, Manners, OPENS_HTTPS, Outside};
pub use pieces::{COPIED, Own, copied, own_pieces, piece, pieces, tokens};
pub use rename::{Named, Renaming, references, rename};
pub use site::{First, NewFile, NewSite, in_the_way};
pub use table::Table;
pub use thorough::thorough;
pub use tidy::in_order;
pub use upwards::site_above;

/// A text as a value of YAML, in quotation marks where it needs them.
pub(crate) fn scalar(text: &str) -> String {
    crate::import::scalar(text)
}
