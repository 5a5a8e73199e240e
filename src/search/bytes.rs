//! How numbers, words and files are written: variable-length integers, words by what they share with the
//! one before, a head that tells a file that was cut short.

/// The version of the format. A script that knows another one says so.
pub const VERSION: u8 = 1;

/// Appends an integer: seven bits to a byte, the lowest first, the high bit set on all but the last.
pub fn put(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes an integer from the start of `bytes`; 0 where nothing is left.
pub fn take(bytes: &mut &[u8]) -> usize {
    let (mut number, mut shift) = (0_usize, 0_u32);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        // What is longer than any number is no number of ours: its upper digits go.
        number |= usize::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        shift = shift.saturating_add(7);
        if byte < 0x80 {
            break;
        }
    }
    number
}

/// Appends a word: how many bytes it shares with `before`, how many follow, and those.
pub fn put_word(out: &mut Vec<u8>, before: &str, word: &str) {
    let shared = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    put(out, shared);
    put(out, word.len() - shared);
    out.extend_from_slice(&word.as_bytes()[shared..]);
}

/// A file: the format's mark and version, the length and a checksum of what follows.
pub fn file(payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(payload.len() + 12);
    out.extend_from_slice(b"rps");
    out.push(VERSION);
    let len = u32::try_from(payload.len()).expect("files of the index are small");
    out.extend_from_slice(&len.to_le_bytes());
    out.extend_from_slice(&checksum(payload).to_le_bytes());
    out.extend_from_slice(payload);
    out
}

/// FNV-1a of 32 bits: against accidents on the way, nothing more.
pub fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::{put, take};

    #[test]
    fn an_integer_longer_than_any_does_no_harm() {
        let bytes = [[0x80; 10].as_slice(), &[0, 7]].concat();
        let mut rest = bytes.as_slice();
        assert_eq!((take(&mut rest), take(&mut rest), rest.len()), (0, 7, 0));
    }

    #[test]
    fn an_integer_reads_back() {
        for number in [0, 1, 127, 128, 300, 16_383, 16_384, 1 << 28, u32::MAX as usize] {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            assert_eq!(take(&mut bytes.as_slice()), number);
        }
    }
}
