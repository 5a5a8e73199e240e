//! HTML that no template may get wrong: the record's words with their marks, and editors' prose with
//! its holes filled.

use crate::model::{
    Align, BlockQuotation, Debate, Inline, InlineKind, Marker, Paragraph, ParagraphKind, Piece, Prose, Table,
    Votes, WholeParagraph,
};
use crate::permalink::Linker;
use crate::text::{Direction, direction, direction_of};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use std::fmt::Write;

/// Escapes text for an element's content.
fn escape(out: &mut String, text: &str) {
    let _ = escape_html_body_text(out, text);
}

/// Escapes text for an attribute in double quotation marks.
fn escape_attribute(out: &mut String, text: &str) {
    let _ = escape_html(out, text);
}

/// The attributes of words in another language than what they stand in.
fn language_attributes(out: &mut String, language: &str) {
    out.push_str(" lang=\"");
    escape_attribute(out, language);
    let _ = write!(out, "\" dir=\"{}\"", direction(language).word());
}

/// One set of words with a note on it: the bytes, and the index of the note among the debate's.
pub struct Mark {
    /// First byte of the words.
    pub start: usize,
    /// Just past their last byte.
    pub end: usize,
    /// Which annotation of the debate.
    pub annotation: usize,
}

/// The marks of each paragraph that has any, by the paragraph's index: one pass over the notes.
pub fn marks(debate: &Debate) -> Vec<Vec<Mark>> {
    let mut marks: Vec<Vec<Mark>> = Vec::new();
    marks.resize_with(debate.record.paragraphs.len(), Vec::new);
    for (annotation, note) in debate.annotations.iter().enumerate() {
        for passage in note.passages.iter().filter(|passage| passage.whole == WholeParagraph::No) {
            let range = passage.range.range();
            marks[passage.paragraph].push(Mark { start: range.start, end: range.end, annotation });
        }
    }
    marks
}

/// The element of a paragraph. Its text content is the paragraph's words, to the character.
pub fn paragraph_element(debate: &Debate, paragraph: &Paragraph, marks: &[Mark]) -> String {
    let words = debate.record.words(paragraph);
    let mut out = String::with_capacity(words.len() + 64 + marks.len() * 64);
    let (tag, class) = match &paragraph.kind {
        ParagraphKind::Plain => ("p", ""),
        ParagraphKind::Quotation => ("p", "quoted"),
        ParagraphKind::ListItem(Marker::Continued) => ("p", "item continued"),
        ParagraphKind::ListItem(Marker::Bullet) => ("p", "item bullet"),
        ParagraphKind::ListItem(Marker::Number(_)) => ("p", "item numbered"),
        ParagraphKind::Procedural => ("p", "procedural"),
        ParagraphKind::Motion => ("p", "motion"),
        ParagraphKind::Votes(_) => ("ul", "votes"),
        ParagraphKind::Code(_) => ("pre", ""),
        ParagraphKind::Table(_) => ("table", ""),
    };
    let _ = write!(out, "<{tag} id=\"{}\"", paragraph.id);
    if !class.is_empty() {
        let _ = write!(out, " class=\"{class}\"");
    }
    if let ParagraphKind::ListItem(Marker::Number(number)) = paragraph.kind {
        let _ = write!(out, " data-number=\"{number}\"");
    }
    if let Some(language) = &paragraph.language {
        language_attributes(&mut out, language);
    }
    // Nobody says in what language captions are; their letters say which way they are written.
    if paragraph.language.is_none()
        && debate.particulars.language.is_none()
        && direction_of(words) == Direction::RightToLeft
    {
        let _ = write!(out, " dir=\"{}\"", Direction::RightToLeft.word());
    }
    out.push('>');
    // A parser drops a line break straight after <pre>.
    if tag == "pre" && words.starts_with('\n') {
        out.push('\n');
    }
    let mut run = Run { debate, paragraph, words, marks, ahead: &paragraph.inlines, out: &mut out };
    match &paragraph.kind {
        ParagraphKind::Table(table) => run.table(table),
        ParagraphKind::Votes(votes) => run.votes(votes),
        _ => run.write(0..words.len()),
    }
    let _ = write!(out, "</{tag}>");
    out
}

/// The words of one paragraph being written.
struct Run<'a> {
    debate: &'a Debate,
    paragraph: &'a Paragraph,
    words: &'a str,
    marks: &'a [Mark],
    /// The inlines that what is yet to be written may be under.
    ahead: &'a [Inline],
    out: &'a mut String,
}

