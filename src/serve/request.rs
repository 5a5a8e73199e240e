//! From a request's target to a path of the site, and which part of a file is asked for. No path is
//! ever looked up on the disk; what is not plain is refused.

use http_range_header::parse_range_header;
use percent_encoding::percent_decode_str;
use std::ops::RangeInclusive;

/// The longest target, in bytes.
const LONGEST: usize = 8 << 10;

/// What a target asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file of the site: `debates/x/index.html`.
    File(String),
    /// Something of the preview itself: `events`.
    Own(String),
    /// Another address, from the root.
    Elsewhere(String),
    /// Nothing that a site can have.
    Nothing,
}

/// Reads the path of a request. `mount` is the path below which the site stands, with its final slash;
/// `has` says whether the site has a file.
pub fn target(path: &str, mount: &str, has: impl Fn(&str) -> bool) -> Target {
    if path.len() > LONGEST {
        return Target::Nothing;
    }
    let Some(decoded) = decoded(path) else { return Target::Nothing };
    let Some(inside) = decoded.strip_prefix(mount) else {
        let is_above = mount.starts_with(&*decoded) || mount.trim_end_matches('/') == decoded;
        return if is_above { Target::Elsewhere(mount.to_owned()) } else { Target::Nothing };
    };
    if let Some(own) = inside.strip_prefix(".rapporteur/") {
        return Target::Own(own.to_owned());
    }
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    if !inside.is_empty() && !inside.trim_end_matches('/').split('/').all(is_plain) || inside.ends_with("//")
    {
        return Target::Nothing;
    }
    if inside.is_empty() || inside.ends_with('/') {
        return Target::File(format!("{inside}index.html"));
    }
    if !has(inside) && has(&format!("{inside}/index.html")) {
        return Target::Elsewhere(format!("{}/", path.trim_end_matches('/')));
    }
    Target::File(inside.to_owned())
}

/// The path once decoded; `None` for what no address of a site holds.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let is_whole =
        bytes.iter().enumerate().all(|(at, byte)| *byte != b'%' || (is_hex(at + 1) && is_hex(at + 2)));
    let decoded = percent_decode_str(path).decode_utf8().ok().filter(|_| is_whole)?;
    let is_plain = |c: char| !c.is_control() && !matches!(c, '\\' | '%' | ':');
    (decoded.starts_with('/') && decoded.chars().all(is_plain)).then(|| decoded.into_owned())
}

/// Which part of a file of `length` bytes is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(RangeInclusive<u64>),
    /// Bytes that it hasn't got.
    Impossible,
}

/// Reads a `Range` header (RFC 9110, section 14). One range is answered; several, or one that can't
/// be read, count as none.
pub fn part(header: Option<&str>, length: u64) -> Part {
    let Some(ranges) = header.and_then(|header| parse_range_header(header).ok()) else { return Part::Whole };
    if ranges.ranges.len() != 1 {
        return Part::Whole;
    }
    match ranges.validate(length) {
        Ok(valid) => valid.into_iter().next().map_or(Part::Whole, Part::Bytes),
        Err(_) => Part::Impossible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, mount: &str) -> Target {
        target(path, mount, |file| ["index.html", "debates/x/index.html", "feed.xml"].contains(&file))
    }

    #[test]
    fn folders_are_their_index() {
        assert_eq!(of("/", "/"), Target::File("index.html".into()));
        assert_eq!(of("/debates/x/", "/"), Target::File("debates/x/index.html".into()));
        assert_eq!(of("/debates/x", "/"), Target::Elsewhere("/debates/x/".into()));
        assert_eq!(of("/feed.xml", "/"), Target::File("feed.xml".into()));
        assert_eq!(of("/.rapporteur/events", "/"), Target::Own("events".into()));
    }

    #[test]
    fn a_site_below_a_folder_is_served_there_alone() {
        assert_eq!(of("/b/debates/x/", "/b/"), Target::File("debates/x/index.html".into()));
        assert_eq!(of("/", "/b/"), Target::Elsewhere("/b/".into()));
        assert_eq!(of("/b", "/b/"), Target::Elsewhere("/b/".into()));
        assert_eq!(of("/feed.xml", "/b/"), Target::Nothing);
        assert_eq!(of("/b/.rapporteur/events", "/b/"), Target::Own("events".into()));
    }

    #[test]
    fn no_form_of_leaving_the_site_is_a_path() {
        for path in [
            "/../etc/passwd",
            "/%2e%2e/etc/passwd",
            "/%252e%252e/x",
            "/..%2fetc",
            "/debates/../../x",
            "//etc/passwd",
            "/debates//x/",
            "/%00",
            "/a%0ab",
            "/C:/x",
            "/..%5cx",
            "/\\x",
            "/%",
            "/%zz",
            "/%ff",
            "",
            "debates/",
            "/./x",
            "//evil.example/",
            "/debates/x//",
        ] {
            assert_eq!(of(path, "/"), Target::Nothing, "{path}");
        }
        assert_eq!(of(&format!("/{}", "a".repeat(70_000)), "/"), Target::Nothing);
    }

    #[test]
    fn one_range_is_answered() {
        assert_eq!(part(None, 10), Part::Whole);
        assert_eq!(part(Some("bytes=2-4"), 10), Part::Bytes(2..=4));
        assert_eq!(part(Some("bytes=-3"), 10), Part::Bytes(7..=9));
        assert_eq!(part(Some("bytes=8-"), 10), Part::Bytes(8..=9));
        assert_eq!(part(Some("bytes=10-"), 10), Part::Impossible);
        assert_eq!(part(Some("bytes=0-1,3-4"), 10), Part::Whole);
        assert_eq!(part(Some("lines=1"), 10), Part::Whole);
    }
}
