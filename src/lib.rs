//! `rapporteur` makes a static site of debate briefings: the record of a debate, verbatim, and the
//! editors' annotations layered over it.
//!
//! The rooms, each of which uses only those above it: `text`, `diagnostics`, `yaml`, `output`,
//! `model`, `annotation`.

pub mod annotation;
pub mod diagnostics;
pub mod model;
pub mod output;
pub mod text;
pub mod yaml;
