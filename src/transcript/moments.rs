//! Times and dates as transcripts print them: `4:05 pm`, `16.05`, `20th December 2012`.

use crate::permalink::MONTHS;
use jiff::civil::{Date, Time};
use std::ops::Range;

/// A time of day as printed, which may leave open which half of the day is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    hour: i8,
    minute: i8,
    half: Half,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    /// The hour says it: `16:05`, `09:30`, `4:05 pm`.
    Known,
    /// `4:05`.
    Open,
}

impl Clock {
    /// Reads `4:05 pm`, `4.05pm`, `4 p.m.`, `16:05`, `4:05`. `None` for anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
        let (clock, half) = text.split_at(digits);
        let (hour, minute) = clock.split_once([':', '.']).unwrap_or((clock, ""));
        let afternoon = match half.trim_start() {
            "" => None,
            half if ["am", "a.m.", "AM"].contains(&half) => Some(false),
            half if ["pm", "p.m.", "PM"].contains(&half) => Some(true),
            _ => return None,
        };
        let minutes = match (minute.len(), afternoon) {
            (2, _) => minute.parse().ok().filter(|minute| (0..60).contains(minute))?,
            (0, Some(_)) if clock == hour => 0,
            // Older volumes print nine minutes past eight as `8.9 pm`.
            (1, Some(_)) => minute.parse().ok()?,
            _ => return None,
        };
        let leading_zero = hour.len() == 2 && hour.starts_with('0');
        let number: i8 = (1..=2).contains(&hour.len()).then(|| hour.parse().ok())??;
        let (hour, half) = match (number, afternoon) {
            (1..=12, Some(afternoon)) => (number % 12 + if afternoon { 12 } else { 0 }, Half::Known),
            (1..=12, None) if !leading_zero => (number, Half::Open),
            (0..=23, _) => (number, Half::Known),
            _ => return None,
        };
        Some(Clock { hour, minute: minutes, half })
    }

    /// The time meant. Where the half of the day is open it is taken from `near`, a time stated
    /// before: the one from an hour earlier to eleven hours later, since the record runs forward and
    /// its times are close together. `None` where there is nothing to take it from.
    pub(super) fn time(self, near: Option<Time>) -> Option<Time> {
        let at = |hour| Time::new(hour, self.minute, 0, 0).ok();
        match self.half {
            Half::Known => at(self.hour),
            Half::Open => {
                let near = near?;
                let near = i32::from(near.hour()) * 60 + i32::from(near.minute());
                let morning = i32::from(self.hour % 12) * 60 + i32::from(self.minute);
                let forward = (morning - near + 60).rem_euclid(24 * 60);
                at(self.hour % 12 + if forward < 12 * 60 { 0 } else { 12 })
            }
        }
    }
}

/// Reads `20 December 2012` and `20th December 2012`.
pub(super) fn date(text: &str) -> Option<Date> {
    let mut words = text.split_ascii_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || year.len() != 4 {
        return None;
    }
    let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !["", "st", "nd", "rd", "th"].contains(&&day[digits.len()..]) {
        return None;
    }
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Date::new(year.parse().ok()?, i8::try_from(month).ok()?, digits.parse().ok()?).ok()
}

/// The day that a heading is, and nothing else: `TUESDAY, 8 MAY 1979`, `Friday, 10th June 2011`.
pub fn heading_day(heading: &str) -> Option<Date> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = heading.trim().trim_end_matches('.').to_ascii_lowercase();
    let after = DAYS.iter().find_map(|day| lower.strip_prefix(day));
    let rest = after.map_or(lower.as_str(), |rest| rest.trim_start_matches([',', ' ', '\t', '\n', '\r']));
    let mut words: Vec<String> = rest.split_ascii_whitespace().map(str::to_owned).collect();
    if let Some(first) = words.get_mut(1).and_then(|month| month.get_mut(..1)) {
        first.make_ascii_uppercase();
    }
    date(&words.join(" ")).or_else(|| rest.trim().parse().ok())
}

/// A time, and mostly a date, at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// The time as printed, as a range of the line.
    pub(super) time: Range<usize>,
    /// What it says.
    pub(super) clock: Clock,
    /// The date as printed, and as read.
    pub(super) date: Option<(Range<usize>, Date)>,
}

