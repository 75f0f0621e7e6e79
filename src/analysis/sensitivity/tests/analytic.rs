//! Indices against their formulas.

use std::f64::consts::PI;

use super::*;
use crate::analysis::sensitivity::draws::{Draws, Stream};

/// First-order and total indices of Ishigami's function.
fn ishigami_indices() -> Vec<(f64, f64)> {
    let (a, b) = (7.0, 0.1);
    let v1 = 0.5 * (1.0 + b * PI.powi(4) / 5.0_f64).powi(2);
    let v2 = a * a / 8.0;
    let v13 = 8.0 * b * b * PI.powi(8) / 225.0;
    let v = v1 + v2 + v13;
    vec![(v1 / v, (v1 + v13) / v), (v2 / v, v2 / v), (0.0, v13 / v)]
}

/// First-order and total indices of Sobol's g function.
fn g_indices() -> Vec<(f64, f64)> {
    let parts = G.map(|a| 1.0 / (3.0 * (1.0 + a).powi(2)));
    let all: f64 = parts.iter().map(|part| 1.0 + part).product();
    parts
        .iter()
        .map(|part| (part / (all - 1.0), part * all / (1.0 + part) / (all - 1.0)))
        .collect()
}

/// Four standard errors; a bootstrap interval is about 3.92 wide.
fn tolerance(index: Bounded) -> f64 {
    4.0 * index.half_width() / 1.96
}

fn check(design: &Saltelli, function: Function<'_>, expected: &[(f64, f64)]) {
    let found = sobol(design, function);
    for (place, (index, &(first, total))) in found.iter().zip(expected).enumerate() {
        for (estimate, truth) in [(index.first_order, first), (index.total, total)] {
            let most = tolerance(estimate);
            // and the tolerance is one that tells something
            assert!(most < 0.1, "parameter {place}: {estimate:?}");
            assert!(
                (estimate.value - truth).abs() < most,
                "parameter {place}: {estimate:?}, {truth}"
            );
        }
        assert!(index.enough, "parameter {place}: {}", index.note);
    }
}

#[test]
fn the_formulas_give_the_known_indices() {
    // as printed wherever the function serves as an example
    let published = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
    for ((first, total), known) in ishigami_indices().into_iter().zip(published) {
        assert!((first - known.0).abs() < 1e-4 && (total - known.1).abs() < 1e-4);
    }
    let g = g_indices();
    salib::assert_near(g.iter().map(|index| index.0), "g-by-formula", "first_order");
    salib::assert_near(g.iter().map(|index| index.1), "g-by-formula", "total");
}

#[test]
fn indices_of_ishigamis_function() {
    for seed in 0..4 {
        let design = Saltelli::new(3, 8192, seed).unwrap();
        check(&design, &ishigami, &ishigami_indices());
    }
}

#[test]
fn indices_of_sobols_g_function() {
    for seed in 0..4 {
        let design = Saltelli::new(8, 8192, seed).unwrap();
        check(&design, &g_function, &g_indices());
    }
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let (mut held, mut all) = (0, 0);
    for seed in 0..60 {
        let design = Saltelli::new(3, 256, 1000 + seed).unwrap();
        for (index, (first, total)) in sobol(&design, &ishigami).iter().zip(ishigami_indices()) {
            for (estimate, truth) in [(index.first_order, first), (index.total, total)] {
                held += u32::from(estimate.low <= truth && truth <= estimate.high);
                all += 1;
            }
        }
    }
    // Sobol points err less than the random ones that the bootstrap takes them for, so more than 95 %
    assert!(f64::from(held) > 0.93 * f64::from(all), "{held} of {all}");
}

/// Root mean square errors of first-order indices over some designs: ours, and by the formulas that SALib has, of Saltelli et al. (2010)
/// and of Jansen (1999).
fn errors(function: Function<'_>, truth: &[(f64, f64)]) -> Vec<[f64; 3]> {
    const DESIGNS: u64 = 40;
    let mut squares = vec![[0.0; 3]; truth.len()];
    for seed in 0..DESIGNS {
        let design = Saltelli::new(truth.len(), 256, 500 + seed).unwrap();
        let outcomes: Vec<f64> = (0..design.len())
            .map(|row| function(&design.row(row)))
            .collect();
        let samples: Vec<&[f64]> = outcomes.chunks(truth.len() + 2).collect();
        let mean = |of: &dyn Fn(&[f64]) -> f64| {
            samples.iter().map(|rows| of(rows)).sum::<f64>() / samples.len() as f64
        };
        let last = truth.len() + 1;
        let middle = mean(&|rows| (rows[0] + rows[last]) / 2.0);
        let variance =
            mean(&|rows| ((rows[0] - middle).powi(2) + (rows[last] - middle).powi(2)) / 2.0);
        for (place, index) in design.indices(&outcomes).unwrap().iter().enumerate() {
            let saltelli =
                mean(&|rows| (rows[last] - middle) * (rows[place + 1] - rows[0])) / variance;
            let jansen =
                1.0 - mean(&|rows| (rows[last] - rows[place + 1]).powi(2)) / (2.0 * variance);
            for (square, value) in
                squares[place]
                    .iter_mut()
                    .zip([index.first_order.value, saltelli, jansen])
            {
                *square += (value - truth[place].0).powi(2) / DESIGNS as f64;
            }
        }
    }
    squares.into_iter().map(|all| all.map(f64::sqrt)).collect()
}

