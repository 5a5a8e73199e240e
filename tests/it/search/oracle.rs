//! A plain scan of the site: what a query finds by its definition, with no index.

use rapporteur::model::{Annotation, Corrected, Debate, Kind, Site, Standing};
use rapporteur::search::{Stemming, words};
use std::collections::{BTreeMap, BTreeSet};

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// These words, one after the other.
    Phrase(String),
    NotWord(String),
    NotPhrase(String),
    /// `speaker`, `topic`, `kind` or `house`, and a value.
    Filter(&'static str, String),
    NotFilter(&'static str, String),
    /// From a day, as a number and as typed.
    After(u32, String),
    /// Up to a day.
    Before(u32, String),
    Debate(String),
}

/// A query as a reader types it.
pub fn typed(parts: &[Part]) -> String {
    let one = |part: &Part| match part {
        Part::Word(word) => word.clone(),
        Part::Prefix(word) => format!("{word}*"),
        Part::Phrase(words) => format!("\"{words}\""),
        Part::NotWord(word) => format!("-{word}"),
        Part::NotPhrase(words) => format!("-\"{words}\""),
        Part::Filter(name, value) => format!("{name}:\"{value}\""),
        Part::NotFilter(name, value) => format!("-{name}:\"{value}\""),
        Part::After(_, day) => format!("after:{day}"),
        Part::Before(_, day) => format!("before:{day}"),
        Part::Debate(slug) => format!("debate:{slug}"),
    };
    // The space at the end says that the last word is whole.
    parts.iter().map(one).map(|part| part + " ").collect()
}

/// Something to be found.
struct Unit {
    name: String,
    /// Each text with the stemming of its language.
    texts: Vec<(Stemming, String)>,
    /// Which of the texts a phrase may stand in.
    whole: usize,
    /// The words of each text, and the groups of all of them.
    words: Vec<Vec<String>>,
    groups: BTreeSet<String>,
    speakers: BTreeSet<(String, String)>,
    topics: BTreeSet<(String, String)>,
    kind: &'static str,
    house: Option<String>,
    day: u32,
    debate: String,
}

pub struct Oracle {
    units: Vec<Unit>,
    /// The groups of every word that stands somewhere.
    groups: BTreeMap<String, BTreeSet<String>>,
    /// In how many units a group stands.
    common: BTreeMap<String, usize>,
}

fn of(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |word| found.push(word.to_owned()));
    found
}

/// The words on both sides of each hyphen as one.
fn joined(text: &str) -> Vec<String> {
    let runs: Vec<&str> = text.split('-').collect();
    let pairs = runs.windows(2).map(|pair| {
        let before: Vec<char> = pair[0].chars().rev().take_while(|c| c.is_alphabetic()).collect();
        let after: String = pair[1].chars().take_while(|c| c.is_alphabetic()).collect();
        (before.into_iter().rev().collect::<String>(), after)
    });
    pairs.filter(|(before, after)| !before.is_empty() && !after.is_empty()).map(|(a, b)| a + &b).collect()
}

impl Oracle {
    pub fn new(site: &Site, language: &str) -> Self {
        let mut units: Vec<Unit> =
            site.debates.iter().flat_map(|debate| of_debate(site, debate, language)).collect();
        let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut common = BTreeMap::new();
        for unit in &mut units {
            for (stemming, text) in &unit.texts {
                let words = of(text);
                for word in &words {
                    let group = stemming.group(word);
                    unit.groups.insert(group.clone());
                    groups.entry(word.clone()).or_default().insert(group);
                }
                // What is written with a hyphen is found as written without.
                for word in joined(text).iter().flat_map(|joined| of(joined)) {
                    let group = stemming.group(&word);
                    unit.groups.insert(group.clone());
                    groups.entry(word).or_default().insert(group);
                }
                unit.words.push(words);
            }
            unit.groups.iter().for_each(|group| *common.entry(group.clone()).or_insert(0) += 1);
        }
        Oracle { units, groups, common }
    }

    /// Every word that stands somewhere.
    pub fn vocabulary(&self) -> impl Iterator<Item = &String> {
        self.groups.keys()
    }

    /// The words that follow each other in the texts that a phrase may stand in.
    pub fn passages(&self) -> impl Iterator<Item = Vec<String>> {
        self.units.iter().flat_map(|unit| unit.words[..unit.whole].iter().cloned())
    }

