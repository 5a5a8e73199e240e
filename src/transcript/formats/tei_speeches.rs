//! TEI with speeches (`sp`) instead of utterances: GermaParl and the corpora made with its tools, and
//! debates in TEI from before Parla-CLARIN.
//!
//! Decided here: `speaker` is the label, without its colon; where there is none it is `who`. A `who` that
//! is a name is no id. What stands in `stage` is procedure, within the speech where it stands in one.

use crate::diagnostics::Diagnostic;
use crate::text::Source;
use crate::transcript::conventions;
use crate::transcript::record::*;
use crate::transcript::xml::{Blocks, Element, Milestone, Node, Treat, document, html_inline};

/// Whether a text is TEI with speeches and their speakers, and no utterances.
pub(super) fn recognise(text: &str) -> bool {
    super::begins_with_element(text, &["TEI", "TEI.2"])
        && super::has_element(text, &["sp"])
        && super::has_element(text, &["speaker"])
        && !super::has_element(text, &["u", "castList", "l"])
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader { blocks: Blocks::new(source), source };
    if let Some(tree) = document(source, &["TEI", "TEI.2"], diagnostics) {
        let root = tree.root();
        reader.blocks.record.details.language =
            root.stated("lang").map(|tag| conventions::language_tag(&tag));
        for part in root.elements() {
            match part.name() {
                "teiHeader" => reader.header(part),
                _ => reader.division(part, 0),
            }
        }
    }
    reader.blocks.finish("tei-speeches")
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    source: &'s Source,
}

impl<'s> Reader<'s> {
    fn header(&mut self, header: Element<'_, 's>) {
        self.blocks.record.furniture(FurnitureKind::Apparatus, header.span().range());
        let title = header.find("title").filter(|title| title.has_words());
        let number = |name: &str| header.find(name).map(|e| e.words()).filter(|words| !words.is_empty());
        // Sittings of one series have one title: its number tells them apart.
        let numbered = number("legislativePeriod").zip(number("sessionNo"));
        let title = title.map(|title| match numbered {
            Some((period, sitting)) => format!("{} {period}/{sitting}", title.words()),
            None => title.words(),
        });
        let details = &mut self.blocks.record.details;
        details.licence =
            header.find("licence").filter(|l| l.has_words()).map(|licence| licence.words().into());
        let address = header.find("sourceDesc").and_then(|described| described.find("url"));
        details.url = address.filter(|url| url.has_words()).map(|url| url.words().into());
        let publisher = header.find("publisher").filter(|publisher| publisher.has_words());
        details.house = publisher
            .filter(|_| header.find("legislativePeriod").is_some())
            .map(|p| Text::Owned(p.words().into()));
        let setting = header.find("setting").and_then(|setting| setting.find("date"));
        // The date of what was published is the sitting's where the header is one of a sitting.
        let published =
            || header.find("publicationStmt").filter(|_| header.find("sessionNo").is_some())?.find("date");
        if let Some(date) = setting.or_else(published) {
            let day = date.stated("when").map_or_else(|| date.words(), |day| day.into_owned());
            if !day.is_empty() {
                let value = day.get(..10).and_then(|day| day.parse().ok());
                details.date = Some(Stated { text: Text::Owned(day.into()), value });
            }
        }
        self.blocks.record.title = title.map(|title| Text::Owned(title.into()));
    }

    fn division(&mut self, division: Element<'_, 's>, level: u8) {
        for node in division.children() {
            let Node::Element(inner) = node else {
                self.blocks.flow.node(node, &mut treat);
                continue;
            };
            self.blocks.procedural();
            match inner.name() {
                "sp" => self.speech(inner),
                "head" => {
                    self.blocks.flow.element(inner, &mut treat);
                    self.blocks.heading(level.clamp(2, 6));
                }
                "div" | "div1" | "div2" | "div3" | "body" | "front" | "back" | "group" | "text" => {
                    self.division(inner, level.saturating_add(1));
                }
                "pb" | "cb" | "milestone" => self.blocks.flow.node(node, &mut treat),
                "docDate" => self.doc_date(inner),
                _ => {
                    self.block(inner, &ParagraphKind::Procedural);
                    self.blocks.procedural();
                }
            }
        }
        self.blocks.procedural();
    }

