//! Languages: the words of the interface in English and in Welsh, a page in the language of its debate, and
//! every word marked with its own language and direction where that is not the page's.

use rapporteur::load::{Change, Strings};
use rapporteur::output::Memory;
use rapporteur::pipeline::{Memos, Options, Unwatched, build, rebuild};
use rapporteur::text::SitePath;
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A site in English with a debate in Welsh, one in Arabic and one in English.
fn site() -> Strings {
    let sheet = |quote: &str, said: &str| {
        format!(
            "defaults: {{ status: in-review, author: Desk, date: 2023-01-02 }}\nannotations:\n  act: {{ at: p1, quote: \"{quote}\", \
             kind: commitment, topics: [water], title: A promise, body: The editors write English., due: {{ said: {said}, by: 2023-05-01 }} }}\n"
        )
    };
    Strings::default()
        .with("rapporteur.yaml", "title: Debates on water\nlanguage: en-GB\nas_of: 2023-01-02\n")
        .with(
            "content/topics/water.md",
            "---\ntitle: Water\nkey_points:\n  - { text: A point, at: \"arabic#p1\" }\n---\nAn overview.\n\n> سنعمل الآن\n>\n> — [فاطمة](../debates/arabic/#p1)\n",
        )
        .with(
            "content/debates/welsh/debate.yaml",
            "title: Dŵr\ndate: 2021-03-09\nlanguage: cy\nvolume: \"12\"\npart_of: { extract: true, begins: mid-exchange }\n",
        )
        .with(
            "content/debates/welsh/transcript.md",
            "# Dŵr\n\n### Siân:\n\nByddwn yn gweithredu nawr.\n\n### Huw:\n\nDiolch.\n",
        )
        .with("content/debates/welsh/a.notes.yaml", sheet("Byddwn yn gweithredu nawr", "nawr"))
        .with(
            "content/debates/arabic/debate.yaml",
            "title: المياه\ndate: 2022-05-10\nlanguage: ar\nchair: رئيس المجلس\n",
        )
        .with(
            "content/debates/arabic/transcript.md",
            "# المياه\n\n## القسم الأول\n\n### فاطمة:\n\nسنعمل الآن على توفير المياه.\n\n### يوسف:\n\nلا.\n",
        )
        .with("content/debates/arabic/a.notes.yaml", sheet("سنعمل الآن", "الآن"))
        .with("content/debates/english/debate.yaml", "title: The letter المياه\ndate: 2023-01-10\n")
        .with("content/debates/english/transcript.md", "# The letter\n\n### Ann:\n\nThe letter said: سنعمل.\n")
}

fn files(site: &Strings) -> BTreeMap<String, Vec<u8>> {
    let sink = Memory::default();
    let report = build(site, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
    let said: Vec<_> = report.diagnostics.iter().map(|diagnostic| &diagnostic.message).collect();
    assert!(said.is_empty(), "{said:?}");
    sink.into_files()
}

fn page(site: &Strings, path: &str) -> Html {
    let bytes = files(site).remove(path).unwrap_or_else(|| panic!("{path} is a page"));
    Html::parse_document(&String::from_utf8(bytes).expect("UTF-8"))
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn one<'a>(page: &'a Html, selector: &str) -> ElementRef<'a> {
    select(page, selector).into_iter().next().unwrap_or_else(|| panic!("{selector} is on the page"))
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an element's words are marked as: by itself, or by what they stand in.
fn marked<'a>(element: ElementRef<'a>, attribute: &str) -> Option<&'a str> {
    let own = element.value().attr(attribute);
    own.or_else(|| element.ancestors().filter_map(ElementRef::wrap).find_map(|e| e.value().attr(attribute)))
}

const WELSH: &str = "debates/welsh/index.html";
const ARABIC: &str = "debates/arabic/index.html";
const TOPIC: &str = "topics/water/index.html";

