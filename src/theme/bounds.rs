//! What a template may take of the machine. Tera bounds how deep components nest and how long a `range` is; it
//! does not bound texts, and forty lines of `{% set x = x ~ x %}` would fill any memory. So every value that a
//! template sets goes through a filter that looks at its length, and the filters that multiply are our own. It does
//! not bound loops within loops either, nor templates that include one another twice at each of thirty levels: so
//! every turn of a loop, every block, include and component is counted, which no clock and no machine changes.

use crate::text::Span;
use std::cell::Cell;
use std::io::{self, Write};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// The longest text that a template may set or make, in bytes.
pub(super) const LONGEST_TEXT: usize = 1 << 20;
/// The longest page, in bytes.
pub(super) const LONGEST_PAGE: usize = 64 << 20;
/// The longest template, in bytes.
pub(super) const LONGEST_TEMPLATE: usize = 1 << 20;

/// How many turns of loops, blocks, includes and components there may be in one page.
pub(super) const MOST_TURNS: u64 = 2_000_000;

thread_local! {
    /// How many there were in the page that this thread renders.
    static TURNS: Cell<u64> = const { Cell::new(0) };
}

/// Begins a page: nothing is counted yet.
pub(super) fn begin_page() {
    TURNS.set(0);
}

/// The filter that counts.
const TURN: &str = "one_turn_more";

/// The filter that values which are set go through.
const FILTER: &str = "within_bounds";

/// Registers the filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter(FILTER, |value: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        match value.as_str().map_or(0, str::len) {
            0..=LONGEST_TEXT => Ok(value),
            length => Err(too_long(length)),
        }
    });
    tera.register_filter(TURN, |value: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        let turns = TURNS.get() + 1;
        TURNS.set(turns);
        if turns > MOST_TURNS {
            return Err(Error::message(format!(
                "more than {MOST_TURNS} turns of loops, blocks, includes and components in one page"
            )));
        }
        Ok(value)
    });
    tera.register_filter("replace", |value: Value, arguments: Kwargs, state: &State| -> TeraResult<Value> {
        let from: &str = arguments.must_get("from")?;
        let to: Value = arguments.must_get("to")?;
        let safe = state.autoescaping_enabled() && (value.is_safe() || to.is_safe());
        let (text, to) = (written(&value, safe)?, written(&to, safe)?);
        let length = text.len().saturating_add(text.matches(from).count().saturating_mul(to.len()));
        if length > LONGEST_TEXT.max(2 * text.len()) {
            return Err(too_long(length));
        }
        let replaced = text.replace(from, &to);
        Ok(if safe { Value::safe_string(&replaced) } else { Value::from(replaced) })
    });
}

/// A value as it would stand in a page where `escaped`, else as it is.
fn written(value: &Value, escaped: bool) -> TeraResult<String> {
    let text = value.to_string();
    if !escaped || value.is_safe() {
        return Ok(text);
    }
    let mut html = Vec::with_capacity(text.len());
    tera::escape_html(&text, &mut html)?;
    Ok(String::from_utf8(html)?)
}

fn too_long(length: usize) -> Error {
    Error::message(format!(
        "a text of {length} bytes; what a template sets or replaces may have {LONGEST_TEXT} bytes at most"
    ))
}