    fn doc_date(&mut self, date: Element<'_, 's>) {
        self.blocks.record.furniture(FurnitureKind::Particular, date.span().range());
        if self.blocks.record.details.date.is_none() {
            let day = date.stated("when").map_or_else(|| date.words(), |day| day.into_owned());
            let value = day.get(..10).and_then(|day| day.parse().ok());
            self.blocks.record.details.date = Some(Stated { text: Text::Owned(day.into()), value });
        }
    }

    fn speech(&mut self, speech: Element<'_, 's>) {
        let label = self.label(speech);
        self.blocks.record.begin(Contribution {
            speaker: label,
            ..Contribution::of(ContributionKind::Speech, speech.span())
        });
        for node in speech.children() {
            match node {
                Node::Element(inner) if inner.name() == "speaker" => {}
                Node::Element(inner) if !is_inline(inner.name()) => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.block(inner, &ParagraphKind::Plain);
                }
                node => self.inline(node),
            }
        }
        self.blocks.paragraph(ParagraphKind::Plain);
        self.blocks.record.nobody_speaks();
    }

    fn label(&mut self, speech: Element<'_, 's>) -> Option<Label> {
        let stated = |name: &str| speech.stated(name).filter(|value| value != "NA");
        let who = stated("who");
        let id = who.as_deref().and_then(|who| who.strip_prefix('#')).map(Into::into);
        let role = match stated("role").as_deref() {
            Some("presidency" | "chair" | "president") => Role::Chair,
            _ => Role::Speaker,
        };
        let printed = speech.child("speaker").filter(|speaker| speaker.has_words());
        let Some(speaker) = printed else {
            let who = who?;
            let name = Text::Owned(who.trim_start_matches('#').into());
            let detail = stated("parliamentary_group").or_else(|| stated("party"));
            let detail = detail.map(|detail| Text::Owned(detail.as_ref().into()));
            let naming = Naming::Id;
            return Some(Label { name, naming, detail, id, role, span: speech.tag_span() });
        };
        self.blocks.flow.element(speaker, &mut treat);
        let (text, ..) = self.blocks.flow.take()?;
        let (name, detail) = self.blocks.record.split_label(self.blocks.record.label_text(text));
        let role = match conventions::role(name.of(self.source), None) {
            Role::Chair => Role::Chair,
            Role::Speaker => role,
        };
        Some(Label { name, naming: Naming::Printed, detail, id, role, span: speaker.span() })
    }

    /// A block of words, and the blocks in it.
    fn block(&mut self, block: Element<'_, 's>, kind: &ParagraphKind) {
        let kind = match block.name() {
            "stage" | "note" | "desc" => &ParagraphKind::Procedural,
            "quote" | "q" | "cit" => &ParagraphKind::Quotation,
            "table" => return self.blocks.table(block, &mut treat),
            "list" => {
                let numbered = block.attribute("type").as_deref() == Some("ordered");
                return self.blocks.list(block, numbered, &mut |_, _| false, &mut treat);
            }
            _ => kind,
        };
        for node in block.children() {
            match node {
                Node::Element(inner) if !is_inline(inner.name()) => {
                    self.blocks.paragraph(kind.clone());
                    self.block(inner, kind);
                }
                node => self.inline(node),
            }
        }
        self.blocks.paragraph(kind.clone());
    }

    /// A node within a line of words; a remark is parted from the words beside it.
    fn inline(&mut self, node: Node<'_, 's>) {
        let remark = matches!(node, Node::Element(inner) if inner.name() == "note");
        if remark {
            self.blocks.flow.space();
        }
        self.blocks.flow.node(node, &mut treat);
        if remark {
            self.blocks.flow.space();
        }
    }
}

/// The elements that stand within a line of words; a direction among them is marked.
fn is_inline(name: &str) -> bool {
    !matches!(
        name,
        "p" | "ab"
            | "lg"
            | "stage"
            | "quote"
            | "cit"
            | "table"
            | "list"
            | "sp"
            | "div"
            | "floatingText"
            | "body"
    )
}

fn treat(element: Element<'_, '_>) -> Treat {
    match element.name() {
        "pb" | "cb" => Treat::Milestone(Milestone::Column(element.stated("n").map(|n| n.as_ref().into()))),
        "note" => Treat::Inline(InlineKind::Remark),
        "hi" | "emph" => Treat::Inline(InlineKind::Emphasis),
        "gap" => Treat::Leave,
        _ => html_inline(element),
    }
}
