//! Fingerprints: one hash for everything that is compared by content.

use std::fmt;
use std::hash::{Hash, Hasher};

/// A BLAKE3 hash of some bytes, 256 bits. Printed as `blake3:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Fingerprint(*blake3::hash(bytes).as_bytes())
    }

    /// The fingerprint of a text, whatever its line ends are: version control writes them as the machine
    /// has them, and the text is the same. A text with `\n` has the fingerprint of its bytes.
    pub fn of_text(text: &str) -> Self {
        Self::of_lines(text.as_bytes()).expect("bytes in memory can be read")
    }

    /// [`Fingerprint::of_text`] of all that a reader gives, in bounded memory.
    pub fn of_lines(mut reader: impl std::io::Read) -> std::io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 1 << 16];
        // A `\r` counts only once it is known what follows.
        let mut waiting = false;
        loop {
            let read = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let mut rest = &buffer[..read];
            if waiting && !rest.starts_with(b"\n") {
                hasher.update(b"\r");
            }
            waiting = false;
            while let Some(at) = memchr::memchr(b'\r', rest) {
                hasher.update(&rest[..at]);
                rest = &rest[at + 1..];
                match rest.first() {
                    Some(b'\n') => {}
                    Some(_) => drop(hasher.update(b"\r")),
                    None => waiting = true,
                }
            }
            hasher.update(rest);
        }
        if waiting {
            hasher.update(b"\r");
        }
        Ok(Fingerprint(*hasher.finalize().as_bytes()))
    }

    /// The fingerprint of several parts in order, each preceded by its length, so that moving a
    /// byte from one part to the next changes it.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Fingerprint(*hasher.finalize().as_bytes())
    }

    /// The first `digits` hexadecimal digits (at most 64), for names of files and short labels.
    pub fn short(&self, digits: usize) -> String {
        self.hex()[..digits.min(64)].to_owned()
    }

    fn hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }

    /// The bytes of the hash, for what only the program itself reads.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The fingerprint with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Fingerprint(bytes)
    }

    /// Reads what [`fmt::Display`] prints; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let hash = blake3::Hash::from_hex(text.strip_prefix("blake3:")?).ok()?;
        Some(Fingerprint(*hash.as_bytes()))
    }
}

impl Fingerprint {
    /// The fingerprint of a value as its `Hash` tells it. It holds within one run of the program: for
    /// memos, never for what is written.
    pub fn of_value(value: &(impl Hash + ?Sized)) -> Self {
        let mut digest = Digest::default();
        value.hash(&mut digest);
        digest.finish()
    }
}

/// A hasher of 256 bits: two values of one fingerprint are equal, whoever chose them.
#[derive(Default)]
pub struct Digest {
    hasher: blake3::Hasher,
    /// Small parts wait here, since the hash is fast only on long ones.
    waiting: Vec<u8>,
}

impl Digest {
    const ENOUGH: usize = 4096;

    /// The fingerprint of all that was written.
    pub fn finish(mut self) -> Fingerprint {
        self.hasher.update(&self.waiting);
        Fingerprint(*self.hasher.finalize().as_bytes())
    }
}

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        if self.waiting.len() + bytes.len() > Self::ENOUGH {
            self.hasher.update(&self.waiting);
            self.waiting.clear();
        }
        match bytes.len() > Self::ENOUGH {
            true => {
                self.hasher.update(bytes);
            }
            false => self.waiting.extend_from_slice(bytes),
        }
    }

    /// The first 64 bits; [`Digest::finish`] of the type itself gives all.
    fn finish(&self) -> u64 {
        let mut hasher = self.hasher.clone();
        hasher.update(&self.waiting);
        let all = hasher.finalize();
        u64::from_le_bytes(all.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "blake3:{}", self.hex())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.short(12))
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;
    use std::io::{Cursor, Read};

    #[test]
    fn line_ends_do_not_count_and_any_other_byte_does() {
        let lines = Fingerprint::of_text("one\ntwo\n");
        assert_eq!(lines, Fingerprint::of(b"one\ntwo\n"));
        assert_eq!(lines, Fingerprint::of_text("one\r\ntwo\r\n"));
        assert_eq!(lines, Fingerprint::of_text("one\r\ntwo\n"));
        for other in ["one\rtwo\n", "one\r\r\ntwo\n", "one\n\ntwo\n", "one\ntwo\n\r", "one two\n"] {
            assert_ne!(lines, Fingerprint::of_text(other), "{other:?}");
        }
    }

    #[test]
    fn a_line_end_on_the_edge_of_two_reads_is_one_line_end() {
        let parts = |text: &'static [u8], at: usize| Cursor::new(&text[..at]).chain(Cursor::new(&text[at..]));
        for at in 0..=10 {
            let read = Fingerprint::of_lines(parts(b"one\r\ntwo\r\n", at)).expect("memory");
            assert_eq!(read, Fingerprint::of_text("one\ntwo\n"), "{at}");
        }
    }
}
