//! How long a command took: a table for people, or a trace for the viewers of browsers.

use super::arguments::{Site, TimingsAs};
use super::print;
use crate::pipeline::{self, Report};
use crate::write::{self, Seal};
use std::time::Duration;

/// How long each stage took, and what each kind of file cost; or where the trace of it all is.
pub fn say(report: &Report, site: &Site) {
    match site.timings {
        None => {}
        Some(TimingsAs::Table) => table_of_timings(report),
        Some(TimingsAs::Trace) => {
            let kept = write::keep(
                &site.root,
                "trace",
                pipeline::trace(report).to_string().as_bytes(),
                Seal::AnyCopy,
            );
            print::notice(&format!("the trace is in {}", kept.display()));
        }
    }
}

fn table_of_timings(report: &Report) {
    let Report { timings, costs, .. } = report;
    let total: Duration = timings.0.iter().map(|timed| timed.took).sum();
    for timed in &timings.0 {
        print::notice(&format!("{:>10}  {:>9.1} ms", timed.stage.word(), timed.took.as_secs_f64() * 1e3));
    }
    print::notice(&format!("{:>10}  {:>9.1} ms", "in all", total.as_secs_f64() * 1e3));
    if !costs.is_empty() {
        print::notice("what was made, over all threads:");
        print::notice(&format!(
            "{:>16}  {:>7}  {:>9}  {:>12}  {:>12}",
            "kind", "files", "kB", "making", "writing"
        ));
    }
    for (kind, cost) in pipeline::by_kind(costs) {
        let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
        let (files, size) =
            (print::thousands(cost.files), print::thousands(cost.bytes.div_ceil(1000) as usize));
        let (making, putting) = (ms(cost.making), ms(cost.putting));
        print::notice(&format!("{kind:>16}  {files:>7}  {size:>9}  {making:>12}  {putting:>12}"));
    }
}
