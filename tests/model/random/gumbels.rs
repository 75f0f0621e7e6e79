//! The noise of choices: Gumbel variates, whose maxima are Gumbel again, and the choices that come of them.
//!
//! The simulator draws exponentials E and lets the firm with the least E exp(-u) win; -ln E is Gumbel noise.

use flywheel::random::{Key, Purpose};

use crate::random::key;
use crate::random::statistics::{assert_distributed, assert_even, chi_square, is_suspect};

const CUSTOMERS: u32 = 200_000;

/// Standard Gumbel distribution function.
fn gumbel(x: f64) -> f64 {
    (-(-x).exp()).exp()
}

/// The keys of the choice shocks of `n` firms in a period, as the simulator draws them.
fn firms(n: usize, period: u32) -> Vec<Key> {
    let firm = |j| format!("firm-{j}");
    let of = |j| key(1, 0, Purpose::Choice, &["customers", &firm(j)], period);
    (1..=n).map(of).collect()
}

fn noise(key: Key, who: u32) -> f64 {
    -f64::from(key.exponential(who)).ln()
}

#[test]
fn noise_is_gumbel() {
    let key = firms(1, 7)[0];
    let sample = (0..CUSTOMERS).map(|who| noise(key, who)).collect();
    assert_distributed(sample, gumbel, "noise");
}

#[test]
fn the_largest_of_several_firms_is_gumbel_again() {
    // the maximum of n, less ln n; dependence between firms would make it too small
    for n in [2, 4, 16, 64] {
        let keys = firms(n, 7);
        let largest = |who| {
            let of_firms = keys.iter().map(|&key| noise(key, who));
            of_firms.fold(f64::NEG_INFINITY, f64::max) - (n as f64).ln()
        };
        let sample = (0..CUSTOMERS).map(largest).collect();
        assert_distributed(sample, gumbel, &format!("largest of {n} firms"));
    }
}

#[test]
fn the_largest_of_many_customers_is_gumbel_again() {
    // tails: of 4096 draws in a row only the most extreme counts, 4000 times
    const BLOCK: u32 = 4096;
    let largest = |period| {
        let key = firms(1, period)[0];
        let of_customers = (0..BLOCK).map(|who| noise(key, who));
        of_customers.fold(f64::NEG_INFINITY, f64::max) - f64::from(BLOCK).ln()
    };
    let sample = (0..4000).map(largest).collect();
    assert_distributed(sample, gumbel, "largest of many customers");
}

#[test]
fn choices_are_multinomial_logit() {
    // utilities in units of the noise, as far apart as those of firms are
    let utilities = [0.0, 1.8, 0.5, -1.0, 2.5];
    let keys = firms(utilities.len(), 11);
    let mut counts = [0; 5];
    let mut by_size = [[0; 5]; 2];
    let total: f64 = utilities.iter().map(|u: &f64| u.exp()).sum();
    // half of all maxima exceed this: ln(total) - ln(ln 2)
    let median = total.ln() - std::f64::consts::LN_2.ln();
    for who in 0..CUSTOMERS {
        let value = |j: usize| utilities[j] + noise(keys[j], who);
        let winner = (1..5).fold(0, |best, j| if value(j) > value(best) { j } else { best });
        counts[winner] += 1;
        by_size[usize::from(value(winner) > median)][winner] += 1;
    }
    let shares = utilities.map(|u| u.exp() / total);
    let p = chi_square(&counts, &shares);
    assert!(!is_suspect(p), "choices {counts:?}, probability {p}");
    // who wins says nothing about how high the winner's utility is
    for (half, counts) in by_size.iter().enumerate() {
        let p = chi_square(counts, &shares);
        assert!(!is_suspect(p), "half {half}: {counts:?}, probability {p}");
    }
    assert_even(&by_size.map(|counts| counts.iter().sum()), "halves");
}