#[test]
fn first_order_indices_err_no_more_than_those_of_salib() {
    for all in [
        errors(&ishigami, &ishigami_indices()),
        errors(&g_function, &g_indices()),
    ] {
        for [own, saltelli, jansen] in &all {
            assert!(
                *own < 1.05 * saltelli.min(*jansen),
                "{own} {saltelli} {jansen}"
            );
        }
        // and much less than one of the two somewhere
        assert!(
            all.iter().any(|[own, _, jansen]| 1.4 * own < *jansen),
            "{all:?}"
        );
    }
}

/// The g function of three parameters, with noise that depends on the replicate alone and on the row as well: as much as
/// the function varies.
fn noisy(design: &Saltelli, replicates: usize, seed: u64) -> Vec<f64> {
    let draws = Draws::new(seed, Stream::Trajectory);
    let normal = |first: usize, second: usize| {
        let words = draws.words(first as u32, second as u32);
        let sum: f64 = words
            .iter()
            .map(|word| f64::from(*word) / 2_f64.powi(32))
            .sum();
        (sum - 2.0) * 3_f64.sqrt()
    };
    let mut outcomes = Vec::new();
    for row in 0..design.len() {
        for replicate in 0..replicates {
            let shared = 0.3 * normal(1_000_000, replicate);
            outcomes.push(g_function(&design.row(row)) + shared + 0.7 * normal(row, replicate));
        }
    }
    outcomes
}

#[test]
fn noise_between_replicates_is_no_influence() {
    let parts = G.map(|a| 1.0 / (3.0 * (1.0 + a).powi(2)));
    let all: f64 = parts[..3].iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
    let totals = parts[..3]
        .iter()
        .map(|part| part * (all + 1.0) / (1.0 + part) / all);
    let truth: Vec<(f64, f64)> = parts[..3]
        .iter()
        .map(|part| part / all)
        .zip(totals)
        .collect();
    let (mut held, mut asked, mut weakest) = (0, 0, Vec::new());
    for seed in 0..30 {
        let design = Saltelli::new(3, 256, 70 + seed).unwrap();
        let found = design
            .replicated_indices(8, &noisy(&design, 8, seed))
            .unwrap();
        // of the means over 8 replicates: 0.49 / 8 over that and the function's variance
        let noise = 0.49 / 8.0 / (0.49 / 8.0 + all);
        assert!(
            (found.noise.value - noise).abs() < 0.05,
            "{:?} {noise}",
            found.noise
        );
        for (index, (first, total)) in found.indices.iter().zip(&truth) {
            for (bounded, truth) in [(index.first_order, first), (index.total, total)] {
                held += u32::from(bounded.low <= *truth && *truth <= bounded.high);
                asked += 1;
            }
        }
        weakest.push(found.indices[2].total.value);
    }
    assert!(
        f64::from(held) > 0.9 * f64::from(asked),
        "{held} of {asked}"
    );
    let mean = weakest.iter().sum::<f64>() / weakest.len() as f64;
    assert!((mean - truth[2].1).abs() < 0.01, "{mean} {}", truth[2].1);
    // left in, noise would be some two thirds of a weak total: of one replicate it is
    let design = Saltelli::new(3, 256, 70).unwrap();
    let single = design.indices(&noisy(&design, 1, 0)).unwrap();
    assert!(single[2].total.value > truth[2].1 + 0.2, "{:?}", single[2]);
}

#[test]
fn measures_of_a_function_with_known_effects() {
    // On four levels x goes between 0 and 2/3 or 1/3 and 1: x^2 has effect 2/3 or 4/3, mean 1 and deviation
    // 1/3; the third has effect +1 or -1 (its partner's level x: 4x - 2 is -2, -2/3, 2/3 or 2).
    let function = |x: &[f64]| 3.0 * x[0] + x[1] * x[1] + x[2] * (4.0 * x[3] - 2.0);
    let found = morris(&Morris::new(5, 2000, 4, 7).unwrap(), &function);
    let near = |value: f64, truth: f64| assert!((value - truth).abs() < 0.06, "{value} {truth}");
    let [line, square, third, fourth, none] = found[..] else {
        panic!("five parameters")
    };
    assert!((line.mu - 3.0).abs() < 1e-12 && line.sigma < 1e-12);
    assert!(line.mu_star.half_width() < 1e-12);
    near(square.mu, 1.0);
    near(square.sigma, 1.0 / 3.0);
    near(third.mu, 0.0);
    near(third.mu_star.value, 4.0 / 3.0);
    near(third.sigma, (20.0_f64 / 9.0).sqrt());
    near(fourth.mu_star.value, 2.0);
    near(fourth.mu, 2.0);
    assert!(third.mu_star.low < 4.0 / 3.0 && 4.0 / 3.0 < third.mu_star.high);
    assert_eq!((none.mu, none.mu_star.value, none.sigma), (0.0, 0.0, 0.0));
}
