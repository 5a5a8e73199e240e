//! The characters that the bytes of a file stand for.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its declaration may stand, as browsers look for it.
const DECLARED_WITHIN: usize = 1024;

/// Whether a file may declare its encoding in its own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// It may not.
    No,
    /// In `<meta charset>`.
    InMeta,
}

/// The text of a file: UTF-8, unless a byte order mark or the page itself says otherwise.
pub fn decoded(bytes: &[u8], declared: Declared) -> Result<String, String> {
    let (encoding, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => {
            let said = if declared == Declared::InMeta { in_meta(bytes) } else { None };
            (unmarked(bytes).or(said).unwrap_or(UTF_8), bytes)
        }
    };
    if encoding == UTF_8 {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err("it is not UTF-8 text, and does not say what else it is: save it as UTF-8".into()),
        };
    }
    match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) => Ok(text.into_owned()),
        None => Err(format!("it is not the {} that it says it is", encoding.name())),
    }
}

/// UTF-16 without a mark: text begins with characters of which one byte is zero.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some(UTF_16BE),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding that a page declares.
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    let metas = head.match_indices("<meta").map(|(at, _)| &head[at..]);
    let label = metas.filter_map(|meta| {
        let meta = &meta[..meta.find('>').unwrap_or(meta.len())];
        let (_, rest) = meta.split_once("charset")?;
        let rest = rest.trim_start().strip_prefix('=')?;
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        rest.split(|c: char| c.is_whitespace() || "\"';/".contains(c)).next().map(str::to_owned)
    });
    let encoding = label.filter_map(|label| Encoding::for_label(label.as_bytes())).next()?;
    // A page whose declaration could be read byte by byte is not UTF-16, whatever it says.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}
