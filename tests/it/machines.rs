//! What machines read: JSON-LD on every page, feeds, the calendar. All of it is valid, says what the site
//! knows, and nothing that an author writes gets out of its place.

use rapporteur::layout::layout;
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Unwatched, build, parse_debate};
use scraper::{Html, Selector};
use serde_json::Value;
use std::collections::BTreeMap;

const BASE: &str = "https://example.org/briefings/";
/// What may break out of a script element, a tag, a comment, CDATA, a line of a calendar.
const HOSTILE: &str = "</script><script>alert(1)</script><!-- ]]> \"' & \u{2028};, \\n <b>";

/// A site with one of everything: `text` stands wherever an author can write a title, a name or words.
fn site(text: &str) -> Strings {
    let quoted = serde_json::to_string(text).expect("text");
    // In prose a control character is a mistake.
    let prose: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    let prose = serde_json::to_string(&prose).expect("text");
    let site = Strings::default()
        .with(
            "rapporteur.yaml",
            format!(
                "title: {quoted}\nbase_url: {BASE}\ndescription: {quoted}\nlicence: {quoted}\npublisher: {{ name: {quoted}, url: \
                 'https://desk.example/' }}\nas_of: 2014-01-01\n"
            ),
        )
        .with("content/topics/data.md", format!("---\ntitle: {quoted}\nsummary: {quoted}\n---\nWords.\n"))
        .with(
            "content/people/ann.yaml",
            format!(
                "name: Ann Lee\naliases: [{quoted}]\noffices: [{{ title: Minister, from: 2012-01-01, to: 2013-01-01 }}]\nparty: \
                 {quoted}\nlinks: {{ Elsewhere: 'https://ann.example/?a=1&b=2' }}\n"
            ),
        )
        .with("content/people/bo.yaml", format!("name: {quoted}\n"))
        .with("content/glossary.yaml", format!("? {quoted}\n: {{ definition: {prose} }}\n"))
        .with(
            "content/briefings/one.md",
            format!("---\ntitle: {quoted}\nsummary: {quoted}\nauthors: [{quoted}, Briefing desk]\nstatus: approved\ndate: 2013-03-01\ntopics: [data]\ndebates: [one]\n---\nWords.\n"),
        )
        .with("content/pages/about.md", format!("---\ntitle: {quoted}\n---\nWords.\n"))
        .with(
            "content/debates/one/debate.yaml",
            format!(
                "title: {quoted}\ndate: 2012-12-20\nhouse: {quoted}\nsource: {{ name: {quoted}, url: 'https://record.example/', licence: OPL }}\n"
            ),
        )
        .with(
            "content/debates/one/transcript.md",
            "# One\n\n### Ann Lee:\n\nWe will act by May, and £2 million was spent. 😀 Éa “so”.\n\nNo more than that.\n\n### Bo Ray:\n\nI doubt it.\n",
        )
        .with(
            "content/debates/one/corrections.yaml",
            format!("sum: {{ at: p1, was: '£2 million', reads: {quoted}, reason: {quoted}, by: {quoted}, on: 2013-02-01 }}\n"),
        )
        .with(
            "content/debates/one/a.notes.yaml",
            format!(
                "annotations:\n  spent: {{ at: p1, quote: '£2 million was spent', kind: fact-check, verdict: misleading, status: approved, title: {quoted}, body: {prose}, topics: [data], \
                 author: Writer, date: 2013-01-02, reviewed: {{ by: {quoted}, on: 2013-01-03 }}, sources: [{{ title: {quoted}, url: 'https://source.example/?a=1&b=2' }}] }}\n  \
                 act: {{ at: p1, quote: We will act by May, kind: commitment, status: in-review, title: {quoted}, body: {prose}, topics: [data], due: {{ said: by May, by: 2013-05-31 }} }}\n  \
                 gone: {{ at: p2, quote: No more, status: retracted, title: {quoted}, body: {prose}, date: 2013-01-05, withdrawn: {{ reason: {quoted}, on: 2013-04-01 }} }}\n  \
                 doubt: {{ at: p3, status: in-review, kind: claim, body: {prose}, topics: [data] }}\n"
            ),
        );
    locked(site)
}

