//! How fast transcripts are read, and revisions of them aligned, on one core.
//!
//! `cargo bench --bench parse [-- FILE…]` reads each file (without any, a made-up sitting in
//! parlparse's XML) and prints the best of nine runs in megabytes of the source a second; and then what
//! it takes to align 1,000 paragraphs of which half changed, and of which all did.

use rapporteur::anchor::{Block, Fate, align};
use rapporteur::load;
use rapporteur::text::{SitePath, Source};
use rapporteur::transcript::parse;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

const RUNS: usize = 9;

/// A sitting of many speeches, with the entities and marks that such files have.
fn made_up() -> Source {
    let mut text = String::from(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE publicwhip [<!ENTITY mdash \"&#8212;\">]>\n<publicwhip>\n",
    );
    for number in 0..8_000 {
        let _ = writeln!(
            text,
            "<speech id=\"uk.org.publicwhip/debate/2009-10-26a.{number}.0\" speakerid=\"uk.org.publicwhip/member/{}\" \
             speakername=\"Member {}\" colnum=\"{}\" time=\"14:30:00\">\n\t<p pid=\"a.{number}.0/1\">The cases referred \
             through the mechanism are only the tip of the iceberg&mdash;that is what <phrase class=\"honfriend\">my hon. \
             Friend</phrase> said, and I agree with every word of it. We will look very carefully at the evidence.</p>\n\t\
             <p pid=\"a.{number}.0/2\">Where there is evidence that a suspect has been under duress, the prosecutor should \
             not proceed. That is the guidance, and it is <i>clear</i>.</p>\n</speech>",
            number % 600,
            number % 600,
            number / 8,
        );
    }
    text.push_str("</publicwhip>\n");
    Source::new(SitePath::new("made-up/transcript.xml").expect("a path"), text)
}

fn read(file: &str) -> Source {
    let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let extension = Path::new(file).extension().and_then(|extension| extension.to_str()).unwrap_or("txt");
    let path = SitePath::new(&format!("transcript.{extension}")).expect("a path");
    load::text(&path, bytes).value.unwrap_or_else(|| panic!("{file} is no text"))
}

/// A speech of 1,000 paragraphs, and a revision of it in which one in `every` has another word.
fn align_revisions(every: usize) {
    let words = "the cases referred through the national referral mechanism are only the tip of the iceberg and we will \
                 look very carefully at the evidence so that victims are not turned into criminals";
    let paragraph = |number: usize, changed: bool| {
        let mut text = format!("Paragraph {number} of case{} says that ", number * 7919 % 10_007);
        for (at, word) in words.split(' ').enumerate().cycle().skip(number % 20).take(60) {
            let _ = write!(text, "{word}{} ", if at % 5 == 0 { number % 97 } else { at });
        }
        if changed { text.replace("case", "matter") } else { text }
    };
    let old: Vec<String> = (0..1_000).map(|number| paragraph(number, false)).collect();
    let new: Vec<String> = (0..1_000).map(|number| paragraph(number, number % every == 0)).collect();
    let block = |text| Block { text, speaker: Some("A"), id: None };
    let old: Vec<_> = old.iter().map(|text| block(text.as_str())).collect();
    let new: Vec<_> = new.iter().map(|text| block(text.as_str())).collect();
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        let fates = std::hint::black_box(align(&old, &new));
        best = best.min(start.elapsed().as_secs_f64());
        assert!(fates.iter().all(|fate| *fate != Fate::Gone), "every paragraph is found");
    }
    println!("{:7.1} ms    1,000 paragraphs aligned, one in {every} changed", best * 1e3);
}

fn main() {
    let files: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let sources = match files.is_empty() {
        true => vec![("made up".to_owned(), made_up())],
        false => files.into_iter().map(|file| (file.clone(), read(&file))).collect(),
    };
    for (name, source) in sources {
        let mut best = f64::INFINITY;
        for _ in 0..RUNS {
            let start = Instant::now();
            let transcript = std::hint::black_box(parse(&source, None)).value;
            best = best.min(start.elapsed().as_secs_f64());
            assert!(transcript.is_some(), "{name} can't be read");
        }
        let megabytes = source.text.len() as f64 / 1e6;
        println!("{:7.1} MB/s  {megabytes:6.2} MB  {name}", megabytes / best);
    }
    align_revisions(2);
    align_revisions(1);
}
