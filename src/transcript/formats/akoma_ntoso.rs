//! Akoma Ntoso debates: version 3.0 and the drafts before it, and the dialect without a namespace
//! that SayIt and its heirs write.
//!
//! Decided here: a section's number, heading and subheading are one heading; `from` is the label of
//! the speaker, without its colon; where there is none the label is the name that the document's
//! references give to `by`. What stands outside of speeches is procedure.

mod elements;
mod print;
mod votes;

pub(in crate::transcript) use elements::{begins_words, is_container};
pub(in crate::transcript) use print::NAMESPACE;
pub(super) use print::print;

use crate::diagnostics::{Diagnostic, Place, foreign_document};
use crate::text::{Source, Span};
use crate::transcript::conventions;
use crate::transcript::moments::heading_day;
use crate::transcript::record::*;
use crate::transcript::xml::{Blocks, Element, Node, document};
use elements::{is_inline, treat};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use votes::{Voting, counted, placed, votings};

/// Whether the outermost element is Akoma Ntoso's.
pub(super) fn recognise(text: &str) -> bool {
    super::begins_with_element(text, &["akomaNtoso"])
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader {
        blocks: Blocks::new(source),
        people: HashMap::new(),
        hrefs: HashMap::new(),
        roles: HashMap::new(),
        counted: Vec::new(),
        votings: HashMap::new(),
        sides: HashMap::new(),
        is_day_of_sitting: false,
        is_later_piece: false,
    };
    if let Some(tree) = document(source, &["akomaNtoso"], diagnostics) {
        let root = tree.root();
        match root.elements().find(|inner| matches!(inner.name(), "debate" | "debateReport")) {
            Some(debate) => reader.debate(debate),
            None => {
                let inner = root.elements().next().unwrap_or(root);
                let place = Place::new(source, inner.tag_span());
                let what = format!("an Akoma Ntoso `<{}>`, not a debate", inner.name());
                let way = "look for the record of the sitting: its `<akomaNtoso>` holds a `<debate>`";
                diagnostics.push(foreign_document(place, &what, way));
            }
        }
    }
    reader.blocks.finish("akoma-ntoso")
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    /// Names of people and organisations by their ids.
    people: HashMap<String, String>,
    /// What the people's ids refer to.
    hrefs: HashMap<String, String>,
    /// Names of roles by their ids.
    roles: HashMap<String, String>,
    /// Votes that the head counts.
    counted: Vec<Voting>,
    /// The same, by the ids of their places in the body.
    votings: HashMap<String, Vec<Voting>>,
    /// What everything else that is referred to is called, by its id: the sides of a vote.
    sides: HashMap<String, String>,
    /// Whether the head of the file says that its day is the day of the sitting.
    is_day_of_sitting: bool,
    /// Whether this is a piece of a divided file, and not the first.
    is_later_piece: bool,
}

impl<'s> Reader<'s> {
    fn debate(&mut self, debate: Element<'_, 's>) {
        let body = debate.child("debateBody");
        self.is_later_piece = body.is_some_and(|body| body.attribute("piece").is_some());
        for part in debate.elements() {
            match part.name() {
                "meta" => self.meta(part),
                "debateBody" => self.body(part),
                // Covers, prefaces, conclusions: printed, and said by nobody.
                _ => self.front(part),
            }
        }
    }

