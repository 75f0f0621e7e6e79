//! Which experience serves which kind of need, how well, and what mistakes cost: by kind of need, in the closing window.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Estimate, Moments};
use crate::scenario::{ExperienceRule, Phase, Scenario};
use crate::table::Batch;

/// What a run found about one kind of need of one population.
#[derive(Debug, Clone, PartialEq)]
pub struct KindResults {
    /// Name of the population.
    pub population: String,
    /// Name of the kind.
    pub kind: String,
    /// How frequent it is among the needs of its population at the end, 0 to 1.
    pub frequency: f64,
    /// What a decision that misses costs at the end: `G` of the kind.
    pub mistake_cost: f64,
    /// By firm, in the order of the scenario.
    pub firms: Vec<ServedKind>,
}

/// How a firm serves a kind of need, in the closing window.
#[derive(Debug, Clone, PartialEq)]
pub struct ServedKind {
    /// The experience that most transactions had, by the most frequent one of each period; empty without any.
    pub experience: String,
    /// Whether customers may have had several experiences for this kind within one period, so that [`Self::mistakes`] goes by the
    /// most frequent one.
    pub is_mixed: bool,
    /// Its share of all firms' transactions for the kind, 0 to 1.
    pub share: Estimate,
    /// Mean fit, 0 to 1; missing without transactions.
    pub fit: Estimate,
    /// Value created per transaction; missing without any.
    pub value: Estimate,
    /// What mistakes cost customers per transaction: `c G (1 - g)`, and `c G` for every action without a need; missing without
    /// transactions.
    pub mistakes: Estimate,
}

/// Sums over the rows of one firm and kind in one replicate.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    transactions: f64,
    fit: f64,
    value: f64,
    mistakes: f64,
    /// What the firm took of the decision when it last had a transaction, `c`: what a period without any goes by.
    control: f64,
}

/// What all replicates so far gave of one firm and kind.
#[derive(Debug, Clone, Default)]
struct Found {
    share: Moments,
    fit: Moments,
    value: Moments,
    mistakes: Moments,
    /// Transactions by experience.
    experiences: BTreeMap<String, i64>,
}

/// The current replicate of the table `kinds`, and what those before gave.
#[derive(Debug, Clone)]
pub struct KindTable {
    current: Option<i64>,
    /// Populations and kinds by name, in the order of the scenario.
    names: Vec<(String, String)>,
    /// By firm: whether its rule may serve a kind with several experiences in one period.
    is_mixed: Vec<bool>,
    phases: Vec<Phase>,
    closing: Range<usize>,
    /// By kind and firm.
    sums: Vec<Vec<Sums>>,
    found: Vec<Vec<Found>>,
}

impl KindTable {
    /// A table for a scenario and its closing window.
    pub fn new(scenario: &Scenario, closing: &Range<usize>) -> Self {
        let of = |population: &crate::scenario::Population| {
            let kinds = population.need.kinds.iter();
            let named = kinds.map(|kind| (population.name.clone(), kind.name.clone()));
            named.collect::<Vec<_>>()
        };
        let names: Vec<_> = scenario.populations.iter().flat_map(of).collect();
        let firms = scenario.firms.len();
        // what is at stake is the same for all needs of a kind; what a firm knows, and whom it serves, is not
        let is_mixed = |firm: &crate::scenario::Firm| match &firm.experience {
            ExperienceRule::Graduated { steps, .. } => {
                (steps.iter()).any(|step| step.knowledge > 0.0 || step.max_agency < 1.0)
            }
            _ => false,
        };
        Self {
            current: None,
            is_mixed: scenario.firms.iter().map(is_mixed).collect(),
            phases: match names.is_empty() {
                true => Vec::new(),
                false => scenario.phases().unwrap_or_default(),
            },
            closing: closing.clone(),
            sums: vec![vec![Sums::default(); firms]; names.len()],
            found: vec![vec![Found::default(); firms]; names.len()],
            names,
        }
    }

