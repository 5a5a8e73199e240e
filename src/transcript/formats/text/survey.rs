//! Which lines of a plain text name speakers, and whether that is beyond doubt.

use crate::transcript::conventions::trimmed;
use crate::transcript::labels::{Form, LabelLine, Shape, label_line, shape};
use std::collections::HashMap;
use std::ops::Range;

/// How many words one name stands for at most, on the average.
const WORDS_OF_A_SPEECH: usize = 1000;

/// A line that has words.
pub(super) struct Line {
    /// Without white space at its ends.
    pub span: Range<usize>,
    /// Whether a blank line, or nothing, stands before it.
    pub starts_block: bool,
    /// What it would be as a speaker's line, as ranges of the line.
    pub label: Option<LabelLine>,
    shape: Option<Shape>,
    words: usize,
}

/// How a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It names a speaker.
    Speaker,
    /// It is words, and could name a speaker.
    Doubtful,
    Words,
}

/// How often a name is printed.
#[derive(Clone, Copy, Default)]
struct Count {
    /// With a colon, a time or marks.
    signed: usize,
    /// In a line of its own, with nothing else.
    alone: usize,
    /// With a time or marks.
    certain: bool,
}

/// A text, line by line.
pub(super) struct Survey<'t> {
    text: &'t str,
    pub lines: Vec<Line>,
    counts: HashMap<String, Count>,
    /// Whether blank lines part the paragraphs.
    has_blocks: bool,
    /// Whether nothing in the text proves the format, so that its author's word is taken for it.
    is_relaxed: bool,
}

impl<'t> Survey<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let lines = lines(text);
        let has_blocks = lines.iter().skip(1).filter(|line| line.starts_block).count() >= 2;
        let mut survey = Survey { text, lines, counts: HashMap::new(), has_blocks, is_relaxed: false };
        for at in 0..survey.lines.len() {
            let Some(name) = survey.name(at) else { continue };
            let may_be_alone = survey.may_be_alone(at);
            let (is_signed, is_certain) = match &survey.lines[at].label {
                Some(label) => (is_signed(label), label.time.is_some() || label.form == Form::Marked),
                None => continue,
            };
            let count = survey.counts.entry(name).or_default();
            count.signed += usize::from(is_signed);
            count.alone += usize::from(!is_signed && may_be_alone);
            count.certain |= is_certain;
        }
        survey.is_relaxed = !survey.is_proof();
        survey
    }

    /// The name in a line, in small letters; `None` where it is none.
    fn name(&self, at: usize) -> Option<String> {
        let line = &self.lines[at];
        line.shape?;
        let name = &line.label.as_ref()?.name;
        Some(self.text[line.span.start + name.start..line.span.start + name.end].to_lowercase())
    }

    /// The name in a line with what stands in brackets after it, which tells two of one name apart.
    fn whole_name(&self, at: usize) -> String {
        let line = &self.lines[at];
        let label = line.label.as_ref();
        let range = label.map_or(0..0, |label| {
            label.name.start..label.detail.as_ref().map_or(label.name.end, |detail| detail.end)
        });
        self.text[line.span.start + range.start..line.span.start + range.end].to_lowercase()
    }

    /// Whether a line can be a name alone: at the start of a paragraph, with words under it.
    fn may_be_alone(&self, at: usize) -> bool {
        self.lines[at].starts_block || !self.has_blocks
    }

    /// How a line is read.
    pub(super) fn reading(&self, at: usize) -> Reading {
        let (Some(name), Some(label), Some(shape)) =
            (self.name(at), &self.lines[at].label, self.lines[at].shape)
        else {
            return Reading::Words;
        };
        let count = self.counts.get(&name).copied().unwrap_or_default();
        let recurs = count.signed >= 2 || (count.alone >= 2 && shape != Shape::Ordinary);
        let is_accepted = match shape {
            Shape::Ordinary => count.signed >= 2,
            Shape::Full => recurs || count.signed >= 1,
            Shape::Uncased => recurs || count.certain || (self.is_relaxed && count.signed >= 1),
            Shape::Single => recurs || count.certain || (self.is_relaxed && count.signed >= 1),
        };
        if is_signed(label) {
            if is_accepted { Reading::Speaker } else { Reading::Doubtful }
        } else if self.may_be_alone(at)
            && (is_accepted || self.is_like_names_alone(at, shape))
            && self.has_words_after(at)
        {
            Reading::Speaker
        } else if self.has_names_alone() && shape == Shape::Full && self.lines[at].starts_block {
            Reading::Doubtful
        } else {
            Reading::Words
        }
    }

    /// Whether the speakers of this text are named in lines of their own.
    fn has_names_alone(&self) -> bool {
        self.counts.values().any(|count| count.alone >= 2)
    }

    /// Whether a line stands over words as the lines do that are names beyond doubt.
    fn is_like_names_alone(&self, at: usize, shape: Shape) -> bool {
        let is_over_words = self.lines.get(at + 1).is_some_and(|next| !next.starts_block);
        shape == Shape::Full && self.has_blocks && self.has_names_alone() && is_over_words
    }

    /// Whether words follow the name in a line, in it or under it.
    fn has_words_after(&self, at: usize) -> bool {
        let has_words = |label: &LabelLine| !label.words.is_empty();
        self.lines[at].label.as_ref().is_some_and(has_words)
            || self.lines.get(at + 1).is_some_and(|next| {
                let is_name = next.shape.is_some() && next.label.as_ref().is_some_and(is_signed);
                !is_name
            })
    }

    /// Whether a paragraph ends with a line.
    pub(super) fn ends_paragraph(&self, at: usize) -> bool {
        match self.lines.get(at + 1) {
            Some(next) => next.starts_block || self.reading(at + 1) == Reading::Speaker,
            None => true,
        }
    }

    fn readings(&self) -> Vec<Reading> {
        (0..self.lines.len()).map(|at| self.reading(at)).collect()
    }

    /// Whether the text proves to be in this format.
    pub(super) fn is_proof(&self) -> bool {
        // Headings are Markdown's, times with arrows those of captions, tags those of XML.
        let is_other = |(at, line): (usize, &Line)| {
            let words = &self.text[line.span.clone()];
            (at > 0 && is_markdown_heading(words)) || words.contains("-->") || words.starts_with("</")
        };
        if self.lines.iter().enumerate().any(is_other) {
            return false;
        }
        let readings = self.readings();
        let turns: Vec<usize> = (0..readings.len()).filter(|at| readings[*at] == Reading::Speaker).collect();
        let Some(first) = turns.first() else { return false };
        let (mut with_words, mut ordinary) = (0, 0);
        let mut names: HashMap<String, usize> = HashMap::new();
        for at in &turns {
            with_words += usize::from(self.has_words_after(*at));
            ordinary += usize::from(self.lines[*at].shape == Some(Shape::Ordinary));
            *names.entry(self.whole_name(*at)).or_default() += 1;
        }
        let words: usize = self.lines.iter().map(|line| line.words).sum();
        let before: usize = self.lines[..*first].iter().map(|line| line.words).sum();
        turns.len() >= 3
            && names.len() >= 2
            && names.values().any(|count| *count >= 2)
            && with_words * 10 >= turns.len() * 9
            && ordinary * 3 <= turns.len()
            && (before <= 40 || before * 5 <= words)
            && words <= turns.len() * WORDS_OF_A_SPEECH
    }

    /// How many lines begin with a name and a colon, a time or marks, and the first of them.
    pub(super) fn signed(&self) -> Option<(usize, &'t str)> {
        let is_name = |line: &&Line| {
            line.label.as_ref().is_some_and(is_signed)
                && line.shape.is_some_and(|shape| shape != Shape::Ordinary)
        };
        let mut lines = self.lines.iter().filter(is_name);
        let first = lines.next()?;
        let label = first.label.as_ref()?;
        let words = &self.text[first.span.start + label.label.start..first.span.start + label.label.end];
        Some((1 + lines.count(), words))
    }
}

