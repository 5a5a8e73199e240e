//! The preview as an editor sees it, in a real browser: an edit patches the open page and leaves the
//! reader where they were, a mistake shows a panel and goes away when it is mended.
//!
//! Needs `chromium`. Without it these claims are not tried, unless `RAPPORTEUR_BROWSER` says that they
//! must be.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tungstenite::WebSocket;

const PATIENCE: Duration = Duration::from_secs(30);
const DEBATE: &str = "debates/2012-12-20-human-trafficking/";

/// A program that ends with the test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The preview of a copy of the demonstration, and a browser.
pub struct Desk {
    site: TempDir,
    address: String,
    debugger: String,
    _server: Program,
    _browser: Program,
    _profile: TempDir,
}

/// The first line of a program's output that holds `words`, from there on.
fn line_with(output: impl std::io::Read + Send + 'static, words: &'static str) -> String {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        // Read to the end, so that the program never waits to be heard.
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some(at) = line.find(words) {
                let _ = sender.send(line[at..].split_whitespace().next().unwrap_or("").to_owned());
            }
        }
    });
    receiver.recv_timeout(PATIENCE).expect("the program says where it listens")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("a file")),
        }
    }
}

pub fn desk() -> Option<Desk> {
    desk_of(|site| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&root.join("content"), &site.join("content"));
        copy(&root.join("themes"), &site.join("themes"));
        fs::copy(root.join("rapporteur.yaml"), site.join("rapporteur.yaml")).expect("a file");
    })
}

/// The preview of the site that `lay_out` puts into a folder, and a browser.
pub fn desk_of(lay_out: impl FnOnce(&Path)) -> Option<Desk> {
    let profile = TempDir::new().expect("a folder");
    let browser = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--remote-debugging-port=0", "--window-size=1280,800"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg("about:blank")
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn();
    let mut browser = match browser {
        Ok(browser) => Program(browser),
        Err(error) => {
            assert!(std::env::var_os("RAPPORTEUR_BROWSER").is_none(), "no chromium: {error}");
            println!("skipped: no chromium");
            return None;
        }
    };
    let listening = line_with(browser.0.stderr.take().expect("piped"), "ws://");
    let debugger = listening.trim_start_matches("ws://").split('/').next().expect("a host").to_owned();
    let site = TempDir::new().expect("a folder");
    lay_out(site.path());
    let mut server = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["serve", "--as-of", "2013-01-10", "--editor", "code", "--root"])
        .arg(site.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Program)
        .expect("the program starts");
    let address = line_with(server.0.stdout.take().expect("piped"), "http://");
    Some(Desk { site, address, debugger, _server: server, _browser: browser, _profile: profile })
}

/// A page open in the browser.
pub struct Tab {
    socket: WebSocket<TcpStream>,
    count: u64,
}

impl Desk {
    pub fn open(&self, path: &str) -> Tab {
        let mut tab = self.open_at(&format!("{}{path}", self.address));
        // The panel's host stands when the preview's script has run.
        tab.until("document.querySelector('#rapporteur-preview') !== null");
        tab
    }

    /// The folder of the site.
    pub fn site(&self) -> &Path {
        self.site.path()
    }

    /// Opens any address.
    pub fn open_at(&self, address: &str) -> Tab {
        let address = format!("http://{}/json/new?{address}", self.debugger);
        let mut answer = ureq::put(address).send_empty().expect("the browser answers");
        let text = answer.body_mut().read_to_string().expect("a text");
        let target: Value = serde_json::from_str(&text).expect("JSON");
        let url = target["webSocketDebuggerUrl"].as_str().expect("an address").to_owned();
        let stream = TcpStream::connect(&self.debugger).expect("the browser listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let (socket, _) = tungstenite::client(url, stream).expect("a web socket");
        Tab { socket, count: 0 }
    }

    pub fn edit(&self, path: &str, change: impl Fn(String) -> String) {
        let path = self.site.path().join(path);
        let text = fs::read_to_string(&path).expect("a file");
        fs::write(&path, change(text)).expect("written");
    }
}

impl Tab {
    /// The value of an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        self.count += 1;
        let call = json!({ "id": self.count, "method": "Runtime.evaluate",
            "params": { "expression": expression, "awaitPromise": true, "returnByValue": true } });
        self.socket.send(call.to_string().into()).expect("sent");
        loop {
            let message = self.socket.read().expect("an answer");
            let answer: Value = serde_json::from_str(message.to_text().expect("a text")).expect("JSON");
            if answer["id"] == self.count {
                return answer["result"]["result"]["value"].clone();
            }
        }
    }

