//! What a JSON document holds, by its outermost keys: enough to tell one program's from another's, also
//! where the file is cut off.

use super::escapes::string_end;

/// The keys of a document's outermost object, or of the first object of its outermost list; and for each
/// key whose value is a list, the keys of the first object in that.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::transcript) struct Shape<'t> {
    /// Whether it is a list.
    pub(in crate::transcript) is_list: bool,
    /// The keys, and the keys of what is in their values.
    pub(in crate::transcript) keys: Vec<(&'t str, Vec<&'t str>)>,
}

impl<'t> Shape<'t> {
    /// Reads it off the text, as far as that can be read: a file that is cut off has one too.
    pub(in crate::transcript) fn of(text: &'t str) -> Shape<'t> {
        let mut shape = Shape::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        // The brackets open, and whether the object that is being read is the first of its list.
        let mut open: Vec<u8> = Vec::new();
        let mut firsts: Vec<usize> = vec![0; 4];
        while let Some(found) = bytes[at..].iter().position(|byte| b"{}[]\"".contains(byte)) {
            at += found;
            match bytes[at] {
                b'"' => {
                    let Some(end) = string_end(bytes, at + 1) else { break };
                    let after = bytes[end + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
                    if after == Some(&b':') {
                        shape.key(&text[at + 1..end], &open, &firsts);
                    }
                    at = end;
                }
                opening @ (b'{' | b'[') => {
                    if open.is_empty() && opening == b'[' {
                        shape.is_list = true;
                    }
                    if opening == b'{' && open.len() < firsts.len() {
                        firsts[open.len()] += 1;
                    }
                    if opening == b'[' && open.len() + 1 < firsts.len() {
                        firsts[open.len() + 1] = 0;
                    }
                    open.push(opening);
                    if open.len() > 200 {
                        break;
                    }
                }
                _ => {
                    open.pop();
                    if open.is_empty() {
                        break;
                    }
                }
            }
            at += 1;
        }
        shape
    }

    fn key(&mut self, key: &'t str, open: &[u8], firsts: &[usize]) {
        match open {
            [b'{'] => self.keys.push((key, Vec::new())),
            [b'[', b'{'] if firsts[1] == 1 => self.keys.push((key, Vec::new())),
            [b'{', b'[', b'{'] if firsts[2] == 1 => {
                if let Some((_, inner)) = self.keys.last_mut() {
                    inner.push(key);
                }
            }
            _ => {}
        }
    }

    /// Whether all of these are keys.
    pub(in crate::transcript) fn has(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.keys.iter().any(|(known, _)| known == key))
    }

    /// Whether `key` is one, and its value a list of objects with all of these keys.
    pub(in crate::transcript) fn lists(&self, key: &str, inner: &[&str]) -> bool {
        let list = self.keys.iter().find(|(known, _)| *known == key);
        list.is_some_and(|(_, keys)| inner.iter().all(|key| keys.contains(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_read_off_a_document_even_where_it_is_cut_off() {
        let shape = Shape::of(
            r#"{"language": "en", "segments": [{"start": 1, "words": [{"word": "a"}], "text": "x"}, {"more": 1}], "end"#,
        );
        assert!(shape.has(&["language", "segments"]) && !shape.has(&["word"]));
        assert!(shape.lists("segments", &["start", "text"]) && !shape.lists("segments", &["more"]));
        let list = Shape::of(r#" [{"text": "a", "start": 1}, {"duration": 2}]"#);
        assert!(list.is_list && list.has(&["text", "start"]) && !list.has(&["duration"]));
    }
}
