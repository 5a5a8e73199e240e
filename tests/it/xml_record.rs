//! No word of an XML transcript is lost, added or moved: every XML file of the corpora against what
//! another parser finds in it.

use crate::record::corpora;
use rapporteur::load;
use rapporteur::text::{SitePath, Source};
use rapporteur::transcript::*;
use std::path::Path;

/// The XML files of a folder of the corpora, decoded as the program decodes them.
fn xml_files(corpora: &Path, folder: &str) -> Vec<Source> {
    let listed = std::fs::read_dir(corpora.join(folder)).expect("the folder is there");
    let mut paths: Vec<_> = listed.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == "xml"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).expect("a readable file");
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
        let path = SitePath::new(&format!("{folder}/{name}/transcript.xml")).expect("a path");
        let checked = load::text(&path, bytes);
        checked.value.unwrap_or_else(|| panic!("{name}: {:?}", checked.diagnostics))
    };
    paths.iter().map(read).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r')).collect()
}

/// The words of the record in order, without white space.
fn ours(transcript: &Transcript, title: bool) -> String {
    let source = &transcript.source;
    let mut words = String::new();
    if title {
        for text in [&transcript.details.part_of, &transcript.title].into_iter().flatten() {
            words.push_str(text.of(source));
        }
    }
    for entry in &transcript.entries {
        match entry {
            Entry::Heading { text, .. } => words.push_str(text.of(source)),
            Entry::Contribution(contribution) => {
                for paragraph in &contribution.paragraphs {
                    words.push_str(paragraph.text.of(source));
                }
            }
        }
    }
    squeezed(&words)
}

/// The words of an element, but for those that `leave` leaves out.
fn theirs(
    node: roxmltree::Node<'_, '_>,
    leave: &dyn Fn(roxmltree::Node<'_, '_>) -> Option<String>,
    words: &mut String,
) {
    for child in node.children() {
        if child.is_text() {
            match leave(child) {
                Some(instead) => words.push_str(&instead),
                None => words.push_str(child.text().unwrap_or_default()),
            }
        } else if child.is_element() {
            match leave(child) {
                Some(instead) => words.push_str(&instead),
                None => theirs(child, leave, words),
            }
        }
    }
}

fn all_text(node: roxmltree::Node<'_, '_>) -> String {
    node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
}

/// Where numbers 128 to 159 stand for characters, they are those of Windows-1252.
fn windows(text: &str) -> String {
    let decode = |c: char| match u32::from(c) {
        0x80..=0x9f => encoding_rs::WINDOWS_1252.decode(&[c as u8]).0.chars().next().unwrap_or(c),
        _ => c,
    };
    text.chars().map(decode).collect()
}

fn compare(
    source: &Source,
    format: &str,
    title: bool,
    leave: &dyn Fn(roxmltree::Node<'_, '_>) -> Option<String>,
) -> Transcript {
    let checked = parse(source, None);
    let errors: Vec<_> = checked
        .diagnostics
        .iter()
        .filter(|d| d.severity == rapporteur::diagnostics::Severity::Error)
        .map(|d| (d.code, &d.message))
        .collect();
    assert!(errors.is_empty(), "{}: {errors:?}", source.path);
    let transcript = checked.value.expect("it is read");
    assert_eq!(transcript.format, format, "{}", source.path);
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(&source.text, options).expect("well-formed XML");
    let mut words = String::new();
    theirs(document.root(), leave, &mut words);
    let (ours, theirs) = (ours(&transcript, title), squeezed(&windows(&words)));
    if ours != theirs {
        let at = ours
            .bytes()
            .zip(theirs.bytes())
            .position(|(a, b)| a != b)
            .unwrap_or(ours.len().min(theirs.len()));
        let around = |text: &str| {
            let start = text.floor_char_boundary(at.saturating_sub(60));
            text[start..text.floor_char_boundary((at + 60).min(text.len()))].to_owned()
        };
        panic!("{}: at {at}\n  ours:   {}\n  theirs: {}", source.path, around(&ours), around(&theirs));
    }
    transcript
}

/// A heading without the line that names the chair and the dash after it, where that stands first.
fn without_chair(heading: &str) -> Option<String> {
    let words = squeezed(heading);
    let end = words.find("intheChair]")? + "intheChair]".len();
    words.starts_with('[').then(|| words[end..].trim_start_matches(['—', '–', '-']).to_owned())
}

#[test]
fn every_word_of_parlparse_files_is_in_the_record() {
    let Some(corpora) = corpora() else { return };
    for folder in ["parlparse", "parlparse-modern", "trafficking"] {
        for source in xml_files(&corpora, folder) {
            let seen_speech = std::cell::Cell::new(false);
            let leave = |node: roxmltree::Node<'_, '_>| {
                let name = node.tag_name().name();
                seen_speech.set(seen_speech.get() || name == "speech");
                let is_heading = name.ends_with("-heading");
                // A chair's line at the start of the file is furniture.
                (is_heading && !seen_speech.get())
                    .then(|| without_chair(&all_text(node)).filter(String::is_empty))
                    .flatten()
            };
            compare(&source, "parlparse", true, &leave);
        }
    }
}

