//! What a file looks like that is in no format that is read, and the way forward from it.

use super::formats::first_element;

/// What a file is, and what to do with it instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks {
    /// What it is: `a PDF`.
    pub what: String,
    /// What to do.
    pub way: &'static str,
}

const COPY: &str =
    "open it and copy its words into a file `.md`, with a heading `### Name:` before each speech";
const PAGE: &str = "copy the words of the page into a file `.md`, with a heading `### Name:` before each speech (of a page \
     of TheyWorkForYou into a file `.txt`), or look for the data that the site offers: XML, JSON, captions";
const PICTURE: &str =
    "a picture has no words to read: type them, or have a program recognise them and read what it made";
const RECORDING: &str = "a recording is read by its captions: make or download them as WebVTT or SRT";
const UNPACK: &str = "unpack it, and import the files in it";
const CAPTIONS: &str =
    "these are captions of another kind: convert them to WebVTT or SRT, which most players and ffmpeg do";
const OTHER_XML: &str = "`rapporteur formats` lists what is read, and how each is recognised; what is read by no format can be \
     written as Markdown, with a heading `### Name:` before each speech";
const INCLUDES: &str = "this is the head of a corpus or a part of it: import the files of its sittings";

/// How files of other kinds begin: the place, the bytes, what it is, what to do.
const BEGINNINGS: &[(usize, &[u8], &str, &str)] = &[
    (0, b"%PDF-", "a PDF", COPY),
    (0, b"{\\rtf", "a document in Rich Text Format", COPY),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older Word or Excel", COPY),
    (0, b"\x89PNG", "a picture (PNG)", PICTURE),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", PICTURE),
    (0, b"GIF8", "a picture (GIF)", PICTURE),
    (0, b"II*\0", "a picture (TIFF)", PICTURE),
    (0, b"MM\0*", "a picture (TIFF)", PICTURE),
    (8, b"WEBP", "a picture (WebP)", PICTURE),
    (8, b"WAVE", "a recording (WAV)", RECORDING),
    (4, b"ftyp", "a recording (MP4)", RECORDING),
    (0, b"\x1a\x45\xdf\xa3", "a recording (WebM or Matroska)", RECORDING),
    (0, b"ID3", "a recording (MP3)", RECORDING),
    (0, b"OggS", "a recording (Ogg)", RECORDING),
    (0, b"fLaC", "a recording (FLAC)", RECORDING),
    (0, b"\x1f\x8b", "a compressed file (gzip)", UNPACK),
    (0, b"BZh", "a compressed file (bzip2)", UNPACK),
    (0, b"7z\xbc\xaf", "an archive (7z)", UNPACK),
    (0, b"Rar!", "an archive (RAR)", UNPACK),
    (0, b"SQLite format 3", "a database", COPY),
];

/// What a file of this name is by its first bytes, where it is no text.
pub fn looks(name: &str, head: &[u8]) -> Option<Looks> {
    let found =
        BEGINNINGS.iter().find(|(at, bytes, ..)| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes)));
    if let Some((.., what, way)) = found {
        return Some(Looks { what: (*what).to_owned(), way });
    }
    if head.starts_with(b"PK\x03\x04") {
        let has = |part: &[u8]| memchr::memmem::find(head, part).is_some();
        let is = |extension: &str| name.to_ascii_lowercase().ends_with(extension);
        let (what, way) = if has(b"word/") || is(".docx") {
            ("a Word document", COPY)
        } else if has(b"opendocument.text") || is(".odt") {
            ("an OpenDocument text", COPY)
        } else if has(b"xl/") || is(".xlsx") || has(b"opendocument.spreadsheet") {
            ("a spreadsheet", COPY)
        } else if has(b"ppt/") || is(".pptx") {
            ("a presentation", COPY)
        } else if has(b"epub") || is(".epub") {
            ("an e-book", COPY)
        } else {
            ("an archive (ZIP)", UNPACK)
        };
        return Some(Looks { what: what.to_owned(), way });
    }
    None
}

