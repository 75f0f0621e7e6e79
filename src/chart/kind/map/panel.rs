//! One firm at one moment.

use plotters::style::RGBColor;

use super::scene::MapScene;
use super::{error_words, period};
use crate::analysis::{MapFrame, Place};
use crate::chart::kind::cast::Actor;
use crate::chart::kit::{Anchor, Axis, Canvas, Font, Ink, Point, theme, ticks};

/// How far a product's mark reaches to each side.
pub const PRODUCT: f64 = 6.2;
/// Radius of an estimate's mark.
pub const ESTIMATE: f64 = 2.3;
/// Half the size of the cross at the place where a newcomer is expected.
pub const PRIOR: f64 = 7.0;
/// Font of what is written below a panel.
pub const NOTE: Font = Font::regular(theme::CAPTION);

/// Where a panel lies.
#[derive(Debug, Clone, Copy)]
pub struct MapPanel<'a> {
    pub scene: &'a MapScene,
    /// Its upper left corner.
    pub corner: Point,
    pub side: f64,
    /// Most estimates that are drawn: more hide each other.
    pub most: usize,
    /// Whether numbers stand along its left edge.
    pub is_leftmost: bool,
    /// Whether numbers stand along its lower edge.
    pub is_lowest: bool,
}

impl MapPanel<'_> {
    fn axes(&self) -> (Axis, Axis) {
        let ((left, top), (x, y)) = (self.corner, self.scene.centre);
        let half = self.scene.half;
        let count = (self.side / 60.0).round().clamp(2.0, 6.0) as usize;
        (
            Axis::exact(x - half, x + half, count, (left, left + self.side)),
            Axis::exact(y - half, y + half, count, (top + self.side, top)),
        )
    }

    fn at(&self, (x, y): Place) -> Point {
        let scale = self.side / (2.0 * self.scene.half);
        let (left, top) = self.corner;
        (
            left + (x - self.scene.centre.0 + self.scene.half) * scale,
            top + (self.scene.centre.1 + self.scene.half - y) * scale,
        )
    }

    /// Draws customers, and what the firm has and believes at a moment.
    pub fn draw(&self, canvas: &mut Canvas, frames: &[MapFrame], moment: usize, actor: &Actor) {
        let frame = &frames[moment];
        self.draw_ground(canvas, frame, moment);
        let (left, top) = self.corner;
        let (right, bottom) = (left + self.side, top + self.side);
        canvas.outline(
            (left, top),
            (right, bottom),
            &[],
            Ink::stroke(theme::AXIS, 0.8 * theme::HAIRLINE),
        );
        let style = canvas.style().clone();
        let firm = &frame.firms[actor.firm];
        self.draw_numbers(canvas);
        let below = if self.is_lowest { ticks::NUMBERS } else { 0.0 };
        let at = (
            left + self.side / 2.0,
            bottom + below + 6.0 + 0.76 * NOTE.size,
        );
        if firm.products.is_empty() {
            let words = NOTE.shorten(style.say("map.absent"), self.side);
            canvas.text(&words, NOTE, theme::QUIET, at, Anchor::Middle);
            return;
        }
        self.draw_estimates(canvas, frame, actor);
        self.draw_products(canvas, frames, moment, actor);
        for &prior in &firm.priors {
            let place = self.scene.place(prior, None);
            draw_cross(canvas, self.at(self.scene.nearest(place)));
        }
        let words = NOTE.shorten(&error_words(&style, frame, actor), self.side);
        canvas.text(&words, NOTE, theme::TEXT, at, Anchor::Middle);
    }

    /// Customers: shades of their density, or dots where there is one taste dimension.
    fn draw_ground(&self, canvas: &mut Canvas, frame: &MapFrame, moment: usize) {
        for area in self.scene.areas(moment) {
            let corners = area.corners.iter().map(|&corner| self.at(corner));
            canvas.area(corners.collect(), Ink::fill(area.shade(), 1.0));
        }
        if self.scene.is_line {
            for customer in &frame.customers {
                let place = self.scene.place(customer.taste, Some(customer.number));
                if self.scene.shows(place) {
                    canvas.dot(self.at(place), 2.0, Ink::fill(theme::OTHERS, 1.0));
                }
            }
        }
    }

    /// Estimates as dots, with a line from each to its customer.
    fn draw_estimates(&self, canvas: &mut Canvas, frame: &MapFrame, actor: &Actor) {
        let estimates = &frame.firms[actor.firm].estimates;
        let step = estimates.len().div_ceil(self.most).max(1);
        let drawn = || {
            estimates
                .iter()
                .step_by(step)
                .filter_map(|&(customer, estimate)| {
                    let customer = &frame.customers[customer];
                    let number = Some(customer.number);
                    let [from, to] =
                        [estimate, customer.taste].map(|place| self.scene.place(place, number));
                    self.scene.shows(from).then_some((from, to))
                })
        };
        let color = actor.ink();
        for (from, to) in drawn() {
            let to = self.scene.nearest(to);
            canvas.line(self.at(from), self.at(to), faint(color));
        }
        for (from, _) in drawn() {
            canvas.dot(self.at(from), ESTIMATE, Ink::fill(color, 0.8));
        }
    }

    /// Products, each with its way since the firm came.
    fn draw_products(
        &self,
        canvas: &mut Canvas,
        frames: &[MapFrame],
        moment: usize,
        actor: &Actor,
    ) {
        let place = |place: Place| self.at(self.scene.nearest(self.scene.place(place, None)));
        let products = &frames[moment].firms[actor.firm].products;
        for number in 0..products.len() {
            let earlier = frames[..=moment].iter();
            let way = earlier.filter_map(|frame| frame.firms[actor.firm].products.get(number));
            canvas.path(way.map(|&at| place(at)).collect(), way_ink());
        }
        for &product in products {
            draw_product(canvas, place(product), actor.ink());
        }
    }

    /// The numbers along the lower edge, and along the left one unless it means nothing.
    fn draw_numbers(&self, canvas: &mut Canvas) {
        let (x, y) = self.axes();
        let (from, top) = self.corner;
        let format = canvas.style().number();
        let bottom = top + self.side;
        if self.is_lowest {
            let within = (from - 8.0, from + self.side + 8.0);
            ticks::draw_numbers_within(canvas, &x, format, bottom, within);
        }
        if self.is_leftmost && !self.scene.is_line {
            let font = Font::regular(theme::TICK);
            for &tick in &y.ticks {
                let at = y.at(tick);
                let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
                canvas.line((from - 4.0, at), (from, at), ink);
                let at = (from - 8.0, at + 0.36 * font.size);
                canvas.text(&y.tick(tick, format), font, theme::TEXT, at, Anchor::End);
            }
        }
    }
}

