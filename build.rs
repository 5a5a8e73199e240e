//! Lists the files of `themes/default`, so that the program carries its default theme with it, and tells one
//! build of the program from another.

use std::hash::{DefaultHasher, Hash, Hasher};
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
    println!("cargo::rustc-env=RAPPORTEUR_PROGRAM={}", program(Path::new(&root))?);
    Ok(())
}

/// What tells this program from one of other sources, libraries, compiler or settings: what one of them kept
/// for the next run may be nonsense to another. It need not withstand anybody who wants two to look alike.
fn program(root: &Path) -> std::io::Result<String> {
    let mut hasher = DefaultHasher::new();
    for part in ["src", "themes", "Cargo.toml", "Cargo.lock", "build.rs"] {
        println!("cargo::rerun-if-changed={part}");
        for entry in walkdir::WalkDir::new(root.join(part)).sort_by_file_name() {
            // The lock file is missing where the program is built from a package of its own.
            let Ok(entry) = entry else { continue };
            if entry.file_type().is_file() {
                entry.path().strip_prefix(root).unwrap_or(entry.path()).hash(&mut hasher);
                std::fs::read(entry.path())?.hash(&mut hasher);
            }
        }
    }
    for name in ["TARGET", "PROFILE", "OPT_LEVEL", "DEBUG"] {
        std::env::var(name).ok().hash(&mut hasher);
    }
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    std::process::Command::new(compiler).arg("-vV").output()?.stdout.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}
