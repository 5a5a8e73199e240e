//! Two files of people that are one person, as a person asks for it: what one has goes to the other, and
//! whatever refers to it refers to the other. Words of the record are never touched, and nothing is
//! written here.

use super::person_file::{self, PersonFile, restored, scalar};
use crate::content::{RawIds, RawPerson, RawPortrait};
use crate::load::{Disk, Sources};
use crate::text::{Fingerprint, SitePath, Source, as_read, nearest};
use crate::yaml::{self, Node, Unit, Value};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

/// What a merge does to one file.
pub struct Merged {
    /// The file.
    pub path: SitePath,
    /// What stands there.
    pub before: Fingerprint,
    /// What is to stand there; `None` where the file goes.
    pub after: Option<Vec<u8>>,
    /// What that is, for people.
    pub what: String,
}

/// The files that make `gone` and `kept` one person, the file of `gone` last. The inner `Err` says what a
/// person has to settle first.
pub fn merge(site: &Disk, gone: &str, kept: &str) -> io::Result<Result<Vec<Merged>, Vec<String>>> {
    let mut people = BTreeMap::new();
    for path in site.below(&SitePath::new("content/people").expect("a path")) {
        if let Some(file) = PersonFile::read(site, path)? {
            people.insert(file.slug().to_owned(), file);
        }
    }
    let unknown = |slug: &str| {
        let near = nearest(slug, people.keys().map(String::as_str));
        let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("there is no person `{slug}`{help}")
    };
    if gone == kept {
        return Ok(Err(vec![format!("`{gone}` and `{kept}` are the same file already")]));
    }
    let (Some(from), Some(_)) = (people.get(gone), people.get(kept)) else {
        let missing = [gone, kept].into_iter().filter(|slug| !people.contains_key(*slug));
        return Ok(Err(missing.map(unknown).collect()));
    };
    let from = (from.path.clone(), from.before, from.raw.clone(), from.body.clone(), from.is_named_by_id());
    let (from_path, from_before, from_raw, from_body, named_by_id) = from;
    let Some(into) = people.get_mut(kept) else { return Ok(Err(Vec::new())) };
    let (into_path, into_before) = (into.path.clone(), into.before);
    let differ = disagreements(gone, &from_raw, &from_body, kept, into);
    if !differ.is_empty() {
        return Ok(Err(differ));
    }
    let expected = take_over(into, gone, &from_raw, named_by_id);
    if into.body.is_empty() && !from_body.is_empty() {
        into.write_body(&from_body);
    }
    let text = match into.edited(&expected) {
        Ok(text) => text,
        Err(why) => return Ok(Err(vec![why])),
    };
    let mut changes = Vec::new();
    for path in site.list()?.value {
        let is_authored = path.as_str().starts_with("content/") && matches!(path.extension(), "md" | "yaml");
        let is_record = path.stem() == "transcript" || path.as_str().contains("/revisions/");
        if !is_authored || is_record || path == from_path {
            continue;
        }
        let (bytes, what) = match path == into_path {
            true => (text.clone().into_bytes(), "takes over names, ids and what was held".to_owned()),
            false => (site.read(&path)?, String::new()),
        };
        let before = if path == into_path { into_before } else { Fingerprint::of(&bytes) };
        let Ok(original) = String::from_utf8(bytes) else { continue };
        let (count, edited) = referred(&path, &original, gone, kept);
        if count > 0 && edited.is_none() {
            let why = format!(
                "{path} refers to `{gone}` and has line ends of two kinds: it can't be changed safely"
            );
            return Ok(Err(vec![why]));
        }
        let what = match count {
            0 => what,
            1 => "one reference".to_owned(),
            count => format!("{count} references"),
        };
        if !what.is_empty() {
            let after = Some(edited.unwrap_or(original).into_bytes());
            changes.push(Merged { path, before, after, what });
        }
    }
    changes.push(Merged { path: from_path, before: from_before, after: None, what: "removed".to_owned() });
    Ok(Ok(changes))
}

