//! A whole build with one file that is anything: it ends, every message has a place, and no page holds what
//! the theme did not write.

use crate::shown;
use html5gum::{Token, Tokenizer};
use rapporteur::config::{Drafts, Overrides};
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{OnError, Options, Unwatched, build};

/// A site with nothing wrong, each of its files of a kind of its own.
const SITE: [(&str, &str); 14] = [
    ("rapporteur.yaml", "title: Site\nbase_url: https://site.example/\nas_of: 2020-02-02\n"),
    ("content/debates/talk/debate.yaml", "title: Talk\ndate: 2020-01-02\n"),
    ("content/debates/talk/transcript.md", "# Talk\n\n### Ann Lee:\n\nWe will act now. We must not wait.\n"),
    (
        "content/debates/talk/a.notes.yaml",
        "annotations:\n  one:\n    at: p1\n    status: in-review\n    quote: We will act\n    body: B.\n",
    ),
    ("content/debates/talk/debate.lock", ""),
    ("content/topics/data.md", "---\ntitle: Data\n---\nWords.\n"),
    ("content/people/ann-lee.yaml", "name: Ann Lee\n"),
    ("content/briefings/brief.md", "---\ntitle: Brief\nstatus: in-review\n---\nWords.\n"),
    ("content/pages/about.md", "---\ntitle: About\n---\nWords.\n"),
    ("content/home.md", "---\ntitle: Home\n---\nWords.\n"),
    ("content/glossary.yaml", "term: { definition: What it is. }\n"),
    ("content/sources.yaml", "report: { title: Report }\n"),
    ("content/corrections.yaml", ""),
    ("content/parties.yaml", ""),
];

const THEME: [&str; 4] = [
    "themes/own/theme.yaml",
    "themes/own/i18n/en.yaml",
    "themes/own/templates/page.html",
    "themes/own/static/a.css",
];

fn built(site: &Strings) -> Memory {
    let options = Options {
        overrides: Overrides { drafts: Drafts::Shown, ..Overrides::default() },
        on_error: OnError::KeepGoing,
    };
    let pages = Memory::default();
    let report = build(site, &pages, &options, &Unwatched).expect("memory does not fail");
    shown(&report.diagnostics);
    pages
}

fn site() -> Strings {
    let filled = SITE.iter().filter(|(_, text)| !text.is_empty());
    filled.fold(Strings::default(), |site, (path, text)| site.with(path, *text))
}

/// The first byte says which file it is.
pub fn builds(data: &[u8]) {
    let Some((which, bytes)) = data.split_first() else { return };
    let (path, _) = SITE[usize::from(*which) % SITE.len()];
    for (path, bytes) in built(&site().with(path, bytes)).into_files() {
        if path.ends_with(".html") {
            nothing_came_in(&path, &String::from_utf8_lossy(&bytes));
        }
    }
}

/// The same of a theme's own files. Its templates may write what they like.
pub fn themes(data: &[u8]) {
    let Some((which, bytes)) = data.split_first() else { return };
    let configuration = format!("{}theme: own\n", SITE[0].1);
    let site = THEME.iter().fold(site(), |site, path| match *path {
        "themes/own/theme.yaml" => site.with(path, "name: Own\ninherits: default\n"),
        _ => site,
    });
    built(&site.with("rapporteur.yaml", configuration).with(THEME[usize::from(*which) % THEME.len()], bytes));
}

fn nothing_came_in(path: &str, html: &str) {
    for token in Tokenizer::new(html).flatten() {
        let Token::StartTag(tag) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let attribute = |wanted: &[u8]| {
            let found = tag.attributes.iter().find(|(key, _)| key.as_slice() == wanted);
            found.map(|(_, value)| String::from_utf8_lossy(value).trim().to_lowercase())
        };
        let own = match name.as_str() {
            "script" => {
                attribute(b"src").is_some() || attribute(b"type").is_some_and(|kind| kind.ends_with("json"))
            }
            "style" | "iframe" | "object" | "embed" | "base" | "frame" => false,
            _ => true,
        };
        assert!(own, "{path}: <{name}>");
        let handlers =
            tag.attributes.keys().filter(|key| key.starts_with(b"on") || key.as_slice() == b"style");
        assert_eq!(handlers.count(), 0, "{path}: <{name}> has a handler or a style");
        for value in [attribute(b"href"), attribute(b"src")].into_iter().flatten() {
            let bad = ["javascript:", "data:", "vbscript:"].iter().any(|scheme| value.starts_with(scheme));
            assert!(!bad, "{path}: {value}");
        }
    }
}
