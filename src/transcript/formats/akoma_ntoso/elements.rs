//! What the elements of Akoma Ntoso are: those that hold sections, those within a line of words, and
//! what each of these means.

use crate::transcript::record::*;
use crate::transcript::xml::{Element, Milestone, Treat, html_inline};

/// The elements whose words are somebody's, or business: what stands above the first is the opening.
pub(in crate::transcript) fn begins_words(name: &str) -> bool {
    matches!(name, "speech" | "question" | "answer" | "other" | "p" | "block" | "table" | "ul" | "ol")
}

/// The elements that hold sections of a debate (Akoma Ntoso 3.0, `debateBodyType` and the groups
/// `speechSection` and `ANdebate`).
pub(in crate::transcript) fn is_container(name: &str) -> bool {
    matches!(
        name,
        "debateSection"
            | "speechGroup"
            | "administrationOfOath"
            | "rollCall"
            | "prayers"
            | "oralStatements"
            | "writtenStatements"
            | "personalStatements"
            | "ministerialStatements"
            | "resolutions"
            | "nationalInterest"
            | "declarationOfVote"
            | "communication"
            | "petitions"
            | "papers"
            | "noticesOfMotion"
            | "questions"
            | "address"
            | "proceduralMotions"
            | "pointOfOrder"
            | "adjournment"
            | "container"
            | "div"
            | "blockContainer"
    )
}

/// The elements that stand within a line of words.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "i" | "b"
            | "u"
            | "a"
            | "em"
            | "strong"
            | "span"
            | "sup"
            | "sub"
            | "abbr"
            | "br"
            | "eol"
            | "ref"
            | "mref"
            | "rref"
            | "ins"
            | "del"
            | "date"
            | "time"
            | "person"
            | "organization"
            | "concept"
            | "object"
            | "event"
            | "location"
            | "process"
            | "role"
            | "term"
            | "quantity"
            | "def"
            | "entity"
            | "quotedText"
            | "embeddedText"
            | "recordedTime"
            | "vote"
            | "outcome"
            | "noteRef"
            | "remark"
            | "inline"
            | "docTitle"
            | "docNumber"
            | "docDate"
            | "docType"
            | "docStage"
            | "docStatus"
            | "docProponent"
            | "session"
            | "legislature"
            | "num"
            | "heading"
            | "subheading"
            | "from"
            | "img"
            | "placeholder"
            | "marker"
            | "fillIn"
            | "decoration"
            | "courtType"
            | "neutralCitation"
            | "party"
            | "judge"
            | "lawyer"
            | "signature"
            | "argument"
            | "affectedDocument"
            | "relatedDocument"
            | "change"
            | "omissis"
            | "shortTitle"
            | "docAuthority"
            | "docPurpose"
            | "docCommittee"
            | "docIntroducer"
            | "docketNumber"
            | "opinion"
    )
}

/// What an element within a line of words means.
pub(super) fn treat(element: Element<'_, '_>) -> Treat {
    match element.name() {
        "remark" => Treat::Inline(InlineKind::Remark),
        "authorialNote" => Treat::Leave,
        "marker" => {
            let value = element.attribute("title").unwrap_or_default().as_ref().into();
            match element.attribute("name").as_deref() {
                Some("column") => Treat::Milestone(Milestone::Column(Some(value))),
                Some("time") => Treat::Milestone(Milestone::Time(value)),
                _ => Treat::Milestone(Milestone::Column(None)),
            }
        }
        "inline" => match element.attribute("name").as_deref() {
            Some("line") => Treat::Literal("\n"),
            Some("tab") => Treat::Literal("\t"),
            Some("space") => Treat::Literal(" "),
            Some("code") => Treat::Inline(InlineKind::Code),
            _ => Treat::Through,
        },
        "a" => Treat::Inline(InlineKind::Link(Box::new(Link {
            href: element.attribute("href").unwrap_or_default().as_ref().into(),
            title: element.attribute("title").map(|title| title.as_ref().into()),
        }))),
        _ => html_inline(element),
    }
}
