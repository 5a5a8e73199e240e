//! The glossary: terms and what they mean, by alphabet.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::json_ld::schema::*;
use crate::model::{Destination, GlossaryEntry, Site};
use crate::pages::author::Author;
use crate::pages::fragments;
use crate::pages::terms::term_id;
use crate::pages::views::{GlossaryEntryView, GlossaryView};
use crate::permalink::Entry;

/// The kind.
pub struct Glossary;

impl Kind for Glossary {
    type Inputs<'s> = &'s [GlossaryEntry];
    const NAME: &'static str = "glossary";
    const SECTION: Option<Section> =
        Some(Section { place: 9, is_there: |site, _| !site.glossary.is_empty() });

    fn plan(site: &Site, _: &Index, pages: &mut Pages<'_>) {
        if !site.glossary.is_empty() {
            pages.add(Entry::Glossary.address(), 0);
        }
    }

    fn source(_: &Site, _: &Index, _: usize) -> Option<Destination> {
        Some(Destination::Glossary)
    }

    fn inputs<'s>(from: &'s Composer<'s>, _: Page) -> &'s [GlossaryEntry] {
        &from.site.glossary
    }

    fn title(_: &&[GlossaryEntry], _: &Wording) -> Title {
        Title::Named(Self::NAME, 1)
    }

    fn has_code(entries: &&[GlossaryEntry]) -> bool {
        entries.iter().any(|entry| entry.definition.has_code)
    }

    fn view(entries: &&[GlossaryEntry], context: &Context<'_>) -> View {
        let entry = |entry: &GlossaryEntry| {
            let id = term_id(&entry.term);
            GlossaryEntryView {
                term: entry.term.clone(),
                definition_html: fragments::prose(&entry.definition, context.linker, &format!("{id}-")),
                id,
                aliases: entry.aliases.clone(),
            }
        };
        View::Glossary(GlossaryView { entries: entries.iter().map(entry).collect() })
    }

    fn works(entries: &&[GlossaryEntry], author: &Author<'_>) -> Vec<Node> {
        let term = |entry: &GlossaryEntry| Thing {
            kind: ThingType::DefinedTerm,
            name: entry.term.clone(),
            description: Some(entry.definition.plain.to_string()).filter(|text| !text.is_empty()),
            url: None,
        };
        let has_defined_term = entries.iter().map(term).collect();
        vec![Work { kind: WorkType::DefinedTermSet, has_defined_term, ..author.plain() }.into()]
    }
}
