//! The figures of two runs with the same draws, replicate by replicate, and their differences.

use std::collections::{BTreeMap, BTreeSet};

use super::paired::Paired;
use super::{Estimate, Moments, Quantity};
use crate::experiment::Figures;
use crate::scenario::closing;
use crate::table::{Batch, ComparisonRow, Label};

/// Point of a sweep (0 without one) and replicate.
type CellKey = (u32, u32);

/// Each firm's figures of `summary` in every replicate of a run, from its table `firms`.
#[derive(Debug, Default)]
pub struct RunFigures {
    /// Number of periods by point; the last holds for all points from there on.
    periods: Vec<u32>,
    /// Names of the firms, in the order in which they first appear.
    firms: Vec<String>,
    cells: BTreeMap<CellKey, BTreeMap<usize, [Moments; Quantity::SUMMARY.len()]>>,
}

impl RunFigures {
    /// Of a run with so many periods at each point of its sweep; one number holds for all points.
    #[must_use]
    pub fn new(periods: Vec<u32>) -> Self {
        Self {
            periods,
            ..Self::default()
        }
    }

    /// Takes in rows of the table `firms`, with the points to which they belong if there is a sweep.
    ///
    /// The figures are those of `summary`, so the rows of the last tenth of the periods are needed.
    pub fn take(&mut self, batch: &Batch, points: &[i64]) {
        let columns = Quantity::SUMMARY.map(|quantity| batch.column_as_numbers(quantity.column()));
        let (replicates, periods) = (batch.integers("replicate"), batch.integers("period"));
        let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let mut known: BTreeMap<Label, usize> = BTreeMap::new();
        for (row, label) in batch.labels("firm").iter().enumerate() {
            let point = points.get(row).map_or(0, |&point| number(point));
            let (period, all) = (number(periods[row]), self.periods(point));
            if !closing(all).contains(&period) {
                continue;
            }
            let firm = *known
                .entry(*label)
                .or_insert_with(|| position(&mut self.firms, batch.vocabulary().name(*label)));
            let cell = self
                .cells
                .entry((point, number(replicates[row])))
                .or_default();
            let figures = cell.entry(firm).or_default();
            for ((quantity, column), moments) in Quantity::SUMMARY.iter().zip(&columns).zip(figures)
            {
                if quantity.window(all).contains(&period) {
                    moments.add(column[row]);
                }
            }
        }
    }

    /// Cells, that is replicates of points, that were taken in.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    fn periods(&self, point: u32) -> u32 {
        let own = self.periods.get(point as usize).or(self.periods.last());
        own.copied().unwrap_or(0)
    }

    /// The figures of a firm in a cell; none if it does not take part.
    #[must_use]
    pub fn figures(&self, cell: CellKey, firm: &str) -> Option<Figures> {
        let place = self.firms.iter().position(|known| known == firm)?;
        let moments = self.cells.get(&cell)?.get(&place)?;
        Some(moments.map(|moments| moments.mean()))
    }
}

/// The position of a name, which is added if it is new.
fn position(names: &mut Vec<String>, name: &str) -> usize {
    names
        .iter()
        .position(|known| known == name)
        .unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        })
}

/// A figure in two runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Mean in the first run, over the replicates that have a value in both.
    pub base: f64,
    /// Mean in the second run, over the same replicates.
    pub other: f64,
    /// Second run less first.
    pub difference: Estimate,
    /// Variance with independent draws over that with common ones; NaN where nothing varies.
    pub variance_reduction: f64,
}

/// A firm that takes part in both runs, at a point.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedFirm {
    /// Point of the sweep; 0 without one.
    pub point: u32,
    /// Name of the firm.
    pub name: String,
    /// In the order of [`Quantity::SUMMARY`].
    pub figures: Vec<Compared>,
}

/// The differences between two runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Firms in both runs, point by point.
    pub firms: Vec<ComparedFirm>,
    /// Replicates that both runs have; the fewest where points differ.
    pub replicates: u32,
    /// Names of firms in the first run only.
    pub only_base: Vec<String>,
    /// Names of firms in the second run only.
    pub only_other: Vec<String>,
}

impl Comparison {
    /// Compares the cells that both runs have.
    #[must_use]
    pub fn of(base: &RunFigures, other: &RunFigures) -> Self {
        let common: Vec<CellKey> = base
            .cells
            .keys()
            .filter(|cell| other.cells.contains_key(cell))
            .copied()
            .collect();
        let points: BTreeSet<u32> = common.iter().map(|(point, _)| *point).collect();
        let mut firms = Vec::new();
        let mut replicates = u32::MAX;
        for point in points {
            let cells: Vec<CellKey> = common
                .iter()
                .filter(|cell| cell.0 == point)
                .copied()
                .collect();
            replicates = replicates.min(u32::try_from(cells.len()).unwrap_or(u32::MAX));
            firms.extend(
                base.firms
                    .iter()
                    .filter_map(|name| firm(base, other, &cells, name)),
            );
        }
        let missing = |from: &RunFigures, of: &RunFigures| {
            let names = of.firms.iter().filter(|name| !from.firms.contains(name));
            names.cloned().collect()
        };
        Self {
            replicates: if common.is_empty() { 0 } else { replicates },
            only_base: missing(other, base),
            only_other: missing(base, other),
            firms,
        }
    }

