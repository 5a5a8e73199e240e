//! Characters that no reader sees, and that can make a text read as something else than it is.

/// The first of these characters are formatting controls: marks and overrides of direction, joiners
/// without width, tags, and code points for private use, which no font shows alike.
fn is_hidden(c: char) -> bool {
    matches!(u32::from(c),
        0x061C | 0x180E | 0x200B | 0x200E..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x206F
        | 0xFEFF | 0xFFF9..=0xFFFB | 0x115F..=0x1160 | 0x3164 | 0xFFA0
        | 0xE000..=0xF8FF | 0xE0000..=0xE007F | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
        || is_control(c)
}

/// Whether a character is a control that no page may hold. Tabs and line ends are white space.
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Whether a character turns the direction of those after it: what is read is not what is written.
pub fn turns_direction(c: char) -> bool {
    matches!(u32::from(c), 0x202A..=0x202E | 0x2066..=0x2069)
}

/// The characters of a text that no reader sees, with their offsets. Joiners that shape letters
/// (U+200C, U+200D) and soft hyphens are left alone: scripts and emoji need them.
pub fn hidden_characters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let is_plain = text.is_ascii() && !text.bytes().any(|b| b < b' ' || b == 0x7F);
    let text = if is_plain { "" } else { text };
    text.char_indices().filter(|(_, c)| is_hidden(*c))
}
