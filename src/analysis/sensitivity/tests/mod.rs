//! Indices of functions whose indices are known, by formula or from another program.

mod analytic;
mod designs;
mod properties;
mod salib;
mod verdicts;

use super::*;

/// Ishigami's function with a = 7 and b = 0.1, of a point of the unit cube.
fn ishigami(point: &[f64]) -> f64 {
    let [x1, x2, x3] = [0, 1, 2].map(|place| std::f64::consts::PI * (2.0 * point[place] - 1.0));
    x1.sin() + 7.0 * x2.sin().powi(2) + 0.1 * x3.powi(4) * x1.sin()
}

/// The constants of Sobol's g function: two parameters matter, two a little, four hardly.
const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// Sobol's g function of a point of the unit cube.
fn g_function(point: &[f64]) -> f64 {
    let factors = point.iter().zip(G);
    factors
        .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
        .product()
}

/// A function of a point.
type Function<'a> = &'a dyn Fn(&[f64]) -> f64;

fn sobol(design: &Saltelli, function: Function<'_>) -> Vec<SobolIndex> {
    let outcomes: Vec<f64> = (0..design.len())
        .map(|row| function(&design.row(row)))
        .collect();
    design.indices(&outcomes).unwrap()
}

fn morris(design: &Morris, function: Function<'_>) -> Vec<MorrisMeasure> {
    let outcomes: Vec<f64> = (0..design.len())
        .map(|row| function(&design.row(row)))
        .collect();
    design.measures(&outcomes).unwrap()
}
