//! Room `text`: plain text and where it stands. Paths inside a site, sources, byte spans, line and
//! column, fingerprints, tags of languages, names of licences, and the fold that matching uses. It knows no word of the domain.

mod blocks;
mod fingerprint;
mod fold;
mod hidden;
mod language;
mod licence;
mod names;
mod path;
mod slug;
mod source;
mod words;

pub use fingerprint::{Digest, Fingerprint};
pub use fold::{Folded, fold};
pub use hidden::{hidden_characters, is_control, look_alikes, looks_latin, turns_direction};
pub use language::{Direction, direction, direction_of, has_capital_nouns, isolated, lookups};
pub use licence::licence_address;
pub use names::{alike, is_leftover, looks_left_behind, unportable};
pub use path::SitePath;
pub use slug::{is_slug, nearest, nearly, slugify};
pub use source::{LineColumn, Source, Span, as_read, plain_lines};
pub use words::word_count;
