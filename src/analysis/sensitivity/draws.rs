//! Keyed draws of designs and resamples: each is a function of seed, purpose and place.

use rand_philox::{philox4x32_10, splitmix64};

/// Keeps these draws apart from those of the model, which start from the same seeds.
const APART: u64 = 0x5e45_1717_1719_a1a5;

/// What a draw is for. The numbers are part of the results: never reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Stream {
    /// The scrambling of Sobol points.
    Scramble = 1,
    /// The trajectories of Morris.
    Trajectory = 2,
    /// The resamples of a bootstrap.
    Bootstrap = 3,
    /// The replicates of a bootstrap's resamples.
    Replicates = 4,
}

/// All draws for one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    key: [u32; 2],
    stream: u32,
}

impl Draws {
    /// The draws of a seed for a purpose.
    pub fn new(seed: u64, stream: Stream) -> Self {
        let key = splitmix64(seed ^ APART);
        Self {
            key: [key as u32, (key >> 32) as u32],
            stream: stream as u32,
        }
    }

    /// Four random words of a place.
    pub fn words(&self, first: u32, second: u32) -> [u32; 4] {
        philox4x32_10([first, second, self.stream, 0], self.key)
    }

    /// Which of `count` samples the resample of that number draws, one after the other, `count` times.
    pub fn resample(self, number: u32, count: u32) -> impl Iterator<Item = usize> {
        (0..count.div_ceil(4))
            .flat_map(move |block| self.words(number, block))
            .take(count as usize)
            .map(move |word| below(word, count) as usize)
    }
}

/// A word as a number below `count`; the bias is at most `count` / 2^32.
pub fn below(word: u32, count: u32) -> u32 {
    ((u64::from(word) * u64::from(count)) >> 32) as u32
}
