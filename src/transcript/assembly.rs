//! Puts a transcript together, block by block: which contribution a paragraph belongs to, and what
//! a repeated speaker or a procedural note between two paragraphs means. Every format uses it.

use super::Text;
use super::conventions::{name_and_detail, trimmed};
use super::record::*;
use crate::text::{Source, Span};
use jiff::civil::Time;
use std::ops::Range;

/// A transcript in the making.
pub(super) struct Assembly<'s> {
    pub(super) source: &'s Source,
    pub(super) title: Option<Text>,
    pub(super) details: Details,
    entries: Vec<Entry>,
    furniture: Vec<Furniture>,
    /// Who is speaking, as far as the source says.
    speaking: Option<Label>,
    /// Whether the last entry is a speech that the next paragraph belongs to.
    open: bool,
    /// Whether any contribution has come.
    started: bool,
}

/// What a speaker's line starts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeated {
    /// A further paragraph, where the speech before has the same label.
    Continues,
    /// A speech of its own, whoever spoke before.
    StartsAgain,
}

impl<'s> Assembly<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Assembly {
            source,
            title: None,
            details: Details::default(),
            entries: Vec::new(),
            furniture: Vec::new(),
            speaking: None,
            open: false,
            started: false,
        }
    }

    /// Whether no contribution has come yet; headings may have.
    pub(super) fn is_at_the_start(&self) -> bool {
        !self.started
    }

    /// The contribution that the next paragraph belongs to.
    pub(super) fn current(&mut self) -> Option<&mut Contribution> {
        if self.open { self.last_contribution() } else { None }
    }

    /// The last contribution, where it is the last entry.
    pub(super) fn last_contribution(&mut self) -> Option<&mut Contribution> {
        match self.entries.last_mut() {
            Some(Entry::Contribution(contribution)) => Some(contribution),
            Some(Entry::Heading { .. }) | None => None,
        }
    }

    /// A speaker is named. `start` is where the naming begins, which may be before the label.
    pub(super) fn speaker(
        &mut self,
        label: Label,
        time: Option<Stated<Time>>,
        start: u32,
        repeated: Repeated,
    ) {
        if repeated == Repeated::Continues && self.is_speaking(&label, time.as_ref()) {
            self.furniture(FurnitureKind::RepeatedLabel, label.span.range());
            return;
        }
        let span = Span { start, end: label.span.end };
        self.speaking = Some(label);
        self.start_speech(span, time);
    }

    fn is_speaking(&self, label: &Label, time: Option<&Stated<Time>>) -> bool {
        let words = |text: &'_ Text| text.of(self.source).to_owned();
        let same = |one: Option<&Text>, other: Option<&Text>| one.map(words) == other.map(words);
        match self.entries.last() {
            Some(Entry::Contribution(Contribution { speaker: Some(current), time: stated, .. }))
                if self.open =>
            {
                current.name.of(self.source) == label.name.of(self.source)
                    && same(current.detail.as_ref(), label.detail.as_ref())
                    && (time.is_none() || same(stated.as_ref().map(|s| &s.text), time.map(|t| &t.text)))
            }
            _ => false,
        }
    }

    fn start_speech(&mut self, span: Span, time: Option<Stated<Time>>) {
        self.entries.push(Entry::Contribution(Contribution {
            speaker: self.speaking.clone(),
            time,
            ..Contribution::of(ContributionKind::Speech, span)
        }));
        self.open = true;
        self.started = true;
    }

    /// A contribution begins whose paragraphs follow.
    pub(super) fn begin(&mut self, contribution: Contribution) {
        self.speaking.clone_from(&contribution.speaker);
        self.entries.push(Entry::Contribution(contribution));
        self.open = true;
        self.started = true;
    }

    /// Nobody is known to speak from here on, until a speaker is named.
    pub(super) fn nobody_speaks(&mut self) {
        self.speaking = None;
        self.open = false;
    }

    /// Goes on with the last speech, where it is that of the speaker with this id. Whether it does.
    pub(super) fn reopen(&mut self, id: Option<&str>) -> bool {
        let speaker = self.last_contribution().and_then(|last| last.speaker.clone());
        let same = speaker.as_ref().is_some_and(|speaker| speaker.id.as_deref() == id);
        if same {
            (self.speaking, self.open) = (speaker, true);
        }
        same
    }

    /// A paragraph of whoever is speaking.
    pub(super) fn paragraph(&mut self, paragraph: Paragraph) {
        if !self.open && paragraph.kind == ParagraphKind::Procedural {
            return self.procedural(paragraph);
        }
        if !self.open {
            self.start_speech(paragraph.span, None);
        }
        if let Some(contribution) = self.last_contribution() {
            contribution.span.end = paragraph.span.end;
            contribution.paragraphs.push(paragraph);
        }
    }

    /// A procedural paragraph as a contribution of its own. A speech that goes on after it is a
    /// further contribution with the same label.
    pub(super) fn procedural(&mut self, paragraph: Paragraph) {
        self.open = false;
        self.started = true;
        let span = paragraph.span;
        self.entries.push(Entry::Contribution(Contribution {
            paragraphs: vec![paragraph],
            ..Contribution::of(ContributionKind::Procedural, span)
        }));
    }

    /// A label's words without the colon that ends it.
    pub(super) fn label_text(&self, text: Text) -> Text {
        let words = text.of(self.source);
        let label = words.trim_end().trim_end_matches([':', '：']);
        let range = trimmed(words, 0..label.len());
        text.part(range)
    }

    /// A label's words without the brackets round them.
    pub(super) fn unbracketed(&self, text: Text) -> Text {
        let words = text.of(self.source);
        match words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => text.part(1..1 + inner.len()),
            None => text,
        }
    }

    /// A label's name, and what stands in brackets after it.
    pub(super) fn split_label(&self, text: Text) -> (Text, Option<Text>) {
        match name_and_detail(text.of(self.source)) {
            Some((name, detail)) => (text.part(name), Some(text.part(detail))),
            None => (text, None),
        }
    }

    /// A heading, after which nobody is known to speak.
    pub(super) fn heading(&mut self, level: u8, text: Text, span: Range<usize>) {
        self.nobody_speaks();
        self.entries.push(Entry::Heading { level, text, span: Span::new(span) });
    }

    /// Something that is no part of the record.
    pub(super) fn furniture(&mut self, kind: FurnitureKind, span: Range<usize>) {
        self.furniture.push(Furniture { kind, span: Span::new(span) });
    }

    pub(super) fn finish(mut self, format: &'static str) -> Transcript {
        self.furniture.sort_by_key(|furniture| furniture.span);
        Transcript {
            source: self.source.clone(),
            format,
            title: self.title,
            details: self.details,
            entries: self.entries,
            furniture: self.furniture,
        }
    }
}

/// A paragraph of one kind and no marked-up part.
pub(super) fn plain(kind: ParagraphKind, text: Text, span: Range<usize>) -> Paragraph {
    let span = Span::new(span);
    Paragraph { kind, nesting: Nesting::default(), text, inlines: Box::default(), language: None, span }
}