    /// Every value of a filter.
    pub fn values(&self, name: &str) -> BTreeSet<String> {
        self.units.iter().flat_map(|unit| unit.values(name)).map(|(_, name)| name).collect()
    }

    /// The names of what a query finds.
    pub fn find(&self, parts: &[Part]) -> BTreeSet<String> {
        let asks = parts
            .iter()
            .any(|part| !matches!(part, Part::NotWord(_) | Part::NotPhrase(_) | Part::NotFilter(..)));
        let only_when = parts.iter().all(|part| {
            matches!(
                part,
                Part::NotWord(_)
                    | Part::NotPhrase(_)
                    | Part::NotFilter(..)
                    | Part::After(..)
                    | Part::Before(..)
                    | Part::Debate(_)
            )
        });
        // What does not depend on the unit is found out once.
        let tests: Vec<_> = parts.iter().map(|part| self.test(part)).collect();
        let fits = |unit: &&Unit| {
            asks && (!only_when || unit.kind == "debate") && tests.iter().all(|holds| holds(unit))
        };
        self.units.iter().filter(fits).map(|unit| unit.name.clone()).collect()
    }

    /// Whether a part of a query holds of a unit.
    fn test<'q>(&'q self, part: &'q Part) -> Box<dyn Fn(&Unit) -> bool + 'q> {
        match part {
            Part::Word(word) => {
                let groups: Vec<_> = of(word).iter().map(|word| self.groups_of(word)).collect();
                Box::new(move |unit| groups.iter().all(|groups| unit.has(groups)))
            }
            Part::Prefix(word) => {
                let groups = self.completions(word);
                Box::new(move |unit| unit.has(&groups))
            }
            Part::Phrase(words) => {
                let words = of(words);
                Box::new(move |unit| unit.has_phrase(&words))
            }
            // Several words that hang together are a phrase: `-co-operate` is not `-co -operate`.
            Part::NotWord(word) => match of(word).as_slice() {
                [word] => {
                    let groups = self.groups_of(word);
                    Box::new(move |unit| !unit.has(&groups))
                }
                words => {
                    let words = words.to_vec();
                    Box::new(move |unit| !unit.has_phrase(&words))
                }
            },
            Part::NotPhrase(words) => {
                let words = of(words);
                Box::new(move |unit| !unit.has_phrase(&words))
            }
            Part::Filter(name, value) => self.filter(name, value),
            Part::NotFilter(name, value) => {
                let holds = self.filter(name, value);
                Box::new(move |unit| !holds(unit))
            }
            Part::After(day, _) => Box::new(|unit| unit.day >= *day),
            Part::Before(day, _) => Box::new(|unit| unit.day <= *day),
            Part::Debate(slug) => Box::new(|unit| unit.debate == *slug),
        }
    }

    fn groups_of(&self, word: &str) -> BTreeSet<String> {
        self.groups.get(word).cloned().unwrap_or_default()
    }

    /// The groups of the commonest words that begin so: twelve, by the power of two of how common they are.
    fn completions(&self, start: &str) -> BTreeSet<String> {
        let start = of(start).pop().unwrap_or_default();
        if start.chars().count() < 2 {
            return BTreeSet::new();
        }
        let begun = self.groups.iter().filter(|(word, _)| word.starts_with(start.as_str()));
        let keys: BTreeSet<&String> = begun.flat_map(|(_, keys)| keys).collect();
        let mut keys: Vec<&String> = keys.into_iter().collect();
        keys.sort_by_key(|key| (std::cmp::Reverse(self.common[*key].ilog2()), *key));
        keys.into_iter().take(12).cloned().collect()
    }

    fn filter<'q>(&self, name: &'q str, value: &'q str) -> Box<dyn Fn(&Unit) -> bool + 'q> {
        if name == "kind" {
            return Box::new(move |unit| unit.kind == value);
        }
        let wanted = of(value);
        // The value itself, as long as it has words to be found by.
        let is_asked = !wanted.is_empty();
        let is_it = move |key: &str| is_asked && (key == value || key.strip_prefix('=') == Some(value));
        if self.units.iter().any(|unit| unit.values(name).iter().any(|(key, _)| is_it(key))) {
            return Box::new(move |unit| unit.values(name).iter().any(|(key, _)| is_it(key)));
        }
        Box::new(move |unit| {
            unit.values(name).iter().any(|(key, name)| {
                let words = [of(name), of(key)].concat();
                is_asked
                    && wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())))
            })
        })
    }
}

