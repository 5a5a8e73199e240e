//! Where a volume of Akoma Ntoso is divided: at its days, as the headings of its sections or the
//! times recorded at their opening state them, and at the sections of a day. The sections are noted
//! in one pass; the places are chosen from the notes.

use super::{Division, Piece, Scan, Seen, Split};
use crate::transcript::formats::{NAMESPACE, begins_words, is_section};
use crate::transcript::heading_day;
use jiff::civil::Date;
use std::fmt::Write;
use std::io::BufRead;

/// A section of the body, with those in it.
#[derive(Default)]
struct Section {
    /// The name of its element.
    name: String,
    /// Where its tag begins.
    start: u64,
    /// The words of its first heading.
    heading: Option<String>,
    /// The day of that heading, where it is one or holds one as data.
    heading_day: Option<Date>,
    /// The day of the time that is recorded at its opening.
    opening_day: Option<Date>,
    /// Whether words that belong to it alone, or a section with a heading, have come.
    begun: bool,
    sections: Vec<Section>,
}

impl Section {
    fn day(&self) -> Option<Date> {
        self.heading_day.or(self.opening_day)
    }

    /// Whether it only opens or closes a day.
    fn is_frame(&self) -> bool {
        matches!(local(&self.name), "prayers" | "adjournment" | "rollCall")
    }

    /// Whether it is a piece of business, under a heading that is no day.
    fn is_business(&self) -> bool {
        self.heading.is_some() && self.heading_day.is_none() && !self.is_frame()
    }

    /// Whether it is a day that holds its own business.
    fn holds_business(&self) -> bool {
        self.heading_day.is_some() && self.sections.iter().any(Section::is_business)
    }
}

/// Where the file is cut.
struct Cut<'s> {
    at: u64,
    /// The names of the elements that are open there, from the body inward.
    within: Vec<&'s str>,
    day: Option<Date>,
}

/// What is noted of a file.
#[derive(Default)]
struct Notes {
    /// The names of the outermost element, the debate and its body.
    names: [String; 3],
    /// The end of what every piece needs before it.
    head: u64,
    end: u64,
    body: Section,
}

/// Sections deeper than this are parts of one business.
const DEEPEST: usize = 4;

pub(super) fn divide(file: impl BufRead, split: Split) -> Result<Division, quick_xml::Error> {
    let notes = note(file)?;
    let cuts = cuts(&notes.body, split);
    let mut pieces = Vec::new();
    let [root, debate, body] = &notes.names;
    let mut piece = Piece { range: notes.head..notes.end, head: 0..notes.head, ..Piece::default() };
    for cut in &cuts {
        piece.range.end = cut.at;
        for name in cut.within.iter().rev().copied().chain([body, debate, root].map(String::as_str)) {
            let _ = write!(piece.closing, "</{name}>");
        }
        let mut opening = format!("<{body} xmlns:r=\"{NAMESPACE}\" r:piece=\"{}\"", pieces.len() + 2);
        if let Some(day) = cut.day {
            let _ = write!(opening, " r:day=\"{day}\"");
        }
        opening.push('>');
        cut.within.iter().for_each(|name| opening.push_str(&format!("<{name}>")));
        let next = Piece { head: 0..notes.head, opening, range: cut.at..notes.end, closing: String::new() };
        pieces.push(std::mem::replace(&mut piece, next));
    }
    pieces.push(piece);
    Ok(Division { pieces, left_out: Vec::new() })
}

/// Where the body is cut.
fn cuts(body: &Section, split: Split) -> Vec<Cut<'_>> {
    // One element round all of it, without a heading or with several days in it, is no section of its own.
    let (mut parts, mut within) = (&body.sections, Vec::new());
    while let [only] = parts.as_slice()
        && (only.heading.is_none() || holds_days(&only.sections))
        && !only.sections.is_empty()
        && within.len() < DEEPEST
    {
        within.push(only.name.as_str());
        parts = &only.sections;
    }
    let several = holds_days(parts);
    let nested = parts.iter().any(Section::holds_business);
    let mut cuts = Vec::new();
    let (mut day, mut business, mut started) = (None, false, false);
    for part in parts {
        // In the record of one day, only what stands at its very opening says of what day it is.
        let stated = part.day().filter(|_| several || !started);
        // Beside days that hold their own business stands what is of no day of theirs.
        let other = several && nested && stated.is_none() && part.is_business();
        let begins_day = stated.is_some() && (stated != day || day.is_none());
        if begins_day || other {
            if started && several {
                cuts.push(Cut { at: part.start, within: within.clone(), day: stated });
                business = false;
            }
            day = stated;
        }
        started |= !several || stated.is_some() || part.heading.is_some();
        if split == Split::Day {
            continue;
        }
        let is_round_business = part.heading_day.is_some() || part.heading.is_none();
        if is_round_business && part.sections.iter().any(Section::is_business) {
            let mut inner = within.clone();
            inner.push(part.name.as_str());
            for item in part.sections.iter().filter(|item| item.is_business()) {
                if std::mem::replace(&mut business, true) {
                    cuts.push(Cut { at: item.start, within: inner.clone(), day });
                }
            }
        } else if part.is_business() && !other && std::mem::replace(&mut business, true) {
            cuts.push(Cut { at: part.start, within: within.clone(), day });
        }
    }
    cuts
}

