//! Tables stay tables: in every format that can hold them, on the page, in the data, in both exports and
//! back again, and for whoever compares quotations with them.

use crate::importing::Folder;

/// The words of the one table, as every format below has them.
const ROWS: [[&str; 2]; 2] = [["Year", "Toll in pounds"], ["2023", "Two hundred"]];

/// A record with the table in it, in every format that can hold one: the file's name and its text.
fn records() -> Vec<(&'static str, String)> {
    let html = "<table><tr><th>Year</th><th>Toll in pounds</th></tr><tr><td>2023</td><td>Two hundred</td></tr></table>";
    let tei = "<table><row><cell>Year</cell><cell>Toll in pounds</cell></row><row><cell>2023</cell><cell>Two hundred</cell></row></table>";
    let tabs = "Year\tToll in pounds\n2023\tTwo hundred";
    let json = html.replace('"', "\\\"");
    vec![
        (
            "parlparse.xml",
            format!(
                "<publicwhip><major-heading id=\"uk.org.publicwhip/debate/2023-03-01a.1.0\">Tolls</major-heading><speech \
                 id=\"uk.org.publicwhip/debate/2023-03-01a.1.1\" speakername=\"Ann Lee\" person_id=\"uk.org.publicwhip/person/1\"><p>These are they.</p>{html}</speech></publicwhip>"
            ),
        ),
        (
            "historic.xml",
            format!(
                "<hansard><housecommons><date format=\"2023-03-01\">1 March</date><debates><section><title>Tolls</title><p><member>Ann Lee</member>\
                 <membercontribution>: These are they.</membercontribution></p>{html}</section></debates></housecommons></hansard>"
            ),
        ),
        (
            "akoma-ntoso.xml",
            format!(
                "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><debate><meta><identification><FRBRWork><FRBRdate date=\"2023-03-01\" \
                 name=\"sitting\"/></FRBRWork></identification></meta><debateBody><debateSection><heading>Tolls</heading><speech by=\"#a\"><from>Ann Lee</from>\
                 <p>These are they.</p>{html}</speech></debateSection></debateBody></debate></akomaNtoso>"
            ),
        ),
        (
            "tei-speeches.xml",
            format!(
                "<TEI><teiHeader><fileDesc><titleStmt><title>Tolls</title></titleStmt><publicationStmt><date>2023-03-01</date></publicationStmt></fileDesc></teiHeader>\
                 <text><body><div><sp who=\"Ann Lee\"><speaker>Ann Lee:</speaker><p>These are they.</p>{tei}</sp></div></body></text></TEI>"
            ),
        ),
        (
            "parlamint.xml",
            format!(
                "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>Tolls</title></titleStmt><sourceDesc><bibl><date when=\"2023-03-01\"/></bibl></sourceDesc>\
                 </fileDesc><profileDesc><settingDesc><setting><date when=\"2023-03-01\"/></setting></settingDesc></profileDesc></teiHeader><text><body><div type=\"debateSection\"><u who=\"#Ann\"><seg>These are they.</seg>{tei}</u></div></body></text></TEI>"
            ),
        ),
        (
            "australian.xml",
            format!(
                "<hansard><session.header><date>2023-03-01</date><chamber>House of Reps</chamber></session.header><chamber.xscript><debate><debateinfo><title>Tolls</title>\
                 </debateinfo><speech><talk.start><talker><name role=\"metadata\">Lee, Ann MP</name><name.id>AB1</name.id></talker></talk.start><talk.text><body><p>\
                 <a href=\"AB1\" type=\"MemberSpeech\"><span class=\"HPS-MemberSpeech\">Ms LEE</span></a>: These are they.</p>{html}</body></talk.text></speech></debate></chamber.xscript></hansard>"
            ),
        ),
        (
            "south.xml",
            format!(
                "<hansard xml:lang=\"EN-AU\"><name>House of Assembly</name><date date=\"2023-03-01\"/><proceeding><name>Bills</name><subject><name>Tolls</name><talker role=\"member\" \
                 id=\"31\"><name>Ann Lee</name><text id=\"3\"><by role=\"member\" id=\"31\">Ann Lee:</by> These are they.{html}</text></talker></subject></proceeding></hansard>"
            ),
        ),
        (
            "bundestag.xml",
            format!(
                "<dbtplenarprotokoll wahlperiode=\"30\" sitzung-nr=\"2\" sitzung-datum=\"01.03.2023\"><sitzungsverlauf><tagesordnungspunkt top-id=\"1\"><rede id=\"ID1\"><p klasse=\"redner\">\
                 <redner id=\"1101\"><name><vorname>Ann</vorname><nachname>Lee</nachname></name></redner>Ann Lee (XYZ):</p><p klasse=\"J_1\">These are they.</p>{html}</rede>\
                 </tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>"
            ),
        ),
        (
            "hansard.json",
            format!(
                "{{\"Overview\": {{\"Title\": \"Tolls\", \"Date\": \"2023-03-01T00:00:00\", \"House\": \"Commons\", \"ExtId\": \"A\"}}, \"Items\": [{{\"ItemType\": \"Contribution\", \
                 \"MemberId\": 12, \"AttributedTo\": \"Ann Lee (Slough) (Lab)\", \"Value\": \"<p>These are they.</p>{json}\", \"OrderInSection\": 1}}], \"ChildDebates\": []}}"
            ),
        ),
        (
            "markdown.md",
            "---\ntitle: Tolls\ndate: 2023-03-01\n---\n\n### Ann Lee:\n\nThese are they.\n\n| Year | Toll in pounds |\n| --- | --- |\n| 2023 | Two hundred |\n".to_owned(),
        ),
        (
            "theyworkforyou.txt",
            format!(
                "Tolls\n\nin the House of Commons at 4:05 pm on 1 March 2023.\n\nPhoto of Ann Lee Ann Lee Labour, Slough 4:05, 1 March 2023\n\nThese are they.\n\n{tabs}\n\nThank you.\n"
            ),
        ),
        (
            "hansard-online.txt",
            format!(
                "Tolls\nVolume 731: debated on Wednesday 1 March 2023\n\nAnn Lee\n(Slough) (Lab)\nShare this contribution\n\nThese are they.\n\n{tabs}\n\nThank you.\n"
            ),
        ),
        (
            "text.txt",
            format!(
                "Tolls\n\n1 March 2023\n\nAnn Lee: These are they.\n\n{tabs}\n\nBob Roe: Thank you.\n\nAnn Lee: Not at all.\n\nBob Roe: Well.\n"
            ),
        ),
    ]
}

