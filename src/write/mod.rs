//! Room `write`: the two doors to disk. The *site* is staged beside its output folder and published
//! in one exchange ([`Publication`]); an *author's file* is replaced whole or not at all
//! ([`replace_file`]).

mod adopt;
mod author;
mod calls;
mod disk;
mod error;
mod fault;
mod folder;
mod folders;
mod in_place;
mod journal;
mod kept;
mod note;
mod publication;
mod record;
mod site;
mod staging;
mod swap;
#[cfg(all(test, unix))]
mod tests;
mod together;

pub use adopt::adopt;
pub use author::{Before, replace_file};
pub use error::WriteError;
pub use folder::new_folder;
pub use journal::{Course, Resumed, is_cut_short, resume};
pub use kept::{Seal, keep, kept};
pub use note::{NoteError, SheetEnd};
pub use publication::{Changes, Publication};
pub use site::new_site;
pub use together::{FileEdit, replace_together};
