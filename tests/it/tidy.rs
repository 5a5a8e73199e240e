//! The source itself: rooms use only rooms above them, every file says what it is for, none is long,
//! nothing is left for later. Each rule is shown to fail on a bad example.

use std::path::Path;

/// No file is longer, in lines.
const LONGEST: usize = 600;
/// Files that are longer all the same. The list may only shrink.
const LONG: &[&str] = &[];
/// Files that use a room below their own, and that room. The list may only shrink: citations and
/// addresses belong above both rooms.
const UPWARD: &[(&str, &str)] = &[];

/// The rooms in order, from the table at the top of `src/lib.rs`.
fn rooms(lib: &str) -> Vec<&str> {
    lib.lines()
        .filter_map(|line| line.strip_prefix("//! | [`")?.split_once("`]").map(|(room, _)| room))
        .collect()
}

/// Uses of a room that stands below, or is in no row of the table.
fn upward_uses(path: &str, text: &str, rooms: &[&str]) -> Vec<String> {
    let Some(own) = path.strip_prefix("src/").and_then(|rest| rest.split_once('/')).map(|(room, _)| room)
    else {
        // main.rs and lib.rs stand above the rooms.
        return Vec::new();
    };
    let place = |room: &str| rooms.iter().position(|known| *known == room);
    let Some(own_place) = place(own) else {
        return vec![format!("{path}: `{own}` is in no row of the table in src/lib.rs")];
    };
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') || text[..at].ends_with("$") {
            continue;
        }
        let line = text[..at].matches('\n').count() + 1;
        let rest = &text[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            found.push(format!(
                "{path}:{line}: name one room in one `use`, not `crate::{{{}`",
                list.lines().next().unwrap_or_default()
            ));
            continue;
        }
        let used: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        match place(&used) {
            Some(used_place) if used_place <= own_place => {}
            Some(_) => found.push(format!("{path}:{line}: `{own}` uses `{used}`, which stands below it")),
            None => found.push(format!("{path}:{line}: `{used}` is no room")),
        }
    }
    found
}

/// A file that does not say what it is for.
fn missing_header(path: &str, text: &str) -> Option<String> {
    let words = text.lines().next().and_then(|line| line.strip_prefix("//! "));
    words
        .is_none_or(|words| words.trim().is_empty())
        .then(|| format!("{path}: begin the file with `//! ` and what it is for"))
}

/// A file that is too long.
fn too_long(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > LONGEST)
        .then(|| format!("{path}: {lines} lines, more than {LONGEST}: divide it by what its parts are for"))
}

/// What is left for later.
fn left_for_later(path: &str, text: &str) -> Vec<String> {
    // Put together here, so that this file does not accuse itself.
    let marks = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("#[ig", "nore")];
    let found = marks.iter().flat_map(|mark| text.match_indices(mark));
    found.map(|(at, mark)| format!("{path}:{}: `{mark}`", text[..at].matches('\n').count() + 1)).collect()
}

/// Every Rust file below these folders: its path from the root of the repository, and its text.
fn files(folders: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).expect("it was found below").to_str().expect("UTF-8");
                found.push((name.replace('\\', "/"), std::fs::read_to_string(&path).expect("UTF-8")));
            }
        }
    }
    found.sort();
    assert!(found.len() > 5, "only {} files", found.len());
    found
}

fn lib() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).expect("src/lib.rs is there")
}

fn none(offences: Vec<String>) {
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn the_table_of_rooms_lists_the_folders_of_the_source() {
    let lib = lib();
    let mut listed: Vec<String> = rooms(&lib).into_iter().map(str::to_owned).collect();
    let entries = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).expect("src is there");
    let folders = entries.map(|entry| entry.expect("a readable entry").path()).filter(|path| path.is_dir());
    let mut folders: Vec<String> =
        folders.map(|path| path.file_name().expect("a name").to_str().expect("UTF-8").to_owned()).collect();
    listed.sort();
    folders.sort();
    assert_eq!(listed, folders);
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let lib = lib();
    let rooms = rooms(&lib);
    let offences: Vec<String> =
        files(&["src"]).iter().flat_map(|(path, text)| upward_uses(path, text, &rooms)).collect();
    let is_known = |offence: &str, (path, used): &(&str, &str)| {
        offence.starts_with(&format!("{path}:")) && offence.contains(&format!(" uses `{used}`"))
    };
    none(
        offences
            .iter()
            .filter(|offence| !UPWARD.iter().any(|known| is_known(offence, known)))
            .cloned()
            .collect(),
    );
    for known in UPWARD {
        assert!(
            offences.iter().any(|offence| is_known(offence, known)),
            "{known:?} is mended: take it off the list"
        );
    }

    let rooms = ["text", "model", "pages"];
    let found = |path: &str, text: &str| upward_uses(path, text, &rooms);
    assert_eq!(
        found("src/pages/mod.rs", "use crate::text::Span;\nfn f() -> crate::model::Id {}"),
        Vec::<String>::new()
    );
    assert_eq!(
        found("src/text/mod.rs", "\nuse crate::pages::Page;"),
        ["src/text/mod.rs:2: `text` uses `pages`, which stands below it"]
    );
    assert_eq!(
        found("src/model/a/b.rs", "let x = crate::pages::x();").len(),
        1,
        "a path in code counts as well"
    );
    assert_eq!(
        found("src/model/a.rs", "use crate::{text, pages};").len(),
        1,
        "a list of rooms hides what is used"
    );
    assert_eq!(found("src/model/a.rs", "use crate::utils::x;").len(), 1);
    assert_eq!(found("src/utils/mod.rs", "").len(), 1);
}

