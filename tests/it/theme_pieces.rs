//! Themes can be seen from the program alone, a piece copied and changed, and what means nothing is told.

use crate::desk::{begun, run_in};
use crate::importing::Run;
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{OnError, Options, Unwatched, build};
use std::collections::BTreeMap;
use std::path::PathBuf;

#[test]
fn pieces_are_listed_shown_and_copied_and_an_old_copy_is_told() {
    let folder = begun();
    let root: PathBuf = folder.path().join("site");
    let run = |arguments: &[&str]| -> Run { run_in(&root, arguments) };
    assert!(run(&["theme", "list"]).said.contains("* default"));
    let shown = run(&["theme", "show"]).said;
    for piece in [
        "templates/topic.html",
        "components/note.html",
        "i18n/en.yaml",
        "static/style.css",
        "accent:",
        "--measure:",
    ] {
        assert!(shown.contains(piece), "{piece}: {shown}");
    }
    assert!(run(&["theme", "show", "day"]).said.contains("component day"));
    let refused = run(&["theme", "copy", "note"]);
    assert!(refused.code == 1 && refused.said.contains("--into"), "{}", refused.said);
    for (piece, why) in [("nott", "did you mean `note`?"), ("../../etc/passwd", "no piece")] {
        let refused = run(&["theme", "copy", piece, "--into", "mine"]);
        assert!(refused.code == 1 && refused.said.contains(why), "{}", refused.said);
    }
    assert!(!root.join("themes").exists(), "nothing was written");
    assert_eq!(run(&["theme", "copy", "note", "templates/base.html", "--into", "mine"]).code, 0);
    let configuration = folder.read("site/rapporteur.yaml");
    folder.put("site/rapporteur.yaml", format!("{configuration}theme: mine\n"));
    let check = run(&["check"]);
    assert!(check.code == 0 && check.said.contains("no mistakes"), "{}", check.said);
    let again = run(&["theme", "copy", "note"]);
    assert!(again.code == 1 && again.said.contains("is there already"), "{}", again.said);
    assert!(run(&["theme", "show"]).said.contains("components/note.html  (of `mine`, copied)"));
    // As if the program had another original now.
    let copied = folder.read("site/themes/mine/copied.txt");
    let old: String = copied.lines().map(|line| format!("{}0000\n", &line[..line.len() - 4])).collect();
    folder.put("site/themes/mine/copied.txt", old);
    assert!(run(&["theme", "show"]).said.contains("the original has changed since it was copied"));
}

#[test]
fn what_takes_the_place_of_nothing_in_a_theme_is_told() {
    let folder = begun();
    let configuration = folder.read("site/rapporteur.yaml");
    folder.put("site/rapporteur.yaml", format!("{configuration}theme: mine\n"));
    folder.put("site/themes/mine/theme.yaml", "extends: default\n");
    folder.put("site/themes/mine/templates/topik.html", "x");
    folder.put("site/themes/mine/templates/part.html", "<p>{{ t.harbour_words }}</p>");
    folder.put("site/themes/mine/templates/topic.html", "{% extends \"default/topic.html\" %}{% block style %}{{ super() }}{% include \"part.html\" %}{% endblock %}");
    folder.put(
        "site/themes/mine/i18n/en.yaml",
        "harbour_words: Of the harbour\ntitles:\n  debates: { one: Sittings }\n  anotations: Remarks\n  zzzzzzzz: x\n",
    );
    let run = run_in(&folder.path().join("site"), &["check", "--format", "short"]);
    assert_eq!(run.code, 1, "{}", run.said);
    for (place, said) in [
        ("templates/topik.html:1:1", "did you mean `topic.html`?"),
        ("i18n/en.yaml:3:12", "`titles.debates` is a mapping here, and should be a text"),
        ("i18n/en.yaml:4:3", "did you mean `annotations`?"),
        ("i18n/en.yaml:5:3", "nothing asks for the string `titles.zzzzzzzz`"),
    ] {
        let line = run
            .said
            .lines()
            .find(|line| line.contains(place))
            .unwrap_or_else(|| panic!("{place}: {}", run.said));
        assert!(line.contains(said), "{line}");
    }
    assert_eq!(run.said.matches("[u").count() + run.said.matches("[wrong-type]").count(), 4, "{}", run.said);
}

