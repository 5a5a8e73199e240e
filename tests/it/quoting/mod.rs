//! Every quotation in prose is compared with the record or reported, wherever it stands and however it is
//! typed.

/// The ways to type a quotation.
mod forms;
/// The box on a debate's page, held to the program.
#[path = "box.rs"]
mod page_box;
/// Every text of a site that an editor writes is looked through.
mod places;
/// A machine looks for a way that nobody thought of.
mod search;

use rapporteur::diagnostics::{Diagnostic, Severity};
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{OnError, Options, Unwatched, build};

pub const BASE: &str = "https://example.org/notes/";

/// A record with what makes comparing hard, and one of a real debate.
const RECORD: &str = "# Talk\n\n### Ann Lee:\n\nThe guidance is clear, and the workers’ rights that it names are \
plain. We must not wait for the £2.5 million that was promised in 2012–13.\n\nI have said it before: “go and see”, \
and I say it again. It is the councils’ duty, not ours, to act before the end of May.\n\n### Bob Roe:\n\nI doubt \
it. My hon. Friend says that nothing has been done; I say that little has.\n";

/// A site with two debates, a topic, a picture, and these files.
pub fn site(files: impl IntoIterator<Item = (String, String)>) -> Strings {
    let demo = std::fs::read_to_string("content/debates/2012-12-20-human-trafficking/transcript.txt");
    let mut site = Strings::default()
        .with("rapporteur.yaml", format!("title: Forms\nbase_url: {BASE}\n"))
        .with("content/debates/talk/debate.yaml", "title: Talk\ndate: 2012-12-20\n")
        .with("content/debates/talk/transcript.md", RECORD)
        .with("content/debates/real/debate.yaml", "title: Trafficking\ndate: 2012-12-20\n")
        .with("content/debates/real/transcript.txt", demo.expect("the demonstration"))
        .with("content/topics/data.md", "---\ntitle: Data\n---\n")
        .with("static/x.png", [137, 80, 78, 71]);
    for (path, text) in files {
        site = site.with(&path, text);
    }
    site
}

/// What is said of a site.
pub fn told(site: &Strings) -> Vec<Diagnostic> {
    let options = Options { on_error: OnError::KeepGoing, ..Options::default() };
    build(site, &Memory::default(), &options, &Unwatched).expect("memory does not fail").diagnostics
}

pub fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// What is said of one page of text.
pub fn told_of(text: &str) -> Vec<(&'static str, bool)> {
    let page = format!("---\ntitle: Page\n---\n{text}\n");
    let told = told(&site([("content/pages/page.md".to_owned(), page)]));
    told.iter().map(|diagnostic| (diagnostic.code, is_error(diagnostic))).collect()
}

/// The way to a paragraph of the small record.
fn to(paragraph: &str) -> String {
    format!("../debates/talk/#{paragraph}")
}

#[test]
fn each_form_passes_with_the_records_words_and_fails_with_others() {
    let fill = |form: &forms::Form, a: &str, b: &str| {
        let fill = |text: &str| {
            text.replace("{w}", &format!("{a} {b}"))
                .replace("{a}", a)
                .replace("{b}", b)
                .replace("{t}", &to("p1"))
                .replace("{u}", &format!("{BASE}debates/talk/#p1"))
                .replace("{n}", "Ann Lee")
                .replace("{k}", "1")
        };
        format!("{}\n\n{}", fill(form.text), fill(form.definition))
    };
    for form in forms::FORMS {
        let right = fill(form, "We must not wait for", "the £2.5 million that was promised");
        let wrong = fill(form, "We must not wait for", "the £3.5 million that was promised");
        let (right_told, wrong_told) = (told_of(&right), told_of(&wrong));
        match form.cites {
            forms::Cites::Record => {
                assert_eq!(right_told, [], "{right}");
                assert!(wrong_told.contains(&("misquotation", true)), "{wrong_told:?}\n{wrong}");
            }
            forms::Cites::Nothing => {
                for told in [right_told, wrong_told] {
                    assert_eq!(told, [("unsourced-quotation", false)], "{wrong}");
                }
            }
        }
    }
}

