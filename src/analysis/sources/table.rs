//! Sources of advantage as tables, and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Candidate, Decomposition, Measured, Part, Sources, World};
use crate::analysis::Estimate;
use crate::scenario::Quantity;
use crate::table::{Batch, SOURCES, SOURCES_SUMMARY, SourcesRow, SourcesSummaryRow};

const EMPTY: Decomposition = Decomposition {
    worlds: [Estimate::EMPTY; 4],
    parts: [Measured {
        estimate: Estimate::EMPTY,
        variance_reduction: f64::NAN,
    }; 4],
};

impl Decomposition {
    /// Names and values: the parts, then the worlds.
    fn quantities(&self) -> impl Iterator<Item = (&'static str, Measured)> {
        let parts = Part::ALL.map(Part::name).into_iter().zip(self.parts);
        let worlds = self.worlds.map(|estimate| Measured {
            estimate,
            variance_reduction: f64::NAN,
        });
        parts.chain(World::NAMES.into_iter().zip(worlds))
    }

    /// Sets the quantity that a row holds; others than the known ones are passed over.
    fn set(&mut self, row: &SourcesRow<&str>) {
        let estimate = Estimate {
            standard_deviation: row.standard_deviation,
            ..Estimate::stored([row.mean, row.low, row.high], row.replicates)
        };
        if let Some(part) = (Part::ALL.iter()).position(|part| part.name() == row.quantity) {
            self.parts[part] = Measured {
                estimate,
                variance_reduction: row.variance_reduction,
            };
        } else if let Some(world) = World::NAMES.iter().position(|known| *known == row.quantity) {
            self.worlds[world] = estimate;
        }
    }
}

impl Sources {
    /// The rows of analyses, given with their numbers in the scenario, in the tables `sources` and `sources_summary`.
    #[must_use]
    pub fn to_tables(all: &[(u32, &Self)]) -> [Batch; 2] {
        let mut periods = Batch::new(&SOURCES, Arc::default());
        let mut summary = Batch::new(&SOURCES_SUMMARY, Arc::default());
        for (number, sources) in all {
            let analysis = i64::from(*number);
            for candidate in &sources.candidates {
                for (quantity, measured) in candidate.closing.quantities() {
                    let row = sources.row(analysis, candidate, 0, quantity, &measured);
                    closing_row(row).push(&mut summary);
                }
                for (period, split) in (0..).zip(&candidate.periods) {
                    for (quantity, measured) in split.quantities() {
                        let row = sources.row(analysis, candidate, period, quantity, &measured);
                        row.push(&mut periods);
                    }
                }
            }
        }
        [periods, summary]
    }

    fn row<'a>(
        &'a self,
        analysis: i64,
        candidate: &'a Candidate,
        period: i64,
        quantity: &'a str,
        measured: &Measured,
    ) -> SourcesRow<&'a str> {
        let estimate = measured.estimate;
        SourcesRow {
            analysis,
            firm: &self.firm,
            experience: &candidate.experience,
            own: candidate.own,
            outcome: self.outcome.column(),
            period,
            quantity,
            mean: estimate.mean,
            standard_deviation: estimate.standard_deviation,
            low: estimate.low,
            high: estimate.high,
            variance_reduction: measured.variance_reduction,
            replicates: i64::from(estimate.count),
        }
    }
}

/// The row of `sources_summary` with the figures of a period, which it does not say.
fn closing_row(row: SourcesRow<&str>) -> SourcesSummaryRow<&str> {
    SourcesSummaryRow {
        analysis: row.analysis,
        firm: row.firm,
        experience: row.experience,
        own: row.own,
        outcome: row.outcome,
        quantity: row.quantity,
        mean: row.mean,
        standard_deviation: row.standard_deviation,
        low: row.low,
        high: row.high,
        variance_reduction: row.variance_reduction,
        replicates: row.replicates,
    }
}

/// And back, with period 0.
fn period_row(row: SourcesSummaryRow<&str>) -> SourcesRow<&str> {
    SourcesRow {
        analysis: row.analysis,
        firm: row.firm,
        experience: row.experience,
        own: row.own,
        outcome: row.outcome,
        period: 0,
        quantity: row.quantity,
        mean: row.mean,
        standard_deviation: row.standard_deviation,
        low: row.low,
        high: row.high,
        variance_reduction: row.variance_reduction,
        replicates: row.replicates,
    }
}

/// Takes in the rows of both tables, and gives the analyses that they hold.
#[derive(Debug, Default)]
pub struct SourcesReader(BTreeMap<i64, Sources>);

impl SourcesReader {
    /// Takes in rows of the table `sources`.
    pub fn take_periods(&mut self, batch: &Batch) {
        for row in SourcesRow::all(batch) {
            let candidate = self.candidate(&row);
            let Ok(period) = usize::try_from(row.period) else {
                continue;
            };
            if candidate.periods.len() <= period {
                candidate.periods.resize(period + 1, EMPTY);
            }
            candidate.periods[period].set(&row);
        }
    }

    /// Takes in rows of the table `sources_summary`.
    pub fn take_summary(&mut self, batch: &Batch) {
        for row in SourcesSummaryRow::all(batch).map(period_row) {
            self.candidate(&row).closing.set(&row);
        }
    }

    /// The analyses by their numbers in the scenario.
    #[must_use]
    pub fn finish(self) -> Vec<(u32, Sources)> {
        let number = |(number, sources)| (u32::try_from(number).unwrap_or(0), sources);
        self.0.into_iter().map(number).collect()
    }

    /// The candidate that a row is about.
    fn candidate(&mut self, row: &SourcesRow<&str>) -> &mut Candidate {
        let sources = self.0.entry(row.analysis).or_insert_with(|| Sources {
            firm: row.firm.to_owned(),
            outcome: Quantity::named(row.outcome).unwrap_or_default(),
            candidates: Vec::new(),
        });
        let known = sources
            .candidates
            .iter()
            .position(|known| known.experience == row.experience);
        let place = known.unwrap_or_else(|| {
            sources.candidates.push(Candidate {
                experience: row.experience.to_owned(),
                own: row.own,
                periods: Vec::new(),
                closing: EMPTY,
            });
            sources.candidates.len() - 1
        });
        &mut sources.candidates[place]
    }
}
