//! The rows of the tables (section 7).

use std::sync::Arc;

use super::curve::{Curves, Experienced};
use super::firms::Firm;
use super::log::Interaction;
use super::map::TasteMap;
use super::names::Names;
use super::parameters::Parameters;
use super::record_sums::{Seen, Summed, Total, per};
use super::records::Records;
use super::tally::{FirmTally, Tally};
use crate::log::Account;
use crate::scenario::{Record, Scenario, Simulation};
use crate::table::{
    Batch, FIRMS, FirmRow, INTERACTIONS, InteractionRow, KINDS, KindRow, LEARNING, Label,
    LearningRow, MAP, MARKET, MapRow, MarketRow, PERIODS, PeriodRow, STATISTICS, StatisticRow,
    WORLDS,
};

/// Writes down what happens, period by period.
#[derive(Debug, Clone)]
pub(super) struct Recorder {
    replicate: i64,
    names: Arc<Names>,
    records: Records,
    /// What is asked for.
    asked: Record,
    /// What interactions come to, where that is asked for in place of their rows.
    account: Option<Summed>,
}

impl Recorder {
    /// A recorder of a run.
    pub fn new(replicate: u32, names: Arc<Names>, simulation: &Simulation) -> Self {
        // a longer run makes room as it goes: it may be stopped before its end
        let periods = simulation.periods.min(4096) as usize;
        let (firms, populations) = (names.firms.len(), names.populations.len());
        let batch = |definition, rows| {
            let mut batch = Batch::new(definition, names.vocabulary.clone());
            batch.reserve(rows);
            batch
        };
        let records = Records {
            periods: batch(&PERIODS, periods * firms * populations),
            firms: batch(&FIRMS, periods * firms),
            market: batch(&MARKET, periods * populations),
            kinds: batch(
                &KINDS,
                periods * firms * names.kinds.iter().map(Vec::len).sum::<usize>(),
            ),
            learning: batch(&LEARNING, 0),
            map: batch(&MAP, 0),
            interactions: batch(&INTERACTIONS, 0),
            statistics: batch(&STATISTICS, 0),
            worlds: batch(&WORLDS, 0),
        };
        Self {
            replicate: i64::from(replicate),
            names,
            records,
            asked: simulation.record.clone(),
            account: None,
        }
    }

    /// Adds up what interactions come to, in place of their rows.
    pub fn add_up(&mut self, seen: Seen, scenario: &Scenario) {
        let followed = self.asked.followed_customers();
        let mut customers = 0;
        let mut before = Vec::new();
        for population in &scenario.populations {
            before.push(customers);
            customers += population.customers.min(followed);
        }
        self.account = Some(Summed {
            seen,
            account: Account::new(seen.shape, customers as usize),
            before,
        });
    }

    /// The rows so far, without learning curves.
    pub fn so_far(&self) -> &Records {
        &self.records
    }

    /// The tables so far, with the learning curves.
    pub fn finish(mut self, curves: &Curves) -> Records {
        for j in 0..self.names.firms.len() {
            for (n, row) in (1..).zip(curves.of(j)) {
                self.record_learning(n, j, row);
            }
        }
        if let Some(summed) = self.account.take() {
            self.record_statistics(summed);
        }
        self.records
    }

    /// Adds the rows of what interactions came to.
    fn record_statistics(&mut self, mut summed: Summed) {
        summed.account.finish();
        let vocabulary = self.names.vocabulary.clone();
        let firms: Vec<&str> = (self.names.firms.iter())
            .map(|label| vocabulary.name(*label))
            .collect();
        let all = summed.seen.shape.statistics().into_iter();
        for (one, value) in all.zip(summed.account.values()) {
            StatisticRow {
                statistic: one.kind.name(),
                firm: one.firm_in(&firms).as_str(),
                from: one.from.into(),
                to: one.to.into(),
                value,
            }
            .push(&mut self.records.statistics);
        }
    }

    fn record_learning(&mut self, n: i64, j: usize, row: &Experienced) {
        let mean = |sum: f64| per(sum, row.transactions);
        LearningRow {
            replicate: self.replicate,
            firm: self.names.firms[j],
            n,
            transactions: integer(row.transactions),
            fit: mean(row.fit),
            wtp: mean(row.wtp),
            knowledge: mean(row.knowledge),
        }
        .push(&mut self.records.learning);
    }