#[test]
fn the_page_of_a_welsh_debate_is_in_welsh_on_an_english_site() {
    let page = page(&site(), WELSH);
    assert_eq!(page.root_element().value().attr("lang"), Some("cy"));
    assert_eq!(words(one(&page, "#s-record")), "Y cofnod");
    assert_eq!(words(one(&page, ".title time")), "9 Mawrth 2021");
    assert_eq!(words(one(&page, ".citation")), "Dŵr, 9 Mawrth 2021, Hansard, cyfrol 12 (detholiad)");
    assert!(words(one(&page, ".contents")).contains("1 cyfraniad"));
    assert_eq!(words(one(&page, ".notes summary")), "1 nodyn");
    // What the editors write stays in their language, and says so.
    for selector in [".site-title", ".note-title", ".note-body", ".note .topics a"] {
        assert_eq!(marked(one(&page, selector), "lang"), Some("en-GB"), "{selector}");
    }
    for selector in ["h1 bdi", "#p1", ".note .words", ".speaker-name", ".due-said", ".kind"] {
        assert_eq!(marked(one(&page, selector), "lang"), Some("cy"), "{selector}");
    }
}

#[test]
fn a_record_without_words_of_the_interface_in_its_language_stands_on_a_page_in_the_sites() {
    let page = page(&site(), ARABIC);
    assert_eq!(page.root_element().value().attr("lang"), Some("en-GB"));
    assert_eq!(page.root_element().value().attr("dir"), None);
    assert_eq!(words(one(&page, "#s-record")), "The record");
    for selector in [
        "h1 bdi",
        ".within",
        "#p1",
        "#p2",
        ".note .words",
        ".speaker .speaker-name",
        ".due-said",
        ".facts .speaker-name",
    ] {
        let element = one(&page, selector);
        assert_eq!(marked(element, "lang"), Some("ar"), "{selector}");
        assert_eq!(marked(element, "dir"), Some("rtl"), "{selector}");
    }
    for selector in [".notes", ".note-body", ".note-title", ".record .beside"] {
        let element = one(&page, selector);
        assert_eq!(marked(element, "lang"), Some("en-GB"), "{selector}");
        assert_eq!(marked(element, "dir"), Some("ltr"), "{selector}");
    }
}

#[test]
fn words_of_the_record_are_marked_away_from_their_debate_too() {
    let files = files(&site());
    for path in [TOPIC, "annotations/commitment/index.html", "commitments/index.html", "index.html"] {
        let page = Html::parse_document(std::str::from_utf8(&files[path]).expect("UTF-8"));
        assert_eq!(page.root_element().value().attr("lang"), Some("en-GB"), "{path}");
        let quoted = select(&page, "blockquote");
        assert!(quoted.len() >= 2, "{path}");
        for quote in quoted {
            let expected = if words(quote).starts_with("Byddwn") { "cy" } else { "ar" };
            assert_eq!(quote.value().attr("lang"), Some(expected), "{path}: {}", words(quote));
        }
    }
    let topic = page(&site(), TOPIC);
    let overview = one(&topic, "#s-overview + .prose blockquote");
    assert_eq!((overview.value().attr("lang"), overview.value().attr("dir")), (Some("ar"), Some("rtl")));
    let home = page(&site(), "index.html");
    let title = one(&home, ".card-title a[href=\"debates/arabic/index.html\"]");
    assert_eq!((title.value().attr("lang"), title.value().attr("dir")), (Some("ar"), Some("rtl")));
}

#[test]
fn a_citation_keeps_a_title_apart_that_is_written_the_other_way() {
    let topic = page(&site(), TOPIC);
    let places: Vec<String> = select(&topic, "figcaption .at").into_iter().map(words).collect();
    assert!(places.contains(&"\u{2068}المياه\u{2069}, 10 May 2022, para 1".to_owned()), "{places:?}");
    assert!(places.contains(&"Dŵr, 9 March 2021, para 1 (extract)".to_owned()), "{places:?}");
    assert_eq!(words(one(&topic, ".key-points .where")), "\u{2068}المياه\u{2069}, para 1");
    let english = page(&site(), "debates/english/index.html");
    assert_eq!(words(one(&english, ".citation")), "\u{2068}The letter المياه\u{2069}, 10 January 2023");
}

#[test]
fn a_welsh_site_is_in_welsh_and_its_english_debate_in_english() {
    let site = site()
        .with("rapporteur.yaml", "title: Dadleuon ar ddŵr\nlanguage: cy\nas_of: 2023-01-02\n")
        .with("content/debates/english/debate.yaml", "title: The letter\ndate: 2023-01-10\nlanguage: en\n");
    let home = page(&site, "index.html");
    assert_eq!(home.root_element().value().attr("lang"), Some("cy"));
    assert!(words(one(&home, "main")).contains("Dilyn addewid"), "{}", words(one(&home, "main")));
    assert_eq!(marked(one(&home, "h1"), "lang"), Some("cy"));
    let english = page(&site, "debates/english/index.html");
    assert_eq!(english.root_element().value().attr("lang"), Some("en"));
    assert_eq!(words(one(&english, "#s-record")), "The record");
    assert_eq!(marked(one(&english, ".site-title"), "lang"), Some("cy"));
}

