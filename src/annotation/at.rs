//! The grammar of `at`: which part of a debate an annotation belongs to.

use crate::model::{ContributionId, InvalidId, ParagraphId, PartId};
use std::fmt;
use std::str::FromStr;

/// Which part of a debate: the scope in which a quote is sought, or the place itself where there
/// is no quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// `debate`: all of it.
    Debate,
    /// `p2`: one paragraph.
    Paragraph(ParagraphId),
    /// `p11..p12`: from one paragraph to a later one, both included.
    Run(ParagraphId, ParagraphId),
    /// `c3`: one contribution.
    Contribution(ContributionId),
}

impl FromStr for At {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        if text == "debate" {
            return Ok(At::Debate);
        }
        if text.starts_with('c') {
            return text.parse().map(At::Contribution);
        }
        let Some((first, last)) = text.split_once("..") else {
            return text.parse().map(At::Paragraph);
        };
        let (first, last): (ParagraphId, ParagraphId) = (first.parse()?, last.parse()?);
        // Ids inserted after one number may stand in any order among themselves.
        match first.number().cmp(&last.number()) {
            _ if first == last => Ok(At::Paragraph(first)),
            std::cmp::Ordering::Greater => Err(InvalidId),
            _ => Ok(At::Run(first, last)),
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Debate => f.write_str("debate"),
            At::Paragraph(id) => write!(f, "{id}"),
            At::Run(first, last) => write!(f, "{first}..{last}"),
            At::Contribution(id) => write!(f, "{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::At;

    #[test]
    fn every_form_reads_back_as_it_prints() {
        for text in ["debate", "p2", "p7a", "p11..p12", "p7..p7a", "c3", "c2a"] {
            assert_eq!(text.parse::<At>().map(|at| at.to_string()).as_deref(), Ok(text));
        }
        assert_eq!("p2..p2".parse::<At>(), "p2".parse());
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "2",
            "P2",
            "p12..p11",
            "p1..",
            "..p2",
            "p1...p2",
            "p1-p2",
            "p1 .. p2",
            "c0",
            "c",
            "c3A",
            "c+3",
            "p1..c2",
            "Debate",
            "p1..p2..p3",
        ] {
            assert!(text.parse::<At>().is_err(), "{text}");
        }
    }
}
