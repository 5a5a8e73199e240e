//! Room `theme`: the templates, strings and assets of a theme and of the themes it inherits from.
//! It registers pure filters only: a template can read nothing that its view doesn't hold.

mod bounds;
mod choices;
mod closure;
mod errors;
mod filters;
mod held;
mod manifest;
mod outward;
mod words;

use crate::config::Config;
use crate::diagnostics::{self, Checked, Diagnostic};
use crate::load::{self, Embedded, Sources};
use crate::markdown::{self, Shade};
use crate::output::OutputFile;
use crate::text::{Fingerprint, SitePath, Source, lookups};
use crate::yaml;
use bounds::{Bound, Bounded};
use choices::Choices;
use closure::Closures;
use manifest::RawTheme;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tera::value::Key;
use tera::{Context, Tera, Value};

pub use manifest::CONTRACT;
pub use words::Words;

/// The theme that every other one inherits from.
const DEFAULT: &str = "default";
/// The language that every theme has words in, and that stands in for missing ones.
const ENGLISH: &str = "en";
/// The words of so many languages are kept at a time. Tags can be made up without end, and each has its
/// own copy of the templates; a page in one more has its words made for it alone.
const LANGUAGES: usize = 100;
/// How many themes may stand one on another.
const INHERITANCE_LIMIT: usize = 8;

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The files of `i18n/`, by their language in small letters.
    translations: BTreeMap<String, tera::Map>,
    /// The words of each language that a page was in, made once.
    words: Mutex<HashMap<String, Arc<Words>>>,
    options: BTreeMap<String, String>,
    assets: Vec<OutputFile>,
    /// The templates as read, by the name they are registered under: for messages.
    templates: BTreeMap<String, Source>,
    /// The same as Tera has them.
    bounds: BTreeMap<String, Bound>,
    closures: Closures,
    /// Whether a template that is not the program's own asks whether drafts are shown.
    asks_for_drafts: bool,
    /// The names of the templates, without their extension.
    names: BTreeSet<String>,
    choices: Choices,
}

/// What a component gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// HTML, in which what it is given is escaped.
    Html,
    /// Plain text.
    Text,
}

/// The files of one theme, by their path within its folder.
type Files = BTreeMap<String, (SitePath, Vec<u8>)>;

impl Theme {
    /// Loads the theme that the configuration names, with those it inherits from. A fault in a
    /// template is the author's: a diagnostic with the file, the line and the words.
    pub fn load(
        sources: &dyn Sources,
        paths: &[SitePath],
        config: &Config,
    ) -> io::Result<Checked<Option<Theme>>> {
        let mut remarks = Vec::new();
        let chain = chain(sources, paths, config, &mut remarks)?;
        held::hold(&chain, &mut remarks);
        let mut theme = Theme {
            tera: Tera::default(),
            translations: BTreeMap::new(),
            words: Mutex::default(),
            options: BTreeMap::new(),
            assets: Vec::new(),
            templates: BTreeMap::new(),
            bounds: BTreeMap::new(),
            names: BTreeSet::new(),
            choices: Choices::default(),
            asks_for_drafts: false,
            closures: Closures::default(),
        };
        let prefixes: Vec<String> = chain.iter().map(|(name, _)| format!("{name}/")).collect();
        theme.tera.set_fallback_prefixes(prefixes).expect("no template was added yet");
        let mut assets = BTreeMap::new();
        // The farthest ancestor first: what is nearer comes over it.
        for (name, files) in chain.iter().rev() {
            theme.read(name, files, &mut assets, &mut remarks);
        }
        theme.choices.hold(&theme.options, config, &mut remarks);
        for (key, value) in &config.theme_options {
            if theme.options.insert(key.clone(), value.clone()).is_none() {
                remarks
                    .push(diagnostics::unknown_theme_option(key, theme.options.keys().map(String::as_str)));
            }
        }
        // Templates are held against the filters that there are; each language has its own.
        filters::register(&mut theme.tera, &Arc::default());
        let code = format!(
            "@layer parts {{\n@media not (prefers-color-scheme: dark) {{\n{}}}\n@media (prefers-color-scheme: dark) {{\n{}}}\n}}\n",
            markdown::stylesheet(Shade::Light),
            markdown::stylesheet(Shade::Dark)
        );
        assets.entry("theme/code.css".to_owned()).or_insert_with(|| code.into_bytes());
        theme.assets = assets.into_iter().map(|(path, bytes)| OutputFile { path, bytes }).collect();
        theme.closures = Closures::new(&theme.templates);
        theme.bounds =
            theme.templates.iter().map(|(name, source)| (name.clone(), Bound::of(&source.text))).collect();
        let texts = theme.bounds.iter().map(|(name, bound)| (name.as_str(), bound.text.as_str()));
        let added = theme.tera.add_raw_templates(texts);
        let value = match added {
            Ok(()) => Some(theme),
            Err(error) => {
                remarks.push(theme.fault(&error));
                None
            }
        };
        Ok(Checked { value, diagnostics: remarks })
    }

