//! Speakers are people: a name that a record does not print comes from a list of people or from the
//! person's file, and two files that are one person become one.

use crate::importing::Folder;

const RECORD: &str = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="sk"><teiHeader><fileDesc><titleStmt><title>Ferry sitting</title></titleStmt></fileDesc><profileDesc><settingDesc><setting><date when="2021-03-04">x</date></setting></settingDesc></profileDesc></teiHeader><text><body><div type="debateSection"><u who="#ŽofiaPoeová.1952" ana="#chair"><seg>Prajem pekné ráno.</seg></u><u who="#LePoe" ana="#regular"><seg>Ďakujem.</seg></u><note type="speaker">Bo Ray</note><u who="#BoRay"><seg>Tak.</seg></u></div></body></text></TEI>
"##;

const LIST: &str = r##"<listPerson xmlns="http://www.tei-c.org/ns/1.0">
<person xml:id="ŽofiaPoeová.1952"><persName><surname>Poeová</surname><forename>Žofia</forename></persName>
<affiliation role="member" ref="#party.XP" from="2020-03-20"/>
<affiliation role="minister" ref="#GOV" from="2020-03-21" to="2021"><roleName xml:lang="sk">Ministerka prístavov</roleName></affiliation></person>
<person xml:id="LePoe"><persName><forename>Le</forename><surname>Poe</surname></persName></person>
<person xml:id="BoRay"><persName><forename>Robert</forename><surname>Ray</surname></persName></person>
<person xml:id="Nobody"><persName><forename>No</forename><surname>Body</surname></persName></person>
</listPerson>
"##;

const BODIES: &str = r##"<listOrg xmlns="http://www.tei-c.org/ns/1.0"><org xml:id="party.XP" role="politicalParty"><orgName full="init">XP</orgName><orgName full="yes">Strana X</orgName></org></listOrg>
"##;

const DEBATE: &str = "output/debates/2021-03-04-ferry-sitting";

/// The headings of the speeches of a debate's page.
fn headings(page: &str) -> Vec<String> {
    let headings = page.split(" class=\"speaker\">").skip(1);
    let plain = |text: &str| {
        let mut inside = false;
        let letters = text.chars().filter(|c| {
            inside = match c {
                '<' => true,
                '>' => {
                    inside = false;
                    return false;
                }
                _ => inside,
            };
            !inside
        });
        letters.collect::<String>()
    };
    headings.map(|heading| plain(heading.split("</h").next().unwrap_or_default())).collect()
}

