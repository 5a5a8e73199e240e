//! Addresses elsewhere that a site leads to: which there are, where they are written, and whether they answer.
//! Each is asked for its head, and for its whole where that is refused; of one server only one at a time, with a
//! pause between. What was answered is remembered for a time.

use super::landing::Landing;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::layout::Layout;
use crate::load::{self, Sources};
use crate::text::{SitePath, Source, Span};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use ureq::{Agent, Error};
use url::Url;

/// Whether this program can open `https` addresses.
pub const OPENS_HTTPS: bool = cfg!(feature = "external");

/// For so long an address that answered is not asked again, in seconds: a week.
const GOOD_FOR: u64 = 7 * 24 * 3600;
/// For so long one that did not: an hour.
const BAD_FOR: u64 = 3600;

/// How servers are asked.
#[derive(Debug, Clone)]
pub struct Manners {
    /// The pause between two questions to one server.
    pub pause: Duration,
    /// How long one answer may take, with everything that it leads on to.
    pub patience: Duration,
    /// How long it is waited where a server asks for that.
    pub wait: Duration,
    /// How many servers are asked at once.
    pub servers: usize,
    /// How many times an address may lead on.
    pub redirects: u32,
}

impl Default for Manners {
    fn default() -> Self {
        Manners {
            pause: Duration::from_millis(300),
            patience: Duration::from_secs(20),
            wait: Duration::from_secs(15),
            servers: 16,
            redirects: 10,
        }
    }
}

/// What asking for an address came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It answers.
    Fine,
    /// It does not, and why: the end of a sentence.
    Dead(String),
    /// Nobody can tell from here, and why.
    Unsure(String),
}

/// What was answered, by address, and when, in seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers(BTreeMap<String, (u64, Answer)>);

impl Answers {
    /// Those that bytes of [`Answers::write`] hold; none where they are damaged.
    pub fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// As bytes.
    pub fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("plain values")
    }

    /// What is known of an address and not too old.
    fn of(&self, address: &str, now: u64) -> Option<&Answer> {
        let (then, answer) = self.0.get(address)?;
        let good_for = if *answer == Answer::Fine { GOOD_FOR } else { BAD_FOR };
        // An answer from the future is from another clock.
        now.checked_sub(*then).is_some_and(|age| age < good_for).then_some(answer)
    }
}

/// The addresses elsewhere that a site leads to.
#[derive(Debug, Default)]
pub struct Outside {
    /// Each with the pages that lead there, and where it is written.
    links: BTreeMap<String, Link>,
    /// How many can't be asked because this program opens no `https`.
    pub unopened: usize,
}

#[derive(Debug, Default)]
struct Link {
    pages: BTreeSet<String>,
    written: Vec<Place>,
}

/// What looking came to.
#[derive(Debug, Default)]
pub struct Looked {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// How many addresses answer.
    pub fine: usize,
    /// How many of all answers were remembered.
    pub remembered: usize,
    /// Addresses of which nobody can tell from here, with the reason.
    pub unsure: Vec<(String, String)>,
}

impl Outside {
    /// Those of the finished site in `landing`, found again in the files that are written by people.
    ///
    /// # Errors
    /// The machine's.
    pub fn of(
        landing: &Landing,
        own: Option<&Url>,
        sources: &dyn Sources,
        layout: &Layout,
    ) -> io::Result<Self> {
        let mut outside = Outside::default();
        let mut closed = BTreeSet::new();
        for (page, link) in landing.outward() {
            let Some(address) = address(&link, own) else { continue };
            if address.starts_with("https:") && !OPENS_HTTPS {
                closed.insert(address);
                continue;
            }
            outside.links.entry(address).or_default().pages.insert(page);
        }
        outside.unopened = closed.len();
        for path in layout.paths.iter().filter(|path| is_by_people(path)) {
            let Some(source) = load::read_text(sources, path)?.value else { continue };
            for (span, written) in written(&source, own) {
                if let Some(link) = outside.links.get_mut(&written) {
                    link.written.push(Place::new(&source, span));
                }
            }
        }
        Ok(outside)
    }

    /// How many addresses there are, and on how many servers.
    pub fn counts(&self) -> (usize, usize) {
        (self.links.len(), self.by_server(self.links.keys()).len())
    }

