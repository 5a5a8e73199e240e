//! Names of files: what editors and systems leave beside the real ones, and what some systems can't hold or
//! can't tell apart.

use unicode_normalization::UnicodeNormalization;

/// Whether a name is that of a file which editors and systems put beside the real one for a while: swap files,
/// backups, the lists of thumbnails. Nobody means them.
pub fn is_leftover(name: &str) -> bool {
    name.ends_with('~')
        || name == "4913"
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || name.starts_with("~$")
        || name.contains("___jb_")
        || ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"].contains(&&*name.to_ascii_lowercase())
        || swap_file(name)
}

/// `x.swp`, and the further ones that Vim makes where that is taken: `.swo`, `.swn` and on.
fn swap_file(name: &str) -> bool {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    end.strip_prefix("sw").is_some_and(|last| matches!(last.as_bytes(), [b'k'..=b'p' | b'x']))
}

/// Whether a name looks like that of what a tool left behind, and could be meant all the same.
pub fn looks_left_behind(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends =
        [".orig", ".rej", ".bak", ".old", ".tmp", ".temp", ".part", ".crdownload", ".save", ".autosave"];
    ends.iter().any(|end| name.len() > end.len() && name.ends_with(end))
        || name.contains("conflicted copy")
        || name.contains(".sync-conflict-")
}

/// Why a name can't be that of a file on every system; nothing where it can.
pub fn unportable(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let is_port = |port: &str| {
        stem.strip_prefix(port).is_some_and(|number| {
            matches!(number.as_bytes(), [b'0'..=b'9']) || ["¹", "²", "³"].contains(&number)
        })
    };
    let is_device = ["con", "prn", "aux", "nul", "conin$", "conout$"].contains(&&*stem);
    if is_device || is_port("com") || is_port("lpt") {
        Some("it is the name of a device on Windows")
    } else if name.ends_with(['.', ' ']) {
        Some("Windows drops the dot or the space at its end")
    } else if name.contains(['<', '>', ':', '"', '|', '?', '*', '\\']) {
        Some("it holds one of < > : \" | ? * \\, which no name may hold on Windows")
    } else {
        None
    }
}

/// A name as systems see it that tell neither capitals nor the ways of composing an accent apart: two names
/// that are the same here are one file there.
pub fn alike(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfd().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_put_beside_a_file_is_left_over() {
        for name in [
            "a.md~",
            "4913",
            "a.md.swp",
            "a.swn",
            "#a#",
            "a.md___jb_tmp___",
            "Thumbs.db",
            "~$a.docx",
            "desktop.ini",
        ] {
            assert!(is_leftover(name), "{name}");
        }
        for name in ["a.md", "a.notes.yaml", "4913.md", "tmp", "#", "a.swf", "thumbs.html", "~a"] {
            assert!(!is_leftover(name), "{name}");
        }
    }

    #[test]
    fn what_a_tool_may_have_left_is_told_from_what_is_meant() {
        for name in ["a.txt.orig", "A.BAK", "x.rej", "a (Ann's conflicted copy).md", "a.sync-conflict-1.md"] {
            assert!(looks_left_behind(name), "{name}");
        }
        for name in ["original.txt", "bak", ".orig", "a.part.pdf"] {
            assert!(!looks_left_behind(name), "{name}");
        }
    }

    #[test]
    fn names_that_windows_can_not_hold_are_known() {
        for name in
            ["con", "NUL.txt", "aux.tar.gz", "COM1", "lpt9.x", "com²", "a.", "a ", "a:b", "a?b", "prn .txt"]
        {
            assert!(unportable(name).is_some(), "{name}");
        }
        for name in ["console", "com", "com10", "nula", "a.con", "lpt", "ä b#%&'"] {
            assert!(unportable(name).is_none(), "{name}");
        }
    }

    #[test]
    fn names_of_one_file_on_some_systems_are_alike() {
        assert_eq!(alike("Data.CSV"), alike("data.csv"));
        assert_eq!(alike("e\u{301}tude"), alike("\u{c9}TUDE"));
        assert_ne!(alike("a"), alike("b"));
    }
}
