//! The reference of the views that templates get is generated from their types, so it can't go stale.
//! `RAPPORTEUR_REWRITE=1` writes it anew.

use std::fmt::Write;
use std::path::Path;

/// The reference: every public struct of the views with its documented fields.
fn reference(source: &str) -> String {
    let mut page = String::from(
        "# The views\n\nGenerated from `src/pages/views`. Addresses are relative to the page. A type in `Option` may be `none`.\n",
    );
    let mut doc = String::new();
    for line in source.lines() {
        let line = line.trim();
        if let Some(text) = line.strip_prefix("/// ") {
            let _ = write!(doc, "{}{text}", if doc.is_empty() { "" } else { " " });
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.trim_end_matches(['{', ' ']);
            let _ = write!(page, "\n## {name}\n\n{}\n\n", std::mem::take(&mut doc));
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|field| field.split_once(": "))
        {
            let kind = kind
                .trim_end_matches(',')
                .replace("std::collections::", "")
                .replace("&'static str", "String")
                .replace("Arc<str>", "String")
                .replace("usize", "number")
                .replace("u8", "number");
            let _ = writeln!(page, "- `{name}` ({kind}): {}", std::mem::take(&mut doc).replace('|', "\\|"));
        } else if !line.starts_with("#[") {
            doc.clear();
        }
    }
    page
}

#[test]
fn the_reference_of_the_views_is_that_of_their_types() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = source(root);
    let page = reference(&source);
    let file = root.join("docs/views.md");
    if std::env::var_os("RAPPORTEUR_REWRITE").is_some() {
        std::fs::write(&file, &page).expect("docs/views.md is written");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(written == page, "docs/views.md is stale: run the tests with RAPPORTEUR_REWRITE=1");
}

#[test]
fn every_field_of_a_view_is_documented() {
    let page = reference("/// A.\npub struct A {\n    /// Words.\n    pub a: String,\n    pub b: u8,\n}\n");
    assert!(page.contains("- `a` (String): Words."));
    assert!(page.contains("- `b` (number): \n"), "{page}");
    let source = source(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(!reference(&source).contains("): \n"), "a field without a doc comment");
}

/// The files of the views, one after the other.
fn source(root: &Path) -> String {
    let files = ["mod", "lists", "debate", "topic", "people", "notes", "amendments", "pictures"];
    let folder = root.join("src/pages/views");
    let count = std::fs::read_dir(&folder).expect("the views").count();
    assert_eq!(count, files.len(), "a file of views that the reference leaves out");
    files
        .map(|name| std::fs::read_to_string(folder.join(name).with_extension("rs")).expect("the views"))
        .concat()
}
