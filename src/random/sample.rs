//! Distributions: random words become normals and Beta variates.

use rand_philox::{philox4x32_10, u32_to_unit_f64};

use super::{Key, NormalKeys};
use crate::math;

/// `K` standard normals for `who` (K at most 8), two from two words (Box and Muller, 1958).
///
/// The first dimensions of a draw are the same whatever `K`.
#[inline(always)]
#[must_use]
pub fn normals<const K: usize>(keys: &NormalKeys, who: u32) -> [f32; K] {
    let mut out = [0.0; K];
    for (pair, [radius, angle]) in out[..keys.dimensions()].chunks_mut(2).zip(keys.pairs()) {
        let r = (2.0 * radius.exponential(who)).sqrt();
        let (c, s) = math::turn(angle.word(who));
        pair[0] = r * c;
        if let Some(second) = pair.get_mut(1) {
            *second = r * s;
        }
    }
    out
}

/// A Beta(a, b) variate for `who`, as the ratio X/(X + Y) of two gamma variates; a and b above 0.
///
/// The gammas are drawn by G. Marsaglia and W. W. Tsang's method (2000), where a shape is below 1 in
/// logarithms, so that they do not underflow.
#[must_use]
pub fn beta(key: Key, who: u32, a: f64, b: f64) -> f64 {
    let mut words = Words {
        key: key.philox(),
        who,
        block: 0,
        left: [0; 4],
        used: 4,
    };
    if a.min(b) >= 1.0 {
        let x = gamma_variate(&mut words, a);
        let y = gamma_variate(&mut words, b);
        return x / (x + y);
    }
    let x = ln_gamma_variate(&mut words, a);
    let y = ln_gamma_variate(&mut words, b);
    1.0 / (1.0 + libm::exp(y - x))
}

/// The logarithm of a Gamma(shape, 1) variate.
fn ln_gamma_variate(words: &mut Words, shape: f64) -> f64 {
    if shape < 1.0 {
        // Gamma(s) = Gamma(s + 1) * U^(1/s)
        let boost = libm::log(words.uniform()) / shape;
        return ln_gamma_variate(words, shape + 1.0) + boost;
    }
    libm::log(gamma_variate(words, shape))
}

/// A Gamma(shape, 1) variate; shape at least 1.
fn gamma_variate(words: &mut Words, shape: f64) -> f64 {
    let gamma = Gamma::of(shape);
    loop {
        let x = normal(words.next(), words.next());
        let v = gamma.cube(x);
        if v > 0.0 {
            let u = words.uniform();
            if is_accepted_at_once(x, u) || gamma.accepts(x, v, u) {
                return gamma.d * v;
            }
        }
    }
}

/// Marsaglia and Tsang's method for one shape.
#[derive(Clone, Copy)]
struct Gamma {
    d: f64,
    c: f64,
}

impl Gamma {
    fn of(shape: f64) -> Self {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        Self { d, c }
    }

    /// What a normal proposes, in units of `d`.
    #[inline(always)]
    fn cube(self, x: f64) -> f64 {
        let root = 1.0 + self.c * x;
        root * root * root
    }

    /// Whether a proposal is accepted, given a uniform.
    fn accepts(self, x: f64, v: f64, u: f64) -> bool {
        libm::log(u) < 0.5 * (x * x) + self.d - self.d * v + self.d * libm::log(v)
    }

    /// A proposal from three words.
    #[inline(always)]
    fn propose(self, words: [u32; 3]) -> Proposal {
        let x = normal(words[0], words[1]);
        Proposal {
            x,
            v: self.cube(x),
            u: u32_to_unit_f64(words[2]),
        }
    }

    /// Whether a proposal is accepted.
    fn takes(self, Proposal { x, v, u }: Proposal) -> bool {
        v > 0.0 && (is_accepted_at_once(x, u) || self.accepts(x, v, u))
    }
}

/// A normal, what it proposes, and the uniform that decides.
#[derive(Debug, Clone, Copy, Default)]
struct Proposal {
    x: f64,
    v: f64,
    u: f64,
}

