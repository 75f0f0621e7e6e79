//! What the tests are worth: run at the same size on mixers that are known to be bad, they reject them.

use flywheel::random::{Purpose, Source};
use rand_philox::splitmix64;

use crate::random::statistics::{distance, evenness, is_suspect, kolmogorov};

/// As many customers as the tests of independence use.
const DRAWS: u32 = 1 << 20;

/// The 32 bits of a customer in a period.
type Words<'a> = &'a dyn Fn(u32, u32) -> u32;

/// Counts in 256 cells.
fn counts(cell: impl Fn(u32) -> u32) -> [u64; 256] {
    let mut counts = [0; 256];
    (0..DRAWS).for_each(|who| counts[cell(who) as usize] += 1);
    counts
}

/// The names of the tests that words do not pass.
fn failures(word: Words) -> Vec<&'static str> {
    let upper = |t, who| word(t, who) >> 28;
    let lower = |t, who| word(t, who) & 15;
    let sample = (0..DRAWS).map(|who| f64::from(word(0, who) >> 8) / 16_777_216.0);
    let distance = distance(sample.collect(), |x| x);
    let chances = [
        ("upper byte", evenness(&counts(|who| word(0, who) >> 24))),
        ("lower byte", evenness(&counts(|who| word(0, who) & 0xff))),
        ("distribution", kolmogorov(distance, DRAWS as usize)),
        (
            "neighbours, upper bits",
            evenness(&counts(|who| upper(0, who) << 4 | upper(0, who + 1))),
        ),
        (
            "neighbours, lower bits",
            evenness(&counts(|who| lower(0, who) << 4 | lower(0, who + 1))),
        ),
        (
            "periods, upper bits",
            evenness(&counts(|who| upper(0, who) << 4 | upper(1, who))),
        ),
        (
            "periods, lower bits",
            evenness(&counts(|who| lower(0, who) << 4 | lower(1, who))),
        ),
    ];
    let failed = chances.iter().filter(|(_, p)| is_suspect(*p));
    let failed = failed.map(|(name, _)| *name);
    failed
        .chain((!has_avalanche(word)).then_some("avalanche"))
        .collect()
}

/// Whether every bit of the customer moves every bit of the word half of the time, over periods.
fn has_avalanche(word: Words) -> bool {
    const PERIODS: u32 = 1 << 12;
    // 1024 pairs of bits, as in the test of independence
    let bound = 5.5 * 0.5 * f64::from(PERIODS).sqrt();
    (0..32).all(|input| {
        let mut flips = [0_u32; 32];
        for t in 0..PERIODS {
            let change = word(t, t) ^ word(t, t ^ 1 << input);
            for (output, count) in flips.iter_mut().enumerate() {
                *count += change >> output & 1;
            }
        }
        let even = |&count: &u32| (f64::from(count) - f64::from(PERIODS) / 2.0).abs() < bound;
        flips.iter().all(even)
    })
}

/// A key that is random itself, so that the mixer alone is to blame.
fn random_key(period: u32) -> u32 {
    splitmix64(period.into()) as u32
}

#[test]
fn the_mixer_in_use_passes() {
    let family = Source::new(1, 0).family(Purpose::NeedArises, &["customers"]);
    let failed = failures(&|t, who| family.key(t, 0).word(who));
    assert!(failed.is_empty(), "fails {failed:?}");
}

#[test]
fn multiplication_without_final_mixing_is_rejected() {
    let failed = failures(&|t, who| (who ^ random_key(t)).wrapping_mul(0x9e37_79b1));
    // consecutive customers fill the circle evenly, more so than chance, and neighbours are a fixed step apart
    for test in [
        "upper byte",
        "lower byte",
        "neighbours, upper bits",
        "periods, lower bits",
        "avalanche",
    ] {
        assert!(
            failed.contains(&test),
            "{test} is passed; failed: {failed:?}"
        );
    }
}

#[test]
fn one_round_of_mixing_is_rejected() {
    let failed = failures(&|t, who| {
        let mut x = who ^ random_key(t);
        x ^= x >> 17;
        x = x.wrapping_mul(0xed5a_d4bb);
        x ^ x >> 15
    });
    assert!(failed.contains(&"avalanche"), "failed: {failed:?}");
    assert!(failed.len() >= 3, "failed: {failed:?}");
}

#[test]
fn a_key_that_only_flips_bits_is_rejected() {
    // well mixed within a period, but two periods have the same words, with some bits turned
    let mix = |mut x: u32| {
        for multiplier in [0xed5a_d4bb, 0xac4c_1b51, 0x3184_8bab_u32] {
            x = (x ^ x >> 15).wrapping_mul(multiplier);
        }
        x ^ x >> 14
    };
    let failed = failures(&|t, who| mix(who) ^ random_key(t));
    assert_eq!(failed, ["periods, upper bits", "periods, lower bits"]);
}
