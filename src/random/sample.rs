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
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = words.normal();
        let root = 1.0 + c * x;
        let v = root * root * root;
        if v > 0.0 {
            let u = words.uniform();
            let square = x * x;
            // the first bound implies the second, and spares most logarithms
            if u < 1.0 - 0.0331 * square * square
                || libm::log(u) < 0.5 * square + d - d * v + d * libm::log(v)
            {
                return d * v;
            }
        }
    }
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

    fn normal(&mut self) -> f64 {
        let radius = (2.0 * math::exponential(self.next())).sqrt();
        f64::from(radius * math::turn(self.next()).0)
    }
}
