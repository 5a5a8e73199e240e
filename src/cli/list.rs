//! `rapporteur list`, `stats` and `todo`: what the site holds, and what waits for somebody.

use super::arguments::{Format, Site};
use super::desk_arguments::{List, Listed, Shown, ToDo};
use super::{Ending, Outcome, build as build_command, clock, print};
use crate::annotation::Kind;
use crate::config::Overrides;
use crate::desk::{Filter, Inventory, Table, Thing, unknown};
use crate::pipeline::Options;

/// Lists what is asked for.
pub fn run(site: &Site, options: &List) -> Outcome {
    let filter = Filter {
        author: options.author.clone(),
        status: options.status.map(|status| status.word().to_owned()),
        topic: options.topic.clone(),
        debate: options.debate.clone(),
        kind: options.kind.clone(),
        since: options.since,
        overdue: options.overdue,
        unused: options.unused,
    };
    let disk = build_command::open(site)?;
    let layout = crate::layout::layout(&disk)?.value;
    for (thing, name) in [(Thing::Topic, &filter.topic), (Thing::Debate, &filter.debate)] {
        if let Some(name) = name.as_ref().filter(|name| !thing.slugs(&layout).contains(&name.as_str())) {
            print::notice(&unknown(thing, name, &layout));
            return Ok(Ending::Mistakes);
        }
    }
    if let Some(kind) = filter.kind.as_ref().filter(|kind| serde_yaml::from_str::<Kind>(kind).is_err()) {
        print::notice(&format!("there is no kind `{kind}`"));
        return Ok(Ending::Mistakes);
    }
    let inventory = read(site)?;
    let table = match options.what {
        Listed::Notes => inventory.notes(&filter),
        Listed::Commitments => inventory.commitments(&filter),
        Listed::Topics => inventory.topics(&filter),
        Listed::People => inventory.people(&filter),
        Listed::Debates => inventory.debates(&filter),
        Listed::Unpublished => inventory.unpublished(&filter),
    };
    show(site, options.shown, &table);
    Ok(Ending::Fine)
}

/// Counts what there is.
pub fn stats(site: &Site, shown: Shown) -> Outcome {
    show(site, shown, &read(site)?.stats());
    Ok(Ending::Fine)
}

/// Lists what waits for somebody.
pub fn to_do(site: &Site, options: &ToDo) -> Outcome {
    let table = read(site)?.to_do(i32::from(options.within));
    if table.rows.is_empty() && site.format == Format::Human && !options.shown.csv {
        print::line("nothing waits for anybody");
        return Ok(Ending::Fine);
    }
    show(site, options.shown, &table);
    Ok(Ending::Fine)
}

/// The site as it is on the day that it names, or today.
fn read(site: &Site) -> Result<Inventory, super::Failure> {
    let overrides = Overrides { today: Some(clock::today()), ..build_command::overrides(site) };
    let disk = build_command::open(site)?;
    Ok(Inventory::read(&disk, &Options { overrides, ..Options::default() })?)
}

fn show(site: &Site, shown: Shown, table: &Table) {
    let lines = match site.format {
        _ if shown.csv => table.csv(),
        format if format.is_data() => table.json(),
        _ => table.lines(),
    };
    lines.iter().for_each(|line| print::line(line));
}
