//! Room `theme`: the templates, strings and assets of a theme and of the themes it inherits from.
//! It registers pure filters only: a template can read nothing that its view doesn't hold.

mod closure;
mod errors;
mod filters;
mod manifest;

use crate::config::Config;
use crate::diagnostics::{self, Checked, Diagnostic, Place};
use crate::load::{self, Embedded, Sources};
use crate::markdown::{self, Shade};
use crate::output::OutputFile;
use crate::text::{Fingerprint, SitePath, Source};
use closure::Closures;
use manifest::RawTheme;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use tera::{Context, Tera, Value};

pub use manifest::CONTRACT;

/// The theme that every other one inherits from.
const DEFAULT: &str = "default";
/// How many themes may stand one on another.
const INHERITANCE_LIMIT: usize = 8;

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    strings: Value,
    options: BTreeMap<String, String>,
    assets: Vec<OutputFile>,
    /// The templates as read, by the name they are registered under: for messages.
    templates: BTreeMap<String, Source>,
    closures: Closures,
    /// The strings and options as given to templates.
    ground: Fingerprint,
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
        let mut theme = Theme {
            tera: Tera::default(),
            strings: Value::none(),
            options: BTreeMap::new(),
            assets: Vec::new(),
            templates: BTreeMap::new(),
            closures: Closures::default(),
            ground: Fingerprint::of(b""),
        };
        let prefixes: Vec<String> = chain.iter().map(|(name, _)| format!("{name}/")).collect();
        theme.tera.set_fallback_prefixes(prefixes).expect("no template was added yet");
        let mut assets = BTreeMap::new();
        let mut strings = tera::Map::default();
        // The farthest ancestor first: what is nearer comes over it.
        for (name, files) in chain.iter().rev() {
            theme.read(name, files, config, &mut assets, &mut strings, &mut remarks);
        }
        for (key, value) in &config.theme_options {
            if theme.options.insert(key.clone(), value.clone()).is_none() {
                remarks
                    .push(diagnostics::unknown_theme_option(key, theme.options.keys().map(String::as_str)));
            }
        }
        theme.strings = Value::from(strings);
        filters::register(&mut theme.tera, &theme.strings);
        let code = format!(
            "@media not (prefers-color-scheme: dark) {{\n{}}}\n@media (prefers-color-scheme: dark) {{\n{}}}\n",
            markdown::stylesheet(Shade::Light),
            markdown::stylesheet(Shade::Dark)
        );
        assets.entry("theme/code.css".to_owned()).or_insert_with(|| code.into_bytes());
        theme.assets = assets.into_iter().map(|(path, bytes)| OutputFile { path, bytes }).collect();
        theme.closures = Closures::new(&theme.templates);
        let strings = serde_json::to_vec(&theme.strings).expect("strings are plain values");
        theme.ground = Fingerprint::of_value(&(strings, &theme.options));
        let texts: Vec<(String, String)> =
            theme.templates.iter().map(|(name, source)| (name.clone(), source.text.to_string())).collect();
        let added =
            theme.tera.add_raw_templates(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let value = match added {
            Ok(()) => Some(theme),
            Err(error) => {
                remarks.push(errors::diagnostic(&error, &theme.templates));
                None
            }
        };
        Ok(Checked { value, diagnostics: remarks })
    }

    fn read(
        &mut self,
        name: &str,
        files: &Files,
        config: &Config,
        assets: &mut BTreeMap<String, Vec<u8>>,
        strings: &mut tera::Map,
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
            if let Some(asset) = relative.strip_prefix("static/") {
                assets.insert(format!("theme/{asset}"), bytes.clone());
            } else if let Some(template) =
                relative.strip_prefix("templates/").or_else(|| relative.strip_prefix("components/"))
            {
                if let Some(source) = text(remarks) {
                    self.templates.insert(format!("{name}/{template}"), source);
                }
            } else if relative == "theme.yaml" {
                if let Some(source) = text(remarks)
                    && let Some(raw) = manifest::read(&source, remarks)
                {
                    self.options.extend(raw.options);
                }
            } else if relative.strip_prefix("i18n/").is_some_and(|file| is_language(file, &config.language))
                && let Some(source) = text(remarks)
            {
                match serde_yaml::from_str::<serde_json::Value>(&source.text) {
                    Ok(value) => merge(strings, &Value::from_serializable(&value)),
                    Err(error) => {
                        remarks.push(diagnostics::yaml_syntax(Place::file(&source), error.to_string()))
                    }
                }
            }
        }
    }

    /// Renders a template with what the context holds, besides the theme's own strings.
    pub fn render(
        &self,
        template: &str,
        mut context: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), Box<Diagnostic>> {
        context.insert_value("t", self.strings.clone());
        let name = format!("{template}.html");
        self.tera
            .render_to(&name, &context, out)
            .map_err(|error| Box::new(errors::diagnostic(&error, &self.templates)))
    }

    /// Renders a component with these arguments. `site` and the theme's strings are there as in a
    /// template; `page` is not, for the component stands on several.
    pub fn component(
        &self,
        name: &str,
        arguments: &Context,
        site: &Value,
    ) -> Result<Arc<str>, Box<Diagnostic>> {
        let mut implicits = Context::new();
        implicits.insert_value("site", site.clone());
        implicits.insert_value("t", self.strings.clone());
        let rendered = self.tera.render_component_with_implicits(name, arguments, &implicits, None, true);
        rendered.map(Arc::from).map_err(|error| Box::new(errors::diagnostic(&error, &self.templates)))
    }

    /// What a template's output depends on besides its view: the files that it reaches, the strings, the
    /// options. Lists of evidence show the component `evidence` too, which no template names.
    pub fn key(&self, template: &str) -> Fingerprint {
        let reached = [self.closures.of(&format!("{template}.html")), self.closures.of("evidence")];
        Fingerprint::of_value(&(reached, self.ground))
    }

    /// The theme's files that are copied as they are, and the style sheet for highlighted code.
    pub fn assets(&self) -> &[OutputFile] {
        &self.assets
    }

    /// A string of the theme, by its path: `titles.debates`.
    pub fn wording(&self, path: &str) -> Option<String> {
        self.strings.get_from_path(path).and_then(Value::as_str).map(str::to_owned)
    }

    /// The options, with what the site chose over the theme's own values.
    pub fn options(&self) -> &BTreeMap<String, String> {
        &self.options
    }
}

/// Whether a file of `i18n/` is for this language: `en.yaml` always, as the ground for others; else
/// the language itself or its primary part.
fn is_language(file: &str, language: &str) -> bool {
    let stem = file.strip_suffix(".yaml").unwrap_or("");
    let primary = language.split('-').next().unwrap_or(language);
    stem == "en" || stem == language || stem == primary
}

/// Puts `over` over `ground`, map by map.
fn merge(ground: &mut tera::Map, over: &Value) {
    let Some(over) = over.as_map() else { return };
    for (key, value) in over {
        match (ground.get(key).and_then(Value::as_map).cloned(), value.as_map()) {
            (Some(mut inner), Some(_)) => {
                merge(&mut inner, value);
                ground.insert(key.clone(), Value::from(inner));
            }
            _ => {
                ground.insert(key.clone(), value.clone());
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
            let text = std::str::from_utf8(bytes).ok()?;
            serde_yaml::from_str::<RawTheme>(&Source::new(path.clone(), text).text).ok()?.extends
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

fn themes(paths: &[SitePath]) -> std::collections::BTreeSet<String> {
    let mut names: std::collections::BTreeSet<String> = paths
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