/// A bound that implies the other, and spares most logarithms.
#[inline(always)]
fn is_accepted_at_once(x: f64, u: f64) -> bool {
    let square = x * x;
    u < 1.0 - 0.0331 * square * square
}

/// A standard normal from two words.
#[inline(always)]
fn normal(radius: u32, angle: u32) -> f64 {
    let radius = (2.0 * math::exponential(radius)).sqrt();
    f64::from(radius * math::turn(angle).0)
}

/// As [`beta`] for each of `N`: the first proposals of both gamma variates are drawn side by side, in loops that can be
/// vectorised, and only where one of them is refused, or where a shape is below 1, is the variate drawn alone.
#[inline(always)]
#[must_use]
pub fn betas<const N: usize>(key: Key, who: &[u32; N], a: f64, b: f64) -> [f64; N] {
    let mut out = [0.0; N];
    let mut accepted = [false; N];
    let (first, second) = (Gamma::of(a), Gamma::of(b));
    let mut proposals = [[Proposal::default(); 2]; N];
    if a.min(b) >= 1.0 {
        // not by a closure, which would be compiled for the baseline
        let one = first_words(key, 0, who);
        let two = first_words(key, 1, who);
        for i in 0..N {
            let own = first.propose([one[0][i], one[1][i], one[2][i]]);
            let other = second.propose([one[3][i], two[0][i], two[1][i]]);
            let (x, y) = (first.d * own.v, second.d * other.v);
            out[i] = x / (x + y);
            let good = (own.v > 0.0) & is_accepted_at_once(own.x, own.u);
            accepted[i] = good & (other.v > 0.0) & is_accepted_at_once(other.x, other.u);
            proposals[i] = [own, other];
        }
    }
    for i in 0..N {
        let [own, other] = proposals[i];
        let good = accepted[i] || first.takes(own) && second.takes(other);
        if !good {
            out[i] = beta(key, who[i], a, b);
        }
    }
    out
}

/// The four words of a block for each of `N`: Philox4x32-10 as in [`Words`], round by round.
#[inline(always)]
fn first_words<const N: usize>(key: Key, block: u32, who: &[u32; N]) -> [[u32; N]; 4] {
    const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];
    const BUMPS: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
    let mut key = key.philox();
    let mut counter = [[block; N], *who, [0; N], [0; N]];
    for _ in 0..10 {
        let mut next = [[0; N]; 4];
        for i in 0..N {
            let zero = u64::from(counter[0][i]) * MULTIPLIERS[0];
            let two = u64::from(counter[2][i]) * MULTIPLIERS[1];
            next[0][i] = (two >> 32) as u32 ^ counter[1][i] ^ key[0];
            next[1][i] = two as u32;
            next[2][i] = (zero >> 32) as u32 ^ counter[3][i] ^ key[1];
            next[3][i] = zero as u32;
        }
        counter = next;
        key = [0, 1].map(|k| key[k].wrapping_add(BUMPS[k]));
    }
    counter
}

/// As many words as a rejection method needs, from Philox with the customer in the counter.
struct Words {
    key: [u32; 2],
    who: u32,
    block: u32,
    left: [u32; 4],
    used: usize,
}

impl Words {
    fn next(&mut self) -> u32 {
        if self.used == 4 {
            self.left = philox4x32_10([self.block, self.who, 0, 0], self.key);
            self.block += 1;
            self.used = 0;
        }
        self.used += 1;
        self.left[self.used - 1]
    }

    fn uniform(&mut self) -> f64 {
        u32_to_unit_f64(self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Source};

    #[test]
    fn betas_are_what_each_is_alone() {
        let key = Source::new(3, 1)
            .family(Purpose::Agency, &["all"])
            .key(4, 0);
        for (a, b) in [(2.0, 2.0), (1.0, 30.0), (0.4, 3.6), (1.2, 1.0)] {
            for start in (0..4096).step_by(16) {
                let who: [u32; 16] = std::array::from_fn(|i| start + i as u32);
                let alone = who.map(|who| beta(key, who, a, b));
                assert_eq!(betas(key, &who, a, b), alone, "{a}, {b}");
            }
        }
    }
}
