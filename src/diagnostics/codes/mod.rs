//! The codes: one file and one function each. A file's own header is what `rapporteur explain CODE`
//! prints, so that the documentation stands beside the message it explains.

use std::sync::LazyLock;

macro_rules! codes {
    ($($name:ident)*) => {
        $(mod $name;)*
        $(pub use $name::*;)*

        /// Every code's file: its module name and its text.
        const FILES: &[(&str, &str)] = &[$((stringify!($name), include_str!(concat!(stringify!($name), ".rs")))),*];
    };
}

/// The debate whose folder a file is in, for messages.
fn debate_of(source: &crate::text::Source) -> &str {
    source.path.folder().rsplit('/').next().unwrap_or_default()
}

codes! {
    ambiguous_quote
    approved_by_default
    backward_time
    bad_address
    bad_alias
    bad_file
    bad_link
    bad_lock
    bad_slug
    bad_time
    bidi_control
    blank_quote
    bracketed_insertion
    broken_cue
    broken_json
    broken_ledger
    broken_link
    broken_xml
    changed_record
    context_changed
    context_without_quote
    control_character
    crosses_paragraph
    crosses_speech
    cuts_character
    cuts_word
    dead_link
    dead_outside_link
    doubled_note
    due_not_in_quote
    duplicate_id
    duplicate_key
    duplicate_permalink
    edited_quotation
    empty_transcript
    empty_value
    file_too_large
    foreign_document
    half_character
    hidden_character
    impossible_date
    invalid_at
    invalid_id
    invalid_theme_option
    invalid_reference
    key_of_another_kind
    kind_needs_key
    known_speaker
    link_loop
    link_to_withdrawn
    long_paragraph
    look_alike_character
    lost_address
    lost_quote
    markdown_too_deep
    material_elision
    misattributed_quotation
    misleading_address
    mismatched_record
    misquotation
    missing_body
    missing_file
    missing_front_matter
    missing_key
    missing_licence
    mistyped_name
    mixed_formats
    name_among_words
    nameless_speaker
    no_configuration
    no_target
    nobody_speaks
    not_utf8
    out_of_context
    overdue_commitment
    possible_speaker
    quotation_changed
    quoted_elsewhere
    remote_picture
    removed_html
    repeated_source_id
    retraction_without_reason
    reviewed_by_author
    second_title
    speaker_without_colon
    stray_file
    swallowed_speaker
    targets_and_selector
    template_error
    text_cut_by_comment
    theme_reaches_out
    theme_version
    topic_not_given
    two_bodies
    two_transcripts
    unaccounted_words
    unbalanced_html
    uncertain_quotation
    unclosed_comment
    unclosed_front_matter
    unclosed_quotation
    undated_site
    undefined_reference
    underlined_words
    unknown_annotation
    unknown_code
    unknown_debate
    unknown_format
    unknown_key
    unknown_paragraph
    unknown_person
    unknown_source
    unknown_theme
    unknown_template
    unknown_theme_option
    unknown_topic
    unknown_value
    unnamed_words
    unportable_name
    unpublished_link
    unpublished_name
    unrecognised_transcript
    unreviewed_approval
    unsourced_claim
    unsourced_quotation
    untimed_caption
    unused_person
    unused_piece
    unused_source
    unused_speaker
    unused_topic
    unwritten_note
    withdrawn_but_standing
    wrong_correction
    wrong_debate
    wrong_encoding
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

/// The code that reads so, if there is one.
pub fn known(code: &str) -> Option<&'static str> {
    static CODES: LazyLock<Vec<String>> = LazyLock::new(list);
    CODES.iter().map(String::as_str).find(|known| *known == code)
}

/// What a code means, why it is a mistake and what to do: the header of its file. `None` where
/// there is no such code.
pub fn explain(code: &str) -> Option<String> {
    let (_, file) = FILES.iter().find(|(name, _)| name.replace('_', "-") == code)?;
    let lines = file.lines().map_while(|line| line.strip_prefix("//!"));
    Some(lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n"))
}
