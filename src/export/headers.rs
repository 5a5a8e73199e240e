//! `_headers`: what a web server should send with every file, for the hosts that read such a file. Others have
//! to be told (docs/publishing.md).

/// What pages may load, for servers that say so: nothing but the site's own files, and no script or style that
/// stands in a page. The element in every page says the same, but for what only a server can say.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// `_headers`.
pub(super) fn headers() -> Vec<u8> {
    let fields = [
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("X-Frame-Options", "DENY"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ];
    let fields: String = fields.iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
    format!("/*\n{fields}").into_bytes()
}
