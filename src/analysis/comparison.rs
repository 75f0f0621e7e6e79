//! The figures of two runs, or of two variants, with the same draws, replicate by replicate, and their differences.

use std::collections::BTreeSet;
use std::path::Path;

use super::paired::Paired;
use super::run_figures::{CellKey, RunFigures, number};
use super::{Estimate, Quantity};
use crate::experiment::{Design, Filled};
use crate::scenario::MarketQuantity;
use crate::statistics::UNIT;
use crate::table::{self, Batch, COMPARISON, ComparisonRow, Numbering, TableError};

/// What `summary` and `comparison` call the part of the replicates in which a firm leads.
const LEADS: &str = "leads";

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
    /// Replicates in which the second run has more, and in which it has less.
    pub directions: [u32; 2],
}

/// A firm that takes part in both runs, or the market as a whole, at a point.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedFirm {
    /// Point of the sweep; 0 without one.
    pub point: u32,
    /// Name of the firm; empty for the market.
    pub name: String,
    /// Of a firm in the order of [`Quantity::SUMMARY`], then whether it leads; of the market in the order of [`MarketQuantity::ALL`].
    pub figures: Vec<Compared>,
}

/// The differences between two runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Firms in both runs, point by point.
    pub firms: Vec<ComparedFirm>,
    /// The market as a whole, point by point.
    pub market: Vec<ComparedFirm>,
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
        let common: Vec<CellKey> = base.common(other).collect();
        let points: BTreeSet<u32> = common.iter().map(|(point, _)| *point).collect();
        let (mut firms, mut market) = (Vec::new(), Vec::new());
        let mut replicates = u32::MAX;
        for point in points {
            let cells: Vec<CellKey> = common
                .iter()
                .filter(|cell| cell.0 == point)
                .copied()
                .collect();
            replicates = replicates.min(u32::try_from(cells.len()).unwrap_or(u32::MAX));
            let names = base.firms.iter().filter(|name| other.firms.contains(name));
            firms.extend(names.filter_map(|name| {
                compare(point, name, &cells, |cell| {
                    base.compared(cell, name).zip(other.compared(cell, name))
                })
            }));
            market.extend(compare(point, "", &cells, |cell| {
                Some((base.market(cell), other.market(cell)))
            }));
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
            market,
        }
    }

    /// The rows of one point in the table `comparison`.
    #[must_use]
    pub fn table(&self, point: u32) -> Batch {
        let all = self.firms.iter().chain(&self.market);
        let figures = all.filter(|one| one.point == point).flat_map(|one| {
            let names = std::iter::repeat(one.name.as_str());
            names.zip(quantities(&one.name)).zip(&one.figures)
        });
        ComparisonRow::batch(figures.map(|((firm, quantity), compared)| ComparisonRow {
            firm,
            quantity,
            base: compared.base,
            other: compared.other,
            difference: compared.difference.mean,
            standard_deviation: compared.difference.standard_deviation,
            low: compared.difference.low,
            high: compared.difference.high,
            variance_reduction: compared.variance_reduction,
            replicates: i64::from(compared.difference.count),
            more: i64::from(compared.directions[0]),
            less: i64::from(compared.directions[1]),
        }))
    }

    /// The points that both runs have.
    #[must_use]
    pub fn points(&self) -> Vec<u32> {
        let points: BTreeSet<u32> = self.firms.iter().map(|firm| firm.point).collect();
        points.into_iter().collect()
    }

    /// The table `comparison` of the variants of a design against the scenario itself, in the order of the design, the scenario left out.
    #[must_use]
    pub fn filled(all: &[Self], numbering: &Numbering) -> Filled {
        let variants = u32::try_from(numbering.variants().len()).unwrap_or(u32::MAX);
        let points: BTreeSet<u32> = all.iter().flat_map(Self::points).collect();
        let mut parts = Vec::new();
        for point in points {
            let worlds = point.saturating_mul(variants) + 1..;
            parts.extend(
                worlds
                    .zip(all)
                    .map(|(world, one)| (world, one.table(point))),
            );
        }
        Filled {
            table: &COMPARISON,
            numbering: numbering.clone(),
            parts,
        }
    }

    /// The comparisons that the table `comparison` in a folder holds, one for each variant but the scenario itself.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(folder: &Path, design: &Design) -> Result<Vec<Self>, TableError> {
        let mut all = vec![Self::default(); design.variants().len().saturating_sub(1)];
        table::read(folder, &COMPARISON, &design.numbering(), |batch, worlds| {
            for (row, world) in ComparisonRow::all(batch).zip(worlds) {
                let (point, variant) = design.place(number(*world));
                if let Some(own) = variant.checked_sub(1).and_then(|place| all.get_mut(place)) {
                    own.take_row(point, &row);
                }
            }
        })?;
        Ok(all)
    }

    fn take_row(&mut self, point: u32, row: &ComparisonRow<&str>) {
        let of = if row.firm.is_empty() {
            &mut self.market
        } else {
            &mut self.firms
        };
        if of
            .last()
            .is_none_or(|last| last.name != row.firm || last.point != point)
        {
            of.push(ComparedFirm {
                point,
                name: row.firm.to_owned(),
                figures: Vec::new(),
            });
        }
        let difference = Estimate {
            standard_deviation: row.standard_deviation,
            ..Estimate::stored([row.difference, row.low, row.high], row.replicates)
        };
        self.replicates = self.replicates.max(difference.count);
        if let Some(last) = of.last_mut() {
            last.figures.push(Compared {
                base: row.base,
                other: row.other,
                difference,
                variance_reduction: row.variance_reduction,
                directions: [row.more, row.less].map(number),
            });
        }
    }
}

