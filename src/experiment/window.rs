//! How far threads may run ahead of the oldest unfinished cell.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How long a waiting thread does not notice that the run was stopped.
const PATIENCE: Duration = Duration::from_millis(100);

/// Gives out positions in order, at most `size` ahead of the first that was not handed over yet.
pub(super) struct Window {
    state: Mutex<Bounds>,
    moved: Condvar,
    total: u64,
    size: u64,
}

struct Bounds {
    next: u64,
    handed_over: u64,
}

impl Window {
    pub fn new(from: u64, total: u64, size: u64) -> Self {
        let state = Mutex::new(Bounds {
            next: from,
            handed_over: from,
        });
        Self {
            state,
            moved: Condvar::new(),
            total,
            size,
        }
    }

    /// The next position, when it is inside the window; none when there are no more or the run is stopped.
    pub fn take(&self, stopped: impl Fn() -> bool) -> Option<u64> {
        let mut bounds = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if stopped() || bounds.next >= self.total {
                return None;
            }
            if bounds.next < bounds.handed_over + self.size {
                bounds.next += 1;
                return Some(bounds.next - 1);
            }
            // the time limit lets a waiting thread see that the run was stopped
            let waited = self.moved.wait_timeout(bounds, PATIENCE);
            bounds = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    pub fn advance_to(&self, handed_over: u64) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .handed_over = handed_over;
        self.wake();
    }

    pub fn wake(&self) {
        self.moved.notify_all();
    }
}
