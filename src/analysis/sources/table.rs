//! Sources of advantage as tables, and back.

use std::collections::BTreeMap;

use super::{Candidate, Decomposition, Measured, Part, Sources, World};
use crate::analysis::Estimate;
use crate::scenario::Outcome;
use crate::table::{Batch, SOURCES, SOURCES_SUMMARY, SourcesRow, SourcesSummaryRow, Vocabulary};

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

    /// Sets the quantity of that name; others are passed over.
    fn set(&mut self, name: &str, measured: Measured) {
        if let Some(part) = Part::ALL.iter().position(|part| part.name() == name) {
            self.parts[part] = measured;
        } else if let Some(world) = World::NAMES.iter().position(|known| *known == name) {
            self.worlds[world] = measured.estimate;
        }
    }
}

impl Sources {
    /// The rows of analyses, given with their numbers in the scenario, in the tables `sources` and `sources_summary`.
    #[must_use]
    pub fn tables(all: &[(usize, &Self)]) -> (Batch, Batch) {
        let mut vocabulary = Vocabulary::default();
        let (mut rows, mut closing) = (Vec::new(), Vec::new());
        for (number, sources) in all {
            let analysis = i64::try_from(*number).unwrap_or(i64::MAX);
            let firm = vocabulary.label(&sources.firm);
            let outcome = vocabulary.label(sources.outcome.name());
            for candidate in &sources.candidates {
                let experience = vocabulary.label(&candidate.experience);
                let own = candidate.own;
                for (quantity, measured) in candidate.closing.quantities() {
                    let Estimate {
                        mean,
                        standard_deviation,
                        low,
                        high,
                        count,
                    } = measured.estimate;
                    closing.push(SourcesSummaryRow {
                        analysis,
                        firm,
                        experience,
                        own,
                        outcome,
                        quantity: vocabulary.label(quantity),
                        mean,
                        standard_deviation,
                        low,
                        high,
                        variance_reduction: measured.variance_reduction,
                        replicates: i64::from(count),
                    });
                }
                for (period, split) in (0..).zip(&candidate.periods) {
                    for (quantity, measured) in split.quantities() {
                        let Estimate {
                            mean,
                            standard_deviation,
                            low,
                            high,
                            count,
                        } = measured.estimate;
                        rows.push(SourcesRow {
                            analysis,
                            firm,
                            experience,
                            own,
                            outcome,
                            period,
                            quantity: vocabulary.label(quantity),
                            mean,
                            standard_deviation,
                            low,
                            high,
                            variance_reduction: measured.variance_reduction,
                            replicates: i64::from(count),
                        });
                    }
                }
            }
        }
        let vocabulary = std::sync::Arc::new(vocabulary);
        let mut periods = Batch::new(&SOURCES, vocabulary.clone());
        rows.into_iter().for_each(|row| row.push(&mut periods));
        let mut summary = Batch::new(&SOURCES_SUMMARY, vocabulary);
        closing.into_iter().for_each(|row| row.push(&mut summary));
        (periods, summary)
    }
}

/// Takes in the rows of both tables, and gives the analyses that they hold.
#[derive(Debug, Default)]
pub struct Reader(BTreeMap<i64, Sources>);

impl Reader {
    /// Takes in rows of the table `sources`.
    pub fn take_periods(&mut self, batch: &Batch) {
        let periods = batch.integers("period");
        for (row, period) in periods.iter().enumerate() {
            let candidate = self.candidate(batch, row);
            let Ok(period) = usize::try_from(*period) else {
                continue;
            };
            if candidate.periods.len() <= period {
                candidate.periods.resize(period + 1, EMPTY);
            }
            set(&mut candidate.periods[period], batch, row);
        }
    }

    /// Takes in rows of the table `sources_summary`.
    pub fn take_summary(&mut self, batch: &Batch) {
        for row in 0..batch.rows() {
            set(&mut self.candidate(batch, row).closing, batch, row);
        }
    }

    /// The analyses by their numbers in the scenario.
    #[must_use]
    pub fn finish(self) -> Vec<(usize, Sources)> {
        let number = |(number, sources)| (usize::try_from(number).unwrap_or(0), sources);
        self.0.into_iter().map(number).collect()
    }

    /// The candidate that a row is about.
    fn candidate(&mut self, batch: &Batch, row: usize) -> &mut Candidate {
        let text = |column| batch.vocabulary().name(batch.labels(column)[row]);
        let sources = self
            .0
            .entry(batch.integers("analysis")[row])
            .or_insert_with(|| Sources {
                firm: text("firm").to_owned(),
                outcome: Outcome::ALL
                    .into_iter()
                    .find(|outcome| outcome.name() == text("outcome"))
                    .unwrap_or_default(),
                candidates: Vec::new(),
            });
        let experience = text("experience");
        let known = sources
            .candidates
            .iter()
            .position(|known| known.experience == experience);
        let place = known.unwrap_or_else(|| {
            sources.candidates.push(Candidate {
                experience: experience.to_owned(),
                own: batch.flags("own")[row],
                periods: Vec::new(),
                closing: EMPTY,
            });
            sources.candidates.len() - 1
        });
        &mut sources.candidates[place]
    }
}

/// Sets the quantity that a row holds.
fn set(split: &mut Decomposition, batch: &Batch, row: usize) {
    let number = |column| batch.numbers(column)[row];
    let measured = Measured {
        estimate: Estimate {
            mean: number("mean"),
            standard_deviation: number("standard_deviation"),
            low: number("low"),
            high: number("high"),
            count: u32::try_from(batch.integers("replicates")[row]).unwrap_or(0),
        },
        variance_reduction: number("variance_reduction"),
    };
    split.set(
        batch.vocabulary().name(batch.labels("quantity")[row]),
        measured,
    );
}
