//! Whatever stands in the program's own folder, a build is that of a fresh site or is refused and says where:
//! never a panic, never a wait, and nothing outside the output is changed.

use super::machine::{run, site};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

type Tree = BTreeMap<String, Vec<u8>>;

/// What it is, and how it is done to the file at a path that had these bytes.
type Damage = (String, Box<dyn Fn(&Path, &[u8])>);

fn tree(folder: &Path) -> Tree {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let path = |path: &Path| path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
    files.map(|entry| (path(entry.path()), fs::read(entry.path()).expect("a file"))).collect()
}

/// What may have become of a file of our own.
fn damages() -> Vec<Damage> {
    let write = |path: &Path, bytes: &[u8]| fs::write(path, bytes).expect("written");
    let mut damages: Vec<Damage> = Vec::new();
    for part in [0, 1, 30, 63, 64, 65, 90, 99] {
        let cut = move |path: &Path, bytes: &[u8]| write(path, &bytes[..bytes.len() * part / 100]);
        damages.push((format!("cut at {part} in 100"), Box::new(cut)));
        let flipped = move |path: &Path, bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            let at = bytes.len() * part / 100;
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 5;
            }
            write(path, &bytes);
        };
        damages.push((format!("altered at {part} in 100"), Box::new(flipped)));
    }
    damages.push((
        "a folder".into(),
        Box::new(|path, _| {
            fs::create_dir_all(path.join("in")).expect("made");
        }),
    ));
    damages.push((
        "a link".into(),
        Box::new(|path, _| {
            symlink("../../content/pages/about.md", path).expect("made");
        }),
    ));
    damages.push((
        "a pipe".into(),
        Box::new(|path, _| {
            assert!(Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success()));
        }),
    ));
    damages
        .push(("of another kind".into(), Box::new(move |path, _| write(path, b"[[{\"path\": \"../x\"}]]"))));
    damages
}

#[test]
fn whatever_became_of_a_file_of_our_own_a_build_is_a_fresh_one_or_is_refused() {
    let folder = site();
    let root = folder.path();
    fs::create_dir_all(root.join("content/pages")).expect("made");
    fs::write(root.join("content/pages/about.md"), "---\ntitle: About\n---\nWords.\n").expect("written");
    for command in ["build", "check"] {
        assert_eq!(run(root, &[command], Stdio::null()).0, 0);
    }
    let (authored, fresh) = (tree(&root.join("content")), tree(&root.join("output")));
    let names = [
        "output.site/manifest.json",
        "output.site/next.json",
        "output.site/kept",
        "output.site/replaced",
        "published/kept",
        "check/kept",
        "unfinished/journal.json",
    ];
    let own = root.join(".rapporteur");
    for name in names {
        let file = own.join(name);
        let whole = fs::read(&file).or_else(|_| fs::read(own.join("output.site/manifest.json"))).expect("it");
        for (what, damage) in damages() {
            let which = format!("{name}: {what}");
            clear(&file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            damage(&file, &whole);
            let (code, words) = run(root, &["build"], Stdio::null());
            match code {
                0 => assert!(
                    tree(&root.join("output")) == fresh,
                    "{which}: the files are those of a fresh build"
                ),
                2 => assert!(words.contains("output") || words.contains(".rapporteur"), "{which}: {words}"),
                _ => panic!("{which}: {code}: {words}"),
            }
            let checked = run(root, &["check"], Stdio::null());
            assert_eq!(checked.0, 0, "{which}: {}", checked.1);
            assert!(tree(&root.join("content")) == authored, "{which}: nothing of an author's was changed");
            // As it was, for the next one.
            clear(&own);
            clear(&root.join("output"));
            assert_eq!(run(root, &["build"], Stdio::null()).0, 0, "{which}: removing it all helps");
        }
    }
}

fn clear(path: &Path) {
    let _ = fs::remove_dir_all(path).or_else(|_| fs::remove_file(path));
}
