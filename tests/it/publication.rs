//! Nothing points at what readers can't see, every date is judged on the one day that the site names, and a
//! configuration that can't be read publishes no more than one that can.

use crate::pages::{built, words};
use jiff::civil::Date;
use rapporteur::config::{AsOf, Overrides};
use rapporteur::diagnostics::{Diagnostic, Pass};
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{OnError, Options, Report, Unwatched, build, check};
use std::collections::BTreeMap;

const HIDDEN: &str = "content/debates/hidden/debate.yaml";
const LATER: &str = "content/briefings/zebra.md";
const SHEET: &str = "content/debates/open/a.notes.yaml";

/// A published debate, and one with a briefing that readers can't see.
fn site() -> Strings {
    let transcript = "# Talk\n\n### Ann Lee:\n\nWe will mend the bridge by May.\n";
    Strings::default()
        .with("rapporteur.yaml", "title: Site\nbase_url: https://example.org/b/\n")
        .with("content/debates/open/debate.yaml", "title: Open\ndate: 2020-01-02\n")
        .with("content/debates/open/transcript.md", transcript)
        .with(HIDDEN, "title: Xylophone\ndate: 2020-01-03\nstatus: draft\n")
        .with("content/debates/hidden/transcript.md", transcript)
        .with(LATER, "---\ntitle: Quagga\nstatus: draft\n---\nLater.\n")
}

fn with_overrides(site: &Strings, overrides: Overrides) -> (Report, BTreeMap<String, String>) {
    let sink = Memory::default();
    let options = Options { overrides, on_error: OnError::KeepGoing };
    let report = build(site, &sink, &options, &Unwatched).expect("memory does not fail");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
    (report, sink.into_files().into_iter().filter_map(|(path, bytes)| Some((path, text(bytes)?))).collect())
}

fn kept_going(site: &Strings) -> (Report, BTreeMap<String, String>) {
    with_overrides(site, Overrides::default())
}

fn codes(report: &Report) -> Vec<&str> {
    report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn note(lines: &str) -> String {
    format!("annotations:\n  one: {{ at: p1, status: in-review, {lines} }}\n")
}

#[test]
fn a_published_text_that_points_at_something_hidden_is_reported_and_shows_neither_way_nor_title() {
    let briefing = |text: &str| format!("---\ntitle: First\nstatus: in-review\n---\n{text}\n");
    let page = |text: &str| format!("---\ntitle: T\n---\n{text}\n");
    let cases: Vec<(&str, String)> = vec![
        ("content/briefings/first.md", briefing("See [the *next* one](zebra.md \"Title\").")),
        ("content/briefings/first.md", briefing("See [the next one][n].\n\n[n]: /briefings/zebra/")),
        ("content/briefings/first.md", briefing("See [it](https://example.org/b/briefings/zebra/).")),
        (
            "content/briefings/first.md",
            briefing("She said [“We will mend the bridge”](../debates/hidden/#p1)."),
        ),
        (
            "content/briefings/first.md",
            briefing("> We will mend the bridge by May.\n>\n> — [Ann Lee](../debates/hidden/#p1)"),
        ),
        (
            "content/briefings/first.md",
            "---\ntitle: F\nstatus: in-review\ndebates: [hidden]\n---\nX.\n".into(),
        ),
        (
            "content/briefings/first.md",
            "---\ntitle: F\nstatus: in-review\nkey_points: [{ text: A point, at: 'hidden#p1' }]\n---\nX.\n"
                .into(),
        ),
        (
            "content/topics/a.md",
            "---\ntitle: A\nkey_points: [{ text: A point, at: 'hidden#p1' }]\n---\nX.\n".into(),
        ),
        ("content/topics/a.md", page("[x](../debates/hidden/)")),
        ("content/pages/a.md", page("[x](../debates/hidden/)")),
        ("content/home.md", "[x](briefings/zebra.md)\n".into()),
        ("content/people/ann.md", "---\nname: Ann Lee\n---\n[x](../briefings/zebra.md)\n".into()),
        ("content/glossary.yaml", "Term: { definition: '[x](briefings/zebra.md)' }\n".into()),
        (
            "content/debates/open/debate.yaml",
            "title: Open\ndate: 2020-01-02\nsummary: '[x](../hidden/#p1)'\n".into(),
        ),
        (SHEET, note("see: [hidden/two]")),
        (SHEET, note("body: '[x](../hidden/#c1)'")),
    ];
    for (path, text) in cases {
        let (report, files) = kept_going(&site().with(path, text.as_str()));
        let places: Vec<&str> = report
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == "unpublished-link")
            .filter_map(|diagnostic| Some(diagnostic.place.as_ref()?.source.path.as_str()))
            .collect();
        assert_eq!(places, [path], "{text}: {:?}", codes(&report));
        assert!(report.has_errors(), "{text}");
        for (file, words) in &files {
            for secret in ["Xylophone", "Quagga", "zebra", "debates/hidden"] {
                assert!(!words.contains(secret), "{file} has {secret}: {text}");
            }
        }
    }
}

