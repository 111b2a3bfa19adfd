//! Keeps faults of the PDF library away from the program: it may panic, or run for ever, on hostile files.

use std::panic::{self, PanicHookInfo};
use std::sync::Once;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::super::error::Cause;

/// Name of the threads whose panics are not printed.
const NAME: &str = "ringwerk-pdf";

/// Longer than any real transcript takes by far: a PDF of 300 pages needs less than a second.
const MOST_TIME: Duration = Duration::from_secs(60);

/// Enough for the deepest nesting that the library allows.
const STACK: usize = 32 << 20;

/// Runs the work on a thread of its own; a panic or too long a time is an error.
pub(super) fn run<T: Send + 'static>(work: impl FnOnce() -> Result<T, Cause> + Send + 'static) -> Result<T, Cause> {
    silence();
    let (sender, receiver) = sync_channel(1);
    let thread = thread::Builder::new().name(NAME.to_owned()).stack_size(STACK);
    thread.spawn(move || {
        // Nobody listens any more when the time was up.
        let _ = sender.send(work());
    })?;
    receiver.recv_timeout(MOST_TIME).unwrap_or_else(|error| {
        Err(match error {
            RecvTimeoutError::Timeout => "takes too long".into(),
            RecvTimeoutError::Disconnected => "the PDF library gave up".into(),
        })
    })
}

/// A panic on these threads is an ordinary error of a file; all others are printed as before.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            if thread::current().name() != Some(NAME) {
                before(info);
            }
        }));
    });
}
