//! What people decide about notes, as a new state of the debate's folder: words of a new revision
//! accepted, a note approved. Nothing is written here.

use super::folder::{Folder, LOCK};
use super::report::then_and_now;
use crate::anchor::word_diff;
use crate::annotation::{self, Change, Entry, PLACEHOLDER, RawReview, Reviewed, Status as Standing};
use crate::diagnostics::{Diagnostic, Severity};
use crate::load;
use crate::resolve::{self, Stand};
use crate::revise::{LockedAnnotation, Revised as RevisedWords, Status};
use crate::text::SitePath;
use std::ops::Range;

/// A decision: the folder after it, and what is printed to whoever decides.
pub struct Decision {
    /// The folder after it.
    pub folder: Folder,
    /// What was decided, in lines.
    pub lines: Vec<String>,
    /// What is to be put right now.
    pub notices: Vec<String>,
}

/// What a revision did to the words of a note, or round them, in lines.
pub fn shown(folder: &Folder, id: &str) -> Vec<String> {
    let lock = folder.written.lock.as_ref().map(|(lock, _)| lock);
    let Some(words) = lock.and_then(|lock| lock.annotations.get(id)?.revised.as_ref()) else {
        return Vec::new();
    };
    let mut lines = vec![format!("{}/{id}: {}", folder.slug(), words.status.word())];
    let inner = match words.status {
        Status::ContextChanged => context(folder, id, words),
        _ => then_and_now(words),
    };
    lines.extend(inner.into_iter().map(|line| format!("  {line}")));
    lines
}

/// What changed round a note's words: the paragraphs from the first to the last that it stands on, as they
/// were and as they are.
fn context(folder: &Folder, id: &str, words: &RevisedWords) -> Vec<String> {
    let old = folder.revision(&words.revision);
    let numbers = words.was.iter().map(|was| was.paragraph);
    let (Some(first), Some(last)) = (numbers.clone().min(), numbers.max()) else { return Vec::new() };
    let before: Vec<String> = old.as_ref().map_or_else(Vec::new, |old| {
        let paragraphs = old.paragraphs().skip(first.saturating_sub(1)).take(last + 1 - first);
        paragraphs.map(|paragraph| paragraph.text.of(&old.source).to_owned()).collect()
    });
    let held = resolve::held(&folder.written);
    let stands = held.entries.get(id).map(|entry| entry.targets.iter());
    let places = stands.into_iter().flatten().filter_map(|(_, stand)| match stand {
        Stand::At(passages) => Some(passages),
        _ => None,
    });
    let places: Vec<usize> = places.flatten().map(|passage| passage.paragraph).collect();
    let mut lines: Vec<String> = words.was.iter().map(|was| format!("words: {}", was.words)).collect();
    if let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) {
        let after = held.record.paragraphs[*first..=*last].iter().map(|one| held.record.words(one));
        let after: Vec<&str> = after.collect();
        lines.push(format!("round them: {}", word_diff(&before.join(" ¶ "), &after.join(" ¶ "))));
    }
    lines
}

/// Accepts what a revision did to a note: the words that stand there now go into the sheet in the place
/// of the old ones; a new context stands. An approved note is in review again, whatever was accepted:
/// nobody has approved that. `Err` says, in words, why there is nothing to accept.
pub fn accept(folder: &Folder, id: &str) -> Result<Decision, String> {
    if folder.is_altered() {
        return Err(altered(folder));
    }
    let lock = folder.written.lock.as_ref().map(|(lock, _)| lock);
    let known = lock.and_then(|lock| lock.annotations.get(id)).cloned().unwrap_or_default();
    let (Some(lock), Some(words)) = (lock, &known.revised) else {
        return Err("no revision of the record has touched its words since they were last looked at".into());
    };
    let mut lock = lock.clone();
    let entry = entry_of(folder, id)?;
    let settled = LockedAnnotation { revised: None, accepted: None, approved: None, ..known.clone() };
    if resolve::selector(entry) != words.selector {
        let settled = LockedAnnotation { approved: known.approved.clone(), ..settled };
        lock.record(id, settled);
        let folder = folder.with([(LOCK.to_owned(), lock.print().into_bytes())]);
        let folder = folder.ok_or("the folder can't be read any more")?;
        let lines = vec![format!("{id}: its sheet was edited since; it stands as it is written now")];
        return Ok(Decision { folder, lines, notices: Vec::new() });
    }
    match words.status {
        Status::ContextChanged | Status::Misattributed | Status::Drifted => {}
        Status::Ambiguous => {
            return Err(
                "its words stand in several places now: say in the sheet which, with `before:`".into()
            );
        }
        Status::Orphaned => {
            return Err(
                "its words are no longer in the record: quote others in the sheet, or withdraw it".into()
            );
        }
    }
    lock.record(id, settled);
    let lock = (LOCK.to_owned(), lock.print().into_bytes());
    let mut change = change_of(entry, words, &known);
    let mut lines = Vec::new();
    for (number, words) in &change.quotes {
        lines.push(format!("{id}: quotes “{words}” now{}", of_target(entry, *number)));
    }
    if change.status.is_some() {
        lines.push(format!(
            "{id}: in review; to approve it: `rapporteur approve {}/{id} --by ROLE`",
            folder.slug()
        ));
    }
    let file = file_of(folder, entry);
    let decided = |change: &Change| -> Result<(Folder, bool, Vec<String>), String> {
        let mut changes = vec![lock.clone()];
        if is_some(change) {
            let text = text_of(folder, &file)?;
            let edited = annotation::edited(&entry.source.path, text, id, change)
                .map_err(|why| format!("{}: {why}; nothing was written", entry.source.path))?;
            changes.push((file.clone(), edited.into_bytes()));
        }
        let after = folder.with(changes).ok_or("the folder can't be read any more")?;
        let (stands, notices) = stands(&after, &file, id);
        Ok((after, stands, notices))
    };
    let (mut after, mut fine, mut notices) = decided(&change)?;
    if !fine && !change.quotes.is_empty() {
        // Words that stood round the old ones may not stand round the new.
        change.without_context = change.quotes.iter().map(|(number, _)| *number).collect();
        (after, fine, notices) = decided(&change)?;
    }
    if !fine {
        return Err("the words as they are now can't be quoted without an error: write the quotation by hand; nothing was \
                    written"
            .into());
    }
    if lines.is_empty() {
        lines.push(format!("{id}: stands as the record is now"));
    }
    Ok(Decision { folder: after, lines, notices })
}

