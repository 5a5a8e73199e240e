//! `rapporteur schema`: the JSON Schema of annotation sheets, with the site's own names, where
//! editors' YAML servers look for it.

use super::arguments::Site;
use super::{Ending, Failure, Outcome, build, print};
use crate::annotation;
use crate::diagnostics::Checked;
use crate::layout::{Layout, layout};
use crate::load::{Disk, Sources};
use crate::text::{Fingerprint, SitePath};
use crate::write::{Before, replace_file};

/// Where it stands.
const PATH: &str = ".rapporteur/annotations.schema.json";

/// Writes it.
pub fn run(site: &Site) -> Outcome {
    let path = write(&build::open(site)?)?;
    print::line(&format!("wrote {path}"));
    Ok(Ending::Fine)
}

/// Writes it anew where it is there, after names came or went: an editor would call the new ones wrong.
pub fn follow(disk: &Disk) -> Result<(), Failure> {
    match disk.root().join(PATH).is_file() {
        true => write(disk).map(drop),
        false => Ok(()),
    }
}

fn write(disk: &Disk) -> Result<SitePath, Failure> {
    let Checked { value: Layout { topics, people, debates, .. }, .. } = layout(disk)?;
    let topics: Vec<&str> = topics.keys().map(|slug| slug.as_str()).collect();
    let people: Vec<&str> = people.keys().map(|slug| slug.as_str()).collect();
    let debates: Vec<&str> = debates.keys().map(|slug| slug.as_str()).collect();
    let schema = annotation::schema(&topics, &people, &debates);
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    let path = SitePath::new(PATH).expect("a plain path");
    let before = match disk.read(&path) {
        Ok(bytes) => Before::Bytes(Fingerprint::of(&bytes)),
        Err(_) => Before::Absent,
    };
    replace_file(disk.root(), &path, before, text.as_bytes())?;
    Ok(path)
}
