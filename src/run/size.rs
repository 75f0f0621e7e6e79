//! How much memory a run takes, about, so that one that cannot be is refused before it starts.

use crate::experiment::Design;
use crate::scenario::{Analysis, Diagnostics, Quantity, Scenario, SensitivityMethod};

/// Parameters on which the memory of a market depends, by the ends of their paths.
const SIZES: [&str; 5] = [
    ".customers",
    ".count",
    ".assortment",
    ".taste_dimensions",
    ".periods",
];

/// Bytes that stay of a finished cell besides the figures of its firms.
const CELL: u64 = 64;

/// Bytes that stay of an outcome over a period until it is drawn.
const MOMENT: u64 = 72;

/// Outcomes of a firm, and of the market, that charts show over time.
const SERIES: u64 = 16;

/// Bytes of memory, about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Of one replicate while it is simulated: of a sweep, at the point with the largest market; of variants, that of the largest.
    pub simulated: u64,
    /// Of the rows of that replicate alone, as they are read from the cells that parts have done.
    pub rows: u64,
    /// Of what is kept of all replicates until the end.
    pub kept: u64,
    /// Replicates of all points and variants, as many as there may be at a time.
    pub cells: u64,
}

impl Memory {
    /// What the run of a scenario takes.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub fn of(scenario: &Scenario) -> Result<Self, Diagnostics> {
        let design = Design::new(scenario)?;
        let variants = u32::try_from(design.variants().len().max(1)).unwrap_or(u32::MAX);
        let first = largest(&design).unwrap_or(0).saturating_mul(variants);
        let mut market = design.world(first)?;
        for world in first + 1..first.saturating_add(variants) {
            let other = design.world(world)?;
            if other.memory() > market.memory() {
                market = other;
            }
        }
        let worlds = |analysis: &Analysis| match analysis {
            Analysis::Feedback { .. } => 3,
            Analysis::Amplification { .. } | Analysis::Loop { .. } => 2,
            _ => 1,
        };
        let worlds = scenario.analyses.iter().map(worlds).max().unwrap_or(1);
        let replicates = u64::from(scenario.simulation.replicates);
        let firms: u64 = market.firms.iter().map(|firm| u64::from(firm.count)).sum();
        let figures = CELL + 8 * firms * Quantity::SUMMARY.len() as u64;
        let cells = replicates.saturating_mul(u64::from(design.worlds()));
        let over_time = if design.is_sweep() {
            0
        } else {
            u64::from(variants)
                * u64::from(market.simulation.periods)
                * (firms + 1)
                * SERIES
                * MOMENT
        };
        let analyses = scenario.analyses.iter();
        let outcomes = analyses.map(|analysis| outcomes(analysis, &design, replicates));
        let all = outcomes.fold(cells.saturating_mul(figures), u64::saturating_add);
        Ok(Self {
            simulated: market.memory().saturating_mul(worlds),
            rows: market.memory_of_rows(),
            kept: all.saturating_add(over_time),
            cells,
        })
    }
}

/// The point with the largest market, if the points differ in its size: the one at which all that it depends on is largest
/// together.
fn largest(design: &Design) -> Option<u32> {
    let columns = design.columns().iter().enumerate();
    let sizes: Vec<usize> = columns
        .filter(|(_, path)| SIZES.iter().any(|end| path.ends_with(end)))
        .map(|(place, _)| place)
        .collect();
    let size = |point: u32| {
        let values = design.values(point);
        let numbers = sizes.iter().filter_map(|place| values[*place].as_integer());
        numbers.fold(1.0, |product, number| product * number as f64)
    };
    if sizes.is_empty() {
        return None;
    }
    (0..design.len()).max_by(|one, other| size(*one).total_cmp(&size(*other)))
}

/// Bytes of the outcomes that an analysis keeps until all are there.
fn outcomes(analysis: &Analysis, design: &Design, replicates: u64) -> u64 {
    let Analysis::Sensitivity {
        method, samples, ..
    } = analysis
    else {
        return 0;
    };
    let axes = design.axes().len() as u64;
    let rows = match method {
        SensitivityMethod::Sobol => axes + 2,
        SensitivityMethod::Morris => axes + 1,
    };
    let samples = u64::from(samples.unwrap_or(method.default_samples()));
    (8 + CELL)
        .saturating_mul(rows * samples)
        .saturating_mul(replicates)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(more: &str) -> Memory {
        let market = "[[populations]]\nname = \"p\"\n[[firms]]\nname = \"f\"\nexperience = \"coach-behavior\"\n[[firms]]\nname = \"g\"\nexperience = \"coach-behavior\"\n";
        let scenario = Scenario::from_toml(&format!("{market}{more}"));
        Memory::of(&scenario.unwrap_or_else(|problems| panic!("{problems}"))).expect("valid")
    }

    #[test]
    fn the_largest_market_of_a_sweep_counts() {
        let axis = |key: &str, values: &str| {
            of(&format!(
                "[[sweep.axes]]\nkey = \"{key}\"\nvalues = {values}\n"
            ))
            .simulated
        };
        let one = of("").simulated;
        assert_eq!(axis("firms.f.price", "[0.1, 0.2]"), one);
        for (key, values) in [
            ("populations.p.customers", "[1000000, 5000]"),
            ("firms.f.count", "[1, 500]"),
            ("firms.f.assortment", "[10000, 12]"),
            ("market.taste_dimensions", "[2, 8]"),
            ("simulation.periods", "[300, 100000]"),
        ] {
            assert!(axis(key, values) > one * 3 / 2, "{key}");
        }
    }

    #[test]
    fn the_largest_variant_counts_and_all_are_kept() {
        let variant = |set: &str| {
            of(&format!(
                "[[variants]]\nname = \"other\"\nset = {{ {set} }}\n"
            ))
        };
        let [alike, large] = [
            "\"firms.f.price\" = 0.2",
            "\"populations.p.customers\" = 1000000",
        ]
        .map(variant);
        assert_eq!(alike.simulated, of("").simulated);
        assert!(large.simulated > alike.simulated * 3 / 2);
        assert_eq!(
            (alike.cells, alike.kept),
            (2 * of("").cells, 2 * of("").kept)
        );
    }

    #[test]
    fn points_replicates_and_samples_are_kept() {
        let few = of("[simulation]\nreplicates = 20\n").kept;
        assert!(of("[simulation]\nreplicates = 1000000\n").kept > few + 150 * 999_980);
        let sampled = |samples: u32| {
            of(&format!("[sweep]\ndesign = \"sobol\"\nsamples = 4\n[[sweep.axes]]\nkey = \"firms.f.price\"\nrange = {{ from = 0.1, to = 0.2 }}\n[[analyses]]\nkind = \"sensitivity\"\nfirm = \"f\"\nsamples = {samples}\n")).kept
        };
        assert!(sampled(65_536) > sampled(2) + 65_000 * 3 * 20 * 8);
    }
}
