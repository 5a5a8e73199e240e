//! What readers can see: the one place that decides it. A published text points at nothing that is not
//! published: neither the way nor the title of a draft gets on a page.

use super::embargo;
use super::settle::Settler;
use super::values::standing;
use crate::config::{Config, Drafts, Publish};
use crate::content::{RawBriefing, RawStanding, Written};
use crate::diagnostics::{self, Diagnostic, Place};
use crate::model::{BriefingSlug, Destination, Hidden, Standing};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What of a site, beside its debates and their notes, readers can't see.
#[derive(Debug, Default, Hash)]
pub struct Published {
    briefings: BTreeMap<BriefingSlug, Hidden>,
    glossary: Glossary,
    /// The address of the site: what begins with it leads into the site, too.
    base_url: Option<String>,
}

#[derive(Debug, Default, Hash, PartialEq)]
enum Glossary {
    #[default]
    Published,
    Missing,
}

impl Published {
    /// What is hidden of these briefings; `terms` is how many terms the glossary has.
    pub fn new(
        briefings: &BTreeMap<BriefingSlug, Arc<Written<RawBriefing>>>,
        terms: usize,
        config: &Config,
    ) -> Self {
        let hidden = briefings
            .iter()
            .filter_map(|(slug, written)| Some((slug.clone(), briefing(written, config, &mut Vec::new())?)));
        Published {
            briefings: hidden.collect(),
            glossary: if terms == 0 { Glossary::Missing } else { Glossary::Published },
            base_url: config.base_url.as_ref().map(ToString::to_string),
        }
    }

    /// The address of the site, where it has one.
    pub(super) fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }
}

/// Why something of this standing is not for readers; `None` where it is.
pub fn by_standing(standing: Standing, config: &Config) -> Option<Hidden> {
    match (config.drafts, standing) {
        (_, Standing::Approved | Standing::Retracted) | (Drafts::Shown, _) => None,
        (Drafts::Hidden, Standing::InReview) => {
            (config.publish == Publish::Approved).then_some(Hidden::InReview)
        }
        (Drafts::Hidden, Standing::Draft) => Some(Hidden::Draft),
    }
}

/// Why something that has an embargo is not for readers.
pub fn by_embargo(
    text: Option<&str>,
    config: &Config,
    place: impl FnOnce() -> Place,
    remarks: &mut Vec<Diagnostic>,
) -> Option<Hidden> {
    let closed = embargo::is_closed(text, config.as_of, place, remarks);
    (closed && config.drafts == Drafts::Hidden).then_some(Hidden::Embargoed)
}

/// Why a briefing is not for readers.
pub fn briefing(
    written: &Written<RawBriefing>,
    config: &Config,
    remarks: &mut Vec<Diagnostic>,
) -> Option<Hidden> {
    let RawBriefing { status, embargo, expires, .. } = &written.raw;
    let standing = status.map_or(Standing::Draft, standing);
    let embargoed = by_embargo(embargo.as_deref(), config, || written.place(&["embargo"]), remarks);
    let expired = embargo::is_past(expires.as_deref(), config.as_of, || written.place(&["expires"]), remarks);
    let expired = (expired && config.drafts == Drafts::Hidden).then_some(Hidden::Expired);
    let retracted = (standing == Standing::Retracted).then_some(Hidden::Retracted);
    by_standing(standing, config).or(retracted).or(embargoed).or(expired)
}

/// Why the file of a topic, a person or a page is not for readers. One that says nothing of it is.
pub fn by_status(status: Option<RawStanding>, config: &Config) -> Option<Hidden> {
    let standing = file_standing(status);
    by_standing(standing, config).or((standing == Standing::Retracted).then_some(Hidden::Retracted))
}

/// How far the work on such a file has come.
pub fn file_standing(status: Option<RawStanding>) -> Standing {
    status.map_or(Standing::Approved, standing)
}

/// The dates of a briefing that can only be judged on a day.
pub fn dates_of_briefing(written: &Written<RawBriefing>) -> impl Iterator<Item = String> {
    let RawBriefing { embargo, expires, .. } = &written.raw;
    let dates = [("embargo", embargo), ("expires", expires)];
    dates
        .into_iter()
        .filter_map(|(key, date)| Some(format!("{}: `{key}: {}`", written.source.path, date.as_deref()?)))
}

impl Settler<'_> {
    /// Whether the text that is being settled may point at `destination`: reports it where readers can't
    /// see that. `target` is how it is written.
    pub(super) fn may_point_at(
        &self,
        destination: &Destination,
        target: &str,
        place: &dyn Fn() -> Place,
        remarks: &mut Vec<Diagnostic>,
    ) -> bool {
        // What readers can't see may point where it likes; it is judged once it is published.
        if self.text().is_some() {
            return true;
        }
        let published = self.published();
        let hidden = match destination {
            Destination::Debate(slug, fragment) => {
                let Some(volume) = self.volume(slug) else { return true };
                if let Some(hidden) = volume.debate.particulars.hidden {
                    Some(("a debate", hidden))
                } else {
                    let id = fragment.as_deref().and_then(|fragment| fragment.strip_prefix("n-"));
                    let note = id.and_then(|id| volume.note(id)).map(|at| &volume.debate.annotations[at]);
                    if note.is_some_and(|note| note.standing == Standing::Retracted) {
                        remarks.push(diagnostics::link_to_withdrawn(place(), target));
                    }
                    id.and_then(|id| volume.hidden(id)).map(|hidden| ("a note", hidden))
                }
            }
            Destination::Briefing(slug, _) => {
                published.briefings.get(slug).map(|hidden| ("a briefing", *hidden))
            }
            Destination::Topic(slug) => {
                self.names().hidden.topics.get(slug).map(|hidden| ("a topic", *hidden))
            }
            Destination::Person(slug) => {
                self.names().hidden.people.get(slug).map(|hidden| ("a person", *hidden))
            }
            Destination::Page(slug, _) => {
                self.names().hidden.pages.get(slug).map(|hidden| ("a page", *hidden))
            }
            Destination::Glossary if published.glossary == Glossary::Missing => {
                remarks.push(diagnostics::broken_link(place(), target));
                return false;
            }
            _ => None,
        };
        if let Some((what, hidden)) = hidden {
            remarks.push(diagnostics::unpublished_link(place(), target, what, hidden.why()));
        }
        hidden.is_none()
    }
}
