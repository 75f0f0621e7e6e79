//! From a seed to the 32 random bits of one draw.

use rand_philox::{philox4x32_10, splitmix64};

use crate::math;

/// What a draw is for. The numbers are part of the results: never reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// A customer's taste on arrival.
    Taste = 1,
    /// A customer's agency preference on arrival.
    Agency = 2,
    /// Whether a customer shares data.
    DataSharing = 3,
    /// Whether a customer carries data to another firm.
    DataPortability = 4,
    /// Whether a customer leaves.
    Turnover = 5,
    /// How a taste drifts.
    Drift = 6,
    /// Whether a need arises.
    NeedArises = 7,
    /// How a need differs from the taste.
    Need = 8,
    /// Whether the home firm detects the need.
    Detection = 9,
    /// Whether the home firm acts without a need.
    FalseAlarm = 10,
    /// Whether the customer accepts what the firm proposes.
    Acceptance = 11,
    /// Whether the customer cancels.
    Cancelling = 12,
    /// Whether the customer notices the need unaided.
    Awareness = 13,
    /// The noise of a choice among firms.
    Choice = 14,
    /// The error of the customer's own view of the need.
    View = 15,
    /// The noise of what the firm observes of the need.
    Signal = 16,
    /// The agency preference that a customer states to a firm.
    StatedAgency = 17,
    /// A firm's first guess of a population's mean taste.
    FirstGuess = 18,
    /// A firm's first products.
    FirstProducts = 19,
    /// Whether a firm explores at a review.
    Explore = 20,
    /// What a firm explores.
    ExploreWhat = 21,
    /// The seed of a point of a sweep.
    PointSeed = 22,
    /// In which order a Latin hypercube visits the parts of an axis.
    DesignOrder = 23,
    /// Where a sampled design's points lie.
    DesignPlace = 24,
    /// Whether a transaction of a perturbed firm teaches it as much as two.
    TaughtTwice = 25,
    /// The error of what a firm with a head start has observed of a customer.
    HeadStart = 26,
    /// Of which kind a need is, or the false alarm in its stead.
    NeedKind = 27,
    /// The error of a statistic that calibration aims at.
    TargetError = 28,
}

/// All draws of one replicate.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    seed: [u32; 2],
    replicate: u32,
}

impl Source {
    /// The draws of a replicate (counted from 0) of a seed.
    #[must_use]
    pub fn new(seed: u64, replicate: u32) -> Self {
        Self {
            seed: split(splitmix64(seed)),
            replicate,
        }
    }

    /// The draws for a purpose that concern those named: a population, a firm, or both, in that order.
    #[must_use]
    pub fn family(&self, purpose: Purpose, names: &[&str]) -> Family {
        let [low, high] = split(fingerprint(names));
        let block = philox4x32_10([self.replicate, purpose as u32, low, high], self.seed);
        Family {
            key: [block[0], block[1]],
            tweak: [block[2], block[3]],
        }
    }
}

/// The draws for one purpose and those concerned, over all periods.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    key: [u32; 2],
    tweak: [u32; 2],
}

impl Family {
    /// The key of a period's draws; `index` tells apart several draws of the same customer.
    #[must_use]
    pub fn key(&self, period: u32, index: u32) -> Key {
        let block = philox4x32_10([period, index, self.tweak[0], self.tweak[1]], self.key);
        Key(block[0], block[1])
    }

    /// The keys of as many pairs of normals as `dimensions` need (see [`super::normals`]).
    #[must_use]
    pub fn normal_keys(&self, period: u32, dimensions: usize) -> NormalKeys {
        let mut keys = NormalKeys {
            pairs: Default::default(),
            dimensions,
        };
        for (pair, index) in keys.used_pairs_mut().iter_mut().zip((0..).step_by(2)) {
            *pair = [self.key(period, index), self.key(period, index + 1)];
        }
        keys
    }
}

/// The keys of up to eight normals: a pair of keys for a pair of normals.
#[derive(Debug, Clone, Copy)]
pub struct NormalKeys {
    pairs: [[Key; 2]; 4],
    dimensions: usize,
}

impl NormalKeys {
    /// Number of normals.
    #[inline(always)]
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The pairs, of whose last one only the first may be used.
    #[inline(always)]
    #[must_use]
    pub fn pairs(&self) -> &[[Key; 2]] {
        &self.pairs[..self.dimensions.div_ceil(2)]
    }

    fn used_pairs_mut(&mut self) -> &mut [[Key; 2]] {
        &mut self.pairs[..self.dimensions.div_ceil(2)]
    }
}

/// A function from customers to random words: one purpose, one period.
#[derive(Debug, Clone, Copy, Default)]
pub struct Key(u32, u32);

impl Key {
    /// 32 random bits for `who`: the customer's number in the population, or a product's number.
    ///
    /// An invertible integer hash (the three rounds of `triple32` by C. Wellons), keyed before the
    /// first and before the second round, so that two keys give unrelated permutations.
    #[inline(always)]
    #[must_use]
    pub fn word(self, who: u32) -> u32 {
        let mut x = who ^ self.0;
        x ^= x >> 17;
        x = x.wrapping_mul(0xed5a_d4bb);
        x ^= x >> 11;
        x ^= self.1;
        x = x.wrapping_mul(0xac4c_1b51);
        x ^= x >> 15;
        x = x.wrapping_mul(0x3184_8bab);
        x ^ (x >> 14)
    }

    /// A uniform in [0, 1), a multiple of 2^-24: `uniform < p` holds with probability p, also for 0 and 1.
    #[inline(always)]
    #[must_use]
    pub fn uniform(self, who: u32) -> f32 {
        (self.word(who) >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// A standard exponential.
    #[inline(always)]
    #[must_use]
    pub fn exponential(self, who: u32) -> f32 {
        math::exponential(self.word(who))
    }

    /// The key as the two words of a Philox key, for draws that need a whole stream.
    pub(super) fn philox(self) -> [u32; 2] {
        [self.0, self.1]
    }
}

fn split(x: u64) -> [u32; 2] {
    [x as u32, (x >> 32) as u32]
}

/// A 64-bit fingerprint of names: FNV-1a over their bytes, each name closed by a byte that no text holds.
fn fingerprint(names: &[&str]) -> u64 {
    let bytes = names.iter().flat_map(|name| name.bytes().chain([0xff]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    splitmix64(hash)
}
