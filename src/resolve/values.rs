//! Single values as meant: dates, times, addresses, standings.

use crate::annotation as written;
use crate::content::RawStanding;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::model::{OutcomeState, Standing, Verdict};
use crate::yaml;
use jiff::civil::{Date, Time};

/// A date as written; a remark where it is none.
pub fn date(text: &str, place: impl FnOnce() -> Place, remarks: &mut Vec<Diagnostic>) -> Option<Date> {
    let date = yaml::parse_date(text);
    if date.is_none() {
        remarks.push(diagnostics::impossible_date(place(), text));
    }
    date
}

/// A time of day as written, `16:05`; a remark where it is none.
pub fn time_of(text: &str, place: impl FnOnce() -> Place, remarks: &mut Vec<Diagnostic>) -> Option<Time> {
    let time = Time::strptime("%H:%M", text).ok();
    if time.is_none() {
        remarks.push(diagnostics::bad_time(place(), text));
    }
    time
}

/// How far a piece of work has come.
pub fn standing(raw: RawStanding) -> Standing {
    match raw {
        RawStanding::Draft => Standing::Draft,
        RawStanding::InReview => Standing::InReview,
        RawStanding::Approved => Standing::Approved,
        RawStanding::Retracted => Standing::Retracted,
    }
}

/// What checking a claim came to.
pub fn verdict(raw: written::Verdict) -> Verdict {
    match raw {
        written::Verdict::Accurate => Verdict::Accurate,
        written::Verdict::Inaccurate => Verdict::Inaccurate,
        written::Verdict::Misleading => Verdict::Misleading,
        written::Verdict::Unsupported => Verdict::Unsupported,
        written::Verdict::CannotBeChecked => Verdict::CannotBeChecked,
    }
}

/// The state of a commitment.
pub fn outcome_state(raw: written::OutcomeState) -> OutcomeState {
    match raw {
        written::OutcomeState::NotChecked => OutcomeState::NotChecked,
        written::OutcomeState::Open => OutcomeState::Open,
        written::OutcomeState::Kept => OutcomeState::Kept,
        written::OutcomeState::Partly => OutcomeState::Partly,
        written::OutcomeState::Broken => OutcomeState::Broken,
        written::OutcomeState::Overtaken => OutcomeState::Overtaken,
    }
}