/// The whole of it, as somebody would who has the program and an empty folder.
#[cfg(unix)]
#[test]
fn a_newcomers_hour_ends_in_a_published_site() {
    let done = std::process::Command::new("bash")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/newcomer/hour.sh"))
        .env("RAPPORTEUR", env!("CARGO_BIN_EXE_rapporteur"))
        .output()
        .expect("bash runs");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("done: the site is in a folder"), "{said}");
}

/// A site with a theme of its own that has a template for pages of text.
fn own_theme() -> Strings {
    Strings::default()
        .with("rapporteur.yaml", "title: T\ntheme: harbour\n")
        .with("themes/harbour/theme.yaml", "values: { masthead: [tall, low] }\noptions: { masthead: low }\n")
        .with(
            "themes/harbour/templates/wide.html",
            "{% extends \"default/page.html\" %}{% block main %}<div class=\"wide\">{{ view.title }}{{ view.body_html | safe }}</div>{% endblock %}",
        )
        .with("content/pages/map.md", "---\ntitle: The map\ntemplate: wide\n---\nOf the harbour.\n")
        .with("content/pages/about.md", "---\ntitle: About\n---\nWho we are.\n")
}

fn built(site: &Strings) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
    let sink = Memory::default();
    let options = Options { on_error: OnError::KeepGoing, ..Options::default() };
    let report = build(site, &sink, &options, &Unwatched).expect("memory does not fail");
    let said = report.diagnostics.iter().map(|one| one.line()).collect();
    (said, sink.into_files())
}

#[test]
fn a_page_has_the_template_of_the_theme_that_it_names() {
    let (said, files) = built(&own_theme());
    assert_eq!(said, [] as [&str; 0], "a template that a page asks for is in use");
    let page = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(page("map/index.html").contains("<div class=\"wide\">The map<p>Of the harbour.</p>"));
    assert!(!page("about/index.html").contains("class=\"wide\""));
}

#[test]
fn a_template_that_is_none_for_a_page_is_an_error_with_the_nearest() {
    for (template, help) in
        [("wied", "did you mean `wide`?"), ("topic", "there is page, wide"), ("base", "there is")]
    {
        let page = format!("---\ntitle: The map\ntemplate: {template}\n---\nOf the harbour.\n");
        let (said, files) = built(&own_theme().with("content/pages/map.md", page));
        let wrong: Vec<&String> = said.iter().filter(|line| line.contains("unknown-template")).collect();
        let [line] = wrong.as_slice() else { panic!("{template}: {said:?}") };
        assert!(line.starts_with("content/pages/map.md:3:11:") && line.contains(help), "{line}");
        assert!(String::from_utf8_lossy(&files["map/index.html"]).contains("Of the harbour."), "as any page");
    }
    let (said, _) = built(&own_theme().with("content/home.md", "---\ntemplate: wide\n---\nx\n"));
    assert!(said.iter().any(|line| line.contains("unknown-template") && line.contains("home")), "{said:?}");
}

#[test]
fn an_option_that_can_only_be_some_values_is_held_to_them() {
    let chosen = |value: &str| {
        let words = format!("title: T\ntheme: harbour\ntheme_options: {{ {value} }}\n");
        built(&own_theme().with("rapporteur.yaml", words)).0
    };
    assert_eq!(chosen("masthead: tall, accent: ink"), [] as [&str; 0]);
    let wrong = chosen("masthead: tal, accent: mos");
    assert!(
        wrong
            .iter()
            .any(|line| line.contains("`accent` can't be `mos`") && line.contains("did you mean `moss`?")),
        "{wrong:?}"
    );
    assert!(wrong.iter().any(|line| line.contains("`masthead` can be tall, low")), "{wrong:?}");
    let own =
        own_theme().with("themes/harbour/theme.yaml", "values: { mast: [a] }\noptions: { accent: puce }\n");
    let (said, _) = built(&own);
    assert!(
        said.iter()
            .any(|line| line.starts_with("themes/harbour/theme.yaml:2:20: error[invalid-theme-option]")),
        "{said:?}"
    );
    assert!(said.iter().any(|line| line.contains("unknown-key") && line.contains("`mast`")), "{said:?}");
}
