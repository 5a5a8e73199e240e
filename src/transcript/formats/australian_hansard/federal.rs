//! The federal Parliament: `session.header`, and a transcript of a chamber with `debate` > `subdebate.1` >
//! `speech` > `talk.start`, `talk.text`. Until 2011 the words stand in `para`, the label in `talker`; since
//! then in `p`, the label before the words.

use super::Reader;
use super::printed::{Printed, dash, printed};
use crate::text::Span;
use crate::transcript::conventions;
use crate::transcript::record::*;
use crate::transcript::xml::{Element, Node};

/// Who an element says is talking.
#[derive(Clone, Default)]
struct Talker {
    /// The name for people, where there is one: `Mr DOE`.
    display: Option<(String, Span)>,
    /// The name for machines: `Doe, Jan MP`.
    metadata: Option<(String, Span)>,
    id: Option<Box<str>>,
    detail: Option<String>,
    time: Option<String>,
}

impl Talker {
    fn of(talker: Element<'_, '_>) -> Talker {
        let mut found = Talker::default();
        let mut detail = Vec::new();
        for part in talker.elements().filter(|part| part.has_words()) {
            let words = part.words();
            match (part.name(), part.attribute("role").as_deref()) {
                ("name", Some("display")) => found.display = Some((words, part.span())),
                ("name", _) => found.metadata = Some((words, part.span())),
                ("name.id", _) => found.id = Some(words.into()),
                ("electorate" | "party", _) => detail.push(words),
                ("time.stamp", _) => found.time = Some(words),
                _ => {}
            }
        }
        found.detail = Some(detail.join(", ")).filter(|detail| !detail.is_empty());
        found
    }

    /// Whether a printed name can be this one's: the surname is in it.
    fn is_printed(&self, printed: &Printed) -> bool {
        let name = printed.name.to_lowercase();
        let surname =
            self.metadata.as_ref().map(|(name, _)| name.split(',').next().unwrap_or(name).to_lowercase());
        surname.is_some_and(|surname| {
            name.split([' ', '-', '\u{a0}']).any(|word| surname.split([' ', '-']).any(|part| part == word))
        })
    }
}

impl<'s> Reader<'s> {
    pub(super) fn federal(&mut self, root: Element<'_, 's>) {
        let debates = || root.descendants().filter(|e| e.name() == "debate" && e.find("title").is_some());
        let only =
            debates().next().filter(|_| debates().count() == 1).and_then(|debate| debate.find("title"));
        if let Some(title) = only.filter(|title| title.has_words()) {
            self.blocks.record.title = Some(Text::Owned(title.words().into()));
            self.title = Some(title.words());
            self.apart(title, FurnitureKind::Particular);
        }
        for part in root.elements() {
            match part.name() {
                "session.header" => self.header(part),
                _ => self.part(part, 1),
            }
        }
    }

    fn header(&mut self, header: Element<'_, 's>) {
        self.apart(header, FurnitureKind::Particular);
        if let Some(date) = header.child("date") {
            let day = date.stated("date").map_or_else(|| date.words(), |day| day.into_owned());
            let value = day.parse().ok();
            self.blocks.record.details.date = Some(Stated { text: Text::Owned(day.into()), value });
        }
        let house = header.child("chamber").filter(|chamber| chamber.has_words());
        self.blocks.record.details.house = house.map(|house| Text::Owned(house.words().into()));
        if let Some(page) = header.child("page.no") {
            self.page(&page.words());
        }
    }

    /// A part of the sitting: a debate, a part of one, a speech, or words that nobody speaks.
    fn part(&mut self, part: Element<'_, 's>, level: u8) {
        match part.name() {
            "speech" | "question" | "answer" | "interjection" | "interject" | "continue" => self.speech(part),
            "division" => self.division(part),
            "talker" => self.talker_apart(part),
            name if name.ends_with("info") => self.particulars(part, level),
            name if name == "debate" || name.starts_with("subdebate.") && !name.ends_with(".text") => {
                self.inner_parts(part, (level + 1).min(6));
            }
            name if name.ends_with(".xscript")
                || matches!(
                    name,
                    "answers.to.questions"
                        | "business.start"
                        | "adjournment"
                        | "petition"
                        | "motion"
                        | "body"
                        | "debate.text"
                        | "day.start"
                )
                || name.ends_with(".text") =>
            {
                self.inner_parts(part, level);
            }
            "page.no" => self.page_mark(part),
            _ => self.unspoken(part),
        }
    }

