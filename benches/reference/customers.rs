//! Customers as flat arrays: who they are, and what firms know of them and they of firms.

use rand::rngs::SmallRng;
use rand_distr::{Beta, Distribution, StandardNormal};

use super::experiences::AGENCY_ERROR;

/// The home of a customer who has none.
pub const NO_FIRM: u8 = u8::MAX;
/// Marks a belief about a firm that the customer never bought from.
const NO_BELIEF: f64 = f64::NAN;

pub struct Customers<const K: usize, const J: usize> {
    pub taste: Vec<[f64; K]>,
    pub agency: Vec<f64>,
    /// The agency preference stated to the firm with a graduated rule; empty where there is none.
    pub stated_agency: Vec<f64>,
    pub home: Vec<u8>,
    pub belief: Vec<[f64; J]>,
    pub precision: Vec<[f64; J]>,
    pub sum: Vec<[[f64; K]; J]>,
    preferences: Beta<f64>,
}

impl<const K: usize, const J: usize> Customers<K, J> {
    /// This many customers, who state an agency preference or not.
    pub fn arrive(rng: &mut SmallRng, customers: usize, state_agency: bool) -> Self {
        let preferences = Beta::new(2.0, 2.0).expect("valid shapes");
        let agency: Vec<f64> = (0..customers).map(|_| preferences.sample(rng)).collect();
        let stating: &[f64] = if state_agency { &agency } else { &[] };
        Self {
            taste: (0..customers).map(|_| normals(rng)).collect(),
            stated_agency: stating.iter().map(|&agency| state(agency, rng)).collect(),
            agency,
            home: vec![NO_FIRM; customers],
            belief: vec![[NO_BELIEF; J]; customers],
            precision: vec![[0.0; J]; customers],
            sum: vec![[[0.0; K]; J]; customers],
            preferences,
        }
    }

    /// Replaces a customer by a new one.
    pub fn replace(&mut self, i: usize, rng: &mut SmallRng) {
        self.taste[i] = normals(rng);
        self.agency[i] = self.preferences.sample(rng);
        if let Some(stated) = self.stated_agency.get_mut(i) {
            *stated = state(self.agency[i], rng);
        }
        self.home[i] = NO_FIRM;
        self.belief[i] = [NO_BELIEF; J];
        self.precision[i] = [0.0; J];
        self.sum[i] = [[0.0; K]; J];
    }
}

fn state(agency: f64, rng: &mut SmallRng) -> f64 {
    let [z] = normals(rng);
    (agency + AGENCY_ERROR * z).clamp(0.0, 1.0)
}

/// Standard normals.
#[inline(always)]
pub fn normals<const K: usize>(rng: &mut SmallRng) -> [f64; K] {
    std::array::from_fn(|_| StandardNormal.sample(rng))
}