/// The bytes of a page, as many as it may have.
pub(super) struct Bounded<'o> {
    pub(super) out: &'o mut Vec<u8>,
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.out.len() + bytes.len() > LONGEST_PAGE {
            return Err(io::Error::other(format!("the page has more than {LONGEST_PAGE} bytes")));
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A template with the filter put after every value that is set.
#[derive(Debug, Default)]
pub(super) struct Bound {
    /// The template as Tera gets it.
    pub(super) text: String,
    /// What was put in: where it stands in `text`, and its length.
    inserted: Vec<(usize, usize)>,
}

impl Bound {
    /// Of a template as it is written.
    pub(super) fn of(template: &str) -> Self {
        let mut bound = Bound::default();
        let mut end = 0;
        for place in places(template) {
            let Set { value, tag_end } = match place {
                Place::Set(set) => set,
                Place::Turn(at, is_trimmed) => {
                    bound.text.push_str(&template[end..at]);
                    // White space after the tag goes where it went before.
                    bound.insert(if is_trimmed { "{{''|one_turn_more-}}" } else { "{{''|one_turn_more}}" });
                    end = at;
                    continue;
                }
            };
            bound.text.push_str(&template[end..value.unwrap_or(tag_end)]);
            if let Some(value) = value {
                bound.insert("(");
                bound.text.push_str(&template[value..tag_end]);
                bound.insert(")");
            }
            bound.insert("|within_bounds ");
            end = tag_end;
        }
        bound.text.push_str(&template[end..]);
        bound
    }

    fn insert(&mut self, words: &str) {
        self.inserted.push((self.text.len(), words.len()));
        self.text.push_str(words);
    }

    /// Where something stands in the template as it is written.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        let back = |at: usize| {
            let before = self.inserted.iter().take_while(|(start, _)| *start < at);
            at - before.map(|(start, length)| (*length).min(at - start)).sum::<usize>()
        };
        let start = back(range.start);
        Span::new(start..back(range.end).max(start))
    }
}

/// A tag that sets a value: where the value begins, unless it is the block that follows, and where the tag's end
/// stands.
struct Set {
    value: Option<usize>,
    tag_end: usize,
}

/// Where something is put into a template.
enum Place {
    Set(Set),
    /// After a tag that begins what is counted; whether the tag trims what follows it.
    Turn(usize, bool),
}

/// The tags that begin something that may come again and again.
const COUNTED: [&str; 4] = ["for", "block", "include", "component"];

/// The tags of a template that set a value, or begin what is counted.
fn places(template: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = template[at..].find('{').map(|open| at + open) {
        let rest = &template[open..];
        at = if rest.starts_with("{#") {
            rest.find("#}").map_or(template.len(), |end| open + end + 2)
        } else if rest.starts_with("{%") || rest.starts_with("{{") {
            let close = if rest.starts_with("{%") { "%}" } else { "}}" };
            let Some(end) = end_of_tag(template, open + 2, close) else { return found };
            let inner = template[open + 2..end].trim_start_matches('-').trim_start();
            if close == "%}" && inner.trim_end_matches('-').trim() == "raw" {
                // What stands in it is text.
                let after = template[end..].find("endraw").map_or(template.len(), |raw| end + raw);
                at = after.max(end + 2).min(template.len());
                continue;
            }
            if close == "%}" {
                found.extend(Set::of(template, inner, end).map(Place::Set));
                let word = inner.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                if COUNTED.contains(&word) {
                    found.push(Place::Turn(end + 2, template[..end].ends_with('-')));
                }
            }
            end + 2
        } else {
            open + 1
        };
    }
    found
}

impl Set {
    fn of(template: &str, inner: &str, end: usize) -> Option<Set> {
        let rest = inner.strip_prefix("set_global").or_else(|| inner.strip_prefix("set"))?;
        let rest = rest.strip_prefix(char::is_whitespace)?.trim_start();
        let name = rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        let name_ends = (name.len() < rest.len()).then_some(name.trim_start())?;
        let tag_end = if template[..end].ends_with('-') { end - 1 } else { end };
        let Some(value) = name_ends.strip_prefix('=').filter(|value| !value.starts_with('=')) else {
            return Some(Set { value: None, tag_end });
        };
        // A component is no value that a filter could stand after in brackets; it is bounded by its page.
        let value = value.trim_start();
        let start = value.as_ptr() as usize - template.as_ptr() as usize;
        (!value.starts_with('<') && start < tag_end).then_some(Set { value: Some(start), tag_end })
    }
}

