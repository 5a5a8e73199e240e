//! Room `json_ld`: what a page is, for machines that read for people → the text of a script element in it. In
//! the words of [schema.org](https://schema.org). What is said of which page is for the pages to say.

pub mod schema;

pub use schema::Node;

use crate::text::licence_address;
use schema::{Document, License, WorkType};
use url::Url;

/// What is said of a page as JSON-LD, safe inside a script element.
pub fn script(graph: Vec<Node>) -> String {
    let document = Document { context: "https://schema.org", graph };
    safe_in_script(&serde_json::to_string(&document).expect("plain values"))
}

/// JSON that can end no script element and begin no comment in it: every `<` and `&` as JSON's own
/// escape, and the two line ends that are none in JSON.
fn safe_in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            _ => safe.push(c),
        }
    }
    safe
}

/// A licence: by its address where that is given or known, else by its name.
pub fn license(text: &str) -> License {
    if let Some(address) = licence_address(text) {
        return License::Address(address);
    }
    if is_web_page(text) {
        return License::Address(text.to_owned());
    }
    License::Named { kind: WorkType::CreativeWork, name: text.to_owned() }
}

/// Whether a text is the address of a page of the web.
pub fn is_web_page(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::safe_in_script;

    #[test]
    fn no_words_can_leave_the_script_element() {
        let words = "</script><!-- <script> ]]> & \u{2028}\u{2029} \"quoted\" \\ é";
        let json = serde_json::to_string(words).expect("text");
        let safe = safe_in_script(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).expect("still JSON"), words);
    }
}
