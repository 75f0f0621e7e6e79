//! Across keys: one customer's draws over periods, seeds, replicates, purposes and firms are as good as many customers'.

use flywheel::random::{Key, Purpose, Source};

use crate::random::key;
use crate::random::statistics::{assert_distributed, distance, kolmogorov};

const DRAWS: u32 = 1 << 18;

/// Holds that the uniforms of a customer under these keys are uniform.
fn assert_uniform(who: u32, keys: impl Iterator<Item = Key>, what: &str) {
    let sample = keys.map(|key| f64::from(key.uniform(who))).collect();
    assert_distributed(sample, |x| x, &format!("customer {who} over {what}"));
}

#[test]
fn a_customer_is_uniform_over_periods_seeds_and_replicates() {
    let family = Source::new(1, 0).family(Purpose::NeedArises, &["customers"]);
    let of = |seed, replicate| key(seed, replicate, Purpose::NeedArises, &["customers"], 0);
    for who in [0, 1, 4999] {
        assert_uniform(who, (0..DRAWS).map(|t| family.key(t, 0)), "periods");
        assert_uniform(who, (0..DRAWS).map(|seed| of(seed.into(), 0)), "seeds");
        assert_uniform(
            who,
            (0..DRAWS).map(|replicate| of(1, replicate)),
            "replicates",
        );
    }
}

#[test]
fn a_customer_is_uniform_over_firms_and_purposes() {
    let firms = |n| format!("firm-{n}");
    let choice = |n| key(1, 0, Purpose::Choice, &["customers", &firms(n)], 3);
    assert_uniform(17, (0..DRAWS / 4).map(choice), "firms");
    // few purposes, so over periods in turn with them
    let purposes = [
        Purpose::Turnover,
        Purpose::NeedArises,
        Purpose::Detection,
        Purpose::Awareness,
    ];
    let in_turn = |n: u32| key(1, 0, purposes[n as usize % 4], &["customers"], n / 4);
    assert_uniform(17, (0..DRAWS).map(in_turn), "purposes");
}

/// Kolmogorov's probabilities of as many samples, which are uniform if the samples are what they should be: neither too
/// far from their distribution nor too close to it.
fn assert_samples(samples: u32, sample: impl Fn(u32) -> Vec<f64>, what: &str) {
    let probabilities = (0..samples).map(|n| {
        let sample = sample(n);
        let size = sample.len();
        kolmogorov(distance(sample, |x| x), size)
    });
    assert_distributed(probabilities.collect(), |p| p, what);
}

#[test]
fn samples_vary_as_much_as_random_ones_do() {
    let uniforms = |key: Key, first: u32| -> Vec<f64> {
        (first..first + 1000)
            .map(|who| f64::from(key.uniform(who)))
            .collect()
    };
    let family = Source::new(1, 0).family(Purpose::NeedArises, &["customers"]);
    assert_samples(
        2000,
        |t| uniforms(family.key(t, 0), 0),
        "samples of periods",
    );
    let key = family.key(0, 0);
    assert_samples(2000, |n| uniforms(key, 1000 * n), "samples of customers");
    let of = |seed| key_of_seed(u64::from(seed));
    assert_samples(2000, |seed| uniforms(of(seed), 0), "samples of seeds");
    let over_periods = |who: u32| -> Vec<f64> {
        (0..1000)
            .map(|t| f64::from(family.key(t, 0).uniform(who)))
            .collect()
    };
    assert_samples(500, over_periods, "samples of customers over periods");
}

fn key_of_seed(seed: u64) -> Key {
    key(seed, 0, Purpose::NeedArises, &["customers"], 0)
}
