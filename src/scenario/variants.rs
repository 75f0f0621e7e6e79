//! The scenario with some parameters set differently: points of a sweep, variants, and what was built in code.

use std::sync::Arc;

use super::checked::Kept;
use super::diagnostics::Diagnostics;
use super::load::from_tree;
use super::overrides::Override;
use super::paths::find;
use super::points::{at_point, base, forget_means, setting};
use super::tree::{Node, Value};
use super::{Analysis, Scenario, Simulation};

impl Scenario {
    /// Checks a scenario built in code, exactly as a file is checked.
    ///
    /// # Errors
    /// All problems; places are those of the scenario as [`Scenario::to_toml`] writes it.
    pub fn check(&self) -> Result<(), Diagnostics> {
        self.checked_tree().map(|_| ())
    }

    /// The scenario that asks which parameters could have made its log, and nothing else; none if it has no log.
    #[must_use]
    pub fn calibration(&self) -> Option<Self> {
        self.calibrate.as_ref()?;
        Some(Self {
            name: format!("{}-calibration", self.name),
            analyses: vec![Analysis::Calibration {}],
            calibrate: self.calibrate.clone(),
            ..self.market_alone()
        })
    }

    /// The market by itself: without other markets that it is compared with, and without what is asked, claimed, taught, played or drawn.
    #[must_use]
    pub fn market_alone(&self) -> Self {
        let simulation = Simulation {
            precision: None,
            until_decided: None,
            ..self.simulation.clone()
        };
        Self {
            simulation,
            sweep: None,
            variants: Vec::new(),
            hypotheses: Vec::new(),
            analyses: Vec::new(),
            calibrate: None,
            lesson: None,
            lab: None,
            play: None,
            charts: Vec::new(),
            ..self.clone()
        }
    }

    /// The scenario with groups (`count`), wildcards and everything left out resolved, as loading a
    /// file resolves them. A loaded scenario is resolved already.
    ///
    /// # Errors
    /// As [`Scenario::check`].
    pub fn resolve(&self) -> Result<Self, Diagnostics> {
        Ok(self.checked_tree()?.scenario())
    }

    /// The scenario with some parameters replaced, checked again. The name of a group reaches all its firms, as
    /// `firms.*` reaches all that there are.
    ///
    /// # Errors
    /// All problems of the overrides, and those that they cause.
    pub fn with_overrides(&self, overrides: &[Override]) -> Result<Self, Diagnostics> {
        let kept = self.checked_tree()?;
        let mut root = kept.root.clone();
        (overrides.iter()).for_each(|value| forget_means(&mut root, value));
        from_tree(root, &kept.groups, &self.name, overrides)
            .map(|kept| kept.scenario())
            .map_err(|problems| Diagnostics::new(&self.subject(), problems))
    }

    /// The number at the path of a parameter, such as `populations.NAME.awareness`, as it is at the start; none where there is no number.
    #[must_use]
    pub fn number_at(&self, path: &str) -> Option<f64> {
        let parts: Vec<String> = path.split('.').map(str::to_owned).collect();
        find(&self.checked_tree().ok()?.root, &parts)?.number()
    }

    /// What the points of the sweep have in common.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub(crate) fn base(&self) -> Result<Base, Diagnostics> {
        let kept = self.checked_tree()?;
        Ok(Base {
            root: base(&kept.root),
            kept,
            subject: self.subject(),
        })
    }

    /// The market without its sweep, and with groups that the sweep names as firms.
    pub(super) fn market(&self) -> Result<Arc<Kept>, Diagnostics> {
        if self.sweep.is_some() {
            self.base()?.at(&[])
        } else {
            self.checked_tree()
        }
    }

    /// The tree of a loaded scenario; one that was built in code, or changed since, is checked first.
    fn checked_tree(&self) -> Result<Arc<Kept>, Diagnostics> {
        if let Some(kept) = self.kept() {
            return Ok(Arc::clone(kept));
        }
        from_tree(self.to_tree(), &self.groups(), &self.name, &[]).or_else(|_| {
            // problems are shown in the scenario as it would be written
            let text = self.to_toml();
            Self::from_toml_with(&text, &self.subject(), &self.name, &[])?.checked_tree()
        })
    }

    /// How messages name a scenario that is no file.
    fn subject(&self) -> String {
        format!("scenario {}", self.name)
    }
}

/// A scenario to whose parameters points give values.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    root: Node,
    kept: Arc<Kept>,
    subject: String,
}

