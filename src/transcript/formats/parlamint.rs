//! ParlaMint and Parla-CLARIN TEI: utterances (`u`) of segments (`seg`), each a paragraph.
//!
//! Decided here: a note of the type `speaker` is the label of the utterance after it, and so is a note at
//! the start of an utterance that ends with a colon; without one the label is the name in the header's list of persons. What nobody spoke (applause, remarks of the
//! reporters) is a procedural paragraph between segments, and within one stands marked among the
//! words, as printed. Notes that those who made the file added are furniture.

use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};
use crate::transcript::conventions;
use crate::transcript::lists::{People, PeopleList};
use crate::transcript::record::*;
use crate::transcript::xml::{Blocks, Element, Milestone, Node, Treat, document, html_inline};
use std::collections::{HashMap, HashSet};

/// Names that stand over words are no longer than this, in bytes.
const LONGEST_LABEL: usize = 120;

/// A sitting, or a corpus with sittings in it.
const ROOTS: [&str; 2] = ["TEI", "teiCorpus"];

/// Whether the outermost element is TEI's, with utterances in it.
pub(super) fn recognise(text: &str) -> bool {
    super::begins_with_element(text, &ROOTS) && super::has_element(text, &["u"])
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader {
        blocks: Blocks::new(source),
        people: HashMap::new(),
        list: People::default(),
        printed: HashMap::new(),
        announced: None,
    };
    if let Some(tree) = document(source, &ROOTS, diagnostics) {
        reader.list = People::new(tree.root());
        reader.document(tree.root());
    }
    let PeopleList { people, bodies } = reader.list.list;
    reader.blocks.record.details.people = people;
    reader.blocks.record.details.bodies = bodies;
    reader.blocks.finish("parlamint")
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    /// Names by ids.
    people: HashMap<String, String>,
    /// Who and what is described in it.
    list: People,
    /// Labels that the file prints, by the ids of those who spoke under them.
    printed: HashMap<String, Text>,
    /// The label of the speaker who comes next.
    announced: Option<(Text, Span)>,
}

impl<'s> Reader<'s> {
    /// A sitting, or a corpus with its own header and sittings.
    fn document(&mut self, root: Element<'_, 's>) {
        let language = root.stated("lang").map(|tag| conventions::language_tag(&tag));
        if language.is_some() {
            self.blocks.record.details.language = language;
        }
        for part in root.elements() {
            match part.name() {
                "teiHeader" => self.header(part),
                "TEI" | "teiCorpus" => self.document(part),
                "text" => {
                    for part in part.elements() {
                        self.division(part, 1);
                    }
                }
                // What is not known is reported by the account of an import.
                _ => {}
            }
        }
    }

    fn header(&mut self, header: Element<'_, 's>) {
        self.blocks.record.furniture(FurnitureKind::Apparatus, header.span().range());
        let language = self.blocks.record.details.language.clone();
        let titles = || header.descendants().filter(|e| e.name() == "title" && e.has_words());
        let in_language = |title: &Element<'_, 's>| title.stated("lang").as_deref() == language.as_deref();
        let is_sub = |title: &Element<'_, 's>| title.attribute("type").as_deref() == Some("sub");
        let title = titles()
            .find(|title| is_sub(title) && in_language(title))
            .or_else(|| titles().find(in_language))
            .or_else(|| titles().next());
        self.blocks.record.title = title.map(|title| Text::Owned(title.words().into()));
        for element in header.descendants() {
            let details = &mut self.blocks.record.details;
            match element.name() {
                "tagUsage" => {
                    if let (Some(name), Some(count)) = (element.stated("gi"), element.stated("occurs")) {
                        details.counts.extend(count.parse().ok().map(|count| (name.as_ref().into(), count)));
                    }
                }
                "licence" if details.licence.is_none() => details.licence = Some(element.words().into()),
                "setting" => {
                    let day =
                        element.find("date").and_then(|date| date.stated("when").or(date.stated("from")));
                    if let Some(day) = day {
                        let value = day.get(..10).and_then(|day| day.parse().ok());
                        let text = self.blocks.text_of(&day);
                        self.blocks.record.details.date = Some(Stated { text, value });
                    }
                }
                "bibl" if details.url.is_none() => {
                    let address = element.descendants().find(|e| e.name() == "idno" && e.has_words());
                    details.url = address.map(|address| address.words().into());
                }
                "person" | "org" => self.described(element),
                _ => {}
            }
        }
    }

