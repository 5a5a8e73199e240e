//! Every text of a site that an editor writes is looked through for quotations.

use super::{is_error, site, told};

/// A text that quotes, in every file and key that an editor writes prose or a line of text in.
fn texts(words: &str, link: &str) -> Vec<(&'static str, &'static str, String)> {
    let prose = format!("He said [“{words}”]({link}) then.");
    let line = format!("“{words}”, said by nobody");
    let note = |more: &str| format!("annotations:\n  one:\n    at: p3\n    status: in-review\n    {more}\n");
    let debate = |key: &str, text: &str| format!("title: Talk\ndate: 2012-12-20\n{key}: '{text}'\n");
    let front = |more: &str, body: &str| format!("---\ntitle: T\n{more}---\n{body}\n");
    let briefing = |more: &str, body: &str| front(&format!("status: approved\n{more}"), body);
    let sheet = "content/debates/talk/a.notes.yaml";
    vec![
        ("misquotation", sheet, note(&format!("body: '{prose}'"))),
        ("misquotation", "content/debates/talk/notes/n.md", {
            format!("---\nat: p3\nstatus: in-review\n---\n{prose}\n")
        }),
        ("misquotation", "content/debates/talk/debate.yaml", debate("summary", &prose)),
        ("misquotation", "content/topics/t.md", front("", &prose)),
        ("misquotation", "content/topics/t.md", {
            front(&format!("key_points: [{{ text: '{prose}', at: 'talk#p3' }}]\n"), "")
        }),
        ("misquotation", "content/topics/t.md", {
            front(&format!("key_points: [{{ text: 'That “{words}”.', at: 'talk#p1' }}]\n"), "")
        }),
        ("misquotation", "content/people/ann.md", format!("---\nname: Ann Lee\n---\n{prose}\n")),
        ("misquotation", "content/briefings/b.md", briefing("", &prose)),
        ("misquotation", "content/briefings/b.md", {
            briefing(&format!("key_points: [{{ text: 'That “{words}”.', at: 'talk#p1' }}]\n"), "x")
        }),
        ("misquotation", "content/pages/p.md", front("", &prose)),
        ("misquotation", "content/home.md", format!("---\ntitle: T\n---\n{prose}\n")),
        ("misquotation", "content/glossary.yaml", format!("term: {{ definition: '{prose}' }}\n")),
        ("unsourced-quotation", sheet, note(&format!("title: '{line}'"))),
        ("unsourced-quotation", "content/debates/talk/debate.yaml", {
            format!("title: '{line}'\ndate: 2012-12-20\n")
        }),
        ("unsourced-quotation", "content/topics/t.md", format!("---\ntitle: '{line}'\n---\n")),
        ("unsourced-quotation", "content/topics/t.md", front(&format!("summary: '{line}'\n"), "")),
        ("unsourced-quotation", "content/briefings/b.md", {
            format!("---\ntitle: '{line}'\nstatus: approved\n---\nx\n")
        }),
        ("unsourced-quotation", "content/briefings/b.md", briefing(&format!("summary: '{line}'\n"), "x")),
        ("unsourced-quotation", "content/pages/p.md", format!("---\ntitle: '{line}'\n---\nx\n")),
        ("unsourced-quotation", "content/pages/p.md", front(&format!("summary: '{line}'\n"), "x")),
        ("unsourced-quotation", sheet, {
            note(&format!("kind: commitment\n    outcome: {{ state: open, note: '{line}' }}"))
        }),
        ("unsourced-quotation", sheet, {
            note(&format!("status: retracted\n    withdrawn: {{ reason: '{line}' }}")).replacen(
                "    status: in-review\n",
                "",
                1,
            )
        }),
        ("unsourced-quotation", "content/debates/talk/corrections.yaml", {
            format!("one: {{ at: p3, was: I doubt it, reads: I do not, reason: '{line}' }}\n")
        }),
    ]
}

#[test]
fn a_misquotation_is_found_in_every_text_that_an_editor_writes() {
    for (code, path, text) in texts("the guidance is vague, and the rights are plain", "../debates/talk/#p1")
    {
        let told = told(&site([(path.to_owned(), text.clone())]));
        let is_it = |diagnostic: &&rapporteur::diagnostics::Diagnostic| {
            let place = diagnostic.place.as_ref().expect("a place");
            diagnostic.code == code && place.source.path.as_str() == path
        };
        let found = told.iter().find(is_it).unwrap_or_else(|| panic!("{code} in {path}: {told:?}\n{text}"));
        assert!(!found.place.as_ref().expect("a place").span.is_empty(), "{path}");
    }
}

#[test]
fn the_records_words_are_refused_in_no_text_that_an_editor_writes() {
    for (_, path, text) in texts("The guidance is clear, and the workers", "../debates/talk/#p1") {
        let text = text.replace("and the workers”", "and”");
        let told = told(&site([(path.to_owned(), text.clone())]));
        assert!(!told.iter().any(is_error), "{path}: {told:?}\n{text}");
    }
}
