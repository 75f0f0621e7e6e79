//! Giving a firm its head start in knowledge (section 8 of the model).

use super::conditions::Conditions;
use super::customers::Block;
use super::parameters::NeedKind;
use super::perturbation::HeadStart;
use crate::random::{NormalKeys, normals};

impl<const K: usize> Block<K> {
    /// Gives firm `j` its head start with the customers of the block, given the draws of its errors.
    pub fn give_head_start(
        &mut self,
        j: u16,
        size: HeadStart,
        errors: &NormalKeys,
        now: &Conditions<K>,
    ) {
        if !now.firms[j as usize].individual {
            return;
        }
        for i in 0..self.len() {
            if self.home[i] != j || !self.shares_data[i] {
                continue;
            }
            let more = match size {
                HeadStart::Precision(precision) => precision as f32,
                HeadStart::Observations(count) => count as f32 * self.usual_precision(i, j, now),
            };
            // n ybar / v, ybar = theta + N(0, sqrt(v / n)), is n/v theta + N(0, sqrt(n/v)): nothing where n is 0
            let (taste, error) = (self.taste[i], normals::<K>(errors, self.number(i)));
            let row = self.relations.row(i);
            row.precisions[j as usize] += more;
            for (d, sum) in row.sums[j as usize].iter_mut().enumerate() {
                *sum += more * taste[d] + more.sqrt() * error[d];
            }
        }
    }

    /// Precision 1/v of an observation of customer i in the experience that firm `j` gives the customer, on average
    /// over the kinds of needs.
    fn usual_precision(&mut self, i: usize, j: u16, now: &Conditions<K>) -> f32 {
        let of_kind = |(n, kind): (usize, &NeedKind)| {
            let (experience, _) = self.experience_with(i, j, n, now);
            kind.share * now.observation_precision(n, experience)
        };
        now.population.kinds.iter().enumerate().map(of_kind).sum()
    }
}
