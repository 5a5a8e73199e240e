//! Former addresses for web servers, which lead on by themselves: the pages that stand there need no second
//! request then.

use super::Exporter;
use crate::config::Redirects;
use crate::permalink::absolute;
use std::fmt::Write;
use url::Url;

impl Exporter<'_> {
    /// The rules in the way of one server: a line for each former address, in the order of the site.
    pub(super) fn redirects(&self, way: Redirects) -> Vec<u8> {
        let here = Url::parse("http://site.invalid/").expect("a sound address");
        let base = self.base.unwrap_or(&here);
        let mut out = String::new();
        let join = |path: &str| base.join(path).expect("addresses are made of slugs");
        let pages = self.index.moved.iter().map(|moved| {
            let to = absolute(base, &moved.to);
            let fragment = to.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default();
            (join(moved.from.as_str()), format!("{}{fragment}", to.path()))
        });
        let feeds = self.former_feeds().into_iter();
        let feeds = feeds.map(|(_, from, to)| (join(&from), join(&to).path().to_owned()));
        for (from, to) in pages.chain(feeds) {
            let from = from.path();
            let _ = match way {
                Redirects::Plain => writeln!(out, "{from} {to} 301"),
                Redirects::Nginx => writeln!(out, "{from} {to};"),
                Redirects::Apache => writeln!(out, "RedirectMatch 301 ^{}$ {to}", escaped(from)),
            };
        }
        out.into_bytes()
    }
}

/// A path as a regular expression that means it: former addresses have no other character of the kind.
fn escaped(path: &str) -> String {
    path.replace('.', "\\.")
}
