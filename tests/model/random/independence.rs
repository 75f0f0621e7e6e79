//! Words are uniform, and independent across everything that tells draws apart.

use flywheel::random::{Key, Purpose};

use crate::random::statistics::{assert_even, assert_mean};
use crate::random::{any_key, key};

const DRAWS: u32 = 1 << 20;

/// Counts of a function of the customer that takes `cells` values.
fn counts(cells: usize, draws: u32, cell: impl Fn(u32) -> u32) -> Vec<u64> {
    let mut counts = vec![0; cells];
    for who in 0..draws {
        counts[cell(who) as usize] += 1;
    }
    counts
}

/// Holds that the words of two keys for the same customer are independent, in their upper and their lower bits.
fn assert_independent(one: Key, other: Key, what: &str) {
    let upper = |who| (one.word(who) >> 28) << 4 | other.word(who) >> 28;
    assert_even(
        &counts(256, DRAWS / 4, upper),
        &format!("{what}, upper bits"),
    );
    let lower = |who| (one.word(who) & 15) << 4 | other.word(who) & 15;
    assert_even(
        &counts(256, DRAWS / 4, lower),
        &format!("{what}, lower bits"),
    );
    let centred = |key: Key, who| f64::from(key.uniform(who)) - 0.5;
    assert_mean(
        (0..DRAWS / 4).map(|who| centred(one, who) * centred(other, who)),
        0.0,
        1.0 / 12.0,
        &format!("{what}, covariance"),
    );
}

#[test]
fn every_byte_of_a_word_is_uniform() {
    for period in [0, 1, 299] {
        let key = key(1, 0, Purpose::NeedArises, &["customers"], period);
        for shift in [0, 8, 16, 24] {
            let byte = |who| key.word(who) >> shift & 0xff;
            let what = format!("period {period}, bits from {shift}");
            assert_even(&counts(256, DRAWS, byte), &what);
        }
    }
}

#[test]
fn uniform_mean_and_variance() {
    let key = any_key();
    let uniforms = || (0..4 * DRAWS).map(|who| f64::from(key.uniform(who)));
    assert_mean(uniforms(), 0.5, (1.0_f64 / 12.0).sqrt(), "mean");
    let square = uniforms().map(|u| (u - 0.5).powi(2));
    assert_mean(square, 1.0 / 12.0, (1.0_f64 / 180.0).sqrt(), "variance");
    assert!(uniforms().all(|u| (0.0..1.0).contains(&u)));
}

#[test]
fn neighbouring_customers_are_independent() {
    // distances at which a weak mixer of consecutive numbers shows: one, cache lines, blocks of customers
    let key = any_key();
    for distance in [1, 2, 3, 64, 4096, 65_536, 1 << 20, 1 << 31] {
        let pair =
            |who: u32| (key.word(who) >> 28) << 4 | key.word(who.wrapping_add(distance)) >> 28;
        assert_even(
            &counts(256, DRAWS, pair),
            &format!("customers {distance} apart"),
        );
        let low = |who: u32| (key.word(who) & 15) << 4 | key.word(who.wrapping_add(distance)) & 15;
        assert_even(
            &counts(256, DRAWS, low),
            &format!("customers {distance} apart, lower bits"),
        );
    }
}

#[test]
fn three_customers_in_a_row_fill_the_cube() {
    let key = any_key();
    let triple = |i: u32| {
        let part = |who: u32| key.word(who) >> 27;
        part(3 * i) << 10 | part(3 * i + 1) << 5 | part(3 * i + 2)
    };
    assert_even(&counts(1 << 15, DRAWS, triple), "three in a row");
}

#[test]
fn periods_are_independent() {
    let of = |period| key(1, 0, Purpose::NeedArises, &["customers"], period);
    for (one, other) in [(0, 1), (1, 2), (7, 8), (0, 256), (255, 65_535)] {
        assert_independent(of(one), of(other), &format!("periods {one} and {other}"));
    }
}

