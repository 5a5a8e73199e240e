//! The quotations in a tree, wherever they stand and however they are typed, each with the links that
//! may say where its words are from. What a link leads to is for others to know.
//!
//! A quotation is words in quotation marks (over several paragraphs, where a mark opens each of them),
//! words in `<q>`, or a block quote. It cites every link that is on some of its words, stands beside it,
//! is in its attribution or its footnote; a link elsewhere in the same sentence may be its source too.

use super::block::{Parts, Plain, following, undashed};
use super::line::{Line, is_beside, is_marks, is_punctuation};
use super::marks::{self, End, Marked, Marks};
use super::run::Run;
use super::titles;
use super::tree::{Kind, Link, Node};
use crate::text::{Span, word_count};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How many words in quotation marks make a quotation that wants a source. Fewer are a term or a turn
/// of phrase, unless something is cited for them.
pub const WORDS: usize = 4;

/// At most so many links of a sentence are looked at for one quotation.
const NEARBY: usize = 8;

/// A quoted passage.
#[derive(Debug, Clone)]
pub struct Quotation<'t> {
    /// The words, without the marks round them; paragraphs are parted by an empty line.
    pub words: String,
    /// The words up to a mark that may close the quotation or may be an apostrophe (`the workers’ rights`).
    pub shorter: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// In what form.
    pub form: Form<'t>,
    /// What may say where the words are from, the closest tie first.
    pub cited: Vec<Cited<'t>>,
    /// Words in it that are struck through or marked as put in.
    pub edited: Option<Span>,
    /// What stands round it in its paragraph, or before a block quote that a colon announces.
    pub around: Around,
}

impl<'t> Quotation<'t> {
    /// The words at `inner` of a line, in marks that make it `outer`.
    pub(super) fn of(
        run: &Run<'_>,
        outer: &Range<usize>,
        inner: &Range<usize>,
        cited: Vec<Cited<'t>>,
    ) -> Self {
        Quotation {
            words: run.text[inner.clone()].trim().to_owned(),
            shorter: None,
            span: run.span(outer),
            form: Form::Marked,
            cited,
            edited: edited(run, inner),
            around: Around::of(&run.text, outer),
        }
    }
}

/// The words before and after a quotation in its paragraph: as many as can name who spoke.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Before its opening mark.
    pub before: String,
    /// After its closing mark.
    pub after: String,
}

impl Around {
    /// So many bytes are looked at on each side.
    const NEAR: usize = 240;

    fn of(text: &str, outer: &Range<usize>) -> Self {
        let mut from = outer.start.saturating_sub(Self::NEAR);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let mut to = (outer.end + Self::NEAR).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        Around { before: text[from..outer.start].to_owned(), after: text[outer.end..to].to_owned() }
    }
}

/// The forms a quotation takes.
#[derive(Debug, Clone)]
pub enum Form<'t> {
    /// In quotation marks or `<q>`.
    Marked,
    /// A mark opens it, and none closes it: it goes on to the end of its paragraph.
    Unclosed,
    /// A block quote: its node, and who is named as having said it.
    Block(&'t Node, Option<Attribution>),
}

/// A link, and what ties it to a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited<'t> {
    /// The link.
    pub link: &'t Link,
    /// The tie.
    pub tie: Tie,
}

/// What ties a link to a quotation, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// It is on some of the words, or is what the element cites.
    On,
    /// It stands in the attribution.
    Attribution,
    /// It stands beside the quotation, with nothing but punctuation between.
    Beside,
    /// It stands in the quotation's footnote.
    Footnote,
    /// It stands elsewhere in the sentence.
    Sentence,
}

/// The line that says who said a block quotation.
#[derive(Debug, Clone)]
pub struct Attribution {
    /// Its words, without the dash before them.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether the block quote holds nothing but plain words beside it, so that the record's own words
    /// and their citation can stand in the place of both.
    pub replaceable: bool,
}

/// Every quotation in a tree, in order.
pub fn quotations(nodes: &[Node]) -> Vec<Quotation<'_>> {
    survey(nodes).0
}

/// Every quotation in a tree, in order, and how many words in quotation marks were passed over because they
/// are fewer than [`WORDS`] and cite nothing.
pub fn survey(nodes: &[Node]) -> (Vec<Quotation<'_>>, usize) {
    let mut footnotes = HashMap::new();
    collect_footnotes(nodes, &mut footnotes);
    let mut finder = Finder {
        footnotes,
        claimed: HashSet::new(),
        reserved: HashSet::new(),
        found: Vec::new(),
        passed_over: 0,
    };
    finder.container(nodes, Within::Prose);
    titles::collect(nodes, &mut finder.found);
    finder.found.sort_by_key(|quotation| (quotation.span.start, std::cmp::Reverse(quotation.span.end)));
    (finder.found, finder.passed_over)
}