impl Run<'_> {
    /// Rows and cells. Tabs and line breaks between them are part of the words, and parsers keep
    /// white space there.
    fn table(&mut self, table: &Table) {
        let mut at = 0;
        let head = table.head_rows as usize;
        let count = table.row_ends.len();
        for (number, row) in table.rows().enumerate() {
            if let Some(first) = row.first() {
                self.gap(&mut at, first.range().start);
            }
            if number == 0 {
                self.out.push_str(if head > 0 { "<thead>" } else { "<tbody>" });
            } else if number == head {
                self.out.push_str("</thead><tbody>");
            }
            self.out.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                let range = cell.range();
                self.gap(&mut at, range.start);
                let tag = if number < head { "th" } else { "td" };
                let class = match table.columns.get(column) {
                    Some(Align::Right) => " class=\"right\"",
                    Some(Align::Centre) => " class=\"center\"",
                    _ => "",
                };
                let _ = write!(self.out, "<{tag}{class}>");
                self.write(range.clone());
                let _ = write!(self.out, "</{tag}>");
                at = range.end;
            }
            self.out.push_str("</tr>");
            if number + 1 == count {
                self.out.push_str(if number < head { "</thead>" } else { "</tbody>" });
            }
        }
        let end = self.words.len();
        self.gap(&mut at, end);
    }

    /// Names, one to an item. What stands between them is part of the words.
    fn votes(&mut self, votes: &Votes) {
        let mut at = 0;
        let mut tellers = votes.tellers.iter().peekable();
        for (number, name) in votes.names.iter().enumerate() {
            let range = name.range();
            // Between items there may be white space, and nothing else is put there.
            self.gap(&mut at, range.start);
            let tells = tellers.next_if(|teller| **teller as usize == number).is_some();
            self.out.push_str(if tells { "<li class=\"teller\">" } else { "<li>" });
            self.write(range.clone());
            self.out.push_str("</li>");
            at = range.end;
        }
        let end = self.words.len();
        self.gap(&mut at, end);
    }

    fn gap(&mut self, at: &mut usize, to: usize) {
        if to > *at {
            escape(self.out, &self.words[*at..to]);
            *at = to;
        }
    }

    /// The milestones at an offset: empty elements, so that the words stay the words.
    fn milestones(&mut self, at: usize) {
        let inlines = &self.paragraph.inlines;
        let first = inlines.partition_point(|inline| (inline.range.start as usize) < at);
        for inline in inlines[first..].iter().take_while(|inline| inline.range.start as usize == at) {
            let (class, value) = match &inline.kind {
                InlineKind::Column(column) => ("column", column),
                InlineKind::Time(time) => ("time", time),
                _ => continue,
            };
            let _ = write!(self.out, "<span class=\"{class}\" data-{class}=\"");
            escape_attribute(self.out, value);
            self.out.push_str("\"></span>");
        }
    }

    /// Writes a range of the words: overlapping marks flattened into disjoint segments, each one
    /// `<mark>` that names all its notes, with emphasis and links inside. Ranges come in their order, so
    /// that each cell of a table looks at what is in it and no further.
    fn write(&mut self, range: std::ops::Range<usize>) {
        while let [first, rest @ ..] = self.ahead
            && first.range.end as usize <= range.start
        {
            self.ahead = rest;
        }
        let within = self.ahead.partition_point(|inline| (inline.range.start as usize) < range.end);
        let inlines = &self.ahead[..within];
        let over = |mark: &&Mark| mark.start < range.end && mark.end > range.start;
        let marks: Vec<&Mark> = self.marks.iter().filter(over).collect();
        if marks.is_empty() && inlines.is_empty() {
            return escape(self.out, &self.words[range]);
        }
        let mut edges: Vec<usize> = vec![range.start, range.end];
        edges.extend(marks.iter().flat_map(|mark| [mark.start, mark.end]));
        edges.extend(
            inlines.iter().flat_map(|inline| [inline.range.start as usize, inline.range.end as usize]),
        );
        edges.retain(|edge| range.contains(edge) || *edge == range.end);
        edges.sort_unstable();
        edges.dedup();
        let mut mark_sweep = Sweep::new(marks.iter().map(|mark| (mark.start, mark.end)));
        let mut inline_sweep =
            Sweep::new(inlines.iter().map(|inline| (inline.range.start as usize, inline.range.end as usize)));
        for pair in edges.windows(2) {
            let (start, end) = (pair[0], pair[1]);
            let noted = mark_sweep.over(start);
            if !noted.is_empty() {
                self.open_mark(noted.iter().map(|&mark| marks[mark]), end);
            }
            self.milestones(start);
            let open = inline_sweep.over(start);
            for &inline in open {
                open_inline(self.out, &inlines[inline].kind);
            }
            escape(self.out, &self.words[start..end]);
            for &inline in open.iter().rev() {
                close_inline(self.out, &inlines[inline].kind);
            }
            if !noted.is_empty() {
                self.out.push_str("</mark>");
            }
        }
    }

    /// The start of a segment under some notes, the outer before the inner. The style sheet gives it the hue of
    /// the inner one's kind, and where a note ends the note's number (`data-n`), which is no part of the text.
    fn open_mark<'m>(&mut self, over: impl Iterator<Item = &'m Mark>, end: usize) {
        let mut inner = 0;
        // Each note once, with whether it ends here.
        let mut notes: Vec<(usize, bool)> = Vec::new();
        for mark in over {
            inner = mark.annotation;
            match notes.iter_mut().find(|(note, _)| *note == inner) {
                Some((_, ends)) => *ends |= mark.end == end,
                None => notes.push((inner, mark.end == end)),
            }
        }
        notes.sort_unstable();
        let of = |note: usize| &self.debate.annotations[note];
        let _ = write!(self.out, "<mark class=\"kind-{}", of(inner).kind.word());
        if notes.len() > 1 {
            self.out.push_str(" more");
        }
        let _ = write!(self.out, "\" aria-details=\"n-{}\" data-notes=\"", of(inner).id);
        for (at, (note, _)) in notes.iter().enumerate() {
            let _ = write!(self.out, "{}n-{}", if at == 0 { "" } else { " " }, of(*note).id);
        }
        let mut before = "\" data-n=\"";
        for (note, _) in notes.iter().filter(|(_, ends)| *ends) {
            let _ = write!(self.out, "{before}{}", note + 1);
            before = " ";
        }
        self.out.push_str("\">");
    }
}

