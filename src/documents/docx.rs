//! Office Open XML (`.docx`): the words that a reader of the document sees. What is deleted or moved away
//! in tracked changes, hidden, or an instruction of a field is none; text boxes are read once.

use super::archive::Archive;
use super::dom::{self, Element, Node};
use super::flow::{Flow, Inline, Role};
use crate::prose::Draft;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Elements whose words nobody sees.
const UNSEEN: &[&str] =
    &["del", "moveFrom", "delText", "delInstrText", "rPr", "pPr", "Fallback", "sdtPr", "rt", "sectPr"];

/// Reads the document in an archive.
pub fn read(archive: &mut Archive<'_>) -> Result<Draft, String> {
    let body = dom::read(&archive.part("word/document.xml")?.unwrap_or_default())?;
    let quoting = match archive.part("word/styles.xml")? {
        Some(styles) => quoting_styles(&dom::read(&styles)?),
        None => HashSet::new(),
    };
    let mut writer =
        Writer { flow: Flow::new(), links: HashMap::new(), quoting, notes: Vec::new(), kept: Vec::new() };
    writer.links = links(archive, "word/_rels/document.xml.rels")?;
    writer.blocks(&body);
    let notes = std::mem::take(&mut writer.notes);
    for (kind, part) in [("footnote", "footnotes"), ("endnote", "endnotes")] {
        let Some(text) = archive.part(&format!("word/{part}.xml"))? else { continue };
        writer.links = links(archive, &format!("word/_rels/{part}.xml.rels"))?;
        let part = dom::read(&text)?;
        let mut all = Vec::new();
        part.all(&[kind], &mut all);
        let by_id: HashMap<&str, &Element> =
            all.into_iter().filter_map(|note| Some((note.attribute("id")?, note))).collect();
        for (number, (of, id)) in notes.iter().enumerate() {
            if let Some(note) = by_id.get(id.as_str()).filter(|_| *of == kind) {
                writer.flow.open_note(number_of(number));
                writer.blocks(note);
                writer.flow.close_block();
            }
        }
    }
    Ok(writer.flow.finish())
}

fn number_of(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// The targets of a part's links, by the ids that it knows them by.
fn links(archive: &mut Archive<'_>, part: &str) -> Result<HashMap<String, Rc<str>>, String> {
    let Some(text) = archive.part(part)? else { return Ok(HashMap::new()) };
    let part = dom::read(&text)?;
    let mut all = Vec::new();
    part.all(&["Relationship"], &mut all);
    let external = all.into_iter().filter(|one| one.attribute("TargetMode") == Some("External"));
    Ok(external
        .filter_map(|one| Some((one.attribute("Id")?.to_owned(), one.attribute("Target")?.into())))
        .collect())
}

/// The paragraph styles that are for quotations: by their names, which are English whatever the language of
/// the program, or by the style they are based on.
fn quoting_styles(styles: &Element) -> HashSet<String> {
    let mut all = Vec::new();
    styles.all(&["style"], &mut all);
    let of = |style: &Element, name: &str| {
        style.child(name).and_then(|child| child.attribute("val")).map(str::to_owned)
    };
    let mut quoting: HashSet<String> = HashSet::new();
    let paragraphs: Vec<&Element> = all
        .into_iter()
        .filter(|style| style.attribute("type").is_none_or(|kind| kind == "paragraph"))
        .collect();
    // A style may stand before the one that it is based on.
    loop {
        let before = quoting.len();
        for style in &paragraphs {
            let named = of(style, "name").is_some_and(|name| is_quoting(&name));
            let based = of(style, "basedOn").is_some_and(|base| quoting.contains(&base));
            if let Some(id) = style.attribute("styleId").filter(|_| named || based) {
                quoting.insert(id.to_owned());
            }
        }
        if quoting.len() == before {
            return quoting;
        }
    }
}

fn is_quoting(name: &str) -> bool {
    let name = name.to_lowercase().replace([' ', '-', '_'], "");
    name.contains("quote") || name.contains("quotation") || name == "blocktext"
}

/// Whether a property that is either on or off is on.
fn is_on(properties: Option<&Element>, name: &str) -> bool {
    let property = properties.and_then(|properties| properties.child(name));
    property
        .is_some_and(|property| !matches!(property.attribute("val"), Some("0" | "false" | "off" | "none")))
}

struct Writer {
    flow: Flow,
    links: HashMap<String, Rc<str>>,
    quoting: HashSet<String>,
    /// Footnotes and endnotes by kind and id, in the order of their marks.
    notes: Vec<(&'static str, String)>,
    /// The words of a paragraph whose end is deleted: they belong to the next.
    kept: Vec<Inline>,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Line<'e> {
    inlines: Vec<Inline>,
    /// The fields that are open: the instruction, and whether its result has begun.
    fields: Vec<(String, bool)>,
    /// Text boxes, which are read after it.
    boxes: Vec<&'e Element>,
}

impl Line<'_> {
    /// The link that a field makes of the words here.
    fn field_link(&self) -> Option<Rc<str>> {
        let result = self.fields.iter().rev().filter(|(_, begun)| *begun);
        result.filter_map(|(instruction, _)| hyperlink(instruction)).next()
    }

    /// Whether words here are an instruction.
    fn is_instruction(&self) -> bool {
        self.fields.iter().any(|(_, begun)| !begun)
    }
}

/// The target in `HYPERLINK "target"`.
fn hyperlink(instruction: &str) -> Option<Rc<str>> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?;
    rest.split('"').nth(1).map(Into::into)
}

