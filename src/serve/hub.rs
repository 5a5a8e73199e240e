//! The browsers that listen: who has which page open, and what each is told.

use crate::text::Fingerprint;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// How many streams there may be at once. A browser has one for all its pages.
const LISTENERS: usize = 64;
/// How many events wait for a browser that doesn't read. It then loses its stream and finds out what
/// it missed when it connects again.
const WAITING: usize = 16;

/// Something that a browser is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// This page changed; the fingerprint where there is still a page.
    Page(String, Option<Fingerprint>),
    /// A style sheet changed.
    Style(String, Fingerprint),
    /// Something else that pages load changed.
    Reload,
    /// What is wrong changed.
    Problems,
}

/// The browsers that listen. Clones are the same hub.
#[derive(Debug, Clone, Default)]
pub struct Hub(Arc<Mutex<Vec<Listener>>>);

#[derive(Debug)]
struct Listener {
    pages: Vec<String>,
    events: Sender<Event>,
}

impl Hub {
    fn listeners(&self) -> MutexGuard<'_, Vec<Listener>> {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| !listener.events.is_closed());
        listeners
    }

    /// Listens for some pages; `None` where too many listen already.
    pub fn listen(&self, pages: &[String]) -> Option<Receiver<Event>> {
        let mut listeners = self.listeners();
        if listeners.len() >= LISTENERS {
            return None;
        }
        let (events, receiver) = channel(WAITING);
        listeners.push(Listener { pages: pages.to_vec(), events });
        Some(receiver)
    }

    /// The pages that are open, the last opened first, each once.
    pub fn open_pages(&self) -> Vec<String> {
        let mut pages: Vec<String> = Vec::new();
        for page in self.listeners().iter().rev().flat_map(|listener| listener.pages.iter().rev()) {
            if !pages.contains(page) {
                pages.push(page.clone());
            }
        }
        pages
    }

    /// Tells those who have this page open that it changed.
    pub fn tell_page(&self, page: &str, hash: Option<Fingerprint>) {
        let event = Event::Page(page.to_owned(), hash);
        self.tell(&event, |listener| listener.pages.iter().any(|one| one == page));
    }

    /// Tells all that a style sheet changed.
    pub fn tell_style(&self, path: &str, hash: Fingerprint) {
        self.tell(&Event::Style(path.to_owned(), hash), |_| true);
    }

    /// Tells all to load their pages anew.
    pub fn tell_reload(&self) {
        self.tell(&Event::Reload, |_| true);
    }

    /// Tells all that something else is wrong now.
    pub fn tell_problems(&self) {
        self.tell(&Event::Problems, |_| true);
    }

    /// Ends all streams.
    pub fn close(&self) {
        self.listeners().clear();
    }

    fn tell(&self, event: &Event, to: impl Fn(&Listener) -> bool) {
        self.listeners().retain(|listener| !to(listener) || listener.events.try_send(event.clone()).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn only_those_on_a_page_are_told_of_it() {
        let hub = Hub::default();
        let mut one = hub.listen(&pages(&["a", "c"])).expect("room");
        let mut other = hub.listen(&pages(&["b"])).expect("room");
        hub.tell_page("a", None);
        assert_eq!(one.try_recv().ok(), Some(Event::Page("a".into(), None)));
        assert!(other.try_recv().is_err());
        hub.tell_problems();
        assert_eq!(other.try_recv().ok(), Some(Event::Problems));
        assert_eq!(hub.open_pages(), ["b", "c", "a"]);
    }

    #[test]
    fn a_browser_that_never_reads_loses_its_stream() {
        let hub = Hub::default();
        let _kept = hub.listen(&pages(&["a"])).expect("room");
        (0..=WAITING).for_each(|_| hub.tell_reload());
        assert!(hub.open_pages().is_empty());
    }

    #[test]
    fn there_is_room_for_so_many_and_no_more() {
        let hub = Hub::default();
        let kept: Vec<_> = (0..LISTENERS).map(|_| hub.listen(&pages(&["a"])).expect("room")).collect();
        assert!(hub.listen(&pages(&["a"])).is_none());
        drop(kept);
        assert!(hub.listen(&pages(&["a"])).is_some());
    }
}
