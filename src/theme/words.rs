//! The words of the interface in one language, and the filters that set dates and numbers in it.

use super::{ENGLISH, filters, merge};
use crate::model::Callout;
use crate::permalink::Wording;
use crate::text::{Fingerprint, direction, lookups};
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Map, Tera, Value};

/// What a theme says in one language.
pub struct Words {
    /// The templates, with the filters of the language.
    pub(super) tera: Tera,
    /// The strings as given to templates, with `language` and `direction`.
    pub(super) strings: Value,
    /// What a page depends on that is in these words.
    pub(super) key: Fingerprint,
    wording: Arc<Wording>,
}

impl Words {
    /// The words for a language from the theme's translations, by tag in small letters: the exact over
    /// the general, and all over English, which stands in for what is missing.
    pub(super) fn new(language: &str, translations: &BTreeMap<String, Map>, tera: &Tera) -> Self {
        let mut strings = Map::default();
        let general_first = lookups(language).into_iter().rev();
        for tag in std::iter::once(ENGLISH.to_owned()).chain(general_first) {
            if let Some(translation) = translations.get(&tag) {
                merge(&mut strings, &Value::from(translation.clone()));
            }
        }
        strings.insert("language".into(), Value::from(language));
        strings.insert("direction".into(), Value::from(direction(language).word()));
        let strings = Value::from(strings);
        let wording = Arc::new(wording(language, &strings));
        let mut tera = tera.clone();
        filters::register(&mut tera, &wording);
        let bytes = serde_json::to_vec(&strings).expect("strings are plain values");
        Words { tera, strings, key: Fingerprint::of(&bytes), wording }
    }

    /// A string, by its path: `titles.debates`.
    pub fn text(&self, path: &str) -> Option<String> {
        self.strings.get_from_path(path).and_then(Value::as_str).map(str::to_owned)
    }

    /// The words of citations.
    pub fn wording(&self) -> &Arc<Wording> {
        &self.wording
    }
}

/// The words of citations among a theme's strings.
fn wording(language: &str, strings: &Value) -> Wording {
    let text = |path: &str, otherwise: String| {
        strings.get_from_path(path).and_then(Value::as_str).map_or(otherwise, str::to_owned)
    };
    let months = strings.get_from_path("months").and_then(Value::as_array).unwrap_or_default();
    let english = Wording::default();
    let callouts = Callout::ALL
        .map(|callout| text(&format!("callouts.{}", callout.word()), english.callout(callout).to_owned()));
    Wording {
        language: language.to_owned(),
        months: months.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        date: text("date", english.date),
        month: text("month", english.month),
        separator: text("separator", english.separator),
        thousands: text("thousands", english.thousands),
        whole_paragraph: text("paragraph", english.whole_paragraph),
        paragraph: text("paragraph_short", english.paragraph),
        paragraphs: text("citation.paragraphs", english.paragraphs),
        extract: text("citation.extract", english.extract),
        report: text("citation.report", english.report),
        volume: text("citation.volume", english.volume),
        columns: text("citation.columns", english.columns),
        callouts,
    }
}
