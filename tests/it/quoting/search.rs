//! Passages of records, a word altered or not, in forms and places put together at random. No altered
//! passage may go unnamed, and no unaltered one be refused. The seed is printed; `RAPPORTEUR_SEED` sets it,
//! `RAPPORTEUR_TRIES` how many.

use super::forms::{Cites, FORMS, Form, Shape, Wrap};
use super::{BASE, is_error, site, told};
use rapporteur::diagnostics::Diagnostic;
use rapporteur::layout::layout;
use rapporteur::load::Strings;
use rapporteur::markdown;
use rapporteur::pipeline::parse_debate;
use rapporteur::prose::{self, Kind, Node, Quotation, Tie};
use rapporteur::text::{SitePath, Source, Span, fold};
use std::ops::Range;

/// How many passages stand on one page: each is shut off from the next by a rule.
const ON_A_PAGE: usize = 20;

/// Numbers that look random, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % count as u64).expect("it is below a usize")
    }

    fn one<'o, T>(&mut self, of: &'o [T]) -> &'o T {
        &of[self.below(of.len())]
    }
}

/// A paragraph of a record.
struct Paragraph {
    debate: String,
    id: usize,
    speaker: String,
    words: String,
}

fn paragraphs(site: &Strings) -> Vec<Paragraph> {
    let mut found = Vec::new();
    for (slug, files) in layout(site).expect("strings").value.debates {
        let written = parse_debate(site, &slug, &files).expect("strings").value.expect("a debate");
        let record = rapporteur::resolve::bare_record(written.transcript);
        for (at, paragraph) in record.paragraphs.iter().enumerate() {
            found.push(Paragraph {
                debate: slug.to_string(),
                id: at + 1,
                speaker: record.speaker(at).map(|who| who.name.clone()).unwrap_or_default(),
                words: record.words(paragraph).to_owned(),
            });
        }
    }
    found
}

/// Whether a passage has the record's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Right,
    Altered,
}

/// A passage as typed somewhere.
struct Try {
    form: &'static Form,
    wraps: Vec<Wrap>,
    words: Words,
    text: String,
    definition: String,
    /// The word that was altered, or some word of the passage.
    altered: String,
}

/// Some words of a paragraph, whole words from one place to another, without marks of Markdown.
fn passage(dice: &mut Dice, words: &str) -> Option<Vec<String>> {
    let all: Vec<&str> = words.split_whitespace().collect();
    let count = 5 + dice.below(14);
    let start = dice.below(all.len().saturating_sub(count).max(1));
    let some = all.get(start..(start + count).min(all.len()))?;
    let plain = |word: &&&str| word.chars().all(|c| c.is_alphanumeric() || "’,.;:-–—£".contains(c));
    (some.len() >= 5 && some.iter().all(|word| plain(&word)))
        .then(|| some.iter().map(|w| (*w).to_owned()).collect())
}

/// The passage with a word that matters put in or put in the place of another.
fn alter(dice: &mut Dice, words: &mut Vec<String>) -> String {
    let at = 1 + dice.below(words.len() - 2);
    let put = (*dice.one(&["never", "not", "seldom", "1897", "otherwise"])).to_owned();
    match dice.below(2) {
        0 => words.insert(at, put.clone()),
        _ => words[at].clone_from(&put),
    }
    put
}

