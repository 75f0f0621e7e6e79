//! How often something may be asked.

use std::time::Instant;

/// Now.
#[expect(
    clippy::disallowed_methods,
    reason = "how often pages ask, and when one was last heard of"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// So many times at once, and so many more each second.
#[derive(Debug)]
pub(super) struct Rate {
    most: f64,
    each_second: f64,
    left: f64,
    last: Instant,
}

impl Rate {
    /// A rate that was not used yet.
    pub fn new((most, each_second): (f64, f64)) -> Self {
        Self {
            most,
            each_second,
            left: most,
            last: now(),
        }
    }

    /// Whether it may be asked once more; then it was.
    pub fn has_time(&mut self) -> bool {
        let passed = self.last.elapsed().as_secs_f64();
        self.last = now();
        self.left = (self.left + passed * self.each_second).min(self.most);
        let has = self.left >= 1.0;
        self.left -= f64::from(u8::from(has));
        has
    }
}
