//! What a site holds, as written and published or not: for lists, counts and what is to be done.

use super::table::Table;
use crate::annotation::{Entry, Kind, OutcomeState, Status};
use crate::config::Publish;
use crate::content::{self, RawBriefing, RawStanding, RawTopic};
use crate::layout::Layout;
use crate::load::{self, Sources};
use crate::pipeline::{self, AsRead, Options};
use crate::resolve::{self, Stand, WrittenDebate};
use crate::text::SitePath;
use crate::yaml::parse_date;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What is asked of a list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Who wrote it.
    pub author: Option<String>,
    /// How far it is: `draft`, `in-review`, `approved`, `retracted`.
    pub status: Option<String>,
    /// A topic that it has.
    pub topic: Option<String>,
    /// A debate that it belongs to.
    pub debate: Option<String>,
    /// What a note is.
    pub kind: Option<String>,
    /// Not from before this day: its own, or that of its debate.
    pub since: Option<Date>,
    /// Only commitments that were to be kept before the day and are not known to be.
    pub overdue: bool,
    /// Only topics without a note, and people who speak nowhere.
    pub unused: bool,
}

/// A site as written.
pub struct Inventory {
    debates: Vec<WrittenDebate>,
    topics: BTreeMap<String, RawTopic>,
    briefings: BTreeMap<String, (RawBriefing, SitePath)>,
    /// The topics, people and pages that say how far the work on them has come.
    files: Vec<StatedFile>,
    read: AsRead,
}