/// What the figures of a firm, or of the market, are called.
fn quantities(name: &str) -> Vec<&'static str> {
    if name.is_empty() {
        return MarketQuantity::ALL.map(MarketQuantity::column).to_vec();
    }
    let own = Quantity::SUMMARY.map(Quantity::column).into_iter();
    own.chain([LEADS]).collect()
}

/// The ranges of these, lowest and highest value.
fn ranges(name: &str) -> Vec<(f64, f64)> {
    if name.is_empty() {
        return MarketQuantity::ALL.map(MarketQuantity::range).to_vec();
    }
    let own = Quantity::SUMMARY.map(Quantity::range).into_iter();
    own.chain([UNIT]).collect()
}

/// Figures over the cells of a point; none if they are in no cell of both runs.
fn compare<const N: usize>(
    point: u32,
    name: &str,
    cells: &[CellKey],
    of: impl Fn(CellKey) -> Option<([f64; N], [f64; N])>,
) -> Option<ComparedFirm> {
    let mut paired = [Paired::difference(); N];
    let mut directions = [[0; 2]; N];
    let mut met = false;
    for (first, second) in cells.iter().filter_map(|&cell| of(cell)) {
        met = true;
        for (place, paired) in paired.iter_mut().enumerate() {
            paired.add([first[place], second[place]]);
            directions[place][0] += u32::from(second[place] > first[place]);
            directions[place][1] += u32::from(second[place] < first[place]);
        }
    }
    let compared = |((paired, directions), range): ((&Paired, [u32; 2]), (f64, f64))| {
        let [base, other] = paired.variants().map(|estimate| estimate.mean);
        Compared {
            base,
            other,
            difference: paired.estimate_of(range),
            variance_reduction: paired.variance_reduction(),
            directions,
        }
    };
    met.then(|| ComparedFirm {
        point,
        name: name.to_owned(),
        figures: (paired.iter().zip(directions))
            .zip(ranges(name))
            .map(compared)
            .collect(),
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
        // two firms with nine figures each, and the market
        assert_eq!(found.table(0).rows(), 2 * 9 + 5);
        assert_eq!(share.directions.iter().sum::<u32>(), 3);
        let nothing = Comparison::of(&first, &RunFigures::new(vec![15]));
        assert_eq!((nothing.replicates, nothing.firms.len()), (0, 0));
    }
}
