//! After any sequence of edits the incremental build equals a clean one, byte for byte, and says the
//! same. `RAPPORTEUR_SEQUENCES=5000 cargo test incremental` tries more sequences, and
//! `RAPPORTEUR_SEED=7` others; a failure prints the smallest one and the seed.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rapporteur::config::{Drafts, Overrides};
use rapporteur::layout::layout;
use rapporteur::load::{Change, Strings};
use rapporteur::output::Memory;
use rapporteur::pipeline::{
    Memos, OnError, Options, Report, Unwatched, build, may_publish, parse_debate, rebuild,
};
use rapporteur::resolve;
use rapporteur::revise::{OldWords, Revised, Status};
use rapporteur::text::SitePath;
use std::borrow::Cow;
use std::collections::BTreeMap;

const CONFIGURATION: &str = "rapporteur.yaml";

/// What can stand in each file: the first is how the site begins, `None` where there is no file.
const FILES: &[(&str, &[Option<&str>])] = &[
    (
        CONFIGURATION,
        &[
            Some("title: Edits\nbase_url: https://example.org/b/\n"),
            Some(
                "title: Other edits\nbase_url: https://example.org/b/\nas_of: 2013-02-01\nweb_annotations: true\n",
            ),
            Some("title: Edits\ntheme: own\nlanguage: cy\n"),
            Some("title: Edits\ntheme: own\n"),
            Some("title: Edits\npublish: approved\nparagraph_numbers: false\n"),
            Some("title: Edits\nbase_url: https://example.org/b/\nshare_cards: false\n"),
            Some("title: Edits\nbase_url: https://example.org/b/\nas_of: 2014-06-01\n"),
            Some("title: Edits\npublish:\n"),
            Some(""),
            Some("title: [a list\n"),
            None,
        ],
    ),
    (
        "content/debates/alpha/debate.yaml",
        &[
            Some(
                "title: Alpha\ndate: 2012-12-20\nhouse: House of Commons\nsummary: What *happened*, as [beta](../debates/beta/#p1) has it.\n",
            ),
            Some("title: Alpha renamed\ndate: 2012-12-20\n"),
            Some("title: Alpha\ndate: 2012-12-20\nlanguage: cy\nvolume: \"5\"\n"),
            Some(
                "title: Cyllideb 2013\ndate: 2012-12-20\nlanguage: cy\nsummary: The 2013 budget, and plant.\n",
            ),
            Some("title: Plant 2014\ndate: 2012-12-20\nlanguage: cy\nsummary: The 2014 budget.\n"),
            Some("title: Alpha\ndate: 2013-06-01\nspeakers: { Ann: ann }\naliases: [former, beta]\n"),
            Some("title: Alpha\ndate: 2012-12-20\nstatus: draft\n"),
            Some("title: Alpha\ndate: 2012-13-45\n"),
            None,
        ],
    ),
    (
        "content/debates/alpha/transcript.md",
        &[
            Some(
                "# Alpha\n\n### Ann:\n\nWe will act now. We must not wait for others.\n\nThe cost is £200 in all.\n\n### Bob (Slough):\n\nI doubt it very much.\n",
            ),
            Some(
                "# Alpha\n\n### Ann:\n\nWe will act now. We must not wait for others at all.\n\nThe cost is £300 in all.\n\n### Cat:\n\nI doubt it very much.\n",
            ),
            Some(
                "# Alpha\n\n### Bob (Slough):\n\nFirst of all.\n\n### Ann:\n\nWe will act now. We must not wait for others.\n",
            ),
            Some(""),
            None,
        ],
    ),
    (
        "content/debates/alpha/a.notes.yaml",
        &[
            Some(
                "defaults: { status: in-review }\nannotations:\n  acts:\n    at: p1\n    quote: We will act now\n    kind: commitment\n    topics: [data]\n    date: 2012-12-21\n    body: |\n      A promise; see [the other](../beta/#p1).\n  doubts:\n    at: p3\n    kind: question\n    topics: [data, police]\n    see: [beta/says]\n    body: Is it so?\n",
            ),
            Some(
                "defaults: { status: in-review }\nannotations:\n  acts:\n    at: p1\n    quote: We will act now\n    kind: claim\n    topics: [police]\n    date: 2013-12-21\n    body: Another reading.\n",
            ),
            Some(
                "defaults: { status: draft }\nannotations:\n  acts:\n    at: p1\n    quote: We shall act now\n    body: A misquotation.\n",
            ),
            Some("annotations:\n  acts: [\n"),
            None,
        ],
    ),
    (
        "content/debates/alpha/notes/whole.md",
        &[
            None,
            Some(
                "---\nstatus: approved\nreviewed: { by: Desk, on: 2012-12-24 }\nauthor: Writer\ntopics: [police]\n---\nOn the whole of it.\n",
            ),
            Some("---\nat: p2\nstatus: in-review\n---\nOn money.\n"),
            Some(
                "---\nat: p2\nquote: The cost\nkind: fact-check\nverdict: misleading\nsources: [{ title: A report }]\nstatus: approved\nreviewed: { by: Desk, on: 2012-12-24 }\ntopics: [data]\n---\nIt was more.\n",
            ),
            Some(
                "---\nat: p2\nstatus: retracted\nwithdrawn: { reason: It was wrong., on: 2013-01-01 }\n---\nOn money.\n",
            ),
        ],
    ),
    (
        "content/debates/alpha/corrections.yaml",
        &[
            None,
            Some("sum: { at: p2, was: '£200', reads: '£2,000', reason: A slip. }\n"),
            Some(
                "sum: { at: p2, was: '£200', reads: '£20', reason: A slip., on: 2013-01-04 }\nwho: { at: c2, was: Bob, speaker: ann, reason: A mix-up. }\n",
            ),
        ],
    ),
    (
        "content/debates/beta/debate.yaml",
        &[
            Some("title: Beta\ndate: 2013-01-10\nlicence: x\n"),
            Some("title: Beta\ndate: 2013-01-10\n"),
            Some("title: Beta, again\ndate: 2012-01-10\n"),
            Some("title: Beta\ndate: 2013-01-10\nstatus: draft\n"),
            Some("title: Beta\ndate: 2013-01-10\nembargo: 2014-01-01\n"),
            Some("title: المياه\ndate: 2013-01-10\nlanguage: ar\n"),
        ],
    ),
    (
        "content/debates/beta/transcript.md",
        &[
            Some("# Beta\n\n### Bob:\n\nNothing was said of the sum that was named before.\n"),
            Some("# Beta\n\n### Bob:\n\nNothing at all was said.\n\n### Ann:\n\nThat is so.\n"),
            None,
        ],
    ),
    (
        "content/debates/beta/b.notes.yaml",
        &[
            Some(
                "defaults: { status: in-review }\nannotations:\n  says:\n    at: p1\n    quote: Nothing\n    kind: claim\n    topics: [data]\n    title: Nothing said\n    body: It was not.\n",
            ),
            Some(
                "defaults: { status: in-review }\nannotations:\n  says:\n    at: p1\n    quote: Nothing\n    kind: commitment\n    owed_by: ann\n    due: { said: soon, by: 2013-01-11 }\n    body: It was not.\n",
            ),
            Some(
                "defaults: { status: draft }\nannotations:\n  says:\n    at: p1\n    quote: Nothing\n    title: Nothing said\n    body: It was not.\n",
            ),
            Some(
                "defaults: { status: in-review }\nannotations:\n  says:\n    at: p1\n    quote: Nothing\n    embargo: 2014-01-01\n    body: As [one](../../briefings/one.md) has it.\n",
            ),
            None,
        ],
    ),
    ("content/debates/gamma/debate.yaml", &[None, Some("title: Gamma\ndate: 2012-12-30\n")]),
    ("content/debates/gamma/transcript.txt", &[None, Some("### Not for this format\n")]),
    ("content/debates/gamma/transcript.md", &[None, Some("# Gamma\n\n### Ann:\n\nA third debate.\n")]),
    (
        "content/topics/data.md",
        &[
            Some(
                "---\ntitle: Data\nsummary: On data.\nkey_points:\n  - { text: A point, at: alpha#p1 }\nrelated: [police]\n---\nAn overview: “We will act now” ([alpha](../debates/alpha/#p1)).\n",
            ),
            Some("---\ntitle: Data and records\n---\nAnother overview.\n"),
            Some("---\ntitle: Data\nno_such_key: 1\n---\n"),
            Some("---\ntitle: Data\nstatus: draft\nrelated: [police]\n---\nNot yet.\n"),
            None,
        ],
    ),
    (
        "content/topics/police.md",
        &[Some("---\ntitle: Police\n---\n"), Some("---\ntitle: Policing\n---\nWords.\n"), None],
    ),
    (
        "content/people/ann.yaml",
        &[
            Some("name: Ann\n"),
            Some("name: Ann\noffices: [{ title: Minister, from: 2012-01-01 }]\n"),
            Some("name: Ann Other\naliases: [Ann]\nparty: Green\n"),
            Some("name: Ann\nstatus: draft\n"),
            None,
        ],
    ),
    (
        "content/people/bob.md",
        &[
            Some("---\nname: Bob\n---\nSpoke in [alpha](../debates/alpha/).\n"),
            Some("---\nname: Bob\naliases: [Ann]\n---\n"),
            None,
        ],
    ),
    (
        "content/briefings/one.md",
        &[
            Some(
                "---\ntitle: One\nstatus: approved\ndate: 2013-03-01\ntopics: [data]\ndebates: [alpha]\n---\n\n> We will act now.\n>\n> — Ann, [alpha, para 1](../debates/alpha/#p1)\n",
            ),
            Some("---\ntitle: One\nstatus: draft\n---\nNot yet.\n"),
            Some(
                "---\ntitle: One\nstatus: in-review\nembargo: 2013-01-01\nexpires: 2014-01-01\ndebates: [beta]\n---\nSee [beta](../debates/beta/#n-says).\n",
            ),
            None,
        ],
    ),
    (
        "content/pages/about.md",
        &[
            Some("---\ntitle: About\n---\nWho we are.\n"),
            Some("---\ntitle: About\nstatus: draft\n---\nSee [Ann](../people/ann.yaml).\n"),
            Some(
                "---\ntitle: About us\n---\nAs [one](../briefings/one.md \"It\") says, and the [glossary](/glossary/).\n",
            ),
            None,
        ],
    ),
    ("content/pages/debates.md", &[None, Some("---\ntitle: In the way\n---\n")]),
    ("content/home.md", &[Some("Welcome to ![it](../static/map.svg).\n"), Some("Welcome.\n"), None]),
    (
        "content/glossary.yaml",
        &[
            None,
            Some("Division: { definition: A vote. }\n"),
            Some("cost: { definition: Money., aliases: [must not] }\n"),
        ],
    ),
    ("content/sources.yaml", &[None, Some("report: { title: A report }\n")]),
    ("content/stray.doc", &[None, Some("what is this")]),
    ("static/map.svg", &[Some("<svg/>"), Some("<svg></svg>"), None]),
    ("static/debates/alpha/card.png", &[None, Some("in the way of a card")]),
    ("static/theme/style.css", &[None, Some("in the way")]),
    ("static/debates/beta/debate.json", &[None, Some("in the way of data")]),
    ("static/search/words.txt", &[None, Some("in the way of the index")]),
    ("static/robots.txt", &[None, Some("User-agent: *\nDisallow: /\n")]),
    (
        "themes/own/theme.yaml",
        &[Some("name: own\nversion: 1\n"), Some("name: own\nversion: 1\noptions: { accent: ink }\n")],
    ),
    (
        "themes/own/templates/topic.html",
        &[
            None,
            Some(
                "{% extends \"default/topic.html\" %}{% block main %}{{ <own n={view.passages} /> }}{% endblock main %}",
            ),
            Some("{{ no_such_name }}"),
            Some("{% if %}"),
        ],
    ),
    (
        "themes/own/components/own.html",
        &[
            None,
            Some("{% component own(n: int) %}<p>{{ n }}</p>{% endcomponent own %}"),
            Some("{% component own(n: int) %}<b>{{ n }}</b>{% endcomponent own %}"),
        ],
    ),
    (
        "themes/default/components/share_card.html",
        &[
            None,
            Some("{% component share_card(card: map) %}{{ card.kind }}{% endcomponent share_card %}"),
            Some("{% component share_card(card: map) %}{{ card.no_such_key }}{% endcomponent share_card %}"),
        ],
    ),
    (
        "themes/default/components/evidence.html",
        &[
            None,
            Some(
                "{% component evidence(evidence: map) %}{{ evidence.note.id }}{% endcomponent evidence %}{% component point(evidence: map) %}{{ evidence.note.id }}{% endcomponent point %}",
            ),
            Some(
                "{% component evidence(evidence: map) %}{{ evidence.no_such_key }}{% endcomponent evidence %}{% component point(evidence: map) %}{{ evidence.note.id }}{% endcomponent point %}",
            ),
        ],
    ),
    ("themes/own/templates/extra.html", &[None, Some("unused")]),
    ("themes/own/i18n/cy.yaml", &[None, Some("menu: Dewislen\n"), Some("menu: Bwydlen\n")]),
    ("themes/own/i18n/ar.yaml", &[None, Some("record: المحضر\n")]),
    ("themes/own/static/own.css", &[None, Some("p { color: red }")]),
    (
        "themes/default/components/day.html",
        &[None, Some("{% component day(date: string) %}<time>{{ date }}</time>{% endcomponent day %}")],
    ),
];

