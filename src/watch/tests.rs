//! Real saves in real folders: what is told, and that nothing is missed.

use super::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

struct Site {
    folder: TempDir,
    watch: Watch,
    /// What the changes told so far come to.
    told: BTreeMap<String, bool>,
}

/// A site whose events are listened to.
fn site(polling: Polling) -> Site {
    let mut site = unheard(polling);
    let batch = site.watch.next(Duration::ZERO);
    assert!(batch.changes.is_empty(), "{:?}", batch.changes);
    site
}

/// A site that was looked at and is not listened to yet.
fn unheard(polling: Polling) -> Site {
    let folder = TempDir::new().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("rapporteur.yaml", "title: Watched\n");
    write("content/topics/data.md", "one\n");
    write("content/debates/a/debate.yaml", "title: A\n");
    let disk = Disk::open(folder.path()).expect("a site");
    let watch = Watch::begin(disk, &Settings { polling, ..Settings::default() }).expect("a watch");
    Site { folder, watch, told: BTreeMap::new() }
}

impl Site {
    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    /// Takes batches until the changes told come to this: a path, and whether it is there.
    fn comes_to(&mut self, expected: &[(&str, bool)]) {
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end {
            let batch = self.watch.next(Duration::from_millis(100));
            for change in batch.changes {
                match change {
                    Change::Created(path) | Change::Changed(path) => self.told.insert(path.to_string(), true),
                    Change::Deleted(path) => self.told.insert(path.to_string(), false),
                    Change::Rescan => None,
                };
            }
            if expected.iter().all(|(path, there)| self.told.get(*path) == Some(there)) {
                assert_eq!(self.told.len(), expected.len(), "more was told: {:?}", self.told);
                return;
            }
        }
        panic!("expected {expected:?}, told {:?}", self.told);
    }
}

