//! A debate whose notes are placed, before its prose is settled: what its own files say, with
//! nothing taken from other debates.

use crate::diagnostics::Place;
use crate::model::{Debate, Hidden};
use crate::prose::Draft;
use crate::text::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A debate and the drafts that go into it.
pub struct PlacedDebate {
    /// The debate. Its notes have no bodies and no references yet.
    pub debate: Debate,
    /// What the debate is about.
    pub summary: Option<(Draft, Source)>,
    /// Values that are one line of text, in which somebody may quote.
    pub lines: Vec<(String, Place)>,
    /// One for each of its notes, in their order.
    pub remarks: Vec<Remark>,
    /// The ids of notes that are set aside for a mistake: what refers to one is no mistake of its own.
    pub set_aside: BTreeSet<String>,
    /// The ids of notes that readers can't see, and why.
    pub hidden: BTreeMap<String, Hidden>,
    /// Its dates that can only be judged on a day, as written, each with the file and the note.
    pub dates: Vec<String>,
}

/// What a note still wants.
pub struct Remark {
    /// Its body.
    pub body: Option<Draft>,
    /// Its values that are one line of text, in which somebody may quote.
    pub lines: Vec<(String, Place)>,
    /// The file that the note is written in.
    pub source: Source,
    /// References to other places, as written, and where.
    pub see: Vec<(String, Span)>,
}
