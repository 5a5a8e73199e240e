//! `rapporteur lock`: writes `debate.lock`, so that the ids of paragraphs and contributions stay. It takes
//! no changed transcript along and records no approval.

use super::arguments::{Lock as Options, Site};
use super::{Ending, Failure, Outcome, build, print};
use crate::annotation::Status;
use crate::diagnostics::{Checked, changed_record};
use crate::layout::{Layout, layout};
use crate::load::{Disk, Sources};
use crate::model::DebateSlug;
use crate::permalink::debate_file;
use crate::pipeline::parse_debate;
use crate::resolve::{self, Claim, WrittenDebate};
use crate::revise;
use crate::text::{Fingerprint, SitePath, nearest};
use crate::write::{Before, replace_file};

/// Locks the debates that are named, or every one that has no lock.
pub fn run(site: &Site, options: &Options) -> Outcome {
    let disk = build::open(site)?;
    let Checked { value: layout, diagnostics } = layout(&disk)?;
    print::diagnostics(&diagnostics, site);
    let named =
        options.debates.iter().map(|name| find(&layout, name)).collect::<Result<Vec<_>, Failure>>()?;
    let mut ending = Ending::Fine;
    let mut wrote = 0;
    for slug in layout.debates.keys().filter(|slug| named.is_empty() || named.contains(slug)) {
        match one(&disk, &layout, slug, named.contains(slug), site)? {
            Done::Wrote => wrote += 1,
            Done::Nothing => {}
            Done::Refused => ending = Ending::Mistakes,
        }
    }
    if wrote == 0 && ending == Ending::Fine && named.is_empty() {
        say(site, "nothing to do: every debate has its lock");
    }
    Ok(ending)
}

/// What became of one debate.
enum Done {
    Wrote,
    Nothing,
    Refused,
}

fn one(disk: &Disk, layout: &Layout, slug: &DebateSlug, named: bool, site: &Site) -> Result<Done, Failure> {
    let files = &layout.debates[slug];
    let path = SitePath::new(&debate_file(slug.as_str(), "debate.lock")).expect("a slug makes a path");
    let there = match disk.read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let Checked { value: written, diagnostics } = parse_debate(disk, slug, files)?;
    if diagnostics.iter().any(|found| found.code == "bad-lock") {
        return mend(disk, &path, there.as_deref().unwrap_or_default(), &diagnostics, site);
    }
    let Some(written) = written else {
        print::diagnostics(&diagnostics, site);
        return Ok(Done::Refused);
    };
    if named || there.is_none() {
        print::diagnostics(&diagnostics, site);
    }
    if let Some((lock, _)) = &written.lock {
        let found = Fingerprint::of_text(&written.transcript.source.text).to_string();
        if found != lock.transcript.hash {
            print::diagnostics(
                &[changed_record(&written.transcript.source, &found, &lock.transcript.hash)],
                site,
            );
            print::notice(&format!(
                "{slug}: not locked: an altered transcript is never taken along. If the one that was locked is lost for good, remove \
                 {path}, with its ids and approvals, and run this again"
            ));
            return Ok(Done::Refused);
        }
    }
    let lock = resolve::lock(&written);
    let text = lock.print();
    // A lock of an earlier version is brought up to date where it is asked for.
    let is_new = there.as_deref() != Some(text.as_bytes())
        && there.as_deref().is_none_or(|there| named && !is_same(there, &text));
    if is_new {
        put(disk, &path, there.as_deref(), &text)?;
        let (paragraphs, contributions) = (lock.paragraphs.len(), lock.contributions.len());
        say(site, &format!("wrote {path}: {paragraphs} paragraphs, {contributions} contributions"));
    } else if named {
        say(site, &format!("{slug}: nothing to do: {path} is of this transcript"));
    }
    waiting(&written, site);
    Ok(if is_new { Done::Wrote } else { Done::Nothing })
}

/// Whether two locks differ in nothing but their line ends.
fn is_same(there: &[u8], text: &str) -> bool {
    Fingerprint::of_lines(there).ok() == Some(Fingerprint::of_text(text))
}

/// Puts together what a merge left of a lock, where that is safe.
fn mend(
    disk: &Disk,
    path: &SitePath,
    there: &[u8],
    diagnostics: &[crate::diagnostics::Diagnostic],
    site: &Site,
) -> Result<Done, Failure> {
    let text = String::from_utf8_lossy(there);
    match revise::mend(&crate::text::plain_lines(&*text)) {
        Ok((lock, said)) => {
            put(disk, path, Some(there), &lock.print())?;
            say(site, &format!("wrote {path}: what the merge left is put together"));
            said.iter().for_each(|line| say(site, &format!("  {line}")));
            Ok(Done::Wrote)
        }
        Err(why) => {
            let locks: Vec<_> =
                diagnostics.iter().filter(|found| found.code == "bad-lock").cloned().collect();
            print::diagnostics(&locks, site);
            print::notice(&format!("{path}: left as it is: {why}"));
            Ok(Done::Refused)
        }
    }
}

fn put(disk: &Disk, path: &SitePath, there: Option<&[u8]>, text: &str) -> Result<(), Failure> {
    let before = there.map_or(Before::Absent, |bytes| Before::Bytes(Fingerprint::of(bytes)));
    Ok(replace_file(disk.root(), path, before, text.as_bytes())?)
}

/// Says which approvals wait: notes whose sheet says approved and whose lock does not.
fn waiting(written: &WrittenDebate, site: &Site) {
    let held = resolve::held(written);
    let lock = written.lock.as_ref().map(|(lock, _)| lock);
    let waits = written.entries.iter().filter(|entry| {
        let facts = held.entries.get(&entry.id).and_then(|held| held.facts.as_ref());
        let locked = lock.and_then(|lock| lock.annotations.get(&entry.id));
        let holds = facts.is_some_and(|facts| Claim::of(entry, locked, facts) == Claim::Holds)
            && locked.is_none_or(|locked| locked.revised.is_none());
        entry.raw.status == Some(Status::Approved) && !holds
    });
    let names: Vec<String> = waits.map(|entry| format!("{}/{}", written.slug, entry.id)).collect();
    if !names.is_empty() {
        say(
            site,
            &format!(
                "{} for review; look them through (`rapporteur review {}`), then run\n  rapporteur approve {} --by ROLE",
                print::count(names.len(), "approval waits", "approvals wait"),
                written.slug,
                names.join(" ")
            ),
        );
    }
}

fn say(site: &Site, line: &str) {
    if !site.format.is_data() {
        print::line(line);
    }
}

/// The debate of this name; a failure that offers the nearest.
pub fn find(layout: &Layout, name: &str) -> Result<DebateSlug, Failure> {
    match layout.debates.get_key_value(name) {
        Some((slug, _)) => Ok(slug.clone()),
        None => {
            let slugs = || layout.debates.keys().map(|slug| slug.as_str());
            let near = nearest(name, slugs()).or_else(|| {
                // A word of a name, where only one has it.
                let mut having = slugs().filter(|slug| slug.split('-').any(|word| word == name));
                having.next().filter(|_| having.next().is_none())
            });
            let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Err(Failure(format!("there is no debate `{name}`{help}")))
        }
    }
}
