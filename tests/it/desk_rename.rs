//! A renaming takes everything along that refers to the name, remembers the old address, and leaves the
//! words of the record alone.

use crate::desk::{begun, run_in};
use crate::importing::{Folder, Run};
use std::collections::BTreeMap;

const DEBATE: &str = "2025-03-04-the-ferry-to-heron-island";

/// A site in which everything refers to everything.
struct Desk(Folder);

impl Desk {
    fn new() -> Self {
        let desk = Desk(begun());
        desk.put(
            "content/debates/2025-03-05-again/debate.yaml",
            "title: Again\ndate: 2025-03-05\nchair: tobias-marl\nspeakers: { tobias-marl: tobias-marl }\nsource: { name: Made up, licence: CC0 1.0 }\n",
        );
        desk.put(
            "content/debates/2025-03-05-again/transcript.md",
            "# Again\n\n### tobias-marl:\n\nThe island-ferries and ../topics/island-ferries.md, and tobias-marl.\n\n### Ida Fenwick:\n\nWell.\n",
        );
        desk.put(
            "content/debates/2025-03-05-again/a.notes.yaml",
            &format!(
                "# island-ferries stays\r\ndebate: 2025-03-05-again\r\ndefaults: {{ topics: [island-ferries], status: in-review }}\r\nannotations:\r\n  one:\r\n    at: p1\r\n    quote: \"The island-ferries and ../topics/island-ferries.md\"\r\n    kind: cross-reference\r\n    topics: [-island-ferries]\r\n    see: [{DEBATE}/who-answers, two]\r\n    body: |\r\n      See [it](../topics/island-ferries.md), [him](../people/tobias-marl.yaml), [that](../debates/{DEBATE}/#n-who-answers)\r\n      and [this](#n-two). The island-ferries stay.\r\n  two:\r\n    at: p1\r\n    kind: commitment\r\n    owed_by: tobias-marl\r\n    identifies: {{ person: 'tobias-marl' }}\r\n"
            ),
        );
        desk.put("content/topics/boats.md", "---\ntitle: Boats\nrelated:\n  - island-ferries\nparent: island-ferries\n---\n[Ferries](island-ferries.md \"x\"), [again](/topics/island-ferries/).\n");
        desk.put(
            "content/briefings/ferry.md",
            &format!("---\ntitle: The ferry\nstatus: in-review\ntopics: [island-ferries]\ndebates: [{DEBATE}]\n---\n[A][p], [B](../topics/boats.md).\n\n[p]: ../debates/{DEBATE}/#p2\n"),
        );
        desk.put("content/pages/about.md", "---\ntitle: About\n---\n[The briefing](../briefings/ferry.md), [outside](https://example.org/topics/island-ferries/).\n");
        let check = desk.run(&["check"]);
        assert!(check.code == 0 && check.said.contains("no mistakes"), "{}", check.said);
        desk
    }

    fn put(&self, path: &str, text: &str) {
        self.0.put(&format!("site/{path}"), text);
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run_in(&self.0.path().join("site"), arguments)
    }

    fn content(&self) -> BTreeMap<String, String> {
        let files = self.0.files("site/content").into_iter();
        files.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("text"))).collect()
    }

    /// Renames, and gives the files before and after. The site has no mistake then.
    fn renamed(&self, what: &str, old: &str, new: &str) -> [BTreeMap<String, String>; 2] {
        let before = self.content();
        let dry = self.run(&["rename", what, old, new, "--dry-run"]);
        assert_eq!(dry.code, 0, "{}", dry.said);
        assert_eq!(self.content(), before, "nothing is written");
        let run = self.run(&["rename", what, old, new]);
        assert_eq!(run.code, 0, "{}", run.said);
        let check = self.run(&["check"]);
        assert!(check.code == 0 && check.said.contains("no mistakes"), "{}", check.said);
        [before, self.content()]
    }

    fn refused(&self, arguments: &[&str], why: &str) {
        let before = self.content();
        let run = self.run(arguments);
        assert!(run.code == 1 && run.said.contains(why), "{arguments:?}: {}", run.said);
        assert_eq!(self.content(), before);
    }
}

