//! The table of `docs/performance.md`: whole processes on a disk, as a user has them.
//!
//! `cargo bench --bench table -- [SITE] [NAME='COMMAND']…` times this program over the site in the folder SITE,
//! or over 1,000 made-up debates, and in turn with it other programs that build the same: in a COMMAND `{out}` stands
//! for a folder that is new for each run (`Hugo='hugo --quiet -s PEER -d {out}'`). It prints the table, medians of
//! three runs. CPU and memory are known on Linux only. SITE is built; one note of it is edited, and put back.

mod made_up;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 3;
const PROGRAM: &str = env!("CARGO_BIN_EXE_rapporteur");

/// What a run of a program took.
#[derive(Default, Clone, Copy)]
struct Cost {
    wall: Duration,
    cpu: Duration,
    /// In KiB.
    memory: u64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    let (peers, sites): (Vec<_>, Vec<_>) = arguments.iter().partition(|one| one.contains('='));
    let work = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("table-{}", std::process::id()));
    let site = sites.first().map_or_else(|| made_up_site(&work.join("site")), PathBuf::from);
    let build = |output: &Path, more: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.arg("build").args(more).arg("--root").arg(&site).arg("--output").arg(output);
        command
    };

    println!("| | wall | CPU | memory | written |\n|---|---|---|---|---|");
    // One that isn't counted, then all in turn, so that a slow minute of the machine meets every program. Nothing
    // is removed in between: a file system that has just freed many files is slow to make new ones.
    let mut full = Vec::new();
    let mut others = vec![Vec::new(); peers.len()];
    for run in 0..=RUNS {
        let out = work.join(format!("full-{run}"));
        full.push((time(&mut build(&out, &["--fresh"])), out));
        for (number, peer) in peers.iter().enumerate() {
            let out = work.join(format!("peer-{number}-{run}"));
            let (_, command) = peer.split_once('=').expect("it was chosen by its `=`");
            let command = command.replace("{out}", &out.to_string_lossy());
            others[number].push((time(Command::new("sh").args(["-c", &format!("exec {command}")])), out));
        }
    }
    print("rapporteur, full build", &full[1..], true);
    for (peer, runs) in peers.iter().zip(&others) {
        let (name, _) = peer.split_once('=').expect("it was chosen by its `=`");
        print(&format!("{name}, full build"), &runs[1..], true);
    }

    // Where a site is built by itself: elsewhere nothing is left beside the output for the next build to start from.
    let out = site.join("output");
    time(&mut build(&out, &[]));
    let again: Vec<_> = (0..RUNS).map(|_| (time(&mut build(&out, &[])), out.clone())).collect();
    print("rapporteur, after no change", &again, false);
    let sheet = a_sheet(&site);
    let before = std::fs::read_to_string(&sheet).expect("the sheet can be read");
    let edited = |number| edit(&before, &format!("Edited, {number}."));
    let notes: Vec<_> = (0..RUNS)
        .map(|number| {
            std::fs::write(&sheet, edited(number)).expect("the sheet can be written");
            (time(&mut build(&out, &[])), out.clone())
        })
        .collect();
    print("rapporteur, after one edited note", &notes, false);
    let check = |number: &str| {
        std::fs::write(&sheet, edit(&before, number)).expect("the sheet can be written");
        let one = || time(Command::new(PROGRAM).arg("check").arg("--root").arg(&site));
        ((one(), out.clone()), (one(), out.clone()))
    };
    let (checks, again): (Vec<_>, Vec<_>) = ["Once.", "Twice.", "Thrice."].map(check).into_iter().unzip();
    print("rapporteur, `check`", &checks, false);
    print("rapporteur, `check` after no change", &again, false);
    preview(&site, &sheet, &edited);
    std::fs::write(&sheet, before).expect("the sheet can be put back");
    std::fs::remove_dir_all(&work).expect("the folder is ours");
}

/// Runs a command to its end.
fn time(command: &mut Command) -> Cost {
    let (before, start) = (cpu_of_children(), Instant::now());
    let mut child = command.stdout(Stdio::null()).spawn().expect("the program can be started");
    let mut memory = 0;
    let status = loop {
        memory = memory.max(status_of(&child, "VmHWM:"));
        if let Some(status) = child.try_wait().expect("it is our child") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(status.success(), "{command:?} ended with {status}");
    Cost { wall: start.elapsed(), cpu: cpu_of_children() - before, memory }
}

/// The time that the children that have ended had of the processor.
fn cpu_of_children() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name, which may hold anything, and the state: numbers, of which the 13th and 14th are what is
    // wanted, in hundredths of a second.
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let numbers: Vec<i64> = after_name.split(' ').skip(1).filter_map(|number| number.parse().ok()).collect();
    let of_children: i64 = numbers.get(12..14).map_or(0, |both| both.iter().sum());
    let of_children = of_children.unsigned_abs();
    Duration::from_millis(of_children * 10)
}

