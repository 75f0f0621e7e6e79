//! What makes up a claim.

use std::path::{Path, PathBuf};

use flywheel::experiment::Design;
use flywheel::model::{HeadStart, Perturbation, Plan};
use flywheel::scenario::{Override, Scenario};

use crate::claims::run::Run;

/// A claim: a scenario, what is compared in it, and how far it is pushed.
pub struct Claim {
    /// Name of the scenario in `scenarios/claims`; it starts with the letter of the claim.
    pub name: &'static str,
    pub markets: Markets,
    /// Above zero, all of them, where the claim holds.
    pub effects: Vec<Effect>,
    pub limits: Vec<Limit>,
}

/// The markets that a claim compares.
pub enum Markets {
    /// The points of the scenario's sweep; without one, the scenario itself.
    Points,
    /// The scenario without its interventions (0), and with them (1).
    Interventions,
    /// The scenario as it is (0), and with a head start for a firm (1): in a period, knowledge worth this
    /// many observations of each of its customers.
    HeadStart {
        firm: &'static str,
        period: u32,
        observations: f64,
    },
}

/// A number that is above zero where the claim holds.
pub struct Effect {
    pub name: &'static str,
    pub unit: Unit,
    /// The effect is the sum of these; each market occurs once at most.
    pub terms: Vec<Term>,
}

/// What a measure gives in one of the markets, times a weight.
pub struct Term {
    pub weight: f64,
    pub market: usize,
    pub measure: Measure,
}

/// A number taken from one replicate of a market.
pub type Measure = fn(&Run) -> f64;

/// How an effect is written.
#[derive(Clone, Copy)]
pub struct Unit {
    pub factor: f64,
    pub decimals: usize,
    pub name: &'static str,
}

/// A parameter along which a claim is pushed until it fails.
pub struct Limit {
    /// Position of the effect that is watched.
    pub effect: usize,
    /// What the effect is held against in place of zero, where it cannot be below.
    pub margin: f64,
    /// The parameter in words, with its path.
    pub parameter: &'static str,
    /// What else differs from the scenario, in words; may be empty.
    pub given: &'static str,
    /// The overrides that set the parameter, and what else differs.
    pub settings: fn(f64) -> Vec<String>,
    /// The first value, where the claim should hold, and the last, in hundredths or such.
    pub from: i32,
    pub to: i32,
    /// Values are whole numbers of one over this.
    pub per: u32,
}

impl Effect {
    /// How much more a measure gives in one market than in another.
    pub fn between(
        name: &'static str,
        unit: Unit,
        (more, less): (usize, usize),
        measure: Measure,
    ) -> Self {
        let term = |weight, market| Term {
            weight,
            market,
            measure,
        };
        Self {
            name,
            unit,
            terms: vec![term(1.0, more), term(-1.0, less)],
        }
    }

    /// What a measure, itself a comparison, gives in one market.
    pub fn within(name: &'static str, unit: Unit, market: usize, measure: Measure) -> Self {
        let terms = vec![Term {
            weight: 1.0,
            market,
            measure,
        }];
        Self { name, unit, terms }
    }
}

impl Claim {
    /// `a` to `l`.
    pub fn letter(&self) -> &'static str {
        &self.name[..1]
    }

    /// The scenario as it is in the file, with some parameters replaced.
    pub fn scenario(&self, settings: &[String]) -> Scenario {
        let overrides = settings.iter().map(|text| checked(Override::parse(text)));
        let path = folder().join(self.name).with_extension("toml");
        checked(Scenario::load(&path, &overrides.collect::<Vec<_>>()))
    }

    /// The plans of the markets with some parameters replaced.
    pub fn plans(&self, settings: &[String]) -> Vec<Plan> {
        let scenario = self.scenario(settings);
        let plan = |scenario: &Scenario| checked(Plan::new(scenario));
        match self.markets {
            Markets::Points => {
                let design = checked(Design::new(&scenario));
                let points = 0..design.len();
                points
                    .map(|point| plan(&checked(design.scenario(point))))
                    .collect()
            }
            Markets::Interventions => {
                let mut without = scenario.clone();
                without.interventions.clear();
                vec![plan(&without), plan(&scenario)]
            }
            Markets::HeadStart {
                firm,
                period,
                observations,
            } => {
                let mut push = Perturbation::of(firm, period);
                push.head_start = HeadStart::Observations(observations);
                let ahead = checked(plan(&scenario).with_perturbation(push));
                vec![plan(&scenario), ahead]
            }
        }
    }
}

/// The folder of the claims' scenarios.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/claims")
}

/// The value, or the problems as they are shown to people.
#[track_caller]
pub fn checked<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|problems| panic!("{problems}"))
}
