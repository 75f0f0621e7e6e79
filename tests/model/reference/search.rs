//! The search of adaptive and imitating firms of the reference.

/// The state of an adaptive or imitating rule.
#[derive(Debug, Clone, Default)]
pub struct Search {
    pub offered: usize,
    pub next_review: u32,
    pub credits: Vec<Option<f64>>,
    /// By firm since the last review: periods, profit, transactions by experience.
    pub since: Vec<(u32, f64, Vec<u64>)>,
}

impl Search {
    pub fn adapt(
        &mut self,
        candidates: &[usize],
        own: usize,
        memory: f64,
        explores: bool,
        what: f64,
    ) {
        let (periods, profit, _) = &self.since[own];
        if *periods > 0 {
            let gained = profit / f64::from(*periods);
            let tried = candidates
                .iter()
                .position(|&c| c == self.offered)
                .expect("a candidate");
            let past = self.credits[tried];
            self.credits[tried] =
                Some(past.map_or(gained, |p| memory * p + (1.0 - memory) * gained));
        }
        let chosen = match self.credits.iter().position(Option::is_none) {
            Some(untried) => untried,
            None if explores => (what * candidates.len() as f64) as usize,
            None => first_largest(self.credits.iter().map(|credit| credit.expect("all tried"))),
        };
        self.offered = candidates[chosen];
    }

    pub fn imitate(&mut self, acting: &[bool], explores: bool, what: f64) {
        let experiences = self.since[0].2.len();
        let sold = |e: &usize| self.since.iter().any(|since| since.2[*e] > 0);
        if explores {
            let sold: Vec<usize> = (0..experiences).filter(sold).collect();
            if !sold.is_empty() {
                self.offered = sold[(what * sold.len() as f64) as usize];
            }
            return;
        }
        let profit = |(since, acting): (&(u32, f64, Vec<u64>), &bool)| {
            let counts = *acting && since.0 > 0;
            if counts {
                since.1 / f64::from(since.0)
            } else {
                f64::NEG_INFINITY
            }
        };
        let best = first_largest(self.since.iter().zip(acting).map(profit));
        let (_, _, transactions) = &self.since[best];
        if transactions.iter().any(|&n| n > 0) {
            self.offered = first_largest(transactions.iter().map(|&n| n as f64));
        }
    }
}

pub fn first_largest(values: impl Iterator<Item = f64>) -> usize {
    let mut best = (f64::NEG_INFINITY, 0);
    for (position, value) in values.enumerate() {
        if value > best.0 {
            best = (value, position);
        }
    }
    best.1
}
