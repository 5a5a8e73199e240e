//! Settling prose: links led to their places, quotations compared with the record.

use super::library::{Library, Spot, Volume};
use super::names::Names;
use super::published::{self, Published};
use super::quoting::{self, Comparison};
use crate::diagnostics::{self, Diagnostic, Place};
use crate::markdown::{Attribution, Draft, DraftPiece, Link, LinkKind, Quotation, QuotationForm};
use crate::model::{BlockQuotation, DebateSlug, Destination, Hidden, Person, Piece, Prose};
use crate::permalink::{cited, office_on};
use crate::text::{Source, Span};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

/// Settles the drafts of one file or debate against the names and records of a site, and remembers
/// which debates it asked about.
pub struct Settler<'s> {
    ground: &'s Ground<'s>,
    consulted: RefCell<BTreeSet<DebateSlug>>,
    text: Cell<Option<Hidden>>,
}

/// What drafts are settled against.
pub struct Ground<'s> {
    names: &'s Names,
    library: Library<'s>,
    people: HashMap<&'s str, &'s Person>,
    published: &'s Published,
}

impl<'s> Ground<'s> {
    /// The names of a site, its debates and its people, and what of it readers can see.
    pub fn new(
        names: &'s Names,
        library: Library<'s>,
        people: &'s [Person],
        published: &'s Published,
    ) -> Self {
        Ground {
            names,
            published,
            library,
            people: people.iter().map(|person| (person.slug.as_str(), person)).collect(),
        }
    }
}

impl<'s> Settler<'s> {
    /// A settler that has asked about no debate yet.
    pub fn new(ground: &'s Ground<'s>) -> Self {
        Settler { ground, consulted: RefCell::default(), text: Cell::new(None) }
    }

