//! A new site: the files that it begins with.

use super::scalar;
use crate::annotation;
use crate::text::SitePath;
use std::fmt::Write;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/example.rs"));

/// The folder of the example in the repository.
const EXAMPLE_FOLDER: &str = "src/desk/example/";

/// The folder of the made-up debate.
const DEBATE: &str = "2025-03-04-the-ferry-to-heron-island";

/// A file that is to be: its path and its bytes.
pub type NewFile = (SitePath, Vec<u8>);

/// What a site begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// A made-up debate with a sheet of notes, a topic and two people.
    MadeUp,
    /// No debate.
    Nothing,
    /// The whole example: an invented assembly, with its own title and home page.
    Example,
}

/// A site that is to be.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// Its title.
    pub title: String,
    /// The language of its notes and pages.
    pub language: String,
    /// The address that it will have.
    pub base_url: Option<String>,
    /// Where its workflows get the program from: the address of a repository, or nothing.
    pub program: String,
    /// What it begins with.
    pub first: First,
}

impl NewSite {
    /// Its files.
    pub fn files(&self) -> Vec<NewFile> {
        let mut files = vec![
            ("rapporteur.yaml".to_owned(), self.configuration()),
            (".gitignore".to_owned(), include_str!("site/gitignore").to_owned()),
            (".gitattributes".to_owned(), include_str!("site/gitattributes").to_owned()),
            (".vscode/settings.json".to_owned(), include_str!("site/settings.json").to_owned()),
            (".github/workflows/site.yml".to_owned(), self.workflow(include_str!("site/github.yml"), GITHUB)),
            (".gitlab-ci.yml".to_owned(), self.workflow(include_str!("site/gitlab-ci.yml"), GITLAB)),
        ];
        if self.first == First::Example {
            files.extend(example().filter(|(path, _)| path != "rapporteur.yaml"));
        } else {
            let home = include_str!("site/home.md").replace("{title}", &scalar(&self.title));
            files.push(("content/home.md".to_owned(), home));
        }
        if self.first == First::MadeUp {
            let debate = [
                ("debate.yaml", include_str!("site/debate.yaml")),
                ("transcript.md", include_str!("site/transcript.md")),
                ("ferry.notes.yaml", include_str!("site/ferry.notes.yaml")),
            ];
            files.extend(
                debate.map(|(name, text)| (format!("content/debates/{DEBATE}/{name}"), text.to_owned())),
            );
            let others = [
                ("topics/island-ferries.md", include_str!("site/island-ferries.md")),
                ("people/ida-fenwick.yaml", include_str!("site/ida-fenwick.yaml")),
                ("people/tobias-marl.yaml", include_str!("site/tobias-marl.yaml")),
            ];
            files.extend(others.map(|(name, text)| (format!("content/{name}"), text.to_owned())));
        }
        let (topics, people) = (slugs(&files, "content/topics/"), slugs(&files, "content/people/"));
        let schema = annotation::schema(&topics, &people, &slugs(&files, "content/debates/"));
        let schema = serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n";
        files.push((".rapporteur/annotations.schema.json".to_owned(), schema));
        let path = |(path, text): (String, String)| Some((SitePath::new(&path)?, text.into_bytes()));
        files.into_iter().filter_map(path).collect()
    }

    fn configuration(&self) -> String {
        if self.first == First::Example {
            let mut text = example()
                .find(|(path, _)| path == "rapporteur.yaml")
                .map_or_else(String::new, |(_, text)| text);
            if let Some(url) = &self.base_url {
                let _ = writeln!(text, "base_url: {}", scalar(url));
            }
            return text;
        }
        let mut text =
            "# The site. `rapporteur check` tells of a mistake here and in every other file.\n".to_owned();
        let _ = writeln!(text, "title: {}", scalar(&self.title));
        let _ = writeln!(text, "language: {}", scalar(&self.language));
        match &self.base_url {
            Some(url) => {
                let _ = writeln!(text, "base_url: {}", scalar(url));
            }
            None => text.push_str(
                "# The address that the site will have: with it there are feeds, a sitemap and tidy addresses.\n\
                 # base_url: https://example.org/debates/\n",
            ),
        }
        text.push_str(
            "# The licence of your notes.\n# licence: CC BY 4.0\n\
             # Dates in notes are judged on this day, or on the day of `--as-of`.\n# as_of: today\n",
        );
        text
    }

