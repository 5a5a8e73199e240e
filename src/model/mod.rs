//! Room `model`: what a site is made of, in the field's words. Types only: nothing here parses,
//! reads, writes, or takes the shape of a file.

mod annotation;
mod debate;
mod ids;
mod prose;
mod site;
mod slugs;
mod words;

pub use annotation::*;
pub use debate::*;
pub use ids::*;
pub use prose::*;
pub use site::*;
pub use slugs::*;
pub use words::*;
