//! What a run costs: time on the clock, and time of all cores.

use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

/// Measures from its start on.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch {
    start: Instant,
    cpu: ProcessTime,
}

impl Stopwatch {
    /// Starts one.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "what a run costs is no result")]
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
            cpu: ProcessTime::now(),
        }
    }

    /// Time on the clock since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Time that all cores together spent on this process since the start, the system's work for it included.
    #[must_use]
    pub fn cpu(&self) -> Duration {
        self.cpu.elapsed()
    }
}
