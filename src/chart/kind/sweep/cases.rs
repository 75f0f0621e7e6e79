//! All sweeps that the tests draw.

use super::samples::SweepSample;
use crate::analysis::{AxisValue, SweepAxis};
use crate::chart::samples::Sample;

/// The presets.
pub const EXPERIENCES: [&str; 4] = [
    "respond-to-desire",
    "curated-offering",
    "coach-behavior",
    "automatic-execution",
];

/// All sweeps that the tests draw, by name.
#[expect(clippy::too_many_lines, reason = "a list")]
pub fn samples() -> Vec<(&'static str, SweepSample)> {
    let numbers = SweepSample::numbers;
    let run = |sample: SweepSample, run: Sample| SweepSample { run, ..sample };
    let mut log = numbers(4, &[9]);
    log.axes[0] = SweepAxis {
        key: "market.customers".to_owned(),
        label: "Customers in the market".to_owned(),
        values: (0..9)
            .map(|step| AxisValue::Number(100.0 * 10f64.powf(f64::from(step) / 2.0)))
            .collect(),
    };
    let mut long_axes = numbers(3, &[4, 4, 4]);
    for axis in &mut long_axes.axes {
        axis.label = "The part of all customers who would rather not be asked before something is done for them".to_owned();
    }
    let mut many_axes = numbers(4, &[2; 14]).sampled(64);
    many_axes.axes[3] = SweepAxis {
        key: "firms.*.learning.population".to_owned(),
        label: String::new(),
        values: vec![AxisValue::Number(0.001), AxisValue::Number(10.0)],
    };
    let one_replicate = Sample {
        replicates: 1,
        ..Sample::four()
    };
    vec![
        ("line", numbers(4, &[11])),
        (
            "line-one-replicate",
            run(numbers(4, &[11]), one_replicate.clone()),
        ),
        ("line-log", log),
        ("line-30", numbers(8, &[30])),
        ("line-two-values", numbers(2, &[2])),
        ("line-single", numbers(3, &[1])),
        ("line-alone", numbers(1, &[7])),
        (
            "line-long-names",
            run(numbers(8, &[9]), Sample::long_names()),
        ),
        ("line-crowd", numbers(32, &[9])),
        (
            "line-silent",
            SweepSample {
                silent: Some((1, 2)),
                ..numbers(4, &[8])
            },
        ),
        (
            "line-never",
            SweepSample {
                silent: Some((1, 1)),
                ..numbers(4, &[8])
            },
        ),
        (
            "line-tied",
            SweepSample {
                tied: true,
                ..numbers(4, &[8])
            },
        ),
        (
            "line-negative",
            SweepSample {
                shift: -2.0,
                ..numbers(4, &[8])
            },
        ),
        ("dots", numbers(4, &[4]).with_names(0, &EXPERIENCES)),
        (
            "dots-30",
            numbers(8, &[30])
                .with_names(
                    0,
                    &["a rule with a long name that goes on and on to its end"; 1],
                )
                .named_levels(30),
        ),
        (
            "dots-single",
            numbers(1, &[1]).with_names(0, &EXPERIENCES[..1]),
        ),
        (
            "dots-long-names",
            run(
                numbers(8, &[4]).with_names(0, &EXPERIENCES),
                Sample::long_names(),
            ),
        ),
        ("dots-crowd", numbers(32, &[4]).with_names(0, &EXPERIENCES)),
        ("grid", numbers(4, &[9, 9])),
        (
            "grid-one-replicate",
            run(numbers(4, &[9, 9]), one_replicate),
        ),
        ("grid-alone", numbers(1, &[9, 9])),
        ("grid-two", numbers(2, &[5, 4])),
        ("grid-three", numbers(3, &[9, 9])),
        ("grid-six", numbers(6, &[9, 9])),
        ("grid-eight", numbers(8, &[9, 9])),
        (
            "grid-long-names",
            run(numbers(8, &[9, 9]), Sample::long_names()),
        ),
        ("grid-crowd", numbers(32, &[9, 9])),
        ("grid-30", numbers(4, &[30, 30])),
        (
            "grid-silent",
            SweepSample {
                silent: Some((0, 3)),
                ..numbers(3, &[5, 5])
            },
        ),
        (
            "grid-nobody",
            SweepSample {
                silent: Some((0, 4)),
                ..numbers(1, &[5, 5])
            },
        ),
        (
            "grid-tied",
            SweepSample {
                tied: true,
                ..numbers(4, &[9, 9])
            },
        ),
        (
            "grid-wide",
            SweepSample {
                noise: 0.08,
                ..numbers(4, &[9, 9])
            },
        ),
        (
            "grid-names-up",
            numbers(4, &[6, 4]).with_names(1, &EXPERIENCES),
        ),
        (
            "grid-names-across",
            numbers(4, &[4, 6]).with_names(0, &EXPERIENCES),
        ),
        (
            "grid-names-both",
            numbers(4, &[4, 4])
                .with_names(0, &EXPERIENCES)
                .with_names(1, &EXPERIENCES),
        ),
        ("grid-single", numbers(3, &[1, 1])),
        ("scatter", numbers(4, &[2, 2, 2, 2]).sampled(128)),
        ("scatter-two", numbers(4, &[2, 2]).sampled(60)),
        ("scatter-grid", numbers(4, &[5, 5, 5])),
        ("scatter-many-axes", many_axes),
        ("scatter-many-points", numbers(8, &[2, 2, 2]).sampled(3000)),
        (
            "scatter-names",
            numbers(3, &[2, 4, 2])
                .with_names(1, &EXPERIENCES)
                .sampled(200),
        ),
        ("scatter-long-axes", long_axes),
        ("scatter-crowd", numbers(32, &[2, 2, 2]).sampled(40)),
        (
            "scatter-long-names",
            run(numbers(8, &[2, 2, 2]).sampled(40), Sample::long_names()),
        ),
    ]
}
