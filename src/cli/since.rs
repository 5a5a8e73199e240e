//! The site as it was at a revision of the repository that it is kept in, to tell what was wrong then already.

use super::Failure;
use crate::load::{Disk, Strings};
use crate::text::SitePath;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The files of the site at a revision, as git has them.
pub fn files_at(root: &Path, revision: &str) -> Result<Strings, Failure> {
    if revision.starts_with('-') || revision.contains([':', '\n', '\0']) {
        return Err(Failure(format!("`{revision}` is no revision")));
    }
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(root).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    };
    let cannot =
        |what: &str| Failure(format!("cannot ask git {what}: is it installed, and is the site kept in it?"));
    let listed = git(&["ls-tree", "-r", "-z", "--name-only", revision, "--", "."])
        .stderr(Stdio::piped())
        .output()
        .map_err(|_| cannot("which files there were"))?;
    if !listed.status.success() {
        let said = String::from_utf8_lossy(&listed.stderr);
        return Err(Failure(format!("git knows no revision `{revision}` here: {}", said.trim())));
    }
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let is_seen = |path: &SitePath| !Disk::leaves_out(Path::new(path.as_str()));
    let paths: Vec<SitePath> = names
        .split('\0')
        .filter(|name| Disk::belongs(name))
        .filter_map(SitePath::new)
        .filter(is_seen)
        .collect();
    let mut child =
        git(&["cat-file", "--batch"]).stderr(Stdio::null()).spawn().map_err(|_| cannot("for files"))?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (Some(mut input), Some(output)) = (input, output) else { return Err(cannot("for files")) };
    let asked: String = paths.iter().map(|path| format!("{revision}:./{path}\n")).collect();
    // Asked from another thread: git answers before it has read everything.
    let asking = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let mut output = BufReader::new(output);
    let mut files = Strings::default();
    for path in paths {
        let mut head = String::new();
        output.read_line(&mut head)?;
        // A folder that is another repository (`submodule`) has no bytes in this one.
        if matches!(head.trim_end().rsplit(' ').next(), Some("missing" | "submodule")) {
            continue;
        }
        let mut words = head.split_whitespace();
        let (Some(_), Some(kind), Some(Ok(size))) =
            (words.next(), words.next(), words.next().map(str::parse::<usize>))
        else {
            return Err(cannot(&format!("for {path}")));
        };
        let mut bytes = vec![0; size + 1];
        output.read_exact(&mut bytes)?;
        bytes.pop();
        if kind == "blob" {
            files.0.insert(path, bytes);
        }
    }
    let _ = asking.join();
    let _ = child.wait();
    Ok(files)
}
