//! Every call to the system fails in its turn, once or from then on: no space, an I/O error, another device. After
//! each the old or the new state is there, whole.

use super::{Files, NEW, OLD, OLDER, build, project, put, site, tree};
use crate::text::{Fingerprint, SitePath};
use crate::write::fault::{Failing, Lasts};
use crate::write::{
    Before, Course, FileEdit, Publication, Seal, WriteError, is_cut_short, keep, kept, new_folder, new_site,
    replace_file, replace_together, resume,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

/// ENOSPC, EIO, EXDEV.
const ERRORS: [i32; 3] = [28, 5, 18];

/// Runs something on a new folder for each of its calls to the system, which fails, and has the outcome judged.
/// Gives how many calls there are.
fn fail_everywhere(
    make: impl Fn() -> TempDir,
    run: impl Fn(&Path) -> Result<(), WriteError>,
    judge: impl Fn(&Path, &Result<(), WriteError>, Lasts, &str),
) -> usize {
    let mut calls = 0;
    for error in ERRORS {
        for lasts in [Lasts::Once, Lasts::On] {
            for at in 1.. {
                let root = make();
                let failing = Failing::from(root.path(), at, lasts, error);
                let result = run(root.path());
                let came_to_it = failing.came_to_it();
                drop(failing);
                judge(
                    root.path(),
                    &result,
                    lasts,
                    &format!("error {error} {lasts:?} at call {at}: {result:?}"),
                );
                if !came_to_it {
                    result.expect("nothing failed");
                    calls = at - 1;
                    break;
                }
                assert!(at < 2_000, "it does not end");
            }
        }
    }
    calls
}

/// A build that goes on to its end whatever file it could not write, as the pipeline does.
fn attempt(root: &Path, files: Files) -> Result<(), WriteError> {
    let publication = Publication::begin(root, &root.join("output"))?;
    let refused = files.iter().filter(|(path, text)| put(&publication, path, text).is_err()).count();
    let changes = publication.commit(None);
    assert!(refused == 0 || changes.is_err(), "published without {refused} files");
    changes.map(drop)
}

#[test]
fn a_build_whose_every_call_fails_in_its_turn_leaves_the_old_site_or_the_new_one() {
    let made = || {
        let root = project();
        build(root.path(), OLDER).unwrap();
        build(root.path(), OLD).unwrap();
        root
    };
    let run = |root: &Path| attempt(root, NEW);
    let calls = fail_everywhere(made, run, |root, result, _, which| {
        let output = root.join("output");
        let expected = if result.is_ok() { NEW } else { OLD };
        let found = if output.exists() { tree(&output) } else { BTreeMap::new() };
        assert_eq!(found, site(expected), "{which}");
        build(root, NEW).unwrap_or_else(|error| panic!("{which}; then {error}"));
        assert_eq!(tree(&output), site(NEW), "{which}");
        build(root, OLD).unwrap_or_else(|error| panic!("{which}; then {error}"));
        for left in ["staging", "replaced", "next.json"] {
            assert!(!root.join(".rapporteur/output.site").join(left).exists(), "{which}: {left}");
        }
    });
    assert!(calls > 60, "only {calls} calls");
}

#[test]
fn a_first_build_whose_every_call_fails_in_its_turn_leaves_all_or_nothing() {
    let run = |root: &Path| attempt(root, NEW);
    fail_everywhere(
        || tempdir().unwrap(),
        run,
        |root, result, _, which| {
            let output = root.join("output");
            let mut whole = site(NEW);
            whole.remove(".gitkeep");
            assert_eq!(output.exists(), result.is_ok(), "{which}");
            build(root, NEW).unwrap_or_else(|error| panic!("{which}; then {error}"));
            assert_eq!(tree(&output), whole, "{which}");
        },
    );
}

#[test]
fn the_repository_of_an_output_is_never_lost_whatever_fails() {
    for output in ["output", "deep/output"] {
        let publish = |root: &Path, files: Files| -> Result<(), WriteError> {
            let publication = Publication::begin(root, &root.join(output))?;
            files.iter().for_each(|(path, text)| drop(put(&publication, path, text)));
            publication.commit(None).map(drop)
        };
        let made = || {
            let root = tempdir().unwrap();
            publish(root.path(), OLD).unwrap();
            fs::create_dir(root.path().join(output).join(".git")).unwrap();
            fs::write(root.path().join(output).join(".git/HEAD"), "main").unwrap();
            root
        };
        fail_everywhere(
            made,
            |root| publish(root, NEW),
            |root, _, _, which| {
                publish(root, NEW).unwrap_or_else(|error| panic!("{which}; then {error}"));
                let head = fs::read_to_string(root.join(output).join(".git/HEAD"));
                assert_eq!(head.ok().as_deref(), Some("main"), "{which}");
            },
        );
    }
}

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

fn of(text: &str) -> Before {
    Before::Bytes(Fingerprint::of(text.as_bytes()))
}

/// The author's files below a folder: what is ours begins with a dot.
fn authored(root: &Path) -> BTreeMap<String, String> {
    let mut files = tree(root);
    files.retain(|path, text| !path.split('/').any(|name| name.starts_with('.')) && text != "a folder");
    files
}

pub(super) fn folder_of(files: Files) -> TempDir {
    let root = tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn files(files: Files) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_file_of_an_author_is_the_old_one_or_the_new_one_whatever_fails() {
    let run = |root: &Path| replace_file(root, &path("a/b.md"), of("old"), &b"new ".repeat(9_000));
    let calls = fail_everywhere(
        || folder_of(&[("a/b.md", "old")]),
        run,
        |root, result, lasts, which| {
            let text = fs::read_to_string(root.join("a/b.md")).unwrap_or_else(|_| panic!("lost: {which}"));
            assert_eq!(text == "new ".repeat(9_000), result.is_ok(), "{which}");
            assert!(result.is_ok() || text == "old", "{which}");
            assert!(lasts == Lasts::On || tree(root).len() == 1, "litter: {which}");
        },
    );
    assert!(calls > 6, "only {calls} calls");
    let run = |root: &Path| replace_file(root, &path("a/b/new.md"), Before::Absent, b"new");
    fail_everywhere(
        || folder_of(&[("a/b.md", "old")]),
        run,
        |root, result, _, which| {
            let new = fs::read_to_string(root.join("a/b/new.md")).ok();
            assert_eq!(new.as_deref(), result.is_ok().then_some("new"), "{which}");
        },
    );
}

#[test]
fn a_new_folder_or_site_is_there_as_a_whole_or_not_at_all_whatever_fails() {
    let listed = || vec![("a.yaml".to_owned(), b"a".to_vec()), ("b.md".to_owned(), b"b".to_vec())];
    let run = |root: &Path| new_folder(root, &path("content/debates/x"), &listed());
    fail_everywhere(
        || tempdir().unwrap(),
        run,
        |root, result, _, which| {
            let found = authored(root);
            let whole = files(&[("content/debates/x/a.yaml", "a"), ("content/debates/x/b.md", "b")]);
            assert_eq!(found, if result.is_ok() { whole } else { BTreeMap::new() }, "{which}");
        },
    );
    let of_site = [(path("rapporteur.yaml"), b"a".to_vec()), (path("content/home.md"), b"b".to_vec())];
    let whole = files(&[("rapporteur.yaml", "a"), ("content/home.md", "b")]);
    let run = |root: &Path| new_site(&root.join("new"), &of_site);
    fail_everywhere(
        || tempdir().unwrap(),
        run,
        |root, result, _, which| {
            let new = root.join("new");
            assert_eq!(new.exists(), result.is_ok(), "{which}");
            assert!(result.is_err() || authored(&new) == whole, "{which}");
        },
    );
}

#[test]
fn what_a_command_keeps_for_itself_is_the_old_or_the_new_or_nothing() {
    let made = || {
        let root = tempdir().unwrap();
        keep(root.path(), "check", b"old", Seal::ThisFile);
        root
    };
    let run = |root: &Path| {
        keep(root, "check", b"new", Seal::ThisFile);
        Ok(())
    };
    fail_everywhere(made, run, |root, _, _, which| {
        let found = kept(root, "check", Seal::ThisFile);
        assert!(found.is_none_or(|bytes| bytes == b"old" || bytes == b"new"), "{which}");
    });
}

/// Files that change, one that goes, one that comes, as a rename has them.
pub(super) const BEFORE: Files =
    &[("c/old/d.yaml", "d"), ("c/old/t.md", "t"), ("c/a.md", "see old"), ("c/b.md", "old too"), ("x", "x")];
pub(super) const AFTER: Files =
    &[("c/new/d.yaml", "d"), ("c/new/t.md", "t"), ("c/a.md", "see new"), ("c/b.md", "new too"), ("x", "x")];

pub(super) fn edits() -> Vec<FileEdit> {
    vec![
        (path("c/a.md"), of("see old"), Some(b"see new".to_vec())),
        (path("c/new/d.yaml"), Before::Absent, Some(b"d".to_vec())),
        (path("c/new/t.md"), Before::Absent, Some(b"t".to_vec())),
        (path("c/b.md"), of("old too"), Some(b"new too".to_vec())),
        (path("c/old/d.yaml"), of("d"), None),
        (path("c/old/t.md"), of("t"), None),
    ]
}

/// What a change of several files left, and that it can be finished and be taken back.
pub(super) fn judge(root: &Path, before: Files, after: Files, which: &str) -> Option<Course> {
    let (before, after) = (files(before), files(after));
    if !is_cut_short(root) {
        let found = authored(root);
        assert!(found == before || found == after, "{which}: {found:?}");
        return (found == after).then_some(Course::Finish);
    }
    // Nothing else is changed meanwhile.
    let other = [(path("y"), Before::Absent, Some(vec![])), (path("z"), Before::Absent, Some(vec![]))];
    assert!(matches!(replace_together(root, &other), Err(WriteError::CutShort { .. })), "{which}");
    for (course, expected) in [(Course::Finish, after), (Course::Undo, before)] {
        let copy = copied(root);
        resume(copy.path(), course).unwrap_or_else(|error| panic!("{which}; {course:?}: {error}"));
        assert_eq!(authored(copy.path()), expected, "{which}, {course:?}");
        assert!(!is_cut_short(copy.path()), "{which}");
        assert_eq!(tree(copy.path()).len(), expected.len(), "litter: {which}, {course:?}");
    }
    Some(Course::Undo)
}

pub(super) fn copied(root: &Path) -> TempDir {
    let copy = tempdir().unwrap();
    for entry in walkdir::WalkDir::new(root).min_depth(1).into_iter().map(Result::unwrap) {
        let to = copy.path().join(entry.path().strip_prefix(root).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir(to).unwrap(),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
    copy
}

#[test]
fn several_files_change_together_or_can_be_finished_or_taken_back_whatever_fails() {
    let run = |root: &Path| replace_together(root, &edits());
    let calls = fail_everywhere(
        || folder_of(BEFORE),
        run,
        |root, result, lasts, which| {
            // One fault alone is made good at once.
            assert!(lasts == Lasts::On || !is_cut_short(root) || result.is_ok(), "{which}");
            let ended = judge(root, BEFORE, AFTER, which);
            assert!(result.is_err() || ended.is_some(), "{which}");
            if result.is_err() && !is_cut_short(root) {
                assert_eq!(authored(root), files(BEFORE), "{which}");
            }
        },
    );
    assert!(calls > 60, "only {calls} calls");
}

#[test]
fn a_change_of_more_than_a_hundred_files_is_finished_or_taken_back_from_wherever_it_ended() {
    let names: Vec<String> = (0..104).map(|number| format!("c/{number}.md")).collect();
    let all = |text: &'static str| names.iter().map(|name| (name.as_str(), text)).collect::<Vec<_>>();
    let (before, after) = (all("old"), all("new"));
    let edits: Vec<FileEdit> =
        names.iter().map(|name| (path(name), of("old"), Some(b"new".to_vec()))).collect();
    let mut cut_short = 0;
    for at in (1..).step_by(97) {
        let root = folder_of(&before);
        let failing = Failing::from(root.path(), at, Lasts::On, 28);
        let result = replace_together(root.path(), &edits);
        let came_to_it = failing.came_to_it();
        drop(failing);
        judge(root.path(), &before, &after, &format!("call {at}: {result:?}"));
        cut_short += usize::from(is_cut_short(root.path()));
        if !came_to_it {
            break;
        }
    }
    assert!(cut_short > 0, "no change of so many files was cut short");
}

#[test]
fn a_change_that_is_resumed_can_fail_at_every_call_and_be_resumed_again() {
    // Half done, as a process leaves it that is killed.
    let half = || {
        let root = folder_of(BEFORE);
        let copy = (1..).find_map(|at| {
            let root = copied(root.path());
            let failing = Failing::from(root.path(), at, Lasts::On, 5);
            let _ = replace_together(root.path(), &edits());
            drop(failing);
            let found = authored(root.path());
            (is_cut_short(root.path()) && found != files(BEFORE) && found != files(AFTER)).then_some(root)
        });
        copy.expect("there is such a moment")
    };
    let half = half();
    for (course, expected) in [(Course::Finish, AFTER), (Course::Undo, BEFORE)] {
        let run = |root: &Path| resume(root, course).map(drop);
        fail_everywhere(
            || copied(half.path()),
            run,
            |root, _, _, which| {
                resume(root, course).unwrap_or_else(|error| panic!("{which}; then {error}"));
                assert_eq!(authored(root), files(expected), "{which}");
            },
        );
    }
}

#[test]
fn what_an_author_wrote_after_a_change_was_cut_short_is_left_alone() {
    let root = folder_of(BEFORE);
    let failing = (1..).find_map(|at| {
        let copy = copied(root.path());
        let failing = Failing::from(copy.path(), at, Lasts::On, 5);
        let _ = replace_together(copy.path(), &edits());
        drop(failing);
        is_cut_short(copy.path()).then_some(copy)
    });
    let root = failing.expect("there is such a moment");
    fs::write(root.path().join("c/b.md"), "written since").unwrap();
    let before = tree(root.path());
    for course in [Course::Finish, Course::Undo] {
        let error = resume(root.path(), course).unwrap_err();
        assert!(error.to_string().contains("b.md"), "{error}");
        assert_eq!(tree(root.path()), before);
    }
}

#[test]
fn a_journal_that_came_with_a_project_touches_nothing_that_no_change_of_it_would() {
    let (root, elsewhere) = (folder_of(BEFORE), tempfile::tempdir().unwrap());
    let kept = elsewhere.path().join("kept.txt");
    fs::write(&kept, "kept").unwrap();
    fs::create_dir_all(root.path().join(".hidden")).unwrap();
    fs::write(root.path().join(".hidden/config"), "kept").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(elsewhere.path(), root.path().join("linked")).unwrap();
    let fingerprint = |text: &str| Fingerprint::of(text.as_bytes()).to_string();
    let (old, new) = (Some(fingerprint("kept")), fingerprint("new"));
    let folder = elsewhere.path().to_string_lossy().into_owned();
    let way_out = "../".repeat(40) + folder.trim_start_matches('/');
    type Named<'n> = (String, Option<&'n str>);
    let entries: Vec<Named<'_>> = vec![
        // A file elsewhere, by three ways, removed or replaced.
        (format!("{folder}/kept.txt"), None),
        (format!("{way_out}/kept.txt"), None),
        ("linked/kept.txt".into(), None),
        ("linked/kept.txt".into(), Some("linked/.rapporteur-1-0.tmp")),
        (".hidden/config".into(), None),
        // A folder that is cleared away as the new file of a change that is taken back.
        ("c/none.md".into(), Some(&folder)),
        ("c/none.md".into(), Some("c")),
        ("c/none.md".into(), Some("c/../.rapporteur-1-0.tmp")),
        ("".into(), None),
    ];
    for (path, after) in entries {
        let after = after.map(|at| (at, new.as_str()));
        let before = if path == "c/none.md" { None } else { old.as_deref() };
        let entry = serde_json::json!([{ "path": path, "before": before, "after": after }]);
        let unfinished = root.path().join(".rapporteur/unfinished");
        fs::create_dir_all(&unfinished).unwrap();
        fs::write(unfinished.join("journal.json"), entry.to_string()).unwrap();
        fs::write(unfinished.join("0.old"), "kept").unwrap();
        let before = tree(root.path());
        for course in [Course::Undo, Course::Finish] {
            let error = resume(root.path(), course).expect_err(&entry.to_string()).to_string();
            assert!(error.contains("journal.json") && error.contains("delete it"), "{error}");
            assert_eq!(fs::read_to_string(&kept).unwrap(), "kept", "{entry}");
            assert_eq!(tree(root.path()), before, "{entry}");
        }
    }
}
