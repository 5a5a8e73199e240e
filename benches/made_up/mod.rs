//! Made-up debates: about 3,000 words and 12 notes each, from the demonstration's own words. The same on every
//! machine.

use rapporteur::load::Strings;
use std::fmt::Write;

const PARAGRAPHS: usize = 42;
const NOTES: usize = 12;
const TOPICS: usize = 40;
const SPEAKERS: usize = 650;

/// A small generator of numbers that is the same on every machine (Knuth's constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

/// A site of so many debates.
pub fn site(debates: usize) -> Strings {
    let record = include_str!("../../content/debates/2012-12-20-human-trafficking/transcript.txt");
    let sentences: Vec<&str> =
        record.split_inclusive(". ").map(str::trim).filter(|s| s.len() > 40 && !s.contains('\n')).collect();
    let mut numbers = Numbers(20_121_220);
    let mut site =
        Strings::default().with("rapporteur.yaml", "title: Benchmark\nbase_url: https://example.org/\n");
    for topic in 0..TOPICS {
        site = site.with(
            &format!("content/topics/topic-{topic}.md"),
            format!("---\ntitle: Topic {topic}\n---\nAn overview.\n"),
        );
    }
    for person in 0..SPEAKERS {
        site = site.with(&format!("content/people/person-{person}.yaml"), format!("name: Person {person}\n"));
    }
    for debate in 0..debates {
        let day = format!("{}-{:02}-{:02}", 2000 + debate / 336 % 25, debate / 28 % 12 + 1, debate % 28 + 1);
        let folder = format!("content/debates/{day}-{debate}");
        let (mut transcript, mut sheet) = (
            format!("# Debate {debate}\n\n"),
            String::from("defaults: { status: in-review }\nannotations:\n"),
        );
        for paragraph in 1..=PARAGRAPHS {
            if paragraph % 2 == 1 {
                let _ = write!(transcript, "### Person {} (Seat, Party):\n\n", numbers.below(SPEAKERS));
            }
            // A number makes each sentence the only one of its kind in the paragraph.
            let words: Vec<String> =
                (0..3).map(|at| format!("{at} {}", sentences[numbers.below(sentences.len())])).collect();
            let _ = write!(transcript, "{}\n\n", words.join(" "));
            if paragraph % (PARAGRAPHS / NOTES) == 0 && paragraph / (PARAGRAPHS / NOTES) <= NOTES {
                let quote = serde_json::to_string(&words[0]).expect("a text");
                let _ = write!(
                    sheet,
                    "  n{paragraph}:\n    at: p{paragraph}\n    quote: {quote}\n    kind: claim\n    topics: [topic-{}, topic-{}]\n    body: |\n      What this **means**.\n",
                    numbers.below(TOPICS / 2),
                    TOPICS / 2 + numbers.below(TOPICS / 2)
                );
            }
        }
        site = site
            .with(
                &format!("{folder}/debate.yaml"),
                format!("title: Debate {debate}\ndate: {day}\nhouse: House of Commons\n"),
            )
            .with(&format!("{folder}/transcript.md"), transcript)
            .with(&format!("{folder}/n.notes.yaml"), sheet);
    }
    site
}
