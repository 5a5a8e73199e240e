//! `tests/spec/pages.md`: whole pages of a small site, so that every change of their HTML is seen.

use super::{Example, Spec};
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Unwatched, build};

/// The spec.
pub(super) const SPEC: Spec = Spec { name: "pages", ending: "page", what_comes: the_page };

fn the_page(examples: &[Example], at: usize) -> String {
    // The files of an example are there for those after it, too.
    let files = examples[..=at].iter().flat_map(|example| &example.input);
    let site = files.fold(Strings::default(), |site, (info, text)| {
        let path = info.strip_prefix("file ").expect("a block is marked `file PATH` or `page PATH`");
        site.with(path, text.as_str())
    });
    let sink = Memory::default();
    let report = build(&site, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
    let said: Vec<&str> = report.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(said, [] as [&str; 0], "{}: the site is sound", examples[at].heading);
    let (page, files) = (examples[at].page(), sink.into_files());
    let bytes = files.get(page).unwrap_or_else(|| panic!("there is no {page} in {:?}", files.keys()));
    format!("{}\n", String::from_utf8(bytes.clone()).expect("pages are text").trim_end())
}

impl Example {
    /// The path of the page.
    fn page(&self) -> &str {
        self.expected.info.strip_prefix("page ").expect("a page has a path")
    }
}
