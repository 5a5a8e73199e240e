//! Every command line that the documentation, the messages and the workflows name is one that the program takes, with
//! these options.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use rapporteur::cli;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A command line that is written down somewhere.
#[derive(Debug)]
struct Written {
    /// The file.
    file: PathBuf,
    /// As it stands there.
    text: String,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A line to be typed: whole.
    Line,
    /// In a sentence: what it goes on with may be left out.
    Mention,
}

/// What stands before the arguments, as the documentation writes it.
const CALLED: [&str; 4] =
    ["rapporteur ", "target/debug/rapporteur ", "target/release/rapporteur ", "cargo run -- "];

/// The arguments of a call of the program, if it is one.
fn arguments(text: &str) -> Option<&str> {
    CALLED.iter().find_map(|called| text.strip_prefix(called))
}

/// The files below a folder of the repository with one of these endings.
fn below(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let walk = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
    let files = walk.map(|entry| entry.expect("it can be read").into_path());
    files
        .filter(|path| endings.iter().any(|ending| path.extension().is_some_and(|end| end == *ending)))
        .collect()
}

/// Lines to be typed: those of code blocks, and the steps of workflows. One that ends in `\` goes on.
fn lines(text: &str, is_typed: impl Fn(&str, bool) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_code = false;
    let joined = text.replace("\\\n", " ");
    for line in joined.lines() {
        let line = line.trim();
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_typed(line, is_code) {
            let steps = ["$ ", "- run: ", "- ", "run: "];
            let line = steps.iter().fold(line, |line, step| line.strip_prefix(step).unwrap_or(line));
            found.extend(line.split("&& ").map(str::to_owned));
        }
    }
    found
}

/// What stands in backticks outside code blocks, paragraph by paragraph.
fn mentions(text: &str) -> Vec<String> {
    let mut prose = String::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            // A row of a table, an item of a list and a paragraph have their own marks.
            let starts = line.trim_start();
            if starts.is_empty() || starts.starts_with(['|', '-', '#']) {
                prose.push('\n');
            }
            prose.push_str(starts);
            prose.push(' ');
        }
    }
    let spans = |line: &str| line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    prose.lines().flat_map(spans).collect()
}

/// Backticks of messages and comments, line by line.
fn in_source(text: &str) -> Vec<String> {
    let calls = text.match_indices("`rapporteur ").filter_map(|(at, _)| {
        let span = text[at + 1..].split('`').next()?;
        // What a message fills in, or goes on with on another line, is not known here.
        (!span.contains(['{', '\n', '\\'])).then(|| span.to_owned())
    });
    calls.collect()
}

fn written() -> Vec<Written> {
    let mut all = Vec::new();
    let mut add = |file: &Path, texts: Vec<String>, form| {
        let file = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(file);
        all.extend(texts.into_iter().map(|text| Written { file: file.to_owned(), text, form }));
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = below("docs", &["md"]);
    pages.extend(["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(|name| root.join(name)));
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page");
        add(&page, lines(&text, |_, is_code| is_code), Form::Line);
        add(&page, mentions(&text), Form::Mention);
    }
    for workflow in below(".github", &["yml"]).into_iter().chain(below("src/desk/site", &["yml"])) {
        let text = fs::read_to_string(&workflow).expect("a workflow");
        add(&workflow, lines(&text, |_, _| true), Form::Line);
    }
    for source in below("src", &["rs"]) {
        add(&source, in_source(&fs::read_to_string(&source).expect("a source")), Form::Mention);
    }
    all
}

/// The words of a command line as a shell has them, up to what is no argument any more.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (None, '#' | '|' | '>' | ';') if word.is_none() => break,
            (None, ' ') => words.extend(word.take()),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some(open), c) if open == c => quote = None,
            // `FILE…` stands for several.
            (None, '…') => {}
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Whether a word stands for what its reader puts there: `DAY`, `DEBATE/NOTE`.
fn is_placeholder(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_uppercase() || "-_/.,=".contains(c))
}

/// Why the program does not take this, if it does not.
fn refused(written: &Written, arguments: &str) -> Option<String> {
    let words = words(arguments);
    let call = std::iter::once("rapporteur".to_owned()).chain(words);
    let error = cli::command().try_get_matches_from(call).err()?;
    let is_fine = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => true,
        ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::InvalidValue
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if written.form == Form::Mention && error.get(ContextKind::InvalidValue).is_none() =>
        {
            true
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match error.get(ContextKind::InvalidValue) {
            Some(ContextValue::String(value)) => is_placeholder(value) || value.is_empty(),
            _ => false,
        },
        _ => false,
    };
    (!is_fine).then(|| format!("{}: {}\n{error}", written.file.display(), written.text))
}

#[test]
fn every_command_line_that_is_written_down_is_one_that_the_program_takes() {
    let written = written();
    let calls = written.iter().filter_map(|one| Some((one, arguments(&one.text)?)));
    // `[FOLDER]`, `topic|person`: a usage, not a call. With a number it is a version.
    let is_call = |arguments: &str| {
        !arguments.contains(['[', '|', '<']) && !arguments.starts_with(|c: char| c.is_ascii_digit())
    };
    let calls: Vec<_> = calls.filter(|(_, arguments)| is_call(arguments)).collect();
    assert!(calls.len() > 150, "only {} were found", calls.len());
    let wrong: Vec<String> = calls.iter().filter_map(|(one, arguments)| refused(one, arguments)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), calls.len(), wrong.join("\n"));
}

/// Options of other programs that the documentation names.
const OF_OTHERS: [&str; 3] = ["features", "git", "self-test"];

#[test]
fn every_option_that_the_documentation_names_is_one_of_some_command() {
    fn options(command: &clap::Command, known: &mut BTreeSet<String>) {
        known.extend(command.get_arguments().filter_map(|one| one.get_long()).map(str::to_owned));
        command.get_subcommands().for_each(|command| options(command, known));
    }
    let mut known = BTreeSet::from(["help".to_owned(), "version".to_owned()]);
    options(&cli::command(), &mut known);
    let is_page =
        |one: &&Written| one.form == Form::Mention && one.file.extension().is_some_and(|end| end == "md");
    // The tokens of the theme's styles are written alike.
    let styles = below("themes/default/static", &["css"]);
    let styles: String =
        styles.iter().map(|path| fs::read_to_string(path).expect("it can be read")).collect();
    let mut count = 0;
    for one in written().iter().filter(is_page) {
        let Some(option) = one.text.strip_prefix("--") else { continue };
        let name: String = option.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
        // A token, a property of a style sheet, a comment's end, a rule.
        if styles.contains(&format!("--{name}:"))
            || name.is_empty()
            || !name.starts_with(|c: char| c.is_ascii_lowercase())
            || option.contains(':')
        {
            continue;
        }
        count += 1;
        let is_known = known.contains(&name) || OF_OTHERS.contains(&name.as_str());
        assert!(is_known, "{}: no command has --{name}", one.file.display());
    }
    assert!(count > 60, "only {count} were found");
}
