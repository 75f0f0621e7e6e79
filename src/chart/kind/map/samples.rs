//! A made-up map of tastes: customers in a spiral, estimates that approach them, products that follow.

use crate::analysis::{MapCustomer, MapFirm, MapFrame, Place};
use crate::chart::samples::Sample;

/// Customers of the sample.
const CUSTOMERS: u32 = 60;

impl Sample {
    /// The map at a few moments of the run.
    pub fn map(&self) -> Vec<MapFrame> {
        let last = self.periods - 1;
        let mut periods = vec![0, last / 10, last / 3, last];
        periods.dedup();
        periods.into_iter().map(|at| self.map_frame(at)).collect()
    }

    fn map_frame(&self, period: u32) -> MapFrame {
        let customers: Vec<MapCustomer> = (0..CUSTOMERS)
            .map(|number| MapCustomer {
                number,
                taste: spiral(number, 1.0),
            })
            .collect();
        let far = 1.0 / (1.0 + f64::from(period) / 20.0);
        let firm = |firm: usize| {
            let entry = self.entries.get(firm).copied().unwrap_or(0);
            let exit = self.exits.get(firm).copied().unwrap_or(u32::MAX);
            if period < entry || period >= exit {
                return MapFirm::default();
            }
            let own = (firm..customers.len()).step_by(self.firms.len());
            let off = |(x, y): Place| (x + 0.8 * far, y - 0.5 * far);
            MapFirm {
                products: (0..12)
                    .map(|m| off(spiral(5 * m, 1.0 + 0.4 * far)))
                    .collect(),
                priors: vec![off((0.0, 0.0))],
                estimates: own.map(|i| (i, off(customers[i].taste))).collect(),
            }
        };
        MapFrame {
            period,
            firms: (0..self.firms.len()).map(firm).collect(),
            customers,
        }
    }
}

/// A place of a spiral.
fn spiral(number: u32, size: f64) -> Place {
    let turn = 2.399_963 * f64::from(number);
    let far = size * (f64::from(number) / 15.0).sqrt();
    (far * turn.cos(), far * turn.sin())
}