    fn by_server<'l>(&self, links: impl Iterator<Item = &'l String>) -> BTreeMap<String, Vec<&'l str>> {
        let mut servers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for link in links {
            let Ok(url) = Url::parse(link) else { continue };
            let server = format!("{}:{:?}", url.host_str().unwrap_or_default(), url.port_or_known_default());
            servers.entry(server).or_default().push(link);
        }
        servers
    }

    /// Asks for every address of which nothing is known, or what is known is too old; `known` has it then.
    pub fn look(&self, known: &mut Answers, now: u64, manners: &Manners) -> Looked {
        let new: BTreeSet<&String> = self.links.keys().filter(|link| known.of(link, now).is_none()).collect();
        let remembered = self.links.len() - new.len();
        let servers = self.by_server(new.into_iter());
        let queue: Mutex<Vec<Vec<&str>>> = Mutex::new(servers.into_values().collect());
        let answers: Mutex<Vec<(String, Answer)>> = Mutex::default();
        let agent = agent(manners);
        let work = || {
            loop {
                let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let Some(links) = next else { break };
                let found = ask_server(&agent, &links, manners, now);
                answers.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
            }
        };
        thread::scope(|scope| {
            for _ in 1..manners.servers {
                // Where the system gives no more threads, there are fewer.
                if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                    break;
                }
            }
            work();
        });
        let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
        known.0.extend(answers.into_iter().map(|(link, answer)| (link, (now, answer))));
        // What the site leads to no more is forgotten.
        known.0.retain(|link, _| self.links.contains_key(link));
        self.say(known, remembered)
    }

    fn say(&self, known: &Answers, remembered: usize) -> Looked {
        let mut looked = Looked { remembered, ..Looked::default() };
        for (address, link) in &self.links {
            match known.0.get(address).map(|(_, answer)| answer) {
                Some(Answer::Fine) => looked.fine += 1,
                Some(Answer::Dead(why)) => {
                    let nowhere =
                        || Place::file(&Source::new(SitePath::new("rapporteur.yaml").expect("plain"), ""));
                    let place = link.written.first().cloned().unwrap_or_else(nowhere);
                    let others = link.written.get(1..).unwrap_or_default();
                    let pages: Vec<&str> = link.pages.iter().map(String::as_str).collect();
                    looked
                        .diagnostics
                        .push(diagnostics::dead_outside_link(place, address, why, others, &pages));
                }
                Some(Answer::Unsure(why)) => looked.unsure.push((address.clone(), why.clone())),
                None => {}
            }
        }
        looked
    }
}

/// An address as it is asked for: of the web, not of the site itself, without its fragment.
fn address(link: &str, own: Option<&Url>) -> Option<String> {
    let mut url = Url::parse(link.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    if own.is_some_and(|own| url.as_str().starts_with(own.as_str())) {
        return None;
    }
    url.set_fragment(None);
    Some(url.into())
}

/// Whether people write a file, and what is in it is not the record.
fn is_by_people(path: &SitePath) -> bool {
    let text = path.as_str();
    let is_record = path.stem() == "transcript" || text.contains("/revisions/");
    matches!(path.extension(), "md" | "yaml" | "html" | "txt") && !is_record
}

/// The addresses that stand in a text, each with its place.
fn written(source: &Source, own: Option<&Url>) -> Vec<(Span, String)> {
    let text = &source.text;
    let mut found = Vec::new();
    for (at, _) in text.match_indices("http") {
        let rest = &text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || "\"<>`|\\^".contains(c)).unwrap_or(rest.len());
        let mut word = &rest[..end];
        if !word.starts_with("http://") && !word.starts_with("https://") {
            continue;
        }
        // What ends a sentence, a link of Markdown or a list of YAML may be a part of the address or not.
        loop {
            if let Some(address) = address(&word.replace("&amp;", "&"), own) {
                found.push((Span::new(at..at + word.len()), address));
            }
            match word.char_indices().next_back() {
                Some((end, c)) if ".,;:!?)]}'*_".contains(c) => word = &word[..end],
                _ => break,
            }
        }
    }
    found
}

fn agent(manners: &Manners) -> Agent {
    let config = Agent::config_builder()
        .user_agent(concat!("rapporteur/", env!("CARGO_PKG_VERSION"), " (link check)"))
        .http_status_as_error(false)
        .max_redirects(manners.redirects)
        .max_redirects_will_error(true)
        .timeout_global(Some(manners.patience))
        .build();
    Agent::new_with_config(config)
}

/// Asks one server for these of its addresses, one after the other.
fn ask_server(agent: &Agent, links: &[&str], manners: &Manners, now: u64) -> Vec<(String, Answer)> {
    let mut answers = Vec::with_capacity(links.len());
    let mut closed = false;
    for (number, link) in links.iter().enumerate() {
        if number > 0 && !closed {
            thread::sleep(manners.pause);
        }
        let answer = match closed {
            true => Answer::Unsure(LATER.to_owned()),
            false => ask(agent, link, manners, now),
        };
        // A server that asks for more time than there is is not asked again.
        closed |= answer == Answer::Unsure(LATER.to_owned());
        answers.push(((*link).to_owned(), answer));
    }
    answers
}

/// Why a server that is busy says nothing.
const LATER: &str = "the server asks to be asked later";

/// How an address is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Head,
    Whole,
}

