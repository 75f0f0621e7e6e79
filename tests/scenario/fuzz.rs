//! Scenarios from a seeded generator: over all that the schema allows, at its limits and beyond, and broken as texts.
//!
//! Whatever comes, a check says that all is fine or what is wrong and where, and what is fine runs to finite tables.
//! `FLYWHEEL_FUZZ=28500 cargo test --test scenario fuzz` tries more than the usual number.

use flywheel::model::Market;
use flywheel::scenario::Scenario;
use flywheel::table::{Batch, Values};

use super::generator::Generator;

/// Scenarios that are tried, unless the environment says otherwise.
const USUAL: u64 = 2_000;

#[test]
fn any_scenario_is_refused_with_a_place_or_runs_to_finite_tables() {
    let number = std::env::var("FLYWHEEL_FUZZ").map_or(USUAL, |text| {
        text.parse().expect("FLYWHEEL_FUZZ is a whole number")
    });
    let (mut fine, mut refused) = (0, 0);
    for seed in 0..number {
        let text = Generator::new(seed).scenario();
        match Scenario::from_toml_with(&text, "fuzz.toml", "fuzz", &[]) {
            Ok(scenario) => {
                fine += 1;
                check_fine(seed, &text, &scenario);
            }
            Err(problems) => {
                refused += 1;
                let shown = problems.to_string();
                assert!(
                    shown.contains("fuzz.toml") && !shown.contains("NaN"),
                    "{seed}: {shown}"
                );
                for problem in &problems.problems {
                    // what is missing as a whole has no line
                    let is_missing = problem.message.starts_with("the scenario has no `");
                    assert!(
                        problem.place.is_some() || is_missing,
                        "{seed}: {problem:?}\n{text}"
                    );
                }
            }
        }
    }
    // neither half of the rule is tested by nothing
    assert!(
        fine > number / 10 && refused > number / 10,
        "{fine} fine, {refused} refused"
    );
}

fn check_fine(seed: u64, text: &str, scenario: &Scenario) {
    let again = Scenario::from_toml(&scenario.to_toml());
    assert_eq!(again.as_ref(), Ok(scenario), "{seed}: {text}");
    let mut market =
        Market::new(scenario, 0).unwrap_or_else(|problems| panic!("{seed}: {problems}"));
    while !market.is_done() {
        market.step();
    }
    for batch in market.into_records().batches() {
        check_finite(seed, text, batch);
    }
}

/// No number is infinite, and none is missing where there was something to measure.
fn check_finite(seed: u64, text: &str, batch: &Batch) {
    let columns = batch.definition().columns.iter().zip(batch.columns());
    let active = batch
        .definition()
        .position("transactions")
        .map(|at| &batch.columns()[at]);
    for (column, values) in columns {
        let Values::Number(numbers) = values else {
            continue;
        };
        for (row, number) in numbers.iter().enumerate() {
            let place = || format!("seed {seed}, {} row {row}: {number}\n{text}", column.name);
            assert!(!number.is_infinite(), "{}", place());
            let measured = ["fit", "wtp", "cost", "value_created"].contains(&column.name)
                && matches!(active, Some(Values::Integer(counts)) if counts[row] > 0);
            assert!(!measured || number.is_finite(), "{}", place());
        }
    }
}