/// Height of what is written below a panel.
pub fn note_height() -> f64 {
    6.0 + NOTE.pitch()
}

/// The ink of a line from an estimate to its customer.
pub fn faint(color: RGBColor) -> Ink {
    Ink::stroke(color, 0.8).with_opacity(0.4)
}

/// The ink of a product's way.
pub fn way_ink() -> Ink {
    Ink::stroke(theme::INK, 1.1)
}

/// A product: a square on its corner, set off from what it covers.
pub fn draw_product(canvas: &mut Canvas, (x, y): Point, color: RGBColor) {
    let corners = |size: f64| vec![(x, y - size), (x + size, y), (x, y + size), (x - size, y)];
    canvas.area(corners(PRODUCT + 2.0), Ink::fill(theme::PAPER, 1.0));
    canvas.area(corners(PRODUCT), Ink::fill(color, 1.0));
}

/// Where a newcomer is expected.
pub fn draw_cross(canvas: &mut Canvas, (x, y): Point) {
    for ink in [Ink::stroke(theme::PAPER, 5.0), Ink::stroke(theme::INK, 2.2)] {
        canvas.line((x - PRIOR, y), (x + PRIOR, y), ink);
        canvas.line((x, y - PRIOR), (x, y + PRIOR), ink);
    }
}

/// The heading of a moment or of a firm.
pub const NAME: Font = Font::bold(theme::LABEL);

/// The name of a moment.
pub fn moment_name(canvas: &Canvas, frame: &MapFrame) -> String {
    period(canvas.style(), frame)
}