/// The site with the locks that its debates call for: approvals then hold.
fn locked(site: Strings) -> Strings {
    let found = layout(&site).expect("strings").value;
    let mut locked = site.clone();
    for (slug, files) in &found.debates {
        let written = parse_debate(&site, slug, files).expect("strings").value.expect("a debate");
        locked = locked
            .with(&format!("content/debates/{slug}/debate.lock"), crate::pages::approved(&written).print());
    }
    locked
}

fn built(site: &Strings) -> BTreeMap<String, Vec<u8>> {
    let sink = Memory::default();
    let report = build(site, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
    let said: Vec<_> = report.diagnostics.iter().map(|d| (d.code, &d.message)).collect();
    assert!(!report.has_errors(), "{said:?}");
    sink.into_files()
}

fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, path: &str) -> &'f str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// What a page says of itself: its nodes.
fn nodes(page: &str) -> Vec<Value> {
    let page = Html::parse_document(page);
    let block = Selector::parse("script[type='application/ld+json']").expect("a selector");
    let blocks: Vec<String> = page.select(&block).map(|block| block.text().collect()).collect();
    assert!(blocks.len() < 2, "one block a page");
    let Some(json) = blocks.first() else { return Vec::new() };
    let document: Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(document["@context"], "https://schema.org");
    document["@graph"].as_array().expect("a graph").clone()
}

/// The node of this type on a page.
fn node(files: &BTreeMap<String, Vec<u8>>, path: &str, kind: &str) -> Value {
    let all = nodes(text(files, path));
    all.iter()
        .find(|node| node["@type"] == kind)
        .unwrap_or_else(|| panic!("{path} has no {kind}: {all:?}"))
        .clone()
}

/// What a node of a type must have for its readers.
fn required(kind: &str) -> &'static [&'static str] {
    match kind {
        "WebSite" => &["url", "name", "publisher", "potentialAction"],
        "WebPage" | "CollectionPage" | "DefinedTermSet" => &["url", "name", "isPartOf", "inLanguage"],
        "ProfilePage" => &["url", "mainEntity"],
        "Article" => &["url", "headline", "datePublished", "publisher", "isPartOf"],
        "ClaimReview" => &["url", "claimReviewed", "reviewRating", "author", "itemReviewed"],
        "BreadcrumbList" => &["itemListElement"],
        other => panic!("an unexpected type: {other}"),
    }
}

/// Every text of a value.
fn texts<'v>(value: &'v Value, out: &mut Vec<(&'v str, &'v str)>, key: &'v str) {
    match value {
        Value::String(text) => out.push((key, text)),
        Value::Array(items) => items.iter().for_each(|item| texts(item, out, key)),
        Value::Object(map) => map.iter().for_each(|(key, value)| texts(value, out, key)),
        _ => {}
    }
}

#[test]
fn every_page_says_what_it_is_and_has_what_its_type_requires() {
    for words in ["Plain words", HOSTILE] {
        let files = built(&site(words));
        let mut count = 0;
        for path in files.keys().filter(|path| path.ends_with(".html")) {
            let nodes = nodes(text(&files, path));
            assert_eq!(nodes.is_empty(), path == "404.html", "{path}");
            for node in &nodes {
                count += 1;
                let kind = node["@type"].as_str().expect("a type");
                for key in required(kind) {
                    assert!(!node[*key].is_null(), "{path}: a {kind} without `{key}`");
                }
                let mut all = Vec::new();
                texts(node, &mut all, "");
                for (key, text) in all {
                    assert!(!text.trim().is_empty(), "{path}: an empty `{key}`");
                    if ["url", "item", "@id", "sameAs"].contains(&key) {
                        assert!(text.starts_with("https://"), "{path}: `{key}` is {text}");
                    }
                }
            }
        }
        assert!(count > 25, "{count} nodes");
    }
}

#[test]
fn without_an_address_a_site_has_no_json_ld() {
    let mut files = site("Plain words");
    let path = rapporteur::text::SitePath::new("rapporteur.yaml").expect("a path");
    files.0.insert(path, b"title: No address\n".to_vec());
    let files = built(&files);
    for path in files.keys().filter(|path| path.ends_with(".html")) {
        assert_eq!(nodes(text(&files, path)), [] as [Value; 0], "{path}");
    }
}

