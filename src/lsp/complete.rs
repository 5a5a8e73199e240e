//! What may be written at a place: keys and the words that they may have, names of the site, paragraphs with
//! their first words, and the words of a quotation.

use super::keys;
use super::server::Look;
use super::syntax::{self, Spot, Writing};
use super::text::Lines;
use super::things::{self, debate, debate_of, paragraphs};
use crate::desk;
use crate::model::Debate;
use crate::text::Source;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionTextEdit, Documentation,
    InsertTextFormat, TextEdit,
};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How many words of a paragraph say which one it is.
const FIRST_WORDS: usize = 12;

/// What may be written at a byte of a file.
pub fn complete(look: &Look<'_>, source: &Source, offset: usize) -> Vec<CompletionItem> {
    let (_, within) = things::yaml_of(source);
    let spot = syntax::spot(&source.text, within, offset);
    let desk = Desk { look, source, offset };
    match spot {
        Some(spot) if spot.what == Writing::Block && !is_words(spot.path.last()) => desk.link(),
        Some(spot) => {
            let mut items = desk.in_yaml(&spot);
            if items.is_empty() {
                items = desk.link();
            }
            items
        }
        None => desk.link(),
    }
}

/// Whether a key holds words of the record.
fn is_words(key: Option<&String>) -> bool {
    key.is_some_and(|key| ["quote", "before", "after"].contains(&key.as_str()))
}

/// Where something is being written.
struct Desk<'d> {
    look: &'d Look<'d>,
    source: &'d Source,
    offset: usize,
}

/// One thing that may be written.
struct Offer {
    label: String,
    /// What is put in, where it is more than the label.
    text: Option<String>,
    /// What stands beside it.
    beside: String,
    /// What is told of it.
    about: Option<String>,
    kind: CompletionItemKind,
}

impl Offer {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Offer { label: label.into(), text: None, beside: String::new(), about: None, kind }
    }
}

