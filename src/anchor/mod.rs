//! Room `anchor`: pure text search. Where the words of a quotation stand in the record, whether an
//! elision changed what was said, and what an author may have meant whose words are not there.
//! It knows no annotation, no file and no diagnostic.

mod align;
mod approximate;
mod carry;
mod chains;
mod context;
pub mod elision;
mod english;
mod find;
mod loose;
mod occurrences;
mod piece;
mod quote;
mod stretch;
mod suggest;
mod tokens;
mod word_diff;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod revisions;

pub use align::{Block, Fate, align};
pub use carry::{Carried, Landed, carry};
pub use find::{Candidate, Found, LISTED, Places, find};
pub use piece::{Joints, Piece, PlacedRange, Scope};
pub use quote::{Brackets, Quote};
pub use suggest::{Suggestion, Why, suggest};
pub use word_diff::word_diff;
