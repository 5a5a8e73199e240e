//! `llms.txt` (llmstxt.org): what the site is and where its parts are, in Markdown, for programs that read
//! for people.

use super::{Export, Exporter};
use crate::model::{Destination, Site};
use std::fmt::Write;

/// How many of each are listed; the sitemap has them all.
const LISTED: usize = 50;

impl Exporter<'_> {
    /// `llms.txt`.
    pub(super) fn llms(&self) -> Vec<u8> {
        let Site { debates, topics, people, briefings, .. } = self.site;
        let mut out = format!("# {}\n\n", plain(&self.config.title));
        if let Some(description) = &self.config.description {
            let _ = writeln!(out, "> {}\n", begun(&plain(description)));
        }
        out.push_str(
            "Debates with editors' notes. On a debate's page the words of the record are in elements with the ids p1, p2 …,\n\
             to the character as published; the notes (ids n-…) are the editors' and no part of the official record. Cite the\n\
             record by its paragraph, and check it against the official report. Beside the page stands the same as data:\n\
             debate.json, which says of how many parts it is the first (debate-2.json …).\n",
        );
        let mut list = |heading: &str, entries: Vec<(Destination, &str, String)>| {
            if entries.is_empty() {
                return;
            }
            let _ = writeln!(out, "\n## {heading}\n");
            for (to, title, about) in entries {
                let about = if about.is_empty() { about } else { format!(": {}", plain(&about)) };
                let _ = writeln!(out, "- [{}]({}){about}", label(title), self.to(to));
            }
        };
        let about = |summary: &Option<String>| summary.clone().unwrap_or_default();
        let of_topics = topics.iter().take(LISTED).map(|topic| {
            (Destination::Topic(topic.slug.clone()), topic.title.as_str(), about(&topic.summary))
        });
        list("Topics", of_topics.collect());
        let of_briefings = briefings.iter().take(LISTED).map(|briefing| {
            let to = Destination::Briefing(briefing.slug.clone(), None);
            (to, briefing.title.as_str(), about(&briefing.summary))
        });
        list("Briefings", of_briefings.collect());
        let of_debates = debates.iter().take(LISTED).map(|debate| {
            let to = Destination::Debate(debate.slug.clone(), None);
            (to, debate.particulars.title.as_str(), debate.particulars.date.to_string())
        });
        list("Debates, the latest first", of_debates.collect());
        // Those that have the most to show, in the order of the list of people.
        let mut heard: Vec<(usize, usize)> = people
            .iter()
            .enumerate()
            .filter_map(|(at, person)| {
                let entry = self.index.people.get(&person.slug)?;
                Some((entry.debates.len() + entry.notes.len(), at)).filter(|(count, _)| *count > 0)
            })
            .collect();
        heard.sort_by_key(|&(count, at)| (std::cmp::Reverse(count), at));
        heard.truncate(LISTED);
        heard.sort_by_key(|&(_, at)| at);
        let of_people = heard.into_iter().map(|(_, at)| {
            (Destination::Person(people[at].slug.clone()), people[at].name.as_str(), String::new())
        });
        list("People", of_people.collect());

        let mut optional = vec![("Every page", Export::Sitemap)];
        if self.config.feeds {
            optional.push(("What is new, as JSON Feed", Export::JsonFeed));
            optional.push(("What is new, as Atom", Export::Feed));
            if self.index.has_due_dates(self.site) {
                optional.push(("Commitments by due date, as iCalendar", Export::Calendar));
            }
        }
        out.push_str("\n## Optional\n\n");
        for (name, export) in optional {
            let url = self.base().join(&self.path(export)).expect("a plain name");
            let _ = writeln!(out, "- [{name}]({url})");
        }
        out.into_bytes()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as the label of a link: nothing in it ends the label.
fn label(text: &str) -> String {
    plain(&text.replace(['[', ']', '\\'], ""))
}

/// Text in one line in which nothing is Markdown that leads somewhere: no link, no tag, no code that hides its end.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '[' | ']' | '<' | '`' | '\\') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// Text that begins a block, in which its first character begins no other.
fn begun(text: &str) -> String {
    let is_mark = text.starts_with(['#', '>', '-', '+', '*', '=', '~', '|', ':']);
    if is_mark { format!("\\{text}") } else { text.to_owned() }
}