impl Desk<'_> {
    fn in_yaml(&self, spot: &Spot) -> Vec<CompletionItem> {
        let own = debate_of(&self.source.path);
        let key = spot.path.iter().rev().find(|step| step.parse::<usize>().is_err()).map(String::as_str);
        let schema = keys::schema_of(&self.source.path);
        if spot.what == Writing::Key {
            let Some(schema) = &schema else { return Vec::new() };
            return self.items(self.keys(schema, spot), spot.typed.clone());
        }
        let is_sheet = own.is_some();
        let offers = match key {
            Some("topics") => self.topics(self.typed(spot).starts_with('-')),
            Some("related" | "parent") if !is_sheet => self.topics(false),
            Some("debate" | "debates") => self.debates(),
            Some("person" | "owed_by" | "chair" | "speaker") => self.people(),
            _ if spot.path.first().is_some_and(|top| top == "speakers") => self.people(),
            Some("see") => self.notes(own),
            Some("at") => match self.typed(spot).split_once('#') {
                Some((slug, _)) => self.places(slug, &format!("{slug}#")),
                None if is_sheet => self.places(own.unwrap_or_default(), ""),
                None => self.debates(),
            },
            Some("sources" | "source") if spot.path.len() > 1 || is_sheet => self.sources(),
            Some("quote" | "before" | "after") => return self.words(spot),
            Some("theme") => Vec::new(),
            _ => {
                let Some(schema) = &schema else { return Vec::new() };
                let Some(under) = keys::under(schema, &spot.path) else { return Vec::new() };
                let words = keys::words_of(under);
                if words.is_empty() && spot.path.last().is_some_and(|last| last == "0") {
                    // After a dash: the first key of a mapping.
                    return self.items(self.keys(schema, spot), spot.typed.clone());
                }
                let offer =
                    |(word, about)| Offer { about, ..Offer::new(word, CompletionItemKind::ENUM_MEMBER) };
                words.into_iter().map(offer).collect()
            }
        };
        self.items(offers, spot.typed.clone())
    }

    fn typed(&self, spot: &Spot) -> &str {
        &self.source.text[spot.typed.clone()]
    }

    fn keys(&self, schema: &serde_json::Value, spot: &Spot) -> Vec<Offer> {
        let Some(under) = keys::under(schema, &spot.path) else { return Vec::new() };
        let there: Vec<String> =
            syntax::keys_in(&self.source.text, &spot.block).map(|(key, _)| key).collect();
        let offers = keys::keys_of(under).into_iter().filter(|(key, _)| !there.contains(key));
        offers
            .map(|(key, about)| {
                let mut path = spot.path.clone();
                path.push(key.clone());
                let inner = keys::under(schema, &path);
                let opens =
                    inner.is_some_and(|inner| inner["items"].is_null() && keys::has_keys(schema, inner));
                let text = if opens { format!("{key}:") } else { format!("{key}: ") };
                Offer { text: Some(text), about, ..Offer::new(key, CompletionItemKind::PROPERTY) }
            })
            .collect()
    }

    fn topics(&self, away: bool) -> Vec<Offer> {
        let sign = if away { "-" } else { "" };
        let Some(edition) = &self.look.edition else { return Vec::new() };
        let offer = |topic: &std::sync::Arc<crate::model::Topic>| Offer {
            beside: topic.title.clone(),
            about: topic.summary.clone(),
            ..Offer::new(format!("{sign}{}", topic.slug), CompletionItemKind::KEYWORD)
        };
        edition.site.topics.iter().map(offer).collect()
    }

    fn people(&self) -> Vec<Offer> {
        let Some(edition) = &self.look.edition else { return Vec::new() };
        let offer = |person: &std::sync::Arc<crate::model::Person>| Offer {
            beside: person.name.clone(),
            ..Offer::new(person.slug.as_str(), CompletionItemKind::CONSTANT)
        };
        edition.site.people.iter().map(offer).collect()
    }

    fn debates(&self) -> Vec<Offer> {
        let Some(edition) = &self.look.edition else { return Vec::new() };
        let offer = |debate: &std::sync::Arc<Debate>| Offer {
            beside: format!("{}, {}", debate.particulars.title, debate.particulars.date),
            ..Offer::new(debate.slug.as_str(), CompletionItemKind::MODULE)
        };
        edition.site.debates.iter().map(offer).collect()
    }

    fn notes(&self, own: Option<&str>) -> Vec<Offer> {
        let Some(edition) = &self.look.edition else { return Vec::new() };
        let offers = edition.site.debates.iter().flat_map(|debate| {
            debate.annotations.iter().map(move |note| {
                let label = match own {
                    Some(own) if own == debate.slug.as_str() => note.id.to_string(),
                    _ => format!("{}/{}", debate.slug, note.id),
                };
                let quoted = debate.record.quoted(&note.passages);
                let words = quoted.first().map(|words| first_words(&words.text)).unwrap_or_default();
                let beside = format!("{}: {}", note.kind.word(), note.title.clone().unwrap_or(words));
                Offer { beside, ..Offer::new(label, CompletionItemKind::REFERENCE) }
            })
        });
        offers.collect()
    }

    fn places(&self, slug: &str, before: &str) -> Vec<Offer> {
        let found = self.look.edition.as_ref().and_then(|edition| debate(&edition.site, slug));
        let Some(debate) = found else { return Vec::new() };
        let record = &debate.record;
        let offers = record.paragraphs.iter().enumerate().map(|(at, paragraph)| {
            let words = record.words(paragraph);
            let speaker = record.speaker(at).map(|who| format!("{}: ", who.name)).unwrap_or_default();
            Offer {
                beside: format!("{speaker}{}", first_words(words)),
                about: Some(words.to_owned()),
                ..Offer::new(format!("{before}{}", paragraph.id), CompletionItemKind::REFERENCE)
            }
        });
        offers.collect()
    }

    fn sources(&self) -> Vec<Offer> {
        let shared = self.look.shared_sources();
        let offer = |(key, title)| Offer { beside: title, ..Offer::new(key, CompletionItemKind::REFERENCE) };
        shared.into_iter().map(offer).collect()
    }

    /// The words that go on from those that are typed: to the end of each sentence of the place.
    fn words(&self, spot: &Spot) -> Vec<CompletionItem> {
        let own = debate_of(&self.source.path).unwrap_or_default();
        let found = self.look.edition.as_ref().and_then(|edition| debate(&edition.site, own));
        let Some(debate) = found else { return Vec::new() };
        let place = match spot.what {
            Writing::Block => {
                // The lines of the text are not those of its mapping.
                syntax::value_in(&self.source.text, &spot.block, "at")
            }
            _ => syntax::value_in(&self.source.text, &spot.block, "at"),
        };
        let scope = place.map_or(0..debate.record.paragraphs.len(), |name| paragraphs(debate, name));
        let raw = self.typed(spot);
        let typed = raw.trim_start().trim_start_matches(['"', '\'']);
        let lines = Lines::new(&self.source.text);
        // Words are put in on the present line alone: what stands above is part of what is sought.
        let mut items = Vec::new();
        let last = typed.len() - typed.rsplit(char::is_whitespace).next().unwrap_or_default().len();
        let (before, word) = typed.split_at(last);
        let sought = before.split_whitespace().collect::<Vec<_>>().join(" ");
        let start = self.offset - word.len();
        for at in scope {
            let Some(paragraph) = debate.record.paragraphs.get(at) else { break };
            for words in goes_on(debate.record.words(paragraph), &sought, word) {
                let is_whole = sought.is_empty() && raw.trim().is_empty() && spot.what == Writing::Value;
                let text = if is_whole { desk::scalar(&words) } else { escaped(&words, raw.trim_start()) };
                items.push(CompletionItem {
                    label: shortened(&words),
                    label_details: Some(CompletionItemLabelDetails {
                        detail: None,
                        description: Some(paragraph.id.to_string()),
                    }),
                    kind: Some(CompletionItemKind::TEXT),
                    documentation: Some(Documentation::String(words.clone())),
                    filter_text: Some(word.to_owned()).filter(|word| !word.is_empty()),
                    sort_text: Some(format!("{:04}", items.len())),
                    text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                        range: lines.range(start..self.offset),
                        new_text: text,
                    })),
                    ..CompletionItem::default()
                });
                if items.len() >= 200 {
                    return items;
                }
            }
        }
        items
    }

    /// What a link may lead to: after `](` or `]: `.
    fn link(&self) -> Vec<CompletionItem> {
        let text = &self.source.text;
        let before = &text[..self.offset];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let opened = [line.rfind("]("), line.rfind("]: ").map(|at| at + 1)].into_iter().flatten().max();
        let Some(start) = opened.map(|at| before.len() - line.len() + at + 2) else { return Vec::new() };
        let typed = &before[start..];
        if typed.contains([')', ' ', '\n']) || text.is_empty() {
            return Vec::new();
        }
        let own = debate_of(&self.source.path);
        if let Some((way, _)) = typed.split_once('#') {
            let slug = match way.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()) {
                Some(slug) => slug,
                None => own.unwrap_or_default(),
            };
            return self.items(self.places(slug, &format!("{way}#")), start..self.offset);
        }
        let mut offers = Vec::new();
        let mut add = |of: Vec<Offer>, to: &dyn Fn(&str) -> String| {
            offers.extend(of.into_iter().map(|offer| Offer { label: to(&offer.label), ..offer }));
        };
        add(self.topics(false), &|slug| format!("../topics/{slug}.md"));
        add(self.people(), &|slug| format!("../people/{slug}.yaml"));
        add(self.debates(), &|slug| format!("../debates/{slug}/"));
        if own.is_some() {
            add(self.places(own.unwrap_or_default(), "#"), &str::to_owned);
        }
        self.items(offers, start..self.offset)
    }

    /// Offers as the protocol has them, in the place of what is typed.
    fn items(&self, offers: Vec<Offer>, typed: Range<usize>) -> Vec<CompletionItem> {
        let lines = Lines::new(&self.source.text);
        let range = lines.range(typed);
        let item = |(at, offer): (usize, Offer)| CompletionItem {
            label_details: Some(CompletionItemLabelDetails {
                detail: None,
                description: Some(offer.beside.clone()).filter(|beside| !beside.is_empty()),
            }),
            detail: Some(offer.beside).filter(|beside| !beside.is_empty()),
            kind: Some(offer.kind),
            documentation: offer.about.map(Documentation::String),
            sort_text: Some(format!("{at:06}")),
            insert_text_format: Some(InsertTextFormat::PLAIN_TEXT),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range,
                new_text: offer.text.unwrap_or_else(|| offer.label.clone()),
            })),
            label: offer.label,
            ..CompletionItem::default()
        };
        offers.into_iter().enumerate().map(item).collect()
    }
}

