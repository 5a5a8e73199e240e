//! Builds in a process of their own: killed at every step, under a limit, with another umask or home.
//!
//! Such a test starts this test program again, with itself as the only test and
//! `RAPPORTEUR_TEST_SITE` naming the project to build.

use super::{NEW, OLD, OLDER, build, faults, project, put, site, tree};
use crate::write::{Course, Publication, WriteError, is_cut_short, replace_together, resume};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use tempfile::tempdir;

/// The project to build, where this is the process that another test started.
fn asked_for() -> Option<PathBuf> {
    std::env::var_os("RAPPORTEUR_TEST_SITE").map(PathBuf::from)
}

/// Runs `test` alone in a process of its own, after the shell has run `first`.
fn in_child(test: &str, root: &Path, first: &str, variables: &[(&str, &str)]) -> ExitStatus {
    Command::new("sh")
        .args(["-c", &format!("{first} exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &format!("write::tests::processes::{test}"), "--test-threads=1"])
        .env("RAPPORTEUR_TEST_SITE", root)
        .envs(variables.iter().copied())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
}

/// Kills the build of `NEW` at every step in turn, on a system that lacks `lacks`, and gives how
/// often the old and the new site was found and how often none.
fn kill_everywhere(test: &str, lacks: &str) -> (usize, usize, usize) {
    let (mut old, mut new, mut none) = (0, 0, 0);
    for step in 1.. {
        let root = project();
        build(root.path(), OLDER).unwrap();
        build(root.path(), OLD).unwrap();
        let variables = [("RAPPORTEUR_TEST_DIE_AT", &*step.to_string()), ("RAPPORTEUR_TEST_LACKS", lacks)];
        let ended = in_child(test, root.path(), "", &variables);

        let output = root.path().join("output");
        let found = output.exists().then(|| tree(&output));
        match &found {
            Some(found) if *found == site(OLD) => old += 1,
            Some(found) if *found == site(NEW) => new += 1,
            None => none += 1,
            Some(found) => panic!("killed at step {step}: {found:?}"),
        }
        // The record belongs to what is published: the next build sees the changes from there.
        let changes = build(root.path(), NEW).unwrap();
        if found == Some(site(NEW)) {
            assert!(changes.is_empty(), "killed at step {step}: {changes}");
        } else {
            assert_eq!(super::counts(&changes), (2, 2, 2, 1), "step {step}");
        }
        assert_eq!(tree(&output), site(NEW), "after step {step}");
        let left: Vec<_> = ["staging", "replaced", "next.json"]
            .into_iter()
            .filter(|name| root.path().join(".rapporteur/output.site").join(name).exists())
            .collect();
        assert_eq!(left, [""; 0], "after step {step}");
        build(root.path(), OLDER).unwrap();
        assert_eq!(tree(&output), site(OLDER), "after step {step}");

        if ended.success() {
            return (old, new, none);
        }
        assert!(step < 500, "a build of five files has no 500 steps");
    }
    unreachable!("the loop ends with a build that was not killed")
}

#[test]
fn a_build_killed_at_any_step_leaves_the_old_site_or_the_new_one() {
    if let Some(root) = asked_for() {
        build(&root, NEW).unwrap();
        return;
    }
    let test = "a_build_killed_at_any_step_leaves_the_old_site_or_the_new_one";
    let (old, new, none) = kill_everywhere(test, "");
    assert!(old > 10 && new > 2 && none == 0, "{old} {new} {none}");
}

#[test]
fn without_exchange_and_links_a_killed_build_is_mended_by_the_next() {
    if let Some(root) = asked_for() {
        build(&root, NEW).unwrap();
        return;
    }
    let test = "without_exchange_and_links_a_killed_build_is_mended_by_the_next";
    let (old, new, none) = kill_everywhere(test, "exchange, links");
    // Between two calls, before and after the instant that is marked there.
    assert!(old > 10 && new > 2 && none == 2, "{old} {new} {none}");
}

#[test]
fn an_output_folder_that_cannot_be_renamed_is_filled_anew() {
    if let Some(root) = asked_for() {
        build(&root, NEW).unwrap();
        return;
    }
    let test = "an_output_folder_that_cannot_be_renamed_is_filled_anew";
    for step in 1..500 {
        let root = project();
        build(root.path(), OLDER).unwrap();
        build(root.path(), OLD).unwrap();
        let variables = [("RAPPORTEUR_TEST_DIE_AT", &*step.to_string()), ("RAPPORTEUR_TEST_LACKS", "rename")];
        let ended = in_child(test, root.path(), "", &variables);
        let output = root.path().join("output");
        if ended.success() {
            assert_eq!(tree(&output), site(NEW));
            return;
        }
        // Here a killed build may leave less than a site, but never words of two.
        let mut found = if output.exists() { tree(&output) } else { BTreeMap::new() };
        found.retain(|_, text| text != "a folder");
        let is_part_of = |whole: BTreeMap<_, _>| found.iter().all(|file| whole.get(file.0) == Some(file.1));
        assert!(is_part_of(site(OLD)) || found == site(NEW), "killed at step {step}: {found:?}");
        build(root.path(), NEW).unwrap();
        let mut mended = tree(&output);
        mended.insert(".gitkeep".to_owned(), String::new());
        assert_eq!(mended, site(NEW), "after step {step}");
    }
    panic!("a build of five files has no 500 steps");
}

#[test]
fn an_output_that_is_a_mount_point_has_whole_files_at_any_step() {
    if let Some(root) = asked_for() {
        build(&root, NEW).unwrap();
        return;
    }
    let test = "an_output_that_is_a_mount_point_has_whole_files_at_any_step";
    let mut mixed = 0;
    for step in 1..500 {
        let root = project();
        build(root.path(), OLDER).unwrap();
        build(root.path(), OLD).unwrap();
        let output = root.path().join("output");
        let before = fs::metadata(&output).unwrap().ino();
        let variables = [("RAPPORTEUR_TEST_DIE_AT", &*step.to_string()), ("RAPPORTEUR_TEST_LACKS", "moving")];
        let ended = in_child(test, root.path(), "", &variables);
        assert_eq!(fs::metadata(&output).unwrap().ino(), before, "the folder is never another");
        // Every page is one of the old site or of the new one; a file that is being written has a name of its own.
        let mut found = tree(&output);
        found.retain(|path, text| text != "a folder" && !path.ends_with(".rapporteur-new"));
        let (old, new) = (site(OLD), site(NEW));
        for (path, text) in &found {
            assert!([old.get(path), new.get(path)].contains(&Some(text)), "step {step}: {path}: {text}");
        }
        let files = |mut site: BTreeMap<String, String>| {
            site.retain(|_, text| text != "a folder");
            site
        };
        mixed += usize::from(found != files(old) && found != files(new));
        if ended.success() {
            assert_eq!(tree(&output), site(NEW));
            assert!(mixed > 2, "{mixed}");
            return;
        }
        build(root.path(), NEW).unwrap_or_else(|error| panic!("after step {step}: {error}"));
        assert_eq!(tree(&output), site(NEW), "after step {step}");
    }
    panic!("a build of five files has no 500 steps");
}

#[test]
fn a_first_build_killed_at_any_step_leaves_all_or_nothing() {
    if let Some(root) = asked_for() {
        build(&root, NEW).unwrap();
        return;
    }
    let test = "a_first_build_killed_at_any_step_leaves_all_or_nothing";
    for step in 1..500 {
        let root = tempdir().unwrap();
        let variables = [("RAPPORTEUR_TEST_DIE_AT", &*step.to_string())];
        let ended = in_child(test, root.path(), "", &variables);
        let output = root.path().join("output");
        let mut whole = site(NEW);
        whole.remove(".gitkeep");
        assert!(!output.exists() || tree(&output) == whole, "killed at step {step}");
        build(root.path(), NEW).unwrap();
        assert_eq!(tree(&output), whole, "after step {step}");
        if ended.success() {
            assert!(step > 10, "only {step} steps");
            return;
        }
    }
    panic!("a build of five files has no 500 steps");
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_old_site() {
    if let Some(root) = asked_for() {
        let publication = Publication::begin(&root, &root.join("output")).unwrap();
        put(&publication, "small.html", "small").unwrap();
        let error = put(&publication, "large.html", &"large ".repeat(100_000)).unwrap_err();
        assert!(error.to_string().contains("cannot write"), "{error}");
        assert!(error.to_string().contains("large.html"), "{error}");
        let error = publication.commit(None).unwrap_err();
        assert!(matches!(error, WriteError::Incomplete { .. }), "{error}");
        return;
    }
    let root = project();
    build(root.path(), OLD).unwrap();
    let test = "a_disk_that_takes_no_more_leaves_the_old_site";
    assert!(in_child(test, root.path(), "trap '' XFSZ; ulimit -f 64;", &[]).success());
    assert_eq!(tree(&root.path().join("output")), site(OLD));
    assert!(!root.path().join(".rapporteur/output.site/staging").exists(), "what was written is taken back");
    build(root.path(), NEW).unwrap();
    assert_eq!(tree(&root.path().join("output")), site(NEW));
}

#[test]
fn files_are_0644_and_folders_0755_whatever_the_umask() {
    if let Some(root) = asked_for() {
        build(&root, NEW).unwrap();
        return;
    }
    for umask in ["077", "000", "022"] {
        let root = project();
        build(root.path(), OLD).unwrap();
        let test = "files_are_0644_and_folders_0755_whatever_the_umask";
        let first = format!("umask {umask};");
        assert!(in_child(test, root.path(), &first, &[]).success());
        for entry in walkdir::WalkDir::new(root.path().join("output")).into_iter().map(Result::unwrap) {
            let expected = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
            let mode = entry.metadata().unwrap().mode() & 0o7777;
            assert_eq!(mode, expected, "umask {umask}: {}", entry.path().display());
        }
    }
}

#[test]
fn the_home_folder_is_refused() {
    if let Some(root) = asked_for() {
        for output in [root.join("home"), root.clone()] {
            let Err(error) = Publication::begin(&root.join("project"), &output) else {
                panic!("{output:?} was accepted")
            };
            assert!(error.to_string().contains("home"), "{error}");
        }
        return;
    }
    let around = tempdir().unwrap();
    let home = around.path().join("home");
    fs::create_dir(&home).unwrap();
    let project = tempdir().unwrap();
    symlink(project.path(), around.path().join("project")).unwrap();
    let variables = [("HOME", home.to_str().unwrap())];
    assert!(in_child("the_home_folder_is_refused", around.path(), "", &variables).success());
}

/// A child process that makes a change of several files, or resumes one.
fn child_of_a_change() -> bool {
    let Some(root) = asked_for() else { return false };
    match std::env::var("RAPPORTEUR_TEST_COURSE").as_deref() {
        Ok("finish") => drop(resume(&root, Course::Finish).unwrap()),
        Ok("undo") => drop(resume(&root, Course::Undo).unwrap()),
        _ => replace_together(&root, &faults::edits()).unwrap(),
    }
    true
}

#[test]
fn a_change_of_several_files_killed_at_any_step_can_be_finished_or_taken_back() {
    if child_of_a_change() {
        return;
    }
    let test = "a_change_of_several_files_killed_at_any_step_can_be_finished_or_taken_back";
    let (mut cut_short, mut half) = (0, None);
    for step in 1..500 {
        let root = faults::folder_of(faults::BEFORE);
        let variables = [("RAPPORTEUR_TEST_DIE_AT", &*step.to_string())];
        let ended = in_child(test, root.path(), "", &variables);
        let which = format!("killed at step {step}");
        faults::judge(root.path(), faults::BEFORE, faults::AFTER, &which);
        if is_cut_short(root.path()) {
            cut_short += 1;
            if cut_short == 8 {
                half = Some(faults::copied(root.path()));
            }
        }
        if ended.success() {
            break;
        }
    }
    assert!(cut_short > 8, "{cut_short}");
    // What resumes it may be killed as well.
    let half = half.unwrap();
    for (course, then) in [("finish", Course::Finish), ("undo", Course::Undo)] {
        for step in 1..500 {
            let root = faults::copied(half.path());
            let variables =
                [("RAPPORTEUR_TEST_DIE_AT", &*step.to_string()), ("RAPPORTEUR_TEST_COURSE", course)];
            let ended = in_child(test, root.path(), "", &variables);
            resume(root.path(), then).unwrap();
            let files = if then == Course::Finish { faults::AFTER } else { faults::BEFORE };
            faults::judge(root.path(), files, files, &format!("{course} killed at step {step}"));
            if ended.success() {
                break;
            }
        }
    }
}
