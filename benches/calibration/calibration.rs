//! How well a calibration finds parameters that are known: logs of markets at random points are calibrated as if they had been observed,
//! and it is counted how often the 90 % intervals hold the truth, and how well each parameter is predicted. Logs hold purchases and no more: customer,
//! period and firm; once with a name for everybody, once with the names of places, which tell of nobody who left.
//!
//! `cargo run --release --example calibration` takes the case of `docs/calibration.md`: three firms, 1,000 customers, 120 periods, six
//! parameters, 4,096 points and 256 logs. Other numbers of points and logs may follow: the table there has `-- 4096 2048`.

use std::process::ExitCode;
use std::sync::Mutex;

use flywheel::analysis::calibration::inference::{Points, QUANTILES, Recovery, infer};
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
    ("populations.*.taste.drift", "from = 0.0, to = 0.1"),
    ("populations.*.word_of_mouth", "from = 0.0, to = 0.1"),
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
        numbers.get(1).copied().unwrap_or(256),
    );
    for again in [false, true] {
        if let Err(problem) = study(samples, logs, again) {
            eprintln!("{problem}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// A scenario whose points are those of the calibration, or, with another seed, those of the logs.
fn scenario(seed: u32, points: u32, again: bool) -> String {
    let mut text = format!(
        "[simulation]\nperiods = {PERIODS}\nreplicates = 1\nseed = {seed}\n[[populations]]\nname = \"customers\"\ncustomers = 1000\n"
    );
    for (name, experience) in FIRMS {
        text += &format!("[[firms]]\nname = \"{name}\"\nexperience = \"{experience}\"\n");
    }
    text += &format!(
        "[calibrate]\nsamples = {points}\nperiods = {PERIODS}\ncustomers = 1000\nnumbers_used_again = {again}\n"
    );
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

/// Markets at so many points of the ranges, and their statistics.
fn simulated(seed: u32, count: u32, again: bool) -> Result<Points, AnalysisError> {
    let scenario = Scenario::from_toml(&scenario(seed, count, again))?;
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
        let cell = Cell {
            replicate: 0,
            point,
        };
        Calibrated::take(&question, &mut taken, cell, &finished);
        Ok(())
    };
    (0..count).into_par_iter().try_for_each(simulate)?;
    let taken = taken.into_inner();
    Ok(taken.unwrap_or_else(std::sync::PoisonError::into_inner))
}

fn study(samples: u32, logs: u32, again: bool) -> Result<(), AnalysisError> {
    let points = simulated(1, samples, again)?;
    let Points { places, statistics } = simulated(2, logs, again)?;
    let means = means(&points.statistics);
    let [low, .., high] = QUANTILES;
    let judged = |(statistics, truth): (&Vec<f64>, &Vec<f64>)| -> (Vec<bool>, bool) {
        let found = infer(&points, &filled(statistics, &means));
        let is_held = |(parameter, truth): (usize, &f64)| {
            let own = found.posterior.of(parameter);
            (own.quantile(low)..=own.quantile(high)).contains(truth)
        };
        (
            truth.iter().enumerate().map(is_held).collect(),
            found.is_far,
        )
    };
    let judged: Vec<(Vec<bool>, bool)> = (statistics.par_iter().zip(&places)).map(judged).collect();
    // what is said of held-out points is the same for all logs
    let first = infer(&points, &filled(&statistics[0], &means));
    let numbers = if again {
        "used again after turnover"
    } else {
        "never used again"
    };
    println!(
        "{samples} points, {logs} logs, customers' numbers {numbers}: coverage of the 90 % interval over the logs, over held-out points, and predictivity"
    );
    for (parameter, (key, _)) in PARAMETERS.iter().enumerate() {
        let held = judged.iter().filter(|(held, _)| held[parameter]).count();
        let is_held = |one: &&Recovery| {
            let [low, .., high] = one.quantiles[parameter];
            (low..=high).contains(&one.truth[parameter])
        };
        let recovered = first.recoveries.iter().filter(is_held).count();
        println!(
            "  {key:<30} {:5.1} %  {:5.1} %  {:.2}",
            100.0 * held as f64 / f64::from(logs),
            100.0 * recovered as f64 / first.recoveries.len() as f64,
            first.predictivity[parameter]
        );
    }
    let far = judged.iter().filter(|(_, is_far)| *is_far).count();
    println!("  {far} of {logs} logs were called impossible, all of which are possible");
    Ok(())
}

/// The mean of each statistic over the points that have it.
fn means(statistics: &[Vec<f64>]) -> Vec<f64> {
    let mean = |place: usize| {
        let known = statistics.iter().map(|row| row[place]);
        let known: Vec<f64> = known.filter(|value| value.is_finite()).collect();
        known.iter().sum::<f64>() / known.len().max(1) as f64
    };
    (0..statistics[0].len()).map(mean).collect()
}

/// What a log does not give is what points give on average, as where a point lacks it.
fn filled(statistics: &[f64], means: &[f64]) -> Vec<f64> {
    let fill = |(value, mean): (&f64, &f64)| if value.is_finite() { *value } else { *mean };
    statistics.iter().zip(means).map(fill).collect()
}
