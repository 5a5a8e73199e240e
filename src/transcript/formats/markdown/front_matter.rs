//! Where a block of metadata at the head of a Markdown file ends.

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

/// What the block says of the debate: its title and its day, where it says them.
pub(super) fn particulars(block: &str) -> (Option<String>, Option<String>) {
    let inner = block.trim_end().trim_start_matches("---").trim_end_matches(['-', '.']);
    let value: serde_yaml::Value = serde_yaml::from_str(inner).unwrap_or_default();
    let stated = |key: &str| {
        let stated = value.get(key)?.as_str()?.trim();
        (!stated.is_empty()).then(|| stated.to_owned())
    };
    (stated("title"), stated("date"))
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
    use super::{end, particulars};

    #[test]
    fn the_title_and_the_day_are_those_that_it_states() {
        let stated = |title: &str, day: &str| (Some(title.to_owned()), Some(day.to_owned()));
        assert_eq!(
            particulars("---\ntitle: \"A: b\"\ndate: 2024-03-05\n---\n"),
            stated("A: b", "2024-03-05")
        );
        assert_eq!(particulars("---\ntags: [a]\n---\n"), (None, None));
        assert_eq!(particulars(""), (None, None));
    }

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
