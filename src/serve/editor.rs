//! Links that open a file at its line in an editor.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::{Path, PathBuf};

/// What a path keeps as it is in an address (RFC 3986, section 3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An editor that opens addresses: a template with `{path}`, `{line}` and `{column}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    root: PathBuf,
    template: Option<String>,
}

impl Editor {
    /// The editor of the site in `root`: the one that `chosen` names or describes, else that of the
    /// environment (`$VISUAL`, `$EDITOR`), else VS Code where `found` says that it is there.
    pub fn new(
        root: &Path,
        chosen: Option<&str>,
        environment: impl Fn(&str) -> Option<String>,
        found: impl Fn(&str) -> bool,
    ) -> Self {
        let template = match chosen {
            Some(text) if text.contains("{path}") => Some(text.to_owned()),
            Some(name) => template_of(name),
            None => ["VISUAL", "EDITOR"]
                .iter()
                .find_map(|name| template_of(&environment(name)?))
                .or_else(|| template_of("code").filter(|_| found("code"))),
        };
        Editor { root: root.to_owned(), template }
    }

    /// The address that opens a file of the site at a line; `None` where no editor is known that opens
    /// addresses.
    pub fn link(&self, file: &str, line: usize, column: usize) -> Option<String> {
        let path = self.root.join(file);
        let path = utf8_percent_encode(path.to_str()?, PATH).to_string();
        let template = self.template.as_ref()?;
        Some(
            template
                .replace("{path}", &path)
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string()),
        )
    }
}

/// How the editors that people use are addressed.
fn template_of(command: &str) -> Option<String> {
    let program = command.split_whitespace().next()?;
    let name = program.rsplit(['/', '\\']).next()?.trim_end_matches(".exe").trim_end_matches(".cmd");
    let template = match name {
        "code" | "vscode" => "vscode://file{path}:{line}:{column}",
        "code-insiders" => "vscode-insiders://file{path}:{line}:{column}",
        "codium" | "vscodium" => "vscodium://file{path}:{line}:{column}",
        "cursor" => "cursor://file{path}:{line}:{column}",
        "windsurf" => "windsurf://file{path}:{line}:{column}",
        "zed" => "zed://file{path}:{line}:{column}",
        "idea" | "pycharm" | "webstorm" | "rustrover" => {
            return Some(format!("{name}://open?file={{path}}&line={{line}}&column={{column}}"));
        }
        "subl" | "sublime" => "subl://open?url=file://{path}&line={line}&column={column}",
        "mate" => "txmt://open?url=file://{path}&line={line}&column={column}",
        _ => return None,
    };
    Some(template.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(chosen: Option<&str>, environment: &[(&str, &str)], found: bool) -> Option<String> {
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into())
        };
        Editor::new(Path::new("/site of mine"), chosen, variable, |_| found).link("content/a#b.md", 3, 7)
    }

    #[test]
    fn the_one_that_is_named_comes_first_then_the_environments_then_vs_code() {
        let code = "vscode://file/site%20of%20mine/content/a%23b.md:3:7";
        assert_eq!(link(None, &[], true).as_deref(), Some(code));
        assert_eq!(link(None, &[("EDITOR", "/usr/bin/code --wait")], false).as_deref(), Some(code));
        assert_eq!(link(None, &[("EDITOR", "vim")], false), None);
        let zed = link(Some("zed"), &[("EDITOR", "code")], true);
        assert_eq!(zed.as_deref(), Some("zed://file/site%20of%20mine/content/a%23b.md:3:7"));
        let own = link(Some("my://{path}?{line}"), &[], false);
        assert_eq!(own.as_deref(), Some("my:///site%20of%20mine/content/a%23b.md?3"));
    }
}
