//! Quotations in what is no part of a text and is shown with it: the titles of links, pictures and elements, and
//! the words that stand for a picture.

use super::marks::{End, Marks};
use super::quotations::{Cited, Form, Quotation, Tie, WORDS};
use super::run::Run;
use super::tree::{Kind, Link, Node};
use crate::text::{Span, word_count};

/// Adds those of a tree. The title of a link quotes what the link leads to.
pub(super) fn collect<'t>(nodes: &'t [Node], found: &mut Vec<Quotation<'t>>) {
    for node in nodes {
        match &node.kind {
            Kind::Link(link) => add(link.title.as_deref(), node.span, Some(link), found),
            Kind::Picture(picture) => {
                add(picture.link.title.as_deref(), node.span, None, found);
                add(Some(&picture.alt), node.span, None, found);
            }
            Kind::Element(_, Some(attributes)) => {
                let titles = attributes.list.iter().filter(|(name, _)| *name == "title");
                titles.for_each(|(_, title)| add(Some(title), node.span, None, found));
            }
            _ => {}
        }
        collect(&node.children, found);
    }
}

fn add<'t>(text: Option<&str>, span: Span, link: Option<&'t Link>, found: &mut Vec<Quotation<'t>>) {
    let Some(text) = text else { return };
    let run = Run::line(text, span);
    for marked in Marks::new(&run.text, 0, |_| false) {
        let cited = link.map(|link| Cited { link, tie: Tie::On }).into_iter().collect();
        let form = if marked.end == End::Open { Form::Unclosed } else { Form::Marked };
        let quotation = Quotation { span, form, ..Quotation::of(&run, &marked.outer, &marked.inner, cited) };
        if word_count(&quotation.words) >= WORDS {
            found.push(quotation);
        }
    }
}