#[test]
fn a_debate_is_said_to_be_what_is_known_of_it() {
    let files = built(&site("Plain words"));
    let debate = node(&files, "debates/one/index.html", "Article");
    assert_eq!(debate["datePublished"], "2012-12-20");
    assert_eq!(debate["isBasedOn"][0]["url"], "https://record.example/");
    assert_eq!(debate["license"][0]["name"], "OPL");
    assert_eq!(debate["about"][0]["url"], "https://example.org/briefings/topics/data/");
    assert_eq!(debate["recordedAt"]["startDate"], "2012-12-20");
    let speakers = debate["contributor"].as_array().expect("speakers");
    assert_eq!(speakers.len(), 1, "Bo Ray is a name as printed: {speakers:?}");
    assert_eq!(speakers[0]["jobTitle"], "Minister", "in office on the day");
    let person = node(&files, "people/ann/index.html", "ProfilePage");
    let occupation = &person["mainEntity"]["hasOccupation"][0];
    assert_eq!(
        (&occupation["startDate"], &occupation["endDate"]),
        (&"2012-01-01".into(), &"2013-01-01".into())
    );
    assert_eq!(person["mainEntity"]["sameAs"][0], "https://ann.example/?a=1&b=2");
    let way = node(&files, "topics/data/index.html", "BreadcrumbList");
    let steps: Vec<_> =
        way["itemListElement"].as_array().expect("steps").iter().map(|step| &step["name"]).collect();
    assert_eq!(steps, ["Home", "Topics", "Plain words"]);
    let home = node(&files, "index.html", "WebSite");
    assert_eq!(
        home["potentialAction"]["target"]["urlTemplate"],
        "https://example.org/briefings/search/?q={search_term_string}"
    );
}

#[test]
fn an_approved_fact_check_has_a_page_and_no_other_note_is_a_claim_review() {
    let files = built(&site("Plain words"));
    let path = "annotations/fact-check/one/spent/index.html";
    let review = node(&files, path, "ClaimReview");
    assert_eq!(review["claimReviewed"], "£2 million was spent");
    assert_eq!(review["reviewRating"]["alternateName"], "Misleading");
    assert_eq!(review["itemReviewed"]["author"]["name"], "Ann Lee");
    assert_eq!(review["itemReviewed"]["appearance"]["url"], "https://example.org/briefings/debates/one/#p1");
    assert_eq!(review["datePublished"], "2013-01-03");
    let page = text(&files, path);
    for words in [
        "£2 million was spent",
        "Misleading",
        "Ann Lee",
        "Minister",
        "20 December 2012",
        "https://source.example/",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(
        text(&files, "debates/one/index.html").contains("href=\"../../annotations/fact-check/one/spent/\"")
    );
    assert!(text(&files, "sitemap.xml").contains("annotations/fact-check/one/spent/</loc>"));
    for other in files.keys().filter(|other| other.ends_with(".html") && *other != path) {
        assert!(nodes(text(&files, other)).iter().all(|node| node["@type"] != "ClaimReview"), "{other}");
    }
    // Another word in it, and the approval is over: the page is gone, and so are the links to it.
    let edited = site("Plain words");
    let sheet = rapporteur::text::SitePath::new("content/debates/one/a.notes.yaml").expect("a path");
    let text_of =
        String::from_utf8(edited.0[&sheet].clone()).expect("UTF-8").replace("misleading", "accurate");
    let files = built(&edited.with(sheet.as_str(), text_of));
    assert!(!files.contains_key(path));
    assert!(files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("fact-check/one/spent")));
}

