//! `rapporteur new`: the file of a debate, topic, person, briefing or page is begun, and checks clean.

use super::arguments::Site;
use super::check::is_sound;
use super::new_arguments::{Begin, New, NewBriefing, NewDebate, NewPerson, NewTopic};
use super::{Ending, Failure, Outcome, build as build_command, new_note, print, schema};
use crate::desk::{self, Keys, Thing};
use crate::layout::{Layout, layout};
use crate::load::Disk;
use crate::write::{Before, FileEdit, replace_together};
use std::path::Path;
use std::process::Command;

/// Runs one of its commands.
pub fn run(site: &Site, command: &New) -> Outcome {
    match command {
        New::Note(options) => new_note::run(site, options),
        New::Debate(options) => {
            let title = format!("{} {}", options.date, options.title);
            let slug = options.named.slug.as_deref();
            file(site, Thing::Debate, (slug, &title, &options.title), &debate(options), &options.named.begin)
        }
        New::Topic(options) => {
            let slug = options.named.slug.as_deref();
            let title = &options.title;
            file(site, Thing::Topic, (slug, title, title), &topic(options), &options.named.begin)
        }
        New::Person(options) => {
            let (slug, name) = (options.slug.as_deref(), &options.name);
            file(site, Thing::Person, (slug, name, name), &person(options), &options.begin)
        }
        New::Briefing(options) => {
            let slug = options.named.slug.as_deref();
            let title = &options.title;
            file(site, Thing::Briefing, (slug, title, title), &briefing(options), &options.named.begin)
        }
        New::Page(options) => {
            let mut keys = Keys::default();
            keys.text("title", Some(&options.title)).text("summary", options.summary.as_deref());
            keys.list("aliases", &options.named.aliases).word("status", options.draft.then_some("draft"));
            let slug = options.named.slug.as_deref();
            let title = &options.title;
            file(site, Thing::Page, (slug, title, title), &keys, &options.named.begin)
        }
    }
}

fn debate(options: &NewDebate) -> Keys {
    let mut keys = Keys::default();
    keys.text("title", Some(&options.title)).word("date", Some(options.date));
    for (key, text) in [
        ("house", &options.house),
        ("chamber", &options.chamber),
        ("sitting", &options.sitting),
        ("time", &options.time),
        ("chair", &options.chair),
        ("volume", &options.volume),
        ("columns", &options.columns),
        ("reference", &options.reference),
        ("summary", &options.summary),
        ("licence", &options.licence),
        ("language", &options.language),
    ] {
        keys.text(key, text.as_deref());
    }
    if let Some(name) = &options.source {
        let mut source = vec![("name", name.clone())];
        source.extend(options.source_url.iter().map(|url| ("url", url.clone())));
        keys.word("source", Some(desk::mapping(&source)));
    }
    keys.pairs("speakers", &options.speakers).word("status", Some("draft"));
    keys.text("embargo", options.embargo.as_deref()).list("aliases", &options.named.aliases);
    keys
}

fn topic(options: &NewTopic) -> Keys {
    let mut keys = Keys::default();
    keys.text("title", Some(&options.title)).text("summary", options.summary.as_deref());
    let points: Vec<_> = options
        .key_points
        .iter()
        .map(|(at, text)| vec![("text", text.clone()), ("at", at.clone())])
        .collect();
    keys.items("key_points", &points).list("related", &options.related);
    keys.text("parent", options.parent.as_deref()).text("colour", options.colour.as_deref());
    keys.word("status", options.draft.then_some("draft"));
    keys.list("aliases", &options.named.aliases);
    keys
}

fn person(options: &NewPerson) -> Keys {
    let mut keys = Keys::default();
    keys.text("name", Some(&options.name)).text("sort_name", options.sort_name.as_deref());
    keys.list("aliases", &options.aliases);
    let office = |office: &String| {
        let parts = office.split(';').map(|part| part.trim().to_owned());
        ["title", "from", "to"].into_iter().zip(parts).filter(|(_, part)| !part.is_empty()).collect()
    };
    let offices: Vec<Vec<(&str, String)>> = options.offices.iter().map(office).collect();
    keys.items("offices", &offices).text("party", options.party.as_deref());
    keys.text("constituency", options.constituency.as_deref());
    keys.pairs("links", &options.links).pairs("ids", &options.ids).list("former", &options.former);
    keys.word("status", options.draft.then_some("draft"));
    keys
}

