//! What is measured of the purchases of single customers, as it is of those of households in the world.

use std::collections::BTreeMap;

use flywheel::experiment::{Design, Finished};
use flywheel::scenario::{RecordedTable, Scenario};
use flywheel::table::{Batch, Label};

use crate::claims::study::checked;

/// A purchase.
pub struct Purchase {
    /// From which firm.
    pub firm: Label,
    /// Whether what was bought was worth its price.
    pub kept: bool,
}

/// The purchases of a market in the order of time, by customer.
pub struct Purchases {
    pub by_customer: Vec<Vec<Purchase>>,
    /// Firms.
    pub firms: Vec<Label>,
}

impl Purchases {
    /// Those of each replicate of a scenario.
    pub fn of(scenario: &Scenario) -> Vec<Self> {
        let mut scenario = scenario.clone();
        scenario.simulation.record.tables = RecordedTable::ALL.to_vec();
        let plan = checked(Design::new(&scenario));
        let plan = checked(plan.plan(0));
        let replicates = 0..scenario.simulation.replicates;
        replicates
            .map(|replicate| {
                Self::in_table(&Finished::simulated(&plan, replicate).records.interactions)
            })
            .collect()
    }

    fn in_table(rows: &Batch) -> Self {
        let (firms, kinds) = (rows.labels("firm"), rows.labels("kind"));
        let (customers, arrived) = (rows.integers("customer"), rows.integers("arrived"));
        let (wtp, price) = (rows.numbers("wtp"), rows.numbers("price"));
        let mut by_customer: BTreeMap<_, Vec<Purchase>> = BTreeMap::new();
        for row in 0..rows.rows() {
            if rows.name(kinds[row]) == "false_alarm" {
                continue;
            }
            let own = by_customer.entry((customers[row], arrived[row]));
            own.or_default().push(Purchase {
                firm: firms[row],
                kept: wtp[row] > price[row],
            });
        }
        let mut firms: Vec<Label> = firms.to_vec();
        firms.sort_unstable();
        firms.dedup();
        Self {
            by_customer: by_customer.into_values().collect(),
            firms,
        }
    }

    fn total(&self) -> f64 {
        self.by_customer.iter().map(Vec::len).sum::<usize>() as f64
    }

    /// How often each customer bought from a firm, those who did.
    fn of_firm(&self, firm: Label) -> Vec<usize> {
        let count = |own: &Vec<Purchase>| own.iter().filter(|one| one.firm == firm).count();
        let counts = self.by_customer.iter().map(count);
        counts.filter(|&count| count > 0).collect()
    }

    /// After how many purchases a customer's own history says as much of the next one as the shares of all firms do: the sum of the
    /// parameters of a Dirichlet-multinomial whose means are the shares, at the maximum of its likelihood.
    pub fn weight_of_all(&self) -> f64 {
        let shares: Vec<f64> = (self.firms.iter())
            .map(|&firm| self.of_firm(firm).iter().sum::<usize>() as f64 / self.total())
            .collect();
        let likelihood = |weight: f64| {
            let of_customer = |own: &Vec<Purchase>| {
                let rising = |from: f64, count: usize| -> f64 {
                    (0..count).map(|k| (from + k as f64).ln()).sum()
                };
                let of_firms = self.firms.iter().zip(&shares).map(|(&firm, share)| {
                    let count = own.iter().filter(|one| one.firm == firm).count();
                    rising(weight * share, count)
                });
                of_firms.sum::<f64>() - rising(weight, own.len())
            };
            self.by_customer.iter().map(of_customer).sum::<f64>()
        };
        highest(|log| likelihood(log.exp()), -4.0, 7.0).exp()
    }

    /// How much more often than in the same purchases in random order a customer buys from the firm of the last purchase.
    pub fn repeats_beyond_taste(&self) -> f64 {
        let (mut repeats, mut expected, mut pairs) = (0.0, 0.0, 0.0);
        for own in &self.by_customer {
            repeats += own
                .windows(2)
                .filter(|two| two[0].firm == two[1].firm)
                .count() as f64;
            pairs += own.len().saturating_sub(1) as f64;
            for &firm in &self.firms {
                let count = own.iter().filter(|one| one.firm == firm).count() as f64;
                expected += count * (count - 1.0) / own.len() as f64;
            }
        }
        (repeats - expected) / pairs
    }

    /// The part of first purchases that is kept, and of sixth ones, by customers who made six.
    pub fn kept(&self) -> [f64; 2] {
        [0, 5].map(|earlier| {
            let six = self.by_customer.iter().filter(|own| own.len() > 5);
            let kept: Vec<bool> = six.map(|own| own[earlier].kept).collect();
            kept.iter().filter(|kept| **kept).count() as f64 / kept.len() as f64
        })
    }

    /// Of the firms with most and with fewest purchases: the part of the customers who buy from it, and how often these do.
    pub fn buyers(&self) -> [[f64; 2]; 2] {
        let mut firms: Vec<Vec<usize>> =
            self.firms.iter().map(|&firm| self.of_firm(firm)).collect();
        firms.sort_by_key(|counts| std::cmp::Reverse(counts.iter().sum::<usize>()));
        [&firms[0], &firms[firms.len() - 1]].map(|counts| {
            let buyers = counts.len() as f64;
            let bought = counts.iter().sum::<usize>() as f64;
            [buyers / self.by_customer.len() as f64, bought / buyers]
        })
    }

    /// The part of all purchases that the fifth of the customers who buy most make.
    pub fn of_heaviest_fifth(&self) -> f64 {
        let mut counts: Vec<usize> = self.by_customer.iter().map(Vec::len).collect();
        counts.sort_unstable_by_key(|&count| std::cmp::Reverse(count));
        let heavy = &counts[..counts.len() / 5];
        heavy.iter().sum::<usize>() as f64 / self.total()
    }
}

/// Where a function with one summit is highest, by the golden section.
fn highest(of: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let part = (5.0_f64.sqrt() - 1.0) / 2.0;
    for _ in 0..24 {
        let (left, right) = (high - part * (high - low), low + part * (high - low));
        if of(left) > of(right) {
            high = right;
        } else {
            low = left;
        }
    }
    f64::midpoint(low, high)
}
