//! The plain loop that benchmarks measure against finds what the engine finds, for every feature that it has; so does the
//! kernel that has nothing but the plain case.

#[path = "../../benches/cases/mod.rs"]
mod cases;
#[path = "../../benches/limit/mod.rs"]
mod limit;
#[path = "../../benches/reference/mod.rs"]
mod reference;

use cases::Feature;
use flywheel::model::{InstructionSet, Plan};

const CUSTOMERS: u32 = 1_000;
const PERIODS: u32 = 60;
const SEEDS: u64 = 40;

/// What is compared: needs per customer and period, the share of each experience's firms, and mean WTP, by seed.
type Findings = [Vec<f64>; 6];

/// Firms offer the four experiences in turn.
fn findings(outcomes: impl Iterator<Item = (f64, Vec<f64>, f64)>) -> Findings {
    let mut all = Findings::default();
    for (needs, shares, wtp) in outcomes {
        all[0].push(needs / f64::from(CUSTOMERS * PERIODS));
        for e in 0..4 {
            all[1 + e].push(shares.iter().skip(e).step_by(4).sum());
        }
        all[5].push(wtp);
    }
    all
}

fn by_loop(feature: Feature) -> Findings {
    findings((0..SEEDS).map(|seed| {
        let outcome = reference::run(feature, CUSTOMERS as usize, PERIODS, seed);
        (outcome.needs as f64, outcome.shares, outcome.wtp)
    }))
}

fn by_case_kernel(set: InstructionSet) -> Findings {
    findings((0..SEEDS).map(|seed| {
        let outcome = limit::run(set, CUSTOMERS as usize, PERIODS, seed);
        (outcome.needs as f64, outcome.shares, outcome.wtp)
    }))
}

fn by_engine(feature: Feature) -> Findings {
    let plan = Plan::new(&feature.scenario(CUSTOMERS, PERIODS, 1)).expect("a sound scenario");
    findings((0..SEEDS as u32).map(|replicate| {
        let mut market = plan.market(replicate);
        while !market.is_done() {
            market.step();
        }
        let records = market.into_records();
        let needs = records.market.column_as_numbers("needs").iter().sum();
        let firms = feature.firms();
        let last = records.firms.rows() - 5 * firms;
        let shares = &records.firms.numbers("share")[last..];
        let share = |j| shares.iter().skip(j).step_by(firms).sum::<f64>() / 5.0;
        let sold = &records.firms.column_as_numbers("transactions")[last..];
        let wtp = &records.firms.numbers("wtp")[last..];
        let worth = std::iter::zip(sold, wtp).filter(|(sold, _)| **sold > 0.0);
        let worth: f64 = worth.map(|(sold, wtp)| sold * wtp).sum();
        let wtp = worth / sold.iter().sum::<f64>();
        (needs, (0..firms).map(share).collect(), wtp)
    }))
}

/// The largest difference of two means, in standard errors.
fn distance(one: &Findings, other: &Findings) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let squared_error = |values: &[f64]| {
        let m = mean(values);
        let n = values.len() as f64;
        values.iter().map(|x| (x - m).powi(2)).sum::<f64>() / (n - 1.0) / n
    };
    let distances = std::iter::zip(one, other)
        .map(|(a, b)| (mean(a) - mean(b)).abs() / (squared_error(a) + squared_error(b)).sqrt());
    distances.fold(0.0, f64::max)
}

/// Student's t with 78 degrees of freedom passes this once in 100,000 times; 42 means are compared.
const BOUND: f64 = 4.7;

#[test]
fn the_loop_finds_what_the_engine_finds() {
    for feature in Feature::ALL {
        let distance = distance(&by_loop(feature), &by_engine(feature));
        let name = feature.name();
        assert!(distance < BOUND, "{name}: {distance} standard errors apart");
    }
}

#[test]
fn the_case_kernel_finds_what_the_engine_finds() {
    let sets = InstructionSet::available();
    let found = by_case_kernel(sets[0]);
    let distance = distance(&found, &by_engine(Feature::Plain));
    assert!(distance < BOUND, "{distance} standard errors apart");
    for set in &sets[1..] {
        assert_eq!(by_case_kernel(*set), found, "{}", set.name());
    }
}

#[test]
fn features_are_told_apart() {
    // what the check above is worth: another market is not taken for the plain one
    let plain = by_loop(Feature::Plain);
    for feature in [
        Feature::Graduated,
        Feature::Portfolio,
        Feature::FourDimensions,
        Feature::SixteenFirms,
    ] {
        let distance = distance(&plain, &by_engine(feature));
        let name = feature.name();
        assert!(distance > BOUND, "{name}: {distance} standard errors apart");
    }
}