#[test]
fn every_word_of_akoma_ntoso_debates_is_in_the_record() {
    let Some(corpora) = corpora() else { return };
    for source in xml_files(&corpora, "akoma-ntoso") {
        let printed_title = source.text.contains("<docTitle") || source.text.contains("<longTitle");
        let leave = |node: roxmltree::Node<'_, '_>| match node.tag_name().name() {
            "meta" => {
                Some(node.descendants().filter(|n| n.tag_name().name() == "notes").map(all_text).collect())
            }
            "toc" => Some(String::new()),
            // What stands after the dash of a name is spoken.
            "from" => {
                Some(all_text(node).split_once(".- ").map_or_else(String::new, |(_, rest)| rest.into()))
            }
            _ => None,
        };
        compare(&source, "akoma-ntoso", !printed_title, &leave);
    }
}

#[test]
fn every_word_of_parlamint_files_is_in_the_record_and_the_counts_are_those_declared() {
    let Some(corpora) = corpora() else { return };
    for source in xml_files(&corpora, "parlamint") {
        // The header of a corpus names the files that hold the debates; nobody speaks in it.
        if source.text.contains("<teiCorpus") && !source.text.contains("<u ") {
            let codes: Vec<_> = parse(&source, None).diagnostics.iter().map(|told| told.code).collect();
            assert_eq!(codes, ["foreign-document"], "{}", source.path);
            continue;
        }
        let leave = |node: roxmltree::Node<'_, '_>| {
            let name = node.tag_name().name();
            let is_first = node.parent_element().is_some_and(|u| u.tag_name().name() == "u")
                && node.prev_sibling_element().is_none();
            let is_label = name == "note"
                && (node.attribute("type") == Some("speaker")
                    || (is_first && all_text(node).trim().ends_with(':')));
            let is_time = name == "note"
                && node.children().any(|child| {
                    child.tag_name().name() == "time"
                        && squeezed(&all_text(child)) == squeezed(&all_text(node))
                });
            let is_end = name == "note" && all_text(node).trim().starts_with("End of debateSection");
            (matches!(name, "teiHeader" | "gap" | "listPerson") || is_label || is_time || is_end)
                .then(String::new)
        };
        let transcript = compare(&source, "parlamint", false, &leave);
        if transcript.details.counts.is_empty() {
            assert!(!source.text.contains("<tagUsage"), "{}: counts that are not read", source.path);
            continue;
        }
        let declared =
            |name| transcript.details.counts.iter().find(|(gi, _)| &**gi == name).map_or(0, |(_, n)| *n);
        if declared("u") == 0 {
            continue;
        }
        let spoken = transcript.contributions().filter(|c| c.kind == ContributionKind::Speech);
        assert_eq!(declared("u"), spoken.count() as u64, "{}: u", source.path);
        let segments = transcript.paragraphs().filter(|p| p.kind == ParagraphKind::Plain).count() as u64;
        let empty = source.text.matches("<seg").count() as u64 - segments;
        assert_eq!(declared("seg") - empty, segments, "{}: seg", source.path);
    }
}

