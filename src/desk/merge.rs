//! Two topics made one: what named the one names the other, which remembers where the first stood. Words of the
//! record are never touched, and nothing is written here.

use super::begin::{Thing, unknown};
use super::rename::{Named, Renaming, apply, edits_in, remembered};
use crate::import::restored;
use crate::load::Sources;
use crate::model::TopicSlug;
use crate::text::{Fingerprint, SitePath, Source, as_read};
use crate::write::Before;
use crate::yaml::{self, Node, Value};
use std::io;
use std::ops::Range;

/// Keys whose lists name topics, each once.
const LISTS: [&str; 2] = ["topics", "related"];

/// The changes that make the topic `old` a part of the topic `into`. The inner `Err` says what is in the way.
///
/// # Errors
/// The machine's.
pub fn merge_topics(site: &dyn Sources, old: &str, into: &str) -> io::Result<Result<Renaming, String>> {
    let layout = crate::layout::layout(site)?.value;
    for slug in [old, into] {
        if !layout.topics.contains_key(slug) {
            return Ok(Err(unknown(Thing::Topic, slug, &layout)));
        }
    }
    if old == into {
        return Ok(Err("a topic can't be merged into itself".to_owned()));
    }
    let (gone, kept) = (&layout.topics[&TopicSlug::from(old)], &layout.topics[&TopicSlug::from(into)]);
    let named = Named::Thing(Thing::Topic, old.to_owned());
    let mut merged = Renaming::default();
    let read = |path: &SitePath| -> io::Result<(Fingerprint, Result<String, String>)> {
        let bytes = site.read(path)?;
        let before = Fingerprint::of(&bytes);
        Ok((before, String::from_utf8(bytes).map_err(|_| format!("{path} is not UTF-8"))))
    };
    let (gone_before, gone_text) = read(gone)?;
    let Leaving { former, overview } = match gone_text.and_then(|text| leaving(gone, &text)) {
        Ok(leaving) => leaving,
        Err(why) => return Ok(Err(why)),
    };
    for path in site.list()?.value {
        let is_authored = path.as_str().starts_with("content/")
            && matches!(path.extension(), "md" | "yaml")
            && path.stem() != "transcript";
        if !is_authored || path == *gone {
            continue;
        }
        let (before, original) = read(&path)?;
        // What is no text is for `check` to say.
        let Ok(original) = original else { continue };
        let changed = match changed(&path, &original, &named, into, path == *kept) {
            Ok(changed) => changed,
            Err(why) => return Ok(Err(format!("{path} {why}"))),
        };
        let (count, mut text) = changed;
        if path == *kept {
            for former in former.iter().map(String::as_str).chain([old]) {
                text = match with_former(&path, &text, former, into) {
                    Ok(text) => text,
                    Err(why) => return Ok(Err(format!("{path} {why}"))),
                };
            }
            if !overview.is_empty() {
                text = format!("{}\n\n{overview}", text.trim_end());
            }
        } else if count == 0 {
            continue;
        }
        let Some(after) = restored(&original, &text) else {
            return Ok(Err(format!("{path} has line ends of two kinds: it can't be changed safely")));
        };
        let references = match count {
            0 => String::new(),
            1 => ": one reference".to_owned(),
            count => format!(": {count} references"),
        };
        merged.lines.push(format!("{path}{references}"));
        merged.edits.push((path, Before::Bytes(before), Some(after.into_bytes())));
    }
    merged.lines.push(format!("{gone} goes, its overview into that of `{into}`"));
    merged.edits.push((gone.clone(), Before::Bytes(gone_before), None));
    Ok(Ok(merged))
}

/// What a topic leaves to the other.
struct Leaving {
    /// Where it stood before.
    former: Vec<String>,
    /// What its editor wrote.
    overview: String,
}

fn leaving(path: &SitePath, original: &str) -> Result<Leaving, String> {
    let source = plain(path, original);
    let (node, body) = yaml::front_matter(&source).value;
    let node = node.ok_or_else(|| format!("{path} can't be read"))?;
    if let Some(key) =
        ["key_points"].into_iter().find(|key| node.get(key).is_some_and(|node| !node.items().is_empty()))
    {
        return Err(format!(
            "{path} has `{key}`: move them to the other topic, or take them out, and merge again"
        ));
    }
    let former = node.get("aliases").map_or(&[][..], Node::items);
    Ok(Leaving {
        former: former.iter().filter_map(|item| item.text().map(str::to_owned)).collect(),
        overview: source.slice(body).trim_start().to_owned(),
    })
}

