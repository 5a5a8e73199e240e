//! The folder of a new debate: `debate.yaml`, the transcript byte for byte, the lock that gives its
//! paragraphs their ids.

use super::{DebateRead, Opened};
use crate::resolve::first_lock;
use crate::text::slugify;
use crate::transcript::{Entry, Split, Stated, Text, Transcript, heading_day, sentence_case};
use jiff::civil::Date;
use serde::Serialize;

/// What whoever imports says of a debate, over what its source says.
#[derive(Debug, Clone, Default)]
pub struct Particulars {
    /// The title.
    pub title: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The day in the file that corrections to the record overrule.
    pub overruled: Option<Date>,
    /// The licence of the text.
    pub licence: Option<String>,
    /// Who published the text.
    pub source: Option<String>,
}

/// A new debate's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// Its title.
    pub title: String,
    /// The slug that its title and day make.
    pub slug: String,
    /// The title as its file prints it, where another is written: that is in capitals, or says something twice.
    pub printed: Option<String>,
    /// Its files, by their names.
    pub files: Vec<(String, Vec<u8>)>,
    /// What nobody stated, and is therefore not written.
    pub unstated: Vec<Unstated>,
}

/// Something that should be known of a debate, that its file does not state, and that nobody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unstated {
    /// The licence of the text.
    Licence,
    /// The day, which was taken from the name of the file.
    Day,
}

/// `debate.yaml`, as far as a source fills it.
#[derive(Serialize)]
struct Written<'a> {
    title: &'a str,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    house: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chair: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    volume: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<PartOf<'a>>,
    source: Obtained<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    format: &'static str,
}

#[derive(Serialize)]
struct PartOf<'a> {
    title: &'a str,
}

#[derive(Serialize)]
struct Obtained<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    file: &'a str,
    hash: String,
}

/// Lays out the folder of a debate. `Err` says, in words, what its source leaves out and nobody said,
/// or says otherwise.
pub fn layout(opened: &Opened, read: &DebateRead, said: &Particulars) -> Result<Laid, String> {
    let transcript = &read.transcript;
    let source = &transcript.source;
    let details = &transcript.details;
    let stated = details.date.as_ref().and_then(|date| date.value);
    let mut unstated = Vec::new();
    let date = match (said.date, stated, first_day(&opened.name)) {
        (Some(day), Some(stated), _) if day != stated && said.overruled != Some(stated) => {
            return Err(format!(
                "--date says {day}, and the file itself says {stated}: the site would be at odds with its record; import the \
                 file of {day}, or leave --date out; where the file is wrong, write `date: {day}` into debate.yaml then, and \
                 overrule the file's day in corrections.yaml: `at: day`, `was: {stated}`, `reads: {day}`, and the reason"
            ));
        }
        (Some(day), ..) | (None, Some(day), _) => day,
        (None, None, Some(day)) => {
            unstated.push(Unstated::Day);
            day
        }
        (None, None, None) => {
            return Err("the file does not say of what day it is: say it with --date YYYY-MM-DD".to_owned());
        }
    };
    let mut printed = None;
    let title = said.title.clone().unwrap_or_else(|| {
        let title = title_of(transcript, opened);
        let once = said_once(&title, &date);
        let shown = sentence_case(once, transcript).unwrap_or_else(|| once.to_owned());
        if shown != title {
            printed = Some(title);
        }
        shown
    });
    let of = |text: &Text| text.of(source).to_owned();
    let house = details.house.as_ref().map(of);
    let chair = details.chair.as_ref().map(of);
    let volume = details.volume.as_ref().map(of);
    let part_of = details.part_of.as_ref().map(of);
    let part_of = part_of.map(|title| sentence_case(&title, transcript).unwrap_or(title));
    let licence = said.licence.as_deref().or(details.licence.as_deref());
    if licence.is_none() {
        unstated.push(Unstated::Licence);
    }
    let written = Written {
        title: &title,
        date: date.to_string(),
        house: house.as_deref(),
        chair: chair.as_deref(),
        volume: volume.as_deref(),
        part_of: part_of.as_deref().map(|title| PartOf { title }),
        source: Obtained {
            name: said.source.as_deref().unwrap_or(&opened.name),
            url: details.url.as_deref().filter(|url| url.starts_with("http")),
            licence,
            file: &opened.name,
            hash: opened.hash.to_string(),
        },
        language: details.language.as_deref(),
        format: opened.format.name,
    };
    let yaml = serde_yaml::to_string(&written).expect("nothing but text");
    let transcript_name = format!("transcript.{}", opened.extension());
    let lock = first_lock(&transcript_name, transcript);
    Ok(Laid {
        slug: slug_of(&date, &title),
        title,
        printed,
        unstated,
        files: vec![
            ("debate.yaml".into(), yaml.into_bytes()),
            (transcript_name, read.bytes.clone()),
            ("debate.lock".into(), lock.print().into_bytes()),
        ],
    })
}

