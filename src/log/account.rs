//! Purchases in the order of time become statistics, with a few numbers kept for each customer.

use super::statistic::{self, GROUPS};
use super::{Shape, Statistic, StatisticKind};

/// One purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    /// Period, from 0.
    pub period: u32,
    /// Number of the customer; of one who left and was replaced, the same.
    pub customer: u32,
    /// Period in which the customer arrived, by which those of one number are told apart; 0 where numbers are not used again.
    pub arrived: u32,
    /// Position of the firm.
    pub firm: u16,
    /// Whether the firm began it; false where that is not known.
    pub begun_by_firm: bool,
}

/// What is kept of one customer.
#[derive(Debug, Clone, Copy, Default)]
struct Customer {
    arrived: u32,
    purchases: u32,
    /// Firm of the last purchase, and of the one before.
    last: u16,
    before: u16,
    /// Firm and period of the first purchase, and period of the last one from that firm.
    first: u16,
    since: u32,
    until: u32,
    /// Length of the present run.
    run: u32,
}

/// How many there were, and how many of these did something.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    of: u64,
    did: u64,
}

impl Part {
    fn count(&mut self, did: bool) {
        self.of += 1;
        self.did += u64::from(did);
    }

    /// NaN of none.
    fn value(self) -> f64 {
        self.did as f64 / self.of as f64
    }
}

/// Adds purchases up.
#[derive(Debug, Clone)]
pub struct Account {
    shape: Shape,
    /// Edges of the windows, and the window of each period.
    edges: Vec<u32>,
    window: Vec<u8>,
    customers: Vec<Customer>,
    /// Purchases by customer and firm.
    bought: Vec<u32>,
    /// By window and firm.
    purchases: Vec<u64>,
    begun: Vec<Part>,
    repeats: Vec<Part>,
    repeats_after: [Part; GROUPS.0],
    returns: Part,
    /// By first and second firm.
    switches: Vec<u64>,
    /// Customers by the period of their first purchase.
    first: Vec<u64>,
    runs: [u64; GROUPS.1],
    lags: Vec<u32>,
    survivals: Vec<Part>,
    /// Purchases of each customer who is done.
    totals: Vec<u32>,
    /// Sum over customers of the chance that two purchases are from one firm, and customers with two.
    within: (f64, u64),
}

impl Account {
    /// Nothing yet, of so many numbers of customers.
    #[must_use]
    pub fn new(shape: Shape, customers: usize) -> Self {
        let edges = shape.windows();
        let windows = edges.len() - 1;
        let mut window = vec![0; shape.periods as usize];
        for (number, edge) in edges.windows(2).enumerate() {
            window[edge[0] as usize..edge[1] as usize].fill(number as u8);
        }
        let lags: Vec<u32> = shape.lags().collect();
        Self {
            shape,
            window,
            customers: vec![Customer::default(); customers],
            bought: vec![0; customers * shape.firms],
            purchases: vec![0; windows * shape.firms],
            begun: vec![Part::default(); windows],
            repeats: vec![Part::default(); windows],
            repeats_after: Default::default(),
            returns: Part::default(),
            switches: vec![0; shape.firms * shape.firms],
            first: vec![0; shape.periods as usize],
            runs: Default::default(),
            survivals: vec![Part::default(); lags.len()],
            lags,
            totals: Vec::new(),
            within: (0.0, 0),
            edges,
        }
    }

    /// Takes in a purchase, no earlier than those before; what is outside of the shape is passed over.
    pub fn add(&mut self, purchase: Purchase) {
        let Purchase {
            period,
            customer,
            arrived,
            firm,
            begun_by_firm,
        } = purchase;
        let (number, at) = (customer as usize, usize::from(firm));
        let Some(&window) = self.window.get(period as usize) else {
            return;
        };
        if number >= self.customers.len() || at >= self.shape.firms {
            return;
        }
        let window = usize::from(window);
        self.purchases[window * self.shape.firms + at] += 1;
        self.begun[window].count(begun_by_firm);
        if self.customers[number].purchases > 0 && self.customers[number].arrived != arrived {
            self.close(number);
        }
        let own = &mut self.customers[number];
        if own.purchases == 0 {
            self.first[period as usize] += 1;
            *own = Customer {
                arrived,
                purchases: 0,
                last: firm,
                before: firm,
                first: firm,
                since: period,
                until: period,
                run: 0,
            };
        } else {
            let same = own.last == firm;
            self.repeats[window].count(same);
            if let Some(group) = statistic::earlier(own.purchases) {
                self.repeats_after[group].count(same);
            }
            if own.before != own.last {
                self.returns.count(own.before == firm);
            }
            self.switches[usize::from(own.last) * self.shape.firms + at] += 1;
            if !same {
                if let Some(group) = statistic::length(own.run) {
                    self.runs[group] += 1;
                }
                own.run = 0;
            }
            own.before = own.last;
        }
        own.purchases += 1;
        own.run += 1;
        own.last = firm;
        if own.first == firm {
            own.until = period;
        }
        self.bought[number * self.shape.firms + at] += 1;
    }

