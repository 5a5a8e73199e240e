//! Publishing tried against a real disk: what changed and what stays, folders that are not ours, two
//! builds at once.

mod faults;
mod processes;

use super::{Changes, Publication, WriteError};
use crate::output::{OutputFile, Sink};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::{TempDir, tempdir};

type Files<'a> = &'a [(&'a str, &'a str)];

const OLDER: Files =
    &[("index.html", "oldest"), ("a/one.html", "1"), ("a/b/two.html", "2"), ("x/y.html", "y")];
const OLD: Files = &[
    ("index.html", "old"),
    ("a/one.html", "1"),
    ("a/b/two.html", "2"),
    ("gone/z.html", "z"),
    ("turn", "file"),
];
const NEW: Files = &[
    ("index.html", "new"),
    ("a/one.html", "1"),
    ("a/b/two.html", "two"),
    ("c.html", "c"),
    ("turn/i.html", "i"),
];

fn project() -> TempDir {
    let root = tempdir().unwrap();
    fs::create_dir(root.path().join("output")).unwrap();
    fs::write(root.path().join("output/.gitkeep"), "").unwrap();
    root
}

fn put(publication: &Publication, path: &str, text: &str) -> std::io::Result<()> {
    publication.put(OutputFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() })
}

fn build(root: &Path, files: Files) -> Result<Changes, WriteError> {
    let publication = Publication::begin(root, &root.join("output"))?;
    for (path, text) in files {
        put(&publication, path, text).unwrap();
    }
    publication.commit(None)
}

/// How many files were added, changed, removed and left.
fn counts(changes: &Changes) -> (usize, usize, usize, usize) {
    let Changes { added, changed, removed, unchanged } = changes;
    (added.len(), changed.len(), removed.len(), *unchanged)
}

/// Every file beneath `folder` with its text, and every empty folder.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| {
            entry.file_type().is_file()
                || fs::read_dir(entry.path()).is_ok_and(|mut inner| inner.next().is_none())
        })
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read_to_string(entry.path()).unwrap_or_else(|_| "a folder".to_owned()))
        })
        .collect()
}

