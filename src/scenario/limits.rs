//! What limits of hypotheses mean: the values that are tried.

use super::schema::{AxisRange, Limit};

impl Limit {
    /// The value of the parameter at a step, counted from 0.
    #[must_use]
    pub fn number(&self, step: u32) -> f64 {
        self.range((self.from, self.to)).step(step)
    }

    /// What differs from the scenario at a step: what the limit sets, and what it moves.
    #[must_use]
    pub fn settings(&self, step: u32) -> Vec<(String, toml::Value)> {
        let set = self.set.iter();
        let set = set.map(|(path, value)| (path.clone(), value.clone()));
        let along = self.along.iter().map(|one| (&one.key, (one.from, one.to)));
        let moved = std::iter::once((&self.key, (self.from, self.to))).chain(along);
        let moved = moved.map(|(key, ends)| (key.clone(), self.range(ends).value(key, step)));
        set.chain(moved).collect()
    }

    fn range(&self, (from, to): (f64, f64)) -> AxisRange {
        AxisRange::steps(from, to, self.steps + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::MovedAlong;

    #[test]
    fn what_moves_along_begins_and_ends_with_the_parameter() {
        let limit = Limit {
            key: "firms.*.price".to_owned(),
            from: 0.2,
            to: 0.0,
            steps: 200,
            along: vec![MovedAlong {
                key: "populations.p.customers".to_owned(),
                from: 100.0,
                to: 300.0,
            }],
            set: [("market.fit_tolerance".to_owned(), 1.0.into())].into(),
            label: String::new(),
            given: String::new(),
        };
        let at = |step| {
            let settings = limit.settings(step);
            let words = settings.iter().map(|(key, value)| format!("{key}={value}"));
            words.collect::<Vec<_>>().join(" ")
        };
        let set = "market.fit_tolerance=1.0 firms.*.price=";
        assert_eq!(at(0), format!("{set}0.2 populations.p.customers=100"));
        assert_eq!(at(183), format!("{set}0.017 populations.p.customers=283"));
        assert_eq!(at(200), format!("{set}0.0 populations.p.customers=300"));
        assert_eq!(limit.number(183), 0.017);
        assert_eq!(limit.name(), "firms.*.price");
    }
}
