//! The server: what each message does, and what the editor is told after a check.

use super::Event;
use super::files::{Files, file_of};
use super::text::{Lines, apply};
use super::wire::{self, Incoming};
use super::worker::{self, Asking, Checked, Job};
use super::{change, complete, hover, lead, watch};
use crate::desk::site_above;
use crate::diagnostics::{self, Severity};
use crate::load::Change;
use crate::pipeline::Edition;
use crate::text::{SitePath, Source};
use crate::yaml::{self, Unit};
use lsp_server::{ErrorCode, Notification, Request, RequestId, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability, CompletionOptions,
    CompletionParams, Diagnostic, DiagnosticSeverity, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileChangeType,
    GotoDefinitionParams, Hover, HoverContents, HoverParams, HoverProviderCapability, InitializeParams,
    MarkupContent, MarkupKind, NumberOrString, OneOf, PrepareRenameResponse, PublishDiagnosticsParams,
    ReferenceParams, RenameOptions, RenameParams, ResourceOperationKind, ServerCapabilities,
    TextDocumentPositionParams, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// How many mistakes of one file an editor is told of.
const TOLD: usize = 1_000;

/// How serving ended.
pub struct Ended {
    /// Whether the editor said so, as it should.
    pub asked: bool,
    /// What the machine refused.
    pub error: Option<io::Error>,
}

/// How far the editor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It has not said who it is.
    Begun,
    /// It works.
    Open,
    /// It said that it ends.
    Closing,
}

/// The server.
pub struct Server {
    root: Option<PathBuf>,
    asking: Asking,
    events: Sender<Event>,
    out: Sender<Value>,
    phase: Phase,
    can_move: bool,
    site: Option<Site>,
}

/// The site that is worked on.
struct Site {
    files: Files,
    edition: Option<Arc<Edition>>,
    /// What the editor was told of each file.
    told: BTreeMap<SitePath, Vec<diagnostics::Diagnostic>>,
    /// What became of the files since the last check.
    pending: Vec<Change>,
    is_checking: bool,
    jobs: Sender<Job>,
}

/// What an answer is made from: the files as they are now, the site as it was last checked.
pub struct Look<'l> {
    /// The files.
    pub files: &'l Files,
    /// The site with its drafts.
    pub edition: Option<Arc<Edition>>,
    told: &'l BTreeMap<SitePath, Vec<diagnostics::Diagnostic>>,
}

impl Look<'_> {
    /// The mistakes at some bytes of a file, as far as its text is still that which was checked.
    pub fn told_at(&self, source: &Source, range: Range<usize>) -> Vec<&diagnostics::Diagnostic> {
        let told = self.told.get(&source.path).into_iter().flatten();
        let is_here = |one: &&diagnostics::Diagnostic| {
            one.place.as_ref().is_some_and(|place| {
                let span = place.span.range();
                let is_whole = place.source.text.is_empty();
                (is_whole || place.source.text == source.text)
                    && span.start <= range.end
                    && range.start <= span.end
            })
        };
        told.filter(is_here).collect()
    }

    /// A file of the site as the program reads it.
    ///
    /// # Errors
    /// The machine's.
    pub fn read(&self, path: &str) -> io::Result<Option<Source>> {
        SitePath::new(path).map_or(Ok(None), |path| change::read(self, &path))
    }

    /// The keys of the shared sources, with their titles.
    pub fn shared_sources(&self) -> Vec<(String, String)> {
        let Ok(Some(source)) = self.read("content/sources.yaml") else { return Vec::new() };
        let node = yaml::parse(&source, Unit::TopKey).value;
        let pairs = node.iter().flat_map(|node| node.pairs());
        let title = |node: &yaml::Node| node.get("title").and_then(|title| title.text().map(str::to_owned));
        pairs.map(|(key, value)| (key.text.to_string(), title(value).unwrap_or_default())).collect()
    }
}

impl Site {
    fn look(&self) -> Look<'_> {
        Look { files: &self.files, edition: self.edition.clone(), told: &self.told }
    }
}