#[test]
fn the_table_of_forms_in_the_documentation_is_that_of_the_tests() {
    let docs = std::fs::read_to_string("docs/quoting.md").expect("the page on quoting");
    let table = docs.lines().skip_while(|line| !line.starts_with("| form |")).skip(2);
    let rows: Vec<&str> =
        table.map_while(|line| line.strip_prefix("| ")).filter_map(|row| row.split(" | ").next()).collect();
    let mut names: Vec<&str> = forms::FORMS.iter().map(|form| form.name).collect();
    names.dedup();
    assert_eq!(rows, names);
}

#[test]
fn what_is_shown_with_a_text_is_compared_like_the_text() {
    let (right, wrong) = ("We must not wait for the money", "We must now wait for the money");
    let record = "# Talk\n\n### Ann Lee:\n\nWe must not wait for the money.\n";
    let told_of = |text: &str| {
        let files = [
            ("content/debates/few/debate.yaml".to_owned(), "title: Few\ndate: 2012-12-20\n".to_owned()),
            ("content/debates/few/transcript.md".to_owned(), record.to_owned()),
            ("content/pages/p.md".to_owned(), format!("---\ntitle: T\n---\n{text}\n")),
        ];
        told(&site(files)).iter().map(|told| (told.code, is_error(told))).collect::<Vec<_>>()
    };
    for title in [
        "He said [so](../debates/few/#p1 '“{w}”') then.",
        "He said [so](../debates/few/#p1 '\"{w}\"') then.",
        "He said [so][r] then.\n\n[r]: ../debates/few/#p1 '“{w}”'",
        "He said <a href='../debates/few/#p1' title='“{w}”'>so</a> then.",
        "[![“{w}”](../../static/x.png)](../debates/few/#p1 '“{w}”')",
    ] {
        assert!(told_of(&title.replace("{w}", wrong)).contains(&("misquotation", true)), "{title}");
        assert!(!told_of(&title.replace("{w}", right)).iter().any(|(_, error)| *error), "{title}");
    }
    for text in [
        "![So “{w}”](../../static/x.png) then.",
        "![So](../../static/x.png '“{w}”') then.",
        "<abbr title='“{w}”'>So</abbr> then.",
        "- a <span title='“{w}”'>So</span> then.",
    ] {
        assert_eq!(told_of(&text.replace("{w}", wrong)), [("unsourced-quotation", false)], "{text}");
    }
}

#[test]
fn a_closing_stop_and_a_first_capital_belong_to_the_sentence_round_a_quotation() {
    for words in
        ["The guidance is clear,", "the guidance is clear.", "We must not wait,", "we must not wait."]
    {
        assert_eq!(told_of(&format!("He said [“{words}”]({}) then.", to("p1"))), [], "{words}");
    }
    for words in ["The guidance is clear;", "the Guidance is clear", "We must not wait!", "for the £2."] {
        let told = told_of(&format!("He said [“{words}”]({}) then.", to("p1")));
        assert!(told.iter().any(|(_, error)| *error), "{words}: {told:?}");
    }
}

#[test]
fn what_is_elsewhere_is_left_to_its_source_unless_it_is_nearly_the_records() {
    for text in [
        "He said [“nobody has ever said these words here”](https://else.example/).",
        "He said “nobody has ever said these words here”.[^1]\n\n[^1]: [Else](https://else.example/).",
        "[Else](https://else.example/) has “nobody has ever said these words here”.",
        "> Nobody has ever said these words here.\n>\n> — [the whole line](https://else.example/)",
        "> Nobody has ever said these words here.\n>\n> — Ann, [somewhere](https://else.example/), 2012",
    ] {
        assert_eq!(told_of(text), [], "{text}");
    }
    let near = format!(
        "[There]({}). He said [“We must never wait for the £2.5 million that was promised”](https://else.example/).",
        to("p1")
    );
    assert_eq!(told_of(&near), [("unsourced-quotation", false)]);
}

#[test]
fn what_a_block_of_code_in_a_language_holds_is_no_quotation() {
    let block =
        |language: &str| format!("Ann Lee said:\n\n```{language}\nsay(\"in words of a program\")\n```");
    assert_eq!(told_of(&block("rust")), []);
    assert_eq!(told_of(&block("")), [("unsourced-quotation", false)]);
}

