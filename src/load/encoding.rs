//! The encodings that XML declares for itself. Old parliamentary XML is ISO-8859-1, which in practice
//! means Windows-1252 (as the Encoding Standard, section 4.2, has it).

use crate::diagnostics::{self, Checked};
use crate::text::{SitePath, Source};
use encoding_rs::{Encoding, UTF_8};

/// The encoding that an XML declaration names, where it is not UTF-8.
pub(super) fn declared(bytes: &[u8]) -> Option<Declared> {
    let head = bytes.get(..bytes.len().min(200))?.strip_prefix(b"<?xml")?;
    let head = &head[..memchr::memmem::find(head, b"?>")?];
    let head = std::str::from_utf8(head).ok()?;
    let value = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let label = value[1..].split(quote).next()?;
    let encoding = Encoding::for_label(label.as_bytes());
    (encoding != Some(UTF_8)).then(|| Declared { label: label.to_owned(), encoding })
}

/// An encoding that a file declares.
pub(super) struct Declared {
    /// As written.
    label: String,
    /// What it means, where it means any.
    encoding: Option<&'static Encoding>,
}

/// The text of bytes in a declared encoding. Bytes that are UTF-8 with characters beyond ASCII are
/// not in a single-byte encoding, whatever the declaration says: no text has those pairs by chance.
pub(super) fn decode(
    path: &SitePath,
    bytes: Vec<u8>,
    Declared { label, encoding }: Declared,
) -> Checked<Option<Source>> {
    let refused = |reason: String| super::refused(diagnostics::wrong_encoding(path, &bytes, &reason));
    let Some(encoding) = encoding else {
        return refused(format!("`{label}` is no encoding that is known"));
    };
    if !encoding.is_ascii_compatible() {
        return refused(format!("it declares {label}, and the declaration itself is not in it"));
    }
    if encoding.is_single_byte() && !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok() {
        return refused(format!("it declares {label}, and its bytes are UTF-8"));
    }
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes) {
        Some(text) => Checked::fine(Some(Source::new(path.clone(), text.into_owned()))),
        None => refused(format!("it declares {label}, and has bytes that this encoding lacks")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, &'static str> {
        let path = SitePath::new("content/debates/a/transcript.xml").expect("a path");
        let checked = super::super::text(&path, bytes.to_vec());
        checked.value.map(|source| source.text.to_string()).ok_or_else(|| checked.diagnostics[0].code)
    }

    #[test]
    fn xml_is_read_in_the_encoding_it_declares() {
        let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><p>caf\xe9 \x97 a</p>";
        assert!(read(latin).is_ok_and(|text| text.ends_with("<p>caf\u{e9} \u{2014} a</p>")));
        assert!(read("<?xml version='1.0' encoding='utf-8'?><p>é</p>".as_bytes()).is_ok());
        assert!(read("<p>é</p>".as_bytes()).is_ok());
    }

    #[test]
    fn a_declaration_that_its_bytes_belie_is_an_error() {
        let mixed = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><p>é</p>".as_bytes();
        assert_eq!(read(mixed), Err("wrong-encoding"));
        assert_eq!(read(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><p>\xe9</p>"), Err("not-utf8"));
        assert_eq!(read(b"<?xml version=\"1.0\" encoding=\"martian\"?><p/>"), Err("wrong-encoding"));
        assert_eq!(read(b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><p/>"), Err("wrong-encoding"));
    }
}
