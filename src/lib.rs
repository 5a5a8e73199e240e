//! `rapporteur` makes a static site of debate briefings: the record of a debate, verbatim, and the
//! editors' annotations layered over it.

pub mod anchor;
pub mod diagnostics;
pub mod output;
pub mod text;