/// One save: a file, and which of its contents it gets.
#[derive(Debug, Clone)]
pub(crate) struct Save {
    file: &'static str,
    content: Option<Cow<'static, str>>,
}

/// What happens between two builds.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// Files are written or deleted.
    Saves(Vec<Save>),
    /// A debate's folder is renamed.
    Rename(&'static str, &'static str),
    /// The same, and the watcher lost track.
    Lost(Vec<Save>),
    /// A debate is locked as it stands, which makes approvals hold; or a revision of its record is noted
    /// that has taken the words of all its notes away.
    Lock(&'static str, Words),
}

/// What a lock knows of the words of notes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Words {
    Standing,
    RevisedAway,
}

fn save() -> impl Strategy<Value = Save> {
    (0..FILES.len(), any::<prop::sample::Index>()).prop_map(|(at, content)| Save {
        file: FILES[at].0,
        content: FILES[at].1[content.index(FILES[at].1.len())].map(Cow::from),
    })
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        8 => prop::collection::vec(save(), 1..4).prop_map(Edit::Saves),
        1 => prop::sample::select(vec![("alpha", "delta"), ("delta", "alpha"), ("beta", "gamma")])
            .prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => prop::collection::vec(save(), 1..3).prop_map(Edit::Lost),
        2 => prop::sample::select(vec![("alpha", Words::Standing), ("alpha", Words::RevisedAway), ("beta", Words::Standing)])
            .prop_map(|(slug, words)| Edit::Lock(slug, words)),
    ]
}

