//! How places of the record are cited in one language.

use crate::model::{Callout, Cited, Particulars};
use crate::text::{direction, isolated};
use jiff::civil::Date;
use std::fmt::Write;

use super::citation::{hansard_code, is_extract};

/// The months in English, as they stand in a date.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The words of citations in one language. `{n}`, `{day}` and the like stand for what is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// The twelve months, as they stand in a date.
    pub months: Vec<String>,
    /// A day: `{day} {month} {year}`.
    pub date: String,
    /// A month: `{month} {year}`.
    pub month: String,
    /// What stands between the parts of a list.
    pub separator: String,
    /// What stands between the thousands of a number.
    pub thousands: String,
    /// One paragraph, in full: `Paragraph {n}`.
    pub whole_paragraph: String,
    /// One paragraph: `para {n}`.
    pub paragraph: String,
    /// Several: `paras {n}`.
    pub paragraphs: String,
    /// What is said of an extract.
    pub extract: String,
    /// The name of the official report.
    pub report: String,
    /// A volume of it: `vol {n}`.
    pub volume: String,
    /// A column of it, or several: `col {n}`.
    pub columns: String,
    /// The names of blocks set apart, in the order of [`Callout::ALL`].
    pub callouts: [String; 5],
}

impl Default for Wording {
    /// English: for messages, and for files that programs read.
    fn default() -> Self {
        Wording {
            language: "en-GB".into(),
            months: MONTHS.map(str::to_owned).into(),
            date: "{day} {month} {year}".into(),
            month: "{month} {year}".into(),
            separator: ", ".into(),
            thousands: ",".into(),
            whole_paragraph: "Paragraph {n}".into(),
            paragraph: "para {n}".into(),
            paragraphs: "paras {n}".into(),
            extract: "(extract)".into(),
            report: "Hansard".into(),
            volume: "vol {n}".into(),
            columns: "col {n}".into(),
            callouts: ["Note", "Tip", "Important", "Warning", "Caution"].map(str::to_owned),
        }
    }
}

impl Wording {
    /// The name of a block set apart: `Note`.
    pub fn callout(&self, callout: Callout) -> &str {
        &self.callouts[callout as usize]
    }

    /// A paragraph by its number, in full: `Paragraph 12`.
    pub fn paragraph(&self, number: &str) -> String {
        self.whole_paragraph.replace("{n}", number)
    }

    /// A number as readers see it: `1,234,567`.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push_str(&self.thousands);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A day: `20 December 2012`.
    pub fn day(&self, day: Date) -> String {
        self.dated(&self.date, day)
    }

    /// The month that a day is in: `December 2012`.
    pub fn month(&self, day: Date) -> String {
        self.dated(&self.month, day)
    }

    fn dated(&self, pattern: &str, day: Date) -> String {
        let month = usize::try_from(day.month() - 1).ok().and_then(|month| self.months.get(month));
        let month = month.map_or("", String::as_str);
        let mut text = String::with_capacity(pattern.len() + month.len());
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            rest = match after.split_once('}') {
                Some(("day", after)) => {
                    let _ = write!(text, "{}", day.day());
                    after
                }
                Some(("month", after)) => {
                    text.push_str(month);
                    after
                }
                Some(("year", after)) => {
                    let _ = write!(text, "{}", day.year());
                    after
                }
                _ => {
                    text.push('{');
                    after
                }
            };
        }
        text.push_str(rest);
        text
    }

    /// A place: `Human Trafficking, 20 December 2012, para 12 (extract)`.
    pub fn place(&self, cited: &Cited) -> String {
        let Cited { title, day, paragraphs, extract } = cited;
        let mut parts = vec![self.named(title), self.day(*day)];
        match paragraphs.as_slice() {
            [] => {}
            [one] => parts.push(self.paragraph.replace("{n}", one)),
            several => parts.push(self.paragraphs.replace("{n}", &several.join(&self.separator))),
        }
        self.parts(parts, *extract)
    }

    /// A place of a debate by its fragment, without the day: `Human Trafficking, para 2`. What is no
    /// paragraph has no number.
    pub fn fragment(&self, title: &str, fragment: Option<&str>) -> String {
        let numbers = fragment.and_then(|fragment| fragment.strip_prefix('p'));
        match numbers.map(|numbers| numbers.replace("..p", "–")) {
            Some(range) if range.contains('–') => {
                self.parts(vec![self.named(title), self.paragraphs.replace("{n}", &range)], false)
            }
            Some(number) => {
                self.parts(vec![self.named(title), self.paragraph.replace("{n}", &number)], false)
            }
            None => self.named(title),
        }
    }

    /// A debate: house, title, day, volume and column as far as they are known.
    pub fn debate(&self, particulars: &Particulars) -> String {
        let mut parts = Vec::new();
        parts.extend(particulars.house.as_deref().map(|house| self.named(house)));
        parts.push(self.named(&particulars.title));
        parts.push(self.day(particulars.date));
        parts.extend(self.reference(particulars));
        self.parts(parts, is_extract(particulars))
    }

    /// What is known of volume, columns and reference: `Hansard, vol 555`. What isn't known is left out;
    /// the report of another parliament has no name here.
    pub fn reference(&self, particulars: &Particulars) -> Option<String> {
        if let Some(printed) = &particulars.reference {
            return Some(printed.clone());
        }
        let mut parts = Vec::new();
        parts.extend(particulars.volume.as_ref().map(|volume| self.volume.replace("{n}", volume)));
        parts.extend(particulars.columns.as_ref().map(|columns| self.columns.replace("{n}", columns)));
        (!parts.is_empty()).then(|| {
            // Without a house the site is taken to be about Westminster: others name theirs.
            if particulars.house.as_deref().is_none_or(|house| hansard_code(house).is_some()) {
                parts.insert(0, self.report.clone());
            }
            parts.join(&self.separator)
        })
    }

    fn parts(&self, parts: Vec<String>, extract: bool) -> String {
        let mut citation = parts.join(&self.separator);
        if extract {
            citation.push(' ');
            citation.push_str(&self.extract);
        }
        citation
    }

    /// A name of the record's among the words of the citation.
    fn named(&self, name: &str) -> String {
        isolated(name, direction(&self.language)).into_owned()
    }
}
