//! Room `export`: what machines read. One file per format; each is a function of the site.

mod feed;
mod sitemap;

use crate::config::Config;
use crate::model::Site;
use crate::output::OutputFile;
use crate::pages::Planned;

/// Every export of a site. Feeds, sitemap and robots need the address that the site will have.
pub fn all(config: &Config, site: &Site, plan: &[Planned]) -> Vec<OutputFile> {
    let Some(base) = &config.base_url else { return Vec::new() };
    let mut files = sitemap::files(base, site, plan);
    if config.feeds {
        files.push(feed::atom(base, config, site));
    }
    files
}
