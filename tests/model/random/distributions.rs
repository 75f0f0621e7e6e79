//! Exponentials, normals and Beta variates against their distribution functions.

use flywheel::random::{Purpose, Source, beta, normals};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::Distribution;
use statrs::distribution::{Beta, ContinuousCDF, Exp, Normal};

use crate::random::statistics::{assert_distributed, assert_mean, assert_same_distribution};
use crate::random::{any_key, key};

const DRAWS: u32 = 1_000_000;

#[test]
fn uniforms_are_uniform() {
    let key = any_key();
    let sample = (0..DRAWS).map(|who| f64::from(key.uniform(who))).collect();
    assert_distributed(sample, |x| x, "uniform");
}

#[test]
fn exponentials_are_exponential() {
    let exponential = Exp::new(1.0).expect("a rate above 0");
    let key = any_key();
    let sample: Vec<f64> = (0..DRAWS)
        .map(|who| f64::from(key.exponential(who)))
        .collect();
    assert!(sample.iter().all(|&x| x > 0.0 && x < 23.0));
    assert_distributed(sample, |x| exponential.cdf(x), "exponential");
}

/// The normals of the first million customers, by dimension.
fn all_normals<const K: usize>() -> Vec<[f32; K]> {
    let family = Source::new(1, 0).family(Purpose::Taste, &["customers"]);
    let keys = family.normal_keys(0, K);
    (0..DRAWS).map(|who| normals::<K>(&keys, who)).collect()
}

#[test]
fn normals_are_normal_in_every_dimension() {
    let normal = Normal::standard();
    let draws = all_normals::<8>();
    for d in [0, 1, 2, 7] {
        let sample = draws.iter().map(|z| f64::from(z[d])).collect();
        assert_distributed(sample, |x| normal.cdf(x), &format!("dimension {d}"));
    }
    for d in 0..8 {
        let z = || draws.iter().map(|z| f64::from(z[d]));
        // moments 1 to 4 of a standard normal and the standard deviations of its powers
        assert_mean(z(), 0.0, 1.0, "mean");
        assert_mean(z().map(|z| z.powi(2)), 1.0, 2.0_f64.sqrt(), "variance");
        assert_mean(z().map(|z| z.powi(3)), 0.0, 15.0_f64.sqrt(), "skewness");
        assert_mean(z().map(|z| z.powi(4)), 3.0, 96.0_f64.sqrt(), "kurtosis");
    }
}

#[test]
fn dimensions_are_independent() {
    let draws = all_normals::<8>();
    for one in 0..8 {
        for other in 0..one {
            let pairs = || {
                draws
                    .iter()
                    .map(|z| (f64::from(z[one]), f64::from(z[other])))
            };
            let what = format!("dimensions {other} and {one}");
            assert_mean(pairs().map(|(a, b)| a * b), 0.0, 1.0, &what);
            // the two of a pair share a radius: squares would show it
            let squares = pairs().map(|(a, b)| (a * a - 1.0) * (b * b - 1.0));
            assert_mean(squares, 0.0, 2.0, &format!("squares of {what}"));
        }
    }
}

#[test]
fn the_first_dimensions_do_not_depend_on_their_number() {
    let (three, eight) = (all_normals::<3>(), all_normals::<8>());
    assert!(three.iter().zip(&eight).all(|(a, b)| a[..] == b[..3]));
}

#[test]
fn tails_of_normals_hold_what_they_should() {
    let normal = Normal::standard();
    let draws = all_normals::<8>();
    for limit in [2.0, 3.0, 4.0_f64] {
        let p = 2.0 * normal.cdf(-limit);
        let deviation = (p * (1.0 - p)).sqrt();
        let beyond = draws
            .iter()
            .flatten()
            .map(|z| f64::from(u8::from(f64::from(z.abs()) > limit)));
        assert_mean(beyond, p, deviation, &format!("beyond {limit}"));
    }
    let most = draws
        .iter()
        .flatten()
        .fold(0.0_f32, |most, z| most.max(z.abs()));
    // of 8 million, all stay below 4.2 with probability 1e-93, and one passes 6.8 with 8e-5
    assert!((4.2..6.8).contains(&most), "largest {most}");
}

/// Shapes of the default agency preferences, of extreme ones, and of both branches of the method.
const SHAPES: [(f64, f64); 7] = [
    (2.0, 2.0),
    (0.8, 3.2),
    (3.2, 0.8),
    (0.5, 0.5),
    (0.1, 0.3),
    (1.0, 1.0),
    (60.0, 40.0),
];

#[test]
fn beta_variates_follow_beta() {
    let key = key(1, 0, Purpose::Agency, &["customers"], 0);
    for (a, b) in SHAPES {
        let exact = Beta::new(a, b).expect("shapes above 0");
        let sample: Vec<f64> = (0..DRAWS / 5).map(|who| beta(key, who, a, b)).collect();
        assert!(sample.iter().all(|x| (0.0..=1.0).contains(x)));
        assert_distributed(sample, |x| exact.cdf(x), &format!("Beta({a}, {b})"));
    }
}

#[test]
fn beta_variates_resemble_those_of_another_program() {
    let key = key(1, 0, Purpose::Agency, &["customers"], 0);
    let mut generator = StdRng::seed_from_u64(1);
    for (a, b) in SHAPES {
        let other = rand_distr::Beta::new(a, b).expect("shapes above 0");
        let ours = (0..DRAWS / 5).map(|who| beta(key, who, a, b)).collect();
        let theirs = (0..DRAWS / 5)
            .map(|_| other.sample(&mut generator))
            .collect();
        assert_same_distribution(ours, theirs, &format!("Beta({a}, {b})"));
    }
}

#[test]
fn extreme_beta_shapes_stay_finite() {
    let key = key(1, 0, Purpose::Agency, &["customers"], 0);
    for (a, b) in [(1e-3, 1e-3), (1e-8, 1.0), (1e8, 1e8), (1e-3, 1e6)] {
        for who in 0..2_000 {
            let x = beta(key, who, a, b);
            assert!((0.0..=1.0).contains(&x), "Beta({a}, {b}) gave {x}");
        }
    }
    // a hundred million observations' worth of concentration: deviation 0.5 / sqrt(2e8)
    for who in 0..1_000 {
        assert!((beta(key, who, 1e8, 1e8) - 0.5).abs() < 6.0 * 0.5 / 2e8_f64.sqrt());
    }
}