fn ask(agent: &Agent, link: &str, manners: &Manners, now: u64) -> Answer {
    let mut asked = Asked::Head;
    let mut waited = false;
    loop {
        let answer = match asked {
            Asked::Head => agent.head(link).call(),
            Asked::Whole => agent.get(link).call(),
        };
        let answer = match answer {
            Ok(answer) => answer,
            // Some servers close the line on a question for the head alone.
            Err(error) if asked == Asked::Head && may_answer_in_whole(&error) => {
                asked = Asked::Whole;
                thread::sleep(manners.pause);
                continue;
            }
            Err(error) => return failed(&error, manners),
        };
        let status = answer.status();
        let busy = matches!(status.as_u16(), 429 | 503);
        if busy {
            let asks = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
            let wait =
                asks.and_then(|asks| until(asks, now)).unwrap_or(manners.wait.min(Duration::from_secs(2)));
            if waited || wait > manners.wait {
                return Answer::Unsure(LATER.to_owned());
            }
            waited = true;
            thread::sleep(wait);
            continue;
        }
        if status.is_success() || status.as_u16() == 304 {
            return Answer::Fine;
        }
        if asked == Asked::Head {
            asked = Asked::Whole;
            thread::sleep(manners.pause);
            continue;
        }
        let words = status.canonical_reason().map_or_else(String::new, |reason| format!(" {reason}"));
        let answers = format!("the server answers {}{words}", status.as_u16());
        return match status.as_u16() {
            // Meant for programs rather than for readers.
            401 | 403 | 405..=407 | 418 | 451 | 999 => Answer::Unsure(answers),
            _ => Answer::Dead(answers),
        };
    }
}

/// Whether another kind of question may be answered.
fn may_answer_in_whole(error: &Error) -> bool {
    matches!(error, Error::Io(_) | Error::Protocol(_) | Error::Http(_) | Error::BodyStalled)
}

/// Why there was no answer.
fn failed(error: &Error, manners: &Manners) -> Answer {
    Answer::Dead(match error {
        Error::HostNotFound => "there is no server of this name".to_owned(),
        Error::ConnectionFailed => "the server can't be reached".to_owned(),
        Error::TooManyRedirects => format!("it leads on more than {} times", manners.redirects),
        Error::Timeout(_) => format!("there is no answer within {} s", manners.patience.as_secs_f32()),
        Error::TlsRequired => return Answer::Unsure(NO_HTTPS.to_owned()),
        other => format!("asking fails: {other}"),
    })
}

const NO_HTTPS: &str = "it leads on to an https address, which this build of the program does not open";

/// How long a server asks to wait: seconds, or a moment.
fn until(asks: &str, now: u64) -> Option<Duration> {
    if let Ok(seconds) = asks.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = jiff::fmt::rfc2822::parse(asks.trim()).ok()?.timestamp().as_second();
    Some(Duration::from_secs(u64::try_from(moment).ok()?.saturating_sub(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let source = Source::new(SitePath::new("content/home.md").expect("a path"), text);
        written(&source, None).into_iter().map(|(_, address)| address).collect()
    }

    #[test]
    fn an_address_is_found_where_it_is_written_in_whatever_form() {
        for text in [
            "[x](https://a.example/b#c)",
            "<https://a.example/b>",
            "url: https://a.example/b",
            "- { url: 'https://a.example/b', title: x }",
            "See https://a.example/b.",
            "[x]: https://a.example/b \"Title\"",
        ] {
            assert!(
                found(text).iter().any(|found| found == "https://a.example/b"),
                "{text}: {:?}",
                found(text)
            );
        }
        assert_eq!(found("httpd and http: are no addresses"), [] as [&str; 0]);
        assert!(found("[x](https://a.example/(b))").iter().any(|found| found.ends_with("/(b)")));
    }

    #[test]
    fn what_is_of_the_site_itself_or_not_of_the_web_is_left_out() {
        let own = Url::parse("https://example.org/b/").expect("an address");
        assert_eq!(address("https://example.org/b/topics/", Some(&own)), None);
        assert_eq!(address("mailto:a@example.org", Some(&own)), None);
        assert_eq!(address("../x/", Some(&own)), None);
        assert_eq!(
            address("https://example.org/c/#d", Some(&own)).as_deref(),
            Some("https://example.org/c/")
        );
    }

    #[test]
    fn an_answer_is_remembered_for_its_time() {
        let mut answers = Answers::default();
        answers.0.insert("a".into(), (1_000, Answer::Fine));
        answers.0.insert("b".into(), (1_000, Answer::Dead("x".into())));
        assert_eq!(answers.of("a", 1_000 + BAD_FOR), Some(&Answer::Fine));
        assert_eq!(answers.of("a", 1_000 + GOOD_FOR), None);
        assert_eq!(answers.of("b", 1_000 + BAD_FOR), None);
        assert_eq!(answers.of("b", 1), None, "from another clock");
        assert_eq!(Answers::read(&answers.write()), answers);
        assert_eq!(Answers::read(b"{"), Answers::default());
    }

    #[test]
    fn a_server_says_how_long_to_wait_in_seconds_or_by_a_moment() {
        assert_eq!(until("3", 0), Some(Duration::from_secs(3)));
        assert_eq!(until("Thu, 01 Jan 1970 00:01:00 GMT", 50), Some(Duration::from_secs(10)));
        assert_eq!(until("Thu, 01 Jan 1970 00:01:00 GMT", 500), Some(Duration::ZERO));
        assert_eq!(until("soon", 0), None);
    }
}