#[test]
fn a_topic_is_renamed_wherever_it_is_named_and_nowhere_else() {
    let desk = Desk::new();
    let [before, after] = desk.renamed("topic", "island-ferries", "ferries");
    assert!(!after.contains_key("topics/island-ferries.md"));
    assert!(
        after["topics/ferries.md"].contains("aliases: [island-ferries]\n---\n"),
        "{}",
        after["topics/ferries.md"]
    );
    assert_eq!(
        after["topics/boats.md"],
        "---\ntitle: Boats\nrelated:\n  - ferries\nparent: ferries\n---\n[Ferries](ferries.md \"x\"), [again](/topics/ferries/).\n"
    );
    assert!(after["briefings/ferry.md"].contains("topics: [ferries]"));
    let sheet = "debates/2025-03-05-again/a.notes.yaml";
    let wanted = before[sheet]
        .replace("topics: [island-ferries]", "topics: [ferries]")
        .replace("[-island-ferries]", "[-ferries]")
        .replace("[it](../topics/island-ferries.md)", "[it](../topics/ferries.md)");
    assert_eq!(after[sheet], wanted, "the record's words, remarks and line ends stay");
    for path in ["debates/2025-03-05-again/transcript.md", "pages/about.md"] {
        assert_eq!(after[path], before[path]);
    }
    // The old address leads on, and back again nothing is left over.
    assert_eq!(desk.run(&["build"]).code, 0);
    assert!(desk.0.read("site/output/topics/island-ferries/index.html").contains("ferries/"));
    let [_, back] = desk.renamed("topic", "ferries", "island-ferries");
    assert!(back["topics/island-ferries.md"].contains("aliases: [ferries]\n"));
}

#[test]
fn a_person_is_renamed_and_the_name_in_the_record_is_not() {
    let desk = Desk::new();
    let [before, after] = desk.renamed("person", "tobias-marl", "toby-marl");
    assert!(after["people/toby-marl.yaml"].ends_with("former: [tobias-marl]\n"));
    let debate = &after["debates/2025-03-05-again/debate.yaml"];
    assert!(debate.contains("chair: toby-marl\nspeakers: { tobias-marl: toby-marl }"), "{debate}");
    let sheet = &after["debates/2025-03-05-again/a.notes.yaml"];
    for changed in ["owed_by: toby-marl\r\n", "person: 'toby-marl'", "(../people/toby-marl.yaml)"] {
        assert!(sheet.contains(changed), "{changed}: {sheet}");
    }
    let record = "debates/2025-03-05-again/transcript.md";
    assert_eq!(after[record], before[record]);
}

#[test]
fn a_debate_is_renamed_with_its_folder_and_its_record_to_the_byte() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["lock"]).code, 0);
    let [before, after] = desk.renamed("debate", DEBATE, "ferry-debate");
    for name in ["transcript.md", "debate.lock"] {
        assert_eq!(
            after[&format!("debates/ferry-debate/{name}")],
            before[&format!("debates/{DEBATE}/{name}")]
        );
    }
    assert!(!desk.0.path().join("site/content/debates").join(DEBATE).exists());
    assert!(after["debates/ferry-debate/debate.yaml"].ends_with(&format!("aliases: [{DEBATE}]\n")));
    assert!(after["debates/ferry-debate/ferry.notes.yaml"].contains("\ndebate: ferry-debate\n"));
    assert!(after["topics/island-ferries.md"].contains("at: ferry-debate#p1"));
    assert!(after["topics/island-ferries.md"].contains("[p5]: ../debates/ferry-debate/#p5"));
    assert!(after["briefings/ferry.md"].contains("debates: [ferry-debate]"));
    let sheet = &after["debates/2025-03-05-again/a.notes.yaml"];
    assert!(sheet.contains("see: [ferry-debate/who-answers, two]"), "{sheet}");
    assert!(sheet.contains("(../debates/ferry-debate/#n-who-answers)"), "{sheet}");
}

