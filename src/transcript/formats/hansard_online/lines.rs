//! What single lines of a page of Hansard Online are: its buttons, the marks of columns, times, the
//! lines that name a speaker, those of a division. Ranges are of the line, but for a speaker's.

use crate::transcript::conventions::{clock, time_in, trimmed};
use crate::transcript::moments::heading_day;
use jiff::civil::Date;
use std::collections::HashSet;
use std::ops::Range;

/// The head of a page is no longer than this, in lines that have words.
pub(super) const LONGEST_HEAD: usize = 60;

/// Lines that name somebody are no longer than this, in bytes.
const LONGEST_LABEL: usize = 200;

/// A line that has words, without white space at its ends.
pub(super) struct Line {
    pub(super) span: Range<usize>,
    /// Whether a blank line, or nothing, stands before it.
    pub(super) starts_block: bool,
}

pub(super) fn of(text: &str) -> Vec<Line> {
    let (mut lines, mut starts_block, mut start) = (Vec::new(), true, 0);
    for line in text.split_inclusive('\n') {
        let span = trimmed(text, start..start + line.len());
        start += line.len();
        if span.is_empty() {
            starts_block = true;
        } else {
            lines.push(Line { span, starts_block });
            starts_block = false;
        }
    }
    lines
}

/// What a line is by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'s> {
    /// A button or a link of the site's.
    Site,
    /// The mark of a column, and its number.
    Column(&'s str),
    /// A time and nothing else.
    Time,
    /// The name of a division.
    Division,
    /// Anything else.
    Words,
}

pub(super) fn kind_of(line: &str) -> Kind<'_> {
    if is_site(line) {
        Kind::Site
    } else if let Some(column) = column(line) {
        Kind::Column(column)
    } else if is_time(line) {
        Kind::Time
    } else if division(line) {
        Kind::Division
    } else {
        Kind::Words
    }
}

/// The site's own words, each a line.
const SITE: &[&str] = &[
    "Share this debate",
    "Share this contribution",
    "Share",
    "Link to this debate",
    "Link to this contribution",
    "Copy link",
    "Copy link to this contribution",
    "Download text",
    "Download",
    "Previous debate",
    "Next debate",
    "View details",
    "View division",
    "View more",
    "Back to top",
    "Skip to main content",
    "Hansard",
    "UK Parliament",
    "Find debates",
    "Search Hansard",
    "Print",
    "Contents",
];

pub(super) fn is_site(line: &str) -> bool {
    SITE.iter().any(|known| known.eq_ignore_ascii_case(line))
}

/// The button under everybody who is named.
fn is_button_of_a_speaker(line: &str) -> bool {
    ["Share this contribution", "Link to this contribution", "Copy link to this contribution"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(line))
}

/// Whether only such a page has the line.
pub(super) fn is_proof(line: &str) -> bool {
    volume(line).is_some() || is_button_of_a_speaker(line) || !column_marks(line).is_empty()
}

/// `Volume 555: debated on Thursday 20 December 2012`.
pub(super) struct Volume {
    pub(super) number: Range<usize>,
    pub(super) date: Range<usize>,
    pub(super) day: Date,
}

pub(super) fn volume(line: &str) -> Option<Volume> {
    let rest = line.strip_prefix("Volume ")?;
    let (number, date) = rest.split_once(": debated on ")?;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let start = "Volume ".len();
    Some(Volume {
        number: start..start + number.len(),
        date: line.len() - date.len()..line.len(),
        day: heading_day(date)?,
    })
}

/// Whether the line is the name of a chamber, as the page's head has it.
pub(super) fn house(line: &str) -> bool {
    const HOUSES: [&str; 9] = [
        "Commons Chamber",
        "Lords Chamber",
        "House of Commons",
        "House of Lords",
        "Westminster Hall",
        "Grand Committee",
        "General Committees",
        "Public Bill Committees",
        "Written Statements",
    ];
    HOUSES.contains(&line)
}

const HERE: &str = " is located here";
const TOGGLE: &str = "Toggle showing location of Column ";

/// The column whose mark the line is: `Column 331WH`, `Column 331WH is located here`, `Toggle showing
/// location of Column 331WH`, or the two in one.
fn column(line: &str) -> Option<&str> {
    let marks = column_marks(line);
    if let Some((first, column)) = marks.first() {
        let is_all = first.start == 0 && marks.last().is_some_and(|(last, _)| last.end == line.len());
        let together = marks.windows(2).all(|pair| pair[0].0.end == pair[1].0.start);
        return Some(*column).filter(|_| is_all && together);
    }
    let number = line.strip_prefix("Column ")?;
    Some(number).filter(|number| column_length(number) == number.len() && !number.is_empty())
}

