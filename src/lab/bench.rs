//! A scenario on the bench: its market, what can be changed in it, and the market with changes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value as Json;
use thiserror::Error;

use super::controls::{Control, controls};
use super::limits::Limits;
use super::rounds::Rounds;
use crate::scenario::{Diagnostics, Language, Override, Parameter, Scenario, Takes};

/// Paths of parameters with the values that they take, in the order in which they were first changed.
pub type Changes = [(String, Json)];

/// Most parameters that can be changed at once.
const MOST_CHANGES: usize = 300;

/// A scenario on the bench.
#[derive(Debug)]
pub struct Bench {
    market: Scenario,
    parameters: Vec<Parameter>,
    limits: Limits,
    /// The rounds that were played of it, if it is one to play.
    rounds: Mutex<Rounds>,
}

/// Why there is no market with such changes.
#[derive(Debug, Error)]
pub enum BenchError {
    /// No control has that path.
    #[error("`{0}` is no parameter that can be changed here")]
    Unknown(String),
    /// A control does not take such a value.
    #[error("`{path}` cannot be {value}")]
    Value {
        /// Path of the parameter.
        path: String,
        /// What it should have become.
        value: String,
    },
    /// There are more changes than any page makes.
    #[error("more than {MOST_CHANGES} changes at once")]
    TooMany,
    /// The market would keep the machine busy for too long, or take too much of its memory.
    #[error(
        "this market is too large to be answered at once: lower customers, periods, replicates or products, or run it with `flywheel run`"
    )]
    TooLarge,
    /// Of a play, fewer rounds are done.
    #[error("so many rounds were not played")]
    Unplayed,
    /// Values do not go together.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
}

impl Bench {
    /// Puts a scenario on the bench: of a sweep the market before it, and without a precision to reach.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub fn new(scenario: &Scenario) -> Result<Self, Diagnostics> {
        let mut market = scenario.single_market()?;
        if market.simulation.precision.take().is_some() {
            market = market.resolve()?;
        }
        let mut parameters = market.parameters();
        // the figures of a run are those of its own words, and the lab has no use for them
        parameters.retain(|one| !one.path.starts_with("simulation.record"));
        parameters.retain(|one| !one.path.starts_with("simulation.precision"));
        Ok(Self {
            limits: Limits::USUAL.at_least(&market),
            rounds: Mutex::default(),
            parameters,
            market,
        })
    }

    /// The market as the scenario has it.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.market
    }

    /// What can be changed, with the words of a language.
    #[must_use]
    pub fn controls(&self, language: Language) -> Vec<Control> {
        controls(&self.market, &self.parameters, language)
    }

    /// The market with changes.
    ///
    /// # Errors
    /// A parameter or a value that there is not, values that do not go together, or a market that is too large.
    pub fn market(&self, changes: &Changes) -> Result<Scenario, BenchError> {
        if changes.len() > MOST_CHANGES {
            return Err(BenchError::TooMany);
        }
        let overrides = changes.iter().map(|(path, value)| self.change(path, value));
        let mut overrides: Vec<Override> = overrides.collect::<Result<_, _>>()?;
        overrides.extend(self.zero_means(changes));
        let market = match overrides.is_empty() {
            true => self.market.clone(),
            false => self.market.with_overrides(&overrides)?,
        };
        if self.limits.hold(&market) {
            Ok(market)
        } else {
            Err(BenchError::TooLarge)
        }
    }

    /// The rounds of a market that is one to play; none of another.
    pub(super) fn rounds(&self) -> Option<MutexGuard<'_, Rounds>> {
        self.market.play.as_ref()?;
        Some(self.rounds.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The market as it was after so many rounds.
    ///
    /// # Errors
    /// So many were not played.
    pub(super) fn played(&self, rounds: usize) -> Result<Scenario, BenchError> {
        let played = self.rounds();
        let market = played.and_then(|played| played.market(&self.market, rounds));
        Ok(market.ok_or(BenchError::Unplayed)??)
    }

    /// The market with changes as a file, under a name of its own.
    ///
    /// # Errors
    /// As [`Bench::market`].
    pub fn to_toml(&self, changes: &Changes, name: &str) -> Result<String, BenchError> {
        let mut market = self.market(changes)?;
        name.clone_into(&mut market.name);
        Ok(market.to_toml())
    }

    /// Where the number of taste dimensions changes, means at the origin stay there.
    fn zero_means(&self, changes: &Changes) -> Vec<Override> {
        let changed = changes
            .iter()
            .find(|(path, _)| path == "market.taste_dimensions");
        let number = changed
            .and_then(|(_, value)| value.as_u64())
            .filter(|number| *number <= 8);
        let Some(number) = number else {
            return Vec::new();
        };
        let populations = self.market.populations.iter();
        let at_origin = populations.filter(|one| one.taste.mean.iter().all(|mean| *mean == 0.0));
        let mean = |name: &String| {
            let zeros = vec![toml::Value::Float(0.0); number as usize];
            Override::new(&format!("populations.{name}.taste.mean"), zeros)
        };
        at_origin.map(|one| mean(&one.name)).collect()
    }

    /// A value for a parameter that has a control.
    fn change(&self, path: &str, value: &Json) -> Result<Override, BenchError> {
        let known = self.parameters.iter().find(|one| is_meant(one, path));
        let known = known.ok_or_else(|| BenchError::Unknown(shortened(path)))?;
        let fits = match &known.takes {
            Takes::Number { whole: false, .. } => value.as_f64().is_some_and(f64::is_finite),
            Takes::Number { whole: true, .. } => value.is_i64(),
            Takes::Switch => value.is_boolean(),
            Takes::Words(words) => words.iter().any(|word| value == word.as_str()),
        };
        let wrong = || BenchError::Value {
            path: path.to_owned(),
            value: shortened(&value.to_string()),
        };
        if !fits {
            return Err(wrong());
        }
        let value: toml::Value = serde_json::from_value(value.clone()).map_err(|_| wrong())?;
        Ok(Override::new(path, value))
    }
}