/// Why a request has no result.
struct Refusal(ErrorCode, String);

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Refusal(ErrorCode::RequestFailed, format!("the site's files can't be read: {error}"))
    }
}

impl Server {
    /// A server that nobody has spoken to.
    pub fn new(root: Option<PathBuf>, asking: Asking, events: Sender<Event>, out: Sender<Value>) -> Self {
        Server { root, asking, events, out, phase: Phase::Begun, can_move: false, site: None }
    }

    /// Whether a check is being made.
    pub fn is_checking(&self) -> bool {
        self.site.as_ref().is_some_and(|site| site.is_checking)
    }

    /// How many changes are not checked yet.
    pub fn pending(&self) -> usize {
        self.site.as_ref().map_or(0, |site| site.pending.len())
    }

    /// Takes a message. Gives how serving ended, where it did.
    pub fn take(&mut self, message: Incoming) -> Option<Ended> {
        match message {
            Incoming::Request(request) => {
                let id = request.id.clone();
                let response = match self.answer(request) {
                    Ok(result) => Response::new_ok(id, result),
                    Err(Refusal(code, why)) => Response::new_err(id, code as i32, why),
                };
                self.send(wire::response(&response));
            }
            Incoming::Notification(notification) if notification.method == "exit" => {
                return Some(Ended { asked: self.phase == Phase::Closing, error: None });
            }
            Incoming::Notification(notification) if self.phase == Phase::Open => self.note(notification),
            Incoming::Nonsense(answer) => self.send(answer),
            Incoming::Notification(_) | Incoming::Answer => {}
        }
        None
    }

    fn send(&self, message: Value) {
        // An editor that is gone is told by the reading thread.
        let _ = self.out.send(message);
    }

    fn answer(&mut self, request: Request) -> Result<Value, Refusal> {
        let Request { id, method, params } = request;
        match (self.phase, method.as_str()) {
            (Phase::Begun, "initialize") => return self.initialize(parsed(&method, params)?),
            (Phase::Begun, _) => {
                return Err(Refusal(ErrorCode::ServerNotInitialized, "`initialize` comes first".to_owned()));
            }
            (Phase::Closing, _) => {
                return Err(Refusal(ErrorCode::InvalidRequest, "after `shutdown` comes `exit`".to_owned()));
            }
            (Phase::Open, "initialize") => {
                return Err(Refusal(ErrorCode::InvalidRequest, "`initialize` came already".to_owned()));
            }
            (Phase::Open, "shutdown") => {
                self.phase = Phase::Closing;
                return Ok(Value::Null);
            }
            (Phase::Open, _) => {}
        }
        self.asked(&id, &method, params)
    }

