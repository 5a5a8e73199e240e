//! Broken and mixed-up input for every reader: a small corpus, mutated. Whatever comes of it, no reader fails by
//! a fault of its own or takes long, every message has a place that can be shown, and an edit of a sheet changes
//! what it should or nothing. The seed is printed; `RAPPORTEUR_SEED` sets it, `RAPPORTEUR_TRIES` how many.

use super::{ground, options, site};
use rapporteur::annotation::{self, Change};
use rapporteur::diagnostics::{Diagnostic, Style};
use rapporteur::documents::{self, Form};
use rapporteur::load;
use rapporteur::output::Memory;
use rapporteur::pipeline::{Unwatched, build};
use rapporteur::text::{SitePath, fold, hidden_characters, look_alikes};
use rapporteur::transcript;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// No reader may take longer for a file of a few kilobytes, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A small generator of numbers (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % count.max(1) as u64).expect("it is below a usize")
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// What readers of many kinds stumble over.
const PIECES: [&str; 40] = [
    "\0",
    "\u{1b}[8m",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffe}",
    "\u{f0000}I0\u{f0001}",
    "&#xF0000;",
    "&#0;",
    "\\u0000",
    "\\ud800",
    "é\u{301}",
    "👩\u{200d}👧",
    "[",
    "{",
    "<",
    "<!--",
    "]]>",
    "<![CDATA[",
    "&lt;",
    "&a;",
    "\"",
    "'",
    "“",
    "«",
    ": ",
    "- ",
    "# ",
    "---\n",
    "\r",
    "\r\n",
    "\t",
    "*a",
    "&a",
    "!!x",
    "<<: ",
    "[a](b)",
    "[^1]",
    "00:00:01,000 --> 00:00:00,000\n",
    "[...]",
];

fn mutated(dice: &mut Dice, corpus: &[Vec<u8>], bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(7) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
            2 => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(200));
                drop(bytes.splice(at..end, piece.bytes()));
            }
            3 => {
                let again = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, again));
            }
            4 => bytes.truncate(at),
            5 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            _ => {
                let other = &corpus[dice.below(corpus.len())];
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(400)).min(other.len());
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
        }
    }
    bytes
}

/// Every message can be shown to its place.
fn shown(remarks: &[Diagnostic]) {
    for remark in remarks {
        if let Some(place) = &remark.place {
            assert!(place.source.text.get(place.span.range()).is_some(), "{remark:?}");
        }
        let words = [remark.snippet(Style::Plain), remark.line(), remark.github(), remark.json().to_string()];
        assert!(words.iter().all(|words| !words.contains('\u{1b}') && !words.contains('\0')), "{words:?}");
    }
}

fn tries(share: u64) -> (Dice, u64) {
    let seed = number("RAPPORTEUR_SEED").unwrap_or(20_121_220);
    let count = number("RAPPORTEUR_TRIES").unwrap_or(600) / share;
    println!("seed {seed}, {count} tries");
    (Dice(seed), count.max(20))
}

/// Says which input it was, where a reader fails.
fn held(what: &str, bytes: &[u8], read: impl FnOnce() + std::panic::UnwindSafe) {
    let begun = Instant::now();
    let failed = std::panic::catch_unwind(read).is_err();
    let took = begun.elapsed();
    assert!(!failed && took < PATIENCE, "{what} ({took:?}): {:?}", String::from_utf8_lossy(bytes));
}

/// Small files in every format.
fn records() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let inputs = files.filter(|entry| entry.path().file_stem().is_some_and(|stem| stem == "input"));
    let read = |path: &Path| {
        let end = path.extension()?.to_str()?.to_owned();
        Some((end, fs::read(path).ok()?))
    };
    inputs.filter_map(|entry| read(entry.path())).collect()
}

