//! What can be wrong with an annotation by itself, without the record and without the site: keys
//! that do not go with its kind, and values that contradict each other.

use super::entry::Entry;
use super::print::PLACEHOLDER;
use super::raw::{Kind, RawAnnotation, Status};
use crate::diagnostics::{self as codes, Diagnostic, Place};
use crate::text::{fold, is_slug};

/// Looks an annotation over, its targets and topics excepted.
pub(super) fn check(entry: &Entry, found: &mut Vec<Diagnostic>) {
    if !is_slug(&entry.id) {
        found.push(codes::invalid_id(Place::new(&entry.source, entry.id_span), &entry.id));
    }
    kind(entry, found);
    due(entry, found);
    standing(entry, found);
    references(entry, found);
    let written = [("body", &entry.raw.body), ("body_file", &entry.raw.body_file)];
    if written.iter().all(|(_, value)| value.is_some()) {
        found.push(codes::two_bodies(entry.place_of(&["body_file"])));
    }
}

/// Keys that only one kind has, and keys that a kind must have.
fn kind(entry: &Entry, found: &mut Vec<Diagnostic>) {
    let RawAnnotation { kind, term, owed_by, due, outcome, verdict, .. } = &entry.raw;
    let kind = kind.unwrap_or_default();
    let belongs = [
        ("owed_by", owed_by.is_some(), Kind::Commitment),
        ("due", due.is_some(), Kind::Commitment),
        ("outcome", outcome.is_some(), Kind::Commitment),
        ("verdict", verdict.is_some(), Kind::FactCheck),
        ("term", term.is_some(), Kind::Definition),
    ];
    for (key, written, owner) in belongs {
        if written && kind != owner {
            let span = entry.node.key_span(key).unwrap_or(entry.id_span);
            let place = Place::new(&entry.source, span);
            found.push(codes::key_of_another_kind(place, key, owner.as_str(), kind.as_str()));
        }
    }
    // A draft may still lack what publication needs.
    if entry.raw.status.unwrap_or_default() != Status::Draft {
        for (owner, key) in lacking(entry) {
            found.push(codes::kind_needs_key(entry.place_of(&["kind"]), owner.as_str(), key));
        }
    }
}

/// What a kind wants before it is published and an entry does not have: a kind and a key.
pub fn lacking(entry: &Entry) -> Vec<(Kind, &'static str)> {
    let RawAnnotation { kind, see, verdict, sources, .. } = &entry.raw;
    let kind = kind.unwrap_or_default();
    let needs = [
        (Kind::FactCheck, "verdict", verdict.is_none()),
        (Kind::FactCheck, "sources", sources.is_empty()),
        (Kind::CrossReference, "see", see.is_empty()),
    ];
    let lacking = needs.into_iter().filter(|(owner, _, missing)| kind == *owner && *missing);
    lacking.map(|(owner, key, _)| (owner, key)).collect()
}

/// What was said of the day must be words of the quote. Without a quote that is seen only later,
/// beside the record.
fn due(entry: &Entry, found: &mut Vec<Diagnostic>) {
    let Some(due) = &entry.raw.due else { return };
    let mut quotes = entry.targets.iter().filter_map(|target| target.quote.as_deref()).peekable();
    if quotes.peek().is_some() && !quotes.any(|quote| holds_words(quote, &due.said)) {
        found.push(codes::due_not_in_quote(entry.place_of(&["due", "said"]), &due.said));
    }
}

/// Whether a quotation holds some words of it, whole: as every quotation is held to the record, folded,
/// and never a part of a word or of a character.
pub fn holds_words(quote: &str, words: &str) -> bool {
    let (quote, words) = (fold(quote), fold(words));
    let (text, words) = (quote.text(), words.text());
    let inside_word = |at: usize| {
        let before = text[..at].chars().next_back();
        before.is_some_and(char::is_alphanumeric) && text[at..].starts_with(char::is_alphanumeric)
    };
    let whole = |start: usize| {
        [start, start + words.len()].iter().all(|at| quote.is_boundary(*at) && !inside_word(*at))
    };
    !words.is_empty() && text.match_indices(words).any(|(start, _)| whole(start))
}

fn standing(entry: &Entry, found: &mut Vec<Diagnostic>) {
    let RawAnnotation { author, status, reviewed, withdrawn, .. } = &entry.raw;
    if let (Some(author), Some(reviewed)) = (author, reviewed)
        && author.trim() == reviewed.by.trim()
    {
        found.push(codes::reviewed_by_author(entry.place_of(&["reviewed", "by"]), author));
    }
    let is_public = matches!(status, Some(Status::InReview | Status::Approved));
    if is_public && entry.raw.body.as_deref().is_some_and(|body| body.trim() == PLACEHOLDER) {
        found.push(codes::unwritten_note(entry.place_of(&["body"]), PLACEHOLDER));
    }
    match (status, withdrawn) {
        (Some(Status::Retracted), None) => {
            found.push(codes::retraction_without_reason(entry.place_of(&["status"])));
        }
        (status, Some(_)) if *status != Some(Status::Retracted) => {
            let span = entry.node.key_span("withdrawn").unwrap_or(entry.id_span);
            found.push(codes::withdrawn_but_standing(Place::new(&entry.source, span)));
        }
        _ => {}
    }
}

fn references(entry: &Entry, found: &mut Vec<Diagnostic>) {
    for (at, name) in entry.raw.see.iter().enumerate() {
        let (debate, id) = name.split_once('/').map_or((None, &**name), |(debate, id)| (Some(debate), id));
        if !is_slug(id) || !debate.is_none_or(is_slug) {
            found.push(codes::invalid_reference(entry.place_of(&["see", &at.to_string()]), name));
        }
    }
}
