//! What a theme makes readers' browsers do besides showing the page: what it loads from other sites, and what
//! runs in a page. Nothing is refused, for a theme's author may mean it; but whoever uses the theme should know.

use crate::diagnostics::{Diagnostic, Place, theme_reaches_out};
use crate::text::{Source, Span};
use html5gum::{Spanned, Token, Tokenizer, emitters::default::DefaultEmitter};
use std::ops::Range;

/// Attributes whose address a browser asks without being told to. Of `link` and `a` it depends.
const LOADING: [&str; 9] =
    ["src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href", "manifest"];
/// What a `link` with these words loads.
const LINKS: [&str; 9] = [
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "apple-touch-icon",
];

/// Reports what a template loads from elsewhere or runs.
pub(super) fn of_template(source: &Source, remarks: &mut Vec<Diagnostic>) {
    let mut tell = |range: Range<usize>, what: &str| {
        let end = source.text.floor_char_boundary(range.end.min(source.text.len()));
        let start = source.text.floor_char_boundary(range.start.min(end));
        remarks.push(theme_reaches_out(Place::new(source, Span::new(start..end)), what));
    };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut script = None;
    for Ok(token) in Tokenizer::new_with_emitter(&*source.text, emitter) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attributes: Vec<(String, String, Range<usize>)> = tag
                    .attributes
                    .iter()
                    .map(|(name, Spanned { value, span })| {
                        let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                        (words(name).to_ascii_lowercase(), words(value), span.start..span.end)
                    })
                    .collect();
                let value = |wanted: &str| {
                    attributes.iter().find(|(name, ..)| name == wanted).map(|(_, value, _)| value)
                };
                // What is given to a component is a value by its name, whatever the name begins with.
                let before = source.text.get(..tag.span.start).unwrap_or_default();
                let is_call = before.trim_end().trim_end_matches('-').ends_with("{{");
                let is_data = value("type").is_some_and(|kind| kind.ends_with("json"));
                script = (name == "script" && value("src").is_none() && !is_data).then_some(tag.span.start);
                let rel = value("rel").map(|rel| rel.to_ascii_lowercase()).unwrap_or_default();
                let link_loads = rel.split_whitespace().any(|word| LINKS.contains(&word));
                for (attribute, value, span) in &attributes {
                    let loads = LOADING.contains(&attribute.as_str())
                        || attribute == "href"
                            && (name == "link" && link_loads || ["base", "image", "use"].contains(&&*name))
                        || attribute == "content"
                            && name == "meta"
                            && value.to_ascii_lowercase().contains("url=");
                    let is_script = value.trim_start().to_ascii_lowercase().starts_with("javascript:");
                    if !is_call && attribute.starts_with("on") || is_script {
                        tell(span.clone(), &format!("`{attribute}` of <{name}> runs in the page"));
                    } else if loads || attribute == "style" {
                        foreign(value).for_each(|address| {
                            tell(span.clone(), &format!("<{name}> loads {address}"));
                        });
                    }
                }
            }
            Token::String(Spanned { value, span }) => {
                if script.take().is_some() && !value.trim_ascii().is_empty() {
                    tell(span.start..span.end, "a script stands in the page");
                }
                let words = String::from_utf8_lossy(&value).into_owned();
                for address in in_style(&words) {
                    tell(span.start..span.end, &format!("a style loads {address}"));
                }
            }
            _ => {}
        }
    }
}

/// Reports what a style sheet or a script of a theme names of other sites.
pub(super) fn of_asset(source: &Source, remarks: &mut Vec<Diagnostic>) {
    let text = &*source.text;
    let found: Vec<&str> = match source.path.extension() {
        "css" => in_style(text).collect(),
        "js" | "mjs" => {
            let quoted = text.split(['"', '\'', '`']).skip(1).filter(|words| is_foreign(words));
            // What names a vocabulary is no address that is asked.
            quoted.filter(|address| !address.starts_with("http://www.w3.org/")).collect()
        }
        "svg" | "html" | "htm" => return of_template(source, remarks),
        _ => return,
    };
    for address in found {
        let start = address.as_ptr() as usize - text.as_ptr() as usize;
        let shown: String = address.chars().take(100).collect();
        let place = Place::new(source, Span::new(start..start + address.len()));
        remarks.push(theme_reaches_out(place, &format!("it names {}", shown.trim())));
    }
}

