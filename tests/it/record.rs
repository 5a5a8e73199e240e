//! No word of a transcript is lost, added or moved: over the corpora, where there are any, and over
//! files made up at random, each against an extraction that shares nothing with the program's own.

use proptest::prelude::*;
use rapporteur::text::{SitePath, Source};
use rapporteur::transcript::*;
use std::path::PathBuf;

/// The folder of real data. `None`, with the reason printed, where there is none and none was asked for.
pub fn corpora() -> Option<PathBuf> {
    let folder = match std::env::var_os("RAPPORTEUR_CORPORA") {
        Some(named) => {
            let folder = PathBuf::from(named);
            assert!(folder.is_dir(), "RAPPORTEUR_CORPORA names {}, which is no folder", folder.display());
            return Some(folder);
        }
        None => PathBuf::from("../shared/corpora"),
    };
    if !folder.is_dir() {
        println!("skipped: no corpora");
        return None;
    }
    Some(folder)
}

/// The files of a folder of the corpora with this extension, by name.
fn files(corpora: &std::path::Path, folder: &str, extension: &str) -> Vec<Source> {
    let listed = std::fs::read_dir(corpora.join(folder)).expect("the folder is there");
    let mut paths: Vec<_> = listed.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name().expect("a file").to_str().expect("a name in UTF-8");
        let text = std::fs::read_to_string(path).expect("a file in UTF-8");
        Source::new(SitePath::new(name).expect("a path"), text)
    };
    paths.iter().map(read).collect()
}

fn read(source: &Source, format: &str) -> Transcript {
    parse(source, Some(format)).value.unwrap_or_else(|| panic!("{} can't be read", source.path))
}

fn made_up(text: &str) -> Source {
    Source::new(SitePath::new("transcript").expect("a path"), text)
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_demonstration_has_one_speech_of_twelve_paragraphs() {
    let text = include_str!("../../content/debates/2012-12-20-human-trafficking/transcript.txt");
    let source = Source::new(SitePath::new("transcript.txt").expect("a path"), text);
    let checked = parse(&source, None);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let transcript = checked.value.expect("it is read");
    assert_eq!(transcript.format, "theyworkforyou");
    assert_eq!(transcript.title, None, "a chair line is no title");
    assert_eq!(transcript.details.chair.as_ref().map(|chair| chair.of(&source)), Some("Mr Dai Havard"));
    assert_eq!(
        transcript.details.date.as_ref().and_then(|date| date.value),
        jiff::civil::Date::new(2012, 12, 20).ok()
    );
    assert!(transcript.details.extract);
    let [Entry::Contribution(speech)] = &transcript.entries[..] else {
        panic!("{} entries", transcript.entries.len());
    };
    let label = speech.speaker.as_ref().expect("a speaker");
    assert_eq!(label.name.of(&source), "Mark Harper");
    assert_eq!(label.detail.as_ref().map(|detail| detail.of(&source)), Some("The Minister for Immigration"));
    let time = speech.time.as_ref().expect("a time");
    assert_eq!((time.text.of(&source), time.value), ("4:05", jiff::civil::Time::new(16, 5, 0, 0).ok()));
    // The page's first four blocks are its own.
    let expected: Vec<&str> = text.split("\n\n").skip(4).map(str::trim).collect();
    assert_eq!(expected.len(), 12);
    assert_eq!(transcript.paragraphs().map(|p| p.text.of(&source)).collect::<Vec<_>>(), expected);
    accounts_for_every_character(&transcript);
}

#[test]
fn a_page_of_the_corpora_is_accounted_for_to_the_character() {
    let Some(corpora) = corpora() else { return };
    let pages = files(&corpora, "seed", "txt");
    assert!(!pages.is_empty());
    for source in pages {
        accounts_for_every_character(&read(&source, "theyworkforyou"));
    }
}

#[test]
fn every_file_of_the_corpora_is_accounted_for_as_an_import_does() {
    let Some(corpora) = corpora() else { return };
    let mut read = 0;
    for folder in std::fs::read_dir(&corpora).expect("a folder").map(|entry| entry.expect("an entry").path())
    {
        if !folder.is_dir() {
            continue;
        }
        for path in std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path())
        {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
            let (true, Some(name)) = (path.is_file(), SitePath::new(name)) else { continue };
            let bytes = std::fs::read(&path).expect("a readable file");
            if let Some(source) = rapporteur::load::text_within(&name, bytes, 64 << 20).value {
                crate::import::accounts_for_every_word(&source);
                read += 1;
            }
        }
    }
    assert!(read > 50, "only {read} files");
}

