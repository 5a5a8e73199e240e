//! Room `search`: the index that lets a reader's browser find contributions and notes by their words,
//! without a server. Map: the words of some debates ([`Run`]). Reduce: where each stands ([`Index`]), in
//! small files. `docs/search.md` has the format.

mod bytes;
mod index;
mod kept;
mod lists;
mod run;
mod shards;
mod stems;
mod units;
mod words;

pub use bytes::checksum;
pub use index::{Index, places};
pub use kept::Runs;
pub use run::Run;
pub use shards::FOLDER;
pub use stems::Stemming;
pub use units::{ROW, Slots, Unit, units};
pub use words::words;

/// The path of the root of the index.
pub const ROOT: &str = "search/index.json";
