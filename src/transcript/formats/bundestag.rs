//! Plenary proceedings of the Bundestag as XML: since 2017 with speeches as elements
//! (`dbtplenarprotokoll`), before that the printed pages as text in a `DOKUMENT`.
//!
//! Decided here: the label is the name as printed, without its colon; whoever presides is the chair. What
//! the stenographers noted (applause, interjections) is procedure. A name printed within a speech ends it.
//! What stands between two speeches is said by whoever presides, where theirs was the last name printed.

mod printed;

use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};
use crate::transcript::conventions::is_bracketed;
use crate::transcript::record::*;
use crate::transcript::xml::{Blocks, Element, Milestone, Node, Treat, document, html_inline};
use jiff::civil::Date;

const ROOTS: [&str; 2] = ["dbtplenarprotokoll", "DOKUMENT"];

/// Whether a text is the proceedings of a sitting, of either age.
pub(super) fn recognise(text: &str) -> bool {
    let printed = || super::has_element(text, &["WAHLPERIODE"]) && text.contains("PLENARPROTOKOLL");
    super::begins_with_element(text, &ROOTS[..1])
        || (super::begins_with_element(text, &ROOTS[1..]) && printed())
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader { blocks: Blocks::new(source), source, titled: false, resumes: None };
    if let Some(tree) = document(source, &ROOTS, diagnostics) {
        let root = tree.root();
        let details = &mut reader.blocks.record.details;
        details.language = Some("de".into());
        details.house = Some(Text::Owned("Deutscher Bundestag".into()));
        if root.name() == ROOTS[1] {
            reader.printed(root);
        } else {
            reader.proceedings(root);
        }
    }
    reader.blocks.finish("bundestag")
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    source: &'s Source,
    /// Whether the item of the agenda now read has its heading.
    titled: bool,
    /// Who goes on speaking after a heading, with the next words.
    resumes: Option<Label>,
}

impl<'s> Reader<'s> {
    fn apart(&mut self, element: Element<'_, 's>, kind: FurnitureKind) {
        if element.has_words() {
            self.blocks.record.furniture(kind, element.span().range());
        }
    }

    fn date(&mut self, day: &str) {
        let value = german_date(day);
        self.blocks.record.details.date = Some(Stated { text: Text::Owned(day.into()), value });
    }

    fn proceedings(&mut self, root: Element<'_, 's>) {
        if let Some(day) = root.stated("sitzung-datum") {
            self.date(&day);
        }
        for part in root.elements() {
            match part.name() {
                "vorspann" => {
                    self.apart(part, FurnitureKind::Apparatus);
                    let number = part.find("plenarprotokoll-nummer").filter(|number| number.has_words());
                    let number = number.map(|number| number.words());
                    let number = number.or_else(|| {
                        Some(format!(
                            "Plenarprotokoll {}/{}",
                            root.stated("wahlperiode")?,
                            root.stated("sitzung-nr")?
                        ))
                    });
                    self.blocks.record.title = number.map(|number| Text::Owned(number.into()));
                }
                "rednerliste" => {
                    self.apart(part, FurnitureKind::Apparatus);
                    part.descendants()
                        .filter(|e| e.name() == "redner")
                        .for_each(|speaker| self.person(speaker));
                }
                "sitzungsverlauf" | "anlagen" => {
                    self.resumes = None;
                    self.part(part);
                    self.end_speech();
                }
                _ => self.apart(part, FurnitureKind::Apparatus),
            }
        }
    }

    /// A person: name and office.
    fn person(&mut self, speaker: Element<'_, 's>) {
        let (Some(id), Some(name)) = (speaker.stated("id"), speaker.child("name")) else { return };
        let people = &mut self.blocks.record.details.people;
        if people.iter().any(|person| *person.id == *id) {
            return;
        }
        let part =
            |wanted: &str| name.child(wanted).map(|part| part.words()).filter(|words| !words.is_empty());
        let names = ["titel", "vorname", "namenszusatz", "nachname"].map(part);
        let full = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let office = name.descendants().find(|e| e.name() == "rolle_lang" && e.has_words());
        let affiliations = office.map(|office| Affiliation {
            role: "minister".into(),
            name: office.words().into(),
            ..Affiliation::default()
        });
        if !full.is_empty() {
            people.push(DescribedPerson {
                id: id.as_ref().into(),
                name: full.into(),
                affiliations: affiliations.into_iter().collect(),
                ..DescribedPerson::default()
            });
        }
    }

