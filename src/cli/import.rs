//! `rapporteur import`: a file obtained elsewhere becomes debates of the site.

use super::arguments::{Import as Options, Site, SplitAt};
use super::{Ending, Failure, Outcome, import_report, print};
use crate::content::DAY;
use crate::diagnostics::Checked;
use crate::import::{
    self, Apart, Chosen, DebateRead, Folder, Known, Laid, Opened, Particulars, Procedure, Refused, Speakers,
    Wanted,
};
use crate::load::Disk;
use crate::text::SitePath;
use crate::transcript::{PeopleList, Split, is_divided};
use crate::write::{Before, FileEdit, new_folder, replace_file, replace_together};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Imports the files, one after the other. A file with a mistake in it writes nothing.
pub fn run(site: &Site, options: &Options) -> Outcome {
    let into = Into::of(site, options)?;
    let Lists { list, files, said } = match lists(site, options)? {
        Some(lists) => lists,
        None => {
            print::notice("nothing was written");
            return Ok(Ending::Mistakes);
        }
    };
    let mut speakers = Speakers::default();
    let mut ending = Ending::Fine;
    let mut slugs = BTreeSet::new();
    let mut failure = None;
    for path in files {
        match into.file(path, site, options, &mut speakers, &mut slugs) {
            Ok(Ending::Fine) => {}
            Ok(other) => ending = other,
            Err(why) => {
                // The files before this one are imported, and so are their people.
                failure = Some(why);
                break;
            }
        }
    }
    into.people(&speakers, list, &said, site, options)?;
    failure.map_or(Ok(ending), Err)
}

/// The lists of people among the files, and the other files.
struct Lists<'o> {
    list: PeopleList,
    files: Vec<&'o Path>,
    /// How many people are in which file.
    said: Vec<(String, usize)>,
}

/// Reads every list of people first: whoever speaks is named by them. `None` where one has a mistake.
fn lists<'o>(site: &Site, options: &'o Options) -> Result<Option<Lists<'o>>, Failure> {
    let mut lists = Lists { list: PeopleList::default(), files: Vec::new(), said: Vec::new() };
    let mut wrong = false;
    let named = options.people.iter().map(|path| (path, true));
    for (path, named) in named.chain(options.files.iter().map(|path| (path, false))) {
        let failed = |error| Failure(format!("{}: {error}", path.display()));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_file = path.is_file();
        // What is no file is reported when it is imported.
        let asked = named || (is_file && options.transcript_format.is_none());
        let mut file = match asked {
            true => File::open(path).map_err(failed)?,
            false => {
                lists.files.push(path);
                continue;
            }
        };
        if named && !is_file {
            return Err(Failure(format!("{}: not a file", path.display())));
        }
        if !named && !import::is_list(&mut file, &name).map_err(failed)? {
            lists.files.push(path);
            continue;
        }
        let read = import::list(&mut file, &name).map_err(failed)?;
        print::diagnostics(&read.diagnostics, site);
        match read.value {
            Some(list) => {
                lists.said.push((name, list.people.len()));
                lists.list.add(list);
            }
            None => wrong = true,
        }
    }
    Ok((!wrong).then_some(lists))
}

/// What became of a debate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// It is there as the file has it.
    Whole,
    /// So it is, and notes have lost their places by it.
    NotesLost,
    /// Nothing of it was written.
    Refused,
}

/// Where debates and people go.
struct Into {
    /// The folder that holds the folder of debates and that of people.
    above: PathBuf,
    /// The folder of debates in it.
    debates: String,
    /// A debate that is there already, where that was named.
    debate: Option<String>,
}

impl Into {
    fn of(site: &Site, options: &Options) -> Result<Self, Failure> {
        let mut folder = options.into.clone().unwrap_or_else(|| site.root.join("content/debates"));
        let mut debate = None;
        if folder.join("debate.yaml").is_file() {
            debate = folder.canonicalize()?.file_name().map(|name| name.to_string_lossy().into_owned());
            folder = folder.canonicalize()?.parent().map(Path::to_owned).unwrap_or_default();
        }
        let folder = folder.canonicalize().unwrap_or(folder);
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        match (folder.parent(), name) {
            (Some(above), Some(debates)) => Ok(Into { above: above.to_owned(), debates, debate }),
            _ => Err(Failure(format!("{} can hold no folder of debates", folder.display()))),
        }
    }

    /// Makes the folder of debates, once there is something to write.
    fn make_folder(&self) -> Result<(), Failure> {
        let folder = self.above.join(&self.debates);
        fs::create_dir_all(&folder).map_err(|error| Failure(format!("{}: {error}", folder.display())))
    }