fn plain(path: &SitePath, original: &str) -> Source {
    Source::new(path.clone(), as_read(original))
}

/// A file that names `into` wherever it named the other, in no list twice; and how often it named it.
fn changed(
    path: &SitePath,
    original: &str,
    named: &Named,
    into: &str,
    is_kept: bool,
) -> Result<(usize, String), String> {
    let source = plain(path, original);
    let (edits, _) = edits_in(&source, named, into)?;
    let text = apply(&source.text, &edits);
    if edits.is_empty() {
        return Ok((0, text));
    }
    let source = Source::new(path.clone(), text.as_str());
    let node = tree(&source);
    if is_kept
        && node.as_ref().and_then(|node| node.get("parent")).is_some_and(|node| node.text() == Some(into))
    {
        return Err("is a part of the topic that goes: take out its `parent` first".to_owned());
    }
    let mut doubles = Vec::new();
    if let Some(node) = &node {
        doubled(node, into, is_kept, &mut doubles);
    }
    let cuts: Vec<(Range<usize>, String)> =
        doubles.into_iter().map(|span| (without(&text, span), String::new())).collect();
    Ok((edits.len(), apply(&text, &cuts)))
}

fn tree(source: &Source) -> Option<Node> {
    match source.path.extension() {
        "md" => yaml::front_matter(source).value.0,
        _ => yaml::parse(source, yaml::Unit::File).value,
    }
}

/// Finds what names `into` a second time in a list; in its own file the first time, too.
fn doubled(node: &Node, into: &str, is_kept: bool, found: &mut Vec<Range<usize>>) {
    for (key, value) in node.pairs() {
        if LISTS.contains(&&*key.text) {
            let own = is_kept && &*key.text == "related";
            let named = value.items().iter().filter(|item| item.text() == Some(into));
            found.extend(named.skip(usize::from(!own)).map(|item| item.span.range()));
        }
        doubled(value, into, is_kept, found);
    }
    if let Value::Sequence(items) = &node.value {
        items.iter().for_each(|item| doubled(item, into, is_kept, found));
    }
}

/// The bytes that go with an item of a list: its comma, or its line.
fn without(text: &str, item: Range<usize>) -> Range<usize> {
    let before = &text[..item.start];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    if before[line..].trim() == "-" {
        let end = text[item.end..].find('\n').map_or(text.len(), |at| item.end + at + 1);
        return line..end;
    }
    match before.trim_end().strip_suffix(',') {
        Some(rest) => rest.len()..item.end,
        None => {
            let after = &text[item.end..];
            let rest = after.trim_start().strip_prefix(',').map(str::trim_start);
            item.start..rest.map_or(item.end, |rest| text.len() - rest.len())
        }
    }
}

/// The text of a topic that remembers a former name.
fn with_former(path: &SitePath, text: &str, former: &str, into: &str) -> Result<String, String> {
    let source = Source::new(path.clone(), text);
    let (node, body) = yaml::front_matter(&source).value;
    let node = node.ok_or_else(|| "can't be read".to_owned())?;
    let end = text[..body.start as usize].rfind("\n---").map_or(0, |at| at + 1);
    Ok(apply(text, &[remembered(text, &node, "aliases", end, former, into)]))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn an_item_goes_with_its_comma_or_its_line() {
        let cut = |text: &str| {
            let at = text.find('@').expect("an item");
            let range = without(text, at..at + 1);
            format!("{}{}", &text[..range.start], &text[range.end..])
        };
        assert_eq!(cut("topics: [a, @]"), "topics: [a]");
        assert_eq!(cut("topics: [@, a]"), "topics: [a]");
        assert_eq!(cut("topics: [@]"), "topics: []");
        assert_eq!(cut("topics:\n  - a\n  - @ # x\n  - b\n"), "topics:\n  - a\n  - b\n");
    }
}
