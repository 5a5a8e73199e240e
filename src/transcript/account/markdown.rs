//! The letters and digits of Markdown that are signs and no words: the number of an item in a list, the
//! address of a link, the language of a block of code.

/// Which lines of a text can hold signs: looked at once for each line, not for each of its letters.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where the line that was looked at last ends.
    end: usize,
    has_signs: bool,
}

impl<'t> Lines<'t> {
    /// Nothing is looked at yet.
    pub(super) fn new(text: &'t str) -> Self {
        Lines { text, end: 0, has_signs: false }
    }

    /// Whether the line that `at` is in can hold signs. Places come in their order.
    pub(super) fn may_have_signs(&mut self, at: usize) -> bool {
        if at >= self.end {
            let start = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
            self.end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1);
            let line = &self.text[start..self.end];
            let opens = line.trim_start_matches([' ', '\t', '>', '-', '*', '+', '.', ')']);
            self.has_signs = ["](", "][", "```", "~~~"].iter().any(|sign| line.contains(sign))
                || opens.starts_with(|c: char| c.is_ascii_digit());
        }
        self.has_signs
    }
}

/// How many characters of `written`, the letters and digits of a paragraph with their places in
/// `text`, are signs where `read` is what is read next.
pub(super) fn signs(text: &str, written: &[(usize, char)], read: &[char]) -> usize {
    let Some((at, _)) = written.first() else { return 0 };
    let start = text[..*at].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    let (before, after) = line.split_at(at - start);
    let until = |end: usize| written.iter().take_while(|(place, _)| *place < end).count();
    if let Some(length) = rest_of_target(before, after) {
        return until(at + length);
    }
    let opens = line.trim_start_matches([' ', '>']);
    if opens.starts_with("```") || opens.starts_with("~~~") {
        return until(start + line.len());
    }
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let leads = before.chars().all(|c| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')'));
    if digits > 0 && leads && after[digits..].starts_with(['.', ')']) {
        // A year at the start of a line is a number too: what is read says which.
        let rest = written.get(digits..).unwrap_or_default().iter().map(|(_, c)| c);
        if rest.zip(read).take(12).all(|(written, read)| written == read) {
            return digits;
        }
    }
    0
}

/// Whether a character belongs to the number of an item at the start of a line, or to the language of a
/// block of code.
pub(super) fn is_number(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    let (before, after) = line.split_at(at - start);
    let opens = line.trim_start_matches([' ', '>']);
    let digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let leads = before
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')'));
    (leads && digits.len() < after.len() && digits.starts_with(['.', ')']))
        || opens.starts_with("```")
        || opens.starts_with("~~~")
}

/// How much of a link's address, or of the name of its definition, is left at a place of a line.
fn rest_of_target(before: &str, after: &str) -> Option<usize> {
    let found = [("](", '(', ')'), ("][", '[', ']')];
    let found =
        found.into_iter().filter_map(|(sign, opens, closes)| Some((before.rfind(sign)?, opens, closes)));
    let (open, opens, closes) = found.max()?;
    let mut depth = 1_usize;
    for c in before[open + 2..].chars() {
        depth = if c == opens {
            depth + 1
        } else if c == closes {
            depth.checked_sub(1)?
        } else {
            depth
        };
        if depth == 0 {
            return None;
        }
    }
    for (at, c) in after.char_indices() {
        depth = if c == opens {
            depth + 1
        } else if c == closes {
            depth - 1
        } else {
            depth
        };
        if depth == 0 {
            return Some(at);
        }
    }
    Some(after.len())
}