/// How much of `text` is the number of a column: digits, and the letters of a part of the report. A
/// capital with which the next word begins is none of them.
fn column_length(text: &str) -> usize {
    const PARTS: [&str; 8] = ["WH", "WS", "WA", "GC", "PC", "MC", "W", "P"];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let ends = |part: &&&str| {
        rest.strip_prefix(**part).is_some_and(|after| !after.starts_with(|c: char| c.is_lowercase()))
    };
    match digits {
        0 => 0,
        _ => digits + PARTS.iter().find(ends).map_or(0, |part| part.len()),
    }
}

/// The marks of columns in a line, each with its number.
pub(super) fn column_marks(line: &str) -> Vec<(Range<usize>, &str)> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(found) = line[at..].find("Column ").map(|found| at + found) {
        let number = found + "Column ".len();
        let end = number + column_length(&line[number..]);
        let toggle = found.checked_sub(TOGGLE.len() - "Column ".len());
        let toggle = toggle.filter(|start| line.get(*start..number) == Some(TOGGLE));
        if end > number
            && let Some(start) = toggle
        {
            marks.push((start..end, &line[number..end]));
        } else if end > number && line[end..].starts_with(HERE) {
            marks.push((found..end + HERE.len(), &line[number..end]));
        }
        at = number;
    }
    marks
}

fn is_time(line: &str) -> bool {
    let shape = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = line.len() == 8 && line.split(':').count() == 3 && line.split(':').all(shape);
    // A number alone may be words; a half of the day may not.
    let half = line.len() <= 10 && line.ends_with(['m', '.']) && clock(line).is_some();
    half || (seconds && time_in(line).is_some())
}

/// `Division 12`, `Division No. 12]`.
fn division(line: &str) -> bool {
    let rest = line.strip_prefix("Division ").map(|rest| rest.trim_start_matches("No. "));
    let number = rest.map(|rest| rest.trim_end_matches([']', ':']));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The side whose list of votes a line begins.
pub(super) fn side(line: &str) -> Option<&str> {
    const SIDES: [&str; 6] = ["ayes", "noes", "content", "contents", "not content", "not contents"];
    let side = line.trim_end_matches(':');
    Some(side).filter(|side| SIDES.iter().any(|known| known.eq_ignore_ascii_case(side)))
}

/// The side and its count in a line of a division: `Ayes: 200`.
pub(super) fn count(line: &str) -> Option<(&str, u32)> {
    let (name, count) = line.split_once(':')?;
    let count = count.trim();
    let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    Some((side(name.trim())?, count.parse().ok()?)).filter(|_| is_number)
}

/// Whether the line belongs to a division: its day, its time, how many voted, who told.
pub(super) fn is_of_division(line: &str) -> bool {
    heading_day(line).is_some()
        || count(line).is_some()
        || is_time(line)
        || line.starts_with("Tellers for the ")
        || line.starts_with("Held on ")
}

/// Whether the line may be a name in a list of votes.
pub(super) fn is_voter(line: &str) -> bool {
    line.len() <= 80
        && line.starts_with(char::is_uppercase)
        && !is_formula(line)
        && !line.ends_with(['.', '?', '!', ';'])
        && line.split(' ').count() <= 9
}

/// Whether a line is a formula in which the reporters tell what the House did.
pub(super) fn is_formula(line: &str) -> bool {
    const FORMULAS: &[&str] = &[
        "Question put",
        "Question proposed",
        "Question accordingly",
        "Question agreed to",
        "Motion made, and Question",
        "The House divided:",
        "The House having divided:",
        "The Committee divided:",
        "The Committee proceeded to a Division",
        "The House proceeded to a Division",
        "Resolved,",
        "Ordered,",
        "Sitting suspended",
        "Sitting adjourned",
        "House adjourned",
        "Committee adjourned",
        "Amendment, by leave, withdrawn",
        "Motion, by leave, withdrawn",
        "Bill read ",
        "On resuming—",
    ];
    FORMULAS.iter().any(|formula| line.starts_with(formula))
}

/// Whether a sentence ends at the end of `text`, or a part of one that may stand alone.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(['.', '?', '!', ':', ';', '—', '–', '”', '"', '’', ')', ']']) || is_site(text)
}

