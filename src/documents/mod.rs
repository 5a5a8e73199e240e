//! Room `documents`: what a newsroom has on its desks (Markdown, plain text, HTML, `.docx`, `.odt`), read into
//! the tree of prose, so that one finder of quotations sees them all.

mod archive;
mod docx;
mod dom;
mod encoding;
mod flow;
mod odt;
mod text;

use crate::markdown;
use crate::prose::{self, Draft};
use crate::text::{SitePath, Source, Span};

/// A document that has been read.
#[derive(Debug)]
pub struct Document {
    /// Its words as a tree.
    pub draft: Draft,
    /// How a place in it is named.
    pub places: Places,
}

/// What the places in a document are.
#[derive(Debug)]
pub enum Places {
    /// Bytes of this text, which people count as lines and columns.
    Text(Source),
    /// Paragraphs, counted from 1: the file has no lines.
    Paragraphs,
}

/// The forms of documents that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Markdown.
    Markdown,
    /// Plain text: nothing in it is markup but `>` before quoted lines.
    Text,
    /// HTML.
    Html,
    /// A document of a word processor, Office Open XML.
    Docx,
    /// A document of a word processor, OpenDocument.
    Odt,
}

impl Form {
    /// The form that a file's name says it has: Markdown, where it says nothing.
    pub fn of_name(name: &str) -> Self {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        match extension.as_deref() {
            Some("html" | "htm" | "xhtml") => Form::Html,
            Some("txt" | "text") => Form::Text,
            Some("docx" | "docm" | "dotx") => Form::Docx,
            Some("odt" | "ott" | "fodt") => Form::Odt,
            _ => Form::Markdown,
        }
    }
}

/// Reads a document, or says why it can't be read.
pub fn read(bytes: &[u8], form: Form) -> Result<Document, String> {
    // What the first bytes say is more certain than a name. In a text they can't stand.
    if let Some(reason) = foreign(bytes) {
        return Err(reason.to_owned());
    }
    let is_archive = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    match form {
        _ if is_archive => {
            let mut archive = archive::Archive::open(bytes)?;
            let draft = match archive.has("word/document.xml") {
                true => docx::read(&mut archive)?,
                false if archive.has("content.xml") => odt::read(&mut archive)?,
                false => {
                    return Err("it is a zip archive with neither a .docx nor an .odt document in it".into());
                }
            };
            Ok(Document { draft, places: Places::Paragraphs })
        }
        Form::Docx => Err("it is no .docx document: it is damaged, or another kind of file".into()),
        Form::Odt if bytes.trim_ascii_start().starts_with(b"<") => {
            let text = encoding::decoded(bytes, encoding::Declared::No)?;
            Ok(Document { draft: odt::read_flat(&text)?, places: Places::Paragraphs })
        }
        Form::Odt => Err("it is no .odt document: it is damaged, or another kind of file".into()),
        Form::Html | Form::Markdown | Form::Text => {
            let declared =
                if form == Form::Html { encoding::Declared::InMeta } else { encoding::Declared::No };
            let text = encoding::decoded(bytes, declared)?;
            let source = Source::new(SitePath::new("document").expect("a plain name"), text);
            let draft = match form {
                Form::Html => prose::read_html(&source),
                Form::Text => text::read(&source),
                _ => markdown::parse(&source, Span::new(0..source.text.len())).value,
            };
            Ok(Document { draft, places: Places::Text(source) })
        }
    }
}

/// Why a file of some other kind can't be read.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = memchr::memmem::find(bytes, &marker).is_some();
        return Some(match is_encrypted {
            true => "it is protected by a password: save a copy without one",
            false => "it is in the old format of .doc files: save it as .docx, .odt or plain text",
        });
    }
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            Some("it is a PDF: save its words as .docx, .odt or plain text")
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => {
            Some("it is in the format of .rtf files: save it as .docx, .odt or plain text")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
