//! Who may ask: only pages of this server, and whoever types its address. A name that leads elsewhere
//! today and here tomorrow (DNS rebinding), and pages of other sites, are refused.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The hosts under which this server is asked for, in small letters, with port.
#[derive(Debug, Clone)]
pub struct Guard {
    hosts: Vec<String>,
    /// The names of this machine for itself.
    own: Vec<String>,
    /// Whether it listens at every address of the machine, which it need not know; and a port may be mapped.
    everywhere: bool,
}

/// Why a request is refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused(pub StatusCode, pub String);

impl Guard {
    /// For a server at an address; `allowed` are further hosts, with or without port.
    pub fn new(address: SocketAddr, allowed: &[String]) -> Self {
        let port = address.port();
        let mut hosts: Vec<String> =
            ["localhost", "127.0.0.1", "[::1]"].iter().map(|name| format!("{name}:{port}")).collect();
        let own = hosts.clone();
        let everywhere = address.ip().is_unspecified();
        if !everywhere {
            hosts.push(address.to_string());
        }
        for host in allowed {
            let host = host.to_ascii_lowercase();
            // A forwarded port may be another, or none where it is 80 or 443.
            match host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
                true => hosts.push(host),
                false => hosts.extend([format!("{host}:{port}"), host]),
            }
        }
        Guard { hosts, own, everywhere }
    }

    /// Whether a request, from somebody at the address `from`, comes from this machine itself: only such a one
    /// may write. A name that `--allow-host` lets in may be anybody's, and so may what a proxy hands on.
    pub fn is_from_here(&self, headers: &HeaderMap, from: IpAddr) -> bool {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("").to_ascii_lowercase();
        let is_handed_on = ["forwarded", "x-forwarded-for", "x-forwarded-host", "via"];
        from.to_canonical().is_loopback()
            && self.own.contains(&host)
            && !is_handed_on.iter().any(|name| headers.contains_key(*name))
    }

    /// Whether a request with these headers is answered.
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Refused> {
        let mut hosts = headers.get_all(HOST).iter();
        let host = match (hosts.next(), hosts.next()) {
            (Some(host), None) => host.to_str().unwrap_or("").to_ascii_lowercase(),
            _ => return Err(Refused(StatusCode::BAD_REQUEST, "one Host header is needed".into())),
        };
        let is_known = self.hosts.contains(&host) || (self.everywhere && is_in_digits(&host));
        if !is_known {
            let words = "this preview does not answer under that name; `--allow-host NAME` lets it";
            return Err(Refused(StatusCode::FORBIDDEN, words.into()));
        }
        for origin in headers.get_all(ORIGIN) {
            let origin = origin.to_str().unwrap_or("").to_ascii_lowercase();
            let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            if rest != Some(host.as_str()) {
                return Err(Refused(StatusCode::FORBIDDEN, "another site's pages may not ask here".into()));
            }
        }
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        let elsewhere = matches!(header("sec-fetch-site"), "cross-site" | "same-site");
        let typed = header("sec-fetch-mode") == "navigate" && header("sec-fetch-dest") == "document";
        match elsewhere && !typed {
            true => Err(Refused(StatusCode::FORBIDDEN, "another site's pages may not ask here".into())),
            false => Ok(()),
        }
    }
}