/// Where the end of a tag stands, past what stands in quotation marks.
fn end_of_tag(template: &str, from: usize, close: &str) -> Option<usize> {
    let bytes = template.as_bytes();
    let mut quote = None;
    let mut at = from;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(mark), byte) if byte == mark => quote = None,
            (None, mark @ (b'"' | b'\'' | b'`')) => quote = Some(mark),
            (None, _) if template.as_bytes()[at..].starts_with(close.as_bytes()) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str) -> Result<String, String> {
        let mut tera = Tera::default();
        register(&mut tera);
        let bound = Bound::of(template);
        tera.add_raw_template("x.html", &bound.text).map_err(|error| error.to_string())?;
        tera.render("x.html", &tera::Context::new()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_text_may_be_set_up_to_the_limit_and_no_longer() {
        // 16 bytes, doubled sixteen times, are the limit.
        let doubled = |times: usize| {
            let double = "{% set x = x ~ x %}".repeat(times);
            render(&format!("{{% set x = '0123456789abcdef' %}}{double}{{{{ x | length }}}}"))
        };
        assert_eq!(doubled(16).as_deref(), Ok("1048576"));
        assert!(doubled(17).is_err_and(|error| error.contains("1048576 bytes at most")));
        assert!(doubled(60).is_err());
        let block = "{% set x %}{{ x }}{{ x }}{% endset %}".repeat(60);
        assert!(render(&format!("{{% set x = 'ab' %}}{block}")).is_err());
        let long = "{% set x = x | replace(from='a', to=x) %}".repeat(20);
        assert!(render(&format!("{{% set x = 'aaaa' %}}{long}")).is_err());
        let global = "{% set_global x = x ~ x %}";
        assert!(
            render(&format!("{{% set x = 'ab' %}}{{% for i in range(end=60) %}}{global}{{% endfor %}}"))
                .is_err()
        );
    }

    #[test]
    fn loops_and_includes_end_at_a_count_and_at_their_place() {
        let nested = |levels: usize, each: usize| {
            let begin = format!("{{% for i in range(end={each}) %}}").repeat(levels);
            format!("{begin}{}", "{% endfor %}".repeat(levels))
        };
        begin_page();
        assert_eq!(render(&nested(2, 1_000)).as_deref(), Ok(""));
        begin_page();
        let error = render(&nested(4, 1_000)).unwrap_err();
        assert!(error.contains("more than 2000000 turns"), "{error}");
        // Thirty templates, each of which includes the next one twice.
        begin_page();
        let mut tera = Tera::default();
        register(&mut tera);
        let names: Vec<String> = (0..31).map(|at| format!("{at}.html")).collect();
        let twice = |at: usize| format!("{{% include \"{0}.html\" %}}{{% include \"{0}.html\" %}}", at + 1);
        let texts = names.iter().enumerate().map(|(at, name)| {
            (name.clone(), if at < 30 { Bound::of(&twice(at)).text } else { String::new() })
        });
        if tera.add_raw_templates(texts).is_ok() {
            assert!(tera.render("0.html", &tera::Context::new()).is_err());
        }
    }

    #[test]
    fn what_is_set_is_what_was_written() {
        for (template, page) in [
            ("{%- set a = 'x' if true else 'y' -%} {{ a }}", "x"),
            ("{% set a = [1, 2] %}{{ a | last }}", "2"),
            ("{% set a = \"%}\" %}{{ a }}", "%}"),
            ("{% set a %}<b>{% endset %}{{ a }}", "<b>"),
            ("{% set a | upper %}b{% endset %}{{ a }}", "B"),
            ("a {% for i in [1, 2] -%} {{ i }} {%- endfor %} b", "a 12 b"),
            ("{% for i in [1] %} x {% else %} y {% endfor %}", " x "),
            ("{% block a -%} c {% endblock %}", "c "),
            ("{# {% set a = #}{% raw %}{% set b = c %}{% endraw %}", "{% set b = c %}"),
            ("{% set a = 1 + 2 * 3 %}{{ a }}", "7"),
            ("{{ '<' | replace(from='<', to='&') }}", "&amp;"),
            ("{{ '<b>' | safe | replace(from='b', to='<') }}", "<&lt;>"),
        ] {
            assert_eq!(render(template).as_deref(), Ok(page), "{template}");
        }
    }

    #[test]
    fn a_place_in_what_was_put_in_is_the_place_beside_it() {
        let template = "{% set a = bcd %}{{ e }}";
        let bound = Bound::of(template);
        for (at, c) in template.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let moved = bound.text.match_indices(c).map(|(at, _)| bound.span(at..at + 1));
            assert!(moved.into_iter().any(|span| span.range() == (at..at + 1)), "{c}");
        }
        assert_eq!(bound.span(bound.text.len()..bound.text.len()).start as usize, template.len());
    }
}
