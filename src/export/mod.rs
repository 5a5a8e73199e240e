//! Room `export`: what machines read. One file per format; each is a function of the site.

mod data;
mod feed;
mod llms;
mod sitemap;

pub use data::{Data, Held};

use crate::config::Config;
use crate::model::Site;
use crate::output::OutputFile;
use crate::pages::Planned;

/// Every export of a site. Feeds, sitemap, robots and llms.txt need the address that the site will have.
pub fn all(config: &Config, site: &Site, plan: &[Planned]) -> Vec<OutputFile> {
    let Some(base) = &config.base_url else { return Vec::new() };
    let mut files = sitemap::files(base, site, plan);
    files.push(llms::file(base, config, site));
    if config.feeds {
        files.push(feed::atom(base, config, site));
        files.extend(feed::topics(base, config, site));
    }
    files
}
