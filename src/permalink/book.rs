//! The address book: for everything that editors write and that has a page, where its source stands, how links
//! to it are written, the address of its page, and the files for machines beside it. Whoever needs one of these
//! asks here, so that each is written once.

use super::Address;
use crate::model::Destination;

/// The folder of the sources.
const CONTENT: &str = "content";

/// What the site has published, and so has promised to keep: one address a line.
pub const LEDGER: &str = "content/addresses.txt";

/// Something that editors write and that has a page. The names are those of files and folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entry<'a> {
    /// The home page.
    Home,
    /// A debate.
    Debate(&'a str),
    /// A topic.
    Topic(&'a str),
    /// A person.
    Person(&'a str),
    /// A briefing.
    Briefing(&'a str),
    /// A page of text.
    Page(&'a str),
    /// The glossary.
    Glossary,
}

/// The sources of debates: a folder of them, and in each the file that the page is made from.
const DEBATE: &str = "debate.yaml";
const HOME: &str = "home.md";
const GLOSSARY: &str = "glossary.yaml";

impl<'a> Entry<'a> {
    /// The folder that it stands in among the sources, and the endings of the file that it is written in; none
    /// of what stands in no folder, or in one of its own.
    fn pattern(self) -> Option<(&'static str, &'a str, &'static [&'static str])> {
        match self {
            Entry::Topic(name) => Some(("topics", name, &["md"])),
            Entry::Person(name) => Some(("people", name, &["yaml", "md"])),
            Entry::Briefing(name) => Some(("briefings", name, &["md"])),
            Entry::Page(name) => Some(("pages", name, &["md"])),
            Entry::Home | Entry::Debate(_) | Entry::Glossary => None,
        }
    }

    /// What stands in a folder under a name.
    fn in_folder(folder: &str, name: &'a str) -> Option<Self> {
        Some(match folder {
            "topics" => Entry::Topic(name),
            "people" => Entry::Person(name),
            "briefings" => Entry::Briefing(name),
            "pages" => Entry::Page(name),
            _ => return None,
        })
    }

    /// Its name, where it is one of several.
    pub fn name(self) -> Option<&'a str> {
        match self {
            Entry::Home | Entry::Glossary => None,
            Entry::Debate(name)
            | Entry::Topic(name)
            | Entry::Person(name)
            | Entry::Briefing(name)
            | Entry::Page(name) => Some(name),
        }
    }

    /// The files that it may be written in, the usual one first: `content/topics/data.md`.
    pub fn sources(self) -> Vec<String> {
        match (self, self.pattern()) {
            (_, Some((folder, name, endings))) => {
                endings.iter().map(|ending| format!("{CONTENT}/{folder}/{name}.{ending}")).collect()
            }
            (Entry::Debate(slug), _) => vec![debate_file(slug, DEBATE)],
            (Entry::Glossary, _) => vec![format!("{CONTENT}/{GLOSSARY}")],
            _ => vec![format!("{CONTENT}/{HOME}")],
        }
    }

    /// What is written in a file.
    pub fn of_source(path: &'a str) -> Option<Self> {
        let path = path.strip_prefix(CONTENT)?.strip_prefix('/')?;
        match path.split_once('/') {
            None if path == HOME => Some(Entry::Home),
            None if path == GLOSSARY => Some(Entry::Glossary),
            None => None,
            Some(("debates", rest)) => {
                let (slug, file) = rest.split_once('/')?;
                (file == DEBATE).then_some(Entry::Debate(slug))
            }
            Some((folder, file)) => {
                let (name, ending) = file.rsplit_once('.').filter(|(name, _)| !name.is_empty())?;
                let entry = Entry::in_folder(folder, name).filter(|_| !name.contains('/'))?;
                entry.pattern().is_some_and(|(.., endings)| endings.contains(&ending)).then_some(entry)
            }
        }
    }

    /// What a link means whose path has these parts, from the root of the sources or of the site: a source as a
    /// forge shows it, or an address. Whether the site has that is not known here.
    pub fn meant(parts: &[&'a str]) -> Option<Self> {
        let bare =
            |name: &'a str| name.strip_suffix(".md").or_else(|| name.strip_suffix(".yaml")).unwrap_or(name);
        match *parts {
            [] | ["home.md" | "home"] => Some(Entry::Home),
            ["glossary" | GLOSSARY] => Some(Entry::Glossary),
            ["debates", slug] | ["debates", slug, DEBATE | "index.html"] => Some(Entry::Debate(slug)),
            [folder, name] => Entry::in_folder(folder, bare(name)),
            [name] => Some(Entry::Page(bare(name))),
            _ => None,
        }
    }

    /// The address of its page.
    pub fn address(self) -> Address {
        match self {
            Entry::Home => Address::folder(&[]),
            Entry::Debate(name) => Address::folder(&["debates", name]),
            Entry::Topic(name) => Address::folder(&["topics", name]),
            Entry::Person(name) => Address::folder(&["people", name]),
            Entry::Briefing(name) => Address::folder(&["briefings", name]),
            Entry::Page(name) => Address::folder(&[name]),
            Entry::Glossary => Address::folder(&["glossary"]),
        }
    }

    /// What has its page at an address, or in the file that the address leads to.
    pub fn of_address(address: &'a str) -> Option<Self> {
        let address = address.strip_suffix("index.html").unwrap_or(address);
        let Some(folder) = address.strip_suffix('/') else {
            return address.is_empty().then_some(Entry::Home);
        };
        match folder.split_once('/') {
            None if folder == "glossary" => Some(Entry::Glossary),
            None => Some(Entry::Page(folder)),
            Some((_, name)) if name.contains('/') => None,
            Some(("debates", slug)) => Some(Entry::Debate(slug)),
            // Pages of text stand at the root.
            Some(("pages", _)) => None,
            Some((folder, name)) => Entry::in_folder(folder, name),
        }
    }

    /// What a destination is on the page of, where editors write that.
    pub fn of(destination: &'a Destination) -> Option<Self> {
        match destination {
            Destination::Home => Some(Entry::Home),
            Destination::Debate(slug, _) => Some(Entry::Debate(slug.as_str())),
            Destination::Topic(slug) => Some(Entry::Topic(slug.as_str())),
            Destination::Person(slug) => Some(Entry::Person(slug.as_str())),
            Destination::Briefing(slug, _) => Some(Entry::Briefing(slug.as_str())),
            Destination::Page(slug, _) => Some(Entry::Page(slug)),
            Destination::Glossary => Some(Entry::Glossary),
            Destination::Asset(_) | Destination::Here(_) | Destination::Elsewhere(_) => None,
        }
    }
}

/// The debate that a file among the sources belongs to, and its path in the debate's folder.
pub fn debate_source(path: &str) -> Option<(&str, &str)> {
    in_debate(path.strip_prefix(CONTENT)?.strip_prefix('/')?)
}

/// Where a file of a debate stands among the sources, by its path in the debate's folder.
pub fn debate_file(slug: &str, file: &str) -> String {
    format!("{CONTENT}/debates/{slug}/{file}")
}

/// The debate that a path of the site is below, and the path from there.
pub fn in_debate(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("debates/")?.split_once('/')
}

/// A file for machines: at the root, or beside the page of what it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Beside<'a> {
    /// The addresses of all pages.
    Sitemap,
    /// One of several files of them, from 1.
    SitemapPart(usize),
    /// What programs may visit.
    Robots,
    /// What a web server should send with every file.
    Headers,
    /// The site for language models.
    Llms,
    /// The site's Atom feed.
    Feed,
    /// The same as JSON Feed.
    JsonFeed,
    /// The calendar of commitments.
    Calendar,
    /// The Atom feed of a topic.
    TopicFeed(&'a str),
    /// The Atom feed of a person.
    PersonFeed(&'a str),
    /// A debate as data: one of its parts, from 1.
    Data(&'a str, usize),
    /// The notes of a debate as W3C Web Annotations.
    WebAnnotations(&'a str),
    /// The record of a debate as plain text, with the first digits of its fingerprint: a changed text is another
    /// file.
    PlainText(&'a str, &'a str),
}

impl<'a> Beside<'a> {
    /// Where it stands.
    pub fn path(self) -> String {
        match self {
            Beside::Sitemap => "sitemap.xml".into(),
            Beside::SitemapPart(number) => format!("sitemap-{number}.xml"),
            Beside::Robots => "robots.txt".into(),
            Beside::Headers => "_headers".into(),
            Beside::Llms => "llms.txt".into(),
            Beside::Feed => "feed.xml".into(),
            Beside::JsonFeed => "feed.json".into(),
            Beside::Calendar => "commitments.ics".into(),
            Beside::TopicFeed(slug) => format!("topics/{slug}/feed.xml"),
            Beside::PersonFeed(slug) => format!("people/{slug}/feed.xml"),
            Beside::Data(slug, 1) => format!("debates/{slug}/debate.json"),
            Beside::Data(slug, number) => format!("debates/{slug}/debate-{number}.json"),
            Beside::WebAnnotations(slug) => format!("debates/{slug}/annotations.jsonld"),
            Beside::PlainText(slug, mark) => format!("debates/{slug}/transcript.{mark}.txt"),
        }
    }

    /// Where it stands, as an address.
    pub fn address(self) -> Address {
        Address::file(&self.path())
    }

    /// What stands at a path, if the site has it.
    pub fn parse(path: &'a str) -> Option<Self> {
        let found = match path.rsplit_once('/') {
            None => match path {
                "sitemap.xml" => Beside::Sitemap,
                "robots.txt" => Beside::Robots,
                "_headers" => Beside::Headers,
                "llms.txt" => Beside::Llms,
                "feed.xml" => Beside::Feed,
                "feed.json" => Beside::JsonFeed,
                "commitments.ics" => Beside::Calendar,
                _ => Beside::SitemapPart(between(path, "sitemap-", ".xml")?.parse().ok()?),
            },
            Some((folder, file)) => match (folder.split_once('/')?, file) {
                ((_, slug), _) if slug.contains('/') => return None,
                (("topics", slug), "feed.xml") => Beside::TopicFeed(slug),
                (("people", slug), "feed.xml") => Beside::PersonFeed(slug),
                (("debates", slug), "debate.json") => Beside::Data(slug, 1),
                (("debates", slug), "annotations.jsonld") => Beside::WebAnnotations(slug),
                (("debates", slug), file) => match between(file, "transcript.", ".txt") {
                    Some(mark) => Beside::PlainText(slug, mark),
                    None => Beside::Data(slug, between(file, "debate-", ".json")?.parse().ok()?),
                },
                _ => return None,
            },
        };
        // A number has one writing.
        (found.path() == path).then_some(found)
    }
}

/// What stands between a beginning and an end.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.strip_prefix(start)?.strip_suffix(end)
}

#[cfg(test)]
mod tests {
    use super::{Beside, Entry, debate_file, debate_source, in_debate};
    use proptest::prelude::*;

    /// Everything there can be under a name.
    fn entries(name: &str) -> [Entry<'_>; 7] {
        [
            Entry::Home,
            Entry::Glossary,
            Entry::Debate(name),
            Entry::Topic(name),
            Entry::Person(name),
            Entry::Briefing(name),
            Entry::Page(name),
        ]
    }

    proptest! {
        #[test]
        fn an_entry_is_found_by_its_sources_its_address_and_links_to_either(name in "[a-z0-9][a-z0-9-]{0,20}") {
            // A page of text has no name that is another page's, and no section's.
            let taken = ["home", "glossary", "pages"].contains(&name.as_str());
            for entry in entries(&name).into_iter().filter(|entry| !taken || !matches!(entry, Entry::Page(_))) {
                let address = entry.address();
                prop_assert_eq!(Entry::of_address(address.as_str()), Some(entry));
                let file = address.output_path();
                prop_assert_eq!(Entry::of_address(&file), Some(entry));
                let parts: Vec<&str> = address.as_str().split('/').filter(|part| !part.is_empty()).collect();
                prop_assert_eq!(Entry::meant(&parts), Some(entry));
                for source in entry.sources() {
                    prop_assert_eq!(Entry::of_source(&source), Some(entry));
                    let parts: Vec<&str> = source.split('/').skip(1).collect();
                    prop_assert_eq!(Entry::meant(&parts), Some(entry));
                }
            }
        }

        #[test]
        fn a_file_of_a_debate_is_found_by_its_path(slug in "[a-z0-9][a-z0-9-]{0,20}", file in "([a-z]{1,9}/)?[a-z.]{1,20}") {
            let path = debate_file(&slug, &file);
            prop_assert_eq!(debate_source(&path), Some((slug.as_str(), file.as_str())));
            let page = Entry::Debate(&slug).address().output_path();
            prop_assert_eq!(in_debate(&page), Some((slug.as_str(), "index.html")));
        }

        #[test]
        fn a_file_for_machines_is_found_by_its_path(
            name in "[a-z0-9][a-z0-9-]{0,20}",
            mark in "[0-9a-f]{16}",
            number in 1_usize..1000,
        ) {
            let files = [
                Beside::Sitemap,
                Beside::SitemapPart(number),
                Beside::Robots,
                Beside::Headers,
                Beside::Llms,
                Beside::Feed,
                Beside::JsonFeed,
                Beside::Calendar,
                Beside::TopicFeed(&name),
                Beside::PersonFeed(&name),
                Beside::Data(&name, number),
                Beside::WebAnnotations(&name),
                Beside::PlainText(&name, &mark),
            ];
            for file in files {
                let path = file.path();
                prop_assert_eq!(Beside::parse(&path), Some(file));
            }
        }
    }

    #[test]
    fn what_is_nothing_of_the_sites_has_no_entry() {
        for path in [
            "content",
            "content/x.md",
            "content/topics/.md",
            "content/topics/a.yaml",
            "content/topics/a/b.md",
            "content/debates/x/transcript.md",
            "topics/a.md",
        ] {
            assert_eq!(Entry::of_source(path), None, "{path}");
        }
        for address in ["404.html", "topics/a", "topics/a/b/", "pages/about/", "nothing/a/"] {
            assert_eq!(Entry::of_address(address), None, "{address}");
        }
        for path in
            ["debates/a/debate-01.json", "debates/a/b/debate.json", "sitemap-.xml", "feed", "topics/feed.xml"]
        {
            assert_eq!(Beside::parse(path), None, "{path}");
        }
    }
}
