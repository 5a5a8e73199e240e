//! Addresses elsewhere: which answer, how politely they are asked, and that what others do breaks nothing.

use crate::desk::Desk;
use rapporteur::desk::{Answers, Landing, Looked, Manners, Outside};
use rapporteur::load::Strings;
use rapporteur::pipeline::{Memos, Options, Unwatched, edition, rebuild};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A server of which every path does what it is called.
struct Server {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
    most_at_once: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let most_at_once: Arc<AtomicUsize> = Arc::default();
        let now = Arc::new(AtomicUsize::new(0));
        let (log, most) = (asked.clone(), most_at_once.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, most, now) = (log.clone(), most.clone(), now.clone());
                thread::spawn(move || answer(stream, &log, &now, &most));
            }
        });
        Server { base, asked, most_at_once }
    }

    fn asked(&self, path: &str) -> Vec<String> {
        let asked = self.asked.lock().expect("no panic");
        let of = asked.iter().filter(|line| line.split(' ').nth(1) == Some(path));
        of.map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect()
    }

    fn count(&self) -> usize {
        self.asked.lock().expect("no panic").len()
    }
}

fn answer(stream: TcpStream, log: &Mutex<Vec<String>>, now: &AtomicUsize, most: &AtomicUsize) {
    let mut writer = stream.try_clone().expect("a stream");
    let mut lines = BufReader::new(stream).lines();
    // A connection may be used again.
    while let Some(Ok(first)) = lines.next() {
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let before = {
            let mut log = log.lock().expect("no panic");
            log.push(first.clone());
            log.iter().filter(|line| line.split(' ').nth(1) == Some(&path)).count() - 1
        };
        let (status, header) = match path.as_str() {
            "/gone" => ("404 Not Found", ""),
            "/no-head" if first.starts_with("HEAD") => ("405 Method Not Allowed", ""),
            "/refused" => ("403 Forbidden", ""),
            "/loop" => ("302 Found", "location: /loop\r\n"),
            "/moved" => ("301 Moved Permanently", "location: /fine\r\n"),
            "/busy" if before == 0 => ("429 Too Many Requests", "retry-after: 0\r\n"),
            "/later" => ("429 Too Many Requests", "retry-after: 3600\r\n"),
            "/broken" => ("500 Internal Server Error", ""),
            "/silent" => {
                thread::sleep(Duration::from_secs(5));
                now.fetch_sub(1, Ordering::SeqCst);
                return;
            }
            _ => ("200 OK", ""),
        };
        thread::sleep(Duration::from_millis(5));
        now.fetch_sub(1, Ordering::SeqCst);
        let head = format!("HTTP/1.1 {status}\r\n{header}content-length: 0\r\n\r\n");
        if writer.write_all(head.as_bytes()).is_err() {
            return;
        }
    }
}

fn hasty() -> Manners {
    Manners {
        pause: Duration::from_millis(1),
        patience: Duration::from_millis(500),
        wait: Duration::from_secs(1),
        servers: 4,
        redirects: 5,
    }
}

fn site(page: &str) -> Strings {
    Strings::default()
        .with("rapporteur.yaml", "title: Site\n")
        .with("content/pages/links.md", format!("---\ntitle: Links\n---\n{page}\n"))
}

fn look(site: &Strings, known: &mut Answers, now: u64) -> Looked {
    let (mut memos, options) = (Memos::default(), Options::default());
    let edition = edition(site, &[], &mut memos, &options).expect("memory does not fail");
    let landing = Landing::default();
    rebuild(site, &[], &mut memos, &landing, &options, &Unwatched).expect("memory does not fail");
    let outside = Outside::of(&landing, None, site, edition.layout()).expect("memory does not fail");
    outside.look(known, now, &hasty())
}

