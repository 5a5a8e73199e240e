//! Settling prose: links led to their places, quotations compared with the record. Every quotation is
//! compared or reported: what cites a record is held to it, what cites another site is left to that, and
//! what cites nothing is said to have no source.

use super::judge::{self, Judgement, Words};
use super::library::{Library, Spot, Volume};
use super::names::{Names, own_path};
use super::published::Published;
use super::quoting;
use super::speaker;
use crate::anchor::{Joints, PlacedRange};
use crate::diagnostics::{self, Diagnostic, Place, Severity};
use crate::model::{BlockQuotation, DebateSlug, Destination, Hidden, Person, Prose};
use crate::permalink::{cited, office_on};
use crate::prose::{self, Draft, Fill, Form, Kind, Link, Node, Quotation, Tie};
use crate::text::{Source, Span, turns_direction};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Settles the drafts of one file or debate against the names and records of a site, and remembers
/// which debates it asked about.
pub struct Settler<'s> {
    context: &'s SiteContext<'s>,
    consulted: RefCell<BTreeSet<DebateSlug>>,
    text: Cell<Option<Hidden>>,
}

/// What drafts are settled against.
pub struct SiteContext<'s> {
    names: &'s Names,
    library: Library<'s>,
    people: HashMap<&'s str, &'s Person>,
    published: &'s Published,
}

/// What is known of a text beside its words: where its quotations are from if they don't say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The debate that it belongs to, or those that it names.
    pub near: &'a [DebateSlug],
    /// The paragraphs that its evidence stands in: a quotation that cites nothing must stand there.
    pub at: Option<(&'a DebateSlug, &'a Range<usize>)>,
}

/// Some paragraphs of a debate.
struct Stretch<'s> {
    slug: DebateSlug,
    volume: &'s Volume<'s>,
    scope: Range<usize>,
}

impl<'s> SiteContext<'s> {
    /// The names of a site, its debates and its people, and what of it readers can see.
    pub fn new(
        names: &'s Names,
        library: Library<'s>,
        people: &'s [Person],
        published: &'s Published,
    ) -> Self {
        SiteContext {
            names,
            library,
            people: people.iter().map(|person| (person.slug.as_str(), person)).collect(),
            published,
        }
    }
}

impl<'s> Settler<'s> {
    /// A settler that has asked about no debate yet.
    pub fn new(context: &'s SiteContext<'s>) -> Self {
        Settler { context, consulted: RefCell::default(), text: Cell::new(None) }
    }