    /// Adds the rows of a period.
    pub fn record<const K: usize>(
        &mut self,
        period: u32,
        parameters: &Parameters<K>,
        firms: &[Firm<K>],
        tallies: &[Tally<K>],
    ) {
        let period = i64::from(period);
        for (j, firm) in firms.iter().enumerate() {
            for (s, tally) in tallies.iter().enumerate() {
                self.record_population(period, parameters, (j, firm), (s, tally));
                self.record_kinds(period, j, s, tally);
            }
        }
        self.record_firms(period, parameters, firms, tallies);
        for (s, tally) in tallies.iter().enumerate() {
            self.record_market(period, s, firms, tally);
        }
    }

    /// Adds the interactions of a period, population by population and customer by customer.
    pub fn record_interactions<'a>(
        &mut self,
        period: u32,
        logs: impl Iterator<Item = (usize, &'a [Interaction])>,
    ) {
        if !self.asked.keeps_period(period) {
            return;
        }
        for (population, interactions) in logs {
            if let Some(summed) = &mut self.account {
                summed.add(period, population, interactions);
                continue;
            }
            let names = &self.names;
            let rows = interactions.iter().map(|it| InteractionRow {
                replicate: self.replicate,
                period: period.into(),
                population: names.populations[population],
                customer: it.customer.into(),
                arrived: it.arrived.into(),
                firm: names.firms[usize::from(it.firm)],
                experience: names.experiences[usize::from(it.experience)],
                kind: names.causes[it.cause as usize],
                first: it.first,
                price: it.price.into(),
                fit: it.fit.into(),
                wtp: it.wtp.into(),
                knowledge: it.knowledge.into(),
            });
            InteractionRow::extend(&mut self.records.interactions, rows);
        }
    }

    /// Adds the points of the map at the end of a period; `place` gives their coordinates. Firms that are not in the
    /// market have none.
    pub fn record_map(
        &mut self,
        period: u32,
        map: &TasteMap,
        place: impl Fn(&[f32]) -> (f64, f64),
    ) {
        let names = &self.names;
        let (replicate, period) = (self.replicate, i64::from(period));
        let mut rows = Vec::new();
        let mut add = |population: Label, firm, what, number: i64, point: &[f32]| {
            let (x, y) = place(point);
            rows.push(MapRow {
                replicate,
                period,
                population,
                firm,
                what,
                number,
                x: four_decimals(x),
                y: four_decimals(y),
            });
        };
        let points = &names.points;
        for ((tastes, &step), &population) in
            map.tastes.iter().zip(&map.steps).zip(&names.populations)
        {
            for (number, taste) in (0..).step_by(step as usize).zip(tastes) {
                add(population, Label::NONE, points.customer, number, taste);
            }
        }
        let acting = names.firms.iter().zip(&map.firms);
        for (&firm, on_map) in acting.filter(|(_, on_map)| on_map.acting) {
            for (number, product) in (0..).zip(&on_map.products) {
                add(Label::NONE, firm, points.product, number, product);
            }
            for (believed, &population) in on_map.believes.iter().zip(&names.populations) {
                add(population, firm, points.prior, 0, &believed.prior_mean);
                for customer in &believed.estimates {
                    let number = i64::from(customer.number);
                    add(
                        population,
                        firm,
                        points.estimate,
                        number,
                        &customer.estimate,
                    );
                }
            }
        }
        rows.into_iter()
            .for_each(|row| row.push(&mut self.records.map));
    }

    fn record_population<const K: usize>(
        &mut self,
        period: i64,
        parameters: &Parameters<K>,
        (j, firm): (usize, &Firm<K>),
        (s, tally): (usize, &Tally<K>),
    ) {
        let own = &tally.firm(j);
        let mean = |sum: f64| per(sum, own.transactions);
        PeriodRow {
            replicate: self.replicate,
            period,
            firm: self.names.firms[j],
            population: self.names.populations[s],
            experience: self.names.usual_experience(&tally.experiences_of(j)),
            price: if firm.acting { firm.price } else { f64::NAN },
            customers: firm.customers[s],
            transactions: integer(own.transactions),
            detected: integer(own.detected),
            declined: integer(own.declined),
            false_alarms: integer(own.false_alarms),
            cancelled: integer(own.cancelled),
            first_time: integer(own.first_time),
            fit: mean(own.fit),
            first_fit: per(own.first_fit, own.first_time),
            wtp: mean(own.wtp),
            cost: mean(own.cost),
            value_created: mean(own.wtp - own.cost),
            friction: mean(own.friction),
            knowledge: mean(own.knowledge),
            population_knowledge: firm
                .knowledge
                .population_knowledge(s, &parameters.populations[s]),
            profit: if firm.acting {
                own.profit(firm.price)
            } else {
                0.0
            },
            consumer_surplus: own.consumer_surplus(),
        }
        .push(&mut self.records.periods);
    }