    fn read(
        &mut self,
        name: &str,
        files: &Files,
        assets: &mut BTreeMap<String, Vec<u8>>,
        remarks: &mut Vec<Diagnostic>,
    ) {
        for (relative, (path, bytes)) in files {
            let text = |remarks: &mut Vec<Diagnostic>| match std::str::from_utf8(bytes) {
                Ok(text) => Some(Source::new(path.clone(), text)),
                Err(error) => {
                    remarks.push(diagnostics::not_utf8(path, bytes, error.valid_up_to()));
                    None
                }
            };
            // The program's own theme has its tests.
            let is_own = Embedded::has(path, bytes);
            if let Some(template) =
                relative.strip_prefix("templates/").and_then(|file| file.strip_suffix(".html"))
            {
                self.names.insert(template.to_owned());
            }
            if let Some(asset) = relative.strip_prefix("static/") {
                if !is_own && let Ok(words) = std::str::from_utf8(bytes) {
                    outward::of_asset(&Source::new(path.clone(), words), remarks);
                }
                assets.insert(format!("theme/{asset}"), bytes.clone());
            } else if let Some(template) =
                relative.strip_prefix("templates/").or_else(|| relative.strip_prefix("components/"))
            {
                if bytes.len() > bounds::LONGEST_TEMPLATE {
                    let limit = bounds::LONGEST_TEMPLATE as u64;
                    remarks.push(diagnostics::file_too_large(path, bytes.len() as u64, limit));
                } else if let Some(source) = text(remarks) {
                    if !is_own {
                        outward::of_template(&source, remarks);
                        self.asks_for_drafts |= source.text.contains("drafts");
                    }
                    self.templates.insert(format!("{name}/{template}"), source);
                }
            } else if relative == "theme.yaml" {
                if let Some(source) = text(remarks)
                    && let Some((raw, node)) = manifest::read(&source, remarks)
                {
                    self.choices.take(&raw, &node, &source);
                    self.options.extend(raw.options);
                }
            } else if let Some(tag) =
                relative.strip_prefix("i18n/").and_then(|file| file.strip_suffix(".yaml"))
                && let Some(source) = text(remarks)
            {
                let strings = self.translations.entry(tag.to_ascii_lowercase()).or_default();
                if let Some(node) = yaml::parse(&source, yaml::Unit::File).take(remarks)
                    && let Some(value) =
                        yaml::decode::<serde_json::Value>(&node, &source, "the words of a language")
                            .take(remarks)
                {
                    merge(strings, &Value::from_serializable(&value));
                }
            }
        }
    }

    /// The words for a page that would be in one of these languages, the first of them that the theme has
    /// words in; English where it has none.
    pub fn words(&self, wanted: &[&str]) -> Arc<Words> {
        let has = |language: &&&str| {
            lookups(language).iter().any(|language| self.translations.contains_key(language))
        };
        let language = wanted.iter().find(has).copied().unwrap_or(ENGLISH);
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = words.get(language) {
            return known.clone();
        }
        let made = Arc::new(Words::new(language, &self.translations, &self.tera));
        if words.len() < LANGUAGES {
            words.insert(language.to_owned(), made.clone());
        }
        made
    }

    /// Renders a template with what the context holds, besides the theme's own strings.
    pub fn render(
        &self,
        template: &str,
        words: &Words,
        mut context: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), Box<Diagnostic>> {
        context.insert_value("t", words.strings.clone());
        let name = format!("{template}.html");
        bounds::begin_page();
        words
            .tera
            .render_to(&name, &context, &mut Bounded { out })
            .map_err(|error| Box::new(self.fault(&error)))
    }

    /// What is wrong with a template.
    fn fault(&self, error: &tera::Error) -> Diagnostic {
        errors::diagnostic(error, &self.templates, &self.bounds)
    }