#[test]
fn every_file_says_what_it_is_for() {
    none(files(&["src", "tests"]).iter().filter_map(|(path, text)| missing_header(path, text)).collect());

    for bad in ["", "//!\n", "use std::io;\n", "// Room x.\n", "\n//! Too late.\n"] {
        assert!(missing_header("src/x.rs", bad).is_some(), "{bad:?}");
    }
    assert_eq!(missing_header("src/x.rs", "//! Room x.\n"), None);
}

#[test]
fn no_file_is_long() {
    let long: Vec<(String, String)> = files(&["src", "tests"])
        .into_iter()
        .filter_map(|(path, text)| Some((too_long(&path, &text)?, path)))
        .collect();
    none(
        long.iter()
            .filter(|(_, path)| !LONG.contains(&path.as_str()))
            .map(|(offence, _)| offence.clone())
            .collect(),
    );
    for known in LONG {
        assert!(
            long.iter().any(|(_, path)| path == known),
            "{known} is no longer too long: take it off the list"
        );
    }

    assert!(too_long("src/x.rs", &"\n".repeat(LONGEST + 1)).is_some());
    assert_eq!(too_long("src/x.rs", &"\n".repeat(LONGEST)), None);
}

#[test]
fn nothing_is_left_for_later() {
    none(files(&["src", "tests"]).iter().flat_map(|(path, text)| left_for_later(path, text)).collect());

    for bad in
        [concat!("to", "do!()"), concat!("unimple", "mented!(\"x\")"), concat!("#[ig", "nore = \"slow\"]")]
    {
        assert_eq!(left_for_later("src/x.rs", &format!("fn f() {{\n    {bad}\n}}")).len(), 1, "{bad}");
    }
}

/// Names in code marks: `src/lib.rs`.
fn marked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// What a page about the source names and the source does not have.
fn not_there(page: &str, is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let is_path = |name: &&str| {
        let folder = name.split('/').next().unwrap_or_default();
        name.contains('/')
            && ["src", "tests", "docs", "themes"].contains(&folder)
            && !name.contains([' ', '*'])
    };
    marked(page).filter(is_path).filter(|name| !is_there(name)).map(str::to_owned).collect()
}

/// Changes of the table that touch more than four files, translations and tests aside.
fn dear(table: &str) -> Vec<String> {
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| a ") || line.starts_with("| an ") || line.starts_with("| the "));
    rows.filter(|row| row.split(',').count() > 4).map(str::to_owned).collect()
}

#[test]
fn what_the_architecture_names_is_there_and_no_usual_change_touches_more_than_four_files() {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let architecture = read("docs/architecture.md");
    for page in [&architecture, &read("CONTRIBUTING.md")] {
        none(not_there(page, |name| Path::new(name).exists()));
    }
    let changes = architecture.split("## Ten changes").nth(1).and_then(|rest| rest.split("## ").next());
    let changes = changes.expect("the table of changes");
    assert_eq!(changes.lines().filter(|line| line.starts_with("| ")).count(), 11, "a head and ten changes");
    none(dear(changes));

    assert_eq!(not_there("in `src/none.rs`, not `none` or `a/b`", |_| false), ["src/none.rs"]);
    assert_eq!(dear("| a thing | `a`, `b`, `c`, `d`, `e` |\n| a thing | `a`, `b` |").len(), 1);
}

#[test]
fn every_dependency_has_a_reason_in_the_table_and_every_reason_a_dependency() {
    let manifest = std::fs::read_to_string("Cargo.toml").expect("a manifest");
    let mut dependencies: Vec<&str> = Vec::new();
    let mut counts = false;
    for line in manifest.lines() {
        match line.strip_prefix('[') {
            Some(section) => counts = section == "dependencies]" || section.ends_with(".dependencies]"),
            None if counts => dependencies.extend(line.split_once(" = ").map(|(name, _)| name)),
            None => {}
        }
    }
    let architecture = std::fs::read_to_string("docs/architecture.md").expect("a page");
    let table = architecture.split("## Dependencies").nth(1).expect("the table of dependencies");
    let named: Vec<&str> = table.lines().filter_map(|line| line.split('|').nth(1)).flat_map(marked).collect();
    none(
        dependencies
            .iter()
            .filter(|name| !named.contains(*name))
            .map(|name| format!("no reason for {name}"))
            .collect(),
    );
    let is_known = |name: &&&str| dependencies.contains(*name) || **name == "yaml_serde";
    none(named.iter().filter(|name| !is_known(name)).map(|name| format!("no dependency {name}")).collect());
    assert!(dependencies.len() > 40 && named.len() > 40);
}