#[test]
fn corrections_and_withdrawn_notes_are_listed_with_their_reasons_and_nothing_else() {
    let files = built(&site("Plain words").with(
        "content/debates/one/b.notes.yaml",
        "annotations:\n  secret: { at: p3, status: retracted, title: Unsayable, body: Unsayable, sic: { read: Unsayable }, topics: [data], withdrawn: { reason: It was wrong., on: 2013-04-02 } }\n",
    ));
    let page = text(&files, "corrections/index.html");
    for words in
        ["£2 million", "It was wrong.", "2 April 2013", "debates/one/#n-secret", "debates/one/#x-sum"]
    {
        assert!(page.contains(words), "{words}");
    }
    let debate = text(&files, "debates/one/index.html");
    assert!(
        debate.contains("It was wrong.") && debate.contains("2 April 2013"),
        "the tombstone says why and when"
    );
    assert!(debate.contains("href=\"../../corrections/\""), "the navigation leads there");
    for (path, bytes) in &files {
        assert!(!String::from_utf8_lossy(bytes).contains("Unsayable"), "{path}");
    }
    // An id that is none would be no fragment of an address.
    let wrong = site("Plain words").with(
        "content/debates/one/corrections.yaml",
        "'a \"b': { at: p1, was: '£2 million', reads: £3 million, reason: So. }\n",
    );
    let sink = Memory::default();
    let report = build(&wrong, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
    assert_eq!(report.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["invalid-id"]);
    let plain = Strings::default().with("rapporteur.yaml", "title: None\n");
    let files = built(&plain);
    assert!(!files.contains_key("corrections/index.html") && !files.contains_key("unplaced/index.html"));
    assert!(!text(&files, "index.html").contains("corrections/"));
}

#[test]
fn feeds_are_valid_whatever_is_written_and_lead_to_places_that_are_there() {
    for words in ["Plain words", HOSTILE, "\u{200b}\u{2060}a"] {
        let files = built(&site(words));
        for (path, page, count) in [
            ("feed.xml", "index.html", 2),
            ("feed.json", "index.html", 2),
            ("topics/data/feed.xml", "topics/data/index.html", 3),
            ("people/ann/feed.xml", "people/ann/index.html", 3),
        ] {
            let feed = feed_rs::parser::parse(files[path].as_slice())
                .unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(feed.entries.len(), count, "{path}");
            for entry in &feed.entries {
                let link = entry.links[0].href.strip_prefix(BASE).expect("on this site");
                let (page, id) = link.split_once('#').unwrap_or((link, "main"));
                assert!(
                    text(&files, &format!("{page}index.html")).contains(&format!("id=\"{id}\"")),
                    "{path}: {link}"
                );
                assert!(entry.title.as_ref().is_some_and(|title| !title.content.trim().is_empty()), "{path}");
            }
            let kind = if path.ends_with("json") { "application/feed+json" } else { "application/atom+xml" };
            let links = Html::parse_document(text(&files, page));
            let name = path.rsplit('/').next().expect("a name");
            for place in
                [format!("link[rel=alternate][type='{kind}'][href$='{name}']"), format!("a[href$='{name}']")]
            {
                let place = Selector::parse(&place).expect("a selector");
                assert!(links.select(&place).next().is_some(), "{page} does not lead to {path}");
            }
        }
        assert!(!files.contains_key("people/bo/feed.xml"), "nothing is known that they said");
        if words == HOSTILE {
            let feed: Value = serde_json::from_slice(&files["feed.json"]).expect("JSON");
            assert_eq!(feed["title"], HOSTILE);
            assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        }
    }
}

#[test]
fn every_link_of_every_page_and_block_of_data_lands() {
    let files = built(&site("Plain words"));
    let select = |selector: &str| Selector::parse(selector).expect("a selector");
    let mut count = 0;
    let mut land = |from: &str, href: &str| {
        let Some((file, fragment)) = super::demo::target(from, href, "/briefings/") else { return };
        count += 1;
        assert!(files.contains_key(&file), "{from}: {href} leads to {file}, which is not there");
        let there = fragment.is_empty() || text(&files, &file).contains(&format!("id=\"{fragment}\""));
        assert!(there, "{from}: {href} has no place on {file}");
    };
    for path in files.keys().filter(|path| path.ends_with(".html")) {
        let page = Html::parse_document(text(&files, path));
        for link in page.select(&select("[href], [src]")) {
            land(path, link.attr("href").or_else(|| link.attr("src")).expect("one of them"));
        }
        for node in &nodes(text(&files, path)) {
            let mut all = Vec::new();
            texts(node, &mut all, "");
            for (_, url) in all.into_iter().filter(|(key, _)| ["url", "item"].contains(key)) {
                if let Some(address) = url.strip_prefix(BASE) {
                    land("index.html", if address.is_empty() { "./" } else { address });
                }
            }
        }
    }
    assert!(count > 400, "only {count} links were looked at");
}

/// The properties of a calendar's events, unfolded, after what RFC 5545 says of lines is seen to hold.
fn events(calendar: &str) -> Vec<BTreeMap<String, String>> {
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    for line in calendar.strip_suffix("\r\n").expect("an end").split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.chars().any(|c| c.is_control() && c != '\t'), "{line:?}");
    }
    let unfolded = calendar.replace("\r\n ", "").replace("\r\n\t", "");
    for line in unfolded.split("\r\n").filter(|line| !line.is_empty()) {
        let name = line.split([':', ';']).next().expect("a name");
        assert!(name.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "a line that nobody wrote: {line}");
    }
    let parsed: Vec<_> =
        ical::IcalParser::new(calendar.as_bytes()).collect::<Result<_, _>>().expect("a calendar");
    assert_eq!(parsed.len(), 1);
    let events = parsed.into_iter().flat_map(|calendar| calendar.events);
    events
        .map(|event| {
            let properties = event.properties.into_iter();
            properties.map(|property| (property.name, property.value.unwrap_or_default())).collect()
        })
        .collect()
}

