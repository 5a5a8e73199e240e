//! The editor of sheets: it changes what it should or nothing.

use rapporteur::annotation::{Change, Status, edited};
use rapporteur::text::SitePath;

/// The first byte says what is changed, the others are the file.
pub fn edits(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let name = if how & 1 == 0 { "content/debates/d/a.notes.yaml" } else { "content/debates/d/notes/one.md" };
    let path = SitePath::new(name).expect("a path");
    let id = if how & 2 == 0 { "one" } else { "two" };
    standing(&path, text, id);
    quotation(&path, text, id);
}

/// Every line that is not of a standing stays as it is, to the byte, and once more changes nothing.
fn standing(path: &SitePath, text: &str, id: &str) {
    let change = Change { status: Some(Status::Approved), ..Change::default() };
    let Ok(after) = edited(path, text, id, &change) else { return };
    assert_eq!(edited(path, &after, id, &change).as_deref(), Ok(&*after), "{text:?}");
    let others = |text: &str| -> Vec<String> {
        text.split('\n').filter(|line| !line.contains("status")).map(str::to_owned).collect()
    };
    let (kept, left) = (others(text), others(&after));
    // A line added at the end of a file that does not end in a line end gives its last line one.
    let level = |mut lines: Vec<String>| {
        if let Some(last) = lines.last_mut() {
            last.truncate(last.trim_end_matches('\r').len());
        }
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines
    };
    assert_eq!(level(kept), level(left), "{text:?} became {after:?}");
}

/// New words for a quotation: what stands before the entry stays, to the byte, and once more changes nothing.
fn quotation(path: &SitePath, text: &str, id: &str) {
    let change = Change { quotes: vec![(0, "We may act: if at all.".to_owned())], ..Change::default() };
    let Ok(after) = edited(path, text, id, &change) else { return };
    let shared = text.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    assert!(after == text || text[..].len() > shared || after.starts_with(text), "{text:?} became {after:?}");
    assert_eq!(edited(path, &after, id, &change).as_deref(), Ok(&*after), "{text:?}");
    let head = text.find(id).map_or(0, |at| text[..at].rfind('\n').map_or(0, |end| end + 1));
    assert!(path.extension() == "md" || after.starts_with(&text[..head]), "{text:?} became {after:?}");
}
