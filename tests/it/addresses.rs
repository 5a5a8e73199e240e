//! Promises about addresses: what was published stays, and nothing that others put into the output stops a build.

use crate::desk::Desk;
use std::fs;

const LEDGER: &str = "content/addresses.txt";
const DEBATE: &str = "2025-03-04-the-ferry-to-heron-island";

#[test]
fn what_was_published_is_written_down_and_nothing_of_it_may_vanish() {
    let desk = Desk::new();
    desk.fine(&["ledger"]);
    let ledger = desk.read(LEDGER);
    for line in ["/", "/topics/island-ferries/", "/people/ida-fenwick/"] {
        assert!(ledger.lines().any(|known| known == line), "{line}: {ledger}");
    }
    for fragment in ["p1..p8", "c1..", "n-who-answers"] {
        assert!(ledger.contains(&format!("/debates/{DEBATE}/#{fragment}")), "{fragment}: {ledger}");
    }
    assert!(!ledger.contains("404") && !ledger.contains("feed.xml"), "{ledger}");
    assert!(desk.fine(&["check"]).contains("no mistakes"));
    assert_eq!(desk.fine(&["ledger"]).trim(), format!("{LEDGER}: +0 \u{2212}0"));
    assert_eq!(desk.read(LEDGER), ledger);

    // A topic that is renamed leads on from where it was; without that the check fails.
    desk.fine(&["rename", "topic", "island-ferries", "ferries"]);
    assert!(desk.fine(&["check"]).contains("no mistakes"));
    let topic = desk.read("content/topics/ferries.md");
    desk.put("content/topics/ferries.md", &topic.replace("aliases: [island-ferries]\n", ""));
    let check = desk.run(&["check"]);
    assert_eq!(check.code, 1, "{}", check.said);
    for said in [
        "lost-address",
        "`/topics/island-ferries/` was published, and would vanish",
        "addresses.txt:",
        "aliases",
    ] {
        assert!(check.said.contains(said), "{said}: {}", check.said);
    }
    assert_eq!(desk.run(&["build"]).code, 1);
    let forgotten = desk.run(&["ledger", "--forget", "/topics/none/"]);
    assert!(forgotten.code == 1 && forgotten.said.contains("the ledger has no"), "{}", forgotten.said);
    desk.fine(&["ledger", "--forget", "/topics/island-ferries/"]);
    assert!(desk.fine(&["check"]).contains("no mistakes"));
    assert!(desk.read(LEDGER).contains("/topics/ferries/"));

    // An id of a note is a promise, too: a renaming keeps it, and without the former id it would vanish.
    desk.fine(&["rename", "note", &format!("{DEBATE}/who-answers"), "telephone"]);
    let path = format!("content/debates/{DEBATE}/ferry.notes.yaml");
    desk.put(&path, &desk.read(&path).replace("    former: [who-answers]\n", ""));
    let check = desk.run(&["check"]);
    assert!(check.code == 1 && check.said.contains("#n-who-answers"), "{}", check.said);
}

#[test]
fn what_readers_do_not_see_now_is_a_warning_and_a_broken_ledger_is_told() {
    let desk = Desk::new();
    desk.put("content/briefings/b.md", "---\ntitle: B\nstatus: in-review\n---\nWell.\n");
    desk.fine(&["ledger"]);
    desk.put("content/briefings/b.md", "---\ntitle: B\nstatus: draft\n---\nWell.\n");
    let check = desk.fine(&["check"]);
    assert!(
        check.contains("warning[lost-address]") && check.contains("readers don’t see it now")
            || check.contains("readers don't see it now"),
        "{check}"
    );
    let ledger = desk.read(LEDGER);
    desk.put(LEDGER, &format!("<<<<<<< ours\n{ledger}=======\n>>>>>>> theirs\nnonsense\n"));
    let check = desk.run(&["check", "--format", "short"]);
    assert_eq!(check.code, 1);
    assert_eq!(check.said.matches("broken-ledger").count(), 4, "{}", check.said);
    let run = desk.run(&["ledger"]);
    assert!(run.code == 1 && desk.read(LEDGER).starts_with("<<<<<<<"), "{}", run.said);
}

#[test]
fn former_addresses_are_rules_for_the_servers_that_are_asked_for() {
    let desk = Desk::new();
    desk.fine(&["rename", "topic", "island-ferries", "ferries"]);
    let configuration = desk.read("rapporteur.yaml");
    desk.put("rapporteur.yaml", &format!("{configuration}redirects: [plain, nginx, apache, plain]\n"));
    desk.fine(&["build", "--base-url", "https://example.org/b/"]);
    assert_eq!(
        desk.read("output/_redirects"),
        "/b/topics/island-ferries/ /b/topics/ferries/ 301\n/b/topics/island-ferries/feed.xml /b/topics/ferries/feed.xml 301\n"
    );
    assert_eq!(
        desk.read("output/redirects.map"),
        "/b/topics/island-ferries/ /b/topics/ferries/;\n/b/topics/island-ferries/feed.xml /b/topics/ferries/feed.xml;\n"
    );
    assert_eq!(
        desk.read("output/.htaccess"),
        "RedirectMatch 301 ^/b/topics/island-ferries/$ /b/topics/ferries/\n\
         RedirectMatch 301 ^/b/topics/island-ferries/feed\\.xml$ /b/topics/ferries/feed.xml\n"
    );
    desk.put("rapporteur.yaml", &configuration);
    desk.fine(&["build"]);
    assert!(!desk.root().join("output/.htaccess").exists());
}