/// A title without what stands elsewhere or twice: the debate's own day before it, and its first part once more,
/// run together with its end (`Business - Harbours (Tolls)Business`), as some sources of old pages have it.
fn said_once<'t>(title: &'t str, date: &Date) -> &'t str {
    let undated = title
        .strip_prefix(&date.to_string())
        .map(|rest| rest.trim_start_matches([' ', ':', ',', '-', '–', '—']));
    let title = undated.filter(|rest| rest.contains(char::is_alphabetic)).unwrap_or(title);
    let echo = title.split_once(" - ").and_then(|(first, rest)| rest.strip_suffix(first).map(|_| first));
    match echo.and_then(|first| title.strip_suffix(first)) {
        // After a space it is a word of the title.
        Some(rest) if rest.ends_with(|before: char| !before.is_whitespace() && before != '-') => rest,
        _ => title,
    }
}

/// The slug of a debate of this day and title.
pub fn slug_of(date: &Date, title: &str) -> String {
    let slug = slugify(&format!("{date} {title}"));
    if slug.len() <= 64 {
        return slug;
    }
    // Whole words only.
    let cut = slug[..64].rfind('-').unwrap_or(64);
    slug[..cut].to_owned()
}

/// The title as printed; else the only heading, days aside; else that of the day. A piece of a divided
/// volume has the first heading, or that of its day.
fn title_of(transcript: &Transcript, opened: &Opened) -> String {
    let source = &transcript.source;
    let headings = || {
        transcript.entries.iter().filter_map(|entry| match entry {
            Entry::Heading { text, .. } => Some(text),
            Entry::Contribution(_) => None,
        })
    };
    let is_day = |text: &Text| heading_day(text.of(source)).is_some();
    let is_piece = opened.debates() > 1;
    let heading = || {
        if is_piece
            && opened.split == Split::Day
            && let Some(day) = headings().next().filter(|text| is_day(text))
        {
            return Some(day);
        }
        let mut headings = headings().filter(|text| !is_day(text));
        let first = headings.next();
        let is_title = opened.format.name == "akoma-ntoso" && is_piece && opened.split == Split::Headings;
        first.filter(|_| is_title || headings.next().is_none())
    };
    if let Some(title) = transcript.title.as_ref().or_else(heading) {
        return title.of(source).replace(['\n', '\t'], " ");
    }
    let file = opened.name.as_str();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // The day in a file's name is the debate's, and no word of its title.
    let day = (0..stem.len().saturating_sub(9))
        .find(|at| stem.get(*at..at + 10).is_some_and(|part| part.parse::<Date>().is_ok()));
    let undated = day.map(|at| format!("{} {}", &stem[..at], &stem[at + 10..]));
    let stem = undated.filter(|rest| rest.contains(char::is_alphabetic)).unwrap_or_else(|| stem.to_owned());
    let stem = stem.replace(['-', '_'], " ");
    let stem = stem.split_whitespace().collect::<Vec<_>>().join(" ");
    let details = &transcript.details;
    match (&details.house, &details.date) {
        (Some(house), Some(Stated { value: Some(day), .. })) => {
            format!("{}: {}", house.of(source), day.strftime("%-d %B %Y"))
        }
        (Some(house), Some(_)) => house.of(source).to_owned(),
        (None, Some(Stated { value: Some(day), .. })) if is_piece => {
            format!("{stem}: {}", day.strftime("%-d %B %Y"))
        }
        _ => stem,
    }
}

/// The day that a file's name begins with or ends with: `2016-07-30-Interview.md`.
fn first_day(name: &str) -> Option<Date> {
    (0..name.len().saturating_sub(9)).find_map(|at| name.get(at..at + 10)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::{said_once, slug_of};

    #[test]
    fn a_title_says_neither_its_own_day_nor_a_part_of_itself_twice() {
        let day = "2031-05-06".parse().expect("a day");
        for (printed, once) in [
            ("2031-05-06 Talk with Ann Ferry", "Talk with Ann Ferry"),
            ("2031-05-06: 2040", "2031-05-06: 2040"),
            ("2031-05-07 Talk", "2031-05-07 Talk"),
            (
                "Day of the members - Harbours (Tolls)Day of the members",
                "Day of the members - Harbours (Tolls)",
            ),
            ("Questions - Answers and Questions", "Questions - Answers and Questions"),
            ("Fish - self-Fish", "Fish - self-Fish"),
        ] {
            assert_eq!(said_once(printed, &day), once);
        }
        assert_eq!(slug_of(&day, said_once("2031-05-06 Talk", &day)), "2031-05-06-talk");
    }
}
