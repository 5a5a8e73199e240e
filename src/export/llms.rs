//! `llms.txt` (llmstxt.org): what the site is and where its parts are, in Markdown, for programs that read
//! for people.

use crate::config::Config;
use crate::model::{Destination, Site};
use crate::output::OutputFile;
use crate::permalink::address_of;
use std::fmt::Write;
use url::Url;

/// How many of each are listed; the sitemap has them all.
const LISTED: usize = 50;

/// `llms.txt`.
pub(super) fn file(base: &Url, config: &Config, site: &Site) -> OutputFile {
    let mut out = format!("# {}\n\n", one_line(&config.title));
    if let Some(description) = &config.description {
        let _ = writeln!(out, "> {}\n", one_line(description));
    }
    out.push_str(
        "Debates with editors' notes. On a debate's page the words of the record are in elements with the ids p1, p2 …,\n\
         to the character as published; the notes (ids n-…) are the editors' and no part of the official record. Cite the\n\
         record by its paragraph, and check it against the official report.\n",
    );
    let mut list = |heading: &str, entries: Vec<(Destination, &str, String)>| {
        if entries.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n## {heading}\n");
        for (to, title, about) in entries {
            let url = base.join(address_of(&to).0.as_str()).expect("addresses are made of slugs");
            let about = if about.is_empty() { about } else { format!(": {}", one_line(&about)) };
            let _ = writeln!(out, "- [{}]({url}){about}", one_line(title).replace(['[', ']'], ""));
        }
    };
    list(
        "Topics",
        site.topics
            .iter()
            .take(LISTED)
            .map(|topic| {
                let about = topic.summary.clone().unwrap_or_default();
                (Destination::Topic(topic.slug.clone()), topic.title.as_str(), about)
            })
            .collect(),
    );
    list(
        "Briefings",
        site.briefings
            .iter()
            .take(LISTED)
            .map(|briefing| {
                let about = briefing.summary.clone().unwrap_or_default();
                (Destination::Briefing(briefing.slug.clone(), None), briefing.title.as_str(), about)
            })
            .collect(),
    );
    list(
        "Debates, the latest first",
        site.debates
            .iter()
            .take(LISTED)
            .map(|debate| {
                let about = debate.particulars.date.to_string();
                (Destination::Debate(debate.slug.clone(), None), debate.particulars.title.as_str(), about)
            })
            .collect(),
    );
    let sitemap = base.join("sitemap.xml").expect("a plain name");
    let _ = writeln!(out, "\n## Optional\n\n- [Every page]({sitemap})");
    OutputFile { path: "llms.txt".into(), bytes: out.into_bytes() }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