#[test]
fn every_word_of_historic_volumes_is_in_the_record() {
    let Some(corpora) = corpora() else { return };
    for source in xml_files(&corpora, "historic-hansard") {
        // The title, and what the debate is a part of, stand above the record wherever they are printed.
        let read = parse(&source, None).value.expect("it is read");
        if read.paragraphs().next().is_none() {
            assert!(source.path.as_str().contains("two_debates"), "{}: no words", source.path);
            continue;
        }
        let stated = [&read.details.part_of, &read.title].into_iter().flatten();
        let above: Vec<_> = stated.map(|text| squeezed(text.of(&source))).collect();
        let above = std::cell::RefCell::new(above);
        let dates = std::cell::Cell::new(0);
        let leave = |node: roxmltree::Node<'_, '_>| {
            if node.tag_name().name() == "date" {
                // That of the one sitting is no part of what was said; in a volume they are headings.
                dates.set(dates.get() + 1);
                return (dates.get() == 1 && !source.text.contains("<titlepage")).then(String::new);
            }
            if node.is_text() {
                // The colon after a label, wherever the keyers put it, and the asterisk before one.
                let text = node.text().unwrap_or_default();
                let parent = node.parent().map_or("", |parent| parent.tag_name().name());
                let after = |mut n: Option<roxmltree::Node<'_, '_>>| {
                    while let Some(before) = n {
                        match before.tag_name().name() {
                            "member" | "memberconstituency" => return true,
                            "" if before.text().is_none_or(|text| matches!(text.trim(), "" | ":")) => {
                                n = before.prev_sibling()
                            }
                            _ => return false,
                        }
                    }
                    false
                };
                let first_in_contribution = parent == "membercontribution"
                    && node.prev_sibling().is_none()
                    && after(node.parent().and_then(|parent| parent.prev_sibling()));
                let colon_said = first_in_contribution
                    && node
                        .parent()
                        .and_then(|p| p.prev_sibling())
                        .and_then(|n| n.text())
                        .is_some_and(|t| t.trim() == ":");
                if (first_in_contribution && !colon_said) || after(node.prev_sibling()) {
                    let rest = text.trim_start();
                    return Some(rest.strip_prefix(':').unwrap_or(rest).to_owned());
                }
                // What stands before a member and is no number is a part of the label.
                let is_number = text.contains(|c: char| c.is_ascii_digit());
                return (!is_number && stands_before_a_member(node)).then(String::new);
            }
            let name = node.tag_name().name();
            if name == "title" {
                let words = squeezed(&all_text(node));
                let mut above = above.borrow_mut();
                if let Some(at) = above.iter().position(|title| *title == words) {
                    above.remove(at);
                    return Some(String::new());
                }
            }
            let house_title = name == "title"
                && node.parent().is_some_and(|p| {
                    matches!(p.tag_name().name(), "housecommons" | "houselords" | "westminsterhall")
                });
            let apparatus =
                ["titlepage", "frontmatter", "index", "member", "memberconstituency", "col", "image"];
            if name == "sup" && all_text(node) == "*" && stands_before_a_member(node) {
                return Some(String::new());
            }
            (house_title || apparatus.contains(&name) || is_time(node)).then(String::new)
        };
        compare(&source, "historic-hansard", false, &leave);
    }
}

fn stands_before_a_member(node: roxmltree::Node<'_, '_>) -> bool {
    let mut after = node.next_siblings().skip(1).filter(roxmltree::Node::is_element);
    after
        .find(|next| !matches!(next.tag_name().name(), "col" | "image"))
        .is_some_and(|next| next.tag_name().name() == "member")
}

/// A paragraph that is nothing but a time with its half of the day.
fn is_time(node: roxmltree::Node<'_, '_>) -> bool {
    let text = all_text(node).trim().to_owned();
    let clock = text.trim_end_matches(['a', 'p', 'm', '.', ' ']);
    node.tag_name().name() == "p"
        && clock.len() < text.len()
        && !clock.is_empty()
        && clock.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ':')
        && text.len() < 12
}

/// Who spoke, and the words, neighbouring contributions of one speaker as one.
fn speeches(transcript: &Transcript) -> Vec<(String, String)> {
    let source = &transcript.source;
    let mut speeches: Vec<(String, String)> = Vec::new();
    for contribution in transcript.contributions() {
        let name = contribution.speaker.as_ref().map_or("", |label| label.name.of(source));
        let words: String = contribution.paragraphs.iter().map(|p| squeezed(p.text.of(source))).collect();
        match speeches.last_mut() {
            Some((last, before)) if last == name => before.push_str(&words),
            _ => speeches.push((name.to_owned(), words)),
        }
    }
    speeches
}

#[test]
fn transcripts_in_akoma_ntoso_and_in_markdown_agree_speech_for_speech() {
    let Some(corpora) = corpora() else { return };
    let (mut same, mut all) = (0_usize, 0_usize);
    for source in xml_files(&corpora, "akoma-ntoso") {
        let name = source
            .path
            .as_str()
            .trim_start_matches("akoma-ntoso/")
            .trim_end_matches(".an.xml/transcript.xml");
        let Ok(text) = std::fs::read_to_string(corpora.join("markdown").join(format!("{name}.md"))) else {
            continue;
        };
        let markdown = Source::new(SitePath::new("transcript.md").expect("a path"), text);
        let one = speeches(&parse(&source, None).value.expect("it is read"));
        let two = speeches(&parse(&markdown, None).value.expect("it is read"));
        // The Markdown is of a later day: a few words were corrected. The order and the speakers are the same.
        let names =
            |speeches: &[(String, String)]| speeches.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if one.len() != two.len() || names(&one) != names(&two) {
            println!("{name}: {} and {} speeches", one.len(), two.len());
        }
        let known: std::collections::HashSet<_> = two.iter().collect();
        same += one.iter().filter(|speech| known.contains(speech)).count();
        all += one.len();
    }
    println!("{same} of {all} speeches are the same to the character");
    assert!(all > 2000, "{all}");
    assert!(same * 100 >= all * 95, "{same} of {all}");
}
