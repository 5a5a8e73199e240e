//! Pictures: each page has those that say something, with the same numbers in a table, and every mark leads
//! to what it stands for.

use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Unwatched, build};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).collect()
}

/// Two debates, three speakers, notes on two topics, two commitments.
fn pages() -> BTreeMap<String, Html> {
    let record = |extra: &str| {
        format!(
            "# Talk\n\n### Ann Lee:\n\nWe will act now, and we will report. {extra}\n\n### Bo Ray:\n\nI doubt it very much indeed.\n\n### Cy:\n\nNo.\n"
        )
    };
    let sheet = "annotations:\n  act: { at: p1, quote: We will act now, kind: commitment, topics: [data], status: in-review, body: A., \
         due: { said: now, by: 2013-05-31 } }\n  doubt: { at: p2, quote: I doubt it, kind: claim, topics: [data, policing], status: \
         in-review, body: B. }\n  no: { at: p3, status: in-review, topics: [policing], body: C. }\n";
    let site = Strings::default()
        .with("rapporteur.yaml", "title: Pictures\nas_of: 2012-12-20\n")
        .with("content/topics/data.md", "---\ntitle: Data\n---\n")
        .with("content/topics/policing.md", "---\ntitle: Policing & more\n---\n")
        .with("content/people/ann.yaml", "name: Ann Lee\n")
        .with("content/debates/one/debate.yaml", "title: One\ndate: 2012-12-20\n")
        .with("content/debates/one/transcript.md", record(""))
        .with("content/debates/one/a.notes.yaml", sheet)
        .with("content/debates/two/debate.yaml", "title: Two\ndate: 2014-01-08\n")
        .with("content/debates/two/transcript.md", record("More of it."))
        .with("content/debates/two/a.notes.yaml", sheet.replace("2013-05-31", "2015-02-01"));
    let sink = Memory::default();
    let report = build(&site, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
    assert!(
        report.diagnostics.is_empty(),
        "{:?}",
        report.diagnostics.iter().map(|d| &d.message).collect::<Vec<_>>()
    );
    let html = sink.into_files().into_iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, Html::parse_document(&String::from_utf8(bytes).expect("UTF-8"))))
        .collect()
}

/// The numbers of a picture on a page.
fn numbers(page: &Html, chart: &str) -> Vec<(String, String)> {
    let words = |cell: ElementRef<'_>| cell.text().collect::<String>().trim().to_owned();
    let labels = select(page, &format!("#chart-{chart} tbody th")).into_iter().map(words);
    let values = select(page, &format!("#chart-{chart} tbody td")).into_iter().map(words);
    labels.zip(values).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_debate_shows_where_its_topics_lie_and_who_spoke_how_much() {
    let pages = pages();
    let page = &pages["debates/one/index.html"];
    assert_eq!(numbers(page, "topics-along"), pairs(&[("Data", "2"), ("Policing & more", "2")]));
    assert_eq!(numbers(page, "spoke-how-much"), pairs(&[("Ann Lee", "8"), ("Bo Ray", "6"), ("Cy", "1")]));
    assert!(numbers(page, "kinds-along").is_empty(), "the same marks a second time say nothing more");
    let marks = select(page, "#chart-topics-along .lanes svg a");
    assert_eq!(marks.len(), 4);
    for mark in marks {
        let id = mark.attr("href").and_then(|href| href.strip_prefix('#')).expect("a fragment");
        assert_eq!(select(page, &format!("[id=\"{id}\"]")).len(), 1, "{id} is on the page");
        let name: String = mark
            .select(&Selector::parse("title").expect("a selector"))
            .flat_map(|title| title.text())
            .collect();
        assert!(name.starts_with('p'), "it says what it leads to: {name}");
    }
}

#[test]
fn topics_people_and_commitments_are_shown_over_time() {
    let pages = pages();
    assert_eq!(
        numbers(&pages["topics/data/index.html"], "over-time"),
        pairs(&[("2012", "2"), ("2014", "2")])
    );
    assert_eq!(
        select(&pages["topics/data/index.html"], "#chart-over-time rect").len(),
        3,
        "a year without any has its place"
    );
    assert_eq!(numbers(&pages["people/ann/index.html"], "topics-over-time"), pairs(&[("Data", "2")]));
    assert_eq!(
        numbers(&pages["commitments/index.html"], "commitments-due"),
        pairs(&[("2013", "1"), ("2015", "1")])
    );
    for page in ["people/ann/index.html", "commitments/index.html"] {
        for mark in select(&pages[page], "svg a") {
            let href = mark.attr("href").expect("it leads somewhere");
            let (file, id) = href.split_once('#').expect("to a note");
            let target = &pages[file.trim_start_matches("../")];
            assert_eq!(select(target, &format!("[id=\"{id}\"]")).len(), 1, "{href}");
        }
    }
}

/// What the title of a picture on a page says.
fn found(page: &Html, chart: &str) -> String {
    select(page, &format!("#chart-{chart}-title")).iter().flat_map(|title| title.text()).collect()
}

#[test]
fn the_title_of_a_picture_says_what_it_finds_where_one_has_most() {
    let pages = pages();
    let debate = &pages["debates/one/index.html"];
    assert_eq!(found(debate, "spoke-how-much"), "Ann Lee spoke most: 8 of 15 words.");
    assert_eq!(found(debate, "topics-along"), "Notes along the debate.", "two topics have as many");
    assert_eq!(
        found(&pages["people/ann/index.html"], "topics-over-time"),
        "Topics over time.",
        "one topic alone has not the most"
    );
    assert_eq!(
        found(&pages["commitments/index.html"], "commitments-due"),
        "Outcomes of the 2 here that have a date: Not checked 2."
    );
}

#[test]
fn every_picture_is_named_described_and_free_of_styles_and_scripts() {
    let pages = pages();
    let mut pictures = 0;
    for (path, page) in &pages {
        for svg in select(page, "svg.chart:not([aria-hidden])") {
            pictures += 1;
            for attribute in ["aria-labelledby", "aria-describedby"] {
                let id = svg.attr(attribute).expect("it is named");
                let named = select(page, &format!("[id=\"{id}\"]"));
                assert!(
                    named.len() == 1 && named[0].text().any(|text| !text.trim().is_empty()),
                    "{path}: {id}"
                );
            }
            assert!(!svg.html().contains("style") && !svg.html().contains("script"), "{path}");
        }
        assert!(
            select(page, "figure.picture")
                .iter()
                .all(|figure| figure.select(&Selector::parse("table").expect("a selector")).next().is_some())
        );
    }
    assert!(pictures >= 7, "{pictures} pictures");
}
