//! Single-precision functions that give the same bits on every machine.
//!
//! Only additions, multiplications, divisions and square roots are used, which IEEE 754 rounds in
//! one way, so results depend neither on the platform's mathematics library nor on its vector
//! instructions. All functions are free of branches, so that loops over them can be vectorised.
//! Errors are stated in units in the last place (ulp) and held by the tests.

/// exp(x) for x in [-87, 88], and the value at the nearer end outside; at most 2 ulp off.
///
/// Cody-Waite reduction to |r| <= ln(2)/2 and a polynomial of degree 6 (Taylor with the last
/// coefficients economised).
#[inline(always)]
#[must_use]
pub fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to an integer
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let mut p = 1.987_569_1e-4_f32;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let y = p * (r * r) + r + 1.0;
    let exponent = (shifted.to_bits() << 23).wrapping_add(y.to_bits());
    f32::from_bits(exponent)
}

/// ln(1 + f) - f for f in [sqrt(1/2) - 1, sqrt(2) - 1], by a polynomial of degree 8 in f times f^2 (Cephes' `logf`).
#[inline(always)]
fn ln_1p_tail(f: f32) -> f32 {
    let mut p = 7.037_683_6e-2_f32;
    p = p * f - 1.151_461e-1;
    p = p * f + 1.167_699_9e-1;
    p = p * f - 1.242_014_1e-1;
    p = p * f + 1.424_932_3e-1;
    p = p * f - 1.666_805_8e-1;
    p = p * f + 2.000_071_5e-1;
    p = p * f - 2.499_999_4e-1;
    p = p * f + 3.333_333e-1;
    let square = f * f;
    p * f * square - 0.5 * square
}

/// Standard exponential variate of a random word: -ln(1 - v) with v = (word + 1/2) / 2^32.
///
/// Both tails keep the word's full resolution: values go from 1.2e-10 to 22.9. At most 3 ulp off.
#[inline(always)]
#[must_use]
pub fn exponential(word: u32) -> f32 {
    const SCALE: f32 = 1.0 / 4_294_967_296.0;
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let v = (word as f32 + 0.5) * SCALE;
    let u = (!word as f32 + 0.5) * SCALE;
    // u = m * 2^e with m in [sqrt(1/2), sqrt(2)); where u > sqrt(1/2), m - 1 is -v, without loss
    let bits = u.to_bits().wrapping_sub(0x3f35_04f3);
    let e = (bits as i32) >> 23;
    let m = f32::from_bits((bits & 0x007f_ffff) + 0x3f35_04f3);
    let f = if e == 0 { -v } else { m - 1.0 };
    let e = e as f32;
    -(((ln_1p_tail(f) + e * LN2_LOW) + f) + e * LN2_HIGH)
}

/// Cosine and sine of the angle `word` / 2^32 turns; absolute error below 1.2e-7.
#[inline(always)]
#[must_use]
pub fn turn(word: u32) -> (f32, f32) {
    // the two upper bits give the quadrant, the others an angle within an eighth of a turn of its middle
    const SCALE: f32 = std::f32::consts::FRAC_PI_4 / 2_147_483_648.0;
    let a = ((word << 2) as i32) as f32 * SCALE;
    let s = a * a;
    let sine = a + a * s * (-1.666_665_5e-1 + s * (8.332_161e-3 - s * 1.951_529_6e-4));
    let cosine =
        1.0 - 0.5 * s + s * s * (4.166_664_6e-2 + s * (-1.388_731_6e-3 + s * 2.443_315_7e-5));
    let odd = word & 0x4000_0000 != 0;
    let (c, s) = if odd { (sine, cosine) } else { (cosine, sine) };
    // quadrants 0 to 3: (c, s), (-s, c), (-c, -s), (s, -c)
    let flip_c = ((word >> 31) ^ ((word >> 30) & 1)) << 31;
    let flip_s = (word >> 31) << 31;
    (
        f32::from_bits(c.to_bits() ^ flip_c),
        f32::from_bits(s.to_bits() ^ flip_s),
    )
}

/// 1 / (1 + exp(-x)).
#[inline(always)]
#[must_use]
pub fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distance in units in the last place of the exact value, rounded to single precision.
    fn ulps(value: f32, exact: f64) -> f64 {
        let rounded = exact as f32;
        let unit =
            f64::from(f32::from_bits(rounded.abs().to_bits() + 1)) - f64::from(rounded.abs());
        (f64::from(value) - exact).abs() / unit
    }

    #[test]
    fn exp_is_within_two_ulps() {
        let worst = (0..2_000_000u32)
            .map(|i| -87.0 + 175.0 * f64::from(i) / 2e6)
            .map(|x| ulps(exp(x as f32), f64::from(x as f32).exp()))
            .fold(0.0, f64::max);
        assert!(worst <= 2.0, "worst error {worst} ulp");
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-1e9), exp(-87.0));
        assert_eq!(exp(1e9), exp(88.0));
    }

    #[test]
    fn exponential_is_within_three_ulps_in_both_tails() {
        let words = (0..1_000_000u32)
            .map(|i| i.wrapping_mul(4_294_967))
            .chain(0..100_000)
            .chain(u32::MAX - 100_000..=u32::MAX);
        for word in words {
            let v = (f64::from(word) + 0.5) / 4_294_967_296.0;
            let error = ulps(exponential(word), -(-v).ln_1p());
            assert!(error <= 3.0, "word {word}: error {error} ulp");
        }
    }

    #[test]
    fn turn_goes_round_the_circle() {
        for i in 0..1_000_000u32 {
            let word = i.wrapping_mul(4295);
            let (c, s) = turn(word);
            // the zero of the angle lies in the middle of the first quadrant's words
            let a = f64::from(((word << 2) as i32) as f32) / 2_147_483_648.0
                * std::f64::consts::FRAC_PI_4
                + f64::from(word >> 30) * std::f64::consts::FRAC_PI_2;
            assert!((f64::from(c) - a.cos()).abs() < 1.2e-7, "cos of {word}");
            assert!((f64::from(s) - a.sin()).abs() < 1.2e-7, "sin of {word}");
        }
    }

    #[test]
    fn logistic_is_symmetric_and_saturates() {
        for x in [0.0_f32, 0.1, 1.0, 5.0, 20.0] {
            assert!((logistic(x) + logistic(-x) - 1.0).abs() < 2e-7);
        }
        assert_eq!(logistic(1e6), 1.0);
        assert!(logistic(-1e6) < 1e-30);
    }
}
