//! The customers who were at home with a firm at some time, and what it has of them (section 8 of the model).

/// Those of a block's customers who were at home with a firm; nobody where nobody asks.
#[derive(Debug, Clone, Default)]
pub(super) struct Cohort {
    firm: Option<u16>,
    /// By customer.
    members: Vec<bool>,
}

impl Cohort {
    /// Those whose home is a firm.
    pub fn at_home(firm: u16, homes: &[u16]) -> Self {
        Self {
            firm: Some(firm),
            members: homes.iter().map(|&home| home == firm).collect(),
        }
    }

    /// Whether what firm `j` does to its customers is to be told apart.
    #[inline(always)]
    pub fn watches(&self, j: usize) -> bool {
        self.firm.is_some_and(|firm| usize::from(firm) == j)
    }

    /// Whether customer i belongs to it.
    #[inline(always)]
    pub fn has(&self, i: usize) -> bool {
        self.members[i]
    }

    /// Customer i is somebody new.
    pub fn forget(&mut self, i: usize) {
        if let Some(member) = self.members.get_mut(i) {
            *member = false;
        }
    }
}

/// What happened between the firm and the cohort in a period; sums are over transactions unless they say otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CohortTally {
    pub transactions: u64,
    pub wtp: f64,
    pub cost: f64,
    /// What false alarms cost the firm.
    pub false_alarm_cost: f64,
}

impl CohortTally {
    /// Counts a transaction of a customer who may be of the cohort: without a branch, which nobody could foretell. What is
    /// added for others is zero, which leaves a sum that began at zero as it is.
    #[inline(always)]
    pub fn count_if(&mut self, is_member: bool, wtp: f64, cost: f64) {
        self.transactions += u64::from(is_member);
        self.wtp += if is_member { wtp } else { 0.0 };
        self.cost += if is_member { cost } else { 0.0 };
    }

    pub fn add(&mut self, other: &Self) {
        self.transactions += other.transactions;
        self.wtp += other.wtp;
        self.cost += other.cost;
        self.false_alarm_cost += other.false_alarm_cost;
    }

    /// Value created.
    pub fn value_created(&self) -> f64 {
        self.wtp - self.cost
    }

    /// Profit before fixed cost, at a price.
    pub fn profit(&self, price: f64) -> f64 {
        self.transactions as f64 * price - self.cost - self.false_alarm_cost
    }
}
