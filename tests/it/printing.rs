//! A record printed in a format reads back as it was: `parse ∘ print` is the identity.

use crate::outline;
use crate::record::corpora;
use rapporteur::load;
use rapporteur::text::{SitePath, Source};
use rapporteur::transcript::*;
use std::path::{Path, PathBuf};

fn transcripts(folder: &Path) -> Vec<(PathBuf, Transcript)> {
    let walk = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("it can be read"));
    let files = walk.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let read = |path: PathBuf| {
        let extension = path.extension()?.to_str()?.to_owned();
        let name = SitePath::new(&format!("transcript.{extension}"))?;
        if path.ends_with("expected.txt")
            || !["xml", "md", "txt", "srt", "vtt", "json"].contains(&extension.as_str())
        {
            return None;
        }
        let source = load::text(&name, std::fs::read(&path).ok()?).value?;
        let checked = parse(&source, None);
        let transcript = checked.value.filter(|_| checked.diagnostics.is_empty())?;
        transcript.paragraphs().next()?;
        Some((path, transcript))
    };
    files.filter_map(read).collect()
}

fn printed(transcript: &Transcript, format: &str, extension: &str) -> Transcript {
    let format = FORMATS.iter().find(|known| known.name == format).expect("a format");
    let text = (format.print.expect("it prints"))(transcript);
    let source =
        Source::new(SitePath::new(&format!("transcript.{extension}")).expect("a path"), text.as_str());
    let checked = parse(&source, Some(format.name));
    let faults: Vec<_> = checked.diagnostics.iter().map(|d| (d.code, &d.message)).collect();
    assert!(faults.is_empty(), "{faults:?}\n{}", &text[..text.floor_char_boundary(2000)]);
    checked.value.expect("it is read")
}

/// The first line in which two outlines differ.
fn difference(one: &str, two: &str) -> Option<String> {
    let mut lines = one.lines().zip(two.lines()).enumerate();
    let differs = lines.find(|(_, (one, two))| one != two);
    match differs {
        Some((at, (one, two))) => Some(format!("line {}:\n  was: {one}\n  is:  {two}", at + 1)),
        None => (one.len() != two.len()).then(|| "one has more lines".to_owned()),
    }
}

#[test]
fn every_record_reads_back_from_akoma_ntoso_as_it_was() {
    let mut folders = vec![PathBuf::from("tests/import"), PathBuf::from("content/debates")];
    if let Some(corpora) = corpora() {
        folders.extend(
            [
                "parlparse",
                "parlparse-modern",
                "trafficking",
                "historic-hansard",
                "akoma-ntoso",
                "parlamint",
                "markdown",
            ]
            .map(|name| corpora.join(name)),
        );
    }
    let mut count = 0;
    for (path, transcript) in folders.iter().flat_map(|folder| transcripts(folder)) {
        count += 1;
        let again = printed(&transcript, "akoma-ntoso", "xml");
        let (was, is) = (outline::record(&transcript), outline::record(&again));
        if let Some(difference) = difference(&was, &is) {
            panic!("{}: {difference}", path.display());
        }
    }
    assert!(count >= 15, "{count} records");
}

#[test]
fn a_markdown_transcript_reads_back_from_markdown_as_it_was() {
    let mut folders = vec![PathBuf::from("tests/import/markdown")];
    folders.extend(corpora().map(|corpora| corpora.join("markdown")));
    for (path, transcript) in folders.iter().flat_map(|folder| transcripts(folder)) {
        let again = printed(&transcript, "markdown", "md");
        let (was, is) = (outline::record(&transcript), outline::record(&again));
        if let Some(difference) = difference(&was, &is) {
            panic!("{}: {difference}", path.display());
        }
    }
}

/// What the schema asks for of the XML namespace, whose own schema stands elsewhere on the web.
const XML_NAMESPACE: &str = r#"<xs:schema targetNamespace="http://www.w3.org/XML/1998/namespace"
 xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:attribute name="lang" type="xs:language"/>
<xs:attribute name="space" type="xs:string"/><xs:attribute name="id" type="xs:ID"/></xs:schema>"#;

#[test]
fn every_record_as_akoma_ntoso_is_valid_against_its_schema() {
    let Some(corpora) = corpora() else { return };
    if std::process::Command::new("xmllint").arg("--version").output().is_err() {
        assert!(
            std::env::var_os("RAPPORTEUR_XMLLINT").is_none(),
            "RAPPORTEUR_XMLLINT is set, and there is no xmllint"
        );
        println!("skipped: no xmllint");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let schema = std::fs::read_to_string(corpora.join("akoma-ntoso/akomantoso30.xsd")).expect("the schema");
    let start =
        schema.find("schemaLocation=\"").expect("it imports the XML namespace") + "schemaLocation=\"".len();
    let end = start + schema[start..].find('"').expect("a value");
    let schema = format!("{}xml.xsd{}", &schema[..start], &schema[end..]);
    std::fs::write(folder.path().join("akn.xsd"), schema).expect("a file");
    std::fs::write(folder.path().join("xml.xsd"), XML_NAMESPACE).expect("a file");
    let folders =
        ["parlparse", "trafficking", "akoma-ntoso", "parlamint", "markdown"].map(|name| corpora.join(name));
    let own = [PathBuf::from("tests/import"), PathBuf::from("content/debates")];
    let akoma_ntoso =
        FORMATS.iter().find(|known| known.name == "akoma-ntoso").and_then(|format| format.print);
    let mut files = Vec::new();
    for (number, (_, transcript)) in
        folders.iter().chain(&own).flat_map(|folder| transcripts(folder)).enumerate()
    {
        let file = folder.path().join(format!("{number}.xml"));
        std::fs::write(&file, akoma_ntoso.expect("it prints")(&transcript)).expect("a file");
        files.push(file);
    }
    assert!(files.len() > 50, "{} records", files.len());
    let mut lint = std::process::Command::new("xmllint");
    lint.args(["--noout", "--nonet", "--schema"]).arg(folder.path().join("akn.xsd")).args(&files);
    let output = lint.output().expect("xmllint runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let faults: Vec<_> = said.lines().filter(|line| !line.ends_with(" validates")).take(5).collect();
    assert!(output.status.success(), "{faults:#?}");
}
