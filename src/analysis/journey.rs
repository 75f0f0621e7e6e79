//! The customers' journey through each firm, and the turning of its wheel, out of the run's own tables.
//!
//! A need is recognized, requested and fulfilled. What reached a firm are the needs that it proposed to fulfil or was asked to
//! fulfil: its transactions and its declined proposals. All are counted over all needs of the market.
//!
//! Friction that remains, per transaction, is told by phase. Of a row of `periods`, mean familiarity is
//! F = 1 - (1 - knowledge) / (1 - population_knowledge) (section 4 of the model, linear in what each customer's history
//! resolves), so the request and respond terms follow from the experience, and recognize is the rest. Where customers of one
//! row have several experiences, each kind of need that the table `kinds` tells counts with its own; beyond that, the experience of most
//! transactions stands for all, and the three parts still add up to the friction.

mod rows;

use std::collections::BTreeMap;

use self::rows::{Labelled, Mix, Rows, friction_parts};
use super::{Estimate, Moments};
use crate::scenario::{Experience, Phase, Scenario};
use crate::statistics::UNIT;
use crate::table::Batch;

/// What a run says about journeys and wheels.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// First and last period of the closing window, to which everything but the wheels refers.
    pub closing: (u32, u32),
    /// Friction of the three phases at the end, before any firm's support reduces it.
    pub friction: [f64; 3],
    /// Needs recognized, over all needs.
    pub recognized: Estimate,
    /// Needs fulfilled, over all needs.
    pub fulfilled: Estimate,
    /// First and last period of the three moments of the wheels.
    pub moments: [(u32, u32); 3],
    /// The firms in the order of the scenario.
    pub firms: Vec<FirmJourney>,
}

/// A firm's part in its customers' journey.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmJourney {
    /// The experience that most of its transactions had at the end, as it then is; none without any.
    pub experience: Option<(String, Experience)>,
    /// Whether it served needs with other experiences besides, as far as the tables tell.
    pub has_others: bool,
    /// Needs that the firm noticed and proposed to fulfil, over all needs.
    pub noticed: Estimate,
    /// Needs that reached the firm, over all needs.
    pub requested: Estimate,
    /// Needs that the firm fulfilled, over all needs.
    pub fulfilled: Estimate,
    /// Of its transactions, those that the firm began.
    pub begun: Estimate,
    /// Friction that remains per transaction, in recognize, request and respond.
    pub friction: [Estimate; 3],
    /// The turning of its wheel at three moments.
    pub wheel: [Turn; 3],
}

/// A wheel at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// Transactions per period.
    pub interactions: Estimate,
    /// Mean knowledge index before the transaction.
    pub knowledge: Estimate,
    /// Mean fit.
    pub fit: Estimate,
    /// Mean value created.
    pub value: Estimate,
}

/// Takes in tables and gives a [`Journey`].
#[derive(Debug, Clone)]
pub struct JourneyTable {
    phases: Vec<Phase>,
    closing: std::ops::Range<i64>,
    moments: [std::ops::Range<i64>; 3],
    /// Needs of the closing window, recognized and fulfilled ones, by replicate.
    needs: BTreeMap<i64, [f64; 3]>,
    /// By firm: sums of the current replicate, and moments over those before.
    firms: Vec<FirmSums>,
    current: Option<i64>,
    populations: Vec<String>,
    /// Of rows to come, by replicate, period, firm and population: transactions by experience, where kinds of needs have their own.
    mixes: BTreeMap<(i64, i64, usize, usize), Mix>,
    recognized: Moments,
    fulfilled: Moments,
}

#[derive(Debug, Clone, Default)]
struct FirmSums {
    sums: Sums,
    /// noticed, requested, fulfilled, begun, friction of three phases.
    moments: [Moments; 7],
    wheel: [[Moments; 4]; 3],
    /// Transactions by experience, over all replicates.
    experiences: BTreeMap<String, i64>,
}

/// Sums over the rows of one firm in one replicate.
#[derive(Debug, Clone, Default)]
struct Sums {
    transactions: f64,
    detected: f64,
    declined: f64,
    friction: [f64; 3],
    /// By moment: transactions, and knowledge, fit and value times transactions.
    wheel: [[f64; 4]; 3],
}

