//! Notes as W3C Web Annotations: every target is held against the plain text that it points into, and the
//! whole against the schemas of the W3C's own tests (where the corpora are at hand).

use rapporteur::config::{Drafts, Overrides};
use rapporteur::load::{Disk, Sources, Strings};
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Unwatched, build};
use rapporteur::text::SitePath;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const BASE: &str = "https://example.org/";

fn built(site: &dyn Sources) -> BTreeMap<String, Vec<u8>> {
    let sink = Memory::default();
    let overrides = Overrides { base_url: Some(BASE.into()), drafts: Drafts::Hidden, ..Overrides::default() };
    let report =
        build(site, &sink, &Options { overrides, ..Options::default() }, &Unwatched).expect("memory");
    assert!(!report.has_errors(), "{:?}", report.diagnostics.iter().map(|d| &d.message).collect::<Vec<_>>());
    sink.into_files()
}

/// The demonstration, with the export switched on.
fn demonstration() -> Strings {
    let disk = Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a site");
    let mut site = Strings::default();
    for path in disk.list().expect("the disk").value {
        let bytes = disk.read(&path).expect("the disk");
        site.0.insert(path, bytes);
    }
    let path = SitePath::new("rapporteur.yaml").expect("a path");
    site.0.get_mut(&path).expect("a configuration").extend(b"web_annotations: true\n");
    site
}

/// A debate that says the same over and over, beyond the basic plane, with marks that join.
fn repetitive() -> Strings {
    let words = "Yes 😀, yes e\u{301}. Yes 😀, yes e\u{301}.";
    let hostile = serde_json::to_string("</script> \" ' <b> & \u{2028}\u{202e} x").expect("text");
    Strings::default()
        .with("rapporteur.yaml", "title: Again\nweb_annotations: true\n")
        .with("content/topics/data.md", format!("---\ntitle: {hostile}\n---\n"))
        .with(
            "content/debates/one/debate.yaml",
            format!("title: {hostile}\ndate: 2012-12-20\nsource: {{ name: {hostile}, retrieved: 2013-01-01 }}\n"),
        )
        .with("content/debates/one/transcript.md", format!("# One\n\n### Ann:\n\n{words}\n\n{words}\n\n### Bo:\n\n{words}\n"))
        .with(
            "content/debates/one/a.notes.yaml",
            format!(
                "annotations:\n  last: {{ at: p3, quote: 'yes e\u{301}', before: '. Yes 😀,', status: in-review, body: {hostile}, author: {hostile}, date: 2013-02-01, topics: [data] }}\n  \
                 whole: {{ at: p2, status: in-review, kind: question, body: Why? }}\n  all: {{ at: debate, status: in-review, kind: context, body: {hostile} }}\n  \
                 two: {{ at: p1, quote: 'Yes 😀 [...] Yes 😀', elision: reviewed, kind: claim, status: in-review, body: B. }}\n  \
                 gone: {{ at: p1, status: retracted, body: Unsayable, withdrawn: {{ reason: Wrong. }} }}\n  draft: {{ at: p1, body: Unsayable }}\n"
            ),
        )
        .with("content/debates/two/debate.yaml", "title: Two\ndate: 2012-12-21\n")
        .with("content/debates/two/transcript.md", "# Two\n\n### Ann:\n\nYes.\n")
}

/// Every collection of a site.
fn collections(files: &BTreeMap<String, Vec<u8>>) -> Vec<Value> {
    let of_notes = files.iter().filter(|(path, _)| path.ends_with("/annotations.jsonld"));
    of_notes.map(|(_, bytes)| serde_json::from_slice(bytes).expect("JSON")).collect()
}

fn items(collection: &Value) -> &[Value] {
    collection["first"]["items"].as_array().expect("items")
}

#[test]
fn every_target_is_the_words_that_it_quotes_and_they_occur_once_with_what_is_round_them() {
    let mut targets = 0;
    for site in [demonstration(), repetitive()] {
        let files = built(&site);
        for item in collections(&files).iter().flat_map(items) {
            let page =
                item["id"].as_str().and_then(|id| id.strip_prefix(BASE)).expect("an address of the site");
            let (page, id) = page.split_once('#').expect("a fragment");
            let page = String::from_utf8_lossy(&files[&format!("{page}index.html")]).into_owned();
            assert!(page.contains(&format!("id=\"{id}\"")), "{id} is on its page");
            for target in item["target"].as_array().expect("targets") {
                let source = target["source"].as_str().or(target["id"].as_str()).expect("a source");
                let path = source.strip_prefix(BASE).expect("an address of the site");
                let text = std::str::from_utf8(&files[path]).expect("UTF-8");
                let Some(selectors) = target["selector"].as_array() else { continue };
                targets += 1;
                let number = |key: &str| selectors[1][key].as_u64().expect("a number") as usize;
                let (start, end) = (number("start"), number("end"));
                let exact = selectors[0]["exact"].as_str().expect("words");
                assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), exact);
                assert_eq!(selectors[2]["value"], format!("char={start},{end}"));
                let part = |key: &str| selectors[0][key].as_str().unwrap_or_default();
                let whole = format!("{}{exact}{}", part("prefix"), part("suffix"));
                let bytes = whole.as_bytes();
                let places: Vec<usize> = text
                    .as_bytes()
                    .windows(bytes.len())
                    .enumerate()
                    .filter(|(_, window)| *window == bytes)
                    .map(|(at, _)| at)
                    .collect();
                assert_eq!(places.len(), 1, "{whole}");
                assert_eq!(text[..places[0] + part("prefix").len()].chars().count(), start);
            }
        }
    }
    assert!(targets > 25, "{targets} targets");
}

