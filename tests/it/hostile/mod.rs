//! Input that means harm, or that came to it by bad luck: nothing an author can write becomes markup, script or
//! another field, nothing that is not the site's is published, nothing is cut in silence, nothing takes long.

mod authors;
mod browser;
#[cfg(unix)]
mod kept_state;
mod leaks;
mod limits;
mod machine;
mod mutations;
mod places;
#[cfg(target_os = "linux")]
mod session;
mod structure;
mod unpublished;
mod unseen;

use rapporteur::config::{Drafts, Overrides};
use rapporteur::diagnostics::Severity;
use rapporteur::export::POLICY;
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{OnError, Options, Unwatched, build};
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

/// What no part of a page may be named after, and no address may lead to.
const MARK: &str = "zqhostile";

/// Whatever has broken out of a place in programs of this kind, in one text.
const TOKEN: &str = "\"'><zqhostile onzqhostile=zqhostile><script>zqhostile()</script><img src=//zqhostile.example/ \
     onerror=zqhostile()></title></script></style>--></textarea>]]>&lt;script&gt;zqhostile&lt;/script&gt;&#60;b \
     onload=zqhostile&#62;&#xF0000;I0&#xF0001;%3Cscript%3Ezqhostile%3C/script%3E {{ zqhostile }}{% zqhostile %} \
     [a](javascript:zqhostile()) ![b](//zqhostile.example/) `${zqhostile}` \\u003cscript> ' onmouseover='zqhostile' \
     \u{2028}BEGIN:ZQHOSTILE=,;=cmd|zqhostile!A1";

/// The files of a site with nothing wrong, each of a kind of its own.
pub fn ground() -> BTreeMap<&'static str, String> {
    let note = "annotations:\n  one:\n    at: p1\n    status: in-review\n";
    [
        ("rapporteur.yaml", "title: Site\nbase_url: https://site.example/\nas_of: 2020-02-02\n"),
        ("content/debates/talk/debate.yaml", "title: Talk\ndate: 2020-01-02\n"),
        (
            "content/debates/talk/transcript.md",
            "# Talk\n\n### Ann Lee:\n\nWe will act now. We must not wait.\n",
        ),
        ("content/debates/talk/a.notes.yaml", note),
        ("content/topics/data.md", "---\ntitle: Data\n---\nWords.\n"),
        ("content/people/ann-lee.yaml", "name: Ann Lee\n"),
        ("content/briefings/brief.md", "---\ntitle: Brief\nstatus: in-review\n---\nWords.\n"),
        ("content/pages/about.md", "---\ntitle: About\n---\nWords.\n"),
        ("content/home.md", "---\ntitle: Home\n---\nWords.\n"),
        ("content/glossary.yaml", "term: { definition: What it is. }\n"),
        ("content/sources.yaml", "report: { title: Report }\n"),
    ]
    .map(|(path, text)| (path, text.to_owned()))
    .into()
}

/// The site of these files.
pub fn site(files: &BTreeMap<&'static str, String>) -> Strings {
    files.iter().fold(Strings::default(), |site, (path, text)| site.with(path, text.as_str()))
}

pub fn options() -> Options {
    let overrides = Overrides { drafts: Drafts::Shown, ..Overrides::default() };
    Options { overrides, on_error: OnError::KeepGoing }
}

/// The files of the built site, and the codes of the errors in it.
pub fn built(site: &Strings) -> (BTreeMap<String, Vec<u8>>, Vec<&'static str>) {
    let sink = Memory::default();
    let report = build(site, &sink, &options(), &Unwatched).expect("memory does not fail");
    let errors = report.diagnostics.iter().filter(|remark| remark.severity == Severity::Error);
    let errors = errors.map(|remark| remark.code).collect();
    (sink.into_files(), errors)
}

/// What of the files shows that a text has become more than text.
fn breakouts(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        let end = path.rsplit_once('.').map_or("", |(_, end)| end);
        match end {
            "html" => in_page(&text, &mut |what| found.push(format!("{path}: {what}"))),
            "json" | "jsonld" => {
                if let Err(error) = serde_json::from_str::<serde_json::Value>(&text) {
                    found.push(format!("{path}: {error}"));
                }
            }
            "xml" => match roxmltree::Document::parse(&text) {
                Err(error) => found.push(format!("{path}: {error}")),
                Ok(document) => {
                    let named = document.descendants().filter(|node| node.is_element());
                    let named = named.map(|node| node.tag_name().name().to_lowercase());
                    found.extend(
                        named.filter(|name| name.contains(MARK)).map(|name| format!("{path}: <{name}>")),
                    );
                }
            },
            "ics" => {
                let lines = text.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
                let strays = lines.filter(|line| {
                    line.to_lowercase().starts_with(&format!("begin:{MARK}")) || line.contains('\n')
                });
                found.extend(strays.map(|line| format!("{path}: {line}")));
            }
            _ => {}
        }
    }
    found
}

