//! What is not of the site is not published, and what is published is whole.

use rapporteur::diagnostics::Diagnostic;
use rapporteur::load::Disk;
use rapporteur::output::Memory;
use rapporteur::pipeline::{OnError, Options, Unwatched, build};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in [
        ("rapporteur.yaml", "title: T\n"),
        ("content/debates/a/debate.yaml", "title: A\ndate: 2020-01-02\n"),
        ("content/debates/a/transcript.md", "# A\n\n### Ann:\n\nWords.\n"),
        ("content/debates/a/d.notes.yaml", "annotations:\n  one: { at: p1, status: draft, body: SECRET }\n"),
        (".env", "SECRET\n"),
        (".config/key", "SECRET\n"),
        ("elsewhere/key", "SECRET\n"),
        ("static/fine.txt", "fine\n"),
    ] {
        put(folder.path(), path, text);
    }
    folder
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn built(root: &Path) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let disk = Disk::open(root).expect("a site");
    let sink = Memory::default();
    let options = Options { on_error: OnError::KeepGoing, ..Options::default() };
    let report = build(&disk, &sink, &options, &Unwatched).expect("it can be read");
    (sink.into_files(), report.diagnostics)
}

fn leaks(files: &BTreeMap<String, Vec<u8>>) -> Vec<&String> {
    files
        .iter()
        .filter(|(_, bytes)| memchr::memmem::find(bytes, b"SECRET").is_some())
        .map(|(path, _)| path)
        .collect()
}

#[cfg(unix)]
#[test]
fn a_link_ends_in_the_folder_that_it_stands_in_or_is_refused() {
    use std::os::unix::fs::symlink;
    for (link, to) in [
        ("static/a.txt", "../.env"),
        ("static/a.txt", "../content/debates/a/d.notes.yaml"),
        ("static/a.txt", "../elsewhere/key"),
        ("static/a", "../.config"),
        ("static/a", ".."),
        ("static/deep/a", "../../.config/key"),
        ("static/a.txt", ".hidden"),
        ("static/a.txt", "b.txt~"),
        ("themes/x/static/a.txt", "../../../.env"),
        ("content/pages/a.md", "../../.env"),
    ] {
        let folder = folder();
        put(folder.path(), "static/.hidden", "SECRET\n");
        put(folder.path(), "static/b.txt~", "SECRET\n");
        let at = folder.path().join(link);
        fs::create_dir_all(at.parent().expect("a parent")).expect("a folder");
        symlink(to, at).expect("a link");
        let (files, remarks) = built(folder.path());
        assert_eq!(leaks(&files), [""; 0], "{link} to {to}");
        assert!(remarks.iter().any(|remark| remark.code.contains("link")), "{link} to {to}: {remarks:?}");
    }
    // Within its own folder a link is as good as a file.
    let folder = folder();
    symlink("fine.txt", folder.path().join("static/again.txt")).expect("a link");
    let (files, remarks) = built(folder.path());
    assert_eq!(remarks, []);
    assert_eq!(files["again.txt"], b"fine\n");
}

#[cfg(unix)]
#[test]
fn a_folder_of_the_site_and_its_configuration_are_no_links() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    fs::rename(folder.path().join("static"), folder.path().join("public")).expect("renamed");
    symlink("public", folder.path().join("static")).expect("a link");
    let (files, remarks) = built(folder.path());
    assert!(!files.contains_key("fine.txt"));
    assert!(remarks.iter().any(|remark| remark.code == "bad-link"), "{remarks:?}");
    fs::rename(folder.path().join("rapporteur.yaml"), folder.path().join("site.yaml")).expect("renamed");
    symlink("site.yaml", folder.path().join("rapporteur.yaml")).expect("a link");
    let (_, remarks) = built(folder.path());
    assert!(remarks.iter().filter(|remark| remark.code == "bad-link").count() == 2, "{remarks:?}");
}

/// The files among the debates as a listing has them, and the codes of what is wrong with the tree.
#[cfg(unix)]
fn listed(root: &Path) -> (Vec<String>, Vec<&'static str>) {
    use rapporteur::load::Sources;
    let listed = Disk::open(root).and_then(|disk| disk.list()).expect("it can be read");
    let debates = listed.value.iter().filter_map(|path| path.as_str().strip_prefix("content/debates/"));
    (debates.map(str::to_owned).collect(), listed.diagnostics.iter().map(|one| one.code).collect())
}