#[test]
fn the_words_of_a_link_that_is_left_out_stay() {
    let text = "---\ntitle: First\nstatus: in-review\n---\nSee [the *next* one](zebra.md \"a > b\"), or [this](../debates/open/).\n";
    let (_, files) = kept_going(&site().with("content/briefings/first.md", text));
    let page = &files["briefings/first/index.html"];
    assert!(page.contains("See the <em>next</em> one, or <a href="), "{page}");
}

#[test]
fn whatever_hides_a_thing_hides_the_ways_to_it() {
    let link = "---\ntitle: First\nstatus: in-review\n---\n[x](zebra.md) [y](../debates/open/#n-one) [z](../debates/hidden/)\n";
    let hidden = |config: &str, briefing: &str, note: &str, debate: &str| {
        let site = site()
            .with("rapporteur.yaml", format!("title: T\nas_of: 2020-06-01\n{config}"))
            .with("content/briefings/first.md", link)
            .with(LATER, format!("---\ntitle: Quagga\n{briefing}\n---\nLater.\n"))
            .with(SHEET, format!("annotations:\n  one: {{ at: p1, {note} }}\n"))
            .with(HIDDEN, format!("title: Xylophone\ndate: 2020-01-03\n{debate}\n"));
        let (report, _) = kept_going(&site);
        codes(&report).iter().filter(|code| **code == "unpublished-link").count()
    };
    let shown = ("status: in-review", "status: in-review", "status: in-review");
    assert_eq!(hidden("", shown.0, shown.1, shown.2), 0);
    assert_eq!(hidden("", "status: in-review\nembargo: 2020-07-01", shown.1, shown.2), 1);
    assert_eq!(hidden("", "status: in-review\nexpires: 2020-05-01", shown.1, shown.2), 1);
    assert_eq!(hidden("", "status: retracted", shown.1, shown.2), 1);
    assert_eq!(hidden("", shown.0, "status: draft", shown.2), 1);
    assert_eq!(hidden("", shown.0, "status: in-review, embargo: 2020-07-01", shown.2), 1);
    assert_eq!(hidden("", shown.0, shown.1, "status: draft"), 1);
    assert_eq!(hidden("", shown.0, shown.1, "embargo: 2020-07-01"), 1, "an embargo on a debate holds");
    assert_eq!(
        hidden("publish: approved\n", shown.0, shown.1, shown.2),
        0,
        "what points is in review itself"
    );
}

#[test]
fn a_draft_may_point_at_drafts_and_a_review_build_shows_the_ways() {
    let draft = "---\ntitle: First\nstatus: draft\n---\n[x](zebra.md) and [y](../debates/hidden/#p1)\n";
    let site = site().with("content/briefings/first.md", draft).with(
        "content/debates/hidden/a.notes.yaml",
        note("body: '[x](../../briefings/zebra.md) [y](#n-two)', see: [two]")
            + "  two: { at: p1, status: draft }\n",
    );
    assert_eq!(codes(&kept_going(&site).0), [] as [&str; 0]);
    let drafts = Overrides { drafts: rapporteur::config::Drafts::Shown, ..Overrides::default() };
    let (report, files) = with_overrides(&site, drafts);
    assert_eq!(codes(&report), [] as [&str; 0]);
    assert!(files["briefings/first/index.html"].contains("zebra"));
}

#[test]
fn a_reference_to_a_withdrawn_note_stays_and_is_reported() {
    let sheet = note("see: [two], body: '[x](#n-two)'")
        + "  two: { at: p1, status: retracted, withdrawn: { reason: It was wrong. } }\n";
    let (report, files) = kept_going(&site().with(SHEET, sheet));
    assert_eq!(codes(&report), ["link-to-withdrawn"; 2]);
    assert!(!report.has_errors());
    assert!(files["debates/open/index.html"].contains("href=\"#n-two\""));
}