/// Whether something besides the line itself shows a label.
fn is_signed(label: &LabelLine) -> bool {
    label.form != Form::Alone || label.time.is_some()
}

fn is_markdown_heading(words: &str) -> bool {
    let rest = words.trim_start_matches('#');
    (1..=6).contains(&(words.len() - rest.len())) && rest.starts_with([' ', '\t'])
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut starts_block) = (0, true);
    for line in text.split_inclusive('\n') {
        let span = trimmed(text, start..start + line.len());
        start += line.len();
        if span.is_empty() {
            starts_block = true;
            continue;
        }
        let words = &text[span.clone()];
        let label = label_line(words);
        let shape = label.as_ref().and_then(|label| shape(&words[label.name.clone()]));
        let words = words.split_whitespace().count();
        lines.push(Line { span, starts_block, label, shape, words });
        starts_block = false;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_proof(text: &str) -> bool {
        Survey::of(text).is_proof()
    }

    #[test]
    fn a_text_is_recognised_where_its_names_recur() {
        assert!(is_proof("Ann Lee: One.\nBob Roe: Two.\nAnn Lee: Three.\n"));
        assert!(is_proof("ANN LEE\nOne.\n\nBOB ROE\nTwo.\n\nANN LEE\nThree.\n\nBOB ROE\nFour.\n"));
        assert!(is_proof("Ann Lee  0:03\nOne.\n\nBob Roe  0:07\nTwo.\n\nAnn Lee  0:09\nThree.\n"));
        assert!(is_proof("آن لي: واحد.\nباب رو: اثنان.\nآن لي: ثلاثة.\n"));
    }

    #[test]
    fn what_proves_nothing_is_refused() {
        for text in [
            "",
            "Ann Lee: One.\n",
            "Ann Lee: One.\nBob Roe: Two.\n",
            "Agenda:\nApologies:\nMinutes:\nAgenda:\nApologies:\n",
            "Name: Ann\nParty: Lab\nName: Bob\nParty: Con\n",
            "Name: Ann\nDate: Monday\nName: Bob\nDate: Tuesday\n",
            "Question: Why?\nAnswer: Because.\nQuestion: Who?\nAnswer: I.\n",
            "We met at 10:30.\n\nNote: it rained.\n\nNote: it stopped.\n\nNote: it rained.\n",
            "# A\n\n## B\n\nAnn Lee: One.\n\nBob Roe: Two.\n\nAnn Lee: Three.\n",
            "10:02\nThe Chair (Ann Lark)\nGood morning.\n10:05\nBo Reed (officer)\nThank you.\n",
        ] {
            assert!(!is_proof(text), "{text}");
        }
    }
}
