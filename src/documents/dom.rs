//! A part of a document in XML as a tree of elements. Names are kept without their prefix.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Elements stand in one another no deeper than this: a document of a word processor has some thirty.
const DEEPEST: usize = 400;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Words.
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements that stand directly in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element with this name that stands directly in it.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Every element in it, at any depth, that has one of these names and stands in no other of them.
    pub fn all<'e>(&'e self, names: &[&str], found: &mut Vec<&'e Element>) {
        for element in self.elements() {
            match names.contains(&element.name.as_str()) {
                true => found.push(element),
                false => element.all(names, found),
            }
        }
    }
}

/// Reads a part. Its outermost element stands in an element without a name.
pub fn read(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| format!("it is damaged: {error}"))?;
        let depth = open.len();
        let top = open.last_mut().expect("the outermost is never closed");
        match event {
            Event::Start(tag) => {
                if depth > DEEPEST {
                    return Err("elements in it stand in one another too deep".into());
                }
                open.push(element(&tag));
            }
            Event::Empty(tag) => top.children.push(Node::Element(element(&tag))),
            Event::End(_) if depth > 1 => {
                let done = open.pop().expect("it was just counted");
                let parent = open.last_mut().expect("the outermost is never closed");
                parent.children.push(Node::Element(done));
            }
            Event::Text(words) => push(top, &words),
            Event::CData(words) => push(top, &words),
            Event::GeneralRef(name) => push(top, &resolved(&name)),
            Event::Eof => break,
            Event::End(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    match open.len() {
        1 => Ok(open.pop().expect("it was just counted")),
        _ => Err("it is damaged: the text ends in the middle".into()),
    }
}

fn push(element: &mut Element, words: &str) {
    match element.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => element.children.push(Node::Text(words.to_owned())),
    }
}

/// What a reference stands for. Entities that a file declares are not followed: these formats have none.
fn resolved(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    match number.and_then(char::from_u32) {
        Some(character) => character.to_string(),
        None => resolve_predefined_entity(name).unwrap_or_default().to_owned(),
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

fn element(tag: &BytesStart<'_>) -> Element {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value: &str = &attribute.value;
        let value = quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Into::into);
        attributes.push((local(attribute.key.as_ref()), value));
    }
    Element { name: local(tag.name().as_ref()), attributes, children: Vec::new() }
}