#[test]
fn what_is_saved_while_the_site_is_read_for_the_first_time_is_told() {
    for polling in [Polling::WhenNeeded, Polling::Always] {
        let mut site = unheard(polling);
        write(&site.path("content/topics/data.md"), "two\n");
        fs::create_dir(site.path("content/debates/b")).expect("a folder");
        write(&site.path("content/debates/b/debate.yaml"), "title: B\n");
        fs::remove_file(site.path("content/debates/a/debate.yaml")).expect("a file");
        site.comes_to(&[
            ("content/topics/data.md", true),
            ("content/debates/a/debate.yaml", false),
            ("content/debates/b/debate.yaml", true),
        ]);
        assert_eq!(site.watch.is_polling(), polling == Polling::Always);
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("a file");
}

const TOPIC: &str = "content/topics/data.md";

#[test]
fn a_save_in_place_is_told() {
    let mut site = site(Polling::WhenNeeded);
    write(&site.path(TOPIC), "two\n");
    site.comes_to(&[(TOPIC, true)]);
}

#[test]
fn a_save_by_rename_is_told_as_one_change_of_the_file() {
    let mut site = site(Polling::WhenNeeded);
    write(&site.path("content/topics/4913"), "");
    fs::remove_file(site.path("content/topics/4913")).expect("gone");
    fs::rename(site.path(TOPIC), site.path("content/topics/data.md~")).expect("a backup");
    write(&site.path(TOPIC), "two\n");
    fs::remove_file(site.path("content/topics/data.md~")).expect("gone");
    site.comes_to(&[(TOPIC, true)]);
}

#[test]
fn a_save_that_takes_the_file_away_for_an_instant_is_no_deletion() {
    let mut site = site(Polling::WhenNeeded);
    write(&site.path("content/topics/data.md___jb_tmp___"), "two\n");
    fs::rename(site.path(TOPIC), site.path("content/topics/data.md___jb_old___")).expect("away");
    fs::rename(site.path("content/topics/data.md___jb_tmp___"), site.path(TOPIC)).expect("back");
    fs::remove_file(site.path("content/topics/data.md___jb_old___")).expect("gone");
    site.comes_to(&[(TOPIC, true)]);
}

#[test]
fn a_deleted_file_is_told() {
    let mut site = site(Polling::WhenNeeded);
    fs::remove_file(site.path(TOPIC)).expect("gone");
    site.comes_to(&[(TOPIC, false)]);
}

#[test]
fn what_is_written_into_a_new_folder_at_once_is_not_lost() {
    let mut site = site(Polling::WhenNeeded);
    let paths: Vec<String> = (0..50).map(|at| format!("content/debates/n{at}/notes/x.md")).collect();
    for path in &paths {
        fs::create_dir_all(site.path(path).parent().expect("a parent")).expect("a folder");
        write(&site.path(path), "---\n---\n");
    }
    let expected: Vec<(&str, bool)> = paths.iter().map(|path| (path.as_str(), true)).collect();
    site.comes_to(&expected);
}

#[test]
fn a_renamed_folder_is_its_files_gone_and_come() {
    let mut site = site(Polling::WhenNeeded);
    fs::rename(site.path("content/debates/a"), site.path("content/debates/b")).expect("renamed");
    site.comes_to(&[("content/debates/a/debate.yaml", false), ("content/debates/b/debate.yaml", true)]);
}

#[test]
fn a_folder_taken_away_and_brought_back_is_watched_again() {
    let mut site = site(Polling::WhenNeeded);
    fs::rename(site.path("content"), site.path("elsewhere")).expect("away");
    site.comes_to(&[(TOPIC, false), ("content/debates/a/debate.yaml", false)]);
    fs::rename(site.path("elsewhere"), site.path("content")).expect("back");
    site.comes_to(&[(TOPIC, true), ("content/debates/a/debate.yaml", true)]);
    site.told.clear();
    write(&site.path(TOPIC), "three\n");
    site.comes_to(&[(TOPIC, true)]);
}

#[test]
fn a_folder_of_the_site_that_appears_is_watched() {
    let mut site = site(Polling::WhenNeeded);
    fs::create_dir_all(site.path("themes/own/templates")).expect("a folder");
    write(&site.path("themes/own/theme.yaml"), "name: own\n");
    site.comes_to(&[("themes/own/theme.yaml", true)]);
    write(&site.path("themes/own/templates/home.html"), "hello");
    site.comes_to(&[("themes/own/theme.yaml", true), ("themes/own/templates/home.html", true)]);
}

#[test]
fn edits_made_while_nobody_listens_are_told_afterwards() {
    let mut site = site(Polling::WhenNeeded);
    let paths: Vec<String> = (0..1000).map(|at| format!("content/topics/t{at}.md")).collect();
    for path in &paths {
        write(&site.path(path), "x");
    }
    let expected: Vec<(&str, bool)> = paths.iter().map(|path| (path.as_str(), true)).collect();
    site.comes_to(&expected);
}

#[test]
fn polling_finds_the_same() {
    let mut site = site(Polling::Always);
    assert!(site.watch.is_polling());
    write(&site.path(TOPIC), "longer than it was\n");
    write(&site.path("content/topics/new.md"), "new\n");
    site.comes_to(&[(TOPIC, true), ("content/topics/new.md", true)]);
}

#[test]
fn reading_wakes_nobody_and_neither_do_passing_files() {
    let mut site = site(Polling::WhenNeeded);
    for _ in 0..20 {
        fs::read(site.path(TOPIC)).expect("a file");
    }
    write(&site.path("content/topics/.data.md.swp"), "x");
    write(&site.path("output.txt"), "not of the site");
    let batch = site.watch.next(Duration::from_millis(300));
    assert!(batch.changes.is_empty() && batch.notices.is_empty(), "{batch:?}");
}

#[test]
fn a_watch_can_be_woken_from_another_thread() {
    let mut site = site(Polling::WhenNeeded);
    let waker = site.watch.waker();
    let start = Instant::now();
    std::thread::spawn(move || waker.wake());
    assert!(site.watch.next(Duration::from_secs(30)).changes.is_empty());
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_limit_that_is_reached_is_said_and_the_tree_is_polled() {
    let mut site = site(Polling::WhenNeeded);
    let notice = site.watch.events.poll_instead("the system's limit of watched folders is reached");
    assert!(notice.is_some_and(|line| line.contains("several times a second")));
    write(&site.path(TOPIC), "longer than it was\n");
    site.comes_to(&[(TOPIC, true)]);
}
