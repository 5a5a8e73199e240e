//! Where a file that holds many debates is divided: a day of parlparse at its headings, a volume of
//! historic Hansard at its sittings and their sections, one of Akoma Ntoso at its days and their
//! sections. One pass over the file as a stream; nothing of
//! it is kept but where the pieces begin and end. Put end to end, the pieces are the file.

mod sections;

use super::conventions;
use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::rc::Rc;

/// At what a file is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// At the headings: a piece for each debate.
    Headings,
    /// At the days: a piece for each sitting.
    Day,
}

/// A piece of a file, as a document of its own.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Piece {
    /// What stands before it from the head of the file: a declaration, the outermost tag.
    pub head: Range<u64>,
    /// Tags that the elements round it need at their start.
    pub opening: String,
    /// Its bytes in the file.
    pub range: Range<u64>,
    /// The end tags of the elements round it.
    pub closing: String,
}

/// A divided file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Division {
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
    /// What belongs to no piece: the element, and how many words are in it.
    pub left_out: Vec<(String, usize)>,
}

/// No single piece of markup or run of words is longer than this, in bytes.
const LONGEST_RUN: u64 = 64 << 20;

/// Whether files in a format may hold many debates, and are divided.
pub fn is_divided(format: &str) -> bool {
    matches!(format, "parlparse" | "historic-hansard" | "akoma-ntoso")
}

impl Split {
    /// Where files in a format are divided where nobody says where. Sections of Akoma Ntoso are
    /// the parts of one debate as often as debates of one day.
    pub fn of(format: &str) -> Self {
        if format == "akoma-ntoso" { Split::Day } else { Split::Headings }
    }
}

/// Divides a file in a format that holds many debates; `None` where the format holds one. An error is
/// one of the XML or of reading it.
pub fn divide(format: &str, file: impl BufRead, split: Split) -> Result<Option<Division>, quick_xml::Error> {
    match format {
        "parlparse" => Ok(Some(parlparse(file, split)?)),
        "historic-hansard" => Ok(Some(historic(file, split)?)),
        "akoma-ntoso" => Ok(Some(sections::divide(file, split)?)),
        _ => Ok(None),
    }
}

/// A reader that shows every byte beyond ASCII as a letter, so that positions in the file stay what
/// they are whatever its encoding, and that refuses a run without end.
struct Masked<R> {
    inner: R,
    buffer: Box<[u8]>,
    filled: Range<usize>,
    run: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Masked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(out.len());
        out[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Masked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.filled.is_empty() {
            let count = self.inner.read(&mut self.buffer)?;
            self.buffer[..count].iter_mut().filter(|byte| !byte.is_ascii()).for_each(|byte| *byte = b'x');
            self.filled = 0..count;
            let run = self.run.get() + count as u64;
            self.run.set(run);
            if run > LONGEST_RUN {
                let reason = format!("more than {} MiB without a tag", LONGEST_RUN >> 20);
                return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
            }
        }
        Ok(&self.buffer[self.filled.clone()])
    }

    fn consume(&mut self, count: usize) {
        self.filled.start += count;
    }
}

/// The events of a file with their places.
struct Scan<R> {
    reader: Reader<Masked<R>>,
    run: Rc<Cell<u64>>,
    buffer: Vec<u8>,
}

/// The value of the attribute in which a tag may state a day.
fn day_of(tag: &BytesStart<'_>) -> Option<String> {
    let states = |attribute: &Attribute<'_>| matches!(attribute.key.as_ref(), "format" | "time" | "date");
    tag.attributes().flatten().find(states).map(|attribute| attribute.value.into_owned())
}

/// What a scan tells of an event; of a tag, its name and the day that it may state.
enum Seen {
    Start(String, Option<String>),
    Empty(String, Option<String>),
    End(String),
    Text(String),
    Declaration,
    Other,
    Finish,
}

impl<R: BufRead> Scan<R> {
    fn new(inner: R) -> Self {
        let run = Rc::new(Cell::new(0));
        let buffer = vec![0; 1 << 16].into_boxed_slice();
        let reader = Reader::from_reader(Masked { inner, buffer, filled: 0..0, run: run.clone() });
        Scan { reader, run, buffer: Vec::new() }
    }

    fn next(&mut self) -> Result<(Range<u64>, Seen), quick_xml::Error> {
        let start = self.reader.buffer_position();
        self.buffer.clear();
        let seen = match self.reader.read_event_into(&mut self.buffer)? {
            Event::Start(tag) => Seen::Start(tag.name().as_ref().to_owned(), day_of(&tag)),
            Event::Empty(tag) => Seen::Empty(tag.name().as_ref().to_owned(), day_of(&tag)),
            Event::End(tag) => Seen::End(tag.name().as_ref().to_owned()),
            Event::Text(words) => Seen::Text(words.to_string()),
            Event::CData(words) => Seen::Text(words.to_string()),
            Event::Decl(_) => Seen::Declaration,
            Event::Eof => Seen::Finish,
            _ => Seen::Other,
        };
        self.run.set(0);
        Ok((start..self.reader.buffer_position(), seen))
    }
}