    /// The rows of one point in the table `comparison`.
    #[must_use]
    pub fn table(&self, point: u32) -> Batch {
        let firms = self.firms.iter().filter(|firm| firm.point == point);
        let figures = firms.flat_map(|firm| {
            let names = std::iter::repeat(firm.name.as_str());
            names.zip(Quantity::SUMMARY).zip(&firm.figures)
        });
        ComparisonRow::batch(figures.map(|((firm, quantity), compared)| ComparisonRow {
            firm,
            quantity: quantity.column(),
            base: compared.base,
            other: compared.other,
            difference: compared.difference.mean,
            standard_deviation: compared.difference.standard_deviation,
            low: compared.difference.low,
            high: compared.difference.high,
            variance_reduction: compared.variance_reduction,
            replicates: i64::from(compared.difference.count),
        }))
    }

    /// The points that both runs have.
    #[must_use]
    pub fn points(&self) -> Vec<u32> {
        let points: BTreeSet<u32> = self.firms.iter().map(|firm| firm.point).collect();
        points.into_iter().collect()
    }
}

/// A firm over the cells of a point; none if it does not take part in both runs.
fn firm(
    base: &RunFigures,
    other: &RunFigures,
    cells: &[CellKey],
    name: &str,
) -> Option<ComparedFirm> {
    let mut paired = [Paired::difference(); Quantity::SUMMARY.len()];
    let mut met = false;
    for &cell in cells {
        let both = base.figures(cell, name).zip(other.figures(cell, name));
        let Some((first, second)) = both else {
            continue;
        };
        met = true;
        for (place, paired) in paired.iter_mut().enumerate() {
            paired.add([first[place], second[place]]);
        }
    }
    let compared = |(paired, quantity): (&Paired, Quantity)| {
        let [base, other] = paired.variants().map(|estimate| estimate.mean);
        Compared {
            base,
            other,
            difference: paired.estimate_of(quantity.range()),
            variance_reduction: paired.variance_reduction(),
        }
    };
    met.then(|| ComparedFirm {
        point: cells.first().map_or(0, |cell| cell.0),
        name: name.to_owned(),
        figures: paired.iter().zip(Quantity::SUMMARY).map(compared).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::figures;
    use crate::model::Plan;
    use crate::scenario::{Firm, Population, Scenario};

    fn scenario() -> Scenario {
        let population = Population {
            customers: 50,
            ..Population::named("town")
        };
        let mut scenario = Scenario::new("small")
            .population(population)
            .firm(Firm::new("shop", "respond-to-desire"))
            .firm(Firm::new("coach", "coach-behavior"));
        scenario.simulation.periods = 15;
        scenario
    }

    fn firms(scenario: &Scenario, replicate: u32) -> Batch {
        let mut market = Plan::new(scenario)
            .expect("a sound scenario")
            .market(replicate);
        while !market.is_done() {
            market.step();
        }
        market.into_records().firms
    }

    #[test]
    fn figures_from_the_table_are_those_of_the_summary() {
        let scenario = scenario();
        let mut run = RunFigures::new(vec![15]);
        for replicate in 0..3 {
            let batch = firms(&scenario, replicate);
            run.take(&batch, &[]);
            let expected = figures(&batch, 2);
            for (name, expected) in ["shop", "coach"].iter().zip(expected) {
                let found = run.figures((0, replicate), name).expect("the firm");
                // bits, since what is empty is NaN
                assert_eq!(
                    found.map(f64::to_bits),
                    expected.map(f64::to_bits),
                    "{name}"
                );
            }
        }
        assert_eq!(run.cells(), 3);
    }

    #[test]
    fn common_replicates_and_firms_are_compared_and_others_named() {
        let mut other = scenario();
        other.firms[0].price = crate::scenario::PriceRule::Fixed(0.5);
        other.firms.push(Firm::new("third", "curated-offering"));
        let (mut first, mut second) = (RunFigures::new(vec![15]), RunFigures::new(vec![15]));
        (0..4).for_each(|replicate| first.take(&firms(&scenario(), replicate), &[]));
        (1..6).for_each(|replicate| second.take(&firms(&other, replicate), &[]));
        let found = Comparison::of(&first, &second);
        assert_eq!((found.replicates, found.firms.len()), (3, 2));
        assert!(found.only_base.is_empty());
        assert_eq!(found.only_other, ["third"]);
        let price = found.firms[0].figures[5];
        assert_eq!((price.base, price.other), (0.3, 0.5));
        assert!((price.difference.mean - 0.2).abs() < 1e-12);
        assert!(price.variance_reduction.is_nan(), "prices are fixed");
        let share = found.firms[0].figures[0];
        assert_eq!(share.difference.count, 3);
        assert!((share.other - share.base - share.difference.mean).abs() < 1e-12);
        assert_eq!(found.table(0).rows(), 16);
        let nothing = Comparison::of(&first, &RunFigures::new(vec![15]));
        assert_eq!((nothing.replicates, nothing.firms.len()), (0, 0));
    }
}
