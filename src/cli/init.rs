//! `rapporteur init`: a new site that builds, checks clean and previews at once.

use super::arguments::{Import, Site};
use super::desk_arguments::Init;
use super::{Ending, Failure, Outcome, import, print};
use crate::config;
use crate::desk::{self, Answered, First, NewFile, NewSite};
use crate::diagnostics::Diagnostic;
use crate::load::{Disk, Sources};
use crate::text::Source;
use crate::write::new_site;
use icu_locale_core::LanguageIdentifier;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// The title of a site that nobody named.
const TITLE: &str = "Debate briefings";
/// Its language.
const LANGUAGE: &str = "en-GB";

/// Writes the files of a new site, all of them or none.
pub fn run(site: &Site, options: &Init) -> Outcome {
    let folder =
        options.folder.clone().or_else(|| site.given_root.clone()).unwrap_or_else(|| PathBuf::from("."));
    if folder.exists() && !folder.is_dir() {
        return Err(Failure(format!("{} is not a folder", folder.display())));
    }
    let mut new = NewSite {
        title: options.title.clone().unwrap_or_else(|| TITLE.to_owned()),
        language: options.language.clone().unwrap_or_else(|| LANGUAGE.to_owned()),
        base_url: site.base_url.clone(),
        program: options
            .program
            .clone()
            .unwrap_or_else(|| option_env!("CARGO_PKG_REPOSITORY").unwrap_or_default().to_owned()),
        first: match () {
            () if options.example => First::Example,
            () if options.empty || !options.from.is_empty() => First::Nothing,
            () => First::MadeUp,
        },
    };
    // What would be refused is refused before anybody answers a question.
    if is_taken(&folder, &new) {
        return Ok(Ending::Mistakes);
    }
    let mut from = options.from.clone();
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    // The example has its own title and language: there is nothing to ask.
    let asks = !options.yes && !options.example;
    if is_terminal && asks {
        if !questions(site, options, &mut new, &mut from)? {
            print::notice("nothing was written");
            return Ok(Ending::Mistakes);
        }
    } else if asks && options.title.is_none() {
        print::notice(&format!(
            "nobody to ask: the title is “{}”, the language {}; --title and --language say others",
            new.title, new.language
        ));
    }
    let wrong: Vec<String> =
        [(title_fault(&new.title), "title"), (language_fault(&new.language), "language")]
            .into_iter()
            .filter_map(|(why, what)| Some(format!("--{what}: {}", why?)))
            .collect();
    wrong.iter().for_each(|why| print::notice(why));
    let faults = faults(&new);
    print::diagnostics(&faults, site);
    if !wrong.is_empty() || !faults.is_empty() || is_taken(&folder, &new) {
        print::notice("nothing was written");
        return Ok(Ending::Mistakes);
    }
    let mut files = new.files();
    if !from.is_empty() {
        let imported = imported(site, &folder, &from);
        if !matches!(imported, Ok(Some(_))) {
            print::notice(
                "nothing was written; `rapporteur init --empty` begins the site, and `rapporteur import` then takes what the \
                 file does not say",
            );
        }
        match imported? {
            Some(imported) => files.extend(imported),
            None => return Ok(Ending::Mistakes),
        }
    }
    new_site(&folder, &files)?;
    if !site.format.is_data() {
        next(&folder, &new, files.len());
    }
    Ok(Ending::Fine)
}

/// Whether files are in the way, which is reported.
fn is_taken(folder: &Path, new: &NewSite) -> bool {
    let files = new.files();
    let there = desk::in_the_way(folder, &files);
    for path in &there {
        print::notice(&format!(
            "{} is in the way: it is there already",
            folder.join(path.as_str()).display()
        ));
    }
    if !there.is_empty() {
        print::notice("nothing was written: choose another folder, or move what is in the way");
    }
    !there.is_empty()
}

