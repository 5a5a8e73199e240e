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
    duplicate_key
    empty_value
    impossible_date
    missing_key
    text_cut_by_comment
    unclosed_front_matter
    unknown_key
    unknown_value
    wrong_type
    yaml_anchor
    yaml_complex_key
    yaml_many_faults
    yaml_merge_key
    yaml_second_document
    yaml_syntax
    yaml_tag
    yaml_too_deep
    yaml_value
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
