//! What an import of a revision tells whoever runs it.

use super::revision::{Given, Paragraphs, Revised};
use crate::revise::{Revised as RevisedWords, Status};

/// How many paragraphs that were given to another speaker are listed, and four times as many ids.
const LISTED: usize = 12;

impl Revised {
    /// What became of the debate, in lines.
    pub fn report(&self) -> Vec<String> {
        let Paragraphs { same, changed, moved, new, gone } = self.paragraphs;
        let mut lines = vec![format!(
            "paragraphs: {same} the same, {changed} changed, {moved} moved, {new} new, {gone} gone"
        )];
        if !self.retired.is_empty() {
            lines.push(format!("ids that lead nowhere now: {}", listed(&self.retired)));
        }
        let (come, left) = &self.contributions;
        if !come.is_empty() || !left.is_empty() {
            lines.push(format!("contributions: {}; {}", ids("new", come), ids("gone", left)));
        }
        lines.extend(given(&self.given));
        lines.push(format!(
            "notes: {} as they were, {} moved, {} to be looked at",
            self.anchored,
            self.moved,
            self.notes.len()
        ));
        for (id, words) in &self.notes {
            let material = if words.material.is_empty() {
                String::new()
            } else {
                format!(" ({})", words.material.join(", "))
            };
            lines.push(format!("  {id}: {}{material}", words.status.word()));
            lines.extend(then_and_now(words).into_iter().map(|line| format!("    {line}")));
        }
        lines
    }
}

fn ids<I: ToString>(word: &str, ids: &[I]) -> String {
    match ids.is_empty() {
        true => format!("none {word}"),
        false => format!("{} {word} ({})", ids.len(), listed(ids)),
    }
}

/// The first ids, and how many more there are.
fn listed<I: ToString>(ids: &[I]) -> String {
    let mut names: Vec<String> = ids.iter().take(4 * LISTED).map(ToString::to_string).collect();
    if ids.len() > names.len() {
        names.push(format!("and {} more", ids.len() - names.len()));
    }
    names.join(", ")
}

fn given(given: &[Given]) -> Vec<String> {
    if given.is_empty() {
        return Vec::new();
    }
    let name = |who: &Option<String>| who.clone().unwrap_or_else(|| "nobody named".to_owned());
    let mut lines = vec![format!("{} given to another speaker:", given.len())];
    lines.extend(given.iter().take(LISTED).map(|one| {
        let mut words: String = one.words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() > 60 {
            words = words.chars().take(60).chain(['…']).collect();
        }
        format!("  {}: “{words}” said by: [-{}-] {{+{}+}}", one.id, name(&one.was), name(&one.now))
    }));
    if given.len() > LISTED {
        lines.push(format!("  and {} more", given.len() - LISTED));
    }
    lines
}

/// What a revision did to a note's words, part by part: none is left out.
pub fn then_and_now(words: &RevisedWords) -> Vec<String> {
    let mut lines = Vec::new();
    if words.status == Status::ContextChanged {
        return lines;
    }
    for (number, was) in words.was.iter().enumerate() {
        lines.push(format!("was: {}", was.words));
        // A lock of version 1 has the words target by target.
        let earlier = words.was.iter().all(|was| was.now.is_none()) && words.status == Status::Drifted;
        let now = was.now.as_ref().or_else(|| words.now.get(number).filter(|_| earlier));
        match (now, words.status) {
            (Some(now), _) => {
                lines.push(format!("now: {now}"));
                lines.push(format!("difference: {}", crate::anchor::word_diff(&was.words, now)));
            }
            (None, Status::Drifted | Status::Misattributed) => lines.push("now: the same".to_owned()),
            (None, _) => {}
        }
    }
    lines.extend(words.speakers().into_iter().map(|speakers| format!("said by: {speakers}")));
    lines
}
