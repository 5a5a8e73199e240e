//! The demonstration, built in memory and looked at as a browser would: the record to the character,
//! every link, every id.

use rapporteur::config::{Drafts, Overrides};
use rapporteur::load::{Disk, Sources};
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Report, Unwatched, build};
use rapporteur::text::SitePath;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const DEBATE: &str = "debates/2012-12-20-human-trafficking/index.html";

fn built(base_url: Option<&str>, drafts: Drafts) -> (BTreeMap<String, Vec<u8>>, Report) {
    let disk = Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a site");
    let sink = Memory::default();
    let overrides = Overrides { base_url: base_url.map(str::to_owned), drafts, ..Overrides::default() };
    let report = build(&disk, &sink, &Options { overrides, ..Options::default() }, &Unwatched)
        .expect("the disk can be read");
    (sink.into_files(), report)
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, Html> {
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| {
        (path.as_str(), Html::parse_document(std::str::from_utf8(bytes).expect("UTF-8")))
    })
    .collect()
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

#[test]
fn it_has_no_mistakes_and_the_notes_that_were_promised() {
    let (_, report) = built(None, Drafts::Shown);
    assert_eq!(report.diagnostics, []);
    let (files, report) = built(None, Drafts::Hidden);
    assert_eq!(report.diagnostics, []);
    assert!(report.counts.notes >= 25, "{}", report.counts.notes);
    for topic in ["child-protection", "data", "policing", "prosecution-guidance"] {
        let page =
            Html::parse_document(&String::from_utf8_lossy(&files[&format!("topics/{topic}/index.html")]));
        let evidence = page.select(&select("figure.evidence blockquote")).count();
        assert!(evidence >= 5, "{topic} has {evidence} passages");
    }
}

#[test]
fn every_paragraph_on_the_page_is_the_record_to_the_character() {
    let disk = Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a site");
    let path = SitePath::new("content/debates/2012-12-20-human-trafficking/transcript.txt").expect("a path");
    let record = String::from_utf8(disk.read(&path).expect("the record")).expect("UTF-8");
    // An extraction of its own: the page's blocks after the line that names the speaker.
    let spoken: Vec<&str> =
        record.split("\n\n").skip_while(|block| !block.starts_with("Photo of")).skip(1).collect();
    assert_eq!(spoken.len(), 12);
    let (files, _) = built(None, Drafts::Hidden);
    let page = Html::parse_document(&String::from_utf8_lossy(&files[DEBATE]));
    for (number, words) in (1..).zip(spoken) {
        let element = page.select(&select(&format!("#p{number}"))).next().expect("the paragraph");
        assert_eq!(element.text().collect::<String>(), words.trim_end_matches('\n'), "p{number}");
    }
    assert_eq!(page.select(&select("#p13")).count(), 0, "furniture is no paragraph");
}

#[test]
fn overlapping_notes_share_one_mark() {
    let (files, _) = built(None, Drafts::Hidden);
    let page = Html::parse_document(&String::from_utf8_lossy(&files[DEBATE]));
    let marked = select("mark[data-notes]");
    let shared =
        page.select(&marked).filter(|mark| mark.attr("data-notes").is_some_and(|notes| notes.contains(' ')));
    assert!(shared.count() >= 1);
    assert_eq!(page.select(&select("mark mark")).count(), 0, "marks are flat");
}

/// Where a link from `page` leads: a file and a fragment. `None` for an address elsewhere.
pub fn target(page: &str, href: &str, base: &str) -> Option<(String, String)> {
    if href.contains("://") || href.starts_with("mailto:") {
        return None;
    }
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    let root = url::Url::parse("https://test.example").expect("an address").join(base).expect("a path");
    let here = root.join(page).expect("a path");
    let there = here.join(path).expect("a relative address");
    let mut file = there
        .path()
        .strip_prefix(root.path())
        .unwrap_or_else(|| panic!("{page}: {href} leaves the site"))
        .to_owned();
    if path.is_empty() {
        page.clone_into(&mut file);
    }
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    Some((file, fragment.to_owned()))
}

#[test]
fn every_link_lands_at_the_root_of_a_domain_below_it_and_on_the_disk() {
    for (base_url, base) in [
        (None, "/"),
        (Some("https://example.org/"), "/"),
        (Some("https://example.org/briefings/"), "/briefings/"),
    ] {
        let (files, _) = built(base_url, Drafts::Hidden);
        let pages = pages(&files);
        let ids: BTreeMap<&str, BTreeSet<&str>> = pages
            .iter()
            .map(|(path, page)| {
                (*path, page.select(&select("[id]")).filter_map(|element| element.attr("id")).collect())
            })
            .collect();
        let mut count = 0;
        for (path, page) in &pages {
            for element in page.select(&select("[href], [src]")) {
                let href = element.attr("href").or_else(|| element.attr("src")).expect("one of them");
                if base_url.is_none() {
                    assert!(!href.starts_with('/'), "{path}: {href} would leave the folder");
                }
                let Some((file, fragment)) = target(path, href, base) else { continue };
                count += 1;
                assert!(files.contains_key(&file), "{path}: {href} leads to {file}, which is not there");
                assert!(
                    fragment.is_empty()
                        || ids.get(file.as_str()).is_some_and(|ids| ids.contains(fragment.as_str())),
                    "{path}: {href} has no place on {file}"
                );
            }
        }
        assert!(count > 1_000, "only {count} links were looked at");
    }
}

#[test]
fn no_page_has_two_elements_with_one_id_or_anything_inline() {
    let (files, _) = built(Some("https://example.org/"), Drafts::Shown);
    for (path, page) in pages(&files) {
        let mut seen = BTreeSet::new();
        for element in page.select(&select("[id]")) {
            let id = element.attr("id").unwrap_or_default();
            assert!(seen.insert(id), "{path} has #{id} twice");
        }
        assert_eq!(
            page.select(&select("style, [style], [onclick], iframe, object, embed")).count(),
            0,
            "{path}"
        );
        let inline = select("script:not([src]):not([type=\"application/ld+json\"])");
        assert_eq!(page.select(&inline).count(), 0, "{path}");
        let title: String = page.select(&select("title")).flat_map(|title| title.text()).collect();
        assert!(title.contains("Debate briefings"), "{path}: {title}");
        assert_eq!(page.select(&select("h1")).count(), 1, "{path} has one first heading");
    }
}

#[test]
fn a_draft_is_shown_only_in_a_review_build() {
    let (files, _) = built(Some("https://example.org/"), Drafts::Hidden);
    let (review, _) = built(Some("https://example.org/"), Drafts::Shown);
    let holds = |files: &BTreeMap<String, Vec<u8>>, words: &str| {
        files.values().any(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes()))
    };
    for id in ["n-what-to-look-for", "n-which-report\""] {
        assert!(!holds(&files, id), "{id} is a draft");
        assert!(holds(&review, id), "{id} is shown for review");
    }
}

