//! Former addresses: where a page stood before, and leads on from.

use crate::content::Written;
use crate::diagnostics::{self, Diagnostic, Place};

/// The addresses, from the site's root, that the list under `key` of a file names: whole ones, and former names of a page
/// in `folder`, which is empty or ends with `/`. What is no address is reported.
pub(super) fn addresses<T>(
    folder: &str,
    key: &str,
    aliases: &[String],
    written: &Written<T>,
    remarks: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let nodes = written.node.get(key).map_or(&[][..], |node| node.items());
    let mut addresses = Vec::with_capacity(aliases.len());
    for (at, alias) in aliases.iter().enumerate() {
        match address(folder, alias) {
            Some(address) => addresses.push(address),
            None => {
                let place = nodes.get(at).map(|node| Place::new(&written.source, node.span));
                let place = place.unwrap_or_else(|| written.place(&[key]));
                remarks.push(diagnostics::bad_alias(place, alias));
            }
        }
    }
    addresses
}

/// The address that an alias means: of a folder, or of a file `….html`.
fn address(folder: &str, alias: &str) -> Option<String> {
    let path = alias.strip_prefix('/').unwrap_or(alias);
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    let is_part = |part: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
        !part.is_empty() && part.len() <= 200 && !part.starts_with('.') && part.bytes().all(is_plain)
    };
    if !path.split('/').all(is_part) {
        return None;
    }
    let folder = if alias.contains('/') { "" } else { folder };
    let end = if path.ends_with(".html") { "" } else { "/" };
    Some(format!("{folder}{path}{end}"))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_former_address_is_a_name_in_the_same_folder_or_a_path_of_the_site() {
        let of = |alias| address("topics/", alias);
        assert_eq!(of("old-name").as_deref(), Some("topics/old-name/"));
        assert_eq!(of("old.html").as_deref(), Some("topics/old.html"));
        assert_eq!(of("/2012/old_name/").as_deref(), Some("2012/old_name/"));
        assert_eq!(of("themes/old/index.html").as_deref(), Some("themes/old/"));
        for bad in [
            "",
            "/",
            "../old",
            "a//b",
            "a/../b",
            "https://example.org/old",
            "a b",
            "a?b",
            "#a",
            ".git/x",
            "é",
        ] {
            assert_eq!(of(bad), None, "{bad:?}");
        }
    }
}
