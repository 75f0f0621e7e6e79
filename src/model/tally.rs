//! What happened in a period, added up.

use super::knowledge::Observations;

/// What the customers of one population (or of one block of it) did in a period.
#[derive(Debug, Clone)]
pub(super) struct Tally<const K: usize> {
    pub needs: u64,
    /// Needs that the customer became aware of or that ended in a transaction.
    pub recognized: u64,
    /// By firm.
    pub firms: Vec<FirmTally<K>>,
    /// Transactions by firm and experience: that of firm j and experience e is at j * experiences + e.
    pub by_experience: Vec<u64>,
    /// Number of experiences.
    experiences: usize,
    /// Taste estimates assigned to products, the assortments of all firms one after the other.
    pub assigned: Vec<Observations<K>>,
    /// Where each firm's products start in `assigned`, and the end.
    pub product_offsets: Vec<usize>,
}

/// What happened between one firm and some customers in a period. Sums are over transactions unless
/// they say otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FirmTally<const K: usize> {
    pub transactions: u64,
    /// Transactions that taught as much as two.
    pub taught_twice: u64,
    pub detected: u64,
    pub declined: u64,
    pub false_alarms: u64,
    pub cancelled: u64,
    pub first_time: u64,
    /// Customers who made the firm their home, less those who gave it up.
    pub home_change: i64,
    pub fit: f64,
    pub first_fit: f64,
    pub wtp: f64,
    /// Willingness to pay in transactions of customers new to the firm.
    pub first_wtp: f64,
    pub cost: f64,
    pub friction: f64,
    pub knowledge: f64,
    /// Willingness to pay less price.
    pub surplus: f64,
    /// What customers suffered from false alarms, as a negative number.
    pub false_alarm_surplus: f64,
    /// What false alarms cost the firm.
    pub false_alarm_cost: f64,
    /// Sum of the observations y.
    pub observed: [f64; K],
}

impl<const K: usize> FirmTally<K> {
    const NONE: Self = Self {
        transactions: 0,
        taught_twice: 0,
        detected: 0,
        declined: 0,
        false_alarms: 0,
        cancelled: 0,
        first_time: 0,
        home_change: 0,
        fit: 0.0,
        first_fit: 0.0,
        wtp: 0.0,
        first_wtp: 0.0,
        cost: 0.0,
        friction: 0.0,
        knowledge: 0.0,
        surplus: 0.0,
        false_alarm_surplus: 0.0,
        false_alarm_cost: 0.0,
        observed: [0.0; K],
    };

    fn add(&mut self, other: &Self) {
        self.transactions += other.transactions;
        self.taught_twice += other.taught_twice;
        self.detected += other.detected;
        self.declined += other.declined;
        self.false_alarms += other.false_alarms;
        self.cancelled += other.cancelled;
        self.first_time += other.first_time;
        self.home_change += other.home_change;
        self.fit += other.fit;
        self.first_fit += other.first_fit;
        self.wtp += other.wtp;
        self.first_wtp += other.first_wtp;
        self.cost += other.cost;
        self.friction += other.friction;
        self.knowledge += other.knowledge;
        self.surplus += other.surplus;
        self.false_alarm_surplus += other.false_alarm_surplus;
        self.false_alarm_cost += other.false_alarm_cost;
        for (total, part) in self.observed.iter_mut().zip(&other.observed) {
            *total += part;
        }
    }

    /// Number of observations y that transactions made.
    pub fn observations(&self) -> u64 {
        self.transactions + self.taught_twice
    }

    /// Profit before fixed cost, at a price.
    pub fn profit(&self, price: f64) -> f64 {
        self.producer_surplus(price) - self.false_alarm_cost
    }

    /// Profit of transactions alone, at a price.
    pub fn producer_surplus(&self, price: f64) -> f64 {
        self.transactions as f64 * price - self.cost
    }

    /// Consumer surplus, false alarms included.
    pub fn consumer_surplus(&self) -> f64 {
        self.surplus + self.false_alarm_surplus
    }
}

impl<const K: usize> Tally<K> {
    /// An empty tally for firms with these numbers of products.
    pub fn new(assortments: &[usize], experiences: usize) -> Self {
        let mut product_offsets = vec![0];
        let mut end = 0;
        for products in assortments {
            end += products;
            product_offsets.push(end);
        }
        Self {
            needs: 0,
            recognized: 0,
            firms: vec![FirmTally::NONE; assortments.len()],
            by_experience: vec![0; assortments.len() * experiences],
            experiences,
            assigned: vec![Observations::NONE; end],
            product_offsets,
        }
    }

    /// Starts a new period.
    pub fn clear(&mut self) {
        self.needs = 0;
        self.recognized = 0;
        self.firms.fill(FirmTally::NONE);
        self.by_experience.fill(0);
        self.assigned.fill(Observations::NONE);
    }

    /// Adds what happened elsewhere.
    pub fn add(&mut self, other: &Self) {
        self.needs += other.needs;
        self.recognized += other.recognized;
        for (total, part) in self.firms.iter_mut().zip(&other.firms) {
            total.add(part);
        }
        for (total, part) in self.by_experience.iter_mut().zip(&other.by_experience) {
            *total += part;
        }
        for (total, part) in self.assigned.iter_mut().zip(&other.assigned) {
            total.add(part.count, &part.sum);
        }
    }

    /// Transactions of all firms.
    pub fn fulfilled(&self) -> u64 {
        self.firms.iter().map(|firm| firm.transactions).sum()
    }

    /// A firm's transactions by experience.
    pub fn experiences_of(&self, firm: usize) -> &[u64] {
        &self.by_experience[firm * self.experiences..(firm + 1) * self.experiences]
    }

    /// Counts transactions of a firm in an experience.
    #[inline(always)]
    pub fn count_experience(&mut self, firm: usize, experience: usize, transactions: u64) {
        self.by_experience[firm * self.experiences + experience] += transactions;
    }

    /// A firm's part, and the taste estimates assigned to its products.
    pub fn of_firm(&mut self, firm: usize) -> (&mut FirmTally<K>, &mut [Observations<K>]) {
        let products = self.product_offsets[firm]..self.product_offsets[firm + 1];
        (&mut self.firms[firm], &mut self.assigned[products])
    }

    /// Assigns a taste estimate to a firm's product, so many times.
    #[inline(always)]
    pub fn assign(&mut self, firm: usize, product: usize, taste: &[f32; K], times: f64) {
        let assigned = &mut self.assigned[self.product_offsets[firm] + product];
        assigned.count += times;
        for (total, part) in assigned.sum.iter_mut().zip(taste) {
            *total += times * f64::from(*part);
        }
    }

    /// The taste estimates assigned to a firm's products.
    pub fn assigned_to(&self, firm: usize) -> &[Observations<K>] {
        &self.assigned[self.product_offsets[firm]..self.product_offsets[firm + 1]]
    }
}
