//! An editor, as far as a language server can tell: it starts the program and speaks the protocol.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// The longest that anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with the server that it started.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    incoming: Receiver<Value>,
    root: PathBuf,
    number: i32,
    version: i32,
    /// What the server said last of each file.
    pub told: std::collections::BTreeMap<String, Value>,
    /// How often it said something of a file.
    pub publications: usize,
}

/// The line and column (from 0, in units of UTF-16) of a mark in a text, and the text without it.
pub fn marked(text: &str, mark: &str) -> (String, Value) {
    let at = text.find(mark).unwrap_or_else(|| panic!("no {mark} in {text}"));
    let line = text[..at].matches('\n').count();
    let column = text[text[..at].rfind('\n').map_or(0, |at| at + 1)..at].encode_utf16().count();
    (text.replacen(mark, "", 1), json!({ "line": line, "character": column }))
}

impl Client {
    /// Starts the server without a word.
    pub fn start(root: &Path) -> Client {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["lsp", "--stdio"])
            .current_dir(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut output = BufReader::new(child.stdout.take().expect("an output"));
        let (sender, incoming) = channel();
        std::thread::spawn(move || {
            loop {
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if output.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    match line.trim().strip_prefix("Content-Length: ") {
                        Some(number) => length = number.parse().expect("a length"),
                        None if line.trim().is_empty() => break,
                        None => panic!("{line}"),
                    }
                }
                let mut body = vec![0; length];
                output.read_exact(&mut body).expect("a message");
                if sender.send(serde_json::from_slice(&body).expect("JSON")).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        let root = root.to_owned();
        let told = std::collections::BTreeMap::new();
        Client { child, input, incoming, root, number: 0, version: 0, told, publications: 0 }
    }

    /// Starts the server and opens a folder in it.
    pub fn new(root: &Path) -> Client {
        let mut client = Client::start(root);
        let answer = client.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": client.uri(""),
                "capabilities": { "workspace": { "workspaceEdit": {
                    "documentChanges": true, "resourceOperations": ["create", "rename", "delete"],
                }}},
            }),
        );
        assert_eq!(answer["serverInfo"]["name"], "rapporteur");
        client.tell("initialized", json!({}));
        client
    }

    /// The address of a file of the site.
    pub fn uri(&self, path: &str) -> String {
        let full = self.root.join(path);
        url::Url::from_file_path(full).expect("a full path").to_string().trim_end_matches('/').to_owned()
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("it is open");
        input.write_all(bytes).expect("the server reads");
        input.flush().expect("the server reads");
    }

    /// Sends a text as one message.
    pub fn send(&mut self, text: &str) {
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    /// The next message.
    pub fn next(&mut self) -> Value {
        let message = self.incoming.recv_timeout(PATIENCE).expect("the server says something");
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().expect("an address").to_owned();
            self.told.insert(uri, message["params"].clone());
            self.publications += 1;
        }
        message
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let id = self.number;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
        loop {
            let message = self.next();
            if message["id"] == id {
                return message;
            }
        }
    }

    /// The result of a request.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// The result of a request about a place of a file.
    pub fn ask_at(&mut self, method: &str, path: &str, position: &Value) -> Value {
        let params = json!({
            "textDocument": { "uri": self.uri(path) },
            "position": position,
            "context": { "includeDeclaration": true, "triggerKind": 1 },
        });
        self.ask(method, params)
    }

    /// Opens a file with a text, and waits for what is wrong with it.
    pub fn open(&mut self, path: &str, text: &str) -> Vec<Value> {
        self.version += 1;
        let (uri, version) = (self.uri(path), self.version);
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "yaml", "version": version, "text": text } }),
        );
        self.wait(path, version)
    }

    /// Gives an open file another text, and waits for what is wrong with it.
    pub fn change(&mut self, path: &str, text: &str) -> Vec<Value> {
        let version = self.edit(path, json!({ "text": text }));
        self.wait(path, version)
    }

    /// Makes one change to an open file; its version then.
    pub fn edit(&mut self, path: &str, change: Value) -> i32 {
        self.version += 1;
        let (uri, version) = (self.uri(path), self.version);
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [change] }),
        );
        version
    }

    /// What is wrong with a version of a file.
    pub fn wait(&mut self, path: &str, version: i32) -> Vec<Value> {
        let uri = self.uri(path);
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(told) = self.told.get(&uri)
                && told["version"] == version
            {
                return told["diagnostics"].as_array().cloned().unwrap_or_default();
            }
            self.next();
        }
        panic!("nothing was said of version {version} of {path}");
    }

    /// Ends as an editor should; gives the exit code, and what was said on standard error.
    pub fn end(mut self) -> (i32, String) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.wait_for_end()
    }

    /// Goes away, and gives how the server ended.
    pub fn wait_for_end(mut self) -> (i32, String) {
        drop(self.input.take());
        let mut said = String::new();
        self.child.stderr.take().expect("an output").read_to_string(&mut said).expect("words");
        let code = self.child.wait().expect("it ends").code().unwrap_or(-1);
        assert!(!said.contains("panicked"), "{said}");
        (code, said)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