/// Asks for what no option says. Gives whether everything was answered.
fn questions(site: &Site, options: &Init, new: &mut NewSite, from: &mut Vec<PathBuf>) -> io::Result<bool> {
    let (mut input, mut output) = (io::stdin().lock(), io::stderr());
    let mut ask = |question: &str, default: &str, wrong: &dyn Fn(&str) -> Option<String>| {
        desk::ask((&mut input, &mut output), question, default, wrong)
    };
    if options.title.is_none() {
        match ask("Title of the site", &new.title, &title_fault)? {
            Answered::With(title) => new.title = title,
            Answered::NotAtAll => return Ok(false),
        }
    }
    if options.language.is_none() {
        match ask("Language of your notes and pages", &new.language, &language_fault)? {
            Answered::With(language) => new.language = language,
            Answered::NotAtAll => return Ok(false),
        }
    }
    if site.base_url.is_none() {
        let plain = new.clone();
        let fault = |url: &str| {
            let asked = NewSite { base_url: given(url), ..plain.clone() };
            faults(&asked).first().map(Diagnostic::line)
        };
        match ask("Address that the site will have (may stay empty)", "", &fault)? {
            Answered::With(url) => new.base_url = given(&url),
            Answered::NotAtAll => return Ok(false),
        }
    }
    if options.from.is_empty() && !options.empty {
        let fault = |answer: &str| {
            let known = ["play", "none"].contains(&answer) || Path::new(answer).is_file();
            (!known).then(|| format!("there is no file {answer}"))
        };
        let question = "First debate: `play` for a made-up one to play with, `none`, or a file to import";
        match ask(question, "play", &fault)? {
            Answered::With(answer) if answer == "play" => {}
            Answered::With(answer) => {
                new.first = First::Nothing;
                from.extend(Some(answer).filter(|answer| answer != "none").map(PathBuf::from));
            }
            Answered::NotAtAll => return Ok(false),
        }
    }
    Ok(true)
}

fn given(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn title_fault(title: &str) -> Option<String> {
    title.trim().is_empty().then(|| "a site has a title".to_owned())
}

fn language_fault(tag: &str) -> Option<String> {
    let is_tag = !tag.contains('_') && tag.parse::<LanguageIdentifier>().is_ok();
    (!is_tag).then(|| format!("`{tag}` is no tag of a language: write it as en-GB, cy or pt-BR"))
}

/// What is wrong with the configuration that it would have.
fn faults(new: &NewSite) -> Vec<Diagnostic> {
    let files = new.files();
    let Some((path, bytes)) = files.first() else { return Vec::new() };
    let source = Source::new(path.clone(), String::from_utf8_lossy(bytes).as_ref());
    config::read(Some(&source), &config::Overrides::default()).diagnostics
}

/// What `rapporteur import` makes of these files: made beside the site first, so that a mistake leaves
/// nothing behind. `None` where there is one, which was reported.
fn imported(site: &Site, folder: &Path, from: &[PathBuf]) -> Result<Option<Vec<NewFile>>, Failure> {
    let beside = tempfile_beside(folder)?;
    let staged = Site { root: beside.0.clone(), ..site.clone() };
    let ending = import::run(&staged, &Import { files: from.to_vec(), ..Import::default() })?;
    if ending != Ending::Fine {
        return Ok(None);
    }
    let disk = Disk::open(&beside.0)?;
    let mut files = Vec::new();
    for path in disk.list()?.value {
        let bytes = disk.read(&path)?;
        files.push((path, bytes));
    }
    Ok(Some(files))
}

/// A folder that is gone when this is dropped.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn tempfile_beside(folder: &Path) -> Result<Beside, Failure> {
    let folder = std::path::absolute(folder)?;
    let above = folder.ancestors().find(|above| above.is_dir()).unwrap_or(&folder);
    let beside = above.join(format!(".rapporteur-init-{}.tmp", std::process::id()));
    std::fs::create_dir(&beside).map_err(|error| Failure(format!("{}: {error}", beside.display())))?;
    Ok(Beside(beside))
}

/// What there is now, and what to do next, in three lines.
fn next(folder: &Path, new: &NewSite, count: usize) {
    print::line(&format!("wrote {} to {}", print::count(count, "file", "files"), folder.display()));
    if new.program.is_empty() {
        print::notice(
            "the workflows do not know yet where to get the program: set RAPPORTEUR_FROM in .github/workflows/site.yml or \
             .gitlab-ci.yml, or delete them",
        );
    }
    print::line("Next:");
    if folder != Path::new(".") {
        print::line(&format!("  cd {}", folder.display()));
    }
    print::line("  rapporteur serve --open    preview it: every save shows at once");
    let change = match new.first {
        First::MadeUp | First::Example => "change a note in content/debates, and see",
        First::Nothing => "write a note with `rapporteur new note`, and see",
    };
    print::line(&format!("  rapporteur check           {change}"));
}
