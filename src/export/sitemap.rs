//! `sitemap.xml` (sitemaps.org protocol 0.9) and `robots.txt`.

use super::feed::Xml;
use crate::model::Site;
use crate::output::OutputFile;
use crate::pages::{Page, Planned};
use url::Url;

/// How many addresses one file may hold, by the protocol.
const LIMIT: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The sitemap, in several files under an index where one does not hold it, and `robots.txt`.
pub(super) fn files(base: &Url, site: &Site, plan: &[Planned]) -> Vec<OutputFile> {
    let pages: Vec<&Planned> = plan.iter().filter(|planned| planned.page != Page::NotFound).collect();
    let chunks: Vec<&[&Planned]> = pages.chunks(LIMIT).collect();
    let mut files = Vec::new();
    if let [one] = chunks.as_slice() {
        files.push(OutputFile { path: "sitemap.xml".into(), bytes: sitemap(base, site, one) });
    } else {
        let mut index = Xml::new();
        index.open("sitemapindex", &[("xmlns", NAMESPACE)]);
        for (number, chunk) in chunks.iter().enumerate() {
            let path = format!("sitemap-{}.xml", number + 1);
            index.open("sitemap", &[]);
            index.element("loc", join(base, &path).as_str());
            index.close("sitemap");
            files.push(OutputFile { path, bytes: sitemap(base, site, chunk) });
        }
        index.close("sitemapindex");
        files.push(OutputFile { path: "sitemap.xml".into(), bytes: index.finish() });
    }
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {}\n", join(base, "sitemap.xml"));
    files.push(OutputFile { path: "robots.txt".into(), bytes: robots.into_bytes() });
    files
}

fn sitemap(base: &Url, site: &Site, pages: &[&Planned]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("urlset", &[("xmlns", NAMESPACE)]);
    for planned in pages {
        xml.open("url", &[]);
        xml.element("loc", join(base, planned.address.as_str()).as_str());
        // The day of the last change as far as the content says so: a build reads no clock.
        if let Page::Debate(at) = planned.page
            && let Some(day) = site.debates[at].annotations.iter().filter_map(|note| note.date).max()
        {
            xml.element("lastmod", &day.to_string());
        }
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish()
}

fn join(base: &Url, path: &str) -> Url {
    base.join(path).expect("addresses are made of slugs")
}