/// Title, headings, labels, times, paragraphs and furniture follow one another without overlap, and
/// between them is only white space: for a page as text, which has no markup.
fn accounts_for_every_character(transcript: &Transcript) {
    let source = &transcript.source;
    let slice = |text: &Text| match text {
        Text::Slice(span) => *span,
        Text::Owned(words) => panic!("{words:?} does not stand in the source"),
    };
    let mut spans: Vec<_> = transcript.furniture.iter().map(|furniture| furniture.span).collect();
    spans.extend(transcript.title.as_ref().map(slice));
    for entry in &transcript.entries {
        match entry {
            Entry::Heading { span, text, .. } => {
                assert_eq!(source.slice(*span), text.of(source));
                spans.push(*span);
            }
            Entry::Contribution(contribution) => {
                let label = contribution.speaker.as_ref().map(|label| label.span);
                let time = contribution.time.as_ref().map(|time| slice(&time.text));
                // A time stands in the speaker's line or before it.
                spans.extend(time.filter(|time| label.is_none_or(|label| time.end <= label.start)));
                spans.extend(label);
                for paragraph in &contribution.paragraphs {
                    let words = source.slice(paragraph.span).replace("\r\n", "\n");
                    assert_eq!(paragraph.text.of(source), words);
                    spans.push(paragraph.span);
                }
                let inner = contribution.paragraphs.iter().map(|paragraph| paragraph.span);
                for span in inner.chain(label) {
                    assert!(contribution.span.start <= span.start && span.end <= contribution.span.end);
                }
            }
        }
    }
    let starts: Vec<_> = transcript.entries.iter().map(entry_start).collect();
    assert!(starts.is_sorted(), "{starts:?} in {:?}", source.text);
    spans.sort();
    let mut at = 0;
    for span in spans {
        assert!(at <= span.start as usize, "{:?} is taken twice in {:?}", source.slice(span), source.text);
        let between = &source.text[at..span.start as usize];
        assert!(between.trim().is_empty(), "{between:?} is lost from {:?}", source.text);
        at = span.end as usize;
    }
    assert!(source.text[at..].trim().is_empty(), "{:?} is lost", &source.text[at..]);
}

fn entry_start(entry: &Entry) -> u32 {
    match entry {
        Entry::Heading { span, .. } => span.start,
        Entry::Contribution(contribution) => contribution.span.start,
    }
}

#[test]
fn no_word_of_the_markdown_corpora_is_lost_added_or_moved() {
    let Some(corpora) = corpora() else { return };
    let transcripts = files(&corpora, "markdown", "md");
    assert!(transcripts.len() > 20, "{} transcripts", transcripts.len());
    for source in transcripts {
        let checked = parse(&source, None);
        assert!(checked.diagnostics.is_empty(), "{}: {:?}", source.path, checked.diagnostics);
        let transcript = checked.value.expect("it is read");
        let words: String = transcript.paragraphs().map(|p| without_space(p.text.of(&source))).collect();
        let expected = words_by_line(&source.text);
        if words != expected {
            let common = words.bytes().zip(expected.bytes()).take_while(|(a, b)| a == b).count();
            let near = |text: &str| {
                let start = text.floor_char_boundary(common.saturating_sub(40));
                text[start..text.floor_char_boundary(common + 80)].to_owned()
            };
            panic!("{}: {:?} for {:?}", source.path, near(&words), near(&expected));
        }
        let named = |contribution: &Contribution| {
            (contribution.kind == ContributionKind::Speech) == contribution.speaker.is_some()
        };
        assert!(transcript.contributions().all(named), "{}: words of nobody", source.path);
        let titles = source.text.lines().filter(|line| line.starts_with("# ")).count();
        assert_eq!(usize::from(transcript.title.is_some()), titles, "{}", source.path);
        let headings = source.text.lines().filter(|line| line.starts_with("###")).count();
        let repeated = |f: &&Furniture| f.kind == FurnitureKind::RepeatedLabel;
        let mut labels: Vec<_> =
            transcript.contributions().filter_map(|c| c.speaker.as_ref()).map(|label| label.span).collect();
        labels.dedup();
        assert_eq!(
            labels.len() + transcript.furniture.iter().filter(repeated).count(),
            headings,
            "{}",
            source.path
        );
    }
}