pub(crate) fn begin() -> Strings {
    FILES.iter().fold(Strings::default(), |site, (path, contents)| match contents[0] {
        Some(text) => site.with(path, text),
        None => site,
    })
}

/// Makes the edit, and tells what a watcher would.
pub(crate) fn apply(site: &mut Strings, edit: &Edit) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut put = |site: &mut Strings, path: SitePath, content: Option<Vec<u8>>| {
        let was = site.0.contains_key(&path);
        match content {
            Some(bytes) => {
                site.0.insert(path.clone(), bytes);
                changes.push(if was { Change::Changed(path) } else { Change::Created(path) });
            }
            None if was => {
                site.0.remove(&path);
                changes.push(Change::Deleted(path));
            }
            None => {}
        }
    };
    match edit {
        Edit::Saves(saves) | Edit::Lost(saves) => {
            for Save { file, content } in saves {
                put(
                    site,
                    SitePath::new(file).expect("a path"),
                    content.as_ref().map(|text| text.as_bytes().into()),
                );
            }
        }
        Edit::Rename(from, to) => {
            let prefix = format!("content/debates/{from}/");
            let moved: Vec<SitePath> =
                site.0.keys().filter(|path| path.as_str().starts_with(&prefix)).cloned().collect();
            for path in moved {
                let bytes = site.0[&path].clone();
                let target = path.as_str().replacen(&prefix, &format!("content/debates/{to}/"), 1);
                put(site, path, None);
                put(site, SitePath::new(&target).expect("a path"), Some(bytes));
            }
        }
        Edit::Lock(slug, words) => {
            if let Some(lock) = lock(site, slug, *words) {
                let path = SitePath::new(&format!("content/debates/{slug}/debate.lock")).expect("a path");
                put(site, path, Some(lock.into()));
            }
        }
    }
    if matches!(edit, Edit::Lost(_)) {
        return vec![Change::Rescan];
    }
    changes
}

