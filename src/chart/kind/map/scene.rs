//! What part of the plane the map shows, and how customers are shaded at each moment.

use plotters::style::RGBColor;

use super::density::{Density, Outline};
use crate::analysis::{MapFrame, Place};
use crate::chart::kind::cast::Actor;
use crate::chart::kit::theme;

/// The parts of the greatest density at which the shade darkens, and the shades.
const LEVELS: [(f64, RGBColor); 5] = [
    (0.07, RGBColor(244, 244, 244)),
    (0.25, RGBColor(234, 234, 234)),
    (0.45, RGBColor(223, 223, 223)),
    (0.65, RGBColor(211, 211, 211)),
    (0.85, RGBColor(198, 198, 198)),
];
/// How many standard deviations of tastes the map reaches at least and at most.
const REACH: (f64, f64) = (2.7, 3.3);

/// All shades of the map.
pub fn shades() -> impl Iterator<Item = RGBColor> {
    LEVELS.iter().map(|(_, shade)| *shade)
}

/// An area to paint in one shade.
#[derive(Debug)]
pub struct Area {
    /// Its corners.
    pub corners: Vec<Place>,
    /// How many levels of density it is above: 0 is a hole in the lowest, and as bright as the paper.
    pub level: usize,
}

impl Area {
    /// Its shade.
    pub fn shade(&self) -> RGBColor {
        let level = self.level.checked_sub(1).map(|below| LEVELS[below].1);
        level.unwrap_or(theme::PAPER)
    }
}

/// What all panels share.
#[derive(Debug)]
pub struct MapScene {
    /// The middle of the map.
    pub centre: Place,
    /// How far it reaches to each side.
    pub half: f64,
    /// Whether there is one taste dimension only; the other direction then means nothing.
    pub is_line: bool,
    /// By moment: areas in the order in which they are painted.
    areas: Vec<Vec<Area>>,
}

impl MapScene {
    /// The scene of the moments of some firms: all customers but the farthest, and all products that are not farther out.
    #[must_use]
    pub fn new(frames: &[MapFrame], shown: &[Actor]) -> Self {
        let customers = || frames.iter().flat_map(|frame| &frame.customers);
        let is_line = customers().any(|customer| customer.taste.1.is_nan());
        let upright = |place: Place| if is_line { 0.0 } else { place.1 };
        let places = || customers().map(|customer| (customer.taste.0, upright(customer.taste)));
        let count = places().count().max(1) as f64;
        let sum = places().fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
        let centre = (sum.0 / count, sum.1 / count);
        let off = |(x, y): Place| (x - centre.0, y - centre.1);
        let squares = places().map(off).map(|(x, y)| x * x + y * y);
        let dimensions = if is_line { 1.0 } else { 2.0 };
        let spread = (squares.sum::<f64>() / (dimensions * count)).sqrt();
        let spread = if spread > 0.0 { spread } else { 1.0 };
        let firms = frames
            .iter()
            .flat_map(|frame| shown.iter().map(|actor| &frame.firms[actor.firm]));
        let farthest = firms
            .flat_map(|firm| firm.products.iter().chain(&firm.priors))
            .map(|&(x, y)| off((x, upright((x, y)))))
            .fold(0.0_f64, |far, (x, y)| far.max(x.abs()).max(y.abs()));
        let half = (1.06 * farthest).clamp(REACH.0 * spread, REACH.1 * spread);
        let mut scene = Self {
            centre,
            half,
            is_line,
            areas: Vec::new(),
        };
        if !is_line {
            scene.areas = frames
                .iter()
                .map(|frame| scene.shaded(frame, spread))
                .collect();
        }
        scene
    }

    /// The shaded areas of a moment: of each level the largest first, holes with the shade around them.
    fn shaded(&self, frame: &MapFrame, spread: f64) -> Vec<Area> {
        let places: Vec<Place> = frame.customers.iter().map(|one| one.taste).collect();
        let density = Density::of(&places, self.centre, self.half, spread);
        let mut areas = Vec::new();
        for (number, (level, _)) in LEVELS.iter().enumerate() {
            for Outline { corners, area } in density.outlines(*level) {
                let corners = corners.into_iter().map(|corner| self.nearest(corner));
                areas.push(Area {
                    corners: corners.collect(),
                    level: if area > 0.0 { number + 1 } else { number },
                });
            }
        }
        areas
    }

    /// The shaded areas of a moment; none where there is one taste dimension.
    pub fn areas(&self, moment: usize) -> &[Area] {
        self.areas.get(moment).map_or(&[], Vec::as_slice)
    }

    /// Where something is drawn: in one dimension customers are spread over the height by their numbers, so that they can
    /// be told apart, and what has no number lies in the middle.
    pub fn place(&self, (x, y): Place, number: Option<u32>) -> Place {
        if !self.is_line {
            return (x, y);
        }
        // multiples of the golden section fill the unit interval evenly
        let part = number.map_or(0.5, |number| (f64::from(number) * 0.618_033_988_75).fract());
        (x, (1.7 * part - 0.85) * self.half)
    }

    /// Whether a place is on the map.
    pub fn shows(&self, (x, y): Place) -> bool {
        (x - self.centre.0).abs() <= self.half && (y - self.centre.1).abs() <= self.half
    }

    /// The place on the map that is nearest to one.
    pub fn nearest(&self, (x, y): Place) -> Place {
        let within = |value: f64, middle: f64| value.clamp(middle - self.half, middle + self.half);
        (within(x, self.centre.0), within(y, self.centre.1))
    }
}