/// What the two files say that can't both be so.
fn disagreements(gone: &str, from: &RawPerson, words: &str, kept: &str, into: &PersonFile) -> Vec<String> {
    let mut differ = Vec::new();
    let mut say = |what: &str, one: &str, other: &str| {
        differ.push(format!("{what} differ: people/{gone} has “{one}”, people/{kept} has “{other}”: make them the same, or empty one"));
    };
    if !words.is_empty() && !into.body.is_empty() && *words != *into.body {
        say("the texts", words, &into.body);
    } else if !words.is_empty() && into.body.is_empty() && into.path.extension() != "md" {
        let (path, to) = (&into.path, format!("{kept}.md"));
        differ.push(format!("people/{gone} has words about the person, which {path} can't hold: rename it to {to}, with `---` above and below"));
        return differ;
    }
    let into = &into.raw;
    let mut one =
        |what: &str, one: &Option<String>, many: &[String], other: &Option<String>, others: &[String]| {
            let all =
                |one: &Option<String>, many: &[String]| one.iter().chain(many).cloned().collect::<Vec<_>>();
            let (ours, theirs) = (all(one, many), all(other, others));
            // What has no days is so always: it can't stand beside another.
            let clash = (one.is_some() && theirs.iter().any(|name| Some(name) != one.as_ref()))
                || (other.is_some() && ours.iter().any(|name| Some(name) != other.as_ref()));
            if clash {
                say(what, &ours.join(", "), &theirs.join(", "));
            }
        };
    let names =
        |terms: &[crate::content::RawTerm]| terms.iter().map(|term| term.name.clone()).collect::<Vec<_>>();
    one("the parties", &from.party, &names(&from.parties), &into.party, &names(&into.parties));
    let (ours, theirs) = (names(&from.constituencies), names(&into.constituencies));
    one("the constituencies", &from.constituency, &ours, &into.constituency, &theirs);
    for (label, address) in &from.links {
        if let Some(other) = into.links.get(label).filter(|other| *other != address) {
            say(&format!("the addresses of the link “{label}”"), address, other);
        }
    }
    for office in &from.offices {
        let same = |other: &&crate::content::RawOffice| {
            other.title == office.title && other.from == office.from && other.to != office.to
        };
        if let Some(other) = into.offices.iter().find(same) {
            let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "no day".to_owned());
            say(&format!("the last days as {}", office.title), &day(&office.to), &day(&other.to));
        }
    }
    differ
}

