//! Documents made here are read into the tree.

use super::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("a part");
    }
    writer.finish().expect("an archive").into_inner()
}

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    let parts: Vec<(&str, &str)> =
        std::iter::once(("word/document.xml", document.as_str())).chain(more.iter().copied()).collect();
    archive(&parts)
}

fn plain(bytes: &[u8], form: Form) -> String {
    prose::plain(&read(bytes, form).expect("a document").draft.nodes)
}

#[test]
fn a_docx_has_the_words_that_its_reader_sees() {
    let body = "<w:p><w:r><w:t>The duty</w:t></w:r><w:del><w:r><w:delText> was</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t xml:space=\"preserve\"> is</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r>\
        <w:r><w:tab/><w:t>plain &amp; long</w:t><w:br/><w:t>indeed</w:t></w:r></w:p>\
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:smartTag><w:r><w:t>a cell</w:t></w:r></w:smartTag></w:p></w:tc></w:tr></w:tbl>";
    let text = plain(&docx(body, &[]), Form::Docx);
    assert_eq!(text, "The duty is plain & long indeed\nin a box\na cell");
}

#[test]
fn the_quotations_of_a_docx_know_their_paragraphs_links_and_footnotes() {
    let body = "<w:p><w:r><w:t>First.</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">She said “the duty </w:t></w:r><w:r><w:t>is a plain one”</w:t></w:r>\
        <w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
        <w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>“no more of that”</w:t></w:r></w:hyperlink></w:p>\
        <w:p><w:pPr><w:pStyle w:val=\"Zitat\"/></w:pPr><w:r><w:t>A block of words.</w:t></w:r></w:p>\
        <w:p><w:r><w:t>— Ann Lee</w:t></w:r></w:p>";
    let bytes = docx(
        body,
        &[
            (
                "word/_rels/document.xml.rels",
                "<R><Relationship Id=\"r1\" Target=\"https://example.org/debates/one/#p2\" TargetMode=\"External\"/></R>",
            ),
            (
                "word/footnotes.xml",
                "<w:footnotes><w:footnote w:id=\"2\"><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> HYPERLINK \"https://example.org/x\" </w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>there</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:footnote></w:footnotes>",
            ),
            (
                "word/styles.xml",
                "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"Zitat\"><w:name w:val=\"Quote\"/></w:style></w:styles>",
            ),
        ],
    );
    let document = read(&bytes, Form::Docx).expect("a document");
    let found = prose::quotations(&document.draft.nodes);
    let words: Vec<(&str, u32)> = found.iter().map(|one| (one.words.as_str(), one.span.start)).collect();
    assert_eq!(words, [("the duty is a plain one", 2), ("no more of that", 3), ("A block of words.", 4)]);
    assert_eq!(&*found[0].cited[0].link.target, "https://example.org/x");
    assert_eq!(&*found[1].cited[0].link.target, "https://example.org/debates/one/#p2");
    let prose::Form::Block(_, Some(attribution)) = &found[2].form else { panic!("{:?}", found[2].form) };
    assert_eq!(attribution.text, "Ann Lee");
}

#[test]
fn an_odt_has_the_words_that_its_reader_sees() {
    let content = "<office:document-content><office:automatic-styles>\
        <style:style style:name=\"P1\" style:parent-style-name=\"Quotations\"/>\
        <style:style style:name=\"T1\"><style:text-properties text:display=\"none\"/></style:style></office:automatic-styles>\
        <office:body><office:text><text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>\
        <text:h>A heading</text:h><text:p>The<text:s text:c=\"2\"/>duty<text:span text:style-name=\"T1\">HIDDEN</text:span>\
        <text:tab/>is<text:line-break/>“<text:a xlink:href=\"https://example.org/a\">plain to all</text:a>”<text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>See there.</text:p></text:note-body></text:note></text:p>\
        <text:p text:style-name=\"P1\">In a block.</text:p></office:text></office:body></office:document-content>";
    let bytes = archive(&[("content.xml", content)]);
    assert_eq!(plain(&bytes, Form::Odt), "A heading\nThe  duty is “plain to all”\nIn a block.\nSee there.");
    assert_eq!(plain(content.as_bytes(), Form::Odt), plain(&bytes, Form::Odt), "the form in one file");
    let document = read(&bytes, Form::Odt).expect("a document");
    let found = prose::quotations(&document.draft.nodes);
    assert_eq!(found.len(), 2);
    assert!(matches!(found[1].form, prose::Form::Block(..)));
}

#[test]
fn plain_text_has_no_markup_but_quoted_lines() {
    let text = "One < two\r\n    goes on.\r\n\r\n> quoted here\r\n> and there\r\nAfter.";
    let document = read(text.as_bytes(), Form::Text).expect("a document");
    assert_eq!(prose::plain(&document.draft.nodes), "One < two goes on.\nquoted here and there\nAfter.");
    let found = prose::quotations(&document.draft.nodes);
    assert_eq!(found[0].words, "quoted here and there");
}

#[test]
fn what_cannot_be_read_says_why() {
    let reason = |bytes: &[u8], form| read(bytes, form).expect_err("it can't be read");
    let good = docx("<w:p><w:r><w:t>Words.</w:t></w:r></w:p>", &[]);
    assert!(reason(&good[..good.len() / 2], Form::Docx).contains("damaged"));
    assert!(reason(b"words", Form::Docx).contains("damaged"));
    assert!(reason(b"", Form::Odt).contains("damaged"));
    let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    assert!(reason(&old, Form::Docx).contains(".doc files"));
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(reason(&[old, name].concat(), Form::Docx).contains("password"));
    let protected = archive(&[("META-INF/manifest.xml", "<m:encryption-data/>"), ("content.xml", "x")]);
    assert!(reason(&protected, Form::Odt).contains("password"));
    let cut = archive(&[("word/document.xml", "<w:document><w:body><w:p>")]);
    assert!(reason(&cut, Form::Docx).contains("damaged"));
    assert!(reason(&archive(&[("a.txt", "words")]), Form::Docx).contains("neither"));
    assert!(reason(&[b'a', 0xe9, b'b'], Form::Text).contains("UTF-8"));
    let deep = format!("{}{}", "<w:p>".repeat(5000), "</w:p>".repeat(5000));
    assert!(reason(&docx(&deep, &[]), Form::Docx).contains("too deep"));
}

#[test]
fn a_part_that_swells_beyond_measure_is_refused() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    let block = vec![b' '; 1 << 20];
    for _ in 0..129 {
        writer.write_all(&block).expect("a part");
    }
    let bytes = writer.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 1 << 20);
    assert!(read(&bytes, Form::Docx).expect_err("a bomb").contains("128 MiB"));
}

#[test]
fn a_page_may_say_its_encoding() {
    let page = |bytes: &[u8]| plain(bytes, Form::Html);
    assert_eq!(page(b"<meta charset=\"windows-1252\"><p>caf\xe9"), "café");
    assert_eq!(
        page(b"<META http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>caf\xe9"),
        "café"
    );
    let sixteen: Vec<u8> =
        std::iter::once(0xfeff).chain("<p>café".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(page(&sixteen), "café");
}