#[test]
fn check_refuses_what_a_build_refuses_and_says_in_which_pass_it_found_it() {
    let site = site()
        .with(
            "content/briefings/first.md",
            "---\ntitle: First\nstatus: in-review\n---\n[x](zebra.md) [y](none.md)\n",
        )
        .with(HIDDEN, "title: Xylophone\ndate: 2020-01-03\nstatus: draft\nsummary: '[x](../open/#n-two)'\n")
        .with(SHEET, "annotations:\n  two: { at: p1, status: draft, see: [hidden/none] }\n");
    let found: Vec<(&str, Option<Pass>)> = check(&site, &Options::default())
        .expect("memory does not fail")
        .diagnostics
        .iter()
        .map(|Diagnostic { code, only, .. }| (*code, *only))
        .collect();
    assert_eq!(
        found,
        [
            ("unpublished-link", Some(Pass::AsPublished)),
            ("broken-link", None),
            ("unknown-annotation", Some(Pass::WithDrafts)),
        ]
    );
    let (report, _) = kept_going(&site);
    assert!(report.diagnostics.iter().all(|built| found.iter().any(|(code, _)| *code == built.code)));
}

#[test]
fn what_check_says_names_the_pass_for_people_and_for_tools() {
    let site = site().with("content/home.md", "[x](briefings/zebra.md)\n");
    let report = check(&site, &Options::default()).expect("memory does not fail");
    let [diagnostic] = report.diagnostics.as_slice() else { panic!("{:?}", codes(&report)) };
    assert!(diagnostic.line().contains("it is a draft (as published only)"), "{}", diagnostic.line());
    assert_eq!(diagnostic.json()["only"], "as published");
    assert!(diagnostic.snippet(rapporteur::diagnostics::Style::Plain).contains("found as published only"));
}

fn day() -> Date {
    Date::constant(2020, 6, 1)
}

/// A briefing with an embargo and one that expires; a commitment.
fn dated(config: &str) -> Strings {
    site()
        .with("rapporteur.yaml", format!("title: T\n{config}"))
        .with("content/briefings/new.md", "---\ntitle: New\nstatus: in-review\nembargo: 2020-05-01\n---\nX.\n")
        .with("content/briefings/old.md", "---\ntitle: Old\nstatus: in-review\nexpires: 2020-05-01\n---\nX.\n")
        .with(
            SHEET,
            "annotations:\n  one: { at: p1, quote: by May, kind: commitment, status: in-review, date: 2020-07-01, due: { said: by May, by: 2020-05-01 } }\n",
        )
}

fn state(overrides: Overrides, config: &str) -> (Vec<&'static str>, bool, bool, bool) {
    let (report, files) = with_overrides(&dated(config), overrides);
    let codes = report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let past = files.values().any(|page| page.contains("date passed"));
    (
        codes,
        files.contains_key("briefings/new/index.html"),
        files.contains_key("briefings/old/index.html"),
        past,
    )
}

#[test]
fn embargo_expiry_and_due_dates_are_judged_on_one_day() {
    let asked = Overrides { as_of: Some(AsOf::Day(day())), ..Overrides::default() };
    let today = Overrides { as_of: Some(AsOf::Today), clock: Some(day), ..Overrides::default() };
    let clock = Overrides { clock: Some(day), ..Overrides::default() };
    let after = (vec![], true, false, true);
    assert_eq!(state(Overrides::default(), "as_of: 2020-06-01\n"), after);
    assert_eq!(state(asked, ""), after);
    assert_eq!(state(today, "as_of: 2020-01-01\n"), after, "the command counts before the file");
    assert_eq!(state(clock.clone(), "as_of: today\n"), after);
    assert_eq!(state(Overrides::default(), "as_of: 2020-04-01\n"), (vec![], false, true, false));
    assert_eq!(state(clock, ""), (vec!["undated-site"], false, false, false), "no clock is read unasked");
}

#[test]
fn without_a_day_nothing_is_judged_and_one_message_names_the_dates() {
    let (report, files) = kept_going(&dated(""));
    let [diagnostic] = report.diagnostics.as_slice() else { panic!("{:?}", codes(&report)) };
    assert_eq!(
        diagnostic.notes,
        [
            "content/briefings/new.md: `embargo: 2020-05-01`",
            "content/briefings/old.md: `expires: 2020-05-01`",
            "content/debates/open/a.notes.yaml: `due: 2020-05-01` of `one`"
        ]
    );
    assert!(!files["index.html"].contains("judged"), "no day is claimed");
    assert_eq!(report.as_of, None);
    assert_eq!(with_overrides(&dated("as_of: 2020-06-01\n"), Overrides::default()).0.as_of, Some(day()));
}

