//! The shared cases of what becomes of an annotation when the record changes, and every sentence of
//! real speeches that were published twice.

use super::cases::{corner_at, corpora};
use super::*;
use crate::text::{Span, fold};
use proptest::prelude::*;
use serde_json::Value;

fn blocks(value: &Value) -> Vec<(String, Option<String>, String)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let blocks = value.as_array().expect("paragraphs").iter();
    blocks
        .map(|block| {
            (
                text(&block["id"]).expect("an id"),
                text(&block["speaker"]),
                text(&block["text"]).expect("words"),
            )
        })
        .collect()
}

fn borrowed(blocks: &[(String, Option<String>, String)]) -> Vec<Block<'_>> {
    blocks.iter().map(|(_, speaker, text)| Block { text, speaker: speaker.as_deref(), id: None }).collect()
}

#[test]
fn every_shared_case_of_a_revision_comes_out_right() {
    let Some(folder) = corpora() else { return };
    let cases = std::fs::read_to_string(folder.join("anchoring/cases.json")).expect("cases.json can be read");
    let cases: Value = serde_json::from_str(&cases).expect("cases.json is JSON");
    let cases = cases.as_array().or_else(|| cases["cases"].as_array()).expect("a list of cases");
    let mut seen = 0;
    for case in cases.iter().filter(|case| case["phase"] != "author") {
        seen += 1;
        let name = &case["id"];
        let (old, new) = (blocks(&case["old"]), blocks(&case["new"]));
        let (old_blocks, new_blocks) = (borrowed(&old), borrowed(&new));
        let at = &case["lock"]["start"]["at"];
        let block = old.iter().position(|(id, ..)| *at == *id).expect("the locked paragraph");
        let byte = |end: &str| case["lock"][end]["utf8"].as_u64().expect("bytes") as usize;
        let span = Span::new(byte("start")..byte("end"));
        let fates = align(&old_blocks, &new_blocks);
        let carried = carry(&old_blocks, &new_blocks, &fates, block, span);
        let expected = case["expect"]["status"].as_str().expect("a status");
        let (status, landed) = match &carried {
            Carried::Anchored(landed) if old[block].2 == new[landed.block].2 => ("anchored", Some(landed)),
            Carried::Anchored(landed) => ("anchored-folded", Some(landed)),
            Carried::Moved(landed) => ("anchored-moved", Some(landed)),
            Carried::ContextChanged(landed) => ("anchored-context", Some(landed)),
            Carried::Drifted { to, .. } => ("drifted", Some(to)),
            Carried::Misattributed(landed) => ("misattributed", Some(landed)),
            Carried::Ambiguous => ("ambiguous", None),
            Carried::Orphaned => ("orphaned", None),
        };
        assert_eq!(status, expected, "{name}: {carried:?} {fates:?}");
        let span = landed.map(|landed| {
            let (id, _, text) = &new[landed.block];
            [corner_at(id, text, landed.span.start), corner_at(id, text, landed.span.end)]
        });
        let wanted = &case["expect"]["span"];
        assert_eq!(span.is_none(), wanted.is_null(), "{name}: {carried:?}");
        if let Some(found) = span {
            assert_eq!(found, ["start", "end"].map(|end| super::cases::corner(&wanted[end])), "{name}");
        }
        let code = case["expect"]["code"].as_str();
        if let Carried::Drifted { material, .. } = &carried {
            assert_eq!(!material.is_empty(), code == Some("E-DRIFT-MATERIAL"), "{name}: {material:?}");
        }
    }
    assert!(seen >= 19, "{seen} cases");
}

/// The sentences of a text, by full stops.
fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '.' | '?' | '!') && text[end..].chars().next().is_none_or(char::is_whitespace) {
            let words = &text[start..end];
            let lead = words.len() - words.trim_start().len();
            sentences.push(Span::new(start + lead..end));
            start = end;
        }
    }
    sentences.retain(|span| span.range().len() > 3);
    sentences
}

