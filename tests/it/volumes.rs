//! Files of many debates: where they are divided, of what day each piece is, and that no word is lost
//! or told twice.

use crate::importing::Folder;
use crate::record::corpora;
use rapporteur::transcript::{Division, Split, divide};

/// A volume of two days: each a section that holds its business, or followed by it.
fn volume(nested: bool) -> String {
    let day = |heading: &str, time: &str, business: &str| {
        let opening = format!(
            "<heading>{heading}</heading><prayers><narrative><recordedTime time=\"{time}\">Met.</recordedTime></narrative></prayers>"
        );
        match nested {
            true => format!("<debateSection name=\"day\">{opening}{business}</debateSection>"),
            false => format!("<debateSection name=\"day\">{opening}</debateSection>{business}"),
        }
    };
    let item = |heading: &str, words: &str| {
        format!(
            "<debateSection name=\"bill\"><heading>{heading}</heading><speech by=\"#a\"><from>Cy Poe</from><p>{words}</p></speech></debateSection>"
        )
    };
    format!(
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><debate name=\"hansard\"><meta><identification source=\"#x\">\
         <FRBRWork><FRBRdate date=\"1979-05-08\" name=\"markup\"/></FRBRWork></identification><references source=\"#x\"><TLCPerson eId=\"a\" \
         href=\"/p/poe\" showAs=\"Cy Poe\"/></references><notes source=\"#x\"><note eId=\"n\"><p>Of the publisher.</p></note></notes></meta>\
         <debateBody>{}{}</debateBody></debate></akomaNtoso>",
        day(
            "TUESDAY, 8 MAY 1979",
            "1979-05-08T14:30:00",
            &(item(
                "FERRY BILL",
                "The ferry is late until <recordedTime time=\"1979-05-09T09:00:00\"/>9h00."
            ) + &item("TOLLS", "They rise."))
        ),
        day("WEDNESDAY, 9 MAY 1979", "1979-05-09T14:15:00", &item("HARBOUR BILL", "The harbour is full."))
    )
}

fn divided(text: &str, split: Split) -> Division {
    divide("akoma-ntoso", text.as_bytes(), split).expect("it is read").expect("it is divided")
}

#[test]
fn a_volume_of_akoma_ntoso_is_divided_at_its_days_and_every_piece_has_its_own() {
    for nested in [true, false] {
        let folder = Folder::new();
        folder.put("volume.xml", volume(nested));
        let run = folder.run(&["import", "volume.xml"]);
        assert_eq!(run.code, 0, "{}", run.said);
        let files = folder.files("content/debates");
        let debates: Vec<_> = files.keys().filter(|name| name.ends_with("debate.yaml")).collect();
        assert_eq!(
            debates,
            ["1979-05-08-tuesday-8-may-1979/debate.yaml", "1979-05-09-wednesday-9-may-1979/debate.yaml"],
            "nested: {nested}"
        );
        assert!(run.said.contains("2 debates"), "{}", run.said);
        let build = folder.run(&["build"]);
        assert_eq!(build.code, 0, "{}", build.said);
        let second = folder.read("output/debates/1979-05-09-wednesday-9-may-1979/index.html");
        assert!(second.contains("9 May 1979") && second.contains("The harbour is full."));
        assert!(!second.contains("The ferry is late") && !second.contains("Of the publisher."));
    }
}

#[test]
fn a_volume_of_akoma_ntoso_is_divided_at_the_headings_of_a_day_where_that_is_asked_for() {
    for nested in [true, false] {
        let folder = Folder::new();
        folder.put("volume.xml", volume(nested));
        let run = folder.run(&["import", "volume.xml", "--split", "headings"]);
        assert_eq!(run.code, 0, "{}", run.said);
        let files = folder.files("content/debates");
        let debates: Vec<_> = files.keys().filter(|name| name.ends_with("debate.yaml")).collect();
        assert_eq!(
            debates,
            [
                "1979-05-08-ferry-bill/debate.yaml",
                "1979-05-08-tolls/debate.yaml",
                "1979-05-09-harbour-bill/debate.yaml"
            ],
            "nested: {nested}"
        );
        // The publisher's note is told once.
        assert!(run.said.contains("the same words again, one by one or all at once: 6"), "{}", run.said);
    }
}