fn attempt(dice: &mut Dice, paragraphs: &[Paragraph], number: usize, words: Words) -> Option<Try> {
    let paragraph = dice.one(paragraphs);
    let mut some = passage(dice, &paragraph.words)?;
    let joined = |some: &[String]| some.join(" ");
    let is_there = |text: &str| fold(&paragraph.words).text().contains(fold(text).text());
    if words == Words::Right && !is_there(&joined(&some)) {
        return None;
    }
    let altered = match words {
        Words::Right => some[some.len() / 2].clone(),
        Words::Altered => alter(dice, &mut some),
    };
    if words == Words::Altered && is_there(&joined(&some)) {
        return None;
    }
    let form = dice.one(FORMS);
    let (a, b) = (joined(&some[..some.len() / 2]), joined(&some[some.len() / 2..]));
    let address = format!("debates/{}/#p{}", paragraph.debate, paragraph.id);
    let fill = |text: &str| {
        text.replace("{w}", &format!("{a} {b}"))
            .replace("{a}", &a)
            .replace("{b}", &b)
            .replace("{t}", &format!("../{address}"))
            .replace("{u}", &format!("{BASE}{address}"))
            .replace("{n}", &paragraph.speaker)
            .replace("{k}", &number.to_string())
    };
    let mut text = fill(form.text);
    let mut wraps = Vec::new();
    if form.shape == Shape::Line && dice.below(3) == 0 {
        let wrap = *dice.one(&Wrap::LINES);
        text = wrap.put(&text, number);
        wraps.push(wrap);
    }
    for level in 0..dice.below(4) {
        let wrap = *dice.one(&Wrap::BLOCKS);
        // A footnote stands in no other block, and its mark once.
        if wrap == Wrap::Footnote && (level > 0 || !form.definition.is_empty()) {
            continue;
        }
        let is_footnote = wraps.contains(&Wrap::Footnote);
        if is_footnote {
            break;
        }
        text = wrap.put(&text, number);
        wraps.push(wrap);
    }
    Some(Try { form, wraps, words, text, definition: fill(form.definition), altered })
}

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

fn tries() -> Vec<Try> {
    let seed = number("RAPPORTEUR_SEED").unwrap_or(20_121_220);
    let count = usize::try_from(number("RAPPORTEUR_TRIES").unwrap_or(1_200)).expect("a number");
    println!("seed {seed}, {count} tries");
    let mut dice = Dice(seed);
    let paragraphs = paragraphs(&site([]));
    let mut tries = Vec::with_capacity(count);
    while tries.len() < count {
        let words = if dice.below(2) == 0 { Words::Right } else { Words::Altered };
        tries.extend(attempt(&mut dice, &paragraphs, tries.len(), words));
    }
    tries
}

/// Paths and texts.
type Files = Vec<(String, String)>;
/// For each try its page, and its place in that.
type Stands = Vec<(usize, Range<usize>)>;

/// Pages with the tries.
fn pages(tries: &[Try]) -> (Files, Stands) {
    let (mut pages, mut places) = (Vec::new(), Vec::new());
    for (number, some) in tries.chunks(ON_A_PAGE).enumerate() {
        let mut text = String::from("---\ntitle: Page\n---\n");
        for one in some {
            let start = text.len();
            text.push_str(&one.text);
            places.push((number, start..text.len()));
            text.push_str("\n\n------\n\n");
        }
        for one in some {
            text.push_str(&one.definition);
            text.push_str("\n\n");
        }
        pages.push((format!("content/pages/t{number}.md"), text));
    }
    (pages, places)
}

/// What is wrong with how the tries were judged.
fn wrong(tries: &[Try]) -> Vec<String> {
    let (files, places) = pages(tries);
    let told = told(&site(files.clone()));
    let mut wrong = Vec::new();
    for (one, (page, place)) in tries.iter().zip(&places) {
        let (path, text) = &files[*page];
        let here: Vec<&Diagnostic> = told
            .iter()
            .filter(|diagnostic| {
                diagnostic.place.as_ref().is_some_and(|at| {
                    let span = at.span.range();
                    at.source.path.as_str() == path && span.start < place.end && place.start < span.end.max(1)
                })
            })
            .collect();
        let names_it = |diagnostic: &&&Diagnostic| {
            let span = diagnostic.place.as_ref().expect("a place").span.range();
            // The line or lines that a person is shown.
            let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
            text[start..end].contains(&one.altered)
        };
        let is_judged = match (one.words, one.form.cites) {
            (Words::Altered, Cites::Record) => here.iter().filter(names_it).any(|told| is_error(told)),
            (Words::Altered, Cites::Nothing) => here.iter().any(|told| names_it(&told)),
            (Words::Right, _) => !here.iter().any(|told| is_error(told)),
        };
        if !is_judged {
            let said: Vec<_> = here.iter().map(|told| (told.code, &told.message)).collect();
            wrong.push(format!(
                "{:?}, {} in {:?}: {said:?}\n{}",
                one.words, one.form.name, one.wraps, one.text
            ));
        }
    }
    wrong
}