    /// A person or a body that the file describes.
    fn described(&mut self, element: Element<'_, 's>) {
        self.list.element(element);
        if let ("person", Some(id), Some(name)) =
            (element.name(), element.stated("id"), element.child("persName"))
        {
            self.people.insert(id.into_owned(), name.words());
        }
    }

    fn division(&mut self, division: Element<'_, 's>, level: u8) {
        let labels = labels(division);
        for node in division.children() {
            let Node::Element(inner) = node else {
                self.blocks.flow.node(node, &mut treat);
                continue;
            };
            self.blocks.procedural();
            match inner.name() {
                "docDate" if self.blocks.record.details.date.is_none() => {
                    self.doc_date(inner);
                    self.unspoken(inner, false);
                }
                "div" | "body" | "front" | "back" | "listPerson" if inner.name() != "listPerson" => {
                    self.division(inner, level.saturating_add(1));
                }
                "listPerson" => {
                    self.blocks.record.furniture(FurnitureKind::Apparatus, inner.span().range());
                    inner.elements().for_each(|person| self.described(person));
                }
                "head" => {
                    self.blocks.flow.element(inner, &mut treat);
                    self.blocks.heading(level.clamp(2, 6));
                }
                "u" => self.utterance(inner),
                "table" => {
                    self.blocks.procedural();
                    self.blocks.table(inner, &mut treat);
                }
                "pb" | "cb" => self.blocks.flow.node(node, &mut treat),
                "note" if labels.contains(&inner.span()) => self.announce(inner),
                _ => self.unspoken(inner, false),
            }
        }
        self.blocks.procedural();
    }

    fn doc_date(&mut self, element: Element<'_, 's>) {
        if let Some(day) = element.stated("when") {
            let value = day.get(..10).and_then(|day| day.parse().ok());
            let text = self.blocks.text_of(&day);
            self.blocks.record.details.date = Some(Stated { text, value });
        }
    }

    /// The label of the utterance that follows; the second part of one that stands in two notes.
    fn announce(&mut self, note: Element<'_, 's>) {
        self.blocks.record.furniture(FurnitureKind::RepeatedLabel, note.span().range());
        self.blocks.flow.element(note, &mut treat);
        let Some((text, ..)) = self.blocks.flow.take() else { return };
        self.announced = Some(match self.announced.take() {
            Some((first, span)) => {
                let source = self.blocks.record.source;
                let words = format!("{} {}", first.of(source), text.of(source));
                (Text::Owned(words.into()), Span { end: note.span().end, ..span })
            }
            None => (text, note.span()),
        });
    }

