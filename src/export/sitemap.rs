//! `sitemap.xml` (sitemaps.org protocol 0.9), in several files under an index where one does not hold it,
//! and `robots.txt`.

use super::Exporter;
use super::xml::Xml;
use crate::config::Drafts;
use crate::pages::{Planned, Standing};
use url::Url;

/// How many addresses one file may hold, by the protocol.
const LIMIT: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

impl Exporter<'_> {
    fn listed(&self) -> impl Iterator<Item = &Planned> {
        self.plan.iter().filter(|planned| matches!(planned.page.standing(), Standing::Own | Standing::Named))
    }

    /// How many files the addresses take besides `sitemap.xml`.
    pub(super) fn sitemap_parts(&self) -> usize {
        let count = self.listed().count();
        if count > LIMIT { count.div_ceil(LIMIT) } else { 0 }
    }

    /// `sitemap.xml`.
    pub(super) fn sitemap(&self) -> Vec<u8> {
        let parts = self.sitemap_parts();
        if parts == 0 {
            return self.addresses(self.listed());
        }
        let mut index = Xml::new();
        index.open("sitemapindex", &[("xmlns", NAMESPACE)]);
        for number in 1..=parts {
            index.open("sitemap", &[]);
            index.element("loc", join(self.base(), &format!("sitemap-{number}.xml")).as_str());
            index.close("sitemap");
        }
        index.close("sitemapindex");
        index.finish()
    }

    /// One of the files that the index names.
    pub(super) fn sitemap_part(&self, number: usize) -> Vec<u8> {
        self.addresses(self.listed().skip((number - 1) * LIMIT).take(LIMIT))
    }

    fn addresses<'p>(&self, pages: impl Iterator<Item = &'p Planned>) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.open("urlset", &[("xmlns", NAMESPACE)]);
        for planned in pages {
            xml.open("url", &[]);
            xml.element("loc", join(self.base(), planned.address.as_str()).as_str());
            // The day of the last change as far as the content says so: a build reads no clock.
            if let Some(day) = planned.page.last_change(self.site) {
                xml.element("lastmod", &day.to_string());
            }
            xml.close("url");
        }
        xml.close("urlset");
        xml.finish()
    }

    /// `robots.txt`: everything may be read.
    pub(super) fn robots(&self) -> Vec<u8> {
        // A review build is for its reviewers.
        if self.config.drafts == Drafts::Shown {
            return b"User-agent: *\nDisallow: /\n".to_vec();
        }
        format!("User-agent: *\nAllow: /\nSitemap: {}\n", join(self.base(), "sitemap.xml")).into_bytes()
    }
}

fn join(base: &Url, path: &str) -> Url {
    base.join(path).expect("addresses are made of slugs")
}