    /// The names of the site.
    pub fn names(&self) -> &'s Names {
        self.context.names
    }

    /// What of the site readers can see.
    pub(super) fn published(&self) -> &'s Published {
        self.context.published
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
        self.context.library.volume(slug)
    }

    /// The debates that it asked about: what it settled holds as long as these stay as they are.
    pub fn consulted(self) -> BTreeSet<DebateSlug> {
        self.consulted.into_inner()
    }

    /// The prose of a draft that is written in `source`. What can't be settled is left as plain text, with
    /// a diagnostic.
    pub fn prose(
        &self,
        draft: &Draft,
        source: &Source,
        setting: Setting<'_>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Prose {
        let mut near: Vec<DebateSlug> = setting.near.to_vec();
        self.linked_debates(&draft.nodes, source, &mut near);
        let mut blocks = Vec::new();
        for quotation in prose::quotations(&draft.nodes) {
            let block = self.quotation(&quotation, source, setting, &near, remarks);
            if let (Form::Block(node, _), Some(block)) = (&quotation.form, block) {
                blocks.push((*node, block));
            }
        }
        prose::write(draft, &mut Filler { settler: self, source, blocks, remarks })
    }

    /// Compares the quotations in the value of a key that is one line of text.
    pub fn line(&self, text: &str, place: &Place, setting: Setting<'_>, remarks: &mut Vec<Diagnostic>) {
        for quotation in prose::in_line(text, place.span) {
            let is_there = |slug: &DebateSlug| {
                let volume = self.volume(slug)?;
                let words = Words::in_prose(&quotation.words);
                let everything = 0..volume.pieces().len();
                let judgement = judge::judge(volume, &everything, Joints::Open, &words);
                matches!(judgement, Judgement::Verbatim(..) | Judgement::Several(_)).then_some(())
            };
            if setting.near.iter().find_map(is_there).is_none() {
                self.quotation(&quotation, &place.source, setting, setting.near, remarks);
            }
        }
    }

    /// The debates that a text links to.
    fn linked_debates(&self, nodes: &[Node], source: &Source, near: &mut Vec<DebateSlug>) {
        for node in nodes {
            if let Kind::Link(link) = &node.kind
                && let Some(Destination::Debate(slug, _)) = self.destination(link, source)
                && !near.contains(&slug)
            {
                near.push(slug);
            }
            self.linked_debates(&node.children, source, near);
        }
    }

    /// What a link's target means. The public address of the site's own pages means these pages.
    fn destination(&self, link: &Link, source: &Source) -> Option<Destination> {
        let own = self.context.published.base_url().and_then(|base| own_path(&link.target, base));
        let own = own.and_then(|path| self.names().destination(&format!("/{path}"), source.path.folder()));
        own.or_else(|| self.names().destination(&link.target, source.path.folder()))
    }

    /// Compares a quotation with what it cites, and reports what is wrong. The record's own words where a
    /// block quotation is verbatim and may be replaced by them.
    fn quotation(
        &self,
        quotation: &Quotation<'_>,
        source: &Source,
        setting: Setting<'_>,
        near: &[DebateSlug],
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<BlockQuotation> {
        let place = Place::new(source, quotation.span);
        let (mut strict, mut loose, mut elsewhere) = (Vec::new(), Vec::new(), false);
        for cited in &quotation.cited {
            match self.destination(cited.link, source) {
                Some(Destination::Debate(slug, fragment)) => {
                    let Some(volume) = self.volume(&slug) else { continue };
                    // A fragment that names nothing is reported where the link is written.
                    let scope = scope(volume, fragment.as_deref())?;
                    let stretches = if cited.tie == Tie::Sentence { &mut loose } else { &mut strict };
                    stretches.push(Stretch { slug, volume, scope });
                }
                Some(Destination::Elsewhere(_) | Destination::Asset(_)) => elsewhere = true,
                // A link that leads nowhere is reported as such.
                None => return None,
                Some(_) => {}
            }
        }
        if strict.is_empty()
            && !elsewhere
            && loose.is_empty()
            && let Some((slug, range)) = setting.at
        {
            let volume = self.volume(slug)?;
            strict.push(Stretch { slug: slug.clone(), volume, scope: range.clone() });
        }
        if strict.is_empty() {
            if !loose.iter().any(|stretch| self.has(stretch, &quotation.words)) {
                self.unsourced(quotation, near, elsewhere, place, remarks);
            }
            return None;
        }
        if let Form::Unclosed = quotation.form {
            remarks.push(diagnostics::unclosed_quotation(place, Severity::Error));
            return None;
        }
        let before = remarks.len();
        if let Some(span) = quotation.edited {
            remarks.push(diagnostics::edited_quotation(Place::new(source, span)));
        }
        if let Some(turning) = quotation.words.chars().find(|c| turns_direction(*c)) {
            let hidden = diagnostics::hidden_character(place.clone(), turning, 1);
            remarks.push(Diagnostic { severity: Severity::Error, ..hidden });
        }
        let found = self.held(quotation, &strict, &place, remarks);
        let (stretch, ranges) = found.filter(|_| remarks.len() == before)?;
        self.attributed(quotation, stretch, &ranges, source, remarks)
    }

    /// Whether some paragraphs have these words.
    fn has(&self, stretch: &Stretch<'_>, words: &str) -> bool {
        matches!(verdict(stretch, words), Judgement::Verbatim(..))
    }

    /// Holds a quotation to the places that it cites: it must stand in one of them, or run over those that
    /// are of one debate.
    fn held<'a>(
        &self,
        quotation: &Quotation<'_>,
        strict: &'a [Stretch<'s>],
        place: &Place,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<(&'a Stretch<'s>, Vec<PlacedRange>)> {
        let mut first_wrong = None;
        for stretch in strict {
            match verdict(stretch, &quotation.words) {
                Judgement::Verbatim(ranges, _) => return Some((stretch, ranges)),
                wrong => drop(first_wrong.get_or_insert(wrong)),
            }
        }
        let stretch = strict.first()?;
        let of_one = strict.iter().filter(|other| other.slug == stretch.slug);
        let whole = of_one.fold(stretch.scope.clone(), |whole, other| {
            whole.start.min(other.scope.start)..whole.end.max(other.scope.end)
        });
        if whole != stretch.scope {
            let over = Stretch { slug: stretch.slug.clone(), volume: stretch.volume, scope: whole };
            if let Judgement::Verbatim(ranges, _) = verdict(&over, &quotation.words) {
                return Some((stretch, ranges));
            }
        }
        let shorter = quotation.shorter.as_deref();
        if let Some(shorter) =
            shorter.filter(|shorter| strict.iter().any(|stretch| self.has(stretch, shorter)))
        {
            remarks.push(diagnostics::uncertain_quotation(place.clone(), shorter));
            return None;
        }
        let words = Words::in_prose(&quotation.words);
        remarks.extend(
            first_wrong.and_then(|wrong| {
                judge::mistake(&wrong, stretch.volume, &stretch.scope, &words, place.clone())
            }),
        );
        None
    }

    /// Checks who is named as having said a block quotation; the record's own words for it.
    fn attributed(
        &self,
        quotation: &Quotation<'_>,
        stretch: &Stretch<'_>,
        ranges: &[PlacedRange],
        source: &Source,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<BlockQuotation> {
        let Form::Block(_, Some(attribution)) = &quotation.form else { return None };
        let debate = stretch.volume.debate;
        let record = &debate.record;
        let passages = quoting::passages(ranges);
        let first = passages.first()?.paragraph;
        let speaker = record.speaker(first).map(|who| {
            let person = who.person.as_ref().and_then(|slug| self.context.people.get(slug.as_str()).copied());
            let office = office_on(who, person, debate.particulars.date);
            let roll = stretch.volume.roll(&self.context.people);
            if !speaker::is_named(&attribution.text, who, person, office.as_deref(), debate, roll) {
                let place = Place::new(source, attribution.span);
                remarks.push(diagnostics::misattributed_quotation(place, &attribution.text, &who.name));
            }
            (who.name.clone(), office)
        });
        let parts = record.quoted(&passages).into_iter().map(|words| {
            let own = record.paragraphs[words.paragraph].language.as_deref();
            let language = own.or(debate.particulars.language.as_deref());
            (words.text, language.map(str::to_owned))
        });
        // Where the debate is not published its words are not put on a page: the link was reported.
        let at = Destination::Debate(stretch.slug.clone(), Some(stretch.volume.id_at(first).into()));
        let place = || Place::new(source, attribution.span);
        let may_show = self.may_point_at(&at, "", &place, &mut Vec::new());
        (attribution.replaceable && may_show).then(|| BlockQuotation {
            parts: parts.collect(),
            speaker,
            cited: cited(debate, &passages),
            at,
        })
    }

    /// Reports a quotation that cites no record. One that cites another site is left to that, unless it is
    /// close to words of a record and is not them.
    fn unsourced(
        &self,
        quotation: &Quotation<'_>,
        near: &[DebateSlug],
        elsewhere: bool,
        place: Place,
        remarks: &mut Vec<Diagnostic>,
    ) {
        let found = near.iter().find_map(|slug| {
            let volume = self.volume(slug)?;
            let at = quoting::first_place(volume, &quotation.words)?;
            Some(format!("../debates/{slug}/#{}", volume.id_at(at)))
        });
        let like = || {
            let lines = near.iter().filter_map(|slug| {
                let volume = self.volume(slug)?;
                let everything = 0..volume.pieces().len();
                quoting::suggestions(volume, &everything, &quotation.words)
                    .into_iter()
                    .next()
                    .map(|near| near.line)
            });
            lines.take(1).collect::<Vec<String>>()
        };
        let remark = match (&quotation.form, found) {
            (Form::Unclosed, _) => diagnostics::unclosed_quotation(place, Severity::Warning),
            (_, None) if elsewhere => {
                let like = like();
                if like.is_empty() {
                    return;
                }
                diagnostics::unsourced_quotation(place, None, like)
            }
            (_, Some(_)) if elsewhere => return,
            (_, None) => diagnostics::unsourced_quotation(place, None, like()),
            (_, found) => diagnostics::unsourced_quotation(place, found.as_deref(), Vec::new()),
        };
        remarks.push(remark);
    }

    /// Where a link leads; reported where it leads nowhere.
    fn led(&self, link: &Link, source: &Source, remarks: &mut Vec<Diagnostic>) -> Option<Destination> {
        let place = |span: Span| Place::new(source, span);
        let destination = self.destination(link, source);
        let at = || place(link.span);
        if destination.as_ref().is_some_and(|to| !self.may_point_at(to, &link.target, &at, remarks)) {
            return None;
        }
        match &destination {
            None => remarks.push(diagnostics::broken_link(place(link.span), &link.target)),
            Some(Destination::Here(fragment)) if super::names::is_record_fragment(fragment) => {
                // It names a place of a record, and this text belongs to none.
                remarks.push(diagnostics::broken_link(place(link.span), &link.target));
                return None;
            }
            Some(Destination::Debate(slug, Some(fragment))) => {
                let volume = self.volume(slug)?;
                if volume.spot(Some(fragment)).is_some() {
                    return destination;
                }
                remarks.push(match fragment.strip_prefix("n-") {
                    Some(id) if volume.is_set_aside(id) => return None,
                    Some(id) => {
                        let ids = volume.note_ids();
                        diagnostics::unknown_annotation(place(link.span), id, volume.title(), ids)
                    }
                    None => {
                        let last = volume.last_id();
                        diagnostics::unknown_paragraph(place(link.span), fragment, volume.title(), &last)
                    }
                });
                return None;
            }
            Some(Destination::Elsewhere(address)) => {
                if let Some(reason) = diagnostics::unusable(address) {
                    remarks.push(diagnostics::bad_address(Some(at()), address, &reason));
                    return None;
                }
                let told = |reason: String| diagnostics::misleading_address(at(), address, &reason);
                remarks.extend(diagnostics::misleads(address).map(told));
            }
            Some(_) => {}
        }
        destination
    }
}