/// Gives a file what another has, and says what it then is to say.
fn take_over(into: &mut PersonFile, gone: &str, from: &RawPerson, named_by_id: bool) -> RawPerson {
    let mut expected = into.raw.clone();
    let mut aliases: Vec<String> = Vec::new();
    if let Some(name) = from.name.as_ref().filter(|_| !named_by_id) {
        if into.is_named_by_id() {
            into.set("name", name);
            expected.name = Some(name.clone());
        } else {
            aliases.push(name.clone());
        }
    }
    if let (None, Some(sort_name)) = (&expected.sort_name, &from.sort_name)
        && expected.name == from.name
    {
        into.set("sort_name", sort_name);
        expected.sort_name = Some(sort_name.clone());
    }
    aliases.extend(from.aliases.iter().cloned());
    aliases.retain(|alias| expected.name.as_ref() != Some(alias) && !expected.aliases.contains(alias));
    aliases.dedup();
    into.extend("aliases", &aliases.iter().map(|alias| scalar(alias)).collect::<Vec<_>>());
    expected.aliases.extend(aliases);

    let offices: Vec<_> =
        from.offices.iter().filter(|one| !expected.offices.contains(one)).cloned().collect();
    into.extend("offices", &offices.iter().map(person_file::office).collect::<Vec<_>>());
    expected.offices.extend(offices);
    let parties: Vec<_> =
        from.parties.iter().filter(|one| !expected.parties.contains(one)).cloned().collect();
    into.extend("parties", &parties.iter().map(person_file::named).collect::<Vec<_>>());
    expected.parties.extend(parties);
    let seats = from.constituencies.iter().filter(|one| !expected.constituencies.contains(one));
    let seats: Vec<_> = seats.cloned().collect();
    into.extend("constituencies", &seats.iter().map(person_file::named).collect::<Vec<_>>());
    expected.constituencies.extend(seats);
    if let (None, Some(party)) = (&expected.party, &from.party)
        && expected.parties.is_empty()
    {
        into.set("party", party);
        expected.party = Some(party.clone());
    }
    if let (None, Some(seat)) = (&expected.constituency, &from.constituency)
        && expected.constituencies.is_empty()
    {
        into.set("constituency", seat);
        expected.constituency = Some(seat.clone());
    }
    let links: BTreeMap<_, _> =
        from.links.iter().filter(|(label, _)| !expected.links.contains_key(*label)).collect();
    let written: Vec<(String, String)> =
        links.iter().map(|(label, address)| ((*label).clone(), scalar(address))).collect();
    into.insert_all("links", &written);
    expected.links.extend(links.into_iter().map(|(label, address)| (label.clone(), address.clone())));
    if let (None, Some(portrait)) = (&expected.portrait, &from.portrait) {
        let RawPortrait { file, alt, licence, by } = portrait;
        let values =
            [("file", Some(file)), ("alt", Some(alt)), ("licence", Some(licence)), ("by", by.as_ref())];
        let values = values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), scalar(value?))));
        into.insert_all("portrait", &values.collect::<Vec<_>>());
        expected.portrait = Some(portrait.clone());
    }
    let mut registers: Vec<(String, String)> = Vec::new();
    for (register, ids) in &from.ids {
        let there: Vec<String> =
            expected.ids.get(register).into_iter().flat_map(RawIds::all).map(str::to_owned).collect();
        let new: Vec<String> =
            ids.all().filter(|id| !there.iter().any(|known| known == id)).map(str::to_owned).collect();
        if new.is_empty() {
            continue;
        }
        match there.is_empty() {
            true => registers.push((register.clone(), person_file::ids(&new))),
            false => into.add_ids(register, &new),
        }
        let mut all: Vec<String> = there.into_iter().chain(new).collect();
        let all = if all.len() == 1 { RawIds::One(all.remove(0)) } else { RawIds::Several(all) };
        expected.ids.insert(register.clone(), all);
    }
    into.insert_all("ids", &registers);
    let former = std::iter::once(gone.to_owned()).chain(from.former.iter().cloned());
    let former: Vec<String> = former.filter(|one| !expected.former.contains(one)).collect();
    into.extend("former", &former.iter().map(|one| scalar(one)).collect::<Vec<_>>());
    expected.former.extend(former);
    expected
}

/// A file with its references to `gone` as references to `kept`, and how many those were. `None` where the
/// file can't be put together again as it was.
fn referred(path: &SitePath, original: &str, gone: &str, kept: &str) -> (usize, Option<String>) {
    let text = as_read(original);
    let source = Source::new(path.clone(), text.clone());
    let node = match path.extension() {
        "md" => yaml::front_matter(&source).value.0,
        _ => yaml::parse(&source, Unit::File).value,
    };
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut apart: Vec<Range<usize>> = Vec::new();
    if let Some(node) = &node {
        named(node, keys(path), gone, &mut places, &mut apart);
    }
    // The slug stands in quotation marks or without.
    let within = |range: &Range<usize>| {
        let at = range.start + text[range.clone()].find(gone).unwrap_or(0);
        at..at + gone.len()
    };
    let mut places: Vec<Range<usize>> = places.iter().map(within).collect();
    let links = text.match_indices(gone).map(|(at, _)| at..at + gone.len());
    let links = links.filter(|range| !apart.iter().any(|apart| apart.contains(&range.start)));
    places.extend(links.filter(|range| leads_to(&text, range, path.folder() == "content/people")));
    places.sort_by_key(|range| range.start);
    places.dedup();
    let mut edited = text.to_string();
    for range in places.iter().rev() {
        edited.replace_range(range.clone(), kept);
    }
    (places.len(), restored(original, &edited))
}