/// The words of a Markdown transcript, line by line and without white space, for the little Markdown
/// that the corpora use.
fn words_by_line(text: &str) -> String {
    let mut words = String::new();
    let spoken = text.lines().filter(|line| !line.starts_with("# ") && !line.starts_with("### "));
    for line in spoken {
        let line = line
            .strip_prefix("> ")
            .unwrap_or(line)
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&#x26;", "&");
        let mut rest = line.as_str();
        while let Some(at) = rest.find(['[', '\\']) {
            words.push_str(&rest[..at]);
            if let Some(escaped) = rest[at..].strip_prefix('\\') {
                words.push_str(&escaped[..1]);
                rest = &escaped[1..];
            } else if let Some((shown, after)) = rest[at + 1..].split_once("](") {
                words.push_str(shown);
                rest = after.split_once(')').map_or("", |(_, rest)| rest);
            } else {
                words.push_str(&rest[at..]);
                rest = "";
            }
        }
        words.push_str(rest);
    }
    without_space(&words)
}

fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("[Mr Ivor Bell in the Chair]"),
        Just("Part of the debate – in Westminster Hall at 4:05 pm on 20 December 2012."),
        Just("in the House of Commons at 10:00 am on 3 May 2011."),
        Just("Alert me about debates like this"),
        Just("Photo of Ann Smith"),
        Just("Photo of Ann Smith Ann Smith The Minister 4:05, 20 December 2012"),
        Just("Photo of Bob Jones Bob Jones"),
        Just("Photo of a bridge"),
        Just("Ann Smith (The Minister; Upper Weir, Labour)"),
        Just("Ann Smith"),
        Just("Hon. Members"),
        Just("Hon. Members 4:06 pm, 20th December 2012"),
        Just("2:58 pm"),
        Just("Link to this speech In context Individually"),
        Just("Hansard source (Citation: HC Deb, 20 December 2012, c330WH)"),
        Just("Add your comment"),
        Just("Division number 31"),
        Just("[Interruption.]"),
        Just("Bridges"),
        Just("A paragraph of words, at 4:05, 20 December 2012"),
        Just("The bridge – “as was” – is open."),
        Just("  é (x) \u{a0} "),
    ];
    let line = prop_oneof![9 => line.prop_map(str::to_owned), 1 => "[^\r\n]{0,40}"];
    let end = prop_oneof![6 => Just("\n\n"), 2 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r\n \t\r\n")];
    prop::collection::vec((line, end), 0..24)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect())
}

fn plain_text() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "Ann Lee: The bridge is open.",
        "Bob Roe: Is it?",
        "ANN LEE:",
        "Ann Lee",
        "Bob Roe (Upper Weir, Lab): No.",
        "**Bob Roe:** No, **no**.",
        "**Ann Lee** Yes.",
        "Ann Lee  0:03",
        "[00:01:02] Bob Roe: At last.",
        "00:00:05 Ann Lee",
        "[00:02:00]",
        "[00:02:00] And so on.",
        "0:07",
        "Note: it rained.",
        "Cy Poe: Once.",
        "I say this: no.",
        "[Laughter]",
        "# Bridges and weirs",
        "5 March 2024",
        "A line of words, at 10:30.",
        "آن لي: واحد.",
        "唐鳳：是。",
        "Agenda:",
        "---",
    ]);
    let line = prop_oneof![9 => line.prop_map(str::to_owned), 1 => "[^\r\n]{0,40}"];
    let end = prop_oneof![4 => Just("\n\n"), 4 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r\n \t\r\n")];
    prop::collection::vec((line, end), 0..24)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect())
}

