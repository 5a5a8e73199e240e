//! A build as a trace: every stage and every file with its thread, when it began and how long it took, in
//! the JSON that the trace viewers of browsers read (the Trace Event Format, "complete" events).

use super::costs::Made;
use super::report::{Report, Timed};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The thread that leads: stages stand on it, and what is made by no other.
const LEAD: usize = 0;

/// The trace of a build. Times are in microseconds from the beginning of its first stage.
pub fn trace(report: &Report) -> Value {
    let Some(began) = report.timings.0.first().map(|timed| timed.start) else {
        return json!({ "traceEvents": [] });
    };
    let event = |name: &str, category: &str, thread: usize, start: Instant, took: Duration| {
        let at = start.saturating_duration_since(began);
        json!({
            "name": name, "cat": category, "ph": "X", "pid": 1, "tid": thread,
            "ts": at.as_micros() as u64, "dur": took.as_micros() as u64,
        })
    };
    let stages = report
        .timings
        .0
        .iter()
        .map(|Timed { stage, start, took }| event(stage.word(), "stage", LEAD, *start, *took));
    let files = report.costs.iter().flat_map(|Made { kind, thread, start, cost }| {
        let thread = thread.map_or(LEAD, |thread| thread + 1);
        [
            event(kind, "making", thread, *start, cost.making),
            event(kind, "writing", thread, *start + cost.making, cost.putting),
        ]
    });
    json!({ "traceEvents": stages.chain(files).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Cost, Stage, Timings};

    #[test]
    fn a_trace_has_every_stage_and_the_two_parts_of_every_file() {
        let start = Instant::now();
        let ms = Duration::from_millis;
        let cost = Cost { files: 1, bytes: 10, making: ms(2), putting: ms(1) };
        let report = Report {
            timings: Timings(vec![
                Timed { stage: Stage::Parse, start, took: ms(5) },
                Timed { stage: Stage::Render, start: start + ms(5), took: ms(4) },
            ]),
            costs: vec![Made { kind: "debate", thread: Some(1), start: start + ms(6), cost }],
            ..Report::default()
        };
        let trace = trace(&report);
        let events = trace["traceEvents"].as_array().expect("events");
        let told: Vec<_> = events
            .iter()
            .map(|event| {
                let number = |key: &str| event[key].as_u64().expect("a number");
                (event["name"].as_str().expect("a name"), number("tid"), number("ts"), number("dur"))
            })
            .collect();
        let expected = [
            ("parse", 0, 0, 5_000),
            ("render", 0, 5_000, 4_000),
            ("debate", 2, 6_000, 2_000),
            ("debate", 2, 8_000, 1_000),
        ];
        assert_eq!(told, expected);
    }
}
