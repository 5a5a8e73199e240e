//! What the machine may refuse before any work begins: threads, files beyond a size.

use super::{Failure, print};
use std::sync::mpsc;
use std::thread;

/// A limit on file sizes (`ulimit -f`) kills by a signal that can be ignored: the write then fails with an
/// error that can be told.
pub fn keep_from_dying_of_a_limit() {
    #[cfg(unix)]
    {
        // A handler that does nothing keeps the default action, the end of the process, from happening.
        let ignored = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let _ = signal_hook::flag::register(25, ignored);
    }
}

/// Where there is no more memory, the library that the program is built on says so and aborts, which is a fault
/// of nobody's that a shell should show as one: the program ends as on any other failure of the machine.
pub fn keep_from_aborting() {
    #[cfg(unix)]
    {
        let always = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let _ = signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGABRT, 2, always);
    }
}

/// Sees to it that the work has threads: as many as usual, or this one where the system gives no more.
pub fn find_threads() -> Result<(), Failure> {
    let named = std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok());
    let usual = || thread::available_parallelism().map_or(1, usize::from);
    if can_have(named.filter(|number| *number > 0).unwrap_or_else(usual)) {
        return Ok(());
    }
    print::notice("the system gives no more threads (`ulimit -u`): the work goes on with one");
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    alone.build_global().map_err(|error| no_thread(&error))
}

/// Whether so many threads can be had at once.
fn can_have(wanted: usize) -> bool {
    let mut held = Vec::with_capacity(wanted);
    for _ in 0..wanted {
        let (end, ended) = mpsc::channel::<()>();
        match thread::Builder::new().spawn(move || ended.recv().map_or((), drop)) {
            Ok(thread) => held.push((end, thread)),
            Err(_) => break,
        }
    }
    let all = held.len() == wanted;
    for (end, thread) in held {
        drop(end);
        let _ = thread.join();
    }
    all
}

/// Runs `work` in a thread of its own.
pub fn in_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<thread::JoinHandle<T>, Failure> {
    thread::Builder::new().spawn(work).map_err(|error| no_thread(&error))
}

fn no_thread(error: &dyn std::fmt::Display) -> Failure {
    Failure(format!("cannot start a thread: {error}; the limit on processes is too low (`ulimit -u`)"))
}
