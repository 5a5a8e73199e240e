//! `rapporteur lock`: writes `debate.lock`, so that paragraph ids stay and approvals bind.

use super::arguments::{Format, Lock as Options, Site};
use super::{Ending, Failure, Outcome, build, print};
use crate::build::{Layout, layout, parse_debate};
use crate::diagnostics::Checked;
use crate::load::Sources;
use crate::model::DebateSlug;
use crate::resolve;
use crate::text::{Fingerprint, SitePath, nearest};
use crate::write::{Before, replace_file};

/// Locks the debates that are named, or every one that has no lock.
pub fn run(site: &Site, options: &Options) -> Outcome {
    let disk = build::open(site)?;
    let Checked { value: layout, diagnostics } = layout(&disk)?;
    print::diagnostics(&diagnostics, site);
    let slugs = chosen(&layout, options)?;
    if slugs.is_empty() {
        print::line("every debate has its lock; name a debate to lock it anew");
    }
    let mut ending = Ending::Fine;
    for slug in slugs {
        let files = &layout.debates[&slug];
        let Checked { value: written, diagnostics } = parse_debate(&disk, &slug, files)?;
        let remarks: Vec<_> =
            diagnostics.into_iter().filter(|diagnostic| diagnostic.code != "changed-record").collect();
        print::diagnostics(&remarks, site);
        let Some(written) = written else {
            ending = Ending::Mistakes;
            continue;
        };
        let lock = resolve::lock(&written);
        let path =
            SitePath::new(&format!("content/debates/{slug}/debate.lock")).expect("a slug makes a path");
        let before = match disk.read(&path) {
            Ok(bytes) => Before::Bytes(Fingerprint::of(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Before::Absent,
            Err(error) => return Err(error.into()),
        };
        replace_file(disk.root(), &path, before, lock.print().as_bytes())?;
        if site.format != Format::Json {
            let approved = lock.annotations.len();
            print::line(&format!(
                "wrote {path}: {} paragraphs, {approved} approved notes",
                lock.paragraphs.len()
            ));
        }
    }
    Ok(ending)
}

fn chosen(layout: &Layout, options: &Options) -> Result<Vec<DebateSlug>, Failure> {
    if options.debates.is_empty() {
        let unlocked = layout.debates.iter().filter(|(_, files)| files.lock.is_none());
        return Ok(unlocked.map(|(slug, _)| slug.clone()).collect());
    }
    options.debates.iter().map(|name| find(layout, name)).collect()
}

/// The debate of this name; a failure that offers the nearest.
pub fn find(layout: &Layout, name: &str) -> Result<DebateSlug, Failure> {
    match layout.debates.get_key_value(name) {
        Some((slug, _)) => Ok(slug.clone()),
        None => {
            let near = nearest(name, layout.debates.keys().map(|slug| slug.as_str()));
            let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Err(Failure(format!("there is no debate `{name}`{help}")))
        }
    }
}