/// Which of some ranges lie over a position that only moves forward: a sweep line.
struct Sweep {
    ranges: Vec<(usize, usize, usize)>,
    next: usize,
    active: Vec<usize>,
    ends: Vec<usize>,
}

impl Sweep {
    fn new(ranges: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut ranges: Vec<_> = ranges.enumerate().map(|(at, (start, end))| (start, end, at)).collect();
        ranges.sort_by_key(|&(start, end, at)| (start, std::cmp::Reverse(end), at));
        Sweep { ranges, next: 0, active: Vec::new(), ends: Vec::new() }
    }

    /// The numbers of the ranges over `position`, the outer before the inner.
    fn over(&mut self, position: usize) -> &[usize] {
        let mut kept = self.ends.iter().map(|&end| end > position);
        self.active.retain(|_| kept.next().unwrap_or(false));
        self.ends.retain(|&end| end > position);
        while let Some(&(start, end, at)) =
            self.ranges.get(self.next).filter(|(start, ..)| *start <= position)
        {
            self.next += 1;
            if end > position && start < end {
                self.active.push(at);
                self.ends.push(end);
            }
        }
        &self.active
    }
}

fn is_web_address(target: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme))
}

fn open_inline(out: &mut String, kind: &InlineKind) {
    match kind {
        InlineKind::Emphasis => out.push_str("<em>"),
        InlineKind::Strong => out.push_str("<strong>"),
        InlineKind::Code => out.push_str("<code>"),
        InlineKind::Superscript => out.push_str("<sup>"),
        InlineKind::Subscript => out.push_str("<sub>"),
        InlineKind::Remark => out.push_str("<span class=\"remark\">"),
        InlineKind::Link(link) if is_web_address(&link.href) => {
            out.push_str("<a href=\"");
            escape_attribute(out, &link.href);
            out.push_str("\">");
        }
        InlineKind::Link(_) => out.push_str("<span>"),
        InlineKind::Column(_) | InlineKind::Time(_) => {}
    }
}

fn close_inline(out: &mut String, kind: &InlineKind) {
    out.push_str(match kind {
        InlineKind::Emphasis => "</em>",
        InlineKind::Strong => "</strong>",
        InlineKind::Code => "</code>",
        InlineKind::Superscript => "</sup>",
        InlineKind::Subscript => "</sub>",
        InlineKind::Link(link) if is_web_address(&link.href) => "</a>",
        InlineKind::Link(_) | InlineKind::Remark => "</span>",
        InlineKind::Column(_) | InlineKind::Time(_) => "",
    });
}

/// Editors' prose on a page: addresses relative to the page, ids with `prefix`.
pub fn prose(prose: &Prose, linker: &Linker, prefix: &str) -> String {
    let mut out = String::new();
    for piece in &prose.pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Address(destination) => escape_attribute(&mut out, &linker.href(destination)),
            Piece::IdPrefix => out.push_str(prefix),
            Piece::Callout(callout) => escape(&mut out, linker.wording().callout(*callout)),
            Piece::Quotation(quotation) => block_quotation(&mut out, quotation, linker),
        }
    }
    out
}

fn block_quotation(out: &mut String, quotation: &BlockQuotation, linker: &Linker) {
    out.push_str("<figure class=\"quotation\">");
    for (part, language) in &quotation.parts {
        out.push_str("<blockquote");
        if let Some(language) = language.as_deref().filter(|tag| *tag != linker.language()) {
            language_attributes(out, language);
        }
        out.push('>');
        escape(out, part);
        out.push_str("</blockquote>");
    }
    out.push_str("<figcaption>— ");
    if let Some((name, office)) = &quotation.speaker {
        escape(out, name);
        if let Some(office) = office {
            out.push_str(", ");
            escape(out, office);
        }
        out.push_str(", ");
    }
    out.push_str("<a href=\"");
    escape_attribute(out, &linker.href(&quotation.at));
    out.push_str("\">");
    escape(out, &linker.wording().place(&quotation.cited));
    out.push_str("</a></figcaption></figure>\n");
}