/// A heading of a parlparse file.
struct Heading {
    at: u64,
    /// Of the first rank, rather than one within a debate.
    major: bool,
    /// Whether it only says who is in the chair.
    chair: bool,
    /// Whether words were spoken between the heading before and this one.
    after_words: bool,
}

fn parlparse(file: impl BufRead, split: Split) -> Result<Division, quick_xml::Error> {
    let mut scan = Scan::new(file);
    let (mut depth, mut head, mut end) = (0, 0, 0);
    let mut headings: Vec<Heading> = Vec::new();
    let (mut words, mut heading) = (false, None::<String>);
    loop {
        let (range, seen) = scan.next()?;
        match seen {
            Seen::Start(name, _) => {
                depth += 1;
                match depth {
                    1 => head = range.end,
                    2 if name.ends_with("-heading") => {
                        heading = Some(String::new());
                        headings.push(Heading {
                            at: range.start,
                            major: name != "minor-heading",
                            chair: false,
                            after_words: std::mem::take(&mut words),
                        });
                    }
                    2 => words |= name != "gidredirect",
                    _ => {}
                }
            }
            Seen::Empty(name, _) => words |= depth == 1 && name != "gidredirect",
            Seen::Text(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Seen::End(_) => {
                if depth == 2
                    && let Some(text) = heading.take()
                    && let Some(last) = headings.last_mut()
                {
                    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    last.chair = conventions::chair(&text).is_some();
                }
                if depth == 1 {
                    end = range.start;
                }
                depth -= 1;
            }
            Seen::Finish => break,
            Seen::Declaration | Seen::Other => {}
        }
    }
    let mut cuts = Vec::new();
    if split == Split::Headings {
        let majors = headings.iter().any(|heading| heading.major && !heading.chair);
        let mut words = false;
        // A chair's line straight before a title belongs to what follows.
        let mut chair_before = None;
        for heading in &headings {
            words |= heading.after_words;
            if heading.after_words {
                chair_before = None;
            }
            if heading.chair {
                chair_before.get_or_insert(heading.at);
            } else if heading.major || !majors {
                let at = chair_before.take().unwrap_or(heading.at);
                if words {
                    cuts.push(at);
                }
                words = false;
            }
        }
    }
    let starts = std::iter::once(head).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(end));
    let pieces = starts.zip(ends).map(|(start, end)| Piece {
        head: 0..head,
        opening: String::new(),
        range: start..end,
        closing: "</publicwhip>\n".to_owned(),
    });
    Ok(Division { pieces: pieces.collect(), left_out: Vec::new() })
}

/// The elements that hold one sitting of a historic volume.
const SITTINGS: [&str; 3] = ["housecommons", "houselords", "westminsterhall"];

