//! Room `render`: a theme and a view give the bytes of a page.

use crate::cards::{self, Card};
use crate::diagnostics::Diagnostic;
use crate::output::OutputFile;
use crate::pages::views::SiteView;
use crate::pages::{Composed, Composer, Evidence, Frame, Planned, Ready, ShareCard};
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
    evidence: Vec<OnceLock<Vec<OnceLock<Rendered>>>>,
    /// The place of all pages that list evidence.
    linker: Linker,
}

/// The component `evidence` of a note; or what is wrong with it, which is said of every page that shows it.
type Rendered = Result<Arc<str>, Box<Diagnostic>>;

impl<'s> Renderer<'s> {
    /// A renderer for the composer's site.
    pub fn new(theme: &'s Theme, composer: &'s Composer<'s>) -> Self {
        let site = Value::from_serializable(&site_view(theme, composer.frame()));
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

    fn evidence(&self, evidence: Evidence<'_>) -> Rendered {
        let render = || {
            let view = self.composer.frame().evidence(evidence, &self.linker);
            let mut arguments = Context::new();
            arguments.insert("evidence", &view);
            self.theme.component("evidence", &self.words, &arguments, &self.site, Content::Html)
        };
        let at = evidence.at();
        let count = self.composer.site.debates[at.debate].annotations.len();
        let cells = self.evidence[at.debate]
            .get_or_init(|| std::iter::repeat_with(OnceLock::new).take(count).collect());
        cells[at.note].get_or_init(render).clone()
    }

    /// The words of a page: in its own language, where it has one.
    fn words(&self, page: &dyn Ready) -> Arc<Words> {
        match page.language() {
            Some(language) => self.theme.words(&[language, &self.composer.config.language]),
            None => self.words.clone(),
        }
    }

    /// The template of a page: that of its kind where the theme has not the one that it asks for.
    fn template<'p>(&self, planned: &Planned, page: &'p dyn Ready) -> &'p str {
        let asked = page.template();
        if self.theme.has_template(asked) { asked } else { planned.page.template() }
    }

    /// The key of a page: its bytes are the same as long as this is.
    pub fn key(&self, planned: &Planned) -> Fingerprint {
        let page = self.composer.ready(planned);
        // Evidence is in the site's words; of a page in others, they are no part.
        let template = self.theme.key(self.template(planned, &*page), &self.words(&*page));
        Fingerprint::of_value(&(template, page.key()))
    }

    /// The file of a planned page; or what is wrong with the template, or with the component of the notes
    /// that it lists.
    pub fn page(&self, planned: &Planned) -> Result<OutputFile, Box<Diagnostic>> {
        let ready = self.composer.ready(planned);
        let words = self.words(&*ready);
        let faults = Mutex::new(Vec::new());
        let evidence = |evidence: Evidence<'_>| {
            self.evidence(evidence).unwrap_or_else(|fault| {
                faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
                "".into()
            })
        };
        let Composed { page, view } = ready.compose(words.wording(), &|path| words.text(path), &evidence);
        let faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(fault) = faults.into_iter().min_by(|a, b| a.order().cmp(&b.order())) {
            return Err(fault);
        }
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context.insert("page", &page);
        context.insert("view", &view);
        let mut bytes = Vec::with_capacity(128 << 10);
        self.theme.render(self.template(planned, &*ready), &words, context, &mut bytes)?;
        Ok(OutputFile { path: planned.address.output_path(), bytes })
    }

    /// What is wrong with a page, or with the words of its card, if anything is.
    pub fn fault(&self, planned: &Planned) -> Option<Diagnostic> {
        let page = self.page(planned).map(drop);
        let has_card = planned.share_card(self.composer.config).is_some();
        let card = || match has_card {
            true => {
                let page = self.composer.ready(planned);
                self.lines_of(&page.share_card(), &*page).map(drop)
            }
            false => Ok(()),
        };
        page.and_then(|()| card()).err().map(|fault| *fault)
    }

    /// The words of a card, a line for each part.
    fn lines_of(&self, card: &ShareCard, page: &dyn Ready) -> Result<Arc<str>, Box<Diagnostic>> {
        let mut arguments = Context::new();
        arguments.insert("card", &card.words);
        self.theme.component("share_card", &self.words(page), &arguments, &self.site, Content::Text)
    }

    /// The picture that is shown with links to a page that has one of its own; or what is wrong with the
    /// component that gives its words. It is the same as long as the page's key is.
    pub fn share_card(&self, planned: &Planned) -> Result<OutputFile, Box<Diagnostic>> {
        let page = self.composer.ready(planned);
        let card = page.share_card();
        let lines = self.lines_of(&card, &*page)?;
        let ShareCard { path, title, site, summary, lanes, .. } = card;
        let mut lines = lines.lines().map(str::trim);
        let mut next = || lines.next().unwrap_or_default();
        let card = Card {
            kind: next(),
            about: next(),
            counts: next(),
            foot: next(),
            mark: next(),
            site: &site,
            title: &title,
            summary: summary.as_deref().unwrap_or_default(),
            lanes: &lanes,
        };
        Ok(OutputFile { path, bytes: cards::print(&card) })
    }
}

fn site_view(theme: &Theme, frame: &Frame<'_>) -> SiteView {
    use crate::config::Drafts;
    use crate::pages::views::LinkView;
    let config = frame.config();
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
        as_of: frame.as_of().map(|day| day.to_string()),
        paragraph_numbers: config.paragraph_numbers,
        options: theme.options().clone(),
        record_licences: frame.licences().iter().cloned().collect(),
    }
}
