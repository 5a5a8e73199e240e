//! What a template can reach: which files of the theme its output may depend on. Files are searched
//! for the names of templates and components, so a file may count that isn't used; none is missed, for
//! Tera takes these names only as written.

use crate::text::{Digest, Fingerprint, Source};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// For each template and component, the fingerprint of all files that it reaches.
#[derive(Debug, Default)]
pub struct Closures(HashMap<String, Fingerprint>);

impl Closures {
    /// Of the files of a theme and its ancestors, by `theme/name.html`.
    pub fn new(files: &BTreeMap<String, Source>) -> Self {
        // The names that lead to a file: its own within any theme, and its components'.
        let mut by_name: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for (path, source) in files {
            by_name.entry(relative(path)).or_default().insert(path);
            for name in components(&source.text) {
                by_name.entry(name).or_default().insert(path);
            }
        }
        let edges: HashMap<&str, BTreeSet<&str>> = files
            .iter()
            .map(|(path, source)| {
                let found = words(&source.text).filter_map(|word| by_name.get(word)).flatten().copied();
                (path.as_str(), found.collect())
            })
            .collect();
        let of = |name: &str| {
            let mut reached: BTreeSet<&str> = BTreeSet::new();
            let mut waiting: Vec<&str> = by_name.get(name).into_iter().flatten().copied().collect();
            while let Some(path) = waiting.pop() {
                if reached.insert(path) {
                    waiting.extend(edges[path].iter().filter(|next| !reached.contains(*next)));
                }
            }
            let mut digest = Digest::default();
            for path in reached {
                (path, &*files[path].text).hash(&mut digest);
            }
            digest.finish()
        };
        Closures(by_name.keys().map(|name| ((*name).to_owned(), of(name))).collect())
    }

    /// Of a template (`topic.html`) or a component (`evidence`). What there isn't reaches nothing.
    pub fn of(&self, name: &str) -> Option<Fingerprint> {
        self.0.get(name).copied()
    }
}

/// `topic.html` of `plain/topic.html`.
fn relative(path: &str) -> &str {
    path.split_once('/').map_or(path, |(_, name)| name)
}

/// The words that could be names: what stands between characters that no name has.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')))
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            // A component closed at once, `<pager/>`, or a namespace before a name.
            let trimmed = word.trim_matches(|c| matches!(c, '/' | '.' | '-'));
            [Some(word), Some(trimmed).filter(|trimmed| *trimmed != word)].into_iter().flatten()
        })
}

/// The components that a file defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component").filter_map(|(at, keyword)| {
        let rest = text[at + keyword.len()..].trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        Some(&rest[..end]).filter(|name| !name.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SitePath;

    fn closures(files: &[(&str, &str)]) -> Closures {
        let source = |path: &str, text: &str| {
            (path.to_owned(), Source::new(SitePath::new(path).expect("a path"), text))
        };
        Closures::new(&files.iter().map(|(path, text)| source(path, text)).collect())
    }

    const FILES: [(&str, &str); 5] = [
        ("default/base.html", "{% block body %}{% endblock %}"),
        ("default/topic.html", "{% extends \"base.html\" %}{{ <evidence e={view} /> }}"),
        ("default/home.html", "{% extends \"base.html\" %}"),
        ("default/evidence.html", "{% component evidence(e: map) %}{{<pager/>}}{% endcomponent evidence %}"),
        ("default/pager.html", "{% component pager() %}1{% endcomponent %}"),
    ];

    fn edited(name: &str) -> Closures {
        let mut files = FILES;
        let at = files.iter().position(|(path, _)| *path == name).expect("a file");
        let text = format!("{}<!-- edited -->", files[at].1);
        files[at].1 = &text;
        closures(&files)
    }

    #[test]
    fn a_component_of_a_component_reaches_the_template() {
        let (before, after) = (closures(&FILES), edited("default/pager.html"));
        assert_ne!(before.of("topic.html"), after.of("topic.html"));
        assert_ne!(before.of("evidence"), after.of("evidence"));
        assert_eq!(before.of("home.html"), after.of("home.html"));
    }

    #[test]
    fn a_base_template_reaches_all_that_extend_it() {
        let (before, after) = (closures(&FILES), edited("default/base.html"));
        assert_ne!(before.of("topic.html"), after.of("topic.html"));
        assert_ne!(before.of("home.html"), after.of("home.html"));
        assert_eq!(before.of("evidence"), after.of("evidence"));
    }

    #[test]
    fn a_nearer_themes_file_of_the_same_name_counts() {
        let mut files = FILES.to_vec();
        files.push(("plain/base.html", "{% extends \"default/base.html\" %}"));
        assert_ne!(closures(&FILES).of("home.html"), closures(&files).of("home.html"));
    }
}