/// What a file is, its name, how far the work on it has come, and where it is.
type StatedFile = (&'static str, String, RawStanding, SitePath);

/// The topics, people, pages and the home page that say how far the work on them has come.
fn statuses(sources: &dyn Sources, layout: &Layout) -> io::Result<Vec<StatedFile>> {
    let topics = layout.topics.iter().map(|(slug, path)| ("topic", slug.to_string(), path));
    let people = layout.people.iter().map(|(slug, path)| ("person", slug.to_string(), path));
    let pages = layout.pages.iter().map(|(slug, path)| ("page", slug.clone(), path));
    let home = layout.home.iter().map(|path| ("page", "home".to_owned(), path));
    let mut stated = Vec::new();
    for (what, name, path) in topics.chain(people).chain(pages).chain(home) {
        let Some(source) = load::read_text(sources, path)?.value else { continue };
        let status = content::stated_standing(&source);
        stated.extend(status.map(|status| (what, name, status, path.clone())));
    }
    Ok(stated)
}

impl Inventory {
    /// Reads it. What is wrong with it is for `check` to say.
    ///
    /// # Errors
    /// The machine's.
    pub fn read(sources: &dyn Sources, options: &Options) -> io::Result<Inventory> {
        let layout: Layout = crate::layout::layout(sources)?.value;
        let mut debates = Vec::new();
        for (slug, files) in &layout.debates {
            debates.extend(pipeline::parse_debate(sources, slug, files)?.value);
        }
        let mut topics = BTreeMap::new();
        for (slug, path) in &layout.topics {
            if let Some(source) = load::read_text(sources, path)?.value {
                let read = content::parse_markdown(&source, "a topic", RawTopic::default()).value;
                topics.insert(slug.to_string(), read.raw);
            }
        }
        let mut briefings = BTreeMap::new();
        for (slug, path) in &layout.briefings {
            if let Some(source) = load::read_text(sources, path)?.value {
                let read = content::parse_markdown(&source, "a briefing", RawBriefing::default()).value;
                briefings.insert(slug.to_string(), (read.raw, path.clone()));
            }
        }
        let files = statuses(sources, &layout)?;
        Ok(Inventory { debates, topics, briefings, files, read: pipeline::site_as_read(sources, options)? })
    }

    fn day(&self) -> Option<Date> {
        self.read.config.as_of
    }

    /// The debates as written.
    pub fn debates_written(&self) -> impl Iterator<Item = &WrittenDebate> {
        self.debates.iter()
    }

    /// Whether anything names a topic: a note, a briefing, or a topic that it belongs to.
    pub fn is_used(&self, topic: &str) -> bool {
        let in_notes = self
            .debates
            .iter()
            .flat_map(|debate| &debate.entries)
            .any(|entry| entry.topics.iter().any(|one| one.name == topic));
        in_notes
            || self.briefings.values().any(|(briefing, _)| briefing.topics.iter().any(|one| one == topic))
            || self.topics.values().any(|other| other.parent.as_deref() == Some(topic))
    }

    /// The notes that a filter asks for, with their debates.
    fn entries<'i>(&'i self, filter: &'i Filter) -> impl Iterator<Item = (&'i WrittenDebate, &'i Entry)> {
        let all =
            self.debates.iter().flat_map(|debate| debate.entries.iter().map(move |entry| (debate, entry)));
        all.filter(move |(debate, entry)| {
            let date = entry.raw.date.or_else(|| parse_date(&debate.particulars.raw.date));
            is(&filter.author, entry.raw.author.as_deref())
                && is(&filter.status, Some(status(entry)))
                && is(&filter.debate, Some(debate.slug.as_str()))
                && is(&filter.kind, Some(kind(entry).as_str()))
                && filter.topic.as_ref().is_none_or(|topic| entry.topics.iter().any(|one| one.name == *topic))
                && filter.since.is_none_or(|since| date.is_some_and(|date| date >= since))
        })
    }

    /// Notes.
    pub fn notes(&self, filter: &Filter) -> Table {
        let mut table =
            Table::new(&["debate", "note", "kind", "status", "author", "topics", "date", "place", "words"]);
        table.rows = self
            .entries(filter)
            .map(|(debate, entry)| {
                let topics: Vec<&str> = entry.topics.iter().map(|topic| topic.name.as_str()).collect();
                vec![
                    debate.slug.to_string(),
                    entry.id.clone(),
                    kind(entry).as_str().to_owned(),
                    status(entry).to_owned(),
                    entry.raw.author.clone().unwrap_or_default(),
                    topics.join(" "),
                    day(entry.raw.date),
                    place(entry),
                    words(entry),
                ]
            })
            .collect();
        table
    }

    /// Commitments.
    pub fn commitments(&self, filter: &Filter) -> Table {
        let mut table =
            Table::new(&["debate", "note", "due", "said", "outcome", "owed by", "status", "place", "words"]);
        for (debate, entry) in self.entries(filter).filter(|(_, entry)| kind(entry) == Kind::Commitment) {
            if filter.overdue && !self.is_overdue(entry) {
                continue;
            }
            let due = entry.raw.due.as_ref();
            table.rows.push(vec![
                debate.slug.to_string(),
                entry.id.clone(),
                day(due.and_then(|due| due.by)),
                due.map(|due| due.said.clone()).unwrap_or_default(),
                outcome(entry).to_owned(),
                entry.raw.owed_by.clone().unwrap_or_else(|| "the speaker".to_owned()),
                status(entry).to_owned(),
                place(entry),
                words(entry),
            ]);
        }
        table
    }

    /// Whether it was to be kept before the day, and is not known to be.
    fn is_overdue(&self, entry: &Entry) -> bool {
        let by = entry.raw.due.as_ref().and_then(|due| due.by);
        is_open(entry) && by.zip(self.day()).is_some_and(|(by, day)| by < day)
    }

    /// Topics, with how many notes and briefings name them.
    pub fn topics(&self, filter: &Filter) -> Table {
        let mut table = Table::new(&["topic", "title", "notes", "briefings"]);
        for (slug, raw) in &self.topics {
            let notes = self
                .entries(filter)
                .filter(|(_, entry)| entry.topics.iter().any(|topic| topic.name == *slug))
                .count();
            let briefings = self.briefings.values().filter(|(one, _)| one.topics.contains(slug)).count();
            if is(&filter.topic, Some(slug)) && !(filter.unused && notes + briefings > 0) {
                let title = raw.title.clone().unwrap_or_default();
                table.rows.push(vec![slug.clone(), title, notes.to_string(), briefings.to_string()]);
            }
        }
        table
    }

    /// People, with how often they speak and in how many debates.
    pub fn people(&self, filter: &Filter) -> Table {
        let mut table = Table::new(&["person", "name", "speeches", "debates"]);
        for person in self.read.people.iter() {
            let spoken = self.read.debates.iter().filter_map(|placed| {
                let debate = &placed.debate;
                let is_theirs = |slug: Option<&crate::model::PersonSlug>| slug == Some(&person.slug);
                let contributions = debate.record.contributions.iter();
                let count = contributions
                    .filter(|one| is_theirs(one.speaker.as_ref().and_then(|who| who.person.as_ref())))
                    .count();
                let asked = is(&filter.debate, Some(debate.slug.as_str()));
                (count > 0 && asked).then_some(count)
            });
            let spoken: Vec<usize> = spoken.collect();
            let wanted =
                if filter.unused { spoken.is_empty() } else { filter.debate.is_none() || !spoken.is_empty() };
            if wanted {
                table.rows.push(vec![
                    person.slug.to_string(),
                    person.name.to_string(),
                    spoken.iter().sum::<usize>().to_string(),
                    spoken.len().to_string(),
                ]);
            }
        }
        table
    }

    /// Debates, with their notes and how many of those are drafts.
    pub fn debates(&self, filter: &Filter) -> Table {
        let mut table = Table::new(&["debate", "date", "status", "notes", "drafts", "title"]);
        let plain = Filter { since: None, status: None, ..filter.clone() };
        for debate in &self.debates {
            let raw = &debate.particulars.raw;
            let since =
                filter.since.is_none_or(|since| parse_date(&raw.date).is_some_and(|date| date >= since));
            let notes: Vec<&Entry> = self
                .entries(&plain)
                .filter(|(of, _)| of.slug == debate.slug)
                .map(|(_, entry)| entry)
                .collect();
            let has_topic = filter.topic.is_none() || !notes.is_empty();
            let standing = raw.status.map_or("", standing);
            let asked = is(&filter.debate, Some(debate.slug.as_str())) && is(&filter.status, Some(standing));
            if since && has_topic && asked {
                let drafts = notes.iter().filter(|entry| status(entry) == "draft").count();
                table.rows.push(vec![
                    debate.slug.to_string(),
                    raw.date.clone(),
                    standing.to_owned(),
                    notes.len().to_string(),
                    drafts.to_string(),
                    raw.title.clone(),
                ]);
            }
        }
        table
    }

    /// What readers don't see, and why.
    pub fn unpublished(&self, filter: &Filter) -> Table {
        let mut table = Table::new(&["what", "name", "why", "place"]);
        let day = self.day();
        let held = |text: &str| day.is_none_or(|day| parse_date(text).is_none_or(|until| day < until));
        let closed = |embargo: Option<&str>| {
            embargo.filter(|text| held(text)).map(|text| format!("embargo until {text}"))
        };
        for debate in self.debates.iter().filter(|one| is(&filter.debate, Some(one.slug.as_str()))) {
            let raw = &debate.particulars.raw;
            let why = match raw.status {
                Some(RawStanding::Draft) => Some("draft".to_owned()),
                _ => closed(raw.embargo.as_deref()),
            };
            let path = debate.particulars.source.path.to_string();
            table.rows.extend(why.map(|why| vec!["debate".to_owned(), debate.slug.to_string(), why, path]));
        }
        for (debate, entry) in self.entries(filter) {
            let embargo = entry.raw.embargo.map(|day| day.to_string());
            let only_approved = self.read.config.publish == Publish::Approved;
            let why = match status(entry) {
                "draft" => Some("draft".to_owned()),
                "in-review" if only_approved => Some("in review".to_owned()),
                _ => closed(embargo.as_deref()),
            };
            let name = format!("{}/{}", debate.slug, entry.id);
            table.rows.extend(why.map(|why| vec!["note".to_owned(), name, why, place(entry)]));
        }
        for (slug, (raw, path)) in self.briefings.iter().filter(|_| filter.debate.is_none()) {
            let expired = raw
                .expires
                .as_deref()
                .filter(|text| day.is_none_or(|day| parse_date(text).is_some_and(|last| day > last)));
            let why = match raw.status {
                Some(RawStanding::Draft) => Some("draft".to_owned()),
                _ => closed(raw.embargo.as_deref())
                    .or_else(|| expired.map(|day| format!("expired after {day}"))),
            };
            table
                .rows
                .extend(why.map(|why| vec!["briefing".to_owned(), slug.clone(), why, path.to_string()]));
        }
        for (what, name, status, path) in self.files.iter().filter(|_| filter.debate.is_none()) {
            let only_approved = self.read.config.publish == Publish::Approved;
            let why = match status {
                RawStanding::Draft => Some("draft"),
                RawStanding::InReview if only_approved => Some("in review"),
                RawStanding::Retracted => Some("retracted"),
                RawStanding::InReview | RawStanding::Approved => None,
            };
            let row = |why: &str| vec![(*what).to_owned(), name.clone(), why.to_owned(), path.to_string()];
            table.rows.extend(why.map(row));
        }
        table
    }

    /// What somebody has to look at: notes in review, commitments and briefings whose day comes within
    /// `days`, notes whose words have no place.
    pub fn to_do(&self, days: i32) -> Table {
        let mut table = Table::new(&["what", "when", "name", "place", "words"]);
        let horizon = self.day().and_then(|day| day.checked_add(jiff::Span::new().days(days)).ok());
        let soon = |day: Option<Date>| day.zip(horizon).is_some_and(|(day, horizon)| day <= horizon);
        for debate in &self.debates {
            let held = resolve::held(debate);
            for entry in &debate.entries {
                let name = format!("{}/{}", debate.slug, entry.id);
                let mut say = |what: &str, when: String| {
                    table.rows.push(vec![what.to_owned(), when, name.clone(), place(entry), words(entry)]);
                };
                let stands = held.entries.get(&entry.id);
                if stands
                    .is_none_or(|one| one.targets.iter().any(|(_, stand)| !matches!(stand, Stand::At(_))))
                {
                    say("unplaced", String::new());
                }
                if status(entry) == "in-review" {
                    say("review", String::new());
                }
                let by = entry.raw.due.as_ref().and_then(|due| due.by);
                if kind(entry) == Kind::Commitment && is_open(entry) && soon(by) {
                    say(if self.is_overdue(entry) { "past due" } else { "falls due" }, day(by));
                }
                if soon(entry.raw.embargo) && entry.raw.embargo > self.day() {
                    say("embargo ends", day(entry.raw.embargo));
                }
            }
        }
        for (slug, (raw, path)) in &self.briefings {
            let mut say = |what: &str, when: String| {
                let title = raw.title.clone().unwrap_or_default();
                table.rows.push(vec![what.to_owned(), when, slug.clone(), path.to_string(), title]);
            };
            if raw.status == Some(RawStanding::InReview) {
                say("review", String::new());
            }
            let expires = raw.expires.as_deref().and_then(parse_date);
            if soon(expires) {
                let is_past = expires < self.day();
                say(if is_past { "expired" } else { "expires" }, day(expires));
            }
            let embargo = raw.embargo.as_deref().and_then(parse_date);
            if soon(embargo) && embargo > self.day() {
                say("embargo ends", day(embargo));
            }
        }
        // What has a day comes by its day, after what waits for somebody now.
        table.rows.sort_by(|a, b| (&a[1], order(&a[0]), &a[2]).cmp(&(&b[1], order(&b[0]), &b[2])));
        table
    }

    /// How much there is of what.
    pub fn stats(&self) -> Table {
        let mut table = Table::new(&["what", "count"]);
        let all = Filter::default();
        let mut say = |what: String, count: usize| table.rows.push(vec![what, count.to_string()]);
        let records = || self.read.debates.iter().map(|placed| &placed.debate.record);
        let words: usize = records().map(|record| record.words).sum();
        let speeches: usize = records().map(|record| record.contributions.len()).sum();
        let speakers: BTreeSet<_> = records()
            .flat_map(|record| &record.contributions)
            .filter_map(|one| one.speaker.as_ref().map(|who| who.key()))
            .collect();
        say("debates".to_owned(), self.debates.len());
        say("words".to_owned(), words);
        say("contributions".to_owned(), speeches);
        say("speakers".to_owned(), speakers.len());
        say("people".to_owned(), self.read.people.len());
        say("topics".to_owned(), self.topics.len());
        say("briefings".to_owned(), self.briefings.len());
        say("notes".to_owned(), self.entries(&all).count());
        let (mut kinds, mut statuses) = (BTreeMap::new(), BTreeMap::new());
        for (_, entry) in self.entries(&all) {
            *kinds.entry(kind(entry).as_str()).or_insert(0) += 1;
            *statuses.entry(status(entry)).or_insert(0) += 1;
        }
        kinds.into_iter().for_each(|(kind, count)| say(format!("notes: {kind}"), count));
        statuses.into_iter().for_each(|(status, count)| say(format!("notes: {status}"), count));
        let overdue = Filter { overdue: true, ..all };
        say("commitments past due".to_owned(), self.commitments(&overdue).rows.len());
        table
    }
}

