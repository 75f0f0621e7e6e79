//! What happened in a period, added up.

use super::cohort::CohortTally;
use super::knowledge::Observations;

/// What the customers of one population (or of one block of it) did in a period.
///
/// What a firm did is kept by kind of need: a *cell* is a firm and a kind.
#[derive(Debug, Clone)]
pub(super) struct Tally<const K: usize> {
    pub needs: u64,
    /// Needs that the customer became aware of or that ended in a transaction.
    pub recognized: u64,
    /// By cell.
    cells: Vec<FirmTally<K>>,
    /// Between one of the firms and some customers, where they are watched; by kind.
    cohort: Vec<CohortTally>,
    /// Transactions by cell and experience: that of cell c and experience e is at c * experiences + e.
    by_experience: Vec<u64>,
    /// Number of experiences.
    experiences: usize,
    /// Number of kinds.
    kinds: usize,
    /// Taste estimates assigned to products, by cell and product.
    assigned: Vec<Observations<K>>,
    /// Where each cell's products start in `assigned`, and the end.
    product_offsets: Vec<usize>,
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
    /// An empty tally for firms with these numbers of products and a population with so many kinds of needs.
    pub fn new(assortments: &[usize], experiences: usize, kinds: usize) -> Self {
        let mut product_offsets = vec![0];
        let mut end = 0;
        for products in assortments {
            for _ in 0..kinds {
                end += products;
                product_offsets.push(end);
            }
        }
        let cells = assortments.len() * kinds;
        Self {
            needs: 0,
            recognized: 0,
            cells: vec![FirmTally::NONE; cells],
            cohort: vec![CohortTally::default(); kinds],
            by_experience: vec![0; cells * experiences],
            experiences,
            kinds,
            assigned: vec![Observations::NONE; end],
            product_offsets,
        }
    }

    /// Starts a new period.
    pub fn clear(&mut self) {
        self.needs = 0;
        self.recognized = 0;
        self.cells.fill(FirmTally::NONE);
        self.cohort.fill(CohortTally::default());
        self.by_experience.fill(0);
        self.assigned.fill(Observations::NONE);
    }

    /// Adds what happened elsewhere.
    pub fn add(&mut self, other: &Self) {
        self.needs += other.needs;
        self.recognized += other.recognized;
        for (total, part) in self.cells.iter_mut().zip(&other.cells) {
            total.add(part);
        }
        for (total, part) in self.cohort.iter_mut().zip(&other.cohort) {
            total.add(part);
        }
        for (total, part) in self.by_experience.iter_mut().zip(&other.by_experience) {
            *total += part;
        }
        for (total, part) in self.assigned.iter_mut().zip(&other.assigned) {
            total.add(part.count, &part.sum);
        }
    }

    /// A firm's part, all kinds of needs together.
    pub fn firm(&self, firm: usize) -> FirmTally<K> {
        let kinds = &self.cells[firm * self.kinds..(firm + 1) * self.kinds];
        let mut total = kinds[0];
        kinds[1..].iter().for_each(|kind| total.add(kind));
        total
    }

    /// All firms' parts.
    pub fn firms(&self) -> impl Iterator<Item = FirmTally<K>> {
        (0..self.cells.len() / self.kinds).map(|firm| self.firm(firm))
    }

    /// A firm's part in one kind of need.
    pub fn of_kind(&self, firm: usize, kind: usize) -> &FirmTally<K> {
        &self.cells[firm * self.kinds + kind]
    }

    /// As above, to add to.
    #[inline(always)]
    pub fn of_kind_mut(&mut self, firm: usize, kind: usize) -> &mut FirmTally<K> {
        &mut self.cells[firm * self.kinds + kind]
    }

    /// A firm's part in one kind of need, and the taste estimates assigned to its products there.
    pub fn cell(
        &mut self,
        firm: usize,
        kind: usize,
    ) -> (&mut FirmTally<K>, &mut [Observations<K>]) {
        let cell = firm * self.kinds + kind;
        let products = self.product_offsets[cell]..self.product_offsets[cell + 1];
        (&mut self.cells[cell], &mut self.assigned[products])
    }

    /// Counts customers who made a firm their home, less those who gave it up.
    #[inline(always)]
    pub fn change_home(&mut self, firm: usize, by: i64) {
        self.of_kind_mut(firm, 0).home_change += by;
    }

    /// The customers who are watched, all kinds of needs together.
    pub fn cohort(&self) -> CohortTally {
        let mut total = CohortTally::default();
        self.cohort.iter().for_each(|kind| total.add(kind));
        total
    }

    /// The customers who are watched, in one kind of need.
    pub fn cohort_of_kind(&mut self, kind: usize) -> &mut CohortTally {
        &mut self.cohort[kind]
    }

    /// Transactions of all firms.
    pub fn fulfilled(&self) -> u64 {
        self.cells.iter().map(|cell| cell.transactions).sum()
    }

    /// A firm's transactions in one kind of need, by experience.
    pub fn experiences_of_kind(&self, firm: usize, kind: usize) -> &[u64] {
        let cell = firm * self.kinds + kind;
        &self.by_experience[cell * self.experiences..(cell + 1) * self.experiences]
    }

    /// A firm's transactions by experience.
    pub fn experiences_of(&self, firm: usize) -> Vec<u64> {
        let mut total = vec![0; self.experiences];
        for kind in 0..self.kinds {
            for (total, part) in total.iter_mut().zip(self.experiences_of_kind(firm, kind)) {
                *total += part;
            }
        }
        total
    }

    /// Counts transactions of a firm in one kind of need and an experience.
    #[inline(always)]
    pub fn count_experience(
        &mut self,
        firm: usize,
        kind: usize,
        experience: usize,
        transactions: u64,
    ) {
        let cell = firm * self.kinds + kind;
        self.by_experience[cell * self.experiences + experience] += transactions;
    }

    /// The taste estimates assigned to a firm's products, kind of need by kind.
    pub fn assigned_to(&self, firm: usize) -> impl Iterator<Item = &[Observations<K>]> {
        let cells = firm * self.kinds..(firm + 1) * self.kinds;
        cells.map(|cell| &self.assigned[self.product_offsets[cell]..self.product_offsets[cell + 1]])
    }
}

impl<const K: usize> Observations<K> {
    /// Takes in a taste estimate, so many times.
    #[inline(always)]
    pub fn assign(&mut self, taste: &[f32; K], times: f64) {
        self.count += times;
        for (total, part) in self.sum.iter_mut().zip(taste) {
            *total += times * f64::from(*part);
        }
    }
}
