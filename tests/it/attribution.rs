//! Whose words are whose: a note on two speakers' words gives each their own, speakers are told apart by who
//! they are, and nothing of the record is left out or joined by us.

use crate::pages::{approved, built, words};
use rapporteur::layout::layout;
use rapporteur::load::Strings;
use rapporteur::pipeline::parse_debate;

const TRANSCRIPT: &str = "# One\n\n### Ann Lee:\n\nWe spent nothing, and then we spent more, as I said.\n\nNo more than that.\n\n### Bo Ray:\n\nI doubt it.\n";

/// A debate with Ann and Bo, who are people of the site, and these notes.
fn site(transcript: &str, notes: &str) -> Strings {
    let site = Strings::default()
        .with("rapporteur.yaml", "title: Site\nbase_url: https://example.org/\nweb_annotations: true\n")
        .with("content/people/ann.yaml", "name: Ann Lee\n")
        .with("content/people/bo.yaml", "name: Bo Ray\n")
        .with("content/topics/money.md", "---\ntitle: Money\n---\nWords.\n")
        .with("content/debates/one/debate.yaml", "title: One\ndate: 2012-12-20\n")
        .with("content/debates/one/transcript.md", transcript)
        .with("content/debates/one/a.notes.yaml", format!("annotations:\n{notes}"));
    let files = &layout(&site).expect("strings").value.debates;
    let (slug, files) = files.iter().next().expect("a debate");
    let written = parse_debate(&site, slug, files).expect("strings").value.expect("a debate");
    site.with("content/debates/one/debate.lock", approved(&written).print())
}

fn fact_check(targets: &str) -> String {
    format!(
        "  spent: {{ targets: [{targets}], kind: fact-check, verdict: misleading, status: approved, topics: [money], author: Writer, \
         reviewed: {{ by: Reviewer, on: 2013-01-03 }}, sources: [{{ title: Report }}], body: Remark. }}\n"
    )
}

const CHECK: &str = "annotations/fact-check/one/spent/index.html";

#[test]
fn words_of_two_speakers_stand_under_the_name_of_each() {
    let both = "{ at: p1, quote: We spent nothing }, { at: p3, quote: I doubt it }";
    let files = built(&site(TRANSCRIPT, &fact_check(both)));
    for path in [CHECK, "topics/money/index.html", "people/ann/index.html", "people/bo/index.html"] {
        let figures = words(&files, path, "figure.evidence");
        assert_eq!(
            figures,
            [
                "We spent nothing — Ann Lee, One, 20 December 2012, para 1",
                "I doubt it — Bo Ray, One, 20 December 2012, para 3"
            ],
            "{path}"
        );
    }
    assert_eq!(
        words(&files, "topics/money/index.html", ".brief li").len(),
        1,
        "above the evidence by its title alone"
    );
    assert!(!files[CHECK].contains("ClaimReview"), "what two said is no claim of either");
    let feed = &files["people/bo/feed.xml"];
    assert!(feed.contains("“I doubt it”") && !feed.contains("We spent nothing"), "{feed}");
}

#[test]
fn a_claim_marks_what_its_quotation_leaves_out_and_nothing_else() {
    let claim = |targets: &str| {
        let files = built(&site(TRANSCRIPT, &fact_check(targets)));
        let page = &files[CHECK];
        let (_, claim) = page.split_once("\"claimReviewed\":\"").expect("a review");
        claim.split_once('"').expect("an end").0.to_owned()
    };
    // Adjoining paragraphs leave nothing out.
    let whole = claim("{ at: p1..p2 }");
    assert_eq!(whole, r"We spent nothing, and then we spent more, as I said.\nNo more than that.");
    // One target stands between the parts of another.
    let apart =
        claim("{ at: p1, quote: 'We spent nothing [...] as I said' }, { at: p1, quote: we spent more }");
    assert_eq!(apart, r"We spent nothing [...] as I said\nwe spent more");
}

#[test]
fn one_person_printed_in_two_ways_is_one_speaker() {
    let two =
        "# One\n\n### The Minister:\n\nYes, we will.\n\n### Mr Gray:\n\nGood.\n\n### Ann Lee:\n\nAnd soon.\n";
    let yaml = "title: One\ndate: 2012-12-20\nspeakers: { The Minister: ann }\n";
    let notes = "  a: { at: p1, status: in-review, topics: [money], body: Remark. }\n  b: { at: p3, status: in-review, topics: [money], body: Remark. }\n";
    let files = built(&site(two, notes).with("content/debates/one/debate.yaml", yaml));
    let page = "debates/one/index.html";
    assert_eq!(
        words(&files, page, ".contents li"),
        ["The Minister · 2 contributions", "Mr Gray · 1 contribution"],
    );
    assert!(
        files[page].contains("href=\"#c3\" aria-label=\"Next speech by The Minister"),
        "the way to the next speech"
    );
    assert_eq!(words(&files, "topics/money/index.html", ".scope .speaker-name"), ["The Minister"]);
}