#[test]
fn no_altered_passage_goes_unnamed_and_no_unaltered_one_is_refused() {
    let wrong = wrong(&tries());
    assert!(
        wrong.is_empty(),
        "{} wrong; the first:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
}

/// A way in which quotations once went unseen: whether a quotation in a tree would have.
struct Hole {
    name: &'static str,
    hides: fn(&str, &[Node], &Quotation<'_>) -> bool,
}

/// The node of some kind that a place stands in.
fn stands_in(nodes: &[Node], span: Span, is: fn(&Kind) -> bool) -> bool {
    nodes.iter().any(|node| {
        let over = node.span.start <= span.start && span.end <= node.span.end;
        (over && is(&node.kind)) || stands_in(&node.children, span, is)
    })
}

const HOLES: &[Hole] = &[
    Hole {
        name: "a block quotation in a callout",
        hides: |_, nodes, quotation| {
            matches!(quotation.form, prose::Form::Block(..))
                && stands_in(nodes, quotation.span, |kind| matches!(kind, Kind::Callout(_)))
        },
    },
    Hole {
        name: "a link on some of the words",
        hides: |_, _, quotation| {
            let on = quotation.cited.first().filter(|cited| cited.tie == Tie::On);
            on.is_some_and(|cited| quotation.span.start < cited.link.span.start)
        },
    },
    Hole { name: "several paragraphs", hides: |_, _, quotation| quotation.words.contains("\n\n") },
    Hole {
        name: "a picture or a second link in the attribution",
        hides: |_, _, quotation| match &quotation.form {
            prose::Form::Block(node, _) => {
                let mut count = 0;
                let mut walk = vec![*node];
                while let Some(node) = walk.pop() {
                    count += usize::from(matches!(node.kind, Kind::Link(_) | Kind::Picture(_)));
                    walk.extend(&node.children);
                }
                count > 1
            }
            _ => false,
        },
    },
    Hole {
        name: "typed as HTML",
        hides: |_, nodes, quotation| {
            matches!(quotation.form, prose::Form::Block(node, _) if matches!(node.kind, Kind::BlockQuote(Some(_))))
                || stands_in(nodes, quotation.span, |kind| matches!(kind, Kind::Quote(_)))
        },
    },
    Hole {
        name: "a link in a block quote",
        hides: |_, nodes, quotation| {
            stands_in(nodes, quotation.span, |kind| matches!(kind, Kind::BlockQuote(_)))
        },
    },
    Hole {
        name: "straight single marks, low marks and marks turned round",
        hides: |text, _, quotation| {
            text[quotation.span.start as usize..].starts_with(['\'', '‚', '‹', '»', '”'])
        },
    },
    Hole {
        name: "attributed outside",
        hides: |_, _, quotation| {
            matches!(quotation.form, prose::Form::Block(node, _)
                if quotation.cited.iter().all(|cited| cited.link.span.end <= node.span.start
                    || cited.link.span.start >= node.span.end))
        },
    },
];

/// The tries whose altered words are in no quotation that is found.
fn unseen(tries: &[Try], hides: impl Fn(&str, &[Node], &Quotation<'_>) -> bool) -> usize {
    let path = SitePath::new("content/pages/t.md").expect("a path");
    let is_unseen = |one: &&Try| {
        let source = Source::new(path.clone(), format!("{}\n\n------\n\n{}", one.text, one.definition));
        let draft = markdown::parse(&source, Span::new(0..source.text.len())).value;
        let quotations = prose::quotations(&draft.nodes);
        let seen = |quotation: &&Quotation<'_>| {
            quotation.words.contains(&one.altered) && !hides(&source.text, &draft.nodes, quotation)
        };
        !quotations.iter().any(|quotation| seen(&quotation))
    };
    tries.iter().filter(|one| one.words == Words::Altered).filter(is_unseen).count()
}

#[test]
fn the_search_notices_when_an_old_hole_is_opened_again() {
    let tries = tries();
    assert_eq!(unseen(&tries, |_, _, _| false), 0);
    for Hole { name, hides } in HOLES {
        assert!(unseen(&tries, hides) > 0, "{name}: the search does not notice");
    }
}
