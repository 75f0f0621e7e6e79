//! Requests to stop from outside: Ctrl-C, SIGTERM, and SIGHUP when the terminal is closed.
//!
//! A signal that is ignored when the program starts stays ignored: that is how `nohup` keeps a run alive.

use std::io;

use flywheel::experiment::Cancel;

/// Lets signals stop the work: the first keeps what is finished, which the run then tells; the second ends the
/// program at once.
pub fn stop_on_signals(cancel: &Cancel) -> io::Result<()> {
    let cancel = cancel.clone();
    on_signal(move || {
        if cancel.is_cancelled() {
            std::process::exit(130);
        }
        cancel.cancel();
    })
}

#[cfg(unix)]
fn on_signal(stop: impl Fn() + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let heeded = [SIGHUP, SIGINT, SIGTERM].into_iter();
    let heeded: Vec<i32> = heeded.filter(|&signal| !is_ignored(signal)).collect();
    let mut signals = signal_hook::iterator::Signals::new(heeded)?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || signals.forever().for_each(|_| stop()))?;
    Ok(())
}

/// Whether the program was started with a signal ignored.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let mut action = std::mem::MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: with a null pointer for the new action, the call only writes the present one to `action`, for
    // which zeros are a valid value as well.
    unsafe {
        libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr()) == 0
            && action.assume_init().sa_sigaction == libc::SIG_IGN
    }
}

#[cfg(not(unix))]
fn on_signal(stop: impl Fn() + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(stop).map_err(io::Error::other)
}
