//! The ways to type a quotation, and the places to type it in.

/// Whether what a form cites says where the words must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cites {
    /// A paragraph of a record: other words are an error.
    Record,
    /// Nothing: the words have no source, which is a warning.
    Nothing,
}

/// Whether a form is a part of a line, or blocks of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Line,
    Blocks,
}

/// A way to type a quotation. `{w}` are the words, `{a}` and `{b}` their halves, `{t}` the way to their
/// paragraph, `{u}` its public address, `{n}` who said them, `{k}` a number of its own.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// As in `docs/quoting.md`.
    pub name: &'static str,
    pub shape: Shape,
    pub cites: Cites,
    pub text: &'static str,
    /// What goes to the end of the file.
    pub definition: &'static str,
}

const fn line(name: &'static str, text: &'static str) -> Form {
    Form { name, shape: Shape::Line, cites: Cites::Record, text, definition: "" }
}

const fn blocks(name: &'static str, text: &'static str) -> Form {
    Form { shape: Shape::Blocks, ..line(name, text) }
}

const fn bare(form: Form) -> Form {
    Form { cites: Cites::Nothing, ..form }
}

const fn defined(form: Form, definition: &'static str) -> Form {
    Form { definition, ..form }
}

/// Every form. Those of one name are one row of the table in `docs/quoting.md`.
pub const FORMS: &[Form] = &[
    line("a link on the words", "He said [“{w}”]({t}) then."),
    line("a link on the words", "He said [\"{w}\"]({t} \"where\") then."),
    line("a link on the words", "He said [‘{w}’]({t}) then."),
    line("a link on the words", "He said ['{w}']({t}) then."),
    line("a link on the words", "He said [«{w}»]({t}) then."),
    line("a link on the words", "He said [»{w}«]({t}) then."),
    line("a link on the words", "He said [„{w}“]({t}) then."),
    line("a link on the words", "He said [„{w}”]({t}) then."),
    line("a link on the words", "He said [‚{w}‘]({t}) then."),
    line("a link on the words", "He said [”{w}”]({t}) then."),
    line("a link on the words", "He said [❝{w}❞]({t}) then."),
    line("a link on the words", "He said [❛{w}❜]({t}) then."),
    line("a link on the words", "He said [″{w}″]({t}) then."),
    line("a link on the words", "He said [‟{w}”]({t}) then."),
    line("a link on the words", "He said [ʻ{w}ʼ]({t}) then."),
    line("a link on the words", "He said [´{w}´]({t}) then."),
    line("a link on the words", "He said [\\`\\`{w}'']({t}) then."),
    line("a link on the words", "He said [''{w}'']({t}) then."),
    line("a link on the words", "He said [‘‘{w}’’]({t}) then."),
    line("a link on the words", "He said [\\`{w}']({t}) then."),
    line("a link on the words", "Straight after a letter[“{w}”]({t})too."),
    line("a closing mark alone", "He said [{w}”]({t}) then."),
    line("a closing mark alone", "He said [{w}\"]({t}) then."),
    line("marks typed as character references", "He said [&ldquo;{w}&#8221;]({t}) then."),
    line("marks typed as character references", "He said [&quot;{w}&#34;]({t}) then."),
    line("marks round the link", "He said “[{w}]({t})” then."),
    line("marks round the link", "He said “[“{w}”]({t})” then."),
    line("a link on some of the words", "He said “{a} [{b}]({t})” then."),
    line("a link on some of the words", "He said “[{a}]({t}) {b}” then."),
    line("a link on some of the words", "He said “{a} <a href=\"{t}\">{b}</a>” then."),
    line("a link on more than the words", "[He said “{w}” then]({t})."),
    line("emphasis among the words", "He said [“{a} *{b}*”]({t}) then."),
    line("emphasis among the words", "He said **[“{a} _{b}_”]({t})** then."),
    line("emphasis among the words", "He said [“{a} <mark>{b}</mark>”]({t}) then."),
    line("code among the words", "He said [“{a} `{b}`”]({t}) then."),
    defined(line("a reference", "He said [“{w}”][r{k}] then."), "[r{k}]: {t}"),
    defined(line("a reference", "He said [“{w}”][] then."), "[“{w}”]: {t}"),
    defined(line("a reference", "He said [“{w}”] then."), "[“{w}”]: {t}"),
    line("HTML", "He said <a href=\"{t}\">“{w}”</a> then."),
    line("HTML", "He said <q cite=\"{t}\">{w}</q> then."),
    line("HTML", "He said <a href=\"{t}\"><q>{w}</q></a> then."),
    line("HTML", "He said <q>{a} <a href=\"{t}\">{b}</a></q> then."),
    line("HTML", "He said [<q>{w}</q>]({t}) then."),
    line("a link beside the words", "He said “{w}” ([there]({t}))."),
    line("a link beside the words", "He said “{w}”, [there]({t})."),
    line("a link beside the words", "[There]({t}): “{w}”."),
    line("an address beside the words", "He said “{w}” <{u}>."),
    defined(line("a footnote", "He said “{w}”.[^f{k}] Then."), "[^f{k}]: [There]({t})."),
    blocks("over several paragraphs", "“{a}\n\n“[{b}]({t})”"),
    blocks("over several paragraphs", "He said “{a}\n\n“{b}” ([there]({t}))."),
    blocks("over several paragraphs", "He said \"[{a}]({t})\n\n\"{b}\" then."),
    blocks("a block quote, attributed at the end", "> {w}\n>\n> — [{n}]({t})"),
    blocks("a block quote, attributed at the end", "> {a}\n> {b}\n> — [{n}]({t})"),
    blocks("a block quote, attributed at the end", "> {a}\n>\n> {b}\n>\n> -- {n}, [there]({t})"),
    blocks("a block quote, attributed at the end", "> {w}\n>\n> —[{n}]({t})"),
    blocks("a block quote, attributed at the end", "> - {w}\n>\n> — [{n}]({t})"),
    blocks("a block quote, attributed at the beginning", "> — [{n}]({t})\n>\n> {w}"),
    blocks("a block quote, attributed outside", "> {w}\n\n— [{n}]({t})"),
    blocks("a block quote, attributed outside", "[{n}]({t}) said:\n\n> {w}"),
    blocks("a block quote with a picture", "> {w}\n>\n> — [{n}]({t}) ![](../../static/x.png)"),
    blocks("a block quote with a picture", "> ![](../../static/x.png)\n>\n> {w}\n>\n> — [{n}]({t})"),
    blocks("a block quote with a second link", "> {w}\n>\n> — [{n}]({t}), [report](https://else.example/)"),
    blocks("a block quote with a second link", "> {w}\n>\n> — [report](https://else.example/), [{n}]({t})"),
    blocks("a block quote with a link on its words", "> {a} [{b}]({t})"),
    blocks("a block quote as HTML", "<blockquote cite=\"{t}\">{w}</blockquote>"),
    blocks("a block quote as HTML", "<blockquote><p>{w}</p><p>— <a href=\"{t}\">{n}</a></p></blockquote>"),
    blocks(
        "a block quote as HTML",
        "<figure><blockquote>{w}</blockquote><figcaption><a href=\"{t}\">{n}</a></figcaption></figure>",
    ),
    blocks("a block quote as HTML", "<blockquote>\n\n{w}\n\n— [{n}]({t})\n\n</blockquote>"),
    blocks("a block of code that names no language", "[{n}]({t}) said:\n\n```\n{a}\n{b}\n```"),
    blocks("a block of code that names no language", "[{n}]({t}) said:\n\n    {w}"),
    blocks("a block of code that names no language", "```\n{w}\n```\n\n— [{n}]({t})"),
    bare(line("no source", "He said “{w}” then.")),
    bare(line("no source", "He said \"{w}\" then.")),
    bare(line("no source", "He said <q>{w}</q> then.")),
    bare(line("no source", "He said [“{w}”](../topics/data.md) then.")),
    bare(blocks("no source", "> {w}")),
    bare(blocks("no source", "```\nHe said “{a}\n{b}” then.\n```")),
    bare(blocks("no source", "“{a}\n\n“{b}” he said.")),
];

