//! The block of metadata at the head of a Markdown file: where it ends, and the title and day in it.

use crate::text::Span;
use crate::transcript::Text;
use crate::transcript::assembly::Assembly;
use crate::transcript::moments::date;
use crate::transcript::record::Stated;

/// The end of the block between `---` lines that `text` begins with, its last line break included;
/// 0 where there is none. Every line in it must look like YAML, so that words between two rules at
/// the top of a transcript stay words.
pub(super) fn end(text: &str) -> usize {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        let line = line.trim_end();
        let is_fence = line == "---";
        match number {
            0 if is_fence => {}
            0 => return 0,
            _ if is_fence || line == "..." => return at,
            _ if is_yaml(line) => {}
            _ => return 0,
        }
    }
    0
}

/// Takes over the `title` and the `date` of the block that ends at `end`. Other keys are the business
/// of whatever tool they were written for.
pub(super) fn details(text: &str, end: usize, record: &mut Assembly<'_>) {
    let mut at = 0;
    for line in text[..end].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.split_once(':') else { continue };
        let value_start = start + key.len() + 1 + (value.len() - value.trim_start().len());
        let value = unquoted(value.trim());
        if value.is_empty() {
            continue;
        }
        let value_start = value_start + usize::from(text[value_start..].starts_with(['"', '\'']));
        let words = Text::Slice(Span::new(value_start..value_start + value.len()));
        match key {
            "title" if record.title.is_none() => record.title = Some(words),
            "date" if record.details.date.is_none() => {
                let day = value.get(..10).unwrap_or(value).parse().ok().or_else(|| date(value));
                record.details.date = Some(Stated { text: words, value: day });
            }
            _ => {}
        }
    }
}

/// A value without the quotation marks round it; empty where it goes on in other lines, or would mean
/// something else to YAML.
fn unquoted(value: &str) -> &str {
    for mark in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(mark) {
            let inner = inner.strip_suffix(mark).unwrap_or_default();
            return if inner.contains([mark, '\\']) { "" } else { inner };
        }
    }
    let is_plain =
        !value.starts_with(['|', '>', '[', '{', '&', '*', '!', '%', '@', '`', '#']) && !value.contains(" #");
    if is_plain { value } else { "" }
}

/// Blank, a comment, indented, an item, or `key:`. A Markdown heading of a lower level is no comment.
fn is_yaml(line: &str) -> bool {
    let is_key = |(key, value): (&str, &str)| {
        !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
            && (value.is_empty() || value.starts_with(' '))
    };
    line.is_empty()
        || line.starts_with([' ', '\t'])
        || (line.starts_with('#') && !line.starts_with("##"))
        || line == "-"
        || line.starts_with("- ")
        || line.split_once(':').is_some_and(is_key)
}

#[cfg(test)]
mod tests {
    use super::end;

    #[test]
    fn front_matter_ends_after_its_second_fence() {
        assert_eq!(end("---\ntitle: A\nlist:\n- a\n  b: c\n# note\n\n---\nwords"), 42);
        assert_eq!(end("---\r\ntitle: A\r\n---\r\nwords"), 20);
    }

    #[test]
    fn words_between_rules_are_no_front_matter() {
        for text in ["---\nShe said no.\n---\n", "---\n### A:\n---\n", "---\ntitle: A\n", "words\n---\n", ""]
        {
            assert_eq!(end(text), 0, "{text}");
        }
    }
}
