//! What nobody sees is reported however it is written, and where an address leads is where it looks as if it led.

use super::{built, ground, options, site};
use rapporteur::output::Memory;
use rapporteur::pipeline::{Unwatched, build};

/// The codes that are reported of a page with this body.
fn told_of(body: &str) -> Vec<&'static str> {
    let mut files = ground();
    files.insert("content/pages/about.md", format!("---\ntitle: About\n---\n{body}\n"));
    let report =
        build(&site(&files), &Memory::default(), &options(), &Unwatched).expect("memory does not fail");
    report.diagnostics.iter().map(|remark| remark.code).collect()
}

#[test]
fn a_character_that_nobody_sees_is_reported_wherever_a_reference_writes_it() {
    for reference in [
        "&#x202E;",
        "&#8203;",
        "&ZeroWidthSpace;",
        "&lrm;",
        "&NoBreak;",
        "&#xE0041;",
        "&#0;",
        "&#xD800;",
        "&#x110000;",
        "&#x1b;",
        "&#xFFFE;",
        "&#xF0000;",
    ] {
        for place in [
            "wo{}rd",
            "**wo{}rd**",
            "# wo{}rd",
            "| a |\n|---|\n| wo{}rd |",
            "[wo{}rd](https://a.example/)",
            "[word](https://a.example/ \"wo{}rd\")",
            "[word][r]\n\n[r]: https://a.example/ \"wo{}rd\"",
            "see [^1].\n\n[^1]: wo{}rd",
            "<b>wo{}rd</b>",
            "<p>wo{}rd</p>",
            "<p title=\"wo{}rd\">word</p>",
            "<a href=\"https://a.example/\" title=\"wo{}rd\">word</a>",
            "<table><tr><td>wo{}rd</td></tr></table>",
        ] {
            let text = place.replace("{}", reference);
            assert!(told_of(&text).contains(&"hidden-character"), "{text}");
        }
    }
    assert_eq!(told_of("so&shy;ft, caf&eacute; &amp;&nbsp;"), [""; 0]);
}

#[test]
fn no_page_holds_a_control_character() {
    let mut files = ground();
    let body = "a&#1;b <b>a&#2;b</b> <i title=\"a&#3;b\">c</i> [a](https://a.example/ \"a&#4;b\")\n\n<p>a&#5;b</p>\n";
    files.insert("content/pages/about.md", format!("---\ntitle: About\n---\n{body}"));
    let (built, _) = built(&site(&files));
    for (path, bytes) in &built {
        let is_text = [".html", ".xml", ".json", "llms.txt"].iter().any(|end| path.ends_with(end));
        let control = bytes.iter().find(|byte| **byte < 32 && !b"\n\t\r".contains(byte));
        assert!(!is_text || control.is_none(), "{path}: {control:?}");
    }
}

#[test]
fn an_address_that_no_browser_can_follow_is_an_error_wherever_it_stands() {
    for address in [
        "https://evil.example:99999/",
        "https://gov.uk%2f.evil.example/",
        "https://gov.uk%40evil.example/",
        "https://gov\u{2024}uk%00/",
        "https://a b.example/",
        "https://[::1/",
        "http://",
    ] {
        assert!(told_of(&format!("[x](<{address}>)")).contains(&"bad-address"), "{address}");
        assert!(told_of(&format!("<a href=\"{address}\">x</a>")).contains(&"bad-address"), "{address}");
        let mut files = ground();
        files.insert("content/sources.yaml", format!("report: {{ title: Report, url: '{address}' }}\n"));
        assert!(built(&site(&files)).1.contains(&"bad-address"), "{address}");
    }
}

#[test]
fn a_host_in_ascii_that_reads_like_another_is_reported() {
    for address in
        ["https://xn--pypal-4ve.example/", "https://www.xn--80ak6aa92e.example/a", "https:///a.example/"]
    {
        assert!(told_of(&format!("[x](<{address}>)")).contains(&"misleading-address"), "{address}");
    }
    assert_eq!(told_of("[x](https://xn--mnchen-3ya.example/)"), [""; 0]);
}