    fn file(
        &self,
        path: &Path,
        site: &Site,
        options: &Options,
        speakers: &mut Speakers,
        slugs: &mut BTreeSet<String>,
    ) -> Outcome {
        let failed = |error| Failure(format!("{}: {error}", path.display()));
        let mut file = File::open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(Failure(format!("{}: not a file", path.display())));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let split = options.split.map(|split| match split {
            SplitAt::Day => Split::Day,
            SplitAt::Headings => Split::Headings,
        });
        let opened =
            import::open(&mut file, &name, options.transcript_format.as_deref(), split).map_err(failed)?;
        print::diagnostics(&opened.diagnostics, site);
        let Some(opened) = opened.value else { return Ok(Ending::Mistakes) };
        if options.split.is_some() && !is_divided(opened.format.name) {
            print::notice(&format!(
                "{name}: --split does nothing here: a file in this format ({}) is one debate",
                opened.format.title
            ));
        } else if split.is_some() && opened.debates() == 1 {
            let what = match opened.split {
                Split::Day => "sitting of one day",
                Split::Headings => "debate: no headings stand beside one another in it",
            };
            print::notice(&format!("{name}: --split divides nothing here: it holds one {what}"));
        }

        let said = self.said(options)?;
        let wanted = Wanted {
            particulars: &said,
            select: &options.select,
            revises: self.debate.as_deref(),
            apart: if options.explain { Apart::Listed } else { Apart::Counted },
            procedure: if options.procedure { Procedure::Imported } else { Procedure::PassedOver },
            there: &self.there(),
        };
        let Checked { value: surveyed, diagnostics } =
            import::survey(&opened, &mut file, &wanted, slugs).map_err(failed)?;
        for number in &surveyed.wordless {
            print::notice(&format!("{name}: debate {} holds no words of a record: left out", number + 1));
        }
        if !surveyed.passed.is_empty() {
            print::notice(&import_report::passed_over(&name, &surveyed.passed));
        }
        print::diagnostics(&diagnostics, site);
        let survey = match surveyed.outcome {
            Ok(survey) => survey,
            Err(why) => return refuse(why, path, &name),
        };
        let mut ending = Ending::Fine;
        for chosen in &survey.debates {
            let taken = self.take(chosen, &opened, &said, site, options)?;
            // What was refused makes nobody, either.
            if taken != Taken::Refused {
                speakers.add(&chosen.read.transcript, opened.is_whole());
            }
            if taken != Taken::Whole {
                ending = Ending::Mistakes;
            }
        }
        if !site.format.is_data() {
            import_report::print(&survey, &opened);
        }
        Ok(ending)
    }