/// What `tree` gives for a published site of these files.
fn site(files: Files) -> BTreeMap<String, String> {
    let carried = [(".gitkeep", "")];
    files.iter().chain(&carried).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

#[test]
fn changes_are_counted_and_shown() {
    let root = project();
    assert_eq!(build(root.path(), OLD).unwrap().to_string(), "+5 ~0 −0");
    assert_eq!(build(root.path(), NEW).unwrap().to_string(), "+2 ~2 −2");
    assert_eq!(counts(&build(root.path(), NEW).unwrap()), (0, 0, 0, 5));
}

#[test]
fn an_unchanged_file_keeps_its_inode_from_site_to_site() {
    let root = project();
    let file = root.path().join("output/a/one.html");
    build(root.path(), OLDER).unwrap();
    let first = inode(&file);
    for files in [OLD, NEW, OLDER, OLD, OLD] {
        build(root.path(), files).unwrap();
        assert_eq!(inode(&file), first);
        assert_eq!(tree(&root.path().join("output")), site(files));
    }
}

#[test]
fn a_build_without_changes_leaves_the_output_folder_alone() {
    let root = project();
    let output = root.path().join("output");
    build(root.path(), OLD).unwrap();
    let before = (inode(&output), fs::metadata(&output).unwrap().ctime_nsec());
    let publication = Publication::begin(root.path(), &output).unwrap();
    for (path, text) in OLD {
        put(&publication, path, text).unwrap();
    }
    assert!(publication.commit(Some("2026-01-31")).unwrap().is_empty());
    assert_eq!((inode(&output), fs::metadata(&output).unwrap().ctime_nsec()), before);
    let record = fs::read_to_string(root.path().join(".rapporteur/output.site/manifest.json")).unwrap();
    assert!(record.contains("2026-01-31"), "the day is recorded all the same");
}

#[test]
fn a_file_removed_or_edited_by_hand_is_given_back() {
    let root = project();
    let output = root.path().join("output");
    build(root.path(), OLDER).unwrap();
    build(root.path(), OLD).unwrap();
    fs::remove_file(output.join("index.html")).unwrap();
    // As long as before, so that only the time of writing tells.
    fs::write(output.join("a/one.html"), "!").unwrap();
    fs::set_permissions(output.join("turn"), fs::Permissions::from_mode(0o600)).unwrap();
    let changes = build(root.path(), OLD).unwrap();
    assert_eq!(counts(&changes), (0, 3, 0, 2));
    assert_eq!(tree(&output), site(OLD));
    assert_eq!(fs::metadata(output.join("turn")).unwrap().mode() & 0o7777, 0o644);
}

#[test]
fn a_removed_output_folder_is_given_back() {
    let root = project();
    build(root.path(), OLDER).unwrap();
    build(root.path(), OLD).unwrap();
    fs::remove_dir_all(root.path().join("output")).unwrap();
    assert_eq!(counts(&build(root.path(), OLD).unwrap()), (5, 0, 0, 0));
    fs::write(root.path().join("output/.gitkeep"), "").unwrap();
    assert_eq!(tree(&root.path().join("output")), site(OLD));
}

#[test]
fn a_copied_project_builds_on() {
    let root = project();
    build(root.path(), OLD).unwrap();
    let copy = tempdir().unwrap();
    let to = copy.path().join("copy");
    assert!(Command::new("cp").arg("-r").args([root.path(), &to]).status().unwrap().success());
    assert_eq!(counts(&build(&to, NEW).unwrap()), (2, 3, 2, 0));
    assert_eq!(tree(&to.join("output")), site(NEW));
    assert_eq!(tree(&root.path().join("output")), site(OLD));
}

#[test]
fn a_discarded_build_leaves_everything_as_it_was() {
    let root = project();
    build(root.path(), OLD).unwrap();
    let output = root.path().join("output");
    let before = inode(&output);
    let publication = Publication::begin(root.path(), &output).unwrap();
    put(&publication, "index.html", "never").unwrap();
    publication.discard();
    assert_eq!((tree(&output), inode(&output)), (site(OLD), before));
    assert!(build(root.path(), OLD).unwrap().is_empty());
}

#[test]
fn a_foreign_file_is_refused_before_and_after_the_start() {
    let root = project();
    let output = root.path().join("output");
    build(root.path(), OLD).unwrap();
    for foreign in ["notes.txt", "a/b/notes.txt", "mine/notes.txt", ".env"] {
        let file = output.join(foreign);
        let publication = Publication::begin(root.path(), &output).unwrap();
        put(&publication, "index.html", "new").unwrap();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "mine").unwrap();
        let late = publication.commit(None).unwrap_err();
        let early = build(root.path(), NEW).unwrap_err();
        for error in [late, early] {
            assert!(matches!(error, WriteError::Foreign { .. }), "{foreign}: {error}");
            assert!(error.to_string().contains(foreign.split('/').next().unwrap()), "{error}");
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "old");
        fs::remove_file(&file).unwrap();
        let _ = fs::remove_dir(output.join("mine"));
    }
    assert_eq!(tree(&output), site(OLD));
}

#[test]
fn a_folder_that_no_build_wrote_is_refused_and_nothing_is_made_beside_it() {
    let root = tempdir().unwrap();
    let output = root.path().join("output");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("thesis.odt"), "years of work").unwrap();
    let error = build(root.path(), NEW).unwrap_err();
    assert!(error.to_string().contains("`thesis.odt`, which no build wrote"), "{error}");
    assert_eq!(fs::read_to_string(output.join("thesis.odt")).unwrap(), "years of work");
    assert!(!root.path().join(".rapporteur").exists());
}