    /// A customer of this number does not buy any more.
    fn close(&mut self, number: usize) {
        let own = std::mem::take(&mut self.customers[number]);
        let firms = self.shape.firms;
        let bought = &mut self.bought[number * firms..(number + 1) * firms];
        self.totals.push(own.purchases);
        if let Some(group) = statistic::length(own.run) {
            self.runs[group] += 1;
        }
        if own.purchases > 1 {
            let pairs = |count: u32| f64::from(count) * (f64::from(count) - 1.0);
            let same: f64 = bought.iter().map(|count| pairs(*count)).sum();
            self.within.0 += same / pairs(own.purchases);
            self.within.1 += 1;
        }
        let could = self.shape.periods - 1 - own.since;
        for (lag, part) in self.lags.iter().zip(&mut self.survivals) {
            if could >= *lag {
                part.count(own.until - own.since >= *lag);
            }
        }
        bought.fill(0);
    }

    /// No purchase comes any more.
    pub fn finish(&mut self) {
        for number in 0..self.customers.len() {
            if self.customers[number].purchases > 0 {
                self.close(number);
            }
        }
        self.totals.sort_unstable();
    }

    /// The values of [`Shape::statistics`], in their order; NaN where nothing says.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        let all = self.shape.statistics();
        all.iter().map(|one| self.value(one)).collect()
    }

    fn value(&self, one: &Statistic) -> f64 {
        let window = || {
            self.edges
                .iter()
                .position(|edge| *edge == one.from)
                .unwrap_or(0)
        };
        let firms = self.shape.firms;
        let of_window = |window: usize| &self.purchases[window * firms..(window + 1) * firms];
        let customers = self.totals.len() as f64;
        match one.kind {
            StatisticKind::Share => {
                let all = of_window(window());
                let own = all[one.firm.unwrap_or(0)];
                own as f64 / all.iter().sum::<u64>() as f64
            }
            StatisticKind::Repeat => self.repeats[window()].value(),
            StatisticKind::RepeatAfter => {
                statistic::earlier(one.from).map_or(f64::NAN, |at| self.repeats_after[at].value())
            }
            StatisticKind::Return => self.returns.value(),
            StatisticKind::Frequency => {
                let all: u64 = of_window(window()).iter().sum();
                all as f64 / (customers * f64::from(one.to - one.from))
            }
            StatisticKind::Dispersion => self.dispersion(),
            StatisticKind::FirstTime => {
                let these = &self.first[one.from as usize..one.to as usize];
                these.iter().sum::<u64>() as f64 / customers
            }
            StatisticKind::WithinCustomers => self.within.0 / self.within.1 as f64,
            StatisticKind::BetweenCustomers => {
                let most = self.totals.len().div_ceil(5);
                let sum = |totals: &[u32]| totals.iter().map(|one| f64::from(*one)).sum::<f64>();
                sum(&self.totals[self.totals.len() - most..]) / sum(&self.totals)
            }
            StatisticKind::Switching => {
                let from = one.firm.unwrap_or(0);
                let row = &self.switches[from * firms..(from + 1) * firms];
                row[one.to_firm.unwrap_or(0)] as f64 / row.iter().sum::<u64>() as f64
            }
            StatisticKind::RunLength => {
                let all: u64 = self.runs.iter().sum();
                statistic::length(one.from).map_or(f64::NAN, |at| self.runs[at] as f64 / all as f64)
            }
            StatisticKind::Survival => {
                let at = self.lags.iter().position(|lag| *lag == one.from);
                at.map_or(f64::NAN, |at| self.survivals[at].value())
            }
            StatisticKind::BegunByFirm => self.begun[window()].value(),
        }
    }

    /// Variance of the customers' purchases over their mean; NaN of fewer than two customers.
    fn dispersion(&self) -> f64 {
        let count = self.totals.len() as f64;
        let mean = self.totals.iter().map(|one| f64::from(*one)).sum::<f64>() / count;
        let squares = self
            .totals
            .iter()
            .map(|one| (f64::from(*one) - mean).powi(2));
        squares.sum::<f64>() / (count - 1.0) / mean
    }

    /// How much each customer bought, ascending.
    #[must_use]
    pub fn totals(&self) -> &[u32] {
        &self.totals
    }

    /// Customers who bought anything.
    #[must_use]
    pub fn customers(&self) -> usize {
        self.totals.len()
    }
}