/// What the sheet is to say after what a revision did is accepted.
fn change_of(entry: &Entry, words: &RevisedWords, known: &LockedAnnotation) -> Change {
    let mut change = Change::default();
    let earlier = words.was.iter().all(|was| was.now.is_none()) && words.status == Status::Drifted;
    for (number, target) in entry.targets.iter().enumerate() {
        let other = words.was.iter().any(|was| was.target == number && was.now.is_some()) || earlier;
        let now = words.now.get(number).filter(|now| other && !now.is_empty());
        if let (Some(_), Some(now)) = (&target.quote, now) {
            // A line end in the record is a space in a quotation.
            change.quotes.push((number, now.replace(['\n', '\t'], " ")));
        }
    }
    let was_approved = entry.raw.status == Some(Standing::Approved);
    if was_approved {
        change.status = Some(Standing::InReview);
    }
    let is_other = !change.quotes.is_empty() || was_approved || known.approved.is_some();
    if entry.raw.reviewed.is_some() && is_other {
        change.reviewed = Reviewed::Removed;
    }
    change
}

fn is_some(change: &Change) -> bool {
    change.status.is_some() || change.reviewed != Reviewed::Kept || !change.quotes.is_empty()
}

fn of_target(entry: &Entry, number: usize) -> String {
    match entry.targets.len() {
        1 => String::new(),
        _ => format!(", in target {}", number + 1),
    }
}

/// Whether a note's words have their place after a decision, and what is to be put right. Words that no
/// longer say when a commitment is due are reported: the day is the author's to correct.
fn stands(after: &Folder, file: &str, id: &str) -> (bool, Vec<String>) {
    if let Some(entry) = resolve::held(&after.written).entries.get(id) {
        return (entry.targets.iter().all(|(_, stand)| matches!(stand, Stand::At(_))), Vec::new());
    }
    // An entry that is set aside: for its due date alone?
    let path = SitePath::new(&format!("content/debates/{}/{file}", after.slug()));
    let source = path.zip(after.file(file)).and_then(|(path, bytes)| load::text(&path, bytes.to_vec()).value);
    let Some(source) = source else { return (false, Vec::new()) };
    let (found, own) = match file.ends_with(".md") {
        true => (annotation::parse_note(&source).diagnostics, 0..source.text.len()),
        false => {
            let sheet = annotation::parse_sheet(&source, after.slug().as_str());
            let own = own_range(&sheet.value, id, source.text.len());
            (sheet.diagnostics, own)
        }
    };
    let is_own = |found: &&Diagnostic| {
        found.severity == Severity::Error
            && found.place.as_ref().is_none_or(|place| own.contains(&(place.span.start as usize)))
    };
    let errors: Vec<_> = found.iter().filter(is_own).collect();
    let notice = |found: &&Diagnostic| {
        format!("{id}: {}: correct `due.said` in the sheet (due-not-in-quote)", found.message)
    };
    let is_due_alone = !errors.is_empty() && errors.iter().all(|found| found.code == "due-not-in-quote");
    (is_due_alone, errors.iter().filter(|found| found.code == "due-not-in-quote").map(notice).collect())
}

