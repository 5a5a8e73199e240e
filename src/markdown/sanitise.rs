//! Raw HTML in prose is cut down to harmless text markup. Our own HTML needs none of this: only a
//! text that holds raw HTML goes through here.

use ammonia::Builder;
use std::sync::LazyLock;

/// What editors may write by hand: the markup of text. No script, style, form, frame, svg or math,
/// no event handler, no `style=`, no `id` or `class` of their own.
static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .rm_tags(["map", "area", "img", "hgroup", "nav", "header", "footer", "aside", "article"])
        .link_rel(Some("noopener"))
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(ammonia::UrlRelative::PassThrough);
    builder
});

/// `html` without anything that could run, load or disguise. Tags are closed and balanced.
pub(super) fn clean(html: &str) -> String {
    BUILDER.clean(html).to_string()
}