#[test]
fn every_address_is_judged_by_what_its_server_does() {
    let server = Server::start();
    let paths = ["fine", "gone", "no-head", "refused", "loop", "moved", "busy", "broken", "silent"];
    let text: Vec<String> = paths.iter().map(|path| format!("- [{path}]({}/{path})", server.base)).collect();
    let site = site(&(text.join("\n") + "\n- [nobody](http://127.0.0.1:1/)"));
    let looked = look(&site, &mut Answers::default(), 1_000);
    let dead: BTreeMap<String, String> = looked
        .diagnostics
        .iter()
        .map(|one| {
            let place = one.place.as_ref().expect("a place");
            let at = place.source.line_column(place.span.start as usize);
            assert_eq!(place.source.path.as_str(), "content/pages/links.md");
            (one.message.clone(), format!("{}:{}", at.line, at.column))
        })
        .collect();
    let of = |path: &str| {
        dead.iter()
            .find(|(message, _)| message.contains(path))
            .map(|(message, at)| (message.as_str(), at.as_str()))
    };
    assert!(
        of("/gone`").is_some_and(|(message, at)| message.ends_with("404 Not Found") && at == "5:10"),
        "{dead:?}"
    );
    assert!(
        of("/loop`").is_some_and(|(message, _)| message.contains("leads on more than 5 times")),
        "{dead:?}"
    );
    assert!(of("/broken`").is_some_and(|(message, _)| message.contains("500")), "{dead:?}");
    assert!(
        of("/silent`").is_some_and(|(message, _)| message.contains("no answer within 0.5 s")),
        "{dead:?}"
    );
    assert!(of("127.0.0.1:1/`").is_some(), "{dead:?}");
    assert_eq!((dead.len(), looked.fine), (5, 4), "{dead:?}");
    assert!(looked.unsure.iter().all(|(address, _)| address.ends_with("/refused")), "{:?}", looked.unsure);
    assert_eq!(server.asked("/no-head"), ["HEAD", "GET"]);
    assert_eq!(server.asked("/gone"), ["HEAD", "GET"], "the head alone is no proof");
    assert_eq!(server.asked("/fine")[0], "HEAD");
}

#[test]
fn one_server_is_asked_one_thing_at_a_time_and_not_again_once_it_wants_more_time() {
    let server = Server::start();
    let links: Vec<String> = (0..20).map(|number| format!("[x]({}/fine-{number})", server.base)).collect();
    let looked = look(&site(&links.join(" ")), &mut Answers::default(), 0);
    assert_eq!((looked.fine, server.most_at_once.load(Ordering::SeqCst)), (20, 1));

    let busy = Server::start();
    let links: Vec<String> = ["later", "z1", "z2"].map(|path| format!("[x]({}/{path})", busy.base)).into();
    let looked = look(&site(&links.join(" ")), &mut Answers::default(), 0);
    assert_eq!((looked.unsure.len(), looked.diagnostics.len(), busy.count()), (3, 0, 1));
}

#[test]
fn what_was_answered_is_not_asked_again_until_it_is_old() {
    let server = Server::start();
    let site = site(&format!("[a]({0}/fine#part) [b]({0}/gone) <{0}/fine>", server.base));
    let mut known = Answers::default();
    look(&site, &mut known, 1_000);
    let asked = server.count();
    assert_eq!(asked, 3, "two addresses, one of them twice for the whole");
    let again = look(&site, &mut known, 1_500);
    assert_eq!((again.remembered, again.fine, again.diagnostics.len(), server.count()), (2, 1, 1, asked));
    // After a day only what was dead is asked for again.
    look(&site, &mut known, 1_000 + 24 * 3600);
    assert_eq!((server.asked("/fine").len(), server.asked("/gone").len()), (1, 4));
}

#[test]
fn a_dead_address_is_a_warning_with_its_line_and_breaks_nothing() {
    let server = Server::start();
    let desk = Desk::new();
    let page = format!("---\ntitle: Links\n---\n[a]({0}/gone) and [b]({0}/fine).\n", server.base);
    desk.put("content/pages/links.md", &page);
    let run = desk.run(&["check", "--external", "--deny", "warnings"]);
    assert_eq!(run.code, 0, "{}", run.said);
    for said in [
        "warning[dead-outside-link]",
        "content/pages/links.md:4:5",
        "1 fine, 1 dead, 0 unsure",
        "from links/index.html",
    ] {
        assert!(run.said.contains(said), "{said}: {}", run.said);
    }
    let count = server.count();
    let again = desk.run(&["check", "--external"]);
    assert!(again.said.contains("2 known from an earlier check"), "{}", again.said);
    assert_eq!(server.count(), count);
    let by_name = desk.run(&["check", "--external", "--deny", "dead-outside-link"]);
    assert_eq!(by_name.code, 1, "{}", by_name.said);
    assert_eq!(desk.run(&["build"]).code, 0, "a build asks nobody");
    assert_eq!(server.count(), count);
}

#[test]
fn a_program_that_opens_no_https_says_so_and_how_to_have_one_that_does() {
    let desk = Desk::new();
    desk.put("content/pages/links.md", "---\ntitle: Links\n---\n[a](https://nobody.invalid/x)\n");
    let run = desk.run(&["check", "--external"]);
    assert_eq!(run.code, 0, "{}", run.said);
    let says = run.said.contains("--features external");
    assert_eq!(says, !rapporteur::desk::OPENS_HTTPS, "{}", run.said);
}