/// Whether a host is an address in digits, or this machine, at whatever port: neither can lead elsewhere today
/// and here tomorrow.
fn is_in_digits(host: &str) -> bool {
    let is_port = |port: &str| port.parse::<u16>().is_ok();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if is_port(port) && (!name.contains(':') || name.ends_with(']')) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    name == "localhost"
        || name.parse::<Ipv4Addr>().is_ok_and(|number| !number.is_unspecified())
        || bare.is_some_and(|name| name.parse::<Ipv6Addr>().is_ok_and(|number| !number.is_unspecified()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(&'static str, &str)]) -> u16 {
        let guard = Guard::new(([127, 0, 0, 1], 4000).into(), &["box.example".to_owned()]);
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().expect("a header"));
        }
        guard.check(&map).map_or_else(|Refused(status, _)| status.as_u16(), |()| 200)
    }

    #[test]
    fn only_its_own_names_are_answered() {
        for host in [
            "localhost:4000",
            "127.0.0.1:4000",
            "[::1]:4000",
            "LOCALHOST:4000",
            "box.example:4000",
            "box.example",
        ] {
            assert_eq!(asked(&[("host", host)]), 200, "{host}");
        }
        for host in [
            "evil.example:4000",
            "localhost",
            "localhost:4001",
            "localhost.evil.example:4000",
            "127.0.0.1",
            "",
        ] {
            assert_eq!(asked(&[("host", host)]), 403, "{host}");
        }
        assert_eq!(asked(&[]), 400);
        assert_eq!(asked(&[("host", "localhost:4000"), ("host", "localhost:4000")]), 400);
    }

    fn map(headers: &[(&'static str, &str)]) -> HeaderMap {
        headers
            .iter()
            .map(|(name, value)| ((*name).parse().expect("a name"), value.parse().expect("a value")))
            .collect()
    }

    #[test]
    fn at_every_address_it_answers_under_each_of_them_and_under_no_name() {
        let guard = Guard::new(([0, 0, 0, 0], 4000).into(), &[]);
        let asked = |host: &str, origin: Option<&str>| {
            let mut map = HeaderMap::new();
            map.insert(HOST, host.parse().expect("a header"));
            if let Some(origin) = origin {
                map.insert(ORIGIN, origin.parse().expect("a header"));
            }
            guard.check(&map).is_ok()
        };
        for host in ["192.168.1.5:4000", "10.0.0.1:8080", "10.0.0.1", "[fe80::1]:4000", "localhost:8080"] {
            assert!(asked(host, None), "{host}");
        }
        for host in [
            "evil.example:4000",
            "1.2.3.4.evil.example",
            "10.0.0.1:x",
            "::1:4000",
            "0.0.0.0:4000",
            "[::]:4000",
            "[evil]:4000",
            "",
        ] {
            assert!(!asked(host, None), "{host}");
        }
        assert!(!asked("10.0.0.1:4000", Some("http://10.0.0.2:4000")));
        assert!(asked("10.0.0.1:4000", Some("http://10.0.0.1:4000")));
    }

    #[test]
    fn only_this_machine_under_its_own_name_may_write() {
        let guard = Guard::new(([0, 0, 0, 0], 4000).into(), &["box.example".to_owned()]);
        let (here, there) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([192, 0, 2, 7]));
        let own = map(&[("host", "localhost:4000")]);
        assert!(guard.is_from_here(&own, here));
        assert!(guard.is_from_here(&own, "::ffff:127.0.0.1".parse().expect("an address")));
        assert!(!guard.is_from_here(&own, there));
        assert!(!guard.is_from_here(&map(&[("host", "box.example:4000")]), here));
        assert!(!guard.is_from_here(&map(&[("host", "192.0.2.2:4000")]), here));
        assert!(
            !guard.is_from_here(&map(&[("host", "localhost:4000"), ("x-forwarded-for", "192.0.2.7")]), here)
        );
    }

    #[test]
    fn pages_of_other_sites_are_refused_and_links_from_them_are_not() {
        let host = ("host", "localhost:4000");
        assert_eq!(asked(&[host, ("origin", "http://localhost:4000")]), 200);
        for origin in ["http://evil.example", "null", "http://localhost:4001", "http://127.0.0.1:4000"] {
            assert_eq!(asked(&[host, ("origin", origin)]), 403, "{origin}");
        }
        assert_eq!(asked(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]), 403);
        assert_eq!(asked(&[host, ("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")]), 403);
        let navigation = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert_eq!(asked(&[host, ("sec-fetch-site", "cross-site"), navigation[0], navigation[1]]), 200);
        assert_eq!(
            asked(&[host, ("sec-fetch-site", "cross-site"), navigation[0], ("sec-fetch-dest", "iframe")]),
            403
        );
        assert_eq!(asked(&[host, ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")]), 200);
    }
}