pub(super) fn may_be_heading(line: &str) -> bool {
    line.len() <= LONGEST_LABEL
        && line.starts_with(char::is_uppercase)
        && !ends_sentence(line)
        && !line.ends_with(',')
        && line.split(' ').count() <= 15
}

/// Everybody who has been named.
#[derive(Default)]
pub(super) struct Names<'s>(HashSet<&'s str>);

/// Those who are named without a name.
const COLLECTIVE: &[&str] = &[
    "hon. members",
    "several hon. members",
    "an hon. member",
    "noble lords",
    "a noble lord",
    "mr speaker",
    "madam speaker",
    "mr deputy speaker",
    "madam deputy speaker",
    "the speaker",
    "the lord speaker",
    "the deputy speaker",
    "the chair",
    "the chairman",
    "the temporary chair",
    "the temporary chairman",
    "the deputy chairman of committees",
    "the prime minister",
];

impl<'s> Names<'s> {
    pub(super) fn insert(&mut self, name: &'s str) {
        self.0.insert(name);
        self.0.extend(titled(name));
    }

    fn knows(&self, line: &str) -> bool {
        self.0.contains(line)
            || titled(line).is_some_and(|surname| self.0.contains(surname))
            || COLLECTIVE.iter().any(|known| known.eq_ignore_ascii_case(line))
    }
}

/// Titles before names, as the report prints them.
const TITLES: &[&str] = &[
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Dr",
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "Baroness",
    "Viscount",
    "Earl",
    "Rev",
    "The",
    "Bishop",
    "Countess",
    "Duke",
    "Marquess",
    "Professor",
    "Colonel",
    "Captain",
];

/// The surname of somebody with a title: `Harper` of `Mr Harper`, of `Mr Mark Harper`.
fn titled(name: &str) -> Option<&str> {
    let (title, rest) = name.split_once(' ')?;
    let surname = rest.rsplit(' ').next()?;
    (title != "The" && TITLES.contains(&title)).then_some(surname)
}

/// Who a line, or a line with the next, says is speaking. Ranges are of the text.
pub(super) struct Speaker {
    pub(super) name: Range<usize>,
    pub(super) detail: Option<Range<usize>>,
    pub(super) presides: bool,
    /// In how many lines.
    pub(super) lines: usize,
}

/// Who the line at `at` says is speaking; `None` where it is none of the page's ways to say so.
pub(super) fn speaker(
    names: &Names<'_>,
    lines: &[Line],
    at: usize,
    text: &str,
    has_blocks: bool,
) -> Option<Speaker> {
    let span = lines[at].span.clone();
    let line = &text[span.clone()];
    if !may_name(line) || (has_blocks && !lines[at].starts_block && !follows_mark(lines, at, text)) {
        return None;
    }
    let next = lines.get(at + 1).map(|next| &text[next.span.clone()]);
    let button = next.is_some_and(is_button_of_a_speaker);
    // The name, and what stands in brackets in the next line.
    if let Some(next) = next.filter(|next| is_groups(next) && !line.ends_with(')')) {
        let inner = lines[at + 1].span.start + 1..lines[at + 1].span.end - 1;
        return Some(parts(line, span, &next[1..next.len() - 1], inner, 2));
    }
    if let Some(open) = groups_at_end(line) {
        let groups = &line[open..];
        let before = line[..open].trim_end();
        let first = before.split(' ').next().unwrap_or_default();
        let several = groups.contains(") (");
        if button || several || names.knows(before) || TITLES.contains(&first) || groups == "(in the Chair)" {
            let inner = span.start + open + 1..span.end - 1;
            let name = span.start..span.start + before.len();
            return Some(parts(before, name, &groups[1..groups.len() - 1], inner, 1));
        }
    }
    (button || names.knows(line)).then_some(Speaker { name: span, detail: None, presides: false, lines: 1 })
}

/// A name with what stands in brackets after it. An office before a name changes places with it.
fn parts(before: &str, span: Range<usize>, groups: &str, inner: Range<usize>, lines: usize) -> Speaker {
    let presides = groups.eq_ignore_ascii_case("in the chair");
    let is_office = before.starts_with("The ") && is_person(groups) && !groups.contains(") (");
    let (name, detail) = if is_office { (inner, span) } else { (span, inner) };
    Speaker { name, detail: Some(detail), presides, lines }
}

