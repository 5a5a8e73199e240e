//! Files that are not pages, read back by programs that others wrote: what an author put in is data in them.

use super::{MARK, TOKEN, built, places, site};
use std::collections::BTreeMap;
use std::process::Command;

/// The records of a text as RFC 4180 has them, by a reader of its own.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (is_quoted, c) {
            (true, '"') if chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            (true, '"') => is_quoted = false,
            (true, c) => cell.push(c),
            (false, '"') => {
                assert!(cell.is_empty(), "a mark in the midst of a cell: {cell:?}");
                is_quoted = true;
            }
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\n') => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (false, c) => cell.push(c),
        }
    }
    assert!(!is_quoted && cell.is_empty() && row.is_empty(), "it ends in the midst of a record");
    rows
}

#[test]
fn a_table_for_spreadsheets_keeps_every_text_in_its_cell_and_no_cell_is_a_formula() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let (mut files, _) = places::hostile(TOKEN);
    for (number, begin) in ["=", "+", "-", "@", "\\t=", "\\r=", "\\n=", "＝", "＠"].into_iter().enumerate()
    {
        let title = format!("{begin}cmd|' /C calc'!A1,\\\"{MARK}\\\"\\n{number}");
        let path: &'static str = ["a", "b", "c", "d", "e", "f", "g", "h", "i"][number];
        let path: &'static str = Box::leak(format!("content/topics/{path}.md").into_boxed_str());
        files.insert(path, format!("---\ntitle: \"{title}\"\n---\n"));
    }
    for (path, text) in &files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    for list in ["notes", "topics", "people", "debates", "commitments", "unpublished"] {
        let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["list", list, "--csv"])
            .current_dir(folder.path())
            .output()
            .expect("it runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let rows = records(&text);
        assert!(!rows.is_empty(), "{list}: {}", String::from_utf8_lossy(&output.stderr));
        for row in &rows {
            assert_eq!(row.len(), rows[0].len(), "{list}: {row:?}");
            for cell in row {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＠']),
                    "{list}: {cell:?}"
                );
            }
        }
    }
}

#[test]
fn drawings_are_well_formed_and_hold_texts_as_texts() {
    let (files, _) = places::hostile(TOKEN);
    let (built, _) = built(&site(&files));
    let mut drawings = 0;
    for (path, bytes) in &built {
        let text = String::from_utf8_lossy(bytes);
        let whole = path.ends_with(".svg").then(|| text.to_string());
        let within = text.match_indices("<svg").filter_map(|(at, _)| {
            let end = text[at..].find("</svg>")? + "</svg>".len();
            Some(text[at..at + end].to_owned())
        });
        let found: Vec<String> =
            if path.ends_with(".html") { within.collect() } else { whole.into_iter().collect() };
        for drawing in found {
            drawings += 1;
            let document = roxmltree::Document::parse(&drawing)
                .unwrap_or_else(|error| panic!("{path}: {error}: {drawing}"));
            for node in document.descendants().filter(|node| node.is_element()) {
                let name = node.tag_name().name();
                assert!(
                    !name.contains(MARK) && name != "script" && name != "foreignObject",
                    "{path}: <{name}>"
                );
                for attribute in node.attributes() {
                    let name = attribute.name().to_lowercase();
                    assert!(
                        !name.starts_with("on") && !name.contains(MARK) && name != "style",
                        "{path}: {name}"
                    );
                    let leads = name == "href" && attribute.value().to_lowercase().contains("script:");
                    assert!(!leads, "{path}: {}", attribute.value());
                }
            }
        }
    }
    assert!(drawings > 0, "there is none to read");
}

#[test]
fn llms_txt_and_other_plain_files_keep_every_text_in_its_line() {
    let (files, _) = places::hostile(TOKEN);
    let (harmless, _) = places::hostile("plain words");
    let lines = |files: &BTreeMap<&'static str, String>, name: &str| {
        let (built, _) = built(&site(files));
        let text = String::from_utf8(built.get(name).cloned().unwrap_or_default()).expect("UTF-8");
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let llms = lines(&files, "llms.txt");
    assert!(llms.iter().any(|line| line.to_lowercase().contains(MARK)), "{llms:?}");
    // As many lines as with other words, each beginning in the same way; no line of an author's making.
    let kind = |line: &String| line.chars().take_while(|c| "#>-[ ".contains(*c)).collect::<String>();
    let kinds = |lines: &[String]| lines.iter().map(kind).collect::<Vec<_>>();
    assert_eq!(kinds(&llms), kinds(&lines(&harmless, "llms.txt")), "{llms:#?}");
    // Every link leads to this site.
    for line in &llms {
        for (at, _) in line.match_indices("](") {
            let escaped = line[..at].ends_with('\\');
            let target = &line[at + 2..];
            assert!(escaped || target.starts_with("https://site.example/"), "{line}");
        }
    }
    for name in ["robots.txt", "_redirects", "_headers", "sitemap.xml"] {
        let (hostile, plain) = (lines(&files, name), lines(&harmless, name));
        assert!(!hostile.iter().any(|line| line.contains("<zqhostile")), "{name}: {hostile:?}");
        let fields =
            |lines: &[String]| lines.iter().map(|line| line.split_whitespace().count()).collect::<Vec<_>>();
        if name != "sitemap.xml" {
            assert_eq!(fields(&hostile), fields(&plain), "{name}");
        }
    }
}

#[test]
fn nothing_is_a_folder_of_the_name_of_a_file_that_programs_read() {
    for name in ["robots.txt", "_headers", "llms.txt", "ROBOTS.TXT"] {
        let page = format!("---\ntitle: About\naliases: [{name}/]\n---\nWords.\n");
        let (files, errors) =
            super::built(&super::site(&super::ground()).with("content/pages/about.md", page));
        assert_eq!(errors, ["duplicate-permalink"], "{name}");
        assert!(files.contains_key("robots.txt") && !files.contains_key(&format!("{name}/index.html")));
        let copied = format!("static/{name}/a.txt");
        let (_, errors) = super::built(&super::site(&super::ground()).with(&copied, "x"));
        assert_eq!(errors, ["duplicate-permalink"], "{copied}");
    }
    // The file itself is for the site's editors to write.
    let (files, errors) = super::built(&super::site(&super::ground()).with("static/robots.txt", "mine"));
    assert_eq!((files["robots.txt"].as_slice(), errors.len()), (&b"mine"[..], 0));
}
