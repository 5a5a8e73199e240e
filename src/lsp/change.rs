//! Changes that an editor is offered: another name, and what would mend a mistake. The editor makes them.

use super::server::Look;
use super::text::Lines;
use super::things::{self, Found, What};
use crate::desk::{self, Named, Thing};
use crate::diagnostics::{Diagnostic, Edit, Fix};
use crate::load::{self, Sources};
use crate::text::{SitePath, Source, plain_lines};
use lsp_types::{
    CodeAction, CodeActionKind, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, RenameFile, ResourceOp, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};
use similar::{ChangeTag, TextDiff};
use std::collections::HashMap;
use std::io;
use std::ops::Range;

/// What can be renamed at a byte, and where its name stands there.
pub fn renamable(look: &Look<'_>, source: &Source, offset: usize) -> Option<(Named, Range<usize>)> {
    let site = look.edition.as_ref().map(|edition| &edition.site);
    let Found { what: What::Named(named), span } = things::at(source, offset, site)? else { return None };
    // Of a debate every file of its folder gets another name: not every editor moves folders.
    let can = match &named {
        Named::Note(..) => true,
        Named::Thing(thing, _) => {
            matches!(thing, Thing::Topic | Thing::Person | Thing::Briefing | Thing::Debate)
        }
    };
    can.then_some((named, span))
}

/// The changes that give something another name. The inner `Err` says what is in the way.
///
/// # Errors
/// The machine's.
pub fn rename(
    look: &Look<'_>,
    named: &Named,
    new: &str,
    can_move: bool,
) -> io::Result<Result<WorkspaceEdit, String>> {
    let disk = &look.files.disk;
    let renaming = match desk::rename(look.files, &|folder| disk.below(folder), named, new)? {
        Ok(renaming) => renaming,
        Err(why) => return Ok(Err(why)),
    };
    if !renaming.moved.is_empty() && !can_move {
        let why = "this editor can't rename files: use `rapporteur rename`";
        return Ok(Err(why.to_owned()));
    }
    let mut operations = Vec::new();
    let mut moves = Vec::new();
    for (to, _, after) in renaming.edits {
        let Some(after) = after else { continue };
        let from = renaming.moved.iter().find(|(_, moved)| *moved == to).map(|(from, _)| from.clone());
        let path = from.clone().unwrap_or_else(|| to.clone());
        let Some(uri) = look.files.uri_of(&path) else { continue };
        let before = look.files.read(&path)?;
        // What is no text is not changed, and moves all the same.
        if before != after
            && let (Ok(before), Ok(after)) = (String::from_utf8(before), String::from_utf8(after))
        {
            operations.push(DocumentChangeOperation::Edit(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    version: look.files.open.get(&path).map(|document| document.version),
                    uri: uri.clone(),
                },
                edits: differences(&before, &after).into_iter().map(OneOf::Left).collect(),
            }));
        }
        if from.is_some()
            && let Some(new_uri) = look.files.uri_of(&to)
        {
            let moved = RenameFile { old_uri: uri, new_uri, options: None, annotation_id: None };
            moves.push(DocumentChangeOperation::Op(ResourceOp::Rename(moved)));
        }
    }
    // What is written in a file is changed under the name that the editor knows.
    operations.extend(moves);
    Ok(Ok(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(operations)),
        ..WorkspaceEdit::default()
    }))
}

/// The lines in which two texts differ, as changes to the first.
fn differences(before: &str, after: &str) -> Vec<TextEdit> {
    let lines = Lines::new(before);
    let diff = TextDiff::from_lines(before, after);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    let mut is_open = false;
    for change in diff.iter_all_changes() {
        let text = change.value();
        if change.tag() == ChangeTag::Equal {
            at += text.len();
            is_open = false;
            continue;
        }
        if !is_open {
            edits.push((at..at, String::new()));
            is_open = true;
        }
        let Some((range, new)) = edits.last_mut() else { continue };
        match change.tag() {
            ChangeTag::Delete => {
                at += text.len();
                range.end = at;
            }
            _ => new.push_str(text),
        }
    }
    edits.into_iter().map(|(range, new_text)| TextEdit { range: lines.range(range), new_text }).collect()
}

