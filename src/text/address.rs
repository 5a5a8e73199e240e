//! Addresses on the web that editors write.

/// What an address must be to be linked, in the words of a diagnostic.
pub const WEB_ADDRESS: &str = "it must begin with https://, http:// or mailto:";

/// Whether a page may lead to an address: a script, say, is none.
pub fn is_web_address(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
}