    fn record_kinds<const K: usize>(&mut self, period: i64, j: usize, s: usize, tally: &Tally<K>) {
        for (n, &kind) in self.names.kinds[s].iter().enumerate() {
            let own = tally.of_kind(j, n);
            let mean = |sum: f64| per(sum, own.transactions);
            let experiences = tally.experiences_of_kind(j, n);
            KindRow {
                replicate: self.replicate,
                period,
                firm: self.names.firms[j],
                population: self.names.populations[s],
                kind,
                experience: self.names.usual_experience(experiences),
                transactions: integer(own.transactions),
                detected: integer(own.detected),
                declined: integer(own.declined),
                false_alarms: integer(own.false_alarms),
                fit: mean(own.fit),
                wtp: mean(own.wtp),
                cost: mean(own.cost),
                value_created: mean(own.wtp - own.cost),
            }
            .push(&mut self.records.kinds);
        }
    }

    fn record_firms<const K: usize>(
        &mut self,
        period: i64,
        parameters: &Parameters<K>,
        firms: &[Firm<K>],
        tallies: &[Tally<K>],
    ) {
        let totals: Vec<Total> = (0..firms.len()).map(|j| Total::of(j, tallies)).collect();
        let all: u64 = totals.iter().map(|total| total.transactions).sum();
        for (j, (firm, total)) in firms.iter().zip(&totals).enumerate() {
            let mean = |sum: f64| per(sum, total.transactions);
            let rivals = totals.iter().enumerate().filter(|(rival, _)| *rival != j);
            let best_rival = rivals
                .map(|(_, rival)| rival.value_created())
                .fold(f64::NAN, f64::max);
            let populations = parameters.populations.iter().zip(&self.names.customers);
            let population_knowledge = populations.enumerate().map(|(s, (population, weight))| {
                weight * firm.knowledge.population_knowledge(s, population)
            });
            FirmRow {
                replicate: self.replicate,
                period,
                firm: self.names.firms[j],
                active: firm.acting,
                experience: self.names.usual_experience(&total.experiences),
                price: if firm.acting { firm.price } else { f64::NAN },
                customers: firm.customers.iter().sum(),
                transactions: integer(total.transactions),
                share: per(total.transactions as f64, all),
                fit: mean(total.fit),
                wtp: mean(total.wtp),
                cost: mean(total.cost),
                value_created: total.value_created(),
                competitive_advantage: total.value_created() - best_rival,
                knowledge: mean(total.knowledge),
                population_knowledge: population_knowledge.sum::<f64>()
                    / self.names.customers.iter().sum::<f64>(),
                profit: firm.profit,
                cumulative_profit: firm.discounted,
            }
            .push(&mut self.records.firms);
        }
    }

    fn record_market<const K: usize>(
        &mut self,
        period: i64,
        s: usize,
        firms: &[Firm<K>],
        tally: &Tally<K>,
    ) {
        let fulfilled = tally.fulfilled();
        let squares = |firm: FirmTally<K>| per(firm.transactions as f64, fulfilled).powi(2);
        let producer = tally.firms().zip(firms).filter(|(_, firm)| firm.acting);
        MarketRow {
            replicate: self.replicate,
            period,
            population: self.names.populations[s],
            needs: integer(tally.needs),
            recognized: integer(tally.recognized),
            fulfilled: integer(fulfilled),
            consumer_surplus: tally.firms().map(|firm| firm.surplus).sum(),
            producer_surplus: producer
                .map(|(tally, firm)| tally.producer_surplus(firm.price))
                .sum(),
            hhi: tally.firms().map(squares).sum(),
        }
        .push(&mut self.records.market);
    }
}

/// A coordinate as the table has it; never a negative zero.
fn four_decimals(coordinate: f64) -> f64 {
    (coordinate * 1e4).round() / 1e4 + 0.0
}

fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
