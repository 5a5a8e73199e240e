//! `rapporteur theme`: what themes there are, what they are made of, and a piece to change.

use super::arguments::Site;
use super::desk_arguments::Theme;
use super::{Ending, Outcome, build as build_command, print};
use crate::config::{self, Overrides};
use crate::desk::{self, COPIED, Own};
use crate::load::{self, Disk, Sources};
use crate::text::{Fingerprint, SitePath, is_slug};
use crate::write::{Before, FileEdit, replace_together};
use std::collections::BTreeSet;
use std::io;

/// Runs one of its commands.
pub fn run(site: &Site, command: &Theme) -> Outcome {
    let disk = build_command::open(site)?;
    match command {
        Theme::List => list(site, &disk),
        Theme::Show { piece: Some(piece) } => show_piece(piece),
        Theme::Show { piece: None } => show(site, &disk),
        Theme::Copy { pieces, into } => copy(site, &disk, pieces, into.as_deref()),
    }
}

/// The theme that the site uses.
fn used(site: &Site, disk: &Disk) -> io::Result<String> {
    let layout = crate::layout::layout(disk)?.value;
    let source = match &layout.configuration {
        Some(path) => load::read_text(disk, path)?.value,
        None => None,
    };
    let overrides = Overrides { ..build_command::overrides(site) };
    Ok(config::read(source.as_ref(), &overrides).value.theme)
}

fn list(site: &Site, disk: &Disk) -> Outcome {
    let used = used(site, disk)?;
    let mut names: BTreeSet<String> = BTreeSet::from(["default".to_owned()]);
    for path in disk.list()?.value {
        let rest = path.as_str().strip_prefix("themes/");
        names.extend(rest.and_then(|rest| rest.split_once('/')).map(|(name, _)| name.to_owned()));
    }
    for name in names {
        let own = desk::own_pieces(disk, &name)?.len();
        let what = match (name.as_str(), own) {
            ("default", 0) => "carried by the program".to_owned(),
            (_, own) => print::count(own, "file", "files"),
        };
        print::line(&format!("{} {name}  {what}", if name == used { "*" } else { " " }));
    }
    Ok(Ending::Fine)
}

fn show_piece(name: &str) -> Outcome {
    match desk::piece(name) {
        Ok(path) => {
            let bytes = desk::pieces().get(&path).copied().unwrap_or_default();
            print::line(String::from_utf8_lossy(bytes).trim_end());
            Ok(Ending::Fine)
        }
        Err(why) => {
            print::notice(&why);
            Ok(Ending::Mistakes)
        }
    }
}

fn show(site: &Site, disk: &Disk) -> Outcome {
    let used = used(site, disk)?;
    let own = if used == "default" { Default::default() } else { desk::own_pieces(disk, &used)? };
    let pieces = desk::pieces();
    for (heading, folder) in [
        ("Templates", "templates/"),
        ("Components", "components/"),
        ("Words", "i18n/"),
        ("Styles and scripts", "static/"),
    ] {
        print::line(&format!("{heading}:"));
        for path in pieces.keys().filter(|path| path.starts_with(folder)) {
            let state = match own.get(path) {
                Some(Own::Written) => format!("  (of `{used}`)"),
                Some(Own::Copied) => format!("  (of `{used}`, copied)"),
                Some(Own::Outdated) => {
                    format!("  (of `{used}`: the original has changed since it was copied)")
                }
                None => String::new(),
            };
            print::line(&format!("  {path}{state}"));
        }
    }
    let more: Vec<&String> =
        own.keys().filter(|path| !pieces.contains_key(*path) && *path != "theme.yaml").collect();
    if !more.is_empty() {
        print::line(&format!("Only in `{used}`:"));
        more.iter().for_each(|path| print::line(&format!("  {path}")));
    }
    print::line("Options (theme_options in rapporteur.yaml):");
    let manifest = pieces.get("theme.yaml").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let manifest = manifest.unwrap_or_default();
    let options = manifest.split_once("options:").map(|(_, options)| options).unwrap_or_default();
    options.lines().filter(|line| !line.trim().is_empty()).for_each(print::line);
    print::line("Colours and measures (custom properties of static/style.css):");
    for (name, value) in desk::tokens() {
        print::line(&format!("  {name}: {value}"));
    }
    Ok(Ending::Fine)
}

/// Copies pieces into a theme of the site, which is begun where it is not there.
fn copy(site: &Site, disk: &Disk, names: &[String], into: Option<&str>) -> Outcome {
    let refused = |why: &str| {
        print::notice(&format!("{why}; nothing was written"));
        Ok(Ending::Mistakes)
    };
    let used = used(site, disk)?;
    let theme = match into {
        Some(name) => name,
        None if used == "default" => {
            return refused("the site has no theme of its own: name one with --into");
        }
        None => used.as_str(),
    };
    if !is_slug(theme) || theme == "default" {
        return refused(&format!("`{theme}` is no name for a theme of one's own: a-z, 0-9 and `-`"));
    }
    let path = |relative: &str| SitePath::new(&format!("themes/{theme}/{relative}")).expect("names of files");
    let there = |path: &SitePath| match disk.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    let mut edits: Vec<FileEdit> = Vec::new();
    let mut copied = desk::copied(disk, theme)?;
    let pieces = desk::pieces();
    for name in names {
        let piece = match desk::piece(name) {
            Ok(piece) => piece,
            Err(why) => return refused(&why),
        };
        if there(&path(&piece))?.is_some() {
            return refused(&format!("themes/{theme}/{piece} is there already"));
        }
        let bytes = pieces.get(&piece).copied().unwrap_or_default();
        copied.insert(piece.clone(), Fingerprint::of(bytes).short(16));
        if !edits.iter().any(|(known, ..)| *known == path(&piece)) {
            edits.push((path(&piece), Before::Absent, Some(bytes.to_vec())));
        }
    }
    let is_begun =
        there(&path("theme.yaml"))?.is_some() || edits.iter().any(|(known, ..)| *known == path("theme.yaml"));
    if !is_begun {
        let manifest = format!("name: {theme}\nextends: default\nversion: {}\n", crate::theme::CONTRACT);
        edits.push((path("theme.yaml"), Before::Absent, Some(manifest.into_bytes())));
    }
    let before = match there(&path(COPIED))? {
        Some(bytes) => Before::Bytes(Fingerprint::of(&bytes)),
        None => Before::Absent,
    };
    let lines: String = copied.iter().map(|(piece, hash)| format!("{piece} {hash}\n")).collect();
    let written: Vec<String> = edits.iter().map(|(path, ..)| path.to_string()).collect();
    edits.push((path(COPIED), before, Some(lines.into_bytes())));
    replace_together(disk.root(), &edits)?;
    if !site.format.is_data() {
        written.iter().for_each(|path| print::line(&format!("wrote {path}")));
        if used != theme {
            print::line(&format!("`theme: {theme}` in rapporteur.yaml chooses it"));
        }
    }
    Ok(Ending::Fine)
}
