//! The individual learning curve: transactions by how many the customer has had with the firm (table `learning`).
//!
//! It takes a byte per customer and firm, so it is drawn only when the scenario asks for the table.

/// Transactions that are told apart; what comes after them is counted together.
pub(super) const LONGEST: u8 = 60;

/// Rows of a firm's curve: transactions 1 to [`LONGEST`], then all later ones.
const ROWS: usize = LONGEST as usize + 1;

/// What transactions of one number were like: a row of the table, as sums.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Experienced {
    pub transactions: u64,
    pub fit: f64,
    pub wtp: f64,
    pub knowledge: f64,
}

/// The curves of all firms with some customers, over all periods so far; empty where nobody asks for them.
#[derive(Debug, Clone, Default)]
pub(super) struct Curves {
    firms: usize,
    /// Transactions of customer i with firm j so far, at i * firms + j; stops at the last row.
    had: Vec<u8>,
    /// Row n of firm j is at j * [`ROWS`] + n - 1.
    rows: Vec<Experienced>,
}

impl Curves {
    /// Curves of this many customers with this many firms.
    pub fn new(customers: usize, firms: usize) -> Self {
        Self {
            firms,
            had: vec![0; customers * firms],
            rows: vec![Experienced::default(); firms * ROWS],
        }
    }

    /// Whether anybody asks for them.
    pub fn are_drawn(&self) -> bool {
        !self.had.is_empty()
    }

    /// Counts a transaction of customer i with firm j.
    #[inline(always)]
    pub fn count(&mut self, i: usize, j: usize, fit: f32, wtp: f32, knowledge: f32) {
        if self.had.is_empty() {
            return;
        }
        let had = &mut self.had[i * self.firms + j];
        let row = &mut self.rows[j * ROWS + usize::from(*had)];
        *had = (*had + 1).min(LONGEST);
        row.transactions += 1;
        row.fit += f64::from(fit);
        row.wtp += f64::from(wtp);
        row.knowledge += f64::from(knowledge);
    }

    /// Customer i is somebody new.
    pub fn forget(&mut self, i: usize) {
        if !self.had.is_empty() {
            self.had[i * self.firms..(i + 1) * self.firms].fill(0);
        }
    }

    /// The rows of a firm's curve; none where nobody asks for them.
    pub fn of(&self, firm: usize) -> &[Experienced] {
        if self.rows.is_empty() {
            &[]
        } else {
            &self.rows[firm * ROWS..(firm + 1) * ROWS]
        }
    }

    /// The curves of all customers together, from those of the blocks in their order.
    pub fn total<'a>(parts: impl Iterator<Item = &'a Self>) -> Self {
        let mut total = Self::default();
        for part in parts {
            total.rows.resize(part.rows.len(), Experienced::default());
            for (total, part) in total.rows.iter_mut().zip(&part.rows) {
                total.transactions += part.transactions;
                total.fit += part.fit;
                total.wtp += part.wtp;
                total.knowledge += part.knowledge;
            }
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beyond_the_last_are_counted_together() {
        let mut curves = Curves::new(2, 2);
        (0..200).for_each(|_| curves.count(1, 1, 0.5, 0.25, 1.0));
        curves.count(0, 1, 1.0, 1.0, 0.0);
        assert!(curves.of(0).iter().all(|row| row.transactions == 0));
        let counts: Vec<u64> = curves.of(1).iter().map(|row| row.transactions).collect();
        assert_eq!(counts[0], 2);
        assert_eq!(counts[1..60], [1; 59]);
        assert_eq!(counts[60], 140);
        assert_eq!(
            (curves.of(1)[0].fit, curves.of(1)[60].knowledge),
            (1.5, 140.0)
        );
    }

    #[test]
    fn a_newcomer_starts_at_one() {
        let mut curves = Curves::new(2, 1);
        curves.count(0, 0, 0.5, 0.0, 0.0);
        curves.forget(0);
        curves.count(0, 0, 0.5, 0.0, 0.0);
        assert_eq!(curves.of(0)[0].transactions, 2);
        assert_eq!(curves.of(0)[1].transactions, 0);
    }

    #[test]
    fn nobody_asks_nothing_is_kept() {
        let mut curves = Curves::default();
        curves.count(5, 3, 1.0, 1.0, 1.0);
        curves.forget(7);
        assert!(curves.of(3).is_empty());
    }
}
