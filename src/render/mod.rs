//! Room `render`: a theme and a view give the bytes of a page.

use crate::cards::{self, Card};
use crate::diagnostics::Diagnostic;
use crate::output::OutputFile;
use crate::pages::views::SiteView;
use crate::pages::{Composed, Composer, NoteRef, Page, Planned, ShareCard};
use crate::permalink::{Address, Linker};
use crate::text::Fingerprint;
use crate::theme::{Content, Theme, Words};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tera::{Context, Value};

/// Renders the pages of one site with one theme.
pub struct Renderer<'s> {
    theme: &'s Theme,
    composer: &'s Composer<'s>,
    /// The words of pages in the site's language.
    words: Arc<Words>,
    /// What every page shows of the site, made once.
    site: Value,
    /// The component `evidence` of each note, by debate: it stands on the pages of its topics, its
    /// kind and its speaker, all two folders deep, and is rendered when the first of them wants it.
    evidence: Vec<OnceLock<Vec<OnceLock<Evidence>>>>,
    /// The place of all pages that list evidence.
    linker: Linker,
}

/// The component `evidence` of a note; or what is wrong with it, which is said of every page that shows it.
type Evidence = Result<Arc<str>, Box<Diagnostic>>;

impl<'s> Renderer<'s> {
    /// A renderer for the composer's site.
    pub fn new(theme: &'s Theme, composer: &'s Composer<'s>) -> Self {
        let site = Value::from_serializable(&site_view(theme, composer));
        let words = theme.words(&[&composer.config.language]);
        Renderer {
            theme,
            composer,
            site,
            evidence: composer.site.debates.iter().map(|_| OnceLock::new()).collect(),
            linker: Linker::new(composer.config, &Address::folder(&["topics", "any"]))
                .worded(words.wording()),
            words,
        }
    }

    /// What views are made with.
    pub fn composer(&self) -> &Composer<'s> {
        self.composer
    }

    fn evidence(&self, at: NoteRef) -> Evidence {
        let render = || {
            let (debate, note) = self.composer.note_at(at);
            let view = self.composer.evidence(debate, note, &self.linker);
            let mut arguments = Context::new();
            arguments.insert("evidence", &view);
            self.theme.component("evidence", &self.words, &arguments, &self.site, Content::Html)
        };
        let count = self.composer.site.debates[at.debate].annotations.len();
        let cells = self.evidence[at.debate]
            .get_or_init(|| std::iter::repeat_with(OnceLock::new).take(count).collect());
        cells[at.note].get_or_init(render).clone()
    }

    fn words(&self, planned: &Planned) -> Arc<Words> {
        match self.composer.language_of_page(planned) {
            Some(language) => self.theme.words(&[language, &self.composer.config.language]),
            None => self.words.clone(),
        }
    }

    /// The key of a page: its bytes are the same as long as this is.
    pub fn key(&self, planned: &Planned) -> Fingerprint {
        // Evidence is in the site's words; of a page in others, they are no part.
        let template = self.theme.key(planned.page.template(), &self.words(planned));
        Fingerprint::of_value(&(template, self.composer.key(planned)))
    }

    /// The file of a planned page; or what is wrong with the template, or with the component of the notes
    /// that it lists.
    pub fn page(&self, planned: &Planned) -> Result<OutputFile, Box<Diagnostic>> {
        let words = self.words(planned);
        let faults = Mutex::new(Vec::new());
        let evidence = |at| {
            self.evidence(at).unwrap_or_else(|fault| {
                faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
                "".into()
            })
        };
        let Composed { mut page, view } = self.composer.compose(planned, words.wording(), &evidence);
        let faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(fault) = faults.into_iter().min_by(|a, b| a.order().cmp(&b.order())) {
            return Err(fault);
        }
        page.json_ld = self.composer.json_ld(planned, &page, &|path| words.text(path));
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context.insert("page", &page);
        context.insert("view", &view);
        let mut bytes = Vec::with_capacity(32 << 10);
        self.theme.render(planned.page.template(), &words, context, &mut bytes)?;
        Ok(OutputFile { path: planned.address.output_path(), bytes })
    }

    /// What is wrong with a page, or with the words of its card, if anything is.
    pub fn fault(&self, planned: &Planned) -> Option<Diagnostic> {
        let page = self.page(planned).map(drop);
        let has_card = planned.share_card(self.composer.config).is_some();
        let card = || match has_card {
            true => self.lines_of(&self.composer.share_card(planned), planned).map(drop),
            false => Ok(()),
        };
        page.and_then(|()| card()).err().map(|fault| *fault)
    }

    /// The words of a card, a line for each part.
    fn lines_of(&self, card: &ShareCard, planned: &Planned) -> Result<Arc<str>, Box<Diagnostic>> {
        let mut arguments = Context::new();
        arguments.insert("card", &card.words);
        self.theme.component("share_card", &self.words(planned), &arguments, &self.site, Content::Text)
    }

    /// The picture that is shown with links to a page that has one of its own; or what is wrong with the
    /// component that gives its words. It is the same as long as the page's key is.
    pub fn share_card(&self, planned: &Planned) -> Result<OutputFile, Box<Diagnostic>> {
        let card = self.composer.share_card(planned);
        let lines = self.lines_of(&card, planned)?;
        let ShareCard { path, title, summary, lanes, .. } = card;
        let mut lines = lines.lines().map(str::trim);
        let mut next = || lines.next().unwrap_or_default();
        let card = Card {
            kind: next(),
            about: next(),
            counts: next(),
            foot: next(),
            mark: next(),
            // The home page's title is the site's.
            site: if planned.page == Page::Home { "" } else { &self.composer.config.title },
            title: &title,
            summary: summary.as_deref().unwrap_or_default(),
            lanes: &lanes,
        };
        Ok(OutputFile { path, bytes: cards::print(&card) })
    }
}

fn site_view(theme: &Theme, composer: &Composer<'_>) -> SiteView {
    use crate::config::Drafts;
    use crate::pages::views::LinkView;
    let config = composer.config;
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        publisher: config
            .publisher
            .as_ref()
            .map(|(name, url)| LinkView { label: name.clone(), href: url.clone() }),
        licence: config.licence.clone(),
        drafts: config.drafts == Drafts::Shown,
        as_of: composer.site.as_of.map(|day| day.to_string()),
        paragraph_numbers: config.paragraph_numbers,
        options: theme.options().clone(),
        record_licences: composer.index.licences.iter().cloned().collect(),
    }
}