/// What follows in a paragraph on some words, from the last of them, which may be half written: each time to
/// the end of the sentence. Without words every sentence.
fn goes_on(paragraph: &str, before: &str, word: &str) -> Vec<String> {
    let sentences: Vec<(usize, &str)> = paragraph.split_sentence_bound_indices().collect();
    if before.is_empty() && word.is_empty() {
        return sentences.iter().map(|(_, sentence)| sentence.trim().to_owned()).collect();
    }
    let mut found = Vec::new();
    let word = word.trim_start_matches(['“', '"', '‘']);
    // The cheap question first: this is asked at every key that is pressed.
    let begin = |at: &usize| paragraph[*at..].starts_with(word);
    for at in paragraph.unicode_word_indices().map(|(at, _)| at).filter(begin) {
        let head = || paragraph[..at].split_whitespace().collect::<Vec<_>>().join(" ");
        if before.is_empty() || head().ends_with(before) {
            let end = sentences.iter().map(|(start, one)| start + one.len()).find(|end| *end > at);
            let rest = paragraph[at..end.unwrap_or(paragraph.len())].trim_end();
            found.push(rest.to_owned());
        }
    }
    found.dedup();
    found
}

/// Words as they are put into a text in YAML that is begun.
fn escaped(words: &str, begun: &str) -> String {
    match begun.chars().next() {
        Some('"') => words.replace('\\', "\\\\").replace('"', "\\\""),
        Some('\'') => words.replace('\'', "''"),
        _ => words.to_owned(),
    }
}

/// The first words of a text.
pub fn first_words(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(FIRST_WORDS).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}

/// A text in at most sixty characters: its first and its last ones.
fn shortened(text: &str) -> String {
    let count = text.chars().count();
    match count > 60 {
        true => {
            let first: String = text.chars().take(36).collect();
            let last: String = text.chars().skip(count - 20).collect();
            format!("{first} … {last}")
        }
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_on_as_the_record_has_them() {
        let paragraph = "The guidance is clear. The guidance says “no” and means it.";
        assert_eq!(goes_on(paragraph, "", "").len(), 2);
        assert_eq!(
            goes_on(paragraph, "The", "gui"),
            ["guidance is clear.", "guidance says “no” and means it."]
        );
        assert_eq!(goes_on(paragraph, "guidance", "sa"), ["says “no” and means it."]);
        assert!(goes_on(paragraph, "guidance", "x").is_empty());
    }
}
