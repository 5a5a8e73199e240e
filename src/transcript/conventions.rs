//! Conventions that transcripts of every format share: brackets round what is not speech, the line
//! that names the chair, a name with something after it in brackets.

use super::moments::Clock;
use super::record::{Role, Table};
use crate::text::Span;
use jiff::civil::Time;
use std::ops::Range;

/// The name in a chair line: `Mr Dai Havard` in `[Mr Dai Havard in the Chair]`.
pub(super) fn chair(line: &str) -> Option<Range<usize>> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    let name = inner.len().checked_sub(" in the Chair".len()).filter(|at| inner.is_char_boundary(*at))?;
    let (name, tail) = inner.split_at(name);
    let fits = tail.eq_ignore_ascii_case(" in the chair") && !name.contains(['[', ']', '\n']);
    Some(trimmed(line, 1..1 + name.len())).filter(|range| fits && !range.is_empty())
}

/// Whether `text` as a whole stands in one pair of round or square brackets: `(laughter)`,
/// `[Interruption.]`, but not `(a) and (b)`.
pub(super) fn is_bracketed(text: &str) -> bool {
    let mut depth = 0_u32;
    let mut chars = text.trim().chars().peekable();
    if !chars.peek().is_some_and(|first| matches!(first, '(' | '[' | '（')) {
        return false;
    }
    while let Some(c) = chars.next() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return chars.peek().is_none();
        }
    }
    false
}

/// Parts `Mark Harper (Forest of Dean, Con)` into the name and what stands in the last brackets.
/// `None` where the text ends in no bracket, or has no name before it.
pub(super) fn name_and_detail(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let last = text.char_indices().next_back().filter(|(_, c)| matches!(c, ')' | '）'))?;
    let mut depth = 0_u32;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            let name = text[..at].trim_end();
            let detail = trimmed(text, at + c.len_utf8()..last.0);
            return (!name.trim().is_empty() && !detail.is_empty()).then_some((0..name.len(), detail));
        }
    }
    None
}

/// A speaker's heading in a Markdown transcript, as ranges of its text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SpeakerHeading {
    pub(super) name: Range<usize>,
    pub(super) detail: Option<Range<usize>>,
    pub(super) time: Option<Range<usize>>,
}

/// Reads `Mark Harper:`, `Mark Harper (Office):`, `Mark Harper: {4:05 pm}`, with an ASCII or a
/// full-width colon. `None` where there is no colon at the end: that is a heading of another kind.
pub(super) fn speaker_heading(text: &str) -> Option<SpeakerHeading> {
    let mut label = trimmed(text, 0..text.len());
    let mut time = None;
    let mut colon = false;
    // The time may stand on either side of the colon.
    for _ in 0..3 {
        let rest = &text[label.clone()];
        if let Some(before) = rest.strip_suffix([':', '：']).filter(|_| !colon) {
            colon = true;
            label = trimmed(text, label.start..label.start + before.len());
        } else if let Some(open) =
            rest.strip_suffix('}').filter(|_| time.is_none()).and_then(|r| r.rfind('{'))
        {
            time = Some(trimmed(text, label.start + open + 1..label.end - 1));
            label = trimmed(text, label.start..label.start + open);
        }
    }
    if !colon || label.is_empty() {
        return None;
    }
    let time = time.filter(|time| !time.is_empty());
    match name_and_detail(&text[label.clone()]) {
        Some((name, detail)) => {
            let from_start = |range: Range<usize>| range.start + label.start..range.end + label.start;
            Some(SpeakerHeading { name: from_start(name), detail: Some(from_start(detail)), time })
        }
        None => Some(SpeakerHeading { name: label, detail: None, time }),
    }
}

/// The table that some lines are, where they stand at `range` of `text`: two lines or more with a tab in
/// each, as a browser copies a table. Gives it with its place: an empty cell at its start or end is
/// told by a tab there.
pub(super) fn tab_table(text: &str, range: Range<usize>) -> Option<(Range<usize>, Table)> {
    let is_tab = |c: char| matches!(c, '\t' | ' ');
    let words = &text[range.clone()];
    if words.lines().count() < 2 || !words.lines().all(|line| line.contains('\t')) || words.contains('\r') {
        return None;
    }
    let before = &text[..range.start];
    let first = before[before.trim_end_matches(is_tab).len()..]
        .find('\t')
        .map(|at| before.trim_end_matches(is_tab).len() + at);
    let after = &text[range.end..];
    let last = after[..after.len() - after.trim_start_matches(is_tab).len()].rfind('\t');
    let range = first.unwrap_or(range.start)..last.map_or(range.end, |last| range.end + last + 1);
    let (mut cells, mut row_ends, mut at) = (Vec::new(), Vec::new(), 0);
    for line in text[range.clone()].split('\n') {
        for cell in line.split('\t') {
            cells.push(Span::new(at..at + cell.len()));
            at += cell.len() + 1;
        }
        row_ends.push(u32::try_from(cells.len()).unwrap_or(u32::MAX));
    }
    let table =
        Table { columns: Box::default(), cells: cells.into(), row_ends: row_ends.into(), head_rows: 0 };
    Some((range, table))
}

/// `range` without white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// `range` without white space and signs for the direction of letters at its ends: names in records that
/// are written from right to left have them round them.
pub(super) fn trimmed_name(text: &str, range: Range<usize>) -> Range<usize> {
    let is_unseen = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start_matches(is_unseen).len());
    start..start + words.trim_matches(is_unseen).len()
}