impl JourneyTable {
    /// A table for the rows of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario, closing: &std::ops::Range<usize>) -> Self {
        let whole = |period: usize| i64::try_from(period).unwrap_or(i64::MAX);
        let closing = whole(closing.start)..whole(closing.end);
        let periods = closing.end;
        // short moments, since early on a wheel changes within a few periods
        let long = (periods / 30).max(1);
        let middle = (periods - long) / 2;
        Self {
            // a scenario that does not resolve has no parameters, and its friction no parts
            phases: scenario.phases().unwrap_or_default(),
            moments: [0, middle, periods - long].map(|first| first..first + long),
            closing,
            needs: BTreeMap::new(),
            firms: scenario.firms.iter().map(|_| FirmSums::default()).collect(),
            current: None,
            populations: scenario
                .populations
                .iter()
                .map(|named| named.name.clone())
                .collect(),
            mixes: BTreeMap::new(),
            recognized: Moments::default(),
            fulfilled: Moments::default(),
        }
    }

    /// Takes in rows of the table `market`.
    pub fn take_market(&mut self, batch: &Batch) {
        let columns = ["needs", "recognized", "fulfilled"].map(|name| batch.integers(name));
        let periods = batch.integers("period");
        for (row, &replicate) in batch.integers("replicate").iter().enumerate() {
            if self.closing.contains(&periods[row]) {
                let sums = self.needs.entry(replicate).or_default();
                for (sum, column) in sums.iter_mut().zip(columns) {
                    *sum += column[row] as f64;
                }
            }
        }
    }

    /// Takes in rows of the table `kinds`, before those of `periods` that they belong to.
    pub fn take_kinds(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        let rows = Labelled::of(batch);
        let (periods, transactions) = (batch.integers("period"), batch.integers("transactions"));
        for (row, &replicate) in batch.integers("replicate").iter().enumerate() {
            let population = rows.population(&self.populations, row);
            let (Some(firm), Some(population)) = (firms[row], population) else {
                continue;
            };
            if transactions[row] > 0 && self.closing.contains(&periods[row]) {
                let place = (replicate, periods[row], firm, population);
                let mix = self.mixes.entry(place).or_default();
                mix.push((rows.experience(row).to_owned(), transactions[row]));
            }
        }
    }

    /// Takes in rows of the table `periods`; `firms` are the positions of the rows' firms.
    pub fn take_periods(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        let rows = Rows::of(batch);
        for (row, &replicate) in batch.integers("replicate").iter().enumerate() {
            if self.current != Some(replicate) {
                self.flush();
                self.current = Some(replicate);
            }
            let population = rows.labelled.population(&self.populations, row);
            let Some((number, firm)) =
                firms[row].and_then(|firm| Some((firm, self.firms.get_mut(firm)?)))
            else {
                continue;
            };
            let (period, transactions) = (rows.period[row], rows.transactions[row] as f64);
            let is_closing = self.closing.contains(&period);
            if is_closing {
                firm.sums.declined += rows.declined[row] as f64;
            }
            if rows.transactions[row] == 0 {
                continue;
            }
            for (moment, sums) in self.moments.iter().zip(&mut firm.sums.wheel) {
                if moment.contains(&period) {
                    sums[0] += transactions;
                    for (sum, column) in sums[1..].iter_mut().zip(rows.wheel) {
                        *sum += transactions * column[row];
                    }
                }
            }
            if is_closing {
                firm.sums.transactions += transactions;
                firm.sums.detected += rows.detected[row] as f64;
                let place = population.map(|population| (replicate, period, number, population));
                let mix = place.and_then(|place| self.mixes.remove(&place));
                let mix = mix.unwrap_or_else(|| {
                    vec![(
                        rows.labelled.experience(row).to_owned(),
                        rows.transactions[row],
                    )]
                });
                let parts = friction_parts(&self.phases, &rows, row, &mix);
                for (sum, part) in firm.sums.friction.iter_mut().zip(parts) {
                    *sum += transactions * part;
                }
                for (name, count) in mix {
                    *firm.experiences.entry(name).or_default() += count;
                }
            }
        }
    }

    fn flush(&mut self) {
        let Some(replicate) = self.current.take() else {
            return;
        };
        let [needs, recognized, fulfilled] = self.needs.remove(&replicate).unwrap_or_default();
        // without a need there is no share: 0/0 is NaN, which is empty
        self.recognized.add(recognized / needs);
        self.fulfilled.add(fulfilled / needs);
        let long = (self.moments[0].end - self.moments[0].start) as f64;
        for firm in &mut self.firms {
            let sums = std::mem::take(&mut firm.sums);
            let count = sums.transactions;
            let [recognize, request, respond] = sums.friction.map(|sum| sum / count);
            let values = [
                (sums.detected + sums.declined) / needs,
                (count + sums.declined) / needs,
                count / needs,
                sums.detected / count,
                recognize,
                request,
                respond,
            ];
            for (moments, value) in firm.moments.iter_mut().zip(values) {
                moments.add(value);
            }
            for (moments, [count, rest @ ..]) in firm.wheel.iter_mut().zip(sums.wheel) {
                moments[0].add(count / long);
                for (moments, sum) in moments[1..].iter_mut().zip(rest) {
                    moments.add(sum / count);
                }
            }
        }
    }

    /// What all replicates so far amount to.
    #[must_use]
    pub fn finish(mut self) -> Journey {
        self.flush();
        let span = |range: &std::ops::Range<i64>| {
            let period = |period: i64| u32::try_from(period).unwrap_or(0);
            (period(range.start), period(range.end - 1))
        };
        let firm = |firm: &FirmSums| {
            let most = firm.experiences.iter().max_by_key(|(_, count)| **count);
            let [
                noticed,
                requested,
                fulfilled,
                begun,
                recognize,
                request,
                respond,
            ] = firm.moments.each_ref().map(Moments::estimate);
            FirmJourney {
                experience: most.and_then(|(name, _)| {
                    let experience = self.phases.last()?.experiences.get(name)?;
                    Some((name.clone(), experience.clone()))
                }),
                has_others: firm.experiences.len() > 1,
                noticed,
                requested,
                fulfilled,
                begun,
                friction: [recognize, request, respond],
                wheel: firm.wheel.each_ref().map(|moments| {
                    let [interactions, knowledge, fit, value] =
                        moments.each_ref().map(Moments::estimate);
                    Turn {
                        interactions,
                        knowledge,
                        fit,
                        value,
                    }
                }),
            }
        };
        Journey {
            closing: span(&self.closing),
            friction: self.phases.last().map_or([0.0; 3], |phase| {
                let friction = &phase.market.friction;
                [friction.recognize, friction.request, friction.respond]
            }),
            recognized: self.recognized.estimate().within(UNIT),
            fulfilled: self.fulfilled.estimate().within(UNIT),
            moments: self.moments.each_ref().map(span),
            firms: self.firms.iter().map(firm).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
