//! Two topics become one, and sheets follow the record: nothing else of a file changes.

use crate::desk::Desk;

const SHEET: &str = "content/debates/2025-03-04-the-ferry-to-heron-island/ferry.notes.yaml";

#[test]
fn a_topic_is_merged_into_another_and_leads_there() {
    let desk = Desk::new();
    desk.put(
        "content/topics/boats.md",
        "---\ntitle: Boats\naliases: [ships]\n---\nOf [ferries](island-ferries.md) and others.\n",
    );
    let sheet = desk.read(SHEET);
    let sheet = sheet.replace("    kind: claim\n", "    kind: claim\n    topics: [boats]\n");
    let sheet =
        sheet.replace("    kind: question\n", "    kind: question\n    topics: [boats, island-ferries]\n");
    desk.put(SHEET, &sheet.replace('\n', "\r\n"));
    desk.put(
        "content/briefings/b.md",
        "---\ntitle: B\nstatus: in-review\ntopics:\n  - boats # these\n  - island-ferries\n---\nSee [boats](../topics/boats.md).\n",
    );
    assert!(desk.fine(&["check"]).contains("no mistakes"));
    let said = desk.fine(&["merge", "topic", "boats", "island-ferries", "--dry-run"]);
    assert!(said.contains("would change: content/briefings/b.md: 2 references"), "{said}");
    assert!(desk.read("content/topics/boats.md").contains("Boats"));
    desk.fine(&["merge", "topic", "boats", "island-ferries"]);
    assert!(desk.fine(&["check"]).contains("no mistakes"));
    assert!(!desk.0.files("site/content/topics").contains_key("boats.md"));
    let kept = desk.read("content/topics/island-ferries.md");
    assert!(
        kept.contains("aliases: [ships, boats]")
            && kept.contains("Of [ferries](island-ferries.md) and others."),
        "{kept}"
    );
    let sheet = desk.read(SHEET);
    assert!(sheet.contains("topics: [island-ferries]\r\n") && !sheet.contains("boats"), "{sheet}");
    assert_eq!(sheet.matches('\n').count(), sheet.matches("\r\n").count());
    let briefing = desk.read("content/briefings/b.md");
    assert!(briefing.contains("topics:\n  - island-ferries # these\n---\n"), "{briefing}");
    assert!(briefing.contains("[boats](../topics/island-ferries.md)"), "{briefing}");
    desk.fine(&["build"]);
    assert!(desk.read("output/topics/boats/index.html").contains("topics/island-ferries/"));

    for (arguments, why) in [
        (["boats", "island-ferries"], "there is no topic `boats`"),
        (["island-ferries", "island-ferries"], "merged into itself"),
    ] {
        let run = desk.run(&["merge", "topic", arguments[0], arguments[1]]);
        assert!(run.code == 1 && run.said.contains(why), "{}", run.said);
    }
    desk.put("content/topics/other.md", "---\ntitle: Other\n---\n");
    let run = desk.run(&["merge", "topic", "island-ferries", "other"]);
    assert!(run.code == 1 && run.said.contains("key_points"), "{}", run.said);
}

#[test]
fn a_sheet_is_put_in_the_order_of_the_record_with_its_remarks() {
    let desk = Desk::new();
    let sheet = "# The head stays.\ndebate: 2025-03-04-the-ferry-to-heron-island\nannotations:\n  # Of the telephone.\n  \
                 # Two lines.\n  late:\n    at: p7\n    quote: \"It may be that it is not answered\" # sic\n    status: in-review\n    body: |\n      \
                 One.\n\n      # No remark: two.\n\n  nowhere: { quote: words of nobody at all, body: x }\n\n  early:\n    at: p1\n    \
                 status: in-review\n    body: Two.\n\n  whole: { at: debate, status: in-review, body: Three. }\ndefaults:\n  author: Desk\n";
    desk.put(SHEET, sheet);
    let ordered = desk.run(&["fmt", "--check"]);
    assert!(ordered.code == 1 && ordered.said.contains("not in order"), "{}", ordered.said);
    assert_eq!(desk.read(SHEET), sheet);
    desk.fine(&["fmt"]);
    let after = desk.read(SHEET);
    let expected = "# The head stays.\ndebate: 2025-03-04-the-ferry-to-heron-island\nannotations:\n  \
                    whole: { at: debate, status: in-review, body: Three. }\n\n  early:\n    at: p1\n    status: in-review\n    body: Two.\n\n  \
                    # Of the telephone.\n  # Two lines.\n  late:\n    at: p7\n    quote: \"It may be that it is not answered\" # sic\n    \
                    status: in-review\n    body: |\n      One.\n\n      # No remark: two.\n\n  \
                    nowhere: { quote: words of nobody at all, body: x }\n\ndefaults:\n  author: Desk\n";
    assert_eq!(after, expected);
    desk.fine(&["fmt"]);
    desk.fine(&["fmt", "--check", "2025-03-04-the-ferry-to-heron-island"]);
    assert_eq!(desk.read(SHEET), expected, "what is in order stays");
    // What only its author can put in order is left.
    for text in
        ["annotations: { b: { at: p2 }, a: { at: p1 } }\n", "annotations:\n  b: { at: p2\n  a: { at: p1 }\n"]
    {
        desk.put(SHEET, text);
        desk.fine(&["fmt"]);
        assert_eq!(desk.read(SHEET), text);
    }
    assert_eq!(desk.run(&["fmt", "no-such"]).code, 1);
}

#[test]
fn a_build_says_what_it_left_out() {
    let desk = Desk::new();
    let said = desk.fine(&["build"]);
    assert!(!said.contains("Left out"), "{said}");
    let sheet = desk.read(SHEET);
    let sheet = sheet.replace("    kind: claim\n", "    kind: claim\n    status: draft\n");
    desk.put(SHEET, &sheet.replace("    kind: question\n", "    kind: question\n    embargo: 2030-01-01\n"));
    desk.put("content/briefings/a.md", "---\ntitle: A\nstatus: draft\n---\nWell.\n");
    desk.put("content/briefings/b.md", "---\ntitle: B\nstatus: in-review\nexpires: 2020-01-01\n---\nWell.\n");
    let said = desk.fine(&["build", "--as-of", "2026-01-01"]);
    assert!(said.contains("Left out: 2 drafts, 1 embargoed, 1 expired (--drafts shows them)"), "{said}");
    let said = desk.fine(&["build", "--as-of", "2026-01-01"]);
    assert!(said.contains("Left out: 2 drafts"), "what is kept says so, too: {said}");
    let said = desk.fine(&["build", "--as-of", "2026-01-01", "--drafts"]);
    assert!(!said.contains("Left out"), "{said}");
}
