//! The same market in periods of half the length.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::Scenario;
use super::diagnostics::Diagnostics;

/// Tables of a scenario in which time matters.
const TIMED: [&str; 8] = [
    "simulation",
    "market",
    "populations",
    "experiences",
    "firms",
    "interventions",
    "variants",
    "hypotheses",
];

/// What is about one run alone.
const DROPPED: [&str; 5] = ["sweep", "analyses", "charts", "lesson", "lab"];

impl Scenario {
    /// The same market in periods of half the length: twice as many of them, and all that happens by the period rescaled, in variants
    /// and interventions too. Rates of needs and costs are halved; what remains of something after a period (reputation, population-level data,
    /// customers, tastes, discounted value) remains after two; moments and windows are counted in the new periods.
    ///
    /// What happens by the transaction (`belief_speed`, `word_of_mouth`, `individual_forgetting`) stays. Analyses and charts are left out.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub fn in_half_periods(&self) -> Result<Self, Diagnostics> {
        let mut table: Table = self.resolve()?.to_toml().parse().unwrap_or_default();
        for key in DROPPED {
            table.remove(key);
        }
        if let Some(Value::Table(simulation)) = table.get_mut("simulation") {
            simulation.remove("record");
            simulation.remove("precision");
        }
        let populations = self.populations.iter();
        let spreads = populations
            .map(|one| (one.name.clone(), one.taste.spread))
            .collect();
        for (key, value) in &mut table {
            if TIMED.contains(&key.as_str()) {
                rescale(&mut vec![key.clone()], value, &spreads);
            }
        }
        Self::from_toml(&table.to_string())
    }
}

/// Rescales all numbers in a value that depend on the length of a period; `path` is that of the value.
fn rescale(path: &mut Vec<String>, value: &mut Value, spreads: &BTreeMap<String, f64>) {
    match value {
        Value::Table(table) => {
            let own = table.get("spread").and_then(Value::as_float);
            for (key, value) in table.iter_mut() {
                let depth = path.len();
                // paths of settings are written in one piece
                path.extend(key.split('.').map(str::to_owned));
                match own.filter(|_| key == "drift").zip(value.as_float()) {
                    Some((spread, drift)) => *value = Value::Float(half_drift(drift, spread)),
                    None => rescale(path, value, spreads),
                }
                path.truncate(depth);
            }
        }
        Value::Array(items) => (items.iter_mut()).for_each(|item| rescale(path, item, spreads)),
        Value::Integer(number) => *number = moment(path, *number),
        Value::Float(number) => *number = rate(path, *number, spreads),
        _ => {}
    }
}

/// A whole number: numbers of periods, and the first and last of some.
fn moment(path: &[String], number: i64) -> i64 {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["simulation", "periods"] | [.., "entry" | "review_every"] => 2 * number,
        ["interventions", "period"] | [.., "head_start", "period"] => 2 * number,
        ["hypotheses", "periods", "from"] => 2 * number,
        ["hypotheses", "periods", "to"] => 2 * number + 1,
        _ => number,
    }
}

/// A number by the period.
fn rate(path: &[String], number: f64, spreads: &BTreeMap<String, f64>) -> f64 {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names.as_slice() {
        [.., "need", "rate"] | [.., "fixed_cost" | "range_cost"] => number / 2.0,
        [.., "turnover" | "population_forgetting" | "false_alarm"]
        | [.., "reputation", "speed"] => 1.0 - (1.0 - number).sqrt(),
        [.., "discount_rate"] => (1.0 + number).sqrt() - 1.0,
        [.., "populations", name, "taste", "drift"] => {
            half_drift(number, spreads.get(*name).copied().unwrap_or(1.0))
        }
        _ => number,
    }
}

/// Standard deviation of a taste's change in half a period: what two of them leave of a taste is what one did.
fn half_drift(drift: f64, spread: f64) -> f64 {
    if spread <= 0.0 {
        return drift;
    }
    let kept = (1.0 - (drift / spread).powi(2)).max(0.0).sqrt();
    spread * (1.0 - kept).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_halves_make_a_whole() {
        let text = "[simulation]\nperiods = 50\ndiscount_rate = 0.21\n\
            [market]\nreputation.speed = 0.19\n\
            [[populations]]\nname = \"old folks\"\nturnover = 0.19\nneed.rate = 0.4\ntaste.drift = 0.6\n\
            [[firms]]\nname = \"shop\"\nexperience = \"coach-behavior\"\nentry = 8\nfixed_cost = 2.0\n\
            learning.population_forgetting = 0.36\n\
            [[interventions]]\nperiod = 9\nset.\"populations.old folks.turnover\" = 0.36\n\
            [[variants]]\nname = \"v\"\nset = { \"populations.old folks.taste.drift\" = 0.6 }\n\
            head_start = { firm = \"shop\", period = 9 }\n\
            [[hypotheses]]\nclaim = \"So\"\nholds_if = \"share of shop > 0.5\"\nperiods = { from = 10, to = 19 }\n";
        let whole = Scenario::from_toml(text).expect("valid");
        let half = whole.in_half_periods().expect("valid");
        let population = &half.populations[0];
        let close =
            |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}");
        assert_eq!(half.simulation.periods, 100);
        close(half.simulation.discount_rate, 0.1);
        close(half.market.reputation.speed, 0.1);
        close(population.turnover, 0.1);
        close(population.need.rate, 0.2);
        assert_eq!(population.belief_speed, whole.populations[0].belief_speed);
        // a taste keeps 0.8 of itself in a period, and so the root of it in half of one
        close(1.0 - population.taste.drift.powi(2), 0.8);
        let firm = &half.firms[0];
        assert_eq!((firm.entry, firm.fixed_cost), (16, 1.0));
        close(firm.learning.population_forgetting, 0.2);
        let change = &half.interventions[0];
        assert_eq!(change.period, 18);
        close(
            change.set["populations.old folks.turnover"]
                .as_float()
                .expect("a number"),
            0.2,
        );
        let variant = &half.variants[0];
        let drift = variant.set["populations.old folks.taste.drift"].as_float();
        close(1.0 - drift.expect("a number").powi(2), 0.8);
        assert_eq!(
            variant.head_start.as_ref().map(|given| given.period),
            Some(18)
        );
        let window = half.hypotheses[0].periods.as_ref().expect("a window");
        assert_eq!((window.from, window.to), (20, Some(39)));
    }
}
