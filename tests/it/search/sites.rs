//! Sites to search, and what to ask them.

use super::oracle::{Oracle, Part};
use proptest::prelude::*;
use rapporteur::load::Strings;
use std::fmt::Write;
use std::path::Path;

/// Numbers that look like chance and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

const WORDS: &[&str] = &[
    "the",
    "the",
    "the",
    "of",
    "and",
    "police",
    "policing",
    "policy",
    "child",
    "children",
    "carbon",
    "carbon’s",
    "taxes",
    "taxed",
    "guidance",
    "“evidence”",
    "£2,500",
    "café",
    "Barnardo’s",
    "co-operate",
    "trafficking",
    "trafficked",
    "not",
    "whether",
    "ought",
    "review",
    "reviewed",
    "O’Brien",
    "12.5",
    "Ĉu",
    "人權",
];
const WELSH: &[&str] =
    &["Cymru", "Nghymru", "Gymru", "plant", "blant", "y", "yr", "o’r", "ysgol", "ysgolion", "wlad", "gwlad"];
const FRENCH: &[&str] = &["l’État", "les", "enfants", "été", "police", "ne", "pas"];
const SPEAKERS: &[&str] = &["Ann Harper", "Bob Jones", "Cat O’Brien", "A Stranger"];
const KINDS: &[&str] = &["note", "claim", "context", "question"];

/// A site of some debates in several languages, with notes.
pub fn made_up(debates: usize, seed: u64) -> Strings {
    let mut dice = Dice(seed);
    let mut site = Strings::default()
        .with("rapporteur.yaml", "title: Made up\nbase_url: https://example.org/b/\n")
        .with("content/topics/data.md", "---\ntitle: Data and records\n---\n")
        .with("content/topics/police.md", "---\ntitle: Policing\n---\n")
        .with("content/people/ann.yaml", "name: Ann Harper\n")
        .with("content/people/bob.yaml", "name: Bob Jones\n")
        .with("content/people/cat.yaml", "name: Cat O’Brien\n");
    for at in 0..debates {
        let (language, words) = match at % 5 {
            3 => ("language: cy\n", WELSH),
            4 => ("language: fr\n", FRENCH),
            _ => ("", WORDS),
        };
        let sentence = |dice: &mut Dice, words: &[&str]| {
            let count = 3 + dice.roll(12);
            (0..count).map(|_| dice.pick(words)).collect::<Vec<_>>().join(" ") + "."
        };
        let house = dice.pick(&["House of Commons", "House of Lords", "Westminster Hall"]);
        let folder = format!("content/debates/d{at}");
        site = site.with(
            &format!("{folder}/debate.yaml"),
            format!(
                "title: {} {at}\ndate: 201{}-0{}-1{}\nhouse: {house}\nsummary: {}\n{language}",
                dice.pick(&["Carbon", "Police and children", "Cymru"]),
                dice.roll(3),
                1 + dice.roll(9),
                dice.roll(3),
                sentence(&mut dice, &["children", "carbon", "policy"]),
            ),
        );
        let mut record = String::from("# D\n");
        let mut paragraphs = 0;
        for _ in 0..2 + dice.roll(6) {
            let _ = write!(record, "\n### {}:\n", dice.pick(SPEAKERS));
            // Now and then one that goes on in another part of the debate's data.
            let long = if dice.roll(12) == 0 { 150 } else { 0 };
            for _ in 0..1 + dice.roll(3) + long {
                paragraphs += 1;
                let more = if long > 0 { 3 } else { 1 };
                let text: Vec<String> = (0..more).map(|_| sentence(&mut dice, words)).collect();
                let _ = write!(record, "\n{}\n", text.join(" "));
            }
        }
        site = site.with(&format!("{folder}/transcript.md"), record);
        let mut sheet = String::from("defaults: { status: in-review }\nannotations:\n");
        let notes = if at == 2 { 70 } else { dice.roll(6) };
        for note in 0..=notes {
            let _ = write!(
                sheet,
                "  n{note}:\n    at: p{}\n    kind: {}\n    topics: [{}]\n    body: {}\n",
                1 + dice.roll(paragraphs),
                dice.pick(KINDS),
                dice.pick(&["data", "police", "data, police"]),
                sentence(&mut dice, &["police", "policy", "evidence", "guidance", "whether", "said"]),
            );
        }
        site = site.with(&format!("{folder}/a.notes.yaml"), sheet);
    }
    site
}

