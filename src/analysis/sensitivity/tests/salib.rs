//! The same outcomes give the same numbers as SALib (tests/fixtures/salib says how these were made).

use serde_json::Value;

use super::*;
use crate::analysis::sensitivity::draws::{Draws, Stream};
use crate::analysis::sensitivity::{effects, sobol::indices};

const EXPECTED: &str = include_str!("../../../../tests/fixtures/salib/expected.json");
const SOBOL_ISHIGAMI: &str = include_str!("../../../../tests/fixtures/salib/sobol-ishigami.csv");
const SOBOL_G: &str = include_str!("../../../../tests/fixtures/salib/sobol-g.csv");
const MORRIS_ISHIGAMI: &str = include_str!("../../../../tests/fixtures/salib/morris-ishigami.csv");
const MORRIS_G: &str = include_str!("../../../../tests/fixtures/salib/morris-g.csv");

/// Points and outcomes of a file, once it is certain that the outcomes are those of the function.
fn read(file: &str, function: Function<'_>) -> (Vec<Vec<f64>>, Vec<f64>) {
    let rows = file.lines().skip(1).map(|line| {
        let mut numbers: Vec<f64> = line
            .split(',')
            .map(|field| field.parse().unwrap())
            .collect();
        let outcome = numbers.pop().unwrap();
        (numbers, outcome)
    });
    let (points, outcomes): (Vec<_>, Vec<_>) = rows.unzip();
    for (point, outcome) in points.iter().zip(&outcomes) {
        assert!((function(point) - outcome).abs() < 1e-12, "{point:?}");
    }
    (points, outcomes)
}

fn numbers(case: &str, key: &str) -> Vec<f64> {
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let found = expected[case][key].as_array().unwrap();
    found
        .iter()
        .map(|number| number.as_f64().unwrap())
        .collect()
}

/// Fails unless the numbers are those of a case of the fixture.
pub fn assert_near(found: impl Iterator<Item = f64>, case: &str, key: &str) {
    let found: Vec<f64> = found.collect();
    let expected = numbers(case, key);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() < 1e-9,
            "{case}, {key}: {found}, {expected}"
        );
    }
}

/// SALib's intervals are 1.96 standard deviations of a bootstrap of its own.
fn assert_similar(found: impl Iterator<Item = Bounded>, case: &str, key: &str) {
    for (found, expected) in found.zip(numbers(case, key)) {
        let ratio = found.half_width() / expected;
        let both_none = found.half_width() < 1e-12 && expected < 1e-12;
        assert!(
            both_none || (0.75..1.25).contains(&ratio),
            "{case}, {key}: {found:?}, {expected}"
        );
    }
}

#[test]
fn indices_are_those_of_salib() {
    let cases: [(&str, &str, Function<'_>); 2] = [
        ("sobol-ishigami", SOBOL_ISHIGAMI, &ishigami),
        ("sobol-g", SOBOL_G, &g_function),
    ];
    for (case, file, function) in cases {
        let (points, outcomes) = read(file, function);
        let dimensions = points[0].len();
        let found = indices(dimensions, 1, &outcomes, 1).indices;
        assert_near(found.iter().map(|index| index.total.value), case, "total");
        assert_similar(
            found.iter().map(|index| index.total),
            case,
            "total_half_width",
        );
        // one of SALib's formulas, which are far apart with few samples, is not far
        let [jansen, saltelli] =
            ["first_order_jansen", "first_order_saltelli_2010"].map(|key| numbers(case, key));
        for ((index, jansen), saltelli) in found.iter().zip(jansen).zip(saltelli) {
            let own = index.first_order.value;
            let apart = (own - jansen).abs().min((own - saltelli).abs());
            assert!(
                apart < 2.0 * index.first_order.half_width(),
                "{case}: {index:?}"
            );
        }
    }
}

#[test]
fn rows_are_in_the_order_of_salib() {
    let (points, _) = read(SOBOL_G, &g_function);
    for rows in points.chunks(10) {
        for (coordinate, mixed) in rows[1..9].iter().enumerate() {
            for (place, &value) in mixed.iter().enumerate() {
                let from = if place == coordinate {
                    &rows[9]
                } else {
                    &rows[0]
                };
                assert_eq!(value, from[place]);
            }
        }
    }
}

#[test]
fn measures_are_those_of_salib() {
    let cases: [(&str, &str, Function<'_>); 2] = [
        ("morris-ishigami", MORRIS_ISHIGAMI, &ishigami),
        ("morris-g", MORRIS_G, &g_function),
    ];
    for (case, file, function) in cases {
        let (points, outcomes) = read(file, function);
        let dimensions = points[0].len();
        let moves = points
            .chunks(dimensions + 1)
            .flat_map(|rows| rows.windows(2))
            .map(|rows| {
                let moved = (0..dimensions)
                    .find(|&place| rows[0][place] != rows[1][place])
                    .unwrap();
                (moved, rows[1][moved] - rows[0][moved])
            });
        let resampling = Draws::new(1, Stream::Bootstrap);
        let found = effects::measures(dimensions, moves, &outcomes, resampling);
        assert_near(found.iter().map(|measure| measure.mu), case, "mu");
        assert_near(
            found.iter().map(|measure| measure.mu_star.value),
            case,
            "mu_star",
        );
        assert_near(found.iter().map(|measure| measure.sigma), case, "sigma");
        let stars = found.iter().map(|measure| measure.mu_star);
        assert_similar(stars, case, "mu_star_half_width");
    }
}
