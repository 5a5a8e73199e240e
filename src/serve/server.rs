//! The server: requests in, files of the preview and events out.

use super::editor::Editor;
use super::guard::{Guard, Refused};
use super::hub::Event;
use super::notes::{Deed, Proposal, Selection};
use super::preview::{Answer, File, Place, Preview, Problem};
use super::request::{self, Part, Target};
use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Request, Response, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Serialize;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// The port that is tried first where none is named.
const PORT: u16 = 4000;
/// How many ports after it are tried.
const FURTHER: u16 = 20;
/// How many connections are served at once.
const CONNECTIONS: usize = 512;
/// How long the head of a request may take, and how long it may be, in bytes.
const HEAD_TIME: Duration = Duration::from_secs(10);
const HEAD_SIZE: usize = 64 << 10;
/// How long the body of a request may take, and how long it may be, in bytes.
const BODY_TIME: Duration = if cfg!(test) { Duration::from_millis(300) } else { Duration::from_secs(10) };
const BODY_SIZE: usize = 64 << 10;
/// How many open pages a browser may name at once.
const PAGES: usize = 256;

const SCRIPT: &str = include_str!("assets/preview.js");
const WORKER: &str = include_str!("assets/worker.js");
const STYLE: &str = include_str!("assets/preview.css");

/// How to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address to listen at.
    pub host: IpAddr,
    /// The port; without one, the first free one from 4000.
    pub port: Option<u16>,
    /// Further names under which the preview may be asked for.
    pub allowed: Vec<String>,
    /// How sources are opened.
    pub editor: Editor,
}

/// Why nothing is served.
#[derive(Debug)]
pub enum ServeError {
    /// The port is taken; a free one, where there is one near.
    Taken(u16, Option<u16>),
    /// The system refuses to listen there.
    Listen(SocketAddr, io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Taken(port, Some(free)) => {
                write!(f, "port {port} is taken; {free} is free: --port {free}")
            }
            ServeError::Taken(port, None) => write!(f, "port {port} is taken, and so are those after it"),
            ServeError::Listen(address, error) => {
                write!(f, "cannot listen at {address}: {error}")?;
                match error.kind() {
                    io::ErrorKind::AddrNotAvailable => write!(f, "; this machine has no such address"),
                    _ => Ok(()),
                }
            }
        }
    }
}

/// A server that listens, and doesn't answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    preview: Arc<Preview>,
    guard: Guard,
    editor: Editor,
    /// Another one each time the program runs: browsers see that the server was restarted.
    session: String,
    /// What a page of this preview knows and no other can read.
    token: String,
}

