//! The files of authors, when the program is killed while it changes many of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A site with a topic that a hundred and ten pages lead to.
fn site() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let put = |path: &str, text: String| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    put("rapporteur.yaml", "title: T\n".to_owned());
    put("content/topics/old.md", "---\ntitle: Old\n---\n".to_owned());
    for number in 0..110 {
        let text = format!("---\ntitle: Page {number}\n---\nSee [it](../topics/old.md).\n");
        put(&format!("content/pages/p{number}.md"), text);
    }
    folder
}

fn files(root: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(root.join("content")).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(root).expect("it is below").display().to_string();
            (path, fs::read_to_string(entry.path()).expect("text"))
        })
        .collect()
}

fn program(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.args(arguments).current_dir(root).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn copied(root: &Path) -> TempDir {
    let copy = TempDir::new().expect("a folder");
    for entry in walkdir::WalkDir::new(root).min_depth(1).into_iter().filter_map(Result::ok) {
        let to = copy.path().join(entry.path().strip_prefix(root).expect("it is below"));
        match entry.file_type().is_dir() {
            true => fs::create_dir(to).expect("a folder"),
            false => drop(fs::copy(entry.path(), to).expect("a copy")),
        }
    }
    copy
}

#[test]
fn a_rename_over_a_hundred_files_that_is_killed_is_finished_or_taken_back() {
    let rename = &["rename", "topic", "old", "new"];
    let whole = site();
    let old = files(whole.path());
    assert!(program(whole.path(), rename).status().expect("it runs").success());
    let new = files(whole.path());
    assert_eq!(new.values().filter(|text| text.contains("topics/new.md")).count(), 110);
    let mut cut_short = 0;
    for round in 0..6 {
        let root = site();
        let mut child = program(root.path(), rename).spawn().expect("it runs");
        // It is killed when the change has begun, each time a little later.
        let journal = root.path().join(".rapporteur/unfinished/journal.json");
        let begun = Instant::now();
        while !journal.exists() && begun.elapsed() < Duration::from_secs(60) {
            if child.try_wait().expect("it can be asked").is_some() {
                break;
            }
        }
        std::thread::sleep(Duration::from_micros(round * 400));
        let _ = child.kill();
        child.wait().expect("it ends");
        if !journal.exists() {
            let found = files(root.path());
            assert!(found == old || found == new, "round {round}: neither one nor the other");
            continue;
        }
        cut_short += 1;
        // Nothing is changed meanwhile.
        let again = program(root.path(), &["fmt"]).status().expect("it runs");
        assert_eq!(again.code(), Some(2), "another change was let in");
        for (arguments, expected) in [(&["resume"][..], &new), (&["resume", "--undo"], &old)] {
            let copy = copied(root.path());
            assert!(program(copy.path(), arguments).status().expect("it runs").success(), "{arguments:?}");
            assert!(files(copy.path()) == *expected, "round {round}: {arguments:?}");
            assert!(!copy.path().join(".rapporteur/unfinished").exists());
        }
    }
    println!("{cut_short} of 6 were cut short");
}
