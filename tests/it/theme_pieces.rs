//! Themes can be seen from the program alone, a piece copied and changed, and what means nothing is told.

use crate::desk::{begun, run_in};
use crate::importing::Run;
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
