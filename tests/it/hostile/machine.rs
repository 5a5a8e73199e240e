//! What the machine refuses: a full output, a pipe where a file should be, an address that it has not.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub fn site() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in [
        ("rapporteur.yaml", "title: T\n"),
        ("content/debates/a/debate.yaml", "title: A\ndate: 2020-01-02\n"),
        ("content/debates/a/transcript.md", "# A\n\n### Ann:\n\nWords.\n"),
        ("content/debates/a/a.notes.yaml", "annotations:\n  one: { at: p1, status: draft, body: SECRET }\n"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

pub fn run(root: &Path, arguments: &[&str], output: Stdio) -> (i32, String) {
    let child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(arguments)
        .current_dir(root)
        .stdout(output)
        .stderr(Stdio::piped())
        .output()
        .expect("it runs");
    (child.status.code().unwrap_or(-1), String::from_utf8_lossy(&child.stderr).into_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_a_failure_of_every_command_that_prints() {
    let folder = site();
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").expect("it is there"));
    for arguments in [
        &["export", "a"][..],
        &["check", "--format", "sarif"],
        &["check"],
        &["build"],
        &["explain"],
        &["formats"],
        &["list", "debates"],
        &["stats"],
        &["completions", "bash"],
        &["man"],
        &["--version"],
        &["--help"],
        &["check-quotes", "content/debates/a/transcript.md"],
    ] {
        let (code, words) = run(folder.path(), arguments, full());
        assert_eq!(code, 2, "{arguments:?}: {words}");
        assert!(words.contains("cannot write to the standard output"), "{arguments:?}: {words}");
    }
    // Whoever closes a pipe has read enough.
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    assert_eq!(run(folder.path(), &["export", "a"], writer.into()).0, 0);
}

/// Runs the program with a limit of the shell's on what it may have: its code and what it says.
#[cfg(target_os = "linux")]
fn run_within(root: &Path, limit: &str, threads: usize, arguments: &str) -> (Option<i32>, String) {
    let program = env!("CARGO_BIN_EXE_rapporteur");
    let child = Command::new("sh")
        .args(["-c", &format!("ulimit -c 0; ulimit {limit}; exec \"$0\" {arguments}"), program])
        .current_dir(root)
        .env("RAYON_NUM_THREADS", threads.to_string())
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("a shell runs");
    (child.status.code(), String::from_utf8_lossy(&child.stderr).into_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn with_too_little_memory_the_program_says_so_and_ends_with_2() {
    let folder = site();
    let record =
        "# A\n\n### Ann:\n\n".to_owned() + &"Words that are spoken here at length.\n\n".repeat(4_000);
    fs::write(folder.path().join("content/debates/a/transcript.md"), record).expect("a file");
    let mut refused = 0;
    // Megabytes of address space. With less than some of these not even the system's loader has enough.
    for limit in (60..400).step_by(5).map(|megabytes| format!("-v {megabytes}000")) {
        if run_within(folder.path(), &limit, 2, "--version").0 != Some(0) {
            continue;
        }
        match run_within(folder.path(), &limit, 2, "check --fresh") {
            (Some(0), _) if refused > 0 => return,
            (Some(0), _) => {}
            (Some(2), words) => {
                assert!(words.contains("memory allocation of"), "{limit}: {words}");
                refused += 1;
            }
            (code, words) => panic!("{limit}: {code:?}: {words}"),
        }
    }
    panic!("no limit was found at which there is too little, and after it one at which there is enough");
}

#[cfg(target_os = "linux")]
#[test]
fn with_no_more_threads_the_work_goes_on_with_one() {
    let folder = site();
    // Four thousand threads have stacks of eight gigabytes.
    let (code, words) = run_within(folder.path(), "-v 3000000", 4_000, "check");
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("the system gives no more threads"), "{words}");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_the_lock_is_refused_and_not_waited_on() {
    let folder = site();
    assert_eq!(run(folder.path(), &["build"], Stdio::null()).0, 0);
    let lock = folder.path().join(".rapporteur/output.site/lock");
    fs::remove_file(&lock).expect("removed");
    assert!(Command::new("mkfifo").arg(&lock).status().is_ok_and(|status| status.success()));
    let (code, words) = run(folder.path(), &["build"], Stdio::null());
    assert_eq!(code, 2);
    assert!(words.contains("lock") && words.contains("not a regular file"), "{words}");
}

#[test]
fn beside_an_output_that_a_server_may_serve_no_earlier_site_is_kept() {
    let folder = site();
    let build = |more: &[&str]| {
        let arguments: Vec<&str> = ["build", "--output", "www/site"].iter().chain(more).copied().collect();
        assert_eq!(run(folder.path(), &arguments, Stdio::null()).0, 0);
    };
    build(&["--drafts"]);
    build(&[]);
    let files = walkdir::WalkDir::new(folder.path().join("www")).into_iter().filter_map(Result::ok);
    let leaks = files.filter(|entry| {
        fs::read(entry.path()).is_ok_and(|bytes| memchr::memmem::find(&bytes, b"SECRET").is_some())
    });
    let leaks: Vec<_> = leaks.map(|entry| entry.into_path()).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
}

#[test]
fn a_configuration_that_loses_its_end_publishes_no_more_than_before() {
    let folder = site();
    let root = folder.path();
    let configure = |text: &str| fs::write(root.join("rapporteur.yaml"), text).expect("a file");
    fs::write(
        root.join("content/debates/a/a.notes.yaml"),
        "annotations:\n  one: { at: p1, status: in-review, body: SECRET }\n",
    )
    .expect("a file");
    let shows = || {
        let files = walkdir::WalkDir::new(root.join("output")).into_iter().filter_map(Result::ok);
        files.into_iter().any(|entry| {
            fs::read(entry.path()).is_ok_and(|bytes| memchr::memmem::find(&bytes, b"SECRET").is_some())
        })
    };
    configure("title: T\npublish: approved\n");
    assert_eq!(run(root, &["build"], Stdio::null()).0, 0);
    for command in [&["build"][..], &["check"], &["build", "--keep-going"]] {
        configure("title: T\n");
        let (code, words) = run(root, command, Stdio::null());
        assert!(code == 1 && words.contains("no longer says so"), "{command:?}: {words}");
        assert!(!shows(), "{command:?}");
    }
    // Said in so many words, more is published; and then the key may go.
    configure("title: T\npublish: in-review\n");
    assert_eq!(run(root, &["build"], Stdio::null()).0, 0);
    assert!(shows());
    configure("title: T\n");
    assert_eq!(run(root, &["build"], Stdio::null()).0, 0);
}

#[test]
fn an_address_that_this_machine_has_not_is_said_to_be_none_of_its() {
    let (code, words) = run(site().path(), &["serve", "--host", "203.0.113.9"], Stdio::null());
    assert_eq!(code, 2);
    assert!(words.contains("cannot listen at 203.0.113.9") && !words.contains("is taken"), "{words}");
}
