//! Looser forms of folded text, for suggestions only: case and the spaces round dashes left out of
//! account, entities decoded, outer quotation marks stripped.

use std::borrow::Cow;
use std::ops::Range;

/// Text without case and without spaces next to `-`, and the way back.
pub(super) struct Loose {
    pub(super) text: String,
    /// For each byte of `text`, where it stood.
    places: Vec<u32>,
}

impl Loose {
    /// Loosens folded text. Letters whose small form has another length in UTF-8 stay as they are.
    pub(super) fn new(text: &str) -> Self {
        let mut loose =
            Loose { text: String::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
        let bytes = text.as_bytes();
        for (at, c) in text.char_indices() {
            let beside_dash = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'-');
            if c == ' ' && (beside_dash(at.checked_sub(1)) || beside_dash(Some(at + 1))) {
                continue;
            }
            loose.text.push(small(c));
            let at = u32::try_from(at).expect("the limits keep every text below 4 GiB");
            loose.places.extend(at..at + c.len_utf8() as u32);
        }
        loose
    }

    /// Where a range of the loose text stood.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.places.get(range.start).map_or(0, |at| *at as usize);
        let end = range
            .end
            .checked_sub(1)
            .and_then(|last| self.places.get(last))
            .map_or(start, |at| *at as usize + 1);
        start..end.max(start)
    }
}

/// The small form of a letter, where it is one letter of the same length.
fn small(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(small), None) if small.len_utf8() == c.len_utf8() => small,
        _ => c,
    }
}

/// `text` in small letters, its length unchanged.
pub(super) fn lowercase(text: &str) -> String {
    text.chars().map(small).collect()
}

/// The folded text without quotation marks at its ends.
pub(super) fn stripped(text: &str) -> &str {
    text.trim_matches(['"', '\'', ' '])
}

/// The named entities that turn up in pasted text, in order.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("eacute", "é"),
    ("euro", "€"),
    ("gt", ">"),
    ("hellip", "…"),
    ("ldquo", "“"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("pound", "£"),
    ("quot", "\""),
    ("rdquo", "”"),
    ("rsquo", "’"),
    ("shy", ""),
];

/// `text` with HTML entities decoded, once; borrowed where it holds none.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(start) = text[at..].find('&').map(|offset| at + offset) {
        at = start + 1;
        // No entity here is longer than `&#x10ffff;`.
        let near = &text[at..text.floor_char_boundary(at + 10)];
        let Some((name, decoded)) = near.split_once(';').and_then(|(name, _)| Some((name, entity(name)?)))
        else {
            continue;
        };
        out.push_str(&text[done..start]);
        out.push_str(&decoded);
        done = at + name.len() + 1;
        at = done;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).map(String::from);
    }
    let at = ENTITIES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(ENTITIES[at].1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loose_match_leads_back_to_the_words() {
        let text = "He SAID - no one";
        let loose = Loose::new(text);
        assert_eq!(loose.text, "he said-no one");
        assert_eq!(&text[loose.original(&(3..10))], "SAID - no");
    }

    #[test]
    fn entities_are_decoded_once() {
        assert!(ENTITIES.is_sorted());
        assert_eq!(decoded("Q&amp;A &#39;x&#x2019; &amp;lt; &mdash;&nope; & ;"), "Q&A 'x’ &lt; —&nope; & ;");
        assert!(matches!(decoded("a & b"), Cow::Borrowed(_)));
    }
}