#[test]
fn a_site_without_words_in_its_language_has_english_ones_that_say_so() {
    let site = site().with("rapporteur.yaml", "title: مناظره\nlanguage: fa\nas_of: 2023-01-02\n");
    let page = page(&site, TOPIC);
    assert_eq!(page.root_element().value().attr("lang"), Some("en"));
    assert_eq!(page.root_element().value().attr("dir"), None);
    for selector in [".site-title", "h1", "#s-overview + .prose", ".note-body"] {
        let element = one(&page, selector);
        assert_eq!(
            (marked(element, "lang"), marked(element, "dir")),
            (Some("fa"), Some("rtl")),
            "{selector}"
        );
    }
}

#[test]
fn a_theme_adds_a_language_with_one_file_and_what_it_leaves_out_is_english() {
    let strings = "record: متن\nseparator: \"، \"\nmonths: [ژانویه, فوریه, مارس, آوریل, مه, ژوئن, ژوئیه, اوت, سپتامبر, اکتبر, نوامبر, دسامبر]\n";
    let site = site()
        .with("rapporteur.yaml", "title: مناظره\nlanguage: fa-IR\ntheme: own\nas_of: 2023-01-02\n")
        .with("themes/own/theme.yaml", "name: own\nversion: 1\n")
        .with("themes/own/i18n/fa.yaml", strings)
        .with("content/debates/english/debate.yaml", "title: نامه\ndate: 2023-01-10\n");
    let page = page(&site, "debates/english/index.html");
    assert_eq!(page.root_element().value().attr("lang"), Some("fa-IR"));
    assert_eq!(page.root_element().value().attr("dir"), Some("rtl"));
    assert_eq!(words(one(&page, "#s-record")), "متن");
    assert_eq!(words(one(&page, "#s-cite")), "Cite this debate");
    assert_eq!(words(one(&page, ".citation")), "نامه، 10 ژانویه 2023");
}

#[test]
fn editing_a_language_repaints_the_pages_that_are_in_it_and_no_other() {
    let mut site = site().with("themes/default/i18n/cy.yaml", "record: Y cofnod\n");
    let mut memos = Memos::default();
    let sink = Memory::default();
    let options = Options::default();
    rebuild(&site, &[Change::Rescan], &mut memos, &sink, &options, &Unwatched).expect("memory");
    let before = sink.into_files();
    let path = SitePath::new("themes/default/i18n/cy.yaml").expect("a path");
    site.0.insert(path.clone(), "record: Cofnod y Trafodion\n".into());
    let sink = Memory::over(before.clone());
    rebuild(&site, &[Change::Changed(path)], &mut memos, &sink, &options, &Unwatched).expect("memory");
    let after = sink.into_files();
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert_eq!(changed, [WELSH]);
    assert!(after == files(&site), "as a clean build has them");
}

#[test]
fn english_words_that_stand_in_for_a_language_count_as_english_does() {
    // French counts 0 as 1; Russian, 21.
    let of = |language: &str, count: usize| {
        let notes: String =
            (0..count).map(|n| format!("  n{n}: {{ at: p1, status: in-review, body: Note. }}\n")).collect();
        let site = Strings::default()
            .with("rapporteur.yaml", format!("title: Site\nlanguage: {language}\n"))
            .with("content/debates/one/debate.yaml", "title: One\ndate: 2023-01-10\n")
            .with("content/debates/one/transcript.md", "# One\n\n### Ann:\n\nWords.\n");
        let site = match count {
            0 => site,
            _ => site.with("content/debates/one/a.notes.yaml", format!("annotations:\n{notes}")),
        };
        words(one(&page(&site, "debates/index.html"), "main"))
    };
    assert!(!of("fr", 0).contains("1 note"), "{}", of("fr", 0));
    assert!(of("fr", 1).contains("1 note") && !of("fr", 1).contains("1 notes"), "{}", of("fr", 1));
    assert!(of("ru", 21).contains("21 notes"), "{}", of("ru", 21));
}