/// Records of a real corpus, several formats and languages.
pub fn imported(corpora: &Path) -> Strings {
    let mut site = Strings::default().with("rapporteur.yaml", "title: Imported\n");
    let mut count = 0;
    for (folder, extension, language) in [
        ("akoma-ntoso", "xml", "en"),
        ("markdown", "md", "en"),
        ("parlamint", "xml", "sl"),
        ("historic-hansard", "xml", "en"),
    ] {
        let listed = std::fs::read_dir(corpora.join(folder)).expect("the folder is there");
        let mut paths: Vec<_> = listed.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|found| found == extension));
        paths.retain(|path| path.metadata().is_ok_and(|of| of.len() < 120_000));
        paths.sort();
        for path in paths.iter().take(4) {
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            count += 1;
            site = site
                .with(
                    &format!("content/debates/i{count}/debate.yaml"),
                    format!(
                        "title: Imported {count}\ndate: 2014-03-0{}\nlanguage: {language}\n",
                        1 + count % 9
                    ),
                )
                .with(&format!("content/debates/i{count}/transcript.{extension}"), text);
        }
    }
    assert!(count > 6, "only {count} records");
    site
}

/// Queries that are made from what stands in a site: words, phrases, beginnings, filters and several of
/// them together.
pub fn held(oracle: &Oracle) -> Vec<Vec<Part>> {
    let mut dice = Dice(99);
    let vocabulary: Vec<&String> = oracle.vocabulary().collect();
    let passages: Vec<Vec<String>> = oracle.passages().filter(|words| words.len() > 4).collect();
    let mut queries = vec![
        vec![Part::Word("no-such-word-anywhere".into())],
        vec![Part::NotWord("the".into())],
        vec![Part::After(20_120_101, "2012".into())],
        vec![Part::Before(20_121_231, "2012-12".into()), Part::NotFilter("kind", "speech".into())],
    ];
    for name in ["speaker", "topic", "house"] {
        for value in oracle.values(name).into_iter().take(4) {
            queries.push(vec![Part::Filter(name, value)]);
        }
    }
    for _ in 0..60 {
        let word = || Part::Word(vocabulary[dice.roll(vocabulary.len())].clone());
        let [one, two] = {
            let mut word = word;
            [word(), word()]
        };
        queries.push(vec![one.clone()]);
        let start: String = vocabulary[dice.roll(vocabulary.len())].chars().take(2 + dice.roll(3)).collect();
        queries.push(vec![Part::Prefix(start.clone())]);
        if passages.is_empty() {
            continue;
        }
        let passage = &passages[dice.roll(passages.len())];
        let from = dice.roll(passage.len() - 2);
        let phrase = passage[from..(from + 2 + dice.roll(2)).min(passage.len())].join(" ");
        queries.push(vec![Part::Phrase(phrase.clone())]);
        let other = Part::Word(passage[dice.roll(passage.len())].clone());
        queries.push(vec![other.clone(), Part::Word(passage[from].clone())]);
        queries.push(vec![other.clone(), Part::NotWord(passage[from].clone())]);
        queries.push(vec![other, Part::NotPhrase(phrase), two]);
        queries.push(vec![Part::Prefix(start), Part::Filter("kind", "speech".into()), one]);
    }
    queries
}

/// Any part of a query.
pub fn part(oracle: &Oracle) -> impl Strategy<Value = Part> + use<> {
    let vocabulary: Vec<String> = oracle.vocabulary().cloned().collect();
    let passages: Vec<Vec<String>> = oracle.passages().filter(|words| words.len() > 3).collect();
    let word = prop::sample::select(vocabulary);
    let phrase = (prop::sample::select(passages), any::<prop::sample::Index>(), 2usize..4).prop_map(
        |(words, at, count)| {
            let from = at.index(words.len() - 1);
            words[from..(from + count).min(words.len())].join(" ")
        },
    );
    let values = |name: &'static str| {
        let mut values: Vec<String> = oracle.values(name).into_iter().collect();
        values.extend(["harper", "o", "house", "nobody"].map(str::to_owned));
        prop::sample::select(values).prop_map(move |value| (name, value))
    };
    let kind = prop::sample::select(vec!["speech", "debate", "note", "claim", "question"])
        .prop_map(|kind| ("kind", kind.to_owned()));
    let filter = prop_oneof![values("speaker"), values("topic"), values("house"), kind];
    let year = 2009u32..2014;
    prop_oneof![
        6 => word.clone().prop_map(Part::Word),
        2 => (word.clone(), 2usize..5).prop_map(|(word, count)| Part::Prefix(word.chars().take(count).collect())),
        3 => phrase.clone().prop_map(Part::Phrase),
        2 => word.prop_map(Part::NotWord),
        1 => phrase.prop_map(Part::NotPhrase),
        3 => filter.clone().prop_map(|(name, value)| Part::Filter(name, value)),
        1 => filter.prop_map(|(name, value)| Part::NotFilter(name, value)),
        1 => (year.clone(), 1u32..10).prop_map(|(year, month)| Part::After(year * 10_000 + month * 100 + 1, format!("{year}-{month}"))),
        1 => year.prop_map(|year| Part::Before(year * 10_000 + 1231, year.to_string())),
        1 => (0usize..13).prop_map(|at| Part::Debate(format!("d{at}"))),
    ]
}
