//! `rapporteur formats`: the formats of transcripts that are read, and how each is recognised.

use super::{Ending, Outcome, print};
use crate::transcript::FORMATS;

/// Prints the table of formats.
pub fn run() -> Outcome {
    for format in FORMATS {
        let extensions: Vec<_> = format.extensions.iter().map(|extension| format!(".{extension}")).collect();
        print::line(&format!("{:18} {} ({})", format.name, format.title, extensions.join(", ")));
        print::line(&format!("{:18} recognised by {}", "", format.recognised_by));
    }
    Ok(Ending::Fine)
}
