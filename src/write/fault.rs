//! The places where a test can make a build die, let a call to the system fail, or lack something. In the
//! program itself all of this is nothing.

/// Marks an instant between two changes to the disk. A test's child process dies here, as if it
/// had been killed, when its turn in the count comes.
#[cfg(not(test))]
#[inline(always)]
pub(super) fn step() {}

/// A call to the system that is about to be made for `path`: an instant as in [`step`], and a test may let it
/// fail.
#[cfg(not(test))]
#[inline(always)]
#[expect(clippy::unnecessary_wraps, reason = "in tests a call may fail")]
pub(super) fn call(_path: &std::path::Path) -> std::io::Result<()> {
    Ok(())
}

/// A call that changes nothing, for what stands at `path`: a test may let it fail.
#[cfg(not(test))]
#[inline(always)]
#[expect(clippy::unnecessary_wraps, reason = "in tests a call may fail")]
pub(super) fn look(_path: &std::path::Path) -> std::io::Result<()> {
    Ok(())
}

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
    /// Move the output folder at all: it is a mount point.
    Moving,
}

#[cfg(test)]
pub(super) use asked_for::{Failing, Lasts, call, lacks, look, step};

#[cfg(test)]
mod asked_for {
    use super::Lack;
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, OnceLock, PoisonError};

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
            Lack::Moving => "moving",
        })
    }

    /// How long a fault lasts.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(in crate::write) enum Lasts {
        /// For one call.
        Once,
        /// For every call from then on, until this is dropped.
        On,
    }

    /// Calls to the system for what stands below a folder fail, from the one of some number, as long as this
    /// lives. Other tests of the same process, with folders of their own, are not touched.
    pub(in crate::write) struct Failing(Arc<Plan>);

    struct Plan {
        below: PathBuf,
        /// The number of the call, from 1.
        at: usize,
        lasts: Lasts,
        /// The number of the system's error.
        error: i32,
        made: AtomicUsize,
    }

    static PLANS: Mutex<Vec<Arc<Plan>>> = Mutex::new(Vec::new());

    fn plans() -> std::sync::MutexGuard<'static, Vec<Arc<Plan>>> {
        PLANS.lock().unwrap_or_else(PoisonError::into_inner)
    }

    impl Failing {
        pub(in crate::write) fn from(below: &Path, at: usize, lasts: Lasts, error: i32) -> Self {
            let below = below.canonicalize().expect("a folder of the test");
            let plan = Arc::new(Plan { below, at, lasts, error, made: AtomicUsize::new(0) });
            plans().push(Arc::clone(&plan));
            Failing(plan)
        }

        /// Whether there were as many calls that one failed.
        pub(in crate::write) fn came_to_it(&self) -> bool {
            self.0.made.load(Ordering::SeqCst) >= self.0.at
        }
    }

    impl Drop for Failing {
        fn drop(&mut self) {
            plans().retain(|plan| !Arc::ptr_eq(plan, &self.0));
        }
    }

    pub(in crate::write) fn call(path: &Path) -> io::Result<()> {
        step();
        look(path)
    }

    pub(in crate::write) fn look(path: &Path) -> io::Result<()> {
        let plans = plans();
        let Some(plan) = plans.iter().find(|plan| path.starts_with(&plan.below)) else { return Ok(()) };
        let number = plan.made.fetch_add(1, Ordering::SeqCst) + 1;
        let fails = number == plan.at || (number > plan.at && plan.lasts == Lasts::On);
        if fails { Err(io::Error::from_raw_os_error(plan.error)) } else { Ok(()) }
    }
}
