//! XML as transcripts need it: a tree over the text that keeps where everything stands, the flow of
//! words out of it, and blocks. No external entities, no expansion beyond characters, bounded depth.

mod blocks;
mod entities;
mod flow;
mod tree;

pub(super) use blocks::{Blocks, document, html_inline};
pub(super) use flow::{Flow, Milestone, Treat};
pub(super) use tree::{Element, Node, Tree};