    /// A workflow with what this site and this version of the program fill in.
    fn workflow(&self, text: &str, (own, address): (&str, &str)) -> String {
        let build = format!("rapporteur build --as-of today{own}");
        let build = match &self.base_url {
            Some(_) => build,
            None => address.replace("{build}", &build),
        };
        text.replace("{from}", &self.program)
            .replace("{version}", concat!("v", env!("CARGO_PKG_VERSION")))
            .replace("{rust}", env!("CARGO_PKG_RUST_VERSION"))
            .replace("{build}", &build)
    }
}

/// The files of the example, by their paths in a site.
fn example() -> impl Iterator<Item = (String, String)> {
    EXAMPLE.iter().map(|(path, bytes)| {
        let path = path.strip_prefix(EXAMPLE_FOLDER).unwrap_or(path);
        (path.to_owned(), String::from_utf8_lossy(bytes).into_owned())
    })
}

/// The slugs of what has its files in a folder, each once.
fn slugs<'f>(files: &'f [(String, String)], folder: &str) -> Vec<&'f str> {
    let names = files.iter().filter_map(|(path, _)| path.strip_prefix(folder)?.split(['/', '.']).next());
    let mut slugs: Vec<&str> = names.collect();
    slugs.sort_unstable();
    slugs.dedup();
    slugs
}

/// What a build is told on GitHub: further words, and what runs it where the site has no address yet. The site of
/// a person's or an organisation's own repository stands at the root.
const GITHUB: (&str, &str) = (
    "",
    r#"|
          name="${GITHUB_REPOSITORY#*/}/"
          if [ "${name,,}" = "${GITHUB_REPOSITORY_OWNER,,}.github.io/" ]; then name=; fi
          {build} --base-url "https://$GITHUB_REPOSITORY_OWNER.github.io/$name""#,
);
/// The same on GitLab.
const GITLAB: (&str, &str) = (" --output public", "{build} --base-url \"$CI_PAGES_URL\"");

/// The files of a new site in whose place something stands already, below `folder`.
pub fn in_the_way<'f>(folder: &Path, files: &'f [NewFile]) -> Vec<&'f SitePath> {
    let there = |path: &&SitePath| folder.join(path.as_str()).symlink_metadata().is_ok();
    files.iter().map(|(path, _)| path).filter(there).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_title_holds_stays_in_its_place() {
        let site = NewSite {
            title: "Debates: \"A\" # b".into(),
            language: "en-GB".into(),
            base_url: Some("https://example.org/a/".into()),
            program: "https://example.org/program".into(),
            first: First::Nothing,
        };
        let text = |name: &str| {
            let files = site.files();
            let (_, bytes) = files.into_iter().find(|(path, _)| path.as_str() == name).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let read: crate::config::RawConfig = serde_yaml::from_str(&text("rapporteur.yaml")).unwrap();
        assert_eq!(read.title.as_deref(), Some("Debates: \"A\" # b"));
        assert_eq!(read.base_url.as_deref(), Some("https://example.org/a/"));
        for name in [".github/workflows/site.yml", ".gitlab-ci.yml"] {
            let workflow = text(name);
            assert!(serde_yaml::from_str::<serde_json::Value>(&workflow).is_ok(), "{workflow}");
            assert!(!workflow.contains("{from}") && !workflow.contains("--base-url"), "{workflow}");
        }
    }
}