fn briefing(options: &NewBriefing) -> Keys {
    let mut keys = Keys::default();
    keys.text("title", Some(&options.title)).text("summary", options.summary.as_deref());
    keys.list("authors", &options.authors).word("date", options.date).word("status", Some("draft"));
    keys.text("embargo", options.embargo.as_deref()).word("expires", options.expires);
    keys.list("topics", &options.topics).list("debates", &options.debates);
    keys.list("aliases", &options.named.aliases);
    keys
}

/// The files of the site, which there must be one.
pub fn site_layout(disk: &Disk) -> Result<Layout, Failure> {
    let layout = layout(disk)?.value;
    match layout.configuration {
        Some(_) => Ok(layout),
        None => Err(Failure(format!(
            "there is no rapporteur.yaml in {} or above it: `rapporteur init` begins a site",
            disk.root().display()
        ))),
    }
}

/// Writes the files of a new thing, unless its name is taken or the site would have a mistake with it.
fn file(
    site: &Site,
    thing: Thing,
    (asked, named, title): (Option<&str>, &str, &str),
    keys: &Keys,
    begin: &Begin,
) -> Outcome {
    let editor = Editor::of(begin)?;
    let disk = build_command::open(site)?;
    let layout = site_layout(&disk)?;
    let refused = |why: &str| {
        print::notice(&format!("{why}; nothing was written"));
        Ok(Ending::Mistakes)
    };
    let slug = match desk::new_slug(thing, asked, named, &layout) {
        Ok(slug) => slug,
        Err(why) => return refused(&why),
    };
    if let Some(why) = missing(thing, keys, &layout) {
        return refused(&why);
    }
    let edits: Vec<FileEdit> = desk::files(thing, &slug, title, keys)
        .into_iter()
        .map(|(path, bytes)| (path, Before::Absent, Some(bytes)))
        .collect();
    if !is_sound(&disk, site, &edits)? {
        return refused("the site would have these mistakes");
    }
    for (path, _, bytes) in &edits {
        if begin.dry_run {
            print::line(&format!("would write {path}:\n"));
            print::line(String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).trim_end());
        }
    }
    if begin.dry_run {
        return Ok(Ending::Fine);
    }
    replace_together(disk.root(), &edits)?;
    schema::follow(&disk)?;
    for (path, ..) in edits.iter().filter(|_| !site.format.is_data()) {
        print::line(&format!("wrote {path}"));
    }
    // What is to be written in comes last.
    match edits.last() {
        Some((path, ..)) => editor.open(&disk.root().join(path.as_str())),
        None => Ok(Ending::Fine),
    }
}

/// A name among the keys that is not one of the site's.
fn missing(thing: Thing, keys: &Keys, layout: &Layout) -> Option<String> {
    let named: &[(&str, Thing)] = match thing {
        Thing::Briefing => &[("topics", Thing::Topic), ("debates", Thing::Debate)],
        Thing::Topic => &[("related", Thing::Topic), ("parent", Thing::Topic)],
        _ => &[],
    };
    let names = named.iter().flat_map(|(key, of)| keys.named(key).into_iter().map(move |name| (name, *of)));
    let mut missing = names.filter(|(name, of)| !of.slugs(layout).contains(&name.as_str()));
    missing.next().map(|(name, of)| desk::unknown(of, &name, layout))
}

/// The editor that a new file is opened in, if that was asked for.
pub struct Editor(Option<Vec<String>>);

impl Editor {
    /// The one that the environment names. An error where one is asked for and none is named.
    pub fn of(begin: &Begin) -> Result<Self, Failure> {
        if !begin.edit || begin.dry_run {
            return Ok(Editor(None));
        }
        let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok());
        let words: Vec<String> =
            named.iter().flat_map(|named| named.split_whitespace()).map(str::to_owned).collect();
        match words.is_empty() {
            true => Err(Failure(
                "--edit: neither VISUAL nor EDITOR names an editor; nothing was written".to_owned(),
            )),
            false => Ok(Editor(Some(words))),
        }
    }

    /// Opens a file and waits until the editor ends.
    pub fn open(&self, path: &Path) -> Outcome {
        let Some([program, words @ ..]) = self.0.as_deref() else { return Ok(Ending::Fine) };
        let ended = Command::new(program).args(words).arg(path).status();
        match ended {
            Ok(status) if status.success() => Ok(Ending::Fine),
            Ok(status) => Err(Failure(format!("{program} ended with {status}; the file is written"))),
            Err(error) => Err(Failure(format!("{program}: {error}; the file is written"))),
        }
    }
}