impl Server {
    /// Listens.
    pub fn bind(settings: Settings, preview: Arc<Preview>) -> Result<Server, ServeError> {
        let Settings { host, port, allowed, editor } = settings;
        // Only a port that is taken leads to the next one: any other refusal holds for all of them.
        let free = |from: u16| {
            for port in from..=from.saturating_add(FURTHER) {
                match TcpListener::bind(SocketAddr::new(host, port)) {
                    Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                    Err(error) => return Err(ServeError::Listen(SocketAddr::new(host, port), error)),
                    Ok(listener) => return Ok(listener),
                }
            }
            Err(ServeError::Taken(from, None))
        };
        let listener = match port {
            Some(port) => {
                TcpListener::bind(SocketAddr::new(host, port)).map_err(|error| match error.kind() {
                    io::ErrorKind::AddrInUse => {
                        let next =
                            free(port.saturating_add(1)).ok().and_then(|socket| socket.local_addr().ok());
                        ServeError::Taken(port, next.map(|address| address.port()))
                    }
                    _ => ServeError::Listen(SocketAddr::new(host, port), error),
                })?
            }
            None => free(PORT)?,
        };
        let refused = |error| ServeError::Listen(SocketAddr::new(host, PORT), error);
        let address = listener.local_addr().map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let (session, token) = (random().map_err(refused)?, random().map_err(refused)?);
        let guard = Guard::new(address, &allowed);
        Ok(Server { listener, address, shared: Arc::new(Shared { preview, guard, editor, session, token }) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to open in a browser.
    pub fn url(&self) -> String {
        let host = match self.address.ip() {
            ip if ip.is_loopback() || ip.is_unspecified() => "localhost".to_owned(),
            IpAddr::V6(ip) => format!("[{ip}]"),
            ip @ IpAddr::V4(_) => ip.to_string(),
        };
        format!("http://{host}:{}{}", self.address.port(), self.shared.preview.base_path())
    }

    /// What whoever starts it should know.
    pub fn warning(&self) -> Option<String> {
        (!self.address.ip().is_loopback()).then(|| {
            format!(
                "warning: everybody who can reach {} can read this preview, drafts too; notes are added from this \
                 machine only",
                self.address
            )
        })
    }

    /// Answers until `stop` is sent or dropped.
    pub fn run(self, stop: oneshot::Receiver<()>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::select! {
                () = accept(&listener, &self.shared) => {}
                _ = stop => {}
            }
            Ok::<(), io::Error>(())
        })?;
        self.shared.preview.hub().close();
        // Connections that are open end with the runtime.
        runtime.shutdown_timeout(Duration::from_millis(200));
        Ok(())
    }
}

/// 32 random bytes as text.
fn random() -> io::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn accept(listener: &tokio::net::TcpListener, shared: &Arc<Shared>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { return };
        let Ok((stream, from)) = listener.accept().await else {
            // Too many open files: some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let shared = shared.clone();
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let shared = shared.clone();
                async move { Ok::<_, Infallible>(answer(shared, request, from.ip()).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(HEAD_SIZE)
                .serve_connection(TokioIo::new(stream), service);
            // A browser that goes away is no fault.
            let _ = connection.await;
            drop(place);
        });
    }
}

impl Shared {
    /// What a POST to this path does; none at others.
    fn deed(&self, path: &str) -> Option<Deed> {
        let own = path.strip_prefix(self.preview.base_path().as_str())?.strip_prefix(".rapporteur/")?;
        match own {
            "propose" => Some(Deed::Propose),
            "append" => Some(Deed::Append),
            _ => None,
        }
    }
}

/// The one door to the author's files: a page of this preview, with the token that only such a page can
/// read.
fn post(
    shared: &Shared,
    parts: &axum::http::request::Parts,
    body: Option<Bytes>,
    is_from_here: bool,
) -> Response<Body> {
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    let is_own = !header("origin").is_empty()
        && header("content-type") == "application/json"
        && same(header("x-rapporteur-token").as_bytes(), shared.token.as_bytes());
    if !is_own {
        return plain(StatusCode::FORBIDDEN, "only a page of this preview may do that");
    }
    let selection = body.and_then(|body| serde_json::from_slice::<Selection>(&body).ok());
    match (selection, shared.deed(parts.uri.path())) {
        (Some(_), Some(Deed::Append)) if !is_from_here => {
            plain(StatusCode::FORBIDDEN, "notes are added from the machine that the preview runs on only")
        }
        (Some(selection), Some(deed)) => match shared.preview.note(&selection, deed) {
            Ok(proposal) => {
                let line = proposal.line;
                let href = line.and_then(|line| shared.editor.link(&proposal.sheet, line, 1));
                let Proposal { sheet, text, .. } = proposal;
                json(&serde_json::json!({ "sheet": sheet, "text": text, "line": line, "href": href }))
            }
            Err(reason) => plain(StatusCode::UNPROCESSABLE_ENTITY, &reason),
        },
        _ => plain(StatusCode::BAD_REQUEST, "that is no selection"),
    }
}

/// Whether two texts are the same, in a time that doesn't tell how far they are.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differences, (a, b)| differences | (a ^ b)) == 0
}

async fn answer(shared: Arc<Shared>, request: Request<Incoming>, from: IpAddr) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let is_from_here = shared.guard.is_from_here(&parts.headers, from);
    let is_head = parts.method == Method::HEAD;
    let mut response = match shared.guard.check(&parts.headers) {
        Err(Refused(status, words)) => plain(status, &words),
        Ok(()) if parts.method == Method::POST && shared.deed(parts.uri.path()).is_some() => {
            // Whoever sends a byte an hour holds a place that others want.
            match tokio::time::timeout(BODY_TIME, axum::body::to_bytes(Body::new(body), BODY_SIZE)).await {
                Err(_) => plain(StatusCode::REQUEST_TIMEOUT, "the request did not come to its end in time"),
                Ok(body) => {
                    let work =
                        tokio::task::spawn_blocking(move || post(&shared, &parts, body.ok(), is_from_here));
                    work.await.unwrap_or_else(|_| {
                        plain(StatusCode::INTERNAL_SERVER_ERROR, "the preview failed at this")
                    })
                }
            }
        }
        Ok(()) if parts.method != Method::GET && !is_head => {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "GET and HEAD only");
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            response
        }
        Ok(()) => {
            let path = parts.uri.path().to_owned();
            let query = parts.uri.query().unwrap_or("").to_owned();
            // Rendering takes its time, and other browsers wait for theirs.
            let work = tokio::task::spawn_blocking(move || {
                get(&shared, &path, &query, &parts.headers, is_from_here)
            });
            work.await.unwrap_or_else(|_| {
                plain(StatusCode::INTERNAL_SERVER_ERROR, "the preview failed at this page; others still work")
            })
        }
    };
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if is_head {
        *response.body_mut() = Body::empty();
    }
    response
}

