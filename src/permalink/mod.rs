//! Room `permalink`: where everything stands, source, page and files for machines, the way from one page to
//! another, and how places of the record are cited.

mod book;
mod citation;
mod linker;
mod wording;

pub use book::{Beside, Entry, LEDGER, debate_file, debate_source, in_debate};
pub use citation::{
    cited, hansard_citation, is_extract, long_date, number, office_on, official_report, party_on,
    place_citation,
};
pub use linker::{Address, Linker, absolute, address_of, fact_check_address};
pub use wording::{MONTHS, Wording};
