//! Room `prose`: what an editor writes, as a tree. Each node owns its link, its address and its words;
//! nothing in the text stands for anything but itself. Markdown and other documents are read into the
//! tree ([`Builder`]), the quotations in it are found ([`quotations`]), and it is written as HTML once
//! ([`write`]), when it is known where its links lead.

mod block;
mod builder;
mod elements;
mod html;
mod line;
mod marks;
mod quotations;
mod run;
mod tags;
mod titles;
mod tree;

pub use builder::{Builder, Fault, FaultKind, Policy};
pub use html::{Fill, write};
pub use quotations::{Around, Attribution, Cited, Form, Quotation, Tie, WORDS, in_line, quotations, survey};
pub use tags::{Segments, read_html};
pub use tree::{Attributes, Draft, Kind, Link, Node, Picture, plain};
