//! parlparse's "publicwhip" XML, older and newer: a flat sequence of headings, speeches, divisions
//! and written questions, whose order is everything.
//!
//! Decided here: where the file holds one debate its (major) heading is the title, else every
//! heading is a section. A heading that is nothing but `[Name in the Chair]` is a change of chair,
//! not a title. A speech's `time` repeats the last time printed, so it is kept where it changes.

use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};
use crate::transcript::conventions::{self, trimmed};
use crate::transcript::record::*;
use crate::transcript::xml::{Blocks, Element, Node, Treat, document, html_inline};
use jiff::civil::{Date, Time};
use std::borrow::Cow;

/// Whether the outermost element is parlparse's.
pub(super) fn recognise(text: &str) -> bool {
    super::begins_with_element(text, &["publicwhip"])
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader { blocks: Blocks::new(source), source, last_time: None, major: false };
    if let Some(tree) = document(source, &["publicwhip"], diagnostics) {
        reader.file(tree.root());
    }
    reader.blocks.finish("parlparse")
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    source: &'s Source,
    /// The time that the last speech stated.
    last_time: Option<String>,
    /// Whether the file has headings of the first rank.
    major: bool,
}

fn is_heading(element: &Element<'_, '_>) -> bool {
    matches!(element.name(), "oral-heading" | "major-heading" | "minor-heading")
}

impl<'s> Reader<'s> {
    fn file(&mut self, root: Element<'_, 's>) {
        let headings =
            || root.elements().filter(|e| is_heading(e) && conventions::chair(&e.words()).is_none());
        let majors = headings().filter(|e| e.name() == "major-heading").count();
        self.major = majors > 0;
        let rank = if self.major { "major-heading" } else { "minor-heading" };
        let title = match headings().filter(|e| e.name() == rank).count() {
            1 => headings().find(|e| e.name() == rank),
            _ => None,
        };
        let mut title = title.map(|title| title.span());
        self.details(root);
        for node in root.children() {
            let Node::Element(item) = node else {
                self.blocks.flow.node(node, &mut html_inline);
                continue;
            };
            self.blocks.procedural();
            match item.name() {
                _ if is_heading(&item) => self.heading(item, &mut title),
                // Bill committees have their lists in the count itself.
                "division" | "divisioncount" => self.division(item),
                "committee" | "witnesses" => self.people(item),
                "gidredirect" => {}
                _ => self.speech(item),
            }
        }
    }

    /// What ids and addresses say of the whole.
    fn details(&mut self, root: Element<'_, 's>) {
        let mut items = root.elements().filter(|item| item.name() != "gidredirect");
        let Some(first) = items.find(|item| item.attribute("id").is_some()) else { return };
        let id = first.attribute("id").unwrap_or_default();
        let mut parts = id.split('/').skip(1);
        let house = match parts.next() {
            Some("debate" | "wrans" | "wms") => Some("House of Commons"),
            Some("westminhall") => Some("Westminster Hall"),
            Some("lords" | "lordswrans" | "lordswms") => Some("House of Lords"),
            Some("spor" | "spwa") => Some("Scottish Parliament"),
            Some("ni") => Some("Northern Ireland Assembly"),
            Some("senedd") => Some("Senedd"),
            _ => None,
        };
        let details = &mut self.blocks.record.details;
        details.house = house.map(|house| Text::Owned(house.into()));
        // Committees have their name before the day, as a part of its own or of the same one.
        details.date = parts
            .find_map(day_in)
            .map(|day| Stated { text: Text::Owned(day.into()), value: day.parse::<Date>().ok() });
        details.url = first.stated("url").map(|url| url.as_ref().into());
    }

    fn heading(&mut self, item: Element<'_, 's>, title: &mut Option<Span>) {
        let words = item.words();
        let bracket = words.find(']').map(|end| &words[..=end]);
        if let Some(chair) = bracket.and_then(|line| conventions::chair(line).map(|range| &line[range])) {
            let alone = bracket.is_some_and(|line| line.len() == words.len());
            let first = self.blocks.record.is_at_the_start() && self.blocks.record.details.chair.is_none();
            if first {
                self.blocks.record.details.chair = Some(Text::Owned(chair.into()));
            }
            match (alone, first) {
                (true, true) => {
                    self.blocks.record.furniture(FurnitureKind::Chair, item.span().range());
                    return;
                }
                (true, false) => {
                    self.blocks.flow.element(item, &mut html_inline);
                    return self.blocks.procedural();
                }
                // `[Name in the Chair] — Title`: the heading is printed whole.
                (false, _) => {}
            }
        }
        self.blocks.flow.element(item, &mut html_inline);
        if *title == Some(item.span()) {
            *title = None;
            self.blocks.record.furniture(FurnitureKind::Particular, item.span().range());
            if let Some((text, ..)) = self.blocks.flow.take() {
                self.blocks.record.title = Some(self.without_chair(text));
            }
            return;
        }
        let level = match item.name() {
            "oral-heading" if self.blocks.record.is_at_the_start() && title.is_some() => {
                // The business that the debate is a part of.
                self.blocks.record.furniture(FurnitureKind::Particular, item.span().range());
                self.blocks.record.details.part_of = self.blocks.flow.take().map(|(text, ..)| text);
                return;
            }
            "minor-heading" if self.major => 3,
            _ => 2,
        };
        self.blocks.heading(level);
    }

