//! Files to go on with: weighted draws that `run` takes as the points of a list, and the scenario at the posterior median.

use std::fmt::Write as _;

use super::inference::Inferred;
use super::{Calibrated, CalibrationPoints};

/// The column of `draws.csv` that is no parameter.
const WEIGHT: &str = "weight";

/// Names and texts of the files.
pub(super) fn files(
    posed: &CalibrationPoints,
    inferred: &Inferred,
    found: &Calibrated,
) -> Vec<(String, String)> {
    let mut files = vec![("draws.csv".to_owned(), draws(posed, inferred))];
    files.extend(calibrated(posed, found).map(|text| ("calibrated.toml".to_owned(), text)));
    files
}

/// The draws with their weights, which add up to 1.
fn draws(posed: &CalibrationPoints, inferred: &Inferred) -> String {
    let quoted = |path: &String| match path.contains([',', '"']) {
        true => format!("\"{}\"", path.replace('"', "\"\"")),
        false => path.clone(),
    };
    let header: Vec<String> = posed.design.columns().iter().map(quoted).collect();
    let mut text = format!("{WEIGHT},{}\n", header.join(","));
    let posterior = &inferred.posterior;
    for ((_, weight), places) in posterior.near.iter().zip(&posterior.places) {
        let values = posed.design.values_at(places);
        let values: Vec<String> = values.iter().map(crate::experiment::plain_value).collect();
        let _ = writeln!(text, "{weight},{}", values.join(","));
    }
    text
}

/// The scenario at the posterior median; none where the medians do not go together.
fn calibrated(posed: &CalibrationPoints, found: &Calibrated) -> Option<String> {
    let medians: Vec<f64> = found
        .parameters
        .iter()
        .map(|one| one.posterior.median())
        .collect();
    let mut values = Vec::new();
    let whole = posed.design.values_at(&vec![0.5; medians.len()]);
    for (axis, median) in posed.design.axes().iter().zip(&medians) {
        let value = match whole.get(axis.columns.start) {
            Some(toml::Value::Integer(_)) => toml::Value::Integer(median.round() as i64),
            _ => toml::Value::Float(*median),
        };
        values.extend(axis.columns.clone().map(|_| value.clone()));
    }
    let mut scenario = posed.design.scenario_with(0, &values).ok()?;
    scenario.simulation.seed = posed.scenario.simulation.seed;
    scenario.name = format!(
        "{}-calibrated",
        posed.scenario.name.trim_end_matches("-calibration")
    );
    let mut head = format!(
        "# At the medians of a posterior: {} markets were simulated, and what their purchases say held against a log.\n",
        found.samples
    );
    if !found.is_possible {
        for sentence in found.impossible() {
            let _ = writeln!(head, "# WARNING: {sentence}");
        }
    }
    for one in &found.parameters {
        let (low, high) = one.posterior.wide();
        let _ = writeln!(
            head,
            "# {} = {}: 90 % interval {low} to {high}, {} (predictivity {:.2})",
            one.path,
            one.posterior.median(),
            one.told().name().replace('_', " "),
            one.predictivity
        );
    }
    Some(format!("{head}\n{}", scenario.to_toml()))
}