fn get(shared: &Shared, path: &str, query: &str, headers: &HeaderMap, is_from_here: bool) -> Response<Body> {
    let mount = shared.preview.base_path();
    let has = |path: &str| !matches!(shared.preview.file(path), Answer::Missing);
    match request::target(path, &mount, has) {
        Target::Elsewhere(to) => {
            let mut response = plain(StatusCode::FOUND, &to);
            if let Ok(to) = HeaderValue::from_str(&to) {
                response.headers_mut().insert(header::LOCATION, to);
            }
            response
        }
        Target::Own(name) => own(shared, &name, query, is_from_here),
        Target::File(path) => match shared.preview.file(&path) {
            Answer::Fresh(file) | Answer::LastGood(file) => {
                whole(&path, &path, &file, &mount, StatusCode::OK, headers)
            }
            Answer::Broken => broken(&mount, &path),
            Answer::Missing => missing(shared, &path, &mount, headers),
        },
        Target::Nothing => missing(shared, "404.html", &mount, headers),
    }
}

/// What belongs to the preview rather than to the site.
fn own(shared: &Shared, name: &str, query: &str, is_from_here: bool) -> Response<Body> {
    let pages = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == "page");
    let pages: Vec<String> = pages.map(|(_, page)| page.into_owned()).take(PAGES).collect();
    let page = pages.first().map_or("", String::as_str);
    match name {
        "preview.js" => typed("text/javascript; charset=utf-8", SCRIPT),
        "worker.js" => typed("text/javascript; charset=utf-8", WORKER),
        "preview.css" => typed("text/css; charset=utf-8", STYLE),
        "session" => json(&serde_json::json!({
            "token": shared.token,
            "append": is_from_here,
            "choices": shared.preview.choices(),
        })),
        "problems" => json(&problems(shared)),
        "places" => json(&places(shared, page)),
        "events" => match shared.preview.hub().listen(&pages) {
            Some(events) => {
                let hash = |page: &String| match shared.preview.file(page) {
                    Answer::Fresh(file) | Answer::LastGood(file) => Some(file.hash.to_string()),
                    Answer::Broken | Answer::Missing => None,
                };
                let hashes: BTreeMap<&str, Option<String>> =
                    pages.iter().map(|page| (page.as_str(), hash(page))).collect();
                let hello = serde_json::json!({ "session": shared.session, "hashes": hashes });
                let first = sse::Event::default().event("hello").data(hello.to_string());
                Sse::new(told(first, events)).keep_alive(KeepAlive::default()).into_response()
            }
            None => plain(StatusCode::SERVICE_UNAVAILABLE, "too many pages listen already"),
        },
        _ => plain(StatusCode::NOT_FOUND, "there is no such part of the preview"),
    }
}

fn told(
    first: sse::Event,
    events: tokio::sync::mpsc::Receiver<Event>,
) -> impl Stream<Item = Result<sse::Event, Infallible>> {
    stream::unfold((Some(first), events), |(first, mut events)| async move {
        let event = match first {
            Some(first) => first,
            None => match events.recv().await? {
                Event::Page(page, hash) => {
                    let page = serde_json::json!({ "page": page, "hash": hash.map(|hash| hash.to_string()) });
                    sse::Event::default().event("page").data(page.to_string())
                }
                Event::Style(path, hash) => {
                    let style = serde_json::json!({ "path": path, "hash": hash.to_string() });
                    sse::Event::default().event("style").data(style.to_string())
                }
                Event::Reload => sse::Event::default().event("reload").data("{}"),
                Event::Problems => sse::Event::default().event("problems").data("{}"),
            },
        };
        Some((Ok(event), (None, events)))
    })
}

/// Something with the address that opens it in the editor.
#[derive(Serialize)]
struct Linked<T> {
    #[serde(flatten)]
    of: T,
    href: Option<String>,
}

fn problems(shared: &Shared) -> Vec<Linked<Problem>> {
    let problems = shared.preview.problems();
    let link = |problem: &Problem| {
        shared.editor.link(problem.file.as_deref()?, problem.line.unwrap_or(1), problem.column.unwrap_or(1))
    };
    problems.iter().map(|problem| Linked { href: link(problem), of: problem.clone() }).collect()
}