/// What of a page came from a text.
fn in_page(text: &str, tell: &mut dyn FnMut(String)) {
    let page = Html::parse_document(text);
    let everything = Selector::parse("*").expect("a selector");
    for element in page.select(&everything) {
        let name = element.value().name();
        if name.to_lowercase().contains(MARK)
            || ["style", "base", "iframe", "object", "embed"].contains(&name)
        {
            tell(format!("<{name}>"));
        }
        let is_data = element.attr("type").is_some_and(|kind| kind.ends_with("json"));
        if name == "script" && is_data {
            let inner: String = element.text().collect();
            if let Err(error) = serde_json::from_str::<serde_json::Value>(&inner) {
                tell(format!("its data: {error}"));
            }
        } else if name == "script" && element.attr("src").is_none() {
            tell("a script stands in it".to_owned());
        }
        for (attribute, value) in element.value().attrs() {
            let value = value.trim().to_lowercase();
            let loads = ["src", "srcset", "data", "poster", "action", "background"].contains(&attribute)
                || attribute == "href" && name == "link";
            if attribute.starts_with("on") || attribute.contains(MARK) || attribute == "style" {
                tell(format!("{attribute} of <{name}>"));
            }
            if value.starts_with("javascript:") || loads && value.contains(MARK) {
                tell(format!("{attribute}=\"{value}\" of <{name}>"));
            }
        }
    }
    let policy = Selector::parse("head > meta[http-equiv='Content-Security-Policy']").expect("a selector");
    let before = text.find("http-equiv=\"Content-Security-Policy\"").unwrap_or(usize::MAX);
    let first = ["<script", "<link", "<img"].iter().filter_map(|tag| text.find(tag)).min().unwrap_or(0);
    if page.select(&policy).count() != 1 || before > first {
        tell("its policy does not come first".to_owned());
    }
}

#[test]
fn no_text_of_an_author_becomes_markup_script_or_another_field() {
    let (mut files, tried) = places::hostile(TOKEN);
    // Places that no schema has: bodies, the record, the names of speakers.
    for path in
        ["content/topics/data.md", "content/briefings/brief.md", "content/pages/about.md", "content/home.md"]
    {
        files
            .get_mut(path)
            .expect("it is there")
            .push_str(&format!("\n{TOKEN}\n\n## {TOKEN}\n\n    {TOKEN}\n"));
    }
    let record = files.get_mut("content/debates/talk/transcript.md").expect("it is there");
    record.push_str(&format!("\n## {TOKEN}\n\n### {TOKEN}:\n\n{TOKEN}\n\n> ({TOKEN})\n"));
    let (built, _) = built(&site(&files));
    assert!(tried.len() > 60, "only {} places: {tried:?}", tried.len());
    let marked =
        built.values().filter(|bytes| memchr::memmem::find(bytes, MARK.as_bytes()).is_some()).count();
    assert!(marked > 20, "the token came into {marked} files only");
    assert_eq!(breakouts(&built), [""; 0]);
}

#[test]
fn what_breaks_out_of_its_place_is_found() {
    let page = "<!DOCTYPE html><html><head><title>x</title></head><body><p onclick=x>a</p><script>zqhostile()</script>\
                <img src=//zqhostile.example/><zqhostile></body></html>";
    let broken = [("a.html", page), ("b.json", "{\"a\": \"\"x\"}"), ("c.xml", "<a><zqhostile/></a>")];
    let files = broken.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
    let found: BTreeSet<String> = breakouts(&files).into_iter().collect();
    for what in
        ["onclick of <p>", "a script stands in it", "src=", "<zqhostile>", "its policy", "b.json", "c.xml"]
    {
        assert!(found.iter().any(|line| line.contains(what)), "{what}: {found:?}");
    }
}

#[test]
fn every_page_carries_the_policy_that_servers_are_told_to_send() {
    let (files, errors) = built(&site(&ground()));
    assert_eq!(errors, [""; 0]);
    let headers = String::from_utf8(files["_headers"].clone()).expect("UTF-8");
    assert!(headers.contains(&format!("Content-Security-Policy: {POLICY}\n")), "{headers}");
    // What a page says of itself is the same, but that it may be opened from the disk, and for what only a
    // server can say.
    let page = String::from_utf8(files["index.html"].clone()).expect("UTF-8");
    let own = page.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1).expect("it has one");
    let own = own.split('"').next().unwrap_or_default().replace(" file:", "").replace("&#39;", "'");
    assert_eq!(format!("{own}; frame-ancestors 'none'"), POLICY);
}
