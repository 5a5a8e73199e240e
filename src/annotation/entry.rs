//! One annotation as written: its values with the sheet's defaults merged in, and the place that
//! each of them came from.

use super::At;
use super::raw::{Kind, RawAnnotation, RawDefaults, RawTarget};
use crate::diagnostics::{self as codes, Diagnostic, Place};
use crate::text::{Source, Span};
use crate::yaml::{Node, Style};
use std::ops::Range;
use std::sync::Arc;

/// One annotation as written.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id, unique in the debate: the key in the sheet, or the Markdown file's name.
    pub id: String,
    /// Where the id stands; empty for a Markdown file.
    pub id_span: Span,
    /// The file that it is in.
    pub source: Source,
    /// Its values, with the sheet's defaults where it has none of its own. `topics` stay as
    /// written: what they come to is in [`Entry::topics`].
    pub raw: RawAnnotation,
    /// What it is about, in the order written; never empty. `raw` has the same as `at`, `quote`,
    /// `before`, `after` or `targets`.
    pub targets: Vec<Target>,
    /// Its topics: those of the defaults, less those taken away, and its own; each once.
    pub topics: Vec<Topic>,
    /// Where `raw.body` stands. `None` where there is no body, or only white space.
    pub body: Option<Body>,
    /// The keys and values of the annotation itself.
    pub node: Node,
    /// Those of the sheet's defaults.
    pub defaults: Option<Arc<Node>>,
}

/// One thing that an annotation is about. At least one of `at` and `quote` is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where the quote is sought; the whole debate where nothing is said.
    pub at: Option<At>,
    /// The words; `None` for all of `at`. Not blank.
    pub quote: Option<String>,
    /// Words just before the quote.
    pub before: Option<String>,
    /// Words just after the quote.
    pub after: Option<String>,
    /// Where the selector stands: the quote, or else `at`.
    pub span: Span,
}

/// A topic that an annotation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The topic's slug, as written.
    pub name: String,
    /// Where it stands: in the annotation, or in the sheet's defaults.
    pub span: Span,
}

/// Where the words of a body stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    /// From its first character to its last.
    pub span: Span,
    form: Form,
}

/// How a body's text lies in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As it is.
    Verbatim,
    /// Line by line, each after some white space.
    Literal,
    /// In some other way: folded, or with escapes.
    Other,
}

impl Entry {
    /// The words of its body, in Markdown.
    pub fn body_text(&self) -> Option<&str> {
        self.body?;
        self.raw.body.as_deref()
    }

    /// Where the value at `path` (`["due", "said"]`, `["topics", "0"]`) came from: the annotation,
    /// or else the sheet's defaults, or else, where neither has it, the id.
    pub fn span_of(&self, path: &[&str]) -> Span {
        let own = path.first().is_some_and(|key| self.node.get(key).is_some());
        let owner = if own { Some(&self.node) } else { self.defaults.as_deref() };
        owner.and_then(|owner| owner.at_path(path)).map_or(self.id_span, |value| value.span)
    }

    /// [`Entry::span_of`] as a place for a diagnostic.
    pub fn place_of(&self, path: &[&str]) -> Place {
        Place::new(&self.source, self.span_of(path))
    }

    /// Where the bytes `range` of [`Entry::body_text`] stand in the file: exactly so for a `|` text
    /// and a Markdown file, else the whole body. Scans the body: for messages, not for hot paths.
    pub fn body_span(&self, range: Range<usize>) -> Span {
        let (Some(body), Some(text)) = (self.body, self.body_text()) else { return self.id_span };
        match body.form {
            Form::Verbatim => Span::new(range).shifted(body.span.start as usize),
            Form::Literal => literal_span(&self.source, body.span, text, range).unwrap_or(body.span),
            Form::Other => body.span,
        }
    }

    pub(super) fn new(
        id: &str,
        id_span: Span,
        source: &Source,
        (raw, node): (RawAnnotation, Node),
        defaults: Option<(&RawDefaults, &Arc<Node>)>,
        found: &mut Vec<Diagnostic>,
    ) -> Entry {
        let mut entry = Entry {
            id: id.to_owned(),
            id_span,
            source: source.clone(),
            raw,
            targets: Vec::new(),
            topics: Vec::new(),
            body: None,
            node,
            defaults: defaults.map(|(_, node)| Arc::clone(node)),
        };
        if let Some((defaults, _)) = defaults {
            entry.raw = with_defaults(entry.raw, &entry.node, defaults);
        }
        entry.topics = topics(&entry, defaults.map_or(&[], |(defaults, _)| &defaults.topics), found);
        entry.targets = targets(&entry, found);
        entry.body = entry
            .node
            .get("body")
            .filter(|node| !node.text().unwrap_or_default().trim().is_empty())
            .map(|node| {
                let form = match node.style() {
                    Some(Style::Literal) => Form::Literal,
                    Some(Style::Plain) if !source.slice(node.span).contains(['\n', '\r']) => Form::Verbatim,
                    _ => Form::Other,
                };
                Body { span: node.span, form }
            });
        entry
    }

    /// Gives it the body at `span`, word for word.
    pub(super) fn set_verbatim_body(&mut self, span: Span) {
        self.raw.body = Some(self.source.slice(span).to_owned());
        self.body = Some(Body { span, form: Form::Verbatim });
    }
}

