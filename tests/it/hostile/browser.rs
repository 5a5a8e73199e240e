//! The same in a real browser: what a hostile text came to there, and that the policy in the pages holds where a
//! page is broken on purpose. Needs `chromium`, as `tests/it/browser.rs` says.

use super::{TOKEN, ground, places};
use crate::browser::desk_of;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

const PAGES: [&str; 12] = [
    "",
    "debates/",
    "debates/talk/",
    "topics/",
    "topics/data/",
    "people/",
    "people/ann-lee/",
    "briefings/brief/",
    "about/",
    "glossary/",
    "annotations/",
    "search/?q=%3Czqhostile%3E%22%27%3E%3Cimg%20src%3Dx%20onerror%3Dzqhostile()%3E#%3Czqhostile%3E",
];

#[test]
fn no_hostile_text_is_an_element_a_handler_or_a_request_in_a_browser() {
    let (mut files, _) = places::hostile(TOKEN);
    let body = files.get_mut("content/pages/about.md").expect("it is there");
    body.push_str(&format!("\n{TOKEN}\n\n## {TOKEN}\n\n    {TOKEN}\n"));
    let Some(desk) = desk_of(|site| files.iter().for_each(|(path, text)| put(site, path, text))) else {
        return;
    };
    for page in PAGES {
        let mut tab = desk.open(page);
        let found = tab.value(
            "[...document.querySelectorAll('*')].flatMap(element => [...element.attributes]\
             .filter(({ name }) => name.startsWith('on') || name.includes('zqhostile') || name === 'style' && element.closest('main'))\
             .map(({ name }) => element.localName + ' ' + name))\
             .concat([...document.querySelectorAll('zqhostile, base, iframe, object, script:not([src]):not([type$=json])')].map(e => e.localName))\
             .concat(performance.getEntriesByType('resource').map(({ name }) => name).filter(name => name.includes('zqhostile')))\
             .concat(typeof globalThis.zqhostile === 'undefined' ? [] : ['it ran']).join()",
        );
        assert_eq!(found, Value::from(""), "{page}");
    }
}

#[test]
fn the_policy_in_a_page_holds_where_the_page_is_broken_on_purpose() {
    let broken = "{% extends \"base.html\" %}{% block main %}<h1 id=\"heading\">About</h1>\
                  <script>document.documentElement.dataset.ran = 'a script'</script>\
                  <img src=\"x\" onerror=\"document.documentElement.dataset.ran = 'a handler'\" alt=\"\">\
                  <p id=\"red\" style=\"color: red\">x</p>\
                  <base href=\"https://evil.example/\"><form id=\"form\" action=\"https://evil.example/\"></form>\
                  <script src=\"data:text/javascript,document.documentElement.dataset.ran='data'\"></script>{% endblock main %}";
    let lay_out = |site: &Path| {
        ground().iter().for_each(|(path, text)| put(site, path, text));
        put(site, "rapporteur.yaml", "title: Site\n");
        put(site, "themes/broken/theme.yaml", "extends: default\n");
        put(site, "themes/broken/templates/page.html", broken);
        fs::write(site.join("rapporteur.yaml"), "title: Site\ntheme: broken\n").expect("a file");
    };
    let Some(desk) = desk_of(lay_out) else { return };
    let mut tab = desk.open("about/");
    tab.until("document.readyState === 'complete'");
    assert_eq!(tab.value("document.documentElement.dataset.ran ?? 'nothing'"), "nothing");
    assert_ne!(tab.value("getComputedStyle(document.getElementById('red')).color"), "rgb(255, 0, 0)");
    assert_eq!(tab.value("new URL('x', document.baseURI).host === location.host"), true);

    // From the disk the site's own files work under it, and no more than those.
    let program = env!("CARGO_BIN_EXE_rapporteur");
    let built =
        std::process::Command::new(program).arg("build").current_dir(desk.site()).output().expect("it runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let address = |path: &str| format!("file://{}/output/{path}", desk.site().display());
    let mut tab = desk.open_at(&address("about/index.html"));
    tab.until("document.readyState === 'complete' && document.getElementById('heading') !== null");
    assert_eq!(tab.value("document.documentElement.dataset.ran ?? 'nothing'"), "nothing");
    assert_ne!(tab.value("getComputedStyle(document.getElementById('red')).color"), "rgb(255, 0, 0)");
    assert_eq!(
        tab.value("document.styleSheets.length > 1 && [...document.styleSheets].every(sheet => sheet.href)"),
        true
    );
    // A script of the theme runs: it leads on from a former address.
    fs::write(desk.site().join("content/topics/data.md"), "---\ntitle: Data\naliases: [old]\n---\nWords.\n")
        .expect("a file");
    let built =
        std::process::Command::new(program).arg("build").current_dir(desk.site()).output().expect("it runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut tab = desk.open_at(&address("topics/old/index.html"));
    tab.until("location.pathname.endsWith('/topics/data/index.html')");
}
