//! References to characters: by number, by XML's five names, and by the names that a document's own
//! type declaration gives to characters. Nothing else is expanded.

use std::collections::HashMap;

/// The names that a document declares for characters.
#[derive(Debug, Default)]
pub(super) struct Entities<'s> {
    declared: HashMap<&'s str, Box<str>>,
}

/// A declared entity stands for no more than this, in bytes.
const LONGEST: usize = 64;

impl<'s> Entities<'s> {
    /// Reads the declarations in a document type declaration. An error names the entity that is more
    /// than characters: a reference to another entity, to a file, or markup.
    pub(super) fn declare(&mut self, doctype: &'s str) -> Result<(), &'s str> {
        let Some(open) = doctype.find('[') else { return Ok(()) };
        for declaration in doctype[open..].split("<!ENTITY").skip(1) {
            let declaration = declaration.trim_start();
            let end = declaration.find(|c: char| c.is_ascii_whitespace()).unwrap_or(declaration.len());
            let (name, rest) = declaration.split_at(end);
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c)).ok_or(name)?;
            let value = rest[1..].split(quote).next().unwrap_or_default();
            self.declared.insert(name, characters(value).ok_or(name)?);
        }
        Ok(())
    }

    /// The characters that `name` stands for (`amp`, `#8212`, `#x2014`, `mdash`).
    pub(super) fn resolve(&self, name: &str) -> Option<Box<str>> {
        if let Some(number) = name.strip_prefix('#') {
            return numbered(number).map(|c| c.to_string().into());
        }
        let predefined = match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => return self.declared.get(name).cloned(),
        };
        Some(predefined.into())
    }
}

/// A value with its character references read; `None` for anything that is not plain characters.
fn characters(value: &str) -> Option<Box<str>> {
    if value.len() > LONGEST || value.contains(['<', '%']) {
        return None;
    }
    let mut parts = value.split('&');
    let mut characters = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        characters.push(numbered(name.strip_prefix('#')?)?);
        characters.push_str(rest);
    }
    Some(characters.into())
}

/// The character with this number. Numbers 128 to 159 are controls that no transcript holds: files
/// made from Windows text mean the characters of Windows-1252, as HTML reads them too (HTML, section
/// 13.2.5.80, "Numeric character reference end state").
fn numbered(digits: &str) -> Option<char> {
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let number = match number {
        0x80..=0x9f => {
            let byte = [u8::try_from(number).ok()?];
            let (text, _, broken) = encoding_rs::WINDOWS_1252.decode(&byte);
            return text.chars().next().filter(|_| !broken);
        }
        number => number,
    };
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && *c != '\u{fffe}' && *c != '\u{ffff}');
    char::from_u32(number).filter(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_numbers_and_names() {
        let mut entities = Entities::default();
        let declared = "publicwhip [<!ENTITY mdash \"&#8212;\">\n<!ENTITY iuml\t'&#239;' >]";
        assert_eq!(entities.declare(declared), Ok(()));
        let read = |name| entities.resolve(name);
        assert_eq!(read("mdash").as_deref(), Some("—"));
        assert_eq!(read("iuml").as_deref(), Some("ï"));
        assert_eq!(read("#x2014").as_deref(), Some("—"));
        assert_eq!(read("#151").as_deref(), Some("—"), "a C1 number means Windows-1252");
        assert_eq!(read("amp").as_deref(), Some("&"));
        for none in ["#0", "#xD800", "#27", "nbsp", "#", "#x"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn an_entity_that_is_more_than_characters_is_refused_by_name() {
        let long = format!("x [<!ENTITY long \"{}\">]", "a".repeat(LONGEST + 1));
        for (declared, name) in [
            ("x [<!ENTITY lol2 \"&lol;&lol;\">]", "lol2"),
            ("x [<!ENTITY file SYSTEM \"file:///etc/passwd\">]", "file"),
            ("x [<!ENTITY markup \"<p>\">]", "markup"),
            ("x [<!ENTITY % dtd SYSTEM \"x\">]", "%"),
            (long.as_str(), "long"),
        ] {
            assert_eq!(Entities::default().declare(declared), Err(name));
        }
    }
}