/// Whether a path is that of a parameter, or of that key of all things of its kind.
fn is_meant(parameter: &Parameter, path: &str) -> bool {
    parameter.path == path
        || path.strip_prefix(parameter.top).is_some_and(|rest| {
            rest.strip_prefix(".*.")
                .is_some_and(|key| key == parameter.key)
        })
}

/// A text of a page as a message repeats it.
fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bench() -> Bench {
        let text = "[simulation]\nperiods = 20\nprecision = { of = \"share\", half_width = 0.01 }\n[[populations]]\nname = \"all\"\ncustomers = 50\n\
            [[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n[[firms]]\nname = \"coach\"\nexperience = \"coach-behavior\"\n";
        let scenario = Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"));
        Bench::new(&scenario).expect("valid")
    }

    fn change(path: &str, value: Json) -> Vec<(String, Json)> {
        vec![(path.to_owned(), value)]
    }

    #[test]
    fn changes_make_a_market_that_reads_back_from_its_file() {
        let bench = bench();
        assert!(bench.scenario().simulation.precision.is_none());
        let changes = [
            ("populations.all.awareness".to_owned(), json!(0.25)),
            ("firms.*.price".to_owned(), json!(1)),
            ("firms.shop.learning.individual".to_owned(), json!(false)),
            (
                "firms.shop.experience".to_owned(),
                json!("automatic-execution"),
            ),
            ("simulation.replicates".to_owned(), json!(7)),
        ];
        let market = bench.market(&changes).expect("a market");
        assert!((market.populations[0].awareness - 0.25).abs() < 1e-15);
        let text = bench.to_toml(&changes, "changed").expect("a file");
        let read = Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(read.name, "changed");
        assert_eq!(
            (read.firms, read.simulation),
            (market.firms, market.simulation)
        );
        assert_eq!(bench.market(&[]).expect("itself"), *bench.scenario());
        let deeper = change("market.taste_dimensions", json!(4));
        let deeper = bench
            .market(&deeper)
            .expect("means at the origin stay there");
        assert_eq!(deeper.populations[0].taste.mean, [0.0; 4]);
    }

    #[test]
    fn what_has_no_control_and_what_does_not_fit_is_refused() {
        let bench = bench();
        for (path, value) in [
            ("populations.nobody.awareness", json!(0.5)),
            ("firms.*.name", json!("x")),
            ("sweep.design", json!("grid")),
            ("simulation.record.every", json!(3)),
            ("", json!(1)),
        ] {
            let refused = bench.market(&change(path, value));
            assert!(
                matches!(refused, Err(BenchError::Unknown(_))),
                "{path}: {refused:?}"
            );
        }
        for (path, value) in [
            ("populations.all.awareness", json!("0.5")),
            ("populations.all.awareness", json!(null)),
            ("populations.all.customers", json!(10.5)),
            ("firms.shop.learning.individual", json!(1)),
            ("firms.shop.experience", json!("telepathy")),
            ("firms.shop.price", json!({"rule": "value-share"})),
        ] {
            let refused = bench.market(&change(path, value.clone()));
            assert!(
                matches!(refused, Err(BenchError::Value { .. })),
                "{path} {value}: {refused:?}"
            );
        }
        let outside = bench.market(&change("populations.all.awareness", json!(1.5)));
        assert!(
            matches!(outside, Err(BenchError::Scenario(_))),
            "{outside:?}"
        );
    }

    #[test]
    fn markets_that_take_too_long_or_too_much_are_refused() {
        let bench = bench();
        for (path, value) in [
            ("simulation.replicates", json!(1_000_000)),
            ("populations.all.customers", json!(4_000_000_000_u32)),
            ("simulation.periods", json!(1_000_000)),
        ] {
            let refused = bench.market(&change(path, value));
            assert!(
                matches!(refused, Err(BenchError::TooLarge)),
                "{path}: {refused:?}"
            );
        }
        let many = vec![("market.data_pooling".to_owned(), json!(true)); 301];
        assert!(matches!(bench.market(&many), Err(BenchError::TooMany)));
    }
}
