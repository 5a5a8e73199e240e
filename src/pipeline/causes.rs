//! Why a build changed what it changed: which of the files that it read are not as they were for the build
//! before, and which of them a file of the site is made from. For people: nothing in the output depends on it.

use crate::load::Change;
use crate::permalink::{Beside, Entry, debate_file, in_debate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::fmt;

/// What a build was made from, for the next one to compare with: by path, the first digits of fingerprints.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MadeFrom {
    /// The site's files.
    pub(super) sources: BTreeMap<String, String>,
    /// What the command line said over the configuration, and the day.
    pub(super) settings: String,
    /// The templates, each with all that it uses.
    pub(super) templates: BTreeMap<String, String>,
}

/// What became of a file that a build reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It is new.
    Added,
    /// It has other bytes.
    Changed,
    /// It is there no more.
    Removed,
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Turn::Added => "added",
            Turn::Changed => "changed",
            Turn::Removed => "removed",
        })
    }
}

/// What a build had before it that the one before had not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Causes {
    /// Whether there was nothing to compare with: every file was made anew.
    pub from_nothing: bool,
    /// The site's files that are not as they were, in the order of their paths.
    pub sources: Vec<(String, Turn)>,
    /// Whether the command line or the day says something else.
    pub settings: bool,
    /// The pages of templates that are not as they were, by their files.
    pub(super) restyled: HashSet<String>,
}

/// Why a file of the site was made anew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Of these files of the site's sources: all of them are its own.
    From(Vec<(String, Turn)>),
    /// Of one or more of these, which change what the file says of other pages.
    FromSome(Vec<(String, Turn)>),
    /// Of the command line, or of the day.
    Settings,
    /// There was no build of this version of the program to compare with.
    NothingBefore,
    /// Somebody else had changed or removed it.
    PutBack,
}

impl Causes {
    pub(super) fn between(before: Option<&MadeFrom>, now: &MadeFrom) -> Self {
        let Some(before) = before else { return Causes { from_nothing: true, ..Causes::default() } };
        let mut sources: Vec<(String, Turn)> = Vec::new();
        for (path, mark) in &now.sources {
            match before.sources.get(path) {
                None => sources.push((path.clone(), Turn::Added)),
                Some(was) if was != mark => sources.push((path.clone(), Turn::Changed)),
                Some(_) => {}
            }
        }
        let gone = before.sources.keys().filter(|path| !now.sources.contains_key(*path));
        sources.extend(gone.map(|path| (path.clone(), Turn::Removed)));
        sources.sort();
        let settings = before.settings != now.settings;
        Causes { from_nothing: false, sources, settings, restyled: HashSet::new() }
    }

    /// With the pages of templates that are not as they were; `styled` are the pages of each.
    pub(super) fn styled(
        mut self,
        before: Option<&MadeFrom>,
        now: &MadeFrom,
        styled: BTreeMap<String, Vec<String>>,
    ) -> Self {
        let Some(before) = before else { return self };
        let is_other = |name: &str| before.templates.get(name) != now.templates.get(name);
        let other = styled.into_iter().filter(|(name, _)| is_other(name.as_str()));
        self.restyled = other.flat_map(|(_, pages)| pages).collect();
        self
    }

    /// What a watch noticed.
    pub fn noticed(changes: &[Change]) -> Self {
        let mut causes = Causes::default();
        for change in changes {
            let (path, turn) = match change {
                Change::Created(path) => (path, Turn::Added),
                Change::Changed(path) => (path, Turn::Changed),
                Change::Deleted(path) => (path, Turn::Removed),
                Change::Rescan => {
                    causes.from_nothing = true;
                    continue;
                }
            };
            causes.sources.push((path.as_str().to_owned(), turn));
        }
        causes.sources.sort();
        causes
    }

    /// Why the file at a path of the output was added, changed or removed.
    pub fn of(&self, output: &str) -> Why {
        if self.from_nothing {
            return Why::NothingBefore;
        }
        let own = self.only(|path| is_made_from(output, path));
        let is_page = output.ends_with(".html");
        let style = self.only(|path| {
            path.starts_with("themes/")
                && (self.restyled.contains(output) || (!is_page && output.starts_with("theme/")))
        });
        if !own.is_empty() || !style.is_empty() {
            return Why::From(own.into_iter().chain(style).collect());
        }
        let others = self.only(|path| {
            path == "rapporteur.yaml"
                || path.starts_with("content/")
                || (!is_page && path.starts_with("themes/"))
        });
        match others.as_slice() {
            [_] => Why::From(others),
            [_, ..] => Why::FromSome(others),
            [] if self.settings => Why::Settings,
            [] => Why::PutBack,
        }
    }

