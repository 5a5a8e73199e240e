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
    approved_by_default
    blank_quote
    context_without_quote
    due_not_in_quote
    duplicate_key
    empty_value
    impossible_date
    invalid_at
    invalid_id
    invalid_reference
    key_of_another_kind
    kind_needs_key
    missing_front_matter
    missing_key
    no_target
    retraction_without_reason
    reviewed_by_author
    targets_and_selector
    text_cut_by_comment
    topic_not_given
    two_bodies
    unclosed_front_matter
    unknown_key
    unknown_value
    withdrawn_but_standing
    wrong_debate
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
