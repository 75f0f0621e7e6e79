//! Giving a firm its head start in knowledge (section 8 of the model).

use super::conditions::Conditions;
use super::customers::Block;
use super::perturbation::HeadStart;

impl<const K: usize> Block<K> {
    /// Gives firm `j` its head start with the customers of the block.
    pub fn give_head_start(&mut self, j: u16, size: HeadStart, now: &Conditions<K>) {
        if !now.firms[j as usize].individual {
            return;
        }
        for i in 0..self.len() {
            if self.home[i] != j || !self.shares_data[i] {
                continue;
            }
            let more = match size {
                HeadStart::Precision(precision) => precision as f32,
                HeadStart::Observations(count) => {
                    let (experience, _) = self.experience_with(i, j, now);
                    count as f32 * now.observation_precisions[experience]
                }
            };
            let taste = self.taste[i];
            let row = self.relations.row(i);
            row.precisions[j as usize] += more;
            for (sum, theta) in row.sums[j as usize].iter_mut().zip(taste) {
                *sum += more * theta;
            }
        }
    }
}