    /// Renders a component with these arguments. `site` and the theme's strings are there as in a
    /// template; `page` is not, for the component stands on several.
    pub fn component(
        &self,
        name: &str,
        words: &Words,
        arguments: &Context,
        site: &Value,
        content: Content,
    ) -> Result<Arc<str>, Box<Diagnostic>> {
        bounds::begin_page();
        let mut implicits = Context::new();
        implicits.insert_value("site", site.clone());
        implicits.insert_value("t", words.strings.clone());
        let escaped = content == Content::Html;
        let rendered = words.tera.render_component_with_implicits(name, arguments, &implicits, None, escaped);
        rendered.map(Arc::from).map_err(|error| Box::new(self.fault(&error)))
    }

    /// Whether a template that is not the program's own asks whether drafts are shown.
    pub fn asks_for_drafts(&self) -> bool {
        self.asks_for_drafts
    }

    /// Whether there is a template of this name, without its extension.
    pub fn has_template(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// The names of its templates.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// What a template's output depends on besides its view: the files that it reaches, the strings, the
    /// options. Lists of evidence show the component `evidence` too, and cards the component `share_card`,
    /// which no template names.
    pub fn key(&self, template: &str, words: &Words) -> Fingerprint {
        let reached =
            [&format!("{template}.html"), "evidence", "share_card"].map(|name| self.closures.of(name));
        Fingerprint::of_value(&(reached, &self.options, words.key))
    }

    /// The theme's files that are copied as they are, and the style sheet for highlighted code.
    pub fn assets(&self) -> &[OutputFile] {
        &self.assets
    }

    /// The options, with what the site chose over the theme's own values.
    pub fn options(&self) -> &BTreeMap<String, String> {
        &self.options
    }
}

/// Puts `over` over `base`, map by map. The forms of a count are one thing: those of another language
/// would not fit among them.
fn merge(base: &mut tera::Map, over: &Value) {
    let Some(over) = over.as_map() else { return };
    for (key, value) in over {
        match (base.get(key).and_then(Value::as_map).cloned(), value.as_map()) {
            (Some(mut inner), Some(over)) if !over.contains_key(&Key::Str("other")) => {
                merge(&mut inner, value);
                base.insert(key.clone(), Value::from(inner));
            }
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

/// The theme and its ancestors, the nearest first; the default theme is always the last.
fn chain(
    sources: &dyn Sources,
    paths: &[SitePath],
    config: &Config,
    remarks: &mut Vec<Diagnostic>,
) -> io::Result<Vec<(String, Files)>> {
    let mut chain: Vec<(String, Files)> = Vec::new();
    let mut name = config.theme.clone();
    while name != DEFAULT {
        let files = files_of(sources, paths, &name)?;
        if files.is_empty()
            || chain.len() == INHERITANCE_LIMIT
            || chain.iter().any(|(known, _)| *known == name)
        {
            let known = themes(paths);
            remarks.push(diagnostics::unknown_theme(&name, known.iter().map(String::as_str)));
            break;
        }
        let parent = files.get("theme.yaml").and_then(|(path, bytes)| {
            // What is wrong with it is said where it is read.
            let source = Source::new(path.clone(), std::str::from_utf8(bytes).ok()?);
            let node = yaml::parse(&source, yaml::Unit::File).value?;
            yaml::decode::<RawTheme>(&node, &source, "theme.yaml").value?.extends
        });
        chain.push((name, files));
        name = parent.unwrap_or_else(|| DEFAULT.to_owned());
    }
    let mut default: Files = BTreeMap::new();
    let prefix = format!("themes/{DEFAULT}/");
    for (path, bytes) in Embedded::files() {
        if let Some(relative) = path.as_str().strip_prefix(&prefix).map(str::to_owned) {
            default.insert(relative, (path, bytes.to_vec()));
        }
    }
    // A site that lays the default theme out in its own folder works on that copy.
    default.extend(files_of(sources, paths, DEFAULT)?);
    chain.push((DEFAULT.to_owned(), default));
    Ok(chain)
}

fn themes(paths: &[SitePath]) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = paths
        .iter()
        .filter_map(|path| Some(path.as_str().strip_prefix("themes/")?.split_once('/')?.0.to_owned()))
        .collect();
    names.insert(DEFAULT.to_owned());
    names
}

fn files_of(sources: &dyn Sources, paths: &[SitePath], theme: &str) -> io::Result<Files> {
    let prefix = format!("themes/{theme}/");
    let mut files = BTreeMap::new();
    for path in paths {
        if let Some(relative) = path.as_str().strip_prefix(&prefix) {
            let bytes = sources.read(path)?;
            if bytes.len() as u64 <= load::TRANSCRIPT_LIMIT {
                files.insert(relative.to_owned(), (path.clone(), bytes));
            }
        }
    }
    Ok(files)
}