/// Whether what stands in brackets after `The …` is somebody's name rather than a party or a place.
fn is_person(groups: &str) -> bool {
    groups.split(' ').count() >= 2 && !groups.to_ascii_lowercase().starts_with("in the ")
}

/// Whether only the site's lines, marks and times stand between the line and the start of its block.
fn follows_mark(lines: &[Line], at: usize, text: &str) -> bool {
    let mut above = at;
    while above > 0 && !lines[above].starts_block {
        above -= 1;
        if kind_of(&text[lines[above].span.clone()]) == Kind::Words {
            return false;
        }
    }
    true
}

/// Whether a line could name somebody: short, and no sentence.
fn may_name(line: &str) -> bool {
    let before = groups_at_end(line).map_or(line, |open| line[..open].trim_end());
    line.len() <= LONGEST_LABEL
        && line.starts_with(char::is_uppercase)
        && !before.is_empty()
        && !before.ends_with(['.', '?', '!', ':', ';', ',', '—', '–', '”', '"'])
        && before.split(' ').count() <= 22
}

/// Whether a line is brackets and nothing else: `(Forest of Dean) (Con)`.
fn is_groups(line: &str) -> bool {
    line.starts_with('(') && groups_at_end(line) == Some(0)
}

/// Where the brackets at the end of a line begin, one pair or several.
fn groups_at_end(line: &str) -> Option<usize> {
    let mut start = None;
    let mut rest = line;
    while let Some(inner) = rest.strip_suffix(')') {
        let open = inner.rfind('(')?;
        let words = &inner[open + 1..];
        if words.is_empty() || words.len() > 90 || !words.starts_with(|c: char| c.is_alphabetic()) {
            return start;
        }
        start = Some(open);
        rest = line[..open].trim_end();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_columns_are_found_alone_and_among_words() {
        assert_eq!(kind_of("Column 331WH"), Kind::Column("331WH"));
        assert_eq!(kind_of("Toggle showing location of Column 331WH"), Kind::Column("331WH"));
        assert_eq!(
            kind_of("Column 331 is located hereToggle showing location of Column 331"),
            Kind::Column("331")
        );
        assert_eq!(kind_of("Column 331 of the report says so"), Kind::Words);
        assert_eq!(column_marks("aToggle showing location of Column 3Promise")[0].1, "3");
        let line = "made hisToggle showing location of Column 321promise";
        let marks = column_marks(line);
        assert_eq!(marks.len(), 1);
        assert_eq!(
            (&line[..marks[0].0.start], &line[marks[0].0.end..], marks[0].1),
            ("made his", "promise", "321")
        );
    }

    #[test]
    fn times_and_divisions_are_whole_lines() {
        for time in ["2.30 pm", "14:30:00", "4.5 pm"] {
            assert_eq!(kind_of(time), Kind::Time, "{time}");
        }
        for words in ["2012", "14:30", "Division of labour", "Division"] {
            assert_eq!(kind_of(words), Kind::Words, "{words}");
        }
        assert_eq!(kind_of("Division 12"), Kind::Division);
        assert_eq!(kind_of("Division No. 12]"), Kind::Division);
    }

    #[test]
    fn a_line_names_somebody_only_in_the_ways_of_the_page() {
        let found = |text: &str| {
            let lines = of(text);
            speaker(&Names::default(), &lines, 0, text, true).map(|found| {
                let detail = found.detail.map(|range| text[range].to_owned());
                (text[found.name].to_owned(), detail.unwrap_or_default())
            })
        };
        let is = |name: &str, detail: &str| Some((name.to_owned(), detail.to_owned()));
        assert_eq!(found("Ann Lee (Hull) (Lab)\n\nWords."), is("Ann Lee", "Hull) (Lab"));
        assert_eq!(found("Ann Lee\n(Hull) (Lab)\n\nWords."), is("Ann Lee", "Hull) (Lab"));
        assert_eq!(
            found("The Minister for Bridges (Mr Bo Ray)\n\nWords."),
            is("Mr Bo Ray", "The Minister for Bridges")
        );
        assert_eq!(found("Bo Ray\nShare this contribution\n\nWords."), is("Bo Ray", ""));
        assert_eq!(found("Hon. Members\n\nOh!"), is("Hon. Members", ""));
        assert_eq!(found("Bo Ray\n\nWords."), None);
        assert_eq!(found("We thank them (all of them)\n\nWords."), None);
    }
}
