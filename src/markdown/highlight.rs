//! Fenced code, highlighted with CSS classes, so that light and dark are a matter of style sheets.

use std::fmt::Write;
use std::sync::LazyLock;
use syntect::highlighting::ThemeSet;
use syntect::html::{ClassStyle, ClassedHTMLGenerator, css_for_theme_with_class_style};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// For light backgrounds.
    Light,
    /// For dark backgrounds.
    Dark,
}

/// The HTML of `code` in the language that a fence names; `None` where the language isn't known.
pub(super) fn highlighted(code: &str, language: &str) -> Option<String> {
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, CLASSES);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

/// The style sheet for highlighted code.
pub fn stylesheet(shade: Shade) -> String {
    let themes = ThemeSet::load_defaults();
    let name = match shade {
        Shade::Light => "InspiredGitHub",
        Shade::Dark => "base16-ocean.dark",
    };
    let css = themes.themes.get(name).map(|theme| css_for_theme_with_class_style(theme, CLASSES));
    let mut sheet = String::new();
    for line in css.and_then(Result::ok).unwrap_or_default().lines() {
        let _ = writeln!(sheet, "{line}");
    }
    sheet
}