    fn asked(&mut self, _: &RequestId, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            "textDocument/completion" => {
                let params: CompletionParams = parsed(method, params)?;
                let at = params.text_document_position;
                self.at(&at, Value::Null, |look, source, offset| {
                    let items = complete::complete(look, source, offset);
                    // What fits depends on every letter of a quotation.
                    Ok(json!({ "isIncomplete": true, "items": items }))
                })
            }
            "textDocument/hover" => {
                let params: HoverParams = parsed(method, params)?;
                self.at(&params.text_document_position_params, Value::Null, |look, source, offset| {
                    let Some((value, span)) = hover::hover(look, source, offset) else {
                        return Ok(Value::Null);
                    };
                    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
                    let range = Some(Lines::new(&source.text).range(span));
                    Ok(json!(Hover { contents, range }))
                })
            }
            "textDocument/definition" => {
                let params: GotoDefinitionParams = parsed(method, params)?;
                self.at(&params.text_document_position_params, Value::Null, |look, source, offset| {
                    Ok(json!(lead::definition(look, source, offset)?))
                })
            }
            "textDocument/references" => {
                let params: ReferenceParams = parsed(method, params)?;
                self.at(&params.text_document_position, Value::Null, |look, source, offset| {
                    Ok(json!(lead::references(look, source, offset)?))
                })
            }
            "textDocument/prepareRename" => {
                let params: TextDocumentPositionParams = parsed(method, params)?;
                self.at(&params, Value::Null, |look, source, offset| {
                    let Some((_, span)) = change::renamable(look, source, offset) else {
                        return Ok(Value::Null);
                    };
                    Ok(json!(PrepareRenameResponse::Range(Lines::new(&source.text).range(span))))
                })
            }
            "textDocument/rename" => {
                let params: RenameParams = parsed(method, params)?;
                let can_move = self.can_move;
                self.at(&params.text_document_position, Value::Null, |look, source, offset| {
                    let refused = |why: String| Err(Refusal(ErrorCode::RequestFailed, why));
                    let Some((named, _)) = change::renamable(look, source, offset) else {
                        return refused("nothing here can be renamed".to_owned());
                    };
                    match change::rename(look, &named, &params.new_name, can_move)? {
                        Ok(edit) => Ok(json!(edit)),
                        Err(why) => refused(why),
                    }
                })
            }
            "textDocument/codeAction" => {
                let params: CodeActionParams = parsed(method, params)?;
                let uri = params.text_document.uri;
                let at = TextDocumentPositionParams {
                    text_document: lsp_types::TextDocumentIdentifier { uri: uri.clone() },
                    position: params.range.start,
                };
                self.at(&at, json!([]), |look, source, offset| {
                    let end = Lines::new(&source.text).offset(params.range.end).max(offset);
                    Ok(json!(change::fixes(look, source, offset..end, &uri)))
                })
            }
            _ => Err(Refusal(ErrorCode::MethodNotFound, format!("there is no method `{method}` here"))),
        }
    }

    /// Answers a question about a place of a file of the site; `otherwise` where the file is none.
    fn at(
        &self,
        at: &TextDocumentPositionParams,
        otherwise: Value,
        answer: impl FnOnce(&Look<'_>, &Source, usize) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        let Some(site) = &self.site else { return Ok(otherwise) };
        let Some(path) = site.files.path_of(&at.text_document.uri) else { return Ok(otherwise) };
        let look = site.look();
        let Some(source) = change::read(&look, &path)? else { return Ok(otherwise) };
        let offset = Lines::new(&source.text).offset(at.position);
        answer(&look, &source, offset)
    }

    fn initialize(&mut self, params: InitializeParams) -> Result<Value, Refusal> {
        let edits =
            params.capabilities.workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
        self.can_move = edits.is_some_and(|edits| {
            edits.document_changes == Some(true)
                && edits
                    .resource_operations
                    .as_ref()
                    .is_some_and(|operations| operations.contains(&ResourceOperationKind::Rename))
        });
        let folders = params.workspace_folders.unwrap_or_default();
        #[expect(deprecated, reason = "editors that know no folders of a workspace send it")]
        let root = params.root_uri;
        let uris = folders.iter().map(|folder| &folder.uri).chain(&root);
        let given: Vec<PathBuf> = self.root.iter().cloned().chain(uris.filter_map(file_of)).collect();
        self.phase = Phase::Open;
        if let Some(root) = given.iter().find_map(|folder| site_above(folder)) {
            self.open_site(&root);
        }
        let capabilities = ServerCapabilities {
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                ..TextDocumentSyncOptions::default()
            })),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some([":", " ", "#", "[", "/", "(", "-"].map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: lsp_types::WorkDoneProgressOptions::default(),
            })),
            code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
                ..CodeActionOptions::default()
            })),
            ..ServerCapabilities::default()
        };
        Ok(json!({
            "capabilities": capabilities,
            "serverInfo": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        }))
    }

    /// Begins to work on the site in a folder, where it can be opened.
    fn open_site(&mut self, root: &Path) {
        match Files::new(root) {
            Ok(files) => {
                watch(&files, self.events.clone());
                let jobs = worker::begin(self.asking.clone(), self.events.clone());
                self.site = Some(Site {
                    files,
                    edition: None,
                    told: BTreeMap::new(),
                    pending: vec![Change::Rescan],
                    is_checking: false,
                    jobs,
                });
            }
            Err(error) => self.complain(&format!("the site can't be opened: {error}")),
        }
    }

    fn complain(&self, message: &str) {
        self.send(wire::notification("window/showMessage", &json!({ "type": 1, "message": message })));
    }

    fn note(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        // A notification has no answer: one that makes no sense is left.
        match method.as_str() {
            "textDocument/didOpen" => drop(parsed(&method, params).map(|params| self.opened(params))),
            "textDocument/didChange" => drop(parsed(&method, params).map(|params| self.typed(params))),
            "textDocument/didClose" => drop(parsed(&method, params).map(|params| self.closed(&params))),
            "workspace/didChangeWatchedFiles" => {
                drop(parsed(&method, params).map(|params| self.files_changed(&params)));
            }
            _ => {}
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        if self.site.is_none() {
            // The editor's folder is in no site: this file may be.
            let root = file_of(&document.uri).and_then(|file| site_above(file.parent()?));
            if let Some(root) = root {
                self.open_site(&root);
            }
        }
        let Some(site) = &mut self.site else { return };
        let Some(path) = site.files.path_of(&document.uri) else { return };
        let change = match site.files.disk.look(&path) {
            Some(_) => Change::Changed(path.clone()),
            None => Change::Created(path.clone()),
        };
        let (uri, version) = (document.uri, document.version);
        site.files.open.insert(path, super::files::Document { uri, version, text: document.text.into() });
        site.pending.push(change);
    }

    fn typed(&mut self, params: DidChangeTextDocumentParams) {
        let Some(site) = &mut self.site else { return };
        let Some(path) = site.files.path_of(&params.text_document.uri) else { return };
        let Some(document) = site.files.open.get_mut(&path) else { return };
        let mut text = document.text.to_string();
        params.content_changes.iter().for_each(|change| apply(&mut text, change));
        document.text = text.into();
        document.version = params.text_document.version;
        site.pending.push(Change::Changed(path));
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let Some(site) = &mut self.site else { return };
        let Some(path) = site.files.path_of(&params.text_document.uri) else { return };
        if site.files.open.remove(&path).is_some() {
            site.pending.push(match site.files.disk.look(&path) {
                Some(_) => Change::Changed(path),
                None => Change::Deleted(path),
            });
        }
    }

    fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        let Some(site) = &self.site else { return };
        let changes = params.changes.iter().filter_map(|change| {
            let path = site.files.path_of(&change.uri)?;
            Some(match change.typ {
                FileChangeType::CREATED => Change::Created(path),
                FileChangeType::DELETED => Change::Deleted(path),
                _ => Change::Changed(path),
            })
        });
        let changes = changes.collect();
        self.changed(changes);
    }

    /// Takes changes on the disk. A file that is open is as the editor has it.
    pub fn changed(&mut self, changes: Vec<Change>) {
        let Some(site) = &mut self.site else { return };
        let of_editor = |change: Change| match change.path() {
            Some(path) if site.files.open.contains_key(path) => Change::Changed(path.clone()),
            _ => change,
        };
        let changes: Vec<Change> = changes.into_iter().map(of_editor).collect();
        site.pending.extend(changes);
    }

    /// Has the site checked as it now is.
    pub fn check(&mut self) {
        let Some(site) = &mut self.site else { return };
        if site.is_checking || site.pending.is_empty() {
            return;
        }
        let changes = settled(std::mem::take(&mut site.pending), &site.files);
        site.is_checking = site.jobs.send(Job { files: site.files.clone(), changes }).is_ok();
    }

    /// Tells the editor what a check found: of each file that has other mistakes than it was told, and of each
    /// open one that is in a new version.
    pub fn tell(&mut self, checked: Checked) {
        let Some(site) = &mut self.site else { return };
        site.is_checking = false;
        let Checked { files, outcome } = checked;
        let (found, edition) = match outcome {
            Ok(found) => found,
            Err(error) => {
                // What was remembered is gone: all of it is read again once something changes.
                let message = format!("the site's files can't be read: {error}");
                self.complain(&message);
                if let Some(site) = &mut self.site {
                    site.pending.push(Change::Rescan);
                }
                return;
            }
        };
        site.edition = Some(edition);
        let mut told: BTreeMap<SitePath, Vec<diagnostics::Diagnostic>> = BTreeMap::new();
        for diagnostic in found {
            // What is wrong with the site as a whole is shown where the site is set up.
            let path = match &diagnostic.place {
                Some(place) => Some(place.source.path.clone()),
                None => SitePath::new("rapporteur.yaml"),
            };
            if let Some(path) = path {
                told.entry(path).or_default().push(diagnostic);
            }
        }
        let mut messages = Vec::new();
        let paths = site.told.keys().chain(told.keys()).chain(files.open.keys());
        let mut paths: Vec<&SitePath> = paths.collect();
        paths.sort();
        paths.dedup();
        for path in paths {
            let (before, now) = (site.told.get(path), told.get(path));
            let document = files.open.get(path);
            if document.is_none() && before == now {
                continue;
            }
            let Some(uri) = files.uri_of(path) else { continue };
            let now = now.map(Vec::as_slice).unwrap_or_default();
            let shown = shown(&now[..now.len().min(TOLD)]);
            messages.push(published(uri, shown, document.map(|document| document.version)));
        }
        site.told = told;
        messages.into_iter().for_each(|message| self.send(message));
    }
}

