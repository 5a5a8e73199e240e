//! `tests/spec/pages.md`: whole pages of a small site, so that every change of their HTML is seen.

use super::Spec;
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Unwatched, build};

#[test]
fn every_page_of_the_spec_is_made_as_it_says() {
    let spec = Spec::read("pages.md");
    let examples = spec.examples("page");
    assert!(examples.len() > 5, "only {} examples were found", examples.len());
    // The files of an example are there for those after it, too.
    let mut site = Strings::default();
    let mut built = Vec::new();
    for example in &examples {
        for (info, text) in &example.input {
            let path = info.strip_prefix("file ").expect("a block is marked `file PATH` or `page PATH`");
            site = site.with(path, text.as_str());
        }
        if !example.input.is_empty() {
            let sink = Memory::default();
            let report = build(&site, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
            let said: Vec<&str> = report.diagnostics.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(said, [] as [&str; 0], "{}: the site is sound", example.heading);
            built.push(sink.into_files());
        }
        let files = built.last().expect("the first example has files");
        let page = example.page();
        assert!(files.contains_key(page), "there is no {page} in {:?}", files.keys());
    }
    let mut number = 0;
    let of_example: Vec<usize> = examples
        .iter()
        .map(|example| {
            number += usize::from(!example.input.is_empty());
            number - 1
        })
        .collect();
    spec.hold(&examples, |example| {
        let at = examples.iter().position(|other| std::ptr::eq(other, example)).expect("it is one of them");
        let page = &built[of_example[at]][example.page()];
        let page = String::from_utf8(page.clone()).expect("pages are text");
        format!("{}\n", page.trim_end())
    });
}

impl super::Example {
    /// The path of the page.
    fn page(&self) -> &str {
        self.expected.info.strip_prefix("page ").expect("a page has a path")
    }
}