/// A number of KiB that the system tells of a process.
fn status_of(child: &Child, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn print(name: &str, runs: &[(Cost, PathBuf)], is_new: bool) {
    let middle = |of: fn(&Cost) -> Duration| {
        let mut all: Vec<Duration> = runs.iter().map(|(cost, _)| of(cost)).collect();
        all.sort_unstable();
        all[all.len() / 2].as_secs_f64()
    };
    let memory = runs.iter().map(|(cost, _)| cost.memory).max().unwrap_or(0);
    let written = if is_new {
        let files = walkdir::WalkDir::new(&runs[0].1).into_iter().filter_map(Result::ok);
        let sizes: Vec<u64> = files
            .filter(|file| file.file_type().is_file())
            .filter_map(|file| Some(file.metadata().ok()?.len()))
            .collect();
        format!("{} files, {} MB", sizes.len(), sizes.iter().sum::<u64>() / 1_000_000)
    } else {
        String::new()
    };
    let (wall, cpu) = (middle(|cost| cost.wall), middle(|cost| cost.cpu));
    println!("| {name} | {wall:.2} s | {cpu:.2} s | {} MiB | {written} |", memory / 1024);
}

/// From the start of the preview to its first page, and from the saved note to the page that shows it.
fn preview(site: &Path, sheet: &Path, edited: &dyn Fn(usize) -> String) {
    let start = Instant::now();
    let mut serve = Command::new(PROGRAM);
    serve.arg("serve").arg("--root").arg(site).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = serve.spawn().expect("the preview can be started");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    let address = lines.filter_map(|line| line.split_once("http://").map(|(_, rest)| rest.to_owned())).next();
    let address = address.expect("the preview says where it is");
    let host = address.split(['/', ' ']).next().unwrap_or_default().to_owned();
    page(&host, "/");
    let ready = start.elapsed();
    let folder = sheet.parent().and_then(Path::file_name).expect("a sheet is in a debate's folder");
    let path = format!("/debates/{}/", folder.to_string_lossy());
    let mut shown: Vec<Duration> = (0..10)
        .map(|number| {
            let (words, saved) = (format!("Edited, {}.", 100 + number), Instant::now());
            std::fs::write(sheet, edited(100 + number)).expect("the sheet can be written");
            while !page(&host, &path).contains(&words) {
                assert!(saved.elapsed() < Duration::from_secs(60), "the edit is never shown");
                std::thread::sleep(Duration::from_millis(5));
            }
            saved.elapsed()
        })
        .collect();
    shown.sort_unstable();
    let memory = status_of(&child, "VmRSS:") / 1024;
    println!(
        "\npreview: {ready:.2?} to the first page, {:.0?} from a saved note to its page, {memory} MiB",
        shown[5]
    );
    child.kill().expect("it is our child");
    child.wait().expect("it is our child");
}

fn page(host: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(host).expect("the preview answers");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it listens");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers to the end");
    String::from_utf8_lossy(&answer).into_owned()
}

/// A sheet of notes in the middle of the site.
fn a_sheet(site: &Path) -> PathBuf {
    let files = walkdir::WalkDir::new(site.join("content/debates")).sort_by_file_name();
    let sheets = files.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let sheets: Vec<PathBuf> =
        sheets.filter(|path| path.to_string_lossy().ends_with(".notes.yaml")).collect();
    sheets[sheets.len() / 2].clone()
}

/// The sheet with words more in the remark of its first note, which is a block text.
fn edit(sheet: &str, words: &str) -> String {
    let (_, before) = sheet.split_once("    body: |\n").expect("the remarks of notes are block texts");
    let line = before.lines().next().unwrap_or_default();
    sheet.replacen(line, &format!("{line} {words}"), 1)
}

/// Writes the made-up debates below a folder.
fn made_up_site(root: &Path) -> PathBuf {
    for (path, bytes) in made_up::site(1_000).0 {
        let path = root.join(path.as_str());
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("there is room");
        std::fs::write(path, bytes).expect("there is room");
    }
    root.to_owned()
}