fn places(shared: &Shared, page: &str) -> Vec<Linked<Place>> {
    let places = shared.preview.places(page).into_iter();
    places.map(|place| Linked { href: shared.editor.link(&place.file, place.line, 1), of: place }).collect()
}

/// A file of the site, or the part of it that is asked for. `asked` is the path that the browser asked
/// for, where the file stands in for another.
fn whole(
    path: &str,
    asked: &str,
    file: &File,
    mount: &str,
    status: StatusCode,
    headers: &HeaderMap,
) -> Response<Body> {
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = mime.type_() == "text"
        || matches!(mime.subtype().as_str(), "javascript" | "json" | "xml")
        || mime.suffix().is_some_and(|suffix| suffix == "xml");
    let bytes: Bytes = match mime.essence_str() {
        "text/html" => with_script(file, &script(mount, asked, &file.hash.to_string())).into(),
        _ => Bytes::from_owner(file.bytes.clone()),
    };
    let tag = format!("\"{}\"", file.hash);
    let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_known = header(header::IF_NONE_MATCH).is_some_and(|known| known.split(", ").any(|one| one == tag));
    let range = header(header::RANGE)
        .filter(|_| status == StatusCode::OK && header(header::IF_RANGE).is_none_or(|known| known == tag));
    let length = bytes.len();
    let (status, body, range) = match request::part(range, length as u64) {
        _ if is_known && status == StatusCode::OK => (StatusCode::NOT_MODIFIED, Bytes::new(), None),
        Part::Whole => (status, bytes, None),
        Part::Bytes(range) => {
            let slice = bytes.slice(*range.start() as usize..=*range.end() as usize);
            let words = format!("bytes {}-{}/{length}", range.start(), range.end());
            (StatusCode::PARTIAL_CONTENT, slice, Some(words))
        }
        Part::Impossible => {
            (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(format!("bytes */{length}")))
        }
    };
    let kind = if is_text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let fields = [
        (header::CONTENT_TYPE, Some(kind)),
        (header::ETAG, Some(tag)),
        (header::ACCEPT_RANGES, Some("bytes".to_owned())),
        (header::CONTENT_RANGE, range),
    ];
    for (name, value) in fields {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The element that loads the preview's script and tells it which page it is on.
fn script(mount: &str, path: &str, hash: &str) -> String {
    let mut escaped = String::new();
    // Writing to a text does not fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, path);
    format!(
        "<script src=\"{mount}.rapporteur/preview.js\" data-path=\"{escaped}\" data-hash=\"{hash}\" defer></script>"
    )
}

/// A page with the preview's script: the one thing in which it differs from what a build writes.
fn with_script(file: &File, tag: &str) -> Vec<u8> {
    let at = memchr::memmem::rfind(&file.bytes, b"</body>").unwrap_or(file.bytes.len());
    let mut page = Vec::with_capacity(file.bytes.len() + tag.len());
    page.extend_from_slice(&file.bytes[..at]);
    page.extend_from_slice(tag.as_bytes());
    page.extend_from_slice(&file.bytes[at..]);
    page
}

fn missing(shared: &Shared, path: &str, mount: &str, headers: &HeaderMap) -> Response<Body> {
    match shared.preview.file("404.html") {
        Answer::Fresh(file) | Answer::LastGood(file) => {
            whole("404.html", path, &file, mount, StatusCode::NOT_FOUND, headers)
        }
        Answer::Broken | Answer::Missing => plain(StatusCode::NOT_FOUND, "there is no such page"),
    }
}

/// A page in place of one that can't be made and never could: it comes to life when the page does.
fn broken(mount: &str, path: &str) -> Response<Body> {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>This page can't be made yet</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head><body><main>\
         <h1>This page can't be made yet</h1><p>The list below says what is wrong. The page appears here as soon \
         as that is mended.</p></main>\
         {}</body></html>",
        script(mount, path, "")
    );
    let mut response = typed("text/html; charset=utf-8", page);
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

fn typed(kind: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn plain(status: StatusCode, words: &str) -> Response<Body> {
    let mut response = typed("text/plain; charset=utf-8", format!("{words}\n"));
    *response.status_mut() = status;
    response
}

fn json(value: &impl Serialize) -> Response<Body> {
    let text = serde_json::to_string(value).expect("plain values");
    typed("application/json; charset=utf-8", text)
}
