//! The filters that templates have besides Tera's own. Each is a function of its input and of the
//! strings it is given: no clock, no files, no network.

use crate::permalink::Wording;
use crate::text::{direction, licence_address};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::Date;
use pulldown_cmark_escape::escape_html;
use std::cell::RefCell;
use std::fmt::Write;
use std::sync::Arc;
use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Registers the filters for one language. `wording` is the theme's in that language: components see none but
/// their own arguments, so a filter can't look words up when it runs.
pub(super) fn register(tera: &mut Tera, wording: &Arc<Wording>) {
    super::bounds::register(tera);
    let words = wording.clone();
    tera.register_filter("date", move |text: &str, _: Kwargs, _: &State| date(text, &words));
    let words = wording.clone();
    tera.register_filter("thousands", move |number: i64, _: Kwargs, _: &State| thousands(number, &words));
    tera.register_filter("licence", |name: &str, _: Kwargs, _: &State| {
        licence_address(name).map_or_else(Value::none, Value::from)
    });
    let language: Option<Locale> = wording.language.parse().ok();
    let locale = language.clone();
    tera.register_filter("form", move |number: u64, forms: Kwargs, _: &State| {
        form(number, &forms.must_get::<Value>("of")?, locale.as_ref())
    });
    let words = wording.clone();
    tera.register_filter("counted", move |number: u64, forms: Kwargs, _: &State| {
        let forms = forms.must_get::<Value>("of")?;
        Ok(form(number, &forms, language.as_ref())?.replace("{n}", &words.number(number)))
    });
    let page = wording.language.clone();
    tera.register_filter("lang", move |tag: &str, _: Kwargs, _: &State| {
        Value::safe_string(&attributes(tag, &page, tag))
    });
    let page = wording.language.clone();
    tera.register_filter("page_lang", move |around: &str, _: Kwargs, _: &State| {
        Value::safe_string(&attributes(&page, &page, around))
    });
}

/// The attributes of words in the language `tag`; nothing where `other`, the language that meets the page's,
/// is the same. `<h1{{ view.language | lang }}>` is for words that may be in another language than the page,
/// `<p{{ view.language | page_lang }}>` for the page's own among such words.
fn attributes(tag: &str, page: &str, other: &str) -> String {
    let mut attributes = String::new();
    if other.is_empty() || other.eq_ignore_ascii_case(page) {
        return attributes;
    }
    attributes.push_str(" lang=\"");
    let _ = escape_html(&mut attributes, tag);
    attributes.push('"');
    if direction(other) != direction(page) {
        let _ = write!(attributes, " dir=\"{}\"", direction(tag).word());
    }
    attributes
}

/// `"2012-12-20" | date` gives `20 December 2012`, by the pattern `t.date` with the months of
/// `t.months`. What is no date stays as it is.
fn date(text: &str, words: &Wording) -> TeraResult<String> {
    let Ok(day) = text.parse::<Date>() else { return Ok(text.to_owned()) };
    if words.months.len() != 12 {
        return Err(Error::message("the theme's strings have no `months`, a list of twelve names"));
    }
    Ok(words.day(day))
}

/// `1234567 | thousands` gives `1,234,567`, with the separator `t.thousands`.
fn thousands(number: i64, words: &Wording) -> String {
    let grouped = words.number(number.unsigned_abs());
    if number < 0 { format!("-{grouped}") } else { grouped }
}

/// `3 | form(of=t.counts.notes)` gives the form for the number: its own (`"1"`), or that of its plural
/// category in the language (CLDR: `zero`, `one`, `two`, `few`, `many`), or `other`.
/// `3 | counted(of=t.counts.notes)` gives the form with the number in it: `3 notes`.
fn form(number: u64, forms: &Value, language: Option<&Locale>) -> TeraResult<String> {
    let category = match language.map(|language| category_of(number, language)) {
        Some(PluralCategory::Zero) => "zero",
        Some(PluralCategory::One) => "one",
        Some(PluralCategory::Two) => "two",
        Some(PluralCategory::Few) => "few",
        Some(PluralCategory::Many) => "many",
        Some(PluralCategory::Other) | None => "other",
    };
    let number = number.to_string();
    [number.as_str(), category, "other"]
        .into_iter()
        .find_map(|key| forms.as_map()?.get(&Key::Str(key))?.as_str().map(str::to_owned))
        .ok_or_else(|| Error::message("words that count need a form `other`"))
}

/// The plural category of a number in a language.
fn category_of(number: u64, language: &Locale) -> PluralCategory {
    thread_local! {
        // Rules can't be shared between threads, and making them took a fiftieth of a whole build. Pages in
        // one language follow one another.
        static RULES: RefCell<Option<(Locale, PluralRules)>> = const { RefCell::new(None) };
    }
    RULES.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|(of, _)| of != language) {
            let rules = PluralRules::try_new_cardinal(language.into()).ok();
            *kept = rules.map(|rules| (language.clone(), rules));
        }
        kept.as_ref().map_or(PluralCategory::Other, |(_, rules)| rules.category_for(number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(language: &str, numbers: &[u64]) -> Vec<String> {
        let forms: Value = ["zero", "one", "two", "few", "many", "other"]
            .into_iter()
            .map(|category| (Key::from(category), Value::from(category)))
            .collect::<tera::Map>()
            .into();
        let language: Locale = language.parse().expect("a tag");
        numbers.iter().map(|number| form(*number, &forms, Some(&language)).expect("a form")).collect()
    }

    #[test]
    fn a_count_has_the_form_that_its_language_gives_it() {
        assert_eq!(forms("cy", &[0, 1, 2, 3, 6, 7]), ["zero", "one", "two", "few", "many", "other"]);
        assert_eq!(forms("en-GB", &[0, 1, 2]), ["other", "one", "other"]);
        assert_eq!(forms("ar", &[3, 11, 100]), ["few", "many", "other"]);
        assert_eq!(forms("pl", &[22, 25]), ["few", "many"]);
    }

    #[test]
    fn a_number_with_a_form_of_its_own_takes_it() {
        let forms: Value = [("1", "once"), ("one", "one"), ("other", "often")]
            .into_iter()
            .map(|(key, value)| (Key::from(key), Value::from(value)))
            .collect::<tera::Map>()
            .into();
        let english: Locale = "en".parse().expect("a tag");
        assert_eq!(form(1, &forms, Some(&english)).expect("a form"), "once");
        assert_eq!(form(2, &forms, None).expect("a form"), "often");
        assert!(form(2, &tera::Map::default().into(), None).is_err());
    }

    #[test]
    fn words_are_marked_where_the_page_is_in_another_language_and_only_there() {
        assert_eq!(attributes("en-GB", "en-GB", "en-GB"), "");
        assert_eq!(attributes("", "en", ""), "");
        assert_eq!(attributes("cy", "en", "cy"), " lang=\"cy\"");
        assert_eq!(attributes("ar", "en", "ar"), " lang=\"ar\" dir=\"rtl\"");
        assert_eq!(attributes("en", "en", "ar"), " lang=\"en\" dir=\"ltr\"");
        assert_eq!(attributes("\"><b>", "en", "\"><b>"), " lang=\"&quot;&gt;&lt;b&gt;\"");
    }

    #[test]
    fn thousands_are_kept_apart_as_the_language_does() {
        let apart = |thousands: &str| Wording { thousands: thousands.into(), ..Wording::default() };
        assert_eq!(thousands(1_234_567, &apart(",")), "1,234,567");
        assert_eq!(thousands(-1234, &apart("\u{a0}")), "-1\u{a0}234");
        assert_eq!(thousands(999, &apart(",")), "999");
    }
}