/// Whether the paragraph before a block, or the attribution after it, says whose words it is.
fn is_announced(before: Option<&Run<'_>>, after: &[Node]) -> bool {
    let announces = |run: &Run<'_>| run.text.trim_end().ends_with(':') && !run.links.is_empty();
    before.is_some_and(announces) || following(after).is_some_and(|run| !run.links.is_empty())
}

/// The quotations in the value of a key that is one line of text and has no markup.
pub fn in_line(text: &str, span: Span) -> Vec<Quotation<'static>> {
    let run = Run::line(text, span);
    let marked = Marks::new(&run.text, 0, |_| false)
        .map(|marked| Quotation { span, ..Quotation::of(&run, &marked.outer, &marked.inner, Vec::new()) });
    marked.filter(|quotation| word_count(&quotation.words) >= WORDS).collect()
}

fn collect_footnotes<'t>(nodes: &'t [Node], footnotes: &mut HashMap<u32, Vec<&'t Link>>) {
    for node in nodes {
        match &node.kind {
            Kind::Footnote(number) => collect_links(&node.children, footnotes.entry(*number).or_default()),
            _ => collect_footnotes(&node.children, footnotes),
        }
    }
}

fn collect_links<'t>(nodes: &'t [Node], links: &mut Vec<&'t Link>) {
    for node in nodes {
        if let Kind::Link(link) = &node.kind {
            links.push(link);
        }
        collect_links(&node.children, links);
    }
}

/// What the text that is looked through stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Prose,
    /// A block quotation, which is compared or reported as a whole: only what cites a link of its own
    /// is a quotation by itself.
    Block,
}

struct Finder<'t> {
    footnotes: HashMap<u32, Vec<&'t Link>>,
    /// The links that some quotation found so far cites.
    claimed: HashSet<*const Link>,
    /// The links of the attributions of block quotes: they speak for the block.
    reserved: HashSet<*const Link>,
    found: Vec<Quotation<'t>>,
    passed_over: usize,
}

impl<'t> Finder<'t> {
    fn container(&mut self, nodes: &'t [Node], within: Within) {
        // Paragraphs that follow one another: a quotation may go on from one to the next.
        let mut sequence: Vec<Run<'t>> = Vec::new();
        let mut loose = Run::default();
        for (at, node) in nodes.iter().enumerate() {
            if node.is_inline() {
                loose.add(node);
                continue;
            }
            if !loose.is_empty() {
                sequence.push(std::mem::take(&mut loose));
            }
            match &node.kind {
                Kind::Element("p", _) => sequence.push(Run::of(&node.children)),
                Kind::BlockQuote(cite) => {
                    let before = sequence.last();
                    self.block(node, cite.as_deref(), before, &nodes[at + 1..]);
                    self.sequence(&std::mem::take(&mut sequence), within);
                }
                Kind::CodeBlock(_) if is_announced(sequence.last(), &nodes[at + 1..]) => {
                    let before = sequence.last();
                    self.block(node, None, before, &nodes[at + 1..]);
                    self.sequence(&std::mem::take(&mut sequence), within);
                }
                _ => {
                    self.sequence(&std::mem::take(&mut sequence), within);
                    self.container(&node.children, within);
                }
            }
        }
        if !loose.is_empty() {
            sequence.push(loose);
        }
        self.sequence(&sequence, within);
    }

