//! `rapporteur new note`: finds words in a debate and appends a complete entry for them to a sheet.

use super::arguments::Site;
use super::check::is_sound;
use super::new::{Editor, site_layout};
use super::new_arguments::NewNote;
use super::{Ending, Failure, Outcome, build as build_command, lock, print, schema};
use crate::annotation::{At, NewEntry, Value};
use crate::desk::{self, Keys, Thing};
use crate::pipeline::{self, Options};
use crate::resolve::{self, Volume};
use crate::write::{Before, NoteError, SheetEnd, replace_together};

/// Finds the words and appends the entry. What was in the sheet stays as it was, byte for byte.
pub fn run(site: &Site, options: &NewNote) -> Outcome {
    let editor = Editor::of(&options.begin)?;
    let disk = build_command::open(site)?;
    let layout = site_layout(&disk)?;
    let slug = lock::find(&layout, &options.debate)?;
    let refused = |lines: &[String]| {
        lines.iter().for_each(|line| print::notice(line));
        Ok(Ending::Mistakes)
    };
    let known = Thing::Topic.slugs(&layout);
    let unknown: Vec<&String> =
        options.topics.iter().filter(|topic| !known.contains(&topic.as_str())).collect();
    if !unknown.is_empty() && !options.create_topic {
        let mut lines: Vec<String> =
            unknown.iter().map(|topic| desk::unknown(Thing::Topic, topic, &layout)).collect();
        lines.push("nothing was written; --create-topic begins a topic that is not there".to_owned());
        return refused(&lines);
    }
    if options.status.as_deref().is_some_and(|status| status != "draft")
        && options.body.as_ref().is_none_or(|body| body.trim().is_empty())
        && options.body_file.is_none()
    {
        return refused(&["a note without a --body is a draft; nothing was written".to_owned()]);
    }
    let pipeline::AsRead { debates, .. } = pipeline::site_as_read(
        &disk,
        &Options { overrides: build_command::overrides(site), ..Options::default() },
    )?;
    let Some(placed) = debates.iter().find(|placed| placed.debate.slug == slug) else {
        return Err(Failure(format!("the debate `{slug}` can't be read: run `rapporteur check`")));
    };
    let volume = Volume::new(&placed.debate);
    let found = match (&options.quote, &options.at) {
        (Some(quote), _) => match resolve::locate(&volume, quote, options.before.as_deref()) {
            Ok(found) => Some(found),
            Err(lines) => return refused(&lines),
        },
        (None, Some(at)) if at.parse::<At>().is_err() => {
            return refused(&[format!("`{at}` is no place: p2, p2..p4, c3 or debate; nothing was written")]);
        }
        _ => None,
    };
    let sheet = SheetEnd::of(&disk, slug.as_str(), &options.sheet)?;
    let more = more(options);
    let entry = NewEntry {
        id: options.id.clone(),
        at: found.as_ref().map_or(options.at.as_deref().unwrap_or_default(), |found| &found.at),
        quote: found.as_ref().map(|found| found.quote.as_str()),
        before: found.as_ref().and_then(|found| found.before.as_deref()),
        kind: &options.kind,
        topics: &options.topics,
        more: &more,
    };
    let text = match sheet.print(&entry, |id| volume.note(id).is_some()) {
        Ok(text) => text,
        Err(why) => return refused(&[format!("{why}; nothing was written")]),
    };
    let at = entry.at.to_owned();
    let path = sheet.path.clone();
    let mut edits = Vec::new();
    for topic in unknown {
        let (title, mut keys) = (desk::titled(topic), Keys::default());
        keys.text("title", Some(&title));
        let slug = match desk::new_slug(Thing::Topic, Some(topic), &title, &layout) {
            Ok(slug) => slug,
            Err(why) => return refused(&[why]),
        };
        let files = desk::files(Thing::Topic, &slug, &title, &keys);
        edits.extend(files.into_iter().map(|(path, bytes)| (path, Before::Absent, Some(bytes))));
    }
    match sheet.edit(&text) {
        Ok(edit) => edits.push(edit),
        Err(NoteError::Mistakes(mistakes)) => {
            print::diagnostics(&mistakes, site);
            return refused(&[
                "with this entry the sheet would have these mistakes; nothing was written".to_owned()
            ]);
        }
        Err(NoteError::Refused(why)) if !options.begin.dry_run => return refused(&[why]),
        Err(NoteError::Refused(_)) => {}
        Err(error) => return Err(error.into()),
    }
    if !is_sound(&disk, site, &edits)? {
        return refused(&[
            "with this entry the site would have these mistakes; nothing was written".to_owned()
        ]);
    }
    if options.begin.dry_run {
        print::line(text.trim_end());
        return Ok(Ending::Fine);
    }
    replace_together(disk.root(), &edits)?;
    schema::follow(&disk)?;
    if !site.format.is_data() {
        for (path, ..) in edits.iter().filter(|(_, before, _)| *before == Before::Absent) {
            print::line(&format!("wrote {path}"));
        }
        print::line(&format!("{path}: added, for {at}\n\n{}", text.trim_end()));
    }
    editor.open(&disk.root().join(path.as_str()))
}

/// The keys that were given.
fn more(options: &NewNote) -> Vec<(&'static str, Value)> {
    let text = |text: &Option<String>| text.as_deref().map(desk::scalar);
    let mapping = |pairs: &[(&str, Option<String>)]| {
        let pairs: Vec<String> =
            pairs.iter().filter_map(|(key, value)| Some(format!("{key}: {}", value.as_ref()?))).collect();
        (!pairs.is_empty()).then(|| format!("{{ {} }}", pairs.join(", ")))
    };
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let list = |items: Vec<String>| (!items.is_empty()).then(|| format!("[{}]", items.join(", ")));
    let sources = options.sources.iter().map(|source| match source {
        key if crate::text::is_slug(key) => desk::scalar(key),
        url if url.starts_with("http://") || url.starts_with("https://") => {
            desk::mapping(&[("title", url.clone()), ("url", url.clone())])
        }
        title => desk::mapping(&[("title", title.clone())]),
    });
    let keys = [
        ("title", text(&options.title)),
        ("status", options.status.clone()),
        ("author", text(&options.author)),
        ("date", day(options.date)),
        ("embargo", day(options.embargo)),
        ("term", text(&options.term)),
        ("see", list(options.see.clone())),
        ("owed_by", text(&options.owed_by)),
        ("due", mapping(&[("said", text(&options.due_said)), ("by", day(options.due_by))])),
        (
            "outcome",
            mapping(&[
                ("state", options.outcome.clone()),
                ("as_of", day(options.outcome_as_of)),
                ("note", text(&options.outcome_note)),
            ]),
        ),
        ("verdict", options.verdict.clone()),
        ("sources", list(sources.collect())),
        ("identifies", mapping(&[("person", text(&options.identifies)), ("basis", text(&options.basis))])),
        ("sic", mapping(&[("read", text(&options.sic))])),
        ("elision", options.elision_reviewed.then(|| "reviewed".to_owned())),
        ("body_file", text(&options.body_file)),
    ];
    let mut more: Vec<(&'static str, Value)> =
        keys.into_iter().filter_map(|(key, value)| Some((key, Value::Yaml(value?)))).collect();
    let body = options.body.clone().filter(|body| !body.trim().is_empty());
    more.extend(body.map(|body| ("body", Value::Text(body))));
    more
}