    /// The names of the site.
    pub fn names(&self) -> &'s Names {
        self.ground.names
    }

    /// What of the site readers can see.
    pub(super) fn published(&self) -> &'s Published {
        self.ground.published
    }

    /// Why readers can't see the text that is being settled; `None` where they can.
    pub(super) fn text(&self) -> Option<Hidden> {
        self.text.get()
    }

    /// Says whether readers can see the text that is settled next.
    pub(super) fn settles(&self, hidden: Option<Hidden>) {
        self.text.set(hidden);
    }

    /// A debate's record and notes.
    pub fn volume(&self, slug: &DebateSlug) -> Option<&'s Volume<'s>> {
        if !self.consulted.borrow().contains(slug) {
            self.consulted.borrow_mut().insert(slug.clone());
        }
        self.ground.library.volume(slug)
    }

    /// The debates that it asked about: what it settled holds as long as these stay as they are.
    pub fn consulted(self) -> BTreeSet<DebateSlug> {
        self.consulted.into_inner()
    }

    /// The prose of a draft that is written in `source`. `home` is the debate it belongs to, if it
    /// belongs to one. What can't be settled is left as plain text, with a diagnostic.
    pub fn prose(
        &self,
        draft: &Draft,
        source: &Source,
        home: Option<&DebateSlug>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Prose {
        let place = |span: Span| Place::new(source, span);
        let destinations: Vec<Option<Destination>> =
            draft.links.iter().map(|link| self.destination(link, source, remarks)).collect();
        let mut near: Vec<&DebateSlug> = home.into_iter().collect();
        for destination in destinations.iter().flatten() {
            if let Destination::Debate(slug, _) = destination
                && !near.contains(&slug)
            {
                near.push(slug);
            }
        }
        let mut blocks: Vec<Option<BlockQuotation>> = Vec::new();
        blocks.resize_with(draft.quotations.len(), || None);
        for (number, quotation) in draft.quotations.iter().enumerate() {
            match &quotation.form {
                QuotationForm::Linked(link) => {
                    if let Some(Some(destination)) = destinations.get(*link) {
                        self.linked(quotation, destination, place(quotation.span), remarks);
                    }
                }
                QuotationForm::Block(attribution) => {
                    if let Some(Some(destination)) = destinations.get(attribution.link) {
                        blocks[number] = self.block(quotation, attribution, destination, source, remarks);
                    }
                }
                QuotationForm::Bare | QuotationForm::BareBlock => {
                    self.unsourced(quotation, &near, place(quotation.span), remarks)
                }
            }
        }
        let mut prose =
            Prose { pieces: Vec::with_capacity(draft.pieces.len()), plain: draft.plain.as_str().into() };
        fill(&draft.pieces, &destinations, &mut blocks, &mut prose.pieces);
        if destinations.contains(&None) {
            prose.pieces = published::without_dead_links(prose.pieces);
        }
        prose
    }

    fn destination(
        &self,
        link: &Link,
        source: &Source,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<Destination> {
        let place = || Place::new(source, link.span);
        let destination = self.names().destination(&link.target, source.path.folder());
        if destination.as_ref().is_some_and(|to| !self.may_point_at(to, &link.target, &place, remarks)) {
            return None;
        }
        match destination {
            None => remarks.push(diagnostics::broken_link(place(), &link.target)),
            Some(Destination::Elsewhere(_)) if link.kind == LinkKind::Picture => {
                remarks.push(diagnostics::remote_picture(place(), &link.target));
                return None;
            }
            Some(Destination::Debate(slug, fragment)) => {
                let fragment = self.checked_fragment(&slug, fragment.as_deref(), &place, remarks)?;
                return Some(Destination::Debate(slug, fragment));
            }
            Some(_) => {}
        }
        destination
    }

    /// The fragment of a debate's page that a written one means: a run leads to its first paragraph.
    fn checked_fragment(
        &self,
        slug: &DebateSlug,
        fragment: Option<&str>,
        place: &dyn Fn() -> Place,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<Option<std::sync::Arc<str>>> {
        let volume = self.volume(slug)?;
        let Some(fragment) = fragment else { return Some(None) };
        if volume.spot(Some(fragment)).is_some() {
            return Some(Some(fragment.into()));
        }
        remarks.push(match fragment.strip_prefix("n-") {
            Some(id) if volume.is_set_aside(id) => return None,
            Some(id) => diagnostics::unknown_annotation(place(), id, volume.title(), volume.note_ids()),
            None => diagnostics::unknown_paragraph(place(), fragment, volume.title(), &volume.last_id()),
        });
        None
    }

    fn linked(
        &self,
        quotation: &Quotation,
        destination: &Destination,
        place: Place,
        remarks: &mut Vec<Diagnostic>,
    ) {
        let Destination::Debate(slug, fragment) = destination else { return };
        let Some(volume) = self.volume(slug) else { return };
        let Some(scope) = scope(volume, fragment.as_deref()) else { return };
        if let Comparison::Wrong(diagnostic) = quoting::compare(volume, &scope, &quotation.words, place) {
            remarks.push(*diagnostic);
        }
    }

    fn block(
        &self,
        quotation: &Quotation,
        attribution: &Attribution,
        destination: &Destination,
        source: &Source,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<BlockQuotation> {
        let Destination::Debate(slug, fragment) = destination else { return None };
        let volume = self.volume(slug)?;
        let scope = scope(volume, fragment.as_deref())?;
        let passages =
            match quoting::compare(volume, &scope, &quotation.words, Place::new(source, quotation.span)) {
                Comparison::Verbatim(passages) => passages,
                Comparison::Wrong(diagnostic) => {
                    remarks.push(*diagnostic);
                    return None;
                }
            };
        let record = &volume.debate.record;
        let first = passages.first()?.paragraph;
        let speaker = record.speaker(first).map(|who| {
            let person = who.person.as_ref().and_then(|slug| self.ground.people.get(slug.as_str()).copied());
            let named = attribution.name.trim();
            let is_right = named == who.name
                || person.is_some_and(|person| {
                    person.name == named || person.aliases.iter().any(|alias| alias == named)
                });
            if !is_right {
                let place = Place::new(source, attribution.span);
                remarks.push(diagnostics::misattributed_quotation(place, named, &who.name));
            }
            (who.name.clone(), office_on(who, person, volume.debate.particulars.date))
        });
        let parts = record.quoted(&passages).into_iter().map(|words| {
            let own = record.paragraphs[words.paragraph].language.as_deref();
            let language = own.or(volume.debate.particulars.language.as_deref());
            (words.text, language.map(str::to_owned))
        });
        Some(BlockQuotation {
            parts: parts.collect(),
            speaker,
            cited: cited(volume.debate, &passages),
            at: Destination::Debate(slug.clone(), Some(volume.id_at(first).into())),
        })
    }

    fn unsourced(
        &self,
        quotation: &Quotation,
        near: &[&DebateSlug],
        place: Place,
        remarks: &mut Vec<Diagnostic>,
    ) {
        let found = near.iter().find_map(|slug| {
            let volume = self.volume(slug)?;
            let at = quoting::first_place(volume, &quotation.words)?;
            Some(format!("../debates/{slug}/#{}", volume.id_at(at)))
        });
        remarks.push(diagnostics::unsourced_quotation(place, found.as_deref()));
    }
}

/// The paragraphs in which a quotation with this link must stand.
fn scope(volume: &Volume<'_>, fragment: Option<&str>) -> Option<std::ops::Range<usize>> {
    match volume.spot(fragment)? {
        Spot::Whole => Some(0..volume.debate.record.paragraphs.len()),
        Spot::Paragraphs(range) => Some(range),
        Spot::Note(note) => Volume::range_of(&volume.debate.annotations[note].passages)
            .or(Some(0..volume.debate.record.paragraphs.len())),
    }
}

fn fill(
    pieces: &[DraftPiece],
    destinations: &[Option<Destination>],
    blocks: &mut [Option<BlockQuotation>],
    out: &mut Vec<Piece>,
) {
    for piece in pieces {
        match piece {
            DraftPiece::Html(html) => out.push(Piece::Html(html.clone())),
            DraftPiece::IdPrefix => out.push(Piece::IdPrefix),
            DraftPiece::Address(link) => {
                let destination = destinations.get(*link).cloned().flatten();
                out.push(destination.map_or_else(published::dead, Piece::Address));
            }
            DraftPiece::BlockQuotation(number, plain) => match blocks.get_mut(*number).and_then(Option::take)
            {
                Some(block) => out.push(Piece::Quotation(Box::new(block))),
                None => fill(plain, destinations, blocks, out),
            },
        }
    }
}
