//! Lines that look like a speaker's are reported by every name that the site knows, and the text forms of
//! a record show what its page shows: where nobody is named, what stands before an item.

use crate::pages::built;
use rapporteur::config::Overrides;
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{OnError, Options, Unwatched, build};

fn site(transcript: &str) -> Strings {
    Strings::default()
        .with("rapporteur.yaml", "title: Site\n")
        .with("content/people/bo.yaml", "name: Bo Ray\naliases: [Robert Ray]\n")
        .with("content/debates/one/debate.yaml", "title: One\ndate: 2012-12-20\n")
        .with("content/debates/one/transcript.md", transcript)
}

/// Codes and the words that they are at.
fn found(site: &Strings) -> Vec<(&'static str, String)> {
    let options = Options { overrides: Overrides::default(), on_error: OnError::KeepGoing };
    let report = build(site, &Memory::default(), &options, &Unwatched).expect("memory does not fail");
    let at = |place: &rapporteur::diagnostics::Place| place.source.slice(place.span).to_owned();
    report.diagnostics.iter().map(|d| (d.code, d.place.as_ref().map(at).unwrap_or_default())).collect()
}

#[test]
fn somebody_whom_the_site_knows_is_named_by_name_and_alias_and_label() {
    for (line, place) in [
        ("**Bo Ray:** No.", "**Bo Ray:**"),
        ("Bo Ray: No.", "Bo Ray:"),
        ("**Robert Ray**: No.", "**Robert Ray**:"),
        ("_Bo Ray_ No.", "_Bo Ray_"),
        ("Mayor: No.", "Mayor:"),
        ("- Bo Ray (Upper Weir): No.", "Bo Ray (Upper Weir):"),
        ("[Bo Ray](https://example.org/): No.", "[Bo Ray](https://example.org/): No."),
        ("Bo&#32;Ray: No.", "Bo&#32;Ray: No."),
        ("Bo\u{a0}Ray: No.", "Bo\u{a0}Ray:"),
        ("    Bo Ray: No.", "Bo Ray:"),
        ("###Bo Ray: No.", "Bo Ray:"),
        ("## Bo Ray:", "## Bo Ray:"),
    ] {
        let site = site(&format!("### Ann Lee:\n\nYes.\n\n{line}\n\n### Mayor:\n\nHm.\n"));
        assert_eq!(found(&site), [("known-speaker", place.to_owned())], "{line}");
    }
}

#[test]
fn a_backslash_or_a_block_quote_says_that_a_name_is_words() {
    for line in ["Bo Ray\\: No.", "\\Bo Ray: No.", "> Bo Ray: No.", "> **Bo Ray:** No."] {
        let site = site(&format!("### Ann Lee:\n\nYes.\n\n{line}\n"));
        assert_eq!(found(&site), [], "{line}");
    }
}

#[test]
fn ordinary_sentences_with_a_colon_are_no_speakers() {
    for line in [
        "Note: it rained.",
        "Question: why?",
        "I say this: no.",
        "At 10:30 we met: all of us.",
        "My Lords: no.",
        "Finally: yes.",
        "We asked Bo Ray, who said yes.",
        "The following, in short: nothing.",
    ] {
        assert_eq!(found(&site(&format!("### Ann Lee:\n\n{line}\n"))), [], "{line}");
    }
}

#[test]
fn a_label_that_no_speech_has_is_reported_where_it_stands() {
    let site = site("### Bo Ray:\n\nYes.\n")
        .with("content/debates/one/debate.yaml", "title: One\ndate: 2012-12-20\nspeakers: { Bo Roy: bo }\n");
    assert_eq!(found(&site), [("unused-speaker", "bo".to_owned())]);
}

#[test]
fn the_text_says_where_nobody_is_named_and_what_stands_before_an_item() {
    let files = built(&site(
        "### Ann Lee:\n\nYes.\n\n> (Interruption.)\n\n- one\n- two\n\n1997. It was the year.\n\n##\n\nNobody's.\n\n### Bo Ray:\n\nNo.\n",
    ));
    let plain = files.iter().find(|(path, _)| path.starts_with("debates/one/transcript.")).expect("a text").1;
    let expected = "Ann Lee:\n\nYes.\n\n(Interruption.)\n\nAnn Lee:\n\n- one\n\n- two\n\n1997. It was the year.\n\n\
                    [No speaker is named:]\n\nNobody's.\n\nBo Ray:\n\nNo.\n";
    assert!(plain.contains(expected), "{plain}");
    let json = &files["debates/one/debate.json"];
    assert!(json.contains(r#""marker":"- ","text":"one""#), "{json}");
    assert!(files["debates/one/index.html"].contains(">1997. It was the year.</p>"));
}

#[test]
fn in_a_page_copied_as_text_a_known_speaker_among_the_words_is_reported_too() {
    let page = include_str!("../import/hansard-online/page/input.txt");
    let copied = |page: &str| {
        let mut site = site("").with("content/debates/one/transcript.txt", page);
        site.0.retain(|path, _| path.extension() != "md" || !path.as_str().contains("transcript"));
        let mut found = found(&site);
        found.retain(|(code, _)| code.contains("speaker"));
        found
    };
    assert_eq!(copied(page), [], "the page as it is");
    let with_a_line =
        page.replace("Will the hon. Lady give way?\n", "Will the hon. Lady give way?\n\nBo Ray: No.\n");
    // A warning: unlike Markdown, such a page has no sign that says that a name is words.
    assert_eq!(copied(&with_a_line), [("possible-speaker", "Bo Ray:".to_owned())]);
}
