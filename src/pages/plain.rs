//! A debate's record as plain text, for people to keep and for annotations to point into: its title and day,
//! who speaks, and every paragraph to the character, each followed by an empty line. Where nobody is named for
//! words that follow a speaker's, the text says so.

use crate::model::{Contribution, ContributionKind, Debate, Marker, ParagraphKind};
use crate::permalink::{Address, Beside, long_date};
use crate::text::Fingerprint;

/// The text, and where in it the paragraphs stand.
pub struct PlainText {
    /// The text.
    pub text: String,
    /// For each paragraph of the record where its words begin: in bytes, and in code points.
    pub paragraphs: Vec<(usize, usize)>,
}

impl PlainText {
    /// The plain text of a debate.
    pub fn new(debate: &Debate) -> Self {
        let (particulars, record) = (&debate.particulars, &debate.record);
        let mut text = String::with_capacity(record.source.text.len() + 256);
        let block = |words: &str, text: &mut String| {
            text.push_str(words);
            text.push_str("\n\n");
        };
        block(&particulars.title, &mut text);
        let house = particulars.house.iter().map(String::as_str);
        let day = long_date(particulars.date);
        block(&house.chain([day.as_str()]).collect::<Vec<_>>().join(", "), &mut text);
        let mut paragraphs = Vec::with_capacity(record.paragraphs.len());
        let mut sections = record.sections.iter().peekable();
        // Code points are counted up to here.
        let (mut counted, mut points) = (0, 0);
        let mut after_speaker = false;
        for (at, contribution) in record.contributions.iter().enumerate() {
            while let Some(section) = sections.next_if(|section| section.before <= at) {
                block(section.title.of(&record.source), &mut text);
            }
            // The record as it is printed: corrections stand beside it. A name that the record does not print
            // stands in brackets, as editors' words do.
            let label = contribution.speaker.as_ref().map(|who| {
                let name = match (who.by_editors, &who.printed) {
                    (true, _) => format!("[{}]", who.name),
                    (false, Some(printed)) => printed.clone(),
                    (false, None) => who.name.clone(),
                };
                who.detail.as_ref().map_or_else(|| format!("{name}:"), |detail| format!("{name} ({detail}):"))
            });
            if let Some(label) = &label {
                block(label, &mut text);
                after_speaker = true;
            } else if after_speaker && !is_in_brackets(debate, contribution) {
                block(NOBODY, &mut text);
                after_speaker = false;
            }
            for paragraph in &record.paragraphs[contribution.paragraphs.clone()] {
                let words = record.words(paragraph);
                match &label {
                    // A footnote or a remark within a speech would be read as words of whoever speaks.
                    Some(_) if paragraph.kind == ParagraphKind::Procedural && !in_brackets(words) => {
                        if after_speaker {
                            block(NOBODY, &mut text);
                        }
                        after_speaker = false;
                    }
                    Some(label) if !after_speaker && paragraph.kind != ParagraphKind::Procedural => {
                        block(label, &mut text);
                        after_speaker = true;
                    }
                    _ => {}
                }
                if let ParagraphKind::Votes(votes) = &paragraph.kind {
                    match votes.count {
                        Some(count) => block(&format!("[{}: {count}]", votes.side), &mut text),
                        None => block(&format!("[{}]", votes.side), &mut text),
                    }
                }
                // What a list's item is marked with stands before its words, and is none of them.
                text.push_str(&marker(&paragraph.kind));
                points += text[counted..].chars().count();
                counted = text.len();
                paragraphs.push((counted, points));
                block(words, &mut text);
            }
        }
        sections.for_each(|section| block(section.title.of(&record.source), &mut text));
        PlainText { text, paragraphs }
    }

    /// The fingerprint of a debate's plain text, which is part of its file's name: a changed text is another
    /// file. Taken when first asked for.
    pub fn fingerprint(debate: &Debate) -> Fingerprint {
        *debate.plain.get_or_init(|| Fingerprint::of(PlainText::new(debate).text.as_bytes()))
    }
}

/// The line before words that nobody is named for.
const NOBODY: &str = "[No speaker is named:]";

/// Whether every paragraph of something that nobody spoke stands in brackets, so that no reader takes it for words
/// of whoever spoke before.
fn is_in_brackets(debate: &Debate, contribution: &Contribution) -> bool {
    let paragraphs = &debate.record.paragraphs[contribution.paragraphs.clone()];
    contribution.kind != ContributionKind::Speech
        && paragraphs.iter().all(|paragraph| in_brackets(debate.record.words(paragraph)))
}

/// Whether words are marked by their own brackets as nobody's.
fn in_brackets(words: &str) -> bool {
    words.starts_with(['(', '[', '（']) && words.trim_end().ends_with([')', ']', '）'])
}

/// What the page draws before an item of a list.
pub fn marker(kind: &ParagraphKind) -> String {
    match kind {
        ParagraphKind::ListItem(Marker::Bullet) => "- ".to_owned(),
        ParagraphKind::ListItem(Marker::Number(number)) => format!("{number}. "),
        _ => String::new(),
    }
}

/// The address of a debate's plain text: where the text changes, so does the name.
pub fn plain_text_address(debate: &Debate) -> Address {
    Beside::PlainText(debate.slug.as_str(), &PlainText::fingerprint(debate).short(16)).address()
}