#[test]
fn no_broken_record_makes_a_reader_fail() {
    let records = records();
    let corpus: Vec<Vec<u8>> = records.iter().map(|(_, bytes)| bytes.clone()).collect();
    let (mut dice, count) = tries(1);
    for _ in 0..count {
        let (end, bytes) = &records[dice.below(records.len())];
        let bytes = mutated(&mut dice, &corpus, bytes);
        held(&format!("a record .{end}"), &bytes, || {
            let path = SitePath::new(&format!("content/debates/d/transcript.{end}")).expect("a path");
            let loaded = load::text(&path, bytes.clone());
            shown(&loaded.diagnostics);
            let Some(source) = loaded.value else { return };
            for format in [None, Some(transcript::FORMATS[bytes.len() % transcript::FORMATS.len()].name)] {
                let checked = transcript::parse(&source, format);
                shown(&checked.diagnostics);
                if let Some(record) = checked.value {
                    shown(&transcript::account(&record).diagnostics);
                }
            }
        });
    }
}

#[test]
fn no_broken_file_of_a_site_makes_a_build_fail() {
    let ground = ground();
    let corpus: Vec<Vec<u8>> = ground.values().map(|text| text.clone().into_bytes()).collect();
    let paths: Vec<&str> = ground.keys().copied().collect();
    let (mut dice, count) = tries(4);
    for _ in 0..count {
        let path = paths[dice.below(paths.len())];
        let bytes = mutated(&mut dice, &corpus, ground[path].as_bytes());
        held(path, &bytes, || {
            let site = site(&ground).with(path, bytes.clone());
            let report =
                build(&site, &Memory::default(), &options(), &Unwatched).expect("memory does not fail");
            shown(&report.diagnostics);
        });
    }
}

#[test]
fn an_edit_of_a_sheet_changes_what_it_should_or_nothing() {
    let sheet = "# Of the desk.\ndebate: d\nannotations:\n  one: # the first\n    at: p1\n    status: in-review\n    body: >-\n      \
                 Words\n\n  two: { at: p1 }\n  'three':\n    at: p2\n    reviewed: { by: Ann }\n";
    let corpus = [sheet.as_bytes().to_vec()];
    let path = SitePath::new("content/debates/d/a.notes.yaml").expect("a path");
    let (mut dice, count) = tries(1);
    for _ in 0..count {
        let bytes = mutated(&mut dice, &corpus, sheet.as_bytes());
        let id = ["one", "two", "three"][dice.below(3)];
        held("a sheet", &bytes, || {
            let Ok(text) = String::from_utf8(bytes.clone()) else { return };
            let change = Change { status: Some(annotation::Status::Approved), ..Change::default() };
            let Ok(after) = annotation::edited(&path, &text, id, &change) else { return };
            // Every line that is not of the entry's status stands there still.
            let others = |text: &str| -> Vec<String> {
                let lines = text.lines().filter(|line| !line.contains("status"));
                lines.map(|line| line.trim_end_matches('\r').to_owned()).collect()
            };
            let (kept, left) = (others(&text), others(&after));
            assert_eq!(kept, left, "{after:?}");
        });
    }
}

#[test]
fn no_broken_document_makes_a_reader_fail() {
    let page = b"<!DOCTYPE html><html><body><p>He said \xe2\x80\x9cwe will act now\xe2\x80\x9d.<table><td>x</table></body></html>";
    let corpus = [
        page.to_vec(),
        b"He said \"we will act\" [a](b).\n\n> x\n".to_vec(),
        b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(),
    ];
    let (mut dice, count) = tries(2);
    for _ in 0..count {
        let first = dice.below(corpus.len());
        let bytes = mutated(&mut dice, &corpus, &corpus[first]);
        let name = ["a.html", "a.md", "a.txt", "a.docx", "a.odt"][dice.below(5)];
        held(name, &bytes, || {
            let _ = documents::read(&bytes, Form::of_name(name));
            let text = String::from_utf8_lossy(&bytes);
            let folded = fold(&text);
            let whole = folded.original(0..folded.text().len());
            assert!(text.get(whole).is_some());
            let unseen = hidden_characters(&text).chain(look_alikes(&text));
            unseen.for_each(|(at, found)| assert!(text[at..].starts_with(found)));
        });
    }
}
