//! How places of the record are named to readers: numbers, days, offices, citations.

use super::Wording;
use crate::model::{Attribution, Cited, Debate, Held, Particulars, Passage};
use jiff::civil::Date;

/// Whether a debate's record is an extract.
pub fn is_extract(particulars: &Particulars) -> bool {
    particulars.part_of.as_ref().is_some_and(|part| part.extract)
}

/// The office or seat of a speaker on the day: as the record prints it, else as the person's file
/// has it for that day.
pub fn office_on<'p>(who: &Attribution, held: Option<impl Into<Held<'p>>>, day: Date) -> Option<String> {
    who.detail.clone().or_else(|| {
        let held: Held<'_> = held?.into();
        held.offices
            .iter()
            .chain(held.constituencies)
            .find(|term| term.holds_on(day))
            .map(|term| term.name.clone())
    })
}

/// The party of a speaker on the day, as the person's file has it; none where what the record prints beside the
/// name has it already.
pub fn party_on<'p>(who: &Attribution, held: Option<impl Into<Held<'p>>>, day: Date) -> Option<String> {
    let held: Held<'_> = held?.into();
    let party = &held.parties.iter().find(|term| term.holds_on(day))?.name;
    let is_printed = who.detail.as_ref().is_some_and(|detail| detail.contains(party.as_str()));
    (!is_printed).then(|| party.clone())
}

/// A paragraph's number as readers see it: `12` for `p12`.
pub fn number(id: &str) -> String {
    id.trim_start_matches('p').to_owned()
}

/// The place of some passages of a debate.
pub fn cited(debate: &Debate, passages: &[Passage]) -> Cited {
    let Particulars { title, date, .. } = &debate.particulars;
    let number_of = |passage: &Passage| number(&debate.record.paragraphs[passage.paragraph].id.to_string());
    let mut passages: Vec<&Passage> = passages.iter().collect();
    passages.sort_by_key(|passage| passage.paragraph);
    passages.dedup_by_key(|passage| passage.paragraph);
    let paragraphs = passages.into_iter().map(number_of).collect();
    Cited { title: title.clone(), day: *date, paragraphs, extract: is_extract(&debate.particulars) }
}

/// A place as a citation in English: `Human Trafficking, 20 December 2012, para 12 (extract)`.
pub fn place_citation(debate: &Debate, passages: &[Passage]) -> String {
    Wording::default().place(&cited(debate, passages))
}

/// A day as citations in English have it: `20 December 2012`.
pub fn long_date(day: Date) -> String {
    Wording::default().day(day)
}

/// A debate as Hansard is cited: `HC Deb 20 December 2012 vol 555 c330WH`. Volume and column are left out
/// where they are not known, an extract is said to be one; a debate of neither House has no such citation.
pub fn hansard_citation(particulars: &Particulars) -> Option<String> {
    let code = hansard_code(particulars.house.as_deref()?)?;
    let mut citation = format!("{code} Deb {}", long_date(particulars.date));
    if let Some(volume) = &particulars.volume {
        citation.push_str(&format!(" vol {volume}"));
    }
    if let Some(columns) = &particulars.columns {
        let several = columns.contains(['-', '–', ',']);
        citation.push_str(&format!(" {}{columns}", if several { "cc" } else { "c" }));
    }
    if is_extract(particulars) {
        citation.push(' ');
        citation.push_str(&Wording::default().extract);
    }
    Some(citation)
}

/// Where the official report of a debate's day can be read; none for a house that has none there.
pub fn official_report(particulars: &Particulars) -> Option<String> {
    let house = match hansard_code(particulars.house.as_deref()?)? {
        "HC" => "commons",
        _ => "lords",
    };
    Some(format!("https://hansard.parliament.uk/{house}/{}", particulars.date))
}

/// What Hansard is cited as for a house: `HC` or `HL`; none where it is no house of Westminster's.
pub(super) fn hansard_code(house: &str) -> Option<&'static str> {
    match house.to_ascii_lowercase().trim_start_matches("house of ") {
        "commons" | "westminster hall" => Some("HC"),
        "lords" | "grand committee" | "lords grand committee" => Some("HL"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hansard_is_cited_by_house_day_volume_and_column_as_far_as_they_are_known() {
        let of = |house: &str, volume: &str, columns: &str| {
            let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            hansard_citation(&Particulars {
                date: jiff::civil::date(2012, 12, 20),
                house: known(house),
                volume: known(volume),
                columns: known(columns),
                ..Particulars::default()
            })
        };
        assert_eq!(of("Westminster Hall", "555", "").as_deref(), Some("HC Deb 20 December 2012 vol 555"));
        assert_eq!(
            of("House of Lords", "741", "330-334").as_deref(),
            Some("HL Deb 20 December 2012 vol 741 cc330-334")
        );
        assert_eq!(of("Commons", "", "330WH").as_deref(), Some("HC Deb 20 December 2012 c330WH"));
        assert_eq!(of("Senedd", "1", "2"), None);
        assert_eq!(of("", "1", "2"), None);
    }

    #[test]
    fn the_report_of_another_parliament_is_not_called_hansard_and_an_extract_says_so() {
        let mut debate = Particulars {
            date: jiff::civil::date(2012, 12, 20),
            house: Some("Dáil Éireann".into()),
            volume: Some("1050".into()),
            ..Particulars::default()
        };
        assert_eq!(Wording::default().reference(&debate).as_deref(), Some("vol 1050"));
        debate.house = Some("House of Commons".into());
        assert_eq!(Wording::default().reference(&debate).as_deref(), Some("Hansard, vol 1050"));
        let whole = crate::model::PartOf { extract: true, ..Default::default() };
        debate.part_of = Some(whole);
        assert_eq!(hansard_citation(&debate).as_deref(), Some("HC Deb 20 December 2012 vol 1050 (extract)"));
    }
}