    fn meta(&mut self, meta: Element<'_, 's>) {
        self.blocks.record.furniture(FurnitureKind::Apparatus, meta.span().range());
        self.counted = votings(meta);
        for element in meta.descendants() {
            let id =
                || element.attribute("eId").or_else(|| element.attribute("id")).map(|id| id.into_owned());
            match element.name() {
                "TLCPerson" | "TLCOrganization" | "TLCRole" => {
                    let (Some(id), Some(name)) = (id(), element.stated("showAs")) else { continue };
                    if element.name() == "TLCRole" {
                        self.roles.insert(id, name.into_owned());
                        continue;
                    }
                    if element.name() == "TLCPerson" {
                        let href = element.stated("href").unwrap_or_else(|| id.clone().into());
                        if !href.starts_with('#') {
                            self.blocks.record.details.people.push(DescribedPerson {
                                id: href.as_ref().into(),
                                name: name.as_ref().into(),
                                ..DescribedPerson::default()
                            });
                        }
                        self.hrefs.insert(id.clone(), href.into_owned());
                    }
                    self.people.insert(id, name.into_owned());
                }
                name if name.starts_with("TLC") && !self.counted.is_empty() => {
                    let (Some(id), Some(name)) = (id(), element.stated("showAs")) else { continue };
                    self.sides.insert(id, name.into_owned());
                }
                "FRBRdate" if self.blocks.record.details.date.is_none() => {
                    if let Some(day) = element.stated("date") {
                        self.is_day_of_sitting = element.stated("name").as_deref() == Some("sitting");
                        let value = day.get(..10).and_then(|day| day.parse().ok());
                        self.blocks.record.details.date =
                            Some(Stated { text: self.blocks.text_of(&day), value });
                    }
                }
                "FRBRlanguage" => {
                    self.blocks.record.details.language =
                        element.stated("language").map(|tag| conventions::language_tag(&tag));
                }
                // They stand in the first piece.
                "notes" if self.is_later_piece => {
                    self.blocks.record.furniture(FurnitureKind::RepeatedWords, element.span().range());
                }
                "notes" => {
                    // The words of foot notes; the places that refer to them say where they belong.
                    for note in element.elements() {
                        self.block(note, ParagraphKind::Procedural);
                    }
                    self.blocks.procedural();
                }
                _ => {}
            }
        }
    }

    fn front(&mut self, part: Element<'_, 's>) {
        if let Some(title) = part.find("docTitle").filter(|_| self.blocks.record.title.is_none()) {
            self.blocks.record.title = Some(Text::Owned(title.words().into()));
        }
        self.block(part, ParagraphKind::Procedural);
        self.blocks.procedural();
    }

    /// The day that the body itself states: as the division of a volume wrote it down, or as its first
    /// heading or the time recorded at its opening has it. That of the head may be the day of the markup.
    fn day(&mut self, body: Element<'_, 's>) {
        let written: Option<Date> = body.stated("day").and_then(|day| day.parse().ok());
        let opening = || {
            let day = |value: Option<Cow<'_, str>>| value?.get(..10)?.parse().ok();
            let mut above = body.descendants().take_while(|inner| !begins_words(inner.name()));
            above.find_map(|inner| match inner.name() {
                "heading" => {
                    let dates =
                        || inner.descendants().filter(|date| matches!(date.name(), "date" | "docDate"));
                    heading_day(&inner.words()).or_else(|| dates().find_map(|date| day(date.stated("date"))))
                }
                "recordedTime" => day(inner.stated("time")),
                _ => None,
            })
        };
        let found = written.or_else(|| opening().filter(|_| !self.is_day_of_sitting));
        if let Some(day) = found {
            let text = self.blocks.text_of(&Cow::Owned(day.to_string()));
            self.blocks.record.details.date = Some(Stated { text, value: Some(day) });
        }
    }

    fn body(&mut self, body: Element<'_, 's>) {
        self.day(body);
        self.votings = placed(std::mem::take(&mut self.counted), body);
        // An element that only stands round another divides nothing.
        let mut body = body;
        loop {
            let mut inner = body.elements();
            match (inner.next(), inner.next()) {
                (Some(only), None) if is_container(only.name()) && only.child("heading").is_none() => {
                    body = only
                }
                _ => break,
            }
        }
        let mut sections = body.elements().filter(|inner| !matches!(inner.name(), "prayers" | "p"));
        let only = sections.next().filter(|_| sections.next().is_none());
        if let Some(heading) = only.and_then(|section| section.child("heading"))
            && heading_day(&heading.words()).is_none()
            && self.blocks.record.title.is_none()
        {
            // A number and a subheading beside it are printed as one with it.
            let is_heading = |part: &Element<'_, 's>| matches!(part.name(), "num" | "heading" | "subheading");
            let mut parts: Vec<_> =
                only.into_iter().flat_map(|section| section.elements().take_while(is_heading)).collect();
            if !parts.iter().any(|part| part.span() == heading.span()) {
                parts = vec![heading];
            }
            let mut title = heading.span();
            for part in parts {
                self.blocks.flow.space();
                self.blocks.flow.element(part, &mut treat);
                let Span { start, end } = part.span();
                title = Span { start: title.start.min(start), end: title.end.max(end) };
                self.blocks.record.furniture(FurnitureKind::Particular, part.span().range());
            }
            self.blocks.record.title = self.blocks.flow.take().map(|(text, ..)| text);
            return self.section(body, 0, Some(title));
        }
        self.section(body, if only.is_some() { 0 } else { 1 }, None);
    }

