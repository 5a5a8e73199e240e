//! Pages of small sites, and what is claimed of lists, terms and speakers on them.

use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Unwatched, build};
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

/// The files of text of a site, which has no error.
pub fn built(site: &Strings) -> BTreeMap<String, String> {
    let sink = Memory::default();
    let report = build(site, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
    let said: Vec<_> = report.diagnostics.iter().map(|d| (d.code, &d.message)).collect();
    assert!(!report.has_errors(), "{said:?}");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
    sink.into_files().into_iter().filter_map(|(path, bytes)| Some((path, text(bytes)?))).collect()
}

/// The words of the elements that a selector finds on a page, white space as one space.
pub fn words(files: &BTreeMap<String, String>, path: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(files.get(path).unwrap_or_else(|| panic!("there is no {path}")));
    let selector = Selector::parse(selector).expect("a selector");
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(&selector).map(|element| words(element.text().collect())).collect()
}

/// What an attribute has on the elements that a selector finds.
fn attributes(files: &BTreeMap<String, String>, path: &str, selector: &str, name: &str) -> Vec<String> {
    let page = Html::parse_document(&files[path]);
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
}

const DEBATE: &str = "debates/one/index.html";

fn debate(transcript: &str) -> Strings {
    Strings::default()
        .with("rapporteur.yaml", "title: Site\n")
        .with("content/debates/one/debate.yaml", "title: One\ndate: 2012-12-20\n")
        .with("content/debates/one/transcript.md", transcript)
}

#[test]
fn a_term_of_the_glossary_is_explained_where_a_debate_has_it_first() {
    let glossary = "Crime Agency: { definition: A body. }\n\
                    National Crime Agency: { definition: Another., aliases: [NCA] }\n\
                    child’s plan: { definition: A plan. }\n\
                    art: { definition: Not in this debate. }\n";
    let transcript = "# One\n\n### Ann Lee:\n\nWe start.\n\nThe NCA, a “child's\nplan”, and the national crime agency.\n\n\
                      The National Crime Agency again, in part and in artful words.\n\n### Bo Ray:\n\nThe Crime Agency.\n";
    let plain = built(&debate(transcript));
    let files = built(&debate(transcript).with("content/glossary.yaml", glossary));
    let lines = words(&files, DEBATE, ".terms");
    assert_eq!(
        lines,
        ["Terms explained: National Crime Agency; child’s plan", "Terms explained: Crime Agency"],
        "the first place, by any writing, whole words, and not in a longer term"
    );
    let ids = words(&files, DEBATE, ".row:has(.terms) .number");
    assert_eq!(ids, ["2", "4"]);
    for href in attributes(&files, DEBATE, ".terms a", "href") {
        let id = href.split_once('#').expect("a fragment").1;
        assert_eq!(words(&files, "glossary/index.html", &format!("[id='{id}']")).len(), 1, "{href}");
    }
    // The words are not touched.
    let record = |files| words(files, DEBATE, ".text > [id]");
    assert_eq!(record(&files), record(&plain));
    assert!(words(&plain, DEBATE, ".terms").is_empty());
}

#[test]
fn a_speaker_has_the_party_of_the_day_unless_the_record_prints_it() {
    let site = debate("# One\n\n### Ann Lee:\n\nYes.\n\n### Bo Ray (Green Party):\n\nNo.\n\n### Cy Orr:\n\nWell.\n")
        .with(
            "content/people/ann.yaml",
            "name: Ann Lee\nparties: [{ name: Red Party, to: 2012-12-19 }, { name: Green Party, from: 2012-12-20 }]\n",
        )
        .with("content/people/bo.yaml", "name: Bo Ray\nparty: Green Party\n");
    let speakers = words(&built(&site), DEBATE, "h3.speaker");
    assert_eq!(speakers, ["Ann Lee, Green Party", "Bo Ray, Green Party", "Cy Orr"]);
}

#[test]
fn every_debate_is_there_as_plain_text_and_says_which_state_of_it_this_is() {
    let transcript = "# One\n\n### Ann Lee:\n\nYes.\n";
    let files = built(&debate(transcript));
    let texts = attributes(&files, DEBATE, ".citing a[href$='.txt']", "href");
    let [text] = texts.as_slice() else { panic!("one text: {texts:?}") };
    assert_eq!(files[text.trim_start_matches("../")], "One\n\n20 December 2012\n\nAnn Lee:\n\nYes.\n\n");
    let revision = |files| words(files, DEBATE, ".facts code");
    let hash = blake3::hash(transcript.as_bytes()).to_hex();
    assert_eq!(revision(&files), [&hash[..16]]);
    assert_ne!(revision(&files), revision(&built(&debate("# One\n\n### Ann Lee:\n\nYes!\n"))));
}

#[test]
fn long_lists_of_people_and_of_a_person_go_on_on_further_pages() {
    let mut site = Strings::default().with("rapporteur.yaml", "title: Site\n");
    for at in 0..730 {
        site = site.with(&format!("content/people/p{at:03}.yaml"), format!("name: Person {at:03}\n"));
    }
    for at in 0..130 {
        let folder = format!("content/debates/d{at:03}");
        let day = format!("title: Debate {at:03}\ndate: 2012-{:02}-{:02}\n", at / 28 + 1, at % 28 + 1);
        site = site
            .with(&format!("{folder}/debate.yaml"), day)
            .with(&format!("{folder}/transcript.md"), "### Person 000:\n\nYes.\n");
    }
    let files = built(&site);
    let lists = |folder: &str, selector: &str| -> Vec<usize> {
        let pages = (1..).map(|number| match number {
            1 => format!("{folder}/index.html"),
            _ => format!("{folder}/page-{number}.html"),
        });
        pages
            .take_while(|path| files.contains_key(path))
            .map(|path| words(&files, &path, selector).len())
            .collect()
    };
    assert_eq!(lists("people", "li.card"), [100, 100, 100, 100, 100, 100, 100, 30]);
    assert_eq!(lists("people/p000", "li.card"), [100, 30]);
    assert_eq!(lists("people/p001", "li.card"), [0]);
    let names: BTreeSet<String> = files
        .keys()
        .filter(|path| path.starts_with("people/page-") || *path == "people/index.html")
        .flat_map(|path| words(&files, path, "li.card a"))
        .collect();
    assert_eq!(names.len(), 730, "everybody once");
    // The way through: the ends, this page and those about it.
    let steps = words(&files, "people/page-4.html", ".steps li");
    assert_eq!(steps, ["1", "2", "3", "4", "5", "6", "8"]);
    assert_eq!(attributes(&files, "people/page-4.html", ".steps li.after-gap", "class").len(), 1);
    assert_eq!(words(&files, "people/page-4.html", ".steps [aria-current]"), ["4"]);
}

#[test]
fn a_former_address_leads_to_the_page_and_can_be_that_of_no_other() {
    let site = |aliases: &str| {
        debate("# One\n\n### Ann Lee:\n\nYes.\n")
            .with("rapporteur.yaml", "title: Site\nbase_url: https://example.org/b/\n")
            .with("content/topics/new.md", format!("---\ntitle: New & better\naliases: [{aliases}]\n---\n"))
            .with(
                "content/debates/one/debate.yaml",
                "title: One\ndate: 2012-12-20\naliases: [2012/one.html]\n",
            )
    };
    let files = built(&site("old"));
    for (path, href) in [("topics/old/index.html", "../../topics/new/"), ("2012/one.html", "../debates/one/")]
    {
        assert_eq!(attributes(&files, path, "#moved", "href"), [href]);
        assert_eq!(attributes(&files, path, "[name=robots]", "content"), ["noindex"]);
        assert!(files[path].contains(&format!("content=\"0; url={href}\"")), "{}", files[path]);
    }
    assert_eq!(words(&files, "topics/old/index.html", "#moved"), ["New & better"]);
    let canonical = attributes(&files, "topics/old/index.html", "[rel=canonical]", "href");
    assert_eq!(canonical, ["https://example.org/b/topics/new/"]);
    assert!(!files["sitemap.xml"].contains("topics/old"), "search engines are told of the page itself");
    for (aliases, code, line) in [
        ("'../old'", "bad-alias", 3),
        ("new", "duplicate-permalink", 1),
        ("debates/one", "duplicate-permalink", 1),
        ("2012/one.html", "duplicate-permalink", 1),
        ("/404.html", "duplicate-permalink", 1),
    ] {
        let sink = Memory::default();
        let report =
            build(&site(aliases), &sink, &Options::default(), &Unwatched).expect("memory does not fail");
        let said: Vec<_> = report.diagnostics.iter().map(|told| told.code).collect();
        assert_eq!(said, [code], "{aliases}");
        let place = report.diagnostics[0].place.as_ref().expect("a place");
        assert_eq!(place.source.path.as_str(), "content/topics/new.md", "{aliases}");
        assert_eq!(place.source.line_column(place.span.start as usize).line, line, "{aliases}");
    }
}

#[test]
fn a_note_on_many_words_has_all_of_them() {
    let words = (1..=30).map(|at| format!("w{at}\u{a0}x")).collect::<Vec<_>>().join(" ");
    let words = format!("We {words} end");
    let note = |quote: &str| {
        format!("{{ at: p1, quote: '{quote}', kind: claim, status: approved, author: Desk, body: So. }}")
    };
    let sheet = format!("annotations:\n  long: {}\n  short: {}\n", note(&words), note("We w1\u{a0}x"));
    let site = debate(&format!("# One\n\n### Ann Lee:\n\n{words} w31.\n"))
        .with("content/debates/one/a.notes.yaml", sheet);
    let files = built(&site);
    let page = Html::parse_document(&files[DEBATE]);
    let selector = Selector::parse("blockquote.words").expect("a selector");
    let quotes: Vec<String> = page.select(&selector).map(|quote| quote.text().collect()).collect();
    assert_eq!(quotes, [words.as_str(), "We w1\u{a0}x"]);
}

/// The lock of a debate, with an approval of every note that says it is approved.
pub fn approved(written: &rapporteur::resolve::WrittenDebate) -> rapporteur::revise::Lock {
    let mut lock = rapporteur::resolve::lock(written);
    let approved = Some(rapporteur::annotation::Status::Approved);
    for entry in written.entries.iter().filter(|entry| entry.raw.status == approved) {
        let review = entry.raw.reviewed.as_ref();
        let by = review.map(|review| review.by.clone()).unwrap_or_default();
        let on = review.and_then(|review| review.on).map(|on| on.to_string()).unwrap_or_default();
        // What has no place in the record can't be approved.
        let _ = rapporteur::resolve::approve(written, &mut lock, &entry.id, &by, &on);
    }
    lock
}

#[test]
fn a_portrait_has_its_words_and_licence_and_without_one_the_name_has_letters() {
    let transcript = "# One\n\n### Dr Ann Mary Lee:\n\nWe start.\n\n### Bo Ray:\n\nNo.\n";
    let ann = "name: Dr Ann Mary Lee\nportrait: { file: ../../static/faces/ann.svg, alt: 'A woman', licence: CC0 1.0, by: The desk }\n";
    let site = debate(transcript)
        .with("static/faces/ann.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .with("content/people/ann-lee.yaml", ann)
        .with("content/people/bo-ray.yaml", "name: Bo Ray\n");
    let files = built(&site);
    let picture = |name: &str| attributes(&files, "people/ann-lee/index.html", ".portrait img", name);
    assert_eq!(
        (picture("src"), picture("alt")),
        (vec!["../../faces/ann.svg".into()], vec!["A woman".into()])
    );
    assert_eq!(words(&files, "people/ann-lee/index.html", ".portrait figcaption"), ["The desk, CC0 1.0"]);
    assert_eq!(words(&files, "people/bo-ray/index.html", ".portrait"), ["BR"]);
    assert_eq!(words(&files, "people/index.html", ".portrait"), ["BR", ""]);
}

#[test]
fn a_portrait_stands_beside_every_speech_of_its_person_and_says_nothing() {
    let transcript = "# One\n\n### Ann Lee:\n\nWe start.\n\n### Bo Ray:\n\nNo.\n\n### Ann Lee:\n\nYes.\n";
    let ann = "name: Ann Lee\nportrait: { file: ../../static/ann.svg, alt: A woman, licence: CC0 1.0 }\n";
    let site = debate(transcript)
        .with("static/ann.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .with("content/people/ann-lee.yaml", ann);
    let files = built(&site);
    let page = "debates/one/index.html";
    let of = |name: &str| attributes(&files, page, ".speaker img", name);
    assert_eq!(of("src"), ["../../ann.svg", "../../ann.svg"]);
    assert_eq!(of("alt"), ["", ""]);
    // A place that is kept for it moves nothing when it comes; the first is wanted at once.
    assert_eq!((of("width").len(), of("height").len()), (2, 2));
    assert_eq!(of("loading"), ["lazy"]);
    assert!(!words(&files, page, ".speaker").iter().any(|words| words.contains("A woman")));
}

#[test]
fn notes_on_a_persons_words_stand_by_topic_and_one_status_is_said_once() {
    let transcript =
        "# One\n\n### Ann Lee (Minister):\n\nWe start on ships now.\n\nThe quays are full.\n\nI have done.\n";
    let notes = "debate: one\ndefaults: { status: in-review }\nannotations:\n\
                 \x20 a: { at: p1, topics: [ships] }\n  b: { at: p2, topics: [quays, ships] }\n\
                 \x20 c: { at: p3, body: Nothing. }\n  d: { at: p1, topics: [ships], kind: commitment, owed_by: us }\n";
    let site = debate(transcript)
        .with("content/people/ann-lee.yaml", "name: Ann Lee\nparty: Reds\n")
        .with("content/topics/ships.md", "---\ntitle: Ships\n---\n")
        .with("content/topics/quays.md", "---\ntitle: Quays\n---\n")
        .with("content/debates/one/desk.notes.yaml", notes);
    let files = built(&site);
    let page = "people/ann-lee/index.html";
    assert_eq!(words(&files, page, ".own-words h3"), ["Ships", "Quays", "On no topic"]);
    assert_eq!(attributes(&files, page, ".own-words .group", "aria-labelledby"), ["t-ships", "t-quays", "t"]);
    assert_eq!(words(&files, page, ".own-words h2 + .quiet"), ["Notes not yet approved."]);
    assert_eq!(words(&files, page, "#t-quays ~ .passage .office"), [", Minister", ", Reds"]);
    assert_eq!(words(&files, "topics/ships/index.html", ".once").len(), 1);
    // With one that is approved the others bear their status themselves.
    let mixed = notes.replace("c: { at: p3,", "c: { at: p3, status: draft,");
    let mixed = site.with("content/debates/one/desk.notes.yaml", mixed.replace("draft", "approved"));
    let sink = Memory::default();
    build(&mixed, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
    let there = sink
        .into_files()
        .into_iter()
        .filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)));
    let files: BTreeMap<String, String> = there.collect();
    // Nobody's approval is recorded, so it is in review as well.
    assert_eq!(words(&files, page, ".own-words h2 + .quiet").len(), 1);
}

#[test]
fn a_commitment_without_a_title_is_called_by_its_first_words_and_the_register_can_be_filtered() {
    let long =
        "We will open every one of the harbours on the north coast before the summer of the next year.";
    let transcript = format!("# One\n\n### Ann Lee:\n\n{long}\n\n### Bo Ray:\n\nNever.\n");
    let notes = "debate: one\ndefaults: { status: in-review }\nannotations:\n\
                 \x20 a: { at: p1, kind: commitment, topics: [ships], outcome: { state: kept, as_of: 2013-01-01, note: Done. } }\n\
                 \x20 b: { at: p2, kind: commitment, title: Called so, owed_by: Bo Ray }\n";
    let site = debate(&transcript)
        .with("content/topics/ships.md", "---\ntitle: Ships\n---\n")
        .with("content/debates/one/desk.notes.yaml", notes);
    let files = built(&site);
    let page = "commitments/index.html";
    let names = words(&files, page, ".register .note-title a");
    assert_eq!(names, ["We will open every one of the harbours on the north coast…", "Called so"]);
    assert_eq!(words(&files, page, "[name=state] option"), ["Any", "Not checked (1)", "Kept (1)"]);
    assert_eq!(words(&files, page, "[name=who] option"), ["Any", "Ann Lee (1)", "Bo Ray (1)"]);
    assert_eq!(words(&files, page, "[name=topic] option"), ["Any", "Ships (1)"]);
    assert_eq!(attributes(&files, page, ".register tbody tr", "data-state"), ["kept", "not-checked"]);
    let counts = words(&files, page, ".title .quiet");
    assert!(counts[0].starts_with("2 commitments · Not checked: 1 · Kept: 1."), "{counts:?}");
}

#[test]
fn a_register_of_two_pages_offers_on_each_what_all_of_it_has() {
    let said: Vec<String> = (1..=110).map(|at| format!("We will mend lamp {at}.")).collect();
    let notes: String = (1..=110)
        .map(|at| {
            let who = if at == 110 { "the harbour master" } else { "Ann Lee" };
            format!("  n{at}: {{ at: p{at}, kind: commitment, owed_by: {who}, topics: [lamps] }}\n")
        })
        .collect();
    let site = debate(&format!("# One\n\n### Ann Lee:\n\n{}\n", said.join("\n\n")))
        .with("content/topics/lamps.md", "---\ntitle: Lamps\n---\n")
        .with(
            "content/debates/one/desk.notes.yaml",
            format!("debate: one\ndefaults: {{ status: in-review }}\nannotations:\n{notes}"),
        );
    let files = built(&site);
    for page in ["commitments/index.html", "commitments/page-2.html"] {
        assert_eq!(words(&files, page, "[name=state] option"), ["Any", "Not checked (110)"], "{page}");
        let who = words(&files, page, "[name=who] option");
        assert_eq!(who, ["Any", "Ann Lee (109)", "the harbour master (1)"], "{page}");
        assert_eq!(words(&files, page, "[name=topic] option"), ["Any", "Lamps (110)"], "{page}");
    }
    assert_eq!(words(&files, "commitments/page-2.html", ".register tbody tr").len(), 10);
}

#[test]
fn the_key_points_of_a_briefing_stand_before_its_text_each_with_its_place() {
    let briefing =
        "---\ntitle: B\nstatus: approved\nkey_points:\n  - { text: It *begins*., at: one#p2 }\n---\nMore.\n";
    let transcript = "# One\n\n### Ann Lee:\n\nGood day.\n\nWe start.\n";
    let files = built(&debate(transcript).with("content/briefings/b.md", briefing));
    let page = "briefings/b/index.html";
    assert_eq!(words(&files, page, ".key-points li"), ["It begins. One, para 2"]);
    let href = attributes(&files, page, ".key-points .where a", "href");
    assert!(
        href[0].ends_with("debates/one/#p2") || href[0].ends_with("debates/one/index.html#p2"),
        "{href:?}"
    );
    assert_eq!(words(&files, page, ".key-points + .prose"), ["More."]);
}

#[test]
fn a_briefing_leads_to_its_headings_and_its_footnotes_lead_back() {
    let headings = "Foo\n\n## Foo\n\n## Foo 2\n\n## R & D `x`\n\n## — {#given}\n\n## …\n\n### Deeper\n";
    let body = format!(
        "---\ntitle: B\nstatus: approved\n---\nFirst.[^a] Again.[^a] Second.[^b]\n\n[^a]: One.\n[^b]: Two.\n\n## {headings}\nLast.\n"
    );
    let files = built(&debate("# One\n\n### Ann Lee:\n\nWe start.\n").with("content/briefings/b.md", body));
    let page = "briefings/b/index.html";
    assert_eq!(words(&files, page, ".on-page a"), ["Foo", "Foo", "Foo 2", "R & D x", "—", "…"]);
    let ids = attributes(&files, page, ".prose h2", "id");
    let leads = attributes(&files, page, ".on-page a", "href");
    assert_eq!(leads, ids.iter().map(|id| format!("#{id}")).collect::<Vec<_>>());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    assert_eq!(ids[..2], ["h-foo", "h-foo-2"]);
    assert!(ids.contains(&"h-given".to_owned()), "{ids:?}");
    assert_eq!(words(&files, page, ".prose > :last-child"), ["2 Two. ↩"], "footnotes stand at the end");
    assert_eq!(attributes(&files, page, ".footnote a", "href"), ["#fnref-1", "#fnref-2"]);
    assert_eq!(
        attributes(&files, page, "sup[id]", "id"),
        ["fnref-1", "fnref-2"],
        "the way back leads to the first"
    );
}

#[test]
fn a_misprint_is_said_where_it_stands_for_those_who_search_for_what_it_should_be() {
    let notes = "debate: one\ndefaults: { status: in-review }\nannotations:\n  a: { at: p1, quote: harbor’s, sic: { read: harbour’s } }\n";
    let corrections = "ten: { at: p1, was: ninety crowns, reads: nineteen crowns, reason: Misheard. }\n";
    let site = debate("# One\n\n### Ann Lee:\n\n😀 The harbor’s wall is ninety crowns.\n")
        .with("content/debates/one/desk.notes.yaml", notes)
        .with("content/debates/one/corrections.yaml", corrections);
    let data: serde_json::Value =
        serde_json::from_str(&built(&site)["debates/one/debate.json"]).expect("JSON");
    let slips = &data["contributions"][0]["paragraphs"][0]["slips"];
    assert_eq!(
        *slips,
        serde_json::json!([
            { "at": 7, "printed": "harbor’s", "reads": "harbour’s" },
            { "at": 24, "printed": "ninety crowns", "reads": "nineteen crowns" },
        ])
    );
}