    fn utterance(&mut self, u: Element<'_, 's>) {
        let who = u.stated("who").map(|who| who.trim_start_matches('#').to_owned());
        // A label before the utterance is the one that counts; a note in it is words then.
        let own = own_label(u, &self.blocks.record.source.text).filter(|_| self.announced.is_none());
        if let Some(note) = own {
            self.announce(note);
        }
        let announced = self.announced.take();
        let known = who.as_deref().and_then(|who| self.people.get(who).map(String::as_str));
        let (name, span) = match announced {
            Some((name, span)) => {
                let name = self.blocks.record.label_text(name);
                if let Some(who) = &who {
                    self.printed.entry(who.clone()).or_insert_with(|| name.clone());
                }
                (Some((name, Naming::Printed)), span)
            }
            None => {
                // What the header calls them; else what the file has printed over their words before.
                let known = known.map(|name| (Text::Owned(name.into()), Naming::Listed));
                let printed = || Some((self.printed.get(who.as_deref()?)?.clone(), Naming::Printed));
                let id = || Some((Text::Owned(who.as_deref()?.into()), Naming::Id));
                (known.or_else(printed).or_else(id), u.tag_span())
            }
        };
        let chairs = u
            .attribute("ana")
            .is_some_and(|roles| roles.split(' ').any(|role| role.trim_start_matches('#') == "chair"));
        let label = name.map(|(name, naming)| Label {
            name,
            naming,
            detail: None,
            id: who.as_deref().map(Into::into),
            role: if chairs { Role::Chair } else { Role::Speaker },
            span,
        });
        // One speech may stand in several utterances, which say so.
        let continues =
            u.stated("prev").is_some() && who.is_some() && self.blocks.record.reopen(who.as_deref());
        if !continues {
            let speech = Contribution::of(ContributionKind::Speech, u.span());
            self.blocks.record.begin(Contribution { speaker: label, ..speech });
        }
        for node in u.children() {
            match node {
                Node::Element(note) if own.is_some_and(|own| own.span() == note.span()) => {}
                Node::Element(seg) if matches!(seg.name(), "seg" | "p" | "s") => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    let outer = self.blocks.language.clone();
                    let language = seg.stated("lang").or_else(|| u.stated("lang"));
                    if let Some(language) = language {
                        self.blocks.language = Some(conventions::language_tag(&language));
                    }
                    if seg.find("w").is_some() {
                        self.tokens(seg, &mut Before::Joined);
                    } else {
                        self.blocks.flow.element(seg, &mut treat);
                    }
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.blocks.language = outer;
                }
                Node::Element(inner) if matches!(inner.name(), "pb" | "cb") => {
                    self.blocks.flow.node(node, &mut treat);
                }
                Node::Element(inner) if inner.name() == "table" => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.blocks.table(inner, &mut treat);
                }
                Node::Element(inner) => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.unspoken(inner, true);
                }
                node => self.blocks.flow.node(node, &mut treat),
            }
        }
        self.blocks.paragraph(ParagraphKind::Plain);
        self.blocks.record.nobody_speaks();
    }

    /// Words that stand as annotated tokens, one a line: white space is where a token does not say that
    /// it joins the next, and nowhere before the marks that no printer sets apart.
    fn tokens(&mut self, outer: Element<'_, 's>, before: &mut Before) {
        for inner in outer.elements() {
            match inner.name() {
                "w" | "pc" => {
                    let join = inner.stated("join").unwrap_or_default();
                    let words = inner.words();
                    let parted = match before {
                        Before::Joined => false,
                        Before::Parted => {
                            let is_close = inner.name() == "pc" && self.stands_close(&words);
                            !is_close && !matches!(join.as_ref(), "left" | "both")
                        }
                        Before::Comma => words.starts_with(char::is_alphabetic),
                    };
                    if parted {
                        self.blocks.flow.space();
                    }
                    self.blocks.flow.element(inner, &mut treat);
                    *before = match join.as_ref() {
                        "right" | "both" if matches!(words.as_str(), "," | ";") => Before::Comma,
                        "right" | "both" => Before::Joined,
                        _ => Before::Parted,
                    };
                }
                "note" | "vocal" | "kinesic" | "incident" | "gap" | "pb" | "cb" => {
                    self.blocks.flow.space();
                    self.blocks.flow.node(Node::Element(inner), &mut treat);
                    *before = Before::Parted;
                }
                _ => self.tokens(inner, before),
            }
        }
    }

    /// Whether a mark is printed close to the word before it in the language of the words; French sets
    /// the high ones apart.
    fn stands_close(&self, mark: &str) -> bool {
        let language = self.blocks.language.as_ref().or(self.blocks.record.details.language.as_ref());
        match mark {
            "," | "." | ")" | "]" | "…" => true,
            ";" | ":" | "!" | "?" => !language.is_some_and(|language| language.starts_with("fr")),
            _ => false,
        }
    }

    /// What nobody spoke: a note, applause, a gap. Within a speech it is a paragraph of it.
    fn unspoken(&mut self, inner: Element<'_, 's>, within: bool) {
        if is_editorial(inner) {
            return self.blocks.record.furniture(FurnitureKind::EditorialNote, inner.span().range());
        }
        if is_bare_time(inner) {
            // A mark of the clock: it waits for the words after it.
            return self.blocks.flow.node(Node::Element(inner), &mut treat);
        }
        // Its words are a paragraph; within a paragraph they would be a remark.
        self.blocks.flow.element(inner, &mut treat);
        if within {
            self.blocks.paragraph(ParagraphKind::Procedural);
        } else {
            self.blocks.procedural();
        }
    }
}