    /// Takes in rows of the table `kinds`, with the position of each row's firm.
    pub fn take(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        let vocabulary = batch.vocabulary();
        let text = |column: &str, row: usize| vocabulary.name(batch.labels(column)[row]);
        let [periods, transactions, alarms] =
            ["period", "transactions", "false_alarms"].map(|name| batch.integers(name));
        let [fit, value] = ["fit", "value_created"].map(|name| batch.numbers(name));
        for (row, &replicate) in batch.integers("replicate").iter().enumerate() {
            if self.current != Some(replicate) {
                self.flush();
                self.current = Some(replicate);
            }
            let is_closing =
                usize::try_from(periods[row]).is_ok_and(|at| self.closing.contains(&at));
            if !is_closing {
                continue;
            }
            let (population, kind) = (text("population", row), text("kind", row));
            let known = self.names.iter();
            let known = known.map(|(population, kind)| (population.as_str(), kind.as_str()));
            let found = known
                .into_iter()
                .position(|known| known == (population, kind));
            let (Some(n), Some(firm)) = (found, firms[row]) else {
                continue;
            };
            let stakes = self.stakes(n, periods[row]);
            let experience = text("experience", row);
            let control = self.control(experience, periods[row]);
            let sums = &mut self.sums[n][firm];
            sums.control = control.unwrap_or(sums.control);
            sums.mistakes += sums.control * stakes * alarms[row] as f64;
            if transactions[row] > 0 {
                let count = transactions[row] as f64;
                sums.transactions += count;
                sums.fit += count * fit[row];
                sums.value += count * value[row];
                sums.mistakes += count * sums.control * stakes * (1.0 - fit[row]);
                let experiences = &mut self.found[n][firm].experiences;
                *experiences.entry(experience.to_owned()).or_default() += transactions[row];
            }
        }
    }

    /// The parameters in force in a period.
    fn phase(&self, period: i64) -> Option<&Phase> {
        let mut phases = self.phases.iter().rev();
        phases.find(|phase| i64::from(phase.from) <= period)
    }

    /// What a decision that misses costs in a period, for a need of this kind.
    fn stakes(&self, kind: usize, period: i64) -> f64 {
        let (population, kind) = &self.names[kind];
        let stakes = self.phase(period).and_then(|phase| {
            let mut populations = phase.populations.iter();
            let population = populations.find(|known| known.name == *population)?;
            let mut kinds = population.need.kinds.iter();
            let own = kinds.find(|known| known.name == *kind)?.mistake_cost;
            Some(own.unwrap_or(population.mistake_cost))
        });
        stakes.unwrap_or(f64::NAN)
    }

    /// How much of the decision an experience takes in a period; none without an experience.
    fn control(&self, experience: &str, period: i64) -> Option<f64> {
        let experiences = &self.phase(period)?.experiences;
        Some(experiences.get(experience)?.control)
    }

    fn flush(&mut self) {
        if self.current.take().is_none() {
            return;
        }
        for (sums, found) in self.sums.iter_mut().zip(&mut self.found) {
            let all: f64 = sums.iter().map(|sums| sums.transactions).sum();
            for (sums, found) in sums.iter_mut().zip(found) {
                if all > 0.0 {
                    found.share.add(sums.transactions / all);
                }
                if sums.transactions > 0.0 {
                    found.fit.add(sums.fit / sums.transactions);
                    found.value.add(sums.value / sums.transactions);
                    found.mistakes.add(sums.mistakes / sums.transactions);
                }
                *sums = Sums::default();
            }
        }
    }

    /// What all replicates amount to; nothing in a scenario without kinds of needs.
    pub fn finish(mut self) -> Vec<KindResults> {
        self.flush();
        let last = i64::try_from(self.closing.end).unwrap_or(i64::MAX);
        let results = |n: usize| {
            let (population, kind) = self.names[n].clone();
            let frequency = self.phase(last).and_then(|phase| {
                let mut populations = phase.populations.iter();
                let need = &populations.find(|known| known.name == population)?.need;
                let place = need.kinds.iter().position(|known| known.name == kind)?;
                need.frequencies().nth(place)
            });
            KindResults {
                frequency: frequency.unwrap_or(f64::NAN),
                mistake_cost: self.stakes(n, last),
                firms: self.found[n]
                    .iter()
                    .zip(&self.is_mixed)
                    .map(served)
                    .collect(),
                population,
                kind,
            }
        };
        (0..self.names.len()).map(results).collect()
    }
}

