//! A site of one's own: begun in an empty folder, found from any folder in it, and sound from the first
//! minute.

use crate::importing::{Folder, Run};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs the program in a folder of a site.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("words");
    assert!(!said.contains("panicked"), "{said}");
    Run { code: output.status.code().expect("a code"), said }
}

/// A folder with a new site in `site`.
pub fn begun() -> Folder {
    let folder = Folder::new();
    let run = folder.run(&["init", "site", "--yes"]);
    assert_eq!(run.code, 0, "{}", run.said);
    folder
}

/// A new site to work in.
pub struct Desk(pub Folder);

impl Desk {
    pub fn new() -> Self {
        Desk(begun())
    }

    pub fn root(&self) -> PathBuf {
        self.0.path().join("site")
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        run_in(&self.root(), arguments)
    }

    pub fn fine(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.said);
        run.said
    }

    pub fn read(&self, path: &str) -> String {
        self.0.read(&format!("site/{path}"))
    }

    pub fn put(&self, path: &str, text: &str) {
        self.0.put(&format!("site/{path}"), text);
    }
}

#[test]
fn a_new_site_checks_clean_and_builds_and_says_what_comes_next() {
    let folder = Folder::new();
    let run = folder.run(&["init", "a/site", "--title", "Ours: a \"test\"", "--language", "en"]);
    assert_eq!(run.code, 0, "{}", run.said);
    for next in ["cd a/site", "rapporteur serve --open", "rapporteur check"] {
        assert!(run.said.contains(next), "{next}: {}", run.said);
    }
    let site = folder.path().join("a/site");
    let check = run_in(&site, &["check", "--deny", "undated-site"]);
    assert_eq!(check.code, 0, "{}", check.said);
    assert!(check.said.contains("no mistakes in 1 debate with 3 notes"), "{}", check.said);
    assert_eq!(run_in(&site, &["build", "--as-of", "today"]).code, 0);
    let page = folder.read("a/site/output/debates/2025-03-04-the-ferry-to-heron-island/index.html");
    for shown in ["Ida Fenwick", "A third of the winter", "Minister for Harbours"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(folder.read("a/site/output/index.html").contains("Ours: a &quot;test&quot;"));
    // The folder is the site and nothing else.
    let names: Vec<String> = folder.files("a").into_keys().collect();
    assert!(names.iter().all(|name| name.starts_with("site/") && !name.contains(".tmp")), "{names:?}");
    let schema = folder.read("a/site/.rapporteur/annotations.schema.json");
    assert!(schema.contains("\"island-ferries\"") && schema.contains("\"ida-fenwick\""));
    assert!(folder.read("a/site/.vscode/settings.json").contains(".rapporteur/annotations.schema.json"));
    assert!(folder.read("a/site/.gitattributes").contains("transcript.* -text"));
    assert!(folder.read("a/site/.gitignore").contains("/output/"));
}

/// The example is what people see first: it says of itself that it is invented, on every page, and holds one of
/// everything that it is there to show.
#[test]
fn the_example_checks_clean_builds_and_says_on_every_page_that_it_is_invented() {
    let folder = Folder::new();
    let run = folder.run(&["init", "site", "--example"]);
    assert_eq!(run.code, 0, "{}", run.said);
    let run = folder.run(&["check", "--root", "site"]);
    assert!(run.code == 0 && run.said.starts_with("no mistakes in 4 debates"), "{}", run.said);
    assert_eq!(folder.run(&["build", "--root", "site"]).code, 0);
    let mut pages = 0;
    for entry in walkdir::WalkDir::new(folder.path().join("site/output")).into_iter().map(Result::unwrap) {
        if entry.file_name() == "index.html" {
            let page = std::fs::read_to_string(entry.path()).unwrap();
            let says =
                page.contains("all that they say are invented") || page.contains("http-equiv=\"refresh\"");
            assert!(says, "{}", entry.path().display());
            pages += 1;
        }
    }
    assert!(pages > 30, "{pages} pages");
    let read = |page: &str| {
        std::fs::read_to_string(folder.path().join("site/output").join(page).join("index.html")).unwrap()
    };
    let debate = read("debates/2024-01-16-the-narrows-bridge");
    for shown in ["Broken", "Kept", "Misleading", "Withdrawn", "In review"] {
        assert!(debate.contains(shown), "{shown}");
    }
    assert!(!debate.contains("survey of the far shore"), "an embargo holds");
    assert!(
        read("debates/2024-06-11-questions-on-works").contains("nineteen thousand crowns"),
        "a correction"
    );
    assert!(read("debates/2025-03-11-motion-of-regret").contains("Castellane, Mirela"), "a division");
    assert!(read("debates/2025-05-20-la-passerelle").contains("lang=\"fr\""), "a second language");
}

#[test]
fn the_workflows_of_a_new_site_get_a_stated_version_check_build_and_run_every_day() {
    let folder = Folder::new();
    let run = folder.run(&["init", "site", "--yes", "--program", "https://code.example/rapporteur"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(!run.said.contains("RAPPORTEUR_FROM"), "{}", run.said);
    let beside_the_lines = "rapporteur check --as-of today --format github";
    assert!(folder.read("site/.github/workflows/site.yml").contains(beside_the_lines));
    for name in [".github/workflows/site.yml", ".gitlab-ci.yml"] {
        let text = folder.read(&format!("site/{name}"));
        for held in [
            "RAPPORTEUR_FROM: \"https://code.example/rapporteur\"",
            concat!("RAPPORTEUR_VERSION: \"v", env!("CARGO_PKG_VERSION"), "\""),
            "cargo install --locked",
            "install --locked",
            "--rev \"$RAPPORTEUR_VERSION\"",
            "rapporteur check --as-of today",
            "rapporteur build --as-of today",
            "--base-url \"",
        ] {
            let held = if name.starts_with(".github") {
                held.replacen("cargo install", "install", 1)
            } else {
                held.to_owned()
            };
            assert!(text.contains(&held), "{name} has no {held}:\n{text}");
        }
        assert!(text.contains("schedule"), "{name}");
        assert!(!text.contains("{rust}") && !text.contains("{build}"), "{text}");
    }
    let run = folder.run(&["init", "own", "--yes", "--base-url", "https://example.org/own/"]);
    assert!(run.said.contains("RAPPORTEUR_FROM"), "it says that the address is wanted: {}", run.said);
    assert!(folder.read("own/rapporteur.yaml").contains("base_url: \"https://example.org/own/\""));
    assert!(!folder.read("own/.github/workflows/site.yml").contains("--base-url"));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let folder = Folder::new();
    folder.put("site/README.md", "ours");
    folder.put("site/.gitignore", "ours too");
    let before = folder.files("site");
    let run = folder.run(&["init", "site", "--yes"]);
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("site/.gitignore is in the way"), "{}", run.said);
    assert!(run.said.contains("nothing was written"), "{}", run.said);
    assert_eq!(folder.files("site"), before);
    // What is not in the way may stay.
    std::fs::remove_file(folder.path().join("site/.gitignore")).expect("it goes");
    assert_eq!(folder.run(&["init", "site", "--yes"]).code, 0);
    assert_eq!(folder.read("site/README.md"), "ours");
    let again = folder.run(&["init", "site", "--yes"]);
    assert_eq!(again.code, 1);
    assert!(again.said.contains("rapporteur.yaml is in the way"), "{}", again.said);
}

#[test]
fn what_cannot_be_a_site_is_refused_and_leaves_nothing() {
    let folder = Folder::new();
    for (arguments, why) in [
        (&["--language", "en_GB"][..], "`en_GB` is no tag of a language"),
        (&["--title", " "], "a site has a title"),
        (&["--base-url", "example.org"], "example.org"),
    ] {
        let run = folder.run(&[&["init", "site", "--yes"], arguments].concat());
        assert_eq!(run.code, 1, "{}", run.said);
        assert!(run.said.contains(why) && run.said.contains("nothing was written"), "{}", run.said);
        assert!(!folder.path().join("site").exists());
    }
    let run = folder.run(&["init", "rapporteur.yaml"]);
    assert_eq!((run.code, run.said.contains("is not a folder")), (2, true), "{}", run.said);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to_is_the_machines_trouble() {
    // Nobody makes a file there, whoever runs the test.
    let folder = Folder::new();
    for closed in ["/proc/self", "/proc/none"] {
        let run = folder.run(&["init", closed, "--yes"]);
        assert_eq!(run.code, 2, "{}", run.said);
    }
}

#[test]
fn without_a_terminal_the_defaults_are_taken_and_told() {
    let folder = Folder::new();
    let run = folder.run(&["init", "site"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(
        run.said.contains("nobody to ask: the title is “Debate briefings”, the language en-GB"),
        "{}",
        run.said
    );
}

#[test]
fn a_site_begins_with_files_that_one_has_or_with_none() {
    let folder = Folder::new();
    folder.put("in/harbour.md", "# Harbour dues\n\n### Ann Poe:\n\nThe dues are too high.\n");
    let run = folder.run(&["init", "site", "--yes", "--from", "in/harbour.md"]);
    assert_eq!(run.code, 2, "the file states no day: {}", run.said);
    assert!(run.said.contains("`rapporteur init --empty`"), "{}", run.said);
    assert!(!folder.path().join("site").exists());
    folder.put("in/2024-05-01-harbour.md", "# Harbour dues\n\n### Ann Poe:\n\nThe dues are too high.\n");
    let run = folder.run(&["init", "site", "--yes", "--from", "in/2024-05-01-harbour.md"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(folder.path().join("site/content/debates/2024-05-01-harbour-dues/transcript.md").is_file());
    let check = run_in(&folder.path().join("site"), &["check"]);
    assert!(check.code == 0 && check.said.contains("1 debate with 0 notes"), "{}", check.said);
    let run = folder.run(&["init", "bare", "--empty", "--yes"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(run_in(&folder.path().join("bare"), &["build"]).code, 0);
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 4, "nothing is left beside: {left:?}");
}

#[test]
fn a_site_is_found_from_any_folder_in_it_and_root_names_another() {
    let folder = begun();
    let debate = folder.path().join("site/content/debates/2025-03-04-the-ferry-to-heron-island");
    let run = run_in(&debate, &["build"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(folder.path().join("site/output/index.html").is_file());
    assert!(!debate.join("output").exists());
    let run = run_in(&debate, &["check", "--root", "../../../.."]);
    assert!(run.said.contains("0 debates"), "{}", run.said);
}

#[test]
fn shells_and_manuals_know_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = folder.run(&["completions", shell]);
        assert_eq!(run.code, 0);
        for word in ["check-quotes", "init", "base-url"] {
            assert!(run.said.contains(word), "{shell}: {word}");
        }
    }
    let run = folder.run(&["man"]);
    assert!(run.code == 0 && run.said.contains(".TH") && run.said.contains("check\\-quotes"), "{}", run.said);
    assert_eq!(folder.run(&["man", "--into", "man"]).code, 0);
    assert!(folder.path().join("man/rapporteur-new-note.1").is_file());
}
