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
    ambiguous_quote
    bad_address
    bad_date
    bad_file
    bad_link
    bad_lock
    bad_slug
    bad_time
    bidi_control
    bracketed_insertion
    broken_link
    changed_record
    control_character
    crosses_paragraph
    crosses_speech
    cuts_character
    duplicate_id
    duplicate_permalink
    empty_transcript
    file_too_large
    link_loop
    long_paragraph
    lost_quote
    material_elision
    misattributed_quotation
    mismatched_record
    misquotation
    missing_file
    missing_key
    no_configuration
    not_utf8
    out_of_context
    quoted_elsewhere
    remote_picture
    speaker_without_colon
    stray_file
    swallowed_speaker
    template_error
    theme_version
    two_transcripts
    unknown_annotation
    unknown_code
    unknown_debate
    unknown_format
    unknown_key
    unknown_paragraph
    unknown_person
    unknown_source
    unknown_theme
    unknown_theme_option
    unknown_topic
    unrecognised_transcript
    unreviewed_approval
    unsourced_quotation
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
