//! A day's session of the preview: many edits, each shown, and the program no larger at its end than soon after
//! its beginning. `RAPPORTEUR_EDITS` says how many edits; the weekly workflow makes 2,000.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long an edit may take to be shown, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// After so many edits, what is made once and kept has been made.
const WARM: usize = 40;

/// What the program may have gained by the end, in kilobytes: less than a copy of the site for every hundred edits.
const GROWTH: usize = 12 * 1024;

struct Serving {
    child: Child,
    folder: TempDir,
    address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn begin() -> Self {
        let folder = TempDir::new().expect("a folder");
        for (path, text) in super::ground() {
            write(folder.path(), path, &text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["serve", "--root"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let said = lines.find_map(|line| line.find("http://").map(|at| line[at..].to_owned()));
        // Read to the end, so that the program never waits to be heard.
        std::thread::spawn(move || lines.for_each(drop));
        let said = said.expect("the program says where it listens");
        let address = said.split_whitespace().next().expect("an address").trim_end_matches('/').to_owned();
        Serving { child, folder, address }
    }

    fn page(&self) -> String {
        let answer = ureq::get(format!("{}/debates/talk/", self.address)).call();
        answer.map(|mut answer| answer.body_mut().read_to_string().expect("a text")).unwrap_or_default()
    }

    /// Saves a note as editors' programs do: another file put in its place.
    fn edit(&self, number: usize) {
        let note = format!(
            "annotations:\n  one:\n    at: p1\n    status: in-review\n    body: This is edit {number} of the day.\n"
        );
        write(self.folder.path(), "content/debates/talk/a.notes.yaml.new", &note);
        let sheet = self.folder.path().join("content/debates/talk/a.notes.yaml");
        fs::rename(sheet.with_extension("yaml.new"), sheet).expect("renamed");
    }

    fn until_shown(&self, number: usize) {
        let (end, words) = (Instant::now() + PATIENCE, format!("This is edit {number} of"));
        while !self.page().contains(&words) {
            assert!(Instant::now() < end, "edit {number} is never shown");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Its memory in kilobytes, and how many files it has open.
    fn size(&self) -> (usize, usize) {
        let process = Path::new("/proc").join(self.child.id().to_string());
        let status = fs::read_to_string(process.join("status")).expect("it runs");
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it has memory");
        let kilobytes = resident.trim().trim_end_matches(" kB").parse().expect("a number");
        (kilobytes, fs::read_dir(process.join("fd")).expect("it runs").count())
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

#[test]
fn a_days_edits_are_all_shown_and_leave_the_preview_as_large_as_it_was() {
    let edits = std::env::var("RAPPORTEUR_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(120);
    let serving = Serving::begin();
    let mut warm = (0, 0);
    for number in 1..=edits {
        serving.edit(number);
        serving.until_shown(number);
        if number == WARM {
            warm = serving.size();
        }
    }
    let end = serving.size();
    println!("after {WARM} edits {warm:?}, after {edits} {end:?} (kB, files)");
    assert!(end.0 < warm.0 + GROWTH, "{} kB became {} kB in {edits} edits", warm.0, end.0);
    assert!(end.1 <= warm.1 + 4, "{} open files became {}", warm.1, end.1);
}