impl Base {
    /// The same without its interventions.
    pub(crate) fn without_interventions(&self) -> Self {
        let mut base = self.clone();
        if let Some(list) = base.root.list_mut("interventions") {
            list.clear();
        }
        base
    }

    /// The scenario in which parameters take these values, and with another seed if there is one.
    ///
    /// # Errors
    /// The values do not go together.
    pub(crate) fn scenario(
        &self,
        values: &[(&str, toml::Value)],
        seed: Option<u64>,
    ) -> Result<Scenario, Diagnostics> {
        let mut values: Vec<Override> = values
            .iter()
            .map(|(path, value)| setting(path, &Node::from(value)))
            .collect();
        let seed = seed.map(|seed| Node::plain(Value::Integer(i128::from(seed))));
        values.extend(seed.map(|seed| setting("simulation.seed", &seed)));
        Ok(self.at(&values)?.scenario())
    }

    fn at(&self, values: &[Override]) -> Result<Arc<Kept>, Diagnostics> {
        let mut problems = Vec::new();
        let (root, groups) = at_point(&self.root, &self.kept.groups, values, &mut problems);
        if problems.is_empty() {
            Kept::new(root, groups).map_err(|problem| Diagnostics::one(&self.subject, problem))
        } else {
            // the same words wherever the scenario was read from, for they are kept with the results
            let placeless = problems.into_iter().map(|problem| problem.at(None, ""));
            Err(Diagnostics::new(&self.subject, placeless.collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::merge::MERGED;
    use crate::scenario::tree::PARSED;

    const MARKET: &str = "[[populations]]\nname = \"all\"\n\
        [[firms]]\nname = \"shop\"\ncount = 3\nexperience = \"coach-behavior\"\n\
        [[interventions]]\nperiod = 9\nset.\"firms.shop.price\" = 0.2\n";

    fn load(text: &str) -> Scenario {
        PARSED.set(0);
        MERGED.set(0);
        Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn a_market_is_read_once() {
        let scenario = load(MARKET);
        for _ in 0..5 {
            scenario.resolve().expect("valid");
            assert_eq!(scenario.phases().expect("valid").len(), 2);
        }
        assert_eq!((PARSED.get(), MERGED.get()), (1, 1));
    }

    #[test]
    fn a_sweep_is_read_once_and_each_point_completed_once() {
        let axis = "[[sweep.axes]]\nkey = \"populations.all.need.rate\"\nrange = { from = 0.1, to = 0.9, steps = 20 }\n";
        let scenario = load(&format!("{MARKET}{axis}"));
        // the scenario, and what no value of this axis can make wrong
        assert_eq!((PARSED.get(), MERGED.get()), (1, 2));
        let base = scenario.base().expect("valid");
        for point in 0..20 {
            let rate = toml::Value::Float(0.01 * f64::from(point));
            let point = base.scenario(&[("populations.all.need.rate", rate)], None);
            let point = point.and_then(|point| point.resolve()?.phases());
            assert_eq!(point.expect("valid").len(), 2);
        }
        assert_eq!((PARSED.get(), MERGED.get()), (1, 22));
    }

    #[test]
    fn a_scenario_that_was_changed_is_checked_anew_but_not_parsed() {
        let mut scenario = load(MARKET);
        scenario.firms[0].price = crate::scenario::PriceRule::Fixed(0.5);
        let resolved = scenario.resolve().expect("valid");
        assert_eq!(resolved, scenario);
        assert_eq!((PARSED.get(), MERGED.get()), (1, 2));
        scenario.firms[0].price = crate::scenario::PriceRule::Fixed(-1.0);
        let problems = scenario.resolve().expect_err("a problem");
        assert!(problems.problems[0].place.is_some(), "{problems}");
    }

    #[test]
    fn variants_reach_groups_by_their_names() {
        let scenario = load(MARKET);
        let variant =
            |path: &str, value: toml::Value| scenario.with_overrides(&[Override::new(path, value)]);
        let priced = variant("firms.shop.price", 0.4.into()).expect("valid");
        let is_priced =
            |firm: &crate::scenario::Firm| firm.price == crate::scenario::PriceRule::Fixed(0.4);
        assert!(priced.firms.iter().all(is_priced));
        assert_eq!(PARSED.get(), 1);
        assert!(variant("firms.shop.prize", 0.4.into()).is_err());
        assert!(variant("firms.shop.price", "x".into()).is_err());
    }
}