#[cfg(unix)]
#[test]
fn links_among_debates_lead_to_what_is_there_and_never_round_in_a_circle() {
    use std::os::unix::fs::symlink;
    const A: [&str; 3] = ["a/d.notes.yaml", "a/debate.yaml", "a/transcript.md"];
    let of_a = || A.map(str::to_owned).to_vec();
    for (link, to, more, codes) in [
        ("a/round", "..", &[][..], &["link-loop"][..]),
        ("a/round", ".", &[], &["link-loop"]),
        ("a/round", "../..", &[], &["link-loop"]),
        ("a/away", "../../../elsewhere", &[], &["bad-link"]),
        ("a/again.md", "transcript.md", &["a/again.md"], &[]),
        ("b", "a", &["b/d.notes.yaml", "b/debate.yaml", "b/transcript.md"], &[]),
        ("c/notes", "../a", &["c/notes/d.notes.yaml", "c/notes/debate.yaml", "c/notes/transcript.md"], &[]),
    ] {
        let folder = folder();
        let at = folder.path().join("content/debates").join(link);
        fs::create_dir_all(at.parent().expect("a parent")).expect("a folder");
        symlink(to, at).expect("a link");
        let mut expected = of_a();
        expected.extend(more.iter().map(|path| path.to_string()));
        expected.sort();
        assert_eq!(listed(folder.path()), (expected, codes.to_vec()), "{link} to {to}");
    }
}

#[test]
fn what_editors_and_systems_leave_behind_is_not_published_nor_read() {
    let folder = folder();
    for name in
        ["a.txt~", "#a.txt#", ".a.swp", "a.swp", "4913", "Thumbs.db", ".DS_Store", "desktop.ini", "~$a.docx"]
    {
        put(folder.path(), &format!("static/{name}"), "SECRET\n");
        put(folder.path(), &format!("content/pages/{name}"), "SECRET\n");
    }
    let (files, remarks) = built(folder.path());
    assert_eq!(leaks(&files), [""; 0]);
    assert_eq!(remarks, [], "nobody means them: nothing is said");
    for name in ["a.txt.orig", "a.bak", "a.txt.rej", "a (conflicted copy).txt"] {
        put(folder.path(), &format!("static/{name}"), "SECRET\n");
    }
    let (files, remarks) = built(folder.path());
    assert_eq!(leaks(&files), [""; 0]);
    assert_eq!(remarks.iter().filter(|remark| remark.code == "stray-file").count(), 4, "{remarks:?}");
}

#[test]
fn of_hidden_files_only_those_that_other_services_look_for_are_published() {
    let folder = folder();
    for path in [".well-known/security.txt", ".nojekyll"] {
        put(folder.path(), &format!("static/{path}"), "fine\n");
    }
    for path in [".htpasswd", ".git/config", ".env", ".well-known/.env", "a/.nojekyll", ".well-known-not/x"] {
        put(folder.path(), &format!("static/{path}"), "SECRET\n");
    }
    let (files, _) = built(folder.path());
    assert_eq!(leaks(&files), [""; 0]);
    let hidden: Vec<&String> =
        files.keys().filter(|path| path.starts_with('.') || path.contains("/.")).collect();
    assert_eq!(hidden, [".nojekyll", ".well-known/security.txt"]);
}

#[test]
fn a_configuration_that_is_missing_empty_or_unreadable_publishes_only_what_is_approved() {
    for text in [
        None,
        Some(""),
        Some("# Nothing is left.\n"),
        Some("~\n"),
        Some("title: [\n"),
        Some("\u{fffd}"),
        Some("- a\n"),
    ] {
        let folder = folder();
        let note = "annotations:\n  one: { at: p1, status: in-review, body: SECRET }\n";
        put(folder.path(), "content/debates/a/d.notes.yaml", note);
        let at = folder.path().join("rapporteur.yaml");
        match text {
            None => fs::remove_file(&at).expect("removed"),
            Some("\u{fffd}") => fs::write(&at, b"title: \xff\n").expect("a file"),
            Some(text) => fs::write(&at, text).expect("a file"),
        }
        let (files, remarks) = built(folder.path());
        assert_eq!(leaks(&files), [""; 0], "{text:?}");
        assert!(
            remarks.iter().any(|remark| remark.severity == rapporteur::diagnostics::Severity::Error),
            "{text:?}"
        );
    }
}

#[test]
fn a_link_to_a_file_of_any_name_leads_to_it() {
    let folder = folder();
    let name = "a #b%25?c &d'e é.txt";
    put(folder.path(), &format!("static/{name}"), "fine\n");
    let target = "../../static/a%20%23b%2525%3Fc%20%26d%27e%20%C3%A9.txt";
    put(folder.path(), "content/pages/about.md", &format!("---\ntitle: About\n---\n[it]({target})\n"));
    let (files, _) = built(folder.path());
    assert!(files.contains_key(name));
    let page = String::from_utf8(files["about/index.html"].clone()).expect("UTF-8");
    let href = page.split("<a href=\"").find(|rest| rest.contains(">it<")).expect("it is there");
    let href = href.split('"').next().expect("an address");
    let base = url::Url::parse("https://site.example/about/index.html").expect("an address");
    let url = base.join(href).expect("an address");
    let path = percent_encoding::percent_decode_str(url.path()).decode_utf8().expect("UTF-8");
    assert_eq!((path.as_ref(), url.query(), url.fragment()), (format!("/{name}").as_str(), None, None));
}
