//! The server over a real socket: what it gives, and what it refuses.

use super::*;
use crate::load::{Change, Disk};
use crate::pipeline::{self, Memos, OnError, Options};
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

struct Running {
    folder: TempDir,
    address: SocketAddr,
    preview: Arc<Preview>,
    memos: Memos,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

const OPTIONS: fn() -> Options = || Options { on_error: OnError::KeepGoing, ..Options::default() };

fn serve(configuration: &str) -> Running {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in [
        ("rapporteur.yaml", configuration),
        ("content/debates/a/debate.yaml", "title: A\ndate: 2012-12-20\n"),
        ("content/debates/a/transcript.md", "# A\n\n### Ann:\n\nWords that were said.\n"),
        ("static/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("static/numbers.bin", "0123456789"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let disk = Disk::open(folder.path()).expect("a site");
    let mut memos = Memos::default();
    let edition = pipeline::edition(&disk, &[Change::Rescan], &mut memos, &OPTIONS()).expect("read");
    let editor = Editor::new(folder.path(), Some("code"), |_| None, |_| false);
    let preview = Preview::new(disk, edition);
    let settings = Settings { host: [127, 0, 0, 1].into(), port: Some(0), allowed: Vec::new(), editor };
    let server = Server::bind(settings, preview.clone()).expect("a free port");
    let address = server.address();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let thread = Some(std::thread::spawn(move || server.run(stopped)));
    Running { folder, address, preview, memos, stop: Some(stop), thread }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Running {
    /// The answer to a request with these lines below its first: status, head and body.
    fn raw(&self, first: &str, lines: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        // It may answer and close before all of a bad request is written.
        let _ = write!(stream, "{first} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let split = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
        let head = String::from_utf8_lossy(&answer[..split]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, head, answer.get(split + 4..).unwrap_or_default().to_vec())
    }

    fn host(&self) -> String {
        format!("Host: {}\r\n", self.address)
    }

    fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        self.raw(&format!("GET {path}"), &self.host())
    }

    fn edit(&mut self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).expect("a file");
        let path = crate::text::SitePath::new(path).expect("a path");
        let disk = self.preview.disk().clone();
        let edition = pipeline::edition(&disk, &[Change::Changed(path)], &mut self.memos, &OPTIONS());
        self.preview.show(edition.expect("read"));
    }
}

#[test]
fn a_page_is_what_a_build_writes_and_one_script() {
    let running = serve("title: T\n");
    let sink = crate::output::Memory::default();
    pipeline::build(running.preview.disk(), &sink, &OPTIONS(), &pipeline::Unwatched).expect("built");
    for (path, bytes) in sink.into_files() {
        let (status, _, mut served) = running.get(&format!("/{}", path.trim_end_matches("index.html")));
        assert_eq!(status, 200, "{path}");
        if path.ends_with(".html") {
            let text = String::from_utf8(served).expect("UTF-8");
            let at = text.find("<script src=\"/.rapporteur/preview.js\"").expect("the script");
            let end = at + text[at..].find("</script>").expect("its end") + "</script>".len();
            assert!(text[end..].starts_with("</body>"), "{path}");
            served = format!("{}{}", &text[..at], &text[end..]).into_bytes();
        }
        assert!(served == bytes, "{path} is not as built");
    }
}

#[test]
fn what_is_no_page_is_the_sites_own_404() {
    let running = serve("title: T\n");
    for path in [
        "/nothing/",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/rapporteur.yaml",
        "/content/debates/a/debate.yaml",
        "/%00",
        "/rapporteur.yaml",
        "/debates/a/..%5c",
    ] {
        let (status, head, body) = running.get(path);
        assert_eq!(status, 404, "{path}");
        assert!(head.contains("text/html") && String::from_utf8_lossy(&body).contains("not found"), "{path}");
    }
    let (status, head, _) = running.get("/debates/a");
    assert!(status == 302 && head.contains("location: /debates/a/"), "{head}");
}

#[test]
fn every_answer_says_what_it_is_and_keeps_others_out() {
    let running = serve("title: T\nbase_url: https://example.org/b/\n");
    for (path, kind) in [
        ("/b/", "text/html; charset=utf-8"),
        ("/b/theme/style.css", "text/css; charset=utf-8"),
        ("/b/theme/site.js", "text/javascript; charset=utf-8"),
        ("/b/map.svg", "image/svg+xml"),
        ("/b/feed.xml", "text/xml; charset=utf-8"),
        ("/b/robots.txt", "text/plain; charset=utf-8"),
        ("/b/.rapporteur/problems", "application/json; charset=utf-8"),
    ] {
        let (status, head, _) = running.get(path);
        assert_eq!(status, 200, "{path}");
        assert!(head.contains(&format!("content-type: {kind}")), "{path}: {head}");
        for wanted in [
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "frame-ancestors 'none'",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.contains(wanted), "{path}: {wanted}");
        }
        assert!(!head.contains("access-control"), "{path}");
    }
    assert_eq!(running.get("/").0, 302);
    assert_eq!(running.get("/feed.xml").0, 404);
}

#[test]
fn other_hosts_origins_and_methods_are_refused() {
    let running = serve("title: T\n");
    let host = running.host();
    assert_eq!(running.raw("GET /", "Host: evil.example\r\n").0, 403);
    assert_eq!(running.raw("GET /", "").0, 400);
    assert_eq!(running.raw("GET /", &format!("{host}Origin: http://evil.example\r\n")).0, 403);
    assert_eq!(running.raw("GET /.rapporteur/events?page=index.html", "Host: evil.example\r\n").0, 403);
    let (status, head, _) = running.raw("POST /", &host);
    assert!(status == 405 && head.contains("allow: get, head"), "{head}");
    let (status, head, body) = running.raw("HEAD /", &host);
    assert!(status == 200 && body.is_empty() && head.contains("content-type: text/html"), "{head}");
}

#[test]
fn parts_of_files_are_given_and_known_ones_are_not_sent_again() {
    let running = serve("title: T\n");
    let host = running.host();
    let (status, head, body) = running.raw("GET /numbers.bin", &format!("{host}Range: bytes=2-4\r\n"));
    assert!(status == 206 && body == b"234" && head.contains("content-range: bytes 2-4/10"), "{head}");
    let (status, head, _) = running.raw("GET /numbers.bin", &format!("{host}Range: bytes=20-\r\n"));
    assert!(status == 416 && head.contains("content-range: bytes */10"), "{head}");
    let (_, head, _) = running.get("/numbers.bin");
    let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag");
    assert_eq!(running.raw("GET /numbers.bin", &format!("{host}If-None-Match: {tag}\r\n")).0, 304);
}

#[test]
fn endless_and_slow_requests_hold_nobody_up() {
    let running = serve("title: T\n");
    let mut slow = TcpStream::connect(running.address).expect("it listens");
    slow.write_all(b"GET / HT").expect("sent");
    let long = format!("{}X-Long: {}\r\n", running.host(), "a".repeat(2 << 20));
    let (status, ..) = running.raw("GET /", &long);
    assert!(status == 431 || status == 0, "{status}");
    let target = format!("GET /{}", "a".repeat(20_000));
    assert_eq!(running.raw(&target, &running.host()).0, 404);
    assert_eq!(running.get("/").0, 200);
}

#[test]
fn a_body_that_does_not_come_holds_no_place_for_good() {
    let running = serve("title: T\n");
    let begun = Instant::now();
    let mut streams: Vec<TcpStream> = (0..600)
        .filter_map(|_| {
            let mut stream = TcpStream::connect_timeout(&running.address, Duration::from_secs(5)).ok()?;
            let head = format!(
                "POST /.rapporteur/append HTTP/1.1\r\n{}Content-Length: 10\r\n\r\n{{",
                running.host()
            );
            stream.write_all(head.as_bytes()).ok()?;
            Some(stream)
        })
        .collect();
    // More than there are places: somebody else is answered all the same.
    assert_eq!(running.get("/").0, 200);
    let mut answer = [0; 12];
    let first = streams.first_mut().expect("one of many");
    first.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    first.read_exact(&mut answer).expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 408");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn a_port_that_is_taken_is_said_with_a_free_one() {
    let running = serve("title: T\n");
    let editor = Editor::new(running.folder.path(), None, |_| None, |_| false);
    let settings = Settings {
        host: [127, 0, 0, 1].into(),
        port: Some(running.address.port()),
        allowed: Vec::new(),
        editor,
    };
    match Server::bind(settings, running.preview.clone()) {
        Err(error @ ServeError::Taken(..)) => assert!(error.to_string().contains("--port"), "{error}"),
        Err(error) => panic!("{error}"),
        Ok(server) => panic!("{} is taken", server.address()),
    }
}

#[test]
fn a_page_that_cannot_be_made_keeps_its_last_good_version() {
    let mut running = serve("title: T\ntheme: own\n");
    let folder = running.folder.path().join("themes/own/templates");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(running.folder.path().join("themes/own/theme.yaml"), "name: own\nversion: 1\n")
        .expect("a file");
    fs::write(folder.join("home.html"), "<p>good</p>").expect("a file");
    let disk = running.preview.disk().clone();
    let edition = pipeline::edition(&disk, &[Change::Rescan], &mut running.memos, &OPTIONS()).expect("read");
    running.preview.show(edition);
    let shows = |running: &Running, words: &str| {
        let (status, _, body) = running.get("/");
        assert_eq!(status, 200);
        assert!(String::from_utf8_lossy(&body).contains(words), "{}", String::from_utf8_lossy(&body));
    };
    shows(&running, "<p>good</p>");
    // A template that is no template, and one that asks for a name that there isn't.
    for broken in ["{% if %}", "{{ no_such_name }}"] {
        running.edit("themes/own/templates/home.html", broken);
        shows(&running, "<p>good</p>");
        let problems = running.preview.problems();
        assert!(problems.iter().any(|problem| problem.text.contains("home.html")), "{problems:?}");
    }
    running.edit("themes/own/templates/home.html", "<p>mended</p>");
    shows(&running, "<p>mended</p>");
    assert!(running.preview.problems().is_empty());
}

#[test]
fn a_configuration_that_breaks_is_served_around_and_mended() {
    let mut running = serve("title: T\n");
    running.edit("rapporteur.yaml", "title: [T\n");
    assert_eq!(running.get("/").0, 200);
    assert!(!running.preview.problems().is_empty());
    running.edit("rapporteur.yaml", "title: Another title\n");
    assert!(running.preview.problems().is_empty());
    assert!(String::from_utf8_lossy(&running.get("/").2).contains("Another title"));
}

#[test]
fn only_the_page_that_is_another_is_told_of_it() {
    let mut running = serve("title: T\n");
    let (page, home) = ("debates/a/index.html", "annotations/index.html");
    assert_eq!((running.get("/debates/a/").0, running.get("/annotations/").0), (200, 200));
    let mut of_page = running.preview.hub().listen(&[page.to_owned()]).expect("room");
    let mut of_home = running.preview.hub().listen(&[home.to_owned()]).expect("room");
    running.edit("content/debates/a/transcript.md", "# A\n\n### Ann:\n\nOther words that were said.\n");
    assert!(matches!(of_page.try_recv(), Ok(super::hub::Event::Page(_, Some(_)))));
    assert!(of_home.try_recv().is_err());
}

#[test]
fn stopping_ends_open_streams() {
    let mut running = serve("title: T\n");
    let mut stream = TcpStream::connect(running.address).expect("it listens");
    write!(stream, "GET /.rapporteur/events?page=index.html HTTP/1.1\r\n{}\r\n", running.host())
        .expect("sent");
    let mut begun = [0; 12];
    stream.read_exact(&mut begun).expect("an answer");
    assert_eq!(&begun, b"HTTP/1.1 200");
    let start = Instant::now();
    drop(running.stop.take());
    let thread = running.thread.take().expect("it runs");
    thread.join().expect("no fault").expect("no error");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn only_a_page_of_the_preview_writes_and_only_with_the_token() {
    let running = serve("title: T\n");
    let host = running.host();
    let origin = format!("Origin: http://{}\r\n", running.address);
    let (_, _, body) = running.get("/.rapporteur/session");
    let session: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    let token = session["token"].as_str().expect("a token").to_owned();
    let selection = r#"{"page":"debates/a/index.html","paragraph":"p1","start":0,"end":10}"#;
    let post = |headers: &str| {
        let mut stream = TcpStream::connect(running.address).expect("it listens");
        let length = selection.len();
        write!(stream, "POST /.rapporteur/append HTTP/1.1\r\n{host}{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{selection}").expect("sent");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    };
    let kind = "Content-Type: application/json\r\n";
    let sheet = running.folder.path().join("content/debates/a/new.notes.yaml");
    for headers in [
        String::new(),
        format!("{origin}{kind}"),
        format!("{kind}X-Rapporteur-Token: {token}\r\n"),
        format!("{origin}{kind}X-Rapporteur-Token: {}\r\n", "0".repeat(64)),
        format!("{origin}Content-Type: text/plain\r\nX-Rapporteur-Token: {token}\r\n"),
        format!("Origin: http://evil.example\r\n{kind}X-Rapporteur-Token: {token}\r\n"),
    ] {
        assert!(post(&headers).starts_with("HTTP/1.1 403"), "{headers}");
        assert!(!sheet.exists(), "{headers}");
    }
    let answer = post(&format!("{origin}{kind}X-Rapporteur-Token: {token}\r\n"));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let written = fs::read_to_string(sheet).expect("a sheet");
    assert!(written.contains("at: p1") && written.contains("Words that"), "{written}");
}

#[test]
fn a_card_is_served_where_pages_name_it_and_nowhere_without_an_address() {
    let running = serve("title: T\nbase_url: https://example.org/b/\n");
    let (status, head, body) = running.get("/b/debates/a/card.png");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: image/png"), "{head}");
    assert!(body.starts_with(b"\x89PNG"));
    assert_eq!(running.get("/b/debates/a/card.png").2, body, "asked for again it is the same");
    assert_eq!(running.get("/b/topics/card.png").0, 404);
    assert_eq!(serve("title: T\n").get("/debates/a/card.png").0, 404);
}

#[test]
fn every_page_says_where_it_is_written() {
    let mut running = serve("title: T\n");
    for (path, text) in [
        ("content/topics/t.md", "---\ntitle: T\naliases: [old]\n---\n"),
        ("content/people/ann.yaml", "name: Ann\n"),
        ("content/briefings/b.md", "---\ntitle: B\nstatus: in-review\n---\n"),
        ("content/pages/about.md", "---\ntitle: About\n---\n"),
        ("content/home.md", "Welcome.\n"),
        ("content/glossary.yaml", "vote: { definition: A vote. }\n"),
        (
            "content/debates/a/a.notes.yaml",
            "defaults: { status: in-review }\nannotations:\n  one: { at: p1, quote: Words, body: So. }\n",
        ),
    ] {
        let path = running.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let disk = running.preview.disk().clone();
    let edition = pipeline::edition(&disk, &[Change::Rescan], &mut running.memos, &OPTIONS());
    running.preview.show(edition.expect("read"));
    let written = |page: &str| -> Vec<(String, String, usize)> {
        let places = running.preview.places(page).into_iter();
        places.map(|place| (place.id, place.file, place.line)).collect()
    };
    for (page, file) in [
        ("index.html", "content/home.md"),
        ("topics/t/index.html", "content/topics/t.md"),
        ("topics/old/index.html", "content/topics/t.md"),
        ("people/ann/index.html", "content/people/ann.yaml"),
        ("briefings/b/index.html", "content/briefings/b.md"),
        ("about/index.html", "content/pages/about.md"),
        ("glossary/index.html", "content/glossary.yaml"),
    ] {
        assert_eq!(written(page), [(String::new(), file.to_owned(), 1)], "{page}");
    }
    let place = |id: &str, file: &str, line| (id.to_owned(), format!("content/debates/a/{file}"), line);
    assert_eq!(
        written("debates/a/index.html"),
        [place("", "debate.yaml", 1), place("p1", "transcript.md", 5), place("n-one", "a.notes.yaml", 3)]
    );
    for page in ["topics/index.html", "search/index.html", "404.html", "nothing/index.html", "map.svg"] {
        assert_eq!(written(page), [], "{page}");
    }
}
