//! Lists the files of `themes/default`, so that the program carries its default theme with it.

use std::io::Write;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    let mut files: Vec<_> = walkdir::WalkDir::new(Path::new(&root).join("themes/default"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.into_path())
        .collect();
    files.sort();
    let mut list = std::fs::File::create(Path::new(&out).join("default_theme.rs"))?;
    writeln!(list, "static DEFAULT_THEME: &[(&str, &[u8])] = &[")?;
    for file in files {
        let name = file.strip_prefix(&root).expect("it was found below").to_string_lossy().replace('\\', "/");
        // By the folder as the compiler knows it: a `target` that is copied keeps no other copy's theme.
        writeln!(
            list,
            "    ({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),",
            format!("/{name}")
        )?;
    }
    writeln!(list, "];")?;
    println!("cargo::rerun-if-changed=themes/default");
    Ok(())
}