/// In what part somebody speaks, by the name or office printed: the presiding officers of the
/// Parliaments that the formats come from. Anything else is not judged.
pub(super) fn role(name: &str, office: Option<&str>) -> Role {
    let presides = |printed: &str| {
        let printed = printed.trim().trim_end_matches([':', '.']).to_lowercase();
        let printed = printed.trim_start_matches("the ").trim_start_matches("madam ");
        let printed = printed.trim_start_matches("mr. ").trim_start_matches("mr ");
        matches!(
            printed,
            "speaker"
                | "deputy speaker"
                | "lord speaker"
                | "chair"
                | "chairman"
                | "chairperson"
                | "temporary chair"
                | "temporary chairman"
                | "first deputy chairman of ways and means"
                | "second deputy chairman of ways and means"
                | "chairman of ways and means"
                | "chairman of committees"
        ) || printed.ends_with("(in the chair)")
    };
    if presides(name) || office.is_some_and(presides) { Role::Chair } else { Role::Speaker }
}

/// A language as a BCP 47 tag, from a tag or from a three-letter code of ISO 639-2 that has a
/// shorter form, as Akoma Ntoso writes them.
pub(super) fn language_tag(code: &str) -> Box<str> {
    let short = match code.to_ascii_lowercase().as_str() {
        "eng" => "en",
        "fra" | "fre" => "fr",
        "deu" | "ger" => "de",
        "spa" => "es",
        "ita" => "it",
        "por" => "pt",
        "nld" | "dut" => "nl",
        "cym" | "wel" => "cy",
        "gle" => "ga",
        "gla" => "gd",
        "ara" => "ar",
        "heb" => "he",
        "fas" | "per" => "fa",
        "urd" => "ur",
        "swa" => "sw",
        "zho" | "chi" => "zh",
        "jpn" => "ja",
        _ => code,
    };
    short.into()
}

/// The time in `2011-06-10T10:02:00+02:00` or `10:02:00`.
pub(super) fn time_in(text: &str) -> Option<Time> {
    let time = text.split_once('T').map_or(text, |(_, time)| time);
    time.get(..8).or(time.get(..5))?.parse().ok()
}

/// A line that is nothing but a time of day, both of whose halves are known: `9.30 am`.
pub(super) fn clock(line: &str) -> Option<Time> {
    Clock::parse(line)?.time(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chair_line_gives_its_name() {
        let line = "[Mrs. Joan Humble in the Chair]";
        assert_eq!(chair(line).map(|range| &line[range]), Some("Mrs. Joan Humble"));
        for other in
            ["[Interruption.]", "Mr Dai Havard in the Chair", "[in the Chair]", "[", "[é in the chair"]
        {
            assert_eq!(chair(other), None, "{other}");
        }
    }

    #[test]
    fn lines_with_tabs_are_a_table_with_its_empty_cells() {
        let text = "\tA\tB\none\t1\t2\n\nnot\tone";
        let (range, table) = tab_table(text, 1..12).expect("a table");
        assert_eq!(range, 0..12);
        let words = &text[range];
        let rows: Vec<Vec<&str>> =
            table.rows().map(|row| row.iter().map(|cell| &words[cell.range()]).collect()).collect();
        assert_eq!(rows, [["", "A", "B"], ["one", "1", "2"]]);
        assert_eq!(tab_table(text, 14..21), None);
        assert_eq!(tab_table("a\tb\nc", 0..5), None);
    }

    #[test]
    fn only_a_whole_bracket_is_a_narrative() {
        for whole in ["(laughter)", "(crosstalk )", "[Interruption.]", "（笑）", "(see (a) and (b))"] {
            assert!(is_bracketed(whole), "{whole}");
        }
        for not in ["(a) and (b)", "laughter", "(", "", "(laughter) he said"] {
            assert!(!is_bracketed(not), "{not}");
        }
    }

    #[test]
    fn the_last_brackets_are_the_detail_even_where_brackets_stand_in_them() {
        let parts = |text: &'static str| name_and_detail(text).map(|(n, d)| (&text[n], &text[d]));
        assert_eq!(
            parts("Diane Abbott (Hackney North (and Stoke Newington), Lab)"),
            Some(("Diane Abbott", "Hackney North (and Stoke Newington), Lab"))
        );
        assert_eq!(parts("唐鳳（部長）"), Some(("唐鳳", "部長")));
        for none in ["Mark Harper", "(Office)", "Mark Harper ()", "a)", "Mark Harper (x) y"] {
            assert_eq!(parts(none), None, "{none}");
        }
    }

    #[test]
    fn a_speakers_heading_ends_in_a_colon_of_either_width() {
        let read = |text: &'static str| {
            speaker_heading(text)
                .map(|h| (&text[h.name], h.detail.map_or("", |d| &text[d]), h.time.map_or("", |t| &text[t])))
        };
        assert_eq!(read("Audrey Tang："), Some(("Audrey Tang", "", "")));
        assert_eq!(
            read("Mark Harper (The Minister): {4:05 pm}"),
            Some(("Mark Harper", "The Minister", "4:05 pm"))
        );
        assert_eq!(read("Mark Harper {4:05 pm}:"), Some(("Mark Harper", "", "4:05 pm")));
        for section in ["Opening remarks", ":", "{4:05 pm}:", "", "Opening {remarks}"] {
            assert_eq!(read(section), None, "{section}");
        }
    }
}