/// The moment at the end of `line`: `… 4:05, 20 December 2012`, `… 2:58 pm, 20th December 2012`,
/// `… 4:05 pm`.
pub(super) fn moment_at_end(line: &str) -> Option<Moment> {
    let dated = line.rfind(',').and_then(|comma| {
        let range = comma + 1 + leading_space(&line[comma + 1..])..line.len();
        Some((comma, range.clone(), date(&line[range])?))
    });
    let end = dated.as_ref().map_or(line.len(), |(comma, ..)| *comma);
    let line = line[..end].trim_end();
    let last = line.rfind(' ').map_or(0, |at| at + 1);
    let before = line[..last].trim_end().rfind(' ').map_or(0, |at| at + 1);
    let (start, clock) =
        [before, last].into_iter().find_map(|start| Some((start, Clock::parse(&line[start..])?)))?;
    let date = dated.map(|(_, range, date)| (range, date));
    Some(Moment { time: start..line.len(), clock, date })
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    #[test]
    fn a_clock_reads_what_transcripts_print() {
        let read = |text| Clock::parse(text).and_then(|clock| clock.time(None));
        assert_eq!(read("4:05 pm"), Some(time(16, 5, 0, 0)));
        assert_eq!(read("4.05p.m."), Some(time(16, 5, 0, 0)));
        assert_eq!(read("12:00 am"), Some(time(0, 0, 0, 0)));
        assert_eq!(read("12:30 pm"), Some(time(12, 30, 0, 0)));
        assert_eq!(read("9 am"), Some(time(9, 0, 0, 0)));
        assert_eq!(read("8.9 pm"), Some(time(20, 9, 0, 0)));
        assert_eq!(read("16:05"), Some(time(16, 5, 0, 0)));
        assert_eq!(read("09:30"), Some(time(9, 30, 0, 0)));
        for not_a_time in ["", "4", "4:5", "4:65", "25:00", "4:05 xm", "pm", "4:05:06", "004:05", "4:é"] {
            assert_eq!(read(not_a_time), None, "{not_a_time}");
        }
    }

    #[test]
    fn an_open_half_of_the_day_is_taken_from_the_time_before_and_else_not_at_all() {
        let clock = |text| Clock::parse(text).expect("a clock");
        assert_eq!(clock("4:05").time(None), None);
        assert_eq!(clock("4:05").time(Some(time(16, 5, 0, 0))), Some(time(16, 5, 0, 0)));
        assert_eq!(clock("1:10").time(Some(time(12, 58, 0, 0))), Some(time(13, 10, 0, 0)));
        assert_eq!(clock("12:10").time(Some(time(23, 50, 0, 0))), Some(time(0, 10, 0, 0)));
        assert_eq!(clock("11:50").time(Some(time(12, 0, 0, 0))), Some(time(11, 50, 0, 0)));
    }

    #[test]
    fn a_date_reads_with_and_without_its_ordinal() {
        let day = Date::new(2012, 12, 20).ok();
        assert_eq!(date("20 December 2012"), day);
        assert_eq!(date("20th December 2012"), day);
        for not_a_date in
            ["31 February 2012", "20 Dezember 2012", "20 December 12", "December 2012", "20xx May 2012"]
        {
            assert_eq!(date(not_a_date), None, "{not_a_date}");
        }
    }

    #[test]
    fn a_heading_that_is_a_day_and_nothing_else_tells_the_day() {
        let day = Date::new(1979, 5, 8).ok();
        for heading in [
            "TUESDAY, 8 MAY 1979",
            "Tuesday 8th May 1979",
            "8 May 1979",
            " 1979-05-08 ",
            "TUESDAY,\n8 MAY 1979.",
        ] {
            assert_eq!(heading_day(heading), day, "{heading}");
        }
        for heading in ["Debate of 8 May 1979", "TUESDAY", "8 May", "8 é 1979", ""] {
            assert_eq!(heading_day(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_moment_is_found_at_the_end_of_a_line() {
        let line = "Mark Harper 2:58 pm, 20th December 2012";
        let moment = moment_at_end(line).expect("a moment");
        assert_eq!(&line[moment.time], "2:58 pm");
        assert_eq!(moment.date.map(|(range, _)| &line[range]), Some("20th December 2012"));
        assert_eq!(moment_at_end("I was there at 4:05, in May"), None);
    }
}