#[test]
fn the_calendar_has_every_due_date_and_no_word_of_it_becomes_a_line() {
    for words in ["Plain words", HOSTILE, "Two\nlines\r\nEND:VCALENDAR", "é😀".repeat(200).as_str()] {
        let files = built(&site(words));
        let calendar = text(&files, "commitments.ics");
        let events = events(calendar);
        assert_eq!(events.len(), 1);
        let event = &events[0];
        assert_eq!(event["DTSTART"], "20130531");
        assert_eq!(event["DTSTAMP"], "20121220T000000Z", "no clock: the day of the debate");
        assert_eq!(event["URL"], format!("{BASE}debates/one/#n-act"));
        assert!(event["SUMMARY"].starts_with("Ann Lee: "));
        if words == HOSTILE {
            let escaped = HOSTILE.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
            assert_eq!(event["SUMMARY"], format!("Ann Lee: {escaped}"));
        }
        let page = text(&files, "commitments/index.html");
        assert!(
            page.contains("type=\"text/calendar\"")
                && page.contains("class=\"feed\" href=\"../commitments.ics\"")
        );
    }
}

#[test]
fn llms_txt_is_one_line_an_entry_and_names_every_part() {
    let files = built(&site("Two\n# lines [x] (y)"));
    let llms = text(&files, "llms.txt");
    for part in
        ["topics/data/", "briefings/one/", "debates/one/", "people/ann/", "feed.json", "commitments.ics"]
    {
        assert!(llms.contains(&format!("]({BASE}{part})")), "{part}: {llms}");
    }
    assert!(!llms.contains("people/bo/"));
    assert_eq!(llms.lines().filter(|line| line.starts_with("# ")).count(), 1, "{llms}");
}

#[test]
fn every_page_of_a_list_has_its_own_address_and_leads_to_the_next_and_the_one_before() {
    let mut site = Strings::default().with("rapporteur.yaml", format!("title: Many\nbase_url: {BASE}\n"));
    for number in 0..201 {
        let folder = format!("content/debates/d{number}");
        site = site
            .with(&format!("{folder}/debate.yaml"), format!("title: D{number}\ndate: 2012-12-20\n"))
            .with(&format!("{folder}/transcript.md"), "# D\n\n### Ann:\n\nYes.\n");
    }
    let files = built(&site);
    let href = |path: &str, selector: &str| {
        let page = Html::parse_document(text(&files, path));
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector).next().and_then(|link| link.attr("href")).map(str::to_owned)
    };
    let pages = [
        ("debates/index.html", "debates/", None, Some("../debates/page-2.html")),
        ("debates/page-2.html", "debates/page-2.html", Some("../debates/"), Some("../debates/page-3.html")),
        ("debates/page-3.html", "debates/page-3.html", Some("../debates/page-2.html"), None),
    ];
    for (path, address, before, after) in pages {
        assert_eq!(href(path, "link[rel=canonical]").as_deref(), Some(format!("{BASE}{address}").as_str()));
        assert_eq!(href(path, "a[rel=prev]").as_deref(), before, "{path}");
        assert_eq!(href(path, "a[rel=next]").as_deref(), after, "{path}");
        assert_eq!(node(&files, path, "CollectionPage")["url"], format!("{BASE}{address}"));
    }
}