/// The lock that a debate calls for as it stands, where it can be read.
fn lock(site: &Strings, slug: &str, words: Words) -> Option<String> {
    let layout = layout(site).expect("memory").value;
    let (slug, files) = layout.debates.get_key_value(slug)?;
    let written = parse_debate(site, slug, files).expect("memory").value?;
    let mut lock = crate::pages::approved(&written);
    for entry in written.entries.iter().filter(|_| words == Words::RevisedAway) {
        lock.annotations.entry(entry.id.clone()).or_default().revised = Some(Revised {
            status: Status::Orphaned,
            selector: resolve::selector(entry),
            revision: rapporteur::text::Fingerprint::of(b"before").to_string(),
            was: vec![OldWords { paragraph: 2, words: "The price".into(), ..OldWords::default() }],
            now: Vec::new(),
            material: Vec::new(),
        });
    }
    Some(lock.print())
}

/// What a report says, without what is measured.
pub(crate) fn said(report: &Report) -> Vec<String> {
    report.diagnostics.iter().map(|diagnostic| diagnostic.line()).collect()
}

/// What is published after each edit is what a clean build would publish; where that would publish nothing,
/// what was published stays.
fn same(mut site: Strings, edits: &[Edit], options: &Options) -> Result<(), TestCaseError> {
    let mut memos = Memos::default();
    let mut files = BTreeMap::new();
    let mut changes = vec![Change::Rescan];
    let mut edits = edits.iter();
    loop {
        let sink = Memory::over(files.clone());
        let report = rebuild(&site, &changes, &mut memos, &sink, options, &Unwatched).expect("memory");
        let clean = Memory::default();
        let clean_report = build(&site, &clean, options, &Unwatched).expect("memory");
        prop_assert_eq!(said(&report), said(&clean_report));
        prop_assert_eq!(report.counts, clean_report.counts);
        if may_publish(&report, options.on_error) {
            files = sink.into_files();
            let clean = clean.into_files();
            let other: Vec<&String> = files
                .keys()
                .chain(clean.keys())
                .filter(|path| files.get(*path) != clean.get(*path))
                .collect();
            prop_assert!(other.is_empty(), "not as a clean build has them: {:?}", other);
        }
        match edits.next() {
            Some(edit) => changes = apply(&mut site, edit),
            None => return Ok(()),
        }
    }
}