    /// The slugs of the debates that are there.
    fn there(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.above.join(&self.debates)).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
    }

    /// What is said of the debates where the file does not, or has it otherwise.
    fn said(&self, options: &Options) -> Result<Particulars, Failure> {
        let mut said = Particulars {
            title: options.title.clone(),
            date: options.date,
            overruled: None,
            licence: options.licence.clone(),
            source: options.source.clone(),
        };
        if let Some(slug) = &self.debate {
            // The debate that is there has its day and its title.
            let folder = Folder::read(&Disk::open(&self.above)?, &self.debates, slug)?;
            let written = folder.value.map(|folder| folder.written);
            said.overruled = written.as_ref().and_then(|written| {
                let corrections = &written.corrections.as_ref()?.raw;
                corrections.values().find(|correction| correction.at == DAY)?.was.trim().parse().ok()
            });
            let raw = written.map(|written| written.particulars.raw);
            said.date = said.date.or_else(|| raw.as_ref()?.date.parse().ok());
            said.title = said.title.or_else(|| Some(raw?.title));
        }
        Ok(said)
    }

    /// Writes one debate: a folder of its own, or a revision of what is there.
    fn take(
        &self,
        chosen: &Chosen,
        opened: &Opened,
        said: &Particulars,
        site: &Site,
        options: &Options,
    ) -> Result<Taken, Failure> {
        let folder = match Disk::open(&self.above) {
            Ok(content) => Folder::read(&content, &self.debates, &chosen.slug)?,
            Err(_) => Checked::fine(None),
        };
        print::diagnostics(&folder.diagnostics, site);
        match folder.value {
            _ if !folder.diagnostics.is_empty() => Ok(Taken::Refused),
            Some(folder) => self.revise(&folder, opened, &chosen.read, site, options),
            None => {
                let laid = import::layout(opened, &chosen.read, said).map_err(Failure)?;
                self.lay(&chosen.slug, &laid, site, options)?;
                Ok(Taken::Whole)
            }
        }
    }

    /// Takes a new revision of a debate that is there, unless it would lose too much of the old.
    fn revise(
        &self,
        folder: &Folder,
        opened: &Opened,
        read: &DebateRead,
        site: &Site,
        options: &Options,
    ) -> Result<Taken, Failure> {
        let slug = folder.slug();
        let say = |line: &str| {
            if !site.format.is_data() {
                print::line(line);
            }
        };
        if folder.is_lost() {
            return Err(Failure(format!(
                "{}/{slug}: {} is not the transcript that debate.lock records, and that one is not among the revisions: restore it \
                 first (it may be in version control), so that notes and ids can be followed from it",
                self.debates, folder.transcript
            )));
        }
        if folder.holds(read) {
            say(&format!("{}/{slug}: the same revision: nothing to do", self.debates));
            return Ok(Taken::Whole);
        }
        if !folder.transcript.ends_with(&format!(".{}", opened.extension())) {
            return Err(Failure(format!(
                "{}/{slug} has its record in {}; another format can't take its place",
                self.debates, folder.transcript
            )));
        }
        let revised = folder.revise(read);
        say(&format!("{}/{slug}: a new revision", self.debates));
        revised.report().iter().for_each(|line| say(&format!("  {line}")));
        if !revised.refusals.is_empty() && !options.force {
            revised.refusals.iter().for_each(|why| print::notice(&format!("refused: {why}")));
            print::notice("nothing was written; if this is the right file, --force takes it");
            return Ok(Taken::Refused);
        }
        if !options.dry_run {
            let edit = |(name, before, bytes): (String, Option<_>, Vec<u8>)| -> FileEdit {
                let path = SitePath::new(&format!("{}/{slug}/{name}", self.debates)).expect("parts of paths");
                (path, before.map_or(Before::Absent, Before::Bytes), Some(bytes))
            };
            let edits: Vec<FileEdit> = folder.changes(opened, read, &revised).into_iter().map(edit).collect();
            replace_together(&self.above, &edits)?;
        }
        let unplaced = revised.notes.iter().any(|(_, words)| !words.status.is_placed());
        Ok(if unplaced { Taken::NotesLost } else { Taken::Whole })
    }

    /// Writes the folder of a debate, unless it was not to be written or is there.
    fn lay(&self, slug: &str, laid: &Laid, site: &Site, options: &Options) -> Result<(), Failure> {
        let path = SitePath::new(&format!("{}/{slug}", self.debates))
            .ok_or_else(|| Failure(format!("{} can hold no debates", self.debates)))?;
        let verb = if options.dry_run { "would write" } else { "wrote" };
        if !options.dry_run {
            self.make_folder()?;
            new_folder(&self.above, &path, &laid.files)?;
        }
        if !site.format.is_data() {
            print::line(&format!("{verb} {path}: {}", laid.title));
        }
        Ok(())
    }

    /// Writes the files of people whom the site does not have, and names those who had only an id.
    fn people(
        &self,
        speakers: &Speakers,
        list: PeopleList,
        lists: &[(String, usize)],
        site: &Site,
        options: &Options,
    ) -> Result<(), Failure> {
        let mut known = match Disk::open(&self.above) {
            Ok(disk) => Known::read(&disk)?,
            Err(_) => Known::default(),
        };
        let changes = speakers.changes(&mut known, list);
        let say = |line: &str| {
            if !site.format.is_data() {
                print::line(line);
            }
        };
        for (name, people) in lists {
            say(&format!("{name}: a list of {}", print::count(*people, "person", "people")));
        }
        if !lists.is_empty() && changes.listed == 0 {
            print::notice(
                "nobody in these lists speaks in what was imported, or has an id that content/people has",
            );
        }
        let mut written = 0;
        for person in &changes.new {
            if let Some(namesake) = &person.namesake {
                print::notice(&format!(
                    "{}: not written: people/{namesake} has that name and not that id; add the id there if it is the same \
                     person:\n{}",
                    person.name,
                    person.text.trim_end()
                ));
                continue;
            }
            written += 1;
            if !options.dry_run {
                let path =
                    SitePath::new(&format!("people/{}.yaml", person.slug)).expect("a slug makes a path");
                replace_file(&self.above, &path, Before::Absent, person.text.as_bytes())?;
            }
        }
        let verb = if options.dry_run { "would write" } else { "wrote" };
        if written > 0 {
            say(&format!("{verb} {} to people/", print::count(written, "person", "people")));
        }
        for (path, before, text, what) in &changes.edited {
            if !options.dry_run {
                replace_file(&self.above, path, Before::Bytes(*before), text.as_bytes())?;
            }
            say(&format!("{verb} {path}: {what}"));
        }
        changes.notices.iter().for_each(|notice| print::notice(notice));
        print::diagnostics(&changes.nameless, site);
        Ok(())
    }
}

/// Says why nothing of a file is imported.
fn refuse(why: Refused, path: &Path, name: &str) -> Outcome {
    let failed = |why: String| Err(Failure(format!("{}: {why}", path.display())));
    match why {
        Refused::Mistakes => print::notice(&format!("{name}: nothing was written")),
        Refused::Empty => print::notice(&format!("{name}: there is no debate in it: nothing was written")),
        Refused::Unsaid(reason) => return failed(reason),
        Refused::Unwanted(titles) => {
            let titles = titles.iter().map(|title| format!("\n  {title}")).collect::<String>();
            return failed(format!("no debate has that id or title; it holds:{titles}"));
        }
        Refused::Many(count) => {
            return failed(format!("it holds {count} debates; --select the one to import here"));
        }
    }
    Ok(Ending::Mistakes)
}