#[test]
fn the_text_is_named_by_its_words_and_nothing_that_may_not_be_seen_is_told() {
    let files = built(&repetitive());
    let of_one: Vec<&String> =
        files.keys().filter(|path| path.starts_with("debates/one/transcript.")).collect();
    assert_eq!(of_one.len(), 1, "{of_one:?}");
    let text = String::from_utf8_lossy(&files[of_one[0]]).into_owned();
    assert!(text.contains("\n\nAnn:\n\nYes 😀, yes e\u{301}."), "{text}");
    let collection = &collections(&files)[0];
    assert_eq!(collection["total"], 4);
    assert!(!collection.to_string().contains("Unsayable"));
    let motivations: Vec<&Value> = items(collection).iter().map(|item| &item["motivation"]).collect();
    assert_eq!(motivations, ["describing", "classifying", "questioning", "commenting"]);
    assert_eq!(
        items(collection)[0]["target"][0]["id"],
        format!("{BASE}{}", of_one[0]),
        "a note on the whole"
    );
    // Another word of the record, and the text has another address.
    let path = SitePath::new("content/debates/one/transcript.md").expect("a path");
    let mut revised = repetitive();
    revised.0.get_mut(&path).expect("a record").extend(b"\nNo.\n");
    assert!(!built(&revised).contains_key(of_one[0].as_str()));
    // A site that does not ask for it has the text all the same, for people.
    let plain = built(&repetitive().with("rapporteur.yaml", "title: Again\n"));
    assert!(!plain.keys().any(|path| path.ends_with(".jsonld")));
    assert!(plain.contains_key(of_one[0].as_str()));
}

/// The schemas of the W3C's tests; none where the corpora are not at hand.
fn schemas() -> Option<PathBuf> {
    let folder = super::anchoring::corpora()?.join("web-annotation/w3c-web-annotation-tests");
    folder.is_dir().then_some(folder)
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("JSON")
}

/// Gives the definitions that the schemas refer to.
struct Definitions(PathBuf);

impl jsonschema::Retrieve for Definitions {
    fn retrieve(
        &self,
        uri: &jsonschema::Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let name = uri.path().as_str().rsplit('/').next().unwrap_or_default().to_owned();
        Ok(serde_json::from_str(&std::fs::read_to_string(self.0.join(name))?)?)
    }
}

/// What a list of assertions finds wrong with a value.
fn wrong(folder: &Path, list: &str, value: &Value) -> Vec<String> {
    let list = json(&folder.join(list));
    let names =
        list["assertions"].as_array().expect("assertions").iter().map(|name| name.as_str().expect("a name"));
    let checked: Vec<Option<String>> = names
        .map(|name| {
            let schema = json(&folder.join(name));
            let valid = jsonschema::draft4::options()
                .with_base_uri("https://schemas.example/")
                .with_retriever(Definitions(folder.join("definitions")))
                .build(&schema)
                .unwrap_or_else(|error| panic!("{name}: {error}"))
                .is_valid(value);
            let expected = schema["expectedResult"] == "valid";
            (valid != expected).then(|| format!("{name}: {}", schema["errorMessage"]))
        })
        .collect();
    assert!(checked.len() > 5, "there are assertions");
    checked.into_iter().flatten().collect()
}

#[test]
fn it_is_what_the_model_of_the_w3c_asks_for() {
    let Some(folder) = schemas() else {
        eprintln!("no corpora: the W3C's schemas are not tried");
        return;
    };
    for site in [demonstration(), repetitive()] {
        for collection in collections(&built(&site)) {
            assert_eq!(wrong(&folder, "collections/collectionMusts.test", &collection), [] as [&str; 0]);
            let alone = |value: &Value| {
                let mut value = value.clone();
                value["@context"] = collection["@context"].clone();
                value
            };
            let page = alone(&collection["first"]);
            assert_eq!(wrong(&folder, "collections/pages/pageMusts.test", &page), [] as [&str; 0]);
            for item in items(&collection).iter().take(8) {
                assert_eq!(
                    wrong(&folder, "annotations/annotationMusts.test", &alone(item)),
                    [] as [&str; 0],
                    "{item}"
                );
            }
        }
    }
    let broken = serde_json::json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation" });
    assert!(
        !wrong(&folder, "annotations/annotationMusts.test", &broken).is_empty(),
        "the schemas can say no"
    );
}