/// A number from the environment.
pub(crate) fn number(name: &str) -> Option<u32> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

fn hold(options: &Options, count: u32) {
    let seed = number("RAPPORTEUR_SEED").unwrap_or(20_121_220);
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&seed.to_le_bytes());
    let cases = number("RAPPORTEUR_SEQUENCES").unwrap_or(count);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    if let Err(failure) =
        runner.run(&prop::collection::vec(edit(), 1..7), |edits| same(begin(), &edits, options))
    {
        panic!("RAPPORTEUR_SEED={seed}: {failure}");
    }
}

#[test]
fn after_any_edits_the_incremental_build_is_the_clean_one() {
    hold(&Options { on_error: OnError::KeepGoing, ..Options::default() }, 90);
}

#[test]
fn so_it_is_with_drafts_shown() {
    let overrides = Overrides { drafts: Drafts::Shown, ..Overrides::default() };
    hold(&Options { overrides, on_error: OnError::KeepGoing }, 60);
}

#[test]
fn so_it_is_where_mistakes_keep_what_was_published() {
    hold(&Options::default(), 60);
}

/// What is said holds for a site and one save after another.
fn holds(site: Strings, saves: &[(&'static str, &str)], on_error: OnError) {
    let save = |(file, content): &(&'static str, &str)| Save {
        file,
        content: Some(Cow::Owned((*content).to_owned())),
    };
    let edits: Vec<Edit> = saves.iter().map(|saved| Edit::Saves(vec![save(saved)])).collect();
    if let Err(failure) = same(site, &edits, &Options { on_error, ..Options::default() }) {
        panic!("{failure}");
    }
}

#[test]
fn a_number_in_two_languages_of_one_debate_comes_and_goes_in_the_index() {
    const FILE: &str = "content/debates/alpha/debate.yaml";
    let budget = |year| {
        format!("title: Cyllideb {year}\ndate: 2012-12-20\nlanguage: cy\nsummary: The {year} budget.\n")
    };
    let site = begin().with(FILE, budget(2013));
    holds(site, &[(FILE, &budget(2014)), (FILE, &budget(2013))], OnError::Stop);
}

#[test]
fn a_word_of_two_languages_that_leaves_one_of_them_leaves_the_dictionary_there() {
    const NOTE: &str = "content/debates/alpha/notes/whole.md";
    let note = |words| format!("---\nat: p2\nstatus: in-review\n---\nOn the {words}.\n");
    // So many words that the dictionary is in several files.
    let words: Vec<String> = (0..4000).map(|at| format!("w{at}")).collect();
    let site = begin()
        .with("content/debates/beta/transcript.md", format!("# Beta\n\n### Bob:\n\n{}\n", words.join(" ")))
        .with("content/debates/alpha/debate.yaml", "title: Plant\ndate: 2012-12-20\nlanguage: cy\n")
        .with(NOTE, note("plant"));
    holds(site, &[(NOTE, &note(""))], OnError::KeepGoing);
}

#[test]
fn a_term_that_is_only_written_otherwise_is_named_as_it_is_written_now() {
    const GLOSSARY: &str = "content/glossary.yaml";
    let term = |term: &str| format!("\"{term}\": {{ definition: A rule. }}\n");
    let site = begin()
        .with(
            "content/debates/alpha/transcript.md",
            "# Alpha\n\n### Ann:\n\nWe will act now on the child's plan.\n",
        )
        .with(GLOSSARY, term("child's plan"));
    let saves = [term("child’s plan"), term("Child's plan")];
    holds(site, &[(GLOSSARY, &saves[0]), (GLOSSARY, &saves[1])], OnError::KeepGoing);
}

#[test]
fn a_mistake_in_what_pages_share_is_said_until_it_is_mended() {
    const COMPONENT: &str = "themes/default/components/evidence.html";
    const NOTE: &str = "content/debates/alpha/notes/whole.md";
    let files = FILES.iter().find(|(path, _)| *path == COMPONENT).expect("the component");
    let broken = files.1[2].expect("one that doesn't work");
    // For a note of this title only: the keys of other pages stay as they are when it is mended.
    let component = broken.replace(
        "{{ evidence.no_such_key }}",
        "{% if evidence.note.title == \"Bad\" %}{{ evidence.no_such_key }}{% endif %}",
    );
    let note =
        |title| format!("---\ntitle: {title}\nat: p2\ntopics: [police]\nstatus: in-review\n---\nOn money.\n");
    let (bad, good) = (note("Bad"), note("Good"));
    let saves = [
        (NOTE, bad.as_str()),
        ("content/pages/about.md", "---\ntitle: A page that lists no notes\n---\n"),
        (NOTE, good.as_str()),
    ];
    for on_error in [OnError::KeepGoing, OnError::Stop] {
        holds(begin().with(COMPONENT, component.as_str()), &saves, on_error);
    }
}

#[test]
fn what_only_a_lock_brings_about_is_among_what_is_tried() {
    let note =
        FILES.iter().find(|(path, _)| *path == "content/debates/alpha/notes/whole.md").expect("a note");
    let fact_check = note.1.iter().flatten().find(|text| text.contains("fact-check")).expect("a fact-check");
    for (words, page) in [
        (Words::Standing, "annotations/fact-check/alpha/whole/index.html"),
        (Words::RevisedAway, "unplaced/index.html"),
    ] {
        let mut site = begin().with(note.0, *fact_check);
        apply(&mut site, &Edit::Lock("alpha", words));
        let sink = Memory::default();
        let options = Options { on_error: OnError::KeepGoing, ..Options::default() };
        build(&site, &sink, &options, &Unwatched).expect("memory");
        assert!(sink.into_files().contains_key(page), "{page}");
    }
}