/// A place to put a form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    Item,
    Numbered,
    Callout,
    Quote,
    Details,
    Division,
    Footnote,
    Definition,
    Cell,
    Heading,
    Bold,
}

impl Wrap {
    /// Places for blocks.
    pub const BLOCKS: [Wrap; 8] = [
        Wrap::Item,
        Wrap::Numbered,
        Wrap::Callout,
        Wrap::Quote,
        Wrap::Details,
        Wrap::Division,
        Wrap::Footnote,
        Wrap::Definition,
    ];
    /// Places that only a line can be in.
    pub const LINES: [Wrap; 3] = [Wrap::Cell, Wrap::Heading, Wrap::Bold];

    /// The text in this place.
    pub fn put(self, text: &str, number: usize) -> String {
        let indented = |by: &str| {
            let lines: Vec<String> = text
                .lines()
                .map(|line| if line.is_empty() { String::new() } else { format!("{by}{line}") })
                .collect();
            lines.join("\n").trim_start().to_owned()
        };
        let prefixed = || text.lines().map(|line| format!("> {line}\n")).collect::<String>();
        match self {
            Wrap::Item => format!("- {}", indented("  ")),
            Wrap::Numbered => format!("1. {}", indented("   ")),
            Wrap::Callout => format!("> [!NOTE]\n{}", prefixed()),
            Wrap::Quote => prefixed(),
            Wrap::Details => format!("<details>\n\n{text}\n\n</details>"),
            Wrap::Division => format!("<div>\n\n{text}\n\n</div>"),
            Wrap::Footnote => format!("See.[^w{number}]\n\n[^w{number}]: {}", indented("    ")),
            Wrap::Definition => format!("Term\n\n: {}", indented("  ")),
            Wrap::Cell => format!("| a | b |\n|---|---|\n| {text} | c |"),
            Wrap::Heading => format!("### {text}"),
            Wrap::Bold => format!("Then **{text}** ends."),
        }
    }
}
