//! Addresses that can be used, and those that lead elsewhere than they look.

use super::{Diagnostic, Place, bad_address, misleading_address};
use crate::text::looks_latin;
use url::{Host, Url};

/// Whether a page may lead to an address; a remark where not, and where it leads elsewhere than it looks. A
/// script, say, is no place to lead to.
pub fn web_address(address: &str, place: impl FnOnce() -> Place, remarks: &mut Vec<Diagnostic>) -> bool {
    let url = Url::parse(address).ok();
    let fine = url.is_some_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
    if !fine {
        remarks.push(bad_address(Some(place()), address, "it must begin with https://, http:// or mailto:"));
    } else if let Some(reason) = misleads(address) {
        remarks.push(misleading_address(place(), address, &reason));
    }
    fine
}

/// What is wrong with an address of the web that no browser can follow: a host or a port that can't be.
pub fn unusable(address: &str) -> Option<String> {
    Url::parse(address).err().map(|error| error.to_string())
}

/// How an address looks as if it led elsewhere than it does.
pub fn misleads(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let rest = address.split_once(':').map_or("", |(_, rest)| rest);
    let written = rest.trim_start_matches(['/', '\\']);
    if &rest[..rest.len() - written.len()] != "//" {
        let host = url.host_str().unwrap_or_default();
        return Some(format!("two slashes stand before a host: browsers go to `{host}`"));
    }
    let authority = &written[..written.find(['/', '?', '#', '\\']).unwrap_or(written.len())];
    if written[authority.len()..].starts_with('\\') {
        return Some("browsers read `\\` as `/`".to_owned());
    }
    if let Some((before, host)) = authority.rsplit_once('@') {
        return Some(format!(
            "it leads to `{host}`: what stands before the `@`, `{before}`, is a name to log in with"
        ));
    }
    let host = authority.rsplit_once(':').map_or(authority, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { authority }
    });
    let decoded = percent_encoding::percent_decode_str(host).decode_utf8().ok()?;
    match url.host() {
        Some(Host::Ipv4(number)) if number.to_string() != host => {
            Some(format!("it leads to the number {number}"))
        }
        Some(Host::Domain(_)) if !decoded.is_ascii() => strange(&decoded),
        Some(Host::Domain(domain)) if domain.contains("xn--") => {
            let (shown, _) = idna::domain_to_unicode(domain);
            strange(&shown).map(|reason| format!("browsers may show `{shown}`: {reason}"))
        }
        _ if host.contains('%') => Some(format!("its host is written with `%`: it is `{decoded}`")),
        _ => None,
    }
}

/// What is strange about a host that is not plain.
fn strange(host: &str) -> Option<String> {
    let is_mark = |c: char| (0x0300..=0x036F).contains(&u32::from(c));
    if let Some(sign) = host.chars().find(|c| !c.is_ascii() && !c.is_alphanumeric() && !is_mark(*c)) {
        return Some(format!("the sign U+{:04X} in its host only looks like another one", u32::from(sign)));
    }
    let label = host.split('.').find(|label| {
        let letters = || label.chars().filter(|c| c.is_alphabetic());
        let foreign = letters().filter(|c| looks_latin(*c)).count();
        let mixed = letters().any(|c| c.is_ascii_alphabetic()) && foreign > 0;
        mixed || foreign > 0 && foreign == letters().count()
    })?;
    let letter = label.chars().find(|c| looks_latin(*c))?;
    Some(format!("the letter U+{:04X} in `{label}` looks like a Latin one and is another", u32::from(letter)))
}

#[cfg(test)]
mod tests {
    use super::misleads;

    #[test]
    fn an_address_that_leads_elsewhere_than_it_looks_is_told() {
        for address in [
            "https://gov.uk@evil.example/",
            "https://gov.uk:443@evil.example/",
            "http://user:word@example.org/",
            "https://gov.uk\u{2044}.evil.example/",
            "https://gov.uk\u{2215}a.evil.example/",
            "https://www\u{3002}gov.example/",
            "https://g\u{43e}v.example/",
            "https://\u{430}\u{440}\u{440}\u{4cf}\u{435}.example/",
            "https://\u{ff47}\u{ff4f}\u{ff56}.example/",
            "https://gov.uk\\@evil.example/",
            "http://2130706433/",
            "http://0x7f.1/",
            "https://%67ov.example/",
            "https://xn--80ak6aa92e.example/",
            "https://xn--pypal-4ve.example/",
            "https://www.XN--PYPAL-4VE.example:80/a",
            "https:evil.example",
            "https:///evil.example/",
            "https:\\\\evil.example/",
        ] {
            assert!(misleads(address).is_some(), "{address}");
        }
    }

    #[test]
    fn an_honest_address_is_fine() {
        for address in [
            "https://example.org/a@b?c=d@e#@f",
            "https://example.org:8080/",
            "https://münchen.example/ä",
            "https://правительство.example/",
            "https://日本.example/",
            "http://127.0.0.1:4000/",
            "http://[::1]/",
            "mailto:ann@example.org",
            "https://xn--mnchen-3ya.example/",
            "https://xn--80aesfpebagmfblc0a.example/",
            "https://xn--wgv71a.example/",
            "HTTP://example.org",
        ] {
            assert_eq!(misleads(address), None, "{address}");
        }
    }
}
