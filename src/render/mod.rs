//! Room `render`: a theme and a view give the bytes of a page.

use crate::diagnostics::Diagnostic;
use crate::output::OutputFile;
use crate::pages::views::SiteView;
use crate::pages::{Composed, Composer, Planned};
use crate::theme::Theme;
use tera::{Context, Value};

/// Renders the pages of one site with one theme.
pub struct Renderer<'s> {
    theme: &'s Theme,
    composer: &'s Composer<'s>,
    /// What every page shows of the site, made once.
    site: Value,
}

impl<'s> Renderer<'s> {
    /// A renderer for the composer's site.
    pub fn new(theme: &'s Theme, composer: &'s Composer<'s>) -> Self {
        let site = Value::from_serializable(&site_view(theme, composer));
        Renderer { theme, composer, site }
    }

    /// The file of a planned page; or what is wrong with the template.
    pub fn page(&self, planned: &Planned) -> Result<OutputFile, Box<Diagnostic>> {
        let Composed { page, view } = self.composer.compose(planned);
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context.insert("page", &page);
        context.insert("view", &view);
        let mut bytes = Vec::with_capacity(32 << 10);
        self.theme.render(planned.page.template(), context, &mut bytes)?;
        Ok(OutputFile { path: planned.address.output_path(), bytes })
    }
}

fn site_view(theme: &Theme, composer: &Composer<'_>) -> SiteView {
    use crate::config::Drafts;
    use crate::pages::views::LinkView;
    let config = composer.config;
    let mut licences: Vec<String> = Vec::new();
    for debate in &composer.site.debates {
        if let Some(licence) =
            debate.particulars.obtained.as_ref().and_then(|obtained| obtained.licence.as_ref())
            && !licences.contains(licence)
        {
            licences.push(licence.clone());
        }
    }
    licences.sort();
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
        record_licences: licences,
    }
}