    /// A part of the sitting: an item of the agenda, a speech, an annex.
    fn part(&mut self, part: Element<'_, 's>) {
        for node in part.children() {
            let Node::Element(inner) = node else {
                self.blocks.flow.node(node, &mut treat);
                continue;
            };
            match inner.name() {
                "tagesordnungspunkt" | "sitzungsbeginn" | "sitzungsende" | "anlage" => {
                    self.end_speech();
                    self.titled = false;
                    self.part(inner);
                    self.end_speech();
                }
                "rede" => {
                    self.end_speech();
                    self.part(inner);
                    self.end_speech();
                }
                "anlagen-titel" => {
                    self.end_speech();
                    self.resumes = None;
                    self.blocks.flow.element(inner, &mut treat);
                    self.blocks.heading(2);
                }
                "anlagen-text" | "fussnote" => self.part(inner),
                "name" => self.speaker(inner, None),
                "p" => self.paragraph(inner),
                "kommentar" => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.blocks.flow.element(inner, &mut treat);
                    self.blocks.paragraph(ParagraphKind::Procedural);
                }
                "zitat" => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.blocks.flow.element(inner, &mut treat);
                    self.blocks.paragraph(ParagraphKind::Quotation);
                }
                "table" => {
                    self.blocks.paragraph(ParagraphKind::Plain);
                    self.blocks.table(inner, &mut treat);
                }
                _ => self.blocks.flow.node(node, &mut treat),
            }
        }
        self.end_paragraph();
    }

    fn end_paragraph(&mut self) {
        if self.blocks.flow.len() > 0
            && let Some(label) = self.resumes.take()
        {
            let at = Span::new(label.span.end as usize..label.span.end as usize);
            self.blocks.record.begin(Contribution {
                speaker: Some(label),
                ..Contribution::of(ContributionKind::Speech, at)
            });
        }
        if self.blocks.record.current().is_some() {
            self.blocks.paragraph(ParagraphKind::Plain);
        } else {
            self.blocks.procedural();
        }
    }

    fn end_speech(&mut self) {
        self.end_paragraph();
        // Whoever presides was named last and goes on, as the record prints it.
        let speaking = self.blocks.record.current().and_then(|open| open.speaker.clone());
        self.resumes = speaking.or(self.resumes.take()).filter(|label| label.role == Role::Chair);
        self.blocks.record.nobody_speaks();
    }

    fn paragraph(&mut self, paragraph: Element<'_, 's>) {
        let class = paragraph.attribute("klasse").unwrap_or_default();
        if let Some(speaker) = paragraph.child("redner") {
            self.person(speaker);
            self.apart(speaker, FurnitureKind::Field);
            let id = speaker.stated("id").map(|id| id.as_ref().into());
            return self.speaker(paragraph, id);
        }
        self.end_paragraph();
        self.blocks.flow.element(paragraph, &mut treat);
        if class.starts_with("T_") && !std::mem::replace(&mut self.titled, true) {
            // What follows is said by whoever was speaking.
            let speaking = self.blocks.record.current().and_then(|open| open.speaker.clone());
            self.resumes = speaking.or(self.resumes.take());
            self.blocks.heading(2);
            return;
        }
        match class.as_ref() {
            "Z" => self.blocks.paragraph(ParagraphKind::Quotation),
            class if class.starts_with("T_") => self.blocks.paragraph(ParagraphKind::Procedural),
            _ if is_bracketed(&paragraph.words()) => self.blocks.procedural(),
            _ => self.end_paragraph(),
        }
    }

    /// A name as printed: `Carla Lark (Ufer) (XYZ):`, `Dr. Ann Reed, Bundesministerin für Häfen:`.
    fn speaker(&mut self, printed: Element<'_, 's>, id: Option<Box<str>>) {
        self.end_paragraph();
        for node in printed.children() {
            match node {
                Node::Element(inner) if inner.name() == "redner" => {}
                node => self.blocks.flow.node(node, &mut treat),
            }
        }
        let Some((text, _, span)) = self.blocks.flow.take() else { return };
        self.resumes = None;
        let label = self.label(&text, id, span);
        self.blocks
            .record
            .begin(Contribution { speaker: Some(label), ..Contribution::of(ContributionKind::Speech, span) });
    }

    fn label(&mut self, text: &Text, id: Option<Box<str>>, span: Span) -> Label {
        let words = text.of(self.source).trim().trim_end_matches(':').trim_end().to_owned();
        let (name, detail) = parts(&words);
        let presides = presides(&words);
        Label {
            naming: Naming::Printed,
            name: Text::Owned(name.into()),
            detail: detail.map(|detail| Text::Owned(detail.into())),
            id,
            role: if presides { Role::Chair } else { Role::Speaker },
            span,
        }
    }
}

/// Whether a label is that of whoever presides.
fn presides(label: &str) -> bool {
    ["Präsident", "Vizepräsident", "Alterspräsident"].iter().any(|office| {
        let rest = label.strip_prefix(office);
        rest.is_some_and(|rest| rest.starts_with(' ') || rest.starts_with("in "))
    })
}

/// A label's name, and what is printed after it in brackets or after a comma.
fn parts(label: &str) -> (&str, Option<String>) {
    let (name, rest) = match label.split_once(" (") {
        Some((name, rest)) => (name, rest.trim_end_matches(')').replace(") (", ", ")),
        None => match label.split_once(", ") {
            Some((name, office)) => (name, office.to_owned()),
            None => return (label, None),
        },
    };
    (name, Some(rest))
}

/// `24.10.2017`.
fn german_date(text: &str) -> Option<Date> {
    let mut parts = text.trim().split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn treat(element: Element<'_, '_>) -> Treat {
    match element.name() {
        "a" if element.attribute("typ").as_deref() == Some("druckseitennummer") => {
            let page = element.stated("id").map(|page| page.trim_start_matches('S').into());
            Treat::Milestone(Milestone::Column(page))
        }
        "a" | "xref" => Treat::Through,
        _ => html_inline(element),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_label_parts_into_its_name_and_what_is_printed_with_it() {
        assert_eq!(parts("Bo Kern (Ufer) (XYZ)"), ("Bo Kern", Some("Ufer, XYZ".to_owned())));
        assert_eq!(
            parts("Dr. Ada Lenz, Bundeskanzlerin"),
            ("Dr. Ada Lenz", Some("Bundeskanzlerin".to_owned()))
        );
        assert_eq!(parts("Präsidentin Ida Moos"), ("Präsidentin Ida Moos", None));
        assert!(presides("Vizepräsidentin Ida Moos") && !presides("Präsidentschaft"));
        assert_eq!(german_date("24.10.2017"), Some(date(2017, 10, 24)));
    }
}
