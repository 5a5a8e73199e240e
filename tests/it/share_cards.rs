//! The pictures shown with shared links: which pages have one, that they are what they should be, and that
//! no title breaks one.

use rapporteur::config::{Drafts, Overrides};
use rapporteur::load::{Disk, Sources, Strings};
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Report, Unwatched, build};
use scraper::{Html, Selector};
use std::collections::BTreeMap;
use std::path::Path;

type Files = BTreeMap<String, Vec<u8>>;

const BASE: &str = "https://example.org/b/";

fn built(site: &dyn Sources, base_url: Option<&str>, drafts: Drafts) -> (Files, Report) {
    let sink = Memory::default();
    let overrides = Overrides { base_url: base_url.map(str::to_owned), drafts, ..Overrides::default() };
    let report = build(site, &sink, &Options { overrides, ..Options::default() }, &Unwatched)
        .expect("the sources can be read");
    (sink.into_files(), report)
}

fn demo() -> Disk {
    Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a site")
}

/// A site of one debate with this title.
fn titled(title: &str) -> Strings {
    Strings::default()
        .with("rapporteur.yaml", "title: Titles\n")
        .with("content/debates/one/debate.yaml", format!("title: '{title}'\ndate: 2012-12-20\n"))
        .with("content/debates/one/transcript.md", "# One\n\n### Ann:\n\nWords that were said.\n")
}

/// What a page says of itself under this name.
fn meta(page: &Html, name: &str) -> Option<String> {
    let selector =
        Selector::parse(&format!("meta[property='{name}'], meta[name='{name}']")).expect("a selector");
    let mut found = page.select(&selector);
    let content = found.next()?.attr("content").map(str::to_owned);
    assert!(found.next().is_none(), "{name} is said once");
    content
}

fn pages(files: &Files) -> impl Iterator<Item = (&str, Html)> {
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| {
        (path.as_str(), Html::parse_document(std::str::from_utf8(bytes).expect("UTF-8")))
    })
}

/// The pixels of a card, one byte each: 0 is paper.
fn pixels(card: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(card)).read_info().expect("a PNG");
    assert_eq!((reader.info().width, reader.info().height), (1200, 630));
    let mut packed = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut packed).expect("a whole picture");
    packed.iter().flat_map(|two| [two >> 4, two & 15]).collect()
}

/// Whether there is ink between these rows.
fn printed(pixels: &[u8], rows: std::ops::Range<usize>) -> bool {
    pixels[rows.start * 1200..rows.end * 1200].iter().any(|pixel| *pixel != 0)
}

#[test]
fn every_page_that_is_shared_has_a_card_of_its_own_and_every_other_the_sites() {
    let (files, report) = built(&demo(), Some(BASE), Drafts::Hidden);
    assert_eq!(report.diagnostics, []);
    let mut own = 0;
    for (path, page) in pages(&files) {
        let url = meta(&page, "og:image").unwrap_or_else(|| panic!("{path} has a picture"));
        let card = url.strip_prefix(BASE).unwrap_or_else(|| panic!("{url} is absolute"));
        let parts: Vec<&str> = path.trim_end_matches("index.html").split_terminator('/').collect();
        let expected = match parts.as_slice() {
            ["debates" | "topics" | "people" | "briefings", slug] if !slug.ends_with(".html") => {
                own += 1;
                format!("{}/{slug}/card.png", parts[0])
            }
            _ => "card.png".to_owned(),
        };
        assert_eq!(card, expected, "{path}");
        assert!(printed(&pixels(&files[card]), 0..630));
        assert_eq!(meta(&page, "og:image:width").as_deref(), Some("1200"));
        assert_eq!(meta(&page, "og:image:height").as_deref(), Some("630"));
        assert_eq!(meta(&page, "twitter:card").as_deref(), Some("summary_large_image"));
        let alt = meta(&page, "og:image:alt").expect("a description");
        assert!(alt.ends_with("Debate briefings"), "{path}: {alt}");
        if expected != "card.png" {
            let title = meta(&page, "og:title").expect("a title");
            assert!(alt.contains(&format!(": {title}, ")), "{path}: {alt}");
        }
    }
    let cards = files.keys().filter(|path| path.ends_with("card.png")).count();
    assert_eq!(cards, own + 1, "and there is no card that no page names");
}

#[test]
fn without_an_address_or_where_the_site_wants_none_there_are_no_cards() {
    let refusing = titled("One").with("rapporteur.yaml", "title: Titles\nshare_cards: false\n");
    for (files, _) in
        [built(&titled("One"), None, Drafts::Hidden), built(&refusing, Some(BASE), Drafts::Hidden)]
    {
        assert!(!files.keys().any(|path| path.ends_with(".png")));
        assert!(
            pages(&files).all(|(_, page)| {
                meta(&page, "og:image").is_none() && meta(&page, "twitter:card").is_none()
            })
        );
    }
}