/// What would mend the mistakes at some bytes of a file.
///
/// # Errors
/// The machine's.
pub fn fixes(look: &Look<'_>, source: &Source, range: Range<usize>, uri: &Uri) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    for diagnostic in look.told_at(source, range) {
        for (number, fix) in diagnostic.fixes.iter().enumerate() {
            actions.extend(action(look, source, diagnostic, fix, number == 0, uri));
        }
    }
    actions
}

fn action(
    look: &Look<'_>,
    source: &Source,
    diagnostic: &Diagnostic,
    fix: &Fix,
    is_first: bool,
    uri: &Uri,
) -> Option<CodeAction> {
    let (range, mut new_text) = written(source, &fix.edit)?;
    // A line that is put in ends as the others do.
    if look.files.open.get(&source.path).is_some_and(|document| document.text.contains("\r\n")) {
        new_text = new_text.replace('\n', "\r\n");
    }
    let edit = TextEdit { range: Lines::new(&source.text).range(range), new_text };
    // A client matches by the keys of this map; the protocol has no other form that every client takes.
    #[expect(clippy::mutable_key_type, reason = "an address keeps what it parsed beside its text")]
    let changes = HashMap::from([(uri.clone(), vec![edit])]);
    Some(CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(super::server::shown(std::slice::from_ref(diagnostic))),
        is_preferred: Some(is_first && diagnostic.fixes.len() == 1),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        ..CodeAction::default()
    })
}

/// A change as bytes of the file and what is to stand there.
fn written(source: &Source, edit: &Edit) -> Option<(Range<usize>, String)> {
    let text = &*source.text;
    match edit {
        Edit::Text(span, new) => Some((span.range(), new.clone())),
        Edit::Value(span, words) => {
            let range = span.range();
            let old = text.get(range.clone())?;
            let new = match old.chars().next() {
                Some('"') => format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"")),
                Some('\'') => format!("'{}'", words.replace('\'', "''")),
                // Below `>-` or `|` words stand as they are.
                _ if text[..range.start].trim_end().ends_with(['>', '|', '-', '+'])
                    && text[..range.start].trim_end_matches(' ').ends_with('\n') =>
                {
                    words.clone()
                }
                _ => desk::scalar(words),
            };
            Some((range, new))
        }
        Edit::Quotation(span, words) => {
            let range = span.range();
            let old = text.get(range.clone())?;
            let marks = [('“', '”'), ('"', '"'), ('‘', '’'), ('\'', '\''), ('«', '»')];
            let (open, close) =
                marks.into_iter().find(|(open, close)| old.starts_with(*open) && old.ends_with(*close))?;
            (!old.contains('\n')).then(|| (range, format!("{open}{words}{close}")))
        }
        Edit::Beside(span, key, words) => {
            let end = span.end as usize;
            let start = text[..span.start as usize].rfind(&format!("{}:", "quote"))?;
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let indent = start - line;
            let past = text[end..].find('\n').map(|at| end + at);
            // In brackets there are no lines of their own.
            if text[line..start].contains('{') {
                return None;
            }
            let new = format!("{}{key}: {}\n", " ".repeat(indent), desk::scalar(words));
            Some(match past {
                Some(at) => (at + 1..at + 1, new),
                None => (text.len()..text.len(), format!("\n{new}")),
            })
        }
    }
}

/// The text of a file as the program reads it.
pub fn read(look: &Look<'_>, path: &SitePath) -> io::Result<Option<Source>> {
    match look.files.source(path) {
        Some(source) => Ok(Some(Source::new(source.path, plain_lines(source.text)))),
        None => match look.files.read(path) {
            Ok(bytes) => Ok(load::text(path, bytes).value),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        },
    }
}