fn served((found, &is_mixed): (&Found, &bool)) -> ServedKind {
    let most = found.experiences.iter().max_by_key(|(_, count)| **count);
    ServedKind {
        experience: most.map_or_else(String::new, |(name, _)| name.clone()),
        is_mixed,
        share: found.share.estimate(),
        fit: found.fit.estimate(),
        value: found.value.estimate(),
        mistakes: found.mistakes.estimate(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Collector;
    use super::*;
    use crate::model::Market;

    const MARKET: &str = "\
        [simulation]\nperiods = 20\n\
        [[populations]]\nname = \"homes\"\ncustomers = 400\nmistake_cost = 0.4\n\
        need.kinds = [{ name = \"refill\", share = 3, mistake_cost = 0.1 }, { name = \"choice\", share = 1 }]\n\
        [[firms]]\nname = \"range\"\n\
        experience = { rule = \"portfolio\", by_need = { refill = \"automatic-execution\" }, otherwise = \"curated-offering\" }\n\
        [[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n\
        [[interventions]]\nperiod = 10\nset = { \"populations.homes.need.kinds.choice.mistake_cost\" = 0.8 }\n";

    fn results(text: &str) -> (Vec<KindResults>, Vec<crate::model::Records>) {
        let scenario = Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"));
        let mut collector = Collector::new(&scenario);
        let run = |replicate| {
            let mut market = Market::new(&scenario, replicate).expect("it is valid");
            while !market.is_done() {
                market.step();
            }
            market.into_records()
        };
        let records: Vec<_> = (0..3).map(run).collect();
        records.iter().for_each(|records| collector.take(records));
        (collector.finish().kinds, records)
    }

    #[test]
    fn each_kind_is_told_with_what_served_it_and_what_mistakes_cost() {
        let (kinds, _) = results(MARKET);
        let [refill, choice] = &kinds[..] else {
            panic!("two kinds: {kinds:?}")
        };
        assert_eq!((refill.frequency, choice.frequency), (0.75, 0.25));
        // what is in force in the closing window
        assert_eq!((refill.mistake_cost, choice.mistake_cost), (0.1, 0.8));
        let experiences = [refill, choice].map(|kind| kind.firms[0].experience.as_str());
        assert_eq!(experiences, ["automatic-execution", "curated-offering"]);
        for kind in [refill, choice] {
            let shares: f64 = kind.firms.iter().map(|firm| firm.share.mean).sum();
            assert!((shares - 1.0).abs() < 1e-12);
            // a shop that only responds decides nothing
            assert_eq!(kind.firms[1].mistakes.mean, 0.0);
            assert_eq!(kind.firms[0].fit.count, 3);
        }
        // a curated offering takes a fifth of the decision, and acts only where there is a need
        let range = &choice.firms[0];
        let expected = 0.2 * 0.8 * (1.0 - range.fit.mean);
        assert!((range.mistakes.mean - expected).abs() < 1e-6, "{range:?}");
        // automatic execution takes it all, and sometimes acts without a need
        let range = &refill.firms[0];
        assert!(range.mistakes.mean > 0.1 * (1.0 - range.fit.mean));
    }

    #[test]
    fn actions_without_a_need_are_mistakes() {
        let (kinds, records) = results(MARKET);
        let range = &kinds[0].firms[0];
        let mut means = Moments::default();
        for records in &records {
            let table = &records.kinds;
            let (mut lost, mut count) = (0.0, 0.0);
            // two firms and two kinds a period: the first row of four; the last two of twenty periods
            for row in [18, 19].map(|period| 4 * period) {
                let of = |name: &str| table.integers(name)[row] as f64;
                let misses = of("transactions") * (1.0 - table.numbers("fit")[row]);
                lost += 0.1 * (misses + of("false_alarms"));
                count += of("transactions");
            }
            means.add(lost / count);
        }
        assert!((range.mistakes.mean - means.mean()).abs() < 1e-9);
    }

    #[test]
    fn without_kinds_there_is_nothing_to_tell() {
        let plain = MARKET
            .lines()
            .filter(|line| !line.starts_with("need.kinds"));
        let plain: String = plain.map(|line| format!("{line}\n")).collect();
        let plain = plain
            .replace("by_need = { refill = \"automatic-execution\" }, ", "")
            .split("[[interventions]]")
            .next()
            .unwrap_or_default()
            .replace(
                "{ rule = \"portfolio\", otherwise = \"curated-offering\" }",
                "\"curated-offering\"",
            );
        assert_eq!(results(&plain).0, Vec::new());
    }
}