/// The keys of a file that name a person.
fn keys(path: &SitePath) -> &'static [&'static str] {
    match path.file_name() {
        "debate.yaml" => &["chair", "speakers"],
        "corrections.yaml" => &["speaker"],
        _ if path.as_str().starts_with("content/debates/") => &["owed_by", "person"],
        _ => &[],
    }
}

/// Finds the values under `keys` that are `slug`, and words of the record, which links are not looked for in.
fn named(
    node: &Node,
    keys: &[&str],
    slug: &str,
    found: &mut Vec<Range<usize>>,
    apart: &mut Vec<Range<usize>>,
) {
    match &node.value {
        Value::Scalar(_) => {}
        Value::Sequence(items) => items.iter().for_each(|item| named(item, keys, slug, found, apart)),
        Value::Mapping(pairs) => {
            for (key, value) in pairs {
                let key = &*key.text;
                if ["quote", "before", "after", "was", "reads"].contains(&key) {
                    apart.push(value.span.range());
                } else if keys.contains(&key) {
                    let inner = value.pairs().iter().map(|(_, value)| value);
                    let named =
                        std::iter::once(value).chain(inner).filter(|value| value.text() == Some(slug));
                    found.extend(named.map(|value| value.span.range()));
                }
                named(value, keys, slug, found, apart);
            }
        }
    }
}

/// Whether a slug in a text is where a link leads: `(../people/SLUG.md)`, `[p]: /people/SLUG/`.
fn leads_to(text: &str, slug: &Range<usize>, among_people: bool) -> bool {
    let (left, right) = (&text[..slug.start], &text[slug.end..]);
    let extension = [".md", ".yaml"].into_iter().find_map(|extension| right.strip_prefix(extension));
    let rest = extension.unwrap_or(right);
    let ends = rest.starts_with(|c: char| c.is_whitespace() || ")#?/>\"'".contains(c)) || rest.is_empty();
    let is_path = |c: char| c.is_ascii_alphanumeric() || "._/-%".contains(c);
    let before = left.trim_end_matches(is_path);
    let opens = before.ends_with(['(', '<', '"', '\'']) || before.trim_end().ends_with("]:");
    let way = &left[before.len()..];
    let leads = way == "people/" || way.ends_with("/people/") || (among_people && matches!(way, "" | "./"));
    ends && opens && leads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(path: &str, text: &str) -> String {
        let path = SitePath::new(path).expect("a path");
        referred(&path, text, "ann", "ann-poe").1.expect("it can be changed")
    }

    #[test]
    fn only_what_names_the_person_is_changed() {
        let of = |text: &str| edited("content/debates/talk/a.notes.yaml", text);
        assert_eq!(
            of(
                "a: { owed_by: ann, identifies: { person: 'ann' }, quote: 'ann (../people/ann.md)' } # ann\r\n"
            ),
            "a: { owed_by: ann-poe, identifies: { person: 'ann-poe' }, quote: 'ann (../people/ann.md)' } # ann\r\n"
        );
        let of = |text: &str| edited("content/debates/talk/debate.yaml", text);
        assert_eq!(
            of("chair: ann\nspeakers: { ann: ann, Bo: anne }\n"),
            "chair: ann-poe\nspeakers: { ann: ann-poe, Bo: anne }\n"
        );
        let of = |text: &str| edited("content/topics/one.md", text);
        for (before, after) in [
            ("[A](../people/ann.md)", "[A](../people/ann-poe.md)"),
            ("[A](/people/ann/)", "[A](/people/ann-poe/)"),
            ("[A][a]\n\n[a]: ../people/ann.yaml", "[A][a]\n\n[a]: ../people/ann-poe.yaml"),
            ("ann [B](../people/ann-roe.md)", "ann [B](../people/ann-roe.md)"),
            ("[B](../people/joann.md)", "[B](../people/joann.md)"),
            ("[B](ann.md)", "[B](ann.md)"),
        ] {
            assert_eq!(of(before), after);
        }
        assert_eq!(edited("content/people/bo.md", "See [A](ann.md)."), "See [A](ann-poe.md).");
    }
}