#[test]
fn folders_that_are_no_place_for_a_site_are_refused() {
    let around = tempdir().unwrap();
    let root = around.path().join("project");
    for folder in ["content/debates", "themes", "static", "elsewhere"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    fs::write(root.join("file"), "").unwrap();
    symlink("elsewhere", root.join("link")).unwrap();
    symlink("nowhere", root.join("dangling")).unwrap();
    symlink(&root, around.path().join("other-name")).unwrap();
    let refused = [
        ("", "itself"),
        (".", "not a folder of its own"),
        ("..", "not a folder of its own"),
        ("../../project/..", "not a folder of its own"),
        ("content", "sources"),
        ("content/debates", "sources"),
        ("content/new/site", "sources"),
        ("elsewhere/../content/site", "sources"),
        ("../other-name/content", "sources"),
        ("themes/output", "sources"),
        ("static", "sources"),
        (".rapporteur/output.site/staging", "sources"),
        ("elsewhere/.rapporteur", ".rapporteur"),
        (".git/site", "sources"),
        ("file", "is a file"),
        ("link", "symbolic link"),
        ("link/", "symbolic link"),
        ("dangling", "symbolic link"),
    ];
    let before = tree(around.path());
    for (output, reason) in refused {
        let Err(error) = Publication::begin(&root, &root.join(output)) else {
            panic!("{output} was accepted")
        };
        let told = error.to_string();
        // `root.join(".")` ends in a name all the same.
        assert!(told.contains(reason) || told.contains("itself"), "{output}: {told}");
    }
    for output in [Path::new("/"), around.path(), &root, &around.path().join("other-name"), Path::new("/..")]
    {
        let Err(error) = Publication::begin(&root, output) else { panic!("{output:?} was accepted") };
        assert!(matches!(error, WriteError::Place { .. }), "{error}");
    }
    assert_eq!(tree(around.path()), before);
}

#[test]
fn a_link_in_the_output_is_foreign() {
    let root = project();
    let output = root.path().join("output");
    build(root.path(), OLD).unwrap();
    fs::rename(output.join("a"), root.path().join("moved")).unwrap();
    symlink(root.path().join("moved"), output.join("a")).unwrap();
    let error = build(root.path(), NEW).unwrap_err();
    assert!(matches!(error, WriteError::Foreign { .. }), "{error}");
    assert!(root.path().join("moved/one.html").exists());
}

#[test]
fn links_planted_in_our_own_folders_lead_nowhere() {
    let outside = tempdir().unwrap();
    fs::write(outside.path().join("one.html"), "outside").unwrap();
    for (name, target) in [
        ("spare/a", outside.path().to_owned()),
        ("spare/index.html", outside.path().join("one.html")),
        ("staging", outside.path().to_owned()),
        ("spare", outside.path().to_owned()),
        ("next.json", outside.path().join("one.html")),
        (".gitignore", outside.path().join("new")),
    ] {
        let root = project();
        build(root.path(), OLDER).unwrap();
        build(root.path(), OLD).unwrap();
        let planted = root.path().join(".rapporteur/output.site").join(name);
        if planted.is_dir() {
            fs::remove_dir_all(&planted).unwrap();
        } else if planted.exists() {
            fs::remove_file(&planted).unwrap();
        }
        symlink(target, planted).unwrap();
        build(root.path(), NEW).unwrap();
        assert_eq!(tree(&root.path().join("output")), site(NEW), "{name}");
        assert_eq!(tree(outside.path()), [("one.html".to_owned(), "outside".to_owned())].into(), "{name}");
    }
    for name in ["lock", "../../.rapporteur"] {
        let root = project();
        fs::create_dir_all(root.path().join(".rapporteur/output.site")).unwrap();
        if name == "lock" {
            symlink(outside.path().join("lock"), root.path().join(".rapporteur/output.site/lock")).unwrap();
        } else {
            fs::remove_dir_all(root.path().join(".rapporteur")).unwrap();
            symlink(outside.path(), root.path().join(".rapporteur")).unwrap();
        }
        assert!(build(root.path(), NEW).is_err(), "{name}");
        assert_eq!(tree(outside.path()).len(), 1, "{name}");
    }
}

#[test]
fn what_git_needs_is_carried_across() {
    let root = project();
    let output = root.path().join("output");
    fs::write(output.join(".gitignore"), "*\n").unwrap();
    for files in [OLDER, OLD, NEW, OLD] {
        build(root.path(), files).unwrap();
        assert_eq!(fs::read_to_string(output.join(".gitignore")).unwrap(), "*\n");
        assert!(output.join(".gitkeep").exists());
    }
    fs::remove_file(output.join(".gitkeep")).unwrap();
    build(root.path(), NEW).unwrap();
    assert!(!output.join(".gitkeep").exists(), "what somebody removed does not come back");
}

#[test]
fn of_two_builds_at_once_the_second_refuses_or_waits() {
    let root = project();
    let output = root.path().join("output");
    let first = Publication::begin(root.path(), &output).unwrap();
    put(&first, "index.html", "first").unwrap();
    let refused = build(root.path(), NEW).unwrap_err();
    assert!(refused.is_busy(), "{refused}");
    let wait = Duration::from_millis(60);
    assert!(Publication::begin_within(root.path(), &output, wait).is_err_and(|error| error.is_busy()));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let second = Publication::begin_within(root.path(), &output, Duration::from_secs(60)).unwrap();
            for (path, text) in NEW {
                put(&second, path, text).unwrap();
            }
            second.commit(None).unwrap();
        });
        std::thread::sleep(wait);
        first.commit(None).unwrap();
    });
    assert_eq!(tree(&output), site(NEW));
}