#[test]
fn only_what_is_still_open_is_past_due() {
    for (state, is_past) in [
        ("kept", false),
        ("broken", false),
        ("overtaken", false),
        ("partly", true),
        ("open", true),
        ("not-checked", true),
    ] {
        let sheet = format!(
            "annotations:\n  one: {{ at: p1, quote: by May, kind: commitment, owed_by: ann, topics: [a], status: in-review, body: X, due: {{ said: by May, by: 2020-05-01 }}, outcome: {{ state: {state}, as_of: 2020-05-02 }} }}\n"
        );
        let files = built(
            &site()
                .with("rapporteur.yaml", "title: T\nbase_url: https://example.org/\nas_of: 2020-06-01\n")
                .with("content/topics/a.md", "---\ntitle: A\n---\nX.\n")
                .with("content/people/ann.yaml", "name: Ann Lee\n")
                .with(SHEET, sheet),
        );
        let pages: Vec<&String> =
            files.iter().filter(|(_, text)| text.contains("date passed")).map(|(path, _)| path).collect();
        assert_eq!(!pages.is_empty(), is_past, "{state}: {pages:?}");
        assert_eq!(
            words(&files, "commitments/index.html", ".past-due").len(),
            usize::from(is_past),
            "{state}"
        );
    }
}

#[test]
fn a_configuration_that_cannot_be_read_publishes_no_more_than_one_that_can() {
    let site = site().with(SHEET, note("body: NOTYET"));
    for text in [
        "",
        "\n# nothing\n",
        "---\n",
        "title: T\npublish:\n",
        "title: T\npublish: ''\n",
        "title: [T\n",
        "title: T\npublish: all\n",
    ] {
        let (report, files) = kept_going(&site.clone().with("rapporteur.yaml", text));
        assert!(report.has_errors(), "{text:?}");
        assert!(files.values().all(|page| !page.contains("NOTYET")), "{text:?}");
        assert!(
            check(&site.clone().with("rapporteur.yaml", text), &Options::default())
                .expect("memory")
                .has_errors()
        );
    }
    let mut none = site.clone();
    none.0.retain(|path, _| path.as_str() != "rapporteur.yaml");
    for site in [none, site.with("rapporteur.yaml", b"title: \xff\n")] {
        let (report, files) = kept_going(&site);
        assert!(report.has_errors() && files.values().all(|page| !page.contains("NOTYET")));
    }
}