/// The annotation's values where it has them, else the defaults'. Topics are merged elsewhere.
fn with_defaults(own: RawAnnotation, node: &Node, defaults: &RawDefaults) -> RawAnnotation {
    let RawDefaults { at, kind, topics: _, owed_by, sources, author, status, reviewed, date, embargo } =
        defaults;
    let kind = own.kind.or(*kind);
    let or = |own: Option<String>, default: &Option<String>| own.or_else(|| default.clone());
    RawAnnotation {
        at: if own.targets.is_some() { own.at } else { or(own.at, at) },
        // Meant for those annotations of the sheet that are commitments.
        owed_by: if kind == Some(Kind::Commitment) { or(own.owed_by, owed_by) } else { own.owed_by },
        kind,
        // `sources: []` says that there are none.
        sources: if node.get("sources").is_none() { sources.clone() } else { own.sources },
        author: or(own.author, author),
        status: own.status.or(*status),
        reviewed: own.reviewed.or_else(|| reviewed.clone()),
        date: own.date.or(*date),
        embargo: own.embargo.or(*embargo),
        ..own
    }
}

fn topics(entry: &Entry, defaults: &[String], found: &mut Vec<Diagnostic>) -> Vec<Topic> {
    let places = |node: Option<&Node>, names: &[String]| -> Vec<Topic> {
        let items = node.and_then(|node| node.get("topics")).map_or(&[][..], Node::items);
        let span = |item: Option<&Node>| item.map_or(entry.id_span, |item| item.span);
        names
            .iter()
            .enumerate()
            .map(|(at, name)| Topic { name: name.clone(), span: span(items.get(at)) })
            .collect()
    };
    let mut topics: Vec<Topic> = Vec::new();
    // A `-topic` among the defaults takes nothing away, which has been reported.
    let given =
        places(entry.defaults.as_deref(), defaults).into_iter().filter(|topic| !topic.name.starts_with('-'));
    for topic in given.chain(places(Some(&entry.node), &entry.raw.topics)) {
        match topic.name.strip_prefix('-') {
            Some(away) => {
                let before = topics.len();
                topics.retain(|given| given.name != away);
                if topics.len() == before {
                    found.push(codes::topic_not_given(Place::new(&entry.source, topic.span), away));
                }
            }
            None if topics.iter().all(|given| given.name != topic.name) => topics.push(topic),
            None => {}
        }
    }
    topics
}

fn targets(entry: &Entry, found: &mut Vec<Diagnostic>) -> Vec<Target> {
    let RawAnnotation { at, quote, before, after, targets, .. } = &entry.raw;
    let Some(targets) = targets else {
        let only =
            RawTarget { at: at.clone(), quote: quote.clone(), before: before.clone(), after: after.clone() };
        return target(&[], &only, entry, found).into_iter().collect();
    };
    for key in ["at", "quote", "before", "after"] {
        if let Some(span) = entry.node.key_span(key) {
            found.push(codes::targets_and_selector(Place::new(&entry.source, span), key));
        }
    }
    if targets.is_empty() {
        found.push(codes::no_target(entry.place_of(&["targets"]), &entry.id));
    }
    let each = targets.iter().enumerate();
    each.filter_map(|(at, raw)| target(&["targets", &at.to_string()], raw, entry, found)).collect()
}

/// The target whose keys stand at `path`; `None` where it cannot be used, which has been reported.
fn target(path: &[&str], raw: &RawTarget, entry: &Entry, found: &mut Vec<Diagnostic>) -> Option<Target> {
    let place = |key: &str| entry.place_of(&[path, &[key]].concat());
    let RawTarget { at, quote, before, after } = raw;
    let reported = found.len();
    let parsed = at.as_deref().map(str::parse::<At>);
    if let (Some(text), Some(Err(_))) = (at, &parsed) {
        found.push(codes::invalid_at(place("at"), text));
    }
    if quote.as_deref().is_some_and(|quote| quote.trim().is_empty()) {
        found.push(codes::blank_quote(place("quote")));
    }
    if quote.is_none() {
        for (key, _) in [("before", before), ("after", after)].iter().filter(|(_, words)| words.is_some()) {
            found.push(codes::context_without_quote(place(key), key));
        }
    }
    if at.is_none() && quote.is_none() {
        let at =
            if path.is_empty() { Place::new(&entry.source, entry.id_span) } else { entry.place_of(path) };
        found.push(codes::no_target(at, &entry.id));
    }
    let span = place(if quote.is_some() { "quote" } else { "at" }).span;
    let at = parsed.and_then(Result::ok);
    (found.len() == reported).then(|| Target {
        at,
        quote: quote.clone(),
        before: before.clone(),
        after: after.clone(),
        span,
    })
}

/// Where `range` of `text` stands in the `|` text at `span`, whose lines are those of `text` after
/// some white space.
fn literal_span(source: &Source, span: Span, text: &str, range: Range<usize>) -> Option<Span> {
    let written = source.slice(span);
    let place = |offset: usize| -> Option<usize> {
        let above = text.get(..offset)?;
        // The span begins at the first words, after any blank lines.
        let blank = text.len() - text.trim_start_matches('\n').len();
        let line = memchr::memchr_iter(b'\n', above.as_bytes()).count();
        let index_of_line = line.checked_sub(blank)?;
        let column = offset - above.rfind('\n').map_or(0, |end| end + 1);
        let words = text.lines().nth(line).unwrap_or_default();
        let mut start = span.start as usize;
        for (index, whole) in written.split_inclusive('\n').enumerate() {
            if index == index_of_line {
                let whole = whole.trim_end_matches(['\n', '\r']);
                return Some(start + whole.len().checked_sub(words.len())? + column);
            }
            start += whole.len();
        }
        None
    };
    let (start, end) = (place(range.start)?, place(range.end)?);
    (start <= end && end <= span.end as usize).then(|| Span::new(start..end))
}