fn markdown() -> impl Strategy<Value = String> {
    let markup = prop::sample::select(vec![
        "# ",
        "## ",
        "### ",
        "### Ann:\n",
        "### Ann (Of):\n",
        "### ann\n",
        ":",
        "：",
        "\n",
        "\n\n",
        "\r\n",
        "\n\n\n",
        "> ",
        "> > ",
        ">",
        "- ",
        "* ",
        "2. ",
        "10) ",
        "    ",
        "\t",
        "`",
        "``",
        "```\n",
        "```",
        "~~~ word\n",
        "*",
        "**",
        "_",
        "__",
        "[",
        "]",
        "[1]",
        "![",
        "[q]: zed",
        "[q]",
        "[1]: https://1.1/1\n",
        "]: ",
        "<",
        ">",
        "<b>",
        "</b>",
        "<!-- ",
        "-->",
        "<div>\n",
        "<https://one.two>",
        "| ",
        "|",
        "\n|---|\n",
        "\n|:--|--:|\n",
        "---\n",
        "===\n",
        "***\n",
        "\\",
        "\\\n",
        "  \n",
        "(",
        ") ",
        "{",
        "}",
        "{4:05 pm}",
        "~",
        "^",
        "$",
        "!",
        "key: ",
        "---\nkey: a\n---\n",
        "[Mr Bell in the Chair]",
        "> (aside)\n\n",
        "\u{a0}",
        " ",
    ]);
    let word = prop::sample::select(vec!["one ", "two", "three ", "four", "Ann", "ünd ", "é", "字"]);
    prop::collection::vec(prop_oneof![2 => markup, 1 => word], 0..40).prop_map(|parts| parts.concat())
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// The letters and digits of everything that a Markdown transcript keeps, sorted.
fn kept_letters(transcript: &Transcript) -> Vec<char> {
    let source = &transcript.source;
    let mut kept: Vec<char> = Vec::new();
    kept.extend(transcript.title.iter().flat_map(|title| letters(title.of(source))));
    kept.extend(transcript.furniture.iter().flat_map(|furniture| letters(source.slice(furniture.span))));
    let mut labelled = None;
    for entry in &transcript.entries {
        match entry {
            Entry::Heading { text, .. } => kept.extend(letters(text.of(source))),
            Entry::Contribution(contribution) => {
                let label = contribution.speaker.as_ref().filter(|label| labelled < Some(label.span));
                if let Some(label) = label {
                    labelled = Some(label.span);
                    kept.extend(letters(label.name.of(source)));
                    kept.extend(label.detail.iter().flat_map(|detail| letters(detail.of(source))));
                }
                kept.extend(contribution.time.iter().flat_map(|time| letters(time.text.of(source))));
                for paragraph in &contribution.paragraphs {
                    kept.extend(letters(paragraph.text.of(source)));
                    if let ParagraphKind::Code(Some(info)) = &paragraph.kind {
                        kept.extend(letters(info));
                    }
                }
            }
        }
    }
    kept.sort_unstable();
    kept
}

fn sorted_letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = letters(text).collect();
    letters.sort_unstable();
    letters
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_made_up_of_its_kinds_of_lines_is_accounted_for_to_the_character(text in page()) {
        let source = made_up(&text);
        if let Some(transcript) = parse(&source, Some("theyworkforyou")).value {
            accounts_for_every_character(&transcript);
        }
    }

    #[test]
    fn a_plain_text_made_up_of_names_and_words_is_accounted_for_to_the_character(text in plain_text()) {
        let source = made_up(&text);
        if let Some(transcript) = parse(&source, Some("text")).value {
            accounts_for_every_character(&transcript);
        }
    }

    #[test]
    fn no_letter_of_made_up_markdown_is_lost_or_added(text in markdown()) {
        // A link's address is kept beside the words, not among them; the name by which a reference finds it
        // is no word either.
        prop_assume!(!(text.contains("](") || text.contains("][") && text.contains("]:")));
        let source = made_up(&text);
        if let Some(transcript) = parse(&source, Some("markdown")).value {
            let kept: String = kept_letters(&transcript).into_iter().collect();
            let expected: String = sorted_letters(&text).into_iter().collect();
            prop_assert_eq!(kept, expected, "{:#?}", transcript);
        }
    }

    #[test]
    fn the_words_of_made_up_markdown_come_in_the_order_of_the_source(text in markdown()) {
        let source = made_up(&text);
        if let Some(transcript) = parse(&source, Some("markdown")).value {
            let mut all = letters(&text);
            for paragraph in transcript.paragraphs() {
                for letter in letters(paragraph.text.of(&source)) {
                    prop_assert!(all.any(|found| found == letter), "{letter} is out of order: {transcript:#?}");
                }
            }
            let starts: Vec<_> = transcript.paragraphs().map(|p| p.span.start).collect();
            prop_assert!(starts.is_sorted(), "{starts:?}");
        }
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in "\\PC{0,60}|(.|\n|\r|\t|\0){0,60}") {
        let source = made_up(&text);
        for format in FORMATS {
            let _ = parse(&source, Some(format.name));
        }
        prop_assert!(parse(&source, None).value.is_some() || !parse(&source, None).diagnostics.is_empty());
    }
}
