//! Ids of parts of a debate's record: as authors write them, sticky once given.

use std::fmt;
use std::str::FromStr;

/// A number with the letters of what was inserted after it later: 7 and `a` of `p7a`. Ordered by number
/// and then by letters; among inserted parts that is the order in which they were given out, not always
/// that of the record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Numbered {
    number: u32,
    /// The letters as a number in which `a` is 1, `z` 26, `aa` 27; 0 for none.
    letters: u16,
}

/// The text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidId;

impl Numbered {
    /// Reads exactly what [`fmt::Display`] prints: no leading zero, no capitals.
    fn parse(text: &str, prefix: char) -> Result<Self, InvalidId> {
        let rest = text.strip_prefix(prefix).ok_or(InvalidId)?;
        let letters_at = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, tail) = rest.split_at(letters_at);
        if digits.starts_with('0') {
            return Err(InvalidId);
        }
        let number = digits.parse().map_err(|_| InvalidId)?;
        let letters = tail.bytes().try_fold(0u16, |sum, letter| {
            let digit = letter.is_ascii_lowercase().then(|| u16::from(letter - b'a') + 1)?;
            sum.checked_mul(26)?.checked_add(digit)
        });
        Ok(Numbered { number, letters: letters.ok_or(InvalidId)? })
    }
}

impl fmt::Display for Numbered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.number, f)?;
        if self.letters == 0 {
            return Ok(());
        }
        // At most four letters: 26^3 < 65,536 < 26^4.
        let (mut rest, mut letters) = (self.letters, Vec::with_capacity(4));
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'a' + u8::try_from(rest % 26).expect("less than 26")));
            rest /= 26;
        }
        letters.iter().rev().try_for_each(|letter| write!(f, "{letter}"))
    }
}

/// The id of a part of a record that stays with its words when the record is revised: a number from 1,
/// and letters for what was inserted after that number.
pub trait PartId: Copy + Ord + fmt::Display + FromStr<Err = InvalidId> {
    /// The part of that `number` from 1; `None` for 0.
    fn new(number: u32) -> Option<Self>;
    /// The number: 7 of `p7a`.
    fn number(self) -> u32;
    /// How manieth of the parts inserted after its number: 1 of `p7a`, 0 of `p7`.
    fn insertion(self) -> u16;
    /// The part inserted as the `insertion`th after this one's number: 1 gives `p7a`.
    fn inserted(self, insertion: u16) -> Self;
}

macro_rules! part_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Numbered);

        impl PartId for $name {
            fn new(number: u32) -> Option<Self> {
                (number > 0).then_some($name(Numbered { number, letters: 0 }))
            }

            fn number(self) -> u32 {
                self.0.number
            }

            fn insertion(self) -> u16 {
                self.0.letters
            }

            fn inserted(self, insertion: u16) -> Self {
                $name(Numbered { letters: insertion, ..self.0 })
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            /// Reads exactly what [`fmt::Display`] prints: no leading zero, no capitals.
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Numbered::parse(text, $prefix).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

part_id!(
    /// A paragraph of a debate: `p7`, or `p7a` for one that was inserted after `p7` by a later revision
    /// of the record.
    ParagraphId,
    'p'
);

part_id!(
    /// A contribution to a debate: `c2`, or `c2a` for one that was inserted after `c2` by a later
    /// revision of the record.
    ContributionId,
    'c'
);

/// The ids of a record that has no lock: 1, 2 … in order.
pub fn first_ids<I: PartId>() -> impl Iterator<Item = I> {
    (1..).map(|number| I::new(number).expect("numbers begin at 1"))
}

#[cfg(test)]
mod tests {
    use super::{ContributionId, InvalidId, ParagraphId, PartId};

    #[test]
    fn an_id_reads_back_as_it_prints() {
        for insertion in [0, 1, 26, 27, 52, 702, 703, u16::MAX] {
            let id = ParagraphId::new(7).expect("not 0").inserted(insertion);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!(ParagraphId::new(7).map(|id| id.inserted(27).to_string()).as_deref(), Some("p7aa"));
    }

    #[test]
    fn one_paragraph_has_one_name() {
        for text in [
            "",
            "p",
            "p0",
            "p07",
            "P7",
            "p7A",
            "7",
            "p7-a",
            "p-7",
            "p+7",
            "pa",
            "p7é",
            "p99999999999",
            "p7aaaaa",
        ] {
            assert_eq!(text.parse::<ParagraphId>(), Err(InvalidId), "{text}");
        }
    }

    #[test]
    fn a_contribution_is_no_paragraph() {
        assert_eq!("c2a".parse::<ContributionId>().map(|id| id.to_string()).as_deref(), Ok("c2a"));
        assert_eq!("p2".parse::<ContributionId>(), Err(InvalidId));
        assert_eq!("c2".parse::<ParagraphId>(), Err(InvalidId));
    }

    #[test]
    fn inserted_paragraphs_come_after_their_number() {
        let mut ids: Vec<ParagraphId> =
            ["p8", "p7b", "p7", "p7aa", "p7a"].iter().filter_map(|id| id.parse().ok()).collect();
        ids.sort();
        assert_eq!(format!("{ids:?}"), "[p7, p7a, p7b, p7aa, p8]");
    }
}
