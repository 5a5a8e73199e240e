//! The codes: one file and one function each. A file's own header is what `rapporteur explain CODE`
//! prints, so that the documentation stands beside the message it explains.

macro_rules! codes {
    ($($name:ident)*) => {
        $(mod $name;)*
        $(pub use $name::*;)*

        /// Every code's file: its module name and its text.
        const FILES: &[(&str, &str)] = &[$((stringify!($name), include_str!(concat!(stringify!($name), ".rs")))),*];
    };
}

codes! {
    bidi_control
    control_character
    empty_transcript
    long_paragraph
    speaker_without_colon
    swallowed_speaker
    unknown_format
    unknown_key
    unrecognised_transcript
}

/// Every code, in alphabetical order.
pub fn list() -> Vec<String> {
    FILES.iter().map(|(name, _)| name.replace('_', "-")).collect()
}

/// What a code means, why it is a mistake and what to do: the header of its file. `None` where
/// there is no such code.
pub fn explain(code: &str) -> Option<String> {
    let (_, file) = FILES.iter().find(|(name, _)| name.replace('_', "-") == code)?;
    let lines = file.lines().map_while(|line| line.strip_prefix("//!"));
    Some(lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n"))
}