/// The addresses of other sites in a value: one, or those of `srcset` and `style`.
fn foreign(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split([',', ' ', '(', ')', '"', '\'', ';', '=']);
    parts.filter(|part| is_foreign(part))
}

/// The addresses of other sites that a style sheet loads.
fn in_style(text: &str) -> impl Iterator<Item = &str> {
    let urls = text.match_indices("url(").map(|(at, word)| &text[at + word.len()..]);
    let imports = text.match_indices("@import").map(|(at, word)| &text[at + word.len()..]);
    urls.chain(imports).filter_map(|rest| {
        let rest = rest.trim_start().trim_start_matches(['"', '\'']);
        let end = rest.find(['"', '\'', ')', ';', '\n']).unwrap_or(rest.len());
        Some(&rest[..end]).filter(|address| is_foreign(address))
    })
}

fn is_foreign(address: &str) -> bool {
    let address = address.trim();
    ["http://", "https://", "//", "ws://", "wss://", "ftp://"].iter().any(|start| {
        address.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
            && address.len() > start.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SitePath;

    fn told(path: &str, text: &str) -> Vec<String> {
        let source = Source::new(SitePath::new(path).expect("a path"), text);
        let mut remarks = Vec::new();
        match path.ends_with("templates/x.html") {
            true => of_template(&source, &mut remarks),
            false => of_asset(&source, &mut remarks),
        }
        remarks.into_iter().map(|remark| remark.message).collect()
    }

    #[test]
    fn what_a_template_loads_or_runs_is_told() {
        for (template, words) in [
            ("<script src=\"https://evil.example/x.js\"></script>", "loads https://evil.example/x.js"),
            ("<img src=//evil.example/p.gif>", "loads //evil.example/p.gif"),
            ("<IMG SRCSET='a.png 1x, HTTPS://evil.example/p.gif 2x'>", "loads HTTPS://evil.example/p.gif"),
            ("<p onclick=\"x()\">", "`onclick` of <p> runs"),
            ("<a href=\" javascript:x()\">", "`href` of <a> runs"),
            ("<script>x()</script>", "a script stands in the page"),
            (
                "<style>p { background: url('https://evil.example/p.gif') }</style>",
                "a style loads https://evil.example/p.gif",
            ),
            (
                "<p style=\"background: url(https://evil.example/p.gif)\">",
                "<p> loads https://evil.example/p.gif",
            ),
            (
                "<link rel=stylesheet href=https://evil.example/x.css>",
                "<link> loads https://evil.example/x.css",
            ),
            ("<base href=\"https://evil.example/\">", "<base> loads https://evil.example/"),
            ("<form action=\"https://evil.example/\">", "<form> loads https://evil.example/"),
            ("<iframe src=\"https://evil.example/\">", "<iframe> loads https://evil.example/"),
        ] {
            let told = told("themes/x/templates/x.html", template);
            assert!(told.iter().any(|message| message.contains(words)), "{template}: {told:?}");
        }
    }

    #[test]
    fn links_that_a_reader_follows_and_the_sites_own_files_are_fine() {
        for template in [
            "<a href=\"https://example.org/\">x</a><link rel=\"license\" href=\"https://example.org/\">",
            "<script src=\"{{ page.root }}theme/site.js\" defer></script><img src=\"{{ page.root }}a.png\">",
            "<script type=\"application/ld+json\">{{ page.json_ld | safe }}</script>",
            "<link rel=\"canonical\" href=\"{{ page.canonical }}\"><p data-url=\"https://example.org/\">",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
            "{{ <said once={view.said} /> }}{{- <turn on_click={view.first} /> }}",
        ] {
            assert_eq!(told("themes/x/templates/x.html", template), [""; 0], "{template}");
        }
    }

    #[test]
    fn what_style_sheets_and_scripts_name_is_told() {
        assert_eq!(told("themes/x/static/a.css", "@import \"https://evil.example/a.css\";").len(), 1);
        assert_eq!(told("themes/x/static/a.css", "@font-face { src: url(//evil.example/a.woff2) }").len(), 1);
        assert_eq!(
            told("themes/x/static/a.css", "p { background: url(a.png) } /* https://example.org */").len(),
            0
        );
        assert_eq!(told("themes/x/static/a.js", "fetch('https://evil.example/')").len(), 1);
        assert_eq!(told("themes/x/static/a.js", "const ns = \"http://www.w3.org/2000/svg\";").len(), 0);
    }
}