#[test]
fn a_list_given_with_the_record_names_who_speaks_and_a_printed_name_stays_as_printed() {
    let folder = Folder::new();
    folder.put("in/day.xml", RECORD);
    folder.put("in/people.xml", LIST);
    folder.put("in/orgs.xml", BODIES);
    let run = folder.run(&["import", "in/day.xml", "in/people.xml", "--people", "in/orgs.xml"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("people.xml: a list of 4 people"), "{}", run.said);
    assert!(!run.said.contains("nameless-speaker"), "{}", run.said);
    let people = folder.files("content/people");
    assert_eq!(people.keys().collect::<Vec<_>>(), ["le-poe.yaml", "robert-ray.yaml", "zofia-poeova.yaml"]);
    assert_eq!(
        folder.read("content/people/zofia-poeova.yaml"),
        "name: Žofia Poeová\nsort_name: \"Poeová, Žofia\"\nparties:\n- { name: Strana X, from: 2020-03-20 }\noffices:\n\
         - { title: Ministerka prístavov, from: 2020-03-21 }\nids:\n  parlamint: ŽofiaPoeová.1952\n",
        "a year is no day"
    );
    assert_eq!(folder.run(&["build"]).code, 0);
    let page = folder.read(&format!("{DEBATE}/index.html"));
    let found = headings(&page);
    assert!(found[0].starts_with("Žofia Poeová in the Chair"), "{found:?}");
    assert!(found[0].ends_with("(named by the editors)"), "{found:?}");
    assert!(found[2].starts_with("Bo Ray") && !found[2].contains("editors"), "{found:?}");
    assert!(page.contains("The record prints no name over some speeches."));
    for file in folder.files("output").iter().filter(|(path, _)| !path.ends_with(".xml")) {
        let text = String::from_utf8_lossy(file.1);
        assert!(!text.contains("ŽofiaPoeová.1952"), "an id is shown in {}", file.0);
    }
    let texts = folder.files(DEBATE);
    let plain = texts.iter().find(|(path, _)| path.ends_with(".txt")).expect("a text").1;
    assert!(
        String::from_utf8_lossy(plain).contains("[Žofia Poeová]:\n\nPrajem"),
        "editors' words stand in brackets"
    );
    let run = folder.run(&["export", "2021-03-04-ferry-sitting", "--to", "markdown"]);
    assert!(run.said.contains("### Žofia Poeová") && run.said.contains("### Bo Ray"), "{}", run.said);
}

#[test]
fn a_list_imported_later_names_those_who_have_an_id_for_a_name_and_nobody_else() {
    let folder = Folder::new();
    folder.put("in/day.xml", RECORD);
    folder.put("in/people.xml", LIST);
    let run = folder.run(&["import", "in/day.xml"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("nameless-speaker") && run.said.contains("--people FILE"), "{}", run.said);
    assert_eq!(folder.run(&["build"]).code, 0);
    let found = headings(&folder.read(&format!("{DEBATE}/index.html")));
    assert!(found[1].ends_with("(an id: the record has no name)"), "{found:?}");

    folder.put(
        "content/people/lepoe.yaml",
        "# asked by letter\r\nname: L. Poe   # so signed\r\nids: { parlamint: LePoe }\r\n",
    );
    folder.put("content/people/zofiapoeova-1952.yaml", "# from the corpus\r\nname: ŽofiaPoeová.1952 # no name yet\r\nids: { parlamint: ŽofiaPoeová.1952 }\r\n");
    let dry = folder.run(&["import", "in/people.xml", "--dry-run"]);
    assert!(dry.said.contains("would write people/zofiapoeova-1952.yaml: the name"), "{}", dry.said);
    let run = folder.run(&["import", "in/people.xml"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(folder.files("content/people").len(), 3, "nobody comes who does not speak here");
    assert_eq!(
        folder.read("content/people/zofiapoeova-1952.yaml"),
        "# from the corpus\r\nname: Žofia Poeová # no name yet\r\nsort_name: \"Poeová, Žofia\"\r\nids: { parlamint: ŽofiaPoeová.1952 }\r\noffices:\r\n- { title: Ministerka prístavov, from: 2020-03-21 }\r\n"
    );
    assert!(folder.read("content/people/lepoe.yaml").contains("name: L. Poe   # so signed\r\n"));
    let names = |folder: &Folder| {
        assert_eq!(folder.run(&["build"]).code, 0);
        headings(&folder.read(&format!("{DEBATE}/index.html")))
    };
    let found = names(&folder);
    assert!(found[0].starts_with("Žofia Poeová") && found[1].starts_with("L. Poe"), "{found:?}");
    folder.put("content/people/lepoe.yaml", "name: Lenka Poe\nids: { parlamint: LePoe }\n");
    assert!(names(&folder)[1].starts_with("Lenka Poe"), "the person's file names every debate");
    let again = folder.run(&["import", "in/people.xml"]);
    assert!(!again.said.contains("wrote"), "{}", again.said);
}

#[test]
fn the_name_of_a_file_is_no_part_of_the_lock() {
    let folder = Folder::new();
    folder.put("in/day.xml", RECORD);
    folder.put("in/people.xml", LIST);
    assert_eq!(folder.run(&["import", "in/day.xml"]).code, 0);
    let lock = folder.read("content/debates/2021-03-04-ferry-sitting/debate.lock");
    assert_eq!(folder.run(&["import", "in/people.xml"]).code, 0);
    let check = folder.run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.said);
    assert_eq!(folder.read("content/debates/2021-03-04-ferry-sitting/debate.lock"), lock);
}

const POPOLO: &str = r#"{ "persons": [
 { "id": "uk.org.publicwhip/person/10", "other_names": [
   { "note": "Main", "given_name": "Bo", "family_name": "Lark", "end_date": "2001-01-01" },
   { "note": "Main", "given_name": "Bo", "family_name": "Ray", "start_date": "2001-01-02" },
   { "note": "Alternate", "name": "B. Ray" } ] },
 { "id": "uk.org.publicwhip/person/11", "redirect": "uk.org.publicwhip/person/10" },
 { "id": "uk.org.publicwhip/person/12", "other_names": [ { "note": "Main", "honorific_prefix": "Lord", "lordname": "Poe", "lordofname": "Weir" } ] } ],
 "organizations": [ { "id": "mauve", "name": "Mauve", "classification": "party" }, { "id": "house-of-commons", "name": "House of Commons", "classification": "chamber" } ],
 "posts": [ { "id": "seat", "organization_id": "house-of-commons", "area": { "name": "Upper Weir" }, "role": "Member of Parliament" } ],
 "memberships": [
 { "id": "uk.org.publicwhip/member/1", "person_id": "uk.org.publicwhip/person/10", "post_id": "seat", "on_behalf_of_id": "mauve", "start_date": "2001-06-07", "end_date": "2005-04-11" },
 { "id": "uk.org.publicwhip/member/2", "person_id": "uk.org.publicwhip/person/10", "post_id": "seat", "on_behalf_of_id": "mauve", "start_date": "2005-05-05", "end_date": "9999-12-31" },
 { "id": "uk.org.publicwhip/lord/3", "person_id": "uk.org.publicwhip/person/12", "on_behalf_of_id": "mauve", "start_date": "2004" } ] }
"#;

#[test]
fn several_ids_of_one_register_are_one_person() {
    let folder = Folder::new();
    let speech = |id: &str, name: &str| {
        format!(
            "<speech id=\"uk.org.publicwhip/debate/2010-02-03a.1.{}\" speakername=\"{name}\" speakerid=\"uk.org.publicwhip/{id}\"><p>One.</p></speech>\n",
            id.len()
        )
    };
    let record = format!(
        "<publicwhip>\n<major-heading id=\"uk.org.publicwhip/debate/2010-02-03a.1.1\">Bridges</major-heading>\n{}{}{}</publicwhip>\n",
        speech("member/1", "Bo Ray"),
        speech("person/11", "Bo Ray"),
        speech("lord/3", "Lord Poe of Weir")
    );
    folder.put("in/debates2010-02-03a.xml", record);
    folder.put("in/people.json", POPOLO);
    let run = folder.run(&["import", "in/debates2010-02-03a.xml", "--people", "in/people.json"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(
        folder.read("content/people/bo-ray.yaml"),
        "name: Bo Ray\nsort_name: \"Ray, Bo\"\nparties:\n- { name: Mauve, from: 2001-06-07 }\nconstituencies:\n- { name: Upper Weir, from: 2001-06-07 }\n\
         ids:\n  publicwhip: [uk.org.publicwhip/person/10, uk.org.publicwhip/person/11, uk.org.publicwhip/member/1, uk.org.publicwhip/member/2]\n"
    );
    assert!(
        folder
            .read("content/people/lord-poe-of-weir.yaml")
            .starts_with("name: Lord Poe of Weir\nsort_name: \"Poe, Lord\"\nparty: Mauve\n")
    );
    // A site that knows the person by one id learns the others that speak.
    folder.put(
        "content/people/bo-ray.yaml",
        "name: Bob\nids:\n  publicwhip: uk.org.publicwhip/member/2 # now\n  other: x\n",
    );
    let run = folder.run(&["import", "in/debates2010-02-03a.xml", "--people", "in/people.json"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(
        folder.read("content/people/bo-ray.yaml"),
        "name: Bob\nids:\n  publicwhip: [uk.org.publicwhip/member/2, uk.org.publicwhip/member/1, uk.org.publicwhip/person/11] # now\n  other: x\n"
    );
    assert_eq!(folder.files("content/people").len(), 2);
}

#[test]
fn the_head_of_a_corpus_is_a_list_and_names_are_in_the_order_of_its_language() {
    let folder = Folder::new();
    folder.put("in/day.xml", RECORD.replace("\"sk\"", "\"hu\""));
    let list = LIST.replace("<listPerson xmlns=\"http://www.tei-c.org/ns/1.0\">", "<listPerson>");
    folder.put("in/corpus.xml", format!("<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"hu\"><teiHeader><profileDesc><particDesc>{list}</particDesc></profileDesc></teiHeader></teiCorpus>\n"));
    let run = folder.run(&["import", "in/day.xml", "in/corpus.xml"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(folder.read("content/people/poeova-zofia.yaml").starts_with("name: Poeová Žofia\n"));
}

#[test]
fn what_is_no_list_is_refused_with_its_place_and_nothing_is_written() {
    for (name, text, code, place) in [
        (
            "a.xml",
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text/></TEI>\n",
            "foreign-document",
            "a.xml:1:1",
        ),
        ("b.xml", "<listPerson>\n<person xml:id=\"A\"></listPerson>\n", "broken-xml", "b.xml:2"),
        ("c.xml", "<listPerson>\n<person/>\n</listPerson>\n", "foreign-document", "c.xml:1"),
        ("d.json", "{ \"persons\": [\n }\n", "broken-json", "d.json:2"),
        ("e.json", "{ \"speeches\": [] }\n", "foreign-document", "e.json"),
        ("f.txt", "Ann Poe\n", "foreign-document", "f.txt"),
    ] {
        let folder = Folder::new();
        folder.put("in/day.xml", RECORD);
        folder.put(&format!("in/{name}"), text);
        let run =
            folder.run(&["import", "in/day.xml", "--people", &format!("in/{name}"), "--format", "short"]);
        assert_eq!(run.code, 1, "{name}: {}", run.said);
        assert!(run.said.contains(code) && run.said.contains(place), "{name}: {}", run.said);
        assert!(folder.files("content").is_empty(), "{name}: {}", run.said);
    }
    let folder = Folder::new();
    assert_eq!(folder.run(&["import", "--people", "in/none.xml"]).code, 2);
    assert_eq!(folder.run(&["import"]).code, 2);
}

/// A site in which one person has two files.
fn twice() -> Folder {
    let folder = Folder::new();
    folder.put(
        "content/people/ann-poe.yaml",
        "# kept\nname: Ann Poe\naliases: [A. Poe]   # printed so in 1990\nids:\n  old: x1\n",
    );
    folder.put("content/people/ann.yaml", "name: Annie Poe\nsort_name: Poe, Annie\nids: { old: x2, new: y1 }\noffices:\n- { title: Mayor, from: 2010-01-01 }\nlinks: { Town: \"https://example.org/ann\" }\n".replace("Poe, Annie", "'Poe, Annie'"));
    folder.put("content/people/bo.md", "---\nname: Bo Ray\n---\nSits beside [Annie](ann.yaml).\n");
    folder
        .put("content/topics/tolls.md", "---\ntitle: Tolls\n---\nSee [Annie](../people/ann.yaml) and ann.\n");
    folder.put(
        "content/debates/talk/debate.yaml",
        "title: Talk\ndate: 2012-12-20\nchair: ann # so printed\nspeakers: { Mayor: ann }\n",
    );
    folder.put(
        "content/debates/talk/transcript.md",
        "# Talk\n\n### Mayor:\n\nWe will mend the bridge, said ann.\n\n### Bo Ray:\n\nNo.\n",
    );
    folder.put(
        "content/debates/talk/corrections.yaml",
        "wrong: { at: c2, was: Bo Ray, speaker: ann, reason: R. }\n",
    );
    folder.put("content/debates/talk/a.notes.yaml", "annotations:\n  mend:\n    at: p1\n    kind: commitment\n    quote: We will mend the bridge, said ann\n    owed_by: ann\n    status: in-review\n    body: By [her](../../people/ann.yaml).\n");
    assert_eq!(folder.run(&["lock"]).code, 0);
    let check = folder.run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.said);
    folder
}

#[test]
fn two_files_become_one_person_and_everything_refers_to_the_one() {
    let folder = twice();
    let before = folder.files("content");
    let dry = folder.run(&["people", "merge", "ann", "ann-poe", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.said);
    assert_eq!(folder.files("content"), before);
    let run = folder.run(&["people", "merge", "ann", "ann-poe"]);
    assert_eq!(run.code, 0, "{}", run.said);
    for line in [
        "changes content/debates/talk/debate.yaml: 2 references",
        "changes content/debates/talk/a.notes.yaml: 2 references",
        "changes content/people/bo.md: one reference",
        "changes content/people/ann.yaml: removed",
    ] {
        assert!(
            run.said.contains(line) && dry.said.contains(&line.replace("changes", "would change")),
            "{}",
            run.said
        );
    }
    assert_eq!(
        folder.read("content/people/ann-poe.yaml"),
        "# kept\nname: Ann Poe\naliases: [A. Poe, Annie Poe]   # printed so in 1990\nids:\n  old: [x1, x2]\n  new: y1\noffices:\n\
         - { title: Mayor, from: 2010-01-01 }\nlinks:\n  Town: \"https://example.org/ann\"\nformer:\n- ann\n"
    );
    let after = folder.files("content");
    assert!(!after.contains_key("people/ann.yaml"));
    for same in ["debates/talk/transcript.md", "debates/talk/debate.lock"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    assert!(folder.read("content/debates/talk/a.notes.yaml").contains("said ann\n    owed_by: ann-poe\n"));
    assert!(folder.read("content/topics/tolls.md").contains("(../people/ann-poe.yaml) and ann."));
    assert_eq!(folder.run(&["build"]).code, 0);
    assert!(folder.read("output/people/ann/index.html").contains("ann-poe"), "the former address leads on");
    let list = folder.run(&["people", "list"]);
    assert!(list.said.contains("ann-poe\tAnn Poe\tAnn Poe\ty1 x1 x2"), "{}", list.said);
}

#[test]
fn what_a_person_must_settle_first_is_said_and_nothing_is_written() {
    let said = |gone: &str, kept: &str, files: &[(&str, &str)]| {
        let folder = twice();
        files.iter().for_each(|(path, text)| folder.put(path, text));
        let before = folder.files("content");
        let run = folder.run(&["people", "merge", gone, kept]);
        assert_eq!(run.code, 1, "{}", run.said);
        assert_eq!(folder.files("content"), before);
        run.said
    };
    assert!(said("an", "ann-poe", &[]).contains("there is no person `an`; did you mean `ann`?"));
    assert!(said("ann", "ann", &[]).contains("the same file"));
    let party = [
        ("content/people/ann.yaml", "name: Annie Poe\nparty: Mauve\n"),
        ("content/people/ann-poe.yaml", "name: Ann Poe\nparty: Teal\n"),
    ];
    assert!(said("ann", "ann-poe", &party).contains("people/ann has “Mauve”, people/ann-poe has “Teal”"));
    let texts = [
        ("content/people/ann.yaml", "name: Annie Poe\nlinks: { Town: \"https://a.example\" }\n"),
        ("content/people/ann-poe.yaml", "name: Ann Poe\nlinks: { Town: \"https://b.example\" }\n"),
    ];
    assert!(said("ann", "ann-poe", &texts).contains("the addresses of the link “Town” differ"));
    let odd = [("content/people/ann-poe.yaml", "{ name: Ann Poe }\n")];
    assert!(said("ann", "ann-poe", &odd).contains("can't be changed safely"));
}

#[test]
fn a_name_out_of_the_records_own_list_is_said_as_names_are_and_is_nobody_elses() {
    let folder = Folder::new();
    let header = format!(
        "<particDesc>{}</particDesc></profileDesc>",
        LIST.replace(" xmlns=\"http://www.tei-c.org/ns/1.0\"", "")
    );
    folder.put("in/day.xml", RECORD.replace("</profileDesc>", &header));
    assert_eq!(folder.run(&["import", "in/day.xml"]).code, 0);
    let names = |folder: &Folder| {
        assert_eq!(folder.run(&["build"]).code, 0);
        headings(&folder.read(&format!("{DEBATE}/index.html")))
    };
    let found = names(&folder);
    assert!(found[0].starts_with("Žofia Poeová in the Chair") && !found[0].contains("editors"), "{found:?}");
    folder.put("content/people/zofia-poeova.yaml", "name: Zofia Poe\nids: { parlamint: ŽofiaPoeová.1952 }\n");
    let found = names(&folder);
    assert!(
        found[0].starts_with("Zofia Poe in the Chair") && found[0].ends_with("(named by the editors)"),
        "{found:?}"
    );
    std::fs::remove_file(folder.path().join("content/people/zofia-poeova.yaml")).expect("it was there");
    let found = names(&folder);
    assert!(found[0].starts_with("Žofia Poeová in the Chair") && !found[0].contains("editors"), "{found:?}");
}

#[test]
fn two_of_one_name_are_told_apart_by_what_is_printed_beside_it() {
    let folder = Folder::new();
    let talk: String = (0..3)
        .map(|at| format!("John Smith (Upper): Open {at}.\n\nJohn Smith (Lower): Shut.\n\nAnn Lee: So.\n\n"))
        .collect();
    folder.put("talk.txt", format!("Harbour board\n5 March 2024\n\n{talk}"));
    let run = folder.run(&["import", "talk.txt"]);
    assert_eq!(run.code, 0, "{}", run.said);
    let page = "output/debates/2024-03-05-harbour-board/index.html";
    assert_eq!(folder.run(&["build"]).code, 0);
    let listed = |page: &str| page.split("The record").next().unwrap_or_default().to_owned();
    // Nobody says that they are two: then nothing is said of both that stands beside one.
    assert!(!listed(&folder.read(page)).contains("Upper"));
    let debate = "content/debates/2024-03-05-harbour-board/debate.yaml";
    for slug in ["john-upper", "john-lower"] {
        folder.put(&format!("content/people/{slug}.yaml"), "name: John Smith\n");
    }
    let speakers = "speakers: { John Smith: john-upper, \"John Smith (Lower)\": john-lower }\n";
    folder.put(debate, folder.read(debate) + speakers);
    let run = folder.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.said);
    let page = folder.read(page);
    assert!(page.contains("people/john-upper/") && page.contains("people/john-lower/"), "{page}");
    assert_eq!(page.matches("3 contributions").count(), 3, "{page}");
}

#[test]
fn words_of_no_stated_language_are_written_the_way_their_letters_are() {
    let folder = Folder::new();
    folder.put(
        "talk.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v דנה>הגשר פתוח.\n\n00:03.000 --> 00:04.000\n<v Bo>It is.\n",
    );
    assert_eq!(folder.run(&["import", "talk.vtt", "--date", "2024-03-05", "--title", "Talk"]).code, 0);
    assert_eq!(folder.run(&["build"]).code, 0);
    let page = folder.read("output/debates/2024-03-05-talk/index.html");
    assert!(page.contains("<p id=\"p1\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<p id=\"p2\">"), "{page}");
}