#[test]
fn what_a_file_manager_or_git_puts_into_the_output_stops_nothing() {
    let desk = Desk::new();
    desk.fine(&["build"]);
    for path in [".DS_Store", "topics/.DS_Store", "people/Thumbs.db", "desktop.ini"] {
        desk.put(&format!("output/{path}"), "x");
    }
    desk.put("output/.git/HEAD", "ref: refs/heads/pages");
    for title in ["One", "Two", "Three"] {
        desk.put("content/pages/about.md", &format!("---\ntitle: {title}\n---\nWell.\n"));
        desk.fine(&["build"]);
        assert!(desk.read("output/about/index.html").contains(title));
        assert_eq!(desk.read("output/.git/HEAD"), "ref: refs/heads/pages");
    }
    fs::remove_dir_all(desk.root().join("output/.git")).expect("it goes");
    desk.put("output/.git", "gitdir: ../elsewhere\n");
    for title in ["Four", "Five"] {
        desk.put("content/pages/about.md", &format!("---\ntitle: {title}\n---\nWell.\n"));
        desk.fine(&["build"]);
        assert_eq!(desk.read("output/.git"), "gitdir: ../elsewhere\n");
    }
    // What is somebody's own still does.
    desk.put("output/notes.txt", "mine");
    assert_eq!(desk.run(&["build", "--fresh"]).code, 2);
}

#[test]
fn a_site_that_came_with_a_clone_is_built_over_when_asked_and_nobody_elses_folder_is() {
    let desk = Desk::new();
    desk.fine(&["build", "--output", "docs"]);
    desk.put("docs/topics/old.html", "a page of long ago");
    // A clone has the site and not what the program remembers of it.
    fs::remove_dir_all(desk.root().join(".rapporteur")).expect("it goes");
    desk.put("content/pages/about.md", "---\ntitle: About us\n---\nWell.\n");
    let refused = desk.run(&["build", "--output", "docs"]);
    assert!(refused.code == 2 && refused.said.contains("--adopt"), "{}", refused.said);
    desk.fine(&["build", "--output", "docs", "--adopt"]);
    assert!(desk.read("docs/about/index.html").contains("About us"));
    assert!(!desk.root().join("docs/topics/old.html").exists());
    desk.fine(&["build", "--output", "docs", "--adopt"]);
    desk.put("papers/index.html", "mine");
    let refused = desk.run(&["build", "--output", "papers", "--adopt"]);
    assert!(
        refused.code == 2 && refused.said.contains("no site that this program built"),
        "{}",
        refused.said
    );
    assert_eq!(desk.read("papers/index.html"), "mine");
}

#[test]
fn a_feed_is_still_at_the_address_that_its_topic_or_person_had() {
    let desk = Desk::new();
    let configuration = desk.read("rapporteur.yaml");
    desk.put("rapporteur.yaml", &format!("{configuration}base_url: https://example.org/b/\n"));
    desk.fine(&["build"]);
    desk.fine(&["rename", "topic", "island-ferries", "ferries"]);
    desk.fine(&["rename", "person", "ida-fenwick", "ida-f"]);
    desk.fine(&["build"]);
    for (old, new) in [("topics/island-ferries", "topics/ferries"), ("people/ida-fenwick", "people/ida-f")] {
        let feed = desk.read(&format!("output/{old}/feed.xml"));
        assert_eq!(feed, desk.read(&format!("output/{new}/feed.xml")), "{old}");
        assert!(feed.contains(&format!("https://example.org/b/{new}/feed.xml")), "{feed}");
    }
    // Who has the former name now has its feed too, and a file of `static/` comes before a former feed.
    desk.put("content/people/ida-fenwick.yaml", "name: Another\n");
    desk.put("static/topics/island-ferries/feed.xml", "<mine/>");
    let run = desk.run(&["build", "--keep-going"]);
    assert!(run.said.contains("duplicate-permalink"), "{}", run.said);
    assert_eq!(desk.read("output/topics/island-ferries/feed.xml"), "<mine/>");
}

#[test]
fn a_former_id_of_a_note_that_another_has_is_an_error() {
    let desk = Desk::new();
    let sheet = desk.read("content/debates/2025-03-04-the-ferry-to-heron-island/ferry.notes.yaml");
    let doubled = sheet.replacen(
        "  who-answers:\n",
        "  who-answers:\n    former: [days-without-a-boat, Not an id]\n",
        1,
    );
    desk.put("content/debates/2025-03-04-the-ferry-to-heron-island/ferry.notes.yaml", &doubled);
    let run = desk.run(&["check"]);
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("duplicate-id") && run.said.contains("invalid-id"), "{}", run.said);
}
