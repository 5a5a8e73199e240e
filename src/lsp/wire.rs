//! The protocol's frames on standard input and output. What is no message is told apart from the end of the
//! input, so that it can be answered and the next one read.

use lsp_server::{ErrorCode, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write};

/// The longest message, in bytes: a text of the largest size that is read, with room for escapes.
const LONGEST: usize = 64 << 20;

/// The longest line of a header, in bytes.
const LONGEST_LINE: u64 = 4 << 10;

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// Something to answer.
    Request(Request),
    /// Something to know.
    Notification(Notification),
    /// The answer to something that was asked.
    Answer,
    /// No message: what to answer.
    Nonsense(Value),
}

/// Reads the next message; `None` at the end of the input.
///
/// # Errors
/// The machine's, and where the frames can't be told apart any more.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length = None;
    let mut is_first = true;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length {
                Some(_) => break,
                // Blank lines between frames are nobody's fault.
                None if is_first => continue,
                None => return Ok(Some(nonsense(ErrorCode::ParseError, "a message without Content-Length"))),
            }
        }
        is_first = false;
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let length = length.unwrap_or(0);
    if length > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a message of more than 64 MiB"));
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(Some(message(&body)))
}

fn message(body: &[u8]) -> Incoming {
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => return nonsense(ErrorCode::ParseError, &format!("the message is no JSON: {error}")),
    };
    let Value::Object(mut object) = value else {
        return nonsense(ErrorCode::InvalidRequest, "the message is no object");
    };
    let params = object.remove("params").unwrap_or_default();
    let id = object.remove("id");
    match (object.remove("method"), id) {
        (Some(Value::String(method)), None) => Incoming::Notification(Notification { method, params }),
        (Some(Value::String(method)), Some(id)) => match serde_json::from_value::<RequestId>(id.clone()) {
            Ok(id) => Incoming::Request(Request { id, method, params }),
            Err(_) => Incoming::Nonsense(error(
                &id,
                ErrorCode::InvalidRequest,
                "the id is neither a number of 32 bits nor a text",
            )),
        },
        (None, Some(_)) if object.contains_key("result") || object.contains_key("error") => Incoming::Answer,
        (_, id) => Incoming::Nonsense(error(
            &id.unwrap_or_default(),
            ErrorCode::InvalidRequest,
            "the message has no method",
        )),
    }
}

fn nonsense(code: ErrorCode, message: &str) -> Incoming {
    Incoming::Nonsense(error(&Value::Null, code, message))
}

fn error(id: &Value, code: ErrorCode, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": message } })
}

/// A response as it goes out.
pub fn response(response: &Response) -> Value {
    let mut value = serde_json::to_value(response).unwrap_or_default();
    value["jsonrpc"] = "2.0".into();
    value
}

/// A notification as it goes out.
pub fn notification(method: &str, params: &impl serde::Serialize) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": serde_json::to_value(params).unwrap_or_default() })
}

/// Writes a message.
///
/// # Errors
/// The machine's.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(text: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
    }

    #[test]
    fn after_nonsense_the_next_message_is_read() {
        let mut input = Vec::new();
        for text in ["{", "[1]", "{\"id\":1.5,\"method\":\"x\"}", "{}", "{\"id\":3}"] {
            input.extend(framed(text));
        }
        input.extend(b"Content-Type: x\r\n\r\n");
        input.extend(framed("{\"id\":7,\"method\":\"shutdown\"}"));
        let mut input = io::Cursor::new(input);
        for code in [-32700, -32600, -32600, -32600, -32600, -32700] {
            match read(&mut input) {
                Ok(Some(Incoming::Nonsense(answer))) => assert_eq!(answer["error"]["code"], code),
                other => panic!("{other:?}"),
            }
        }
        assert!(
            matches!(read(&mut input), Ok(Some(Incoming::Request(request))) if request.method == "shutdown")
        );
        assert!(matches!(read(&mut input), Ok(None)));
        assert!(read(&mut io::Cursor::new(b"Content-Length: 99999999999\r\n\r\n")).is_err());
    }
}
