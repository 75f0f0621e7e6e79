//! Indices against their formulas.

use std::f64::consts::PI;

use super::*;

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
