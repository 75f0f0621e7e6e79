//! What nature deals to a customer, whatever the firms do.

use super::conditions::Conditions;
use super::customers::Block;
use crate::random::normals;

/// A customer as drawn, and the customer's draws of the coming period.
#[derive(Debug, Clone, PartialEq)]
pub struct Exogenous {
    /// Taste `theta`, before this period's turnover and drift.
    pub taste: Vec<f32>,
    /// Agency preference `alpha`.
    pub agency: f32,
    /// Period of arrival.
    pub arrival: u32,
    /// Whether firms may keep data about the customer.
    pub shares_data: bool,
    /// Whether the customer carries data to another firm.
    pub carries_data: bool,
    /// Whether a need arises.
    pub has_need: bool,
    /// The kind of the need, or of a false alarm in its stead.
    pub kind: usize,
    /// Uniforms that decide on turnover, detection, false alarm, acceptance, cancelling and awareness.
    pub uniforms: [f32; 6],
    /// Standard normals of drift, need, the customer's view and the firm's signal.
    pub normals: [Vec<f32>; 4],
    /// Exponential shocks of the choice: the outside option's, then each firm's in the order of the scenario.
    pub choice: Vec<f32>,
}

impl<const K: usize> Block<K> {
    pub(super) fn exogenous<'a>(
        &'a self,
        now: &'a Conditions<'a, K>,
    ) -> impl Iterator<Item = Exogenous> + 'a {
        let keys = &now.keys;
        (0..self.len()).map(move |i| {
            let who = self.number(i);
            let uniforms = [
                keys.turnover,
                keys.detection,
                keys.false_alarm,
                keys.acceptance,
                keys.cancelling,
                keys.awareness,
            ];
            let shocks = [&keys.drift, &keys.need, &keys.view, &keys.signal];
            Exogenous {
                taste: self.taste[i][..keys.need.dimensions()].to_vec(),
                agency: self.agency[i],
                arrival: self.arrival[i],
                shares_data: self.shares_data[i],
                carries_data: self.carries_data[i],
                has_need: keys.need_arises.uniform(who) < now.population.need_rate,
                kind: now.kind(who),
                uniforms: uniforms.map(|key| key.uniform(who)),
                normals: shocks
                    .map(|shock| normals::<K>(shock, who)[..shock.dimensions()].to_vec()),
                choice: std::iter::once(&keys.outside)
                    .chain(&keys.choice)
                    .map(|key| key.exponential(who))
                    .collect(),
            }
        })
    }
}
