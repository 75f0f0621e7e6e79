//! The markets that are measured: the four-experiences case, plain and with one more feature each.
//!
//! What is said here is the scenario for the engine; `benches/reference` computes the same markets as a plain loop.

use flywheel::scenario::{ExperienceRule, Firm, Population, Scenario, Step, presets};

/// What a market has besides one population with two taste dimensions and one firm for each experience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// Nothing.
    Plain,
    /// Two populations, half the customers each.
    TwoPopulations,
    /// The first firm moves each customer from curated offering to coach behavior and automatic execution.
    Graduated,
    /// Two populations, to which the first firm offers coach behavior and curated offering.
    Portfolio,
    /// Four taste dimensions.
    FourDimensions,
    /// Four firms for each experience.
    SixteenFirms,
}

impl Feature {
    /// The plain case first.
    pub const ALL: [Self; 6] = [
        Self::Plain,
        Self::TwoPopulations,
        Self::Graduated,
        Self::Portfolio,
        Self::FourDimensions,
        Self::SixteenFirms,
    ];

    /// As it is called on command lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::TwoPopulations => "two-populations",
            Self::Graduated => "graduated",
            Self::Portfolio => "portfolio",
            Self::FourDimensions => "four-dimensions",
            Self::SixteenFirms => "sixteen-firms",
        }
    }

    /// Number of firms.
    pub fn firms(self) -> usize {
        if self == Self::SixteenFirms { 16 } else { 4 }
    }

    /// The market for the engine.
    pub fn scenario(self, customers: u32, periods: u32, seed: u64) -> Scenario {
        let mut scenario = Scenario::new(self.name());
        scenario.simulation.periods = periods;
        scenario.simulation.seed = seed;
        let population = |name: &str, customers| Population {
            customers,
            ..Population::named(name)
        };
        if matches!(self, Self::TwoPopulations | Self::Portfolio) {
            let half = customers / 2;
            scenario = scenario.population(population("customers", customers - half));
            scenario = scenario.population(population("others", half));
        } else {
            scenario = scenario.population(population("customers", customers));
        }
        for (n, (experience, _)) in presets().iter().cycle().take(self.firms()).enumerate() {
            scenario = scenario.firm(Firm::new(&format!("{experience}-{n}"), experience));
        }
        match self {
            Self::Graduated => scenario.firms[0].experience = graduated(),
            Self::Portfolio => scenario.firms[0].experience = portfolio(),
            Self::FourDimensions => scenario.market.taste_dimensions = 4,
            Self::Plain | Self::TwoPopulations | Self::SixteenFirms => {}
        }
        scenario
    }
}

fn graduated() -> ExperienceRule {
    let step = |experience: &str, knowledge, max_agency| Step {
        experience: experience.to_owned(),
        knowledge,
        max_agency,
        max_stakes: None,
    };
    ExperienceRule::Graduated {
        steps: vec![
            step("curated-offering", 0.0, 1.0),
            step("coach-behavior", 0.3, 1.0),
            step("automatic-execution", 0.6, 0.6),
        ],
        agency_error: 0.15,
    }
}

fn portfolio() -> ExperienceRule {
    ExperienceRule::Portfolio {
        by_need: Default::default(),
        by_population: [("customers".to_owned(), "coach-behavior".to_owned())].into(),
        otherwise: Some("curated-offering".to_owned()),
    }
}