#[test]
fn the_feed_and_the_sitemap_are_what_they_say() {
    let (files, _) = built(Some("https://example.org/briefings/"), Drafts::Hidden);
    let feed = feed_rs::parser::parse(files["feed.xml"].as_slice()).expect("a feed");
    assert_eq!(feed.entries.len(), 2);
    for slug in ["child-protection", "data", "policing", "prosecution-guidance"] {
        let path = format!("topics/{slug}/feed.xml");
        let feed = feed_rs::parser::parse(files[&path].as_slice()).expect("a feed");
        assert!(!feed.entries.is_empty(), "{path}");
        for entry in &feed.entries {
            let link =
                entry.links[0].href.strip_prefix("https://example.org/briefings/").expect("on this site");
            let (page, id) = link.split_once('#').expect("a note");
            let page = String::from_utf8_lossy(&files[&format!("{page}index.html")]);
            assert!(page.contains(&format!("id=\"{id}\"")), "{path}: {id}");
        }
        let topic = String::from_utf8_lossy(&files[&format!("topics/{slug}/index.html")]);
        assert!(topic.contains(&format!("topics/{slug}/feed.xml\"")), "{slug}: the page leads to its feed");
        let llms = String::from_utf8_lossy(&files["llms.txt"]);
        assert!(llms.contains(&format!("https://example.org/briefings/topics/{slug}/")), "{llms}");
    }
    let sitemap = String::from_utf8_lossy(&files["sitemap.xml"]);
    let listed: BTreeSet<&str> =
        sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    let pages: BTreeSet<String> = files
        .keys()
        .filter(|path| path.ends_with(".html") && *path != "404.html")
        .map(|path| {
            format!("https://example.org/briefings/{}", path.strip_suffix("index.html").unwrap_or(path))
        })
        .collect();
    assert_eq!(listed, pages.iter().map(String::as_str).collect());
}

#[test]
fn two_builds_give_the_same_bytes() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let many = rayon::ThreadPoolBuilder::new().num_threads(4).build().expect("a pool");
    let (first, _) = one.install(|| built(None, Drafts::Hidden));
    let (second, _) = many.install(|| built(None, Drafts::Hidden));
    assert!(first == second);
}
