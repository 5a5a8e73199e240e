//! The elements of HTML that prose may have, written by hand or made by Markdown. What is not here is
//! taken away and reported: no script, style, form or frame, no event handler, no `style=`, no `id` or
//! `class` of an author's own. Nothing else is ever written, so nothing else can reach a page.

/// What may be done with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// It stands in a line.
    Inline,
    /// It is a block that holds a line of text, and no other block.
    Line,
    /// It is a block that may hold blocks.
    Flow,
    /// It holds only certain elements, as a list holds items.
    Only,
    /// It holds nothing.
    Void,
}

/// An element, and where and how it may stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// The name.
    pub name: &'static str,
    /// What it is.
    pub model: Model,
    /// The elements that it may stand in directly; none where any will do.
    pub inside: &'static [&'static str],
    /// Its attributes, beside `lang`, `dir` and `title`.
    pub attributes: &'static [&'static str],
    /// Open elements that its start ends, where their own end may be left out.
    pub ends: &'static [&'static str],
}

const fn rule(name: &'static str, model: Model) -> Rule {
    Rule { name, model, inside: &[], attributes: &[], ends: &[] }
}

const fn block(name: &'static str, model: Model) -> Rule {
    Rule { ends: &["p"], ..rule(name, model) }
}

/// The elements, by name.
const RULES: &[Rule] = &[
    Rule { attributes: &["href"], ..rule("a", Model::Inline) },
    rule("abbr", Model::Inline),
    rule("b", Model::Inline),
    rule("bdi", Model::Inline),
    rule("bdo", Model::Inline),
    Rule { attributes: &["cite"], ..block("blockquote", Model::Flow) },
    rule("br", Model::Void),
    Rule { inside: &["table"], ..rule("caption", Model::Line) },
    rule("cite", Model::Inline),
    rule("code", Model::Inline),
    Rule { inside: &["dl"], ends: &["dt", "dd", "p"], ..rule("dd", Model::Flow) },
    Rule { attributes: &["datetime"], ..rule("del", Model::Inline) },
    Rule { attributes: &["open"], ..block("details", Model::Flow) },
    rule("dfn", Model::Inline),
    block("div", Model::Flow),
    block("dl", Model::Only),
    Rule { inside: &["dl"], ends: &["dt", "dd", "p"], ..rule("dt", Model::Line) },
    rule("em", Model::Inline),
    Rule { inside: &["figure"], ..block("figcaption", Model::Flow) },
    block("figure", Model::Flow),
    block("h2", Model::Line),
    block("h3", Model::Line),
    block("h4", Model::Line),
    block("h5", Model::Line),
    block("h6", Model::Line),
    block("hr", Model::Void),
    rule("i", Model::Inline),
    Rule { attributes: &["datetime"], ..rule("ins", Model::Inline) },
    rule("kbd", Model::Inline),
    Rule { inside: &["ul", "ol"], ends: &["li", "p"], ..rule("li", Model::Flow) },
    rule("mark", Model::Inline),
    Rule { attributes: &["start", "reversed"], ..block("ol", Model::Only) },
    block("p", Model::Line),
    block("pre", Model::Line),
    Rule { attributes: &["cite"], ..rule("q", Model::Inline) },
    Rule { inside: &["ruby"], ends: &["rt", "rp"], ..rule("rp", Model::Inline) },
    Rule { inside: &["ruby"], ends: &["rt", "rp"], ..rule("rt", Model::Inline) },
    rule("ruby", Model::Inline),
    rule("s", Model::Inline),
    rule("samp", Model::Inline),
    rule("small", Model::Inline),
    rule("span", Model::Inline),
    rule("strong", Model::Inline),
    rule("sub", Model::Inline),
    Rule { inside: &["details"], ..block("summary", Model::Line) },
    rule("sup", Model::Inline),
    block("table", Model::Only),
    Rule { inside: &["table"], ends: &["td", "th", "tr", "thead", "tbody"], ..rule("tbody", Model::Only) },
    Rule {
        inside: &["tr"],
        attributes: &["colspan", "rowspan"],
        ends: &["td", "th", "p"],
        ..rule("td", Model::Flow)
    },
    Rule { inside: &["table"], ends: &["td", "th", "tr", "thead", "tbody"], ..rule("tfoot", Model::Only) },
    Rule {
        inside: &["tr"],
        attributes: &["colspan", "rowspan", "scope"],
        ends: &["td", "th", "p"],
        ..rule("th", Model::Flow)
    },
    Rule { inside: &["table"], ..rule("thead", Model::Only) },
    Rule { attributes: &["datetime"], ..rule("time", Model::Inline) },
    Rule {
        inside: &["table", "thead", "tbody", "tfoot"],
        ends: &["td", "th", "tr", "p"],
        ..rule("tr", Model::Only)
    },
    rule("u", Model::Inline),
    block("ul", Model::Only),
    rule("var", Model::Inline),
    rule("wbr", Model::Void),
];

/// Attributes that every element may have.
pub(super) const EVERYWHERE: [&str; 3] = ["lang", "dir", "title"];

/// Elements whose inside is no prose: what they hold goes with them.
const OPAQUE: &[&str] = &[
    "script",
    "style",
    "template",
    "iframe",
    "noscript",
    "noembed",
    "noframes",
    "object",
    "svg",
    "math",
    "textarea",
    "select",
    "title",
    "canvas",
    "audio",
    "video",
    "xmp",
    "plaintext",
];

/// Elements of other documents that are blocks of text.
const OTHER_BLOCKS: &[&str] = &[
    "address", "article", "aside", "body", "center", "dialog", "fieldset", "footer", "form", "header",
    "hgroup", "html", "legend", "main", "nav", "optgroup", "option", "search", "section",
];

/// The rule of an element, where prose may have it. Some older names mean newer ones; the first level
/// of headings is the page's own.
pub(super) fn rule_of(name: &str) -> Option<&'static Rule> {
    let name = match name {
        "h1" => "h2",
        "strike" => "s",
        "tt" => "code",
        "acronym" => "abbr",
        name => name,
    };
    RULES.binary_search_by_key(&name, |rule| rule.name).ok().map(|at| &RULES[at])
}

/// Whether what an element holds is no prose.
pub(super) fn is_opaque(name: &str) -> bool {
    OPAQUE.contains(&name)
}

/// Whether an element of some other document is a block of text.
pub(super) fn is_other_block(name: &str) -> bool {
    OTHER_BLOCKS.contains(&name)
}

/// Whether an element stands in a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(name, "wbr" | "br") || rule_of(name).is_some_and(|rule| rule.model == Model::Inline)
}

/// Whether the end of an element may be left out.
pub(super) fn ends_itself(name: &str) -> bool {
    matches!(name, "p" | "li" | "dt" | "dd" | "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "rt" | "rp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_found_by_its_name() {
        assert!(RULES.is_sorted_by_key(|rule| rule.name));
        assert!(RULES.iter().all(|rule| rule_of(rule.name).is_some_and(|found| found.name == rule.name)));
    }

    #[test]
    fn nothing_that_runs_or_loads_is_allowed() {
        for name in ["script", "style", "img", "iframe", "svg", "math", "form", "input", "link", "base"] {
            assert!(rule_of(name).is_none(), "{name}");
        }
        let attributes = RULES.iter().flat_map(|rule| rule.attributes).chain(&EVERYWHERE);
        for name in attributes {
            assert!(!name.starts_with("on") && !["style", "id", "class", "src"].contains(name), "{name}");
        }
    }
}
