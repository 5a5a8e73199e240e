//! What editors begin: the files of a new debate, topic, person, briefing or page, and what is looked at
//! before one is written.

use super::{NewFile, scalar};
use crate::layout::Layout;
use crate::text::{SitePath, is_slug, nearest, slugify};
use std::fmt::Write;

/// What can be begun in files of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A debate.
    Debate,
    /// A topic.
    Topic,
    /// A person.
    Person,
    /// A briefing.
    Briefing,
    /// A page of text.
    Page,
}

impl Thing {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Thing::Debate => "debate",
            Thing::Topic => "topic",
            Thing::Person => "person",
            Thing::Briefing => "briefing",
            Thing::Page => "page",
        }
    }

    /// The folder of its kind, below `content/`.
    pub fn folder(self) -> &'static str {
        match self {
            Thing::Debate => "debates",
            Thing::Topic => "topics",
            Thing::Person => "people",
            Thing::Briefing => "briefings",
            Thing::Page => "pages",
        }
    }

    /// The slugs of those that a site has.
    pub fn slugs(self, layout: &Layout) -> Vec<&str> {
        match self {
            Thing::Debate => layout.debates.keys().map(|slug| slug.as_str()).collect(),
            Thing::Topic => layout.topics.keys().map(|slug| slug.as_str()).collect(),
            Thing::Person => layout.people.keys().map(|slug| slug.as_str()).collect(),
            Thing::Briefing => layout.briefings.keys().map(|slug| slug.as_str()).collect(),
            Thing::Page => layout.pages.keys().map(String::as_str).collect(),
        }
    }
}

/// Why a name is not that of a thing of the site, with the nearest that is.
pub fn unknown(thing: Thing, slug: &str, layout: &Layout) -> String {
    let near = nearest(slug, thing.slugs(layout));
    let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("there is no {} `{slug}`{help}", thing.word())
}

/// The keys of a new file, in the order in which they are added.
#[derive(Debug, Clone, Default)]
pub struct Keys(String);

impl Keys {
    /// A text.
    pub fn text(&mut self, key: &str, text: Option<&str>) -> &mut Self {
        if let Some(text) = text {
            let _ = writeln!(self.0, "{key}: {}", scalar(text));
        }
        self
    }

    /// A value that is written as it is: a date, a word of the program's own.
    pub fn word(&mut self, key: &str, word: Option<impl std::fmt::Display>) -> &mut Self {
        if let Some(word) = word {
            let _ = writeln!(self.0, "{key}: {word}");
        }
        self
    }

    /// A list of texts.
    pub fn list(&mut self, key: &str, texts: &[String]) -> &mut Self {
        if !texts.is_empty() {
            let _ = writeln!(self.0, "{key}: {}", flow(texts));
        }
        self
    }

    /// Names with a text each.
    pub fn pairs(&mut self, key: &str, pairs: &[(String, String)]) -> &mut Self {
        if !pairs.is_empty() {
            let _ = writeln!(self.0, "{key}:");
        }
        for (name, text) in pairs {
            let _ = writeln!(self.0, "  {}: {}", scalar(name), scalar(text));
        }
        self
    }

    /// A list of things that have keys themselves.
    pub fn items(&mut self, key: &str, items: &[Vec<(&str, String)>]) -> &mut Self {
        if !items.is_empty() {
            let _ = writeln!(self.0, "{key}:");
        }
        for item in items {
            let _ = writeln!(self.0, "- {}", mapping(item));
        }
        self
    }