/// Whether a value is the one that was asked for, if one was.
fn is(asked: &Option<String>, value: Option<&str>) -> bool {
    asked.as_deref().is_none_or(|asked| value == Some(asked))
}

/// Words without a place come first.
fn order(what: &str) -> usize {
    ["unplaced", "review"].iter().position(|known| *known == what).unwrap_or(2)
}

fn kind(entry: &Entry) -> Kind {
    entry.raw.kind.unwrap_or_default()
}

fn status(entry: &Entry) -> &'static str {
    match entry.raw.status.unwrap_or_default() {
        Status::Draft => "draft",
        Status::InReview => "in-review",
        Status::Approved => "approved",
        Status::Retracted => "retracted",
    }
}

fn standing(standing: RawStanding) -> &'static str {
    match standing {
        RawStanding::Draft => "draft",
        RawStanding::InReview => "in-review",
        RawStanding::Approved => "approved",
        RawStanding::Retracted => "retracted",
    }
}

fn outcome(entry: &Entry) -> &'static str {
    match entry.raw.outcome.as_ref().map(|outcome| outcome.state).unwrap_or_default() {
        OutcomeState::NotChecked => "not-checked",
        OutcomeState::Open => "open",
        OutcomeState::Kept => "kept",
        OutcomeState::Partly => "partly",
        OutcomeState::Broken => "broken",
        OutcomeState::Overtaken => "overtaken",
    }
}

/// Whether something is still to be done.
pub(super) fn is_open(entry: &Entry) -> bool {
    status(entry) != "retracted" && ["not-checked", "open", "partly"].contains(&outcome(entry))
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn place(entry: &Entry) -> String {
    format!("{}:{}", entry.source.path, entry.source.line_column(entry.id_span.start as usize).line)
}

/// The title, or the words that it is on.
fn words(entry: &Entry) -> String {
    let quote = entry.targets.iter().find_map(|target| target.quote.clone());
    entry.raw.title.clone().or(quote).unwrap_or_default()
}
