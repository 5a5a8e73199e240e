//! The places where a test can make a build die or a system lack something. In the program itself
//! all of this is nothing.

/// Marks an instant between two changes to the disk. A test's child process dies here, as if it
/// had been killed, when its turn in the count comes.
#[cfg(not(test))]
#[inline(always)]
pub(super) fn step() {}

/// Whether a test asks to do without something that the system has.
#[cfg(not(test))]
#[inline(always)]
pub(super) fn lacks(_what: Lack) -> bool {
    false
}

/// What some file systems can't do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// Exchange two folders in one step.
    Exchange,
    /// Give one file two names.
    Links,
    /// Rename the output folder, which came with a container's image.
    Rename,
}

#[cfg(test)]
pub(super) use asked_for::{lacks, step};

#[cfg(test)]
mod asked_for {
    use super::Lack;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// The step to die at, from 1; none where the variable is not set, as in the parent process.
    fn last_step() -> Option<usize> {
        static AT: OnceLock<Option<usize>> = OnceLock::new();
        *AT.get_or_init(|| std::env::var("RAPPORTEUR_TEST_DIE_AT").ok()?.parse().ok())
    }

    pub(in crate::write) fn step() {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        if let Some(last) = last_step()
            && COUNT.fetch_add(1, Ordering::SeqCst) + 1 == last
        {
            std::process::abort();
        }
    }

    pub(in crate::write) fn lacks(what: Lack) -> bool {
        static LACKING: OnceLock<String> = OnceLock::new();
        let lacking = LACKING.get_or_init(|| std::env::var("RAPPORTEUR_TEST_LACKS").unwrap_or_default());
        lacking.contains(match what {
            Lack::Exchange => "exchange",
            Lack::Links => "links",
            Lack::Rename => "rename",
        })
    }
}