    /// A title without the chair's line and the dash that parlparse put before it.
    fn without_chair(&self, text: Text) -> Text {
        let words = text.of(self.source);
        let Some(end) = words.find(']').filter(|end| conventions::chair(&words[..=*end]).is_some()) else {
            return text;
        };
        let rest = words[end + 1..].trim_start_matches([' ', '—', '–', '-']);
        let range = trimmed(words, words.len() - rest.len()..words.len());
        text.part(range)
    }

    fn speech(&mut self, item: Element<'_, 's>) {
        let blocks = &mut self.blocks;
        let kind = match (item.name(), item.attribute("type").as_deref()) {
            ("ques", _) | (_, Some("Start Question" | "Start SupplementaryQuestion")) => {
                ContributionKind::Question
            }
            ("reply", _) | (_, Some("Start Answer")) => ContributionKind::Answer,
            (_, Some("Start Intervention" | "Continuation Intervention")) => ContributionKind::Interjection,
            _ => ContributionKind::Speech,
        };
        let label = item.stated("speakername").map(|name| Label {
            naming: Naming::Printed,
            name: blocks.text_of(&name),
            detail: item.stated("speakeroffice").map(|office| blocks.text_of(&office)),
            id: item.stated("person_id").or_else(|| item.stated("speakerid")).map(|id| id.as_ref().into()),
            role: conventions::role(&name, item.stated("speakeroffice").as_deref()),
            span: item.tag_span(),
        });
        let kind = if label.is_none() && kind == ContributionKind::Speech {
            ContributionKind::Procedural
        } else {
            kind
        };
        let time = item.stated("time").filter(|time| self.last_time.as_deref() != Some(time));
        if let Some(time) = &time {
            self.last_time = Some(time.clone().into_owned());
        }
        blocks.record.begin(Contribution {
            speaker: label,
            time: time.map(|time| Stated { text: blocks.text_of(&time), value: time_of(&time) }),
            column: item.stated("colnum").map(|column| column.as_ref().into()),
            ..Contribution::of(kind, item.span())
        });
        let unspoken = kind == ContributionKind::Procedural;
        let plain = if unspoken { ParagraphKind::Procedural } else { ParagraphKind::Plain };
        blocks.language = item.stated("lang").map(|tag| conventions::language_tag(&tag));
        self.blocks_of(item, &plain);
        self.blocks.language = None;
        // Words that follow outside of a speech are nobody's.
        self.blocks.record.nobody_speaks();
    }

