//! Where the words of a licence stand, by its name in any of the ways that people write it: `CC BY 4.0`,
//! `CC-BY-4.0`, `OGL-UK-3.0`, `Open Government Licence v3.0`.

/// The address of a licence: an address as it is, and the known licences by their names and by their identifiers
/// in the list of SPDX. Nothing for others: a link to a licence that isn't meant would be false.
pub fn licence_address(name: &str) -> Option<String> {
    if name.starts_with("https://") {
        return Some(name.to_owned());
    }
    let folded = name.to_lowercase();
    if folded.contains("open parliament licence") {
        let page = "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/";
        return Some(page.to_owned());
    }
    let folded = LONG.iter().fold(folded, |name, (long, short)| name.replace(long, short));
    let parts: Vec<&str> = folded.split([' ', '-']).filter(|part| !part.is_empty()).collect();
    match *parts {
        ["cc0"] | ["cc0", "1.0"] => Some(creative_commons("publicdomain/zero/1.0/")),
        ["cc", "pdm", "1.0"] => Some(creative_commons("publicdomain/mark/1.0/")),
        ["cc", ref rest @ ..] => by(rest),
        ["ogl", "uk", version] | ["ogl", version] => {
            let version = version.trim_start_matches('v').trim_end_matches(".0");
            let page = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/";
            ["1", "2", "3"].contains(&version).then(|| format!("{page}{version}/"))
        }
        _ => None,
    }
}

/// Names that stand for others.
const LONG: [(&str, &str); 3] =
    [("open government licence", "ogl"), ("open government license", "ogl"), ("creative commons", "cc")];

/// The licences of Creative Commons that ask for a name: `by`, `nc`, `sa`, `4.0`.
fn by(parts: &[&str]) -> Option<String> {
    let at = parts.iter().position(|part| part.starts_with(|c: char| c.is_ascii_digit()))?;
    let terms = parts[..at].join("-");
    let version = parts[at];
    let is_known = ["by", "by-nc", "by-nc-nd", "by-nc-sa", "by-nd", "by-sa"].contains(&terms.as_str())
        && ["1.0", "2.0", "2.1", "2.5", "3.0", "4.0"].contains(&version);
    match parts[at + 1..] {
        _ if !is_known => None,
        [] => Some(creative_commons(&format!("licenses/{terms}/{version}/"))),
        // Versions before the fourth were made for single countries, too.
        [place] if version != "4.0" && is_place(place) => {
            Some(creative_commons(&format!("licenses/{terms}/{version}/{place}/")))
        }
        _ => None,
    }
}

/// A country's two letters, or those of international organisations.
fn is_place(place: &str) -> bool {
    place == "igo" || (place.len() == 2 && place.bytes().all(|byte| byte.is_ascii_lowercase()))
}

fn creative_commons(path: &str) -> String {
    format!("https://creativecommons.org/{path}")
}

#[cfg(test)]
mod tests {
    use super::licence_address;

    #[test]
    fn a_licence_is_found_in_every_spelling_of_its_name() {
        let of = |name: &str| licence_address(name).unwrap_or_else(|| panic!("{name}"));
        let all = |names: &[&str], address: &str| names.iter().for_each(|name| assert_eq!(of(name), address));
        let commons = |path: &str| format!("https://creativecommons.org/{path}");
        all(&["CC0", "CC0 1.0", "CC0-1.0", "cc0-1.0"], &commons("publicdomain/zero/1.0/"));
        all(&["CC-PDM-1.0"], &commons("publicdomain/mark/1.0/"));
        all(&["CC BY 4.0", "CC-BY-4.0", "Creative Commons BY 4.0"], &commons("licenses/by/4.0/"));
        all(&["CC BY-NC-SA 3.0", "CC-BY-NC-SA-3.0"], &commons("licenses/by-nc-sa/3.0/"));
        all(&["CC-BY-SA-2.0-UK"], &commons("licenses/by-sa/2.0/uk/"));
        all(&["CC-BY-3.0-IGO"], &commons("licenses/by/3.0/igo/"));
        let government = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";
        all(&["OGL-UK-3.0", "OGL v3.0", "OGL 3", "Open Government Licence v3.0"], government);
        assert!(of("Open Parliament Licence v3.0").starts_with("https://www.parliament.uk/"));
        assert_eq!(of("https://example.org/ours"), "https://example.org/ours");
    }

    #[test]
    fn a_name_that_only_begins_like_a_licence_is_none() {
        for name in [
            "",
            "CC",
            "CC BY",
            "CC-BY-5.0",
            "CC-BY-4.0-DE",
            "CC BY 4.0 or later",
            "CC-XX-4.0",
            "CC0 2.0",
            "OGL",
            "OGL-Canada-2.0",
            "Open Government Licence – Canada",
            "javascript:alert(1)",
            "MIT",
        ] {
            assert_eq!(licence_address(name), None, "{name}");
        }
    }
}