#[test]
fn a_heading_after_the_last_contribution_is_on_the_page_and_in_the_plain_text() {
    let site =
        site(&format!("{TRANSCRIPT}\n## Adjourned\n"), "  a: { at: p1, status: in-review, body: Remark. }\n");
    let files = built(&site);
    assert_eq!(words(&files, "debates/one/index.html", ".record h2#h-1, .record h3#h-1"), ["Adjourned"]);
    assert!(files["debates/one/index.html"].contains("href=\"#h-1\""), "the contents lead there");
    let plain = files.iter().find(|(path, _)| path.ends_with(".txt"));
    assert!(plain.expect("a plain text").1.ends_with("Adjourned\n\n"));
}

#[test]
fn a_footnote_in_a_speech_and_the_sides_of_a_division_are_told_apart_in_the_plain_text() {
    let site = Strings::default()
        .with("rapporteur.yaml", "title: T\n")
        .with("content/debates/one/debate.yaml", "title: One\ndate: 2020-03-04\n")
        .with(
            "content/debates/one/transcript.xml",
            "<akomaNtoso><debate><meta><identification source=\"#us\"><FRBRWork><FRBRdate date=\"2020-03-04\" \
             name=\"day\"/></FRBRWork></identification></meta><debateBody><speech by=\"#a\"><from>Ann Lee</from>\
             <p>Five million<authorialNote><p>Since corrected.</p></authorialNote> last year.</p><p>It is done.</p>\
             </speech></debateBody></debate></akomaNtoso>",
        )
        .with("content/debates/two/debate.yaml", "title: Two\ndate: 2020-03-04\n")
        .with(
            "content/debates/two/transcript.xml",
            "<publicwhip><major-heading id=\"uk.org.publicwhip/debate/2020-03-04a.1.0\">Two</major-heading>\
             <division id=\"uk.org.publicwhip/debate/2020-03-04a.1.1\" divdate=\"2020-03-04\" divnumber=\"1\">\
             <divisioncount ayes=\"1\" noes=\"1\"/><mplist vote=\"aye\"><mpname>Ann Lee</mpname></mplist>\
             <mplist vote=\"no\"><mpname>Bob Roe</mpname></mplist></division></publicwhip>",
        );
    let files = built(&site);
    let plain = |debate: &str| {
        let is_it = |path: &str| path.starts_with(&format!("debates/{debate}/")) && path.ends_with(".txt");
        files.iter().find(|(path, _)| is_it(path)).expect("a plain text").1
    };
    let one = "Ann Lee:\n\nFive million last year.\n\n[No speaker is named:]\n\nSince corrected.\n\nAnn Lee:\n\nIt is done.";
    assert!(plain("one").contains(one), "{}", plain("one"));
    assert!(plain("two").contains("[aye: 1]\n\nAnn Lee\n\n[no: 1]\n\nBob Roe"), "{}", plain("two"));
}

#[test]
fn the_scope_line_counts_the_speakers_that_it_does_not_name() {
    let mut transcript = "# One\n".to_owned();
    let mut notes = String::new();
    for number in 1..=12 {
        transcript.push_str(&format!("\n### Speaker {number}:\n\nWords.\n"));
        notes.push_str(&format!(
            "  a{number}: {{ at: p{number}, status: in-review, topics: [money], body: Remark. }}\n"
        ));
    }
    let files = built(&site(&transcript, &notes));
    let scope = words(&files, "topics/money/index.html", ".scope").concat();
    assert!(scope.contains("Speaker 10; 2 others."), "{scope}");
}

#[test]
fn a_key_point_on_a_run_leads_to_the_first_paragraph_and_names_the_run() {
    let site = site(TRANSCRIPT, "  on: { at: p1, topics: [money], status: draft, body: Remark. }\n").with(
        "content/topics/run.md",
        "---\ntitle: A run\nkey_points:\n  - text: It goes on.\n    at: one#p1..p2\n---\n",
    );
    let files = built(&site);
    let page = &files["topics/run/index.html"];
    assert!(page.contains("debates/one/index.html#p1\"") || page.contains("debates/one/#p1\""), "{page}");
    assert!(page.contains("paras 1–2"), "{page}");
}

#[test]
fn the_home_page_shows_what_falls_due_next_before_what_is_overdue_and_nothing_that_is_settled() {
    let note = |id: &str, due: &str, state: &str| {
        format!(
            "  {id}:\n    at: p1\n    quote: We spent nothing\n    kind: commitment\n    status: in-review\n    title: {id}\n    due: {{ said: nothing, by: {due} }}\n    outcome: {{ state: {state}, as_of: 2013-01-01 }}\n    body: It.\n"
        )
    };
    let sheet = [
        note("kept-one", "2013-02-01", "kept"),
        note("long-past", "2013-01-01", "open"),
        note("just-past", "2013-05-01", "open"),
        note("later", "2014-01-01", "open"),
        note("next", "2013-07-01", "open"),
    ]
    .concat();
    let site = site(TRANSCRIPT, &sheet).with("rapporteur.yaml", "title: T\nas_of: 2013-06-01\n");
    let files = built(&site);
    let titles = words(&files, "index.html", ".points .note-title");
    assert_eq!(titles, ["next", "later", "just-past", "long-past"].map(|title| format!("{title} In review")));
}
