//! How much memory markets take, so that what cannot run is refused before it starts.

use super::{RecordedTable, Scenario};

/// Customers whose sums are taken together.
const BLOCK: u64 = 4096;

/// Bytes of a row of the table `interactions`.
const INTERACTION: u64 = 90;

/// Bytes of a row of the tables `periods`, `firms` and `market` while a replicate is simulated.
const ROWS: [u64; 3] = [200, 140, 80];

impl Scenario {
    /// Bytes of the rows of a replicate's tables, about. Of a sweep, of the market before it.
    #[must_use]
    pub fn memory_of_rows(&self) -> u64 {
        let firms: u64 = self.firms.iter().map(|firm| u64::from(firm.count)).sum();
        let populations = self.populations.len() as u64;
        let [periods, firm, market] = ROWS;
        let row = periods * firms * populations + firm * firms + market * populations;
        u64::from(self.simulation.periods) * row + self.interactions() * INTERACTION
    }

    /// Bytes that a replicate takes while it is simulated, about: customers with what they and the firms know of each
    /// other, the firms' products, and the rows of the tables. Of a sweep, the market before it.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let dimensions = self.market.taste_dimensions as u64;
        let firms: u64 = self.firms.iter().map(|firm| u64::from(firm.count)).sum();
        let products = self
            .firms
            .iter()
            .map(|firm| u64::from(firm.assortment) * u64::from(firm.count));
        let products: u64 = products.sum();
        let populations = self.populations.len() as u64;
        let customers: u64 = self
            .populations
            .iter()
            .map(|population| u64::from(population.customers))
            .sum();
        let record = &self.simulation.record;
        let is_counted = u64::from(record.keeps_table(RecordedTable::Learning));
        let customer = 12 + 4 * dimensions + firms * (4 * (2 + dimensions) + is_counted);
        let block = (products + 16 * firms) * (8 + 8 * dimensions);
        customers * customer + (customers / BLOCK + populations) * block + self.memory_of_rows()
    }

    /// Rows of the table `interactions` of a replicate, at most: one for each need of those who are followed.
    fn interactions(&self) -> u64 {
        let simulation = &self.simulation;
        let followed = simulation.record.followed_customers();
        let from = simulation.record.from.min(simulation.periods);
        let periods = (simulation.periods - from).div_ceil(simulation.record.every.max(1));
        let needs = self
            .populations
            .iter()
            .map(|population| f64::from(population.customers.min(followed)) * population.need.rate);
        (needs.sum::<f64>() * f64::from(periods)) as u64
    }
}
