//! The map of tastes as the page's script reads it: areas of customers, products and beliefs at every moment.
//!
//! All coordinates are whole numbers, in hundredths.

use serde::Serialize;

use crate::analysis::{MapFrame, Place, Results};
use crate::chart::{Actor, MapScene};

/// Most estimates of a firm at a moment: more hide each other.
const ESTIMATES: usize = 150;

/// The map.
#[derive(Debug, Serialize)]
pub struct Map {
    /// The square that is shown: its middle, and how far it reaches to each side.
    centre: [i64; 2],
    half: i64,
    moments: Vec<Moment>,
}

/// The map at the end of a period.
#[derive(Debug, Serialize)]
struct Moment {
    period: u32,
    /// Areas in the order in which they are painted: level of density, and corners.
    areas: Vec<(usize, Vec<i64>)>,
    /// Single customers, where there are no areas.
    customers: Vec<i64>,
    firms: Vec<Firm>,
}

/// What a firm has and believes.
#[derive(Debug, Serialize)]
struct Firm {
    products: Vec<i64>,
    priors: Vec<i64>,
    /// For each customer: where the firm believes it to be, then where it is.
    estimates: Vec<i64>,
    /// Mean distance of all estimates from the truth; null without any.
    off: Option<f64>,
}

impl Map {
    /// The map of a run; none if it has none.
    #[must_use]
    pub fn new(results: &Results, actors: &[Actor]) -> Option<Self> {
        let frames = &results.map;
        if frames.is_empty() {
            return None;
        }
        let scene = MapScene::new(frames, actors);
        let moment = |(number, frame)| Moment::new(&scene, number, frame);
        Some(Self {
            centre: [whole(scene.centre.0), whole(scene.centre.1)],
            half: whole(scene.half),
            moments: frames.iter().enumerate().map(moment).collect(),
        })
    }
}

impl Moment {
    fn new(scene: &MapScene, number: usize, frame: &MapFrame) -> Self {
        let areas = scene.areas(number).iter();
        let areas = areas.map(|area| (area.level, flat(area.corners.iter().copied())));
        let customers = frame.customers.iter().filter(|_| scene.is_line);
        let customers = customers.map(|one| scene.place(one.taste, Some(one.number)));
        Self {
            period: frame.period,
            areas: areas.collect(),
            customers: flat(customers.filter(|&place| scene.shows(place))),
            firms: (0..frame.firms.len())
                .map(|firm| Firm::new(scene, frame, firm))
                .collect(),
        }
    }
}

impl Firm {
    fn new(scene: &MapScene, frame: &MapFrame, firm: usize) -> Self {
        let own = &frame.firms[firm];
        let marks = |places: &[Place]| {
            let marks = places
                .iter()
                .map(|&place| scene.nearest(scene.place(place, None)));
            flat(marks)
        };
        let step = own.estimates.len().div_ceil(ESTIMATES).max(1);
        let estimates = own
            .estimates
            .iter()
            .step_by(step)
            .map(|&(customer, estimate)| {
                let customer = &frame.customers[customer];
                [estimate, customer.taste].map(|place| scene.place(place, Some(customer.number)))
            });
        let shown = estimates
            .filter(|[estimate, _]| scene.shows(*estimate))
            .flat_map(|ends| ends.map(|end| scene.nearest(end)));
        let off = frame.error(firm);
        Self {
            products: marks(&own.products),
            priors: marks(&own.priors),
            estimates: flat(shown),
            off: off.is_finite().then(|| (off * 1000.0).round() / 1000.0),
        }
    }
}

fn whole(coordinate: f64) -> i64 {
    (coordinate * 100.0).round() as i64
}

/// Coordinates one after the other.
fn flat(places: impl Iterator<Item = Place>) -> Vec<i64> {
    places.flat_map(|(x, y)| [whole(x), whole(y)]).collect()
}