impl Writer {
    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tc" => {
                    self.flow.open_block();
                    self.blocks(element);
                    self.flow.close_block();
                }
                name if UNSEEN.contains(&name) => {}
                _ => self.blocks(element),
            }
        }
    }

    fn paragraph(&mut self, element: &Element) {
        let properties = element.child("pPr");
        let style = properties
            .and_then(|properties| properties.child("pStyle"))
            .and_then(|style| style.attribute("val"));
        let quoted = style.is_some_and(|style| self.quoting.contains(style) || is_quoting(style));
        let mut line = Line { inlines: std::mem::take(&mut self.kept), ..Line::default() };
        self.inlines(element, None, &mut line);
        let mark = properties.and_then(|properties| properties.child("rPr"));
        if mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some()) {
            self.kept = std::mem::take(&mut line.inlines);
        } else {
            self.flow.paragraph(&line.inlines, if quoted { Role::Quoted } else { Role::Plain });
        }
        for text in line.boxes {
            let kept = std::mem::take(&mut self.kept);
            self.flow.open_block();
            self.blocks(text);
            self.flow.close_block();
            self.kept = kept;
        }
    }

    fn inlines<'e>(&mut self, parent: &'e Element, link: Option<&Rc<str>>, line: &mut Line<'e>) {
        for element in parent.elements() {
            match element.name.as_str() {
                name if UNSEEN.contains(&name) => {}
                "txbxContent" => line.boxes.push(element),
                "r" if is_on(element.child("rPr"), "vanish") || is_on(element.child("rPr"), "webHidden") => {}
                "hyperlink" => {
                    let target = element.attribute("id").and_then(|id| self.links.get(id)).cloned();
                    self.inlines(element, target.as_ref().or(link), line);
                }
                "fldSimple" => {
                    let target = element.attribute("instr").and_then(hyperlink);
                    self.inlines(element, target.as_ref().or(link), line);
                }
                "fldChar" => match element.attribute("fldCharType") {
                    Some("begin") => line.fields.push((String::new(), false)),
                    Some("separate") => {
                        if let Some((_, begun)) = line.fields.last_mut() {
                            *begun = true;
                        }
                    }
                    _ => drop(line.fields.pop()),
                },
                "instrText" => {
                    if let Some((instruction, false)) = line.fields.last_mut() {
                        instruction.push_str(&words(element));
                    }
                }
                _ if line.is_instruction() => self.inlines(element, link, line),
                "t" => push(line, &words(element), link),
                "tab" | "ptab" => push(line, " ", link),
                "noBreakHyphen" => push(line, "-", link),
                "br" | "cr" => line.inlines.push(Inline::Break),
                "footnoteReference" | "endnoteReference" => {
                    let kind = if element.name.starts_with('f') { "footnote" } else { "endnote" };
                    if let Some(id) = element.attribute("id") {
                        self.notes.push((kind, id.to_owned()));
                        line.inlines.push(Inline::Note(number_of(self.notes.len() - 1)));
                    }
                }
                _ => self.inlines(element, link, line),
            }
        }
    }
}

fn push(line: &mut Line<'_>, words: &str, link: Option<&Rc<str>>) {
    let link = link.cloned().or_else(|| line.field_link());
    match line.inlines.last_mut() {
        Some(Inline::Text(text, same)) if *same == link => text.push_str(words),
        _ => line.inlines.push(Inline::Text(words.to_owned(), link)),
    }
}

fn words(element: &Element) -> String {
    let texts = element.children.iter().map(|node| match node {
        Node::Text(text) => text.as_str(),
        Node::Element(_) => "",
    });
    texts.collect()
}