#[test]
fn one_debate_in_akoma_ntoso_is_not_divided_at_its_parts_and_says_so() {
    let folder = Folder::new();
    let one = volume(true).replace("<debateBody>", "<debateBody><debateSection><heading>One</heading>");
    let one = one
        .replace("</debateBody>", "</debateSection></debateBody>")
        .replace("WEDNESDAY, 9 MAY 1979", "Later");
    let one = one.replace("TUESDAY, 8 MAY 1979", "First").replace("1979-05-09T14", "1979-05-08T14");
    folder.put("one.xml", one);
    let run = folder.run(&["import", "one.xml", "--split", "headings", "--dry-run"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("--split divides nothing here: it holds one debate"), "{}", run.said);
}

#[test]
fn the_pieces_of_a_volume_put_end_to_end_are_the_file_and_each_is_a_document() {
    let Some(corpora) = corpora() else { return };
    let path = corpora.join("akoma-ntoso/SenateHansard1979vol2.xml");
    let text = std::fs::read_to_string(path).expect("a readable file");
    for (split, pieces) in [(Split::Day, 23), (Split::Headings, 131)] {
        let division = divided(&text, split);
        assert_eq!(division.pieces.len(), pieces);
        let first = &division.pieces[0];
        assert_eq!(first.head.end, first.range.start);
        assert!(division.pieces.windows(2).all(|pair| pair[0].range.end == pair[1].range.start));
        let last = division.pieces.last().expect("there are some");
        assert_eq!(text[last.range.end as usize..].trim(), "");
        for piece in &division.pieces {
            let slice = |range: &std::ops::Range<u64>| &text[range.start as usize..range.end as usize];
            let document =
                format!("{}{}{}{}", slice(&piece.head), piece.opening, slice(&piece.range), piece.closing);
            roxmltree::Document::parse(&document).expect("a document");
        }
    }
}

#[test]
fn a_title_in_capitals_is_written_in_sentence_case_and_the_record_keeps_its_own() {
    let folder = Folder::new();
    folder.put(
        "volume.xml",
        volume(true).replace("The ferry is late", "The NHS ferry to Wales is late. The Bill failed"),
    );
    let run = folder.run(&["import", "volume.xml", "--split", "headings"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("3 titles stand in capitals in the file"), "{}", run.said);
    assert!(folder.read("content/debates/1979-05-08-ferry-bill/debate.yaml").contains("title: Ferry Bill\n"));
    folder.run(&["build"]);
    let page = folder.read("output/debates/1979-05-08-tolls/index.html");
    assert!(page.contains("<title>Tolls"), "{page}");
    assert!(
        folder.read("output/debates/1979-05-08-ferry-bill/index.html").contains(">Ferry Bill</a>"),
        "the contents"
    );
    let day = folder.read("output/debates/1979-05-08-ferry-bill/index.html");
    assert!(day.contains("TUESDAY, 8 MAY 1979"), "the record's own headings stay");
}

#[test]
fn a_wrong_day_in_a_file_is_overruled_by_a_correction_that_the_page_shows() {
    let folder = Folder::new();
    folder.put(
        "volume.xml",
        volume(true).replace("9 MAY 1979", "8 MAY 1979").replace("1979-05-09T14", "1979-05-08T14"),
    );
    let run = folder.run(&["import", "volume.xml", "--date", "1979-05-10", "--title", "Ferries"]);
    assert_eq!(run.code, 2, "{}", run.said);
    for part in ["1979-05-10", "1979-05-08", "corrections.yaml", "at: day"] {
        assert!(run.said.contains(part), "{part}: {}", run.said);
    }
    assert_eq!(folder.run(&["import", "volume.xml", "--title", "Ferries"]).code, 0);
    let yaml = "content/debates/1979-05-08-ferries/debate.yaml";
    folder.put(yaml, folder.read(yaml).replace("date: 1979-05-08", "date: 1979-05-10"));
    let refused = folder.run(&["check"]);
    assert!(refused.code == 1 && refused.said.contains("mismatched-record"), "{}", refused.said);

    let correction = |was: &str, reads: &str| {
        format!(
            "day:\n  at: day\n  was: {was}\n  reads: {reads}\n  reason: The day of its markup.\n  by: Desk\n  on: 2020-01-01\n"
        )
    };
    let file = "content/debates/1979-05-08-ferries/corrections.yaml";
    folder.put(file, correction("1979-05-08", "1979-05-11"));
    let other = folder.run(&["check"]);
    assert!(other.code == 1 && other.said.contains("mismatched-record"), "{}", other.said);
    folder.put(file, correction("1979-05-07", "1979-05-10"));
    let wrong = folder.run(&["check"]);
    assert!(wrong.code == 1 && wrong.said.contains("wrong-correction"), "{}", wrong.said);

    folder.put(file, correction("1979-05-08", "1979-05-10"));
    let build = folder.run(&["build"]);
    assert_eq!(build.code, 0, "{}", build.said);
    let page = folder.read("output/debates/1979-05-08-ferries/index.html");
    assert!(page.contains("10 May 1979") && page.contains("The day of its markup."), "{page}");
    let list = folder.read("output/corrections/index.html");
    assert!(list.contains("The day of its markup."), "{list}");
    // The same file over the debate: the correction holds.
    let again = folder.run(&["import", "volume.xml", "--into", "content/debates/1979-05-08-ferries"]);
    assert_eq!(again.code, 0, "{}", again.said);
}