    fn only(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<(String, Turn)> {
        self.sources.iter().filter(|(path, _)| is_wanted(path)).cloned().collect()
    }
}

/// Whether a file of the site is that of what is written in a source.
fn is_made_from(output: &str, source: &str) -> bool {
    if source.strip_prefix("static/") == Some(output) {
        return true;
    }
    // The picture of a page is made from what the page is made from.
    let output = output.strip_suffix("card.png").unwrap_or(output);
    if let Some((slug, _)) = in_debate(output) {
        return source.starts_with(&debate_file(slug, ""));
    }
    let entry = match Beside::parse(output) {
        Some(Beside::TopicFeed(slug)) => Some(Entry::Topic(slug)),
        Some(Beside::PersonFeed(slug)) => Some(Entry::Person(slug)),
        _ => Entry::of_address(first_page(output)),
    };
    entry.is_some_and(|entry| entry.sources().iter().any(|own| own == source))
}

/// The list that a further page of it belongs to.
fn first_page(output: &str) -> &str {
    match output.rsplit_once('/') {
        Some((folder, file)) if file.starts_with("page-") => &output[..=folder.len()],
        _ => output,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_from(sources: &[(&str, &str)]) -> MadeFrom {
        let sources = sources.iter().map(|(path, mark)| ((*path).to_owned(), (*mark).to_owned())).collect();
        MadeFrom { sources, ..MadeFrom::default() }
    }

    #[test]
    fn a_page_changed_because_of_its_own_files_where_those_changed() {
        let before = made_from(&[("content/debates/a/debate.yaml", "1"), ("content/topics/t.md", "1")]);
        let now = made_from(&[("content/debates/a/debate.yaml", "2"), ("content/topics/t.md", "2")]);
        let causes = Causes::between(Some(&before), &now);
        let debate = ("content/debates/a/debate.yaml".to_owned(), Turn::Changed);
        let topic = ("content/topics/t.md".to_owned(), Turn::Changed);
        for own in ["debates/a/index.html", "debates/a/debate.json", "debates/a/annotations.jsonld"] {
            assert_eq!(causes.of(own), Why::From(vec![debate.clone()]), "{own}");
        }
        for own in ["topics/t/index.html", "topics/t/page-2.html", "topics/t/feed.xml"] {
            assert_eq!(causes.of(own), Why::From(vec![topic.clone()]), "{own}");
        }
        assert_eq!(causes.of("feed.xml"), Why::FromSome(vec![debate, topic]));
    }

    #[test]
    fn what_only_one_file_can_have_changed_it_changed() {
        let before = made_from(&[]);
        let now = made_from(&[("content/topics/t.md", "1")]);
        let causes = Causes::between(Some(&before), &now);
        let topic = vec![("content/topics/t.md".to_owned(), Turn::Added)];
        assert_eq!(causes.of("people/b/index.html"), Why::From(topic));
        let gone = Causes::between(Some(&now), &before);
        assert_eq!(
            gone.of("topics/t/index.html"),
            Why::From(vec![("content/topics/t.md".to_owned(), Turn::Removed)])
        );
    }

    #[test]
    fn without_a_build_before_nothing_is_claimed() {
        let causes = Causes::between(None, &made_from(&[("content/topics/t.md", "1")]));
        assert_eq!(causes.of("topics/t/index.html"), Why::NothingBefore);
    }

    #[test]
    fn a_file_that_nothing_changed_was_put_back_and_the_day_is_a_cause() {
        let same = made_from(&[("content/topics/t.md", "1")]);
        assert_eq!(Causes::between(Some(&same), &same).of("topics/t/index.html"), Why::PutBack);
        let later = MadeFrom { settings: "2".into(), ..same.clone() };
        assert_eq!(Causes::between(Some(&same), &later).of("index.html"), Why::Settings);
    }
}
