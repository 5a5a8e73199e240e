//! An approved fact-check on a page of its own.

use super::{Composer, Context, Frame, Kind, Page, Pages, Title, View, Wording, kind_address};
use crate::index::Index;
use crate::json_ld::Node;
use crate::json_ld::schema::*;
use crate::model::Kind as NoteKind;
use crate::model::{Annotation, Attribution, Destination, Elided, Site};
use crate::pages::author::Author;
use crate::pages::inputs::Evidence;
use crate::pages::views::FactCheckView;
use crate::permalink::Address;
use crate::permalink::fact_check_address;
use jiff::civil::Date;

/// The word of the kind of notes.
const KIND: &str = "fact-check";

/// The kind.
pub struct FactCheck;

impl Kind for FactCheck {
    type Inputs<'s> = Evidence<'s>;
    const NAME: &'static str = "fact-check";

    fn plan(site: &Site, index: &Index, pages: &mut Pages<'_>) {
        for (at, note) in index.fact_checks.iter().enumerate() {
            let debate = &site.debates[note.debate];
            pages.add(fact_check_address(&debate.slug, &debate.annotations[note.note].id), at);
        }
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { at, .. }: Page) -> Evidence<'s> {
        from.evidence(from.index.fact_checks[at])
    }

    fn title(evidence: &Evidence<'_>, wording: &Wording) -> Title {
        let note = evidence.note();
        let cited = || wording.place(&evidence.cited(&note.passages));
        Title::Own(note.title.clone().unwrap_or_else(cited), 1)
    }

    fn description(evidence: &Evidence<'_>, _: &Frame<'_>) -> Option<String> {
        let words = evidence.runs().flat_map(|(_, passages)| evidence.quoted(passages)).next();
        words.map(|words| format!("“{}”", words.text))
    }

    fn list_above(_: &Evidence<'_>) -> Option<(&'static str, Address)> {
        Some((KIND, kind_address(KIND)))
    }

    fn has_code(evidence: &Evidence<'_>) -> bool {
        evidence.has_code()
    }

    fn view(evidence: &Evidence<'_>, context: &Context<'_>) -> View {
        let evidence = context.frame.evidence(*evidence, context.linker);
        View::FactCheck(Box::new(FactCheckView { evidence }))
    }

    fn works(evidence: &Evidence<'_>, author: &Author<'_>) -> Vec<Node> {
        let note = evidence.note();
        let work = Work {
            kind: WorkType::Article,
            headline: Some(author.name()),
            author: note.author.iter().map(|name| author.by(name)).collect(),
            date_published: published(note).map(|day| day.to_string()),
            about: author.subjects(&note.topics),
            license: author.licence(),
            ..author.plain()
        };
        std::iter::once(work.into()).chain(claim_review(*evidence, author)).collect()
    }
}

/// The review of a claim, for a fact-check that is on words of one speaker: what two said is no claim of
/// either.
fn claim_review(evidence: Evidence<'_>, author: &Author<'_>) -> Option<Node> {
    let note = evidence.note();
    let NoteKind::FactCheck(verdict) = note.kind else { return None };
    // Only what a quotation leaves out itself is marked: what stands apart is on lines of its own.
    let mut claim = String::new();
    for words in evidence.quoted(&note.passages) {
        match words.elided_before {
            _ if claim.is_empty() => {}
            Elided::Yes => claim.push_str(" [...] "),
            Elided::No => claim.push('\n'),
        }
        claim.push_str(&words.text);
    }
    let mut runs = evidence.runs().map(|(who, _)| who);
    let who = runs.next()?;
    if runs.any(|other| other.map(Attribution::key) != who.map(Attribution::key)) {
        return None;
    }
    let first = note.passages.first()?.paragraph;
    let paragraph = evidence.paragraph(first).0.to_string();
    let day = evidence.particulars().date;
    let alternate_name = (author.string)(&format!("verdicts.{}", verdict.word()));
    // Who reviews is the publisher, or the site where it names none.
    let reviewer = author.publisher().unwrap_or_else(|| Agent {
        url: Some(author.base.to_string()),
        ..Agent::named(AgentType::Organization, &author.frame.config().title)
    });
    Some(Node::Review(Box::new(ClaimReview {
        kind: ReviewType::ClaimReview,
        url: author.own.to_string(),
        claim_reviewed: claim,
        item_reviewed: Claim {
            kind: ReviewType::Claim,
            author: who.map(|who| author.speaker(who, day)),
            date_published: day.to_string(),
            appearance: Work {
                kind: WorkType::CreativeWork,
                name: Some(evidence.particulars().title.clone()),
                url: Some(author.to(&Destination::Debate(evidence.slug().clone(), Some(paragraph.into())))),
                ..Work::default()
            },
        },
        review_rating: Rating {
            kind: ReviewType::Rating,
            alternate_name: alternate_name.unwrap_or_else(|| verdict.word().to_owned()),
        },
        author: reviewer,
        date_published: published(note).map(|day| day.to_string()),
        in_language: Some(author.frame.config().language.clone()),
        citation: note
            .sources
            .iter()
            .map(|source| Work {
                kind: WorkType::CreativeWork,
                name: Some(source.title.clone()),
                url: source.url.clone(),
                publisher: source.publisher.as_ref().map(|name| Agent::named(AgentType::Organization, name)),
                ..Work::default()
            })
            .collect(),
    })))
}

/// The day of a fact-check: when it was reviewed, else the day it bears.
fn published(note: &Annotation) -> Option<Date> {
    note.reviewed.as_ref().and_then(|(_, on)| *on).or(note.date)
}