/// Whether these are of several days.
fn holds_days(parts: &[Section]) -> bool {
    let mut days = parts.iter().filter_map(Section::day);
    let first = days.next();
    days.any(|day| Some(day) != first)
}

/// Notes the sections of a file.
fn note(file: impl BufRead) -> Result<Notes, quick_xml::Error> {
    let mut scan = Scan::new(file);
    let mut notes = Notes::default();
    let mut stack: Vec<String> = Vec::new();
    // The sections that are open, the body first, and how many elements each stands in.
    let mut open: Vec<(Section, usize)> = Vec::new();
    // How many elements the heading being read stands in, or the paragraph, or the speech.
    let (mut heading, mut block) = (None::<usize>, None::<usize>);
    loop {
        let (range, seen) = scan.next()?;
        match seen {
            Seen::Start(name, day) => {
                let depth = stack.len();
                let element = local(&name).to_owned();
                match (depth, element.as_str()) {
                    (0, _) => notes.names[0].clone_from(&name),
                    (1, "debate" | "debateReport") => {
                        notes.names[1].clone_from(&name);
                        notes.head = range.end;
                    }
                    (2, "debateBody") => {
                        notes.names[2].clone_from(&name);
                        open.push((
                            Section { name: name.clone(), start: range.start, ..Section::default() },
                            depth,
                        ));
                    }
                    _ => {}
                }
                let deepest = open.len() > DEEPEST;
                if let Some((section, at)) = open.last_mut()
                    && depth > 2
                    && block.is_none()
                {
                    if heading.is_some() {
                        section.note_day(&element, day.as_deref(), true);
                    } else if element == "heading" && depth == *at + 1 && section.heading.is_none() {
                        section.heading = Some(String::new());
                        heading = Some(depth);
                    } else if is_section(&element) && depth == *at + 1 && !deepest {
                        open.push((
                            Section { name: name.clone(), start: range.start, ..Section::default() },
                            depth,
                        ));
                    } else if begins_words(&element) {
                        section.begun = true;
                        block = Some(depth);
                    } else {
                        section.note_day(&element, day.as_deref(), false);
                    }
                }
                stack.push(name);
            }
            Seen::Empty(name, day) => {
                if let Some((section, _)) = open.last_mut().filter(|_| block.is_none()) {
                    section.note_day(local(&name), day.as_deref(), heading.is_some());
                }
            }
            Seen::Text(text) => {
                if let (Some(_), Some((section, _))) = (heading, open.last_mut())
                    && let Some(heading) = &mut section.heading
                {
                    heading.push_str(&text);
                }
            }
            Seen::End(name) => {
                stack.pop();
                let depth = stack.len();
                // What stands in the head of the file is about all of it: who the speakers are.
                if depth == 2 && local(&name) == "meta" && open.is_empty() {
                    notes.head = range.end;
                }
                if block == Some(depth) {
                    block = None;
                }
                if heading == Some(depth) {
                    heading = None;
                    if let Some((section, _)) = open.last_mut() {
                        let day = section.heading.as_deref().and_then(heading_day);
                        section.heading_day = day.or(section.heading_day);
                        section.heading.take_if(|heading| heading.trim().is_empty());
                    }
                }
                if let Some((section, _)) = open.pop_if(|(_, at)| *at == depth) {
                    match open.last_mut() {
                        Some((outer, _)) => outer.take(section),
                        None => notes.body = section,
                    }
                }
                notes.end = range.end;
            }
            Seen::Finish => break,
            Seen::Declaration | Seen::Other => {}
        }
    }
    Ok(notes)
}

impl Section {
    /// Notes a day that stands as data in its heading or at its opening.
    fn note_day(&mut self, element: &str, stated: Option<&str>, in_heading: bool) {
        let day = || stated?.get(..10)?.parse().ok();
        match element {
            "date" | "docDate" if in_heading => self.heading_day = self.heading_day.or_else(day),
            "recordedTime" if !self.begun => self.opening_day = self.opening_day.or_else(day),
            _ => {}
        }
    }

    /// Takes a section in, once it is read.
    fn take(&mut self, section: Section) {
        // The time at which its opening prayers began is the section's.
        if !self.begun && (section.heading.is_none() || section.is_frame()) {
            self.opening_day = self.opening_day.or(section.opening_day);
        }
        self.begun |= section.heading.is_some() || section.begun;
        self.sections.push(section);
    }
}

/// The name of an element without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