#[test]
fn one_customer_over_many_periods_is_uniform_and_independent() {
    let family = flywheel::random::Source::new(1, 0).family(Purpose::NeedArises, &["customers"]);
    for who in [0, 1, 4999] {
        let mut pairs = vec![0; 256];
        let mut last = family.key(0, 0).word(who) >> 28;
        for period in 1..DRAWS / 4 {
            let next = family.key(period, 0).word(who) >> 28;
            pairs[(last << 4 | next) as usize] += 1;
            last = next;
        }
        assert_even(&pairs, &format!("customer {who}"));
    }
}

#[test]
fn purposes_populations_and_firms_are_independent() {
    let of = |purpose, names: &[&str]| key(1, 0, purpose, names, 3);
    let need = of(Purpose::NeedArises, &["customers"]);
    assert_independent(need, of(Purpose::Need, &["customers"]), "purposes");
    assert_independent(
        need,
        of(Purpose::NeedArises, &["customers2"]),
        "populations",
    );
    let choice = |firm| of(Purpose::Choice, &["customers", firm]);
    assert_independent(choice("firm-1"), choice("firm-2"), "firms");
    let outside = of(Purpose::Choice, &["customers"]);
    assert_independent(outside, choice("firm-1"), "outside option and firm");
}

#[test]
fn names_are_told_apart_by_where_they_end() {
    let choice = |names: &[&str]| key(1, 0, Purpose::Choice, names, 0).word(0);
    let words = [
        choice(&["ab", "c"]),
        choice(&["a", "bc"]),
        choice(&["abc"]),
        choice(&["abc", ""]),
    ];
    for (i, word) in words.iter().enumerate() {
        assert!(!words[..i].contains(word), "names run into each other");
    }
}

#[test]
fn neighbouring_seeds_and_replicates_are_independent() {
    let of = |seed, replicate| key(seed, replicate, Purpose::NeedArises, &["customers"], 0);
    for seed in [0, 1, 2, u64::MAX - 1] {
        assert_independent(of(seed, 0), of(seed + 1, 0), &format!("seeds from {seed}"));
    }
    // a seed's upper half counts as much as its lower half
    assert_independent(of(1, 0), of(1 + (1 << 32), 0), "seeds 2^32 apart");
    for replicate in [0, 1, 31] {
        assert_independent(
            of(1, replicate),
            of(1, replicate + 1),
            &format!("replicates from {replicate}"),
        );
    }
    assert_independent(of(1, 1), of(2, 0), "replicate and seed exchanged");
}

#[test]
fn every_bit_of_the_customer_moves_every_bit_of_the_word() {
    const KEYS: u32 = 1 << 14;
    let family = flywheel::random::Source::new(5, 0).family(Purpose::NeedArises, &["customers"]);
    let keys: Vec<Key> = (0..KEYS).map(|period| family.key(period, 0)).collect();
    // 1024 pairs of bits: 5.5 standard errors are crossed once in 26,000 times
    let bound = 5.5 * 0.5 * f64::from(KEYS).sqrt();
    for input in 0..32 {
        let mut flips = [0u32; 32];
        for (who, key) in (0..).zip(&keys) {
            let change = key.word(who) ^ key.word(who ^ 1 << input);
            for (output, count) in flips.iter_mut().enumerate() {
                *count += change >> output & 1;
            }
        }
        for (output, &count) in flips.iter().enumerate() {
            let excess = f64::from(count) - f64::from(KEYS) / 2.0;
            assert!(
                excess.abs() < bound,
                "bit {input} moves bit {output} {count} times of {KEYS}"
            );
        }
    }
}

#[test]
fn no_two_customers_share_a_word() {
    // the mixer is invertible, so it never merges two customers
    let key = any_key();
    let mut words: Vec<u32> = (0..DRAWS).map(|who| key.word(who)).collect();
    words.sort_unstable();
    assert!(words.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn an_event_of_probability_zero_or_one_is_certain() {
    let key = any_key();
    assert!((0..DRAWS).all(|who| key.uniform(who) < 1.0));
    assert!((0..DRAWS).all(|who| key.uniform(who) >= 0.0));
}
