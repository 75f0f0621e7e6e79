//! Whether verdicts last in markets that are changed in something that should not matter.

use super::asked::Asked;
use super::judged::{CHANGES, Hypotheses, Repetition};
use super::trial::{Laboratory, Trial};
use crate::analysis::AnalysisError;
use crate::experiment::{Design, Observer};
use crate::scenario::{Diagnostics, Override, Scenario};

/// A changed market, with the hypotheses about it.
struct Changed {
    change: &'static str,
    design: Design,
    asked: Vec<Asked>,
}

impl Changed {
    /// The market after one of [`CHANGES`]; none where there is no such market, such as one with fewer dimensions than one.
    fn new(change: &'static str, scenario: &Scenario) -> Option<Self> {
        let (scenario, pace) = changed(change, scenario)?.ok()?;
        let design = Design::new(&scenario).ok()?;
        let asked = Asked::at_pace(&scenario, &design, pace).ok()?;
        Some(Self {
            change,
            design,
            asked,
        })
    }
}

/// The scenario after a change, and how many of its periods are one of before.
fn changed(change: &str, scenario: &Scenario) -> Option<Result<(Scenario, u32), Diagnostics>> {
    let set = |settings: Vec<(String, i64)>| {
        let set = settings.into_iter();
        let overrides: Vec<Override> = set
            .map(|(path, value)| Override::new(&path, value))
            .collect();
        Some(
            scenario
                .with_overrides(&overrides)
                .map(|scenario| (scenario, 1)),
        )
    };
    let customers = |of: fn(i64) -> i64| {
        let populations = scenario.populations.iter();
        let own = populations.map(|one| {
            let path = format!("populations.{}.customers", one.name);
            (path, of(i64::from(one.customers)).max(1))
        });
        own.collect()
    };
    let dimensions = i64::try_from(scenario.market.taste_dimensions).ok()?;
    let dimensions = |more: i64| vec![("market.taste_dimensions".to_owned(), dimensions + more)];
    match change {
        "other_seed" => {
            let seed = i64::try_from(scenario.simulation.seed)
                .ok()?
                .checked_add(1)?;
            set(vec![("simulation.seed".to_owned(), seed)])
        }
        "half_the_customers" => set(customers(|count| count / 2)),
        "ten_times_the_customers" => set(customers(|count| count.saturating_mul(10))),
        "one_dimension_fewer" => set(dimensions(-1)),
        "one_dimension_more" => set(dimensions(1)),
        _ => Some(scenario.in_half_periods().map(|scenario| (scenario, 2))),
    }
}

/// Judges the hypotheses that ask for it in all changed markets that there are; false where the run was stopped.
///
/// # Errors
/// As [`Laboratory::attempt`].
pub(super) fn repeat(
    found: &mut Hypotheses,
    scenario: &Scenario,
    laboratory: &mut Laboratory<'_>,
    observer: &mut dyn Observer,
) -> Result<bool, AnalysisError> {
    let places: Vec<usize> = (0..scenario.hypotheses.len())
        .filter(|place| scenario.hypotheses[*place].robust)
        .collect();
    if places.is_empty() {
        return Ok(true);
    }
    let markets = CHANGES.into_iter();
    let markets: Vec<Changed> = markets
        .filter_map(|change| Changed::new(change, scenario))
        .collect();
    for market in &markets {
        let trial = |place: &usize| Trial {
            asked: &market.asked[*place],
            design: &market.design,
            settings: Vec::new(),
        };
        let trials: Vec<Trial<'_>> = places.iter().map(trial).collect();
        let Some(moments) = laboratory.attempt(&trials, observer)? else {
            return Ok(false);
        };
        for (place, moments) in places.iter().zip(&moments) {
            let asked = &market.asked[*place];
            let one = asked.judged(moments, 1.0 - asked.hypothesis.confidence);
            if let Some(judged) = found.all.get_mut(*place) {
                judged.repetitions.push(Repetition {
                    change: market.change,
                    estimate: one.estimate,
                    verdict: one.verdict,
                });
            }
        }
    }
    Ok(true)
}