    /// A section or a group of speeches. `title` is where headings stand that have been read.
    fn section(&mut self, section: Element<'_, 's>, level: u8, title: Option<Span>) {
        let mut heading_open = false;
        for node in section.children() {
            let Node::Element(inner) = node else {
                self.blocks.flow.node(node, &mut treat);
                continue;
            };
            let is_heading = matches!(inner.name(), "num" | "heading" | "subheading");
            if !is_heading && std::mem::take(&mut heading_open) {
                self.blocks.heading(level.clamp(2, 6));
            }
            match inner.name() {
                _ if is_heading => {
                    let Span { start, end } = inner.span();
                    if title.is_some_and(|title| title.start <= start && end <= title.end) {
                        continue;
                    }
                    if !heading_open {
                        self.blocks.procedural();
                    }
                    heading_open = true;
                    self.blocks.flow.space();
                    self.blocks.flow.element(inner, &mut treat);
                }
                name @ ("speech" | "question" | "answer" | "other")
                    if name != "other" || inner.attribute("kind").is_some() =>
                {
                    self.blocks.procedural();
                    self.speech(inner);
                }
                "p" | "narrative" | "scene" | "summary" => {
                    self.blocks.procedural();
                    self.block(inner, ParagraphKind::Procedural);
                    self.blocks.procedural();
                }
                name if is_container(name) => {
                    self.blocks.procedural();
                    self.section(inner, level.saturating_add(1), title);
                }
                _ => {
                    self.blocks.procedural();
                    self.block(inner, ParagraphKind::Procedural);
                    self.blocks.procedural();
                }
            }
            if !is_heading {
                self.votes_at(inner);
            }
        }
        if heading_open {
            self.blocks.heading(level.clamp(2, 6));
        }
        self.blocks.procedural();
    }

    /// Who speaks: as `from` prints it, or as the references name `by`.
    fn label(&mut self, speech: Element<'_, 's>) -> Option<Label> {
        let by =
            speech.stated("by").map(|by| by.trim_start_matches('#').to_owned()).filter(|by| !by.is_empty());
        let role = speech.stated("as").and_then(|role| self.roles.get(role.trim_start_matches('#')).cloned());
        let known = by.as_deref().and_then(|by| self.people.get(by)).cloned();
        let from = speech.child("from").filter(|from| from.has_words());
        let part = |name: &str| {
            from?
                .elements()
                .find(|part| part.name() == "inline" && part.attribute("name").as_deref() == Some(name))
        };
        let naming = match speech.attribute("naming").as_deref() {
            Some("listed") => Naming::Listed,
            Some("id") => Naming::Id,
            _ if from.is_some() => Naming::Printed,
            _ if known.is_some() => Naming::Listed,
            _ => Naming::Id,
        };
        let (name, detail) = match (from, part("name")) {
            (_, Some(name)) => {
                let name = self.flowed(name)?;
                (name, part("detail").and_then(|detail| self.flowed(detail)))
            }
            (Some(from), None) => {
                let printed = match dash_in(from, &self.blocks.record.source.text) {
                    Some(dash) => self.flowed_between(from, 0..dash.start)?,
                    None => self.flowed(from)?,
                };
                let (name, detail) = self.blocks.record.split_label(self.blocks.record.label_text(printed));
                (name, detail.or_else(|| role.as_deref().map(|role| Text::Owned(role.into()))))
            }
            (None, None) => {
                let name = Text::Owned(known.or_else(|| by.clone())?.into());
                (name, role.as_deref().map(|role| Text::Owned(role.into())))
            }
        };
        let id =
            by.as_ref().map(|by| self.hrefs.get(by).unwrap_or(by).as_str()).filter(|id| !id.starts_with('#'));
        Some(Label {
            role: conventions::role(name.of(self.blocks.record.source), role.as_deref()),
            name,
            naming,
            detail,
            id: id.map(Into::into),
            span: from.map_or_else(
                || speech.tag_span(),
                |from| match dash_in(from, &self.blocks.record.source.text) {
                    Some(dash) => Span::new(from.span().start as usize..dash.end),
                    None => from.span(),
                },
            ),
        })
    }