/// One change for each file, as it now is: what was deleted and made again is there.
fn settled(changes: Vec<Change>, files: &Files) -> Vec<Change> {
    if changes.contains(&Change::Rescan) {
        return vec![Change::Rescan];
    }
    let mut moved: BTreeMap<SitePath, bool> = BTreeMap::new();
    for change in changes {
        let is_move = !matches!(change, Change::Changed(_));
        if let Some(path) = change.path() {
            *moved.entry(path.clone()).or_default() |= is_move;
        }
    }
    let settle = |(path, is_move): (SitePath, bool)| {
        let is_there = files.open.contains_key(&path) || files.disk.look(&path).is_some();
        match (is_there, is_move) {
            (true, false) => Change::Changed(path),
            (true, true) => Change::Created(path),
            (false, _) => Change::Deleted(path),
        }
    };
    moved.into_iter().map(settle).collect()
}

fn published(uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) -> Value {
    let params = PublishDiagnosticsParams { uri, diagnostics, version };
    wire::notification("textDocument/publishDiagnostics", &params)
}

/// Diagnostics as the protocol has them. The lines of a text are counted once for all that stand in it.
pub fn shown(diagnostics: &[diagnostics::Diagnostic]) -> Vec<Diagnostic> {
    let in_one_text = |a: &diagnostics::Diagnostic, b: &diagnostics::Diagnostic| {
        a.place.as_ref().map(|place| place.source.text.as_ptr())
            == b.place.as_ref().map(|place| place.source.text.as_ptr())
    };
    let of_one_text = |of_one: &[diagnostics::Diagnostic]| {
        let text = of_one[0].place.as_ref().map(|place| place.source.text.clone()).unwrap_or_default();
        let lines = Lines::new(&text);
        of_one.iter().map(|diagnostic| shown_at(diagnostic, &lines)).collect::<Vec<_>>()
    };
    diagnostics.chunk_by(in_one_text).flat_map(of_one_text).collect()
}

/// A diagnostic as the protocol has it; `lines` are those of the text that it stands in.
fn shown_at(diagnostic: &diagnostics::Diagnostic, lines: &Lines<'_>) -> Diagnostic {
    let range = diagnostic.place.as_ref().map(|place| lines.shown(place.span));
    let only = diagnostic.only.map(|pass| format!("\nfound {} only", pass.as_str())).unwrap_or_default();
    Diagnostic {
        range: range.unwrap_or_default(),
        severity: Some(match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(diagnostic.code.to_owned())),
        source: Some(env!("CARGO_PKG_NAME").to_owned()),
        message: format!("{}{only}", diagnostic.text()),
        ..Diagnostic::default()
    }
}

fn parsed<T: DeserializeOwned>(method: &str, params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| {
        Refusal(ErrorCode::InvalidParams, format!("`{method}` can't be understood: {error}"))
    })
}
