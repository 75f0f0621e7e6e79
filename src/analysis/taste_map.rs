//! The map of tastes: from the rows of the table `map` to one [`MapFrame`] per moment.

use std::collections::BTreeMap;

use crate::table::Batch;

/// A place on the map, in units of the market's tastes; the second coordinate is NaN where there is one dimension.
pub type Place = (f64, f64);

/// The map at the end of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct MapFrame {
    /// The period.
    pub period: u32,
    /// Where a sample of customers is, of all populations.
    pub customers: Vec<MapCustomer>,
    /// By firm, in the order of the scenario.
    pub firms: Vec<MapFirm>,
}

/// A customer on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapCustomer {
    /// The customer's number in its population.
    pub number: u32,
    /// The taste.
    pub taste: Place,
}

/// A firm on the map; empty while it is not in the market.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapFirm {
    /// Where its products are.
    pub products: Vec<Place>,
    /// Where it expects a newcomer, by population.
    pub priors: Vec<Place>,
    /// Where it believes its home customers of the sample to be: position in [`MapFrame::customers`], and the place.
    pub estimates: Vec<(usize, Place)>,
}

impl MapFrame {
    /// How far a firm's estimates are from its customers' tastes, on the map and on average; NaN without any.
    #[must_use]
    pub fn error(&self, firm: usize) -> f64 {
        let estimates = &self.firms[firm].estimates;
        let off = estimates
            .iter()
            .map(|&(customer, place)| distance(place, self.customers[customer].taste));
        off.sum::<f64>() / estimates.len() as f64
    }
}

/// The distance between two places.
fn distance(a: Place, b: Place) -> f64 {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    if y.is_nan() {
        x.abs()
    } else {
        (x * x + y * y).sqrt()
    }
}

/// Takes in the rows of the table, in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct MapTable {
    frames: BTreeMap<u32, Frame>,
}

/// A moment, and where its customers are listed, by population and number.
#[derive(Debug, Clone)]
struct Frame {
    map: MapFrame,
    known: BTreeMap<(String, u32), usize>,
}

impl MapTable {
    /// Takes in rows, of which the firms are at these positions among so many; what no scenario gives is passed over.
    pub fn take(&mut self, batch: &Batch, positions: &[Option<usize>], firms: usize) {
        let [periods, numbers] = ["period", "number"].map(|name| batch.integers(name));
        let [xs, ys] = ["x", "y"].map(|name| batch.numbers(name));
        let [populations, kinds] = ["population", "what"].map(|name| batch.labels(name));
        for row in 0..batch.rows() {
            let number = |value: i64| u32::try_from(value).ok();
            let (Some(period), Some(number)) = (number(periods[row]), number(numbers[row])) else {
                continue;
            };
            let frame = self
                .frames
                .entry(period)
                .or_insert_with(|| Frame::new(period, firms));
            let place = (xs[row], ys[row]);
            let customer = || {
                let population = batch.vocabulary().name(populations[row]);
                (population.to_owned(), number)
            };
            let what = batch.vocabulary().name(kinds[row]);
            match positions[row] {
                None if what == "customer" => frame.add_customer(customer(), place),
                None => {}
                Some(firm) => {
                    let known = &frame.known;
                    let firm = &mut frame.map.firms[firm];
                    match what {
                        "product" => firm.products.push(place),
                        "prior" => firm.priors.push(place),
                        _ => firm
                            .estimates
                            .extend(known.get(&customer()).map(|&known| (known, place))),
                    }
                }
            }
        }
    }

    /// The moments in order.
    pub fn finish(self) -> Vec<MapFrame> {
        self.frames.into_values().map(|frame| frame.map).collect()
    }
}

impl Frame {
    fn new(period: u32, firms: usize) -> Self {
        Self {
            map: MapFrame {
                period,
                customers: Vec::new(),
                firms: vec![MapFirm::default(); firms],
            },
            known: BTreeMap::new(),
        }
    }

    fn add_customer(&mut self, who: (String, u32), taste: Place) {
        let number = who.1;
        self.known.insert(who, self.map.customers.len());
        self.map.customers.push(MapCustomer { number, taste });
    }
}