fn decoded(text: &str) -> String {
    let references = [
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        ("&quot;", "\""),
        ("&pound;", "£"),
        ("&lsquo;", "‘"),
        ("&rsquo;", "’"),
        ("&amp;", "&"),
    ];
    references.iter().fold(text.to_owned(), |text, (name, character)| text.replace(name, character))
}

#[test]
fn no_sentence_of_a_republished_speech_lands_on_other_words_and_hardly_any_is_lost() {
    let Some(folder) = corpora() else { return };
    let pairs =
        std::fs::read_to_string(folder.join("anchoring/revision-pairs.jsonl")).expect("it can be read");
    let (mut placed, mut wrong, mut survive, mut found, mut flagged) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    for line in pairs.lines() {
        let pair: Value = serde_json::from_str(line).expect("a pair");
        let text = |key: &str| decoded(pair[key].as_str().unwrap_or_default());
        let speaker = |key: &str| pair[key].as_str().map(str::to_owned);
        let (old, new) = (text("old_text"), text("new_text"));
        let (old_speaker, new_speaker) = (speaker("old_speaker"), speaker("new_speaker"));
        let old = [Block { text: &old, speaker: old_speaker.as_deref(), id: None }];
        let new = [Block { text: &new, speaker: new_speaker.as_deref(), id: None }];
        let fates = align(&old, &new);
        for span in sentences(old[0].text) {
            let quote = fold(&old[0].text[span.range()]);
            let survives = fold(new[0].text).text().contains(quote.text()) && old[0].same_speaker(&new[0]);
            survive += u32::from(survives);
            match carry(&old, &new, &fates, 0, span) {
                Carried::Anchored(to) | Carried::Moved(to) | Carried::ContextChanged(to) => {
                    placed += 1;
                    found += u32::from(survives);
                    wrong += u32::from(fold(&new[to.block].text[to.span.range()]).text() != quote.text());
                }
                _ => flagged += 1,
            }
        }
    }
    let recall = f64::from(found) / f64::from(survive);
    println!(
        "{placed} placed, {wrong} on other words: precision {:.4}; {survive} survive, {found} found: recall {recall:.4}; {flagged} flagged",
        f64::from(placed - wrong) / f64::from(placed)
    );
    assert!(placed > 1000, "{placed} sentences");
    assert_eq!(wrong, 0);
    assert!(recall >= 0.99, "{recall}");
}

proptest! {
    #[test]
    fn an_edit_outside_a_quotation_never_loses_it_and_one_inside_never_leaves_it_anchored(
        words in prop::collection::vec("[a-z]{3,7}", 24..40),
        start in 4_usize..10,
        length in 3_usize..8,
        edited in 0_usize..24,
        kind in 0_u8..3,
    ) {
        let paragraph = |words: &[String]| words.join(" ");
        let old = paragraph(&words);
        let before: usize = words[..start].iter().map(|word| word.len() + 1).sum();
        let quote = paragraph(&words[start..start + length]);
        let span = Span::new(before..before + quote.len());
        // The edited word is no other: marked so that it occurs once.
        let mut changed = words.clone();
        match kind {
            0 => changed[edited] = format!("{}xqz", changed[edited]),
            1 => changed.insert(edited, "xqz".to_owned()),
            _ => drop(changed.remove(edited)),
        }
        let new = paragraph(&changed);
        let inside = match kind {
            1 => edited > start && edited < start + length,
            _ => edited >= start && edited < start + length,
        };
        let block = |text| Block { text, speaker: Some("A"), id: None };
        let (old_blocks, new_blocks) = ([block(old.as_str())], [block(new.as_str())]);
        let fates = align(&old_blocks, &new_blocks);
        let occurs = new.matches(quote.as_str()).count();
        match carry(&old_blocks, &new_blocks, &fates, 0, span) {
            Carried::Anchored(to) | Carried::Moved(to) | Carried::ContextChanged(to) => {
                prop_assert_eq!(&new[to.span.range()], quote.as_str(), "placed words are the quotation");
                prop_assert!(!inside || occurs > 0);
            }
            other => prop_assert!(inside || occurs != 1, "{other:?} loses what is there"),
        }
    }
}