#[test]
fn a_note_is_renamed_in_its_sheet_its_lock_and_wherever_it_is_referred_to() {
    let desk = Desk::new();
    assert_eq!(
        desk.run(&["approve", &format!("{DEBATE}/who-answers"), "--by", "Desk", "--on", "2025-03-09"]).code,
        0
    );
    let [_, after] = desk.renamed("note", &format!("{DEBATE}/who-answers"), "telephone");
    assert!(
        after[&format!("debates/{DEBATE}/ferry.notes.yaml")]
            .contains("\n  telephone:\n    former: [who-answers]\n    at: p7")
    );
    assert!(
        after[&format!("debates/{DEBATE}/debate.lock")].contains("telephone:"),
        "the approval goes along"
    );
    let sheet = &after["debates/2025-03-05-again/a.notes.yaml"];
    assert!(sheet.contains(&format!("see: [{DEBATE}/telephone, two]")), "{sheet}");
    assert!(sheet.contains(&format!("(../debates/{DEBATE}/#n-telephone)")), "{sheet}");
    let [_, after] = desk.renamed("note", "2025-03-05-again/two", "promise");
    let sheet = &after["debates/2025-03-05-again/a.notes.yaml"];
    assert!(sheet.contains("who-answers, promise]") || sheet.contains("telephone, promise]"), "{sheet}");
    assert!(
        sheet.contains("[this](#n-promise)") && sheet.contains("\r\n  promise:\r\n    former: [two]\r\n"),
        "{sheet}"
    );
    // Links from elsewhere to the former ids still land, and a second name is remembered beside the first.
    desk.renamed("note", &format!("{DEBATE}/telephone"), "call");
    assert!(
        desk.0
            .read(&format!("site/content/debates/{DEBATE}/ferry.notes.yaml"))
            .contains("  call:\n    former: [who-answers, telephone]")
    );
    let checked = desk.run(&["build"]);
    assert_eq!(checked.code, 0, "{}", checked.said);
    let page = desk.0.read(&format!("site/output/debates/{DEBATE}/index.html"));
    for id in ["n-who-answers", "n-telephone", "n-call"] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn a_briefing_is_renamed_and_so_are_the_links_to_it() {
    let desk = Desk::new();
    let [_, after] = desk.renamed("briefing", "ferry", "the-ferry");
    assert!(after["briefings/the-ferry.md"].contains("aliases: [ferry]"));
    assert!(after["pages/about.md"].contains("(../briefings/the-ferry.md)"));
}

#[test]
fn a_name_that_is_taken_unknown_or_no_name_is_refused() {
    let desk = Desk::new();
    desk.refused(
        &["rename", "topic", "boats", "island-ferries"],
        "there is a topic `island-ferries` already",
    );
    desk.refused(&["rename", "topic", "boat", "ships"], "did you mean `boats`?");
    desk.refused(&["rename", "topic", "boats", "Big Boats"], "`Big Boats` is no name for an address");
    desk.refused(&["rename", "note", "who-answers", "x"], "write it as DEBATE/NOTE");
    desk.refused(&["rename", "note", &format!("{DEBATE}/who-answer"), "x"], "did you mean `who-answers`?");
    desk.refused(&["rename", "note", "2025-03-05-again/one", "two"], "there is a note `two` already");
    // An address that another page had before is taken as well.
    desk.put("content/topics/bridges.md", "---\ntitle: Bridges\naliases: [ships]\n---\n");
    desk.refused(&["rename", "topic", "boats", "ships"], "the site would have these mistakes");
}

#[test]
fn what_was_wrong_before_is_in_the_way_of_no_renaming() {
    let desk = Desk::new();
    desk.put(
        "content/debates/2025-03-05-again/b.notes.yaml",
        "annotations:\n  lost: { at: p1, quote: These words are nowhere }\n",
    );
    let run = desk.run(&["rename", "debate", "2025-03-05-again", "again"]);
    assert_eq!(run.code, 0, "{}", run.said);
}