/// What a text is that is in no format that is read. `None` where it could be anything.
pub(super) fn looks_of_text(text: &str) -> Option<Looks> {
    let start = text.trim_start();
    let looks = |what: &str, way| Some(Looks { what: what.to_owned(), way });
    if is_web_page(start) {
        return looks("a web page", PAGE);
    }
    if let Some(name) = first_element(text) {
        return Some(of_element(name));
    }
    if start.starts_with("[Script Info]") {
        return looks("captions in the format of SubStation Alpha", CAPTIONS);
    }
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    if text.contains("-->") && std::iter::once(first).chain(lines).take(4).any(|line| line.contains("-->")) {
        let way = "WebVTT begins with a line `WEBVTT`; SRT has a number in a line of its own above each line of times";
        return looks("captions, and neither WebVTT nor SRT as they stand", way);
    }
    let is_sbv = |line: &str| {
        line.split_once(',').is_some_and(|(start, end)| {
            [start, end].iter().all(|time| {
                time.matches(':').count() == 2 && time.chars().all(|c| c.is_ascii_digit() || ":.".contains(c))
            })
        })
    };
    if is_sbv(first) {
        return looks("captions in YouTube's format SBV", CAPTIONS);
    }
    if start.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        let keys = top_keys(text);
        let what = match keys.is_empty() {
            true => "JSON".to_owned(),
            false => format!("JSON with the keys {}", keys.join(", ")),
        };
        return Some(Looks { what, way: OTHER_XML });
    }
    None
}

/// The keys at the top of a JSON text, or of the first thing in its list.
fn top_keys(text: &str) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let object = match &value {
        serde_json::Value::Array(list) => list.first().and_then(serde_json::Value::as_object),
        value => value.as_object(),
    };
    object.map(|object| object.keys().take(6).map(|key| format!("`{key}`")).collect()).unwrap_or_default()
}

fn is_web_page(start: &str) -> bool {
    let begins = |with: &str| start.get(..with.len()).is_some_and(|found| found.eq_ignore_ascii_case(with));
    begins("<!doctype html") || first_element(start).is_some_and(|name| name.eq_ignore_ascii_case("html"))
}

/// What an XML file is by its outermost element.
pub(super) fn of_element(name: &str) -> Looks {
    let local = name.rsplit(':').next().unwrap_or(name);
    let (what, way) = match local {
        _ if local.eq_ignore_ascii_case("html") => ("a web page", PAGE),
        "akomaNtoso" => ("an Akoma Ntoso document with no `<debate>` in it", OTHER_XML),
        "TEI" => ("a TEI document with no utterances `<u>` in it", OTHER_XML),
        "teiCorpus" | "listPerson" | "listOrg" | "particDesc" | "teiHeader" => {
            let what = format!("a `<{name}>`, not the record of a sitting");
            return Looks { what, way: INCLUDES };
        }
        "hansard" => (
            "a `<hansard>` with no sitting of Historic Hansard in it (`<housecommons>`, `<houselords>` …)",
            OTHER_XML,
        ),
        "Hansard" => {
            ("a `<Hansard>`, such as Canada's House of Commons publishes: no format that is read", OTHER_XML)
        }
        "dbtplenarprotokoll" | "DOKUMENT" => {
            ("a record of the Bundestag in a format that is not read", OTHER_XML)
        }
        "tt" => ("captions in the format TTML", CAPTIONS),
        "svg" => ("a drawing (SVG)", PICTURE),
        "rss" | "feed" => ("a feed of news", PAGE),
        _ => {
            let what = format!("XML that begins with `<{name}>`, which no format does that is read");
            return Looks { what, way: OTHER_XML };
        }
    };
    Looks { what: what.to_owned(), way }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_kinds_are_known_by_their_first_bytes() {
        let what = |head: &[u8]| looks("a.xml", head).map(|looks| looks.what);
        assert_eq!(what(b"%PDF-1.7").as_deref(), Some("a PDF"));
        assert_eq!(what(b"PK\x03\x04....word/document.xml").as_deref(), Some("a Word document"));
        assert_eq!(what(b"\x89PNG\r\n").as_deref(), Some("a picture (PNG)"));
        assert_eq!(what(b"# Talk"), None);
    }

    #[test]
    fn texts_of_other_kinds_are_known_by_what_they_hold() {
        let what = |text: &str| looks_of_text(text).map_or(String::new(), |looks| looks.what);
        assert_eq!(what("<!DOCTYPE html><html></html>"), "a web page");
        assert_eq!(what("<html><body/></html>"), "a web page");
        assert_eq!(what("{\"speakers\": []}"), "JSON with the keys `speakers`");
        assert_eq!(what("0:00:01.000,0:00:02.000\nWords"), "captions in YouTube's format SBV");
        assert!(what("00:01.000 --> 00:02.000\nWords").starts_with("captions, and neither"));
        assert!(what("<bill/>").contains("`<bill>`"));
        assert_eq!(what("We met at ten."), "");
    }
}