fn historic(file: impl BufRead, split: Split) -> Result<Division, quick_xml::Error> {
    let mut scan = Scan::new(file);
    let mut division = Division::default();
    let mut stack: Vec<String> = Vec::new();
    let mut declaration = 0..0;
    // Of the sitting now read: how many elements it stands in, its date, its column.
    let mut sitting: Option<usize> = None;
    let (mut date, mut column) = (None::<String>, None::<String>);
    let mut piece = Piece::default();
    let mut words = false;
    loop {
        let (range, seen) = scan.next()?;
        match seen {
            Seen::Declaration => declaration = range,
            Seen::Start(name, format) => {
                let parent = stack.last().map_or("", String::as_str);
                if sitting.is_none() && SITTINGS.contains(&name.as_str()) {
                    sitting = Some(stack.len());
                    (date, column, words) = (None, None, false);
                    piece = Piece {
                        head: declaration.clone(),
                        range: range.start..range.start,
                        ..Piece::default()
                    };
                } else if let Some(base) = sitting
                    && split == Split::Headings
                    && parent == "debates"
                    && words
                {
                    let closing: String =
                        stack[base..].iter().rev().map(|name| format!("</{name}>")).collect();
                    let mut opening = format!("<{}>", stack[base]);
                    if let Some(date) = &date {
                        opening.push_str(&format!("<date format=\"{date}\"/>"));
                    }
                    if let Some(column) = &column {
                        opening.push_str(&format!("<col>{column}</col>"));
                    }
                    stack[base + 1..].iter().for_each(|name| opening.push_str(&format!("<{name}>")));
                    let next = Piece {
                        head: declaration.clone(),
                        opening,
                        range: range.start..range.start,
                        closing: String::new(),
                    };
                    let mut done = std::mem::replace(&mut piece, next);
                    done.range.end = range.start;
                    done.closing = closing;
                    division.pieces.push(done);
                    words = false;
                }
                if name == "date" {
                    date = date.or(format);
                }
                stack.push(name);
            }
            Seen::End(name) => {
                stack.pop();
                if sitting == Some(stack.len()) && SITTINGS.contains(&name.as_str()) {
                    sitting = None;
                    piece.range.end = range.end;
                    division.pieces.push(std::mem::take(&mut piece));
                }
            }
            Seen::Text(text) => {
                let count = text.split_whitespace().count();
                let within = stack.last().map_or("", String::as_str);
                if count == 0 {
                    continue;
                }
                match sitting {
                    Some(_) if within == "col" => column = Some(text.trim().to_owned()),
                    Some(_) => words |= within != "title" && stack.iter().any(|name| name == "debates"),
                    None => {
                        let outer = stack.get(1).cloned().unwrap_or_default();
                        match division.left_out.iter_mut().find(|(name, _)| *name == outer) {
                            Some((_, words)) => *words += count,
                            None => division.left_out.push((outer, count)),
                        }
                    }
                }
            }
            Seen::Finish => break,
            Seen::Empty(..) | Seen::Other => {}
        }
    }
    Ok(division)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(format: &str, text: &str, split: Split) -> Vec<String> {
        let division = divide(format, text.as_bytes(), split).expect("it is read").expect("it is divided");
        let slice = |range: &Range<u64>| &text[range.start as usize..range.end as usize];
        let document = |piece: &Piece| {
            format!("{}{}{}{}", slice(&piece.head), piece.opening, slice(&piece.range), piece.closing)
        };
        division.pieces.iter().map(document).collect()
    }

    const DAY: &str = "<publicwhip a=\"b\"><gidredirect/><oral-heading>O</oral-heading><major-heading>A</major-heading>\
         <minor-heading>a</minor-heading><speech>1</speech><minor-heading>b</minor-heading><speech>2</speech>\
         <major-heading>[X in the Chair]</major-heading><speech>3</speech><major-heading>B</major-heading>\
         <division/></publicwhip>";

    #[test]
    fn a_day_is_divided_at_its_debates_and_a_chair_line_divides_nothing() {
        let pieces = pieces("parlparse", DAY, Split::Headings);
        assert_eq!(pieces.len(), 2, "{pieces:#?}");
        assert!(pieces[0].contains("<oral-heading>O") && pieces[0].contains(">3<"));
        assert_eq!(
            pieces[1],
            "<publicwhip a=\"b\"><major-heading>B</major-heading><division/></publicwhip>\n"
        );
    }

    #[test]
    fn without_headings_of_the_first_rank_the_others_divide_and_a_chair_before_a_title_goes_with_it() {
        let day = "<publicwhip><minor-heading>A</minor-heading><speech/><minor-heading>[X in the Chair]</minor-heading>\
             <minor-heading>B</minor-heading><speech/></publicwhip>";
        let pieces = pieces("parlparse", day, Split::Headings);
        assert_eq!(pieces[0], "<publicwhip><minor-heading>A</minor-heading><speech/></publicwhip>\n");
        assert!(pieces[1].contains("[X in the Chair]"));
    }

    #[test]
    fn the_pieces_put_end_to_end_are_the_file() {
        for split in [Split::Headings, Split::Day] {
            let division =
                divide("parlparse", DAY.as_bytes(), split).expect("it is read").expect("it is divided");
            let ends: Vec<_> = division.pieces.iter().map(|piece| piece.range.clone()).collect();
            assert_eq!(ends.first().map(|range| range.start), Some(18));
            assert_eq!(ends.last().map(|range| range.end), Some(DAY.len() as u64 - 13));
            assert!(ends.windows(2).all(|pair| pair[0].end == pair[1].start));
        }
    }

    #[test]
    fn a_volume_is_divided_at_its_sittings_and_their_sections() {
        let volume = "<?xml version=\"1.0\"?><hansard><titlepage><p>THE DEBATES</p></titlepage><houselords><col>1</col>\
             <date format=\"1909-02-16\">Tuesday</date><p>Met.</p><debates><section><title>A</title></section>\
             <section><title>B</title><p>words<col>2</col></p></section><section><title>C</title><p>é</p></section></debates>\
             </houselords><houselords><debates><section><p>x</p></section></debates></houselords></hansard>";
        let whole =
            divide("historic-hansard", volume.as_bytes(), Split::Day).expect("read").expect("divided");
        assert_eq!(whole.left_out, [("titlepage".to_owned(), 2)]);
        assert_eq!(whole.pieces.len(), 2);
        let pieces = pieces("historic-hansard", volume, Split::Headings);
        assert_eq!(pieces.len(), 3, "{pieces:#?}");
        assert!(pieces[0].ends_with("</section></debates></houselords>"));
        assert_eq!(
            pieces[1],
            "<?xml version=\"1.0\"?><houselords><date format=\"1909-02-16\"/><col>2</col><debates>\
             <section><title>C</title><p>é</p></section></debates></houselords>"
        );
    }

    #[test]
    fn a_run_without_end_is_refused_in_bounded_memory() {
        let endless = io::repeat(b'a').take(LONGEST_RUN * 4);
        let file = io::BufReader::new(io::Cursor::new("<publicwhip>").chain(endless));
        assert!(divide("parlparse", file, Split::Day).is_err());
    }
}