    fn inner_parts(&mut self, part: Element<'_, 's>, level: u8) {
        self.blocks.procedural();
        for node in part.children() {
            match node {
                Node::Element(inner) => self.part(inner, level),
                node => self.blocks.flow.node(node, &mut super::treat),
            }
        }
        self.blocks.procedural();
    }

    /// What an element says of a debate: its title is a heading, the rest data.
    fn particulars(&mut self, info: Element<'_, 's>, level: u8) {
        for part in info.elements() {
            match part.name() {
                "title" => self.heading(part, level),
                "page.no" => self.page_mark(part),
                name if name.ends_with("info") => self.particulars(part, level),
                _ => self.apart(part, FurnitureKind::Field),
            }
        }
    }

    /// A block that nobody speaks. A title that is printed under itself is no second heading.
    fn unspoken(&mut self, block: Element<'_, 's>) {
        self.blocks.record.nobody_speaks();
        if self.title.is_some() && self.title.as_deref() == Some(block.words().as_str()) {
            return self.apart(block, FurnitureKind::RepeatedWords);
        }
        self.block(block, &ParagraphKind::Procedural);
        self.blocks.procedural();
    }

    fn talker_apart(&mut self, talker: Element<'_, 's>) {
        if let Some(page) = talker.child("page.no") {
            self.page(&page.words());
        }
        self.apart(talker, FurnitureKind::Field);
    }

    fn speech(&mut self, speech: Element<'_, 's>) {
        let kind = match speech.name() {
            "question" => ContributionKind::Question,
            "answer" => ContributionKind::Answer,
            "interjection" | "interject" => ContributionKind::Interjection,
            _ => ContributionKind::Speech,
        };
        let talker = speech.child("talk.start").unwrap_or(speech).child("talker");
        if let Some(talker) = talker {
            self.talker_apart(talker);
        }
        let talker = talker.map(Talker::of).unwrap_or_default();
        // Where the words name the speaker, the label is theirs; else it is the talker's.
        let first = speech.descendants().find(|e| matches!(e.name(), "p" | "para") && e.has_words());
        let Some(first) = first else { return };
        let labelled =
            printed(first, &self.source.text).is_some_and(|p| has_mark(first) || talker.is_printed(&p));
        if !labelled {
            self.begin_talker(&talker, kind, speech.span());
        }
        let mut open = kind;
        self.speech_parts(speech, &talker, &mut open);
        self.blocks.paragraph(ParagraphKind::Plain);
        self.blocks.record.nobody_speaks();
    }