/// The rows of the tables of a page, as the words of their cells.
fn tables(page: &str) -> Vec<Vec<String>> {
    let record = page.split("<table").skip(1).filter_map(|table| table.split("</table>").next());
    let rows = record.flat_map(|table| table.split("<tr>").skip(1));
    let cells = |row: &str| {
        let parts = row.split("</t").filter(|part| part.contains("<td") || part.contains("<th"));
        let text = |part: &str| {
            let cell = part.rfind("<td").or_else(|| part.rfind("<th")).map_or(part, |at| &part[at..]);
            let mut words = String::new();
            let mut in_tag = false;
            for c in cell.chars() {
                match c {
                    '<' => in_tag = true,
                    '>' => in_tag = false,
                    c if !in_tag => words.push(c),
                    _ => {}
                }
            }
            words.trim().to_owned()
        };
        parts.map(text).collect::<Vec<_>>()
    };
    rows.map(cells).collect()
}

/// The page of the one debate of a site, the files of which are built anew.
fn page(folder: &Folder, of: &str) -> (String, String) {
    let build = folder.run(&["build"]);
    assert_eq!(build.code, 0, "{of}: {}", build.said);
    let slug = folder
        .files("content/debates")
        .keys()
        .next()
        .expect("a debate")
        .split('/')
        .next()
        .expect("a folder")
        .to_owned();
    (folder.read(&format!("output/debates/{slug}/index.html")), slug)
}

#[test]
fn a_table_is_a_table_on_the_page_in_every_export_and_back_whatever_format_it_came_in() {
    for (name, text) in records() {
        let folder = Folder::new();
        folder.put(name, &text);
        let run = folder.run(&["import", name, "--date", "2023-03-01"]);
        assert_eq!(run.code, 0, "{name}: {}", run.said);
        let (html, slug) = page(&folder, name);
        assert_eq!(tables(&html), ROWS, "{name}: {html}");
        let data = folder.read(&format!("output/debates/{slug}/debate.json"));
        assert!(data.contains("Two hundred"), "{name}: {data}");

        let xml = folder.run(&["export", &slug]).said;
        let markdown = folder.run(&["export", &slug, "--to", "markdown"]).said;
        assert!(
            markdown.contains("| Year | Toll in pounds |") && markdown.contains("| 2023 | Two hundred |"),
            "{name}: {markdown}"
        );
        for (file, text) in [("back.xml", xml), ("back.md", markdown)] {
            let other = Folder::new();
            other.put(file, &text);
            let run = other.run(&["import", file, "--date", "2023-03-01", "--title", "Tolls"]);
            let run = match run.code {
                0 => run,
                _ => other.run(&["import", file, "--title", "Tolls"]),
            };
            assert_eq!(run.code, 0, "{name}, {file}: {}", run.said);
            assert_eq!(tables(&page(&other, name).0), ROWS, "{name}, {file}: {text}");
        }

        // A row, and a cell, are quotations of it; words across the two in another order are none.
        folder.put("article.md", "“Toll in pounds” was “2023 Two hundred”.\n\n> Two hundred\n");
        let quotes = folder.run(&["check-quotes", "article.md"]);
        assert_eq!(quotes.code, 0, "{name}: {}", quotes.said);
    }
}