    /// The blocks of a speech, or of a block in it: paragraphs, tables, lists, quotations.
    fn blocks_of(&mut self, outer: Element<'_, 's>, plain: &ParagraphKind) {
        for node in outer.children() {
            let blocks = &mut self.blocks;
            let Node::Element(block) = node else {
                blocks.flow.node(node, &mut treat);
                continue;
            };
            match block.name() {
                "table" => {
                    blocks.paragraph(plain.clone());
                    blocks.table(block, &mut treat);
                }
                "ul" | "ol" => {
                    blocks.paragraph(plain.clone());
                    blocks.list(block, block.name() == "ol", &mut |_, _| false, &mut treat);
                }
                "p" => {
                    blocks.paragraph(plain.clone());
                    blocks.flow.element(block, &mut treat);
                    let class = block.attribute("class").unwrap_or_default();
                    blocks.paragraph(match class.as_ref() {
                        _ if block.stated("pwmotiontext").is_some() => ParagraphKind::Motion,
                        "indent" if *plain == ParagraphKind::Plain => ParagraphKind::Quotation,
                        "italic" => ParagraphKind::Procedural,
                        _ => plain.clone(),
                    });
                }
                "blockquote" | "quote" => {
                    blocks.paragraph(plain.clone());
                    self.blocks_of(block, &ParagraphKind::Quotation);
                }
                "data" | "div" | "dl" | "dt" | "dd" | "section" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    blocks.paragraph(plain.clone());
                    self.blocks_of(block, plain);
                }
                _ => blocks.flow.node(node, &mut treat),
            }
        }
        self.blocks.paragraph(plain.clone());
    }

    /// Who belongs to a committee, or gave evidence to it: a list of their names.
    fn people(&mut self, item: Element<'_, 's>) {
        let blocks = &mut self.blocks;
        blocks.record.begin(Contribution::of(ContributionKind::Procedural, item.span()));
        let is_list = |element: &Element<'_, 's>| matches!(element.name(), "chairmen" | "mplist" | "members");
        for part in item.elements() {
            let inner: Vec<_> = if is_list(&part) { part.elements().collect() } else { vec![part] };
            for name in inner.into_iter().filter(|name| name.has_words()) {
                blocks.nesting.lists = 1;
                blocks.flow.element(name, &mut treat);
                blocks.paragraph(ParagraphKind::ListItem(Marker::Bullet));
                blocks.nesting.lists = 0;
            }
        }
        blocks.record.nobody_speaks();
    }

    fn division(&mut self, item: Element<'_, 's>) {
        let blocks = &mut self.blocks;
        blocks.record.begin(Contribution {
            column: item.stated("colnum").map(|column| column.as_ref().into()),
            ..Contribution::of(ContributionKind::Division, item.span())
        });
        let count = item.child("divisioncount").unwrap_or(item);
        for part in item.elements() {
            // `mplist`, `lordlist`, and what other Parliaments call theirs: `msplist`, `mslist`.
            let Some(side) = side_of(part).filter(|_| part.name().ends_with("list")) else {
                blocks.flow.element(part, &mut treat);
                blocks.paragraph(ParagraphKind::Procedural);
                continue;
            };
            let count = count_of(count, &side);
            blocks.votes(part, &side, count, &mut treat);
        }
        blocks.record.nobody_speaks();
    }
}

/// The side that a list of votes is of: as the list says, or as every name in it does.
fn side_of<'s>(list: Element<'_, 's>) -> Option<Cow<'s, str>> {
    let mut sides = list.elements().map(|voter| voter.stated("vote"));
    list.stated("vote").or_else(|| {
        let first = sides.next()??;
        sides.all(|side| side.as_ref() == Some(&first)).then_some(first)
    })
}

/// How many a count has of a side, whatever the two call it: `ayes` of `aye`, `abstain` of `abstentions`.
fn count_of(count: Element<'_, '_>, side: &str) -> Option<u32> {
    let stem = |name: &str| match name {
        name if name.starts_with("abst") => "abstain".to_owned(),
        name if name.starts_with("didnotvote") || name.starts_with("absent") => "absent".to_owned(),
        name => name.trim_end_matches('s').trim_end_matches('e').replace("ay", "aye"),
    };
    let names =
        ["ayes", "noes", "aye", "no", "for", "against", "content", "not-content", "abstain", "abstains"];
    let names = names.into_iter().chain(["abstentions", "abstained", "absent", "didnotvote", side]);
    names.filter(|name| stem(name) == stem(side)).find_map(|name| count.attribute(name)?.parse().ok())
}

/// The day in a part of an id: `2010-02-03a.1.0`, `standingferries_01-0_2010-02-03a.1.0`.
fn day_in(part: &str) -> Option<&str> {
    let bytes = part.as_bytes();
    let is_day = |at: &usize| {
        let shape = &bytes[*at..*at + 10];
        let fits = |(at, byte): (usize, &u8)| {
            if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() }
        };
        shape.iter().enumerate().all(fits)
            && at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_digit())
    };
    let at = (0..bytes.len().saturating_sub(9)).find(is_day)?;
    part.get(at..at + 10)
}

/// What an element within a paragraph means.
fn treat(element: Element<'_, '_>) -> Treat {
    match element.name() {
        // The name of a member in the text of a question: no emphasis that the record prints.
        "phrase" => Treat::Through,
        "stagedir" => Treat::Inline(InlineKind::Emphasis),
        _ => html_inline(element),
    }
}

/// Reads `016:45:00`, `14:30:00`, `9:55`: the hour may have three digits.
fn time_of(text: &str) -> Option<Time> {
    let mut parts = text.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    Time::new(hour, minute, parts.next().flatten().unwrap_or(0), 0).ok()
}