/// What stands before an annotated token.
enum Before {
    /// Nothing, or a token that joins this one.
    Joined,
    /// White space.
    Parted,
    /// A comma that is said to join this one. Taggers say so of a comma that was printed close to the word
    /// before alone: white space comes before a word, and none before a figure.
    Comma,
}

/// A gap's description, and the notes by which makers of corpora mark where things end.
fn is_editorial(element: Element<'_, '_>) -> bool {
    element.name() == "gap"
        || (element.name() == "note" && element.words().starts_with("End of debateSection"))
}

/// The notes in a division that are labels: of the type `speaker`, directly before an utterance, with
/// nothing but other notes, times and breaks of pages between. One that begins with a bracket or a small
/// letter goes on with the one before. Others, in a table of contents say, are words.
fn labels(division: Element<'_, '_>) -> HashSet<Span> {
    let is_label = |element: &Element<'_, '_>| {
        element.name() == "note" && element.attribute("type").as_deref() == Some("speaker")
    };
    let mut labels = HashSet::new();
    let mut run: Vec<Span> = Vec::new();
    let mut open = false;
    for element in division.elements() {
        match element.name() {
            _ if is_label(&element) => {
                let goes_on = element.words().starts_with(|c: char| c == '(' || c.is_lowercase());
                if !(open && goes_on) {
                    run.clear();
                }
                run.push(element.span());
                open = true;
            }
            "u" => {
                labels.extend(run.drain(..));
                open = false;
            }
            "pb" | "cb" | "gap" => {}
            "note" | "vocal" | "kinesic" | "incident" => open = false,
            _ => {
                run.clear();
                open = false;
            }
        }
    }
    labels
}

/// A note that holds a time and nothing else: not `Beginn der Sitzung: 20.09 Uhr`.
fn is_bare_time(element: Element<'_, '_>) -> bool {
    let is_time = |note: Element<'_, '_>| {
        let words = note.words().to_lowercase();
        let mut letters = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        words.contains(|c: char| c.is_ascii_digit())
            && letters.all(|word| matches!(word, "am" | "pm" | "a" | "p" | "m" | "h" | "hrs" | "uhr" | "kl"))
    };
    element.name() == "note"
        && ((element.attribute("type").as_deref() == Some("time") && is_time(element))
            || element.child("time").is_some_and(|time| time.words() == element.words()))
}

fn treat(element: Element<'_, '_>) -> Treat {
    match element.name() {
        "gap" => Treat::Leave,
        "note" if is_bare_time(element) => Treat::Milestone(Milestone::Time(element.words().into())),
        "note" if is_editorial(element) => Treat::Leave,
        "note" | "vocal" | "kinesic" | "incident" | "shift" => Treat::Inline(InlineKind::Remark),
        "pb" | "cb" => Treat::Milestone(Milestone::Column(element.stated("n").map(|n| n.as_ref().into()))),
        "hi" | "emph" => Treat::Inline(InlineKind::Emphasis),
        _ => html_inline(element),
    }
}

/// The name that an utterance prints at its own start: a note of no kind, before any words, that ends with
/// a colon.
fn own_label<'t, 's>(u: Element<'t, 's>, text: &str) -> Option<Element<'t, 's>> {
    let note = u.elements().next().filter(|first| first.name() == "note")?;
    let words = note.words();
    let before = &text[u.tag_span().end as usize..note.span().start as usize];
    let is_label = note.stated("type").is_none_or(|kind| &*kind == "speaker")
        && words.ends_with([':', '：'])
        && words.len() <= LONGEST_LABEL
        && before.trim().is_empty()
        && u.stated("prev").is_none();
    is_label.then_some(note)
}