/// The strings of a language, each under its path; forms of a count under one.
fn strings(language: &str) -> BTreeMap<String, Vec<String>> {
    fn flatten(path: &str, value: &serde_json::Value, into: &mut BTreeMap<String, Vec<String>>) {
        match value {
            serde_json::Value::Object(map) if map.contains_key("other") => {
                let plural = ["1", "zero", "one", "two", "few", "many", "other"];
                assert!(map.keys().all(|form| plural.contains(&form.as_str())), "{path}: {map:?}");
                let forms = map.values().map(|form| form.as_str().expect("a form").to_owned());
                into.insert(path.to_owned(), forms.collect());
            }
            serde_json::Value::Object(map) => {
                map.iter().for_each(|(key, value)| flatten(&format!("{path}.{key}"), value, into));
            }
            serde_json::Value::Array(list) => {
                for (at, value) in list.iter().enumerate() {
                    flatten(&format!("{path}.{at}"), value, into);
                }
            }
            value => {
                let text = value.as_str().unwrap_or_else(|| panic!("{path} is text")).to_owned();
                into.insert(path.to_owned(), vec![text]);
            }
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/default/i18n/{language}.yaml"));
    let text = std::fs::read_to_string(file).expect("the strings");
    let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
    let mut found = BTreeMap::new();
    flatten("", &value, &mut found);
    found
}

/// What is filled into some words: `{n}`, `{date}`.
fn placeholders(forms: &[String]) -> BTreeSet<&str> {
    let of = |form: &'_ String| -> Vec<(usize, usize)> {
        form.match_indices('{')
            .filter_map(|(start, _)| Some((start, start + form[start..].find('}')? + 1)))
            .collect()
    };
    forms.iter().flat_map(|form| of(form).into_iter().map(|(start, end)| &form[start..end])).collect()
}

/// Strings that are the same in Welsh: patterns without a word, and words that both languages have.
const SAME: &[&str] = &[
    ".citation.report",
    ".date",
    ".month",
    ".due_said",
    ".home_counts",
    ".scope_count",
    ".search_speaker_is",
    ".separator",
    ".share_card.person",
    ".side",
    ".strong_separator",
    ".term",
    ".thousands",
];

#[test]
fn welsh_has_every_string_of_english_with_the_same_places_to_fill_and_none_untranslated() {
    let (english, welsh) = (strings("en"), strings("cy"));
    let keys = |of: &BTreeMap<String, Vec<String>>| of.keys().cloned().collect::<BTreeSet<_>>();
    let (in_english, in_welsh) = (keys(&english), keys(&welsh));
    let missing: Vec<&String> = in_english.difference(&in_welsh).collect();
    let beyond: Vec<&String> = in_welsh.difference(&in_english).collect();
    assert!(missing.is_empty() && beyond.is_empty(), "not in Welsh: {missing:?}; only in Welsh: {beyond:?}");
    for (key, forms) in &english {
        assert_eq!(placeholders(forms), placeholders(&welsh[key]), "{key}");
        let same = forms.iter().any(|form| welsh[key].contains(form));
        assert_eq!(same, SAME.contains(&key.as_str()), "{key}: {:?}", welsh[key]);
    }
}

#[test]
fn the_style_sheets_name_starts_and_ends_and_not_left_and_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static");
    let sheets = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").path());
    let sheets: String = sheets
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .map(|path| std::fs::read_to_string(path).expect("a sheet"))
        .collect();
    let physical = |line: &str| {
        ["left", "right"].iter().any(|side| {
            line.contains(&format!("-{side}:"))
                || line.contains(&format!(" {side}:"))
                || line.contains(&format!(": {side}"))
        }) || line.split(['{', ';']).any(|declaration| {
            // Four values name a left and a right.
            let Some((name, values)) = declaration.trim().split_once(':') else { return false };
            let values: Vec<&str> = values.trim_end_matches('}').split_whitespace().collect();
            ["margin", "padding", "inset", "border-width"].contains(&name)
                && values.len() == 4
                && values[1] != values[3]
        })
    };
    assert!(physical("a { margin-left: 1px }") && physical("a { float: left; }"));
    assert!(physical(".a { padding: 1px 2px 1px 0; }") && !physical(".a { padding: 0 1px 2px; }"));
    let found: Vec<&str> = sheets
        .lines()
        .filter(|line| physical(line))
        // The sheet's edge on paper: an inset of a line that runs up it is physical.
        .filter(|line| !line.contains(".running {"))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}
