//! What must hold for any function.

use proptest::prelude::*;

use super::*;

/// Sums of one curve per parameter, of very different weights and shapes.
fn additive(point: &[f64], terms: &[(f64, u8)]) -> f64 {
    let curve = |x: f64, shape: u8| match shape {
        0 => x,
        1 => x * x,
        2 => (6.0 * x).sin(),
        _ => f64::from(u8::from(x > 0.3)),
    };
    point
        .iter()
        .zip(terms)
        .map(|(&x, &(weight, shape))| weight * curve(x, shape))
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn additive_functions_have_no_interactions(
        terms in prop::collection::vec((0.2f64..3.0, 0u8..4), 2..7), seed: u64,
    ) {
        let design = Saltelli::new(terms.len(), 1024, seed).unwrap();
        let found = sobol(&design, &|point| additive(point, &terms));
        let error: f64 = found.iter().map(|index| index.first_order.half_width().powi(2)).sum();
        let sum: f64 = found.iter().map(|index| index.first_order.value).sum();
        prop_assert!((sum - 1.0).abs() < 2.0 * error.sqrt(), "{sum}");
        prop_assert!(error.sqrt() < 0.3);
        for index in &found {
            let apart = (index.first_order.value - index.total.value).abs();
            let most = index.first_order.half_width().hypot(index.total.half_width());
            prop_assert!(apart < 2.0 * most, "{index:?}");
        }
    }

    #[test]
    fn renumbering_parameters_renumbers_indices(
        outcomes in prop::collection::vec(-10.0f64..10.0, 40 * 6), seed: u64,
        order in Just(vec![0, 1, 2, 3]).prop_shuffle(),
    ) {
        let design = Saltelli::new(4, 40, seed).unwrap();
        let renumbered: Vec<f64> = outcomes
            .chunks(6)
            .flat_map(|rows| {
                let mixed = order.iter().map(|&from| rows[1 + from]);
                [rows[0]].into_iter().chain(mixed).chain([rows[5]])
            })
            .collect();
        let (one, other) = (design.indices(&outcomes).unwrap(), design.indices(&renumbered).unwrap());
        for (place, &from) in order.iter().enumerate() {
            prop_assert_eq!(&other[place], &one[from]);
        }
    }

    #[test]
    fn units_of_the_outcome_do_not_matter(
        outcomes in prop::collection::vec(-1.0f64..1.0, 40 * 5),
        scale in prop_oneof![Just(-1.0), Just(1e-150), Just(1e150), 0.1f64..10.0], shift in -100.0f64..100.0,
    ) {
        let design = Saltelli::new(3, 40, 1).unwrap();
        let other: Vec<f64> = outcomes.iter().map(|y| scale * (y + shift)).collect();
        let (one, other) = (design.indices(&outcomes).unwrap(), design.indices(&other).unwrap());
        for (one, other) in one.iter().zip(&other) {
            for (one, other) in [(one.first_order, other.first_order), (one.total, other.total)] {
                prop_assert!((one.value - other.value).abs() < 1e-9);
                prop_assert!((one.low - other.low).abs() < 1e-9 && (one.high - other.high).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn straight_lines_have_their_slopes_as_effects(
        slopes in prop::collection::vec(-5.0f64..5.0, 1..8), seed: u64, levels in prop::sample::select(vec![2usize, 4, 6, 10]),
    ) {
        let design = Morris::new(slopes.len(), 6, levels, seed).unwrap();
        let found = morris(&design, &|x| x.iter().zip(&slopes).map(|(x, slope)| x * slope).sum());
        for (measure, slope) in found.iter().zip(&slopes) {
            prop_assert!((measure.mu - slope).abs() < 1e-9 && measure.sigma < 1e-9);
            prop_assert!((measure.mu_star.value - slope.abs()).abs() < 1e-9);
        }
    }
}