#[test]
fn any_title_stays_inside_the_card() {
    let sentence =
        "An Act to make provision about the prevention of trafficking; to confer powers; ".repeat(4);
    let titles = [
        "Data",
        &sentence[..300],
        &"w".repeat(200),
        &format!("On {} alone", "antidisestablishmentarianism".repeat(8)),
        &"a ".repeat(2000),
        "-/-/-–—",
        "Cyllid ysgolion yng Ngŵyr a Llŷn",
        "الاتجار بالبشر",
        "人身取引",
        "Mixed العربية and English",
        "e\u{301}\u{200d}\u{1f469}\u{300}\u{300}",
    ];
    for title in titles {
        let (files, report) = built(&titled(title), Some(BASE), Drafts::Hidden);
        assert_eq!(report.diagnostics, [], "{title}");
        let pixels = pixels(&files["debates/one/card.png"]);
        for row in pixels.chunks(1200) {
            assert!(
                row[..74].iter().chain(&row[1126..]).all(|pixel| *pixel == 0),
                "{title}: the sides are free"
            );
        }
        assert!(!printed(&pixels, 0..40) && !printed(&pixels, 606..630), "{title}: so are head and foot");
        assert!(!printed(&pixels, 530..546), "{title}: it ends above the rule");
        assert!(printed(&pixels, 50..100) && printed(&pixels, 150..190), "{title}: site and date are there");
        let settable = title.is_ascii() || title.starts_with("Cyllid") || title.starts_with('-');
        assert_eq!(printed(&pixels, 215..530), settable, "{title}: no box for what the font lacks");
    }
}

#[test]
fn the_same_site_has_the_same_cards_to_the_byte() {
    let cards = || {
        let (mut files, _) = built(&demo(), Some(BASE), Drafts::Hidden);
        files.retain(|path, _| path.ends_with(".png"));
        files
    };
    assert_eq!(cards(), cards());
}

#[test]
fn no_card_tells_of_a_draft() {
    let sheet = |status: &str| {
        let note = |id: &str, status: &str| {
            format!("  {id}: {{ at: p1, status: {status}, topics: [data], body: B. }}\n")
        };
        let rest: String = ["b", "c", "d"].map(|id| note(id, "in-review")).concat();
        format!("annotations:\n{}{rest}", if status.is_empty() { String::new() } else { note("a", status) })
    };
    let site = |status: &str| {
        titled("One")
            .with("content/topics/data.md", "---\ntitle: Data\n---\n")
            .with("content/debates/one/a.notes.yaml", sheet(status))
            .with("content/debates/two/debate.yaml", "title: Secret\ndate: 2012-12-21\nstatus: draft\n")
            .with("content/debates/two/transcript.md", "# Two\n\n### Ann:\n\nMore words.\n")
    };
    let cards = |status: &str, drafts: Drafts| {
        let (mut files, _) = built(&site(status), Some(BASE), drafts);
        files.retain(|path, _| path.ends_with(".png"));
        files
    };
    let hidden = cards("draft", Drafts::Hidden);
    assert_eq!(hidden, cards("", Drafts::Hidden), "a draft changes no card");
    assert!(!hidden.contains_key("debates/two/card.png"));
    assert_ne!(hidden, cards("in-review", Drafts::Hidden), "a note that readers see does");
    let shown = cards("draft", Drafts::Shown);
    assert!(shown.contains_key("debates/two/card.png"));
    // A review build says so at the right of its head.
    let marked = |card: &[u8]| {
        pixels(card)[60 * 1200..110 * 1200]
            .chunks(1200)
            .any(|row| row[1000..].iter().any(|pixel| *pixel != 0))
    };
    assert!(shown.values().all(|card| marked(card)) && !hidden.values().any(|card| marked(card)));
}

#[test]
fn a_file_of_the_sites_own_where_a_card_stands_is_told_of() {
    let site = titled("One").with("static/debates/one/card.png", "mine");
    let (files, report) = built(&site, Some(BASE), Drafts::Hidden);
    assert!(files.is_empty() && report.diagnostics.iter().any(|d| d.code == "duplicate-permalink"));
    let (files, report) = built(&site, None, Drafts::Hidden);
    assert_eq!(report.diagnostics, []);
    assert_eq!(files["debates/one/card.png"], b"mine", "where there are no cards it has its place");
}
