//! Room `model`: what a site is made of, by the field's own words. It parses nothing and does no
//! input or output.

mod ids;

pub use ids::{InvalidId, ParagraphId};