    /// The words of an element that stand in a part of the source.
    fn flowed_between(&mut self, element: Element<'_, 's>, part: Range<usize>) -> Option<Text> {
        self.flow_between(element, part);
        self.blocks.flow.take().map(|(text, ..)| text)
    }

    fn flow_between(&mut self, element: Element<'_, 's>, part: Range<usize>) {
        for node in element.children() {
            match node {
                Node::Text(span) => {
                    let Range { start, end } = span.range();
                    let (start, end) = (start.max(part.start), end.min(part.end));
                    if start < end {
                        self.blocks.flow.text(Span::new(start..end));
                    }
                }
                Node::Element(inner) if !part.contains(&(inner.span().start as usize)) => {}
                Node::Characters(_, span) if !part.contains(&(span.start as usize)) => {}
                node => self.blocks.flow.node(node, &mut treat),
            }
        }
    }

    /// The words of an element.
    fn flowed(&mut self, element: Element<'_, 's>) -> Option<Text> {
        self.blocks.flow.element(element, &mut treat);
        self.blocks.flow.take().map(|(text, ..)| text)
    }

    fn speech(&mut self, speech: Element<'_, 's>) {
        let kind = match (speech.name(), speech.attribute("kind").as_deref()) {
            ("question", _) => ContributionKind::Question,
            ("answer", _) => ContributionKind::Answer,
            ("other", Some("division")) => ContributionKind::Division,
            ("other", _) => ContributionKind::Procedural,
            (_, Some("interjection")) => ContributionKind::Interjection,
            _ => ContributionKind::Speech,
        };
        let label = self.label(speech);
        let time = match speech.stated("time") {
            Some(printed) => Some(Stated {
                value: speech.stated("clock").and_then(|clock| clock.parse().ok()),
                text: self.blocks.text_of(&printed),
            }),
            None => speech
                .stated("startTime")
                .map(|time| Stated { text: self.blocks.text_of(&time), value: conventions::time_in(&time) }),
        };
        self.blocks.record.begin(Contribution {
            speaker: label,
            time,
            reference: speech.stated("reference").map(|reference| self.blocks.text_of(&reference)),
            column: speech.stated("column").map(|column| column.as_ref().into()),
            ..Contribution::of(kind, speech.span())
        });
        for node in speech.children() {
            match node {
                Node::Element(inner) if inner.name() == "from" => {
                    // What some print there after the name is spoken.
                    if let Some(dash) = dash_in(inner, &self.blocks.record.source.text) {
                        self.flow_between(inner, dash.end..inner.span().end as usize);
                        self.blocks.paragraph(ParagraphKind::Plain);
                    }
                }
                Node::Element(inner) if matches!(inner.name(), "scene" | "narrative" | "summary") => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.block(inner, ParagraphKind::Procedural);
                    self.blocks.paragraph(ParagraphKind::Procedural);
                }
                Node::Element(inner) if !is_inline(inner.name()) => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.block(inner, ParagraphKind::Plain);
                    self.blocks.paragraph(ParagraphKind::Plain);
                }
                node => self.blocks.flow.node(node, &mut treat),
            }
        }
        self.blocks.paragraph(ParagraphKind::Plain);
        self.blocks.record.nobody_speaks();
    }

    /// A block: its own words, and the blocks in it, as paragraphs of this kind.
    fn block(&mut self, block: Element<'_, 's>, kind: ParagraphKind) {
        match block.name() {
            "p" | "table" | "ul"
                if block.attribute("lists").is_some() || block.attribute("kind").is_some() =>
            {
                return self.stated_block(block, kind);
            }
            "table" => return self.blocks.table(block, &mut treat),
            "ul" | "ol" => {
                let numbered = block.name() == "ol";
                return self.blocks.list(block, numbered, &mut |_, _| false, &mut treat);
            }
            "toc" => return self.blocks.record.furniture(FurnitureKind::Apparatus, block.span().range()),
            "quotedStructure" | "embeddedStructure" | "blockquote" => {
                self.blocks.nesting.quotes =
                    self.blocks.nesting.quotes.saturating_add(1).min(Nesting::DEEPEST);
                self.inner_blocks(block, ParagraphKind::Quotation);
                self.blocks.nesting.quotes -= 1;
                return;
            }
            _ => {}
        }
        self.inner_blocks(block, kind);
    }

    /// A block that says of itself what it is, in the words of [`print`].
    fn stated_block(&mut self, block: Element<'_, 's>, outer: ParagraphKind) {
        let number = |name: &str| block.attribute(name).and_then(|number| number.parse().ok());
        let before = (self.blocks.nesting, self.blocks.language.clone());
        let depth = |name: &str| number(name).and_then(|depth: u32| u8::try_from(depth).ok()).unwrap_or(0);
        self.blocks.nesting = Nesting { quotes: depth("quotes"), lists: depth("lists") };
        if let Some(language) = block.stated("lang") {
            self.blocks.language = Some(language.as_ref().into());
        }
        let kind = match block.attribute("kind").as_deref() {
            Some("quotation") => ParagraphKind::Quotation,
            Some("procedural") => ParagraphKind::Procedural,
            Some("motion") => ParagraphKind::Motion,
            Some("code") => ParagraphKind::Code(block.attribute("info").map(|info| info.as_ref().into())),
            Some("item") => ParagraphKind::ListItem(match block.attribute("number").as_deref() {
                None => Marker::Bullet,
                Some("continued") => Marker::Continued,
                Some(number) => number.parse().map_or(Marker::Bullet, Marker::Number),
            }),
            Some("votes") if !block.has_words() => {
                let (side, span) = (block.attribute("side").unwrap_or_default(), block.span());
                self.blocks.record.paragraph(Paragraph {
                    kind: counted(&side, number("count").unwrap_or_default()),
                    nesting: self.blocks.nesting,
                    text: Text::Owned("".into()),
                    inlines: Box::default(),
                    language: self.blocks.language.clone(),
                    span,
                });
                ParagraphKind::Plain
            }
            Some("votes") => {
                self.blocks.votes(
                    block,
                    &block.attribute("side").unwrap_or_default(),
                    number("count"),
                    &mut treat,
                );
                ParagraphKind::Plain
            }
            _ => outer,
        };
        match block.name() {
            "table" => self.blocks.table(block, &mut treat),
            "p" => {
                self.blocks.flow.element(block, &mut treat);
                self.blocks.paragraph(kind);
            }
            _ => {}
        }
        (self.blocks.nesting, self.blocks.language) = before;
    }

    fn inner_blocks(&mut self, block: Element<'_, 's>, kind: ParagraphKind) {
        let outer = self.blocks.language.clone();
        if let Some(language) = block.stated("lang") {
            self.blocks.language = Some(conventions::language_tag(&language));
        }
        let mut notes = Vec::new();
        for node in block.children() {
            match node {
                // A note of the publisher's: its words stand after the paragraph, and are nobody's.
                Node::Element(inner) if inner.name() == "authorialNote" => notes.push(inner),
                Node::Element(inner) if is_inline(inner.name()) => {
                    notes_in(inner, &mut notes);
                    self.blocks.flow.node(node, &mut treat);
                }
                Node::Element(inner) if !is_inline(inner.name()) => {
                    self.blocks.paragraph(kind.clone());
                    self.block(inner, kind.clone());
                    self.blocks.paragraph(kind.clone());
                }
                node => self.blocks.flow.node(node, &mut treat),
            }
        }
        self.blocks.paragraph(kind);
        for note in notes {
            self.inner_blocks(note, ParagraphKind::Procedural);
        }
        self.blocks.language = outer;
    }
}

/// Where the dash stands that parts a name in `from` from the words after it, as Spanish-speaking
/// parliaments print it: `El señor ULLOA.- Señor Presidente`.
fn dash_in(from: Element<'_, '_>, source: &str) -> Option<Range<usize>> {
    if from.find("inline").is_some() {
        return None;
    }
    from.children().find_map(|node| {
        let Node::Text(span) = node else { return None };
        let words = &source[span.range()];
        let (at, dash) = words.match_indices(['-', '–', '—']).find(|(at, dash)| {
            let after = &words[at + dash.len()..];
            words[..*at].ends_with('.') && (after.is_empty() || after.starts_with(char::is_whitespace))
        })?;
        let start = span.start as usize + at;
        Some(start - 1..start + dash.len())
    })
}

/// The publisher's notes in an element, but for those in one another.
fn notes_in<'t, 's>(element: Element<'t, 's>, notes: &mut Vec<Element<'t, 's>>) {
    for inner in element.elements() {
        match inner.name() {
            "authorialNote" => notes.push(inner),
            _ => notes_in(inner, notes),
        }
    }
}
