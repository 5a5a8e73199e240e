//! Lists the files of `themes/default` and of the example site, so that the program carries both with it, and
//! tells one build of the program from another.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    let (root, out) = (Path::new(&root), Path::new(&out));
    embed(root, "themes/default", "DEFAULT_THEME", &out.join("default_theme.rs"))?;
    embed(root, "src/desk/example", "EXAMPLE", &out.join("example.rs"))?;
    println!("cargo::rerun-if-changed=themes/default");
    println!("cargo::rustc-env=RAPPORTEUR_PROGRAM={}", program(root)?);
    Ok(())
}

/// Writes a list of the files of a folder, each with its path from the root and its bytes.
fn embed(root: &Path, folder: &str, list: &str, to: &Path) -> std::io::Result<()> {
    let mut files: Vec<_> = walkdir::WalkDir::new(root.join(folder))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.into_path())
        .collect();
    files.sort();
    let mut text = std::fs::File::create(to)?;
    writeln!(text, "static {list}: &[(&str, &[u8])] = &[")?;
    for file in files {
        let name = file.strip_prefix(root).expect("it was found below").to_string_lossy().replace('\\', "/");
        // By the folder as the compiler knows it: a `target` that is copied keeps no other copy's files.
        writeln!(
            text,
            "    ({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),",
            format!("/{name}")
        )?;
    }
    writeln!(text, "];")
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
