//! Prose: whatever is typed as Markdown or HTML, what comes out is made of a short list of elements and
//! attributes, each closed where it was opened.

use crate::shown;
use html5gum::{Token, Tokenizer};
use rapporteur::documents::{self, Form};
use rapporteur::model::{BlockQuotation, Destination, Piece};
use rapporteur::prose::{self, Draft, Fill, Link, Node};
use rapporteur::text::{SitePath, Source, Span, is_control};
use rapporteur::{load, markdown};

/// Written down once more, apart from the program's own list.
const ELEMENTS: &str = " a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h2 h3 \
     h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td \
     tfoot th thead time tr u ul var wbr ";
const ATTRIBUTES: &str = " alt class colspan datetime dir href id lang loading open reversed role rowspan scope src start \
     tabindex title ";
const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];

/// The prefix of ids, and an address.
const OURS: &str = "fuzz-";

struct Anything;

impl Fill for Anything {
    fn link(&mut self, link: &Link) -> Option<Destination> {
        (!link.target.is_empty()).then(|| Destination::Here("x".into()))
    }

    fn picture(&mut self, link: &Link) -> Option<Destination> {
        self.link(link)
    }

    fn block(&mut self, _: &Node) -> Option<BlockQuotation> {
        None
    }
}

fn clean(draft: &Draft) {
    let written = prose::write(draft, &mut Anything);
    let html: String = written
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(html) => html,
            Piece::Address(_) => "#fuzz-x",
            Piece::IdPrefix => OURS,
            Piece::Callout(_) | Piece::Quotation(_) => "words",
        })
        .collect();
    held(&html);
    prose::quotations(&draft.nodes);
}

/// As a browser reads it, it holds nothing but what may be in it.
fn held(html: &str) {
    let listed = |list: &str, name: &str| list.contains(&format!(" {name} "));
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert!(listed(ELEMENTS, &name), "<{name}>: {html}");
                for (key, value) in &tag.attributes {
                    let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
                    assert!(listed(ATTRIBUTES, &key), "{key} of <{name}>: {html}");
                    if matches!(&*key, "id" | "href" | "src") {
                        assert!(value.trim_start_matches('#').starts_with(OURS), "{key}={value:?}: {html}");
                    }
                }
                if !VOID.contains(&&*name) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert_eq!(open.pop().as_deref(), Some(&*name), "{html}");
            }
            Token::String(_) => {}
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => panic!("{token:?}: {html}"),
        }
    }
    assert!(open.is_empty(), "{open:?} is open: {html}");
}

fn source(data: &[u8], name: &str) -> Option<Source> {
    let read = load::text(&SitePath::new(name).expect("a path"), data.to_vec());
    // A text with a control character is refused before anybody reads it.
    read.value.filter(|source| !source.text.contains(is_control))
}

pub fn markdown(data: &[u8]) {
    let Some(source) = source(data, "content/pages/a.md") else { return };
    let read = markdown::parse(&source, Span::new(0..source.text.len()));
    shown(&read.diagnostics);
    clean(&read.value);
}

pub fn html(data: &[u8]) {
    let Some(source) = source(data, "content/pages/a.html") else { return };
    clean(&prose::read_html(&source));
    prose::in_line(&source.text, Span::new(0..source.text.len()));
}

/// A document of another newsroom. The first byte says what it is called.
pub fn document(data: &[u8]) {
    let Some((which, bytes)) = data.split_first() else { return };
    let names = ["a.html", "a.md", "a.txt", "a.docx", "a.odt", "a.fodt"];
    if let Ok(document) = documents::read(bytes, Form::of_name(names[usize::from(*which) % names.len()])) {
        prose::quotations(&document.draft.nodes);
    }
}