    fn speech_parts(&mut self, part: Element<'_, 's>, talker: &Talker, kind: &mut ContributionKind) {
        for node in part.children() {
            let Node::Element(inner) = node else {
                self.blocks.flow.node(node, &mut super::treat);
                continue;
            };
            match inner.name() {
                "talker" => {}
                "talk.start" | "talk.text" | "body" => self.speech_parts(inner, talker, kind),
                "interjection" | "interject" | "continue" | "question" | "answer" => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.speech(inner);
                }
                "p" | "para" => self.spoken(inner, talker, kind),
                "division" => self.division(inner),
                name if name.ends_with("info") => self.particulars(inner, 4),
                "page.no" => self.page_mark(inner),
                _ => self.block(inner, &ParagraphKind::Plain),
            }
        }
    }

    /// A paragraph of a speech, which may name another speaker.
    fn spoken(&mut self, paragraph: Element<'_, 's>, talker: &Talker, kind: &mut ContributionKind) {
        self.blocks.paragraph(ParagraphKind::Plain);
        if is_interjecting(paragraph) {
            self.blocks.flow.element(paragraph, &mut super::treat);
            return self.blocks.paragraph(ParagraphKind::Procedural);
        }
        let found = printed(paragraph, &self.source.text);
        let own = found.as_ref().is_some_and(|found| talker.is_printed(found));
        match found.filter(|_| own || has_mark(paragraph)) {
            Some(found) => {
                let interjects = mark(paragraph).is_some_and(|mark| mark.contains("Interject"));
                let kind = if interjects { ContributionKind::Interjection } else { *kind };
                let id = if own { talker.id.clone() } else { linked_id(paragraph) };
                self.begin_printed(&found, kind, id, paragraph.span());
                self.after(paragraph, found.span.end, &ParagraphKind::Plain);
                self.blocks.paragraph(ParagraphKind::Plain);
            }
            None => match dash(paragraph, &self.source.text).filter(|_| talker.display.is_some()) {
                Some(dash) => {
                    self.blocks.record.furniture(FurnitureKind::RepeatedLabel, dash.range());
                    self.after(paragraph, dash.end, &ParagraphKind::Plain);
                    self.blocks.paragraph(ParagraphKind::Plain);
                }
                None => self.block(paragraph, &ParagraphKind::Plain),
            },
        }
    }

    fn begin_talker(&mut self, talker: &Talker, kind: ContributionKind, whole: Span) {
        let naming = if talker.display.is_some() { Naming::Printed } else { Naming::Listed };
        let name = talker.display.clone().or_else(|| talker.metadata.clone());
        let label = name.map(|(name, span)| Label {
            role: conventions::role(&name, None),
            name: Text::Owned(name.trim_end_matches([':', '—']).trim().into()),
            naming,
            detail: talker.detail.as_deref().map(|detail| Text::Owned(detail.into())),
            id: talker.id.clone(),
            span,
        });
        let time = talker.time.as_deref().map(|time| Stated {
            text: Text::Owned(time.into()),
            value: conventions::time_in(time).or_else(|| conventions::clock(time)),
        });
        self.blocks.record.begin(Contribution {
            speaker: label,
            time,
            column: self.column.clone(),
            ..Contribution::of(kind, whole)
        });
    }

    fn division(&mut self, division: Element<'_, 's>) {
        self.blocks.procedural();
        self.blocks.paragraph(ParagraphKind::Plain);
        self.blocks.record.begin(Contribution {
            column: self.column.clone(),
            ..Contribution::of(ContributionKind::Division, division.span())
        });
        self.division_parts(division);
        self.blocks.paragraph(ParagraphKind::Procedural);
        self.blocks.record.nobody_speaks();
    }

    fn division_parts(&mut self, part: Element<'_, 's>) {
        for inner in part.elements() {
            match inner.name() {
                side @ ("ayes" | "noes" | "pairs") => {
                    let count = inner.child("num.votes").and_then(|count| count.words().parse().ok());
                    for part in inner.elements().filter(|part| part.name() != "names") {
                        self.apart(part, FurnitureKind::Division);
                    }
                    let side = match side {
                        "ayes" => "aye",
                        "noes" => "no",
                        other => other,
                    };
                    for names in inner.elements().filter(|part| part.name() == "names") {
                        self.votes(names, side, count);
                    }
                }
                "division.header" | "division.data" | "division.result" | "body" => {
                    self.division_parts(inner)
                }
                "page.no" => self.page_mark(inner),
                "time.stamp" => self.apart(inner, FurnitureKind::Mark),
                _ => self.block(inner, &ParagraphKind::Procedural),
            }
        }
    }
}

/// What the publisher says a link or a run of words at the start of a paragraph is: `MemberSpeech`.
fn mark(paragraph: Element<'_, '_>) -> Option<String> {
    paragraph.descendants().skip(1).take(8).find_map(|inner| {
        let mark = inner.stated("type").or_else(|| inner.stated("class"))?;
        let mark = mark.trim_start_matches("HPS-").to_owned();
        let of_a_speaker =
            ["Member", "Office", "General", "Minister"].iter().any(|kind| mark.starts_with(kind));
        of_a_speaker.then_some(mark)
    })
}

fn has_mark(paragraph: Element<'_, '_>) -> bool {
    mark(paragraph).is_some()
}

/// The id that the label's link leads to.
fn linked_id(paragraph: Element<'_, '_>) -> Option<Box<str>> {
    let link = paragraph.descendants().find(|e| e.name() == "a")?;
    link.stated("href").filter(|href| !href.contains(['/', '#'])).map(|href| href.as_ref().into())
}

/// `Ms Lee interjecting—`: nobody's words were taken down.
fn is_interjecting(paragraph: Element<'_, '_>) -> bool {
    let words = paragraph.words();
    let words = words.trim_end_matches(['—', '–', '-', '.', ':']).trim_end();
    words.len() < 120 && words.ends_with(" interjecting")
}