#[test]
fn a_name_that_is_nearly_a_person_is_asked_about_and_a_body_is_not() {
    let found = |owed_by: &str, chair: &str| {
        let site = site()
            .with("content/people/ann.yaml", "name: Ann Lee\naliases: [Dame Ann Lee]\n")
            .with(
                "content/debates/open/debate.yaml",
                format!("title: Open\ndate: 2020-01-02\nchair: {chair}\n"),
            )
            .with(SHEET, note(&format!("kind: commitment, owed_by: {owed_by}")));
        let (report, _) = kept_going(&site);
        report
            .diagnostics
            .into_iter()
            .map(|diagnostic| (diagnostic.code, diagnostic.help.unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let asked = ("mistyped-name", "did you mean `Ann Lee`?".to_owned());
    assert_eq!(found("Ann Leee", "Bo Ray"), std::slice::from_ref(&asked));
    assert_eq!(found("Anne Lee", "Bo Ray"), std::slice::from_ref(&asked));
    assert_eq!(found("ann", "Ann Le"), [asked]);
    assert_eq!(found("Dame Ann Lee", "Ann Lee"), []);
    assert_eq!(found("the Home Office", "Alan Lowe"), []);
}

/// A debate with a person, a topic and a page that are drafts, each named where readers see it.
fn drafts() -> Strings {
    site()
        .with("content/people/ann.yaml", "name: Ann Lee\nstatus: draft\n")
        .with("content/topics/quoin.md", "---\ntitle: Quoin\nstatus: draft\n---\nLater.\n")
        .with("content/topics/bridges.md", "---\ntitle: Bridges\nrelated: [quoin]\n---\nOpen.\n")
        .with("content/pages/yurt.md", "---\ntitle: Yurt\nstatus: draft\n---\n[x](../topics/quoin.md)\n")
        .with(SHEET, note("kind: commitment, owed_by: ann, topics: [quoin, bridges]"))
}

#[test]
fn a_draft_topic_person_or_page_is_not_published_and_what_names_it_is_reported() {
    let site = drafts();
    let (report, files) = kept_going(&site);
    assert_eq!(codes(&report), ["unpublished-name"; 3], "{:?}", report.diagnostics);
    assert!(!report.has_errors());
    for (file, text) in &files {
        for secret in ["Quoin", "quoin", "Yurt", "yurt", "people/ann", "\"ann\"", "speaker:ann"] {
            assert!(!text.contains(secret), "{file} has {secret}");
        }
    }
    let page = &files["debates/open/index.html"];
    assert!(page.contains("Ann Lee") && page.contains("Bridges"), "the record and the rest stay");
    // With the debate and the briefing of the ground.
    assert_eq!(report.counts.left_out.to_string(), "5 drafts");
}

#[test]
fn a_mistake_in_a_draft_publishes_no_draft() {
    for broken in [
        "title: Quoin\nstatus: draft\nnonsense: 1",
        "title: Quoin\nstatus: drafd",
        "title: [Quoin\nstatus: draft",
    ] {
        let site = site().with("content/topics/quoin.md", format!("---\n{broken}\n---\nLater.\n"));
        let (report, files) = kept_going(&site);
        assert!(report.has_errors(), "{broken}");
        assert!(!files.contains_key("topics/quoin/index.html"), "{broken}: {:?}", codes(&report));
    }
}

#[test]
fn a_link_to_a_draft_topic_person_or_page_is_an_error() {
    for target in ["topics/quoin.md", "people/ann.yaml", "pages/yurt.md"] {
        let site = drafts().with("content/home.md", format!("[x]({target})\n"));
        let (report, files) = kept_going(&site);
        assert!(codes(&report).contains(&"unpublished-link"), "{target}: {:?}", codes(&report));
        assert!(!files["index.html"].contains("quoin") && !files["index.html"].contains("yurt"));
    }
}

#[test]
fn a_review_build_shows_draft_topics_people_and_pages_as_drafts() {
    let shown = Overrides { drafts: rapporteur::config::Drafts::Shown, ..Overrides::default() };
    let (report, files) = with_overrides(&drafts(), shown);
    assert_eq!(codes(&report), [] as [&str; 0]);
    for page in ["topics/quoin/", "people/ann/", "yurt/", "topics/", "people/"] {
        let page = &files[&format!("{page}index.html")];
        assert!(page.contains("<span class=\"status\">Draft</span>"), "{page}");
    }
    assert!(!files["topics/bridges/index.html"].contains("<span class=\"status\">Draft"));
}

#[test]
fn drafts_may_name_drafts_and_a_draft_home_page_leaves_the_lists() {
    let site = drafts()
        .with(SHEET, "annotations:\n  one: { at: p1, status: draft, topics: [quoin] }\n")
        .with("content/topics/bridges.md", "---\ntitle: Bridges\nstatus: draft\nrelated: [quoin]\n---\nX.\n")
        .with("content/home.md", "---\nstatus: draft\n---\nWalnut.\n");
    let (report, files) = kept_going(&site);
    assert_eq!(codes(&report), [] as [&str; 0]);
    assert!(!files["index.html"].contains("Walnut"));
    let published = check(&drafts(), &Options::default()).expect("memory does not fail").diagnostics;
    assert!(published.iter().all(|one| one.only == Some(Pass::AsPublished)), "{published:?}");
}

#[test]
fn check_tries_every_page_that_shows_something_else_with_drafts() {
    let theme = |template: &str| {
        drafts()
            .with("rapporteur.yaml", "title: T\ntheme: own\n")
            .with("themes/own/templates/topic.html", template)
    };
    let found = |template: &str| -> Vec<(&str, Option<Pass>)> {
        let report = check(&theme(template), &Options::default()).expect("memory does not fail");
        let wrong = report.diagnostics.iter().filter(|one| one.code == "template-error");
        wrong.map(|one| (one.code, one.only)).collect()
    };
    let with_drafts = [("template-error", Some(Pass::WithDrafts))];
    // A page that both passes have, and a template that asks which one it is.
    assert_eq!(found("{% if site.drafts %}{{ view.none }}{% endif %}"), with_drafts);
    // A page that only drafts have.
    assert_eq!(found("{% if view.status == 'draft' %}{{ view.none }}{% endif %}"), with_drafts);
    // A page that is the same in both is said to be wrong in both.
    assert_eq!(
        found("{% if view.status == 'approved' %}{{ view.none }}{% endif %}"),
        [("template-error", None)]
    );
    assert_eq!(found("{{ view.title }}"), []);
}
