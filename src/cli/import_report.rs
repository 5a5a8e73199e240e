//! What `rapporteur import` says of a file.

use super::print;
use crate::import::{Opened, Survey, Unstated};
use std::collections::BTreeMap;

/// Says what was imported of a file, and what became of its words.
pub fn print(survey: &Survey, opened: &Opened) {
    print::line(&format!(
        "{}: {} ({}), {}, {} words, {}",
        opened.name,
        print::count(survey.debates.len(), "debate", "debates"),
        opened.format.title,
        print::count(survey.contributions, "contribution", "contributions"),
        print::thousands(survey.words),
        print::count(survey.names.len(), "speaker", "speakers"),
    ));
    if survey.nameless > 0 {
        print::line(&format!(
            "  {} of them spoken by somebody the file does not name",
            print::thousands(survey.nameless)
        ));
    }
    if survey.recast > 0 {
        print::line(&format!(
            "  {} in capitals in the file, or with the day or a part twice: in debate.yaml in sentence case, said once, \
             to be put right there",
            print::count(survey.recast, "title stands", "titles stand")
        ));
    }
    print_account(survey);
    survey.apart.iter().for_each(|line| print::line(line));
    for (element, words) in &opened.left_out {
        let words = print::count(*words, "word", "words");
        print::line(&format!("  left out: <{element}>, {words}, which belongs to no debate"));
    }
}

/// Which items of a file make no debates because nobody speaks in them, and how to have them all the same.
pub fn passed_over(name: &str, passed: &[(String, usize)]) -> String {
    let items: Vec<String> = passed
        .iter()
        .map(|(title, words)| format!("“{title}” ({})", print::count(*words, "word", "words")))
        .collect();
    format!(
        "{name}: passed over, for nobody speaks in them: {}; `--procedure` imports them, too: {}",
        print::count(passed.len(), "item", "items"),
        items.join(", ")
    )
}

/// Where the words of the file went, in a few lines.
fn print_account(survey: &Survey) {
    let account = &survey.account;
    let all = account.words();
    let part = |words: usize, what: &str| {
        let tenths = (words * 2000 + all) / (all * 2).max(1);
        format!("{} {what} ({}.{} %)", print::thousands(words), tenths / 10, tenths % 10)
    };
    if all > 0 {
        let parts = [
            (account.spoken, "spoken"),
            (account.procedure, "of procedure"),
            (account.labels, "in speakers' names"),
            (account.headings, "in headings"),
            (account.words_apart(), "set apart"),
        ];
        let parts: Vec<_> =
            parts.iter().filter(|(words, _)| *words > 0).map(|(words, what)| part(*words, what)).collect();
        print::line(&format!("  of the file's {}: {}", print::count(all, "word", "words"), parts.join(", ")));
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for apart in account.apart.iter().filter(|apart| apart.words > 0) {
        *reasons.entry(apart.reason).or_default() += apart.words;
    }
    for (reason, words) in reasons {
        print::line(&format!("    set apart: {reason}: {}", print::thousands(words)));
    }
    for unstated in &survey.unstated {
        print::notice(match unstated {
            Unstated::Licence => {
                "  the file states no licence, so none is written: say it with --licence, or in debate.yaml"
            }
            Unstated::Day => {
                "  the file states no day: it was taken from the file's name; --date says another"
            }
        });
    }
}