/// Fills the places of a tree that is being written.
struct Filler<'f, 's> {
    settler: &'f Settler<'s>,
    source: &'f Source,
    blocks: Vec<(&'f Node, BlockQuotation)>,
    remarks: &'f mut Vec<Diagnostic>,
}

impl Fill for Filler<'_, '_> {
    fn link(&mut self, link: &Link) -> Option<Destination> {
        self.settler.led(link, self.source, self.remarks)
    }

    fn picture(&mut self, link: &Link) -> Option<Destination> {
        let destination = self.settler.led(link, self.source, self.remarks)?;
        if let Destination::Elsewhere(_) = destination {
            let place = Place::new(self.source, link.span);
            self.remarks.push(diagnostics::remote_picture(place, &link.target));
            return None;
        }
        Some(destination)
    }

    fn block(&mut self, node: &Node) -> Option<BlockQuotation> {
        let at = self.blocks.iter().position(|(known, _)| std::ptr::eq(*known, node))?;
        Some(self.blocks.swap_remove(at).1)
    }
}

/// What words come to in some paragraphs. They may run from one into another where several are named.
fn verdict(stretch: &Stretch<'_>, words: &str) -> Judgement {
    let joints = if stretch.scope.len() > 1 { Joints::Open } else { Joints::Closed };
    judge::judge(stretch.volume, &stretch.scope, joints, &Words::in_prose(words))
}

/// The paragraphs in which a quotation with this link must stand.
fn scope(volume: &Volume<'_>, fragment: Option<&str>) -> Option<Range<usize>> {
    match volume.spot(fragment)? {
        Spot::Whole => Some(0..volume.debate.record.paragraphs.len()),
        Spot::Paragraphs(range) => Some(range),
        Spot::Note(note) => Some(volume.paragraphs_of(note)),
    }
}
