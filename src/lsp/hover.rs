//! What is told of what stands under the pointer.

use super::keys;
use super::server::Look;
use super::things::{self, Found, What, debate, paragraphs};
use crate::desk::{Named, Thing};
use crate::diagnostics::explain;
use crate::model::{Debate, Site};
use crate::text::Source;
use std::fmt::Write;
use std::ops::Range;

/// So many paragraphs are shown at most.
const SHOWN: usize = 6;

/// What is told at a byte of a file, as Markdown, and of which bytes.
pub fn hover(look: &Look<'_>, source: &Source, offset: usize) -> Option<(String, Range<usize>)> {
    let site = look.edition.as_ref().map(|edition| &edition.site);
    let found = things::at(source, offset, site);
    let mut parts: Vec<String> = Vec::new();
    let mut span = found.as_ref().map(|found| found.span.clone());
    for diagnostic in look.told_at(source, offset..offset) {
        let about = explain(diagnostic.code).unwrap_or_default();
        parts.push(format!("**{}**: {}\n\n{about}", diagnostic.code, plain(&diagnostic.message)));
        if span.is_none() {
            span = diagnostic.place.as_ref().map(|place| place.span.range());
        }
    }
    parts.extend(found.and_then(|Found { what, .. }| told(look, source, &what, site)));
    (!parts.is_empty()).then(|| (parts.join("\n\n---\n\n"), span.unwrap_or(offset..offset)))
}

fn told(look: &Look<'_>, source: &Source, what: &What, site: Option<&Site>) -> Option<String> {
    match what {
        What::Key(path) => keys::about(&keys::schema_of(&source.path)?, path),
        What::Source(key) => {
            let (_, title) = look.shared_sources().into_iter().find(|(known, _)| known == key)?;
            Some(plain(&title))
        }
        What::Words(slug, name) => Some(words(debate(site?, slug)?, paragraphs(debate(site?, slug)?, name))),
        What::Named(Named::Note(slug, id)) => note(debate(site?, slug)?, id),
        What::Named(Named::Thing(thing, slug)) => named(site?, *thing, slug),
    }
}

/// Paragraphs with who spoke them.
fn words(debate: &Debate, range: Range<usize>) -> String {
    let record = &debate.record;
    let mut text = String::new();
    let shown = range.start..range.end.min(range.start + SHOWN).min(record.paragraphs.len());
    for at in shown.clone() {
        let paragraph = &record.paragraphs[at];
        let speaker = record.speaker(at).map(|who| format!("**{}** · ", plain(&who.name)));
        let _ = write!(
            text,
            "{}{}\n\n> {}\n\n",
            speaker.unwrap_or_default(),
            paragraph.id,
            plain(record.words(paragraph)).replace('\n', "\n> ")
        );
    }
    if range.len() > shown.len() {
        let _ = write!(text, "… and {} more\n\n", range.len() - shown.len());
    }
    let _ = write!(text, "{}, {}", plain(&debate.particulars.title), debate.particulars.date);
    text
}

fn note(debate: &Debate, id: &str) -> Option<String> {
    let note = debate.annotation(id)?;
    let title = note.title.as_ref().map(|title| format!(": {}", plain(title))).unwrap_or_default();
    let mut text = format!("**{}**{title} · {}\n\n", note.kind.word(), note.standing.word());
    for quoted in debate.record.quoted(&note.passages) {
        let _ = write!(text, "> {}\n\n", plain(&quoted.text).replace('\n', "\n> "));
    }
    let _ = write!(text, "{}", plain(&debate.particulars.title));
    Some(text)
}

fn named(site: &Site, thing: Thing, slug: &str) -> Option<String> {
    match thing {
        Thing::Topic => {
            let topic = site.topics.iter().find(|topic| topic.slug.as_str() == slug)?;
            let notes =
                site.annotations().filter(|(_, note)| note.topics.iter().any(|one| one.as_str() == slug));
            let mut text = format!("**{}**", plain(&topic.title));
            if let Some(summary) = &topic.summary {
                let _ = write!(text, "\n\n{}", plain(summary));
            }
            let count = notes.count();
            let _ = write!(text, "\n\n{count} note{}", if count == 1 { "" } else { "s" });
            Some(text)
        }
        Thing::Person => {
            let person = site.people.iter().find(|person| person.slug.as_str() == slug)?;
            let mut text = format!("**{}**", plain(&person.name));
            for office in &person.offices {
                let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
                let _ = write!(text, "\n\n{}, {}–{}", plain(&office.name), day(office.from), day(office.to));
            }
            Some(text)
        }
        Thing::Debate => {
            let debate = debate(site, slug)?;
            let particulars = &debate.particulars;
            let house = particulars.house.as_ref().map(|house| format!(", {}", plain(house)));
            Some(format!(
                "**{}**{}, {}\n\n{} paragraphs, {} notes",
                plain(&particulars.title),
                house.unwrap_or_default(),
                particulars.date,
                debate.record.paragraphs.len(),
                debate.note_count()
            ))
        }
        Thing::Briefing => {
            let briefing = site.briefings.iter().find(|briefing| briefing.slug.as_str() == slug)?;
            Some(format!("**{}**", plain(&briefing.title)))
        }
        Thing::Page => None,
    }
}

/// Text as Markdown that shows it as it is.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~&".contains(c) {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}