#[test]
fn a_quotation_in_a_quotation_speaks_for_itself() {
    let inner =
        format!("“Ann put it well: [‘the guidance is clear’]({}), as nobody else has,” said Bob.", to("p1"));
    assert_eq!(told_of(&inner), [("unsourced-quotation", false)]);
    let wrong =
        format!("“Ann put it well: [‘the guidance is vague’]({}), as nobody else has,” said Bob.", to("p1"));
    assert!(told_of(&wrong).contains(&("misquotation", true)));
    let record =
        format!("She said [“I have said it before: “go and see”, and I say it again.”]({})", to("p2"));
    assert_eq!(told_of(&record), []);
    let wrong =
        format!("She said [“I have said it before: “go and see”, and I never say it again.”]({})", to("p2"));
    assert!(told_of(&wrong).contains(&("misquotation", true)));
}

#[test]
fn a_mark_that_may_be_an_apostrophe_hides_no_words() {
    let right = format!("[‘the workers’ rights that it names are plain’]({})", to("p1"));
    assert_eq!(told_of(&right), []);
    let wrong = format!("[‘the workers’ rights that it names are never plain’]({})", to("p1"));
    assert!(told_of(&wrong).contains(&("misquotation", true)));
    let either = format!("‘The guidance is’ and the members’ ([there]({}))", to("p1"));
    assert_eq!(told_of(&either), [("uncertain-quotation", false)]);
}

#[test]
fn a_block_quotation_is_held_to_who_said_it() {
    let block = |line: &str| format!("> We must not wait for the £2.5 million.\n>\n> — {line}");
    let target = to("p1");
    for line in ["[Ann Lee]", "Ann Lee, [there]", "Ms Lee, [there]", "[p1]", "[Talk, 20 December 2012]"] {
        assert_eq!(told_of(&block(&format!("{line}({target})"))), [], "{line}");
    }
    for line in [
        "[Bob Roe]",
        "Mr Roe, [there]",
        "[the Chairman]",
        "Ann Other, [there]",
        "[Eve Lee]",
        "Eve Lee, [there]",
    ] {
        let told = told_of(&block(&format!("{line}({target})")));
        assert_eq!(told, [("misattributed-quotation", true)], "{line}");
    }
}

#[test]
fn a_number_that_markdown_takes_for_a_list_is_one_of_the_words() {
    let record = "# Years\n\n### Ann Lee:\n\nThat was in 2013. When we met, little was done.\n".to_owned();
    let told = |number: &str| {
        let page = format!(
            "---\ntitle: T\n---\n> {number}. When we met, little was done.\n>\n> — [Ann Lee](../debates/years/#p1)\n"
        );
        let debate = "title: Years\ndate: 2014-01-01\n".to_owned();
        let files = [
            ("content/debates/years/debate.yaml".to_owned(), debate),
            ("content/debates/years/transcript.md".to_owned(), record.clone()),
            ("content/pages/p.md".to_owned(), page),
        ];
        told(&site(files)).iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>()
    };
    assert_eq!(told("2013"), [] as [&str; 0]);
    assert_eq!(told("2014"), ["misquotation"]);
}

#[test]
fn a_reference_without_its_definition_is_an_error_and_words_in_brackets_are_not() {
    for text in ["[“bad”][p9]", "[so][]", "[p2]", "see[^9]", "[“these are some words”]"] {
        assert!(told_of(text).contains(&("undefined-reference", true)), "{text}");
    }
    for text in ["a [sic] and [...] and [t]he and \\[x\\]\\[y\\]", "`[x][y]`"] {
        assert_eq!(told_of(text), [], "{text}");
    }
}

#[test]
fn what_is_taken_away_of_html_is_reported_with_its_place() {
    for (text, code) in [
        ("a <img src='x.png' onerror='f()'> b", "removed-html"),
        ("a <b onclick='f()'>b</b>", "removed-html"),
        ("a <script>f()</script> b", "removed-html"),
        ("<iframe src='x'></iframe>", "removed-html"),
        ("<p style='x'>b</p>", "removed-html"),
        ("a <b>b", "unbalanced-html"),
        ("a </i> b", "unbalanced-html"),
        ("a <li>b</li>", "unbalanced-html"),
    ] {
        assert_eq!(told_of(text), [(code, false)], "{text}");
    }
    for text in ["a <b>b</b> <br> <abbr title='x'>c</abbr>", "<!-- x -->", "<ul><li>a<li>b</ul>"] {
        assert_eq!(told_of(text), [], "{text}");
    }
}