/// What of a sheet is the entry `id`: up to where the next begins. Others' mistakes are not its own.
fn own_range(sheet: &annotation::Sheet, id: &str, end: usize) -> Range<usize> {
    let entries = sheet.entries.iter().map(|entry| (entry.id.as_str(), entry.id_span.start as usize));
    let set_aside = sheet.quarantined.iter().map(|one| (one.id.as_str(), one.span.start as usize));
    let starts: Vec<(&str, usize)> = entries.chain(set_aside).collect();
    let Some((_, start)) = starts.iter().find(|(known, _)| *known == id) else { return 0..end };
    let next = starts.iter().map(|(_, other)| *other).filter(|other| other > start).min();
    *start..next.unwrap_or(end)
}

/// Approves a note as it stands: the sheet says so, and the lock has what was approved. `Err` says, in
/// words, why it can't be.
pub fn approve(folder: &Folder, id: &str, review: &RawReview) -> Result<Decision, String> {
    if folder.is_altered() {
        return Err(altered(folder));
    }
    let written = &folder.written;
    let entry = entry_of(folder, id)?;
    if entry.raw.status == Some(Standing::Retracted) {
        return Err("it was withdrawn".into());
    }
    if entry.body_text().is_some_and(|body| body.trim() == PLACEHOLDER) {
        return Err(format!("it still says “{PLACEHOLDER}”, as a new note does"));
    }
    if let Some((kind, key)) = annotation::lacking(entry).first() {
        return Err(format!("a {} needs `{key}`", kind.as_str()));
    }
    let known = written.lock.as_ref().and_then(|(lock, _)| lock.annotations.get(id));
    let revised = known
        .and_then(|known| known.revised.as_ref())
        .filter(|revised| revised.selector == resolve::selector(entry));
    if let Some(revised) = revised.filter(|revised| !revised.status.is_placed()) {
        return Err(format!(
            "a revision of the record took its words away ({}): see `rapporteur review`",
            revised.status.word()
        ));
    }
    let mut lines = revised.map_or_else(Vec::new, |_| shown(folder, id));
    let mut notices = Vec::new();
    if entry.raw.author.as_deref().is_some_and(|author| author.trim() == review.by.trim()) {
        notices.push(format!(
            "{id}: {} wrote it and approves it: somebody else should (reviewed-by-author)",
            review.by
        ));
    }
    let change = Change {
        status: Some(Standing::Approved),
        reviewed: Reviewed::Is(review.clone()),
        ..Change::default()
    };
    let file = file_of(folder, entry);
    let on = review.on.map(|on| on.to_string()).unwrap_or_default();
    let text = annotation::edited(&entry.source.path, text_of(folder, &file)?, id, &change).map_err(|why| {
        format!(
            "{}: {why}; or write `status: approved` and `reviewed: {{ by: {}, on: {on} }}` there by hand and run this again",
            entry.source.path, review.by
        )
    })?;
    let after = folder.with([(file.clone(), text.clone().into_bytes())]);
    let after = after.ok_or("the folder can't be read any more")?;
    let mut lock = resolve::lock(&after.written);
    resolve::approve(&after.written, &mut lock, id, &review.by, &on)
        .ok_or("its words have no place in the record: see `rapporteur check`")?;
    let after = after.with([(LOCK.to_owned(), lock.print().into_bytes())]);
    lines.push(format!("{}/{id}: approved by {} on {on}", folder.slug(), review.by));
    Ok(Decision { folder: after.ok_or("the folder can't be read any more")?, lines, notices })
}

fn altered(folder: &Folder) -> String {
    format!(
        "the transcript is not the one that debate.lock records: restore it, or import the new one with `rapporteur import FILE \
         --into content/debates/{}`",
        folder.slug()
    )
}

/// The one entry with an id.
fn entry_of<'f>(folder: &'f Folder, id: &str) -> Result<&'f Entry, String> {
    let mut entries = folder.written.entries.iter().filter(|entry| entry.id == id);
    match (entries.next(), entries.next()) {
        (Some(entry), None) => Ok(entry),
        (Some(_), Some(_)) => Err("two entries have this id (duplicate-id)".to_owned()),
        (None, _) => Err("there is no such note that can be read: see `rapporteur check`".to_owned()),
    }
}

/// The name of an entry's file in the folder.
fn file_of(folder: &Folder, entry: &Entry) -> String {
    let path = entry.source.path.as_str();
    let above = format!("content/debates/{}/", folder.slug());
    path.strip_prefix(&above).unwrap_or(path).to_owned()
}

fn text_of<'f>(folder: &'f Folder, file: &str) -> Result<&'f str, String> {
    let bytes = folder.file(file).ok_or_else(|| format!("{file} is gone"))?;
    std::str::from_utf8(bytes).map_err(|_| format!("{file} is not UTF-8 text"))
}
