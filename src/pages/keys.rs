//! Keys of pages: what a page's bytes depend on, hashed before any view exists. Two plans' pages with
//! one key have the same view. Of long pages the key is made from the fingerprints of their parts; the
//! others are few and short, and their key is that of the view itself.

use super::amendments::paragraph_of;
use super::compose::Composer;
use super::index::{Amendment, NoteRef, PersonEntry, TopicEntry};
use super::{Page, Planned, page_of};
use crate::model::Particulars;
use crate::permalink::cited;
use crate::text::{Digest, Fingerprint};
use std::hash::Hash;
use std::sync::Arc;

impl Composer<'_> {
    /// The key of a page's view.
    pub fn key(&self, planned: &Planned) -> Fingerprint {
        let mut digest = Digest::default();
        (self.ground(), planned.address.as_str()).hash(&mut digest);
        let debates = &self.site.debates;
        match planned.page {
            Page::Debate(at) => {
                debates[at].parts().whole.hash(&mut digest);
                self.terms().fingerprint().hash(&mut digest);
                // The list runs from the latest to the earliest; both neighbours are told of.
                for next in [at.checked_add(1), at.checked_sub(1)] {
                    let debate = next.and_then(|next| debates.get(next));
                    let named = debate.map(|debate| {
                        let Particulars { title, language, date, .. } = &debate.particulars;
                        (&debate.slug, title, language, date)
                    });
                    named.hash(&mut digest);
                }
            }
            Page::Debates(number) => {
                debates.len().hash(&mut digest);
                for debate in page_of(debates, number) {
                    debate.parts().card.hash(&mut digest);
                }
            }
            Page::Topic(at, number) => {
                let topic = &self.site.topics[at];
                let none = TopicEntry::default();
                let entry = self.index.topics.get(&topic.slug).unwrap_or(&none);
                (topic, entry.debates).hash(&mut digest);
                self.notes(&entry.notes, number, &mut digest);
            }
            Page::Person(at, number) => {
                let person = &self.site.people[at];
                let none = PersonEntry::default();
                let PersonEntry { debates: spoken_in, notes, mentioned, owed } =
                    self.index.people.get(&person.slug).unwrap_or(&none);
                person.hash(&mut digest);
                self.notes(notes, number, &mut digest);
                (spoken_in.len(), mentioned.len(), owed.len()).hash(&mut digest);
                for &at in page_of(spoken_in, number) {
                    debates[at].parts().card.hash(&mut digest);
                }
                self.evidence_keys(page_of(mentioned, number), &mut digest);
                self.evidence_keys(page_of(owed, number), &mut digest);
            }
            Page::Kind(kind, number) => {
                let notes = self.index.kinds.get(kind).map_or(&[][..], Vec::as_slice);
                (kind, notes.len()).hash(&mut digest);
                self.evidence_keys(page_of(notes, number), &mut digest);
            }
            Page::Commitments(number) => {
                let notes = &self.index.commitments;
                (notes.len(), self.index.has_due_dates(self.site)).hash(&mut digest);
                self.evidence_keys(page_of(notes, number), &mut digest);
            }
            Page::FactCheck(at) => self.evidence_key(at).hash(&mut digest),
            Page::Corrections(number) => {
                let amendments = &self.index.amendments;
                amendments.len().hash(&mut digest);
                for amendment in page_of(amendments, number) {
                    match *amendment {
                        Amendment::Withdrawal(at) => self.evidence_key(at).hash(&mut digest),
                        Amendment::Correction(at, number) => {
                            let debate = &debates[at];
                            let correction = &debate.corrections[number];
                            let place = cited(debate, paragraph_of(debate, correction.of).as_slice());
                            (debate.parts().card, correction, place).hash(&mut digest);
                        }
                    }
                }
            }
            Page::Unplaced(number) => {
                let unplaced = &self.index.unplaced;
                unplaced.len().hash(&mut digest);
                for &(at, number) in page_of(unplaced, number) {
                    (debates[at].parts().card, &debates[at].unplaced[number]).hash(&mut digest);
                }
            }
            Page::Home
            | Page::Topics
            | Page::People(_)
            | Page::Briefings
            | Page::Briefing(_)
            | Page::Annotations
            | Page::Glossary
            | Page::Search
            | Page::Text(_)
            | Page::Moved(_)
            | Page::NotFound => {
                // What a page is worded in is in the key of its template.
                let composed = self
                    .compose(planned, &Arc::default(), &|at| format!("{:?}", self.evidence_key(at)).into());
                self.json_ld(planned, &composed.page, &|_| None).hash(&mut digest);
                let view = serde_json::to_vec(&composed).expect("views are plain values");
                view.hash(&mut digest);
            }
        }
        digest.finish()
    }

    /// A page of a list of notes. The first page of a topic or a person tells of all of them.
    fn notes(&self, notes: &[NoteRef], number: usize, digest: &mut Digest) {
        notes.len().hash(digest);
        self.evidence_keys(if number == 1 { notes } else { page_of(notes, number) }, digest);
    }

    fn evidence_keys(&self, notes: &[NoteRef], digest: &mut Digest) {
        for &at in notes {
            self.evidence_key(at).hash(digest);
        }
    }

    fn evidence_key(&self, at: NoteRef) -> Fingerprint {
        self.site.debates[at.debate].parts().evidence[at.note]
    }

    /// What any page may show: the configuration, the frame of all pages, and the names of people and
    /// topics, which notes and speakers lead to.
    fn ground(&self) -> Fingerprint {
        *self.ground.get_or_init(|| {
            let mut digest = Digest::default();
            (self.config, self.site.as_of, &self.index.licences).hash(&mut digest);
            let sections = [
                self.site.briefings.is_empty(),
                self.site.glossary.is_empty(),
                self.index.commitments.is_empty(),
                self.index.amendments.is_empty(),
                self.index.unplaced.is_empty(),
            ];
            sections.hash(&mut digest);
            for text in &self.site.pages {
                (&text.slug, &text.title).hash(&mut digest);
            }
            for topic in &self.site.topics {
                (&topic.slug, &topic.title).hash(&mut digest);
            }
            for person in &self.site.people {
                (&person.slug, &person.name, &person.aliases).hash(&mut digest);
                (&person.offices, &person.parties, &person.constituencies).hash(&mut digest);
            }
            digest.finish()
        })
    }
}