impl Unit {
    fn values(&self, name: &str) -> BTreeSet<(String, String)> {
        match name {
            "speaker" => self.speakers.clone(),
            "topic" => self.topics.clone(),
            _ => self.house.iter().map(|house| (house.clone(), house.clone())).collect(),
        }
    }

    fn has(&self, groups: &BTreeSet<String>) -> bool {
        !self.groups.is_disjoint(groups)
    }

    fn has_phrase(&self, phrase: &[String]) -> bool {
        self.words[..self.whole]
            .iter()
            .any(|words| words.windows(phrase.len().max(1)).any(|window| window == phrase))
    }
}

fn of_debate(site: &Site, debate: &Debate, language: &str) -> Vec<Unit> {
    let record = &debate.record;
    let particulars = &debate.particulars;
    let own = Stemming::of(particulars.language.as_deref().unwrap_or(language));
    let of_site = Stemming::of(language);
    let date = particulars.date;
    let day = format!("{:04}{:02}{:02}", date.year(), date.month(), date.day()).parse().expect("digits");
    let new = |id: String, kind, texts: Vec<(Stemming, String)>| Unit {
        name: if id.is_empty() { debate.slug.to_string() } else { format!("{}#{id}", debate.slug) },
        whole: texts.len(),
        words: Vec::new(),
        groups: BTreeSet::new(),
        texts,
        speakers: BTreeSet::new(),
        topics: BTreeSet::new(),
        kind,
        house: particulars.house.clone(),
        day,
        debate: debate.slug.to_string(),
    };
    let speaker = |paragraph: usize| {
        record.speaker(paragraph).map(|who| match &who.person {
            Some(slug) => {
                let person = site.people.iter().find(|person| person.slug == *slug).expect("a person");
                (slug.to_string(), person.name.clone())
            }
            None => (format!("={}", who.name), who.name.clone()),
        })
    };
    let topics = |note: &Annotation| -> Vec<(String, String)> {
        let title = |slug: &_| site.topic(slug).map(|topic| (topic.slug.to_string(), topic.title.clone()));
        note.topics.iter().filter_map(title).collect()
    };
    let mut texts = vec![(own, particulars.title.clone()), (of_site, particulars.summary.plain.to_string())];
    texts.extend(record.sections.iter().map(|section| (own, section.title.of(&record.source).to_owned())));
    let mut units = vec![new(String::new(), "debate", texts)];
    let notes = || debate.annotations.iter().filter(|note| note.standing != Standing::Retracted);
    for (at, said) in record.contributions.iter().enumerate() {
        let texts = record.paragraphs[said.paragraphs.clone()].iter().map(|paragraph| {
            let stemming = paragraph.language.as_deref().map_or(own, Stemming::of);
            (stemming, record.words(paragraph).to_owned())
        });
        let mut unit = new(format!("c{}", at + 1), said.kind.word(), texts.collect());
        unit.speakers.extend(said.speaker.as_ref().and_then(|_| speaker(said.paragraphs.start)));
        unit.texts.extend(said.speaker.iter().map(|who| (of_site, who.name.clone())));
        for note in notes() {
            if note.passages.iter().any(|passage| said.paragraphs.contains(&passage.paragraph)) {
                unit.topics.extend(topics(note));
                unit.texts.extend(note.sic.iter().map(|sic| (of_site, sic.clone())));
            }
        }
        for correction in &debate.corrections {
            match correction.of {
                Corrected::Speaker(of) if of == at => unit.texts.push((of_site, correction.was.clone())),
                Corrected::Words(of) if said.paragraphs.contains(&of) => {
                    unit.texts.push((of_site, correction.reads.clone()));
                }
                _ => {}
            }
        }
        units.push(unit);
    }
    for note in notes() {
        let term = match &note.kind {
            Kind::Definition(term) => term.clone(),
            _ => None,
        };
        let texts =
            note.title.iter().chain(&term).chain(&note.sic).cloned().chain([note.body.plain.to_string()]);
        let texts = texts.chain(note.sources.iter().map(|source| source.title.clone()));
        let texts = texts.map(|text| (of_site, text)).collect();
        let mut unit = new(format!("n-{}", note.id), note.kind.word(), texts);
        unit.topics.extend(topics(note));
        unit.speakers.extend(note.passages.iter().filter_map(|passage| speaker(passage.paragraph)));
        units.push(unit);
    }
    units
}