    fn sequence(&mut self, runs: &[Run<'t>], within: Within) {
        let (mut at, mut from) = (0, 0);
        while let Some(run) = runs.get(at) {
            let lines = Line::new(run);
            let mut next = (at + 1, 0);
            for at in (0..run.links.len()).filter(|at| lines.quoted[*at]) {
                self.whole_link(run, at);
            }
            for marked in
                Marks::new(&run.text, from, |offset| run.is_literal(offset) || lines.is_quoted(run, offset))
            {
                if marked.end == End::Closed {
                    self.marked(run, &lines, &marked, within);
                    continue;
                }
                let (pieces, past) = continued(runs, at, &marked);
                self.several(runs, &pieces, past.is_some(), within);
                if let Some(past) = past {
                    next = past;
                    break;
                }
            }
            self.elements(run, &lines, within);
            self.missed(run, &lines);
            (at, from) = next;
        }
    }

    /// Words in quotation marks in one line.
    fn marked(&mut self, run: &Run<'t>, line: &Line, marked: &Marked, within: Within) {
        // Marks round a link whose own text is in marks are the same quotation.
        let is_whole = |at: usize| is_marks(&run.text[marked.inner.start..run.links[at].0.start]);
        let ends = |at: usize| is_marks(&run.text[run.links[at].0.end..marked.inner.end]);
        if line.inside(run, &marked.outer).any(|at| line.quoted[at] && is_whole(at) && ends(at)) {
            return;
        }
        let mut cited = self.cited(run, line, &marked.outer);
        cited.sort_by_key(|cited| cited.tie);
        let shorter = marked.shorter.map(|end| run.text[marked.inner.start..end].to_owned());
        self.push(Quotation { shorter, ..Quotation::of(run, &marked.outer, &marked.inner, cited) }, within);
    }

    /// A link whose whole text is in quotation marks, whatever marks stand within.
    fn whole_link(&mut self, run: &Run<'t>, at: usize) {
        let (range, link) = &run.links[at];
        let text = &run.text[range.clone()];
        let Some(inner) = marks::unquoted(text) else { return };
        let inner = range.start + inner.start..range.start + inner.end;
        let cited = vec![Cited { link, tie: Tie::On }];
        self.push(Quotation::of(run, range, &inner, cited), Within::Block);
    }

    /// Adds a quotation that is long enough, or that cites something.
    fn push(&mut self, quotation: Quotation<'t>, within: Within) {
        let closest = quotation.cited.first().map(|cited| cited.tie);
        let counts = match within {
            Within::Prose => {
                closest.is_some_and(|tie| tie != Tie::Sentence) || word_count(&quotation.words) >= WORDS
            }
            Within::Block => matches!(closest, Some(Tie::On | Tie::Beside | Tie::Footnote)),
        };
        if counts && quotation.words.contains(char::is_alphanumeric) {
            let on = quotation.cited.iter().filter(|cited| cited.tie != Tie::Sentence);
            self.claimed.extend(on.map(|cited| std::ptr::from_ref(cited.link)));
            self.found.push(quotation);
        } else if within == Within::Prose && matches!(quotation.form, Form::Marked) {
            self.passed_over += 1;
        }
    }

    /// A quotation over several paragraphs, or one that is not closed.
    fn several(&mut self, runs: &[Run<'t>], pieces: &[Part], closed: bool, within: Within) {
        let mut cited = Vec::new();
        for Part { at, outer, .. } in pieces {
            let line = Line::new(&runs[*at]);
            cited.extend(self.cited(&runs[*at], &line, outer));
        }
        cited.sort_by_key(|cited| cited.tie);
        let words: Vec<&str> =
            pieces.iter().map(|part| runs[part.at].text[part.inner.clone()].trim()).collect();
        let spans = pieces.iter().map(|part| runs[part.at].span(&part.outer));
        let span = spans.reduce(|first, last| Span { start: first.start, end: last.end.max(first.end) });
        let quotation = Quotation {
            words: words.join("\n\n"),
            shorter: None,
            span: span.unwrap_or_default(),
            form: if closed { Form::Marked } else { Form::Unclosed },
            cited,
            edited: pieces.iter().find_map(|part| edited(&runs[part.at], &part.inner)),
            around: around_pieces(runs, pieces),
        };
        self.push(quotation, within);
    }

    /// Quotations typed as `<q>`.
    fn elements(&mut self, run: &Run<'t>, line: &Line, within: Within) {
        for (range, cite, span) in &run.quotes {
            // Marks inside the element are the element's.
            let inner = marks::unquoted(&run.text[range.clone()]);
            let inner =
                inner.map_or(range.clone(), |inner| range.start + inner.start..range.start + inner.end);
            let mut cited = self.cited(run, line, range);
            cited.extend(cite.map(|link| Cited { link, tie: Tie::On }));
            cited.sort_by_key(|cited| cited.tie);
            self.push(Quotation { span: *span, ..Quotation::of(run, range, &inner, cited) }, within);
        }
    }

    /// Links that no quotation found so far is on, and whose own text is in quotation marks: after a
    /// letter a mark opens nothing in a line, and does at the beginning of a link.
    fn missed(&mut self, run: &Run<'t>, line: &Line) {
        for at in 0..run.links.len() {
            if line.marked[at] && !self.claimed.contains(&std::ptr::from_ref(run.links[at].1)) {
                self.link_alone(run, at);
            } else if !line.marked[at] && !self.claimed.contains(&std::ptr::from_ref(run.links[at].1)) {
                self.unopened(run, at);
            }
        }
    }

    /// A link on words that a mark closes and none opens. A mark after a number may be a unit.
    fn unopened(&mut self, run: &Run<'t>, at: usize) {
        let (range, link) = &run.links[at];
        let text = run.text[range.clone()].trim_end();
        let inner = text.trim_end_matches(['”', '"', '»', '❞', '″', '〞', '」', '』', '＂']);
        if inner.len() < text.len() && !inner.ends_with(|c: char| c.is_ascii_digit()) {
            let cited = vec![Cited { link, tie: Tie::On }];
            let inner = range.start..range.start + inner.len();
            self.push(Quotation::of(run, range, &inner, cited), Within::Block);
        }
    }

    /// The quotations in the text of one link.
    fn link_alone(&mut self, run: &Run<'t>, at: usize) {
        let (range, link) = &run.links[at];
        let text = &run.text[range.clone()];
        let skip = |offset| run.is_literal(range.start + offset);
        for marked in Marks::new(text, 0, skip) {
            let inner = range.start + marked.inner.start..range.start + marked.inner.end;
            let form = if marked.end == End::Open { Form::Unclosed } else { Form::Marked };
            let cited = vec![Cited { link, tie: Tie::On }];
            self.push(Quotation { form, ..Quotation::of(run, range, &inner, cited) }, Within::Block);
        }
    }

    /// The links that may say where the words of a range are from.
    fn cited(&self, run: &Run<'t>, line: &Line, outer: &Range<usize>) -> Vec<Cited<'t>> {
        let mut cited: Vec<Cited<'t>> = Vec::new();
        let links = &run.links;
        for at in line.touching(run, outer) {
            // What is a quotation in the quotation speaks for itself alone.
            let (_, link) = &links[at];
            if !line.quoted[at] {
                cited.push(Cited { link, tie: Tie::On });
            }
        }
        let after = links.partition_point(|(range, _)| range.start < outer.end);
        let is_free =
            |at: usize| !line.quoted[at] && !self.reserved.contains(&std::ptr::from_ref(links[at].1));
        if let Some((range, link)) = links.get(after).filter(|_| is_free(after))
            && is_beside(&run.text[outer.end..range.start])
        {
            cited.push(Cited { link, tie: Tie::Beside });
        }
        let before = links.partition_point(|(range, _)| range.end <= outer.start);
        if let Some((range, link)) = before.checked_sub(1).filter(|at| is_free(*at)).map(|at| &links[at])
            && run.text[range.end..outer.start].trim() == ":"
        {
            cited.push(Cited { link, tie: Tie::Beside });
        }
        let noted = run.footnotes.partition_point(|(offset, _)| *offset < outer.start);
        for (offset, number) in run.footnotes[noted..].iter().take(NEARBY) {
            if *offset > outer.end && !is_punctuation(&run.text[outer.end..*offset]) {
                break;
            }
            let links = self.footnotes.get(number).into_iter().flatten();
            cited.extend(links.map(|link| Cited { link, tie: Tie::Footnote }));
        }
        let sentence = line.sentence(outer);
        let first = links.partition_point(|(range, _)| range.start < sentence.start);
        let near = first.max(after.saturating_sub(NEARBY / 2));
        for (at, (range, link)) in links.iter().enumerate().skip(near).take(NEARBY) {
            if range.start >= sentence.end {
                break;
            }
            let known = cited.iter().any(|cited| std::ptr::eq(cited.link, *link));
            if !known && is_free(at) {
                cited.push(Cited { link, tie: Tie::Sentence });
            }
        }
        cited
    }

    /// A block quote. `before` is the paragraph before it, `after` what follows.
    fn block(&mut self, node: &'t Node, cite: Option<&'t Link>, before: Option<&Run<'t>>, after: &'t [Node]) {
        let mut parts = Parts::default();
        parts.collect(&node.children);
        if let Some((run, from)) = &parts.attribution {
            let links = run.links.iter().filter(|(range, _)| range.start >= *from);
            self.reserved.extend(links.map(|(_, link)| std::ptr::from_ref(*link)));
        }
        self.container(&node.children, Within::Block);
        let mut cited: Vec<Cited<'t>> = Vec::new();
        let mut cite_all = |links: &mut dyn Iterator<Item = &'t Link>, tie: Tie| {
            cited.extend(links.map(|link| Cited { link, tie }));
        };
        cite_all(&mut cite.into_iter(), Tie::On);
        for run in &parts.words {
            let line = Line::new(run);
            // What a quotation within the block cites speaks for that quotation.
            let is_own = |link: &Link| !self.claimed.contains(&std::ptr::from_ref(link));
            let own =
                run.links.iter().enumerate().filter(|(at, (_, link))| !line.quoted[*at] && is_own(link));
            cite_all(&mut own.map(|(_, (_, link))| *link), Tie::On);
            let notes = run.footnotes.iter().filter_map(|(_, number)| self.footnotes.get(number)).flatten();
            cite_all(&mut notes.copied().filter(|link| is_own(link)), Tie::Footnote);
        }
        let mut attribution = None;
        if let Some((run, from)) = &parts.attribution {
            let links = run.links.iter().filter(|(range, _)| range.start >= *from);
            cite_all(&mut links.map(|(_, link)| *link), Tie::Attribution);
            let notes = run.footnotes.iter().filter_map(|(_, number)| self.footnotes.get(number)).flatten();
            cite_all(&mut notes.copied(), Tie::Footnote);
            attribution = Some(Attribution {
                text: undashed(&run.text[*from..]).to_owned(),
                span: run.span(&(*from..run.text.len())),
                replaceable: parts.plain == Plain::Yes,
            });
        }
        if let Some(run) = before.filter(|run| run.text.trim_end().ends_with(':')) {
            cite_all(&mut run.links.iter().map(|(_, link)| *link), Tie::Attribution);
        }
        if attribution.is_none()
            && let Some(run) = following(after)
        {
            cite_all(&mut run.links.iter().map(|(_, link)| *link), Tie::Attribution);
            attribution = Some(Attribution {
                text: undashed(&run.text).to_owned(),
                span: run.span(&(0..run.text.len())),
                replaceable: false,
            });
        }
        cited.sort_by_key(|cited| cited.tie);
        let words: Vec<&str> = parts.words.iter().map(|run| run.text.trim()).collect();
        let words = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n");
        if words.contains(char::is_alphanumeric) {
            self.claimed.extend(cited.iter().map(|cited| std::ptr::from_ref(cited.link)));
            let edited = parts.words.iter().find_map(|run| edited(run, &(0..run.text.len())));
            self.found.push(Quotation {
                words,
                shorter: None,
                span: node.span,
                form: Form::Block(node, attribution),
                cited,
                edited,
                around: Around {
                    before: before
                        .filter(|run| run.text.trim_end().ends_with(':'))
                        .map_or_else(String::new, |run| {
                            Around::of(&run.text, &(run.text.len()..run.text.len())).before
                        }),
                    after: String::new(),
                },
            });
        }
    }
}

/// What one paragraph has of a quotation over several.
struct Part {
    /// Which paragraph.
    at: usize,
    /// The words.
    inner: Range<usize>,
    /// The words and their marks.
    outer: Range<usize>,
}

/// The paragraphs that a quotation goes on through after the mark that opens it: a mark opens each. With
/// them where the text after the closing mark begins, where one closes it.
fn continued(runs: &[Run<'_>], first: usize, marked: &Marked) -> (Vec<Part>, Option<(usize, usize)>) {
    let mut pieces = vec![Part { at: first, inner: marked.inner.clone(), outer: marked.outer.clone() }];
    for (at, run) in runs.iter().enumerate().skip(first + 1) {
        let Some(begin) = marks::opens_with(&run.text, marked.open) else { break };
        let closing = marks::closing(&run.text, begin, marked.open, |offset| run.is_literal(offset));
        let (end, past) = closing.unwrap_or((run.text.len(), run.text.len()));
        pieces.push(Part { at, inner: begin..end, outer: begin..past });
        if closing.is_some() {
            return (pieces, Some((at, past)));
        }
    }
    (pieces, None)
}

/// What stands before the first piece of a quotation and after its last.
fn around_pieces(runs: &[Run<'_>], pieces: &[Part]) -> Around {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Around::default() };
    // The marks are no part of a piece.
    let is_mark = marks::is_mark;
    let before = Around::of(&runs[first.at].text, &first.outer).before;
    let after = Around::of(&runs[last.at].text, &last.outer).after;
    Around {
        before: before.trim_end_matches(is_mark).to_owned(),
        after: after.trim_start_matches(is_mark).to_owned(),
    }
}

fn edited(run: &Run<'_>, range: &Range<usize>) -> Option<Span> {
    let touches = |edited: &&(Range<usize>, Span)| edited.0.start < range.end && range.start < edited.0.end;
    run.edited.iter().find(touches).map(|(_, span)| *span)
}