    /// The texts under a key.
    pub fn named(&self, key: &str) -> Vec<String> {
        let read: serde_json::Value = serde_yaml::from_str(&self.0).unwrap_or_default();
        match &read[key] {
            serde_json::Value::String(one) => vec![one.clone()],
            serde_json::Value::Array(several) => {
                several.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The keys as YAML.
    pub fn yaml(&self) -> &str {
        &self.0
    }
}

/// Texts as a list on one line.
pub fn flow(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| scalar(text)).collect::<Vec<_>>().join(", "))
}

/// Keys with a text each as a mapping on one line.
pub fn mapping(pairs: &[(&str, String)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(key, text)| format!("{key}: {}", scalar(text))).collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// The slug of a new thing: the one that was asked for, or one made from its title, which must be free.
///
/// # Errors
/// In words, where it can't be had.
pub fn new_slug(thing: Thing, asked: Option<&str>, title: &str, layout: &Layout) -> Result<String, String> {
    let slug = asked.map_or_else(|| slugify(title), str::to_owned);
    if !is_slug(&slug) {
        return Err(match asked {
            Some(asked) => {
                format!("`{asked}` is no name for an address: a-z, 0-9 and `-`, at most 80 characters")
            }
            None => format!("“{title}” makes no name for an address: choose one with --slug"),
        });
    }
    let taken = thing.slugs(layout).contains(&slug.as_str());
    match taken {
        true => Err(format!("there is a {} `{slug}` already: choose another name with --slug", thing.word())),
        false => Ok(slug),
    }
}

/// The files of a new thing.
pub fn files(thing: Thing, slug: &str, title: &str, keys: &Keys) -> Vec<NewFile> {
    let yaml = keys.yaml();
    let front = format!("---\n{yaml}---\n");
    let at = |name: &str| format!("content/{}/{name}", thing.folder());
    let files = match thing {
        Thing::Debate => vec![
            (at(&format!("{slug}/debate.yaml")), yaml.to_owned()),
            (
                at(&format!("{slug}/transcript.md")),
                format!("# {}\n\n### First Speaker:\n\nPut the words of the debate here.\n", one_line(title)),
            ),
        ],
        Thing::Person => vec![(at(&format!("{slug}.yaml")), yaml.to_owned())],
        // What has no standing is published at once: it says nothing yet.
        Thing::Topic | Thing::Page => vec![(at(&format!("{slug}.md")), front)],
        Thing::Briefing => {
            vec![(at(&format!("{slug}.md")), format!("{front}What happened, and why it matters.\n"))]
        }
    };
    let file = |(path, text): (String, String)| Some((SitePath::new(&path)?, text.into_bytes()));
    files.into_iter().filter_map(file).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title out of a slug: `road-safety` → `Road safety`.
pub fn titled(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_types_stays_a_text() {
        let mut keys = Keys::default();
        keys.text("title", Some("No: it's #1")).list("aliases", &["yes".into(), "a, b".into()]);
        keys.pairs("links", &[("A: b".into(), "https://a.example/#x".into())]);
        keys.items("offices", &[vec![("title", "Clerk: House".into())]]);
        let read: serde_json::Value = serde_yaml::from_str(keys.yaml()).unwrap();
        let wanted = serde_json::json!({
            "title": "No: it's #1", "aliases": ["yes", "a, b"], "links": { "A: b": "https://a.example/#x" },
            "offices": [{ "title": "Clerk: House" }],
        });
        assert_eq!(read, wanted);
    }

    #[test]
    fn a_name_is_free_and_makes_an_address() {
        let path = SitePath::new("content/topics/road-safety.md").unwrap();
        let layout = Layout { topics: [("road-safety".into(), path)].into(), ..Layout::default() };
        let of = |asked, title| new_slug(Thing::Topic, asked, title, &layout);
        assert_eq!(of(None, "Road Works"), Ok("road-works".to_owned()));
        assert!(of(None, "Road safety").unwrap_err().contains("already"));
        assert!(of(Some("A b"), "x").unwrap_err().contains("`A b` is no name"));
        assert!(of(None, "!").unwrap_err().contains("--slug"));
        assert_eq!(
            unknown(Thing::Topic, "road-safty", &layout),
            "there is no topic `road-safty`; did you mean `road-safety`?"
        );
        assert_eq!(titled("road-safety"), "Road safety");
    }
}
