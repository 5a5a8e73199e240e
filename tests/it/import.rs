//! Small files of our own in every format, with every trap that the formats are known for: each
//! folder of `tests/import/FORMAT/` holds an `input` and what is read from it. `RAPPORTEUR_REWRITE=1`
//! writes it anew.

use crate::outline;
use rapporteur::diagnostics::{Diagnostic, Severity};
use rapporteur::load;
use rapporteur::text::{SitePath, Source};
use rapporteur::transcript::{account, parse};
use std::fs;
use std::path::{Path, PathBuf};

fn folders(of: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(of).unwrap_or_else(|error| panic!("{}: {error}", of.display()));
    let mut folders: Vec<_> = listed.map(|entry| entry.expect("a readable entry").path()).collect();
    folders.sort();
    folders
}

/// Every word of a file that is read without a mistake is somewhere in what was read.
pub fn accounts_for_every_word(source: &Source) {
    let checked = parse(source, None);
    let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
    let Some(transcript) = checked.value.filter(|_| !checked.diagnostics.iter().any(is_error)) else {
        return;
    };
    let found = account(&transcript).diagnostics;
    assert!(found.is_empty(), "{}: {}", source.path, outline::diagnostics(&found));
}

#[test]
fn every_format_and_trap_is_read_as_written_down() {
    let rewrite = std::env::var_os("RAPPORTEUR_REWRITE").is_some();
    let mut formats = 0;
    for format in folders(Path::new("tests/import")) {
        formats += 1;
        for case in folders(&format) {
            let files = folders(&case);
            let is_input = |path: &&PathBuf| path.file_stem().is_some_and(|stem| stem == "input");
            let input = files.iter().find(is_input).unwrap_or_else(|| panic!("{}: no input", case.display()));
            let extension = input.extension().and_then(|extension| extension.to_str()).expect("an extension");
            let path = SitePath::new(&format!("content/debates/d/transcript.{extension}")).expect("a path");
            let loaded = load::text(&path, fs::read(input).expect("a readable file"));
            let read = match &loaded.value {
                Some(source) => outline::of(source),
                None => outline::diagnostics(&loaded.diagnostics),
            };
            if let Some(source) = &loaded.value {
                accounts_for_every_word(source);
            }
            let expected = case.join("expected.txt");
            if rewrite {
                fs::write(&expected, &read).expect("a writable file");
            }
            let expected = fs::read_to_string(&expected).unwrap_or_default();
            assert_eq!(read, expected, "{}", case.display());
        }
    }
    assert!(formats >= 8, "{formats} formats have cases");
}
