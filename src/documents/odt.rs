//! OpenDocument (`.odt`, and the flat form in one file): the words that a reader of the document sees.

use super::archive::Archive;
use super::dom::{self, Element, Node};
use super::flow::{Flow, Inline, Role};
use crate::prose::Draft;
use std::collections::HashSet;
use std::rc::Rc;

/// Elements whose words are not the document's: deletions that are tracked stand apart from the text.
const UNSEEN: &[&str] = &[
    "tracked-changes",
    "annotation",
    "note-citation",
    "hidden-text",
    "ruby-text",
    "sequence-decls",
    "forms",
    "title",
    "desc",
    "index-title-template",
];

/// More spaces than this in one place are none that anybody typed.
const SPACES: usize = 1000;

/// Reads the document in an archive.
pub fn read(archive: &mut Archive<'_>) -> Result<Draft, String> {
    if archive.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err("it is protected by a password: save a copy without one".into());
    }
    let content = dom::read(&archive.part("content.xml")?.unwrap_or_default())?;
    let styles = archive.part("styles.xml")?.map(|styles| dom::read(&styles)).transpose()?;
    written(&content, styles.as_ref())
}

/// Reads a document that is one file of XML.
pub fn read_flat(text: &str) -> Result<Draft, String> {
    written(&dom::read(text)?, None)
}

fn written(content: &Element, styles: Option<&Element>) -> Result<Draft, String> {
    let mut known = Vec::new();
    for part in styles.into_iter().chain([content]) {
        part.all(&["style"], &mut known);
    }
    let mut bodies = Vec::new();
    content.all(&["body"], &mut bodies);
    let Some(body) = bodies.first().and_then(|body| body.child("text")) else {
        return Err("it is an OpenDocument file, but no text".into());
    };
    let hidden = known.iter().filter(|style| {
        style.child("text-properties").is_some_and(|text| text.attribute("display") == Some("none"))
    });
    let hidden = hidden.filter_map(|style| style.attribute("name")).map(str::to_owned).collect();
    let mut writer = Writer { flow: Flow::new(), quoting: quoting_styles(&known), hidden, notes: Vec::new() };
    writer.blocks(body);
    let mut done = 0;
    // A footnote may have one of its own, though no program makes them.
    while let Some(note) = writer.notes.get(done).copied() {
        done += 1;
        writer.flow.open_note(u32::try_from(done).unwrap_or(u32::MAX));
        writer.blocks(note);
        writer.flow.close_block();
    }
    Ok(writer.flow.finish())
}

/// The styles that are for quotations, by name or by what they are made from.
fn quoting_styles(styles: &[&Element]) -> HashSet<String> {
    let mut quoting: HashSet<String> = HashSet::new();
    loop {
        let before = quoting.len();
        for style in styles {
            let Some(name) = style.attribute("name") else { continue };
            let parent = style.attribute("parent-style-name");
            if is_quoting(name) || parent.is_some_and(|parent| is_quoting(parent) || quoting.contains(parent))
            {
                quoting.insert(name.to_owned());
            }
        }
        if quoting.len() == before {
            return quoting;
        }
    }
}

fn is_quoting(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("quotation") || name.contains("quote")
}

struct Writer<'e> {
    flow: Flow,
    quoting: HashSet<String>,
    /// Styles whose words are hidden.
    hidden: HashSet<String>,
    notes: Vec<&'e Element>,
}

impl<'e> Writer<'e> {
    fn blocks(&mut self, parent: &'e Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                name if UNSEEN.contains(&name) => {}
                "p" | "h" => self.paragraph(element),
                "table-cell" | "text-box" => {
                    self.flow.open_block();
                    self.blocks(element);
                    self.flow.close_block();
                }
                _ => self.blocks(element),
            }
        }
    }

    fn paragraph(&mut self, element: &'e Element) {
        let style = element.attribute("style-name");
        if style.is_some_and(|style| self.hidden.contains(style)) {
            return;
        }
        let quoted = style.is_some_and(|style| self.quoting.contains(style) || is_quoting(style));
        let (mut inlines, mut boxes) = (Vec::new(), Vec::new());
        self.inlines(element, None, &mut inlines, &mut boxes);
        self.flow.paragraph(&inlines, if quoted { Role::Quoted } else { Role::Plain });
        for text in boxes {
            self.flow.open_block();
            self.blocks(text);
            self.flow.close_block();
        }
    }

    fn inlines(
        &mut self,
        parent: &'e Element,
        link: Option<&Rc<str>>,
        inlines: &mut Vec<Inline>,
        boxes: &mut Vec<&'e Element>,
    ) {
        for node in &parent.children {
            let element = match node {
                Node::Text(words) => {
                    push(inlines, &collapsed(words), link);
                    continue;
                }
                Node::Element(element) => element,
            };
            match element.name.as_str() {
                name if UNSEEN.contains(&name) => {}
                "s" => {
                    let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                    push(inlines, &" ".repeat(count.min(SPACES)), link);
                }
                "tab" => push(inlines, " ", link),
                "line-break" => inlines.push(Inline::Break),
                "note" => {
                    if let Some(body) = element.child("note-body") {
                        self.notes.push(body);
                        inlines.push(Inline::Note(u32::try_from(self.notes.len()).unwrap_or(u32::MAX)));
                    }
                }
                "a" => {
                    let target: Option<Rc<str>> = element.attribute("href").map(Into::into);
                    self.inlines(element, target.as_ref().or(link), inlines, boxes);
                }
                "text-box" => boxes.push(element),
                "span"
                    if element.attribute("style-name").is_some_and(|style| self.hidden.contains(style)) => {}
                _ => self.inlines(element, link, inlines, boxes),
            }
        }
    }
}

/// White space in the file is one space: others are elements.
fn collapsed(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' if out.ends_with(' ') => {}
            ' ' | '\t' | '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn push(inlines: &mut Vec<Inline>, words: &str, link: Option<&Rc<str>>) {
    match inlines.last_mut() {
        Some(Inline::Text(text, same)) if same.as_ref() == link => text.push_str(words),
        _ => inlines.push(Inline::Text(words.to_owned(), link.cloned())),
    }
}
