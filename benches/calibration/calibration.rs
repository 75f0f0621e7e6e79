//! How well a calibration finds parameters that are known: logs of markets at random points are calibrated as if they had been observed,
//! and it is counted how often the 90 % intervals hold the truth, and how well each parameter is predicted.
//!
//! `cargo run --release --example calibration` takes the case of `docs/calibration.md`: three firms, 1,000 customers, 120 periods, six
//! parameters, 4,096 points and 200 logs. Other numbers of points and logs may follow: `-- 1024 50`.

use std::process::ExitCode;
use std::sync::Mutex;

use flywheel::analysis::calibration::inference::{Inferred, Points, QUANTILES, Recovery, infer};
use flywheel::analysis::kind::{Asked, Kind};
use flywheel::analysis::{AnalysisError, calibration::Calibrated};
use flywheel::experiment::{Cell, Finished};
use flywheel::log::{Shape, StatisticKind};
use flywheel::scenario::Scenario;
use rayon::prelude::*;

const FIRMS: [(&str, &str); 3] = [
    ("shop", "respond-to-desire"),
    ("curator", "curated-offering"),
    ("coach", "coach-behavior"),
];
const PERIODS: u32 = 120;
/// Parameters with their ranges.
const PARAMETERS: [(&str, &str); 6] = [
    ("populations.*.awareness", "from = 0.2, to = 0.95"),
    (
        "populations.*.choice_noise",
        "from = 0.02, to = 0.4, scale = \"log\"",
    ),
    ("populations.*.inertia", "from = 0.0, to = 0.4"),
    ("populations.*.taste.drift", "from = 0.0, to = 0.2"),
    ("populations.*.word_of_mouth", "from = 0.0, to = 0.3"),
    (
        "firms.*.learning.inertia",
        "from = 500.0, to = 50000.0, scale = \"log\"",
    ),
];

fn main() -> ExitCode {
    let numbers: Vec<u32> = std::env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok())
        .collect();
    let (samples, logs) = (
        numbers.first().copied().unwrap_or(4096),
        numbers.get(1).copied().unwrap_or(200),
    );
    match study(samples, logs) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// A scenario whose points are those of the calibration, and behind them those of the logs.
fn scenario(points: u32) -> String {
    let mut text = format!(
        "[simulation]\nperiods = {PERIODS}\nreplicates = 1\n[[populations]]\nname = \"customers\"\ncustomers = 1000\n"
    );
    for (name, experience) in FIRMS {
        text += &format!("[[firms]]\nname = \"{name}\"\nexperience = \"{experience}\"\n");
    }
    text += &format!("[calibrate]\nsamples = {points}\nperiods = {PERIODS}\ncustomers = 1000\n");
    for (key, range) in PARAMETERS {
        text += &format!("[[calibrate.parameters]]\nkey = \"{key}\"\nrange = {{ {range} }}\n");
    }
    let shape = Shape {
        firms: FIRMS.len(),
        periods: PERIODS,
    };
    // what was observed comes from each log
    for one in shape.statistics() {
        // logs of purchases alone do not say who began them
        if one.kind == StatisticKind::BegunByFirm {
            continue;
        }
        let (name, firm) = (one.kind.name(), one.firm_in(&FIRMS.map(|(name, _)| name)));
        text += &format!(
            "[[calibrate.observed]]\nstatistic = \"{name}\"\nfirm = \"{firm}\"\nfrom = {}\nto = {}\nvalue = 0.0\n",
            one.from, one.to
        );
    }
    text + "[[analyses]]\nkind = \"calibration\"\n"
}

fn study(samples: u32, logs: u32) -> Result<(), AnalysisError> {
    let scenario = Scenario::from_toml(&scenario(samples + logs))?;
    let asked = Asked {
        scenario: &scenario,
        number: 1,
        analysis: &scenario.analyses[0],
    };
    let Some(question) = Calibrated::ask(&asked)? else {
        unreachable!("an analysis of this kind");
    };
    let taken = Mutex::new(Calibrated::start(&question));
    let simulate = |point: u32| -> Result<(), AnalysisError> {
        let finished = Finished::simulated(&Calibrated::plan(&question, point)?, 0);
        let mut taken = taken
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Calibrated::take(
            &question,
            &mut taken,
            Cell {
                replicate: 0,
                point,
            },
            &finished,
        );
        Ok(())
    };
    (0..samples + logs).into_par_iter().try_for_each(simulate)?;
    let mut points: Points = taken
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let truths = points.places.split_off(samples as usize);
    let observed = points.statistics.split_off(samples as usize);
    let calibrated: Vec<_> = (observed.par_iter())
        .map(|statistics| infer(&points, &filled(statistics)))
        .collect();
    println!(
        "{samples} points, {logs} logs; coverage of the 90 % interval over the logs, over held-out points, and predictivity"
    );
    for (parameter, (key, _)) in PARAMETERS.iter().enumerate() {
        let [low, .., high] = QUANTILES;
        let is_held = |(found, truth): &(&Inferred, &Vec<f64>)| {
            let own = found.posterior.of(parameter);
            (own.quantile(low)..=own.quantile(high)).contains(&truth[parameter])
        };
        let held = calibrated.iter().zip(&truths).filter(is_held).count();
        let recovered = calibrated.first().map_or(f64::NAN, |found| {
            let is_held = |one: &&Recovery| {
                let [low, .., high] = one.quantiles[parameter];
                (low..=high).contains(&one.truth[parameter])
            };
            found.recoveries.iter().filter(is_held).count() as f64 / found.recoveries.len() as f64
        });
        let predictivity = calibrated
            .first()
            .map_or(f64::NAN, |found| found.predictivity[parameter]);
        println!(
            "  {key:<30} {:5.1} %  {:5.1} %  {predictivity:.2}",
            100.0 * held as f64 / f64::from(logs),
            100.0 * recovered
        );
    }
    let far = calibrated.iter().filter(|found| found.is_far).count();
    println!("  {far} of {logs} logs were called impossible, all of which are possible");
    Ok(())
}

/// What a log does not give is what points give on average; here all give all.
fn filled(statistics: &[f64]) -> Vec<f64> {
    statistics
        .iter()
        .map(|value| if value.is_finite() { *value } else { 0.0 })
        .collect()
}