    /// Waits until an expression is true.
    pub fn until(&mut self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        while self.value(expression) != Value::Bool(true) {
            assert!(Instant::now() < end, "never true: {expression}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

const SHEET: &str = "content/debates/2012-12-20-human-trafficking/policing.notes.yaml";
const PANEL: &str = "document.querySelector('#rapporteur-preview').shadowRoot.querySelector('.panel')";
const STATUS: &str =
    "document.querySelector('#rapporteur-preview').shadowRoot.querySelector('[role=status]')";

#[test]
fn an_editor_at_work_sees_each_save_and_stays_where_they_were() {
    let Some(desk) = desk() else { return };
    let mut page = desk.open(DEBATE);
    let mut other = desk.open("glossary/index.html");
    for tab in [&mut page, &mut other] {
        tab.value("window.stillHere = true");
    }

    // An edit patches the page: no load, the same scroll, the same focus.
    page.value("document.querySelector('#p8').scrollIntoView(); document.querySelector('a[href=\"#p8\"]').focus({ preventScroll: true })");
    let top = page.value("Math.round(document.querySelector('#p8').getBoundingClientRect().top)");
    desk.edit(SHEET, |text| text.replacen("body: |\n", "body: |\n      Words just typed.\n", 1));
    page.until("document.body.textContent.includes('Words just typed.')");
    assert_eq!(page.value("window.stillHere"), Value::Bool(true), "the page was loaded anew");
    assert_eq!(page.value("document.activeElement.getAttribute('href')"), "#p8");
    let now = page.value("Math.round(document.querySelector('#p8').getBoundingClientRect().top)");
    // A page is scrolled by whole pixels and laid out in parts of one.
    let moved = now.as_f64().expect("a number") - top.as_f64().expect("a number");
    assert!(moved.abs() <= 1.0, "the paragraph moved on the screen by {moved}");
    // The page as patched is the page as served.
    let same = "fetch(location.href).then(r => r.text()).then(t => { const next = new DOMParser().parseFromString(t, 'text/html'); \
                return next.querySelector('main').isEqualNode(document.querySelector('main')) })";
    assert_eq!(page.value(same), Value::Bool(true));

    // A mistake shows the panel with the same text as `check`, escaped; editing goes on.
    desk.edit(SHEET, |text| format!("{text}\n  <b>broken</b>: [\n"));
    page.until(&format!("!{PANEL}.hidden"));
    let words = page.value(&format!("{PANEL}.textContent"));
    let words = words.as_str().expect("a text");
    assert!(
        words.contains("error[") && words.contains("policing.notes.yaml:") && words.contains("help:"),
        "{words}"
    );
    assert_eq!(page.value(&format!("{PANEL}.querySelectorAll('b').length")), 0);
    assert_eq!(page.value(&format!("{PANEL}.getAttribute('aria-labelledby')")), "heading");
    assert!(
        page.value(&format!("{STATUS}.textContent")).as_str().is_some_and(|text| text.starts_with("1 error"))
    );
    let link = page.value(&format!("{PANEL}.querySelector('a').href"));
    assert!(link.as_str().is_some_and(|link| link.starts_with("vscode://file/")), "{link}");
    other.until(&format!("!{PANEL}.hidden"));
    // Escape hides it.
    page.value(&format!(
        "{PANEL}.focus(); {PANEL}.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Escape' }}))"
    ));
    assert_eq!(page.value(&format!("{PANEL}.hidden")), Value::Bool(true));

    // Mended, it is gone and that is announced.
    desk.edit(SHEET, |text| text.replace("\n  <b>broken</b>: [\n", ""));
    other.until(&format!("{PANEL}.hidden"));
    page.until(&format!("{STATUS}.textContent === 'Everything is mended.'"));

    // A style is swapped without a load.
    let sheets = "document.querySelectorAll('link[rel=stylesheet]').length";
    let linked = page.value(sheets);
    desk.edit("themes/default/static/style.css", |text| {
        format!("{text}\nbody {{ outline: 7px solid red }}\n")
    });
    page.until("getComputedStyle(document.body).outlineWidth === '7px'");
    assert_eq!(page.value(sheets), linked);
    for tab in [&mut page, &mut other] {
        assert_eq!(tab.value("window.stillHere"), Value::Bool(true), "a page was loaded anew");
    }
    // Paragraphs and notes lead to their sources, and nothing is put into the record.
    page.value(
        "document.querySelector('#p2').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))",
    );
    let pen = "document.querySelector('#rapporteur-preview').shadowRoot.querySelector('.pen a')";
    let link = page.value(&format!("{pen}.href"));
    assert!(link.as_str().is_some_and(|link| link.contains("transcript.txt:")), "{link}");
    assert_eq!(page.value("document.querySelectorAll('#p2 *:not(mark)').length"), 0);

    // Selected words become a note of the sheet by two clicks, and the page shows it.
    page.value("{ const text = document.querySelector('#p2').firstChild; const range = document.createRange(); \
                range.setStart(text, 2); range.setEnd(text, 30); getSelection().removeAllRanges(); getSelection().addRange(range); \
                document.querySelector('#p2').dispatchEvent(new PointerEvent('pointerup', { bubbles: true })) }");
    let offer = "document.querySelector('#rapporteur-preview').shadowRoot.querySelector('.offer')";
    page.until(&format!("!{offer}.hidden && {offer}.querySelector('button') !== null"));
    page.value(&format!("{offer}.querySelector('button').click()"));
    page.until(&format!("{offer}.querySelector('pre') !== null"));
    let entry = page.value(&format!("{offer}.querySelector('pre').textContent"));
    let entry = entry.as_str().expect("a text").to_owned();
    assert!(entry.contains("at: p2") && entry.contains("quote: >-"), "{entry}");
    // The kinds and the topics of the site can be chosen, and the note says so.
    assert_eq!(page.value(&format!("{offer}.querySelectorAll('select option').length")), 8);
    page.value(&format!("{{ const kind = {offer}.querySelector('select'); kind.value = 'claim'; kind.dispatchEvent(new Event('change')) }}"));
    page.until(&format!("{offer}.querySelector('pre').textContent.includes('kind: claim')"));
    let entry = page.value(&format!("{offer}.querySelector('pre').textContent"));
    let entry = entry.as_str().expect("a text").to_owned();
    page.value(&format!("{offer}.querySelectorAll('button')[1].click()"));
    let id = entry.trim().split(':').next().expect("an id").to_owned();
    page.until(&format!("document.getElementById('n-{id}') !== null"));
    let sheet = desk.site.path().join("content/debates/2012-12-20-human-trafficking/new.notes.yaml");
    assert!(fs::read_to_string(sheet).expect("a sheet").contains(&entry));
}

#[test]
fn every_open_page_follows_a_save_however_many_there_are() {
    let Some(desk) = desk() else { return };
    let mut tabs: Vec<Tab> = (0..10).map(|_| desk.open(DEBATE)).collect();
    tabs.push(desk.open("glossary/index.html"));
    desk.edit(SHEET, |text| text.replacen("body: |\n", "body: |\n      Words just typed.\n", 1));
    for tab in &mut tabs[..10] {
        tab.until("document.body.textContent.includes('Words just typed.')");
    }
    // One that is closed is not missed.
    tabs.remove(3).value("window.close()");
    desk.edit(SHEET, |text| text.replace("Words just typed.", "And typed again."));
    for tab in &mut tabs[..9] {
        tab.until("document.body.textContent.includes('And typed again.')");
    }
}
