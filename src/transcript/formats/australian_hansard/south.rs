//! South Australia: `proceeding` > `subject` > `subproceeding` > `talker` > `text`, the label in `by`.

use super::Reader;
use super::printed::printed;
use crate::text::Span;
use crate::transcript::conventions;
use crate::transcript::record::*;
use crate::transcript::xml::{Element, Node};

impl<'s> Reader<'s> {
    pub(super) fn south(&mut self, root: Element<'_, 's>) {
        let house = root.child("house").filter(|house| house.has_words());
        let parliament = root.child("parliamentName").filter(|name| name.has_words());
        for part in root.elements() {
            match part.name() {
                "proceeding" => self.proceeding(part, 2),
                "date" => {
                    if let Some(day) = part.stated("date") {
                        let (text, value) = (self.blocks.text_of(&day), day.parse().ok());
                        self.blocks.record.details.date = Some(Stated { text, value });
                    }
                    self.apart(part, FurnitureKind::Particular);
                }
                "name" => {
                    self.apart(part, FurnitureKind::Particular);
                    self.blocks.record.title =
                        Some(Text::Owned(part.words().into())).filter(|_| part.has_words());
                }
                "startPage" | "page" => self.page_mark(part),
                _ => self.apart(part, FurnitureKind::Particular),
            }
        }
        let names = [parliament, house].into_iter().flatten().map(|element| element.words());
        let house = names.collect::<Vec<_>>().join(", ");
        self.blocks.record.details.house =
            Some(Text::Owned(house.as_str().into())).filter(|_| !house.is_empty());
        self.blocks.record.details.language = root.stated("lang").map(|tag| language(&tag));
    }

    /// A proceeding, a subject, a part of one: its name, and what is in it.
    fn proceeding(&mut self, proceeding: Element<'_, 's>, level: u8) {
        // A name that is printed again as a heading under it is that heading.
        let printed: Vec<String> = proceeding
            .elements()
            .filter(|e| e.name() == "text")
            .flat_map(|text| text.elements().filter(|e| e.name() == "heading").map(|e| e.words()))
            .collect();
        for part in proceeding.elements() {
            self.blocks.procedural();
            match part.name() {
                "name" if printed.contains(&part.words()) => self.apart(part, FurnitureKind::RepeatedWords),
                "name" => self.heading(part, level),
                "proceeding" | "subject" | "subproceeding" | "subsubject" | "questions" => {
                    self.proceeding(part, (level + 1).min(6));
                }
                "talker" => self.talker(part),
                "text" => self.text(part, level),
                "page" => self.page_mark(part),
                "division" => self.south_division(part),
                _ => {
                    self.blocks.record.nobody_speaks();
                    self.block(part, &ParagraphKind::Procedural);
                    self.blocks.procedural();
                }
            }
        }
        self.blocks.procedural();
    }

    /// Words that nobody speaks: a heading, a line of procedure.
    fn text(&mut self, text: Element<'_, 's>, level: u8) {
        self.blocks.record.nobody_speaks();
        for node in text.children() {
            match node {
                Node::Element(heading) if heading.name() == "heading" => {
                    self.blocks.procedural();
                    self.title = None;
                    self.heading(heading, level);
                }
                node => self.node(node, &ParagraphKind::Procedural),
            }
        }
        self.blocks.procedural();
    }

    fn talker(&mut self, talker: Element<'_, 's>) {
        let kind = match talker.attribute("kind").as_deref() {
            Some("question") => ContributionKind::Question,
            Some("answer") => ContributionKind::Answer,
            Some("interjection") => ContributionKind::Interjection,
            _ => ContributionKind::Speech,
        };
        let id: Option<Box<str>> = talker.stated("id").map(|id| id.as_ref().into());
        let mut begun = false;
        for part in talker.elements() {
            match part.name() {
                "page" => self.page_mark(part),
                "text" => {
                    if let Some(by) = part.child("by").filter(|by| by.has_words()) {
                        self.begin_by(
                            by,
                            kind,
                            by.stated("id").map(|id| id.as_ref().into()).or(id.clone()),
                            part.span(),
                        );
                        begun = true;
                    } else if !begun {
                        begun = true;
                        self.begin_named(talker, kind, id.clone());
                    }
                    self.words_of(part);
                }
                "name" => self.apart(part, FurnitureKind::RepeatedLabel),
                "division" => self.south_division(part),
                "startTime" | "timeStamp" | "endTime" => self.time(part),
                "house" | "electorate" | "party" | "portfolios" | "questions" | "role" => {
                    self.apart(part, FurnitureKind::Field);
                }
                _ => self.block(part, &ParagraphKind::Plain),
            }
        }
        self.blocks.paragraph(ParagraphKind::Plain);
        self.blocks.record.nobody_speaks();
    }

    /// A time that an attribute states.
    fn time(&mut self, part: Element<'_, 's>) {
        self.apart(part, FurnitureKind::Mark);
        if let Some(time) = part.stated("time") {
            let shown = conventions::time_in(&time).map(|time| time.strftime("%H:%M").to_string());
            if let Some(shown) = shown {
                self.blocks.flow.milestone(InlineKind::Time(shown.as_str().into()));
            }
        }
    }

    fn begin_by(&mut self, by: Element<'_, 's>, kind: ContributionKind, id: Option<Box<str>>, whole: Span) {
        self.blocks.paragraph(ParagraphKind::Plain);
        let found = printed(by, &self.source.text);
        if let Some(found) = found {
            let found = super::printed::Printed { span: by.span(), ..found };
            return self.begin_printed(&found, kind, id, whole);
        }
        let Some((text, _)) = self.flowed(by) else { return };
        let name = self.blocks.record.label_text(text);
        let role = conventions::role(name.of(self.source), None);
        let label = Label { name, naming: Naming::Printed, detail: None, id, role, span: by.span() };
        self.blocks.record.begin(Contribution {
            speaker: Some(label),
            column: self.column.clone(),
            ..Contribution::of(kind, whole)
        });
    }

    /// A speech without a printed label: the talker's name is one.
    fn begin_named(&mut self, talker: Element<'_, 's>, kind: ContributionKind, id: Option<Box<str>>) {
        let name = talker.child("name").filter(|name| name.has_words());
        let label = name.map(|element| {
            let words = element.words();
            let role = conventions::role(&words, None);
            let name = Text::Owned(words.into());
            Label { name, naming: Naming::Listed, detail: None, id, role, span: element.span() }
        });
        self.blocks.record.begin(Contribution {
            speaker: label,
            column: self.column.clone(),
            ..Contribution::of(kind, talker.span())
        });
    }

    fn words_of(&mut self, text: Element<'_, 's>) {
        self.blocks.paragraph(ParagraphKind::Plain);
        for node in text.children() {
            match node {
                Node::Element(by) if by.name() == "by" => {}
                node => self.node(node, &ParagraphKind::Plain),
            }
        }
        self.blocks.paragraph(ParagraphKind::Plain);
    }

    fn south_division(&mut self, division: Element<'_, 's>) {
        self.blocks.procedural();
        self.blocks.record.begin(Contribution {
            column: self.column.clone(),
            ..Contribution::of(ContributionKind::Division, division.span())
        });
        self.inner(division, &ParagraphKind::Procedural);
        self.blocks.paragraph(ParagraphKind::Procedural);
        self.blocks.record.nobody_speaks();
    }
}

/// `en-AU` from `EN-AU`.
fn language(tag: &str) -> Box<str> {
    match tag.split_once('-') {
        Some((language, region)) => format!("{}-{region}", language.to_lowercase()).into(),
        None => tag.to_lowercase().into(),
    }
}
