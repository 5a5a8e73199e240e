//! Thousands of messages, told as a reader can take them: the first of many that say the same, and how many
//! more there are.

use super::Diagnostic;
use crate::text::SitePath;
use std::collections::HashMap;

/// How many places are told of one message about one file.
const SAME: usize = 50;
/// How many messages of one code are told about one file.
const ALIKE: usize = 1_000;

/// The diagnostics, in their order, without those beyond what anybody reads. The last one of each kind says how
/// many are left out.
pub fn grouped(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if diagnostics.len() <= SAME {
        return diagnostics;
    }
    let mut same: HashMap<(Option<SitePath>, &'static str, String), Told> = HashMap::new();
    let mut alike: HashMap<(Option<SitePath>, &'static str), Told> = HashMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    for diagnostic in diagnostics {
        let file = diagnostic.place.as_ref().map(|place| place.source.path.clone());
        let code = diagnostic.code;
        let same = same.entry((file.clone(), code, diagnostic.message.clone())).or_default();
        if same.is_full(SAME) {
            continue;
        }
        let alike = alike.entry((file, code)).or_default();
        if alike.is_full(ALIKE) {
            continue;
        }
        same.add(kept.len());
        alike.add(kept.len());
        kept.push(diagnostic);
    }
    let more = |told: &Told, kept: &mut Vec<Diagnostic>, words: &str| {
        if told.left_out > 0 {
            kept[told.last]
                .notes
                .push(format!("{words} {} more times in this file, not listed here", told.left_out));
        }
    };
    same.values().for_each(|told| more(told, &mut kept, "the same is wrong"));
    alike.values().for_each(|told| more(told, &mut kept, "something of this kind is wrong"));
    kept
}

/// What was told of one kind.
#[derive(Default)]
struct Told {
    count: usize,
    left_out: usize,
    last: usize,
}

impl Told {
    fn is_full(&mut self, limit: usize) -> bool {
        let full = self.count >= limit;
        self.left_out += usize::from(full);
        full
    }

    fn add(&mut self, at: usize) {
        self.count += 1;
        self.last = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Place;
    use crate::text::{Source, Span};

    fn messages(count: usize, words: impl Fn(usize) -> String) -> Vec<Diagnostic> {
        let source = Source::new(SitePath::new("content/a.md").expect("a path"), "x".repeat(count));
        let at = |at: usize| Place::new(&source, Span::new(at..at + 1));
        (0..count).map(|number| Diagnostic::error("broken-link", at(number), words(number))).collect()
    }

    #[test]
    fn fifty_places_of_one_message_are_told_and_the_rest_counted() {
        let of = |count| grouped(messages(count, |_| "nothing is there".to_owned()));
        assert_eq!(of(SAME).iter().filter(|told| told.notes.is_empty()).count(), SAME);
        let beyond = of(SAME + 7);
        assert_eq!(beyond.len(), SAME);
        assert_eq!(beyond[SAME - 1].notes, ["the same is wrong 7 more times in this file, not listed here"]);
    }

    #[test]
    fn a_thousand_messages_of_one_code_are_told_and_the_rest_counted() {
        let of = |count| grouped(messages(count, |number| number.to_string()));
        assert!(of(ALIKE).iter().all(|told| told.notes.is_empty()));
        let beyond = of(ALIKE + 1);
        assert_eq!(beyond.len(), ALIKE);
        let words = "something of this kind is wrong 1 more times in this file, not listed here";
        assert_eq!(beyond[ALIKE - 1].notes, [words]);
    }
}