#[test]
fn outputs_side_by_side_do_not_meet() {
    let root = project();
    let around = tempdir().unwrap();
    let (one, other) = (around.path().join("deep/one"), around.path().join("deep/other"));
    let first = Publication::begin(root.path(), &one).unwrap();
    let second = Publication::begin(root.path(), &other).unwrap();
    put(&first, "index.html", "one").unwrap();
    put(&second, "index.html", "other").unwrap();
    second.commit(None).unwrap();
    first.commit(None).unwrap();
    assert_eq!(fs::read_to_string(one.join("index.html")).unwrap(), "one");
    assert_eq!(fs::read_to_string(other.join("index.html")).unwrap(), "other");
}

#[test]
fn a_path_that_leaves_the_site_is_refused() {
    let root = project();
    let long = format!("{}.html", "n".repeat(200));
    let deep = ["abcdefg"; 130].join("/");
    for path in ["", "/etc/passwd", "../up.html", "a/../b", "a//b", "./a", "a/", "a\0b", "a\\b", &long, &deep]
    {
        let publication = Publication::begin(root.path(), &root.path().join("output")).unwrap();
        let error = put(&publication, path, "x").unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput, "{path:?}");
        assert!(publication.commit(None).is_err(), "{path:?}");
    }
    let deepest = ["abcdefg"; 120].join("/");
    build(root.path(), &[(&deepest, "fine"), (&"n".repeat(200), "fine")]).unwrap();
}

#[test]
fn two_files_for_one_path_are_refused() {
    for (one, other) in [("a.html", "a.html"), ("a", "a/b.html"), ("a/b.html", "a")] {
        let root = project();
        let publication = Publication::begin(root.path(), &root.path().join("output")).unwrap();
        let refused = put(&publication, one, "1").and_then(|()| put(&publication, other, "2")).is_err();
        assert!(publication.commit(None).is_err(), "{one} and {other}, refused: {refused}");
        assert_eq!(tree(&root.path().join("output")), site(&[]));
    }
}

#[test]
fn many_threads_put_many_files() {
    let root = project();
    let output = root.path().join("output");
    for round in 0..3 {
        let publication = Publication::begin(root.path(), &output).unwrap();
        (0..600).into_par_iter().for_each(|n| {
            let text = if n % 100 == 0 { format!("{n} in {round}") } else { n.to_string() };
            put(&publication, &format!("debates/{}/{n}/index.html", n % 7), &text).unwrap();
        });
        let changes = publication.commit(None).unwrap();
        assert_eq!(changes.to_string(), if round == 0 { "+600 ~0 −0" } else { "+0 ~6 −0" });
        assert_eq!(tree(&output).len(), 601);
    }
}
