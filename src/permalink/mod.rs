//! Room `permalink`: where every page stands, the way from one to another, and how places of the record
//! are cited.

mod citation;
mod linker;
mod wording;

pub use citation::{
    cited, hansard_citation, is_extract, long_date, number, office_on, party_on, place_citation,
};
pub use linker::{Address, Linker, absolute, address_of};
pub use wording::{MONTHS, Wording};
